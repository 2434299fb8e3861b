//! How the options of `/target` are read: numbers, years, marks, what is counted, who sees to it.

use super::{no_such, seen, this_year};
use crate::{
    error::Error, issue::privacy, option::clean, request::Request, session, text, text::Text,
};
use domain::{
    era::{FiscalYear, parse_fiscal_year},
    id::TargetId,
    session::Kind,
    setting::{Language, names, says_nothing},
    target::{
        Count, OWNER_UNITS_MAX, Owner, Target, goal::Quantity, mark, number::ItemNumber,
        record::TARGETS_MAX,
    },
    text::{fold, normalise, one_line},
    tier::Tier,
};

/// Reads `year`; the running one when it is left out.
pub(super) fn year(request: &Request, written: Option<&str>) -> Result<FiscalYear, Error> {
    match written {
        None => Ok(this_year(request)),
        Some(written) => {
            parse_fiscal_year(written).map_err(|_| Error::refuse(Text::new("refused-not-a-year")))
        }
    }
}

/// Reads `number`: one target the person may know of.
pub(super) async fn target(request: &Request, written: &str) -> Result<Target, Error> {
    named(&seen(request).await?, written).cloned()
}

/// Reads `number`: targets the person may know of, several separated by 、.
pub(super) async fn targets(request: &Request, written: &str) -> Result<Vec<Target>, Error> {
    let all = seen(request).await?;
    let mut found: Vec<Target> = Vec::new();
    for name in names(written) {
        let target = named(&all, name)?;
        if !found.iter().any(|known| known.id == target.id) {
            found.push(target.clone());
        }
    }
    match found.len() {
        0 => Err(Error::refuse(Text::new("refused-not-a-target"))),
        count if count > TARGETS_MAX => Err(Error::refuse(text!(
            "refused-target-too-many-at-once",
            limit = TARGETS_MAX
        ))),
        _ => Ok(found),
    }
}

/// A target by the number of the office (`12`, `#12`), by area and number (医療・看護 1-①), or by its
/// number alone where only one has it.
fn named<'t>(all: &'t [Target], written: &str) -> Result<&'t Target, Error> {
    let plain = normalise(written);
    let plain = plain.trim().trim_start_matches('#').trim();
    let office = plain.split_whitespace().next().unwrap_or_default();
    if let Ok(id) = office.parse::<i64>() {
        let found = all.iter().find(|target| target.id == TargetId(id));
        return found.ok_or_else(no_such);
    }
    let squeezed = squeeze(plain);
    if let Some(found) = all
        .iter()
        .find(|target| squeeze(&target.label()) == squeezed)
    {
        return Ok(found);
    }
    let Some(number) = ItemNumber::read(plain).filter(ItemNumber::is_compound) else {
        return Err(if plain.is_empty() {
            Error::refuse(Text::new("refused-not-a-target"))
        } else {
            no_such()
        });
    };
    let mut having = all.iter().filter(|target| target.number == number);
    match (having.next(), having.next()) {
        (Some(only), None) => Ok(only),
        (Some(_), Some(_)) => Err(Error::refuse(text!(
            "refused-target-ambiguous",
            number = number.to_string()
        ))),
        (None, _) => Err(no_such()),
    }
}

/// The same however width, circles and spaces are written.
fn squeeze(written: &str) -> String {
    fold(written).split_whitespace().collect()
}

/// Cleans words that stand on one line, and refuses personal data in them.
pub(super) fn line(written: &str, units_max: usize, what: &'static str) -> Result<String, Error> {
    let words = one_line(&clean(written, units_max, what)?, units_max);
    screen(&words)?;
    Ok(words)
}

/// Refuses personal data, and what is one patient's.
pub(super) fn screen(written: &str) -> Result<(), Error> {
    privacy::refuse_single_case(written)?;
    match privacy::check(&[written]) {
        None => Ok(()),
        Some(found) => Err(Error::refuse(text!(
            "refused-personal-data-in-target",
            masked = privacy::shown(&found)
        ))),
    }
}

/// Reads a mark: one sign of those that begin a line, such as ● or ○.
pub(super) fn mark(written: &str) -> Result<char, Error> {
    let mut letters = written.trim().chars();
    match (letters.next(), letters.next()) {
        (Some(mark), None) if mark::is_mark(mark) => Ok(mark),
        _ => Err(Error::refuse(text!(
            "refused-target-mark",
            marks = mark::all()
        ))),
    }
}

/// Reads the figure of a goal.
pub(super) fn quantity(written: &str) -> Result<Quantity, Error> {
    Quantity::read(written).ok_or_else(|| Error::refuse(Text::new("refused-goal-quantity")))
}

/// Reads `counts`: the word of a count, with kinds in words as well (session:協議会); なし for nothing.
pub(super) fn count(written: &str) -> Result<Option<Count>, Error> {
    let plain = normalise(written);
    let plain = plain.trim();
    if says_nothing(plain) {
        return Ok(None);
    }
    let coded: Vec<String> = plain
        .split(':')
        .enumerate()
        .map(|(at, part)| match at {
            0 => noun(part),
            _ => part_of_session(part),
        })
        .collect();
    Count::from_code(&coded.join(":"))
        .map(Some)
        .ok_or_else(|| Error::refuse(Text::new("refused-target-count")))
}

/// The first word of a count, in either language.
fn noun(written: &str) -> String {
    for (key, code) in [
        ("target-count-session-words", "session"),
        ("target-count-project-words", "project"),
    ] {
        let known = [Language::Ja, Language::En].map(|language| Text::new(key).say(language));
        if names(&known.join("、")).any(|known| fold(known) == fold(written)) {
            return code.to_owned();
        }
    }
    written.trim().to_owned()
}

/// A tier or a kind of sessions, in either language.
fn part_of_session(written: &str) -> String {
    let said = |key: String, language| fold(&Text::new(key).say(language)) == fold(written.trim());
    for language in [Language::Ja, Language::En] {
        for kind in Kind::ALL {
            if said(format!("word-session-kind-{}", kind.code()), language) {
                return kind.code().to_owned();
            }
        }
        for tier in Tier::ALL {
            if said(format!("word-session-tier-{}", tier.number()), language) {
                return format!("tier{}", tier.number());
            }
        }
    }
    written.trim().to_owned()
}

/// Reads `owner`: an association, or somebody in the office's own words; なし for the office itself.
pub(super) fn owner(request: &Request, written: &str) -> Result<Option<Owner>, Error> {
    if says_nothing(written) {
        return Ok(None);
    }
    if let Some(association) = request.office.association_named(written) {
        return Ok(Some(Owner::Association(association.id)));
    }
    line(written, OWNER_UNITS_MAX, "what-target-owner").map(|name| Some(Owner::Named(name)))
}

/// Reads the number of a session in a custom id's place.
pub(super) async fn held(
    request: &Request,
    id: domain::id::SessionId,
) -> Result<domain::session::Session, Error> {
    let session = session::find(request, id).await?;
    if session.state == domain::session::State::Held {
        return Ok(session);
    }
    Err(Error::refuse(text!(
        "refused-target-session-not-held",
        name = session::word::name(&session, request.language)
    )))
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use chrono::DateTime;
    use domain::id::UserId;

    pub(in crate::target) fn target(id: i64, area: &str, number: &str) -> Target {
        Target {
            id: TargetId(id),
            revision: 1,
            area: area.to_owned(),
            number: ItemNumber::read(number).expect("a number"),
            item: "研修を行う".to_owned(),
            position: id,
            owner: None,
            counts: None,
            withdrawn: false,
            added_by: UserId(1),
            created_at: DateTime::UNIX_EPOCH,
            changed_at: DateTime::UNIX_EPOCH,
        }
    }

    #[test]
    fn a_target_is_named_by_its_number_or_as_in_the_table() {
        let all = [
            target(1, "医療・看護", "1-①"),
            target(2, "医療・看護", "2-①"),
            target(12, "生活支援", "1-①"),
        ];
        for (written, expected) in [
            ("12", Some(12)),
            ("#1", Some(1)),
            ("＃２", Some(2)),
            ("医療・看護 1-①", Some(1)),
            ("医療・看護１-１", Some(1)),
            ("生活支援　1-①", Some(12)),
            ("2-①", Some(2)),
            ("#12 生活支援 1-① 研修", Some(12)),
            ("1-①", None),
            ("3", None),
            ("3-①", None),
            ("生活支援", None),
            ("", None),
        ] {
            let found = named(&all, written).map(|target| target.id.0).ok();
            assert_eq!(found, expected, "{written}");
        }
    }

    #[test]
    fn counts_are_named_by_code_or_in_words() {
        for (written, expected) in [
            ("session:council", Some(Some("session:council"))),
            ("session:協議会", Some(Some("session:council"))),
            ("session:tier2", Some(Some("session:tier2"))),
            ("連携の場：情報交換会", Some(Some("session:exchange"))),
            ("session", Some(Some("session"))),
            ("project", Some(Some("project"))),
            ("支援事業", Some(Some("project"))),
            ("なし", Some(None)),
            ("notice", None),
            ("session:料理教室", None),
            ("", None),
        ] {
            let read = count(written).ok();
            let read = read.map(|count| count.map(Count::code));
            let expected = expected.map(|count| count.map(str::to_owned));
            assert_eq!(read, expected, "{written}");
        }
    }

    #[test]
    fn a_mark_is_one_sign() {
        for (written, expected) in [
            ("●", Some('●')),
            (" ○ ", Some('○')),
            ("◎", Some('◎')),
            ("★", Some('★')),
            ("▽", None),
            ("●●", None),
            ("済", None),
            ("*", None),
            ("", None),
        ] {
            assert_eq!(mark(written).ok(), expected, "{written}");
        }
    }
}
