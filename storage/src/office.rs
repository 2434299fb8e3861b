//! Offices and what they have set up: channels, roles, settings.
//!
//! Every change of the set-up counts the office's revision up, so that copies know they are old.
//! What the configuration file sets is marked `fixed`; that commands refuse to change it is their
//! rule, not storage's.

use crate::{
    acceptance, association,
    binding::{self, Meaning},
    category, circle,
    error::{Conflict, Result},
    event, instant,
    link::{Connection, Transaction, all, one, optional, run},
    occurrence, profession, stoppage,
};
use chrono::{DateTime, Utc};
use domain::{
    id::{ChannelId, OfficeId, RoleId, ServerId},
    office::{Binding, Capacity, Derived, Office, Use},
    setting::{Key, Settings},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// The office of a server, made when it is new; says whether it was.
///
/// A new office has the professions of [`domain::profession::standard`].
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn ensure(
    tx: &mut Transaction,
    server: ServerId,
    now: DateTime<Utc>,
) -> Result<(OfficeId, bool)> {
    if let Some((id,)) = optional!(
        tx,
        (i64,),
        "select id from office where server_id = $1",
        server.to_stored()
    )? {
        return Ok((OfficeId(id), false));
    }
    let (id,) = one!(
        tx,
        (i64,),
        "insert into office (server_id, created_at) values ($1, $2) returning id",
        server.to_stored(),
        instant::to_stored(now),
    )?;
    let office = OfficeId(id);
    for words in domain::profession::standard() {
        profession::put(tx, office, &words.name, &words.aliases).await?;
    }
    Ok((office, true))
}

/// All offices with their servers, also those the bot has left. Those that are being deleted have none any
/// more ([`crate::erasure::begin`]); older schemas can be asked as well.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn all(connection: &mut Connection) -> Result<Vec<(OfficeId, ServerId)>> {
    let rows = all!(
        connection,
        (i64, i64),
        "select id, server_id from office where server_id <> -id order by id"
    )?;
    Ok(rows
        .into_iter()
        .map(|(id, server)| (OfficeId(id), ServerId::from_stored(server)))
        .collect())
}

/// Binds a channel to a use, or unbinds the use. A fixed binding takes the channel from what commands
/// have bound it to.
///
/// # Errors
/// [`Conflict::ChannelTaken`] when the channel has another use, [`Conflict::Missing`] when there is no
/// such office.
pub async fn set_channel(
    tx: &mut Transaction,
    office: OfficeId,
    of: Use,
    channel: Option<ChannelId>,
    fixed: bool,
) -> Result<()> {
    touch(tx, office).await?;
    if let Some(channel) = channel {
        binding::take_channel(tx, office, channel, of.into(), fixed).await?;
    }
    match channel {
        Some(channel) => run!(
            tx,
            "insert into office_channel (office_id, used_for, channel_id, fixed) \
             values ($1, $2, $3, $4) on conflict (office_id, used_for) \
             do update set channel_id = excluded.channel_id, fixed = excluded.fixed",
            office.0,
            of.code(),
            channel.to_stored(),
            fixed,
        )?,
        None => run!(
            tx,
            "delete from office_channel where office_id = $1 and used_for = $2",
            office.0,
            of.code(),
        )?,
    };
    Ok(())
}

/// Maps a role to a capacity, or unmaps the capacity. A fixed one takes the role from what commands
/// have mapped it to.
///
/// # Errors
/// [`Conflict::RoleTaken`] when the role has another meaning, [`Conflict::Missing`] when there is no
/// such office.
pub async fn set_role(
    tx: &mut Transaction,
    office: OfficeId,
    capacity: Capacity,
    role: Option<RoleId>,
    fixed: bool,
) -> Result<()> {
    touch(tx, office).await?;
    if let Some(role) = role {
        binding::take_role(tx, office, role, Meaning::Capacity(capacity), fixed).await?;
    }
    match role {
        Some(role) => run!(
            tx,
            "insert into office_role (office_id, capacity, role_id, fixed) \
             values ($1, $2, $3, $4) on conflict (office_id, capacity) \
             do update set role_id = excluded.role_id, fixed = excluded.fixed",
            office.0,
            capacity.code(),
            role.to_stored(),
            fixed,
        )?,
        None => run!(
            tx,
            "delete from office_role where office_id = $1 and capacity = $2",
            office.0,
            capacity.code(),
        )?,
    };
    Ok(())
}

/// Sets a setting to a value in its stored form ([`Settings::stored`]). With the time zone, what is due
/// later moves as well: nine in the morning stays nine in the morning. With the first month of the fiscal
/// year, what was put off to a year comes back when that begins.
///
/// # Errors
/// [`Conflict::Missing`] when there is no such office.
pub async fn set_setting(
    tx: &mut Transaction,
    office: OfficeId,
    key: Key,
    value: &str,
    fixed: bool,
) -> Result<()> {
    touch(tx, office).await?;
    run!(
        tx,
        "insert into office_setting (office_id, key, value, fixed) values ($1, $2, $3, $4) \
         on conflict (office_id, key) do update set value = excluded.value, fixed = excluded.fixed",
        office.0,
        key.code(),
        value,
        fixed,
    )?;
    if matches!(key, Key::SessionEvent | Key::TimeZone | Key::Locale) {
        event::follow_all(tx, office).await?;
    }
    if key == Key::TimeZone {
        let zone = settings(tx, office).await?.time_zone;
        occurrence::follow(tx, office, zone).await?;
    }
    if key == Key::FiscalYearStart {
        let settings = settings(tx, office).await?;
        let start = settings.fiscal_year_start;
        occurrence::follow_year(tx, office, start, settings.time_zone).await?;
    }
    Ok(())
}

/// Notes that the bot has left the server at this time, or is back (`None`); since when it was away
/// before. One that was left stays left since then, so that the time until the office is deleted
/// ([`crate::departure`]) runs once. Meanwhile nothing is taken from the office's outbox.
///
/// # Errors
/// [`Conflict::Missing`] when there is no such office.
pub async fn left(
    tx: &mut Transaction,
    office: OfficeId,
    at: Option<DateTime<Utc>>,
) -> Result<Option<DateTime<Utc>>> {
    touch(tx, office).await?;
    let (before,) = one!(
        tx,
        (Option<i64>,),
        "select left_at from office where id = $1",
        office.0
    )?;
    run!(
        tx,
        "update office set left_at = $2 where id = $1",
        office.0,
        at.map(|at| before.unwrap_or_else(|| instant::to_stored(at)))
    )?;
    // Somebody may be waiting for what could not be sent, and somebody looks when the time is over.
    tx.queued |= at.is_none();
    tx.planned = true;
    instant::from_stored_option(before)
}

/// Makes everything the configuration file has set changeable again. Called before the file is
/// applied at start, so that what has left the file is free. Acceptances are not among it: what has
/// left the file is no longer accepted ([`acceptance::lay`]).
///
/// # Errors
/// [`Conflict::Missing`] when there is no such office.
pub async fn release_fixed(tx: &mut Transaction, office: OfficeId) -> Result<()> {
    touch(tx, office).await?;
    for sql in [
        "update office_setting set fixed = false where office_id = $1 and fixed",
        "update office_channel set fixed = false where office_id = $1 and fixed",
        "update office_role set fixed = false where office_id = $1 and fixed",
        "update association set fixed = false where office_id = $1 and fixed",
        "update circle set fixed = false where office_id = $1 and fixed",
    ] {
        run!(tx, sql, office.0)?;
    }
    Ok(())
}

/// The office with its whole set-up; [`crate::Store::office`] is the cached way.
///
/// # Errors
/// [`crate::Error::Unreadable`] when a newer version has written a code this one does not know.
pub async fn load(connection: &mut Connection, office: OfficeId) -> Result<Option<Office>> {
    let row = optional!(
        connection,
        (i64, i64),
        "select server_id, revision from office where id = $1",
        office.0
    )?;
    let Some((server, revision)) = row else {
        return Ok(None);
    };
    Ok(Some(Office {
        id: office,
        server: ServerId::from_stored(server),
        revision,
        settings: settings(connection, office).await?,
        professions: profession::of(connection, office).await?,
        associations: association::of(connection, office).await?,
        categories: category::of(connection, office).await?,
        circles: circle::of(connection, office).await?,
        channels: channels(connection, office).await?,
        roles: roles(connection, office).await?,
        stopped: stoppage::open(connection, office).await?,
        accepted: acceptance::of(connection, office).await?,
        derived: Derived::default(),
    }))
}

/// The office as it is now: the one that is known already, unless it was set up differently since. One
/// small query then; [`crate::Store::office_by_id`] knows one.
///
/// # Errors
/// [`crate::Error::Unreadable`] when a newer version has written a code this one does not know.
pub async fn current(
    connection: &mut Connection,
    office: OfficeId,
    known: Option<Arc<Office>>,
) -> Result<Option<Arc<Office>>> {
    let row = optional!(
        connection,
        (i64,),
        "select revision from office where id = $1",
        office.0
    )?;
    let Some((revision,)) = row else {
        return Ok(None);
    };
    match known.filter(|known| known.id == office && known.revision == revision) {
        Some(known) => Ok(Some(known)),
        None => Ok(load(connection, office).await?.map(Arc::new)),
    }
}

async fn settings(connection: &mut Connection, office: OfficeId) -> Result<Settings> {
    let rows = all!(
        connection,
        (String, String, bool),
        "select key, value, fixed from office_setting where office_id = $1",
        office.0
    )?;
    let fixed: BTreeSet<String> = rows
        .iter()
        .filter(|(_, _, fixed)| *fixed)
        .map(|(key, _, _)| key.clone())
        .collect();
    let values: BTreeMap<String, String> = rows
        .into_iter()
        .map(|(key, value, _)| (key, value))
        .collect();
    Ok(Settings::from_stored(&values, fixed))
}

async fn channels(
    connection: &mut Connection,
    office: OfficeId,
) -> Result<Vec<(Use, Binding<ChannelId>)>> {
    let rows = all!(
        connection,
        (String, i64, bool),
        "select used_for, channel_id, fixed from office_channel where office_id = $1",
        office.0
    )?;
    let bound: BTreeMap<Use, Binding<ChannelId>> = rows
        .into_iter()
        .filter_map(|(code, to, fixed)| {
            Some((
                Use::from_code(&code)?,
                Binding {
                    to: ChannelId::from_stored(to),
                    fixed,
                },
            ))
        })
        .collect();
    Ok(bound.into_iter().collect())
}

async fn roles(
    connection: &mut Connection,
    office: OfficeId,
) -> Result<Vec<(Capacity, Binding<RoleId>)>> {
    let rows = all!(
        connection,
        (String, i64, bool),
        "select capacity, role_id, fixed from office_role where office_id = $1",
        office.0
    )?;
    let mapped: BTreeMap<Capacity, Binding<RoleId>> = rows
        .into_iter()
        .filter_map(|(code, to, fixed)| {
            Some((
                Capacity::from_code(&code)?,
                Binding {
                    to: RoleId::from_stored(to),
                    fixed,
                },
            ))
        })
        .collect();
    Ok(mapped.into_iter().collect())
}

/// How the office was set up when all its issues were last routed ([`domain::routing::imprint`]);
/// something else while they are being routed, nothing when they have to be.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn routed_by(connection: &mut Connection, office: OfficeId) -> Result<Option<String>> {
    let row = optional!(
        connection,
        (Option<String>,),
        "select routed_by from office where id = $1",
        office.0
    )?;
    Ok(row.and_then(|(imprint,)| imprint))
}

/// Notes that somebody begins to route all issues anew, under a word of its own.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn begin_routing(tx: &mut Transaction, office: OfficeId, word: &str) -> Result<()> {
    run!(
        tx,
        "update office set routed_by = $2 where id = $1",
        office.0,
        word
    )?;
    Ok(())
}

/// Notes that all issues are routed by the set-up of this revision; `false`, and nothing noted, when it
/// has changed since the beginning, or something was written by an older one.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn end_routing(
    tx: &mut Transaction,
    office: OfficeId,
    revision: i64,
    word: &str,
    imprint: &str,
) -> Result<bool> {
    let noted = run!(
        tx,
        "update office set routed_by = $4 where id = $1 and revision = $2 and routed_by = $3",
        office.0,
        revision,
        word,
        imprint,
    )?;
    Ok(noted > 0)
}

/// Whether the set-up still has this revision, read in the transaction of what was decided by it.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn is_set_up_as(tx: &mut Transaction, office: OfficeId, revision: i64) -> Result<bool> {
    let row = optional!(
        tx,
        (i64,),
        "select id from office where id = $1 and revision = $2",
        office.0,
        revision
    )?;
    Ok(row.is_some())
}

/// What is written now was decided by the set-up of this revision. When that is no longer the present
/// one, all issues are routed again: whoever changed the set-up may have passed by already.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn decided_by(tx: &mut Transaction, office: OfficeId, revision: i64) -> Result<()> {
    run!(
        tx,
        "update office set routed_by = null where id = $1 and revision <> $2",
        office.0,
        revision,
    )?;
    Ok(())
}

/// Counts the revision up.
pub(crate) async fn touch(tx: &mut Transaction, office: OfficeId) -> Result<()> {
    let touched = run!(
        tx,
        "update office set revision = revision + 1 where id = $1",
        office.0
    )?;
    if touched == 0 {
        Err(Conflict::Missing.into())
    } else {
        Ok(())
    }
}
