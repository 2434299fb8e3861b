//! Lists of issues: a page of those that match, and only of those the reader may read.
//!
//! What a person may not read is left out in the query itself, from the page and from the total, so
//! that a list never says that there is something else.

use super::{about, row::Row};
use crate::{
    error::Result,
    link::{Connection, all, one},
};
use domain::{
    audience::Destination,
    id::{AssociationId, OfficeId, UserId},
    issue::{Concern, Issue, Status},
    tier::Tier,
};
use std::collections::BTreeMap;

/// Most issues of one page; a higher limit counts as this one.
pub const PAGE_MAX: i64 = 200;

/// Which issues are wanted; what is `None` does not narrow.
#[derive(Clone, Debug)]
pub struct Filter {
    /// Of this tier.
    pub tier: Option<Tier>,
    /// With this status.
    pub status: Option<Status>,
    /// Only those that still wait for somebody ([`Status::is_open`]).
    pub open_only: bool,
    /// Raised by this association.
    pub association: Option<AssociationId>,
    /// Written down by this person.
    pub reporter: Option<UserId>,
    /// What the reader may read.
    pub readable: Readable,
}

/// What a reader may read of the office's issues.
#[derive(Clone, Debug)]
pub enum Readable {
    /// All of them: coordinators.
    Everything,
    /// Those the person wrote down, those of associations whose talks the person takes part in, and
    /// those whose card stands where the person belongs to the audience.
    By {
        /// The person.
        user: UserId,
        /// Associations whose talks the person takes part in.
        associations: Vec<AssociationId>,
        /// Destinations whose audience the person belongs to.
        destinations: Vec<Destination>,
    },
}

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The issues of this page, newest first.
    pub issues: Vec<Issue>,
    /// How many match in all.
    pub total: i64,
}

/// The conditions, for the count and for the page. Lists of codes come as `,1,3,` so that one text
/// serves both databases; the codes hold neither commas nor the wildcards of `like`.
macro_rules! matching {
    ($before:literal, $after:literal) => {
        concat!(
            $before,
            " from issue where office_id = $1 and ($2 is null or tier = $2) \
             and ($3 is null or status = $3) \
             and (not $4 or status not in ('done', 'dropped')) \
             and ($5 is null or association_id = $5) and ($6 is null or reporter = $6) \
             and ($7 or reporter = $8 or $9 like '%,' || association_id || ',%' \
             or $10 like '%,' || destination || ',%')",
            $after
        )
    };
}

const COUNT: &str = matching!("select count(*)", "");
const PAGE: &str = matching!(
    "select id, revision, kind, origin, tier, tier_by, status, later_year, wording, note, \
     profession_id, association_id, speaker, speaker_key, reporter, created_at, changed_at, \
     passed_on, destination, measure_open",
    " order by id desc limit $11 offset $12"
);

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
    let tier = filter.tier.map(Tier::number);
    let status = filter.status.map(Status::code);
    let raised_by = filter.association.map(|id| id.0);
    let written_by = filter.reporter.map(UserId::to_stored);
    let (everything, user, associations, destinations) = match &filter.readable {
        Readable::Everything => (true, 0, String::new(), String::new()),
        Readable::By {
            user,
            associations,
            destinations,
        } => (
            false,
            user.to_stored(),
            delimited(associations.iter().map(ToString::to_string)),
            delimited(destinations.iter().map(|destination| destination.code())),
        ),
    };
    let (total,) = one!(
        connection,
        (i64,),
        COUNT,
        office.0,
        tier,
        status,
        filter.open_only,
        raised_by,
        written_by,
        everything,
        user,
        &associations,
        &destinations,
    )?;
    let rows = all!(
        connection,
        Row,
        PAGE,
        office.0,
        tier,
        status,
        filter.open_only,
        raised_by,
        written_by,
        everything,
        user,
        &associations,
        &destinations,
        limit.clamp(0, PAGE_MAX),
        offset.max(0),
    )?;
    Ok(Page {
        issues: with_concerns(connection, office, rows).await?,
        total,
    })
}

/// Turns rows, newest first, into issues with whom they are about.
async fn with_concerns(
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
    rows.into_iter()
        .map(|row| {
            let about = concerns.remove(&row.id).unwrap_or_default();
            row.into_issue(connection, office, about)
        })
        .collect()
}

fn delimited(codes: impl Iterator<Item = String>) -> String {
    codes.fold(",".to_owned(), |list, code| list + &code + ",")
}
