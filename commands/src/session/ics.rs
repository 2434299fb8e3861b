//! The calendar file (.ics) of a session: what people put into their own calendars.
//!
//! RFC 5545 by hand, because one event needs little of it: lines of at most 75 octets, folded between
//! letters; texts escaped; times in UTC, so that no time zone has to be described. Nobody is named in it,
//! and only what everybody who may know of the session may read: its name, when, where.

use super::word;
use crate::{answer::File, error::Error, request::Request, text};
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use domain::{
    occurrence::Moment,
    office::Office,
    session::{Session, State},
    setting::Language,
};
use storage::SubjectKind;

/// Most octets of a line without its end (RFC 5545, 3.1).
const LINE_OCTETS_MAX: usize = 75;

/// The file of a session that has a day.
///
/// # Errors
/// A fault when it has none.
pub(super) fn file(request: &Request, session: &Session) -> Result<File, Error> {
    let language = request.language;
    let text = written(&request.office, session, language, request.now)
        .ok_or(Error::Fault("a session without a day has no calendar file"))?;
    let description = request.say(&text!("session-ics-description", number = session.id.0));
    let name = format!("{}-{}.ics", SubjectKind::Session.code(), session.id);
    File::new(name, description, text.into_bytes())
}

/// What stands in the file; nothing for a session without a day.
fn written(
    office: &Office,
    session: &Session,
    language: Language,
    now: DateTime<Utc>,
) -> Option<String> {
    let date = session.date?;
    let is_cancelled = session.state == State::Cancelled;
    let mut calendar = Calendar::default();
    calendar.put("BEGIN", "VCALENDAR");
    calendar.put("VERSION", "2.0");
    calendar.put("PRODID", "-//Renkei//Renkei//JA");
    calendar.put("METHOD", if is_cancelled { "CANCEL" } else { "PUBLISH" });
    calendar.put("BEGIN", "VEVENT");
    // The same for ever: another file of it takes the place of this one.
    calendar.put(
        "UID",
        &format!("{}.session.{}@renkei", session.id, office.server),
    );
    calendar.put("SEQUENCE", &session.revision.to_string());
    calendar.put("DTSTAMP", &instant(now));
    calendar.put("LAST-MODIFIED", &instant(session.changed_at));
    calendar.put(
        "STATUS",
        if is_cancelled {
            "CANCELLED"
        } else {
            "CONFIRMED"
        },
    );
    calendar.when(office, date, session.start, session.end);
    calendar.put("SUMMARY", &escaped(&word::plain_name(session, language)));
    if let Some(place) = &session.place {
        calendar.put("LOCATION", &escaped(place));
    }
    calendar.put("END", "VEVENT");
    calendar.put("END", "VCALENDAR");
    Some(calendar.text)
}

#[derive(Default)]
struct Calendar {
    text: String,
}

impl Calendar {
    /// One line of content, folded where it is too long.
    fn put(&mut self, name: &str, value: &str) {
        let mut octets = 0;
        for letter in format!("{name}:{value}").chars() {
            if octets + letter.len_utf8() > LINE_OCTETS_MAX {
                self.text.push_str("\r\n ");
                octets = 1;
            }
            self.text.push(letter);
            octets += letter.len_utf8();
        }
        self.text.push_str("\r\n");
    }

    /// The whole day where nobody said when it begins.
    fn when(
        &mut self,
        office: &Office,
        date: NaiveDate,
        start: Option<NaiveTime>,
        end: Option<NaiveTime>,
    ) {
        let zone = office.settings.time_zone;
        let at = |time| instant(Moment { date, time }.instant(zone));
        match start {
            Some(start) => {
                self.put("DTSTART", &at(start));
                if let Some(end) = end {
                    self.put("DTEND", &at(end));
                }
            }
            None => self.put("DTSTART;VALUE=DATE", &date.format("%Y%m%d").to_string()),
        }
    }
}

fn instant(at: DateTime<Utc>) -> String {
    at.format("%Y%m%dT%H%M%SZ").to_string()
}

/// A text as a value (RFC 5545, 3.3.11).
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' | ';' | ',' => escaped.extend(['\\', letter]),
            '\n' => escaped.push_str("\\n"),
            letter if letter.is_control() => {}
            letter => escaped.push(letter),
        }
    }
    escaped
}
