//! A notice in words: one line in a list, a frame of details, its state on a day, and the sections of a
//! bulletin.

use crate::{
    card::{date, frame::Frame},
    option::joined,
    request::Request,
    text,
    text::Text,
};
use chrono::NaiveDate;
use domain::{
    id::TopicId,
    notice::{
        Change, Notice, State, Topic,
        bulletin::{Entry, Section},
    },
    setting::Language,
    text::{escape_markdown, one_line},
};

/// UTF-16 units of a title in its line.
const TITLE_UNITS_SHOWN: usize = 60;
/// UTF-16 units of scopes in a line.
const SCOPES_UNITS_SHOWN: usize = 120;
/// UTF-16 units of the days below one title.
const DAYS_UNITS_SHOWN: usize = 900;

/// The word for a state.
pub(crate) fn state(state: State) -> Text {
    Text::new(format!("word-notice-state-{}", state.code()))
}

/// The day on it, or that there is none.
pub(crate) fn day(day: Option<NaiveDate>, language: Language) -> String {
    day.map_or_else(
        || Text::new("notice-no-date").say(language),
        |day| date(day, language),
    )
}

/// Tags as a list; that there are none says who gets it.
pub(crate) fn scopes(scopes: &[String], language: Language) -> String {
    if scopes.is_empty() {
        return Text::new("notice-no-scope").say(language);
    }
    let escaped = scopes.iter().map(|scope| escape_markdown(scope));
    joined(escaped, language, SCOPES_UNITS_SHOWN)
}

/// Number and issuer.
pub(crate) fn issued(number: Option<&str>, issuer: Option<&str>) -> String {
    let both = [issuer, number].into_iter().flatten();
    let both: Vec<String> = both.map(escape_markdown).collect();
    both.join(" ")
}

/// One notice in a list.
pub(crate) fn line(request: &Request, notice: &Notice) -> String {
    let language = request.language;
    let standing = notice.state_on(request.today());
    let marked = (standing != State::Standing).then(|| state(standing).say(language));
    let mark = marked.map(|word| text!("notice-line-state", state = word).say(language));
    text!(
        "notice-line",
        number = notice.id.0,
        date = day(notice.date, language),
        issued = issued(notice.number.as_deref(), None),
        title = escape_markdown(&one_line(&notice.title, TITLE_UNITS_SHOWN)),
        state = mark.unwrap_or_default(),
    )
    .say(language)
}

/// What became of a notice, in words.
pub(crate) fn change(change: &Change, language: Language) -> String {
    let by = change.by.map_or_else(String::new, |by| {
        text!("notice-change-by", number = by.0).say(language)
    });
    let from = change.from.map_or_else(String::new, |from| {
        text!("notice-change-from", date = date(from, language)).say(language)
    });
    let part = change.part.as_deref().map_or_else(String::new, |part| {
        text!("notice-change-part", part = escape_markdown(part)).say(language)
    });
    text!(
        "notice-change",
        what = state(change.what.state()),
        from = from,
        by = by,
        part = part,
    )
    .say(language)
}

/// The name of a topic.
pub(crate) fn topic(topics: &[Topic], id: Option<TopicId>) -> Option<String> {
    let id = id?;
    let found = topics.iter().find(|topic| topic.id == id)?;
    Some(escape_markdown(&found.name))
}

/// What stands on a notice.
pub(crate) fn frame(request: &Request, notice: &Notice, topics: &[Topic]) -> Frame {
    let (say, language) = (|key: &str| request.say(&Text::new(key)), request.language);
    let changes: Vec<String> = notice
        .changes
        .iter()
        .map(|it| change(it, language))
        .collect();
    let title = escape_markdown(&notice.title);
    let name = if notice.id.0 == 0 {
        title
    } else {
        format!(
            "{} {title}",
            request.say(&text!("subject-notice", number = notice.id.0))
        )
    };
    Frame::titled(name)
        .field(say("field-notice-date"), day(notice.date, language), true)
        .field(
            say("field-notice-issued"),
            issued(notice.number.as_deref(), notice.issuer.as_deref()),
            true,
        )
        .field(
            say("field-notice-state"),
            state(notice.state_on(request.today())).say(language),
            true,
        )
        .field(
            say("field-notice-topic"),
            topic(topics, notice.topic).unwrap_or_default(),
            false,
        )
        .field(
            say("field-notice-scopes"),
            scopes(&notice.scopes, language),
            false,
        )
        .field(say("field-notice-changes"), changes.join("\n"), false)
        .field(
            say("field-notice-link"),
            notice
                .link
                .as_deref()
                .map(|link| format!("<{link}>"))
                .unwrap_or_default(),
            false,
        )
}

/// The sections of a bulletin, a text each.
pub(crate) fn sections(sections: &[Section], topics: &[Topic], language: Language) -> Vec<String> {
    let section = |section: &Section| {
        let name = topic(topics, section.topic);
        let heading = text!(
            "bulletin-topic",
            topic = name
                .clone()
                .unwrap_or_else(|| Text::new("bulletin-no-topic").say(language)),
            scopes = scopes(&section.scopes, language),
        );
        let entries = section
            .entries
            .iter()
            .map(|it| entry(it, name.as_deref(), language));
        let mut lines = vec![heading.say(language)];
        lines.extend(entries);
        lines.join("\n")
    };
    sections.iter().map(section).collect()
}

/// Notices of one title with all their days.
fn entry(entry: &Entry, topic: Option<&str>, language: Language) -> String {
    let title = escape_markdown(&one_line(&entry.title, TITLE_UNITS_SHOWN));
    let days = entry.dates.iter().map(|(day, id)| {
        text!(
            "bulletin-day",
            date = self::day(*day, language),
            number = id.0
        )
        .say(language)
    });
    let marked = (entry.state != State::Standing).then(|| {
        let word = state(entry.state).say(language);
        text!("notice-line-state", state = word).say(language)
    });
    text!(
        "bulletin-entry",
        // The heading has said it.
        title = if topic == Some(title.as_str()) {
            String::new()
        } else {
            title
        },
        issued = issued(entry.number.as_deref(), entry.issuer.as_deref()),
        days = joined(days, language, DAYS_UNITS_SHOWN),
        state = marked.unwrap_or_default(),
    )
    .say(language)
}
