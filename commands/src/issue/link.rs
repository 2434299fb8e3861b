//! `/issue link` 関連: two issues that belong together.
//!
//! A link is no change of either issue and stands in no history: whoever reads only one of them must not learn of the
//! other. It is shown where both are read whole.

use super::{draft as drafts, merge, original, suggest, undo};
use crate::{
    Context,
    answer::{Answer, Reply},
    audit::note,
    card,
    custom_id::{Action, Link},
    dispatch::{May, answer as respond},
    error::Error,
    option::issue_number,
    permission,
    request::Request,
    text,
    text::Text,
};
use chrono::{DateTime, Utc};
use domain::{
    id::{DraftId, IssueId, OfficeId, UserId},
    issue::Issue,
    text::{escape_markdown, one_line},
    visibility::{self, Seen},
};
use serde::{Deserialize, Serialize};
use serenity::all::{ButtonStyle, CreateActionRow, CreateButton};
use storage::{Conflict, Transaction, issue::link::PER_ISSUE_MAX};

/// UTF-16 units of the wording beside a linked number.
const WORDING_UNITS_MAX: usize = 40;
/// UTF-16 units of all of them, within a field.
const LINES_UNITS_MAX: usize = 1_000;
const STEP: &str = "issue-link-undo";

/// What waits behind the button that takes it back.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Undoing {
    one: i64,
    other: i64,
    /// The link was made; otherwise it was taken away.
    made: bool,
    /// When, in microseconds.
    at: i64,
}

/// `/issue link` 関連
#[poise::command(slash_command)]
pub(crate) async fn link(
    ctx: Context<'_>,
    #[autocomplete = "suggest::numbers"] number: String,
    #[autocomplete = "suggest::numbers"] other: String,
) -> Result<(), Error> {
    respond(ctx, May::Say, async move |request: Request| {
        let (one, other) = (issue_number(&number)?, issue_number(&other)?);
        ends(&request, one, other).await?;
        make(&request, one, other).await
    })
    .await
}

/// A button below a link was pressed.
pub(crate) async fn pressed(request: &Request, press: Link) -> Result<Answer, Error> {
    match press {
        Link::Remove(one, other) => {
            ends(request, one, other).await?;
            remove(request, one, other).await
        }
        Link::Undo(draft) => take_back(request, draft).await,
    }
}

/// Both ends, for whoever may link them: coordinators any two; whoever wrote one down, while nobody has taken it up, with
/// one they read.
async fn ends(request: &Request, one: IssueId, other: IssueId) -> Result<(), Error> {
    if one == other {
        return Err(Error::refuse(text!("refused-link-itself", number = one.0)));
    }
    let (first, _) = original(request, one).await?;
    let (second, _) = original(request, other).await?;
    permission::change_issue(request, &first)
        .or_else(|refused| permission::change_issue(request, &second).map_err(|_| refused))
}

async fn make(request: &Request, one: IssueId, other: IssueId) -> Result<Answer, Error> {
    let undo = offer(request, one, other, true)?;
    let (office, who, now) = (request.office_id(), request.person.user, request.now);
    let made = request
        .record(move |tx| {
            let undo = undo.clone();
            Box::pin(async move {
                if !storage::issue::link::put(tx, office, one, other, who, now).await? {
                    return Ok(None);
                }
                let (about, details) = trace(one, other);
                note(tx, office, about, "issue.link", who, now, &details).await?;
                storage::draft::put(tx, office, &undo).await.map(Some)
            })
        })
        .await
        .map_err(full)?;
    let (key, row) = match made {
        Some(draft) => ("link-made", undo_row(request, draft)),
        None => ("link-known", remove_row(request, one, other)),
    };
    let text = text!(key, number = one.0, other = other.0);
    let mut reply = Reply::of(&text, request.language).row(row);
    if request.person.coordinator {
        // What belongs together may be one and the same opinion.
        let same = merge::button(request, one, other, "button-merge-as-same");
        reply = reply.row(CreateActionRow::Buttons(vec![same]));
    }
    Ok(Answer::Say(reply))
}

async fn remove(request: &Request, one: IssueId, other: IssueId) -> Result<Answer, Error> {
    let undo = offer(request, one, other, false)?;
    let (office, who, now) = (request.office_id(), request.person.user, request.now);
    let removed = request
        .record(move |tx| {
            let undo = undo.clone();
            Box::pin(async move {
                if !storage::issue::link::remove(tx, office, one, other).await? {
                    return Ok(None);
                }
                let (about, details) = trace(one, other);
                note(tx, office, about, "issue.unlink", who, now, &details).await?;
                storage::draft::put(tx, office, &undo).await.map(Some)
            })
        })
        .await?;
    let draft = removed.ok_or_else(|| {
        Error::refuse(text!("refused-link-gone", number = one.0, other = other.0))
    })?;
    let text = text!("link-removed", number = one.0, other = other.0);
    let reply = Reply::of(&text, request.language);
    Ok(Answer::Replace(reply.row(undo_row(request, draft))))
}

/// Links an issue that was just written down, in the transaction that keeps it.
///
/// # Errors
/// Storage failed.
pub(super) async fn put(
    tx: &mut Transaction,
    office: OfficeId,
    (who, now): (UserId, DateTime<Utc>),
    one: IssueId,
    other: IssueId,
) -> storage::Result<()> {
    if storage::issue::link::put(tx, office, one, other, who, now).await? {
        let (about, details) = trace(one, other);
        note(tx, office, about, "issue.link", who, now, &details).await?;
    }
    Ok(())
}

/// *元に戻す* was pressed.
async fn take_back(request: &Request, draft: DraftId) -> Result<Answer, Error> {
    let undoing: Undoing = match drafts::find(request, draft, STEP).await {
        Err(Error::Refusal(_)) => return Err(Error::refuse(Text::new("refused-undo-gone"))),
        found => found?,
    };
    let (one, other) = (IssueId(undoing.one), IssueId(undoing.other));
    if undo::is_late(request, undoing.at) {
        let instead = text!("undo-late-link", number = one.0, other = other.0);
        return Err(Error::refuse(text!(
            "refused-undo-late",
            minutes = undo::UNDO_MINUTES,
            instead = instead
        )));
    }
    ends(request, one, other).await?;
    let (office, who, now) = (request.office_id(), request.person.user, request.now);
    let undone = request
        .record(move |tx| {
            Box::pin(async move {
                let taken = storage::draft::take(tx, office, draft, who, STEP, now).await?;
                if taken.is_none() {
                    return Ok(false);
                }
                let (about, details) = trace(one, other);
                let (act, changed) = if undoing.made {
                    let removed = storage::issue::link::remove(tx, office, one, other).await?;
                    ("issue.unlink", removed)
                } else {
                    let put = storage::issue::link::put(tx, office, one, other, who, now).await?;
                    ("issue.link", put)
                };
                if changed {
                    note(tx, office, about, act, who, now, &details).await?;
                }
                Ok(true)
            })
        })
        .await
        .map_err(full)?;
    if !undone {
        return Err(Error::refuse(Text::new("refused-undo-gone")));
    }
    let key = if undoing.made {
        "link-removed"
    } else {
        "link-made"
    };
    let text = text!(key, number = one.0, other = other.0);
    Ok(Answer::Replace(Reply::of(&text, request.language)))
}

/// What the details of an issue say of its links: those with issues the person reads whole, by number.
pub(super) async fn lines(request: &Request, issue: &Issue) -> Result<String, Error> {
    let (office, id) = (request.office_id(), issue.id);
    let linked = request
        .app
        .store
        .read(move |connection| {
            Box::pin(async move {
                let mut found = Vec::new();
                for other in storage::issue::link::of(connection, office, id).await? {
                    let issue = storage::issue::find(connection, office, other).await?;
                    let told = storage::disclosure::of(connection, office, other).await?;
                    found.extend(issue.map(|issue| (issue, told)));
                }
                Ok(found)
            })
        })
        .await?;
    let lines: Vec<String> = linked
        .into_iter()
        .filter_map(|(issue, told)| {
            visibility::view(issue, &told, &request.person, &request.office)
        })
        .filter_map(|seen| match seen {
            Seen::Whole(issue, _) => Some(line(request, &issue)),
            Seen::Shared(_) => None,
        })
        .collect();
    Ok(card::fitting(&lines, LINES_UNITS_MAX))
}

fn line(request: &Request, issue: &Issue) -> String {
    request.say(&text!(
        "link-line",
        number = issue.id.0,
        status = Text::new(format!("word-status-{}", issue.status.code())),
        wording = escape_markdown(&one_line(&issue.text, WORDING_UNITS_MAX)),
    ))
}

fn offer(
    request: &Request,
    one: IssueId,
    other: IssueId,
    made: bool,
) -> Result<storage::draft::NewDraft<'static>, Error> {
    let undoing = Undoing {
        one: one.0,
        other: other.0,
        made,
        at: request.now.timestamp_micros(),
    };
    drafts::new(request, STEP, &undoing)
}

/// What the audit says of it: both numbers, which are the desk's to read.
fn trace(one: IssueId, other: IssueId) -> (Option<storage::Subject>, [(&'static str, String); 1]) {
    (Some(super::subject(one)), [("other", other.to_string())])
}

fn full(error: Error) -> Error {
    match error {
        Error::Storage(storage::Error::Conflict(Conflict::Full)) => {
            Error::refuse(text!("refused-link-full", limit = PER_ISSUE_MAX))
        }
        other => other,
    }
}

fn undo_row(request: &Request, draft: DraftId) -> CreateActionRow {
    undo::button_of(request, Action::Link(Link::Undo(draft)))
}

fn remove_row(request: &Request, one: IssueId, other: IssueId) -> CreateActionRow {
    let button = CreateButton::new(Action::Link(Link::Remove(one, other)).custom_id())
        .label(request.say(&Text::new("button-link-remove")))
        .style(ButtonStyle::Secondary);
    CreateActionRow::Buttons(vec![button])
}
