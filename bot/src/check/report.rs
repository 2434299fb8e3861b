//! What a check has found, as people read it: Japanese first, English beside.

use crate::error::Error;
use std::fmt;

/// How a finding is to be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// As it should be.
    Well,
    /// Worth knowing.
    Note,
    /// To be mended.
    Bad,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// How it is to be taken.
    pub mark: Mark,
    /// What was found, in Japanese.
    pub ja: String,
    /// The same in English.
    pub en: String,
    /// How to mend it, in Japanese and English.
    pub mend: Option<(String, String)>,
}

/// Everything that was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// In the order in which it was looked at.
    pub findings: Vec<Finding>,
}

impl Report {
    /// Whether nothing has to be mended.
    #[must_use]
    pub fn is_well(&self) -> bool {
        self.findings
            .iter()
            .all(|finding| finding.mark != Mark::Bad)
    }

    pub(super) fn well(&mut self, ja: &str, en: &str) {
        self.add(Mark::Well, ja, en, None);
    }

    pub(super) fn note(&mut self, ja: &str, en: &str) {
        self.add(Mark::Note, ja, en, None);
    }

    pub(super) fn bad(&mut self, ja: &str, en: &str, mend_ja: &str, mend_en: &str) {
        self.add(
            Mark::Bad,
            ja,
            en,
            Some((mend_ja.to_owned(), mend_en.to_owned())),
        );
    }

    /// An error of the program, which says what to do by itself.
    pub(super) fn failed(&mut self, error: &Error) {
        let text = error.to_string();
        let (ja, en) = text.split_once('\n').unwrap_or((&text, ""));
        let en = en.trim().trim_start_matches('(').trim_end_matches(')');
        self.add(Mark::Bad, ja, en, None);
    }

    fn add(&mut self, mark: Mark, ja: &str, en: &str, mend: Option<(String, String)>) {
        self.findings.push(Finding {
            mark,
            ja: ja.to_owned(),
            en: en.to_owned(),
            mend,
        });
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for finding in &self.findings {
            let mark = match finding.mark {
                Mark::Well => '○',
                Mark::Note => '・',
                Mark::Bad => '×',
            };
            writeln!(f, "{mark} {}", finding.ja)?;
            if !finding.en.is_empty() {
                writeln!(f, "   {}", finding.en)?;
            }
            if let Some((ja, en)) = &finding.mend {
                writeln!(f, "   → {ja}\n     {en}")?;
            }
        }
        let (ja, en) = if self.is_well() {
            ("問題は見つかりませんでした。", "nothing has to be mended")
        } else {
            (
                "× のところを直してから、もう一度確かめてください。",
                "mend what is marked × and check again",
            )
        };
        writeln!(f, "\n{ja}\n{en}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_says_what_is_wrong_and_how_to_mend_it() {
        let mut report = Report::default();
        report.well("よい。", "well");
        assert!(report.is_well());
        report.bad("だめ。", "bad", "直す。", "mend");
        report.failed(&Error::Token);
        assert!(!report.is_well());
        let text = report.to_string();
        for words in [
            "○ よい。",
            "× だめ。\n   bad\n   → 直す。\n     mend",
            "× Discord がトークン",
            "   Discord refuses the token",
        ] {
            assert!(text.contains(words), "{words} in\n{text}");
        }
    }
}
