//! A month as a sheet (.xlsx), in the city's own columns: 領域, 番号, 項目, the goals year by year, what was
//! done, what is planned; and beside them how far it has come.

use super::page::{self, Leaf};
use crate::{
    card::{self, year_name},
    printout::{self, Cell, Table, TableColumn},
    text,
    text::{Text, grouped},
};
use chrono::{DateTime, Utc};
use domain::{
    era::FiscalYear,
    progress::{Month, Row},
    setting::Language,
};
use rust_xlsxwriter::XlsxError;

/// Most years whose goals have a column; the latest are kept.
pub const YEARS_MAX: usize = 5;

/// Writes a month. `at` is when the file was made.
///
/// # Errors
/// The library refuses a row or a text beyond what a sheet holds, which the limits keep from happening.
pub fn written(month: &Month, at: DateTime<Utc>) -> Result<Vec<u8>, XlsxError> {
    let language = month.language;
    let name = text!(
        "sheet-month",
        month = page::month_name(month.month, language)
    );
    let name = name.say(language);
    let title = text!("sheet-month-title", year = year_name(month.year, language));
    let mut workbook = printout::workbook(&name, at)?;
    let leaf = Leaf {
        name: Text::new("sheet-month-name").say(language),
        title: title.say(language),
        below: page::below_title(&month.office, month.as_of, &month.marks, language),
        table: table(month, language),
    };
    leaf.write(&mut workbook)?;
    workbook.save_to_buffer()
}

fn table(month: &Month, language: Language) -> Table {
    let first = month.years.len().saturating_sub(YEARS_MAX);
    let years = &month.years[first..];
    let day = card::told_day(month.as_of, language);
    let year = year_name(month.year, language);
    let mut columns = page::item_columns(language);
    let group = Text::new("sheet-column-goals").say(language);
    columns.extend(years.iter().map(|year| TableColumn {
        group: Some(group.clone()),
        ..TableColumn::new(year_name(*year, language), 13.0)
    }));
    let done = text!("sheet-column-done", year = year.clone(), day = day);
    let plan = text!("sheet-column-plan", year = year);
    columns.extend([
        TableColumn::new(done.say(language), 36.0),
        TableColumn::new(plan.say(language), 26.0),
        TableColumn::new(Text::new("sheet-column-figure").say(language), 13.0),
        TableColumn::new(Text::new("sheet-column-state").say(language), 9.0),
    ]);
    Table {
        columns,
        rows: month
            .rows
            .iter()
            .map(|row| cells(row, years, language))
            .collect(),
        empty: Text::new("chart-empty").say(language),
    }
}

fn cells(row: &Row, years: &[FiscalYear], language: Language) -> Vec<Cell> {
    let mut cells = page::item_cells(&row.area, &row.number, &row.item);
    cells.extend(years.iter().map(|year| {
        let goal = row.goals.get(year);
        goal.map_or(Cell::Blank, |goal| page::goal(goal, language).into())
    }));
    let figure = row.figure.as_ref().map_or(Cell::Blank, |figure| {
        let words = text!(
            "chart-figure",
            done = grouped(figure.done),
            goal = grouped(figure.goal),
            unit = figure.unit.clone(),
        );
        Cell::Middle(words.say(language))
    });
    cells.extend([
        page::told(&row.told, language).into(),
        page::told(&row.plan, language).into(),
        figure,
        page::state(row.state, language),
    ]);
    cells
}
