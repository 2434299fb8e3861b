//! *元に戻す*: takes a change of an issue back, within ten minutes of the office's clock.
//!
//! An undo is a change of its own, with a new revision, audit, history and outbox wishes; nothing is
//! wiped out. What it needs waits in a sealed draft of the person who made the change, so that the
//! button outlives a restart and works for nobody else. The former speaker waits there only; history
//! and audit never hold a name.

use super::{
    category,
    change::{self, Change},
    draft as drafts, merge, original,
    state::State,
    subject,
};
use crate::{
    answer::{Answer, Reply},
    audit,
    custom_id::Action,
    error::Error,
    permission,
    request::Request,
    text,
    text::Text,
};
use chrono::{DateTime, Duration, Utc};
use domain::{
    audience::Destination,
    id::{CategoryId, DraftId, IssueId, OfficeId, UserId},
    issue::Issue,
    routing::Route,
    speaker::Speaker,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serenity::all::{ButtonStyle, CreateActionRow, CreateButton};
use std::{collections::BTreeSet, sync::Arc};
use storage::{Transaction, history::Step};

/// How long a change can be taken back.
pub(crate) const UNDO_MINUTES: i64 = 10;
const STEP: &str = "issue-undo";

/// What waits behind the button. It may hold a speaker's name, so it is never printed.
#[derive(Clone, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
enum Waiting {
    /// The change can be taken back.
    Change(Box<Undoing>),
    /// It has been; the draft stays to say so.
    Undone { issue: i64 },
}

/// What taking a change back needs.
#[derive(Clone, Serialize, Deserialize)]
struct Undoing {
    issue: i64,
    /// The revision the change led to.
    revision: i64,
    /// What was done, as in the audit.
    act: String,
    /// When, in microseconds.
    at: i64,
    /// The state before; `None` when the change made the issue.
    before: Option<State>,
    /// The speaker before, when the change named another.
    speaker: Option<Former>,
    /// What was merged into the issue before it was merged itself.
    #[serde(default)]
    behind: Vec<IssueId>,
}

/// The speaker before a change: a name, or nobody.
#[derive(Clone, Serialize, Deserialize)]
struct Former {
    name: Option<String>,
}

/// What can be taken back, before the change is stored.
#[derive(Clone)]
pub(crate) struct Offer {
    act: &'static str,
    before: Option<State>,
    speaker: Option<Former>,
    behind: Vec<IssueId>,
}

impl Offer {
    /// For an act that makes an issue.
    pub(crate) fn of_new(act: &'static str) -> Self {
        Self {
            act,
            before: None,
            speaker: None,
            behind: Vec::new(),
        }
    }

    /// For a merge, with what was merged into the issue before.
    pub(crate) fn of_merge(before: &Issue, behind: &[IssueId]) -> Self {
        Self {
            act: "issue.merge",
            before: Some(State::of(before)),
            speaker: None,
            behind: behind.to_vec(),
        }
    }

    /// For an act that changes one.
    pub(crate) fn of(request: &Request, act: &'static str, before: &Issue, after: &Issue) -> Self {
        // Only the desk changes a speaker, so whoever did holds the proof.
        let desk = request
            .person
            .desk()
            .filter(|_| before.speaker != after.speaker);
        let name = |desk| before.speaker.as_ref().map(|s| s.reveal(desk).to_owned());
        Self {
            act,
            before: Some(State::of(before)),
            speaker: desk.map(|desk| Former { name: name(desk) }),
            behind: Vec::new(),
        }
    }

    /// Keeps it, in the transaction of the change.
    pub(crate) async fn keep(
        self,
        tx: &mut Transaction,
        office: OfficeId,
        (who, now): (UserId, DateTime<Utc>),
        stored: &Issue,
    ) -> storage::Result<DraftId> {
        let waiting = Waiting::Change(Box::new(Undoing {
            issue: stored.id.0,
            revision: stored.revision,
            act: self.act.to_owned(),
            at: now.timestamp_micros(),
            before: self.before,
            speaker: self.speaker,
            behind: self.behind,
        }));
        let draft = storage::draft::NewDraft {
            person: who,
            step: STEP,
            body: serde_json::to_value(waiting)?,
            now,
            // Longer than it can be used, so that a late press is told what to do instead.
            expires_at: now + Duration::hours(drafts::DRAFT_HOURS),
        };
        storage::draft::put(tx, office, &draft).await
    }
}

/// The row with the button.
pub(crate) fn button(request: &Request, draft: DraftId) -> CreateActionRow {
    button_of(request, Action::IssueUndo(draft))
}

/// The row with a button that takes back something else, by the same rule of time.
pub(crate) fn button_of(request: &Request, action: Action) -> CreateActionRow {
    row(
        request,
        action,
        &text!("button-undo", minutes = UNDO_MINUTES),
    )
}

/// The row with the button, where changes of several issues stand in one answer.
pub(crate) fn button_for(request: &Request, draft: DraftId, issue: i64) -> CreateActionRow {
    let label = text!("button-undo-of", number = issue, minutes = UNDO_MINUTES);
    row(request, Action::IssueUndo(draft), &label)
}

fn row(request: &Request, action: Action, label: &Text) -> CreateActionRow {
    let button = CreateButton::new(action.custom_id())
        .label(request.say(label))
        .style(ButtonStyle::Secondary);
    CreateActionRow::Buttons(vec![button])
}

/// The button was pressed.
pub(crate) async fn answer(request: &Request, draft: DraftId) -> Result<Answer, Error> {
    let undoing = match drafts::find(request, draft, STEP).await {
        Ok(Waiting::Change(undoing)) => *undoing,
        Ok(Waiting::Undone { issue }) => return Err(undone_already(issue)),
        Err(Error::Refusal(_)) => return Err(Error::refuse(Text::new("refused-undo-gone"))),
        Err(fault) => return Err(fault),
    };
    if is_late(request, undoing.at) {
        return Err(late(request, &undoing));
    }
    let (before, _) = original(request, IssueId(undoing.issue)).await?;
    allowed(request, &before, &undoing.act)?;
    if before.revision != undoing.revision && !only_sorted_since(request, &undoing).await? {
        return Err(Error::refuse(Text::new("refused-undo-changed-meanwhile")));
    }
    let (after, route) = taken_back(request, &before, &undoing);
    let Some((stored, read_at)) = record(request, draft, &undoing, before, after).await? else {
        return Err(undone_already(undoing.issue));
    };
    let content = undone(request, &stored, route.as_ref(), &undoing.act, &read_at);
    Ok(Answer::Replace(Reply {
        content,
        ..Reply::default()
    }))
}

/// Whether all that happened to an issue since it was written down is that the same person sorted it: that
/// goes with it.
async fn only_sorted_since(request: &Request, undoing: &Undoing) -> Result<bool, Error> {
    if undoing.act != "issue.add" {
        return Ok(false);
    }
    let (office, about) = (request.office_id(), subject(IssueId(undoing.issue)));
    let steps = request
        .app
        .store
        .read(move |connection| Box::pin(storage::history::of(connection, office, about)))
        .await?;
    let sorts = |step: &Step| {
        let undone = step.after.get("undone").and_then(Value::as_str);
        step.act == category::ACT || undone == Some(category::ACT)
    };
    let since = |step: &&Step| {
        let revision = step.after.get("revision").and_then(Value::as_i64);
        revision.is_none_or(|revision| revision > undoing.revision)
    };
    Ok(steps
        .iter()
        .filter(since)
        .all(|step| step.who == request.person.user && sorts(step)))
}

/// Whether the time for taking back what was done then (in microseconds) is over.
pub(crate) fn is_late(request: &Request, done_at: i64) -> bool {
    request.now.timestamp_micros() - done_at > UNDO_MINUTES * 60_000_000
}

/// Whoever may do something may take it back, while they still may.
fn allowed(request: &Request, issue: &Issue, act: &str) -> Result<(), Error> {
    match act {
        "issue.add" | "issue.edit" | "issue.tier" | "issue.category" => {
            permission::change_issue(request, issue)
        }
        "issue.merge" => permission::take_merge_back(request, issue),
        _ => permission::coordinate(request).map(drop),
    }
}

/// The issue as it will be, and where it goes; an issue that was new is retracted and goes nowhere.
fn taken_back(request: &Request, issue: &Issue, undoing: &Undoing) -> (Issue, Option<Route>) {
    let Some(state) = undoing.before.clone() else {
        let retracted = Issue {
            retracted: true,
            changed_at: request.now,
            ..issue.clone()
        };
        return (retracted, None);
    };
    let mut after = state.brought_back(issue);
    // A category that has left the list does not come back by an issue.
    let listed = |id: &CategoryId| request.office.category(*id).is_some();
    after.categories.retain(listed);
    if let Some(former) = &undoing.speaker {
        after.speaker = former.name.as_deref().and_then(Speaker::new);
    }
    let route = change::reroute(request, &mut after);
    (after, Some(route))
}

/// Records the undo and uses the draft up; `None` when another press was quicker. Also says where the
/// change was posted, because people may have read it there.
async fn record(
    request: &Request,
    draft: DraftId,
    undoing: &Undoing,
    before: Issue,
    after: Issue,
) -> Result<Option<(Issue, BTreeSet<Destination>)>, Error> {
    let (office, who, now) = (request.office_id(), request.person.user, request.now);
    let used = Waiting::Undone {
        issue: undoing.issue,
    };
    let used = serde_json::to_value(used).map_err(|_| Error::Fault("a draft cannot be written"))?;
    let change = Change {
        act: "issue.undo",
        details: vec![
            ("act", undoing.act.clone()),
            ("revision", undoing.revision.to_string()),
        ],
        undone: Some(undoing.act.clone()),
        ..Change::default()
    };
    let revision = undoing.revision;
    let behind = undoing.behind.clone();
    let set_up = Arc::clone(&request.office);
    request
        .record(move |tx| {
            let behind = behind.clone();
            let (before, after, change) = (before.clone(), after.clone(), change.clone());
            let (used, set_up) = (used.clone(), Arc::clone(&set_up));
            Box::pin(async move {
                let found = storage::draft::exchange(tx, office, draft, who, STEP, now, &used);
                if !found.await?.is_some_and(|found| is_change(&found)) {
                    return Ok(None);
                }
                let about = subject(before.id);
                let standing = storage::outbox::standing(tx, office, about).await?;
                let read_at = standing
                    .into_iter()
                    .filter(|(_, _, sent)| *sent >= revision)
                    .map(|(destination, ..)| destination)
                    .collect();
                let stored =
                    change::write(tx, &set_up, (who, now), &before, &after, &change).await?;
                merge::undone(tx, &set_up, (who, now), (&before, &stored), &behind).await?;
                Ok(Some((stored, read_at)))
            })
        })
        .await
        .map_err(|error| change::stale_as(error, "refused-undo-changed-meanwhile"))
}

fn is_change(found: &Value) -> bool {
    matches!(
        serde_json::from_value(found.clone()),
        Ok(Waiting::Change(_))
    )
}

fn undone_already(issue: i64) -> Error {
    Error::refuse(text!("refused-undone-already", number = issue))
}

/// Too late: how to correct it by a command instead.
fn late(request: &Request, undoing: &Undoing) -> Error {
    let key = match undoing.act.as_str() {
        "issue.add" => "undo-late-add",
        "issue.edit" => "undo-late-edit",
        "issue.tier" => "undo-late-tier",
        "issue.category" => "undo-late-category",
        "issue.status" => "undo-late-status",
        "issue.pass-on" => "undo-late-pass-on",
        "issue.merge" => "undo-late-merge",
        _ => "undo-late",
    };
    let instead = text!(key, number = undoing.issue).say(request.language);
    Error::refuse(text!(
        "refused-undo-late",
        minutes = UNDO_MINUTES,
        instead = instead
    ))
}

/// How to do again by a command what was taken back.
fn again(act: &str) -> &'static str {
    match act {
        "issue.add" => "undone-again-add",
        "issue.edit" => "undone-again-edit",
        "issue.tier" => "undone-again-tier",
        "issue.category" => "undone-again-category",
        "issue.status" => "undone-again-status",
        "issue.pass-on" => "undone-again-pass-on",
        "issue.merge" => "undone-again-merge",
        _ => "undone-again",
    }
}

/// The answer: what was taken back, where the issue stands, who may have read it, how to do it again.
fn undone(
    request: &Request,
    issue: &Issue,
    route: Option<&Route>,
    act: &str,
    read_at: &BTreeSet<Destination>,
) -> String {
    let language = request.language;
    let mut lines = match route {
        Some(route) => vec![
            text!(
                "undone",
                number = issue.id.0,
                act = audit::act(act, language)
            )
            .say(language),
            change::arrival(request, route),
        ],
        None => vec![text!("undone-add", number = issue.id.0).say(language)],
    };
    if !read_at.is_empty() {
        let places: Vec<String> = read_at
            .iter()
            .map(|destination| change::place(request, *destination))
            .collect();
        let places = places.join(&Text::new("list-separator").say(language));
        lines.push(text!("undone-read", places = places).say(language));
    }
    lines.push(text!(again(act), number = issue.id.0).say(language));
    lines.join("\n")
}
