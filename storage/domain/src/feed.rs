//! Feeds (購読): what an office watches for new notices, and how politely.
//!
//! A feed is read at most once an hour, less often when it asks for that or fails. What it had when the
//! office began to watch it is mostly old, so only the newest few of the first reading are taken; after that
//! every new entry is, a few at a time, the oldest first. How a feed is fetched is the bot's matter; what an
//! entry becomes is [`crate::notice`]'s.

use crate::id::{FeedId, UserId};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use std::collections::BTreeSet;

/// Longest address, in UTF-16 units.
pub const URL_UNITS_MAX: usize = 500;
/// Longest title of a feed, in UTF-16 units.
pub const TITLE_UNITS_MAX: usize = 120;
/// Most feeds an office watches.
pub const PER_OFFICE_MAX: i64 = 30;
/// Entries of one reading that are looked at; feeds give the newest first.
pub const ENTRIES_MAX: usize = 60;
/// Entries of the first reading that are taken.
pub const FIRST_MAX: usize = 5;
/// Entries of a later reading that are taken at once; the rest come with the next.
pub const FRESH_MAX: usize = 10;
/// Shortest time between two readings, in minutes.
pub const INTERVAL_MINUTES: i64 = 60;
/// Longest time between two readings, in minutes: also after failures, and whatever the server asks for.
pub const INTERVAL_MINUTES_MAX: i64 = 24 * 60;
/// After so many failures in a row the desk is told: some fifteen hours of trying.
pub const FAILURES_TOLD: i64 = 5;
/// Longest tag of a version (ETag) or day of change (Last-Modified) that is kept, in bytes.
pub const VALIDATOR_BYTES_MAX: usize = 300;

/// Why a feed could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fault {
    /// The address is none of http or https, has a name and password in it, or another port.
    Address,
    /// It leads to a place that is not on the public internet, at once or by a redirect.
    Inside,
    /// The name is not found, or nobody answers.
    Unreachable,
    /// It took too long.
    Slow,
    /// One redirect leads to the next, too often.
    Redirects,
    /// The server answers that it will not give it.
    Refused,
    /// There is nothing (any more).
    Gone,
    /// The server asks to come back later.
    Busy,
    /// It has too many bytes.
    Large,
    /// It comes in a form that was not asked for, such as compressed.
    Packed,
    /// Its letters cannot be read.
    Encoding,
    /// It is no feed: a page, broken, or made to do harm.
    Form,
}

crate::codes!(Fault {
    Address = "address",
    Inside = "inside",
    Unreachable = "unreachable",
    Slow = "slow",
    Redirects = "redirects",
    Refused = "refused",
    Gone = "gone",
    Busy = "busy",
    Large = "large",
    Packed = "packed",
    Encoding = "encoding",
    Form = "form",
});

/// One feed as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feed {
    /// Its number in the office.
    pub id: FeedId,
    /// Counts what people should see of it: the beginning and the end of trouble, its end.
    pub revision: i64,
    /// Where it is.
    pub url: String,
    /// What it calls itself.
    pub title: String,
    /// The scopes its notices get.
    pub scopes: Vec<String>,
    /// Whether it is watched.
    pub watched: bool,
    /// When it is read next.
    pub next_at: DateTime<Utc>,
    /// When it was last read, unchanged included.
    pub read_at: Option<DateTime<Utc>>,
    /// How often it has failed in a row.
    pub failures: i64,
    /// Why it failed last; `None` when it was read.
    pub fault: Option<Fault>,
    /// Whether the desk has been told.
    pub told: bool,
    /// The tag of the version that was read (ETag).
    pub etag: Option<String>,
    /// The day of its change, as the server wrote it (Last-Modified).
    pub last_modified: Option<String>,
    /// Who began to watch it.
    pub made_by: UserId,
    /// When.
    pub made_at: DateTime<Utc>,
    /// When it last changed.
    pub changed_at: DateTime<Utc>,
}

/// One entry of a feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Tells it apart from the others: a digest of what the feed calls it.
    pub key: String,
    /// A digest of its link; the same entry may come under another name.
    pub link_key: Option<String>,
    /// Its title, on one line.
    pub title: String,
    /// Where it can be read.
    pub link: Option<String>,
    /// Its day.
    pub published: Option<DateTime<Utc>>,
}

/// What a reading brought.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// What the feed calls itself, on one line; may be empty.
    pub title: String,
    /// Its entries in its own order, at most [`ENTRIES_MAX`].
    pub entries: Vec<Entry>,
    /// The tag of this version.
    pub etag: Option<String>,
    /// The day of its change.
    pub last_modified: Option<String>,
    /// How long the feed asks to be left alone, in minutes.
    pub ttl_minutes: Option<i64>,
}

/// What of a reading is new.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fresh<'a> {
    /// What becomes notices, the oldest first.
    pub taken: Vec<&'a Entry>,
    /// What counts as known from now on without becoming one: old entries of a first reading.
    pub passed_over: Vec<&'a Entry>,
    /// How many are left for the next reading.
    pub left: usize,
}

/// What is new in a reading. `known` are the keys of entries and of their links that came before.
#[must_use]
pub fn fresh<'a>(entries: &'a [Entry], known: &BTreeSet<String>, first: bool) -> Fresh<'a> {
    let mut met: BTreeSet<&str> = BTreeSet::new();
    let mut new: Vec<&Entry> = Vec::new();
    for entry in entries.iter().take(ENTRIES_MAX) {
        let keys = || std::iter::once(&entry.key).chain(&entry.link_key);
        let seen = keys().any(|key| known.contains(key) || met.contains(key.as_str()));
        met.extend(keys().map(String::as_str));
        if !seen {
            new.push(entry);
        }
    }
    // The newest first; entries without a day stay where the feed has them.
    if new.iter().all(|entry| entry.published.is_some()) {
        new.sort_by_key(|entry| std::cmp::Reverse(entry.published));
    }
    let mut fresh = Fresh::default();
    if first {
        fresh.passed_over = new.split_off(new.len().min(FIRST_MAX));
        new.reverse();
    } else {
        new.reverse();
        fresh.left = new.len().saturating_sub(FRESH_MAX);
        new.truncate(FRESH_MAX);
    }
    fresh.taken = new;
    fresh
}

/// When a feed is read again after a reading.
#[must_use]
pub fn next_after_reading(now: DateTime<Utc>, ttl_minutes: Option<i64>) -> DateTime<Utc> {
    let minutes = ttl_minutes.unwrap_or(INTERVAL_MINUTES);
    now + TimeDelta::minutes(minutes.clamp(INTERVAL_MINUTES, INTERVAL_MINUTES_MAX))
}

/// When a feed is tried again after so many failures in a row (from 1): later each time, and not before the
/// server asks for it.
#[must_use]
pub fn next_after_failure(
    now: DateTime<Utc>,
    failures: i64,
    retry_after_minutes: Option<i64>,
) -> DateTime<Utc> {
    let doublings = u32::try_from(failures.clamp(1, 10) - 1).unwrap_or(0);
    let own = INTERVAL_MINUTES * 2_i64.pow(doublings);
    let asked = retry_after_minutes.unwrap_or(0).max(own);
    now + TimeDelta::minutes(asked.clamp(INTERVAL_MINUTES, INTERVAL_MINUTES_MAX))
}

/// Whether the desk is told of a failure now: once, when it has lasted, or at once when trying again will not
/// help.
#[must_use]
pub fn is_to_be_told(fault: Fault, failures: i64, told: bool) -> bool {
    !told && (failures >= FAILURES_TOLD || matches!(fault, Fault::Inside | Fault::Address))
}

/// The day of an entry where the office is.
#[must_use]
pub fn day_of(entry: &Entry, zone: chrono_tz::Tz) -> Option<NaiveDate> {
    entry
        .published
        .map(|published| published.with_timezone(&zone).date_naive())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(hour: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_763_600_000, 0).expect("a moment") + TimeDelta::hours(hour)
    }

    fn entry(name: &str, day: Option<i64>) -> Entry {
        Entry {
            key: name.to_owned(),
            link_key: Some(format!("link-{name}")),
            title: name.to_owned(),
            link: None,
            published: day.map(|day| at(day * 24)),
        }
    }

    fn names(entries: &[&Entry]) -> String {
        entries.iter().map(|entry| entry.title.as_str()).collect()
    }

    #[test]
    fn of_a_first_reading_the_newest_few_are_taken_the_oldest_of_them_first() {
        let entries: Vec<_> = "hgfedcba"
            .chars()
            .map(|c| entry(&c.to_string(), None))
            .collect();
        let found = fresh(&entries, &BTreeSet::new(), true);
        assert_eq!(names(&found.taken), "defgh");
        assert_eq!(names(&found.passed_over), "cba");
        // A feed that gives the oldest first has days to tell.
        let days: Vec<_> = (0..7)
            .map(|day| entry(&day.to_string(), Some(day)))
            .collect();
        let found = fresh(&days, &BTreeSet::new(), true);
        assert_eq!(names(&found.taken), "23456");
    }

    #[test]
    fn a_later_reading_brings_what_is_new_and_nothing_twice() {
        let mut entries: Vec<_> = ["c", "b", "a"].map(|name| entry(name, None)).into();
        let known = BTreeSet::from(["a".to_owned()]);
        assert_eq!(names(&fresh(&entries, &known, false).taken), "bc");
        // The same link under another name is the same entry.
        let known = BTreeSet::from(["a".to_owned(), "link-b".to_owned()]);
        assert_eq!(names(&fresh(&entries, &known, false).taken), "c");
        entries.push(entry("c", None));
        assert_eq!(names(&fresh(&entries, &known, false).taken), "c");
    }

    #[test]
    fn many_new_entries_come_a_few_at_a_time_and_none_is_lost() {
        let name = |at: usize| format!("{at:02}");
        let entries: Vec<_> = (0..25).rev().map(|at| entry(&name(at), None)).collect();
        let mut known = BTreeSet::new();
        let mut came = Vec::new();
        for _ in 0..3 {
            let found = fresh(&entries, &known, false);
            came.extend(found.taken.iter().map(|entry| entry.title.clone()));
            known.extend(found.taken.iter().map(|entry| entry.key.clone()));
        }
        assert_eq!(came, (0..25).map(name).collect::<Vec<_>>());
    }

    #[test]
    fn a_feed_is_left_alone_for_at_least_an_hour_and_at_most_a_day() {
        for (ttl, hours) in [
            (None, 1),
            (Some(5), 1),
            (Some(180), 3),
            (Some(i64::MAX), 24),
        ] {
            assert_eq!(next_after_reading(at(0), ttl), at(hours), "{ttl:?}");
        }
        for (failures, asked, hours) in [
            (1, None, 1),
            (2, None, 2),
            (5, None, 16),
            (6, None, 24),
            (i64::MAX, None, 24),
            (1, Some(300), 5),
            (1, Some(i64::MAX), 24),
            (1, Some(-5), 1),
        ] {
            assert_eq!(
                next_after_failure(at(0), failures, asked),
                at(hours),
                "{failures}, {asked:?}"
            );
        }
    }

    #[test]
    fn the_desk_is_told_once_when_it_has_lasted() {
        for (fault, failures, told, expected) in [
            (Fault::Unreachable, 1, false, false),
            (Fault::Unreachable, FAILURES_TOLD, false, true),
            (Fault::Unreachable, FAILURES_TOLD + 1, true, false),
            (Fault::Inside, 1, false, true),
            (Fault::Form, 1, false, false),
        ] {
            assert_eq!(
                is_to_be_told(fault, failures, told),
                expected,
                "{fault:?} {failures}"
            );
        }
    }
}
