//! A table of a printout: named columns, one row a line, each as high as its words need.

use super::{LINE_POINTS, cell, heading, join, letters, lines, points, put, rows_of, wide};
use rust_xlsxwriter::{Color, Format, FormatAlign, Worksheet, XlsxError};

/// Most letters of a cell's words: Excel holds 32,767 units, and nobody reads more than this.
const CELL_LETTERS_MAX: usize = 8_000;

/// A column of a table.
#[derive(Clone, Debug)]
pub(crate) struct TableColumn {
    /// What it is called.
    pub(crate) name: String,
    /// What it is called together with its neighbours of the same name, on the line above.
    pub(crate) group: Option<String>,
    /// Its width in digits of the font; an A4 page across holds some 125.
    pub(crate) digits: f64,
}

impl TableColumn {
    pub(crate) fn new(name: String, digits: f64) -> Self {
        Self {
            name,
            group: None,
            digits,
        }
    }
}

/// What stands in a cell.
#[derive(Clone, Debug)]
pub(crate) enum Cell {
    /// Words, from the left.
    Words(String),
    /// A word or two in the middle.
    Middle(String),
    /// The same on a ground of a colour.
    Coloured(String, u32),
    /// A whole number.
    Number(i64),
    /// Hundredths, shown as a percentage.
    Percent(i64),
    /// Nothing.
    Blank,
}

impl From<String> for Cell {
    fn from(words: String) -> Self {
        Self::Words(words)
    }
}

impl Cell {
    fn format(&self) -> Format {
        match self {
            Self::Words(_) | Self::Blank => cell(),
            Self::Middle(_) => cell().set_align(FormatAlign::Center),
            Self::Coloured(_, colour) => cell()
                .set_align(FormatAlign::Center)
                .set_background_color(Color::RGB(*colour)),
            Self::Number(_) => cell().set_num_format("#,##0"),
            Self::Percent(_) => cell().set_num_format("0%"),
        }
    }

    /// Lines it takes in a column of so many digits.
    fn lines(&self, digits: f64) -> usize {
        match self {
            Self::Words(words) | Self::Middle(words) | Self::Coloured(words, _) => {
                lines(words, wide(digits))
            }
            Self::Number(_) | Self::Percent(_) | Self::Blank => 1,
        }
    }
}

/// A table.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    pub(crate) columns: Vec<TableColumn>,
    /// One cell a column.
    pub(crate) rows: Vec<Vec<Cell>>,
    /// What is said where there is no row.
    pub(crate) empty: String,
}

impl Table {
    /// The place of its last column.
    pub(crate) fn last(&self) -> u16 {
        u16::try_from(self.columns.len().saturating_sub(1)).unwrap_or(u16::MAX)
    }

    /// How wide it is, in digits.
    pub(crate) fn digits(&self) -> f64 {
        self.columns.iter().map(|column| column.digits).sum()
    }

    /// How many rows name its columns: one, or two where some have a name together.
    pub(crate) fn heading_rows(&self) -> u32 {
        1 + u32::from(self.columns.iter().any(|column| column.group.is_some()))
    }

    /// Writes it from a row on, and gives the row after it. The widths of its columns are the sheet's when
    /// it is the first of the sheet; a later table has to make do with them.
    ///
    /// # Errors
    /// The library refuses.
    pub(crate) fn write(&self, sheet: &mut Worksheet, first: u32) -> Result<u32, XlsxError> {
        for (place, column) in (0_u16..).zip(&self.columns) {
            sheet.set_column_width(place, column.digits)?;
        }
        self.write_below(sheet, first)
    }

    /// The same below another table, whose columns keep their widths.
    ///
    /// # Errors
    /// The library refuses.
    pub(crate) fn write_below(&self, sheet: &mut Worksheet, first: u32) -> Result<u32, XlsxError> {
        self.name_columns(sheet, first)?;
        let mut row = first + self.heading_rows();
        if self.rows.is_empty() {
            join(sheet, (row, 0), (row, self.last()), &self.empty, &cell())?;
            sheet.set_row_height(row, LINE_POINTS)?;
            return Ok(row + 1);
        }
        for cells in &self.rows {
            row = self.write_row(sheet, row, cells)?;
        }
        Ok(row)
    }

    fn name_columns(&self, sheet: &mut Worksheet, first: u32) -> Result<(), XlsxError> {
        let deep = self.heading_rows() - 1;
        let mut place = 0;
        while place < self.columns.len() {
            let column = &self.columns[place];
            let at = u16::try_from(place).unwrap_or(u16::MAX);
            let Some(group) = &column.group else {
                join(
                    sheet,
                    (first, at),
                    (first + deep, at),
                    &column.name,
                    &heading(),
                )?;
                place += 1;
                continue;
            };
            let alike = self.columns[place..]
                .iter()
                .take_while(|other| other.group.as_ref() == Some(group));
            let alike: Vec<&TableColumn> = alike.collect();
            let last = at + u16::try_from(alike.len() - 1).unwrap_or(0);
            join(sheet, (first, at), (first, last), group, &heading())?;
            for (below, column) in (at..).zip(&alike) {
                put(sheet, first + deep, below, &column.name, &heading())?;
            }
            place += alike.len();
        }
        let lines = self
            .columns
            .iter()
            .map(|column| lines(&column.name, wide(column.digits)));
        let tallest = lines.max().unwrap_or(1);
        for row in first..=first + deep {
            // Names of one row are shared by both rows of a heading.
            let own = if deep == 0 {
                tallest
            } else {
                tallest.div_ceil(2)
            };
            sheet.set_row_height(row, points(own) + 4.0)?;
        }
        Ok(())
    }

    fn write_row(&self, sheet: &mut Worksheet, row: u32, cells: &[Cell]) -> Result<u32, XlsxError> {
        let columns = || (0_u16..).zip(self.columns.iter().zip(cells));
        let tallest = columns().map(|(_, (column, cell))| cell.lines(column.digits));
        let (rows, height) = rows_of(tallest.max().unwrap_or(1));
        for (place, (_, cell)) in columns() {
            let (from, to) = ((row, place), (row + rows - 1, place));
            let format = cell.format();
            match cell {
                Cell::Words(words) | Cell::Middle(words) | Cell::Coloured(words, _) => {
                    let words = domain::text::fitting(words, CELL_LETTERS_MAX);
                    join(sheet, from, to, words, &format)?;
                }
                Cell::Blank => join(sheet, from, to, "", &format)?,
                Cell::Number(number) => {
                    join(sheet, from, to, "", &format)?;
                    write_number(sheet, from, *number, 1, &format)?;
                }
                Cell::Percent(hundredths) => {
                    join(sheet, from, to, "", &format)?;
                    write_number(sheet, from, *hundredths, 100, &format)?;
                }
            }
        }
        for row in row..row + rows {
            sheet.set_row_height(row, height)?;
        }
        Ok(row + rows)
    }
}

/// Writes a number as one that can be summed. A sheet holds 15 digits exactly, which is more than any
/// figure of an office.
#[expect(
    clippy::cast_precision_loss,
    reason = "a sheet knows no other numbers, and shows no more digits than these hold"
)]
fn write_number(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    number: i64,
    parts: i64,
    format: &Format,
) -> Result<(), XlsxError> {
    let number = number as f64 / parts as f64;
    sheet.write_number_with_format(row, column, number, format)?;
    Ok(())
}

/// Writes a line of words above or between tables, over all columns to the last.
///
/// # Errors
/// The library refuses.
pub(crate) fn note(
    sheet: &mut Worksheet,
    row: u32,
    table: &Table,
    words: &str,
    bold: bool,
) -> Result<(), XlsxError> {
    let format = if bold {
        letters().set_text_wrap().set_bold()
    } else {
        letters().set_text_wrap()
    };
    join(sheet, (row, 0), (row, table.last()), words, &format)?;
    sheet.set_row_height(row, points(lines(words, wide(table.digits()))))?;
    Ok(())
}
