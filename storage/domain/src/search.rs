//! Search (検索): what a person typed, and whether a wording answers it.
//!
//! A [`Query`] is some words that all have to be there and some that must not. A word is found in any width, case and kana,
//! with or without the long vowel marks that writers leave out (コンピュータ, コンピューター), and a profession by whichever
//! of its names: ケアマネ finds 介護支援専門員. A wording is kept beside its issue as a [`key`], in which a word is looked for
//! as a stretch of letters; [`grams`] of a key are what an index knows of it. Whose wordings are looked through is not asked
//! here: that stands in the query of the database (`storage::search`).
//!
//! ```
//! use domain::search::{Asked, Query, key};
//! let Ok(Asked::Words(query)) = Query::read("ｹｱﾏﾈｰｼﾞｬｰ 連絡 -夜間", &[]) else { unreachable!() };
//! assert!(query.judge(&key("ケアマネジャーへの連絡が遅れる"), "").is_some());
//! assert!(query.judge(&key("ケアマネジャーへの夜間の連絡"), "").is_none());
//! ```

use crate::{id::IssueId, office::Profession, text::utf16_len};
use std::ops::Range;

mod folded;
mod word;

pub use folded::{KEY_VERSION, grams, key};
pub use word::Word;

use folded::Folded;

/// Longest query, in UTF-16 units.
pub const QUERY_UNITS_MAX: usize = 100;
/// Most words of a query, those that must not be there included.
pub const WORDS_MAX: usize = 8;
/// Fewest letters of a word: a single one stands in too many texts.
pub const WORD_LETTERS_MIN: usize = 2;

/// Why a query cannot be answered.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// There is no word in it.
    #[error("there is nothing to look for")]
    Empty,
    /// It is longer than [`QUERY_UNITS_MAX`].
    #[error("the query is too long")]
    TooLong,
    /// It has more than [`WORDS_MAX`] words.
    #[error("the query has too many words")]
    TooManyWords,
    /// This word has fewer than [`WORD_LETTERS_MIN`] letters.
    #[error("a word of the query is too short")]
    TooShort(String),
    /// It only says what must not be there.
    #[error("the query only leaves something out")]
    OnlyLeftOut,
}

/// What was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// One issue by its number: `#12`.
    Number(IssueId),
    /// Issues with words.
    Words(Query),
}

/// Words that all have to be there, and words that must not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    wanted: Vec<Word>,
    unwanted: Vec<Word>,
}

impl Query {
    /// Reads what was typed: words apart by spaces, 【…】 a phrase with spaces in it, 「-語」 a word that must not be there,
    /// `#12` alone a number. Whoever types with a Japanese keyboard gets other dashes; they count as one.
    ///
    /// A word that is a name of one of `professions` stands for all of its names; a phrase is taken as it is.
    ///
    /// # Errors
    /// See [`Fault`].
    pub fn read(written: &str, professions: &[Profession]) -> Result<Asked, Fault> {
        let written = written.trim();
        if utf16_len(written) > QUERY_UNITS_MAX {
            return Err(Fault::TooLong);
        }
        if let Some(number) = number(written) {
            return Ok(Asked::Number(number));
        }
        let pieces = pieces(written);
        if pieces.len() > WORDS_MAX {
            return Err(Fault::TooManyWords);
        }
        let (mut wanted, mut unwanted) = (Vec::new(), Vec::new());
        for piece in &pieces {
            let word = Word::of(piece.words, if piece.phrase { &[] } else { professions })
                .ok_or_else(|| Fault::TooShort(piece.words.trim().to_owned()))?;
            if piece.left_out {
                unwanted.push(word);
            } else if !wanted.contains(&word) {
                wanted.push(word);
            }
        }
        match (wanted.is_empty(), unwanted.is_empty()) {
            (true, true) => Err(Fault::Empty),
            (true, false) => Err(Fault::OnlyLeftOut),
            (false, _) => Ok(Asked::Words(Self { wanted, unwanted })),
        }
    }

    /// The words that have to be there.
    #[must_use]
    pub fn wanted(&self) -> &[Word] {
        &self.wanted
    }

    /// Whether a wording answers the query, with what is noted beside it (both as [`key`]s; an empty one holds nothing): how
    /// many of the wanted words stand in the wording itself, `None` when it does not.
    #[must_use]
    pub fn judge(&self, wording: &str, note: &str) -> Option<usize> {
        let there = |word: &Word| word.is_in(wording) || word.is_in(note);
        if !self.wanted.iter().all(there) || self.unwanted.iter().any(there) {
            return None;
        }
        Some(
            self.wanted
                .iter()
                .filter(|word| word.is_in(wording))
                .count(),
        )
    }

    /// Whether a wanted word stands in the note beside a wording, and not in the wording; both as they were written.
    #[must_use]
    pub fn has_beside(&self, wording: &str, note: &str) -> bool {
        let (wording, note) = (key(wording), key(note));
        let beside = |word: &Word| word.is_in(&note) && !word.is_in(&wording);
        self.wanted.iter().any(beside)
    }

    /// Where the wanted words stand in a text as it was written: ranges of bytes on character boundaries, in order, apart.
    #[must_use]
    pub fn marks(&self, text: &str) -> Vec<Range<usize>> {
        let folded = Folded::of(text);
        let mut marks: Vec<Range<usize>> = self
            .wanted
            .iter()
            .flat_map(|word| word.places(&folded))
            .collect();
        marks.sort_by_key(|mark| (mark.start, mark.end));
        let mut apart: Vec<Range<usize>> = Vec::new();
        for mark in marks {
            match apart.last_mut() {
                Some(last) if mark.start <= last.end => last.end = last.end.max(mark.end),
                _ => apart.push(mark),
            }
        }
        apart
    }
}

/// `#12`, in any width.
fn number(written: &str) -> Option<IssueId> {
    let digits = crate::text::normalise(written);
    let number = digits.strip_prefix('#')?.trim().parse::<i64>().ok()?;
    (number > 0).then_some(IssueId(number))
}

/// A word or a phrase as it was typed.
struct Piece<'a> {
    words: &'a str,
    phrase: bool,
    left_out: bool,
}

/// What parts a query: spaces, and 【】 around a phrase. A bracket that is not closed ends with the query.
fn pieces(written: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = written.trim_start();
    while !rest.is_empty() {
        let bare = rest.trim_start_matches(is_dash);
        // A dash alone leaves nothing out.
        let left_out = bare.len() < rest.len() && !bare.starts_with(char::is_whitespace);
        let (words, phrase, after) = match bare.strip_prefix('【') {
            Some(inner) => {
                let (inner, after) = inner.split_once('】').unwrap_or((inner, ""));
                (inner, true, after)
            }
            None => {
                let end = bare.find(|letter: char| letter.is_whitespace() || letter == '【');
                let (word, after) = bare.split_at(end.unwrap_or(bare.len()));
                (word, false, after)
            }
        };
        if !words.trim().is_empty() {
            pieces.push(Piece {
                words,
                phrase,
                left_out,
            });
        }
        rest = after.trim_start();
    }
    pieces
}

/// Dashes as keyboards give them; the long vowel mark is one of them where no kana stands before it.
fn is_dash(letter: char) -> bool {
    matches!(
        letter,
        '-' | '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '－' | 'ー' | 'ｰ'
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::ProfessionId;

    fn field() -> Vec<Profession> {
        crate::profession::standard()
            .into_iter()
            .zip(1..)
            .map(|(words, id)| Profession {
                id: ProfessionId(id),
                name: words.name,
                aliases: words.aliases,
            })
            .collect()
    }

    fn query(written: &str) -> Query {
        match Query::read(written, &field()) {
            Ok(Asked::Words(query)) => query,
            other => panic!("{written}: {other:?}"),
        }
    }

    fn finds(written: &str, wording: &str) -> bool {
        query(written).judge(&key(wording), "").is_some()
    }

    #[test]
    fn a_word_is_found_however_it_was_written() {
        for (written, wording) in [
            ("退院", "退院のときの連絡"),
            ("ICT", "ＩＣＴの活用"),
            ("ｉｃｔ", "ICTの活用"),
            ("クスリ", "くすりの管理"),
            ("ﾘﾊﾋﾞﾘ", "リハビリの目標"),
            ("ガーゼ", "ｶﾞｰｾﾞの在庫"),
            ("㌔", "片道３０キロの往診"),
            ("ケアマネージャー", "ケアマネジャーとの連絡"),
            ("ケアマネジャー", "ケアマネ－ジャーとの連絡"),
            ("マネジャー", "ケアマネージャーの会"),
            ("サービス", "デイサービスの空き"),
            ("コール", "ナースコールの使い方"),
            ("コンピューター", "コンピュータの共用"),
            ("コンピュータ", "コンピューターの共用"),
            ("ヘルパー", "ヘルパの訪問"),
            ("メール", "ﾒｰﾙで知らせる"),
            ("情報共有", "情報 共有のしかた"),
            ("【情報 共有】", "情報共有のしかた"),
            ("ケアマネ", "ケア・マネの仕事"),
            ("3か月", "３ヶ月ごとの集まり"),
            ("3ヵ月", "3か月ごとの集まり"),
            ("多職種連携", "多職種\n連携の研修"),
            ("サ－ビス", "サービスの質"),
        ] {
            assert!(finds(written, wording), "{written} in {wording}");
        }
    }

    #[test]
    fn other_words_are_not_found() {
        for (written, wording) in [
            ("退院", "入院のときの連絡"),
            ("メール", "話し合って決める"),
            ("データ", "よい案がでた"),
            ("携会", "連携。会議の日"),
            ("ビル", "ビールの差し入れ"),
            ("ctの", "I CTの"),
            ("【在宅 医療】", "在宅での医療"),
        ] {
            let found = finds(written, wording);
            assert_eq!(found, written == "ctの", "{written} in {wording}");
        }
    }

    #[test]
    fn a_profession_is_found_by_any_of_its_names() {
        for (written, wording, expected) in [
            ("ケアマネ", "介護支援専門員の集まり", true),
            ("けあまね", "介護支援専門員の集まり", true),
            ("介護支援専門員", "ケアマネさんの集まり", true),
            ("理学療法士", "PTの不足", true),
            ("理学療法士", "STEP運動の普及", false),
            ("【ケアマネ】", "介護支援専門員の集まり", false),
            ("ケアマ", "介護支援専門員の集まり", false),
        ] {
            assert_eq!(finds(written, wording), expected, "{written} in {wording}");
        }
    }

    #[test]
    fn all_words_have_to_be_there_and_those_left_out_must_not() {
        for (written, wording, note, expected) in [
            ("退院 連絡", "退院の連絡", "", Some(2)),
            ("退院　連絡", "連絡のしかた", "退院のとき", Some(1)),
            ("退院 連絡", "退院のしかた", "", None),
            ("退院 -連絡", "退院の連絡", "", None),
            ("退院 －連絡", "退院のしかた", "", Some(1)),
            ("退院 ー連絡", "退院のしかた", "連絡は済み", None),
            ("退院 -【夜間 連絡】", "退院後の夜間連絡", "", None),
            ("退院-連絡", "退院連絡の票", "", Some(1)),
            ("退院 退院", "退院の連絡", "", Some(1)),
            ("退院", "", "退院", Some(0)),
        ] {
            let found = query(written).judge(&key(wording), &key(note));
            assert_eq!(found, expected, "{written} in {wording} / {note}");
        }
    }

    #[test]
    fn a_query_that_cannot_be_answered_says_why() {
        let short = |word: &str| Fault::TooShort(word.to_owned());
        for (written, expected) in [
            ("", Fault::Empty),
            ("　 ", Fault::Empty),
            ("【】", Fault::Empty),
            ("-", Fault::Empty),
            ("薬", short("薬")),
            ("退院 薬", short("薬")),
            ("。。", short("。。")),
            ("3.5", short("3.5")),
            ("-退院", Fault::OnlyLeftOut),
            (
                "あい かき さし たち なに はひ まみ やゆ らり",
                Fault::TooManyWords,
            ),
        ] {
            assert_eq!(Query::read(written, &field()), Err(expected), "{written}");
        }
        let long = "あ".repeat(QUERY_UNITS_MAX + 1);
        assert_eq!(Query::read(&long, &[]), Err(Fault::TooLong));
        assert!(Query::read(&long[3..], &[]).is_ok());
    }

    #[test]
    fn a_number_is_a_number_only_with_its_sign() {
        for (written, expected) in [("#12", 12), ("＃１２", 12), (" # 12 ", 12)] {
            let asked = Query::read(written, &[]);
            assert_eq!(asked, Ok(Asked::Number(IssueId(expected))), "{written}");
        }
        for written in ["12", "#12 退院", "#x1", "#-12"] {
            let asked = Query::read(written, &[]);
            assert!(!matches!(asked, Ok(Asked::Number(_))), "{written}");
        }
    }

    #[test]
    fn marks_point_at_the_words_as_they_were_written() {
        for (written, text, expected) in [
            ("連絡", "夜間の連絡、昼の連絡", &["連絡", "連絡"][..]),
            (
                "ｹｱﾏﾈ 連絡",
                "介護支援専門員へ連絡",
                &["介護支援専門員", "連絡"],
            ),
            (
                "ケアマネジャー",
                "ケアマネージャーの会",
                &["ケアマネージャー"],
            ),
            ("情報共有", "情報 共有の場", &["情報 共有"]),
            ("情報 報共", "情報共有", &["情報共"]),
            ("ガーゼ", "ｶﾞｰｾﾞの在庫", &["ｶﾞｰｾﾞ"]),
            ("退院", "入院", &[]),
        ] {
            let marks = query(written).marks(text);
            let marked: Vec<&str> = marks.iter().map(|mark| &text[mark.clone()]).collect();
            assert_eq!(marked, expected, "{written} in {text}");
        }
    }
}
