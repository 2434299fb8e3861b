//! Issues that are put off to a later fiscal year, as far as their return is an occurrence.

use super::{TAKEN_MAX, time_of};
use crate::{
    error::{Error, Result},
    instant,
    link::{Connection, Transaction, all, optional, run},
};
use chrono_tz::Tz;
use domain::{
    id::{IssueId, OfficeId},
    occurrence::{Key, Matter, return_of},
};

/// An issue that is put off to a fiscal year ([`Matter::Return`]).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PutOff {
    /// The office.
    pub office: OfficeId,
    /// The issue.
    pub issue: IssueId,
    /// The issue's revision.
    pub revision: i64,
    /// The western year in which the fiscal year starts.
    pub year: i32,
}

/// Issues put off whose return is not planned: an older program did not know of it. At most
/// [`TAKEN_MAX`], over all offices.
///
/// # Errors
/// [`Error::Database`].
pub async fn unplanned_returns(connection: &mut Connection) -> Result<Vec<PutOff>> {
    let rows = all!(
        connection,
        (i64, i64, i64, i64),
        "select issue.office_id, issue.id, issue.revision, issue.later_year from issue \
         where issue.status = 'later' and issue.later_year is not null and not issue.retracted \
         and not exists (select 1 from occurrence where occurrence.office_id = issue.office_id \
         and occurrence.matter = $1 and not occurrence.settled \
         and occurrence.key like 'issue:' || issue.id || '@%') \
         order by issue.office_id, issue.id limit $2",
        Matter::Return.code(),
        TAKEN_MAX,
    )?;
    Ok(rows
        .into_iter()
        .filter_map(|(office, issue, revision, year)| {
            Some(PutOff {
                office: OfficeId(office),
                issue: IssueId(issue),
                revision,
                year: i32::try_from(year).ok()?,
            })
        })
        .collect())
}

/// Lets the issues that are put off come back by the office's fiscal year as it is set now, which starts
/// in another month.
///
/// # Errors
/// [`Error::Unreadable`] when a newer version has written a day this one cannot read.
pub(crate) async fn follow_year(
    tx: &mut Transaction,
    office: OfficeId,
    start_month: u32,
    zone: Tz,
) -> Result<()> {
    let waiting = all!(
        tx,
        (String, i64),
        "select key, due_minute from occurrence \
         where office_id = $1 and matter = $2 and not settled order by key",
        office.0,
        Matter::Return.code(),
    )?;
    for (key, minute) in waiting {
        let parsed = Key::parse(&key).ok_or(Error::Unreadable("key of an occurrence"))?;
        let found = optional!(
            tx,
            (Option<i64>,),
            "select later_year from issue where office_id = $1 and id = $2",
            office.0,
            parsed.series.id,
        )?;
        let year = found.and_then(|(year,)| i32::try_from(year?).ok());
        let Some(year) = year else { continue };
        let moment = return_of(year, start_month, time_of(minute)?);
        run!(
            tx,
            "update occurrence set due_date = $3, due_at = $4 where office_id = $1 and key = $2",
            office.0,
            key,
            moment.date.to_string(),
            instant::to_stored(moment.instant(zone)),
        )?;
        tx.planned = true;
    }
    Ok(())
}
