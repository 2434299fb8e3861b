//! Categories (カテゴリ): the office's own list by which its issues are sorted.
//!
//! Which categories an issue is in is kept with the issue ([`crate::issue::update`]). Names are told apart by
//! [`domain::category::key`]; every change of the list counts the office's revision up.

use crate::{
    counter::{self, Noun},
    error::{Conflict, Result},
    issue::PAGE_MAX,
    link::{Connection, Transaction, all, one, optional, run},
    office,
};
use domain::{
    category::{Category, LIST_MAX, key},
    id::{CategoryId, IssueId, OfficeId},
};
use std::collections::BTreeMap;

/// Adds a category, or offers the one of this name again that was no longer offered; its name is then kept as it
/// was. Says which it is.
///
/// # Errors
/// [`Conflict::Full`] when the office has [`LIST_MAX`] of them, [`Conflict::Missing`] when there is no such office.
pub async fn put(tx: &mut Transaction, office: OfficeId, name: &str) -> Result<CategoryId> {
    office::touch(tx, office).await?;
    let folded = key(name);
    let known = optional!(
        tx,
        (i64,),
        "select id from category where office_id = $1 and folded_name = $2",
        office.0,
        &folded,
    )?;
    if let Some((id,)) = known {
        run!(
            tx,
            "update category set retired = false where office_id = $1 and id = $2",
            office.0,
            id,
        )?;
        return Ok(CategoryId(id));
    }
    let (count,) = one!(
        tx,
        (i64,),
        "select count(*) from category where office_id = $1",
        office.0
    )?;
    if usize::try_from(count).is_ok_and(|count| count >= LIST_MAX) {
        return Err(Conflict::Full.into());
    }
    let id = counter::next(tx, office, Noun::Category).await?;
    run!(
        tx,
        "insert into category (office_id, id, name, folded_name) values ($1, $2, $3, $4)",
        office.0,
        id,
        name,
        &folded,
    )?;
    Ok(CategoryId(id))
}

/// Gives a category another name.
///
/// # Errors
/// [`Conflict::NameTaken`] when another category of the office has it, [`Conflict::Missing`] when there is no such
/// category.
pub async fn rename(
    tx: &mut Transaction,
    office: OfficeId,
    category: CategoryId,
    name: &str,
) -> Result<()> {
    office::touch(tx, office).await?;
    let touched = run!(
        tx,
        "update category set name = $3, folded_name = $4 where office_id = $1 and id = $2",
        office.0,
        category.0,
        name,
        key(name),
    )
    .map_err(|error| error.naming(Conflict::NameTaken, Conflict::Missing))?;
    there(touched)
}

/// Offers a category no longer, or again. Issues that are in it stay in it.
///
/// # Errors
/// [`Conflict::Missing`] when there is no such category.
pub async fn retire(
    tx: &mut Transaction,
    office: OfficeId,
    category: CategoryId,
    retired: bool,
) -> Result<()> {
    office::touch(tx, office).await?;
    let touched = run!(
        tx,
        "update category set retired = $3 where office_id = $1 and id = $2",
        office.0,
        category.0,
        retired,
    )?;
    there(touched)
}

/// Takes a category that no issue is in off the list; its number is not given again.
///
/// # Errors
/// [`Conflict::InUse`] when an issue is in it, [`Conflict::Missing`] when there is no such category.
pub async fn remove(tx: &mut Transaction, office: OfficeId, category: CategoryId) -> Result<()> {
    office::touch(tx, office).await?;
    // Asked for first: PostgreSQL ends the whole transaction at a broken key.
    let held = optional!(
        tx,
        (i64,),
        "select issue_id from issue_category where office_id = $1 and category_id = $2 limit 1",
        office.0,
        category.0,
    )?;
    if held.is_some() {
        return Err(Conflict::InUse.into());
    }
    let touched = run!(
        tx,
        "delete from category where office_id = $1 and id = $2",
        office.0,
        category.0,
    )?;
    there(touched)
}

fn there(touched: u64) -> Result<()> {
    if touched == 0 {
        Err(Conflict::Missing.into())
    } else {
        Ok(())
    }
}

/// The issues in a category with a number above `after`, the lowest first, those that were taken back included: for
/// what goes through all of them.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn issues(
    connection: &mut Connection,
    office: OfficeId,
    category: CategoryId,
    after: IssueId,
    limit: i64,
) -> Result<Vec<IssueId>> {
    let rows = all!(
        connection,
        (i64,),
        "select issue_id from issue_category where office_id = $1 and category_id = $2 \
         and issue_id > $3 order by issue_id limit $4",
        office.0,
        category.0,
        after.0,
        limit.clamp(0, PAGE_MAX),
    )?;
    Ok(rows.into_iter().map(|(id,)| IssueId(id)).collect())
}

/// How many opinions each category holds: its issues, each with those that were merged into it. What was taken back
/// does not count, nor does a merged issue by itself; categories without any are left out.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn counts(
    connection: &mut Connection,
    office: OfficeId,
) -> Result<BTreeMap<CategoryId, i64>> {
    let rows = all!(
        connection,
        (i64, i64),
        "select issue_category.category_id, cast(sum(1 + (select count(*) from issue_merge \
         join issue as other on other.office_id = $1 and other.id = issue_merge.issue_id \
         where issue_merge.office_id = $1 and issue_merge.into_id = issue.id \
         and not other.retracted)) as bigint) from issue_category \
         join issue on issue.office_id = $1 and issue.id = issue_category.issue_id \
         where issue_category.office_id = $1 and not issue.retracted \
         and not exists (select 1 from issue_merge where issue_merge.office_id = $1 \
         and issue_merge.issue_id = issue.id) \
         group by issue_category.category_id",
        office.0,
    )?;
    Ok(rows
        .into_iter()
        .map(|(id, count)| (CategoryId(id), count))
        .collect())
}

/// All categories of an office in the order of their ids.
pub(crate) async fn of(connection: &mut Connection, office: OfficeId) -> Result<Vec<Category>> {
    let rows = all!(
        connection,
        (i64, String, bool),
        "select id, name, retired from category where office_id = $1 order by id",
        office.0
    )?;
    Ok(rows
        .into_iter()
        .map(|(id, name, retired)| Category {
            id: CategoryId(id),
            name,
            retired,
        })
        .collect())
}
