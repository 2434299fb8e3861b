//! Pictures of an office's life: drawn, and compared with those somebody has looked at.
//!
//! The references stand in `pictures/`. A picture differs where more than [`DIFFERENT_MAX_PER_MILLE`] of its
//! pixels are further from the reference than [`TOLERANCE`]: another processor may round an edge otherwise,
//! and nothing more. To take a new picture as the reference, look at the file the failing test names and
//! copy it.

use super::*;
use crate::progress::tests::sample;
use domain::progress::{Figure, Issues};
use resvg::tiny_skia::Pixmap;
use std::path::{Path, PathBuf};

/// Furthest a part of a pixel (red, green, blue, opacity; 0 to 255) may be from the reference.
const TOLERANCE: u8 = 24;
/// Most pixels of a thousand that may be further.
const DIFFERENT_MAX_PER_MILLE: usize = 1;

/// Where a new picture is put: below the target directory, which is never committed.
fn place_of_new(name: &str) -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    let ours = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../target");
    target.unwrap_or_else(ours).join("pictures").join(name)
}

/// How many of a thousand pixels differ; `None` when the sizes do.
fn difference(new: &Pixmap, reference: &Pixmap) -> Option<usize> {
    if (new.width(), new.height()) != (reference.width(), reference.height()) {
        return None;
    }
    let far = |(a, b): (&u8, &u8)| a.abs_diff(*b) > TOLERANCE;
    let pixels = new.data().chunks(4).zip(reference.data().chunks(4));
    let differing = pixels.filter(|(a, b)| a.iter().zip(*b).any(far)).count();
    let all = new.data().len() / 4;
    Some((differing * 1_000).div_ceil(all.max(1)))
}

/// Writes a picture below the target directory and says where.
fn kept(name: &str, png: &[u8]) -> PathBuf {
    let place = place_of_new(name);
    std::fs::create_dir_all(place.parent().expect("a folder")).expect("the folder can be made");
    std::fs::write(&place, png).expect("the picture can be written");
    place
}

fn compare(name: &str, chart: &Chart) {
    let reference = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("src/chart/pictures")
        .join(name);
    let new = Pixmap::decode_png(&chart.png).expect("a picture was drawn");
    let old = std::fs::read(&reference)
        .ok()
        .and_then(|bytes| Pixmap::decode_png(&bytes).ok());
    let differing = old.and_then(|old| difference(&new, &old));
    if differing.is_none_or(|part| part > DIFFERENT_MAX_PER_MILLE) {
        let place = kept(name, &chart.png);
        panic!(
            "{name} differs from {} ({differing:?} of a thousand pixels; none: another size, or no reference); \
             look at {} and copy it if it is right",
            reference.display(),
            place.display()
        );
    }
}

/// Where a PNG says what its points are (PNG, sections 5.2 and 11.2.1), and what a palette is called there.
const COLOUR_TYPE_AT: usize = 25;
const PALETTE: u8 = 3;

/// A month drawn, which must be within the limits of Discord and of ours.
fn drawn(month: &Month) -> Chart {
    let chart = super::month(month).expect("a month can be drawn");
    assert!(domain::text::utf16_len(&chart.alternative) <= ALTERNATIVE_UNITS_MAX);
    assert!(!chart.alternative.is_empty());
    assert_eq!(
        chart.png[COLOUR_TYPE_AT], PALETTE,
        "a picture without a palette takes twice the time"
    );
    chart
}

fn size(chart: &Chart) -> (u32, u32) {
    let picture = Pixmap::decode_png(&chart.png).expect("a picture");
    (picture.width(), picture.height())
}

/// A target as at the beginning of a year.
fn untouched(row: Row) -> Row {
    Row {
        figure: row.figure.map(|figure| Figure { done: 0, ..figure }),
        state: match row.state {
            State::NoGoal => State::NoGoal,
            _ => State::NotBegun,
        },
        before: None,
        told: Vec::new(),
        ..row
    }
}

fn first_month() -> Month {
    let rows = sample::rows(51).into_iter().map(untouched).collect();
    let month = sample::month(rows);
    Month {
        month: domain::progress::YearMonth::from_number(202_604).expect("April"),
        as_of: chrono::NaiveDate::from_ymd_opt(2026, 4, 30).expect("a day"),
        first_of_year: true,
        issues: Issues::default(),
        ..month
    }
}

fn hundred() -> Month {
    let long = "在宅医療と介護の連携のしくみを地域のみんなで考える領域".repeat(2);
    let rows = sample::rows(100).into_iter().zip(0..).map(|(row, at)| Row {
        area: format!("{}{}", at / 8 + 1, domain::text::cut(&long, 39)),
        item: long.clone(),
        ..row
    });
    sample::month(rows.collect())
}

#[test]
fn a_month_of_a_city_is_a_picture_somebody_has_looked_at() {
    compare("month.png", &drawn(&sample::month(sample::rows(51))));
}

#[test]
fn the_first_month_of_a_year_is_a_picture_somebody_has_looked_at() {
    compare("first-month.png", &drawn(&first_month()));
}

#[test]
fn a_hundred_targets_with_long_names_are_a_picture_somebody_has_looked_at() {
    compare("hundred.png", &drawn(&hundred()));
}

#[test]
fn an_office_without_targets_is_a_picture_somebody_has_looked_at() {
    compare("empty.png", &drawn(&sample::month(Vec::new())));
}

/// Situations that are not compared pixel by pixel; each is kept for looking at.
#[test]
fn every_other_situation_can_be_drawn() {
    let rows = || sample::rows(51);
    let unchanged: Vec<Row> = rows()
        .into_iter()
        .map(|row| Row {
            told: Vec::new(),
            ..row
        })
        .collect();
    let one = rows().into_iter().take(1).collect();
    let reached = rows()
        .into_iter()
        .map(|row| Row {
            state: State::Reached,
            figure: row.figure.map(|figure| Figure {
                done: figure.goal,
                ..figure
            }),
            ..row
        })
        .collect();
    let words = rows()
        .into_iter()
        .map(|row| Row {
            figure: None,
            ..row
        })
        .collect();
    let strange = rows().into_iter().take(3).map(|row| Row {
        area: "A&B <script>alert(1)</script> \u{202E}𠮷".to_owned(),
        item: "한국어 \u{1F600} ]]> \"&amp;\"".to_owned(),
        ..row
    });
    for (name, rows) in [
        ("unchanged.png", unchanged),
        ("one.png", one),
        ("reached.png", reached),
        ("words.png", words),
        ("strange.png", strange.collect()),
    ] {
        let chart = drawn(&sample::month(rows));
        kept(name, &chart.png);
        let (width, height) = size(&chart);
        assert_eq!(i32::try_from(width), Ok(WIDTH), "{name}");
        assert!((300..3_000).contains(&height), "{name}: {height}");
    }
    let english = Month {
        language: Language::En,
        ..sample::month(rows())
    };
    kept("english.png", &drawn(&english).png);
    let chart = year(&sample::year(rows())).expect("a year can be drawn");
    kept("year.png", &chart.png);
    let most = drawn(&hundred());
    assert!(size(&most).1 < 3_000, "the highest picture");
}

#[test]
fn a_picture_that_differs_is_noticed() {
    let month = sample::month(sample::rows(51));
    let decode = |chart: &Chart| Pixmap::decode_png(&chart.png).expect("a picture");
    let one = decode(&drawn(&month));
    assert_eq!(difference(&one, &one), Some(0));
    let mut other = month.clone();
    other.rows[0].state = State::NotBegun;
    let other = decode(&drawn(&other));
    assert!(difference(&other, &one).is_some_and(|part| part > DIFFERENT_MAX_PER_MILLE));
    let lower = decode(&drawn(&sample::month(sample::rows(7))));
    assert_eq!(difference(&lower, &one), None);
}

/// Three targets of two areas, two with a figure, two with news.
fn three() -> Vec<Row> {
    let mut rows = sample::rows(3);
    rows[1].figure = None;
    rows[1].area = "介護・リハビリテーション".to_owned();
    rows[1].state = State::Reached;
    rows[2].area = rows[0].area.clone();
    rows
}

#[test]
fn the_words_for_a_picture_say_what_it_shows() {
    let chart = drawn(&sample::month(three()));
    assert_eq!(
        chart.alternative,
        "図：年度目標の進みぐあい。令和8年度 令和8年11月30日(月) 現在 汐見市在宅医療・介護連携拠点。 \
         先月から変わった目標：3件 医療・看護：順調 1、要確認 1。 介護・リハビリテーション：達成 1。 \
         1-① 多職種連携研修を定期に開き、栄養・歯科口腔・薬剤管理などの分野をまたいだ話し合…：\
         2／4回（要確認）。 1-① 自立支援型の地域ケア会議を毎月開く。：8／12回（順調）。"
    );
    let english = Month {
        language: Language::En,
        ..sample::month(Vec::new())
    };
    assert_eq!(
        drawn(&english).alternative,
        "Chart: How the yearly targets get on. FY2026 as of 2026-11-30 \
         汐見市在宅医療・介護連携拠点. There are no yearly targets yet."
    );
}
