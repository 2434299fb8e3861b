//! What stands in a digest, read in one snapshot.

use crate::App;
use chrono::{DateTime, Datelike, Days, NaiveDate, TimeDelta, Utc};
use domain::{
    id::OfficeId,
    occurrence::Moment,
    office::{Capacity, Office},
    progress::YearMonth,
    round::{self, Span, Unmet},
    session::{Session, Sight, State},
};
use std::sync::Arc;
use storage::{digest::Waiting, session::Filter};

/// An issue that nobody has taken up for so many days is named.
pub(crate) const OPEN_DAYS: i64 = 14;
/// How far back a session of which nothing was written down is named.
const UNWRITTEN_DAYS: u64 = 366;
/// Sessions read of two weeks.
const SESSIONS_MAX: i64 = 100;

/// What a digest says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Week {
    /// The day it is of.
    pub(crate) date: NaiveDate,
    /// Sessions of this week from that day on.
    pub(crate) this_week: Vec<Session>,
    /// Sessions of the week after.
    pub(crate) next_week: Vec<Session>,
    /// Sessions whose day has passed and of which nothing was written down.
    pub(crate) unwritten: Waiting,
    /// Reviews that were due and are not held.
    pub(crate) reviews: Waiting,
    /// Projects with a task that was due and is not done.
    pub(crate) tasks: Waiting,
    /// Issues with a proposal to share that waits.
    pub(crate) proposals: Waiting,
    /// Issues that nobody has taken up for [`OPEN_DAYS`] days.
    pub(crate) open: Waiting,
    /// Sessions that a match has drafted.
    pub(crate) drafts: Waiting,
    /// Months whose post the desk holds.
    pub(crate) held: Vec<YearMonth>,
    /// There is no yearly target: said once a quarter.
    pub(crate) lacks_targets: bool,
    /// When the adviser was last met, where a meeting should be planned.
    pub(crate) adviser: Option<Span>,
    /// Associations that have not been met for long, in the first digest of a quarter.
    pub(crate) unmet: Vec<Unmet>,
    /// How many were met this fiscal year.
    pub(crate) met: usize,
}

/// Reads what a digest says that was due at a moment on the office's wall and is said on a day.
///
/// # Errors
/// Storage failed.
pub(crate) async fn read(
    app: &App,
    office: &Office,
    moment: Moment,
    today: NaiveDate,
    now: DateTime<Utc>,
) -> storage::Result<Week> {
    let set_up = Arc::new(office.clone());
    app.store
        .read(move |connection| {
            let office = Arc::clone(&set_up);
            Box::pin(async move {
                let id = office.id;
                let (this_week, next_week) = sessions(connection, &office, today).await?;
                let before = now - TimeDelta::days(OPEN_DAYS);
                let settings = &office.settings;
                let meetings = storage::round::adviser(connection, id, today).await?;
                // An office without an adviser has nobody to meet.
                let every = settings
                    .adviser_months
                    .filter(|_| office.role(Capacity::Adviser).is_some());
                let is_due = round::adviser_is_due(meetings, every, today);
                let talks = storage::round::talks(connection, id, today).await?;
                let first_of_quarter = round::is_first_of_quarter(
                    moment,
                    today,
                    &settings.digest,
                    settings.fiscal_year_start,
                    settings.time_zone,
                    office.calendar(),
                );
                let lacks_targets =
                    first_of_quarter && storage::target::count(connection, id).await? == 0;
                let year = domain::era::FiscalYear::of(today, settings.fiscal_year_start);
                Ok(Week {
                    date: today,
                    this_week,
                    next_week,
                    unwritten: unwritten(connection, id, today).await?,
                    reviews: storage::digest::reviews(connection, id, today).await?,
                    tasks: storage::digest::tasks(connection, id, today).await?,
                    proposals: storage::digest::proposals(connection, id).await?,
                    open: storage::digest::open_since(connection, id, before).await?,
                    drafts: storage::digest::drafts(connection, id).await?,
                    held: storage::report::held(connection, id).await?,
                    lacks_targets,
                    adviser: is_due.then_some(meetings),
                    unmet: if first_of_quarter {
                        round::unmet(&office.associations, &talks, today)
                    } else {
                        Vec::new()
                    },
                    met: round::met_since(&talks, year.first_day(settings.fiscal_year_start)),
                })
            })
        })
        .await
}

/// The sessions planned from a day to the end of its week, and those of the week after.
async fn sessions(
    connection: &mut storage::Connection,
    office: &Office,
    today: NaiveDate,
) -> storage::Result<(Vec<Session>, Vec<Session>)> {
    let sunday = today + Days::new(u64::from(6 - today.weekday().num_days_from_monday()));
    let filter = Filter {
        from: Some(today),
        to: Some(sunday + Days::new(7)),
        tier: None,
        sight: everything(),
    };
    let page = storage::session::list(connection, office.id, &filter, 0, SESSIONS_MAX).await?;
    let planned = page
        .items
        .into_iter()
        .filter(|session| session.state == State::Planned);
    Ok(planned.partition(|session| session.date.is_some_and(|date| date <= sunday)))
}

/// Sessions whose day has passed and of which nothing was written down, the latest first.
async fn unwritten(
    connection: &mut storage::Connection,
    office: OfficeId,
    today: NaiveDate,
) -> storage::Result<Waiting> {
    let since = today - Days::new(UNWRITTEN_DAYS);
    let most = storage::digest::NAMED_MAX;
    let page = storage::session::unaccounted(connection, office, today, since, most).await?;
    Ok(Waiting {
        total: page.total,
        numbers: page.items.iter().map(|session| session.id.0).collect(),
    })
}

fn everything() -> Sight {
    Sight {
        everything: true,
        ..Sight::default()
    }
}
