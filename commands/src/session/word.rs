//! How a session is named wherever people read of it. Words of people are shown literally.

use crate::{card, request::Request, text, text::Text};
use chrono::NaiveTime;
use domain::{
    office::Office,
    session::{Session, State},
    setting::Language,
    text::{escape_markdown, one_line},
    tier::Tier,
};

/// 第1回 薬剤師会との打合せ会, unescaped: for suggestions and file names.
#[must_use]
pub(crate) fn plain_name(session: &Session, language: Language) -> String {
    named(session, &session.title, language)
}

/// What of a session may stand where everybody the office knows reads it: its name when it was for all of
/// them, else what kind of gathering it was.
pub(crate) fn told_to_all(session: &Session, language: Language) -> String {
    match session.tier {
        Tier::Three => plain_name(session, language),
        Tier::One | Tier::Two => {
            Text::new(format!("word-session-kind-{}", session.kind.code())).say(language)
        }
    }
}

/// The same, escaped for a message.
#[must_use]
pub(crate) fn name(session: &Session, language: Language) -> String {
    named(session, &escape_markdown(&session.title), language)
}

fn named(session: &Session, title: &str, language: Language) -> String {
    match session.number {
        Some(number) => text!("session-name", number = number, title = title).say(language),
        None => title.to_owned(),
    }
}

/// 【一次連携】 第1回 薬剤師会との打合せ会, as the manual's lists begin (seed 000, chapter 2 (1)).
pub(crate) fn heading(session: &Session, language: Language) -> String {
    text!(
        "session-heading",
        tier = Text::new(format!("word-session-tier-{}", session.tier.number())),
        name = name(session, language),
    )
    .say(language)
}

/// 令和8年12月1日(火) 14:00～15:30; what is not settled is said so.
pub(crate) fn when(session: &Session, language: Language) -> String {
    let Some(date) = session.date else {
        return Text::new("session-undated").say(language);
    };
    let date = card::date(date, language);
    match hours(session, language) {
        Some(hours) => format!("{date} {hours}"),
        None => date,
    }
}

/// 14:00～15:30, or 14:00～ where nobody said the end.
pub(crate) fn hours(session: &Session, language: Language) -> Option<String> {
    let clock = |time: NaiveTime| time.format("%H:%M").to_string();
    let start = clock(session.start?);
    let end = session.end.map(clock).unwrap_or_default();
    Some(text!("session-hours", start = start, end = end).say(language))
}

/// When it is, and what became of that: moved from when, cancelled, and why.
pub(crate) fn standing(session: &Session, language: Language) -> String {
    let mut lines = vec![when(session, language)];
    let is_cancelled = session.state == State::Cancelled;
    if is_cancelled {
        lines.push(Text::new("session-is-cancelled").say(language));
    } else if let Some(former) = session.moved_from {
        let was = Session {
            date: Some(former.date),
            start: former.start,
            end: None,
            ..session.clone()
        };
        lines.push(text!("session-is-moved", was = when(&was, language)).say(language));
    }
    if let Some(reason) = &session.reason {
        lines.push(text!("session-reason", reason = escape_markdown(reason)).say(language));
    }
    lines.join("\n")
}

/// How many are expected; nothing when nobody said.
pub(crate) fn people(session: &Session, language: Language) -> String {
    let people = session.people;
    people.map_or_else(String::new, |count| {
        text!("session-people", count = count).say(language)
    })
}

/// The associations that take part, escaped; nothing when none was named.
pub(crate) fn associations(office: &Office, session: &Session, language: Language) -> String {
    let names: Vec<String> = session
        .associations
        .iter()
        .filter_map(|id| office.association(*id))
        .map(|association| escape_markdown(&association.name))
        .collect();
    names.join(&Text::new("list-separator").say(language))
}

/// What an issue's details say of the session where it was said: as much as the person may know.
///
/// # Errors
/// Storage failed.
pub(crate) async fn told(
    request: &Request,
    session: Option<domain::id::SessionId>,
) -> Result<String, crate::error::Error> {
    let Some(id) = session else {
        return Ok(String::new());
    };
    match super::find(request, id).await {
        Ok(session) => {
            let language = request.language;
            let line = text!(
                "session-told",
                id = session.id.0,
                heading = heading(&session, language),
                when = when(&session, language),
            );
            Ok(line.say(language))
        }
        Err(crate::error::Error::Refusal(_)) => Ok(String::new()),
        Err(fault) => Err(fault),
    }
}

/// What a suggestion shows: 第1回, the day and the title.
pub(crate) fn suggested(session: &Session, language: Language, units_max: usize) -> String {
    let date = session.date.map(|date| card::date(date, language));
    let date = date.unwrap_or_else(|| Text::new("session-undated").say(language));
    let shown = match session.number {
        Some(number) => text!(
            "suggested-session",
            number = number,
            date = date,
            title = session.title.as_str()
        ),
        None => text!(
            "suggested-session-draft",
            date = date,
            title = session.title.as_str()
        ),
    };
    one_line(&shown.say(language), units_max)
}
