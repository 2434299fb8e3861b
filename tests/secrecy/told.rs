//! The judge of sentences that hold no words of anybody: who has confirmed what, what is paid from where,
//! what persons ask the desk about their own data. What they say is found by how the product says it.

use crate::{judge::Way, office::DESK, step::Life};
use domain::id::UserId;
use std::collections::BTreeSet;
use tests::city::ASSOCIATIONS;

/// Sentences for the desk only.
const OF_THE_DESK: [&str; 8] = [
    // Which association has not confirmed.
    "件　未確認",
    "通知ダイジェストの確認",
    // Who asks for what about their own data, and under which names it is kept.
    "ご本人からの依頼",
    "キーパーソンとして",
    // What goes, and when.
    "保存期間を過ぎた記録（",
    "拠点の記録をすべて削除する申し出",
    // For whom a rule is on, and what is watched for new notices.
    "お知らせしている団体",
    "購読の一覧（",
];
/// What says who has confirmed a bulletin, behind their name.
const CONFIRMED: &str = "に確認しました";
/// What says that an association has not, in its own channel.
const REMINDED: &str = "押されると、このお知らせは止まります";
/// What says that a rule is near its day, behind the name of the association it is on for.
pub(crate) const OF_A_RULE: &str = "に設定された基準のお知らせです";
/// How a name begins and ends.
const NAMED: (&str, char) = ("<@", '>');

impl Life<'_> {
    /// Judges what somebody got by what it says.
    pub(crate) fn check_told(&self, who: u64, text: &str, way: Way) {
        let desk = self.plan.rooms[DESK];
        let coordinators = self.model().coordinators();
        let at_desk = self.model().at_desk();
        let is_desk = match way {
            Way::Post(channel) => channel == desk && at_desk.contains(&who),
            Way::Answer => coordinators.contains(&who),
            Way::Title | Way::Event | Way::Name => false,
        };
        let fault = |what: &str| {
            let (step, name) = (self.step, self.name(who));
            format!("step {step}: {name} learns {what} by {way:?}: {text}")
        };
        for sentence in OF_THE_DESK {
            assert!(is_desk || !text.contains(sentence), "{}", fault(sentence));
        }
        let wrote = |yen: &String| self.money.contains(&(yen.clone(), who));
        for (yen, _) in &self.money {
            let said = says(text, yen) || says(text, &grouped(yen));
            assert!(
                !said || is_desk || (way == Way::Answer && wrote(yen)),
                "{}",
                fault("what is paid")
            );
        }
        for line in text.lines().filter(|line| line.contains(CONFIRMED)) {
            for by in names(line) {
                let mut told = self.model().told_of_confirmation(&self.records.year, by);
                if way != Way::Answer {
                    told.extend(&self.plan.accepted);
                }
                assert!(told.contains(&who), "{}", fault("who has confirmed"));
            }
        }
        for line in text.lines().filter(|line| line.contains(OF_A_RULE)) {
            let of = |row: &&(&str, _, &str, _)| line.trim().starts_with(row.0);
            let own = ASSOCIATIONS.iter().find(of);
            let own = own.map(|row| Way::Post(self.plan.rooms[row.2]));
            assert!(own == Some(way), "{}", fault("of whom a rule is asked"));
        }
        if text.contains(REMINDED) {
            let own = ASSOCIATIONS.map(|(_, _, room, _)| Way::Post(self.plan.rooms[room]));
            assert!(own.contains(&way), "{}", fault("who has not confirmed"));
        }
    }
}

/// The people a line names.
fn names(line: &str) -> BTreeSet<UserId> {
    let parts = line.split(NAMED.0).skip(1);
    let ids = parts.filter_map(|part| part.split(NAMED.1).next()?.parse().ok());
    ids.map(UserId).collect()
}

/// Whether a figure stands in a text, and not as a part of a longer one.
fn says(text: &str, figure: &str) -> bool {
    let digit = |letter: Option<char>| letter.is_some_and(|it| it.is_ascii_digit());
    text.match_indices(figure).any(|(place, _)| {
        let (before, behind) = (&text[..place], &text[place + figure.len()..]);
        !digit(before.chars().next_back()) && !digit(behind.chars().next())
    })
}

/// 1,234,567
fn grouped(digits: &str) -> String {
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}
