//! The post of a feedback in its association's channel, and the same to look at beforehand: one drawing
//! for both, so that the desk sees exactly what the association will.
//!
//! What does not fit is counted, with where to read on. A withdrawn one leaves a sentence where it stood.

use super::{Drawn, Post, Tags, date, frame::Frame};
use crate::{
    App,
    custom_id::{self, Action},
    feedback::reading::{self, Moved, Told},
    option::joined,
    review, session, text,
    text::Text,
};
use domain::{
    audience::Destination,
    feedback::{Feedback, State},
    id::{AssociationId, FeedbackId, IssueId},
    office::Office,
    setting::Language,
    text::{escape_markdown, one_line, utf16_len},
    visibility::SharedIssue,
};
use serenity::all::{ButtonStyle, CreateActionRow, CreateButton};
use storage::{outbox::Claimed, reminder::Reminder};

/// Most lines of one part; the rest is counted.
const LINES_MAX: usize = 10;
/// UTF-16 units of one part's lines, so that what is counted still fits into its field.
const PART_UNITS_MAX: usize = 880;
/// UTF-16 units of a wording in its line, before marks are escaped.
const WORDING_UNITS_MAX: usize = 160;
/// The same beside how far it came.
const MOVED_UNITS_MAX: usize = 60;
/// UTF-16 units of an association's name.
const NAME_UNITS_MAX: usize = 80;
/// UTF-16 units of numbers in a line.
const TIES_UNITS_MAX: usize = 60;
/// The colour of a feedback.
const COLOUR: u32 = 0x31_97_95;
/// The colour of what was taken back.
const WITHDRAWN: u32 = 0x71_8096;

/// Draws a feedback at a destination; nothing anywhere but in its association's channel.
pub(super) async fn draw(app: &App, office: &Office, claimed: &Claimed) -> storage::Result<Drawn> {
    let (id, number) = (office.id, FeedbackId(claimed.subject.id));
    let set_up = office.clone();
    let found = app
        .store
        .read(move |connection| {
            let set_up = set_up.clone();
            Box::pin(async move {
                let Some(found) = storage::feedback::find(connection, id, number).await? else {
                    return Ok(None);
                };
                let told = reading::told(connection, &set_up, &found).await?;
                Ok(Some((found, told)))
            })
        })
        .await?;
    let Some((feedback, told)) = found else {
        return Ok(Drawn::Nothing);
    };
    if claimed.destination != Destination::Feedback(feedback.association) {
        return Ok(Drawn::Nothing);
    }
    let language = office.settings.locale;
    let frame = match feedback.state {
        State::Sent => frame(office, &feedback, &told, language),
        // What nobody has read leaves no sentence.
        State::Withdrawn if claimed.post.is_some() || claimed.sent > 0 => {
            tombstone(office, &feedback, language)
        }
        State::Withdrawn | State::Draft | State::Dropped => return Ok(Drawn::Nothing),
    };
    let press = custom_id::Feedback::Show(feedback.id);
    let button = CreateButton::new(Action::Feedback(press).marked(&claimed.mark))
        .label(Text::new("button-feedback-show").say(language))
        .style(ButtonStyle::Secondary);
    Ok(Drawn::Post(Box::new(Post {
        revision: feedback.revision,
        title: title(office, &feedback, language),
        tags: Tags::default(),
        embeds: vec![frame.draw()],
        rows: vec![CreateActionRow::Buttons(vec![button])],
        discussion: None,
        files: Vec::new(),
    })))
}

/// Draws the list of the drafts that wait at the desk; nothing when none waits any more.
pub(super) async fn draw_list(
    app: &App,
    office: &Office,
    reminder: &Reminder,
    claimed: &Claimed,
) -> storage::Result<Drawn> {
    let id = office.id;
    let drafts = app
        .store
        .read(move |connection| Box::pin(storage::feedback::drafts(connection, id)))
        .await?;
    if drafts.is_empty() {
        return Ok(Drawn::Nothing);
    }
    let language = office.settings.locale;
    let zone = office.settings.time_zone;
    let day = reminder.due_at.with_timezone(&zone).date_naive();
    let title = text!("feedback-drafts-title", date = date(day, language)).say(language);
    let lines: Vec<String> = drafts
        .iter()
        .map(|draft| {
            let name = escape_markdown(&plain_name(office, draft.association));
            let key = if draft.is_quiet() {
                "feedback-drafts-line-quiet"
            } else {
                "feedback-drafts-line"
            };
            text!(key, number = draft.id.0, association = name).say(language)
        })
        .collect();
    let words = [
        text!("feedback-drafts", count = drafts.len()).say(language),
        part(&lines, "feedback-more-drafts", language),
    ];
    let press = Action::Feedback(custom_id::Feedback::Open).marked(&claimed.mark);
    let button = CreateButton::new(press)
        .label(Text::new("button-feedback-open").say(language))
        .style(ButtonStyle::Primary);
    let frame = Frame::titled(title.clone())
        .colour(COLOUR)
        .words(words.join("\n"));
    Ok(Drawn::Post(Box::new(Post {
        revision: reminder.revision,
        title,
        tags: Tags::default(),
        embeds: vec![frame.draw()],
        rows: vec![CreateActionRow::Buttons(vec![button])],
        discussion: None,
        files: Vec::new(),
    })))
}

/// フィードバック 3　薬剤師会; a corrected one says so.
fn title(office: &Office, feedback: &Feedback, language: Language) -> String {
    let key = if feedback.corrected_at.is_some() && feedback.state == State::Sent {
        "feedback-title-corrected"
    } else {
        "feedback-title"
    };
    let name = plain_name(office, feedback.association);
    text!(key, number = feedback.id.0, association = name).say(language)
}

/// The association as a title names it.
pub(crate) fn plain_name(office: &Office, association: AssociationId) -> String {
    let known = office.association(association);
    one_line(known.map_or("", |known| &known.name), NAME_UNITS_MAX)
}

fn tombstone(office: &Office, feedback: &Feedback, language: Language) -> Frame {
    Frame::titled(title(office, feedback, language))
        .colour(WITHDRAWN)
        .words(Text::new("feedback-withdrawn").say(language))
}

/// A feedback as its association reads it.
pub(crate) fn frame(
    office: &Office,
    feedback: &Feedback,
    told: &Told,
    language: Language,
) -> Frame {
    let name = |key: &str, count: usize| text!(key, count = count).say(language);
    let closing = words_of(feedback.words.closing.as_ref());
    Frame::titled(title(office, feedback, language))
        .colour(COLOUR)
        .words(head(office, feedback, told, language))
        .field(
            name("feedback-raised", told.raised.len()),
            raised(told, language),
            false,
        )
        .field(
            name("feedback-moved", told.moved.len()),
            moved(told, language),
            false,
        )
        .field(
            name("feedback-answers", told.answers.len()),
            answers(office, told, language),
            false,
        )
        .field(
            Text::new("feedback-ahead").say(language),
            ahead(told, language),
            false,
        )
        .field(
            Text::new("feedback-tally").say(language),
            tally(feedback, language),
            false,
        )
        .field(Text::new("feedback-closing").say(language), closing, false)
        .footer(Text::new("feedback-footer").say(language))
}

fn words_of(words: Option<&String>) -> String {
    words
        .map(|words| escape_markdown(words))
        .unwrap_or_default()
}

/// What stands above: the desk's words, what time it tells of, and what is only counted.
fn head(office: &Office, feedback: &Feedback, told: &Told, language: Language) -> String {
    let zone = office.settings.time_zone;
    let day =
        |at: chrono::DateTime<chrono::Utc>| date(at.with_timezone(&zone).date_naive(), language);
    let mut lines = Vec::new();
    if let Some(at) = feedback.corrected_at {
        lines.push(text!("feedback-corrected", date = day(at)).say(language));
    }
    lines.extend(
        feedback
            .words
            .opening
            .as_ref()
            .map(|words| escape_markdown(words)),
    );
    if let Some(session) = &told.held {
        let text = text!(
            "feedback-after-session",
            name = session::word::heading(session, language),
            when = session::word::when(session, language),
        );
        lines.push(text.say(language));
    }
    let until = day(feedback.window.until);
    let text = match feedback.window.since {
        // What is told begins right after what was told before.
        Some(since) => {
            let first = since + chrono::TimeDelta::microseconds(1);
            text!("feedback-window", since = day(first), until = until)
        }
        None => text!("feedback-window-first", until = until),
    };
    lines.push(text.say(language));
    if told.is_quiet() {
        let key = if feedback.tally.total() == 0 {
            "feedback-quiet-empty"
        } else {
            "feedback-quiet"
        };
        lines.push(Text::new(key).say(language));
    }
    for (key, count) in [
        ("feedback-counted", told.counted),
        ("feedback-gone", told.gone),
    ] {
        if count > 0 {
            lines.push(text!(key, count = count).say(language));
        }
    }
    lines.join("\n")
}

/// The first lines that fit, and how many there are besides.
fn part(lines: &[String], more: &'static str, language: Language) -> String {
    let mut shown = Vec::new();
    let mut units = 0;
    for line in lines.iter().take(LINES_MAX) {
        units += utf16_len(line) + 1;
        if units > PART_UNITS_MAX {
            break;
        }
        shown.push(line.clone());
    }
    let rest = lines.len() - shown.len();
    if rest > 0 {
        shown.push(text!(more, count = rest).say(language));
    }
    shown.join("\n")
}

fn wording(words: &str, units_max: usize) -> String {
    escape_markdown(&one_line(words, units_max))
}

fn raised(told: &Told, language: Language) -> String {
    let lines: Vec<String> = told
        .raised
        .iter()
        .rev()
        .map(|(issue, words)| {
            let words = wording(words, WORDING_UNITS_MAX);
            text!("feedback-raised-line", number = issue.0, wording = words).say(language)
        })
        .collect();
    part(&lines, "feedback-more", language)
}

fn moved(told: &Told, language: Language) -> String {
    let status = |status: domain::issue::Status| {
        Text::new(format!("word-status-{}", status.code())).say(language)
    };
    let line = |moved: &Moved| {
        let words = moved.wording.as_deref().unwrap_or_default();
        let line = text!(
            "feedback-moved-line",
            number = moved.issue.0,
            from = status(moved.from),
            to = status(moved.to),
            wording = wording(words, MOVED_UNITS_MAX),
        );
        line.say(language).trim_end().to_owned()
    };
    // What has come farthest is what people wait for.
    let mut moves: Vec<&Moved> = told.moved.iter().collect();
    moves.sort_by_key(|moved| (std::cmp::Reverse(moved.to), moved.issue));
    let lines: Vec<String> = moves.into_iter().map(line).collect();
    part(&lines, "feedback-more", language)
}

fn answers(office: &Office, told: &Told, language: Language) -> String {
    let line = |(shared, ties): &(SharedIssue, Vec<IssueId>)| {
        let words = wording(&shared.wording, WORDING_UNITS_MAX);
        let mut line = text!(
            "feedback-answer-line",
            number = shared.id.0,
            wording = words
        )
        .say(language);
        if let Some(source) = source(office, shared) {
            line.push_str(&text!("feedback-answer-source", source = source).say(language));
        }
        if !ties.is_empty() {
            let numbers = ties.iter().map(|issue| format!("#{issue}"));
            let numbers = joined(numbers, language, TIES_UNITS_MAX);
            line.push_str(&text!("feedback-answer-ties", numbers = numbers).say(language));
        }
        line
    };
    let mut answers: Vec<&(SharedIssue, Vec<IssueId>)> = told.answers.iter().collect();
    // What belongs to something of one's own comes first.
    answers.sort_by_key(|(shared, ties)| (ties.is_empty(), std::cmp::Reverse(shared.told_at)));
    let lines: Vec<String> = answers.into_iter().map(line).collect();
    part(&lines, "feedback-more-answers", language)
}

/// Who said it, where the disclosure names that.
fn source(office: &Office, shared: &SharedIssue) -> Option<String> {
    let (association, profession) = shared.source?;
    let association = association.and_then(|id| office.association(id));
    let profession = || {
        office
            .professions
            .iter()
            .find(|one| Some(one.id) == profession)
    };
    let name = association
        .map(|association| &association.name)
        .or_else(|| profession().map(|profession| &profession.name))?;
    Some(wording(name, NAME_UNITS_MAX))
}

fn ahead(told: &Told, language: Language) -> String {
    let sessions = told.sessions.iter().map(|session| {
        let key = if session.state == domain::session::State::Cancelled {
            "feedback-session-cancelled"
        } else {
            "feedback-session-line"
        };
        text!(
            key,
            when = session::word::when(session, language),
            name = session::word::heading(session, language),
        )
        .say(language)
    });
    let reviews = told.reviews.iter().map(|planned| {
        text!(
            "feedback-review-line",
            when = review::word::when(planned, language),
            name = review::word::name(planned),
        )
        .say(language)
    });
    let lines: Vec<String> = sessions.chain(reviews).collect();
    part(&lines, "feedback-more-ahead", language)
}

fn tally(feedback: &Feedback, language: Language) -> String {
    let total = feedback.tally.total();
    if total == 0 {
        return String::new();
    }
    let total = i64::try_from(total).unwrap_or(i64::MAX);
    text!(
        "feedback-tally-line",
        total = total,
        counts = reading::counts(&feedback.tally, language),
    )
    .say(language)
}
