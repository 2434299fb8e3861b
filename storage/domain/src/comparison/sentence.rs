//! A wording read into sentences: lines of a page are joined, numbers and headings begin a paragraph.

use crate::text::normalise;
use unicode_normalization::UnicodeNormalization;

/// Widths of a line that was broken because the page ended there, in half letters: what is wider was hardly
/// printed on paper.
const PAGE_WIDTHS: std::ops::RangeInclusive<usize> = 30..=140;
/// A line within this part of the page's width was broken by the page, in hundredths.
const FULL_PERCENT: usize = 90;
/// So many lines in a hundred must be full for a page to have been there.
const FULL_LINES_PERCENT: usize = 10;
/// Fewest full lines of a page.
const FULL_LINES_MIN: usize = 2;
/// Where so many gaps in a hundred are blank lines, blank lines part nothing: the page had them everywhere.
const BLANK_PERCENT: usize = 80;
/// Most digits of a number that begins a paragraph.
const DIGITS_MAX: usize = 3;

/// A sentence of a wording: up to its 。 outside brackets, or a heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// The number or bullet it begins with; empty for most.
    pub mark: String,
    /// Its words after the number.
    pub words: String,
    /// Whether it begins a paragraph.
    pub begins: bool,
    key: String,
    mark_key: String,
}

impl Sentence {
    fn new(mark: &str, words: &str, begins: bool) -> Self {
        Self {
            mark: mark.to_owned(),
            words: words.to_owned(),
            begins,
            key: key(words),
            // ① and 1 are the same number.
            mark_key: key(mark),
        }
    }

    /// Its words with spaces and width evened out; two sentences of one key say the same.
    pub(super) fn key(&self) -> &str {
        &self.key
    }

    /// The same of its number.
    pub(super) fn mark_key(&self) -> &str {
        &self.mark_key
    }

    /// Letters of its words, spaces aside.
    pub(super) fn letters(&self) -> usize {
        self.key.chars().count()
    }
}

/// The keys of sentences in their order.
pub(super) fn keys(all: &[Sentence]) -> impl Iterator<Item = (&str, &str)> {
    all.iter()
        .map(|sentence| (sentence.key(), sentence.mark_key()))
}

fn key(words: &str) -> String {
    normalise(words)
        .chars()
        .filter(|letter| !letter.is_whitespace())
        .map(|letter| if letter == '〜' { '~' } else { letter })
        .collect()
}

/// The sentences of a wording.
pub(super) fn read(wording: &str) -> Vec<Sentence> {
    let composed: String = wording.nfc().collect();
    let mut sentences = Vec::new();
    for paragraph in paragraphs(&composed) {
        let (mark, rest) = paragraph.split_at(mark_of(&paragraph));
        let mut mark = mark.trim();
        let mut begins = true;
        for words in split(rest.trim_start()) {
            sentences.push(Sentence::new(mark, words, begins));
            (mark, begins) = ("", false);
        }
        if begins && !mark.is_empty() {
            // A number with nothing behind it.
            sentences.push(Sentence::new("", mark, true));
        }
    }
    sentences
}

/// Lines joined to paragraphs.
fn paragraphs(wording: &str) -> Vec<String> {
    let lines: Vec<&str> = wording.lines().map(str::trim).collect();
    let page = page_of(&lines);
    let blanks_part = !is_blank_everywhere(&lines);
    let mut paragraphs: Vec<String> = Vec::new();
    let mut goes_on = false;
    for line in lines {
        if line.is_empty() {
            goes_on &= !blanks_part;
            continue;
        }
        match paragraphs.last_mut() {
            Some(last) if goes_on && mark_of(line) == 0 => {
                let latin = |letter: Option<char>| letter.is_some_and(|l| l.is_ascii_alphabetic());
                if latin(last.chars().last()) && latin(line.chars().next()) {
                    last.push(' ');
                }
                last.push_str(line);
            }
            _ => paragraphs.push(line.to_owned()),
        }
        let whole = paragraphs.last().map_or("", String::as_str);
        let full = page.is_some_and(|page| width(line) * 100 >= page * FULL_PERCENT);
        let inside = page.is_some() && !is_balanced(whole);
        goes_on = !ends(line) && (inside || (full && !is_heading(whole)));
    }
    paragraphs
}

/// A numbered line that ends with a bracket and no 。: ⑤ 利用者自身によるサービスの選択（第５号）.
fn is_heading(paragraph: &str) -> bool {
    let numbered = mark_of(paragraph) > 0 && !paragraph.starts_with(is_bullet);
    numbered
        && paragraph.ends_with(['）', ')'])
        && !paragraph.contains('。')
        && is_balanced(paragraph)
}

/// Whether every bracket that opens is closed.
fn is_balanced(paragraph: &str) -> bool {
    let mut open = Vec::new();
    for letter in paragraph.chars() {
        match partner(letter) {
            Some(closing) => open.push(closing),
            None => {
                if let Some(depth) = open.iter().rposition(|closing| *closing == letter) {
                    open.truncate(depth);
                }
            }
        }
    }
    open.is_empty()
}

/// How wide the page was whose lines these are, in half letters; `None` where lines are paragraphs.
fn page_of(lines: &[&str]) -> Option<usize> {
    let mut widths: Vec<usize> = lines
        .iter()
        .map(|line| width(line))
        .filter(|width| *width > 0)
        .collect();
    widths.sort_unstable();
    let enough = (widths.len() * FULL_LINES_PERCENT / 100).max(FULL_LINES_MIN);
    let full = |page: usize| {
        let near = |width: &&usize| **width <= page && **width * 100 >= page * FULL_PERCENT;
        widths.iter().filter(near).count()
    };
    let pages = widths.iter().rev().copied();
    pages
        .filter(|width| PAGE_WIDTHS.contains(width))
        .find(|page| full(*page) >= enough)
}

fn is_blank_everywhere(lines: &[&str]) -> bool {
    let written = lines.iter().filter(|line| !line.is_empty()).count();
    let parted = lines
        .windows(2)
        .filter(|pair| !pair[0].is_empty() && pair[1].is_empty())
        .count();
    written > 2 && parted * 100 >= (written - 1) * BLANK_PERCENT
}

/// Half letters of a line.
fn width(line: &str) -> usize {
    line.chars()
        .map(|letter| match letter {
            '\0'..='\u{2FF}' | '\u{FF61}'..='\u{FFDC}' => 1,
            _ => 2,
        })
        .sum()
}

fn is_end(letter: char) -> bool {
    matches!(letter, '。' | '．' | '！' | '？' | '!' | '?' | '｡')
}

fn ends(line: &str) -> bool {
    line.chars().last().is_some_and(is_end)
}

/// The sentences of a paragraph: up to 。 where no bracket is open. A bracket that never closes opens nothing.
fn split(paragraph: &str) -> Vec<&str> {
    let inside = inside_brackets(paragraph);
    let mut sentences = Vec::new();
    let mut first = 0;
    for (at, letter) in paragraph.char_indices() {
        let end = at + letter.len_utf8();
        if is_end(letter) && !inside(at) && !paragraph[end..].starts_with(is_end) {
            sentences.push(&paragraph[first..end]);
            first = end;
        }
    }
    sentences.push(&paragraph[first..]);
    sentences
        .into_iter()
        .map(str::trim)
        .filter(|words| !words.is_empty())
        .collect()
}

/// Whether a place (a byte) lies between a bracket and its partner.
fn inside_brackets(paragraph: &str) -> impl Fn(usize) -> bool {
    let mut open: Vec<(char, usize)> = Vec::new();
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for (at, letter) in paragraph.char_indices() {
        if let Some(closing) = partner(letter) {
            open.push((closing, at));
        } else if let Some(depth) = open.iter().rposition(|(closing, _)| *closing == letter) {
            pairs.push((open[depth].1, at));
            open.truncate(depth);
        }
    }
    // Outer ones only, in their order.
    pairs.sort_unstable();
    let mut outer: Vec<(usize, usize)> = Vec::new();
    for pair in pairs {
        if outer.last().is_none_or(|last| last.1 < pair.0) {
            outer.push(pair);
        }
    }
    move |place| {
        let after = outer.partition_point(|pair| pair.0 < place);
        after > 0 && place < outer[after - 1].1
    }
}

fn partner(letter: char) -> Option<char> {
    Some(match letter {
        '（' => '）',
        '(' => ')',
        '「' => '」',
        '『' => '』',
        '〔' => '〕',
        '［' => '］',
        '[' => ']',
        '【' => '】',
        '〈' => '〉',
        '《' => '》',
        _ => return None,
    })
}

/// Bytes of the number, the range of numbers or the bullet that a line begins with; 0 where it has none.
fn mark_of(line: &str) -> usize {
    if let Some(bullet) = line.chars().next().filter(|letter| is_bullet(*letter)) {
        return bullet.len_utf8();
    }
    let Some(first) = number(line) else {
        return 0;
    };
    let rest = line[first..].trim_start();
    let range = rest.strip_prefix(['～', '〜', '~', '－']);
    if let Some(second) = range
        && let Some(length) = number(second.trim_start())
    {
        return line.len() - second.trim_start().len() + length;
    }
    first
}

fn is_bullet(letter: char) -> bool {
    matches!(
        letter,
        '・' | '○' | '●' | '◎' | '◯' | '■' | '□' | '◆' | '◇' | '※' | '▪' | '•' | '＊'
    )
}

/// Bytes of the one number a line begins with.
fn number(line: &str) -> Option<usize> {
    let mut letters = line.char_indices().peekable();
    let (_, first) = letters.next()?;
    if matches!(first, '①'..='⑳' | '㉑'..='㉟' | '㊱'..='㊿' | '❶'..='❿' | '⑴'..='⒇')
    {
        return Some(first.len_utf8());
    }
    if let ('（' | '(', Some(closing)) = (first, partner(first)) {
        let inside = &line[first.len_utf8()..];
        let length = digits(inside, true)?;
        let rest = &inside[length..];
        return rest
            .starts_with([closing, ')', '）'])
            .then(|| first.len_utf8() + length + rest.chars().next().map_or(0, char::len_utf8));
    }
    let prefix = if first == '第' { first.len_utf8() } else { 0 };
    let rest = &line[prefix..];
    let length = digits(rest, true)?;
    let mut at = prefix + length;
    if prefix > 0
        && let Some(unit) = line[at..].chars().next()
        && matches!(unit, '条' | '項' | '号' | '章' | '節' | '款')
    {
        at += unit.len_utf8();
        // 第13条の2
        if let Some(more) = line[at..].strip_prefix('の') {
            at += digits(more, false).map_or(0, |length| length + 'の'.len_utf8());
        }
    }
    // A number is one only where the words begin apart from it, or nothing comes.
    let after = &line[at..];
    if after.is_empty() || after.starts_with(char::is_whitespace) {
        return Some(at);
    }
    let dot = after.starts_with(['．', '.', '、']);
    let figure = after.chars().nth(1).is_some_and(char::is_numeric);
    (prefix == 0 && dot && !figure).then(|| at + after.chars().next().map_or(0, char::len_utf8))
}

/// Bytes of the digits (or the one letter of イロハ or 一二三) that words begin with.
fn digits(words: &str, letters: bool) -> Option<usize> {
    let digit = |letter: &char| letter.is_ascii_digit() || ('０'..='９').contains(letter);
    let count = words.chars().take_while(digit).count();
    if (1..=DIGITS_MAX).contains(&count) {
        return Some(words.chars().take(count).map(char::len_utf8).sum());
    }
    let first = words.chars().next()?;
    let counted = "イロハニホヘトチリヌルヲワカヨタレソ一二三四五六七八九十".contains(first);
    (letters && count == 0 && counted).then(|| first.len_utf8())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_begins_a_paragraph_and_a_figure_does_not() {
        for (line, mark) in [
            ("① 利用者", "①"),
            ("⑲居宅サービス計画の届出", "⑲"),
            ("①～④ （略）", "①～④"),
            ("㉑～㉖ （略）", "㉑～㉖"),
            ("(２)～(６) （略）", "(２)～(６)"),
            ("（１） 内容", "（１）"),
            ("(19) 記録", "(19)"),
            ("第２ 指定居宅", "第２"),
            ("第13条の２ 基本", "第13条の２"),
            ("第13条第１項の規定により", ""),
            ("２ 人員に関する基準", "２"),
            ("3．会議", "3．"),
            ("3.5回", ""),
            ("２年間保存する", ""),
            ("平成30年", ""),
            ("イ 訪問介護", "イ"),
            ("イメージ", ""),
            ("一 管理者", "一"),
            ("一部を改める", ""),
            ("・薬が余っている", "・"),
            ("（略）", ""),
            ("", ""),
        ] {
            assert_eq!(&line[..mark_of(line)], mark, "{line}");
        }
    }

    #[test]
    fn a_sentence_ends_where_no_bracket_is_open() {
        for (paragraph, expected) in [
            ("一つ。二つ。", &["一つ。", "二つ。"][..]),
            (
                "場合（支障がない場合に限る。）は、認める。",
                &["場合（支障がない場合に限る。）は、認める。"],
            ),
            ("「はい。」と言う。次。", &["「はい。」と言う。", "次。"]),
            // A bracket that never closes hides nothing.
            ("（例えば。次。", &["（例えば。", "次。"]),
            ("（「二重。」の中。）外。", &["（「二重。」の中。）外。"]),
            ("本当？！はい。", &["本当？！", "はい。"]),
            ("見出し", &["見出し"]),
        ] {
            assert_eq!(split(paragraph), expected, "{paragraph}");
        }
    }

    #[test]
    fn lines_of_a_page_are_joined() {
        let page = "⑤ 利用者によるサービスの選択\n\n\
            介護支援専門員は、利用者自身がサービスを選択することを基本に、これを支\n\n\
            援するものである。このため、利用者によるサービスの選択に資するよう、利\n\n\
            用者に説明する。\n\n\
            ・食事量や食事回数に変化がある\n\n\
            等の情報を得た場合は、主治の医師に提供する。";
        let found: Vec<(String, String, bool)> = read(page)
            .into_iter()
            .map(|sentence| (sentence.mark, sentence.words, sentence.begins))
            .collect();
        let of = |mark: &str, words: &str, begins| (mark.to_owned(), words.to_owned(), begins);
        assert_eq!(
            found,
            [
                of("⑤", "利用者によるサービスの選択", true),
                of(
                    "",
                    "介護支援専門員は、利用者自身がサービスを選択することを基本に、これを支援するものである。",
                    true
                ),
                of(
                    "",
                    "このため、利用者によるサービスの選択に資するよう、利用者に説明する。",
                    false
                ),
                of("・", "食事量や食事回数に変化がある", true),
                of("", "等の情報を得た場合は、主治の医師に提供する。", true),
            ]
        );
    }

    #[test]
    fn a_numbered_heading_ends_with_its_bracket_and_an_open_one_goes_on() {
        let full = "あ".repeat(38);
        let page = format!(
            "⑬ 居宅サービス計画の実施状況等の把握及び評価等の次第（第 13 号・第 13号の\n２）\n\
             ⑨ サービス担当者会議等による専門的意見の聴取の手順についての定め（第９号）\n\
             {full}\n{full}。"
        );
        let found: Vec<String> = read(&page).into_iter().map(|s| s.words).collect();
        let expected = [
            "居宅サービス計画の実施状況等の把握及び評価等の次第（第 13 号・第 13号の２）"
                .to_owned(),
            "サービス担当者会議等による専門的意見の聴取の手順についての定め（第９号）".to_owned(),
            format!("{full}{full}。"),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn where_lines_are_paragraphs_they_stay_so() {
        let words = "一つ目の段落\n\n二つ目の段落\n三つ目";
        let found: Vec<String> = read(words).into_iter().map(|s| s.words).collect();
        assert_eq!(found, ["一つ目の段落", "二つ目の段落", "三つ目"]);
    }
}
