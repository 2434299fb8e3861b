//! Keeping an account: one transaction with audit and history, by which the session was held.

use super::{STEP, state::State as Was, written::Written};
use crate::{
    answer::{Answer, Reply},
    audit,
    error::Error,
    feedback,
    issue::draft as drafts,
    permission,
    request::Request,
    review::propose,
    session::{
        change::{self, changed_meanwhile},
        find, show,
        state::State,
        undo,
    },
    target, text,
    text::Text,
};
use chrono::{DateTime, Utc};
use domain::{
    account::{Account, total},
    id::{DraftId, UserId},
    office::Office,
    review::Of,
    session::Session,
};
use serde_json::{Value, json};
use std::sync::Arc;
use storage::{Conflict, Subject, Transaction, session::account};

/// The act in audit and history.
const ACT: &str = "session.record";

/// The button was pressed.
pub(in crate::session) async fn confirmed(
    request: &Request,
    draft: DraftId,
) -> Result<Answer, Error> {
    permission::coordinate(request)?;
    let mut written: Written = drafts::find(request, draft, STEP).await?;
    let before = find(request, written.session).await?;
    let after = before
        .held((request.today(), request.now))
        .map_err(change::refused)?;
    // The names of professions are read again: somebody may have changed them since.
    let passed = written.passed;
    let understood = written
        .understood(&request.office, passed)
        .map_err(|_| Error::refuse(Text::new("refused-draft-gone")))?;
    let account = Account {
        session: before.id,
        revision: written.corrects,
        minutes: understood.minutes,
        attendance: understood.attendance,
        survey: understood.survey,
        written_by: request.person.user,
        written_at: request.now,
        changed_at: request.now,
    };
    let (who, now) = (request.person.user, request.now);
    let set_up = Arc::clone(&request.office);
    let kept = request
        .record(move |tx| {
            let (before, after) = (before.clone(), after.clone());
            let (account, set_up) = (account.clone(), Arc::clone(&set_up));
            Box::pin(async move {
                let office = set_up.id;
                let used = storage::draft::take(tx, office, draft, who, STEP, now).await?;
                if used.is_none() {
                    return Ok(None);
                }
                write(tx, &set_up, (who, now), (&before, &after), &account, passed)
                    .await
                    .map(Some)
            })
        })
        .await
        .map_err(|error| match error {
            Error::Storage(storage::Error::Conflict(
                Conflict::StaleRevision | Conflict::Missing,
            )) => changed_meanwhile(),
            other => other,
        })?;
    let kept = kept.ok_or_else(drafts::gone)?;
    let (session, account) = (kept.session, kept.account);
    let key = if account.revision > 1 {
        "account-corrected"
    } else {
        "account-kept"
    };
    let said = text!(
        key,
        number = session.id.0,
        total = total(&account.attendance),
        questions = account.survey.questions.len(),
    );
    let mut reply = Reply::of(&said, request.language).embed(show::frame(request, &session).draw());
    if let Some((line, row)) = propose::offered(request, Of::Session(session.id)).await? {
        reply = reply.line(&line).row(row);
    }
    if let Some((line, row)) = feedback::draft::offered(request, kept.drafted) {
        reply = reply.line(&line).row(row);
    }
    reply
        .rows
        .extend(target::record::session_button(request, &session));
    Ok(Answer::Replace(reply.row(undo::button(request, kept.undo))))
}

/// What was kept.
struct Kept {
    session: Session,
    account: Account,
    undo: DraftId,
    /// How many feedbacks were drafted for those who took part.
    drafted: usize,
}

/// Stores the account, and that the session was held.
async fn write(
    tx: &mut Transaction,
    set_up: &Office,
    (who, now): (UserId, DateTime<Utc>),
    (before, after): (&Session, &Session),
    written: &Account,
    passed: bool,
) -> storage::Result<Kept> {
    let office = set_up.id;
    let known = account::find(tx, office, before.id).await?;
    if known.as_ref().map_or(0, |known| known.revision) != written.revision {
        return Err(Conflict::StaleRevision.into());
    }
    let kept = match &known {
        None => account::insert(tx, office, written).await?,
        Some(_) => account::update(tx, office, written).await?,
    };
    let session = if before.state == after.state {
        before.clone()
    } else {
        storage::session::update(tx, office, after).await?
    };
    let mut details = Vec::new();
    if passed {
        details.push(("personal-data", "overridden".to_owned()));
    }
    let about = Subject::from(session.id);
    audit::note(tx, office, Some(about), ACT, who, now, &details).await?;
    let was = state(before, known.as_ref());
    let is = state(&session, Some(&kept));
    storage::history::append(tx, office, about, now, who, ACT, Some(was), is).await?;
    if session.revision > before.revision {
        change::follow(tx, set_up, (who, now), (Some(before), &session)).await?;
    }
    let drafted = match known {
        None => feedback::draft::after_session(tx, set_up, &session, (who, now)).await?,
        // What was told of it is corrected by hand.
        Some(_) => 0,
    };
    let was = undo::Was::Account {
        session: (session.revision > before.revision).then(|| Box::new(State::of(before))),
        account: known.as_ref().map(Was::of),
        revision: kept.revision,
    };
    let undo = undo::keep(tx, office, (who, now), &session, was).await?;
    Ok(Kept {
        session,
        account: kept,
        undo,
        drafted,
    })
}

/// The session and its account, as the history keeps them.
pub(in crate::session) fn state(session: &Session, account: Option<&Account>) -> Value {
    let mut value = State::of(session).to_value();
    value["account"] = json!(account.map(|account| Was::of(account).to_value()));
    value
}
