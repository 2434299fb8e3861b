//! What is due later (予定): what is planned for a record, and what is done when it has come due.
//!
//! Whoever changes a record plans and takes back in the transaction of the change. When something has
//! come due, its record is asked whether there is still a point in saying so, and what is due together
//! at one place becomes one reminder. What is to be done by the office itself when it has come due (an
//! issue comes back) is done in the same transaction. Who looks when, is the bot's matter.

use crate::{App, card::late::is_late, issue::put_off};
use chrono::{DateTime, NaiveTime, Utc};
use domain::{
    audience::Destination,
    disclosure::{Disclosure, State},
    id::{ChannelId, IssueId, OfficeId, ReminderId},
    issue::Status,
    occurrence::{self, Key, Matter, Moment, ON_THE_DAY, PROPOSAL_LEADS, Series},
    office::Office,
};
use storage::{
    Connection, Subject, SubjectKind, Transaction, occurrence::Occurrence, outbox::Claimed,
};

/// The time of day at which people are reminded, by the clock on the office's wall.
pub(crate) const REMINDED_AT: NaiveTime =
    NaiveTime::from_hms_opt(9, 0, 0).expect("nine in the morning");

/// What became of what was due at one place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reminded {
    /// How many occurrences were settled.
    pub settled: usize,
    /// How many of them were dealt with late.
    pub late: usize,
    /// Those that had lost their point and are passed over.
    pub pointless: Vec<Key>,
    /// The reminder that speaks of the others.
    pub reminder: Option<ReminderId>,
}

/// Why there is still a point in saying that something is due, with what a reader needs to know. Never
/// a wording.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Point {
    /// A proposal to share an issue waits for a coordinator.
    Proposal {
        /// The issue.
        issue: IssueId,
        /// When it was proposed.
        proposed_at: DateTime<Utc>,
    },
    /// An issue that was put off has come back (整理済).
    Return {
        /// The issue.
        issue: IssueId,
    },
    /// Threads of an issue were closed because their cards went away, with what people wrote in them.
    Thread {
        /// The issue.
        issue: IssueId,
        /// The threads, each with whose people wrote in it.
        threads: Vec<(Destination, ChannelId)>,
    },
}

impl Point {
    /// The issue it is about.
    pub(crate) fn issue(&self) -> IssueId {
        let (Self::Proposal { issue, .. } | Self::Return { issue } | Self::Thread { issue, .. }) =
            self;
        *issue
    }
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

/// Tells the desk, at once, that the thread of a row was closed because its card went away. Only issues
/// have threads.
///
/// # Errors
/// Storage failed.
pub async fn tell_of_thread(
    tx: &mut Transaction,
    office: &Office,
    claimed: &Claimed,
    now: DateTime<Utc>,
) -> storage::Result<()> {
    if claimed.subject.kind != SubjectKind::Issue {
        return Ok(());
    }
    let zone = office.settings.time_zone;
    let local = now.with_timezone(&zone).naive_local();
    // A record has no date for it that could be counted: the moment itself tells two closures apart.
    let series = Series {
        matter: Matter::Thread,
        id: claimed.subject.id,
        revision: now.timestamp_micros().max(1),
    };
    let moment = Moment {
        date: local.date(),
        time: local.time(),
    };
    let key = series.at(ON_THE_DAY);
    storage::occurrence::put(tx, office.id, key, moment, zone, Destination::Desk)
        .await
        .map(drop)
}

/// Plans the return of issues that an older program has put off; says how many there were.
///
/// # Errors
/// Storage failed; what is left is found again.
pub async fn plan_returns(app: &App) -> storage::Result<usize> {
    let mut planned = 0;
    loop {
        let some = app
            .store
            .write(move |tx| {
                Box::pin(async move {
                    let unplanned = storage::occurrence::unplanned_returns(tx).await?;
                    let mut planned = 0;
                    for put_off in unplanned {
                        planned += usize::from(put_off::plan_again(tx, put_off).await?);
                    }
                    Ok(planned)
                })
            })
            .await?;
        if some == 0 {
            return Ok(planned);
        }
        planned += some;
    }
}

/// Deals with what is due at one place, in one transaction: each occurrence is settled by whoever is
/// first, its record is asked, and of those with a point one reminder is made and wanted. `with` is the
/// reminder of what was dealt with just before at the same place: then they join it.
///
/// # Errors
/// Storage failed; then nothing is settled.
pub async fn remind(
    app: &App,
    office: OfficeId,
    destination: Destination,
    with: Option<ReminderId>,
    now: DateTime<Utc>,
) -> storage::Result<Reminded> {
    app.store
        .write(move |tx| {
            Box::pin(async move {
                let taken = storage::occurrence::take(tx, office, destination, now).await?;
                let mut reminded = Reminded {
                    settled: taken.len(),
                    reminder: with,
                    ..Reminded::default()
                };
                let Some(set_up) = storage::office::load(tx, office).await? else {
                    return Ok(reminded);
                };
                let mut items = Vec::with_capacity(taken.len());
                for item in taken {
                    reminded.late += usize::from(is_late(item.due_at, now));
                    let series = item.key.series;
                    if series.matter == Matter::Return {
                        put_off::bring_back(tx, &set_up, IssueId(series.id), now).await?;
                    }
                    match point(tx, office, series).await? {
                        Some(_) => items.push(item),
                        None => reminded.pointless.push(item.key),
                    }
                }
                if let Some(reminder) = say(tx, office, destination, with, &items, now).await? {
                    reminded.reminder = Some(reminder);
                }
                Ok(reminded)
            })
        })
        .await
}

/// Makes one reminder of these, or lets them join one, and wants it; `None` when there are none.
async fn say(
    tx: &mut Transaction,
    office: OfficeId,
    destination: Destination,
    with: Option<ReminderId>,
    items: &[Occurrence],
    now: DateTime<Utc>,
) -> storage::Result<Option<ReminderId>> {
    let Some(first_due) = items.iter().map(|item| item.due_at).min() else {
        return Ok(None);
    };
    let (reminder, revision) = match with {
        Some(reminder) => {
            let extended = storage::reminder::extend(tx, office, reminder, items).await?;
            (reminder, extended)
        }
        None => {
            let made = storage::reminder::insert(tx, office, destination, items, now).await?;
            let Some(made) = made else { return Ok(None) };
            (made.id, Some(made.revision))
        }
    };
    if let Some(revision) = revision {
        let about = Subject::from(reminder);
        // What comes late says so by the time it was to be sent.
        storage::outbox::want(tx, office, about, destination, revision, first_due).await?;
    }
    Ok(Some(reminder))
}

/// Asks the record of a series whether what is due by it still has a point.
pub(crate) async fn point(
    connection: &mut Connection,
    office: OfficeId,
    series: Series,
) -> storage::Result<Option<Point>> {
    let issue = IssueId(series.id);
    let Some(found) = storage::issue::find(connection, office, issue).await? else {
        return Ok(None);
    };
    match series.matter {
        // What people wrote stands there, whatever became of the issue.
        Matter::Thread => {
            let about = crate::issue::subject(issue);
            let threads = storage::outbox::discussions_closed(connection, office, about).await?;
            Ok((!threads.is_empty()).then_some(Point::Thread { issue, threads }))
        }
        _ if found.retracted => Ok(None),
        Matter::Proposal => {
            let disclosures = storage::disclosure::of(connection, office, issue).await?;
            Ok(proposal(&disclosures, series.revision))
        }
        // Somebody may have moved it on since.
        Matter::Return => Ok((found.status == Status::Sorted).then_some(Point::Return { issue })),
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
