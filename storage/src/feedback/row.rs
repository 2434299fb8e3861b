//! A feedback as its rows hold it.

use super::unreadable;
use crate::{
    error::Result,
    instant,
    link::{Connection, all, one},
};
use domain::{
    feedback::{Feedback, Item, Occasion, State, Window, Words},
    id::{AssociationId, FeedbackId, IssueId, OfficeId, ReviewId, SessionId, UserId},
    issue::Status,
    progress::YearMonth,
    tally::Tally,
};
use std::collections::BTreeSet;

/// Id, revision, association, state, since, until, session, month, that month only, version of the words,
/// maker, made, sent, corrected, changed.
pub(super) type Row = (
    i64,
    i64,
    i64,
    String,
    Option<i64>,
    i64,
    Option<i64>,
    Option<i64>,
    bool,
    i64,
    i64,
    i64,
    Option<i64>,
    Option<i64>,
    i64,
);

/// The feedback of a row, with what it tells of and its words.
pub(super) async fn whole(
    connection: &mut Connection,
    office: OfficeId,
    row: Row,
) -> Result<Feedback> {
    let (id, revision, association, state, since, until, session, month, month_only, ..) = &row;
    let (.., version, made_by, made_at, sent_at, corrected_at, changed_at) = &row;
    let month = month.map(|number| YearMonth::from_number(number).ok_or(unreadable("month")));
    Ok(Feedback {
        id: FeedbackId(*id),
        revision: *revision,
        association: AssociationId(*association),
        state: State::from_code(state).ok_or(unreadable("state of a feedback"))?,
        window: Window {
            since: instant::from_stored_option(*since)?,
            until: instant::from_stored(*until)?,
        },
        occasion: Occasion {
            session: session.map(SessionId),
            month: month.transpose()?,
            month_only: *month_only,
        },
        items: items(connection, office, *id).await?,
        left_out: left_out(connection, office, *id).await?,
        tally: tally(connection, office, *id).await?,
        words: words(connection, office, *id, *version).await?,
        made_by: UserId::from_stored(*made_by),
        made_at: instant::from_stored(*made_at)?,
        sent_at: instant::from_stored_option(*sent_at)?,
        corrected_at: instant::from_stored_option(*corrected_at)?,
        changed_at: instant::from_stored(*changed_at)?,
    })
}

async fn items(connection: &mut Connection, office: OfficeId, id: i64) -> Result<Vec<Item>> {
    let rows = all!(
        connection,
        (String, i64, Option<String>, Option<String>),
        "select kind, number, from_status, to_status from feedback_item \
         where office_id = $1 and feedback_id = $2 order by position",
        office.0,
        id,
    )?;
    let status = |code: Option<String>| {
        let status = code.as_deref().and_then(Status::from_code);
        status.ok_or(unreadable("status of a feedback"))
    };
    rows.into_iter()
        .map(|(kind, number, from, to)| {
            Ok(match kind.as_str() {
                "raised" => Item::Raised(IssueId(number)),
                "moved" => Item::Moved {
                    issue: IssueId(number),
                    from: status(from)?,
                    to: status(to)?,
                },
                "answer" => Item::Answer(IssueId(number)),
                "session" => Item::Session(SessionId(number)),
                "review" => Item::Review(ReviewId(number)),
                _ => return Err(unreadable("kind of an item of a feedback")),
            })
        })
        .collect()
}

async fn left_out(
    connection: &mut Connection,
    office: OfficeId,
    id: i64,
) -> Result<BTreeSet<IssueId>> {
    let rows = all!(
        connection,
        (i64,),
        "select issue_id from feedback_left_out where office_id = $1 and feedback_id = $2",
        office.0,
        id,
    )?;
    Ok(rows.into_iter().map(|(issue,)| IssueId(issue)).collect())
}

async fn tally(connection: &mut Connection, office: OfficeId, id: i64) -> Result<Tally> {
    let rows = all!(
        connection,
        (String, i64),
        "select status, issues from feedback_tally where office_id = $1 and feedback_id = $2",
        office.0,
        id,
    )?;
    rows.into_iter()
        .map(|(status, issues)| {
            let status = Status::from_code(&status).ok_or(unreadable("status of a feedback"))?;
            Ok((status, issues.unsigned_abs()))
        })
        .collect()
}

async fn words(
    connection: &mut Connection,
    office: OfficeId,
    id: i64,
    version: i64,
) -> Result<Words> {
    if version == 0 {
        return Ok(Words::default());
    }
    let (opening, closing) = one!(
        connection,
        (Option<String>, Option<String>),
        "select opening, closing from feedback_words \
         where office_id = $1 and feedback_id = $2 and version = $3",
        office.0,
        id,
        version,
    )?;
    Ok(Words { opening, closing })
}
