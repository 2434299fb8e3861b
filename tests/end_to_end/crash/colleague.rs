//! People who go on working while the bot dies again and again: they write down, correct, move on, and
//! keep in mind what they heard.

use super::{
    ledger::{Act, Case, Heard, What},
    process::Bots,
};
use crate::number_in;
use fake_discord::{ModalView, Outcome};
use serde_json::{Value, json};
use tests::{dice::Dice, world::World};

/// Letters of a key: digits would look like personal data.
const LETTERS: &[u8; 16] = b"bcdfghjkmnpqrstv";
/// What a person does next.
#[derive(Clone, Copy, Debug)]
enum Next {
    Add,
    AddByForm,
    Edit,
    Status,
    Tier,
    PassOn,
}

/// Where a colleague works and what they may do.
#[derive(Clone, Copy, Debug)]
struct Role {
    who: &'static str,
    place: &'static str,
    /// Names their cases: one letter.
    sign: char,
    chances: &'static [(usize, Next)],
}

const ROLES: [Role; 4] = [
    // A text channel of their own.
    Role {
        who: "薬剤師会の会長",
        place: "広場",
        sign: 'ア',
        chances: &[(4, Next::Add), (2, Next::AddByForm), (4, Next::Edit)],
    },
    // A forum of their own.
    Role {
        who: "歯科医師会の会長",
        place: "広場",
        sign: 'イ',
        chances: &[(4, Next::Add), (2, Next::AddByForm), (4, Next::Edit)],
    },
    // From a circle's text channel to the region's forum and back.
    Role {
        who: "コーディネーター",
        place: "相談窓口",
        sign: 'ウ',
        chances: &[
            (3, Next::Add),
            (3, Next::Tier),
            (2, Next::Status),
            (2, Next::Edit),
        ],
    },
    // From the desk to associations.
    Role {
        who: "二人目のコーディネーター",
        place: "相談窓口",
        sign: 'エ',
        chances: &[
            (4, Next::Add),
            (3, Next::PassOn),
            (2, Next::Status),
            (1, Next::Edit),
        ],
    },
];

/// A form that stands open on somebody's screen; a crash does not close it.
#[derive(Clone, Debug)]
struct Open {
    form: ModalView,
    text: String,
    case: usize,
    /// The act it became when it was sent the first time.
    act: Option<usize>,
}

/// One of them.
pub(super) struct Colleague {
    role: Role,
    open: Option<Open>,
    texts: usize,
    pub(super) cases: Vec<Case>,
}

/// Everybody.
pub(super) fn all() -> Vec<Colleague> {
    ROLES
        .map(|role| Colleague {
            role,
            open: None,
            texts: 0,
            cases: Vec::new(),
        })
        .into()
}

impl Colleague {
    /// Works through a round: so many things, or fewer when the bot dies before.
    pub(super) async fn work(&mut self, world: &World, bots: &Bots<'_>, things: usize) {
        let mut dice = Dice::of(bots.seed ^ u64::from(self.role.sign), bots.round);
        for _ in 0..things {
            if bots.are_dead() {
                return;
            }
            if let Some(open) = self.open.take() {
                self.send(world, bots, open).await;
                continue;
            }
            let next = dice.weighed(self.role.chances);
            self.do_next(world, bots, &mut dice, next).await;
        }
    }

    async fn do_next(&mut self, world: &World, bots: &Bots<'_>, dice: &mut Dice, next: Next) {
        let known: Vec<usize> = (0..self.cases.len())
            .filter(|case| self.cases[*case].number.is_some())
            .collect();
        // The newest ones mostly: their cards are on their way.
        let recent = known.len().saturating_sub(3);
        let case = dice.pick(&known[recent..]);
        match (next, case) {
            (Next::AddByForm, _) => self.open_form(world, bots).await,
            (Next::Edit, Some(case)) => self.open_edit(world, bots, case).await,
            (Next::Status, Some(case)) => {
                let status = dice.pick(&["sorted", "planning", "acting", "open"]);
                let status = status.expect("there are some");
                let options = self.numbered(case, json!({"status": status}));
                self.change(
                    world,
                    bots,
                    case,
                    "issue status",
                    options,
                    What::Status(status),
                )
                .await;
            }
            (Next::Tier, Some(case)) => {
                let tier = 2 + i64::try_from(dice.below(2)).expect("small");
                let reason = "集まりで決めたとおりにするため";
                let options = self.numbered(case, json!({"tier": tier, "reason": reason}));
                self.change(world, bots, case, "issue tier", options, What::Tier(tier))
                    .await;
            }
            (Next::PassOn, Some(case)) => self.pass_on(world, bots, case).await,
            _ => self.add(world, bots).await,
        }
    }

    /// A new case and its first text.
    fn coin(&mut self) -> (usize, String) {
        let case = self.cases.len();
        let key = format!("{}{}", self.role.sign, letters(case));
        let speaker = self.role.sign != 'ウ';
        let speaker = speaker.then(|| format!("仮名 {}{}", self.role.sign, letters(case)));
        let text = format!("{key}の数え方が会の中でまちまちだ");
        self.cases.push(Case {
            key,
            number: None,
            speaker,
            acts: Vec::new(),
        });
        (case, text)
    }

    /// What is chosen beside the text.
    fn chosen(&self, case: usize) -> Value {
        match self.role.sign {
            'ア' | 'イ' => json!({"tier": 1, "speaker": self.cases[case].speaker}),
            'ウ' => json!({
                "tier": 2, "origin": "open", "profession": "病院連携室", "about": "介護支援専門員",
            }),
            _ => {
                let told_by = ["薬剤師会", "歯科医師会"][case % 2];
                let speaker = &self.cases[case].speaker;
                json!({"tier": 1, "profession": told_by, "speaker": speaker})
            }
        }
    }

    fn numbered(&self, case: usize, mut options: Value) -> Value {
        let number = self.cases[case].number.expect("its number is known");
        options["number"] = json!(number.to_string());
        options
    }

    async fn add(&mut self, world: &World, bots: &Bots<'_>) {
        let (case, text) = self.coin();
        let mut options = self.chosen(case);
        options["text"] = json!(text);
        let answer = self.slash(world, bots, "issue add", options).await;
        let heard = self.heard(answer.as_ref());
        self.note(bots, case, What::Add(text), heard);
        if heard == Heard::Done {
            self.learn(case, answer);
        }
    }

    async fn open_form(&mut self, world: &World, bots: &Bots<'_>) {
        let (case, text) = self.coin();
        let answer = self
            .slash(world, bots, "issue add", self.chosen(case))
            .await;
        match answer {
            Some(Outcome::Modal(form)) => {
                self.open = Some(Open {
                    form: *form,
                    text,
                    case,
                    act: None,
                });
            }
            // No form, so nothing was asked.
            _ => drop(self.cases.pop()),
        }
    }

    async fn open_edit(&mut self, world: &World, bots: &Bots<'_>, case: usize) {
        let options = self.numbered(case, json!({}));
        if let Some(Outcome::Modal(form)) = self.slash(world, bots, "issue edit", options).await {
            self.texts += 1;
            let key = &self.cases[case].key;
            let text = format!("{key}の数え方を{}と改めたい", letters(self.texts));
            self.open = Some(Open {
                form: *form,
                text,
                case,
                act: None,
            });
        }
    }

    /// Sends an open form; when nothing comes back it stays open, as Discord leaves it.
    async fn send(&mut self, world: &World, bots: &Bots<'_>, mut open: Open) {
        let fields = json!({"text": open.text});
        let person = world.person(self.role.who);
        let answer = bots.ask(person.submit(&open.form, fields)).await;
        let heard = self.heard(answer.as_ref());
        let first = open.act.is_none();
        let act = *open.act.get_or_insert_with(|| {
            let text = open.text.clone();
            let what = if self.cases[open.case].acts.is_empty() {
                What::Add(text)
            } else {
                What::Edit(text)
            };
            self.note(bots, open.case, what, heard)
        });
        let acts = &mut self.cases[open.case].acts;
        match heard {
            Heard::Nothing => {
                self.open = Some(open);
                return;
            }
            Heard::Done => acts[act].heard = Heard::Done,
            // The form was used up: so the first time it was sent it was done.
            Heard::Refused if !first => acts[act].heard = Heard::Done,
            Heard::Refused => {
                panic!(
                    "{} filled in a form and lost it: {:?}",
                    self.role.who,
                    answer.map(|answer| answer.text())
                );
            }
        }
        if heard == Heard::Done && matches!(acts[act].what, What::Add(_)) {
            self.learn(open.case, answer);
        }
    }

    async fn change(
        &mut self,
        world: &World,
        bots: &Bots<'_>,
        case: usize,
        command: &str,
        options: Value,
        what: What,
    ) {
        let answer = self.slash(world, bots, command, options).await;
        let heard = self.heard(answer.as_ref());
        self.note(bots, case, what, heard);
    }

    async fn pass_on(&mut self, world: &World, bots: &Bots<'_>, case: usize) {
        let number = self.cases[case].number.expect("its number is known");
        let cards = world.cards("相談窓口");
        let card = cards.iter().find(|card| number_in(card) == number);
        // Passed on already, or not there yet.
        let Some(card) = card else { return };
        let person = world.person(self.role.who);
        let answer = bots.ask(person.press_label(card.id, "団体へ伝える")).await;
        if let Some(Outcome::Refused { .. }) = answer {
            return;
        }
        let heard = self.heard(answer.as_ref());
        self.note(bots, case, What::PassOn, heard);
    }

    async fn slash(
        &self,
        world: &World,
        bots: &Bots<'_>,
        command: &str,
        options: Value,
    ) -> Option<Outcome> {
        let place = world.channel(self.role.place);
        let person = world.person(self.role.who);
        bots.ask(person.slash(place, command, options)).await
    }

    /// The number that was told.
    fn learn(&mut self, case: usize, answer: Option<Outcome>) {
        let answer = answer.expect("it was answered").expect_message();
        self.cases[case].number = Some(number_in(&answer));
    }

    fn note(&mut self, bots: &Bots<'_>, case: usize, what: What, heard: Heard) -> usize {
        let round = bots.round;
        let acts = &mut self.cases[case].acts;
        acts.push(Act { what, heard, round });
        acts.len() - 1
    }

    /// What an answer says.
    fn heard(&self, answer: Option<&Outcome>) -> Heard {
        const DONE: [&str; 4] = [
            "として記録しました",
            "修正しました",
            "に変えました",
            "へ伝えました",
        ];
        const REFUSED: [&str; 5] = [
            "すでに使われています",
            "先に変更しました",
            "すでにその状況です",
            "ほかの階層を選んでください",
            "すでに団体へ伝えてあります",
        ];
        let Some(answer) = answer else {
            return Heard::Nothing;
        };
        let says = |words: &[&str]| words.iter().any(|words| answer.text().contains(words));
        match answer {
            Outcome::Message(_) if says(&DONE) => Heard::Done,
            Outcome::Message(_) if says(&REFUSED) => Heard::Refused,
            other => panic!("{} does not know what this means: {other:?}", self.role.who),
        }
    }
}

/// A number in letters.
fn letters(number: usize) -> String {
    let digit = |place: u32| LETTERS[number / LETTERS.len().pow(place) % LETTERS.len()];
    (0..4).rev().map(|place| char::from(digit(place))).collect()
}
