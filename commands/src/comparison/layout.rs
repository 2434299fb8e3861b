//! Sentences set into a column: lines of letters, each run of them plain or changed.

use crate::chart::font;
use domain::{
    comparison::Side,
    text::{hangs, normalise},
};

/// Letters of one line that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Run {
    /// The letters, each one that can be drawn.
    pub(super) words: String,
    /// Pixels from the left edge of the column.
    pub(super) x: i32,
    /// Pixels they are wide.
    pub(super) width: i32,
    /// Whether they are marked.
    pub(super) changed: bool,
}

/// One line of a column.
pub(super) type Line = Vec<Run>;

/// The lines of a sentence in a column of so many pixels, and whether a letter of it cannot be drawn.
pub(super) fn set(side: &Side, pixels: i32, room: i32) -> (Vec<Line>, bool) {
    let mark = (side.mark.as_str(), side.mark_changed);
    let apart = if side.mark.is_empty() { "" } else { "\u{3000}" };
    let spans = side.spans.iter();
    let spans = spans.map(|span| (span.words.as_str(), span.changed));
    let all = [mark, (apart, false)].into_iter().chain(spans);
    let mut setter = Setter {
        lines: vec![Vec::new()],
        x: 0,
        pixels,
        room,
    };
    let mut missing = false;
    for (words, changed) in all {
        for letter in words.chars() {
            let drawn = drawn(letter);
            missing |= drawn.contains(font::MISSING) && letter != font::MISSING;
            for letter in drawn.chars() {
                setter.put(letter, changed);
            }
        }
    }
    (setter.lines, missing)
}

/// A letter as it is drawn: one the font has not by letters that say the same, ㉑ as (21).
fn drawn(letter: char) -> String {
    let plain = |words: &str| words.chars().filter_map(font::drawn).collect::<String>();
    let drawn = plain(letter.encode_utf8(&mut [0; 4]));
    if letter == font::MISSING || !drawn.contains(font::MISSING) {
        return drawn;
    }
    let same = normalise(letter.encode_utf8(&mut [0; 4]));
    match plain(&same) {
        same if same.contains(font::MISSING) => drawn,
        digits if digits.chars().all(|letter| letter.is_ascii_digit()) => format!("({digits})"),
        same => same,
    }
}

/// Whether a letter may not end a line.
fn opens(letter: char) -> bool {
    matches!(
        letter,
        '（' | '(' | '「' | '『' | '〔' | '［' | '【' | '〈' | '《'
    )
}

struct Setter {
    lines: Vec<Line>,
    x: i32,
    pixels: i32,
    room: i32,
}

impl Setter {
    fn put(&mut self, letter: char, changed: bool) {
        let mut buffer = [0; 4];
        let wide = font::width(letter.encode_utf8(&mut buffer), self.pixels);
        let needed = if opens(letter) {
            wide + self.pixels
        } else {
            wide
        };
        let over = self.x + needed > self.room;
        // One letter hangs at most: what begins beyond the room goes to the next line whatever it is.
        if over && self.x > 0 && !(hangs(letter) && self.x <= self.room) {
            if letter == ' ' {
                return;
            }
            self.lines.push(Vec::new());
            self.x = 0;
        }
        let (x, line) = (
            self.x,
            self.lines.last_mut().expect("there is always a line"),
        );
        match line.last_mut() {
            Some(run) if run.changed == changed => {
                run.words.push(letter);
                run.width += wide;
            }
            _ => line.push(Run {
                words: letter.to_string(),
                x,
                width: wide,
                changed,
            }),
        }
        self.x += wide;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::comparison::Span;

    fn side(spans: &[(&str, bool)]) -> Side {
        Side {
            mark: String::new(),
            mark_changed: false,
            spans: spans
                .iter()
                .map(|(words, changed)| Span {
                    words: (*words).to_owned(),
                    changed: *changed,
                })
                .collect(),
            begins: true,
        }
    }

    fn lines(words: &str, room: i32) -> Vec<String> {
        let (lines, _) = set(&side(&[(words, false)]), 10, room);
        let whole = |line: &Line| line.iter().map(|run| run.words.as_str()).collect();
        lines.iter().map(whole).collect()
    }

    #[test]
    fn a_line_ends_where_its_room_does_and_none_begins_with_a_comma() {
        assert_eq!(lines("一二三四五六", 30), ["一二三", "四五六"]);
        assert_eq!(lines("一二三、四五", 30), ["一二三、", "四五"]);
        assert_eq!(lines("一二三）、四", 30), ["一二三）", "、四"]);
        assert_eq!(lines("一", 5), ["一"]);
        assert_eq!(lines("一二（三四）", 30), ["一二", "（三四）"]);
        assert_eq!(lines("㉑～㉖", 100), ["(21)～(26)"]);
        assert_eq!(lines("", 30), [""]);
    }

    #[test]
    fn a_change_is_a_run_of_its_own_on_each_line() {
        let (lines, missing) = set(
            &side(&[("一二", false), ("三四", true), ("五", false)]),
            10,
            30,
        );
        let runs: Vec<Vec<(&str, i32, bool)>> = lines
            .iter()
            .map(|line| {
                line.iter()
                    .map(|run| (&run.words[..], run.x, run.changed))
                    .collect()
            })
            .collect();
        assert_eq!(
            runs,
            [
                vec![("一二", 0, false), ("三", 20, true)],
                vec![("四", 0, true), ("五", 10, false)],
            ]
        );
        assert!(!missing);
        assert!(set(&side(&[("𠮷", false)]), 10, 30).1);
    }
}
