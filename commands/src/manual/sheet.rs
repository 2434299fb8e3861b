//! A form as a sheet (.xlsx) in the manual's layout, made to be printed: A4 landscape, one page wide, the
//! header on every page, the page's number below.
//!
//! Words are in the office's language, because the paper goes round in the office. How a page is set up and
//! how high rows are is the matter of every [`printout`](crate::printout). Reading sheets is done elsewhere.

mod first;
mod second;

use super::Paper;
use crate::{
    printout::{self, heading, join, letters, lines, points, put, wide},
    text::Text,
};
use chrono::{DateTime, Utc};
use domain::{form::Which, setting::Language};
use rust_xlsxwriter::{FormatAlign, Worksheet, XlsxError};

/// Rows above the table: title; whose opinions they are and the day; the names of the columns.
const HEADER_ROW: u32 = 2;

/// A column of a form.
#[derive(Clone, Copy)]
struct Column {
    /// The catalogue's key of its name.
    name: &'static str,
    /// Its width in digits of the font; an A4 page across holds some 125.
    digits: f64,
}

/// Writes a form. `at` is when it was made: the system's clock is not asked.
///
/// # Errors
/// The library refuses: a row or a text beyond what a sheet holds, which the limits keep from happening.
pub(super) fn written(
    paper: &Paper,
    language: Language,
    at: DateTime<Utc>,
) -> Result<Vec<u8>, XlsxError> {
    let name = Text::new(format!("word-form-{}", paper.which.number())).say(language);
    let mut workbook = printout::workbook(&name, at)?;
    let sheet = workbook.add_worksheet();
    sheet.set_name(&name)?;
    match paper.which {
        Which::First => first::write(sheet, paper, language)?,
        Which::Second => second::write(sheet, paper, language)?,
    }
    workbook.save_to_buffer()
}

/// Sets the page up and writes what stands above the table.
fn begin(
    sheet: &mut Worksheet,
    paper: &Paper,
    columns: &[Column],
    language: Language,
) -> Result<(), XlsxError> {
    printout::set_up(sheet, (HEADER_ROW, HEADER_ROW))?;
    for (place, column) in (0_u16..).zip(columns) {
        sheet.set_column_width(place, column.digits)?;
        let name = Text::new(column.name).say(language);
        put(sheet, HEADER_ROW, place, &name, &heading())?;
    }
    sheet.set_row_height(HEADER_ROW, points(1) + 4.0)?;
    let last = u16::try_from(columns.len() - 1).unwrap_or(u16::MAX);
    let width: f64 = columns.iter().map(|column| column.digits).sum();
    let above = &paper.heading;
    let title = above.title(language);
    printout::title(sheet, 0, last, &title, width)?;

    let mut of_whom = above.of_whom(language);
    if let Some(cut) = paper.cut(language) {
        of_whom = format!("{of_whom}\n{cut}").trim_start().to_owned();
    }
    join(
        sheet,
        (1, 0),
        (1, last - 1),
        &of_whom,
        &letters().set_text_wrap(),
    )?;
    let day = letters().set_align(FormatAlign::Right).set_text_wrap();
    let date = above.day(language);
    put(sheet, 1, last, &date, &day)?;
    let day_width = columns[usize::from(last)].digits;
    let rows = lines(&of_whom, wide(width - day_width)).max(lines(&date, wide(day_width)));
    sheet.set_row_height(1, points(rows))?;
    Ok(())
}
