//! Taking a change of a session back, within the time of every undo; its planning only while nothing was
//! written down as said there.

use super::{
    account::{self, keep},
    change::{self, Act},
    show,
    state::State,
    word,
};
use crate::{
    answer::{Answer, Reply},
    custom_id::{self, Action},
    error::Error,
    issue::{
        draft as drafts,
        undo::{UNDO_MINUTES, is_late},
    },
    permission,
    request::Request,
    text,
    text::Text,
};
use chrono::{DateTime, Duration, Utc};
use domain::{
    account::Account,
    id::{DraftId, OfficeId, SessionId, UserId},
    office::Office,
    session::Session,
};
use serde::{Deserialize, Serialize};
use serenity::all::{ButtonStyle, CreateActionRow, CreateButton};
use std::sync::Arc;
use storage::{Conflict, Subject, Transaction};

const STEP: &str = "session-undo";

/// What waits behind the button.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Undoing {
    session: SessionId,
    /// The revision the change led to.
    revision: i64,
    /// When, in microseconds.
    at: i64,
    /// What there was before.
    #[serde(default)]
    was: Was,
}

/// What there was before a change.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Was {
    /// Nothing: it was planned.
    #[default]
    Nothing,
    /// The session as it was: it was moved or cancelled.
    Session(Box<State>),
    /// What was written down of it, and the session where it counted as held by that.
    Account {
        session: Option<Box<State>>,
        /// None when nothing was written down.
        account: Option<account::state::State>,
        /// The revision of the account the change led to.
        revision: i64,
    },
}

impl Was {
    /// The act that is taken back.
    fn act(&self, now: &Session) -> &'static str {
        match self {
            Self::Nothing => "session.plan",
            Self::Account { .. } => "session.record",
            Self::Session(_) if now.state == domain::session::State::Cancelled => "session.cancel",
            Self::Session(_) => "session.move",
        }
    }
}

/// Keeps what taking it back needs, in the transaction of the change.
pub(super) async fn keep(
    tx: &mut Transaction,
    office: OfficeId,
    (who, now): (UserId, DateTime<Utc>),
    stored: &Session,
    was: Was,
) -> storage::Result<DraftId> {
    let undoing = Undoing {
        session: stored.id,
        revision: stored.revision,
        at: now.timestamp_micros(),
        was,
    };
    let draft = storage::draft::NewDraft {
        person: who,
        step: STEP,
        body: serde_json::to_value(undoing)?,
        now,
        // Longer than it can be used, so that a late press is told what to do instead.
        expires_at: now + Duration::hours(drafts::DRAFT_HOURS),
    };
    storage::draft::put(tx, office, &draft).await
}

/// The row with the button.
pub(super) fn button(request: &Request, draft: DraftId) -> CreateActionRow {
    let button = CreateButton::new(Action::Session(custom_id::Session::Undo(draft)).custom_id())
        .label(request.say(&text!("button-undo", minutes = UNDO_MINUTES)))
        .style(ButtonStyle::Secondary);
    CreateActionRow::Buttons(vec![button])
}

/// What became of the undo inside its transaction.
enum Ended {
    Unplanned,
    Back(Box<Session>),
    Gone,
    Changed,
    Used,
}

/// The button was pressed.
pub(crate) async fn answer(request: &Request, draft: DraftId) -> Result<Answer, Error> {
    permission::coordinate(request)?;
    let undoing: Undoing = match drafts::find(request, draft, STEP).await {
        Err(Error::Refusal(_)) => {
            return Err(Error::refuse(Text::new("refused-session-undo-gone")));
        }
        found => found?,
    };
    let of_account = matches!(undoing.was, Was::Account { .. });
    if is_late(request, undoing.at) {
        return Err(Error::refuse(text!(
            "refused-session-undo-late",
            minutes = UNDO_MINUTES
        )));
    }
    let number = undoing.session.0;
    let (set_up, who, now) = (
        Arc::clone(&request.office),
        request.person.user,
        request.now,
    );
    let ended = request
        .record(move |tx| {
            let (set_up, undoing) = (Arc::clone(&set_up), undoing.clone());
            Box::pin(async move { take_back(tx, &set_up, draft, (who, now), undoing).await })
        })
        .await?;
    match ended {
        Ended::Unplanned => Ok(Answer::Replace(Reply::of(
            &text!("session-undone", number = number),
            request.language,
        ))),
        Ended::Back(session) => {
            let key = if of_account {
                "session-undone-account"
            } else {
                "session-undone-change"
            };
            let said = text!(
                key,
                number = number,
                when = word::when(&session, request.language),
                state = Text::new(format!("word-session-state-{}", session.state.code())),
            );
            Ok(Answer::Replace(
                Reply::of(&said, request.language).embed(show::frame(request, &session).draw()),
            ))
        }
        Ended::Gone => Err(Error::refuse(Text::new("refused-session-undo-gone"))),
        Ended::Changed => Err(Error::refuse(Text::new("refused-session-undo-changed"))),
        Ended::Used => Err(Error::refuse(text!(
            "refused-session-undo-used",
            number = number
        ))),
    }
}

async fn take_back(
    tx: &mut Transaction,
    set_up: &Office,
    draft: DraftId,
    (who, now): (UserId, DateTime<Utc>),
    undoing: Undoing,
) -> storage::Result<Ended> {
    let office = set_up.id;
    // What was said there needs it, so the draft stays for whoever takes that back first.
    if matches!(undoing.was, Was::Nothing)
        && storage::session::issues(tx, office, undoing.session).await? > 0
    {
        return Ok(Ended::Used);
    }
    if storage::draft::take(tx, office, draft, who, STEP, now)
        .await?
        .is_none()
    {
        return Ok(Ended::Gone);
    }
    let found = storage::session::find(tx, office, undoing.session).await?;
    let Some(before) = found.filter(|session| session.revision == undoing.revision) else {
        return Ok(Ended::Changed);
    };
    let act = Act {
        code: "session.undo",
        details: vec![("act", undoing.was.act(&before).to_owned())],
    };
    if let Was::Account {
        session,
        account,
        revision,
    } = undoing.was
    {
        let was = (session, account, revision);
        return account_back(tx, set_up, (who, now), &before, was, &act).await;
    }
    let after = match undoing.was {
        Was::Nothing => Session {
            retracted: true,
            ..before.clone()
        },
        Was::Session(state) => state.brought_back(&before),
        Was::Account { .. } => before.clone(),
    };
    let after = Session {
        changed_at: now,
        ..after
    };
    let stored = match storage::session::update(tx, office, &after).await {
        // Somebody planned another one meanwhile, which has the number now.
        Err(storage::Error::Conflict(Conflict::NumberTaken)) => {
            let next = Session {
                number: None,
                ..after
            };
            storage::session::update(tx, office, &next).await?
        }
        stored => stored?,
    };
    change::told(tx, set_up, (who, now), (Some(&before), &stored), &act).await?;
    Ok(if stored.retracted {
        Ended::Unplanned
    } else {
        Ended::Back(Box::new(stored))
    })
}

/// Takes back what was written down, or the correction of it; with the first the session is as it was.
async fn account_back(
    tx: &mut Transaction,
    set_up: &Office,
    (who, now): (UserId, DateTime<Utc>),
    before: &Session,
    (session, was, revision): (Option<Box<State>>, Option<account::state::State>, i64),
    act: &Act,
) -> storage::Result<Ended> {
    let office = set_up.id;
    let found = storage::session::account::find(tx, office, before.id).await?;
    let Some(kept) = found.filter(|account| account.revision == revision) else {
        return Ok(Ended::Changed);
    };
    let back = match was {
        None => {
            storage::session::account::remove(tx, office, before.id, revision).await?;
            None
        }
        Some(was) => {
            let back = Account {
                changed_at: now,
                ..was.brought_back(&kept)
            };
            Some(storage::session::account::update(tx, office, &back).await?)
        }
    };
    let stored = match session {
        None => before.clone(),
        Some(state) => {
            let after = Session {
                changed_at: now,
                ..state.brought_back(before)
            };
            storage::session::update(tx, office, &after).await?
        }
    };
    let about = Subject::from(stored.id);
    crate::audit::note(tx, office, Some(about), act.code, who, now, &act.details).await?;
    let (was, is) = (
        keep::state(before, Some(&kept)),
        keep::state(&stored, back.as_ref()),
    );
    storage::history::append(tx, office, about, now, who, act.code, Some(was), is).await?;
    if stored.revision > before.revision {
        change::follow(tx, set_up, (who, now), (Some(before), &stored)).await?;
    }
    Ok(Ended::Back(Box::new(stored)))
}
