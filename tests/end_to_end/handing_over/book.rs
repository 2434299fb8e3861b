//! Reads a document of several sheets with a library the product does not write with.

use calamine::{Data, Reader, Xlsx};
use std::io::{Cursor, Read as _};

/// Rows above a sheet's first table: its title, what it is for, the names of its columns.
const ABOVE: usize = 3;

/// Every part of a document as it lies in its bytes, properties and names of sheets among them.
pub(crate) fn parts(bytes: &[u8]) -> String {
    let mut packed = zip::ZipArchive::new(Cursor::new(bytes)).expect("a document is packed");
    let mut all = String::new();
    for at in 0..packed.len() {
        let mut part = packed.by_index(at).expect("a part");
        part.read_to_string(&mut all).expect("a part is text");
    }
    all
}

/// A document: its sheets in order, each with its cells as text.
#[derive(Debug)]
pub(crate) struct Book(Vec<(String, Vec<Vec<String>>)>);

impl Book {
    /// Reads it; nothing in it is a formula.
    pub(crate) fn read(bytes: &[u8]) -> Self {
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a book can be opened");
        let sheets = book.sheet_names().into_iter().map(|name| {
            let range = book.worksheet_range(&name).expect("a sheet can be read");
            let formulas = book.worksheet_formula(&name).expect("formulas can be read");
            assert!(formulas.is_empty(), "{name} holds a formula");
            let rows = range.rows().map(|row| row.iter().map(cell).collect());
            (name, rows.collect())
        });
        Self(sheets.collect())
    }

    /// The names of its sheets.
    pub(crate) fn names(&self) -> Vec<&str> {
        self.0.iter().map(|(name, _)| name.as_str()).collect()
    }

    /// The rows of a sheet below the names of its columns. What goes over several rows, because it is
    /// long, is one.
    pub(crate) fn rows(&self, name: &str) -> Vec<Vec<String>> {
        let found = self.0.iter().find(|(sheet, _)| sheet == name);
        let (_, rows) = found.unwrap_or_else(|| panic!("there is no sheet {name}"));
        let below = rows.iter().skip(ABOVE);
        below.filter(|row| !row[0].is_empty()).cloned().collect()
    }

    /// A column of a sheet, from the first row of its table on.
    pub(crate) fn column(&self, name: &str, place: usize) -> Vec<String> {
        let rows = self.rows(name).into_iter();
        rows.map(|mut row| row.swap_remove(place)).collect()
    }

    /// The rows of a sheet as lines.
    pub(crate) fn lines(&self, name: &str) -> Vec<String> {
        self.rows(name).iter().map(|row| line(row)).collect()
    }

    /// A sheet as it is read, without ids of Discord.
    pub(crate) fn text(&self, name: &str) -> String {
        let found = self.0.iter().find(|(sheet, _)| sheet == name);
        let (_, rows) = found.unwrap_or_else(|| panic!("there is no sheet {name}"));
        let lines: Vec<String> = rows.iter().map(|row| line(row)).collect();
        super::super::wording::without_ids(&lines.join("\n"))
    }

    /// Every word of it.
    pub(crate) fn everything(&self) -> String {
        let names = self.names();
        let all: Vec<String> = names.into_iter().map(|name| self.text(name)).collect();
        all.join("\n")
    }
}

fn cell(data: &Data) -> String {
    match data {
        Data::Empty => String::new(),
        Data::String(text) => text.clone(),
        Data::Float(number) => number.to_string(),
        other => panic!("{other:?} is neither words nor a number"),
    }
}

fn line(row: &[String]) -> String {
    let cells: Vec<String> = row.iter().map(|cell| cell.replace('\n', " / ")).collect();
    cells.join(" | ").trim_end_matches([' ', '|']).to_owned()
}
