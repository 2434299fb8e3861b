//! One category becomes a part of another: its issues go over, each with its history, and it leaves the
//! list. That cannot be taken back by a button, so it is asked about with what it comes to.

use super::{carry_on, count, gone};
use crate::{
    answer::{Answer, Reply},
    audit::note,
    custom_id::{Action, Category as Pressed},
    error::Error,
    issue::{category::carry, draft},
    permission,
    request::Request,
    text,
    text::Text,
};
use domain::{
    category::Category,
    id::{CategoryId, DraftId, IssueId},
    text::escape_markdown,
};
use serde::{Deserialize, Serialize};
use serenity::all::{ButtonStyle, CreateActionRow, CreateButton};
use std::sync::Arc;

const STEP: &str = "category-merge";

/// What waits for the button.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Merging {
    from: CategoryId,
    into: CategoryId,
}

/// Asks, with how many opinions either holds.
pub(super) async fn ask(
    request: &Request,
    from: &Category,
    into: &Category,
) -> Result<Answer, Error> {
    let text = text!(
        "category-merge",
        from = escape_markdown(&from.name),
        into = escape_markdown(&into.name),
        from_count = count(request, from.id).await?,
        into_count = count(request, into.id).await?,
    );
    let merging = Merging {
        from: from.id,
        into: into.id,
    };
    let draft = draft::put(request, STEP, &merging).await?;
    let button = CreateButton::new(Action::Category(Pressed::Merge(draft)).custom_id())
        .label(request.say(&Text::new("button-category-merge")))
        .style(ButtonStyle::Danger);
    let reply = Reply::of(&text, request.language);
    Ok(Answer::Say(
        reply.row(CreateActionRow::Buttons(vec![button])),
    ))
}

/// The button was pressed.
pub(crate) async fn merge(request: &Request, draft: DraftId) -> Result<Answer, Error> {
    permission::coordinate(request)?;
    let merging: Merging = draft::find(request, draft, STEP).await?;
    let listed = |id: CategoryId| {
        let found = request.office.category(id).cloned();
        found.ok_or_else(|| Error::refuse(Text::new("refused-category-list-changed")))
    };
    let (from, into) = (listed(merging.from)?, listed(merging.into)?);
    let carried = begin(request, draft, &from, &into).await?;
    let carried = carried.ok_or_else(draft::gone)?;
    let issues = carry_on(request, from.id, Some(into.id), carried).await?;
    if carried.next.is_some() {
        finish(request, from.id).await?;
    }
    let text = text!(
        "category-merged",
        from = escape_markdown(&from.name),
        into = escape_markdown(&into.name),
        count = i64::try_from(issues).unwrap_or(i64::MAX),
    );
    Ok(Answer::Say(Reply::of(&text, request.language)))
}

/// The first step, and with it the whole where there are not very many issues. Until the last of them
/// has gone over, the category is no longer offered; merging again goes on where it stopped.
async fn begin(
    request: &Request,
    draft: DraftId,
    from: &Category,
    into: &Category,
) -> Result<Option<carry::Carried>, Error> {
    let (who, now) = (request.person.user, request.now);
    let (from, into, restore) = (from.id, into.id, into.retired);
    let set_up = Arc::clone(&request.office);
    request
        .record(move |tx| {
            let set_up = Arc::clone(&set_up);
            Box::pin(async move {
                let office = set_up.id;
                let found = storage::draft::take(tx, office, draft, who, STEP, now).await?;
                if found.is_none() {
                    return Ok(None);
                }
                storage::category::retire(tx, office, from, true).await?;
                if restore {
                    storage::category::retire(tx, office, into, false).await?;
                }
                let details = [("category", from.to_string()), ("into", into.to_string())];
                let act = "office.category-merge";
                note(tx, office, None, act, who, now, &details).await?;
                let start = IssueId(0);
                let carried = carry::step(tx, &set_up, (who, now), from, Some(into), start).await?;
                if carried.next.is_none() {
                    storage::category::remove(tx, office, from).await?;
                }
                Ok(Some(carried))
            })
        })
        .await
        .map_err(gone)
}

/// Takes the empty category off the list; somebody may just have put an issue into it, then it stays.
async fn finish(request: &Request, from: CategoryId) -> Result<(), Error> {
    let office = request.office_id();
    let removed = request
        .app
        .store
        .write(move |tx| Box::pin(async move { storage::category::remove(tx, office, from).await }))
        .await;
    match removed {
        Ok(()) | Err(storage::Error::Conflict(_)) => Ok(()),
        Err(fault) => Err(fault.into()),
    }
}
