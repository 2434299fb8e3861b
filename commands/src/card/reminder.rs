//! The post of a reminder (リマインダー): what has come due and still has a point when it is sent.
//!
//! One line per matter says why it came, what to do, and how it stops; issues that have come back are
//! named together, and so is what nobody looked at in time. Lines and buttons are the nouns' own
//! ([`crate::occurrence`]). It carries numbers, never a wording. A reminder is posted once; what was
//! dealt with a moment later joins it, the next one is another post.

use super::{Drawn, Post, Tags, date, frame::Frame};
use crate::{
    App,
    custom_id::{Action, Course},
    occurrence::{self, Point, Press, digest::council_year, issue::Point as OfIssue},
    text,
    text::Text,
};
use domain::{
    id::{IssueId, MemoId, OfficeId, ReminderId},
    memo::Memo,
    occurrence::Matter,
    office::Office,
    progress::Period,
    setting::Language,
    text::utf16_len,
};
use serenity::all::{ButtonStyle, CreateActionRow, CreateButton};
use std::collections::BTreeSet;
use storage::{Connection, Subject, occurrence::Occurrence, outbox::Claimed, reminder::Reminder};

/// Most matters that have a line and a button of their own; of others the numbers are named.
const LINES_MAX: usize = 20;
/// UTF-16 units of those lines together: what the numbers leave of an embed's description.
const LINES_UNITS_MAX: usize = 3_400;
/// The same where other numbers stand below them as well.
const LINES_UNITS_MAX_ABOVE: usize = 2_000;
/// Most numbers that are named beside them.
const NUMBERS_MAX: usize = 100;
/// Most things that are named of what nobody looked at in time.
const PASSED_MAX: usize = 20;
/// Most buttons in a row (Discord, components, action row).
const ROW_MAX: usize = 5;
/// Most buttons of a message: five rows.
const BUTTONS_MAX: usize = 25;
/// The colour of what wants to be looked at.
const COLOUR: u32 = 0xD6_9E2E;

/// Draws a reminder at its destination; nothing when none of its items has a point any more.
pub(super) async fn draw(app: &App, office: &Office, claimed: &Claimed) -> storage::Result<Drawn> {
    let (id, reminder, now) = (office.id, ReminderId(claimed.subject.id), app.clock.now());
    let read = app
        .store
        .read(move |connection| Box::pin(async move { read(connection, id, reminder).await }))
        .await?;
    let Some((found, memo)) = read.filter(|(found, _)| found.destination == claimed.destination)
    else {
        return Ok(Drawn::Nothing);
    };
    if let Some(memo) = memo {
        return Ok(super::memo::draw(office, &found, &memo, claimed));
    }
    if let Some(drawn) = alone(app, office, &found, claimed).await? {
        return Ok(drawn);
    }
    let (set_up, items) = (office.clone(), found.items.clone());
    let place = found.destination;
    let points = app
        .store
        .read(move |connection| {
            let (set_up, items) = (set_up.clone(), items.clone());
            Box::pin(async move {
                let mut points = Vec::with_capacity(items.len());
                for item in items {
                    let at = (item.key.series, place);
                    points.extend(occurrence::point(connection, &set_up, at, now).await?);
                }
                Ok(points)
            })
        })
        .await?;
    Ok(post(office, &found, &points, &claimed.mark)
        .map_or(Drawn::Nothing, |post| Drawn::Post(Box::new(post))))
}

/// A reminder, and the memo where it speaks of one alone: most reminders do.
async fn read(
    connection: &mut Connection,
    office: OfficeId,
    reminder: ReminderId,
) -> storage::Result<Option<(Reminder, Option<Memo>)>> {
    let Some(found) = storage::reminder::find(connection, office, reminder).await? else {
        return Ok(None);
    };
    let memo = match found.items.as_slice() {
        [item] if item.key.series.matter == Matter::Memo => {
            storage::memo::find(connection, office, MemoId(item.key.series.id)).await?
        }
        _ => None,
    };
    Ok(Some((found, memo)))
}

/// The post of what is said alone: a digest, the drafts of feedback, the proposal of a council, the time to
/// hand over.
async fn alone(
    app: &App,
    office: &Office,
    reminder: &Reminder,
    claimed: &Claimed,
) -> storage::Result<Option<Drawn>> {
    let [item] = reminder.items.as_slice() else {
        return Ok(None);
    };
    let series = item.key.series;
    Ok(match series.matter {
        Matter::Digest => Some(super::digest::draw(app, office, reminder, claimed).await?),
        Matter::FeedbackMonth => {
            Some(super::feedback::draw_list(app, office, reminder, claimed).await?)
        }
        Matter::Handover => Some(super::handover::draw(office, reminder, claimed)),
        Matter::Council => match council_year(series) {
            Some(year) => Some(super::council::draw(app, office, reminder, year, claimed).await?),
            None => Some(Drawn::Nothing),
        },
        _ => None,
    })
}

/// The post, in the office's language; `None` when there is nothing left to say.
fn post(office: &Office, reminder: &Reminder, points: &[Point], mark: &str) -> Option<Post> {
    let language = office.settings.locale;
    let (returned, lined) = matters(points);
    if returned.is_empty() && lined.is_empty() && reminder.passed.is_empty() {
        return None;
    }
    let zone = office.settings.time_zone;
    let due = reminder.due_at.with_timezone(&zone).date_naive();
    let room = if returned.is_empty() && reminder.passed.is_empty() {
        LINES_UNITS_MAX
    } else {
        LINES_UNITS_MAX_ABOVE
    };
    let mut words = lines(office, &lined, room, language);
    let (shown, more) = lined.split_at(words.len());
    words.extend(rest(more, language));
    words.extend(come_back(&returned, language));
    words.extend(passed(&reminder.passed, language));
    let title = text!("reminder-title", date = date(due, language)).say(language);
    let frame = Frame::titled(title.clone())
        .colour(COLOUR)
        .words(words.join("\n"));
    let list = (!returned.is_empty()).then_some(reminder.id);
    let mut presses = presses(shown, list, language);
    if presses.is_empty() {
        // The post is found again by the mark its first button carries.
        let passed = reminder.passed.first();
        presses.extend(passed.map(|item| occurrence::press(item.key.series)));
    }
    Some(Post {
        revision: reminder.revision,
        title,
        tags: Tags::default(),
        embeds: vec![frame.draw()],
        rows: rows(presses, mark, language),
        discussion: None,
        files: Vec::new(),
    })
}

/// What is said, once for each record ([`Point::is_same`]); the oldest stands for all. What has come
/// back is said together, apart from the rest.
fn matters(points: &[Point]) -> (Vec<IssueId>, Vec<&Point>) {
    let mut returned: Vec<IssueId> = Vec::new();
    let mut lined: Vec<&Point> = Vec::new();
    for point in points {
        if let Point::Issue(OfIssue::Return { issue }) = point {
            if !returned.contains(issue) {
                returned.push(*issue);
            }
            continue;
        }
        if !lined.iter().any(|known| known.is_same(point)) {
            lined.push(point);
        }
    }
    returned.sort_unstable();
    (returned, lined)
}

/// The lines of the first matters, as many as there is room for.
fn lines(office: &Office, matters: &[&Point], mut room: usize, language: Language) -> Vec<String> {
    let mut lines = Vec::new();
    for matter in matters.iter().take(LINES_MAX) {
        let Some(line) = matter.line(office, language) else {
            continue;
        };
        let Some(left) = room.checked_sub(utf16_len(&line) + 1) else {
            break;
        };
        room = left;
        lines.push(line);
    }
    lines
}

/// The numbers of what has no line of its own.
fn rest(matters: &[&Point], language: Language) -> Option<String> {
    let count = matters.len();
    let numbers = matters.iter().map(|matter| number(matter.subject()));
    (count > 0).then(|| {
        text!(
            "reminder-more",
            count = count,
            numbers = named(numbers, NUMBERS_MAX, language)
        )
        .say(language)
    })
}

/// What has come back, in one block.
fn come_back(returned: &[IssueId], language: Language) -> Option<String> {
    let count = returned.len();
    let numbers = returned.iter().map(|issue| number((*issue).into()));
    (count > 0).then(|| {
        text!(
            "reminder-returned",
            count = count,
            numbers = named(numbers, NUMBERS_MAX, language),
        )
        .say(language)
    })
}

/// What nobody looked at in time, by number and kind; each once.
fn passed(passed: &[Occurrence], language: Language) -> Option<String> {
    let mut known: Vec<_> = Vec::new();
    for item in passed {
        let (matter, id) = (item.key.series.matter, item.key.series.id);
        if let Ok(subject) = item.subject()
            && !known.contains(&(matter, id, subject))
        {
            known.push((matter, id, subject));
        }
    }
    let count = known.len();
    let things = known.iter().map(|(matter, _, subject)| {
        let code = matter.code().replace(':', "-");
        text!(
            "reminder-passed-thing",
            subject = number(*subject),
            matter = Text::new(format!("word-matter-{code}")),
        )
    });
    (count > 0).then(|| {
        text!(
            "reminder-passed",
            count = count,
            things = named(things, PASSED_MAX, language)
        )
        .say(language)
    })
}

/// A record by its number, as people call it.
fn number(subject: Subject) -> Text {
    let named = Text::new(format!("subject-{}", subject.kind.code()));
    match subject.period() {
        // 2026-11, as `/progress month` takes it.
        Some(Period::Month(month)) => {
            named.with("number", month.first_day().format("%Y-%m").to_string())
        }
        _ => named.with("number", subject.id),
    }
}

/// Names in a list; beyond some they are counted.
fn named(names: impl ExactSizeIterator<Item = Text>, most: usize, language: Language) -> String {
    let more = names.len().saturating_sub(most);
    let shown: Vec<String> = names.take(most).map(|name| name.say(language)).collect();
    let mut list = shown.join(&Text::new("list-separator").say(language));
    if more > 0 {
        list.push_str(&text!("list-more-of", count = more).say(language));
    }
    list
}

/// The buttons of the lines, and one for the list of what has come back. Where all the lines have to
/// offer finds no room, each has one. Two tasks of one project would both show it: Discord refuses a message
/// with one custom id twice.
fn presses(matters: &[&Point], list: Option<ReminderId>, language: Language) -> Vec<Press> {
    let of = |roomy| -> Vec<Press> {
        let mut taken = BTreeSet::new();
        let all = matters
            .iter()
            .flat_map(|matter| matter.presses(roomy, language));
        all.filter(|press| taken.insert(press.action.custom_id()))
            .collect()
    };
    let room = BUTTONS_MAX - usize::from(list.is_some());
    let mut presses = of(true);
    if presses.len() > room {
        presses = of(false);
    }
    presses.truncate(room);
    presses.extend(list.map(|reminder| Press {
        action: Action::Course(Course::Returned(reminder)),
        label: Text::new("reminder-button-returned"),
        style: ButtonStyle::Secondary,
    }));
    presses
}

/// The rows of buttons; the first carries the mark.
fn rows(presses: Vec<Press>, mark: &str, language: Language) -> Vec<CreateActionRow> {
    let buttons: Vec<CreateButton> = presses
        .into_iter()
        .enumerate()
        .map(|(place, press)| {
            let id = if place == 0 {
                press.action.marked(mark)
            } else {
                press.action.custom_id()
            };
            CreateButton::new(id)
                .label(press.label.say(language))
                .style(press.style)
        })
        .collect();
    buttons
        .chunks(ROW_MAX)
        .map(|row| CreateActionRow::Buttons(row.to_vec()))
        .collect()
}

#[cfg(test)]
mod tests;
