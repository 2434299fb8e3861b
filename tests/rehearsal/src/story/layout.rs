//! Laying out Japanese text in a terminal: widths, lines, labels.

/// Columns of a block.
pub(super) const COLUMNS: usize = 88;
/// Columns of a label and the gap behind it.
const LABEL_COLUMNS: usize = 16;

/// Columns a text takes: a letter of ASCII or a half-width kana one, any other two.
pub(super) fn width(text: &str) -> usize {
    text.chars().map(letter_width).sum()
}

fn letter_width(letter: char) -> usize {
    let is_half_kana = ('\u{ff61}'..='\u{ff9f}').contains(&letter);
    if letter.is_ascii() || is_half_kana {
        1
    } else {
        2
    }
}

/// Letters that must not begin a line.
const CLOSING: &str = "、。）」』】・：；！？ー";

/// The lines of a text, none wider than `columns` but for a closing mark that hangs over.
pub(super) fn lines(text: &str, columns: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.lines() {
        let mut line = String::new();
        for letter in paragraph.chars() {
            let is_full = width(&line) + letter_width(letter) > columns;
            if is_full && !CLOSING.contains(letter) {
                lines.push(std::mem::take(&mut line));
            }
            line.push(letter);
        }
        lines.push(line);
    }
    lines
}

/// A label and its text, the text aligned behind the label.
pub(super) fn labelled(label: &str, text: &str) -> String {
    let gap = " ".repeat(LABEL_COLUMNS.saturating_sub(width(label)));
    let indent = format!("\n{}", " ".repeat(LABEL_COLUMNS + 2));
    let body = lines(text, COLUMNS - LABEL_COLUMNS - 2).join(&indent);
    format!("  {label}{gap}{body}\n")
}

/// A heading in a line over the whole width.
pub(super) fn heading(text: &str) -> String {
    let rest = COLUMNS.saturating_sub(width(text) + 4) / 2;
    format!("\n── {text} {}\n", "─".repeat(rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_is_wider_than_the_block() {
        let text = "地域における各医療機関の役割分担について、".repeat(12);
        for line in lines(&text, 40) {
            assert!(width(&line) <= 42, "{line}");
            assert!(!line.starts_with('、'), "{line}");
        }
        assert_eq!(lines("一\n二", 40), ["一", "二"]);
    }

    #[test]
    fn texts_stand_below_each_other() {
        let short = labelled("階層", "い");
        let long = labelled("届いていない人", "い");
        let column = |row: &str| width(row.split('い').next().unwrap_or_default());
        // The label itself holds the letter, so the last one counts.
        let behind = |row: &str| width(row.trim_end().strip_suffix('い').unwrap_or_default());
        assert_eq!(behind(&short), behind(&long));
        assert!(column(&short) > 0);
    }
}
