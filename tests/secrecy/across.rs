//! Ties across: the desk links two issues that not the same people may read, then takes them for the
//! same opinion, and everybody looks at both ends. Whoever reads one of them learns neither that there
//! is another nor how many say the same.

use crate::{number::numbers, step::Life};
use domain::{id::IssueId, issue::Issue};
use serde_json::json;
use std::collections::BTreeSet;
use tests::{city::ASSOCIATIONS, dice::Dice};

/// Pairs that are tried in one step: a link may be there already, a merge be refused.
const TRIES_MAX: usize = 3;
/// What details and lists say of how many opinions an issue holds, around the figure.
const WEIGHTS: [(&str, &str); 2] = [("この意見を含めて", "件"), ("（", "件の意見）")];

impl Life<'_> {
    /// The desk ties two issues that not the same people read, and people look.
    pub(crate) async fn tie_across(&mut self, dice: &mut Dice) {
        for _ in 0..TRIES_MAX {
            let Some((one, other)) = self.apart(dice) else {
                return;
            };
            let who = self.staff(dice);
            let options = json!({"number": one.to_string(), "other": other.to_string()});
            self.command(who, "issue link", options).await;
            self.judge().await;
            self.look_from_both(one, other).await;
            self.actor = Some(who);
            let merge = format!("v1:merge-same:{}:{}", one.max(other), one.min(other));
            self.forge_press(who, &merge, &[]).await;
            self.judge().await;
            let merged = self.records.issue(one.max(other).0);
            if merged.is_some_and(|issue| issue.merged_into == Some(one.min(other))) {
                self.look_from_both(one, other).await;
                self.look_at_lists(dice, one, other).await;
                return;
            }
        }
    }

    /// Two issues that stand for themselves, of which somebody reads the newer and must not know of the
    /// older.
    fn apart(&self, dice: &mut Dice) -> Option<(IssueId, IssueId)> {
        let stands = |issue: &&Issue| !issue.retracted && issue.merged_into.is_none();
        let all: Vec<&Issue> = self.records.issues.iter().filter(stands).collect();
        let mut pairs = Vec::new();
        for older in &all {
            let knowers = self.model().of_issue(&self.records, older).answered;
            for newer in all.iter().filter(|newer| newer.id > older.id) {
                let linked = self.records.links.contains(&(older.id.0, newer.id.0));
                if !linked
                    && !self
                        .model()
                        .readers(&self.records, newer)
                        .is_subset(&knowers)
                {
                    pairs.push((newer.id, older.id));
                }
            }
        }
        dice.pick(&pairs)
    }

    /// Whoever reads one of them, and a stranger.
    fn beside(&self, ends: [IssueId; 2]) -> BTreeSet<u64> {
        let known = ends.map(|id| self.records.issue(id.0).expect("it stays"));
        let readers = known.map(|issue| self.model().readers(&self.records, issue));
        let mut people: BTreeSet<u64> = readers.into_iter().flatten().collect();
        people.insert(self.world.city.person("所属のない人"));
        people
    }

    /// They look at one end, and only when that is judged at the other: what somebody has just asked for
    /// may be named to them.
    async fn look_from_both(&mut self, one: IssueId, other: IssueId) {
        for end in [one, other] {
            for who in self.beside([one, other]) {
                let options = json!({"number": end.to_string()});
                let said = self.look_at(who, "issue show", options).await;
                self.check_weight(who, end, &said);
            }
            self.tally.looks_across += 1;
            self.judge().await;
        }
    }

    /// A list says of each of its issues how many opinions it holds.
    async fn look_at_lists(&mut self, dice: &mut Dice, one: IssueId, other: IssueId) {
        let association = dice.pick(&ASSOCIATIONS).expect("there are some").0;
        let narrowed = [
            json!({}),
            json!({"mine": true}),
            json!({"association": association}),
        ];
        let options = dice.pick(&narrowed).expect("there are some");
        for who in self.beside([one, other]) {
            let said = self.look_at(who, "issue list", options.clone()).await;
            for line in said.lines() {
                let listed = numbers(line).into_iter().next();
                if let Some(issue) = listed.and_then(|number| self.records.issue(number)) {
                    self.check_weight(who, issue.id, line);
                }
            }
        }
        self.judge().await;
    }

    /// An issue holds as many opinions as the person reads.
    fn check_weight(&self, who: u64, id: IssueId, said: &str) {
        let behind = self.records.issues.iter();
        let behind = behind.filter(|issue| issue.merged_into == Some(id));
        let read = behind.filter(|issue| self.model().readers(&self.records, issue).contains(&who));
        let most = 1 + read.count();
        for (before, after) in WEIGHTS {
            let told = said.split(before).skip(1);
            let told = told.filter_map(|rest| rest.split(after).next()?.parse::<usize>().ok());
            for weight in told {
                assert!(
                    weight <= most,
                    "step {}: {} reads {most} of what #{id} holds and was told: {said}",
                    self.step,
                    self.name(who)
                );
            }
        }
    }
}
