//! Disclosures (共有): one row per version of what an audience is told about an issue.
//!
//! The words of a version never change, which the database sees to; only its state moves on. Each
//! approved version has a row of its own among the texts that searches look through, so that a search
//! for an audience never touches an original.
//!
//! Whoever changes a disclosure also updates its issue ([`crate::issue::update`]), in the same
//! transaction: that counts up the revision by which cards are told to be drawn anew.

use crate::{
    error::{Conflict, Error, Result},
    feedback, instant,
    issue::index,
    link::{Connection, Transaction, all, one, run},
};
use chrono::{DateTime, Utc};
use domain::{
    disclosure::{Audience, Disclosure, PER_ISSUE_MAX, State},
    id::{IssueId, OfficeId, UserId},
};

/// Most approved disclosures handed out at once.
pub const APPROVED_AT_ONCE_MAX: i64 = 200;

/// What is asked or told of issues for which somebody still waits.
macro_rules! promised {
    () => {
        " from disclosure join issue on issue.office_id = disclosure.office_id \
         and issue.id = disclosure.issue_id where disclosure.office_id = $1 and not issue.retracted \
         and (disclosure.state = 'proposed' or (disclosure.state = 'approved' \
         and issue.status not in ('done', 'dropped')))"
    };
}

/// Keeps a proposal and returns it as it is kept: with the next version of its issue, waiting. Its
/// version, state and decision are not looked at; who may approve at once decides right after.
///
/// # Errors
/// [`Conflict::Missing`] when there is no such issue, [`Conflict::Full`] when it has as many
/// disclosures as it may have ([`PER_ISSUE_MAX`]).
pub async fn insert(
    tx: &mut Transaction,
    office: OfficeId,
    disclosure: &Disclosure,
) -> Result<Disclosure> {
    let (newest,) = one!(
        tx,
        (i64,),
        "select coalesce(max(version), 0) from disclosure where office_id = $1 and issue_id = $2",
        office.0,
        disclosure.issue.0,
    )?;
    if usize::try_from(newest).is_ok_and(|newest| newest >= PER_ISSUE_MAX) {
        return Err(Conflict::Full.into());
    }
    let version = newest + 1;
    run!(
        tx,
        "insert into disclosure (office_id, issue_id, version, audience, wording, as_written, \
         names_source, state, proposed_by, proposed_at) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        office.0,
        disclosure.issue.0,
        version,
        disclosure.audience.code(),
        &disclosure.wording,
        disclosure.as_written,
        disclosure.names_source,
        State::Proposed.code(),
        disclosure.proposed_by.to_stored(),
        instant::to_stored(disclosure.proposed_at),
    )
    .map_err(|error| error.naming(Conflict::StaleRevision, Conflict::Missing))?;
    Ok(Disclosure {
        version,
        state: State::Proposed,
        proposed_at: instant::kept(disclosure.proposed_at),
        decided_by: None,
        decided_at: None,
        ..disclosure.clone()
    })
}

/// Decides about a version; `false`, and nothing done, when it is not in a state from which it may go
/// there ([`State::may_become`]), does not exist, or its issue was taken back. Approving one replaces
/// the one its audience was told before.
///
/// # Errors
/// [`Error::Database`].
pub async fn decide(
    tx: &mut Transaction,
    office: OfficeId,
    issue: IssueId,
    version: i64,
    state: State,
    who: UserId,
    at: DateTime<Utc>,
) -> Result<bool> {
    let Some(found) = find(tx, office, issue, version).await? else {
        return Ok(false);
    };
    if !found.state.may_become(state) || !stands(tx, office, issue).await? {
        return Ok(false);
    }
    if state == State::Approved {
        run!(
            tx,
            "update disclosure set state = $4, decided_by = $5, decided_at = $6 \
             where office_id = $1 and issue_id = $2 and audience = $3 and state = $7",
            office.0,
            issue.0,
            found.audience.code(),
            State::Replaced.code(),
            who.to_stored(),
            instant::to_stored(at),
            State::Approved.code(),
        )?;
    }
    let decided = run!(
        tx,
        "update disclosure set state = $4, decided_by = $5, decided_at = $6 \
         where office_id = $1 and issue_id = $2 and version = $3 and state = $7",
        office.0,
        issue.0,
        version,
        state.code(),
        who.to_stored(),
        instant::to_stored(at),
        found.state.code(),
    )?;
    if decided == 0 {
        return Ok(false);
    }
    if state == State::Approved {
        let code = found.audience.code();
        index::put(tx, office, issue, &code, (&found.wording, None)).await?;
    } else if found.is_approved() {
        let code = found.audience.code();
        index::remove(tx, office, issue, &code).await?;
    }
    if state == State::Approved || found.is_approved() {
        feedback::touch(tx, office, issue, at).await?;
    }
    Ok(true)
}

/// Every version of an issue, the first one first.
///
/// # Errors
/// [`Error::Unreadable`] when a newer version has written a code this one does not know.
pub async fn of(
    connection: &mut Connection,
    office: OfficeId,
    issue: IssueId,
) -> Result<Vec<Disclosure>> {
    let rows = all!(
        connection,
        Row,
        "select issue_id, version, audience, wording, as_written, names_source, state, \
         proposed_by, proposed_at, decided_by, decided_at from disclosure \
         where office_id = $1 and issue_id = $2 order by version",
        office.0,
        issue.0,
    )?;
    rows.into_iter().map(into_disclosure).collect()
}

/// Issue, version and audience of what is approved in the office, issues that were taken back left out;
/// those after a version of an issue, in the order of issues; at most [`APPROVED_AT_ONCE_MAX`].
///
/// # Errors
/// [`Error::Unreadable`] when a newer version has written an audience this one does not know.
pub async fn approved_after(
    connection: &mut Connection,
    office: OfficeId,
    (issue, version): (IssueId, i64),
) -> Result<Vec<(IssueId, i64, Audience)>> {
    let rows = all!(
        connection,
        (i64, i64, String),
        "select disclosure.issue_id, disclosure.version, disclosure.audience from disclosure \
         join issue on issue.office_id = disclosure.office_id and issue.id = disclosure.issue_id \
         where disclosure.office_id = $1 and disclosure.state = 'approved' and not issue.retracted \
         and (disclosure.issue_id > $2 or (disclosure.issue_id = $2 and disclosure.version > $3)) \
         order by disclosure.issue_id, disclosure.version limit $4",
        office.0,
        issue.0,
        version,
        APPROVED_AT_ONCE_MAX,
    )?;
    rows.into_iter()
        .map(|(issue, version, audience)| {
            let audience = Audience::from_code(&audience).ok_or(Error::Unreadable("audience"))?;
            Ok((IssueId(issue), version, audience))
        })
        .collect()
}

/// What was promised by sharing: proposals nobody has decided, and what is shared of issues that are
/// still open; proposals first, each in the order of issues, at most `limit`, with how many there are in
/// all.
///
/// # Errors
/// As [`of`].
pub async fn promised(
    connection: &mut Connection,
    office: OfficeId,
    limit: i64,
) -> Result<(Vec<Disclosure>, i64)> {
    let (total,) = one!(
        connection,
        (i64,),
        concat!("select count(*)", promised!()),
        office.0
    )?;
    let rows = all!(
        connection,
        Row,
        concat!(
            "select disclosure.issue_id, disclosure.version, disclosure.audience, \
             disclosure.wording, disclosure.as_written, disclosure.names_source, \
             disclosure.state, disclosure.proposed_by, disclosure.proposed_at, \
             disclosure.decided_by, disclosure.decided_at",
            promised!(),
            " order by case when disclosure.state = 'proposed' then 0 else 1 end, \
             disclosure.issue_id, disclosure.version limit $2"
        ),
        office.0,
        limit,
    )?;
    let promised = rows.into_iter().map(into_disclosure);
    Ok((promised.collect::<Result<_>>()?, total))
}

/// Puts what an issue's audiences are told among the texts that searches look through, after they
/// were taken out with an issue that now stands again.
pub(crate) async fn put_wordings(
    tx: &mut Transaction,
    office: OfficeId,
    issue: IssueId,
) -> Result<()> {
    for disclosure in of(tx, office, issue).await? {
        if disclosure.is_approved() {
            let code = disclosure.audience.code();
            index::put(tx, office, issue, &code, (&disclosure.wording, None)).await?;
        }
    }
    Ok(())
}

async fn find(
    connection: &mut Connection,
    office: OfficeId,
    issue: IssueId,
    version: i64,
) -> Result<Option<Disclosure>> {
    let found = of(connection, office, issue).await?;
    Ok(found
        .into_iter()
        .find(|disclosure| disclosure.version == version))
}

/// Whether the issue is there and was not taken back.
async fn stands(connection: &mut Connection, office: OfficeId, issue: IssueId) -> Result<bool> {
    let (standing,) = one!(
        connection,
        (i64,),
        "select count(*) from issue where office_id = $1 and id = $2 and not retracted",
        office.0,
        issue.0,
    )?;
    Ok(standing > 0)
}

type Row = (
    i64,
    i64,
    String,
    String,
    bool,
    bool,
    String,
    i64,
    i64,
    Option<i64>,
    Option<i64>,
);

fn into_disclosure(row: Row) -> Result<Disclosure> {
    let (issue, version, audience, wording, as_written, names_source, state, by, at, who, when) =
        row;
    Ok(Disclosure {
        issue: IssueId(issue),
        version,
        audience: Audience::from_code(&audience).ok_or(Error::Unreadable("audience"))?,
        wording,
        as_written,
        names_source,
        state: State::from_code(&state).ok_or(Error::Unreadable("state"))?,
        proposed_by: UserId::from_stored(by),
        proposed_at: instant::from_stored(at)?,
        decided_by: who.map(UserId::from_stored),
        decided_at: instant::from_stored_option(when)?,
    })
}
