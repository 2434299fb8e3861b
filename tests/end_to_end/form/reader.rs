//! Reads a sheet with a library the product does not write with.

use calamine::{Data, Reader, Xlsx};
use std::io::{Cursor, Read};

/// A sheet as read: its name, its cells as text from the first row on, and its joined cells as
/// (first row, first column, last row, last column).
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Sheet {
    pub(super) name: String,
    pub(super) rows: Vec<Vec<String>>,
    pub(super) joined: Vec<(u32, u32, u32, u32)>,
}

/// The only sheet of a book.
pub(super) fn read(bytes: &[u8]) -> Sheet {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a book can be opened");
    let names = book.sheet_names();
    let [name] = names.as_slice() else {
        panic!("one sheet is expected: {names:?}");
    };
    let range = book.worksheet_range(name).expect("a sheet can be read");
    let formulas = book.worksheet_formula(name).expect("formulas can be read");
    assert!(formulas.is_empty(), "a form holds no formula");
    let cell = |data: &Data| match data {
        Data::Empty => String::new(),
        Data::String(text) => text.clone(),
        other => panic!("{other:?} is no text"),
    };
    let rows = range.rows().map(|row| row.iter().map(cell).collect());
    let joined = book.merge_cells_by_sheet_name(name);
    let mut joined: Vec<_> = joined
        .expect("joined cells can be read")
        .into_iter()
        .map(|it| (it.start.0, it.start.1, it.end.0, it.end.1))
        .collect();
    joined.sort_unstable();
    Sheet {
        name: name.clone(),
        rows: rows.collect(),
        joined,
    }
}

/// A part of the archive as text.
pub(super) fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut part = archive.by_name(name).expect("the part is there");
    let mut text = String::new();
    part.read_to_string(&mut text).expect("the part is text");
    text
}

/// The heights of all rows in points, by row from 1; a row without one has the sheet's own.
pub(super) fn heights(bytes: &[u8]) -> Vec<f64> {
    let sheet = part(bytes, "xl/worksheets/sheet1.xml");
    let number = |text: &str, name: &str| -> Option<f64> {
        let value = text.split_once(&format!(" {name}=\""))?.1;
        value.split_once('"')?.0.parse().ok()
    };
    let usual = number(&sheet, "defaultRowHeight").expect("the sheet has a height");
    sheet
        .split("<row")
        .skip(1)
        .map(|row| {
            let row = row.split_once('>').expect("a tag ends").0;
            number(row, "ht").unwrap_or(usual)
        })
        .collect()
}
