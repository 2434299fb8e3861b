//! The standard rules, as a table that can be read without programming: a code, the tier the rule speaks for, its weight,
//! and the words it looks for (regular expressions over text in one width and lower case).
//!
//! In the words, `<自>` stands for the speaker's own profession, `<他>` for another (or any, when the speaker is unknown),
//! `<公>` for a public body, `<職>` for own or another. Codes are stable: people's texts are looked up by them.
//!
//! The source of the division is seed 000, chapter 3 (職種内・職種間・地域全体); the words are those of the field's surveys.

use super::Tier;

mod between;
mod inside;
mod region;

/// Code, tier, weight, patterns.
pub(super) type Line = (&'static str, Tier, i32, &'static [&'static str]);

/// What two named professions weigh.
pub(super) const TWO_WEIGHT: i32 = 15;

/// What three or more professions, none of them the speaker's, weigh.
pub(super) const THREE_WEIGHT: i32 = 60;

/// What it weighs that a public body says it: what a city lacks, it mostly lacks for its people.
pub(super) const PUBLIC_WEIGHT: i32 = 35;

/// Public bodies: to name one is not yet a matter between professions.
pub(super) const PUBLIC: &[&str] = &["行政", "消防"];

/// Houses, and the words for their own staff when they speak of them without saying whose they are.
pub(super) const STAFF: &[(&str, &[&str])] = &[
    (
        "病院連携室",
        &[
            "医師",
            "看護師",
            "薬剤師",
            "主治医",
            "外来看護師",
            "看護職員",
        ],
    ),
    (
        "介護施設",
        &["看護師", "看護職員", "介護職", "介護職員", "看護職"],
    ),
];

/// Professions that are one house in this rule: a dental practice is not two professions.
pub(super) fn house(name: &str) -> &str {
    match name {
        "歯科衛生士" => "歯科医師",
        other => other,
    }
}

/// Compounds whose parts would mislead: they are looked at by no rule.
pub(super) const NEUTRAL: &[&str] = &[
    "在宅医療・介護連携",
    "医療・介護連携",
    "医療介護連携",
    "総合相談",
    "相談件数",
    "相談支援",
    "連携拠点",
    "連携推進",
    "地域連携",
    "地域医療連携",
    "退院支援",
    "入退院支援",
    "外国人の職員",
    "看護師資格",
    "要件に届",
    "外国人職員",
    "外国人材",
    "外国人の介護職員",
    "外国人介護職員",
    "地域に出られ",
];

/// All rules, region first.
pub(super) fn rules() -> impl Iterator<Item = &'static Line> {
    region::RULES
        .iter()
        .chain(between::RULES)
        .chain(inside::RULES)
}
