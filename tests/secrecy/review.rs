//! Reviews (反省会): planned by the desk, moved and held by whoever they are about, and tried by others.

use crate::{number::Noun, step::Life};
use domain::review::State;
use serde_json::json;
use tests::dice::Dice;

/// What may come next.
const NEXT: [&str; 4] = ["done", "continue", "new-issue", "later"];

impl Life<'_> {
    /// `/review plan`: of an issue, a session or a project.
    pub(crate) async fn look_back(&mut self, dice: &mut Dice) {
        let who = self.somebody(dice, 75);
        let of = match dice.below(5) {
            0 if !self.records.sessions.is_empty() => format!("session:{}", self.session(dice)),
            1 if !self.records.projects.is_empty() => {
                format!("project:{}", self.recorded(dice, Noun::Project))
            }
            _ => format!("issue:{}", self.number(dice)),
        };
        let mut options = json!({
            "of": of, "date": format!("12/{}", 1 + dice.below(28)),
            "note": self.mark(dice, who),
        });
        if dice.chance(60) {
            options["place"] = json!(self.mark(dice, who));
        }
        self.command(who, "review plan", options).await;
    }

    /// `/review done` and `/review move`, by whom it is about and by others.
    pub(crate) async fn hold(&mut self, dice: &mut Dice) {
        let planned = self.records.reviews.iter();
        let planned = planned.filter(|review| review.is_planned());
        let planned: Vec<i64> = planned.map(|review| review.id.0).collect();
        let Some(number) = dice.pick(&planned).filter(|_| self.sure || dice.chance(85)) else {
            return self.look_back(dice).await;
        };
        let review = self.records.review(number).expect("it is planned");
        let own = self.model().deal_with(&self.records, review.of);
        let own: Vec<u64> = own.into_iter().collect();
        let who = match dice.pick(&own).filter(|_| self.sure || dice.chance(70)) {
            Some(who) => who,
            None => self.anybody(dice),
        };
        let of = review.clone();
        let known = self.model().of_review(&self.records, &of).answered;
        let others = known.into_iter().filter(|other| !own.contains(other));
        let others: Vec<u64> = others.collect();
        let number = number.to_string();
        if let Some(other) = dice.pick(&others) {
            let said = format!("{}を試した", self.mark(dice, other));
            let options = json!({"number": number, "outcome": said, "next": "done"});
            self.command(other, "review done", options).await;
            self.judge().await;
        }
        if !self.sure && dice.chance(30) {
            let options = json!({
                "number": number, "date": format!("12/{}", 1 + dice.below(28)),
                "reason": self.mark(dice, who),
            });
            self.command(who, "review move", options).await;
            return;
        }
        let next = dice.pick(&NEXT).expect("there are some");
        let mut options = json!({
            "number": number, "outcome": format!("{}を試した", self.mark(dice, who)), "next": next,
        });
        if next == "later" {
            options["year"] = json!("令和9年度");
        }
        let outcome = self.command(who, "review done", options).await;
        self.judge().await;
        if let Some(message) = outcome.message().cloned().filter(|_| dice.chance(25)) {
            self.press_named(dice, who, &message, "review-undo").await;
        }
    }

    /// What a gathering of several talked about has been carried out, and one of them says that it was
    /// looked back on: the others' matters are moved by it, and not named.
    pub(crate) async fn hold_together(&mut self, dice: &mut Dice) {
        let waiting = self.records.issues.iter();
        let waiting = waiting.filter(|issue| !issue.retracted && issue.merged_into.is_none());
        let issues: Vec<i64> = waiting.map(|issue| issue.id.0).collect();
        let who = self.staff(dice);
        let agenda: Vec<i64> = (0..3).filter_map(|_| dice.pick(&issues)).collect();
        for number in &agenda {
            let options = json!({"number": number.to_string(), "status": "acting"});
            self.command(who, "issue status", options).await;
        }
        self.judge().await;
        let named: Vec<String> = agenda.iter().map(|number| format!("#{number}")).collect();
        let options = json!({
            "title": format!("{}の会", self.mark(dice, who)), "tier": 2, "kind": "meeting",
            "date": "12/20", "associations": self.associations(dice), "issues": named.join("、"),
        });
        let before = self.records.sessions.len();
        let planned = self.command(who, "session plan", options).await;
        if let Some(message) = planned.message().cloned() {
            self.press_named(dice, who, &message, "session-plan").await;
        }
        self.judge().await;
        let session = self.records.sessions.last();
        let Some(session) = session.filter(|_| self.records.sessions.len() > before) else {
            return;
        };
        let of = format!("session:{}", session.id);
        let options = json!({"of": of, "date": "12/24", "note": self.mark(dice, who)});
        self.command(who, "review plan", options).await;
        self.judge().await;
        let review = self.records.reviews.last();
        let planned = review.filter(|review| review.state == State::Planned);
        let Some((number, of)) = planned.map(|review| (review.id, review.of)) else {
            return;
        };
        let staff = self.model().coordinators();
        let own = self.model().deal_with(&self.records, of);
        let own: Vec<u64> = own.difference(&staff).copied().collect();
        let Some(who) = dice.pick(&own) else { return };
        let options = json!({
            "number": number.to_string(), "outcome": format!("{}が進んだ", self.mark(dice, who)),
            "next": "done",
        });
        self.command(who, "review done", options).await;
        self.judge().await;
    }
}
