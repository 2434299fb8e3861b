//! Looking: everybody asks for the same, and what comes back is judged by who they are.

use crate::{number::numbers, step::Life, trail::marks};
use domain::issue::{Issue, Status};
use fake_discord::{MessageView, Outcome};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use tests::{city::ASSOCIATIONS, dice::Dice};

/// Options that suggest while one types.
const SUGGESTING: [(&str, &str); 32] = [
    ("issue show", "number"),
    ("issue share", "number"),
    ("issue edit", "number"),
    ("issue link", "number"),
    ("issue link", "other"),
    ("issue category", "number"),
    ("issue category", "category"),
    ("issue add", "category"),
    ("issue add", "session"),
    ("issue list", "category"),
    ("issue list", "session"),
    ("session show", "number"),
    ("session plan", "issues"),
    ("match find", "issue"),
    ("session move", "number"),
    ("session record", "number"),
    ("project show", "number"),
    ("project task", "number"),
    ("project task", "who"),
    ("project add", "issues"),
    ("review done", "number"),
    ("review plan", "of"),
    ("reminder cancel", "number"),
    ("target show", "number"),
    ("target record", "number"),
    ("target list", "area"),
    ("target add", "area"),
    ("target link", "owner"),
    ("fund suggest", "issue"),
    ("fund suggest", "project"),
    ("fund link", "number"),
    ("fund link", "project"),
];
/// How many of everybody are some.
const SOME: usize = 8;
/// What a list says of how many there are: 全12件.
const ALL_OF: (&str, &str) = ("全", "件");

/// What stands behind how many there are above a list: ご覧になれる12件のうち; and behind any number of them.
const COUNTED: (&str, &str) = ("件のうち", "件");

/// How often somebody asks who is not answered in time: a machine under strain is slow, and that is no leak.
const ASKED_MAX: usize = 4;
/// What the bot says when it did not get round to an answer.
const BUSY: &str = "ただいま混み合っています";

/// The answer, if one came in time.
fn message_of(outcome: &Outcome) -> Option<MessageView> {
    let message = outcome
        .message()
        .filter(|message| !message.text().contains(BUSY));
    message.cloned()
}

impl Life<'_> {
    pub(crate) fn everybody(&self) -> Vec<u64> {
        self.plan.roles.keys().copied().collect()
    }

    /// Some of them, now and then one twice, and somebody of the desk: where everybody would take long.
    pub(crate) fn some(&self, dice: &mut Dice) -> Vec<u64> {
        let mut people: Vec<u64> = (1..SOME).map(|_| self.anybody(dice)).collect();
        people.push(self.staff(dice));
        people
    }

    /// Somebody asks for something that changes nothing; what they are told.
    pub(crate) async fn look_at(&mut self, who: u64, path: &str, options: Value) -> String {
        self.shown_to(who, path, options).await.text()
    }

    /// Somebody asks for something that changes nothing, until there is an answer.
    pub(crate) async fn shown_to(&mut self, who: u64, path: &str, options: Value) -> MessageView {
        self.actor = None;
        for _ in 0..ASKED_MAX {
            self.wrote(who, path, &options);
            let client = self.client(who);
            let outcome = client.slash(self.square(), path, options.clone()).await;
            self.tally.looks += 1;
            let files = outcome.message().map(|message| message.attachments.len());
            self.tally.sheets += files.unwrap_or_default();
            self.answered(who, &format!("/{path} {options}"), &outcome);
            if let Some(message) = message_of(&outcome) {
                return message;
            }
        }
        self.unanswered(who, &format!("/{path} {options}"))
    }

    /// Somebody presses a button that changes nothing; what they are told.
    pub(crate) async fn ask_by_button(&mut self, who: u64, id: &str) -> String {
        self.shown_by_button(who, id).await.text()
    }

    /// Somebody presses a button that changes nothing, until there is an answer.
    pub(crate) async fn shown_by_button(&mut self, who: u64, id: &str) -> MessageView {
        for _ in 0..ASKED_MAX {
            self.actor = None;
            let outcome = self.forge_outcome(who, id, &[]).await;
            if let Some(message) = message_of(&outcome) {
                return message;
            }
        }
        self.unanswered(who, id)
    }

    /// Somebody asks for help, which everybody is given: below it stand the buttons they make up.
    pub(crate) async fn helped(&self, who: u64) -> MessageView {
        for _ in 0..ASKED_MAX {
            let outcome = self
                .client(who)
                .slash(self.square(), "help", json!({}))
                .await;
            if let Some(message) = message_of(&outcome) {
                return message;
            }
        }
        self.unanswered(who, "/help")
    }

    /// Says that nobody answered, so that it is not taken for something somebody learned.
    fn unanswered(&self, who: u64, what: &str) -> ! {
        let (step, name) = (self.step, self.name(who));
        panic!("step {step}: no answer in time, asked {ASKED_MAX} times: {name} {what}");
    }

    /// Everybody asks for the same: an issue, a list, one of the manual's forms on the screen or as a
    /// sheet, what is suggested while they type.
    pub(crate) async fn look(&mut self, dice: &mut Dice) {
        let number = self.number(dice);
        let form = 1 + dice.below(2);
        let association = dice.pick(&ASSOCIATIONS).expect("there are some").0;
        let (path, options) = match dice.below(11) {
            0..=2 => ("issue show", json!({"number": number.to_string()})),
            3 => ("issue list", json!({})),
            4 => ("issue list", json!({"mine": true})),
            5 => ("issue list", json!({"form": form})),
            6 => ("issue list", json!({"association": association})),
            7 => ("issue export", json!({"form": form})),
            8 => (
                "issue export",
                json!({"form": form, "association": association}),
            ),
            9 => return self.list_by_category(dice).await,
            _ => return self.suggest(dice).await,
        };
        for who in self.everybody() {
            let said = self.look_at(who, path, options.clone()).await;
            match path {
                "issue show" => self.check_unsorted(who, number, &said),
                "issue list" => self.check_counted(who, &said),
                _ => {}
            }
        }
    }

    /// Some read the manual's form as a sheet, and the list; and whoever wrote an issue
    /// down, and is nobody of the desk, has the form before them in which it is changed.
    pub(crate) async fn look_at_forms(&mut self, dice: &mut Dice) {
        for who in self.some(dice) {
            self.look_at(who, "issue export", json!({"form": 1})).await;
            let said = self.look_at(who, "issue list", json!({})).await;
            self.check_counted(who, &said);
        }
        let desk = self.model().coordinators();
        let issues = self.records.issues.iter();
        let open = issues.filter(|it| !it.retracted && it.status == Status::Open);
        let own = open.filter(|issue| !desk.contains(&issue.reporter.0));
        let (named, others): (Vec<&Issue>, Vec<&Issue>) = own.partition(|it| it.speaker.is_some());
        let issue = dice.pick(&named).or_else(|| dice.pick(&others));
        if let Some((number, who)) = issue.map(|issue| (issue.id, issue.reporter.0)) {
            let options = json!({"number": number.to_string()});
            self.command(who, "issue edit", options).await;
        }
        self.judge().await;
    }

    async fn suggest(&mut self, dice: &mut Dice) {
        let (path, option) = dice.pick(&SUGGESTING).expect("there are some");
        for who in self.everybody() {
            self.actor = None;
            let (client, typed) = (self.client(who), json!({option: ""}));
            let outcome = client
                .autocomplete(self.square(), path, typed, option)
                .await;
            self.tally.looks += 1;
            self.answered(who, &format!("types {option} of /{path}"), &outcome);
        }
    }

    /// A list of issues counts no more than the person may know of, neither in its title nor in what stands
    /// above it.
    pub(crate) fn check_counted(&self, who: u64, said: &str) {
        let (model, records) = (self.model(), &self.records);
        let all = records.issues.iter().filter(|issue| !issue.retracted);
        let known = all.filter(|issue| model.of_issue(records, issue).answered.contains(&who));
        let known = known.count();
        for (place, behind) in said.match_indices(COUNTED.1) {
            let before = &said[..place];
            let digits = before.trim_end_matches(|letter: char| letter.is_ascii_digit());
            let is_total = digits.ends_with(ALL_OF.0) || said[place..].starts_with(COUNTED.0);
            let told = before[digits.len()..].parse::<usize>().ok();
            let told = told.filter(|_| is_total).unwrap_or_default();
            assert!(
                told <= known,
                "step {}: {} may know of {known} issues and was told of {told}{behind}: {said}",
                self.step,
                self.name(who)
            );
        }
    }

    /// A list narrowed by what only originals have holds originals the person reads, and counts no
    /// others: a filter must not say what a share does not.
    pub(crate) fn check_narrowed(&mut self, who: u64, said: &str, of: impl Fn(&Issue) -> bool) {
        let reads =
            |issue: &&Issue| of(issue) && self.model().readers(&self.records, issue).contains(&who);
        let mine: BTreeSet<i64> = self
            .records
            .issues
            .iter()
            .filter(reads)
            .map(|i| i.id.0)
            .collect();
        let known: BTreeSet<i64> = self.records.issues.iter().map(|issue| issue.id.0).collect();
        let named: BTreeSet<i64> = numbers(said).intersection(&known).copied().collect();
        let counted = said.split(ALL_OF.0).nth(1);
        let counted = counted.and_then(|rest| rest.split(ALL_OF.1).next()?.parse::<usize>().ok());
        assert!(
            named.is_subset(&mine) && counted.is_none_or(|all| all <= mine.len()),
            "step {}: {} reads {mine:?} of these and was told: {said}",
            self.step,
            self.name(who)
        );
        self.tally.narrowed += 1;
    }

    /// Who reads an issue only by what was shared is not told its categories.
    fn check_unsorted(&self, who: u64, number: usize, said: &str) {
        let issue = i64::try_from(number)
            .ok()
            .and_then(|of| self.records.issue(of));
        let Some(issue) =
            issue.filter(|issue| !self.model().readers(&self.records, issue).contains(&who))
        else {
            return;
        };
        let shared = self.records.shares[&issue.id.0].iter();
        let shared: BTreeSet<String> = shared.flat_map(|share| marks(&share.wording)).collect();
        let all = self.records.categories.iter();
        let given: BTreeSet<String> = all.flat_map(|category| marks(&category.name)).collect();
        let told = marks(said);
        assert!(
            told.intersection(&given).all(|mark| shared.contains(mark)),
            "step {}: {} was told the categories of #{number}: {said}",
            self.step,
            self.name(who)
        );
    }
}
