//! Counts of what a reader may read: by tier and status, by category, by association.
//!
//! The audience rule is the same as that of lists. An issue that was merged into another is counted as
//! the opinion it is: its own row stands for it, with the status that it follows.

use super::{Filter, Narrowed};
use crate::{
    error::{Error, Result},
    link::{Connection, all},
};
use domain::{
    id::{AssociationId, CategoryId, OfficeId},
    issue::Status,
    tally::Totals,
    tier::Tier,
};
use std::collections::BTreeMap;

const BY_STATUS: &str = concat!(
    "select tier, status, whole, count(*) from ",
    found!(", tier, status"),
    " group by tier, status, whole"
);
/// Categories are known to whoever reads the original, never to whoever was only told.
const BY_CATEGORY: &str = concat!(
    "with counted as (select id, tier, whole from ",
    found!(", tier"),
    ") select category.id, category.name, counted.tier, count(*) from counted \
     join issue_category on issue_category.office_id = $1 and issue_category.issue_id = counted.id \
     join category on category.office_id = $1 and category.id = issue_category.category_id \
     where counted.whole group by category.id, category.name, counted.tier"
);
const BY_ASSOCIATION: &str = concat!(
    "select association_id, count(*) from ",
    found!(),
    " and whole and association_id is not null group by association_id"
);

/// As a list is narrowed, but with what was merged.
fn opinions(filter: &Filter) -> Narrowed {
    Narrowed {
        merged: true,
        ..Narrowed::by(filter)
    }
}

/// How many opinions are in a category, by tier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ByCategory {
    /// The category's name.
    pub name: String,
    /// How many, by tier from 1 to 3.
    pub counts: [u64; 3],
}

/// Counts what matches by tier and status; `whole_only` leaves out what the reader was only told of.
///
/// # Errors
/// [`Error::Unreadable`] when a newer version has written a code this one does not know.
pub async fn tally(
    connection: &mut Connection,
    office: OfficeId,
    filter: &Filter,
    whole_only: bool,
) -> Result<Totals> {
    let by = opinions(filter);
    let rows = narrowed!(
        all,
        connection,
        (i64, String, bool, i64),
        BY_STATUS,
        office,
        by
    )?;
    rows.into_iter()
        .filter(|(_, _, whole, _)| *whole || !whole_only)
        .map(|(tier, status, _, count)| {
            let tier = Tier::from_number(tier).ok_or(Error::Unreadable("tier"))?;
            let status = Status::from_code(&status).ok_or(Error::Unreadable("status"))?;
            Ok((tier, status, count.unsigned_abs()))
        })
        .collect()
}

/// Counts what matches by category and tier, of what the reader reads whole. An opinion in several
/// categories is counted in each.
///
/// # Errors
/// [`Error::Unreadable`] when a newer version has written a tier this one does not know.
pub async fn tally_by_category(
    connection: &mut Connection,
    office: OfficeId,
    filter: &Filter,
) -> Result<BTreeMap<CategoryId, ByCategory>> {
    let by = opinions(filter);
    let rows = narrowed!(
        all,
        connection,
        (i64, String, i64, i64),
        BY_CATEGORY,
        office,
        by
    )?;
    let mut categories: BTreeMap<CategoryId, ByCategory> = BTreeMap::new();
    for (id, name, tier, count) in rows {
        let category = categories.entry(CategoryId(id)).or_insert(ByCategory {
            name,
            counts: [0; 3],
        });
        let place = usize::try_from(tier - 1).ok();
        let slot = place.and_then(|place| category.counts.get_mut(place));
        *slot.ok_or(Error::Unreadable("tier"))? += count.unsigned_abs();
    }
    Ok(categories)
}

/// Counts what matches by the association that raised it, of what the reader reads whole: for the desk
/// only.
///
/// # Errors
/// [`Error::Database`].
pub async fn tally_by_association(
    connection: &mut Connection,
    office: OfficeId,
    filter: &Filter,
) -> Result<BTreeMap<AssociationId, u64>> {
    let by = opinions(filter);
    let rows = narrowed!(all, connection, (i64, i64), BY_ASSOCIATION, office, by)?;
    Ok(rows
        .into_iter()
        .map(|(id, count)| (AssociationId(id), count.unsigned_abs()))
        .collect())
}
