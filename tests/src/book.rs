//! Reads a document of several sheets with a library the product does not write with.

use calamine::{Data, Reader, Xlsx};
use std::io::{Cursor, Read as _};

/// Rows above a sheet's first table: its title, what it is for, the names of its columns.
const ABOVE: usize = 3;

/// Runs of fifteen digits and more are ids of Discord.
#[must_use]
pub fn without_ids(words: &str) -> String {
    let mut out = String::new();
    let mut digits = String::new();
    for letter in words.chars().chain(['\n']) {
        if letter.is_ascii_digit() {
            digits.push(letter);
            continue;
        }
        out.push_str(if digits.len() < 15 { &digits } else { "ID" });
        digits.clear();
        out.push(letter);
    }
    out.trim_end().to_owned()
}

/// Every part of a document as it lies in its bytes, properties and names of sheets among them.
///
/// # Panics
/// It is no document.
#[must_use]
pub fn parts(bytes: &[u8]) -> String {
    let mut packed = zip::ZipArchive::new(Cursor::new(bytes)).expect("a document is packed");
    let mut all = String::new();
    for at in 0..packed.len() {
        let mut part = packed.by_index(at).expect("a part");
        part.read_to_string(&mut all).expect("a part is text");
    }
    all
}

/// A document: its sheets in order, each with its cells as text.
#[derive(Clone, Debug)]
pub struct Book(Vec<(String, Vec<Vec<String>>)>);

impl Book {
    /// Reads it; nothing in it is a formula.
    ///
    /// # Panics
    /// It is no document, or something in it is.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Self {
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
    #[must_use]
    pub fn names(&self) -> Vec<&str> {
        self.0.iter().map(|(name, _)| name.as_str()).collect()
    }

    /// The rows of a sheet below the names of its columns. What goes over several rows, because it is
    /// long, is one.
    ///
    /// # Panics
    /// There is no such sheet.
    #[must_use]
    pub fn rows(&self, name: &str) -> Vec<Vec<String>> {
        self.rows_led_by(name, 1)
    }

    /// The same where the first cell of a row may be empty: of the first few one is not.
    ///
    /// # Panics
    /// There is no such sheet.
    #[must_use]
    pub fn rows_led_by(&self, name: &str, few: usize) -> Vec<Vec<String>> {
        let found = self.0.iter().find(|(sheet, _)| sheet == name);
        let (_, rows) = found.unwrap_or_else(|| panic!("there is no sheet {name}"));
        let below = rows.iter().skip(ABOVE);
        let begins = |row: &&Vec<String>| row.iter().take(few).any(|cell| !cell.is_empty());
        below.filter(begins).cloned().collect()
    }

    /// A column of a sheet, from the first row of its table on.
    #[must_use]
    pub fn column(&self, name: &str, place: usize) -> Vec<String> {
        let rows = self.rows(name).into_iter();
        rows.map(|mut row| row.swap_remove(place)).collect()
    }

    /// The rows of a sheet as lines.
    #[must_use]
    pub fn lines(&self, name: &str) -> Vec<String> {
        self.rows(name).iter().map(|row| line(row)).collect()
    }

    /// A sheet as it is read, without ids of Discord.
    ///
    /// # Panics
    /// There is no such sheet.
    #[must_use]
    pub fn text(&self, name: &str) -> String {
        let found = self.0.iter().find(|(sheet, _)| sheet == name);
        let (_, rows) = found.unwrap_or_else(|| panic!("there is no sheet {name}"));
        let lines: Vec<String> = rows.iter().map(|row| line(row)).collect();
        without_ids(&lines.join("\n"))
    }

    /// Every word of it.
    #[must_use]
    pub fn everything(&self) -> String {
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
