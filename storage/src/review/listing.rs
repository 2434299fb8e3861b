//! Lists of reviews: those that match, and only those the reader may know of.
//!
//! Who may know of a review follows from what it looks back on: whoever reads the original of an issue,
//! whoever may know of a gathering or a project. What a person may not know of is left out in the query
//! itself, from the page and from the total.

use super::row::Row;
use crate::{
    error::Result,
    issue::{
        self, Readable,
        listing::{Narrowed, whole},
    },
    link::{Connection, all, one},
    project, session,
};
use domain::{
    id::OfficeId,
    project::Sight as OfProjects,
    review::{Review, State},
    session::Sight as OfSessions,
};

/// Most reviews of one page; a higher limit counts as this one.
pub const PAGE_MAX: i64 = 100;

/// What of the things that are looked back on a reader may know.
#[derive(Clone, Debug)]
pub struct Reader {
    /// Of issues: those whose original may be read.
    pub issues: Readable,
    /// Of gatherings.
    pub sessions: OfSessions,
    /// Of projects.
    pub projects: OfProjects,
}

/// Which reviews are wanted. Those that were taken back never match.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Of this state; all where none is named.
    pub state: Option<State>,
    /// What the reader may know of. Everything where it is `None`.
    pub reader: Option<Reader>,
}

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Those still to come first, the earliest day first; then the rest, the latest change first.
    pub items: Vec<Review>,
    /// How many match in all.
    pub total: i64,
}

/// What matches. `$7` to `$10` and `$12` are those of [`whole!`], which also says whether everything may
/// be known; `$3` to `$6` are of gatherings, `$11` and `$13` of projects.
macro_rules! matching {
    () => {
        concat!(
            " from review where office_id = $1 and not retracted and ($2 is null or state = $2) \
             and ($7 or (of_kind = 'issue' and exists (select 1 from issue \
             where issue.office_id = $1 and issue.id = review.of_id and not issue.retracted and (",
            whole!("issue"),
            "))) or (of_kind = 'session' and exists (select 1 from session \
             where session.office_id = $1 and session.id = review.of_id \
             and not session.retracted and ",
            session::known!("$3", "$4", "$5", "$6"),
            ")) or (of_kind = 'project' and exists (select 1 from project \
             where project.office_id = $1 and project.id = review.of_id \
             and not project.retracted and ",
            project::known!("$11", "$13"),
            ")))"
        )
    };
}

const COUNT: &str = concat!("select count(*)", matching!());
const LISTED: &str = concat!(
    "select ",
    columns!(),
    matching!(),
    " order by case when state in ('proposed', 'planned') then 0 else 1 end, \
     case when state in ('proposed', 'planned') then coalesce(due_date, '') else '' end, \
     case when state in ('proposed', 'planned') then 0 else -changed_at end, id \
     limit $14 offset $15"
);

/// Binds what a list is narrowed by, in the order of [`matching!`].
macro_rules! narrowed {
    ($read:ident, $connection:expr, $row:ty, $sql:expr, $office:expr, $by:expr $(, $more:expr)*) => {
        $read!(
            $connection, $row, $sql, $office.0, $by.state, $by.sessions.tier3,
            $by.sessions.tier2_all, &$by.tier1, &$by.tier2, $by.issues.everything, $by.issues.user,
            &$by.issues.associations, &$by.issues.destinations, $by.projects.public,
            $by.issues.desk, &$by.associations $(, $more)*
        )
    };
}

/// A page of the office's reviews, beginning after `offset` of them.
///
/// # Errors
/// As [`super::find`].
pub async fn list(
    connection: &mut Connection,
    office: OfficeId,
    filter: &Filter,
    offset: i64,
    limit: i64,
) -> Result<Page> {
    let by = By::filter(filter);
    let (limit, offset) = (limit.clamp(0, PAGE_MAX), offset.max(0));
    let (total,) = narrowed!(one, connection, (i64,), COUNT, office, by)?;
    let rows = narrowed!(all, connection, Row, LISTED, office, by, limit, offset)?;
    let items = rows
        .into_iter()
        .map(Row::into_review)
        .collect::<Result<Vec<_>>>()?;
    Ok(Page { items, total })
}

/// A filter as the databases compare it.
struct By {
    state: Option<&'static str>,
    issues: Narrowed,
    sessions: OfSessions,
    tier1: String,
    tier2: String,
    projects: OfProjects,
    associations: String,
}

impl By {
    fn filter(filter: &Filter) -> Self {
        let reader = filter.reader.clone().unwrap_or_else(|| Reader {
            issues: Readable::Everything,
            sessions: OfSessions::default(),
            projects: OfProjects::default(),
        });
        Self {
            state: filter.state.map(State::code),
            issues: Narrowed::by(&issue::Filter::of(reader.issues)),
            tier1: session::delimited(&reader.sessions.tier1),
            tier2: session::delimited(&reader.sessions.tier2),
            sessions: reader.sessions,
            associations: session::delimited(&reader.projects.associations),
            projects: reader.projects,
        }
    }
}
