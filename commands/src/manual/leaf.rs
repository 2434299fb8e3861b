//! Pages of a long list: each as full as reads well, none longer than Discord takes, and no opinion cut
//! in half unless it alone is longer than a page.

use domain::text::{fitting, utf16_len};

/// UTF-16 units after which the next opinion begins a new page: about two screens of a phone.
const PAGE_UNITS: usize = 1_800;
/// Most UTF-16 units of a page: an embed's description holds 4,096, and the heading needs some of it.
pub(super) const PAGE_UNITS_MAX: usize = 3_400;

/// What may stand above an opinion: a category, a kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Head {
    /// The line where it begins.
    pub(super) line: String,
    /// The line on a page where it goes on.
    pub(super) goes_on: String,
}

/// One opinion and what stands above it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Block {
    /// From the widest to the narrowest.
    pub(super) heads: Vec<Head>,
    /// Its words, markdown escaped.
    pub(super) text: String,
}

/// Lays blocks out on pages. `goes_on` marks the rest of an opinion that is longer than a page.
pub(super) fn pages(blocks: &[Block], goes_on: &str) -> Vec<String> {
    let mut pages = Vec::new();
    let mut page = String::new();
    let mut before: &[Head] = &[];
    for block in blocks {
        let piece = format!("{}{}", lead(block, before, page.is_empty()), block.text);
        // Where nothing stands above them, opinions need air between.
        let gap = if block.heads.is_empty() { "\n\n" } else { "\n" };
        if !page.is_empty() && utf16_len(&page) + gap.len() + utf16_len(&piece) > PAGE_UNITS {
            pages.push(std::mem::take(&mut page));
        }
        if !page.is_empty() {
            page.push_str(gap);
            page.push_str(&piece);
        } else {
            let lead = lead(block, before, true);
            let mut rest = block.text.as_str();
            page = lead.clone();
            while utf16_len(&page) + utf16_len(rest) > PAGE_UNITS_MAX {
                let (first, after) = cut(rest, PAGE_UNITS_MAX - utf16_len(&page));
                page.push_str(first);
                pages.push(std::mem::take(&mut page));
                rest = after;
                page = format!("{}{goes_on}", going_on(&block.heads));
            }
            page.push_str(rest);
        }
        before = &block.heads;
    }
    if !page.is_empty() {
        pages.push(page);
    }
    pages
}

/// The lines above an opinion: on a new page all of them, else those that differ from the opinion before.
fn lead(block: &Block, before: &[Head], new_page: bool) -> String {
    let same = block
        .heads
        .iter()
        .zip(before)
        .take_while(|(head, before)| head == before)
        .count();
    let mut lines = String::new();
    for (place, head) in block.heads.iter().enumerate() {
        if place >= same {
            if !new_page && place == same && !before.is_empty() && place == 0 {
                // Air between two categories.
                lines.push('\n');
            }
            lines.push_str(&head.line);
            lines.push('\n');
        } else if new_page {
            lines.push_str(&head.goes_on);
            lines.push('\n');
        }
    }
    lines
}

fn going_on(heads: &[Head]) -> String {
    heads
        .iter()
        .fold(String::new(), |lines, head| lines + &head.goes_on + "\n")
}

/// A text in two: as much as fits, ended where a line or a sentence ends if that is near, and never
/// between a backslash and the sign it guards.
fn cut(text: &str, units_max: usize) -> (&str, &str) {
    let mut first = fitting(text, units_max);
    if first.is_empty() {
        // One letter with more marks than fit; nothing that people write.
        let letter = text.chars().next().map_or(0, char::len_utf8);
        return text.split_at(letter);
    }
    let near = first.len() / 2;
    let end = first
        .rfind('\n')
        .map(|at| at + 1)
        .or_else(|| first.rfind('。').map(|at| at + '。'.len_utf8()))
        .filter(|end| *end > near);
    if let Some(end) = end {
        first = &first[..end];
    }
    let guards = first
        .bytes()
        .rev()
        .take_while(|byte| *byte == b'\\')
        .count();
    if guards % 2 == 1 && guards < first.len() {
        first = &first[..first.len() - 1];
    }
    text.split_at(first.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(words: &str) -> Head {
        Head {
            line: words.to_owned(),
            goes_on: format!("{words}（つづき）"),
        }
    }

    fn block(heads: &[&str], text: String) -> Block {
        Block {
            heads: heads.iter().map(|words| head(words)).collect(),
            text,
        }
    }

    #[test]
    fn a_page_ends_between_opinions_and_says_what_goes_on() {
        let long = "長".repeat(1_000);
        let blocks = [
            block(&["一位", "課題"], "ひとつ".into()),
            block(&["一位", "課題"], long.clone()),
            block(&["一位", "課題"], long.clone()),
            block(&["一位", "アイデア"], "よっつ".into()),
            block(&["二位", "課題"], "いつつ".into()),
        ];
        let pages = pages(&blocks, "（つづき）");
        assert_eq!(
            pages,
            [
                format!("一位\n課題\nひとつ\n{long}"),
                format!(
                    "一位（つづき）\n課題（つづき）\n{long}\nアイデア\nよっつ\n\n二位\n課題\nいつつ"
                ),
            ]
        );
    }

    #[test]
    fn an_opinion_longer_than_a_page_is_cut_between_signs_and_loses_nothing() {
        for text in [
            "\\*".repeat(4_000),
            "👩‍👩‍👧‍👦".repeat(700),
            format!("{}\n{}", "行".repeat(2_000), "行".repeat(3_000)),
            "文です。".repeat(2_000),
            "a".repeat(12_000),
        ] {
            let blocks = [
                block(&["一位"], "前".into()),
                block(&["一位"], text.clone()),
                block(&["一位"], "後".into()),
            ];
            let pages = pages(&blocks, "…");
            assert!(pages.len() > 2, "{}", pages.len());
            let mut whole = String::new();
            for page in &pages {
                assert!(utf16_len(page) <= PAGE_UNITS_MAX, "{}", utf16_len(page));
                assert!(!page.starts_with('\u{200D}') && !page.ends_with('\\'));
                let page = page.trim_start_matches("一位（つづき）\n");
                whole.push_str(page.trim_start_matches('…'));
            }
            assert!(whole.contains(&text), "{}", &text[..40]);
        }
    }

    #[test]
    fn nothing_makes_no_page() {
        assert!(pages(&[], "").is_empty());
    }
}
