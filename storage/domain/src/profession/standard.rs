//! The standard vocabulary, as a table: one line per profession, the words of the field behind it.

use super::ProfessionWords;

/// Name and words. Order is the order people are shown.
const TABLE: &[(&str, &[&str])] = &[
    (
        "医師",
        &[
            "かかりつけ医",
            "主治医",
            "開業医",
            "在宅医",
            "専門医",
            "診療所",
            "クリニック",
            "医師会",
        ],
    ),
    ("歯科医師", &["歯科医", "歯科", "歯科医師会", "歯科医院"]),
    ("歯科衛生士", &["衛生士"]),
    ("薬剤師", &["薬局", "薬剤師会"]),
    (
        "病院連携室",
        &["病院", "地域連携室", "MSW", "医療ソーシャルワーカー"],
    ),
    (
        "訪問看護師",
        &["看護師", "訪問看護", "訪問看護ステーション"],
    ),
    (
        "介護支援専門員",
        &[
            "ケアマネ",
            "ケアマネジャー",
            "ケアマネージャー",
            "居宅介護支援事業所",
        ],
    ),
];

/// The table as the vocabulary takes it.
pub(super) fn professions() -> Vec<ProfessionWords> {
    TABLE
        .iter()
        .map(|(name, words)| ProfessionWords {
            name: (*name).to_owned(),
            aliases: words.iter().map(|word| (*word).to_owned()).collect(),
        })
        .collect()
}
