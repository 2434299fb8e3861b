//! Yearly targets (年度目標) as they are kept: the lines of an office's plan, numbered per office.
//!
//! Their goals are in [`goal`], entries of progress in [`record`], how they stand at a date in
//! [`standing`], and what a plan table brings at once in [`difference`].

use crate::{
    counter::{self, Noun},
    error::{Conflict, Result},
    instant,
    link::{Connection, Transaction, all, one, optional, run},
    report,
};
use domain::{
    id::{OfficeId, TargetId},
    target::{Owner, TARGETS_MAX, Target},
};
use row::TargetRow;

#[macro_use]
mod entry;
#[macro_use]
mod row;
pub mod difference;
pub mod goal;
pub mod record;
pub mod standing;
mod undo;

pub use difference::{Applied, apply};
pub use standing::{Filter, PAGE_MAX, Page, countable, list, standings};
pub use undo::take_back;

/// Stores a new target and returns it as it is kept: with its number and revision 1. Its `id` and
/// `revision` are not looked at.
///
/// # Errors
/// [`Conflict::NumberTaken`] when its area and number are another's, [`Conflict::Full`] when the office
/// has [`TARGETS_MAX`], [`Conflict::Missing`] when the office or the owner does not exist.
pub async fn insert(tx: &mut Transaction, office: OfficeId, target: &Target) -> Result<Target> {
    check_room(tx, office, 1).await?;
    let id = counter::next(tx, office, Noun::Target).await?;
    let (association, name) = owner(target);
    run!(
        tx,
        "insert into target (office_id, id, revision, area, number, item, position, \
         owner_association_id, owner_name, counts, withdrawn, added_by, created_at, changed_at) \
         values ($1, $2, 1, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        office.0,
        id,
        &target.area,
        target.number.to_string(),
        &target.item,
        target.position,
        association,
        name,
        target.counts.map(domain::target::Count::code),
        target.withdrawn,
        target.added_by.to_stored(),
        instant::to_stored(target.created_at),
        instant::to_stored(target.changed_at),
    )
    .map_err(named)?;
    Ok(Target {
        id: TargetId(id),
        revision: 1,
        ..kept(target)
    })
}

/// Stores a change of a target that was read with the revision it carries, and returns it with the next
/// one. Who wrote it down, and when, does not change.
///
/// # Errors
/// [`Conflict::StaleRevision`] when somebody changed it in between, and as [`insert`].
pub async fn update(tx: &mut Transaction, office: OfficeId, target: &Target) -> Result<Target> {
    let (association, name) = owner(target);
    let before = find(tx, office, target.id).await?;
    let touched = run!(
        tx,
        "update target set revision = revision + 1, area = $4, number = $5, item = $6, \
         position = $7, owner_association_id = $8, owner_name = $9, counts = $10, withdrawn = $11, \
         changed_at = $12 where office_id = $1 and id = $2 and revision = $3",
        office.0,
        target.id.0,
        target.revision,
        &target.area,
        target.number.to_string(),
        &target.item,
        target.position,
        association,
        name,
        target.counts.map(domain::target::Count::code),
        target.withdrawn,
        instant::to_stored(target.changed_at),
    )
    .map_err(named)?;
    if touched == 0 {
        let there = find(tx, office, target.id).await?;
        let conflict = there.map_or(Conflict::Missing, |_| Conflict::StaleRevision);
        return Err(conflict.into());
    }
    // Other words or another place are no correction of what was posted.
    let stands = |of: &Target| (of.owner.clone(), of.counts, of.withdrawn);
    if before.as_ref().map(stands) != Some(stands(target)) {
        report::touch_target(tx, office, target.id, target.changed_at).await?;
    }
    Ok(Target {
        revision: target.revision + 1,
        ..kept(target)
    })
}

/// The target of a number, withdrawn or not.
///
/// # Errors
/// [`crate::Error::Unreadable`] when a newer version has written a code this one does not know.
pub async fn find(
    connection: &mut Connection,
    office: OfficeId,
    target: TargetId,
) -> Result<Option<Target>> {
    let row = optional!(
        connection,
        TargetRow,
        concat!(
            "select ",
            columns!(),
            " from target where office_id = $1 and id = $2"
        ),
        office.0,
        target.0,
    )?;
    row.map(row::target).transpose()
}

/// Every target that stands, in the order of the table; at most [`TARGETS_MAX`].
///
/// # Errors
/// As [`find`].
pub async fn all(connection: &mut Connection, office: OfficeId) -> Result<Vec<Target>> {
    let rows = all!(
        connection,
        TargetRow,
        concat!(
            "select ",
            columns!(),
            " from target where office_id = $1 and not withdrawn order by position, id limit $2"
        ),
        office.0,
        limit(TARGETS_MAX),
    )?;
    rows.into_iter().map(row::target).collect()
}

/// Whether so many more targets have room.
async fn check_room(tx: &mut Transaction, office: OfficeId, more: usize) -> Result<()> {
    let standing = count(tx, office).await?;
    if standing.saturating_add(limit(more)) > limit(TARGETS_MAX) {
        return Err(Conflict::Full.into());
    }
    Ok(())
}

/// How many targets of an office stand.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn count(connection: &mut Connection, office: OfficeId) -> Result<i64> {
    let (standing,) = one!(
        connection,
        (i64,),
        "select count(*) from target where office_id = $1 and not withdrawn",
        office.0,
    )?;
    Ok(standing)
}

/// A number of rows as databases count.
fn limit(rows: usize) -> i64 {
    i64::try_from(rows).unwrap_or(i64::MAX)
}

/// The two columns of an owner.
fn owner(target: &Target) -> (Option<i64>, Option<String>) {
    match &target.owner {
        None => (None, None),
        Some(Owner::Association(id)) => (Some(id.0), None),
        Some(Owner::Named(name)) => (None, Some(name.clone())),
    }
}

fn named(error: crate::Error) -> crate::Error {
    error.naming(Conflict::NumberTaken, Conflict::Missing)
}

/// The target as it will be read again.
fn kept(target: &Target) -> Target {
    Target {
        created_at: instant::kept(target.created_at),
        changed_at: instant::kept(target.changed_at),
        ..target.clone()
    }
}
