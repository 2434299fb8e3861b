//! The workbooks of an archive: one a noun, one sheet a table, for people who work in Excel. Long words are
//! cut to what a cell holds; the JSON beside has them whole.

use super::archive::{Part, instant};
use crate::{
    printout::{cell, heading, workbook},
    text,
    text::Text,
};
use chrono::{DateTime, Utc};
use domain::setting::Language;
use rust_xlsxwriter::{Format, Worksheet, XlsxError};
use serde_json::Value;
use storage::archive::{Column, Holds};

/// Most rows of a sheet; Excel holds 1,048,576, and opens fewer in time.
const ROWS_MAX: usize = 200_000;
/// Most UTF-16 units of a cell (Excel's specification: 32,767 characters).
const CELL_UNITS_MAX: usize = 32_000;
/// Widths of columns, in digits.
const NARROW: f64 = 14.0;
const WIDE: f64 = 48.0;
/// Columns of words that are read, and so are wide.
const READ: [&str; 7] = [
    "wording", "note", "minutes", "words", "reason", "title", "plan",
];

/// Columns that have words for people; others go by their own names.
pub const NAMED: &[&str] = &[
    "act",
    "after_state",
    "amount",
    "area",
    "association_id",
    "at",
    "audience",
    "before_state",
    "budget_source",
    "budget_yen",
    "category_id",
    "changed_at",
    "created_at",
    "day",
    "decided_at",
    "decided_by",
    "destination",
    "details",
    "done_on",
    "due_on",
    "fiscal_year",
    "fund",
    "held_on",
    "id",
    "issue_id",
    "item",
    "kept_private",
    "key",
    "kind",
    "later_year",
    "mark",
    "measure_open",
    "method",
    "minutes",
    "name",
    "note",
    "number",
    "office_id",
    "origin",
    "passed_on",
    "people",
    "person",
    "place",
    "plan",
    "position",
    "profession_id",
    "project_id",
    "proposed_at",
    "proposed_by",
    "purpose",
    "reason",
    "record_id",
    "reporter",
    "retracted",
    "review_id",
    "revision",
    "session_id",
    "speaker",
    "state",
    "status",
    "subject_id",
    "subject_kind",
    "survey",
    "target_id",
    "tier",
    "tier_by",
    "times",
    "title",
    "unit",
    "value",
    "version",
    "who",
    "wording",
    "words",
];

/// The workbook of a noun.
///
/// # Errors
/// The library refuses.
pub(super) fn of(
    noun: &str,
    parts: &[&Part],
    language: Language,
    at: DateTime<Utc>,
) -> Result<Vec<u8>, XlsxError> {
    let title = Text::new(format!("archive-noun-{noun}")).say(language);
    let mut book = workbook(&title, at)?;
    for part in parts {
        let sheet = book.add_worksheet();
        sheet.set_name(part.name)?;
        write(sheet, part, language)?;
    }
    book.save_to_buffer()
}

fn write(sheet: &mut Worksheet, part: &Part, language: Language) -> Result<(), XlsxError> {
    let (heading, cell) = (heading(), cell());
    for (at, column) in (0_u16..).zip(&part.content.columns) {
        let width = if READ.contains(&column.name.as_str()) {
            WIDE
        } else {
            NARROW
        };
        sheet.set_column_width(at, width)?;
        sheet.write_string_with_format(0, at, named(column, language), &heading)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    for (at, row) in (1_u32..).zip(part.content.rows.iter().take(ROWS_MAX)) {
        for (place, (column, value)) in (0_u16..).zip(part.content.columns.iter().zip(row)) {
            put(sheet, (at, place), column, value, &cell)?;
        }
    }
    let beyond = part.content.rows.len().saturating_sub(ROWS_MAX);
    if beyond > 0 {
        let count = i64::try_from(beyond).unwrap_or(i64::MAX);
        let said = text!("archive-beyond", count = count).say(language);
        let row = u32::try_from(ROWS_MAX + 1).unwrap_or(u32::MAX);
        sheet.write_string_with_format(row, 0, said, &cell)?;
    }
    Ok(())
}

/// A column as people read it.
fn named(column: &Column, language: Language) -> String {
    let name = column.name.as_str();
    if NAMED.contains(&name) {
        return Text::new(format!("archive-column-{name}")).say(language);
    }
    name.to_owned()
}

/// Writes a value; words that begin as a formula does stay words.
fn put(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    of: &Column,
    value: &Value,
    format: &Format,
) -> Result<(), XlsxError> {
    let words = match (of.holds, value) {
        (_, Value::Null) => String::new(),
        (Holds::Instant, value) => instant(value)
            .map(|at| at.format("%Y-%m-%d %H:%M:%S UTC").to_string())
            .unwrap_or_default(),
        (Holds::Truth, Value::Bool(true)) => "1".to_owned(),
        (Holds::Truth, _) => "0".to_owned(),
        (_, Value::String(words)) => words.clone(),
        (_, other) => other.to_string(),
    };
    let words = domain::text::fitting(&words, CELL_UNITS_MAX);
    sheet.write_string_with_format(row, column, words, format)?;
    Ok(())
}
