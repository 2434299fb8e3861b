//! `/issue category` 分類: the categories an issue is in, set by the desk from the office's own list.
//!
//! A name that is not on the list yet is made only after a button has been pressed, because most of
//! them are typing errors. What whoever adds an issue may choose is suggested in [`offer`]; the list
//! itself is kept by `/office category` ([`crate::office::category`]).

pub(crate) mod carry;
pub(crate) mod create;
pub(crate) mod name;
pub(crate) mod offer;

use super::{change, change::Change, original};
use crate::{
    Context,
    answer::{Answer, Reply},
    custom_id::Category,
    dispatch::{May, answer},
    error::Error,
    option::issue_number,
    permission,
    request::Request,
    text,
    text::Text,
};
use domain::{
    category::{self, Sorted},
    id::{CategoryId, IssueId},
    issue::{CATEGORIES_MAX, Issue},
    office::Office,
    text::escape_markdown,
};
use name::Named;

/// The act of giving and taking categories, in audit, history and undo.
pub(super) const ACT: &str = "issue.category";

/// `/issue category` 分類
#[poise::command(slash_command, rename = "category")]
pub(crate) async fn sort(
    ctx: Context<'_>,
    #[autocomplete = "super::suggest::numbers"] number: String,
    #[autocomplete = "name::for_sorting"] category: String,
    remove: Option<bool>,
) -> Result<(), Error> {
    answer(ctx, May::Say, async move |request: Request| {
        let (before, _) = original(&request, issue_number(&number)?).await?;
        permission::coordinate(&request)?;
        let named = name::read(&request, &category)?;
        if remove.unwrap_or_default() {
            take_away(&request, before, named).await
        } else {
            give(&request, before, named).await
        }
    })
    .await
}

/// Gives an issue categories; names that are new are asked about first.
async fn give(request: &Request, before: Issue, named: Named) -> Result<Answer, Error> {
    name::refuse_retired(request, &named.known)?;
    let sorted = with(request, &before, &named.known, named.new.len())?;
    if !named.new.is_empty() {
        return create::ask(request, Some(before.id), named).await;
    }
    if sorted.changed.is_empty() {
        let names = quoted(&request.office, &named.known);
        let text = text!("category-already", number = before.id.0, names = names);
        return Ok(Answer::Say(Reply::of(&text, request.language)));
    }
    put(request, before, sorted, Given::More).await
}

async fn take_away(request: &Request, before: Issue, named: Named) -> Result<Answer, Error> {
    let sorted = category::without(&before.categories, &named.known);
    if sorted.changed.is_empty() {
        let text = text!(
            "category-not-there",
            number = before.id.0,
            now = now(&request.office, &before),
        );
        return Ok(Answer::Say(Reply::of(&text, request.language)));
    }
    put(request, before, sorted, Given::Fewer).await
}

/// A choice among the suggested categories was made.
pub(crate) async fn attach(
    request: &Request,
    id: IssueId,
    chosen: &[String],
) -> Result<Answer, Error> {
    let (before, _) = original(request, id).await?;
    permission::change_issue(request, &before)?;
    // Values come back from the client: only what is on the list counts.
    let wanted: Vec<CategoryId> = chosen
        .iter()
        .take(CATEGORIES_MAX)
        .filter_map(|value| value.parse().ok().map(CategoryId))
        .filter(|id| {
            let found = request.office.category(*id);
            found.is_some_and(|category| !category.retired)
        })
        .collect();
    if wanted.is_empty() {
        return Err(Error::refuse(Text::new("refused-category-gone")));
    }
    let sorted = with(request, &before, &wanted, 0)?;
    if sorted.changed.is_empty() {
        let names = quoted(&request.office, &wanted);
        let text = text!("category-already", number = before.id.0, names = names);
        return Ok(Answer::Say(Reply::of(&text, request.language)));
    }
    put(request, before, sorted, Given::More).await
}

/// The categories of an issue with more of them, and room for so many new ones.
///
/// # Errors
/// Refused with those it is in when there would be too many.
fn with(
    request: &Request,
    before: &Issue,
    more: &[CategoryId],
    new: usize,
) -> Result<Sorted, Error> {
    let sorted = category::with(&before.categories, more);
    sorted
        .ok()
        .filter(|sorted| new == 0 || sorted.categories.len() + new <= CATEGORIES_MAX)
        .ok_or_else(|| {
            Error::refuse(text!(
                "refused-categories-too-many",
                limit = CATEGORIES_MAX,
                now = now(&request.office, before),
            ))
        })
}

/// Whether an issue got categories or lost some.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Given {
    More,
    Fewer,
}

async fn put(
    request: &Request,
    before: Issue,
    sorted: Sorted,
    given: Given,
) -> Result<Answer, Error> {
    let (detail, key) = match given {
        Given::More => ("added", "category-added"),
        Given::Fewer => ("removed", "category-removed"),
    };
    let change = Change {
        act: ACT,
        details: vec![(detail, codes(&sorted.changed))],
        ..Change::default()
    };
    let names = quoted(&request.office, &sorted.changed);
    let after = Issue {
        categories: sorted.categories,
        ..before.clone()
    };
    let changed = change::apply(request, before, after, change)
        .await
        .map_err(gone_meanwhile)?;
    let text = text!(
        key,
        number = changed.issue.id.0,
        names = names,
        now = now(&request.office, &changed.issue),
    );
    let reply = Reply::of(&text, request.language).row(changed.undo);
    Ok(Answer::Say(reply))
}

/// The refusal of who was a moment later than somebody who took a category off the list.
fn gone_meanwhile(error: Error) -> Error {
    match error {
        Error::Storage(storage::Error::Conflict(storage::Conflict::Missing)) => {
            Error::refuse(Text::new("refused-category-gone"))
        }
        other => other,
    }
}

/// Ids as the audit keeps them.
fn codes(categories: &[CategoryId]) -> String {
    let codes: Vec<String> = categories.iter().map(ToString::to_string).collect();
    codes.join(",")
}

/// Names in quotation marks, in their order; one that is gone is left out.
pub(crate) fn quoted(office: &Office, categories: &[CategoryId]) -> String {
    categories
        .iter()
        .filter_map(|id| office.category(*id))
        .map(|category| format!("「{}」", escape_markdown(&category.name)))
        .collect()
}

/// The categories an issue is in now, in a sentence.
fn now(office: &Office, issue: &Issue) -> Text {
    match quoted(office, &issue.categories) {
        names if names.is_empty() => Text::new("category-now-none"),
        names => text!("category-now", names = names),
    }
}

/// A button was pressed, or something was chosen.
pub(crate) async fn pressed(
    request: &Request,
    category: Category,
    chosen: &[String],
) -> Result<Answer, Error> {
    match category {
        Category::Create(draft) => create::create(request, draft).await,
        Category::Attach(issue) => attach(request, issue, chosen).await,
        Category::Merge(draft) => crate::office::category::merge::merge(request, draft).await,
        Category::List(page) => crate::office::category::turn(request, page).await,
    }
}

/// What the answer to a button may be.
pub(crate) fn may(category: Category) -> May {
    match category {
        Category::List(_) => May::Replace,
        Category::Create(_) | Category::Attach(_) | Category::Merge(_) => May::Say,
    }
}
