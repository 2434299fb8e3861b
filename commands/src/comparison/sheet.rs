//! The comparison as a sheet: every sentence, nothing left out, what changed underlined.

use super::Pair;
use crate::{
    printout::{self, cell, heading, join, letters, lines, points, put, rows_of, wide},
    text::Text,
};
use chrono::{DateTime, Utc};
use domain::comparison::{Kind, Row, Side};
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatUnderline, Worksheet, XlsxError};

/// Widths in digits: what became of it, the new wording, the old one.
const DIGITS: [f64; 3] = [12.0, 56.0, 56.0];
/// The row that names the columns.
const HEADING_ROW: u32 = 3;
/// Letters of the new wording that the old one has not, and the other way round.
const NEW_INK: u32 = 0x00_5A8F;
const OLD_INK: u32 = 0x8F_3A00;
/// The ground of what became of a sentence.
const GROUND: u32 = 0xF2_F2F2;

/// Writes a comparison as an .xlsx. `at` is when it is made.
///
/// # Errors
/// The library refuses.
pub(super) fn write(pair: &Pair, at: DateTime<Utc>) -> Result<Vec<u8>, XlsxError> {
    let say = |key: &str| Text::new(key).say(pair.language);
    let title = say("comparison-title");
    let mut workbook = printout::workbook(&title, at)?;
    let sheet = workbook.add_worksheet();
    sheet.set_name(&title)?;
    printout::set_up(sheet, (HEADING_ROW, HEADING_ROW))?;
    for (column, digits) in (0_u16..).zip(DIGITS) {
        sheet.set_column_width(column, digits)?;
    }
    let whole: f64 = DIGITS.iter().sum();
    printout::title(sheet, 0, 2, &title, whole)?;
    let plain = letters().set_text_wrap();
    for (row, words) in [
        (1, pair.summary().say(pair.language)),
        (2, say("comparison-legend-sheet")),
    ] {
        join(sheet, (row, 0), (row, 2), &words, &plain)?;
        sheet.set_row_height(row, points(lines(&words, wide(whole))))?;
    }
    let heads = [
        say("comparison-kind"),
        format!("{}\n{}", say("comparison-new"), pair.new),
        format!("{}\n{}", say("comparison-old"), pair.old),
    ];
    let tallest = heads.iter().zip(DIGITS);
    let tallest = tallest.map(|(words, digits)| lines(words, wide(digits)));
    for (column, words) in (0_u16..).zip(&heads) {
        put(sheet, HEADING_ROW, column, words, &heading())?;
    }
    sheet.set_row_height(HEADING_ROW, points(tallest.max().unwrap_or(1)))?;
    let mut row = HEADING_ROW + 1;
    for compared in &pair.comparison.rows {
        row = sentence(sheet, row, pair, compared)?;
    }
    workbook.save_to_buffer()
}

/// Writes a sentence and gives the row after it.
fn sentence(
    sheet: &mut Worksheet,
    row: u32,
    pair: &Pair,
    compared: &Row,
) -> Result<u32, XlsxError> {
    let words = |side: Option<&Side>| match side {
        Some(side) => spaced(side).into_iter().map(|(words, _)| words).collect(),
        None => pair.gap(compared.kind),
    };
    let (new, old): (String, String) = (words(compared.new.as_ref()), words(compared.old.as_ref()));
    let tallest = lines(&new, wide(DIGITS[1])).max(lines(&old, wide(DIGITS[2])));
    let (rows, height) = rows_of(tallest);
    let last = row + rows - 1;
    let kind = if compared.kind == Kind::Kept {
        String::new()
    } else {
        pair.kind(compared.kind)
    };
    let named = cell()
        .set_align(FormatAlign::Center)
        .set_background_color(Color::RGB(GROUND));
    join(sheet, (row, 0), (last, 0), &kind, &named)?;
    for (column, side, whole, ink) in [
        (1, &compared.new, &new, NEW_INK),
        (2, &compared.old, &old, OLD_INK),
    ] {
        let place = ((row, column), (last, column));
        match side {
            Some(side) => rich(sheet, place, side, ink)?,
            None => join(sheet, place.0, place.1, whole, &cell())?,
        }
    }
    for row in row..=last {
        sheet.set_row_height(row, height)?;
    }
    Ok(last + 1)
}

/// The words of a sentence with a space behind its number, each part plain or changed.
fn spaced(side: &Side) -> Vec<(String, bool)> {
    let mut parts: Vec<(String, bool)> = Vec::new();
    let apart = if side.mark.is_empty() { "" } else { "\u{3000}" };
    let mark = [(side.mark.as_str(), side.mark_changed), (apart, false)];
    let spans = side.spans.iter();
    let spans = spans.map(|span| (span.words.as_str(), span.changed));
    for (words, changed) in mark.into_iter().chain(spans) {
        match parts.last_mut() {
            _ if words.is_empty() => {}
            Some((last, same)) if *same == changed => last.push_str(words),
            _ => parts.push((words.to_owned(), changed)),
        }
    }
    parts
}

/// Writes a sentence with its changes underlined.
fn rich(
    sheet: &mut Worksheet,
    (from, to): ((u32, u16), (u32, u16)),
    side: &Side,
    ink: u32,
) -> Result<(), XlsxError> {
    let marked = |format: Format| {
        format
            .set_underline(FormatUnderline::Single)
            .set_font_color(Color::RGB(ink))
    };
    let parts = spaced(side);
    match parts.as_slice() {
        [] => join(sheet, from, to, "", &cell()),
        [(words, changed)] => {
            let format = if *changed { marked(cell()) } else { cell() };
            join(sheet, from, to, words, &format)
        }
        several => {
            join(sheet, from, to, "", &cell())?;
            let (plain, changed) = (letters(), marked(letters()));
            let several: Vec<(&Format, &str)> = several
                .iter()
                .map(|(words, is)| (if *is { &changed } else { &plain }, words.as_str()))
                .collect();
            sheet.write_rich_string_with_format(from.0, from.1, &several, &cell())?;
            Ok(())
        }
    }
}
