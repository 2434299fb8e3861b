//! The post of a reminder (リマインダー): what has come due and still has a point when it is sent.
//!
//! One line per matter says why it came, what to do, and how it stops. It carries numbers, never a
//! wording. A reminder is posted once and stays as it is; the next one is another post.

use super::{Drawn, Post, date, frame::Frame};
use crate::{App, custom_id::Action, occurrence, occurrence::Point, text, text::Text};
use domain::{
    id::{IssueId, ReminderId},
    office::Office,
    setting::Language,
};
use serenity::all::{ButtonStyle, CreateActionRow, CreateButton};
use storage::{outbox::Claimed, reminder::Reminder};

/// Most matters that have a line and a button of their own; of others the numbers are named.
const LINES_MAX: usize = 20;
/// Most numbers that are named beside them.
const NUMBERS_MAX: usize = 100;
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
    let matters = matters(points);
    if matters.is_empty() {
        return None;
    }
    let zone = office.settings.time_zone;
    let due = reminder.due_at.with_timezone(&zone).date_naive();
    let mut words: Vec<String> = matters
        .iter()
        .take(LINES_MAX)
        .map(|matter| line(office, matter, language))
        .collect();
    words.extend(rest(&matters, language));
    let title = text!("reminder-title", date = date(due, language)).say(language);
    let frame = Frame::titled(title.clone())
        .colour(COLOUR)
        .words(words.join("\n"));
    Some(Post {
        revision: reminder.revision,
        title,
        tags: Vec::new(),
        embeds: vec![frame.draw()],
        rows: buttons(&matters, mark, language),
    })
}

/// What is said, once for each record: after a long absence the third and the seventh day of a
/// proposal are one matter, and so are two proposals for one issue. The oldest stands for all.
fn matters(points: &[Point]) -> Vec<Point> {
    let mut matters: Vec<Point> = Vec::new();
    for point in points {
        let Point::Proposal { issue, .. } = point;
        let known = matters.iter().any(|known| {
            let Point::Proposal { issue: other, .. } = known;
            issue == other
        });
        if !known {
            matters.push(*point);
        }
    }
    matters
}

fn line(office: &Office, matter: &Point, language: Language) -> String {
    let Point::Proposal { issue, proposed_at } = matter;
    let day = proposed_at
        .with_timezone(&office.settings.time_zone)
        .date_naive();
    text!(
        "reminder-proposal",
        number = issue.0,
        date = date(day, language),
    )
    .say(language)
}

/// The numbers of what has no line of its own.
fn rest(matters: &[Point], language: Language) -> Option<String> {
    let more = matters.get(LINES_MAX..).filter(|more| !more.is_empty())?;
    let named: Vec<String> = more
        .iter()
        .take(NUMBERS_MAX)
        .map(|matter| format!("#{}", issue_of(matter)))
        .collect();
    let separator = Text::new("list-separator").say(language);
    let text = text!(
        "reminder-more",
        count = more.len(),
        numbers = named.join(&separator),
    );
    Some(text.say(language))
}

/// One button for each line; the first carries the mark.
fn buttons(matters: &[Point], mark: &str, language: Language) -> Vec<CreateActionRow> {
    let buttons: Vec<CreateButton> = matters
        .iter()
        .take(LINES_MAX)
        .enumerate()
        .map(|(place, matter)| {
            let issue = issue_of(matter);
            let action = Action::IssueShow(issue);
            let id = if place == 0 {
                action.marked(mark)
            } else {
                action.custom_id()
            };
            CreateButton::new(id)
                .label(text!("reminder-button-show", number = issue.0).say(language))
                .style(ButtonStyle::Secondary)
        })
        .collect();
    buttons
        .chunks(ROW_MAX)
        .map(|row| CreateActionRow::Buttons(row.to_vec()))
        .collect()
}

fn issue_of(matter: &Point) -> IssueId {
    let Point::Proposal { issue, .. } = matter;
    *issue
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{DateTime, TimeDelta};
    use domain::{
        audience::Destination,
        id::{OfficeId, ServerId},
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
            assert_eq!(words.lines().count(), LINES_MAX + 1);
            assert!(words.contains("180"), "{words}");
            assert!(words.contains("#21") && words.contains("#120"), "{words}");
            assert!(!words.contains('…'), "everything fits: {words}");
            assert_eq!(buttons.len(), LINES_MAX);
        }
    }
}
