//! What touches the reports that stand: whoever changes something they are read from says so in the
//! transaction of the change.

use super::want_anew;
use crate::{
    error::{Error, Result},
    instant,
    link::{Transaction, all, optional, run},
    subject::Subject,
};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    audience::Destination,
    era::FiscalYear,
    id::{OfficeId, TargetId},
    progress::{Period, YearMonth},
    setting::{Key, Settings},
};
use std::collections::{BTreeMap, BTreeSet};

/// A target that stands otherwise from a day on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Touched {
    /// The target.
    pub target: TargetId,
    /// From which day on, within the fiscal year of that day.
    pub from: NaiveDate,
}

/// Targets stand otherwise from a day on: what was shown or posted of the months from then to the end of
/// the fiscal year, and of that year, is wanted anew.
///
/// # Errors
/// As [`crate::outbox::want`].
pub async fn touch(
    tx: &mut Transaction,
    office: OfficeId,
    touched: &[Touched],
    at: DateTime<Utc>,
) -> Result<()> {
    let (Some(first), true) = (
        touched.iter().map(|one| one.from).min(),
        any(tx, office).await?,
    ) else {
        return Ok(());
    };
    let start_month = start_month(tx, office).await?;
    let since = YearMonth::of(FiscalYear::of(first, start_month).first_day(start_month));
    for report in since_month(tx, office, since).await? {
        let of = touched
            .iter()
            .filter(|one| concerns(report, **one, start_month));
        let targets: BTreeSet<TargetId> = of.map(|one| one.target).collect();
        correct(tx, office, report, &targets, at).await?;
    }
    Ok(())
}

/// A target itself is otherwise (its words, its owner, its place, or it was withdrawn): every report that
/// may name it is wanted anew, so that nobody reads on what is not theirs to know any more.
///
/// # Errors
/// As [`crate::outbox::want`].
pub async fn touch_target(
    tx: &mut Transaction,
    office: OfficeId,
    target: TargetId,
    at: DateTime<Utc>,
) -> Result<()> {
    let targets = BTreeSet::from([target]);
    for report in since_month(tx, office, YearMonth::of(NaiveDate::MIN)).await? {
        correct(tx, office, report, &targets, at).await?;
    }
    Ok(())
}

/// As [`touch`], for what was written in bulk at an instant: records that were kept or changed then, and
/// versions of goals.
///
/// # Errors
/// As [`crate::outbox::want`].
pub(crate) async fn touch_written(
    tx: &mut Transaction,
    office: OfficeId,
    at: DateTime<Utc>,
) -> Result<()> {
    if !any(tx, office).await? {
        return Ok(());
    }
    let rows = all!(
        tx,
        (i64, String),
        "select record_target.target_id, record.done_on from record join record_target \
         on record_target.office_id = $1 and record_target.record_id = record.id \
         where record.office_id = $1 and record.changed_at = $2 \
         union select target_id, day from goal where office_id = $1 and since = $2",
        office.0,
        instant::to_stored(at),
    )?;
    let touched = rows.into_iter().map(|(target, day)| {
        let from = day.parse().map_err(|_| Error::Unreadable("day"))?;
        let target = TargetId(target);
        Ok(Touched { target, from })
    });
    let touched = touched.collect::<Result<Vec<_>>>()?;
    touch(tx, office, &touched, at).await
}

/// What targets count by themselves is otherwise from a day on: a session was held, a project finished,
/// or that was taken back.
///
/// # Errors
/// As [`crate::outbox::want`].
pub(crate) async fn touch_counted(
    tx: &mut Transaction,
    office: OfficeId,
    days: &BTreeSet<NaiveDate>,
    at: DateTime<Utc>,
) -> Result<()> {
    if days.is_empty() || !any(tx, office).await? {
        return Ok(());
    }
    let rows = all!(
        tx,
        (i64,),
        "select id from target where office_id = $1 and counts is not null and not withdrawn",
        office.0,
    )?;
    let touched: Vec<Touched> = rows
        .into_iter()
        .flat_map(|(id,)| {
            days.iter().map(move |from| Touched {
                target: TargetId(id),
                from: *from,
            })
        })
        .collect();
    touch(tx, office, &touched, at).await
}

/// Whether a report says otherwise because a target does.
fn concerns(report: Period, touched: Touched, start_month: u32) -> bool {
    let year = FiscalYear::of(touched.from, start_month);
    match report {
        Period::Month(month) => {
            touched.from <= month.last_day() && year.contains(month.last_day(), start_month)
        }
        Period::Year(of) => of == year,
    }
}

/// Whether anything of the office was ever shown: most changes have nothing to follow.
async fn any(tx: &mut Transaction, office: OfficeId) -> Result<bool> {
    let found = optional!(
        tx,
        (i64,),
        "select number from report where office_id = $1 limit 1",
        office.0,
    )?;
    Ok(found.is_some())
}

/// The months from one on, and the years that may hold them.
async fn since_month(
    tx: &mut Transaction,
    office: OfficeId,
    since: YearMonth,
) -> Result<Vec<Period>> {
    let rows = all!(
        tx,
        (String, i64),
        "select kind, number from report where office_id = $1 \
         and ((kind = 'month' and number >= $2) or (kind = 'yearly' and number >= $3)) \
         order by kind, number",
        office.0,
        since.number(),
        since.number().div_euclid(100) - 1,
    )?;
    rows.into_iter()
        .map(|(kind, number)| {
            Subject::from_stored(&kind, number)?
                .period()
                .ok_or(Error::Unreadable("period of a report"))
        })
        .collect()
}

/// Notes which targets were corrected, where the report stands in the progress channel, and wants it
/// anew wherever it stands.
async fn correct(
    tx: &mut Transaction,
    office: OfficeId,
    period: Period,
    targets: &BTreeSet<TargetId>,
    at: DateTime<Utc>,
) -> Result<()> {
    if targets.is_empty() {
        return Ok(());
    }
    let subject = Subject::from(period);
    // What was wanted and not sent yet goes out right, and needs no correction; nor does what was taken back.
    let sent = optional!(
        tx,
        (i64,),
        "select sent_revision from outbox where office_id = $1 and subject_kind = $2 \
         and subject_id = $3 and destination = $4 and sent_revision > 0 and exists (select 1 \
         from report where report.office_id = $1 and report.kind = $2 and report.number = $3 \
         and report.posted_at is not null)",
        office.0,
        subject.kind.code(),
        subject.id,
        Destination::Progress.code(),
    )?;
    if sent.is_some() {
        for target in targets {
            run!(
                tx,
                "insert into report_correction (office_id, kind, number, target_id, corrected_at) \
                 values ($1, $2, $3, $4, $5) on conflict (office_id, kind, number, target_id) \
                 do update set corrected_at = excluded.corrected_at",
                office.0,
                subject.kind.code(),
                subject.id,
                target.0,
                instant::to_stored(at),
            )?;
        }
    }
    want_anew(tx, office, period, at).await
}

/// The month in which the office's fiscal year begins.
async fn start_month(tx: &mut Transaction, office: OfficeId) -> Result<u32> {
    let key = Key::FiscalYearStart;
    let found = optional!(
        tx,
        (String,),
        "select value from office_setting where office_id = $1 and key = $2",
        office.0,
        key.code(),
    )?;
    let rows: BTreeMap<String, String> = found
        .into_iter()
        .map(|(value,)| (key.code().to_owned(), value))
        .collect();
    Ok(Settings::from_stored(&rows, BTreeSet::new()).fiscal_year_start)
}
