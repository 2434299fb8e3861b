//! `/office category` カテゴリ: the office's own list of categories, with how many opinions each holds.
//!
//! Without options it lists. A name that is not on the list is asked about and then put on it; one that
//! is no longer offered is offered again. `rename` gives another name, or makes the category a part of
//! the one that has that name already ([`merge`]). `remove` takes a category nobody is in off the list,
//! and no longer offers one that issues are in.

pub(crate) mod merge;

use crate::{
    Context,
    answer::{Answer, Reply},
    audit::note,
    custom_id::{Action, Category as Pressed},
    dispatch::{May, answer},
    error::Error,
    issue::category::{carry, create, name},
    permission,
    request::Request,
    text,
    text::Text,
};
use domain::{
    category::Category,
    id::{CategoryId, IssueId},
    text::escape_markdown,
};
use serenity::all::{CreateEmbed, CreateEmbedFooter};
use std::{cmp::Reverse, collections::BTreeMap, sync::Arc};
use storage::Conflict;

/// Categories a page: with the longest names a page stays within an embed's description.
const PAGE: usize = 25;

/// `/office category` カテゴリ
#[poise::command(slash_command)]
pub(crate) async fn category(
    ctx: Context<'_>,
    #[autocomplete = "name::for_keeping"] name: Option<String>,
    #[autocomplete = "name::for_keeping"] rename: Option<String>,
    remove: Option<bool>,
) -> Result<(), Error> {
    answer(ctx, May::Say, async move |request: Request| {
        permission::coordinate(&request)?;
        let remove = remove.unwrap_or_default();
        let Some(written) = name else {
            if rename.is_some() || remove {
                return Err(Error::refuse(Text::new("refused-category-which")));
            }
            return Ok(Answer::Say(list(&request, 0).await?));
        };
        let known = request.office.category_named(&written);
        match (known, rename, remove) {
            (_, Some(_), true) => Err(Error::refuse(Text::new("refused-category-both"))),
            (None, None, false) => {
                let named = name::Named {
                    known: Vec::new(),
                    new: vec![name::fit(&written)?],
                };
                create::ask(&request, None, named).await
            }
            (None, ..) => Err(name::unknown(&request, &name::fit(&written)?)),
            (Some(known), Some(other), false) => renamed(&request, known, &other).await,
            (Some(known), None, true) => removed(&request, known).await,
            (Some(known), None, false) if known.retired => restored(&request, known).await,
            (Some(known), None, false) => told(&request, known).await,
        }
    })
    .await
}

/// Another page of the list, counted from 1.
pub(crate) async fn turn(request: &Request, page: i64) -> Result<Answer, Error> {
    permission::coordinate(request)?;
    Ok(Answer::Replace(list(request, page - 1).await?))
}

/// A page of the list, counted from 0: most opinions first.
async fn list(request: &Request, page: i64) -> Result<Reply, Error> {
    let counts = counts(request).await?;
    let count = |category: &Category| counts.get(&category.id).copied().unwrap_or_default();
    let mut categories: Vec<&Category> = request.office.categories.iter().collect();
    if categories.is_empty() {
        return Ok(Reply::of(
            &Text::new("category-list-empty"),
            request.language,
        ));
    }
    categories.sort_by_key(|one| (one.retired, Reverse(count(one)), one.id));
    let rows = i64::try_from(categories.len()).unwrap_or(i64::MAX);
    let per_page = i64::try_from(PAGE).unwrap_or(i64::MAX);
    let last = crate::page::last(rows, per_page);
    let page = page.clamp(0, last);
    let first = usize::try_from(page * per_page).unwrap_or_default();
    let lines: Vec<String> = categories
        .iter()
        .skip(first)
        .take(PAGE)
        .map(|category| {
            let key = if category.retired {
                "category-line-retired"
            } else {
                "category-line"
            };
            let name = escape_markdown(&category.name);
            request.say(&text!(key, name = name, count = count(category)))
        })
        .collect();
    let mut embed = CreateEmbed::new()
        .title(request.say(&text!("category-list", total = rows)))
        .description(lines.join("\n"));
    let mut reply = Reply::default();
    if last > 0 {
        let place = crate::page::place(request, page, last);
        embed = embed.footer(CreateEmbedFooter::new(place));
        reply = reply.row(crate::page::turning(request, page, last, |page| {
            Action::Category(Pressed::List(page + 1))
        }));
    }
    Ok(reply
        .embed(embed)
        .line(&request.say(&Text::new("category-list-next"))))
}

async fn counts(request: &Request) -> Result<BTreeMap<CategoryId, i64>, Error> {
    let office = request.office_id();
    let counts = request
        .app
        .store
        .read(move |connection| Box::pin(storage::category::counts(connection, office)))
        .await?;
    Ok(counts)
}

/// How many opinions the category holds, as people read it.
async fn count(request: &Request, category: CategoryId) -> Result<i64, Error> {
    Ok(counts(request)
        .await?
        .get(&category)
        .copied()
        .unwrap_or_default())
}

/// What there is to say of a category that is on the list.
async fn told(request: &Request, category: &Category) -> Result<Answer, Error> {
    let text = text!(
        "category-known",
        name = escape_markdown(&category.name),
        count = count(request, category.id).await?,
    );
    Ok(Answer::Say(Reply::of(&text, request.language)))
}

async fn restored(request: &Request, category: &Category) -> Result<Answer, Error> {
    let (office, who, now, id) = (
        request.office_id(),
        request.person.user,
        request.now,
        category.id,
    );
    request
        .record(move |tx| {
            Box::pin(async move {
                storage::category::retire(tx, office, id, false).await?;
                let details = [("category", id.to_string())];
                note(
                    tx,
                    office,
                    None,
                    "office.category-restore",
                    who,
                    now,
                    &details,
                )
                .await
            })
        })
        .await
        .map_err(gone)?;
    let text = text!("category-restored", name = escape_markdown(&category.name));
    Ok(Answer::Say(Reply::of(&text, request.language)))
}

async fn removed(request: &Request, category: &Category) -> Result<Answer, Error> {
    let (office, who, now, id) = (
        request.office_id(),
        request.person.user,
        request.now,
        category.id,
    );
    let retired = request
        .record(move |tx| {
            Box::pin(async move {
                let held = storage::category::issues(tx, office, id, IssueId(0), 1).await?;
                let act = if held.is_empty() {
                    storage::category::remove(tx, office, id).await?;
                    "office.category-remove"
                } else {
                    storage::category::retire(tx, office, id, true).await?;
                    "office.category-retire"
                };
                let details = [("category", id.to_string())];
                note(tx, office, None, act, who, now, &details).await?;
                Ok(!held.is_empty())
            })
        })
        .await
        .map_err(gone)?;
    let key = if retired {
        "category-retired"
    } else {
        "category-removed-from-list"
    };
    let text = text!(key, name = escape_markdown(&category.name));
    Ok(Answer::Say(Reply::of(&text, request.language)))
}

/// Another name, which the cards of its issues show from then on; or a part of the category that has it.
async fn renamed(request: &Request, category: &Category, written: &str) -> Result<Answer, Error> {
    let other = request.office.category_named(written);
    if let Some(into) = other.filter(|other| other.id != category.id) {
        return merge::ask(request, category, into).await;
    }
    let name = name::fit(written)?;
    if name == category.name {
        let text = text!("category-same-name", name = escape_markdown(&name));
        return Ok(Answer::Say(Reply::of(&text, request.language)));
    }
    let (who, now, id) = (request.person.user, request.now, category.id);
    let (set_up, stored) = (Arc::clone(&request.office), name.clone());
    let carried = request
        .record(move |tx| {
            let (set_up, name) = (Arc::clone(&set_up), stored.clone());
            Box::pin(async move {
                storage::category::rename(tx, set_up.id, id, &name).await?;
                let details = [("category", id.to_string())];
                let act = "office.category-rename";
                note(tx, set_up.id, None, act, who, now, &details).await?;
                carry::step(tx, &set_up, (who, now), id, None, IssueId(0)).await
            })
        })
        .await
        .map_err(gone)?;
    carry_on(request, id, None, carried).await?;
    let text = text!(
        "category-renamed",
        from = escape_markdown(&category.name),
        to = escape_markdown(&name),
    );
    Ok(Answer::Say(Reply::of(&text, request.language)))
}

/// The steps after the first, each a transaction of its own; says how many issues followed in all.
async fn carry_on(
    request: &Request,
    from: CategoryId,
    into: Option<CategoryId>,
    mut carried: carry::Carried,
) -> Result<u64, Error> {
    let mut issues = carried.issues;
    while let Some(after) = carried.next {
        let (who, now) = (request.person.user, request.now);
        let set_up = Arc::clone(&request.office);
        carried = request
            .app
            .store
            .write(move |tx| {
                let set_up = Arc::clone(&set_up);
                Box::pin(
                    async move { carry::step(tx, &set_up, (who, now), from, into, after).await },
                )
            })
            .await?;
        issues += carried.issues;
    }
    Ok(issues)
}

/// The refusal of who was a moment later than somebody else who changed the list.
fn gone(error: Error) -> Error {
    match error {
        Error::Storage(storage::Error::Conflict(
            Conflict::Missing | Conflict::NameTaken | Conflict::InUse,
        )) => Error::refuse(Text::new("refused-category-list-changed")),
        other => other,
    }
}
