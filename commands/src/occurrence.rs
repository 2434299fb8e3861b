//! What is due later (予定): what is planned for a record, and what is done when it has come due.
//!
//! Whoever changes a record plans and takes back in the transaction of the change. When something has
//! come due, its record is asked whether there is still a point in saying so, and what is due together
//! at one place becomes one reminder. Who looks when, is the bot's matter.

use crate::{App, card::late::is_late};
use chrono::{DateTime, NaiveTime, Utc};
use domain::{
    audience::Destination,
    disclosure::{Disclosure, State},
    id::{IssueId, OfficeId},
    occurrence::{self, Key, Matter, PROPOSAL_LEADS, Series},
    office::Office,
};
use storage::{Connection, Subject, Transaction};

/// The time of day at which people are reminded, by the clock on the office's wall.
const REMINDED_AT: NaiveTime = NaiveTime::from_hms_opt(9, 0, 0).expect("nine in the morning");

/// What became of what was due at one place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reminded {
    /// How many occurrences were settled.
    pub settled: usize,
    /// How many of them were dealt with late.
    pub late: usize,
    /// Those that had lost their point and are passed over.
    pub pointless: Vec<Key>,
}

/// Why there is still a point in saying that something is due, with what a reader needs to know. Never
/// a wording.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Point {
    /// A proposal to share an issue waits for a coordinator.
    Proposal {
        /// The issue.
        issue: IssueId,
        /// When it was proposed.
        proposed_at: DateTime<Utc>,
    },
}

/// Plans when the desk is reminded of a proposal that nobody decides; leads that have passed by `now`
/// are left out. Planned twice it is planned once.
///
/// # Errors
/// Storage failed.
pub async fn plan_proposal(
    tx: &mut Transaction,
    office: &Office,
    proposal: &Disclosure,
    now: DateTime<Utc>,
) -> storage::Result<()> {
    let zone = office.settings.time_zone;
    let day = proposal.proposed_at.with_timezone(&zone).date_naive();
    let series = of_proposal(proposal.issue, proposal.version);
    for (lead, moment) in occurrence::after(day, &PROPOSAL_LEADS, REMINDED_AT, zone, now) {
        let key = series.at(lead);
        storage::occurrence::put(tx, office.id, key, moment, zone, Destination::Desk).await?;
    }
    Ok(())
}

/// Takes back what was planned for a proposal, because it is decided.
///
/// # Errors
/// Storage failed.
pub async fn cancel_proposal(
    tx: &mut Transaction,
    office: OfficeId,
    issue: IssueId,
    version: i64,
) -> storage::Result<()> {
    let series = of_proposal(issue, version);
    storage::occurrence::cancel(tx, office, series)
        .await
        .map(drop)
}

fn of_proposal(issue: IssueId, version: i64) -> Series {
    Series {
        matter: Matter::Proposal,
        id: issue.0,
        revision: version,
    }
}

/// Deals with what is due at one place, in one transaction: each occurrence is settled by whoever is
/// first, its record is asked, and of those with a point one reminder is made and wanted.
///
/// # Errors
/// Storage failed; then nothing is settled.
pub async fn remind(
    app: &App,
    office: OfficeId,
    destination: Destination,
    now: DateTime<Utc>,
) -> storage::Result<Reminded> {
    app.store
        .write(move |tx| {
            Box::pin(async move {
                let taken = storage::occurrence::take(tx, office, destination, now).await?;
                let mut reminded = Reminded {
                    settled: taken.len(),
                    ..Reminded::default()
                };
                let mut items = Vec::with_capacity(taken.len());
                for item in taken {
                    reminded.late += usize::from(is_late(item.due_at, now));
                    match point(tx, office, item.key.series).await? {
                        Some(_) => items.push(item),
                        None => reminded.pointless.push(item.key),
                    }
                }
                let made = storage::reminder::insert(tx, office, destination, &items, now).await?;
                if let Some(reminder) = made {
                    let about = Subject::from(reminder.id);
                    storage::outbox::want(
                        tx,
                        office,
                        about,
                        destination,
                        reminder.revision,
                        // What comes late says so by the time it was to be sent.
                        reminder.due_at,
                    )
                    .await?;
                }
                Ok(reminded)
            })
        })
        .await
}

/// Asks the record of a series whether what is due by it still has a point.
pub(crate) async fn point(
    connection: &mut Connection,
    office: OfficeId,
    series: Series,
) -> storage::Result<Option<Point>> {
    match series.matter {
        Matter::Proposal => {
            let issue = IssueId(series.id);
            let Some(found) = storage::issue::find(connection, office, issue).await? else {
                return Ok(None);
            };
            if found.retracted {
                return Ok(None);
            }
            let disclosures = storage::disclosure::of(connection, office, issue).await?;
            Ok(proposal(&disclosures, series.revision))
        }
    }
}

/// The point of a proposal: that it still waits.
fn proposal(disclosures: &[Disclosure], version: i64) -> Option<Point> {
    disclosures
        .iter()
        .find(|disclosure| disclosure.version == version)
        .filter(|disclosure| disclosure.state == State::Proposed)
        .map(|disclosure| Point::Proposal {
            issue: disclosure.issue,
            proposed_at: disclosure.proposed_at,
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{disclosure::Audience, id::UserId};

    fn disclosure(version: i64, state: State) -> Disclosure {
        Disclosure {
            issue: IssueId(12),
            version,
            audience: Audience::Region,
            wording: "退院の連絡を早めにほしい".to_owned(),
            as_written: false,
            names_source: false,
            state,
            proposed_by: UserId(22),
            proposed_at: DateTime::UNIX_EPOCH,
            decided_by: None,
            decided_at: None,
        }
    }

    #[test]
    fn only_a_proposal_that_waits_is_worth_a_reminder() {
        for state in State::ALL {
            let disclosures = [disclosure(1, State::Proposed), disclosure(2, *state)];
            let waits = proposal(&disclosures, 2).is_some();
            assert_eq!(waits, *state == State::Proposed, "{state:?}");
        }
        assert_eq!(proposal(&[disclosure(1, State::Proposed)], 2), None);
    }
}
