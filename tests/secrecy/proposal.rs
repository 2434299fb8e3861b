//! Proposals: somebody of an association wants something shared, and the desk says yes and takes it back
//! later. Whoever it is meant for learns nothing before, and nothing of the words behind.

use crate::step::Life;
use domain::{disclosure::Disclosure, issue::Issue, tier::Tier};
use serde_json::json;
use tests::dice::Dice;

/// People who look each time.
const LOOKING: usize = 3;
/// Whom it may be meant for.
const AUDIENCES: [&str; 3] = ["tier3", "tier3", "tier2"];

impl Life<'_> {
    /// `/issue share` by somebody who may propose it, after somebody who reads it and may not.
    pub(crate) async fn propose(&mut self, dice: &mut Dice) {
        let desk = self.model().coordinators();
        let standing = |issue: &&Issue| {
            !issue.retracted && issue.merged_into.is_none() && issue.tier != Tier::One
        };
        let issues = self.records.issues.iter().filter(standing);
        let proposed = issues.flat_map(|issue| {
            let people = self.model().proposers(issue);
            let people: Vec<u64> = people.difference(&desk).copied().collect();
            people.into_iter().map(|who| (issue.id, who))
        });
        let proposed: Vec<_> = proposed.collect();
        let Some((id, who)) = dice.pick(&proposed) else {
            return self.share(dice).await;
        };
        let issue = self.records.issue(id.0).expect("it stands");
        let proposers = self.model().proposers(issue);
        let others: Vec<u64> = self
            .model()
            .readers(&self.records, issue)
            .difference(&proposers)
            .copied()
            .collect();
        let audience = dice.pick(&AUDIENCES).expect("there are some");
        for who in dice.pick(&others).into_iter().chain([who]) {
            let options = json!({
                "number": id.to_string(), "audience": audience,
                "wording": self.statement(dice, who),
            });
            self.command(who, "issue share", options).await;
            self.judge().await;
        }
        let waiting = self.records.shares[&id.0].iter().rev();
        let waiting = waiting
            .into_iter()
            .find(|share| share.is_waiting())
            .cloned();
        let Some(share) = waiting else { return };
        self.look_along(dice, &share).await;
        for step in ["approve", "withdraw"] {
            let staff = self.staff(dice);
            self.actor = Some(staff);
            let press = format!("v1:share-{step}:{id}:{}", share.version);
            self.forge_press(staff, &press, &[]).await;
            self.judge().await;
            self.look_along(dice, &share).await;
        }
    }

    /// Some of those it is meant for, who do not read the original, look at it, list and search.
    async fn look_along(&mut self, dice: &mut Dice, share: &Disclosure) {
        let issue = self.records.issue(share.issue.0).expect("it stands");
        let model = self.model();
        let meant = model.audience(share.audience);
        let meant: Vec<u64> = meant
            .difference(&model.readers(&self.records, issue))
            .copied()
            .collect();
        for _ in 0..LOOKING {
            let Some(who) = dice.pick(&meant) else { return };
            let options = json!({"number": share.issue.to_string()});
            self.look_at(who, "issue show", options).await;
            let said = self.look_at(who, "issue list", json!({})).await;
            self.check_counted(who, &said);
        }
        self.judge().await;
    }
}
