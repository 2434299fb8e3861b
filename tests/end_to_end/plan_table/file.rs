//! Tables of the rules' own tests as files: the city's plan table (seed 001) and others of its notation, as a
//! workbook with joined cells, and as a .csv that has none.

use domain::sheet::Sheet;
use rust_xlsxwriter::{Format, Workbook};

/// The table in the notation that its head explains.
const CITY: &str = include_str!("../../../storage/domain/tests/target/table.txt");

/// A field of the notation.
enum Field {
    Words(String),
    Above,
    Left,
}

/// The table's rows, with words of it exchanged.
fn fields(table: &str, changes: &[(&str, &str)]) -> Vec<Vec<Field>> {
    let mut table = table.to_owned();
    for (from, to) in changes {
        assert!(table.contains(from), "{from} stands in the table");
        table = table.replacen(from, to, 1);
    }
    let lines = table.lines().filter(|line| !line.starts_with('#'));
    lines
        .skip_while(|line| line.is_empty())
        .map(|line| {
            line.split('|')
                .map(|field| match field.trim() {
                    "^" => Field::Above,
                    "<" => Field::Left,
                    words => Field::Words(words.replace('⏎', "\n")),
                })
                .collect()
        })
        .collect()
}

/// The table as a workbook: five pages below each other, cells joined as the city joins them.
pub(super) fn xlsx(changes: &[(&str, &str)]) -> Vec<u8> {
    workbook(CITY, changes)
}

/// A table of the notation as a workbook, with words of it exchanged.
pub(crate) fn workbook(table: &str, changes: &[(&str, &str)]) -> Vec<u8> {
    let rows = fields(table, changes);
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let format = Format::new().set_text_wrap();
    let place = |at: usize| u32::try_from(at).expect("few rows");
    for (row, cells) in rows.iter().enumerate() {
        for (column, field) in cells.iter().enumerate() {
            let Field::Words(words) = field else { continue };
            let above = |row: &Vec<Field>| matches!(row.get(column), Some(Field::Above));
            let down = rows[row + 1..].iter().take_while(|row| above(row)).count();
            let left = cells[column + 1..].iter();
            let right = left
                .take_while(|field| matches!(field, Field::Left))
                .count();
            let at = u16::try_from(column).expect("few columns");
            let result = if down + right > 0 {
                let last = at + u16::try_from(right).expect("few columns");
                let end = place(row + down);
                sheet.merge_range(place(row), at, end, last, words, &format)
            } else if let Ok(number) = words.parse::<u32>() {
                // Years are numbers, as in every spreadsheet.
                sheet.write_number(place(row), at, number)
            } else if words.is_empty() {
                continue;
            } else {
                sheet.write_string_with_format(place(row), at, words, &format)
            };
            result.expect("a cell is written");
        }
    }
    workbook.save_to_buffer().expect("a workbook")
}

/// The table as a .csv: what was joined is blank there.
pub(super) fn csv(changes: &[(&str, &str)]) -> Vec<u8> {
    let line = |cells: Vec<Field>| {
        let cells = cells.into_iter().map(|field| match field {
            Field::Words(words) => format!("\"{}\"", words.replace('"', "\"\"")),
            Field::Above | Field::Left => String::new(),
        });
        cells.collect::<Vec<_>>().join(",") + "\r\n"
    };
    let text: String = fields(CITY, changes).into_iter().map(line).collect();
    [&b"\xEF\xBB\xBF"[..], text.as_bytes()].concat()
}

/// A small .csv with these rows.
pub(super) fn rows(rows: &[&str]) -> Vec<u8> {
    rows.join("\r\n").into_bytes()
}

/// The cells of a file, as the product reads them.
pub(super) fn read(bytes: &[u8]) -> Vec<Sheet> {
    commands::sheet::read(bytes).expect("a sheet")
}
