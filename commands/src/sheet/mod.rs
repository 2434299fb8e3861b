//! Sheets that people hand in as files: .xlsx and .csv become plain cells ([`domain::sheet::Sheet`]).
//!
//! Files are hostile: everything has a limit (bytes, unpacked bytes, sheets, rows, columns, letters),
//! nothing in a file is run or followed, and what cannot be read is refused with a reason a person can
//! act on. What a file is, is seen from its bytes and never from its name. What the cells mean is not
//! asked here.

mod cells;
mod delimited;
mod package;
mod workbook;

pub(crate) use cells::Cells;
use domain::sheet::Sheet;

/// Most bytes of a file.
pub const BYTES_MAX: usize = 5 * 1024 * 1024;
/// Most sheets of a workbook; what comes after is not read.
pub const SHEETS_MAX: usize = 50;
/// Most rows of all sheets together.
pub const ROWS_MAX: usize = 20_000;
/// Most columns of a sheet.
pub const COLUMNS_MAX: usize = 200;
/// Most letters of a cell, as in the spreadsheet programs themselves.
pub const CELL_LETTERS_MAX: usize = 32_767;
/// Most letters of all cells together.
pub const LETTERS_MAX: usize = 2_000_000;

/// Why a file is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum SheetFault {
    /// More bytes than [`BYTES_MAX`].
    #[error("the file is too large")]
    TooLarge,
    /// It unpacks to far more than a list would.
    #[error("the file unpacks to too much")]
    UnpacksToTooMuch,
    /// More rows than [`ROWS_MAX`].
    #[error("the sheets have too many rows")]
    TooManyRows,
    /// More columns than [`COLUMNS_MAX`].
    #[error("the sheet has too many columns")]
    TooManyColumns,
    /// A cell has more letters than [`CELL_LETTERS_MAX`]; in a .csv often a quote that is not closed.
    #[error("a cell has too many letters")]
    CellTooLong,
    /// More letters than [`LETTERS_MAX`].
    #[error("the sheets have too many letters")]
    TooManyLetters,
    /// A workbook with macros.
    #[error("the workbook has macros")]
    Macros,
    /// Protected by a password.
    #[error("the workbook is locked")]
    Locked,
    /// Of the form before .xlsx.
    #[error("the workbook is of the old form")]
    OldForm,
    /// It is no sheet at all: a picture, a document, a program.
    #[error("the file is no sheet")]
    NoSheet,
    /// It says it is .xlsx, but is broken.
    #[error("the workbook is broken")]
    Broken,
    /// The letters of the file are neither Unicode nor CP932.
    #[error("the letters of the file cannot be read")]
    Letters,
    /// There is nothing in it.
    #[error("the file is empty")]
    Empty,
}

domain::codes!(SheetFault {
    TooLarge = "too-large",
    UnpacksToTooMuch = "unpacks-to-too-much",
    TooManyRows = "too-many-rows",
    TooManyColumns = "too-many-columns",
    CellTooLong = "cell-too-long",
    TooManyLetters = "too-many-letters",
    Macros = "macros",
    Locked = "locked",
    OldForm = "old-form",
    NoSheet = "no-sheet",
    Broken = "broken",
    Letters = "letters",
    Empty = "empty",
});

/// The letters of a plain text in UTF-8, UTF-16 or CP932.
///
/// # Errors
/// [`SheetFault::Letters`] when it is no text.
pub(crate) fn text(bytes: &[u8]) -> Result<String, SheetFault> {
    delimited::decoded(bytes)
}

/// What files that are no sheets begin with, where they might pass for text.
const OTHERS: [&[u8]; 9] = [
    b"%PDF",
    b"{\\rtf",
    b"<!DOCTYPE",
    b"<!doctype",
    b"<html",
    b"<HTML",
    b"<?xml",
    b"\x7fELF",
    b"\x89PNG",
];
/// What compound files of Microsoft begin with: .xls, and .xlsx under a password.
const COMPOUND: [u8; 4] = [0xD0, 0xCF, 0x11, 0xE0];

/// Reads a file: every sheet people see, in their order; empty ones are left out. It takes as long as
/// the file is large, so it is called where waiting hinders nobody.
///
/// # Errors
/// Why it is not read.
pub fn read(bytes: &[u8]) -> Result<Vec<Sheet>, SheetFault> {
    if bytes.len() > BYTES_MAX {
        return Err(SheetFault::TooLarge);
    }
    let sheets = if bytes.starts_with(&COMPOUND) {
        return Err(compound(bytes));
    } else if bytes.starts_with(b"PK") {
        workbook::read(bytes)?
    } else if OTHERS.iter().any(|other| bytes.starts_with(other)) {
        return Err(SheetFault::NoSheet);
    } else {
        vec![delimited::read(bytes)?]
    };
    let filled: Vec<Sheet> = sheets.into_iter().filter(is_filled).collect();
    if filled.is_empty() {
        return Err(SheetFault::Empty);
    }
    Ok(filled)
}

/// A workbook under a password lies in a compound file as a stream of this name.
fn compound(bytes: &[u8]) -> SheetFault {
    let name: Vec<u8> = "EncryptedPackage"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    if bytes.windows(name.len()).any(|window| window == name) {
        SheetFault::Locked
    } else {
        SheetFault::OldForm
    }
}

fn is_filled(sheet: &Sheet) -> bool {
    !sheet.faulty.is_empty()
        || sheet
            .rows
            .iter()
            .flatten()
            .any(|cell| !cell.trim().is_empty())
}

/// How much may still be read of a file.
struct Room {
    rows: usize,
    letters: usize,
}

impl Default for Room {
    fn default() -> Self {
        Self {
            rows: ROWS_MAX,
            letters: LETTERS_MAX,
        }
    }
}

impl Room {
    /// Puts a text in its place, within the limits.
    fn put(
        &mut self,
        sheet: &mut Sheet,
        (row, column): (usize, usize),
        text: String,
    ) -> Result<(), SheetFault> {
        if column >= COLUMNS_MAX {
            return Err(SheetFault::TooManyColumns);
        }
        if let Some(more) = (row + 1).checked_sub(sheet.rows.len()) {
            self.rows = self.rows.checked_sub(more).ok_or(SheetFault::TooManyRows)?;
            sheet.rows.resize_with(row + 1, Vec::new);
        }
        let letters = text.chars().count();
        if letters > CELL_LETTERS_MAX {
            return Err(SheetFault::CellTooLong);
        }
        self.letters = self
            .letters
            .checked_sub(letters)
            .ok_or(SheetFault::TooManyLetters)?;
        let cells = &mut sheet.rows[row];
        if cells.len() <= column {
            cells.resize_with(column + 1, String::new);
        }
        cells[column] = text;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(bytes: &[u8]) -> SheetFault {
        read(bytes).expect_err("it is refused")
    }

    #[test]
    fn what_is_no_sheet_is_refused_with_a_reason() {
        let mut locked = COMPOUND.to_vec();
        locked.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
        for (bytes, expected) in [
            (&b""[..], SheetFault::Empty),
            (b"\n\n , \n", SheetFault::Empty),
            (&[0xD0, 0xCF, 0x11, 0xE0, 0xA1], SheetFault::OldForm),
            (&locked, SheetFault::Locked),
            (b"PK\x03\x04 and then nothing", SheetFault::Broken),
            (b"%PDF-1.7", SheetFault::NoSheet),
            (b"\x89PNG\r\n\x1a\n", SheetFault::NoSheet),
            (b"<html><table>", SheetFault::NoSheet),
            (&[0x82, 0xA0, 0xFF, 0xFF], SheetFault::Letters),
            (b"a,b\0c", SheetFault::Letters),
        ] {
            assert_eq!(fault(bytes), expected, "{bytes:?}");
        }
    }

    #[test]
    fn everything_has_a_limit() {
        assert_eq!(fault(&vec![b'a'; BYTES_MAX + 1]), SheetFault::TooLarge);
        assert_eq!(
            fault("a\n".repeat(ROWS_MAX + 1).as_bytes()),
            SheetFault::TooManyRows
        );
        assert_eq!(
            fault("a,".repeat(COLUMNS_MAX + 1).as_bytes()),
            SheetFault::TooManyColumns
        );
        assert_eq!(
            fault("a".repeat(CELL_LETTERS_MAX + 1).as_bytes()),
            SheetFault::CellTooLong
        );
        let row = "a".repeat(LETTERS_MAX / 100) + "\n";
        assert_eq!(
            fault(row.repeat(101).as_bytes()),
            SheetFault::TooManyLetters
        );
    }
}
