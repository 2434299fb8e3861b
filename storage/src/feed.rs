//! Feeds (購読) as they are kept: what an office watches, when it is read next, and which entries came.
//!
//! Any number of processes look for what is due; a feed is claimed by lease, in the time of the database,
//! which all share. When it is due is by the clock of the office.

use crate::{
    counter::{self, Noun},
    dialect,
    error::{Conflict, Error, Result},
    instant,
    link::{Connection, Transaction, all, one, optional, run},
};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    feed::{Fault, Feed},
    id::{FeedId, NoticeId, OfficeId, UserId},
};

/// How long a process has a feed in hand; longer than reading it may take.
pub const LEASE_SECONDS: i64 = 120;
/// Most feeds of one page; a higher limit counts as this one.
pub const PAGE_MAX: i64 = 100;
/// Most digests of entries that are kept of a feed; the oldest go first. A feed shows some tens of entries,
/// so what is forgotten does not come again.
pub const KEYS_MAX: i64 = 4_000;

/// A feed in the hands of a process until its lease ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claimed {
    /// The office.
    pub office: OfficeId,
    /// The feed as it was claimed.
    pub feed: Feed,
    /// Which claim this is; the words of an older one do not count.
    claim: i64,
}

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The feeds of this page, by number.
    pub items: Vec<Feed>,
    /// How many there are in all.
    pub total: i64,
}

/// Id, revision, address, title, scopes, watched, next, read, failures, fault, told.
type First = (
    i64,
    i64,
    String,
    String,
    String,
    bool,
    i64,
    Option<i64>,
    i64,
    Option<String>,
    bool,
);
/// Id, tag, day of change, maker, made, changed.
type Second = (i64, Option<String>, Option<String>, i64, i64, i64);

macro_rules! first {
    () => {
        "select id, revision, url, title, scopes, watched, next_at, read_at, failures, fault, told \
         from feed "
    };
}

macro_rules! second {
    () => {
        "select id, etag, last_modified, made_by, made_at, changed_at from feed "
    };
}

/// Stores a new feed and returns it as it is kept: with its number and revision 1. Its `id` and `revision`
/// are not looked at.
///
/// # Errors
/// [`Conflict::NameTaken`] when the office watches the address already, [`Conflict::Missing`] when there is
/// no such office.
pub async fn insert(tx: &mut Transaction, office: OfficeId, feed: &Feed) -> Result<Feed> {
    let id = counter::next(tx, office, Noun::Feed).await?;
    run!(
        tx,
        "insert into feed (office_id, id, revision, url, title, scopes, watched, next_at, read_at, \
         etag, last_modified, made_by, made_at, changed_at) \
         values ($1, $2, 1, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        office.0,
        id,
        &feed.url,
        &feed.title,
        feed.scopes.join("\n"),
        feed.watched,
        instant::to_stored(feed.next_at),
        feed.read_at.map(instant::to_stored),
        &feed.etag,
        &feed.last_modified,
        feed.made_by.to_stored(),
        instant::to_stored(feed.made_at),
        instant::to_stored(feed.changed_at),
    )
    .map_err(|error| error.naming(Conflict::NameTaken, Conflict::Missing))?;
    Ok(Feed {
        id: FeedId(id),
        revision: 1,
        ..feed.clone()
    })
}

/// Begins or ends watching one that was read with the revision it carries, and returns it with the next.
/// What began again is read when `next_at` says so, and its trouble is forgotten.
///
/// # Errors
/// [`Conflict::StaleRevision`] when it changed in between, [`Conflict::NameTaken`] when the address is
/// watched by another.
pub async fn set_watched(
    tx: &mut Transaction,
    office: OfficeId,
    feed: &Feed,
    watched: bool,
    now: DateTime<Utc>,
) -> Result<Feed> {
    let touched = run!(
        tx,
        "update feed set revision = revision + 1, watched = $4, failures = 0, fault = null, \
         told = $5, next_at = $6, changed_at = $6 \
         where office_id = $1 and id = $2 and revision = $3",
        office.0,
        feed.id.0,
        feed.revision,
        watched,
        false,
        instant::to_stored(now),
    )
    .map_err(|error| error.naming(Conflict::NameTaken, Conflict::Missing))?;
    if touched == 0 {
        return Err(Conflict::StaleRevision.into());
    }
    find(tx, office, feed.id)
        .await?
        .ok_or_else(|| Conflict::Missing.into())
}

/// The feed of a number, watched or not.
///
/// # Errors
/// [`Error::Unreadable`] when a newer version has written a code this one does not know.
pub async fn find(
    connection: &mut Connection,
    office: OfficeId,
    feed: FeedId,
) -> Result<Option<Feed>> {
    let first = optional!(
        connection,
        First,
        concat!(first!(), "where office_id = $1 and id = $2"),
        office.0,
        feed.0,
    )?;
    let second = optional!(
        connection,
        Second,
        concat!(second!(), "where office_id = $1 and id = $2"),
        office.0,
        feed.0,
    )?;
    match (first, second) {
        (Some(first), Some(second)) => read(first, second).map(Some),
        _ => Ok(None),
    }
}

/// A page of what is watched, by number.
///
/// # Errors
/// As [`find`].
pub async fn list(
    connection: &mut Connection,
    office: OfficeId,
    offset: i64,
    limit: i64,
) -> Result<Page> {
    let (total,) = one!(
        connection,
        (i64,),
        "select count(*) from feed where office_id = $1 and watched",
        office.0,
    )?;
    let (limit, offset) = (limit.clamp(0, PAGE_MAX), offset.max(0));
    let firsts = all!(
        connection,
        First,
        concat!(
            first!(),
            "where office_id = $1 and watched order by id limit $2 offset $3"
        ),
        office.0,
        limit,
        offset,
    )?;
    let seconds = all!(
        connection,
        Second,
        concat!(
            second!(),
            "where office_id = $1 and watched order by id limit $2 offset $3"
        ),
        office.0,
        limit,
        offset,
    )?;
    let both = firsts.into_iter().zip(seconds);
    let items = both
        .map(|(first, second)| read(first, second))
        .collect::<Result<Vec<_>>>()?;
    Ok(Page { items, total })
}

/// Whether the office watches an address.
///
/// # Errors
/// [`Error::Database`].
pub async fn watches(connection: &mut Connection, office: OfficeId, url: &str) -> Result<bool> {
    let row = optional!(
        connection,
        (i64,),
        "select id from feed where office_id = $1 and url = $2 and watched",
        office.0,
        url,
    )?;
    Ok(row.is_some())
}

/// When the next feed is due, by the clock of the office; what somebody has in hand counts as well.
///
/// # Errors
/// [`Error::Database`].
pub async fn next_due(connection: &mut Connection) -> Result<Option<DateTime<Utc>>> {
    let (micros,) = one!(
        connection,
        (Option<i64>,),
        "select min(next_at) from feed join office on office.id = feed.office_id \
         where watched and office.left_at is null",
    )?;
    instant::from_stored_option(micros)
}

/// Claims feeds that are due and in nobody's hands, the longest due first.
///
/// # Errors
/// As [`find`].
pub async fn claim(tx: &mut Transaction, now: DateTime<Utc>, most: i64) -> Result<Vec<Claimed>> {
    let db_now = dialect::now(tx).await?;
    let due = all!(
        tx,
        (i64, i64, i64),
        "select feed.office_id, feed.id, feed.claim from feed \
         join office on office.id = feed.office_id \
         where watched and next_at <= $1 and office.left_at is null \
         and (lease_until is null or lease_until <= $2) \
         order by next_at, feed.office_id, feed.id limit $3",
        instant::to_stored(now),
        instant::to_stored(db_now),
        most.clamp(0, PAGE_MAX),
    )?;
    let mut claimed = Vec::with_capacity(due.len());
    for (office, id, claim) in due {
        run!(
            tx,
            "update feed set claim = claim + 1, lease_until = $3 where office_id = $1 and id = $2",
            office,
            id,
            instant::to_stored(db_now + TimeDelta::seconds(LEASE_SECONDS)),
        )?;
        let (office, id) = (OfficeId(office), FeedId(id));
        if let Some(feed) = find(tx, office, id).await? {
            claimed.push(Claimed {
                office,
                feed,
                claim: claim + 1,
            });
        }
    }
    Ok(claimed)
}

/// Keeps what a reading said of the feed itself and gives it out of hand: its title, validators, failures,
/// what was told, when it is next. Whether it is watched and its scopes are not touched. With `shows` its
/// revision counts on. `false` when the claim is no longer ours or nobody watches it any more: then nothing
/// of the reading may be kept.
///
/// # Errors
/// [`Error::Database`].
pub async fn settle(
    tx: &mut Transaction,
    claimed: &Claimed,
    feed: &Feed,
    shows: bool,
) -> Result<bool> {
    let touched = run!(
        tx,
        "update feed set title = $4, next_at = $5, read_at = $6, failures = $7, fault = $8, told = $9, \
         etag = $10, last_modified = $11, lease_until = null, revision = revision + $12 \
         where office_id = $1 and id = $2 and claim = $3 and watched",
        claimed.office.0,
        claimed.feed.id.0,
        claimed.claim,
        &feed.title,
        instant::to_stored(feed.next_at),
        feed.read_at.map(instant::to_stored),
        feed.failures,
        feed.fault.map(Fault::code),
        feed.told,
        &feed.etag,
        &feed.last_modified,
        i64::from(shows),
    )?;
    Ok(touched > 0)
}

/// Which of these digests are known of a feed.
///
/// # Errors
/// [`Error::Database`].
pub async fn known(
    connection: &mut Connection,
    office: OfficeId,
    feed: FeedId,
    keys: &[&str],
) -> Result<std::collections::BTreeSet<String>> {
    let mut known = std::collections::BTreeSet::new();
    for key in keys {
        let row = optional!(
            connection,
            (i64,),
            "select number from feed_entry where office_id = $1 and feed_id = $2 and key = $3",
            office.0,
            feed.0,
            *key,
        )?;
        if row.is_some() {
            known.insert((*key).to_owned());
        }
    }
    Ok(known)
}

/// Notes digests of an entry as known, and the notice it became; the oldest beyond [`KEYS_MAX`] are forgotten.
///
/// # Errors
/// [`Conflict::Missing`] when there is no such feed.
pub async fn know(
    tx: &mut Transaction,
    office: OfficeId,
    feed: FeedId,
    keys: &[&str],
    notice: Option<NoticeId>,
) -> Result<()> {
    let (last,) = one!(
        tx,
        (i64,),
        "select coalesce(max(number), 0) from feed_entry where office_id = $1 and feed_id = $2",
        office.0,
        feed.0,
    )?;
    for (number, key) in (last + 1..).zip(keys) {
        run!(
            tx,
            "insert into feed_entry (office_id, feed_id, key, number, notice_id) \
             values ($1, $2, $3, $4, $5) on conflict (office_id, feed_id, key) do nothing",
            office.0,
            feed.0,
            *key,
            number,
            notice.map(|notice| notice.0),
        )
        .map_err(|error| error.naming(Conflict::Missing, Conflict::Missing))?;
    }
    run!(
        tx,
        "delete from feed_entry where office_id = $1 and feed_id = $2 and number <= $3",
        office.0,
        feed.0,
        last - KEYS_MAX,
    )?;
    Ok(())
}

/// The feed a notice came from, if it did.
///
/// # Errors
/// As [`find`].
pub async fn of_notice(
    connection: &mut Connection,
    office: OfficeId,
    notice: NoticeId,
) -> Result<Option<Feed>> {
    let row = optional!(
        connection,
        (i64,),
        "select feed_id from feed_entry where office_id = $1 and notice_id = $2 limit 1",
        office.0,
        notice.0,
    )?;
    match row {
        Some((feed,)) => find(connection, office, FeedId(feed)).await,
        None => Ok(None),
    }
}

fn read(first: First, second: Second) -> Result<Feed> {
    let (id, revision, url, title, scopes, watched, next, read, failures, fault, told) = first;
    let (_, etag, last_modified, made_by, made_at, changed_at) = second;
    let fault =
        fault.map(|code| Fault::from_code(&code).ok_or(Error::Unreadable("fault of a feed")));
    Ok(Feed {
        id: FeedId(id),
        revision,
        url,
        title,
        scopes: scopes.lines().map(str::to_owned).collect(),
        watched,
        next_at: instant::from_stored(next)?,
        read_at: instant::from_stored_option(read)?,
        failures,
        fault: fault.transpose()?,
        told,
        etag,
        last_modified,
        made_by: UserId::from_stored(made_by),
        made_at: instant::from_stored(made_at)?,
        changed_at: instant::from_stored(changed_at)?,
    })
}
