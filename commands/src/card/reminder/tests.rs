//! What a reminder looks like: one line per record, what finds no room, and what came back.

use super::*;
use crate::occurrence::bulletin::Point as OfBulletin;
use chrono::{DateTime, NaiveDate, TimeDelta};
use domain::{
    audience::Destination,
    id::{BulletinId, ChannelId, OfficeId, ServerId},
    occurrence::Key,
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
    Point::Issue(OfIssue::Proposal {
        issue: IssueId(issue),
        proposed_at: DateTime::UNIX_EPOCH + TimeDelta::minutes(minutes),
    })
}

fn drawn(points: &[Point], language: Language) -> Option<(String, Vec<Value>)> {
    drawn_with(points, &[], language)
}

fn drawn_with(
    points: &[Point],
    passed: &[&str],
    language: Language,
) -> Option<(String, Vec<Value>)> {
    let passed = passed.iter().map(|key| Occurrence {
        key: Key::parse(key).expect("a key"),
        destination: Destination::Tier3,
        due_at: DateTime::UNIX_EPOCH,
    });
    let reminder = Reminder {
        id: ReminderId(7),
        revision: 1,
        destination: Destination::Desk,
        due_at: DateTime::UNIX_EPOCH,
        made_at: DateTime::UNIX_EPOCH,
        items: Vec::new(),
        passed: passed.collect(),
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
fn of_many_bulletins_each_can_be_confirmed_and_says_its_day() {
    let points = |days: u32| -> Vec<Point> {
        let of = |day| {
            Point::Bulletin(OfBulletin {
                bulletin: BulletinId(i64::from(day)),
                posted: NaiveDate::from_ymd_opt(2026, 12, day).expect("a day"),
                notices: 3,
            })
        };
        (1..=days).map(of).collect()
    };
    let (_, few) = drawn(&points(12), Language::Ja).expect("drawn");
    assert_eq!(few.len(), 24);
    assert_eq!(few[2]["label"], "令和8年12月2日(水)：確認しました");
    assert_eq!(few[3]["label"], "令和8年12月2日(水)：全部を見る");
    let (_, many) = drawn(&points(13), Language::Ja).expect("drawn");
    let confirming: Vec<&str> = many
        .iter()
        .filter_map(|button| button["label"].as_str())
        .collect();
    assert_eq!(confirming.len(), 13);
    assert!(
        confirming
            .iter()
            .all(|label| label.ends_with("：確認しました")),
        "{confirming:?}"
    );
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
        .map(|issue| {
            Point::Issue(OfIssue::Return {
                issue: IssueId(99_000 + issue),
            })
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
fn what_nobody_looked_at_in_time_is_named_once_by_number_and_kind() {
    let passed = [
        "issue:12@1:proposal:3d",
        "issue:12@1:proposal:7d",
        "issue:4@2:proposal:3d",
    ];
    let (words, buttons) = drawn_with(&[], &passed, Language::Ja).expect("drawn");
    assert_eq!(
        words,
        "止まっている間に時期が過ぎたため、お知らせしなかったものが 2件あります：#12（共有の提案）、#4（共有の提案）"
    );
    assert!(!buttons.is_empty(), "a message carries its mark");
    let many: Vec<String> = (1..=200)
        .map(|issue| format!("issue:{}@1:proposal:3d", 99_000 + issue))
        .collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let points: Vec<Point> = (1..=200).map(|issue| proposal(issue, 0)).collect();
    for language in [Language::Ja, Language::En] {
        let (words, _) = drawn_with(&points, &many, language).expect("drawn");
        assert!(!words.contains('…'), "everything fits: {words}");
    }
}

#[test]
fn a_thread_that_was_closed_is_linked() {
    let point = Point::Issue(OfIssue::Thread {
        issue: IssueId(4),
        threads: vec![(Destination::Tier3, ChannelId(77))],
    });
    let (words, buttons) = drawn(&[point], Language::Ja).expect("drawn");
    assert!(words.contains("#4") && words.contains("<#77>"), "{words}");
    assert_eq!(buttons.len(), 1);
}
