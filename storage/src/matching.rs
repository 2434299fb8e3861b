//! Matchings (連携提案) as they are kept: a number per pair for good, and what became of it. What is compared to find them is
//! read here too, without anybody's name.

use crate::{
    counter::{self, Noun},
    error::{Conflict, Error, Result},
    instant,
    link::{Connection, Transaction, all, optional, run},
};
use chrono::{DateTime, Utc};
use domain::{
    id::{AssociationId, IssueId, MatchingId, OfficeId, ProfessionId, SessionId, UserId},
    issue::Concern,
    matching::{CONSIDERED_MAX, Decision, Matching, State},
};
use std::collections::BTreeMap;

/// Most pairs kept at once: what one search shows.
pub const AT_ONCE_MAX: usize = 50;
/// Most dismissed pairs that are remembered, the newest.
pub const DISMISSED_MAX: i64 = 10_000;

/// An issue as it is compared with others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// Its number.
    pub issue: IssueId,
    /// Its wording.
    pub text: String,
    /// The profession that said it, where known.
    pub profession: Option<ProfessionId>,
    /// The association that raised it, where there is one.
    pub association: Option<AssociationId>,
    /// Whom it is about, as named by the person who wrote it down.
    pub about: Vec<Concern>,
}

/// A pair that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewMatching {
    /// The earlier issue.
    pub first: IssueId,
    /// The later issue.
    pub second: IssueId,
    /// The fingerprints of both wordings ([`domain::matching::fingerprint`]).
    pub said: (i64, i64),
}

/// The issues that may be matched, newest first, at most [`CONSIDERED_MAX`]: those that wait for somebody, stand for
/// themselves, and were said by somebody known.
///
/// # Errors
/// [`Error::Database`].
pub async fn said(connection: &mut Connection, office: OfficeId) -> Result<Vec<Said>> {
    let limit = i64::try_from(CONSIDERED_MAX).unwrap_or(i64::MAX);
    let rows = all!(
        connection,
        (i64, String, Option<i64>, Option<i64>),
        "select id, wording, profession_id, association_id from issue where office_id = $1 \
         and not retracted and status not in ('done', 'dropped') \
         and (profession_id is not null or association_id is not null) \
         and not exists (select 1 from issue_merge where issue_merge.office_id = $1 \
         and issue_merge.issue_id = issue.id) order by id desc limit $2",
        office.0,
        limit,
    )?;
    let Some(oldest) = rows.last().map(|(id, ..)| *id) else {
        return Ok(Vec::new());
    };
    let mut about: BTreeMap<i64, Vec<Concern>> = BTreeMap::new();
    for (issue, profession, association) in all!(
        connection,
        (i64, Option<i64>, Option<i64>),
        "select issue_id, profession_id, association_id from issue_about \
         where office_id = $1 and issue_id >= $2 order by issue_id, position",
        office.0,
        oldest,
    )? {
        let concern = profession
            .map(|id| Concern::Profession(ProfessionId(id)))
            .or(association.map(|id| Concern::Association(AssociationId(id))));
        about.entry(issue).or_default().extend(concern);
    }
    Ok(rows
        .into_iter()
        .map(|(id, text, profession, association)| Said {
            issue: IssueId(id),
            text,
            profession: profession.map(ProfessionId),
            association: association.map(AssociationId),
            about: about.remove(&id).unwrap_or_default(),
        })
        .collect())
}

/// Numbers pairs in the order given, at most [`AT_ONCE_MAX`], and returns them as they are kept. A pair keeps the number it has. A dismissed one whose wordings have
/// changed since is proposed again; what is proposed takes the new fingerprints; the rest stays as it is.
///
/// # Errors
/// [`Conflict::Missing`] when there is no such office or issue.
pub async fn propose(
    tx: &mut Transaction,
    office: OfficeId,
    pairs: &[NewMatching],
    now: DateTime<Utc>,
) -> Result<Vec<Matching>> {
    let mut kept = Vec::with_capacity(pairs.len().min(AT_ONCE_MAX));
    for pair in pairs.iter().take(AT_ONCE_MAX) {
        let found = of_pair(tx, office, pair.first, pair.second).await?;
        kept.push(match found {
            None => insert(tx, office, *pair, now).await?,
            Some(known) if known.said == pair.said || known.state == State::Accepted => known,
            Some(known) => again(tx, office, known, pair.said, now).await?,
        });
    }
    Ok(kept)
}

async fn insert(
    tx: &mut Transaction,
    office: OfficeId,
    NewMatching {
        first,
        second,
        said,
    }: NewMatching,
    now: DateTime<Utc>,
) -> Result<Matching> {
    let id = counter::next(tx, office, Noun::Matching).await?;
    run!(
        tx,
        "insert into matching (office_id, id, first_id, second_id, first_said, second_said, state, \
         proposed_at) values ($1, $2, $3, $4, $5, $6, $7, $8)",
        office.0,
        id,
        first.0,
        second.0,
        said.0,
        said.1,
        State::Proposed.code(),
        instant::to_stored(now),
    )
    .map_err(|error| error.naming(Conflict::StaleRevision, Conflict::Missing))?;
    Ok(Matching {
        id: MatchingId(id),
        first,
        second,
        said,
        state: State::Proposed,
        reason: None,
        session: None,
        proposed_at: instant::kept(now),
        decided_by: None,
        decided_at: None,
    })
}

/// A pair whose wordings have changed stands as if it were shown for the first time.
async fn again(
    tx: &mut Transaction,
    office: OfficeId,
    known: Matching,
    said: (i64, i64),
    now: DateTime<Utc>,
) -> Result<Matching> {
    run!(
        tx,
        "update matching set first_said = $3, second_said = $4, state = $5, reason = null, \
         proposed_at = $6, decided_by = null, decided_at = null where office_id = $1 and id = $2",
        office.0,
        known.id.0,
        said.0,
        said.1,
        State::Proposed.code(),
        instant::to_stored(now),
    )?;
    Ok(Matching {
        said,
        state: State::Proposed,
        reason: None,
        proposed_at: instant::kept(now),
        decided_by: None,
        decided_at: None,
        ..known
    })
}

/// Decides about a pair; `false`, and nothing done, when it is not in a state in which that may be decided
/// ([`Decision::may_follow`]) or does not exist.
///
/// # Errors
/// [`Conflict::Missing`] when there is no such session.
pub async fn decide(
    tx: &mut Transaction,
    office: OfficeId,
    matching: MatchingId,
    decision: &Decision,
    who: UserId,
    at: DateTime<Utc>,
) -> Result<bool> {
    let Some(known) = find(tx, office, matching).await? else {
        return Ok(false);
    };
    if !decision.may_follow(known.state) {
        return Ok(false);
    }
    let (reason, session) = match decision {
        Decision::Accept(session) => (None, Some(session.0)),
        Decision::Dismiss(reason) => (Some(reason.as_str()), None),
        Decision::Reopen => (None, None),
    };
    let decided = *decision != Decision::Reopen;
    run!(
        tx,
        "update matching set state = $3, reason = $4, session_id = $5, decided_by = $6, \
         decided_at = $7 where office_id = $1 and id = $2",
        office.0,
        matching.0,
        decision.leads_to().code(),
        reason,
        session,
        decided.then(|| who.to_stored()),
        decided.then(|| instant::to_stored(at)),
    )
    .map_err(|error| error.naming(Conflict::StaleRevision, Conflict::Missing))?;
    Ok(true)
}

/// The columns of a [`Row`].
macro_rules! columns {
    () => {
        "id, first_id, second_id, first_said, second_said, state, reason, session_id, proposed_at, \
         decided_by, decided_at"
    };
}

type Row = (
    i64,
    i64,
    i64,
    i64,
    i64,
    String,
    Option<String>,
    Option<i64>,
    i64,
    Option<i64>,
    Option<i64>,
);

/// The pair of a number.
///
/// # Errors
/// [`Error::Unreadable`] when a newer version has written a state this one does not know.
pub async fn find(
    connection: &mut Connection,
    office: OfficeId,
    matching: MatchingId,
) -> Result<Option<Matching>> {
    let row = optional!(
        connection,
        Row,
        concat!(
            "select ",
            columns!(),
            " from matching where office_id = $1 and id = $2"
        ),
        office.0,
        matching.0,
    )?;
    row.map(into_matching).transpose()
}

/// What is kept of two issues (the lower number first), if they were ever shown as a pair.
///
/// # Errors
/// As [`find`].
pub async fn of_pair(
    connection: &mut Connection,
    office: OfficeId,
    first: IssueId,
    second: IssueId,
) -> Result<Option<Matching>> {
    let row = optional!(
        connection,
        Row,
        concat!(
            "select ",
            columns!(),
            " from matching where office_id = $1 and first_id = $2 and second_id = $3"
        ),
        office.0,
        first.0,
        second.0,
    )?;
    row.map(into_matching).transpose()
}

/// The dismissed pairs, the newest [`DISMISSED_MAX`] first.
///
/// # Errors
/// As [`find`].
pub async fn dismissed(connection: &mut Connection, office: OfficeId) -> Result<Vec<Matching>> {
    let rows = all!(
        connection,
        Row,
        concat!(
            "select ",
            columns!(),
            " from matching where office_id = $1 and state = 'dismissed' order by id desc limit $2"
        ),
        office.0,
        DISMISSED_MAX,
    )?;
    rows.into_iter().map(into_matching).collect()
}

fn into_matching(row: Row) -> Result<Matching> {
    let (id, first, second, ours, theirs, state, reason, session, proposed, by, at) = row;
    Ok(Matching {
        id: MatchingId(id),
        first: IssueId(first),
        second: IssueId(second),
        said: (ours, theirs),
        state: State::from_code(&state).ok_or(Error::Unreadable("state of a matching"))?,
        reason,
        session: session.map(SessionId),
        proposed_at: instant::from_stored(proposed)?,
        decided_by: by.map(UserId::from_stored),
        decided_at: instant::from_stored_option(at)?,
    })
}
