//! Which slash commands an application has registered, as a hash: they are sent again when it differs.

use crate::{
    error::Result,
    instant,
    link::{Connection, Transaction, optional, run},
};
use chrono::{DateTime, Utc};

/// The hash last registered for an application (Discord's id of it).
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn get(connection: &mut Connection, application: u64) -> Result<Option<String>> {
    let row = optional!(
        connection,
        (String,),
        "select hash from registration where application_id = $1",
        application.cast_signed(),
    )?;
    Ok(row.map(|(hash,)| hash))
}

/// Notes the hash that was registered.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn set(
    tx: &mut Transaction,
    application: u64,
    hash: &str,
    now: DateTime<Utc>,
) -> Result<()> {
    run!(
        tx,
        "insert into registration (application_id, hash, registered_at) values ($1, $2, $3) \
         on conflict (application_id) do update \
         set hash = excluded.hash, registered_at = excluded.registered_at",
        application.cast_signed(),
        hash,
        instant::to_stored(now),
    )?;
    Ok(())
}
