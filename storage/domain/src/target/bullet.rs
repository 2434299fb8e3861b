//! Marked lines of a cell: ● and ○ are kept as they were written ([`super::mark`] knows them), and 再掲 says
//! that a line stands in the table already.

use super::mark::{self, Place};

/// What else may stand before a beginning.
const ENDS: [char; 6] = ['。', '、', '」', '）', ')', '】'];
/// The word for what is listed again.
const AGAIN: &str = "再掲";

/// One marked line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bullet {
    /// The mark as written; `None` for words before the first mark.
    pub mark: Option<char>,
    /// The words, without the mark and without 再掲.
    pub text: String,
    /// It is listed again (再掲): counted where it stands first.
    pub again: bool,
}

/// Splits a cell into its lines. Lines without a letter or a digit are left out.
#[must_use]
pub fn bullets(cell: &str) -> Vec<Bullet> {
    let mut found = Vec::new();
    for (mark, words) in lines(cell, None) {
        let (text, again) = without_again(&words);
        if !again {
            found.extend(bullet(mark, &text, again));
            continue;
        }
        // Without the word between them, what stood apart may begin a line, as it will when it is read again.
        for (at, (own, text)) in lines(&text, mark).into_iter().enumerate() {
            found.extend(bullet(own.or(mark.filter(|_| at == 0)), &text, again));
        }
    }
    found
}

/// The marks of a cell with the words behind each; `None` for words before the first. `before` is the mark
/// it stands behind already.
fn lines(cell: &str, mut before: Option<char>) -> Vec<(Option<char>, String)> {
    let mut found = Vec::new();
    let (mut own, mut words) = (None, String::new());
    let mut letters = cell.chars().peekable();
    while let Some(letter) = letters.next() {
        let place = Place {
            apart: before.is_none_or(char::is_whitespace),
            ended: before.is_some_and(|last| ENDS.contains(&last)),
            next: letters.peek().copied(),
        };
        if mark::begins(letter, place) {
            found.push((own, std::mem::take(&mut words)));
            own = Some(letter);
        } else {
            words.push(letter);
        }
        before = Some(letter);
    }
    found.push((own, words));
    found
}

fn bullet(mark: Option<char>, words: &str, again: bool) -> Option<Bullet> {
    let mut text = words.trim().to_owned();
    // What no longer begins a line, now that 再掲 between is gone, belongs to the words.
    let (mark, part) = match mark {
        Some(sign) if !mark::begins(sign, Place::before(&text)) => (None, Some(sign)),
        mark => (mark, None),
    };
    if let Some(part) = part {
        text.insert(0, part);
    }
    // A dash alone says nothing.
    let says = text.chars().any(char::is_alphanumeric);
    says.then_some(Bullet { mark, text, again })
}

/// The words without 再掲 and the brackets around it, and whether it was there.
#[must_use]
pub fn without_again(words: &str) -> (String, bool) {
    let mut text = words.to_owned();
    let mut again = false;
    while let Some(at) = text.find(AGAIN) {
        again = true;
        let (before, after) = (&text[..at], &text[at + AGAIN.len()..]);
        let opened = before.strip_suffix(['(', '（', '【', '[', '［', '〔']);
        let closed = after.strip_prefix([')', '）', '】', ']', '］', '〕']);
        text = match (opened, closed) {
            (Some(before), Some(after)) => format!("{before}{after}"),
            _ => format!("{before}{after}"),
        };
    }
    (text.trim().to_owned(), again)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(cell: &str) -> Vec<String> {
        bullets(cell)
            .into_iter()
            .map(|bullet| {
                let mark = bullet.mark.map(String::from).unwrap_or_default();
                let again = if bullet.again { "＊" } else { "" };
                format!("{mark}{}{again}", bullet.text)
            })
            .collect()
    }

    #[test]
    fn a_cell_falls_into_its_marked_lines() {
        for (cell, expected) in [
            (
                "●会を開いた。○冊子を配った。",
                &["●会を開いた。", "○冊子を配った。"][..],
            ),
            ("●会を開いた ○冊子", &["●会を開いた", "○冊子"]),
            ("まえがき●会\n●次", &["まえがき", "●会", "●次"]),
            ("○月に開く", &["○月に開く"]),
            ("来年○月に開く", &["来年○月に開く"]),
            (
                "●会議（随時）・研修（年1回）\n・講座",
                &["●会議（随時）・研修（年1回）", "・講座"],
            ),
            ("●講座（再掲）", &["●講座＊"]),
            (
                "●講座を開く【再掲】。※人が少ない",
                &["●講座を開く。＊", "※人が少ない"],
            ),
            ("", &[]),
            ("● ○ ", &[]),
            ("●－", &[]),
            ("△継続する。★重点", &["△継続する。", "★重点"]),
            // Less than before, and no line of its own.
            ("前年度より\n△3件", &["前年度より\n△3件"]),
            ("再掲・", &[]),
            ("再掲・講座", &["・講座＊"]),
            ("会）再掲○冊子", &["会）＊", "○冊子＊"]),
        ] {
            assert_eq!(shown(cell), expected, "{cell}");
        }
    }
}
