//! Interactions that somebody has taken, so that an event delivered twice acts once.

use crate::{
    error::{Conflict, Result},
    instant,
    link::{Connection, Transaction, optional, run},
};
use chrono::{DateTime, Utc};
use domain::id::{InteractionId, OfficeId};

/// Takes an interaction in the transaction of the change it causes; `false` when somebody has it.
///
/// # Errors
/// [`Conflict::Missing`] when there is no such office.
pub async fn claim(
    tx: &mut Transaction,
    interaction: InteractionId,
    office: OfficeId,
    now: DateTime<Utc>,
) -> Result<bool> {
    let claimed = run!(
        tx,
        "insert into interaction (id, office_id, claimed_at) values ($1, $2, $3) \
         on conflict (id) do nothing",
        interaction.to_stored(),
        office.0,
        instant::to_stored(now),
    )
    .map_err(|error| error.naming(Conflict::Missing, Conflict::Missing))?;
    Ok(claimed > 0)
}

/// Whether somebody has taken an interaction, so that what it asked for is done.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn is_claimed(connection: &mut Connection, interaction: InteractionId) -> Result<bool> {
    let found = optional!(
        connection,
        (i64,),
        "select claimed_at from interaction where id = $1",
        interaction.to_stored(),
    )?;
    Ok(found.is_some())
}

/// Forgets interactions taken before a time (Discord delivers none again after 15 minutes); says how
/// many.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn purge(tx: &mut Transaction, before: DateTime<Utc>) -> Result<u64> {
    run!(
        tx,
        "delete from interaction where claimed_at < $1",
        instant::to_stored(before)
    )
}
