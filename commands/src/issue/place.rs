//! The places of an issue: every channel where something of it stands or has to go, told to the outbox
//! in the transaction of a change.

use super::subject;
use chrono::{DateTime, Utc};
use domain::{
    audience::Destination,
    disclosure::{self, Disclosure},
    issue::Issue,
    office::Office,
};
use std::collections::BTreeSet;
use storage::Transaction;

/// An issue with its disclosures at one moment.
pub(crate) type Moment<'a> = (&'a Issue, &'a [Disclosure]);

/// Wants every place of an issue to be right, those of before the change and those of after it.
///
/// What is taken away is wanted first (rows of one subject are sent in order), so that a narrower
/// audience is never told while a wider one still reads.
///
/// # Errors
/// Storage failed.
pub(crate) async fn want(
    tx: &mut Transaction,
    office: &Office,
    before: Moment<'_>,
    after: Moment<'_>,
    now: DateTime<Utc>,
) -> storage::Result<()> {
    let (issue, disclosures) = after;
    let mut places: Vec<Destination> = all(office, before)
        .union(&all(office, after))
        .copied()
        .collect();
    places.sort_by_key(|place| {
        (
            disclosure::shown_at(issue, disclosures, *place, office).is_some(),
            *place,
        )
    });
    for place in places {
        storage::outbox::want(tx, office.id, subject(issue.id), place, issue.revision, now).await?;
    }
    Ok(())
}

fn all(office: &Office, (issue, disclosures): Moment<'_>) -> BTreeSet<Destination> {
    let mut places = disclosure::places(issue, disclosures, office);
    places.insert(issue.destination);
    places
}
