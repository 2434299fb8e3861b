//! The chart (進捗の図): how the targets stand, as a picture that is read on a phone.
//!
//! Two parts, one below the other: areas × state, and figures against their goals. Colour is never the
//! only sign: every state has a letter and a filling of its own, and the colours are apart for colour-blind
//! people. The picture brings its own light ground with a rim, because Discord shows it on dark and on
//! light and printers on white.
//!
//! Everything drawn comes from a [`Month`] or a [`Year`], which hold nothing confidential. Nothing is read
//! from disk: the font is built in, and no font of the system is ever looked for.

mod alternative;
mod bars;
pub(crate) mod drawing;
pub(crate) mod font;
mod goals;
pub(crate) mod look;
pub(crate) mod raster;

#[cfg(test)]
mod tests;

use crate::{card, text, text::Text};
use domain::{
    era::FiscalYear,
    progress::{Area, FIGURES_MAX, Headline, Month, Row, Year, areas, figures},
    setting::Language,
    target::pace::State,
};
use drawing::Drawing;

pub use raster::DrawFault;

/// Width of every picture in pixels: three for each of a usual phone's 400.
pub const WIDTH: i32 = 1_200;
/// Pixels left free at both sides.
const MARGIN: i32 = 40;
/// Pixels of letters, largest to smallest; the smallest is a third of a phone's usual letter and a bit.
const TITLE_PIXELS: i32 = 46;
const HEADING_PIXELS: i32 = 36;
const NAME_PIXELS: i32 = 28;
const NOTE_PIXELS: i32 = 27;

/// A picture with the words for those who do not see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chart {
    /// The picture (PNG).
    pub png: Vec<u8>,
    /// The words that stand for it (alternative text), at most [`ALTERNATIVE_UNITS_MAX`] units.
    pub alternative: String,
}

pub use alternative::ALTERNATIVE_UNITS_MAX;

/// What a picture shows, whether of a month or a year.
struct Plate<'a> {
    title: String,
    below: String,
    notice: Option<String>,
    language: Language,
    rows: &'a [Row],
}

/// Draws a month.
///
/// # Errors
/// The picture could not be drawn: a fault of ours.
pub fn month(month: &Month) -> Result<Chart, DrawFault> {
    let language = month.language;
    let notice = match month.headline() {
        Headline::NoTarget => None,
        Headline::Begins => Some(Text::new("chart-begins")),
        Headline::Unchanged => Some(Text::new("chart-unchanged")),
        Headline::Changed { targets: 0, .. } => Some(Text::new("chart-unchanged-targets")),
        Headline::Changed { targets, .. } => Some(text!("chart-changed", count = targets)),
    };
    draw(&Plate {
        title: Text::new("chart-title").say(language),
        below: below(&month.office, month.year, month.as_of, language),
        notice: notice.map(|notice| notice.say(language)),
        language,
        rows: &month.rows,
    })
}

/// Draws a year.
///
/// # Errors
/// The picture could not be drawn: a fault of ours.
pub fn year(year: &Year) -> Result<Chart, DrawFault> {
    let language = year.language;
    draw(&Plate {
        title: Text::new("chart-title-year").say(language),
        below: below(&year.office, year.year, year.as_of, language),
        notice: None,
        language,
        rows: &year.rows,
    })
}

/// 令和8年度　令和8年11月30日(月) 現在　○○拠点
fn below(office: &str, year: FiscalYear, as_of: chrono::NaiveDate, language: Language) -> String {
    text!(
        "chart-below",
        year = card::year_name(year, language),
        day = card::date(as_of, language),
        office = domain::text::cut(office, domain::progress::NAME_LETTERS_MAX),
    )
    .say(language)
}

fn draw(plate: &Plate<'_>) -> Result<Chart, DrawFault> {
    let language = plate.language;
    let areas = areas(plate.rows);
    let (shown, left_out) = figures(plate.rows, FIGURES_MAX);
    let mut drawing = Drawing::new();
    drawing.space(30);
    drawing.line(&plate.title, TITLE_PIXELS, look::INK);
    drawing.line(&plate.below, NOTE_PIXELS, look::QUIET);
    if plate.rows.is_empty() {
        drawing.space(24);
        drawing.line(
            &Text::new("chart-empty").say(language),
            HEADING_PIXELS,
            look::INK,
        );
        drawing.line(
            &Text::new("chart-empty-next").say(language),
            NOTE_PIXELS,
            look::QUIET,
        );
    } else {
        if let Some(notice) = &plate.notice {
            drawing.line(notice, NAME_PIXELS, look::INK);
        }
        bars::legend(&mut drawing, &areas, language);
        bars::areas(&mut drawing, &areas, language);
        goals::figures(&mut drawing, &shown, left_out, language);
    }
    drawing.space(30);
    let alternative = alternative::words(plate, &areas, &shown, left_out);
    Ok(Chart {
        png: raster::png(&drawing.finish())?,
        alternative,
    })
}

/// The letter that stands for a state.
fn letter(state: State, language: Language) -> String {
    Text::new(format!("pace-letter-{}", state.code())).say(language)
}

/// What a state is called.
fn state_name(state: State, language: Language) -> String {
    Text::new(format!("word-pace-{}", state.code())).say(language)
}

/// The name of an area, or of those that share a bar.
fn area_name(area: &Area, language: Language) -> String {
    match &area.name {
        Some(name) => name.clone(),
        None => text!("chart-other-areas", count = area.areas).say(language),
    }
}
