//! Figures that stand in words: 年12回, 月1回, 2か月に1回, 各120件, 2,000部.
//!
//! A figure is read with its unit and brought to a year. Dates and years (2019年度, 台風15号) are none.

use crate::text::normalise;
use regex::{Captures, Regex};
use std::sync::LazyLock;

/// Most figures read from one text.
pub const FIGURES_MAX: usize = 20;
/// Longest text that is searched, in letters.
const TEXT_LETTERS_MAX: usize = 4_000;

/// How often an amount is meant within a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Every {
    /// The amount is that of the whole year (年12回), or nothing is said (2,000部).
    Year,
    /// Each month (月1回).
    Month,
    /// Every so many months (2か月に1回).
    Months(u8),
    /// Each week (週1回): 52 weeks a year.
    Week,
}

impl Figure {
    /// Whether it says the same of a year as another.
    #[must_use]
    pub fn is_as(&self, other: &Self) -> bool {
        (self.amount, &self.unit, self.each) == (other.amount, &other.unit, other.each)
    }
}

impl Every {
    /// What an amount comes to in a year.
    fn in_a_year(self, amount: i64) -> Option<i64> {
        match self {
            Self::Year => Some(amount),
            Self::Month => amount.checked_mul(12),
            Self::Months(several) => amount.checked_mul(12)?.checked_div(several.into()),
            Self::Week => amount.checked_mul(52),
        }
    }
}

/// A figure read from words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// What it comes to in a year, in the unit; at least 1.
    pub amount: i64,
    /// 回, 件, 部, 人, か所 …
    pub unit: String,
    /// How often the amount is meant as written.
    pub every: Every,
    /// For each of several (各120件, 圏域毎): the whole is more.
    pub each: bool,
    /// It says outright that it is meant for the year or a part of it (年, 月, 週 …): a goal, and not
    /// how often something happened.
    pub periodic: bool,
    /// The words it was read from, in even width.
    pub written: String,
}

/// Units of what a liaison office counts; か所 is written in several ways.
const UNITS: &str = "回|件|部|名|人|か所|ヶ所|カ所|ヵ所|ケ所|箇所|団体|事業所|世帯|冊|枚|社|組|校|地区|圏域|コース|講座|名分";

static FIGURE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(
        r"(?x)
        (?<each> 各 [^\d\s、。()]{{0,10}}? | 圏域(?:毎|ごと)に? )?
        (?<period> 年間? (?:[^\d\s、。()]{{0,10}}各[^\d\s、。()]{{0,10}}?)? に? | 毎月 | 月に? | 毎週 | 週に?
          | 隔月に? | 半年に | 四半期に | (?<months>\d{{1,2}}) \s* (?:か|ヶ|カ|ヵ|ケ|箇)月(?:に|毎に|ごとに) )?
        \s* (?<amount> \d{{1,3}}(?:,\d{{3}})+ | \d{{1,7}} ) \s* (?<unit> {UNITS} )"
    ))
    .expect("the pattern of figures compiles")
});

/// Every figure of a text, in the order of the text.
#[must_use]
pub fn figures(text: &str) -> Vec<Figure> {
    let text: String = text.chars().take(TEXT_LETTERS_MAX).collect();
    let even = normalise(&text);
    FIGURE
        .captures_iter(&even)
        .filter(|parts| !is_ordinal(&even, parts))
        .filter_map(|parts| figure(&parts))
        .take(FIGURES_MAX)
        .collect()
}

/// 第3回 numbers an event and counts none.
fn is_ordinal(text: &str, parts: &Captures<'_>) -> bool {
    let before = parts
        .get(0)
        .and_then(|whole| text.get(..whole.start()))
        .unwrap_or_default();
    before.ends_with('第') || before.ends_with(|letter: char| letter.is_ascii_digit())
}

fn figure(parts: &Captures<'_>) -> Option<Figure> {
    let amount: i64 = parts["amount"].replace(',', "").parse().ok()?;
    let period = parts.name("period").map_or("", |period| period.as_str());
    let every = if let Some(months) = parts.name("months") {
        Every::Months(
            months
                .as_str()
                .parse()
                .ok()
                .filter(|m| (1..=12).contains(m))?,
        )
    } else if period.starts_with("毎月") || period.starts_with('月') {
        Every::Month
    } else if period.starts_with("毎週") || period.starts_with('週') {
        Every::Week
    } else if period.starts_with("隔月") {
        Every::Months(2)
    } else if period.starts_with("四半期") {
        Every::Months(3)
    } else if period.starts_with("半年") {
        Every::Months(6)
    } else {
        Every::Year
    };
    Some(Figure {
        amount: every.in_a_year(amount).filter(|amount| *amount >= 1)?,
        unit: unit(&parts["unit"]),
        every,
        each: parts.name("each").is_some() || period.contains('各'),
        periodic: !period.is_empty(),
        written: parts[0].trim().to_owned(),
    })
}

/// One spelling for the unit that has many.
pub(super) fn unit(written: &str) -> String {
    if written.ends_with('所') && written != "事業所" {
        "か所".to_owned()
    } else {
        written.to_owned()
    }
}

/// The figure a goal stands for: the only one that names a period, or the only one at all. `None` when
/// there is none, or when several leave it open.
#[must_use]
pub fn goal(figures: &[Figure]) -> Option<&Figure> {
    let mut periodic = figures.iter().filter(|figure| figure.periodic);
    match periodic.next() {
        Some(first) => periodic.all(|other| other.is_as(first)).then_some(first),
        None if figures.len() == 1 => figures.first(),
        None => None,
    }
}

/// What was done, when a text says outright how often or how many in one figure: a rhythm (月1回) says what
/// is meant to be, and several figures leave it open.
#[must_use]
pub fn done(figures: &[Figure]) -> Option<&Figure> {
    match figures {
        [only] if only.every == Every::Year && !only.each => Some(only),
        _ => None,
    }
}

/// A figure that takes the place of another: 年2回から1回としたい, 年12回→年6回.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What it was.
    pub from: Figure,
    /// What it is to be; its period is that of the other where it names none.
    pub to: Figure,
}

impl Change {
    /// Whether less is wanted than before.
    #[must_use]
    pub fn reduces(&self) -> bool {
        self.from.unit == self.to.unit && self.to.amount < self.from.amount
    }
}

/// Between two figures, what says that the second takes the place of the first.
static TURNS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^\s*(?:から|より|→|⇒|➡|->|=>|を)\s*$").expect("the pattern of changes compiles")
});

/// The change a text speaks of, if it speaks of just one.
#[must_use]
pub fn change(text: &str) -> Option<Change> {
    let text: String = text.chars().take(TEXT_LETTERS_MAX).collect();
    let even = normalise(&text);
    let found: Vec<(std::ops::Range<usize>, Figure)> = FIGURE
        .captures_iter(&even)
        .take(FIGURES_MAX)
        .filter_map(|parts| Some((parts.get(0)?.range(), figure(&parts)?)))
        .collect();
    let mut changes = found.windows(2).filter_map(|pair| {
        let ((before, from), (after, to)) = (&pair[0], &pair[1]);
        let between = even.get(before.end..after.start)?;
        TURNS.is_match(between).then(|| {
            let mut to = to.clone();
            if !to.periodic && from.periodic {
                to.amount = from.every.in_a_year(to.amount)?;
                (to.every, to.periodic) = (from.every, true);
            }
            Some(Change {
                from: from.clone(),
                to,
            })
        })?
    });
    let first = changes.next()?;
    changes.next().is_none().then_some(first)
}

/// Whether a text says that something is done when it is needed (随時), which is no figure.
#[must_use]
pub fn is_as_needed(text: &str) -> bool {
    let even = normalise(text);
    ["随時", "適宜", "必要に応じ", "as needed"]
        .iter()
        .any(|word| even.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(i64, String, bool)> {
        figures(text)
            .into_iter()
            .map(|figure| (figure.amount, figure.unit, figure.each))
            .collect()
    }

    #[test]
    fn figures_are_read_with_unit_and_brought_to_a_year() {
        for (text, expected) in [
            ("研修会の実施(年4回)", &[(4, "回", false)][..]),
            ("会議（年１２回）の開催", &[(12, "回", false)]),
            ("年間3回開く", &[(3, "回", false)]),
            ("年に2回", &[(2, "回", false)]),
            ("月1回開催", &[(12, "回", false)]),
            ("毎月2回", &[(24, "回", false)]),
            ("ケース検討会議(2か月に1回)", &[(6, "回", false)]),
            ("隔月1回", &[(6, "回", false)]),
            ("四半期に1回", &[(4, "回", false)]),
            ("週1回", &[(52, "回", false)]),
            ("各120件目標", &[(120, "件", true)]),
            ("年間各地域包括120件目標", &[(120, "件", true)]),
            ("2,000部を作成", &[(2000, "部", false)]),
            (
                "協力者が293か所、延べ32人",
                &[(293, "か所", false), (32, "人", false)],
            ),
            ("15箇所", &[(15, "か所", false)]),
            ("月2回と月1回", &[(24, "回", false), (12, "回", false)]),
        ] {
            let expected: Vec<_> = expected
                .iter()
                .map(|(amount, unit, each)| (*amount, (*unit).to_owned(), *each))
                .collect();
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn dates_years_and_ordinals_are_no_figures() {
        for text in [
            "2019年度の進捗",
            "2020年1月時点",
            "台風15号・19号",
            "第3回研修会",
            "2日間",
            "随時",
            "令和4年4月1日",
            "0回",
            "",
        ] {
            assert_eq!(read(text), [], "{text}");
        }
    }

    #[test]
    fn a_goal_is_the_only_figure_that_names_a_period() {
        let of = |text: &str| goal(&figures(text)).map(|figure| figure.amount);
        assert_eq!(of("講座(2回)と会議(年12回)"), Some(12));
        assert_eq!(of("2,000部"), Some(2000));
        assert_eq!(of("年2回から年1回としたい"), None);
        assert_eq!(of("年12回の会議（年12回）"), Some(12));
        assert_eq!(of("3回と6回"), None);
        assert_eq!(of("随時"), None);
    }

    #[test]
    fn a_figure_that_takes_the_place_of_another_is_a_change() {
        let of = |text: &str| {
            let found = change(text)?;
            Some((found.from.amount, found.to.amount, found.reduces()))
        };
        for (text, expected) in [
            (
                "提出事例が少ないため、年2回から1回としたい。",
                Some((2, 1, true)),
            ),
            ("年12回→年6回", Some((12, 6, true))),
            ("月2回から月１回に減らす", Some((24, 12, true))),
            ("月1回から2回へ", Some((12, 24, false))),
            ("年2回、年1回", None),
            ("会議（年12回）から研修（年4回）まで", None),
            ("2回", None),
            ("", None),
        ] {
            assert_eq!(of(text), expected, "{text}");
        }
    }

    #[test]
    fn what_was_done_is_read_from_one_plain_figure() {
        let of = |text: &str| done(&figures(text)).map(|figure| figure.amount);
        assert_eq!(of("会議を開催した（年2回）"), Some(2));
        assert_eq!(of("地域で3回実施"), Some(3));
        assert_eq!(of("会議を月1回開催した"), None);
        assert_eq!(of("2,000部を配り、講座を3回開いた"), None);
        assert_eq!(of("各120件"), None);
    }

    #[test]
    fn what_is_done_as_needed_has_no_figure() {
        assert!(is_as_needed("課題支援型(随時)"));
        assert!(!is_as_needed("年12回"));
        assert_eq!(figures("随時、相談に乗る"), []);
    }

    #[test]
    fn hostile_numbers_do_no_harm() {
        assert_eq!(read(&"9".repeat(5_000)), []);
        assert_eq!(read("99999999回"), []);
        assert_eq!(read("13か月に1回"), []);
        assert!(figures(&"1回".repeat(1_000)).len() <= FIGURES_MAX);
    }
}
