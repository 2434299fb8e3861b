//! Lists of issues: a page of those that match, and only of those the reader may read.
//!
//! What a person may not read is left out in the query itself, from the page and from the total, so
//! that a list never says that there is something else. Of an issue that was only shared with the
//! reader, the original is not read either: its row comes from the disclosure.

use super::{about, categories, row::Row, shared};
use crate::{
    error::Result,
    link::{Connection, all, one},
};
use domain::{
    audience::Destination,
    disclosure::Audience,
    form::OPINIONS_MAX,
    id::{AssociationId, CategoryId, IssueId, OfficeId, SessionId, UserId},
    issue::{Concern, Issue, Status},
    tier::Tier,
    visibility::SharedIssue,
};
use std::{cmp::Reverse, collections::BTreeMap};

/// Most issues of one page; a higher limit counts as this one.
pub const PAGE_MAX: i64 = 200;

/// Which issues are wanted; what is `None` does not narrow. Issues that were taken back never match,
/// nor do those that were merged into an issue whose original the reader reads: one line stands for
/// both.
#[derive(Clone, Debug)]
pub struct Filter {
    /// Of this tier.
    pub tier: Option<Tier>,
    /// With this status.
    pub status: Option<Status>,
    /// Only those that still wait for somebody ([`Status::is_open`]).
    pub open_only: bool,
    /// Raised by this association, as far as the reader may know who raised it.
    pub association: Option<AssociationId>,
    /// Written down by this person.
    pub reporter: Option<UserId>,
    /// By category, as far as the reader reads the original: a share does not say its category.
    pub category: Option<Categorised>,
    /// Said in this gathering, as far as the reader reads the original.
    pub session: Option<SessionId>,
    /// What the reader may read.
    pub readable: Readable,
}

impl Filter {
    /// Everything a reader may read.
    #[must_use]
    pub fn of(readable: Readable) -> Self {
        Self {
            tier: None,
            status: None,
            open_only: false,
            association: None,
            reporter: None,
            category: None,
            session: None,
            readable,
        }
    }
}

/// How a list is narrowed by category.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Categorised {
    /// In this category, perhaps among others.
    In(CategoryId),
    /// In some category.
    Somehow,
    /// In none yet.
    Not,
}

/// What a reader may read of the office's issues.
#[derive(Clone, Debug)]
pub enum Readable {
    /// All of them: coordinators.
    Everything,
    /// The originals the person wrote down, those of associations whose talks the person takes part
    /// in, and those that stand where the person belongs to the audience; and what was shared with an
    /// audience of the person ([`domain::visibility::view`] says the same of one issue).
    By {
        /// The person.
        user: UserId,
        /// Associations whose talks the person takes part in.
        associations: Vec<AssociationId>,
        /// Destinations whose audience the person belongs to.
        destinations: Vec<Destination>,
        /// Audiences the person belongs to, with their width ([`Audience::of`]).
        audiences: BTreeMap<Audience, usize>,
    },
}

/// One issue of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Listed {
    /// The original.
    Whole(Issue),
    /// What the reader was told of it.
    Shared(SharedIssue),
}

impl Listed {
    /// The issue's number.
    #[must_use]
    pub fn id(&self) -> IssueId {
        match self {
            Self::Whole(issue) => issue.id,
            Self::Shared(shared) => shared.id,
        }
    }

    /// How far it has come.
    #[must_use]
    pub fn status(&self) -> Status {
        match self {
            Self::Whole(issue) => issue.status,
            Self::Shared(shared) => shared.status,
        }
    }

    /// The wording the reader knows.
    #[must_use]
    pub fn wording(&self) -> &str {
        match self {
            Self::Whole(issue) => &issue.text,
            Self::Shared(shared) => &shared.wording,
        }
    }
}

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The issues of this page, newest first.
    pub items: Vec<Listed>,
    /// How many match in all.
    pub total: i64,
}

/// The numbers that match, each with whether the reader reads the original. Lists of codes come as
/// `,1,3,` so that one text serves both databases; the codes hold neither commas nor the wildcards of
/// `like`. Who raised an issue is looked at only where the reader may know it, and so are category and
/// gathering: a filter must not say what the card does not.
macro_rules! found {
    () => {
        found!("")
    };
    ($columns:literal) => {
        concat!(
            "(select id, association_id",
            $columns,
            ", case when ",
            whole!("issue"),
            " then true else false end as whole from issue \
             where office_id = $1 and not retracted and ($2 is null or tier = $2) \
             and ($3 is null or status = $3) \
             and (not $4 or status not in ('done', 'dropped')) \
             and ($6 is null or reporter = $6) \
             and ($15 or not exists (select 1 from issue_merge join issue as stands \
             on stands.office_id = $1 and stands.id = issue_merge.into_id \
             where issue_merge.office_id = $1 and issue_merge.issue_id = issue.id \
             and not stands.retracted and (",
            whole!("stands"),
            ")))) as found \
             where (whole or exists (select 1 from disclosure where ",
            told!("found"),
            ")) and ($5 is null or (association_id = $5 and (whole or exists (select 1 \
             from disclosure where disclosure.names_source and ",
            told!("found"),
            ")))) and ($13 is null or (whole and exists (select 1 from issue_session \
             where issue_session.office_id = $1 and issue_session.issue_id = found.id \
             and issue_session.session_id = $13))) \
             and ($14 is null or (whole and case when $14 = 0 then not exists (select 1 \
             from issue_category where issue_category.office_id = $1 \
             and issue_category.issue_id = found.id) else exists (select 1 \
             from issue_category where issue_category.office_id = $1 \
             and issue_category.issue_id = found.id \
             and ($14 < 0 or issue_category.category_id = $14)) end))"
        )
    };
}

/// Whether the reader reads the original of an issue.
macro_rules! whole {
    ($of:literal) => {
        concat!(
            "$7 or ",
            $of,
            ".reporter = $8 or $9 like '%,' || ",
            $of,
            ".association_id || ',%' or $10 like '%,' || ",
            $of,
            ".destination || ',%' or ($12 and exists (select 1 from disclosure \
             where disclosure.office_id = $1 and disclosure.issue_id = ",
            $of,
            ".id and (disclosure.state = 'proposed' \
             or (disclosure.state = 'approved' and disclosure.audience = 'desk'))))"
        )
    };
}

pub(crate) use whole;

/// The approved disclosures of an issue to an audience of the reader.
macro_rules! told {
    ($of:literal) => {
        concat!(
            "disclosure.office_id = $1 and disclosure.issue_id = ",
            $of,
            ".id and disclosure.state = 'approved' \
             and $11 like '%,' || disclosure.audience || ',%'"
        )
    };
}

/// How many rows are wanted: the parameter after those of [`found!`].
macro_rules! most {
    () => {
        "$16"
    };
}

/// The columns of a [`shared::Row`]. Whoever raised an issue leaves the table only where a disclosure
/// names it.
macro_rules! shared_columns {
    () => {
        "issue.id, issue.revision, issue.kind, issue.tier, issue.status, issue.later_year, \
         issue.changed_at, disclosure.version, disclosure.audience, disclosure.wording, \
         disclosure.names_source, disclosure.decided_at, \
         case when disclosure.names_source then issue.association_id end, \
         case when disclosure.names_source then issue.profession_id end"
    };
}

macro_rules! page {
    ($then:expr) => {
        concat!(
            "with page as (select id, whole from ",
            found!(),
            " order by id desc limit ",
            most!(),
            " offset $17) ",
            $then
        )
    };
}

const COUNT: &str = concat!("select count(*) from ", found!());
const WHOLE: &str = page!(concat!(
    "select ",
    columns!(),
    " from issue where office_id = $1 and id in (select id from page where whole) order by id desc"
));
const SHARED: &str = page!(concat!(
    "select ",
    shared_columns!(),
    " from page join issue on issue.office_id = $1 and issue.id = page.id join disclosure on ",
    told!("page"),
    " where not page.whole"
));

/// Binds what a list is narrowed by, in the order of [`found!`].
macro_rules! narrowed {
    ($read:ident, $connection:expr, $row:ty, $sql:expr, $office:expr, $by:expr $(, $more:expr)*) => {
        $read!(
            $connection, $row, $sql, $office.0, $by.tier, $by.status, $by.open_only,
            $by.association, $by.reporter, $by.everything, $by.user, &$by.associations,
            &$by.destinations, &$by.audiences, $by.desk, $by.session, $by.category,
            $by.merged $(, $more)*
        )
    };
}

mod tally;

pub use tally::{ByCategory, tally, tally_by_association, tally_by_category};

/// A page of the office's issues, newest first, beginning after `offset` of them.
///
/// # Errors
/// [`crate::Error::Sealed`] when a speaker cannot be opened with the keys at hand,
/// [`crate::Error::Unreadable`] when a newer version has written a code this one does not know.
pub async fn list(
    connection: &mut Connection,
    office: OfficeId,
    filter: &Filter,
    offset: i64,
    limit: i64,
) -> Result<Page> {
    let by = Narrowed::by(filter);
    let limit = limit.clamp(0, PAGE_MAX);
    matching(connection, office, filter, &by, offset.max(0), limit).await
}

/// What was said, for the manual's forms: the newest `limit` of the matching issues in the order of their
/// numbers. Unlike in a list, those that were merged are among them, because each is a voice of its own.
///
/// # Errors
/// As [`list`].
pub async fn said(
    connection: &mut Connection,
    office: OfficeId,
    filter: &Filter,
    limit: usize,
) -> Result<Page> {
    let by = Narrowed {
        merged: true,
        ..Narrowed::by(filter)
    };
    let limit = i64::try_from(limit.min(OPINIONS_MAX)).unwrap_or(PAGE_MAX);
    let mut page = matching(connection, office, filter, &by, 0, limit).await?;
    page.items.reverse();
    Ok(page)
}

async fn matching(
    connection: &mut Connection,
    office: OfficeId,
    filter: &Filter,
    by: &Narrowed,
    offset: i64,
    limit: i64,
) -> Result<Page> {
    let (total,) = narrowed!(one, connection, (i64,), COUNT, office, by)?;
    let whole = narrowed!(all, connection, Row, WHOLE, office, by, limit, offset)?;
    let whole = with_rest(connection, office, whole).await?;
    let mut items: Vec<Listed> = whole.into_iter().map(Listed::Whole).collect();
    if let Readable::By { audiences, .. } = &filter.readable {
        let told = narrowed!(
            all,
            connection,
            shared::Row,
            SHARED,
            office,
            by,
            limit,
            offset
        )?;
        let shared = shared::narrowest(told, audiences)?;
        items.extend(shared.into_iter().map(Listed::Shared));
    }
    items.sort_by_key(|listed| Reverse(listed.id()));
    Ok(Page { items, total })
}

/// A filter as the databases compare it.
pub(crate) struct Narrowed {
    pub(super) tier: Option<i64>,
    pub(super) status: Option<&'static str>,
    pub(super) open_only: bool,
    pub(super) association: Option<i64>,
    pub(super) reporter: Option<i64>,
    pub(super) session: Option<i64>,
    /// 0 where none is wanted, below it where any is.
    pub(super) category: Option<i64>,
    /// Whether issues are wanted for which another stands.
    pub(super) merged: bool,
    pub(crate) everything: bool,
    pub(crate) user: i64,
    pub(crate) associations: String,
    pub(crate) destinations: String,
    pub(super) audiences: String,
    pub(crate) desk: bool,
}

impl Narrowed {
    pub(crate) fn by(filter: &Filter) -> Self {
        let narrowed = Self {
            tier: filter.tier.map(Tier::number),
            status: filter.status.map(Status::code),
            open_only: filter.open_only,
            association: filter.association.map(|id| id.0),
            reporter: filter.reporter.map(UserId::to_stored),
            session: filter.session.map(|id| id.0),
            category: filter.category.map(|wanted| match wanted {
                Categorised::In(id) => id.0,
                Categorised::Somehow => -1,
                Categorised::Not => 0,
            }),
            merged: false,
            everything: true,
            user: 0,
            associations: String::new(),
            destinations: String::new(),
            audiences: String::new(),
            desk: true,
        };
        match &filter.readable {
            Readable::Everything => narrowed,
            Readable::By {
                user,
                associations,
                destinations,
                audiences,
            } => Self {
                everything: false,
                user: user.to_stored(),
                associations: delimited(associations.iter().map(ToString::to_string)),
                destinations: delimited(destinations.iter().map(|place| place.code())),
                audiences: delimited(audiences.keys().map(|audience| audience.code())),
                desk: destinations.contains(&Destination::Desk),
                ..narrowed
            },
        }
    }
}

mod recent;

pub use recent::{RECENT_MAX, Recent, recent};

/// The whole issues after a number, the oldest first: for what goes through all of them.
///
/// # Errors
/// As [`list`].
pub async fn following(
    connection: &mut Connection,
    office: OfficeId,
    after: IssueId,
    limit: i64,
) -> Result<Vec<Issue>> {
    let mut rows = all!(
        connection,
        Row,
        concat!(
            "select ",
            columns!(),
            " from issue where office_id = $1 and id > $2 order by id limit $3"
        ),
        office.0,
        after.0,
        limit.clamp(0, PAGE_MAX),
    )?;
    rows.reverse();
    let mut issues = with_rest(connection, office, rows).await?;
    issues.reverse();
    Ok(issues)
}

/// Turns rows, newest first, into issues with whom they are about and the categories they are in.
async fn with_rest(
    connection: &mut Connection,
    office: OfficeId,
    rows: Vec<Row>,
) -> Result<Vec<Issue>> {
    let (Some(newest), Some(oldest)) = (rows.first(), rows.last()) else {
        return Ok(Vec::new());
    };
    let mut concerns: BTreeMap<i64, Vec<Concern>> = BTreeMap::new();
    // One range instead of one query per issue; what lies between is left aside.
    for (issue, concern) in about(connection, office, oldest.id, newest.id).await? {
        concerns.entry(issue).or_default().push(concern);
    }
    let mut sorted: BTreeMap<i64, Vec<CategoryId>> = BTreeMap::new();
    for (issue, category) in categories(connection, office, oldest.id, newest.id).await? {
        sorted.entry(issue).or_default().push(category);
    }
    rows.into_iter()
        .map(|row| {
            let about = concerns.remove(&row.id).unwrap_or_default();
            let categories = sorted.remove(&row.id).unwrap_or_default();
            row.into_issue(connection, office, about, categories)
        })
        .collect()
}

fn delimited(codes: impl Iterator<Item = String>) -> String {
    codes.fold(",".to_owned(), |list, code| list + &code + ",")
}
