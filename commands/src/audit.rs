//! The audit: what was done, by whom, when. Codes only, never wording; written in the transaction of
//! the change.

use chrono::{DateTime, Utc};
use domain::id::{OfficeId, UserId};
use storage::{Transaction, outbox::Subject};

/// Writes one entry: who did what, when, to which record (none for the set-up), with codes only.
pub(crate) async fn note(
    tx: &mut Transaction,
    office: OfficeId,
    about: Option<Subject>,
    act: &'static str,
    who: UserId,
    at: DateTime<Utc>,
    details: &[(&'static str, String)],
) -> storage::Result<()> {
    let details: Vec<(&str, &str)> = details
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    let entry = storage::audit::Entry {
        at,
        who,
        act,
        subject: about,
        details: &details,
    };
    storage::audit::append(tx, office, &entry).await
}
