//! Several opinions in one cell, as form 2 keeps them: each line begins with ・. What is listed again
//! (【再掲】) is told from what is new.

/// Most opinions of one cell; what comes after belongs to the last one.
const BULLETS_MAX: usize = 100;
/// What a line of a list begins with. ○ and □ are not among them: people write them for names left out.
const MARKS: [char; 9] = ['・', '･', '•', '‣', '◦', '●', '■', '◆', '*'];

/// One opinion of a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Bullet {
    pub(super) text: String,
    /// It was marked as listed again.
    pub(super) again: bool,
}

/// The opinions of a cell: the whole of it, or one for each line that begins with a mark. A mark without
/// words is no opinion.
pub(super) fn read(cell: &str) -> Vec<Bullet> {
    let first = cell.lines().find(|line| !line.trim().is_empty());
    if first.and_then(unmarked).is_none() {
        return vec![bullet(cell)];
    }
    let mut texts: Vec<String> = Vec::new();
    for line in cell.lines() {
        let begun = unmarked(line).filter(|_| texts.len() < BULLETS_MAX);
        match (begun, texts.last_mut()) {
            (None, Some(last)) => {
                last.push('\n');
                last.push_str(line.trim());
            }
            (begun, _) => texts.push(begun.unwrap_or(line).trim().to_owned()),
        }
    }
    texts
        .iter()
        .map(|text| bullet(text))
        .filter(|bullet| !bullet.text.is_empty())
        .collect()
}

/// The words behind the mark of a line; two marks (●●) stand for a name left out.
fn unmarked(line: &str) -> Option<&str> {
    line.trim_start()
        .strip_prefix(MARKS)
        .filter(|rest| !rest.starts_with(MARKS))
}

fn bullet(text: &str) -> Bullet {
    let mut kept = text.trim().to_owned();
    let mut again = false;
    for mark in [
        "【再掲】",
        "［再掲］",
        "[再掲]",
        "（再掲）",
        "(再掲)",
        "〔再掲〕",
    ] {
        if kept.contains(mark) {
            kept = kept.replace(mark, "").trim().to_owned();
            again = true;
        }
    }
    Bullet { text: kept, again }
}
