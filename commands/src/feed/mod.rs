//! Feeds (購読): what an office watches for new notices.
//!
//! A new entry becomes a notice in state `draft` with a card at the desk, where it is taken in or dismissed;
//! nobody else knows of it before. Fetching is the bot's: [`Feeds`] is the port, and whoever implements it
//! calls the public internet only. What hinders reading is told to the desk once, by a card that goes when
//! the feed can be read again.

pub(crate) mod list;
pub(crate) mod take;
pub(crate) mod watch;

use crate::{
    App, answer::Answer, custom_id::Feed as Press, dispatch::May, error::Error, request::Request,
    text::Text,
};
use chrono::{DateTime, Utc};
use domain::{
    audience::Destination,
    feed::{
        Entry, Fault, Feed, Fresh, Reading, day_of, fresh, is_to_be_told, next_after_failure,
        next_after_reading,
    },
    id::{FeedId, NoticeId, OfficeId},
    notice::{Notice, Origin},
    office::Office,
};
use futures::future::BoxFuture;
use std::sync::Arc;
use storage::{Subject, Transaction, audit::CALENDAR, feed::Claimed};

/// What a feed is asked with.
#[derive(Clone, PartialEq, Eq)]
pub struct Asked {
    /// Where it is.
    pub url: String,
    /// The tag of the version that was read last.
    pub etag: Option<String>,
    /// The day of its change, as the server wrote it.
    pub last_modified: Option<String>,
}

impl std::fmt::Debug for Asked {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // An address may carry a key.
        f.write_str("Asked(…)")
    }
}

/// What a feed answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fetched {
    /// It is as it was.
    Unchanged,
    /// It was read.
    Read(Reading),
}

/// Why a feed could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Failure {
    /// Why.
    pub fault: Fault,
    /// When the server wants to be asked again, in minutes.
    pub retry_after_minutes: Option<i64>,
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Self {
        Self {
            fault,
            retry_after_minutes: None,
        }
    }
}

/// Where feeds come from.
pub trait Feeds: Send + Sync {
    /// Reads a feed from the public internet, within limits of time, bytes and redirects.
    fn fetch<'a>(&'a self, asked: &'a Asked) -> BoxFuture<'a, Result<Fetched, Failure>>;
}

/// How a reading ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was read, and what was new was kept.
    Read,
    /// It was as before.
    Unchanged,
    /// It could not be read.
    Failed,
    /// Somebody else has it, or nobody watches it any more.
    Dropped,
}

impl Outcome {
    /// A word for logs and figures.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Unchanged => "unchanged",
            Self::Failed => "failed",
            Self::Dropped => "dropped",
        }
    }
}

/// Reads a claimed feed and keeps what it brought.
///
/// # Errors
/// Storage failed; the feed is claimed again when its lease has ended.
pub async fn read(app: &App, claimed: Arc<Claimed>) -> storage::Result<Outcome> {
    let asked = Asked {
        url: claimed.feed.url.clone(),
        etag: claimed.feed.etag.clone(),
        last_modified: claimed.feed.last_modified.clone(),
    };
    let now = app.clock.now();
    let fetched = app.feeds.fetch(&asked).await;
    let outcome = match &fetched {
        Ok(Fetched::Read(_)) => Outcome::Read,
        Ok(Fetched::Unchanged) => Outcome::Unchanged,
        Err(_) => Outcome::Failed,
    };
    let fetched = Arc::new(fetched);
    let kept = app
        .store
        .write(move |tx| {
            let (claimed, fetched) = (Arc::clone(&claimed), Arc::clone(&fetched));
            Box::pin(async move { keep(tx, &claimed, &fetched, now).await })
        })
        .await?;
    Ok(if kept { outcome } else { Outcome::Dropped })
}

async fn keep(
    tx: &mut Transaction,
    claimed: &Claimed,
    fetched: &Result<Fetched, Failure>,
    now: DateTime<Utc>,
) -> storage::Result<bool> {
    let before = &claimed.feed;
    let mut after = after(before, fetched, now);
    let fresh = match fetched {
        Ok(Fetched::Read(reading)) => {
            let first = before.read_at.is_none();
            Some(news(tx, (claimed.office, before.id), reading, first).await?)
        }
        _ => None,
    };
    if fresh.as_ref().is_some_and(|fresh| fresh.left > 0) {
        // What is left must be read next time, though nothing will have changed.
        (after.etag, after.last_modified) = (None, None);
    }
    let shows = after.told != before.told;
    if !storage::feed::settle(tx, claimed, &after, shows).await? {
        return Ok(false);
    }
    if shows {
        let about = Subject::from(before.id);
        let revision = before.revision + 1;
        storage::outbox::want(tx, claimed.office, about, Destination::Desk, revision, now).await?;
    }
    if let Some(fresh) = fresh
        && let Some(office) = storage::office::load(tx, claimed.office).await?
    {
        take_in(tx, &office, &after, &fresh, now).await?;
    }
    Ok(true)
}

/// The feed as it stands after it was asked.
fn after(before: &Feed, fetched: &Result<Fetched, Failure>, now: DateTime<Utc>) -> Feed {
    let well = Feed {
        failures: 0,
        fault: None,
        told: false,
        read_at: Some(now),
        next_at: next_after_reading(now, None),
        ..before.clone()
    };
    match fetched {
        Ok(Fetched::Unchanged) => well,
        Ok(Fetched::Read(reading)) => Feed {
            next_at: next_after_reading(now, reading.ttl_minutes),
            title: title_of(reading, &before.title),
            etag: reading.etag.clone(),
            last_modified: reading.last_modified.clone(),
            ..well
        },
        Err(failure) => {
            let failures = before.failures.saturating_add(1);
            Feed {
                failures,
                fault: Some(failure.fault),
                told: before.told || is_to_be_told(failure.fault, failures, before.told),
                next_at: next_after_failure(now, failures, failure.retry_after_minutes),
                ..before.clone()
            }
        }
    }
}

/// What a feed calls itself, else what it was called before.
pub(crate) fn title_of(reading: &Reading, before: &str) -> String {
    match reading.title.as_str() {
        "" => before.to_owned(),
        title => title.to_owned(),
    }
}

/// What is new in a reading of a feed.
pub(crate) async fn news<'a>(
    tx: &mut Transaction,
    (office, feed): (OfficeId, FeedId),
    reading: &'a Reading,
    first: bool,
) -> storage::Result<Fresh<'a>> {
    let keys: Vec<&str> = reading.entries.iter().flat_map(keys_of).collect();
    let known = storage::feed::known(tx, office, feed, &keys).await?;
    Ok(fresh(&reading.entries, &known, first))
}

/// Keeps what is new as drafts with their cards, and what was passed over as known.
pub(crate) async fn take_in(
    tx: &mut Transaction,
    office: &Office,
    feed: &Feed,
    fresh: &Fresh<'_>,
    now: DateTime<Utc>,
) -> storage::Result<()> {
    // What was passed over is the older: it is noted first.
    for entry in fresh.passed_over.iter().rev() {
        let keys: Vec<&str> = keys_of(entry).collect();
        storage::feed::know(tx, office.id, feed.id, &keys, None).await?;
    }
    for entry in &fresh.taken {
        let stored =
            storage::notice::insert(tx, office.id, &draft(office, feed, entry, now), None).await?;
        let keys: Vec<&str> = keys_of(entry).collect();
        storage::feed::know(tx, office.id, feed.id, &keys, Some(stored.id)).await?;
        let about = Subject::from(stored.id);
        crate::audit::note(tx, office.id, Some(about), "feed.draft", CALENDAR, now, &[]).await?;
        storage::outbox::want(
            tx,
            office.id,
            about,
            Destination::Desk,
            stored.revision,
            now,
        )
        .await?;
    }
    Ok(())
}

fn keys_of(entry: &Entry) -> impl Iterator<Item = &str> {
    std::iter::once(entry.key.as_str()).chain(entry.link_key.as_deref())
}

/// The notice an entry becomes.
fn draft(office: &Office, feed: &Feed, entry: &Entry, now: DateTime<Utc>) -> Notice {
    Notice {
        id: NoticeId(0),
        revision: 0,
        draft: true,
        title: entry.title.clone(),
        number: None,
        issuer: None,
        date: day_of(entry, office.settings.time_zone),
        topic: None,
        link: entry.link.clone(),
        scopes: feed.scopes.clone(),
        changes: Vec::new(),
        origin: Origin::Feed,
        added_by: None,
        created_at: now,
        changed_at: now,
        retracted: false,
    }
}

/// Reads a feed of the office.
///
/// # Errors
/// Refused where there is none of this number, and for everybody but coordinators.
async fn find(request: &Request, id: FeedId) -> Result<Feed, Error> {
    crate::permission::coordinate(request)?;
    let office: OfficeId = request.office_id();
    let found = request
        .app
        .store
        .read(move |connection| Box::pin(storage::feed::find(connection, office, id)))
        .await?;
    found.ok_or_else(|| Error::refuse(Text::new("refused-no-such-feed")))
}

/// What a button about feeds may answer.
pub(crate) fn may(press: Press) -> May {
    match press {
        // These stand on cards as well, which everybody at the desk sees.
        Press::Take(_) | Press::Dismiss(_) | Press::Stop(_) => May::Say,
        Press::List(_) | Press::Resume(_) | Press::Back(..) => May::Replace,
    }
}

/// A button about feeds was pressed.
pub(crate) async fn pressed(request: &Request, press: Press) -> Result<Answer, Error> {
    match press {
        Press::List(page) => list::turn(request, page).await,
        Press::Stop(feed) => watch::stop(request, feed).await,
        Press::Resume(feed) => watch::resume(request, feed).await,
        Press::Take(notice) => take::take(request, notice).await,
        Press::Dismiss(notice) => take::dismiss(request, notice).await,
        Press::Back(notice, revision) => take::back(request, notice, revision).await,
    }
}
