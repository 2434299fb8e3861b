//! A name that is not on the office's list: asked about first, made when the button is pressed, and
//! given to the issue it was written for. The names wait in a draft, so that the button outlives a
//! restart; they were checked for personal data before.

use super::{ACT, codes, gone_meanwhile, name, name::Named, quoted, with};
use crate::{
    answer::{Answer, Reply},
    audit,
    custom_id::{Action, Category},
    error::Error,
    issue::{
        change::{self, Change},
        draft, original, undo,
    },
    permission,
    request::Request,
    text,
    text::Text,
};
use chrono::{DateTime, Utc};
use domain::{
    category::{self, LIST_MAX, Sorted},
    id::{CategoryId, DraftId, IssueId, OfficeId, UserId},
    issue::Issue,
    text::escape_markdown,
};
use serde::{Deserialize, Serialize};
use serenity::all::{ButtonStyle, CreateActionRow, CreateButton};
use std::sync::Arc;
use storage::Transaction;

const STEP: &str = "category-create";

/// What waits for the button.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Creating {
    /// The issue that gets them; none when only the list grows.
    issue: Option<i64>,
    /// Categories of the list that were named beside the new ones.
    known: Vec<CategoryId>,
    /// The new names.
    names: Vec<String>,
}

/// Asks whether new names are meant, and which they might be mistaken for.
pub(crate) async fn ask(
    request: &Request,
    issue: Option<IssueId>,
    named: Named,
) -> Result<Answer, Error> {
    Ok(Answer::Say(
        under(request, Reply::default(), issue, named).await?,
    ))
}

/// The question, below what an answer says already.
pub(crate) async fn under(
    request: &Request,
    reply: Reply,
    issue: Option<IssueId>,
    named: Named,
) -> Result<Reply, Error> {
    let key = if issue.is_some() {
        "category-new-for-issue"
    } else {
        "category-new"
    };
    let question = text!(
        key,
        names = names_quoted(&named.new),
        number = issue.map_or(0, |id| id.0),
    );
    let mut lines = vec![request.say(&question)];
    for new in &named.new {
        if let Some(known) = name::alike(request, new) {
            let (new, known) = (escape_markdown(new), escape_markdown(&known.name));
            lines.push(request.say(&text!("category-alike", name = new, known = known)));
        }
    }
    let creating = Creating {
        issue: issue.map(|id| id.0),
        known: named.known,
        names: named.new,
    };
    let draft = draft::put(request, STEP, &creating).await?;
    let button = CreateButton::new(Action::Category(Category::Create(draft)).custom_id())
        .label(request.say(&Text::new("button-category-create")))
        .style(ButtonStyle::Primary);
    Ok(reply
        .line(&lines.join("\n"))
        .row(CreateActionRow::Buttons(vec![button])))
}

/// The button was pressed.
pub(crate) async fn create(request: &Request, draft: DraftId) -> Result<Answer, Error> {
    permission::coordinate(request)?;
    let creating: Creating = draft::find(request, draft, STEP).await?;
    // The list may have changed since: what is gone from it was not asked about.
    let known = |id: &&CategoryId| request.office.category(**id).is_some();
    let known: Vec<CategoryId> = creating.known.iter().filter(known).copied().collect();
    name::refuse_retired(request, &known)?;
    let names = creating.names;
    let made = match creating.issue {
        None => list(request, draft, names).await?,
        Some(issue) => {
            let (before, _) = original(request, IssueId(issue)).await?;
            with(request, &before, &known, names.len())?;
            give(request, draft, before, known, names).await?
        }
    };
    Ok(Answer::Say(made))
}

/// Puts the names on the list only.
async fn list(request: &Request, draft: DraftId, names: Vec<String>) -> Result<Reply, Error> {
    let (office, who, now) = (request.office_id(), request.person.user, request.now);
    let quoted = names_quoted(&names);
    let made = request
        .record(move |tx| {
            let names = names.clone();
            Box::pin(async move {
                if !taken(tx, office, draft, (who, now)).await? {
                    return Ok(None);
                }
                make(tx, office, (who, now), &names).await.map(Some)
            })
        })
        .await
        .map_err(full)?;
    made.ok_or_else(draft::gone)?;
    let text = text!("category-made", names = quoted);
    Ok(Reply::of(&text, request.language))
}

/// Puts the names on the list and gives them to an issue, in one transaction.
async fn give(
    request: &Request,
    draft: DraftId,
    before: Issue,
    known: Vec<CategoryId>,
    names: Vec<String>,
) -> Result<Reply, Error> {
    let number = before.id.0;
    let mut after = before.clone();
    change::reroute(request, &mut after);
    let offer = undo::Offer::of(request, ACT, &before, &after);
    let (office, who, now) = (request.office_id(), request.person.user, request.now);
    let set_up = Arc::clone(&request.office);
    let all = format!("{}{}", quoted(&set_up, &known), names_quoted(&names));
    let made = request
        .record(move |tx| {
            let (before, mut after, offer) = (before.clone(), after.clone(), offer.clone());
            let (set_up, known, names) = (Arc::clone(&set_up), known.clone(), names.clone());
            Box::pin(async move {
                if !taken(tx, office, draft, (who, now)).await? {
                    return Ok(None);
                }
                let mut wanted = known;
                wanted.extend(make(tx, office, (who, now), &names).await?);
                let Sorted {
                    categories,
                    changed,
                } = category::with(&before.categories, &wanted)
                    .map_err(|_| storage::Conflict::Full)?;
                after.categories = categories;
                let change = Change {
                    act: ACT,
                    details: vec![("added", codes(&changed))],
                    ..Change::default()
                };
                let stored =
                    change::write(tx, &set_up, (who, now), &before, &after, &change).await?;
                offer.keep(tx, office, (who, now), &stored).await.map(Some)
            })
        })
        .await
        .map_err(|error| full(gone_meanwhile(change::stale(error))))?;
    let undo = made.ok_or_else(draft::gone)?;
    let text = text!("category-made-and-added", number = number, names = all);
    Ok(Reply::of(&text, request.language).row(undo::button(request, undo)))
}

async fn taken(
    tx: &mut Transaction,
    office: OfficeId,
    draft: DraftId,
    (who, now): (UserId, DateTime<Utc>),
) -> storage::Result<bool> {
    let found = storage::draft::take(tx, office, draft, who, STEP, now).await?;
    Ok(found.is_some())
}

async fn make(
    tx: &mut Transaction,
    office: OfficeId,
    (who, now): (UserId, DateTime<Utc>),
    names: &[String],
) -> storage::Result<Vec<CategoryId>> {
    let mut made = Vec::new();
    for name in names {
        let id = storage::category::put(tx, office, name).await?;
        let details = [("category", id.to_string())];
        audit::note(tx, office, None, "office.category-add", who, now, &details).await?;
        made.push(id);
    }
    Ok(made)
}

/// What is said when the list has as many as it may have.
fn full(error: Error) -> Error {
    match error {
        Error::Storage(storage::Error::Conflict(storage::Conflict::Full)) => {
            Error::refuse(text!("refused-categories-full", limit = LIST_MAX))
        }
        other => other,
    }
}

fn names_quoted(names: &[String]) -> String {
    names
        .iter()
        .map(|name| format!("「{}」", escape_markdown(name)))
        .collect()
}
