//! The post of a reminder (リマインダー): what has come due and still has a point when it is sent.
//!
//! One line per matter says why it came, what to do, and how it stops; issues that have come back are
//! named together. It carries numbers, never a wording. A reminder is posted once; what was dealt with a
//! moment later joins it, the next one is another post.

use super::{Drawn, Post, Tags, date, frame::Frame, place_word};
use crate::{
    App,
    custom_id::{Action, Course},
    occurrence,
    occurrence::Point,
    text,
    text::Text,
};
use domain::{
    id::{IssueId, ReminderId},
    office::Office,
    setting::Language,
    text::utf16_len,
};
use serenity::all::{ButtonStyle, CreateActionRow, CreateButton};
use std::mem::discriminant;
use storage::{outbox::Claimed, reminder::Reminder};

/// Most matters that have a line and a button of their own; of others the numbers are named.
const LINES_MAX: usize = 20;
/// UTF-16 units of those lines together: what the numbers leave of an embed's description.
const LINES_UNITS_MAX: usize = 3_400;
/// The same where numbers of what has come back stand below them as well.
const LINES_UNITS_MAX_ABOVE: usize = 2_000;
/// Most numbers that are named beside them.
const NUMBERS_MAX: usize = 100;
/// Most threads that one line names.
const THREADS_MAX: usize = 3;
/// Most buttons in a row (Discord, components, action row).
const ROW_MAX: usize = 5;
/// The colour of what wants to be looked at.
const COLOUR: u32 = 0xD6_9E2E;

/// Draws a reminder at its destination; nothing when none of its items has a point any more.
pub(super) async fn draw(app: &App, office: &Office, claimed: &Claimed) -> storage::Result<Drawn> {
    let (id, reminder) = (office.id, ReminderId(claimed.subject.id));
    let found = app
        .store
        .read(move |connection| {
            Box::pin(async move {
                let Some(reminder) = storage::reminder::find(connection, id, reminder).await?
                else {
                    return Ok(None);
                };
                let mut points = Vec::with_capacity(reminder.items.len());
                for item in &reminder.items {
                    points.extend(occurrence::point(connection, id, item.key.series).await?);
                }
                Ok(Some((reminder, points)))
            })
        })
        .await?;
    Ok(found
        .filter(|(reminder, _)| reminder.destination == claimed.destination)
        .and_then(|(reminder, points)| post(office, &reminder, &points, &claimed.mark))
        .map_or(Drawn::Nothing, |post| Drawn::Post(Box::new(post))))
}

/// The post, in the office's language; `None` when there is nothing left to say.
fn post(office: &Office, reminder: &Reminder, points: &[Point], mark: &str) -> Option<Post> {
    let language = office.settings.locale;
    let (returned, lined) = matters(points);
    if returned.is_empty() && lined.is_empty() {
        return None;
    }
    let zone = office.settings.time_zone;
    let due = reminder.due_at.with_timezone(&zone).date_naive();
    let room = if returned.is_empty() {
        LINES_UNITS_MAX
    } else {
        LINES_UNITS_MAX_ABOVE
    };
    let mut words = lines(office, &lined, room, language);
    let (shown, more) = lined.split_at(words.len());
    words.extend(rest(more, language));
    words.extend(come_back(&returned, language));
    let title = text!("reminder-title", date = date(due, language)).say(language);
    let frame = Frame::titled(title.clone())
        .colour(COLOUR)
        .words(words.join("\n"));
    let list = (!returned.is_empty()).then_some(reminder.id);
    Some(Post {
        revision: reminder.revision,
        title,
        tags: Tags::default(),
        embeds: vec![frame.draw()],
        rows: buttons(shown, list, mark, language),
        discussion: None,
    })
}

/// What is said, once for each record: after a long absence the third and the seventh day of a
/// proposal are one matter, and so are two proposals for one issue. The oldest stands for all. What has
/// come back is said together, apart from the rest.
fn matters(points: &[Point]) -> (Vec<IssueId>, Vec<&Point>) {
    let mut returned: Vec<IssueId> = Vec::new();
    let mut lined: Vec<&Point> = Vec::new();
    for point in points {
        if let Point::Return { issue } = point {
            if !returned.contains(issue) {
                returned.push(*issue);
            }
            continue;
        }
        let known = lined.iter().any(|known| {
            known.issue() == point.issue() && discriminant(*known) == discriminant(point)
        });
        if !known {
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
        let Some(line) = line(office, matter, language) else {
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

/// The line of one matter; what has come back has none of its own.
fn line(office: &Office, matter: &Point, language: Language) -> Option<String> {
    let line = match matter {
        Point::Proposal { issue, proposed_at } => {
            let day = proposed_at
                .with_timezone(&office.settings.time_zone)
                .date_naive();
            text!(
                "reminder-proposal",
                number = issue.0,
                date = date(day, language),
            )
        }
        Point::Thread { issue, threads } => {
            let named = threads.iter().take(THREADS_MAX).map(|(place, thread)| {
                let place = place_word(office, *place).say(language);
                format!("{place} <#{thread}>")
            });
            let named: Vec<String> = named.collect();
            let separator = Text::new("list-separator").say(language);
            text!(
                "reminder-thread",
                number = issue.0,
                threads = named.join(&separator),
            )
        }
        Point::Return { .. } => return None,
    };
    Some(line.say(language))
}

/// The numbers of what has no line of its own.
fn rest(matters: &[&Point], language: Language) -> Option<String> {
    let numbers: Vec<IssueId> = matters.iter().map(|matter| matter.issue()).collect();
    let count = numbers.len();
    (count > 0).then(|| {
        text!(
            "reminder-more",
            count = count,
            numbers = named(&numbers, language)
        )
        .say(language)
    })
}

/// What has come back, in one block.
fn come_back(returned: &[IssueId], language: Language) -> Option<String> {
    let count = returned.len();
    (count > 0).then(|| {
        text!(
            "reminder-returned",
            count = count,
            numbers = named(returned, language),
        )
        .say(language)
    })
}

/// Issues by number; beyond some they are counted.
fn named(issues: &[IssueId], language: Language) -> String {
    let numbers: Vec<String> = issues
        .iter()
        .take(NUMBERS_MAX)
        .map(|issue| format!("#{issue}"))
        .collect();
    let mut list = numbers.join(&Text::new("list-separator").say(language));
    let more = issues.len().saturating_sub(NUMBERS_MAX);
    if more > 0 {
        list.push_str(&text!("list-more-of", count = more).say(language));
    }
    list
}

/// One button for each line, and one for the list of what has come back; the first carries the mark.
fn buttons(
    matters: &[&Point],
    list: Option<ReminderId>,
    mark: &str,
    language: Language,
) -> Vec<CreateActionRow> {
    let shown = matters.iter().map(|matter| {
        let issue = matter.issue();
        let label = text!("reminder-button-show", number = issue.0);
        (Action::IssueShow(issue), label)
    });
    let list = list.map(|reminder| {
        let action = Action::Course(Course::Returned(reminder));
        (action, Text::new("reminder-button-returned"))
    });
    let buttons: Vec<CreateButton> = shown
        .chain(list)
        .enumerate()
        .map(|(place, (action, label))| {
            let id = if place == 0 {
                action.marked(mark)
            } else {
                action.custom_id()
            };
            CreateButton::new(id)
                .label(label.say(language))
                .style(ButtonStyle::Secondary)
        })
        .collect();
    buttons
        .chunks(ROW_MAX)
        .map(|row| CreateActionRow::Buttons(row.to_vec()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{DateTime, TimeDelta};
    use domain::{
        audience::Destination,
        id::{ChannelId, OfficeId, ServerId},
        office::Derived,
        setting::Settings,
    };
    use serde_json::Value;

    fn office(language: Language) -> Office {
        Office {
            id: OfficeId(1),
            server: ServerId(11),
            revision: 1,
            settings: Settings {
                locale: language,
                ..Settings::default()
            },
            professions: Vec::new(),
            associations: Vec::new(),
            categories: Vec::new(),
            circles: Vec::new(),
            channels: Vec::new(),
            roles: Vec::new(),
            stopped: Vec::new(),
            accepted: Vec::new(),
            derived: Derived::default(),
        }
    }

    fn proposal(issue: i64, minutes: i64) -> Point {
        Point::Proposal {
            issue: IssueId(issue),
            proposed_at: DateTime::UNIX_EPOCH + TimeDelta::minutes(minutes),
        }
    }

    fn drawn(points: &[Point], language: Language) -> Option<(String, Vec<Value>)> {
        let reminder = Reminder {
            id: ReminderId(7),
            revision: 1,
            destination: Destination::Desk,
            due_at: DateTime::UNIX_EPOCH,
            made_at: DateTime::UNIX_EPOCH,
            items: Vec::new(),
        };
        let post = post(&office(language), &reminder, points, "0123456789abcdef0123")?;
        let embed = serde_json::to_value(&post.embeds[0]).expect("an embed is JSON");
        let rows = serde_json::to_value(&post.rows).expect("rows are JSON");
        let buttons = rows
            .as_array()
            .expect("rows")
            .iter()
            .flat_map(|row| row["components"].as_array().expect("buttons").clone())
            .collect();
        let words = embed["description"].as_str().unwrap_or_default().to_owned();
        Some((words, buttons))
    }

    #[test]
    fn without_a_point_there_is_no_message() {
        assert!(drawn(&[], Language::Ja).is_none());
    }

    #[test]
    fn one_record_has_one_line_and_the_oldest_date_stands() {
        let points = [proposal(12, 0), proposal(12, 60 * 24 * 3), proposal(7, 0)];
        let (words, buttons) = drawn(&points, Language::Ja).expect("drawn");
        assert_eq!(words.lines().count(), 2);
        assert!(words.starts_with("#12　昭和45年1月1日(木)"), "{words}");
        assert_eq!(buttons.len(), 2);
        assert_eq!(
            buttons[0]["custom_id"],
            "v1:issue-show:12:0123456789abcdef0123"
        );
        assert_eq!(buttons[1]["custom_id"], "v1:issue-show:7");
    }

    #[test]
    fn what_has_no_line_of_its_own_is_named_by_number() {
        let points: Vec<Point> = (1..=200).map(|issue| proposal(issue, 0)).collect();
        for language in [Language::Ja, Language::En] {
            let (words, buttons) = drawn(&points, language).expect("drawn");
            assert_eq!(words.lines().count(), LINES_MAX + 1, "{words}");
            assert!(words.contains("180"), "{words}");
            assert!(words.contains("#21") && words.contains("#120"), "{words}");
            assert!(!words.contains('…'), "everything fits: {words}");
            assert_eq!(buttons.len(), LINES_MAX);
        }
    }

    #[test]
    fn three_hundred_that_come_back_are_one_block_with_a_list() {
        let mut points: Vec<Point> = (1..=300)
            .map(|issue| Point::Return {
                issue: IssueId(99_000 + issue),
            })
            .collect();
        points.extend((1..=30).map(|issue| proposal(issue, 0)));
        for language in [Language::Ja, Language::En] {
            let (words, buttons) = drawn(&points, language).expect("drawn");
            assert!(words.contains("300") && words.contains("#99001"), "{words}");
            assert!(!words.contains('…'), "everything fits: {words}");
            let last = buttons.last().expect("a button");
            assert_eq!(last["custom_id"], "v1:returned:7");
        }
        let (_, buttons) = drawn(&points[..300], Language::Ja).expect("drawn");
        assert_eq!(buttons.len(), 1);
        assert_eq!(
            buttons[0]["custom_id"],
            "v1:returned:7:0123456789abcdef0123"
        );
    }

    #[test]
    fn a_thread_that_was_closed_is_linked() {
        let point = Point::Thread {
            issue: IssueId(4),
            threads: vec![(Destination::Tier3, ChannelId(77))],
        };
        let (words, buttons) = drawn(&[point], Language::Ja).expect("drawn");
        assert!(words.contains("#4") && words.contains("<#77>"), "{words}");
        assert_eq!(buttons.len(), 1);
    }
}
