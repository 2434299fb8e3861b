//! Acceptances: the desk's word, by name, that somebody may see every channel of the server.
//!
//! What the configuration file says is `fixed` and goes when the file no longer says it. Whether an
//! acceptance still means anybody is not known here.

use crate::{
    error::{Error, Result},
    instant,
    link::{Connection, Transaction, all, run},
    office,
};
use chrono::{DateTime, Utc};
use domain::{
    id::{OfficeId, UserId},
    office::Acceptance,
    server::OverseerKind,
};
use std::collections::BTreeSet;

/// Keeps an acceptance; one that is there already stays as it is. Says whether it is new.
///
/// # Errors
/// [`crate::Conflict::Missing`] when there is no such office.
pub async fn put(
    tx: &mut Transaction,
    office: OfficeId,
    id: u64,
    kind: OverseerKind,
    who: UserId,
    now: DateTime<Utc>,
) -> Result<bool> {
    office::touch(tx, office).await?;
    let kept = run!(
        tx,
        "insert into acceptance (office_id, discord_id, kind, fixed, accepted_by, accepted_at) \
         values ($1, $2, $3, $4, $5, $6) on conflict (office_id, discord_id) do nothing",
        office.0,
        id.cast_signed(),
        kind.code(),
        false,
        who.to_stored(),
        instant::to_stored(now),
    )?;
    Ok(kept > 0)
}

/// Takes an acceptance back; says whether there was one.
///
/// # Errors
/// [`crate::Conflict::Missing`] when there is no such office.
pub async fn remove(tx: &mut Transaction, office: OfficeId, id: u64) -> Result<bool> {
    office::touch(tx, office).await?;
    let removed = run!(
        tx,
        "delete from acceptance where office_id = $1 and discord_id = $2",
        office.0,
        id.cast_signed(),
    )?;
    Ok(removed > 0)
}

/// What the configuration file has changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Laid {
    /// Ids it accepts that were not accepted before.
    pub accepted: Vec<u64>,
    /// Ids it accepted before and no longer names.
    pub withdrawn: Vec<u64>,
}

/// Lays the ids of the configuration file onto an office; nothing is touched where they are the same.
///
/// # Errors
/// [`crate::Conflict::Missing`] when there is no such office.
pub async fn lay(
    tx: &mut Transaction,
    office: OfficeId,
    ids: &BTreeSet<u64>,
    now: DateTime<Utc>,
) -> Result<Laid> {
    let known = of(tx, office).await?;
    let fixed: BTreeSet<u64> = known.iter().filter(|a| a.fixed).map(|a| a.id).collect();
    if fixed == *ids {
        return Ok(Laid::default());
    }
    office::touch(tx, office).await?;
    for id in ids.difference(&fixed) {
        run!(
            tx,
            "insert into acceptance (office_id, discord_id, kind, fixed, accepted_by, accepted_at) \
             values ($1, $2, null, $3, null, $4) on conflict (office_id, discord_id) \
             do update set fixed = excluded.fixed",
            office.0,
            id.cast_signed(),
            true,
            instant::to_stored(now),
        )?;
    }
    let withdrawn: Vec<u64> = fixed.difference(ids).copied().collect();
    for id in &withdrawn {
        remove(tx, office, *id).await?;
    }
    let is_new = |id: &u64| known.iter().all(|acceptance| acceptance.id != *id);
    Ok(Laid {
        accepted: ids.iter().copied().filter(is_new).collect(),
        withdrawn,
    })
}

pub(crate) async fn of(connection: &mut Connection, office: OfficeId) -> Result<Vec<Acceptance>> {
    let rows = all!(
        connection,
        (i64, Option<String>, bool),
        "select discord_id, kind, fixed from acceptance where office_id = $1",
        office.0
    )?;
    let acceptance = |(id, kind, fixed): (i64, Option<String>, bool)| {
        let kind = match kind {
            None => None,
            Some(code) => Some(
                OverseerKind::from_code(&code).ok_or(Error::Unreadable("kind of an acceptance"))?,
            ),
        };
        Ok(Acceptance {
            id: id.cast_unsigned(),
            kind,
            fixed,
        })
    };
    let mut accepted: Vec<Acceptance> = rows.into_iter().map(acceptance).collect::<Result<_>>()?;
    accepted.sort_by_key(|acceptance| acceptance.id);
    Ok(accepted)
}
