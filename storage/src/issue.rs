//! Issues as they are kept: numbered per office, the speaker under seal, each change a new revision.
//!
//! Lists and what they may show are in `listing`.

use crate::{
    counter::{self, Noun},
    disclosure,
    error::{Conflict, Result},
    feedback, instant,
    link::{Connection, Transaction, all, optional, run},
    seal::{Place, Sealed},
    session,
};
use domain::{
    id::{AssociationId, CategoryId, IssueId, OfficeId, ProfessionId},
    issue::{Concern, Issue},
};
use row::Row;

#[macro_use]
mod row;
pub(crate) mod index;
pub mod link;
#[macro_use]
pub(crate) mod listing;
mod merge;
mod past;
mod search;
mod shared;
mod wording;

pub use index::make_anew;
pub use listing::{
    ByCategory, Categorised, Filter, Listed, PAGE_MAX, Page, RECENT_MAX, Readable, Recent,
    following, list, recent, said, tally, tally_by_association, tally_by_category,
};
pub use merge::{merged, merged_into};
pub use past::{Opinion, opinions};
pub(crate) use search::expression as index_expression;
pub use search::{Found, LOOKED_THROUGH_MAX, search};
pub use wording::{Worded, wordings};

/// Stores a new issue and returns it as it is kept: with its number (the office's next), revision 1
/// and instants cut to microseconds. Its `id` and `revision` are not looked at.
///
/// # Errors
/// [`Conflict::Missing`] when the office, a profession, an association or the session does not exist,
/// [`Conflict::Closed`] when the session takes no issues.
pub async fn insert(tx: &mut Transaction, office: OfficeId, issue: &Issue) -> Result<Issue> {
    if let Some(session) = issue.session {
        session::check_takes_issues(tx, office, session).await?;
    }
    let id = counter::next(tx, office, Noun::Issue).await?;
    let (key, speaker) = sealed_speaker(tx, office, id, issue)?.unzip();
    run!(
        tx,
        "insert into issue (office_id, id, revision, kind, origin, tier, tier_by, status, \
         later_year, wording, note, profession_id, association_id, speaker, speaker_key, reporter, \
         created_at, changed_at, passed_on, destination, measure_open, kept_private, retracted) \
         values ($1, $2, 1, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, \
         $18, $19, $20, $21, $22)",
        office.0,
        id,
        issue.kind.code(),
        issue.origin.code(),
        issue.tier.number(),
        issue.tier_by.code(),
        issue.status.code(),
        issue.later_year.map(i64::from),
        &issue.text,
        &issue.note,
        issue.profession.map(|id| id.0),
        issue.association.map(|id| id.0),
        speaker,
        key,
        issue.reporter.to_stored(),
        instant::to_stored(issue.created_at),
        instant::to_stored(issue.changed_at),
        issue.passed_on,
        issue.destination.code(),
        issue.measure_open,
        issue.kept_private,
        issue.retracted,
    )
    .map_err(missing)?;
    put_rest(tx, office, id, issue).await?;
    Ok(kept(issue, IssueId(id), 1))
}

/// The issue of a number, its speaker opened.
///
/// # Errors
/// [`crate::Error::Sealed`] when the speaker cannot be opened with the keys at hand,
/// [`crate::Error::Unreadable`] when a newer version has written a code this one does not know.
pub async fn find(
    connection: &mut Connection,
    office: OfficeId,
    issue: IssueId,
) -> Result<Option<Issue>> {
    let row = optional!(
        connection,
        Row,
        concat!(
            "select ",
            columns!(),
            " from issue where office_id = $1 and id = $2"
        ),
        office.0,
        issue.0,
    )?;
    let Some(row) = row else { return Ok(None) };
    let about = about(connection, office, issue.0, issue.0).await?;
    let categories = categories(connection, office, issue.0, issue.0).await?;
    row.into_issue(
        connection,
        office,
        about.into_iter().map(|(_, concern)| concern).collect(),
        categories.into_iter().map(|(_, id)| id).collect(),
    )
    .map(Some)
}

/// Stores a change of an issue that was read with the revision it carries, and returns it with the
/// next one. Who wrote it down, and when, does not change.
///
/// # Errors
/// [`Conflict::StaleRevision`] when somebody changed it in between, [`Conflict::Missing`] when it, a
/// profession or an association does not exist; [`Conflict::Chained`] and [`Conflict::Full`] for a merge
/// that cannot be.
pub async fn update(tx: &mut Transaction, office: OfficeId, issue: &Issue) -> Result<Issue> {
    let id = issue.id.0;
    let found = optional!(
        tx,
        (i64, i64, i64, bool, String, Option<i64>, String),
        "select revision, reporter, created_at, retracted, wording, association_id, destination \
         from issue where office_id = $1 and id = $2",
        office.0,
        id,
    )?;
    let (revision, reporter, created_at, was_retracted, wording, association, destination) =
        found.ok_or(Conflict::Missing)?;
    if revision != issue.revision {
        return Err(Conflict::StaleRevision.into());
    }
    let (key, speaker) = sealed_speaker(tx, office, id, issue)?.unzip();
    let touched = run!(
        tx,
        "update issue set revision = revision + 1, kind = $4, origin = $5, tier = $6, \
         tier_by = $7, status = $8, later_year = $9, wording = $10, note = $11, \
         profession_id = $12, association_id = $13, speaker = $14, speaker_key = $15, \
         changed_at = $16, passed_on = $17, destination = $18, measure_open = $19, \
         kept_private = $20, retracted = $21 \
         where office_id = $1 and id = $2 and revision = $3",
        office.0,
        id,
        revision,
        issue.kind.code(),
        issue.origin.code(),
        issue.tier.number(),
        issue.tier_by.code(),
        issue.status.code(),
        issue.later_year.map(i64::from),
        &issue.text,
        &issue.note,
        issue.profession.map(|id| id.0),
        issue.association.map(|id| id.0),
        speaker,
        key,
        instant::to_stored(issue.changed_at),
        issue.passed_on,
        issue.destination.code(),
        issue.measure_open,
        issue.kept_private,
        issue.retracted,
    )
    .map_err(missing)?;
    if touched == 0 {
        return Err(Conflict::StaleRevision.into());
    }
    clear_rest(tx, office, id).await?;
    merge::check(tx, office, issue).await?;
    put_rest(tx, office, id, issue).await?;
    if was_retracted && !issue.retracted {
        disclosure::put_wordings(tx, office, issue.id).await?;
    }
    let reads_alike = was_retracted == issue.retracted
        && wording == issue.text
        && association == issue.association.map(|id| id.0)
        && destination == issue.destination.code();
    if !reads_alike {
        feedback::touch(tx, office, issue.id, issue.changed_at).await?;
    }
    let mut stored = kept(issue, issue.id, revision + 1);
    stored.reporter = domain::id::UserId::from_stored(reporter);
    stored.created_at = instant::from_stored(created_at)?;
    Ok(stored)
}

fn missing(error: crate::Error) -> crate::Error {
    error.naming(Conflict::Missing, Conflict::Missing)
}

/// The issue as it will be read again.
fn kept(issue: &Issue, id: IssueId, revision: i64) -> Issue {
    Issue {
        id,
        revision,
        created_at: instant::kept(issue.created_at),
        changed_at: instant::kept(issue.changed_at),
        ..issue.clone()
    }
}

/// Lets go of what [`put_rest`] will write anew.
async fn clear_rest(tx: &mut Transaction, office: OfficeId, id: i64) -> Result<()> {
    for sql in [
        "delete from issue_about where office_id = $1 and issue_id = $2",
        "delete from issue_category where office_id = $1 and issue_id = $2",
        "delete from issue_session where office_id = $1 and issue_id = $2",
        "delete from issue_merge where office_id = $1 and issue_id = $2",
    ] {
        run!(tx, sql, office.0, id)?;
    }
    Ok(())
}

/// What is kept in rows of its own: whom the issue is about, the categories it is in, and what
/// searches look through.
async fn put_rest(tx: &mut Transaction, office: OfficeId, id: i64, issue: &Issue) -> Result<()> {
    for (position, concern) in (0_i64..).zip(&issue.about) {
        let (profession, association) = match concern {
            Concern::Profession(id) => (Some(id.0), None),
            Concern::Association(id) => (None, Some(id.0)),
        };
        run!(
            tx,
            "insert into issue_about (office_id, issue_id, position, profession_id, association_id) \
             values ($1, $2, $3, $4, $5)",
            office.0,
            id,
            position,
            profession,
            association,
        )
        .map_err(missing)?;
    }
    put_categories(tx, office, id, &issue.categories).await?;
    put_pointers(tx, office, id, issue).await?;
    if issue.retracted {
        return index::remove_all(tx, office, IssueId(id)).await;
    }
    let words = (issue.text.as_str(), issue.note.as_deref());
    index::put(tx, office, IssueId(id), index::ORIGINAL, words).await
}

async fn put_categories(
    tx: &mut Transaction,
    office: OfficeId,
    issue: i64,
    categories: &[CategoryId],
) -> Result<()> {
    for (position, category) in (0_i64..).zip(categories) {
        run!(
            tx,
            "insert into issue_category (office_id, issue_id, position, category_id) \
             values ($1, $2, $3, $4)",
            office.0,
            issue,
            position,
            category.0,
        )
        .map_err(missing)?;
    }
    Ok(())
}

/// The gathering where it was said, and the issue that stands for it.
async fn put_pointers(
    tx: &mut Transaction,
    office: OfficeId,
    id: i64,
    issue: &Issue,
) -> Result<()> {
    if let Some(session) = issue.session {
        run!(
            tx,
            "insert into issue_session (office_id, issue_id, session_id) values ($1, $2, $3)",
            office.0,
            id,
            session.0
        )
        .map_err(missing)?;
    }
    if let Some(into) = issue.merged_into {
        run!(
            tx,
            "insert into issue_merge (office_id, issue_id, into_id) values ($1, $2, $3)",
            office.0,
            id,
            into.0
        )
        .map_err(missing)?;
    }
    Ok(())
}

/// The categories of the issues numbered from `first` to `last`: number and category, in their order.
async fn categories(
    connection: &mut Connection,
    office: OfficeId,
    first: i64,
    last: i64,
) -> Result<Vec<(i64, CategoryId)>> {
    let rows = all!(
        connection,
        (i64, i64),
        "select issue_id, category_id from issue_category \
         where office_id = $1 and issue_id between $2 and $3 order by issue_id, position",
        office.0,
        first,
        last,
    )?;
    Ok(rows
        .into_iter()
        .map(|(issue, category)| (issue, CategoryId(category)))
        .collect())
}

/// Whom the issues numbered from `first` to `last` are about: number and concern, in their order.
async fn about(
    connection: &mut Connection,
    office: OfficeId,
    first: i64,
    last: i64,
) -> Result<Vec<(i64, Concern)>> {
    let rows = all!(
        connection,
        (i64, Option<i64>, Option<i64>),
        "select issue_id, profession_id, association_id from issue_about \
         where office_id = $1 and issue_id between $2 and $3 order by issue_id, position",
        office.0,
        first,
        last,
    )?;
    Ok(rows
        .into_iter()
        .filter_map(|(issue, profession, association)| {
            let concern = match (profession, association) {
                (Some(id), _) => Concern::Profession(ProfessionId(id)),
                (None, Some(id)) => Concern::Association(AssociationId(id)),
                (None, None) => return None,
            };
            Some((issue, concern))
        })
        .collect())
}

fn place(office: OfficeId, issue: i64) -> Place {
    Place {
        column: "issue.speaker",
        office,
        record: issue,
    }
}

fn sealed_speaker(
    connection: &Connection,
    office: OfficeId,
    id: i64,
    issue: &Issue,
) -> Result<Option<(String, Vec<u8>)>> {
    let Some(speaker) = &issue.speaker else {
        return Ok(None);
    };
    let Sealed { key, bytes } =
        speaker.sealed_with(|plain| connection.seal(place(office, id), plain))?;
    Ok(Some((key, bytes)))
}
