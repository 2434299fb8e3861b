//! Comparisons (新旧対照): two wordings side by side, for whoever may know of both notices. Of a draft, or of
//! what was taken back, others are answered as if there were none.

use crate::{number::Noun, step::Life};
use serde_json::json;
use tests::dice::Dice;

/// A number nothing has.
const NOTHING: i64 = 9_999;
/// People who ask, beside somebody of the desk: a picture is drawn for each.
const ASKING: usize = 2;

impl Life<'_> {
    /// `/notice compare` of two notices, one of which may be the desk's only.
    pub(crate) async fn compare(&mut self, dice: &mut Dice) {
        if self.count(Noun::Notice) == 0 {
            return;
        }
        let notices = self
            .records
            .year
            .notices
            .iter()
            .map(|issued| &issued.notice);
        let hidden = notices.filter(|notice| notice.draft || notice.retracted);
        let hidden: Vec<i64> = hidden.map(|notice| notice.id.0).collect();
        let one = dice.pick(&hidden).filter(|_| dice.chance(70));
        let one = one.unwrap_or_else(|| self.recorded(dice, Noun::Notice));
        let other = self.recorded(dice, Noun::Notice);
        let mut people: Vec<u64> = (0..ASKING).map(|_| self.anybody(dice)).collect();
        // Somebody nobody knows asks for what everybody may read as well.
        people.push(self.world.city.person("所属のない人"));
        people.push(self.staff(dice));
        for who in people {
            self.compare_for(who, [one, other]).await;
        }
        self.judge().await;
    }

    async fn compare_for(&mut self, who: u64, numbers: [i64; 2]) {
        let ask =
            |[one, other]: [i64; 2]| json!({"number": one.to_string(), "with": other.to_string()});
        let said = self.look_at(who, "notice compare", ask(numbers)).await;
        let known = numbers.map(|number| self.knows(who, Noun::Notice, number));
        if known == [true, true] {
            self.tally.compared += 1;
            return;
        }
        let [one, other] = numbers;
        let shown = [
            if known[0] { one } else { NOTHING },
            if known[1] { other } else { NOTHING },
        ];
        let nothing = self.look_at(who, "notice compare", ask(shown)).await;
        let hidden = |said: &str| {
            let numbers = [one, other, NOTHING].map(|number| number.to_string());
            numbers.iter().fold(said.to_owned(), |said, number| {
                said.replace(number.as_str(), "")
            })
        };
        assert_eq!(
            hidden(&said),
            hidden(&nothing),
            "step {}: {} learns of notices {one} and {other}",
            self.step,
            self.name(who)
        );
        self.tally.asked_in_vain += 1;
    }
}
