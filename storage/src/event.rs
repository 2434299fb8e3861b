//! Events (イベント): what is wanted of a session's place in the server's own list, and what somebody did
//! to it by hand.
//!
//! An event follows its session in the transaction that changes the session, so that nobody can forget
//! it: [`crate::session`] sees to that. What stands in Discord, under which mark and as of which
//! revision is a row of the outbox like any other, at [`Destination::Event`]; what the desk is told of
//! people's hands is a row of another subject, so that neither waits for the other. No words are kept here: an event is drawn when it is sent.

use crate::{
    dialect,
    error::{Error, Result},
    instant,
    link::{Connection, Transaction, all, one, optional},
    outbox::{self, Claimed},
    session,
    subject::Subject,
};
use chrono::{DateTime, Utc};
use domain::{
    audience::Destination,
    event::{Hand, Part, Span, is_announced},
    id::{MessageId, OfficeId, SessionId},
    session::Session,
};

/// Most sessions whose events follow a setting at once; Discord holds a hundred events of a server.
pub const FOLLOWED_MAX: i64 = 500;
/// Most events of an office that are looked at; more cannot stand in a server.
const STANDING_MAX: i64 = 500;

/// What somebody did to an event by hand, as it was noticed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Noticed {
    /// What.
    pub hand: Hand,
    /// Which parts differ, each once and in order; none where it was deleted.
    pub parts: Vec<Part>,
    /// From when to when it is in Discord, where that differs.
    pub span: Option<Span>,
    /// When, by the clock of the office.
    pub at: DateTime<Utc>,
}

/// What is kept of the event of a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Counts what is wanted of it; from 1.
    pub revision: i64,
    /// What was done to it by hand, until it is settled.
    pub noticed: Option<Noticed>,
    /// Counts what the desk is told of it.
    pub told: i64,
}

/// An event that stands in a server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Whose event.
    pub session: SessionId,
    /// Discord's id of it.
    pub event: MessageId,
    /// The mark at the end of its description.
    pub mark: String,
    /// The revision that stands there.
    pub revision: i64,
    /// Something done to it by hand is noticed, and not settled.
    pub noticed: bool,
}

/// Everything of an office that stands in its server's list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct List {
    /// What stands there as it is wanted.
    pub settled: Vec<Standing>,
    /// Something is on its way: the list is worth another look soon.
    pub moving: bool,
}

/// What is kept of a session's event; `None` where there never was one.
///
/// # Errors
/// [`Error::Unreadable`] when a newer version has written a code this one does not know.
pub async fn find(
    connection: &mut Connection,
    office: OfficeId,
    session: SessionId,
) -> Result<Option<Event>> {
    let row = optional!(
        connection,
        Row,
        "select revision, hand, parts, seen_start, seen_end, noticed_at, told from event \
         where office_id = $1 and session_id = $2",
        office.0,
        session.0,
    )?;
    row.map(read).transpose()
}

/// Revision, hand, parts, start, end, noticed at, told.
type Row = (
    i64,
    Option<String>,
    Option<String>,
    Option<i64>,
    Option<i64>,
    Option<i64>,
    i64,
);

fn read((revision, hand, parts, start, end, at, told): Row) -> Result<Event> {
    let unreadable = || Error::Unreadable("event");
    let noticed = match (hand, at) {
        (Some(hand), Some(at)) => {
            let start = instant::from_stored_option(start)?;
            let end = instant::from_stored_option(end)?;
            let codes = parts.unwrap_or_default();
            let codes = codes.split(',').filter(|code| !code.is_empty());
            Some(Noticed {
                hand: Hand::from_code(&hand).ok_or_else(unreadable)?,
                parts: codes
                    .map(|code| Part::from_code(code).ok_or_else(unreadable))
                    .collect::<Result<_>>()?,
                span: start.zip(end).map(|(start, end)| Span { start, end }),
                at: instant::from_stored(at)?,
            })
        }
        _ => None,
    };
    Ok(Event {
        revision,
        noticed,
        told,
    })
}

/// Lets the event of a session follow it: called wherever a session is stored.
pub(crate) async fn follow(
    tx: &mut Transaction,
    office: OfficeId,
    session: &Session,
) -> Result<()> {
    let kept = find(tx, office, session.id).await?;
    let announced = is_announced(session);
    if kept.is_none() && !announced {
        return Ok(());
    }
    let noticed = kept.and_then(|kept| kept.noticed);
    // What was changed by hand is overwritten; what was deleted is left alone, as long as it matters.
    let over = noticed.is_some_and(|noticed| noticed.hand == Hand::Changed || !announced);
    if over {
        settle(tx, office, session.id, session.changed_at).await?;
    }
    want(tx, office, session.id, session.changed_at).await
}

/// Lets the events of all sessions to come follow the set-up: whether there are any, in which language,
/// in which time zone. The sessions farthest ahead come first; beyond [`FOLLOWED_MAX`] they follow when
/// they change.
pub(crate) async fn follow_all(tx: &mut Transaction, office: OfficeId) -> Result<()> {
    let now = dialect::now(tx).await?;
    let rows = all!(
        tx,
        (i64,),
        "select id from session where office_id = $1 and tier = 3 and state = 'planned' \
         and not retracted and held_on is not null order by held_on desc, id desc limit $2",
        office.0,
        FOLLOWED_MAX,
    )?;
    for (id,) in rows {
        if let Some(session) = session::find(tx, office, SessionId(id)).await?
            && is_announced(&session)
        {
            want(tx, office, session.id, now).await?;
        }
    }
    Ok(())
}

async fn want(
    tx: &mut Transaction,
    office: OfficeId,
    session: SessionId,
    now: DateTime<Utc>,
) -> Result<()> {
    let (revision,) = one!(
        tx,
        (i64,),
        "insert into event (office_id, session_id) values ($1, $2) \
         on conflict (office_id, session_id) do update set revision = event.revision + 1 \
         returning revision",
        office.0,
        session.0,
    )?;
    let about = Subject::event(session);
    outbox::want(tx, office, about, Destination::Event, revision, now).await
}

/// Everything of an office that stands in its server's list.
///
/// # Errors
/// [`Error::Database`].
pub async fn standing(connection: &mut Connection, office: OfficeId) -> Result<List> {
    let rows = all!(
        connection,
        (i64, Option<i64>, String, i64, bool, bool),
        "select outbox.subject_id, outbox.message_id, outbox.mark, outbox.sent_revision, \
         outbox.wanted_revision <= outbox.sent_revision and outbox.lease_owner is null, \
         event.hand is not null from outbox join event on event.office_id = outbox.office_id \
         and event.session_id = outbox.subject_id \
         where outbox.office_id = $1 and outbox.destination = $2 and outbox.refused_code is null \
         and (outbox.message_id is not null or outbox.wanted_revision > outbox.sent_revision) \
         order by outbox.subject_id desc limit $3",
        office.0,
        Destination::Event.code(),
        STANDING_MAX,
    )?;
    let mut list = List::default();
    for (session, message, mark, revision, settled, noticed) in rows {
        match message.filter(|_| settled) {
            Some(message) => list.settled.push(Standing {
                session: SessionId(session),
                event: MessageId::from_stored(message),
                mark,
                revision,
                noticed,
            }),
            None => list.moving = true,
        }
    }
    Ok(list)
}

/// Notes what somebody did to an event that stood as wanted, and tells the desk. `false` when it does not
/// stand so any more (it is being put right), or when that was noticed already.
///
/// # Errors
/// As [`outbox::want`].
pub async fn notice(
    tx: &mut Transaction,
    office: OfficeId,
    standing: &Standing,
    noticed: &Noticed,
) -> Result<bool> {
    if !stands_so(tx, office, standing).await? {
        return Ok(false);
    }
    let kept = find(tx, office, standing.session).await?;
    let known = kept.and_then(|kept| kept.noticed);
    if known.is_some_and(|known| known.is_like(noticed)) {
        return Ok(false);
    }
    if noticed.hand == Hand::Deleted {
        let about = Subject::event(standing.session);
        outbox::forget(tx, office, about, Destination::Event).await?;
    }
    tell(tx, office, standing.session, Some(noticed), noticed.at).await?;
    Ok(true)
}

/// Notes that an event is gone that a worker was about to change.
///
/// # Errors
/// As [`outbox::want`].
pub async fn notice_gone(
    tx: &mut Transaction,
    claimed: &Claimed,
    now: DateTime<Utc>,
) -> Result<()> {
    let noticed = Noticed {
        hand: Hand::Deleted,
        parts: Vec::new(),
        span: None,
        at: now,
    };
    let session = SessionId(claimed.subject.id);
    tell(tx, claimed.office, session, Some(&noticed), now).await
}

/// Notes that an event that was changed by hand stands as wanted again. `false` when nothing was noted.
///
/// # Errors
/// As [`outbox::want`].
pub async fn notice_right(
    tx: &mut Transaction,
    office: OfficeId,
    standing: &Standing,
    now: DateTime<Utc>,
) -> Result<bool> {
    if !stands_so(tx, office, standing).await? {
        return Ok(false);
    }
    settle(tx, office, standing.session, now).await
}

/// Somebody asked for the event as the session says it: what was done by hand counts no more. `false`
/// when nothing was done by hand, or it was settled meanwhile.
///
/// # Errors
/// As [`outbox::want`].
pub async fn put_right(
    tx: &mut Transaction,
    office: OfficeId,
    session: SessionId,
    now: DateTime<Utc>,
) -> Result<bool> {
    if !settle(tx, office, session, now).await? {
        return Ok(false);
    }
    want(tx, office, session, now).await?;
    Ok(true)
}

impl Noticed {
    /// Whether it is the same, whenever it was noticed and as fine as it is kept.
    fn is_like(&self, other: &Self) -> bool {
        let kept = |span: Option<Span>| {
            span.map(|span| (instant::kept(span.start), instant::kept(span.end)))
        };
        (self.hand, &self.parts, kept(self.span)) == (other.hand, &other.parts, kept(other.span))
    }
}

/// Forgets what was done by hand and tells the desk that it is settled; `false` when nothing was.
async fn settle(
    tx: &mut Transaction,
    office: OfficeId,
    session: SessionId,
    now: DateTime<Utc>,
) -> Result<bool> {
    let kept = find(tx, office, session).await?;
    if kept.is_none_or(|kept| kept.noticed.is_none()) {
        return Ok(false);
    }
    tell(tx, office, session, None, now).await?;
    Ok(true)
}

async fn tell(
    tx: &mut Transaction,
    office: OfficeId,
    session: SessionId,
    noticed: Option<&Noticed>,
    now: DateTime<Utc>,
) -> Result<()> {
    let span = noticed.and_then(|noticed| noticed.span);
    let parts = noticed.map(|noticed| {
        let codes: Vec<&str> = noticed.parts.iter().map(|part| part.code()).collect();
        codes.join(",")
    });
    let (told,) = one!(
        tx,
        (i64,),
        "update event set hand = $3, parts = $4, seen_start = $5, seen_end = $6, noticed_at = $7, \
         told = told + 1 where office_id = $1 and session_id = $2 returning told",
        office.0,
        session.0,
        noticed.map(|noticed| noticed.hand.code()),
        parts,
        span.map(|span| instant::to_stored(span.start)),
        span.map(|span| instant::to_stored(span.end)),
        noticed.map(|noticed| instant::to_stored(noticed.at)),
    )?;
    let about = Subject::hand(session);
    outbox::want(tx, office, about, Destination::Desk, told, now).await
}

/// Whether an event still stands as it was read, and nothing is on its way to it.
async fn stands_so(tx: &mut Transaction, office: OfficeId, standing: &Standing) -> Result<bool> {
    let about = Subject::event(standing.session);
    let found = optional!(
        tx,
        (i64,),
        "select id from outbox where office_id = $1 and subject_kind = $2 and subject_id = $3 \
         and destination = $4 and message_id = $5 and sent_revision = $6 \
         and wanted_revision = $6 and lease_owner is null",
        office.0,
        about.kind.code(),
        about.id,
        Destination::Event.code(),
        standing.event.to_stored(),
        standing.revision,
    )?;
    Ok(found.is_some())
}
