//! Reports: the months (月次) and years (年次) of progress as they are posted. No figure is kept: what a
//! report says is read when it is drawn, so that a correction is in it at once.
//!
//! Whoever changes a target, a goal, a record or what counts by itself calls [`touch`], [`touch_target`]
//! or one of their kind in the transaction of the change: what was posted of it is wanted anew, and
//! remembers which target was corrected when.

use crate::{
    error::{Error, Result},
    instant,
    link::{Connection, Transaction, all, one, optional, run},
    outbox,
    subject::Subject,
};
use chrono::{DateTime, Utc};
use domain::{
    audience::Destination,
    id::{OfficeId, TargetId},
    progress::{Period, YearMonth},
};

mod touch;

pub use touch::{Touched, touch, touch_target};
pub(crate) use touch::{touch_counted, touch_written};

/// Most numbers of held months that are handed out.
pub const HELD_MAX: i64 = 20;

/// A month or a year as it is posted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Report {
    /// Which.
    pub period: Period,
    /// Counts what changes it; starts at 1.
    pub revision: i64,
    /// The desk wants it to wait (保留).
    pub held: bool,
    /// When it was first wanted in the progress channel; `None` while only the desk sees it.
    pub posted_at: Option<DateTime<Utc>>,
}

/// The report of a period; `None` when nobody was ever shown it in a channel.
///
/// # Errors
/// [`Error::Unreadable`] when a newer version has written a code this one does not know.
pub async fn find(
    connection: &mut Connection,
    office: OfficeId,
    period: Period,
) -> Result<Option<Report>> {
    let subject = Subject::from(period);
    let row = optional!(
        connection,
        (i64, bool, Option<i64>),
        "select revision, held, posted_at from report \
         where office_id = $1 and kind = $2 and number = $3",
        office.0,
        subject.kind.code(),
        subject.id,
    )?;
    let Some((revision, held, posted_at)) = row else {
        return Ok(None);
    };
    Ok(Some(Report {
        period,
        revision,
        held,
        posted_at: instant::from_stored_option(posted_at)?,
    }))
}

/// Shows a report to the desk before it is posted. `at` is when that was due.
///
/// # Errors
/// As [`outbox::want`].
pub async fn preview(
    tx: &mut Transaction,
    office: OfficeId,
    period: Period,
    at: DateTime<Utc>,
) -> Result<()> {
    let report = raise(tx, office, period, at).await?;
    let about = Subject::from(period);
    outbox::want(tx, office, about, Destination::Desk, report.revision, at).await
}

/// Lets a report wait, or no longer; `false` when it is so already, was posted, or nobody was shown it.
///
/// # Errors
/// As [`outbox::want`].
pub async fn hold(
    tx: &mut Transaction,
    office: OfficeId,
    period: Period,
    held: bool,
    now: DateTime<Utc>,
) -> Result<bool> {
    let subject = Subject::from(period);
    let touched = run!(
        tx,
        "update report set held = $4, changed_at = $5 where office_id = $1 and kind = $2 \
         and number = $3 and held <> $4 and posted_at is null",
        office.0,
        subject.kind.code(),
        subject.id,
        held,
        instant::to_stored(now),
    )?;
    if touched == 0 {
        return Ok(false);
    }
    want_anew(tx, office, period, now).await?;
    Ok(true)
}

/// Wants a report in the progress channel, held or not; one that stands there is brought up to date. `at`
/// is when it was to be posted.
///
/// # Errors
/// As [`outbox::want`].
pub async fn post(
    tx: &mut Transaction,
    office: OfficeId,
    period: Period,
    at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<Report> {
    let subject = Subject::from(period);
    raise(tx, office, period, now).await?;
    run!(
        tx,
        "update report set held = false, posted_at = coalesce(posted_at, $4) \
         where office_id = $1 and kind = $2 and number = $3",
        office.0,
        subject.kind.code(),
        subject.id,
        instant::to_stored(now),
    )?;
    let report = find(tx, office, period).await?;
    let report = report.ok_or(Error::Unreadable("report that was just written"))?;
    let places = outbox::wanted_at(tx, office, subject).await?;
    let progress = Destination::Progress;
    outbox::want(tx, office, subject, progress, report.revision, at).await?;
    for place in places.into_iter().filter(|place| *place != progress) {
        outbox::want(tx, office, subject, place, report.revision, now).await?;
    }
    Ok(report)
}

/// Takes the posting of a report back that was made at an instant: nothing of it stands in the progress
/// channel any more, what was corrected there is forgotten, and it is held again or not, as before. `false`
/// when it was not posted then, or was taken back already.
///
/// # Errors
/// As [`outbox::want`].
pub async fn take_back(
    tx: &mut Transaction,
    office: OfficeId,
    period: Period,
    (posted_at, held): (DateTime<Utc>, bool),
    now: DateTime<Utc>,
) -> Result<bool> {
    let subject = Subject::from(period);
    let touched = run!(
        tx,
        "update report set posted_at = null, held = $5, changed_at = $6 \
         where office_id = $1 and kind = $2 and number = $3 and posted_at = $4",
        office.0,
        subject.kind.code(),
        subject.id,
        instant::to_stored(posted_at),
        held,
        instant::to_stored(now),
    )?;
    if touched == 0 {
        return Ok(false);
    }
    run!(
        tx,
        "delete from report_correction where office_id = $1 and kind = $2 and number = $3",
        office.0,
        subject.kind.code(),
        subject.id,
    )?;
    want_anew(tx, office, period, now).await?;
    Ok(true)
}

/// The months that are held, the oldest first; at most [`HELD_MAX`].
///
/// # Errors
/// [`Error::Database`].
pub async fn held(connection: &mut Connection, office: OfficeId) -> Result<Vec<YearMonth>> {
    let rows = all!(
        connection,
        (i64,),
        "select number from report where office_id = $1 and kind = 'month' and held \
         order by number limit $2",
        office.0,
        HELD_MAX,
    )?;
    let months = rows.into_iter();
    Ok(months
        .filter_map(|(number,)| YearMonth::from_number(number))
        .collect())
}

/// What was corrected of a report after it was posted: each target with the time of the latest
/// correction, the oldest first.
///
/// # Errors
/// [`Error::Unreadable`] when an instant cannot be read.
pub async fn corrections(
    connection: &mut Connection,
    office: OfficeId,
    period: Period,
) -> Result<Vec<(TargetId, DateTime<Utc>)>> {
    let subject = Subject::from(period);
    let rows = all!(
        connection,
        (i64, i64),
        "select target_id, corrected_at from report_correction \
         where office_id = $1 and kind = $2 and number = $3 order by corrected_at, target_id",
        office.0,
        subject.kind.code(),
        subject.id,
    )?;
    rows.into_iter()
        .map(|(target, at)| Ok((TargetId(target), instant::from_stored(at)?)))
        .collect()
}

/// Counts a report up, and wants it wherever it is known.
async fn want_anew(
    tx: &mut Transaction,
    office: OfficeId,
    period: Period,
    at: DateTime<Utc>,
) -> Result<()> {
    let report = raise(tx, office, period, at).await?;
    let subject = Subject::from(period);
    for place in outbox::wanted_at(tx, office, subject).await? {
        outbox::want(tx, office, subject, place, report.revision, at).await?;
    }
    Ok(())
}

/// Counts a report up, or begins it.
async fn raise(
    tx: &mut Transaction,
    office: OfficeId,
    period: Period,
    at: DateTime<Utc>,
) -> Result<Report> {
    let subject = Subject::from(period);
    let (revision, held, posted_at) = one!(
        tx,
        (i64, bool, Option<i64>),
        "insert into report (office_id, kind, number, revision, changed_at) \
         values ($1, $2, $3, 1, $4) on conflict (office_id, kind, number) do update set \
         revision = report.revision + 1, changed_at = excluded.changed_at \
         returning revision, held, posted_at",
        office.0,
        subject.kind.code(),
        subject.id,
        instant::to_stored(at),
    )?;
    Ok(Report {
        period,
        revision,
        held,
        posted_at: instant::from_stored_option(posted_at)?,
    })
}
