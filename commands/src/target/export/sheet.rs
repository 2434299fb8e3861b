//! The plan table as a sheet (.xlsx): the city's own columns, the cells of an area joined, made to be
//! printed on A4 landscape with the headings on every page.

use crate::{
    card::{self, year_name},
    printout::{self, cell, heading, join, letters, lines, points, put, rows_of, wide},
    target::word::legend,
    text,
    text::Text,
};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    era::FiscalYear,
    setting::Language,
    target::{
        mark::Marks,
        plan::written::{Headings, Written, WrittenRow},
    },
};
use rust_xlsxwriter::{FormatAlign, Worksheet, XlsxError};

/// Digits of the columns; an A4 page across holds some 125 at full size.
const AREA_DIGITS: f64 = 11.0;
const NUMBER_DIGITS: f64 = 7.0;
const ITEM_DIGITS: f64 = 30.0;
const GOAL_DIGITS: f64 = 14.0;
const TOLD_DIGITS: f64 = 38.0;
/// Columns before the goals.
const BEFORE_GOALS: u16 = 3;
/// Rows above the table: the title, and the day as of which it tells.
const HEADING_ROW: u32 = 2;

/// A table that is about to be written.
pub(crate) struct Paper {
    pub(crate) written: Written,
    pub(crate) year: FiscalYear,
    pub(crate) as_of: NaiveDate,
    /// What the office says its marks mean.
    pub(crate) marks: Marks,
    pub(crate) language: Language,
}

impl Paper {
    /// Writes it. `at` is when it was made.
    ///
    /// # Errors
    /// The library refuses a row or a text beyond what a sheet holds, which the limits keep from happening.
    pub(crate) fn bytes(&self, at: DateTime<Utc>) -> Result<Vec<u8>, XlsxError> {
        let language = self.language;
        let title = text!("plan-title", year = year_name(self.year, language)).say(language);
        let mut workbook = printout::workbook(&title, at)?;
        let sheet = workbook.add_worksheet();
        sheet.set_name(Text::new("plan-sheet").say(language))?;
        printout::set_up(sheet, (HEADING_ROW, HEADING_ROW + 1))?;
        let digits = self.digits();
        for (place, digits) in (0_u16..).zip(&digits) {
            sheet.set_column_width(place, *digits)?;
        }
        let last = u16::try_from(digits.len() - 1).unwrap_or(u16::MAX);
        printout::title(sheet, 0, last, &title, digits.iter().sum())?;
        let day = text!("plan-as-of", date = card::date(self.as_of, language)).say(language);
        let legend = legend(&self.marks, language);
        let below: Vec<String> = legend.into_iter().chain([day]).collect();
        let right = letters().set_align(FormatAlign::Right);
        join(sheet, (1, 0), (1, last), &below.join("\u{3000}"), &right)?;
        self.headings(sheet)?;
        self.rows(sheet, &digits)?;
        workbook.save_to_buffer()
    }

    /// The words above the columns.
    pub(crate) fn names(&self) -> Headings {
        let language = self.language;
        let named = |key: &str| Text::new(key).say(language);
        let years = self.written.years.iter();
        Headings {
            area: named("plan-column-area"),
            number: named("plan-column-number"),
            item: named("plan-column-item"),
            goals: named("plan-column-goals"),
            years: years.map(|year| year_name(*year, language)).collect(),
            done: text!(
                "plan-heading-done",
                year = year_name(self.year, language),
                day = card::told_day(self.as_of, language),
            )
            .say(language),
            planned: text!(
                "plan-heading-planned",
                year = year_name(self.year.next(), language)
            )
            .say(language),
        }
    }

    fn digits(&self) -> Vec<f64> {
        let mut digits = vec![AREA_DIGITS, NUMBER_DIGITS, ITEM_DIGITS];
        digits.extend(self.written.years.iter().map(|_| GOAL_DIGITS));
        digits.extend([TOLD_DIGITS; 2]);
        digits
    }

    fn headings(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let names = self.names();
        let (top, below) = (HEADING_ROW, HEADING_ROW + 1);
        let format = heading().set_text_wrap();
        let deep = [&names.area, &names.number, &names.item];
        for (place, name) in (0_u16..).zip(deep) {
            join(sheet, (top, place), (below, place), name, &format)?;
        }
        let years = u16::try_from(names.years.len()).unwrap_or(u16::MAX);
        let after = BEFORE_GOALS + years;
        join(
            sheet,
            (top, BEFORE_GOALS),
            (top, after - 1),
            &names.goals,
            &format,
        )?;
        for (place, year) in (BEFORE_GOALS..).zip(&names.years) {
            put(sheet, below, place, year, &format)?;
        }
        let told = [&names.done, &names.planned];
        for (place, name) in (after..).zip(told) {
            join(sheet, (top, place), (below, place), name, &format)?;
        }
        let deepest = told.map(|name| lines(name, wide(TOLD_DIGITS)));
        let height = points(deepest.into_iter().max().unwrap_or(1).max(2)) / 2.0;
        sheet.set_row_height(top, height)?;
        sheet.set_row_height(below, height)?;
        Ok(())
    }

    fn rows(&self, sheet: &mut Worksheet, digits: &[f64]) -> Result<(), XlsxError> {
        let mut row = HEADING_ROW + 2;
        for (begun, count) in self.written.areas() {
            let first = row;
            for item in &self.written.rows[begun..begun + count] {
                row = item_row(sheet, row, item, digits)?;
            }
            let area = &self.written.rows[begun].area;
            join(sheet, (first, 0), (row - 1, 0), area, &cell())?;
        }
        Ok(())
    }
}

/// Writes an item, and gives the row after it. A long one takes several rows, joined, so that a page ends
/// between two lines.
fn item_row(
    sheet: &mut Worksheet,
    row: u32,
    item: &WrittenRow,
    digits: &[f64],
) -> Result<u32, XlsxError> {
    let mut words = vec![item.number.to_string(), item.item.clone()];
    words.extend(item.goals.iter().cloned());
    words.extend([item.done.clone(), item.planned.clone()]);
    let tallest = words
        .iter()
        .zip(&digits[1..])
        .map(|(words, digits)| lines(words, wide(*digits)));
    let (rows, height) = rows_of(tallest.max().unwrap_or(1));
    let (left, middle) = (cell(), cell().set_align(FormatAlign::Center));
    for (place, words) in (1_u16..).zip(&words) {
        let format = if place == 1 { &middle } else { &left };
        join(sheet, (row, place), (row + rows - 1, place), words, format)?;
    }
    for at in row..row + rows {
        sheet.set_row_height(at, height)?;
    }
    Ok(row + rows)
}
