//! How the options of `/project` are read: numbers, names, days, money, what a task is and who has it.

use super::word;
use crate::{
    error::Error,
    issue::privacy,
    option::{clean, day as any_day, issue_number},
    request::Request,
    server::Member,
    session, text,
    text::Text,
};
use chrono::NaiveDate;
use domain::{
    id::{AssociationId, IssueId, ProjectId, SessionId, UserId},
    project::{
        self, ASSOCIATIONS_MAX, Budget, BudgetFault, FUND_UNITS_MAX, Holder, ISSUES_MAX, Project,
        Role, SESSIONS_MAX, TITLE_UNITS_MAX, WHO_UNITS_MAX, WORDING_UNITS_MAX, YEN_MAX,
    },
    setting::{Language, names, split_list},
    text::{fold, normalise, one_line},
};

/// Longest written budget, in UTF-16 units: amount and source.
const BUDGET_UNITS_MAX: usize = 120;

/// Reads `3`, `#3`, `project:3`, 支援事業3.
///
/// # Errors
/// Refused with what works.
pub(crate) fn number(written: &str) -> Result<ProjectId, Error> {
    let plain = normalise(written);
    let digits: String = plain
        .trim_start_matches(|letter: char| !letter.is_ascii_digit() && letter != '-')
        .chars()
        .take_while(char::is_ascii_digit)
        .collect();
    digits
        .parse()
        .ok()
        .filter(|number| *number > 0)
        .map(ProjectId)
        .ok_or_else(|| Error::refuse(Text::new("refused-not-a-project")))
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
            "refused-personal-data-in-project",
            masked = privacy::shown(&found)
        ))),
    }
}

/// Reads `title`.
pub(super) fn title(written: &str) -> Result<String, Error> {
    line(written, TITLE_UNITS_MAX, "what-project-title")
}

/// Reads `date`: the day of the event.
pub(super) fn day(request: &Request, written: &str) -> Result<NaiveDate, Error> {
    let date = any_day(request, written)?;
    if project::is_near(date, request.today()) {
        return Ok(date);
    }
    Err(Error::refuse(text!(
        "refused-project-too-far",
        date = crate::card::date(date, request.language)
    )))
}

/// Reads `due`: a day no farther away than an event may be.
pub(super) fn due(request: &Request, written: &str) -> Result<Option<NaiveDate>, Error> {
    if says_none(written) {
        return Ok(None);
    }
    day(request, written).map(Some)
}

/// Reads `associations`: names, several separated by 、; 地域全体 for none that would restrict it.
pub(super) fn associations(request: &Request, written: &str) -> Result<Vec<AssociationId>, Error> {
    if is_word(written, "project-whole-region-words") {
        return Ok(Vec::new());
    }
    let mut found: Vec<AssociationId> = Vec::new();
    for name in names(written) {
        let association = request
            .office
            .association_named(name)
            .ok_or_else(|| Error::refuse(Text::new("refused-unknown-association")))?;
        if !found.contains(&association.id) {
            found.push(association.id);
        }
    }
    if found.is_empty() {
        return Err(Error::refuse(Text::new("refused-project-associations")));
    }
    within(found.len(), ASSOCIATIONS_MAX)?;
    Ok(found)
}

/// Reads `budget`: an amount, and where it comes from; なし for none.
pub(super) fn budget(request: &Request, written: &str) -> Result<Option<Budget>, Error> {
    if says_none(written) {
        return Ok(None);
    }
    let written = line(written, BUDGET_UNITS_MAX, "what-budget")?;
    Budget::read(&written).map(Some).map_err(|fault| {
        Error::refuse(match fault {
            BudgetFault::NoAmount => Text::new("refused-budget-no-amount"),
            BudgetFault::Several => Text::new("refused-budget-several"),
            BudgetFault::OutOfRange => text!(
                "refused-budget-out-of-range",
                most = word::yen(YEN_MAX, request.language)
            ),
        })
    })
}

/// Reads `fund`: words as they are; なし for none.
pub(super) fn fund(written: &str) -> Result<Option<String>, Error> {
    if says_none(written) {
        return Ok(None);
    }
    line(written, FUND_UNITS_MAX, "what-fund").map(Some)
}

/// Reads `issues`: numbers of issues the person may read, several separated by 、; なし for none.
pub(super) async fn issues(request: &Request, written: &str) -> Result<Vec<IssueId>, Error> {
    let mut found: Vec<IssueId> = Vec::new();
    for number in names(written) {
        let id = issue_number(number)?;
        if !found.contains(&id) {
            found.push(id);
        }
    }
    within(found.len(), ISSUES_MAX)?;
    for id in &found {
        crate::issue::find(request, *id).await?;
    }
    Ok(found)
}

/// Reads `sessions`: numbers of gatherings the person may know of, several separated by 、; なし for none.
pub(super) async fn sessions(request: &Request, written: &str) -> Result<Vec<SessionId>, Error> {
    let mut found: Vec<SessionId> = Vec::new();
    for number in names(written) {
        let id = session::option::number(number)?;
        if !found.contains(&id) {
            found.push(id);
        }
    }
    within(found.len(), SESSIONS_MAX)?;
    for id in &found {
        session::find(request, *id).await?;
    }
    Ok(found)
}

/// Reads `role`: one the manual names (周知), with more words behind it where there are several of it
/// (周知：会員へ), or words of its own (看板).
pub(super) fn role(written: &str) -> Result<(Role, Option<String>), Error> {
    let words = line(written, WORDING_UNITS_MAX, "what-task")?;
    let even = normalise(&words);
    for role in Role::ALL {
        let key = format!("task-role-words-{}", role.code());
        for language in [Language::Ja, Language::En] {
            let known = Text::new(key.as_str()).say(language);
            for known in split_list(&known) {
                let Some(rest) = after(&even, known) else {
                    continue;
                };
                return match (role, rest) {
                    (Role::Other, None) => Err(Error::refuse(Text::new("refused-task-unnamed"))),
                    (role, rest) => Ok((*role, rest)),
                };
            }
        }
    }
    Ok((Role::Other, Some(words)))
}

/// What stands behind a known word and a mark that parts them; `None` where the word is not there or
/// goes on.
fn after(written: &str, known: &str) -> Option<Option<String>> {
    let letters = known.chars().count();
    let head: String = written.chars().take(letters).collect();
    if fold(&head) != fold(known) {
        return None;
    }
    let rest: String = written.chars().skip(letters).collect();
    if rest.trim().is_empty() {
        return Some(None);
    }
    let marks = |letter: char| letter.is_whitespace() || ":・-、,()「」".contains(letter);
    if !rest.starts_with(marks) {
        return None;
    }
    let rest = rest.trim_matches(marks);
    Some((!rest.is_empty()).then(|| rest.to_owned()))
}

/// Reads `who`: an association of the project, a person (a mention), the office, or a role in words.
pub(super) async fn who(
    request: &Request,
    project: &Project,
    written: &str,
) -> Result<Holder, Error> {
    if let Some(user) = mentioned(written) {
        return person(request, user).await;
    }
    if written.trim().starts_with("<@") {
        // A role, or nobody's number: a task is somebody's, or an association's by its name.
        return Err(Error::refuse(Text::new("refused-task-who-not-here")));
    }
    if is_word(written, "task-who-desk-words") {
        return Ok(Holder::Desk);
    }
    if let Some(association) = request.office.association_named(written) {
        let id = association.id;
        let takes_part = project.is_public() || project.associations.contains(&id);
        return if takes_part || project.idea_of == Some(id) {
            Ok(Holder::Association(id))
        } else {
            Err(Error::refuse(text!(
                "refused-task-association",
                number = project.id.0
            )))
        };
    }
    line(written, WHO_UNITS_MAX, "what-who").map(Holder::Named)
}

/// A person as the holder of a task: a member of the server whom the office knows, who could not see the
/// task otherwise.
async fn person(request: &Request, user: UserId) -> Result<Holder, Error> {
    let office = &request.office;
    match request.app.servers.member(office.server, user).await {
        Member::Here(roles) if office.person(user, &roles, false).is_known() => {
            Ok(Holder::Person(user))
        }
        Member::Here(_) => Err(Error::refuse(Text::new("refused-task-who-unknown"))),
        Member::Absent => Err(Error::refuse(Text::new("refused-task-who-not-here"))),
        Member::Unread => Err(Error::refuse(Text::new("refused-task-who-unread"))),
    }
}

/// The person of a mention as Discord writes it.
fn mentioned(written: &str) -> Option<UserId> {
    let inner = written.trim().strip_prefix("<@")?.strip_suffix('>')?;
    let digits = inner.strip_prefix('!').unwrap_or(inner);
    digits
        .parse()
        .ok()
        .filter(|id| (1..u64::MAX).contains(id) && digits.len() <= 20)
        .map(UserId)
}

/// Whether something is one of the words of a key, in either language.
fn is_word(written: &str, key: &'static str) -> bool {
    let written = fold(&normalise(written));
    [Language::Ja, Language::En].into_iter().any(|language| {
        let known = Text::new(key).say(language);
        split_list(&known).any(|known| fold(known) == written.trim())
    })
}

fn says_none(written: &str) -> bool {
    domain::setting::says_nothing(&normalise(written))
}

fn within(count: usize, limit: usize) -> Result<(), Error> {
    if count > limit {
        return Err(Error::refuse(text!("refused-too-many", limit = limit)));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_task_is_read_by_the_words_people_use_for_it() {
        for (written, expected) in [
            ("周知", (Role::Announcement, None)),
            ("周知：会員へ", (Role::Announcement, Some("会員へ"))),
            ("周知（会員へ）", (Role::Announcement, Some("会員へ"))),
            ("周知 会員へ", (Role::Announcement, Some("会員へ"))),
            ("周知徹底", (Role::Other, Some("周知徹底"))),
            ("講師", (Role::Lecturer, None)),
            ("講師派遣", (Role::Lecturer, None)),
            ("参加者取まとめ", (Role::Participants, None)),
            ("announcement", (Role::Announcement, None)),
            ("アンケート", (Role::Survey, None)),
            ("その他：看板", (Role::Other, Some("看板"))),
            ("看板", (Role::Other, Some("看板"))),
        ] {
            let (role, wording) = role(written).expect("read");
            assert_eq!((role, wording.as_deref()), expected, "{written}");
        }
        for refused in [
            "",
            "その他",
            "その他：",
            &"長".repeat(WORDING_UNITS_MAX + 1),
        ] {
            assert!(role(refused).is_err(), "{refused}");
        }
    }

    #[test]
    fn a_mention_is_a_person() {
        for (written, expected) in [
            ("<@123456789012345678>", Some(123_456_789_012_345_678)),
            ("<@!12>", Some(12)),
            ("<@&12>", None),
            ("<@>", None),
            ("<@-1>", None),
            ("<@0>", None),
            ("<@99999999999999999999>", None),
            ("@薬剤師", None),
        ] {
            assert_eq!(mentioned(written).map(|user| user.0), expected, "{written}");
        }
    }

    #[test]
    fn a_number_is_read_as_people_write_it() {
        for (written, expected) in [
            ("3", Some(3)),
            ("＃３", Some(3)),
            ("project:3", Some(3)),
            ("支援事業 3", Some(3)),
            ("3 薬科・リハ合同研修会", Some(3)),
            ("-3", None),
            ("0", None),
            ("", None),
            ("研修会", None),
            ("99999999999999999999", None),
        ] {
            assert_eq!(number(written).ok().map(|id| id.0), expected, "{written}");
        }
    }
}
