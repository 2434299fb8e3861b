//! The standard rules, as a table: code, tier, weight, patterns over normalised text.

use super::Tier::{self, One, Three, Two};

type Line = (&'static str, Tier, i32, &'static [&'static str]);

/// The table.
pub(super) const TABLE: &[Line] = &[
    (
        "region.whole",
        Three,
        30,
        &[
            "地域全体",
            "役割分担",
            "体制",
            "資源",
            "ict",
            "救急",
            "看取",
            "災害",
            "住民",
            "市民",
        ],
    ),
    (
        "between.dealing",
        Two,
        20,
        &[
            "連絡",
            "相談",
            "情報",
            "退院",
            "理解",
            "他職種",
            "多職種",
            "他の職種",
        ],
    ),
    (
        "inside.uneven",
        One,
        25,
        &["まちまち", "バラバラ", "ばらばら", "総意", "知識", "人手"],
    ),
];
