//! Rules (基準): switched on for an association by the desk and by whoever tries; when their day is near, the
//! association is told in its own channel, and nobody else learns for whom one is on.

use crate::{step::Life, told::OF_A_RULE};
use chrono::{FixedOffset, TimeZone, Utc};
use serde_json::json;
use tests::{city::ASSOCIATIONS, dice::Dice};

/// The rule with a deadline at the end of every month.
const RULE: (&str, &str) = ("care-management", "plan-notification");
/// A number nothing has.
const NOTHING: i64 = 9_999;
/// The last day of the month is a Monday, so that associations are told on the Friday before: year, month,
/// day and hour.
const TOLD: (i32, u32, u32, u32) = (2026, 11, 27, 9);
/// Hours between Tokyo and Greenwich.
const HOURS_EAST: i32 = 9;

impl Life<'_> {
    /// `/office rule`, by whoever tries and by the desk; then people press the button of its reminder.
    pub(crate) async fn switch_rule(&mut self, dice: &mut Dice) {
        let (pack, rule) = RULE;
        let staff = self.staff(dice);
        for who in [self.anybody(dice), staff] {
            let name = dice.pick(&ASSOCIATIONS).expect("there are some").0;
            let mut options = json!({"pack": pack, "rule": rule, "associations": name});
            if !self.sure && dice.chance(25) {
                options["stop"] = json!(true);
            }
            self.command(who, "office rule", options).await;
            self.judge().await;
            self.look_at(who, "office rule", json!({"pack": pack, "rule": rule}))
                .await;
        }
        let rows = self.records.year.rules.iter();
        let rows: Vec<_> = rows.map(|row| (row.id.0, row.association)).collect();
        let Some((number, association)) = dice.pick(&rows) else {
            return;
        };
        for who in self.some(dice) {
            self.actor = None;
            let said = self.ask_rule(who, number).await;
            let model = self.model();
            let mut may = model.ranks(model.name(association), &crate::office::RANKS);
            may.extend(model.coordinators());
            if !may.contains(&who) {
                let nothing = self.ask_rule(who, NOTHING).await;
                assert_eq!(
                    said,
                    nothing,
                    "step {}: {} learns of rule {number}",
                    self.step,
                    self.name(who)
                );
                self.tally.asked_in_vain += 1;
            }
        }
        self.judge().await;
    }

    async fn ask_rule(&mut self, who: u64, number: i64) -> String {
        self.ask_by_button(who, &format!("v1:rule-show:{number}"))
            .await
    }

    /// The day comes on which associations are told of a deadline, if it has not come before; by then
    /// somebody was.
    pub(crate) async fn wait_for_deadline(&mut self) {
        // Where a room has drifted nobody is told.
        self.mend_all();
        let zone = FixedOffset::east_opt(HOURS_EAST * 3_600).expect("hours of a day");
        let (year, month, day, hour) = TOLD;
        let told = zone.with_ymd_and_hms(year, month, day, hour, 0, 0);
        let told = told.single().expect("a moment").with_timezone(&Utc);
        let ahead = told - commands::clock::Clock::now(&*self.world.clock);
        if ahead > chrono::Duration::zero() {
            self.pass(ahead).await;
        }
        self.judge().await;
        let mut said = self.world.fake.all_messages().into_iter();
        assert!(
            said.any(|message| message.text().contains(OF_A_RULE)),
            "nobody was told of a deadline\n{}",
            self.world.log()
        );
    }
}
