//! The calendar file: read by a reader of its own that follows RFC 5545 to the letter, and refuses what a
//! lenient program would take.

use super::{cancelled, desk, moved, plan};
use fake_discord::MessageView;
use serde_json::json;
use std::collections::BTreeMap;
use tests::{
    database::Database,
    world::{World, world},
};

/// Most octets of a line without its end (RFC 5545, 3.1).
const LINE_OCTETS_MAX: usize = 75;

/// The properties of the one event of a calendar, and those of the calendar.
#[derive(Debug)]
struct Read {
    calendar: BTreeMap<String, String>,
    event: BTreeMap<String, String>,
}

impl Read {
    fn event(&self, name: &str) -> Option<&str> {
        self.event.get(name).map(String::as_str)
    }
}

/// Reads a file: lines end in CRLF, none is too long, what is folded is put together, every property is
/// there once, and the parts are closed in the order they were opened.
fn parse(bytes: &[u8]) -> Read {
    let text = std::str::from_utf8(bytes).expect("UTF-8");
    let text = text.strip_suffix("\r\n").expect("the last line ends too");
    let mut lines: Vec<String> = Vec::new();
    for line in text.split("\r\n") {
        assert!(
            line.len() <= LINE_OCTETS_MAX,
            "{} octets: {line}",
            line.len()
        );
        assert!(!line.contains(['\r', '\n']), "a bare line end: {line:?}");
        match line.strip_prefix([' ', '\t']) {
            Some(rest) => lines
                .last_mut()
                .expect("something to go on from")
                .push_str(rest),
            None => lines.push(line.to_owned()),
        }
    }
    let mut read = Read {
        calendar: BTreeMap::new(),
        event: BTreeMap::new(),
    };
    let mut open: Vec<String> = Vec::new();
    for line in lines {
        let (name, value) = line.split_once(':').expect("a name and a value");
        let is_name = |name: &str| {
            !name.is_empty() && name.bytes().all(|b| b.is_ascii_uppercase() || b == b'-')
        };
        let plain = name.split(';').next().expect("a name");
        assert!(is_name(plain), "{line}");
        match name {
            "BEGIN" => open.push(value.to_owned()),
            "END" => assert_eq!(open.pop().as_deref(), Some(value)),
            _ => {
                let within = match open.join("/").as_str() {
                    "VCALENDAR" => &mut read.calendar,
                    "VCALENDAR/VEVENT" => &mut read.event,
                    other => panic!("{name} stands in {other}"),
                };
                let twice = within.insert(name.to_owned(), value.to_owned());
                assert_eq!(twice, None, "{name} stands there twice");
            }
        }
    }
    assert!(open.is_empty(), "{open:?} stays open");
    for name in ["VERSION", "PRODID", "METHOD"] {
        assert!(read.calendar.contains_key(name), "{name} is missing");
    }
    for name in ["UID", "DTSTAMP", "SEQUENCE", "STATUS", "SUMMARY"] {
        assert!(read.event.contains_key(name), "{name} is missing");
    }
    read
}

/// A text as it was before it was escaped; a mark that should have been is refused.
fn unescaped(value: &str) -> String {
    let mut text = String::new();
    let mut letters = value.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => match letters.next().expect("something escaped") {
                'n' | 'N' => text.push('\n'),
                mark @ ('\\' | ';' | ',') => text.push(mark),
                other => panic!("{other:?} needs no escape"),
            },
            ';' | ',' => panic!("{letter:?} stands bare in {value:?}"),
            letter => text.push(letter),
        }
    }
    text
}

fn file(world: &World, answer: &MessageView) -> Read {
    assert!(answer.ephemeral, "a file is for the person who asked");
    let [file] = answer.attachments.as_slice() else {
        panic!("one file is expected: {}", answer.text());
    };
    let file = world.fake.file(file.id).expect("the file is there");
    assert_eq!(file.filename, "session-1.ics");
    parse(&file.bytes)
}

#[tokio::test]
async fn a_session_goes_into_ones_own_calendar_and_follows_there() {
    world(Database::Sqlite, async |world| {
        let place =
            "市民会館, 第1会議室; 架空市本町1-2-3（正面玄関を入って右、エレベーターで三階へ）";
        let planned = file(world, &plan(world, json!({ "place": place })).await);
        assert_eq!(planned.calendar["METHOD"], "PUBLISH");
        assert_eq!(planned.event("STATUS"), Some("CONFIRMED"));
        // 14:00 in Japan.
        assert_eq!(planned.event("DTSTART"), Some("20261201T050000Z"));
        assert_eq!(planned.event("DTEND"), Some("20261201T063000Z"));
        let summary = unescaped(planned.event("SUMMARY").expect("a name"));
        assert_eq!(summary, "第1回 薬剤師会との連携に関する打合せ会");
        let location = unescaped(planned.event("LOCATION").expect("a place"));
        assert_eq!(location, place);
        let shown = file(
            world,
            &desk(world, "session show", json!({"number": "1"})).await,
        );
        assert_eq!(shown.event("UID"), planned.event("UID"));
        let to = json!({"number": "1", "date": "12/8", "start": "9:00"});
        let moved = file(world, &moved(world, to).await);
        assert_eq!(moved.event("UID"), planned.event("UID"));
        assert_eq!(moved.event("DTSTART"), Some("20261208T000000Z"));
        let sequence = |read: &Read| read.event("SEQUENCE").and_then(|s| s.parse::<i64>().ok());
        assert!(sequence(&moved) > sequence(&planned), "{moved:?}");
        let gone = file(world, &cancelled(world, "大雪のため").await);
        assert_eq!(gone.calendar["METHOD"], "CANCEL");
        assert_eq!(gone.event("STATUS"), Some("CANCELLED"));
        assert_eq!(gone.event("UID"), planned.event("UID"));
        assert!(sequence(&gone) > sequence(&moved), "{gone:?}");
    })
    .await;
}

#[tokio::test]
async fn a_session_without_an_hour_takes_the_day() {
    world(Database::Sqlite, async |world| {
        let options = json!({
            "title": "協議会", "tier": 3, "kind": "council", "date": "令和8年12月1日",
        });
        let planned = file(world, &desk(world, "session plan", options).await);
        assert_eq!(planned.event("DTSTART;VALUE=DATE"), Some("20261201"));
        assert_eq!(planned.event("DTEND"), None);
        assert_eq!(planned.event("LOCATION"), None);
        world.settled().await;
    })
    .await;
}

#[test]
fn the_reader_refuses_what_is_not_a_calendar() {
    let good = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nMETHOD:PUBLISH\r\nBEGIN:VEVENT\r\n\
                UID:1\r\nDTSTAMP:20261201T050000Z\r\nSEQUENCE:1\r\nSTATUS:CONFIRMED\r\nSUMMARY:会\r\n\
                END:VEVENT\r\nEND:VCALENDAR\r\n";
    assert_eq!(parse(good.as_bytes()).event("SUMMARY"), Some("会"));
    for bad in [
        good.replace("\r\n", "\n"),
        good.replace("END:VEVENT\r\n", ""),
        good.replace("UID:1\r\n", ""),
        good.replace("SUMMARY:会", &format!("SUMMARY:{}", "会".repeat(30))),
        good.replace("STATUS:CONFIRMED", "STATUS:CONFIRMED\r\nSTATUS:CONFIRMED"),
    ] {
        let refused = std::panic::catch_unwind(|| parse(bad.as_bytes()));
        assert!(refused.is_err(), "{bad}");
    }
    for bad in ["会場、A,B", "改行\\x", "終わり\\"] {
        let refused = std::panic::catch_unwind(|| unescaped(bad));
        assert!(refused.is_err(), "{bad}");
    }
}
