//! A sheet of a file as most are: a title, whose and of when it is, and tables below each other.

use super::{Table, note, set_up, title};
use rust_xlsxwriter::{Workbook, Worksheet, XlsxError};

/// The row of the names of the columns: above it stand the title and whose it is.
const HEADING_ROW: u32 = 2;

/// A sheet of a file: a title, whose and of when it is, and a table.
pub(crate) struct Leaf {
    /// The name of the sheet, at most 31 letters, none of `[]:*?/\`.
    pub(crate) name: String,
    pub(crate) title: String,
    pub(crate) below: String,
    pub(crate) table: Table,
}

impl Leaf {
    /// Writes it as a new sheet, and gives the sheet with the row after the table.
    ///
    /// # Errors
    /// The library refuses.
    pub(crate) fn write<'a>(
        &self,
        workbook: &'a mut Workbook,
    ) -> Result<(&'a mut Worksheet, u32), XlsxError> {
        let table = &self.table;
        let sheet = workbook.add_worksheet();
        sheet.set_name(&self.name)?;
        set_up(sheet, (HEADING_ROW, HEADING_ROW + table.heading_rows() - 1))?;
        let after = table.write(sheet, HEADING_ROW)?;
        title(sheet, 0, table.last(), &self.title, table.digits())?;
        note(sheet, 1, table, &self.below, false)?;
        Ok((sheet, after))
    }
}

/// Writes another table below the first, with a heading of its own, and gives the row after it.
///
/// # Errors
/// The library refuses.
pub(crate) fn below(
    sheet: &mut Worksheet,
    row: u32,
    heading: &str,
    table: &Table,
) -> Result<u32, XlsxError> {
    note(sheet, row + 1, table, heading, true)?;
    table.write_below(sheet, row + 2)
}
