//! Lines with bullets or numbers before them, and plain ones.

use super::has_words;

/// Marks people put before a line. 〇 stands for a name that is left out (〇〇連携) and is none.
const BULLETS: &str = "・･•◦●○◯◎■□◆◇▪▫▶▷►‣⁃➢✓✔*＊";
/// Dashes people put before a line.
const DASHES: &str = "-‐‑–—−－";
/// What stands behind the number of a line.
const STOPS: &str = ".．。)）、､,，:：";
/// Most digits of the number of a line.
const DIGITS_MAX: usize = 3;
/// What a line begins with that belongs to the one above it.
const INDENTS: [char; 2] = [' ', '\u{3000}'];

/// What was said, line by line. Where lines have bullets, an indented line without one belongs to the
/// line above it.
pub(super) fn lines(written: &str) -> Vec<String> {
    let spread = spread(written);
    let raw: Vec<&str> = spread
        .lines()
        .filter(|line| line.trim().is_empty() || has_words(line))
        .collect();
    if let Some(numbered) = counted(&raw) {
        return numbered;
    }
    let mut said: Vec<String> = Vec::new();
    let mut continues = false;
    for line in raw {
        let text = line.trim();
        if text.is_empty() {
            continues = false;
            continue;
        }
        let is_indented = line.starts_with(INDENTS);
        match (unmarked(text), said.last_mut()) {
            (Some(text), _) => {
                said.push(text.to_owned());
                continues = true;
            }
            (None, Some(last)) if continues && is_indented => {
                last.push('\n');
                last.push_str(text);
            }
            (None, _) => {
                said.push(text.to_owned());
                continues = false;
            }
        }
    }
    said
}

/// Lines with bullets, what goes on below a line indented.
pub(super) fn written<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    let bulleted: Vec<String> = texts
        .map(|text| format!("・{}", text.replace('\n', "\n\u{3000}")))
        .collect();
    bulleted.join("\n")
}

/// The text behind the bullet or the number of a line; nothing when it has none.
pub(super) fn unmarked(line: &str) -> Option<&str> {
    let rest = enclosed(line)
        .or_else(|| numbered(line).map(|(_, rest)| rest))
        .or_else(|| bulleted(line))?
        .trim_start();
    has_words(rest).then_some(rest)
}

/// Whether a cell holds nothing but a bullet or a number: the column before what was said.
pub(super) fn is_mark(cell: &str) -> bool {
    let cell = cell.trim();
    let digits = cell.trim_end_matches(|letter| STOPS.contains(letter));
    let is_number =
        (1..=DIGITS_MAX).contains(&digits.chars().count()) && digits.chars().all(is_digit);
    let is_bullet =
        |letter| BULLETS.contains(letter) || DASHES.contains(letter) || is_enclosed(letter);
    is_number || (cell.chars().count() == 1 && cell.chars().all(is_bullet))
}

/// ・退院の連絡が遅い, - 退院の連絡が遅い. Two marks in a row (○○連携, **) are none.
fn bulleted(line: &str) -> Option<&str> {
    let mut letters = line.chars();
    let mark = letters.next()?;
    let rest = letters.as_str();
    let next = letters.next()?;
    let is_bullet = BULLETS.contains(mark) && next != mark;
    // A dash before a digit is a minus.
    let is_dash = DASHES.contains(mark) && !DASHES.contains(next) && !is_digit(next);
    (is_bullet || is_dash).then_some(rest)
}

/// ①退院の連絡が遅い, ⑴, ❶, (1), （１）, [1].
fn enclosed(line: &str) -> Option<&str> {
    let first = line.chars().next()?;
    let behind = &line[first.len_utf8()..];
    if is_enclosed(first) {
        return Some(behind);
    }
    let close = match first {
        '(' | '（' => [')', '）'],
        '[' | '［' => [']', '］'],
        _ => return None,
    };
    let (_, rest) = number(behind)?;
    rest.strip_prefix(close)
}

/// Numbers in circles, brackets and with a stop, in the order Unicode has them.
fn is_enclosed(letter: char) -> bool {
    matches!(letter, '\u{2460}'..='\u{249B}' | '\u{24EB}'..='\u{24FE}' | '\u{2776}'..='\u{2793}'
        | '\u{3251}'..='\u{325F}' | '\u{32B1}'..='\u{32BF}')
}

/// 1. 退院の連絡が遅い, １）, 2、 with its number; 1.5倍 and 1、2年目 are none.
fn numbered(line: &str) -> Option<(u32, &str)> {
    let (number, rest) = number(line)?;
    let mut letters = rest.chars();
    let stop = letters.next()?;
    let rest = letters.as_str();
    let goes_on = letters
        .next()
        .is_some_and(|next| is_digit(next) || STOPS.contains(next));
    (STOPS.contains(stop) && !goes_on).then_some((number, rest))
}

/// The number a text begins with, in any width, and what follows it.
fn number(text: &str) -> Option<(u32, &str)> {
    let end = text
        .char_indices()
        .find(|(_, letter)| !is_digit(*letter))
        .map_or(text.len(), |(at, _)| at);
    let digits: String = text[..end].chars().filter_map(ascii_digit).collect();
    if digits.len() > DIGITS_MAX {
        return None;
    }
    digits.parse().ok().map(|number| (number, &text[end..]))
}

fn is_digit(letter: char) -> bool {
    ascii_digit(letter).is_some()
}

fn ascii_digit(letter: char) -> Option<char> {
    match letter {
        '0'..='9' => Some(letter),
        '０'..='９' => char::from_u32(u32::from(letter) - u32::from('０') + u32::from('0')),
        _ => None,
    }
}

/// Lines of which every one begins with its number and a space: 1 退院の連絡が遅い. With a gap in the
/// numbers they are something else (3 病院が集まる場がほしい).
fn counted(raw: &[&str]) -> Option<Vec<String>> {
    let lines: Vec<&str> = raw
        .iter()
        .map(|line| line.trim())
        .filter(|line| !line.is_empty())
        .collect();
    if lines.len() < 2 {
        return None;
    }
    (1_u32..)
        .zip(lines)
        .map(|(expected, line)| {
            let (found, rest) = number(line)?;
            let text = rest.strip_prefix(INDENTS)?.trim();
            (found == expected && has_words(text)).then(|| text.to_owned())
        })
        .collect()
}

/// A list that was pasted into a field of one line has lost its line ends: they are put back before
/// each bullet of the kind the text begins with, and before each next number.
fn spread(written: &str) -> String {
    let text = written.trim();
    if text.contains('\n') || unmarked(text).is_none() {
        return written.to_owned();
    }
    let mut spread = String::with_capacity(text.len());
    let mut last = first_mark(text);
    let mut rest = text;
    while let Some((at, space)) = rest
        .char_indices()
        .find(|(_, letter)| letter.is_whitespace())
    {
        let behind = &rest[at + space.len_utf8()..];
        let mark = first_mark(behind);
        let follows = match (last, mark) {
            (Mark::Bullet(one), Mark::Bullet(other)) => one == other,
            (Mark::Number(one), Mark::Number(other)) => one.checked_add(1) == Some(other),
            _ => false,
        };
        spread.push_str(&rest[..at]);
        spread.push(if follows { '\n' } else { space });
        if follows {
            last = mark;
        }
        rest = behind;
    }
    spread + rest
}

/// What a text begins with.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    None,
    Bullet(char),
    Number(u32),
}

fn first_mark(text: &str) -> Mark {
    let Some(first) = text.chars().next().filter(|_| unmarked(text).is_some()) else {
        return Mark::None;
    };
    let enclosed_number = || number(&text[first.len_utf8()..]).map(|(number, _)| number);
    if let Some((number, _)) = numbered(text) {
        return Mark::Number(number);
    }
    if is_enclosed(first) {
        return Mark::Number(u32::from(first));
    }
    if matches!(first, '(' | '（' | '[' | '［') {
        return enclosed_number().map_or(Mark::None, Mark::Number);
    }
    Mark::Bullet(first)
}
