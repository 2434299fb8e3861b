//! Secrets: words that carry a mark by which they are found again wherever they turn up.

use crate::dice::Dice;
use std::collections::{BTreeMap, BTreeSet};

/// Letters of marks: no run of them is a word of the tier rules, a profession or personal data.
const LETTERS: [char; 10] = ['b', 'd', 'f', 'g', 'h', 'j', 'k', 'v', 'w', 'x'];
/// How a mark begins; nothing else the bot writes has such a run of letters.
const BEGINNING: &str = "zz";
/// Letters of a mark.
const MARK_LETTERS: usize = 12;

/// What a secret is, which decides who may get it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The wording or the note of an issue.
    Wording,
    /// Who said it.
    Speaker,
    /// Why its tier or status was changed.
    Reason,
}

/// One secret.
#[derive(Clone, Debug)]
pub(crate) struct Secret {
    /// What it is.
    pub(crate) kind: Kind,
    /// The issue it became part of; `None` while it is kept nowhere.
    pub(crate) issue: Option<i64>,
    /// Who typed it.
    pub(crate) typed_by: u64,
}

/// All secrets by their marks.
#[derive(Debug, Default)]
pub(crate) struct Secrets(BTreeMap<String, Secret>);

impl Secrets {
    /// A new mark for what somebody is about to type.
    pub(crate) fn coin(&mut self, dice: &mut Dice, kind: Kind, typed_by: u64) -> String {
        loop {
            let mut mark = String::from(BEGINNING);
            while mark.len() < MARK_LETTERS {
                mark.push(LETTERS[dice.below(LETTERS.len())]);
            }
            let secret = Secret {
                kind,
                issue: None,
                typed_by,
            };
            if !self.0.contains_key(&mark) {
                self.0.insert(mark.clone(), secret);
                return mark;
            }
        }
    }

    /// What was typed became part of an issue.
    pub(crate) fn kept(&mut self, words: &str, issue: i64) {
        for mark in marks(words) {
            if let Some(secret) = self.0.get_mut(&mark) {
                secret.issue = Some(issue);
            }
        }
    }

    /// The secret of a mark.
    pub(crate) fn get(&self, mark: &str) -> Option<&Secret> {
        self.0.get(mark)
    }

    /// Every mark.
    pub(crate) fn marks(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

/// The marks in a text.
pub(crate) fn marks(text: &str) -> BTreeSet<String> {
    text.split(|letter: char| !letter.is_ascii_lowercase())
        .filter(|run| run.starts_with(BEGINNING) && run.len() >= MARK_LETTERS)
        .map(|run| run[..MARK_LETTERS].to_owned())
        .collect()
}

/// What people of the city talk about; tier rules read it as they like.
const STATEMENTS: [&str; 14] = [
    "会費の集め方がまちまちで困っている",
    "会員の研修の記録がそろわない",
    "退院の日取りを早めに知らせてほしい",
    "ケアマネジャーとの連絡の取り方を決めたい",
    "薬剤師の訪問をどう頼めばよいか分からない",
    "救急の受け入れと看取りの体制を地域で話し合いたい",
    "災害のときの役割分担が決まっていない",
    "歯科衛生士に相談できる窓口がほしい",
    "リハビリ職と病院連携室で申し送りの形をそろえたい",
    "住民への周知のしかたを考え直したい",
    "当番の組み方で人手が足りない",
    "次の集まりの持ち方を変えてみたい",
    "**太字** と `記号` と <@1> を使った書き方をどうするか",
    "連絡帳の様式がバラバラだ",
];

/// How far a statement breaks the rules on personal data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Breach {
    /// Not at all.
    None,
    /// A telephone number.
    Number,
    /// A name beside an age, which may be an invented one.
    Doubtful,
    /// One patient's condition.
    Case,
}

/// A statement with its mark first, so that no cut takes it away.
pub(crate) fn statement(dice: &mut Dice, mark: &str, breach: Breach) -> String {
    let said = dice.pick(&STATEMENTS).expect("there are statements");
    match breach {
        Breach::None => format!("{mark} {said}"),
        Breach::Number => format!("{mark} {said}（連絡先は090-1234-5678）"),
        Breach::Doubtful => format!("{mark} 見本太郎さん（82歳・男性）の退院日が決まりました"),
        Breach::Case => format!("{mark} 利用者の薬が大量に余っているので見てほしい"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_found_wherever_it_stands() {
        let mut secrets = Secrets::default();
        let mark = secrets.coin(&mut Dice::of(1, 1), Kind::Wording, 7);
        for text in [format!("#1 {mark}の"), format!("> {mark}…"), mark.clone()] {
            assert_eq!(marks(&text), BTreeSet::from([mark.clone()]), "{text}");
        }
        assert!(marks("v1:issue-show:1:abcdef0123456789abcd zz").is_empty());
    }
}
