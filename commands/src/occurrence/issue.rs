//! What is due of issues: proposals to share that nobody decides, issues that come back with their
//! fiscal year, threads that were closed.

use super::{Due, Press};
use crate::{
    App,
    card::{date, place_word},
    custom_id::Action,
    issue::put_off,
    text,
    text::Text,
};
use chrono::{DateTime, Utc};
use domain::{
    audience::Destination,
    disclosure::{Disclosure, State},
    id::{ChannelId, IssueId, OfficeId},
    issue::Status,
    occurrence::{self, Matter, Moment, ON_THE_DAY, PROPOSAL_LEADS, Series},
    office::Office,
    setting::Language,
};
use serenity::all::ButtonStyle;
use std::mem::discriminant;
use storage::{Connection, SubjectKind, Transaction, occurrence::Occurrence, outbox::Claimed};

/// Most threads that one line names.
const THREADS_MAX: usize = 3;

/// Why there is still a point in speaking of an issue.
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

    pub(super) fn is_same(&self, other: &Self) -> bool {
        self.issue() == other.issue() && discriminant(self) == discriminant(other)
    }

    /// What has come back has no line of its own.
    pub(super) fn line(&self, office: &Office, language: Language) -> Option<String> {
        let line = match self {
            Self::Proposal { issue, proposed_at } => {
                let day = proposed_at
                    .with_timezone(&office.settings.time_zone)
                    .date_naive();
                text!(
                    "reminder-proposal",
                    number = issue.0,
                    date = date(day, language),
                )
            }
            Self::Thread { issue, threads } => {
                let named = threads.iter().take(THREADS_MAX).map(|(place, thread)| {
                    let place = place_word(office, *place).say(language);
                    format!("{place} <#{thread}>")
                });
                let named: Vec<String> = named.collect();
                let separator = Text::new("list-separator").say(language);
                text!(
                    "reminder-thread",
                    number = issue.0,
                    threads = named.join(&separator),
                )
            }
            Self::Return { .. } => return None,
        };
        Some(line.say(language))
    }
}

/// The button that shows an issue.
pub(super) fn press(issue: IssueId) -> Press {
    Press {
        action: Action::IssueShow(issue),
        label: text!("reminder-button-show", number = issue.0),
        style: ButtonStyle::Secondary,
    }
}

/// Plans when the desk is reminded of a proposal that nobody decides; leads that have passed by `now`
/// are left out. Planned twice it is planned once.
///
/// # Errors
/// Storage failed.
pub(crate) async fn plan_proposal(
    tx: &mut Transaction,
    office: &Office,
    proposal: &Disclosure,
    now: DateTime<Utc>,
) -> storage::Result<()> {
    let (zone, time) = (office.settings.time_zone, office.settings.reminded_at);
    let day = proposal.proposed_at.with_timezone(&zone).date_naive();
    let series = of_proposal(proposal.issue, proposal.version);
    for (lead, moment) in occurrence::after(day, &PROPOSAL_LEADS, time, zone, now) {
        let key = series.at(lead);
        storage::occurrence::put(tx, office.id, key, moment, zone, Destination::Desk).await?;
    }
    Ok(())
}

/// Takes back what was planned for a proposal, because it is decided.
///
/// # Errors
/// Storage failed.
pub(crate) async fn cancel_proposal(
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

/// Settles what has come due of an issue: one that was put off comes back first.
pub(super) async fn settle(
    tx: &mut Transaction,
    office: &Office,
    item: &Occurrence,
    now: DateTime<Utc>,
) -> storage::Result<Due> {
    let series = item.key.series;
    if series.matter == Matter::Return {
        put_off::bring_back(tx, office, IssueId(series.id), now).await?;
    }
    let point = point(tx, office.id, series).await?;
    Ok(Due::of(point.as_ref()))
}

/// What waits keeps its day and moves to the time of day at which the office reminds now. Threads are
/// told of at once.
pub(super) async fn plan_anew(tx: &mut Transaction, office: &Office) -> storage::Result<()> {
    let settings = &office.settings;
    for matter in [Matter::Proposal, Matter::Return] {
        let (time, zone) = (settings.reminded_at, settings.time_zone);
        storage::occurrence::move_to_time(tx, office.id, matter, time, zone).await?;
    }
    Ok(())
}

/// Asks the record of a series whether what is due by it still has a point.
pub(super) async fn point(
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
        // Other nouns ask their own records.
        _ => Ok(None),
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
