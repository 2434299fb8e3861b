//! .csv: UTF-8 with or without its mark, UTF-16 as spreadsheets save it, or CP932; separated by commas,
//! tabs or semicolons, quoted as in RFC 4180.
//!
//! It is split here and not by a library, because rows must count as the spreadsheet counts them: a cell
//! of several lines is one row, and a blank line is one too.

use super::{Room, SheetFault};
use domain::sheet::Sheet;
use encoding_rs::{Encoding, SHIFT_JIS, UTF_8};

/// What may separate cells; the most frequent of the first line that has one does.
const SEPARATORS: [char; 3] = [',', '\t', ';'];
/// Lines in which a separator is looked for.
const LINES_SEARCHED_MAX: usize = 50;

pub(super) fn read(bytes: &[u8]) -> Result<Sheet, SheetFault> {
    let text = decoded(bytes)?;
    let separator = separator(&text);
    let mut split = Split {
        sheet: Sheet::default(),
        room: Room::default(),
        at: (0, 0),
        cell: String::new(),
    };
    let mut letters = text.chars().peekable();
    let mut quoted = false;
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.next_if_eq(&'"').is_some() => split.cell.push('"'),
            '"' if quoted => quoted = false,
            '"' if split.cell.trim().is_empty() => {
                split.cell.clear();
                quoted = true;
            }
            '\r' if letters.peek() == Some(&'\n') => {}
            '\n' | '\r' if !quoted => split.end_row()?,
            '\r' => split.cell.push('\n'),
            letter if letter == separator && !quoted => split.end_cell()?,
            letter => split.cell.push(letter),
        }
    }
    split.end_cell()?;
    Ok(split.sheet)
}

/// A sheet being split.
struct Split {
    sheet: Sheet,
    room: Room,
    at: (usize, usize),
    cell: String,
}

impl Split {
    fn end_cell(&mut self) -> Result<(), SheetFault> {
        let text = std::mem::take(&mut self.cell);
        let at = self.at;
        self.at.1 += 1;
        // Separators behind the last word of a row make no columns.
        if text.is_empty() {
            return Ok(());
        }
        self.room.put(&mut self.sheet, at, text)
    }

    fn end_row(&mut self) -> Result<(), SheetFault> {
        self.end_cell()?;
        self.at = (self.at.0 + 1, 0);
        Ok(())
    }
}

pub(super) fn decoded(bytes: &[u8]) -> Result<String, SheetFault> {
    let (encoding, bytes) = match Encoding::for_bom(bytes) {
        Some((encoding, mark)) => (encoding, &bytes[mark..]),
        None if std::str::from_utf8(bytes).is_ok() => (UTF_8, bytes),
        // The Encoding Standard's shift_jis is what Windows calls CP932.
        None => (SHIFT_JIS, bytes),
    };
    let (text, broken) = encoding.decode_without_bom_handling(bytes);
    // Programs and pictures hold what no text does.
    let is_text =
        |letter: char| !letter.is_control() || matches!(letter, '\n' | '\r' | '\t' | '\u{c}');
    if broken || !text.chars().all(is_text) {
        return Err(SheetFault::Letters);
    }
    Ok(text.into_owned())
}

fn separator(text: &str) -> char {
    for line in text.lines().take(LINES_SEARCHED_MAX) {
        let mut quoted = false;
        let mut counts = [0_usize; SEPARATORS.len()];
        for letter in line.chars() {
            quoted ^= letter == '"';
            if let Some(at) = SEPARATORS
                .iter()
                .position(|known| *known == letter && !quoted)
            {
                counts[at] += 1;
            }
        }
        // Of two that are as frequent the first counts.
        let most = (0..counts.len()).rev().max_by_key(|at| counts[*at]);
        if let Some(at) = most.filter(|at| counts[*at] > 0) {
            return SEPARATORS[at];
        }
    }
    SEPARATORS[0]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(bytes: &[u8]) -> Vec<Vec<String>> {
        read(bytes).expect("a sheet").rows
    }

    #[test]
    fn files_are_read_in_the_letters_offices_save_them_in() {
        let text = "No,意見\n1,①薬が余る～㈱髙﨑ﾊﾝｶｸ∥－";
        let expected = [["No", "意見"], ["1", "①薬が余る～㈱髙﨑ﾊﾝｶｸ∥－"]];
        let (cp932, _, broken) = SHIFT_JIS.encode(text);
        assert!(!broken);
        let utf16: Vec<u8> = std::iter::once(0xFEFF)
            .chain(text.encode_utf16())
            .flat_map(u16::to_le_bytes)
            .collect();
        for bytes in [
            text.as_bytes().to_vec(),
            [&b"\xEF\xBB\xBF"[..], text.as_bytes()].concat(),
            cp932.into_owned(),
            utf16,
            text.replace(',', "\t").into_bytes(),
            text.replace(',', ";").replace('\n', "\r\n").into_bytes(),
            text.replace('\n', "\r").into_bytes(),
        ] {
            assert_eq!(rows(&bytes), expected);
        }
    }

    #[test]
    fn cells_may_hold_lines_separators_quotes_and_what_looks_like_formulas() {
        let found = rows("a,\"一行目\r\n二行目, \"\"引用\"\"\"\n=1+1, \"b\"".as_bytes());
        assert_eq!(found[0], ["a", "一行目\n二行目, \"引用\""]);
        assert_eq!(found[1], ["=1+1", "b"]);
        assert_eq!(rows(b"5\" tape,x"), [["5\" tape", "x"]]);
    }

    #[test]
    fn rows_count_as_the_spreadsheet_counts_them() {
        let found = rows("a,\"b\nb\"\n\n,,\nc,d\n".as_bytes());
        assert_eq!(found.len(), 4);
        assert!(found[1].is_empty() && found[2].is_empty());
        assert_eq!(found[3], ["c", "d"]);
    }

    #[test]
    fn a_quote_that_is_not_closed_becomes_one_long_cell() {
        let text = format!("意見\n\"{}", "あ\n".repeat(super::super::CELL_LETTERS_MAX));
        assert_eq!(read(text.as_bytes()), Err(SheetFault::CellTooLong));
    }
}
