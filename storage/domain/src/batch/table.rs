//! Cells copied from a sheet: rows with tabs between their cells, as sheets put them on the clipboard.

use super::{Line, bullet, has_words};
use crate::text::normalise;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    /// The row's number: nobody's words.
    Number,
    Source,
    Speaker,
    Text,
    Note,
}

/// The columns in which lines are written, and their headings: those of form 1 of the manual.
const COLUMNS: [(Column, &str); 4] = [
    (Column::Source, "職種"),
    (Column::Speaker, "発言者"),
    (Column::Text, "意見"),
    (Column::Note, "備考"),
];

/// What was said, row by row. A row of one cell is what was said; further columns are those of form 1
/// (seed 000, chapter 2 (1), example 1): 職種, 発言者, 意見, 備考, known by their heading or by how many
/// there are.
pub(super) fn lines(written: &str) -> Vec<Line> {
    let mut rows: Vec<Vec<String>> = rows(written);
    rows.retain(|row| row.iter().any(|cell| has_words(cell)));
    without_marks(&mut rows);
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    let (columns, from) = match rows.first().and_then(|row| heading(row)) {
        Some(columns) => (columns, 1),
        None => (by_width(width), 0),
    };
    rows.drain(..from);
    rows.iter().map(|row| line(row, &columns)).collect()
}

/// The lines as a sheet would put them on the clipboard, with a heading.
pub(super) fn written(lines: &[Line]) -> String {
    let columns: Vec<(Column, &str)> = COLUMNS
        .into_iter()
        .filter(|(column, _)| match column {
            Column::Speaker => lines.iter().any(|line| line.speaker.is_some()),
            Column::Note => lines.iter().any(|line| line.note.is_some()),
            _ => true,
        })
        .collect();
    let cell = |line: &Line, column| {
        let cell = match column {
            Column::Source => line.source.clone(),
            Column::Speaker => line.speaker.clone(),
            Column::Note => line.note.clone(),
            Column::Text | Column::Number => Some(line.text.clone()),
        };
        quoted(&cell.unwrap_or_default())
    };
    let heading = columns.iter().map(|(_, name)| (*name).to_owned()).collect();
    let rows = lines.iter().map(|line| {
        columns
            .iter()
            .map(|(column, _)| cell(line, *column))
            .collect()
    });
    let rows: Vec<String> = std::iter::once(heading)
        .chain(rows)
        .map(|cells: Vec<String>| cells.join("\t"))
        .collect();
    rows.join("\n")
}

/// A cell as a sheet would put it on the clipboard.
fn quoted(cell: &str) -> String {
    if cell.contains(['\t', '\n']) || cell.starts_with('"') {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

/// The rows and their cells, trimmed; empty cells at the end of a row are none.
fn rows(written: &str) -> Vec<Vec<String>> {
    let mut rows = vec![Vec::new()];
    let mut rest = written;
    loop {
        let (cell, end) = cell(rest);
        let row = rows.last_mut().expect("there is always a row");
        row.push(cell.trim().to_owned());
        rest = &rest[end..];
        let Some(separator) = rest.chars().next() else {
            break;
        };
        rest = &rest[separator.len_utf8()..];
        if separator == '\n' {
            rows.push(Vec::new());
        }
    }
    for row in &mut rows {
        while row.last().is_some_and(String::is_empty) {
            row.pop();
        }
    }
    rows
}

/// The next cell and where it ends: at a tab, a line end, or the end. A quoted cell may hold both;
/// one whose quote is never closed is no quoted cell.
fn cell(text: &str) -> (String, usize) {
    quoted_cell(text).unwrap_or_else(|| {
        let end = text.find(['\t', '\n']).unwrap_or(text.len());
        (text[..end].to_owned(), end)
    })
}

fn quoted_cell(text: &str) -> Option<(String, usize)> {
    let inside = text.strip_prefix('"')?;
    let mut cell = String::new();
    let mut letters = inside.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        if letter != '"' {
            cell.push(letter);
        } else if letters.next_if(|(_, next)| *next == '"').is_some() {
            cell.push('"');
        } else {
            // Both quotes are one byte long.
            let end = at + 2;
            return text[end..]
                .chars()
                .next()
                .is_none_or(|next| matches!(next, '\t' | '\n'))
                .then_some((cell, end));
        }
    }
    None
}

/// Takes the first column away while it holds numbers, bullets and blanks only: No of form 1, the
/// bullets of a word processor, the indentation.
fn without_marks(rows: &mut [Vec<String>]) {
    let is_marks = |rows: &[Vec<String>]| {
        let mut several = rows.iter().filter(|row| row.len() > 1).peekable();
        several.peek().is_some() && several.all(|row| row[0].is_empty() || bullet::is_mark(&row[0]))
    };
    while is_marks(rows) {
        for row in rows.iter_mut().filter(|row| row.len() > 1) {
            row.remove(0);
        }
    }
}

/// The columns of a heading: every cell names one, and one of them is what was said.
fn heading(row: &[String]) -> Option<Vec<Column>> {
    let columns: Option<Vec<Column>> = row.iter().map(|cell| named(cell)).collect();
    columns.filter(|columns| columns.len() > 1 && columns.contains(&Column::Text))
}

fn named(cell: &str) -> Option<Column> {
    let name: String = normalise(cell)
        .to_lowercase()
        .chars()
        .filter(|letter| letter.is_alphanumeric())
        .collect();
    Some(match name.as_str() {
        "no" | "番号" | "" => Column::Number,
        "職種" | "団体" | "職能団体" | "職種団体" | "所属" => Column::Source,
        "発言者" | "氏名" | "名前" => Column::Speaker,
        "意見" | "ご意見" | "内容" | "課題" | "課題アイデア" | "発言" => {
            Column::Text
        }
        "備考" => Column::Note,
        _ => return None,
    })
}

/// The columns of a table without a heading.
fn by_width(width: usize) -> Vec<Column> {
    use Column::{Note, Source, Speaker, Text};
    match width {
        0 | 1 => vec![Text],
        2 => vec![Source, Text],
        3 => vec![Source, Text, Note],
        _ => vec![Source, Speaker, Text, Note],
    }
}

/// A row of one cell is what was said, whatever the columns are; cells beyond the last column belong
/// to it.
fn line(row: &[String], columns: &[Column]) -> Line {
    if let [text] = row {
        return Line::of(bullet::unmarked(text).unwrap_or(text));
    }
    let mut line = Line::default();
    for (at, cell) in row.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
        let place = match columns.get(at).or(columns.last()) {
            Some(Column::Source) => line.source.get_or_insert_default(),
            Some(Column::Speaker) => line.speaker.get_or_insert_default(),
            Some(Column::Note) => line.note.get_or_insert_default(),
            Some(Column::Text) | None => &mut line.text,
            Some(Column::Number) => continue,
        };
        if !place.is_empty() {
            place.push('\u{3000}');
        }
        place.push_str(cell);
    }
    line
}
