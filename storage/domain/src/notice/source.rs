//! What stands on a notice beside its title: who issued it under which number, and where it can be read.

use super::{ISSUER_UNITS_MAX, LINK_UNITS_MAX, NUMBER_UNITS_MAX};
use crate::text::{normalise, one_line, utf16_len};
use regex::Regex;
use std::sync::LazyLock;

/// Letters up to which a piece with a number in it is taken for the number as a whole (老高発0515第1号通知):
/// in a longer one an issuer stands before it.
const ALONE_LETTERS_MAX: usize = 14;

/// A number and an issuer as they were written in one line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Issued {
    /// 事務連絡, 3介334号通知, 老発0515第1号.
    pub number: Option<String>,
    /// 厚生労働省老健局高齢者支援課ほか連名.
    pub issuer: Option<String>,
}

/// What a document is called that bears no number of its own, at the end of a line or alone.
const KINDS: [&str; 5] = ["事務連絡", "通知", "通達", "告示", "課長通知"];

/// Reads what was written for number and issuer, in either order: 事務連絡 厚生労働省老健局, 厚生労働省老健局総務課事務連絡,
/// 県介護支援課 3介334号通知. What is no number is the issuer.
#[must_use]
pub fn read_issued(written: &str) -> Issued {
    let line = one_line(written, usize::MAX);
    let Some(number) = number(&line) else {
        return issued(None, &line);
    };
    let rest = line.replacen(&number, " ", 1);
    issued(Some(number), &rest)
}

fn issued(number: Option<String>, rest: &str) -> Issued {
    let rest = rest.trim_matches(|c: char| apart(c) || matches!(c, '・' | '（' | '）' | '(' | ')'));
    let issuer = one_line(rest, ISSUER_UNITS_MAX);
    Issued {
        number: number.map(|number| one_line(&number, NUMBER_UNITS_MAX)),
        issuer: (!issuer.is_empty()).then_some(issuer),
    }
}

/// The number in a line: a piece that is one by itself, else what ends the line.
fn number(line: &str) -> Option<String> {
    static WITHIN: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"[0-9０-９][^\s、,，/／]*号(?:の[0-9０-９]+)?(?:通知|通達|告示)?")
            .expect("a pattern of ours")
    });
    let whole = line.split(apart).find(|piece| {
        let numbered = piece.chars().any(|c| c.is_numeric()) && piece.contains('号');
        numbered && piece.chars().count() <= ALONE_LETTERS_MAX || KINDS.contains(piece)
    });
    if let Some(piece) = whole {
        return Some(piece.to_owned());
    }
    if let Some(found) = WITHIN.find(line) {
        return Some(found.as_str().to_owned());
    }
    let kind = KINDS.iter().find(|kind| line.ends_with(**kind))?;
    Some((*kind).to_owned())
}

fn apart(letter: char) -> bool {
    letter.is_whitespace() || "、,，/／()（）".contains(letter)
}

/// A link of what was written, when the whole of it is one: http or https, a host, no spaces, no name or
/// password in it.
#[must_use]
pub fn read_link(written: &str) -> Option<String> {
    let written = written.trim().trim_start_matches('<').trim_end_matches('>');
    let link = if written.is_ascii() {
        written.to_owned()
    } else {
        normalise(written)
    };
    let lower = link.to_ascii_lowercase();
    let rest = lower
        .strip_prefix("https://")
        .or_else(|| lower.strip_prefix("http://"))?;
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let well = !host.is_empty()
        && host.contains('.')
        && !host.contains('@')
        && utf16_len(&link) <= LINK_UNITS_MAX
        && link.chars().all(|c| {
            !c.is_whitespace()
                && !c.is_control()
                && !matches!(c, '<' | '>' | '"' | '\\' | '^' | '`' | '{' | '}' | '|')
        });
    well.then_some(link)
}
