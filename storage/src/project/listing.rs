//! Lists of projects: those that match, and only those the reader may know of.
//!
//! What a person may not know of is left out in the query itself, from the page and from the total;
//! [`Sight::sees`] says the same of one project.

use super::row::{Lists, Row, TaskRow, task};
use crate::{
    error::Result,
    link::{Connection, all, one},
    session::delimited,
};
use domain::{
    id::OfficeId,
    project::{Project, Sight, State},
};
use std::collections::BTreeMap;

/// Most projects of one page; a higher limit counts as this one.
pub const PAGE_MAX: i64 = 100;

/// Which projects are wanted; what is `None` does not narrow. Those that were taken back never match.
#[derive(Clone, Debug)]
pub struct Filter {
    /// In this state.
    pub state: Option<State>,
    /// What the reader may know of.
    pub sight: Sight,
}

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The projects of this page: ideas and open ones first, by their day, those without one last; then
    /// what has come to an end, the latest first.
    pub items: Vec<Project>,
    /// How many match in all.
    pub total: i64,
}

/// Whether whoever does not know of everything may know of a row of `project`: the parameters are those of
/// [`Sight`], its list as `,1,3,` so that one text serves both databases.
macro_rules! known {
    ($public:literal, $associations:literal) => {
        concat!(
            "((idea_of is not null and ",
            $associations,
            " like '%,' || idea_of || ',%') \
             or (taken_up and (exists (select 1 from project_association \
             where project_association.office_id = $1 \
             and project_association.project_id = project.id and ",
            $associations,
            " like '%,' || project_association.association_id || ',%') or (",
            $public,
            " and not exists (select 1 from project_association \
             where project_association.office_id = $1 \
             and project_association.project_id = project.id)))))"
        )
    };
}

pub(crate) use known;

/// What matches.
macro_rules! matching {
    () => {
        concat!(
            " from project where office_id = $1 and not retracted and ($2 is null or state = $2) \
             and ($3 or ",
            known!("$4", "$5"),
            ")"
        )
    };
}

const COUNT: &str = concat!("select count(*)", matching!());
const LISTED: &str = concat!(
    "select ",
    columns!(),
    matching!(),
    " order by case when state in ('idea', 'planned', 'running') then 0 else 1 end, \
     case when state in ('idea', 'planned', 'running') then coalesce(held_on, '9999') end, \
     coalesce(held_on, '') desc, id desc limit $6 offset $7"
);

const TASKS: &str = "select project_id, id, role, wording, due_on, due_revision, holder, \
     holder_association_id, holder_person, holder_name, done_on, done_by from task \
     where office_id = $1 and project_id between $2 and $3 and not removed \
     order by project_id, position, id";

/// A page of the office's projects, beginning after `offset` of them.
///
/// # Errors
/// [`crate::Error::Unreadable`] when a newer version has written a code this one does not know.
pub async fn list(
    connection: &mut Connection,
    office: OfficeId,
    filter: &Filter,
    offset: i64,
    limit: i64,
) -> Result<Page> {
    let sight = &filter.sight;
    let state = filter.state.map(State::code);
    let associations = delimited(&sight.associations);
    let (total,) = one!(
        connection,
        (i64,),
        COUNT,
        office.0,
        state,
        sight.everything,
        sight.public,
        &associations,
    )?;
    let rows = all!(
        connection,
        Row,
        LISTED,
        office.0,
        state,
        sight.everything,
        sight.public,
        &associations,
        limit.clamp(0, PAGE_MAX),
        offset.max(0),
    )?;
    let items = whole(connection, office, rows).await?;
    Ok(Page { items, total })
}

/// Rows `(project, number)` of a list of its own, in its order.
macro_rules! lists {
    ($column:literal, $table:literal) => {
        concat!(
            "select project_id, ",
            $column,
            " from ",
            $table,
            " where office_id = $1 and project_id between $2 and $3 order by project_id, position"
        )
    };
}

/// Turns rows into projects with everything that belongs to them.
pub(super) async fn whole(
    connection: &mut Connection,
    office: OfficeId,
    rows: Vec<Row>,
) -> Result<Vec<Project>> {
    let ids = || rows.iter().map(|row| row.id);
    let (Some(first), Some(last)) = (ids().min(), ids().max()) else {
        return Ok(Vec::new());
    };
    // One range instead of one query per project; what lies between is left aside.
    let mut lists: BTreeMap<i64, Lists> = BTreeMap::new();
    for (project, id) in all!(
        connection,
        (i64, i64),
        lists!("association_id", "project_association"),
        office.0,
        first,
        last,
    )? {
        lists.entry(project).or_default().associations.push(id);
    }
    for (project, id) in all!(
        connection,
        (i64, i64),
        lists!("issue_id", "project_issue"),
        office.0,
        first,
        last,
    )? {
        lists.entry(project).or_default().issues.push(id);
    }
    for (project, id) in all!(
        connection,
        (i64, i64),
        lists!("session_id", "project_session"),
        office.0,
        first,
        last,
    )? {
        lists.entry(project).or_default().sessions.push(id);
    }
    for row in all!(connection, TaskRow, TASKS, office.0, first, last)? {
        let (project, task) = task(row)?;
        lists.entry(project).or_default().tasks.push(task);
    }
    rows.into_iter()
        .map(|row| {
            let of = lists.remove(&row.id).unwrap_or_default();
            row.into_project(of)
        })
        .collect()
}
