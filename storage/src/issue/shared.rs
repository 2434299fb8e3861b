//! What a list reads of issues that were only shared with its reader: never the original.

use crate::{
    error::{Error, Result},
    instant,
};
use domain::{
    disclosure::Audience,
    id::{AssociationId, IssueId, ProfessionId},
    issue::{Kind, Status},
    tier::Tier,
    visibility::SharedIssue,
};
use std::{
    cmp::Reverse,
    collections::{BTreeMap, btree_map::Entry},
};

/// One approved disclosure with what its audience may know of the issue: number, revision, kind,
/// tier, status, year, last change; version, audience, wording, whether it names the source, when it
/// was approved; association and profession, where it does.
pub(super) type Row = (
    i64,
    i64,
    String,
    i64,
    String,
    Option<i64>,
    i64,
    i64,
    String,
    String,
    bool,
    Option<i64>,
    Option<i64>,
    Option<i64>,
);

/// Of each issue the disclosure its reader reads by: the narrowest, of equally narrow ones the newest
/// (as [`domain::visibility::view`] has it).
pub(super) fn narrowest(
    rows: Vec<Row>,
    audiences: &BTreeMap<Audience, usize>,
) -> Result<Vec<SharedIssue>> {
    let mut narrowest: BTreeMap<IssueId, ((usize, Reverse<i64>), SharedIssue)> = BTreeMap::new();
    for row in rows {
        let audience = Audience::from_code(&row.8).ok_or(Error::Unreadable("audience"))?;
        let shared = into_shared(row)?;
        let order = order(audiences, audience, shared.version);
        match narrowest.entry(shared.id) {
            Entry::Vacant(entry) => {
                entry.insert((order, shared));
            }
            Entry::Occupied(mut entry) if order < entry.get().0 => {
                entry.insert((order, shared));
            }
            Entry::Occupied(_) => {}
        }
    }
    Ok(narrowest.into_values().map(|(_, shared)| shared).collect())
}

/// What comes first is what a reader of several shares reads.
pub(super) fn order(
    audiences: &BTreeMap<Audience, usize>,
    audience: Audience,
    version: i64,
) -> (usize, Reverse<i64>) {
    let width = audiences.get(&audience).copied().unwrap_or(usize::MAX);
    (width, Reverse(version))
}

fn into_shared(row: Row) -> Result<SharedIssue> {
    let (id, revision, kind, tier, status, later_year, changed_at, ..) = row;
    let (.., version, _, wording, names_source, told_at, association, profession) = row;
    let source = (association.map(AssociationId), profession.map(ProfessionId));
    Ok(SharedIssue {
        id: IssueId(id),
        revision,
        kind: Kind::from_code(&kind).ok_or(Error::Unreadable("kind"))?,
        tier: Tier::from_number(tier).ok_or(Error::Unreadable("tier"))?,
        status: Status::from_code(&status).ok_or(Error::Unreadable("status"))?,
        later_year: later_year
            .map(i32::try_from)
            .transpose()
            .map_err(|_| Error::Unreadable("later_year"))?,
        wording,
        source: names_source.then_some(source),
        version,
        told_at: instant::from_stored(told_at.ok_or(Error::Unreadable("decided_at"))?)?,
        changed_at: instant::from_stored(changed_at)?,
    })
}
