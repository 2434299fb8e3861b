//! A life of an office: what people write down, change, share and ask for, permitted or not.

use crate::{
    model::{Allowed, Model},
    number::Numbers,
    office::Plan,
    records::Records,
    tally::Tally,
    trail::{Trail, coin, marks, short},
};
use base64::{Engine, engine::general_purpose::STANDARD as BASE64};
use domain::{audience::Destination, office::Office, tier::Tier};
use fake_discord::{MessageView, Outcome, Person};
use serde_json::{Value, json};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};
use tests::{city::ASSOCIATIONS, dice::Dice, world::World};

/// What people talk about, after a mark.
const STATEMENTS: [&str; 8] = [
    "会費の集め方がまちまちで困っている",
    "退院の日取りを早めに知らせてほしい",
    "ケアマネジャーとの連絡の取り方を決めたい",
    "薬剤師の訪問をどう頼めばよいか分からない",
    "救急の受け入れと看取りの体制を地域で話し合いたい",
    "歯科衛生士に相談できる窓口がほしい",
    "当番の組み方で人手が足りない",
    "連絡帳の様式がバラバラだ",
];
/// Of a hundred commands of the desk so many are tried by somebody else before.
const TRIED: usize = 20;
const STATUSES: [&str; 5] = ["open", "sorted", "planning", "acting", "dropped"];

/// The office of one seed.
#[derive(Debug)]
pub(crate) struct Life<'w> {
    pub(crate) world: &'w mut World,
    pub(crate) plan: Plan,
    pub(crate) office: Option<Arc<Office>>,
    pub(crate) trail: Trail,
    pub(crate) step: usize,
    pub(crate) tally: Tally,
    /// Whoever typed each mark.
    pub(crate) typed: BTreeMap<String, u64>,
    /// Whoever named a category that somebody else had made.
    pub(crate) named: BTreeSet<(u64, String)>,
    /// Why something was changed or turned down: the issue it belongs to.
    pub(crate) reasons: BTreeMap<String, i64>,
    /// Rooms whose permissions are not those declared.
    pub(crate) drifted: Vec<String>,
    /// The newest answers people have on their screens.
    pub(crate) screens: Vec<(u64, MessageView)>,
    pub(crate) records: Records,
    pub(crate) live: BTreeMap<String, Allowed>,
    /// Who may know of which issue.
    pub(crate) numbers: Numbers,
    /// Answers of this step that say what any other of their kind says, the words asked for among it.
    pub(crate) echoes: Vec<(u64, String)>,
    /// How much of what each person got has been judged.
    pub(crate) judged: BTreeMap<u64, usize>,
    /// This step has to come to something: the desk does it, about an issue there is.
    pub(crate) sure: bool,
    /// Amounts that are the desk's, and who wrote them.
    pub(crate) money: Vec<(String, u64)>,
    /// Marks of names that were removed: nobody is to read them again.
    pub(crate) removed: BTreeSet<String>,
    /// Marks that posts to everybody the office knows have held.
    pub(crate) told_to_all: BTreeSet<String>,
    /// Who acted in this step, and whether the source's agreement was ticked.
    pub(crate) actor: Option<u64>,
    pub(crate) agreed: bool,
    /// Who tries what the desk is about to do.
    tries: Dice,
}

impl<'w> Life<'w> {
    pub(crate) fn new(world: &'w mut World, plan: Plan, trail: Trail, tries: Dice) -> Self {
        Self {
            tries,
            world,
            plan,
            office: None,
            trail,
            step: 0,
            tally: Tally::default(),
            typed: BTreeMap::new(),
            named: BTreeSet::new(),
            reasons: BTreeMap::new(),
            drifted: Vec::new(),
            screens: Vec::new(),
            records: Records::default(),
            live: BTreeMap::new(),
            numbers: Numbers::default(),
            echoes: Vec::new(),
            judged: BTreeMap::new(),
            sure: false,
            money: Vec::new(),
            removed: BTreeSet::new(),
            told_to_all: BTreeSet::new(),
            actor: None,
            agreed: false,
        }
    }

    pub(crate) fn model(&self) -> Model<'_> {
        Model {
            office: self.office.as_ref().expect("it was set up"),
            plan: &self.plan,
            city: &self.world.city,
        }
    }

    /// A place everybody can write in.
    pub(crate) fn square(&self) -> u64 {
        self.world.channel("広場")
    }

    pub(crate) fn client(&self, who: u64) -> Person {
        self.world.fake.person(self.world.city.guild, who)
    }

    pub(crate) fn name(&self, who: u64) -> String {
        self.client(who).name()
    }

    pub(crate) fn anybody(&self, dice: &mut Dice) -> u64 {
        let people: Vec<u64> = self.plan.roles.keys().copied().collect();
        dice.pick(&people).expect("a city has people")
    }

    pub(crate) fn staff(&self, dice: &mut Dice) -> u64 {
        let staff: Vec<u64> = self.model().coordinators().into_iter().collect();
        dice.pick(&staff).expect("the desk is never empty")
    }

    pub(crate) fn somebody(&self, dice: &mut Dice, staff: usize) -> u64 {
        if self.sure || dice.chance(staff) {
            self.staff(dice)
        } else {
            self.anybody(dice)
        }
    }

    /// Whoever wrote an issue down, the desk, or anybody.
    pub(crate) fn concerned(&self, dice: &mut Dice, number: usize) -> u64 {
        if self.sure {
            return self.staff(dice);
        }
        let reporter = self
            .records
            .issues
            .iter()
            .find(|issue| issue.id.0 == number as i64);
        match (dice.below(3), reporter) {
            (0, Some(issue)) => issue.reporter.0,
            (1, _) => self.staff(dice),
            _ => self.anybody(dice),
        }
    }

    /// The number of an issue, now and then of none.
    pub(crate) fn number(&self, dice: &mut Dice) -> usize {
        1 + dice.below(self.records.issues.len() + usize::from(!self.sure))
    }

    /// Words nobody else could write, and whoever is about to type them.
    pub(crate) fn mark(&mut self, dice: &mut Dice, who: u64) -> String {
        let mark = coin(dice);
        let taken = self.typed.insert(mark.clone(), who);
        assert!(taken.is_none(), "marks are unique");
        mark
    }

    pub(crate) fn statement(&mut self, dice: &mut Dice, who: u64) -> String {
        let mark = self.mark(dice, who);
        let said = dice.pick(&STATEMENTS).expect("there are some");
        format!("{mark} {said}")
    }

    /// Takes an answer in: it stays on the screen of whoever got it.
    pub(crate) fn answered(&mut self, who: u64, what: &str, outcome: &Outcome) {
        let said = outcome.text();
        let line = format!("{} {what} → {}", self.name(who), short(&said));
        self.trail.note(self.step, &line);
        let refusals = [
            "できません",
            "だけ",
            "ご覧になれません",
            "使えなくなりました",
        ];
        if refusals.iter().any(|words| said.contains(words)) {
            self.tally.refused += 1;
        }
        if let Some(message) = outcome.message() {
            self.screens.push((who, message.clone()));
        }
    }

    /// Notes the issues that somebody names in the options of a command.
    pub(crate) fn wrote(&mut self, who: u64, path: &str, options: &Value) {
        let naming: &[&str] = match path.split(' ').next() {
            Some("issue") => &["number", "other"],
            Some("match" | "fund") => &["issue"],
            Some("session" | "project") => &["issues"],
            Some("review") => &["of"],
            _ => &[],
        };
        for option in naming {
            let written = options[*option].as_str().unwrap_or_default();
            self.numbers.written(who, written);
        }
        let categories = self.records.categories.iter().flat_map(|c| marks(&c.name));
        let categories: BTreeSet<String> = categories.collect();
        for option in ["category", "name", "rename"] {
            let named = marks(options[option].as_str().unwrap_or_default());
            let named = named.intersection(&categories);
            self.named.extend(named.map(|mark| (who, mark.clone())));
        }
    }

    /// Somebody gives a command. Where the desk has to do it, somebody else often tries the same before, in
    /// words of their own.
    pub(crate) async fn command(&mut self, who: u64, path: &str, options: Value) -> Outcome {
        let by_desk = self.model().coordinators().contains(&who);
        if self.sure && by_desk && self.tries.chance(TRIED) {
            let mut dice = self.tries.clone();
            let other = self.anybody(&mut dice);
            if other != who {
                // What was done before was not theirs.
                self.judge().await;
                let options = self.said_by(&mut dice, other, &options);
                self.give(other, path, options).await;
                self.judge().await;
            }
            self.tries = dice;
        }
        self.give(who, path, options).await
    }

    /// The same options, and the same file, with marks of another's in place of those that are nowhere yet.
    fn said_by(&mut self, dice: &mut Dice, other: u64, options: &Value) -> Value {
        let written = self.own_words(dice, other, options.to_string());
        let mut options: Value = serde_json::from_str(&written).expect("options stay options");
        let bytes = options["file"]["bytes_base64"].as_str();
        if let Some(bytes) = bytes.and_then(|text| BASE64.decode(text).ok())
            && let Ok(words) = String::from_utf8(bytes)
        {
            let own = self.own_words(dice, other, words);
            options["file"]["bytes_base64"] = BASE64.encode(own).into();
        }
        options
    }

    /// The same words, with marks of another's in place of those that are nowhere yet.
    fn own_words(&mut self, dice: &mut Dice, other: u64, mut written: String) -> String {
        for mark in marks(&written) {
            if self.live.contains_key(&mark) {
                continue;
            }
            let own = self.mark(dice, other);
            let of = self.reasons.get(&mark).copied();
            self.reasons.extend(of.map(|issue| (own.clone(), issue)));
            written = written.replace(&mark, &own);
        }
        let figures: Vec<&String> = self.money.iter().map(|(yen, _)| yen).collect();
        let repeated = figures.into_iter().find(|yen| written.contains(*yen));
        self.money.extend(repeated.cloned().map(|yen| (yen, other)));
        written
    }

    async fn give(&mut self, who: u64, path: &str, options: Value) -> Outcome {
        self.actor = Some(who);
        self.wrote(who, path, &options);
        let outcome = self
            .client(who)
            .slash(self.square(), path, options.clone())
            .await;
        self.answered(who, &format!("/{path} {options}"), &outcome);
        outcome
    }

    /// `/issue add` with every origin, tier, subject, speaker and note.
    pub(crate) async fn add(&mut self, dice: &mut Dice) {
        let who = self.somebody(dice, 45);
        let mut options = json!({"text": self.statement(dice, who)});
        let associations = ASSOCIATIONS.map(|row| row.0);
        if dice.chance(75) {
            options["tier"] = json!(1 + dice.below(3));
        }
        if dice.chance(60) {
            options["about"] = json!(dice.pick(&associations));
        }
        if dice.chance(40) {
            options["profession"] = json!(dice.pick(&ASSOCIATIONS).map(|row| row.1[0]));
        }
        if dice.chance(50) {
            options["speaker"] = json!(self.mark(dice, who));
        }
        if dice.chance(50) {
            options["note"] = json!(self.mark(dice, who));
        }
        if dice.chance(50) {
            options["origin"] = json!(dice.pick(&["meeting", "desk", "open"]));
        }
        if dice.chance(35) {
            options["category"] = json!(self.category(dice, who));
        }
        if dice.chance(25) && !self.records.sessions.is_empty() {
            options["session"] = json!(self.session(dice));
        }
        self.command(who, "issue add", options).await;
    }

    /// `/issue edit`: the form comes back with other words.
    pub(crate) async fn edit(&mut self, dice: &mut Dice) {
        let number = self.number(dice);
        let who = self.concerned(dice, number);
        let options = json!({"number": number.to_string()});
        let outcome = self.command(who, "issue edit", options).await;
        if let Some(form) = outcome.modal() {
            self.fill(dice, who, form).await;
        }
    }

    /// `/issue tier` and `/issue status`, with a reason.
    pub(crate) async fn change(&mut self, dice: &mut Dice) {
        let number = self.number(dice);
        let who = self.concerned(dice, number);
        let reason = self.mark(dice, who);
        self.reasons.insert(reason.clone(), number as i64);
        if dice.chance(60) {
            let tier = 1 + dice.below(3);
            let options = json!({"number": number.to_string(), "tier": tier, "reason": reason});
            self.command(who, "issue tier", options).await;
        } else {
            let status = dice.pick(&STATUSES);
            let options = json!({"number": number.to_string(), "status": status, "note": reason});
            self.command(who, "issue status", options).await;
        }
    }

    /// `/issue share` with every audience, by the desk and by anybody.
    pub(crate) async fn share(&mut self, dice: &mut Dice) {
        let waiting = self.records.issues.iter().filter(|issue| {
            issue.destination == Destination::Desk && issue.tier != Tier::One && !issue.retracted
        });
        let waiting: Vec<usize> = waiting
            .filter_map(|issue| issue.id.0.try_into().ok())
            .collect();
        let waiting = dice.pick(&waiting).filter(|_| self.sure || dice.chance(30));
        let number = waiting.unwrap_or_else(|| self.number(dice));
        let who = if dice.chance(40) {
            self.staff(dice)
        } else {
            self.concerned(dice, number)
        };
        let name = dice.pick(&ASSOCIATIONS.map(|row| row.0)).expect("some");
        let audiences = [
            "desk".to_owned(),
            "tier2".to_owned(),
            "tier2:1".to_owned(),
            "tier2:2".to_owned(),
            "tier3".to_owned(),
            format!("association:{name}"),
            format!("association:{name}:officers"),
            format!("association:{name}:contacts"),
        ];
        let mut options = json!({
            "number": number.to_string(), "audience": dice.pick(&audiences),
            "wording": self.statement(dice, who),
        });
        if dice.chance(40) {
            options["name_source"] = json!(dice.chance(50));
        }
        self.command(who, "issue share", options).await;
    }

    /// The desk says yes to a proposal, if one waits.
    pub(crate) async fn approve(&mut self, dice: &mut Dice) {
        let all = self.records.shares.values().flatten();
        let waiting = all.filter(|share| share.is_waiting());
        let waiting: Vec<(i64, i64)> = waiting.map(|s| (s.issue.0, s.version)).collect();
        let who = self.somebody(dice, 70);
        if let Some((issue, version)) = dice.pick(&waiting) {
            self.actor = Some(who);
            let id = format!("v1:share-approve:{issue}:{version}");
            self.forge_press(who, &id, &[]).await;
        }
    }
}
