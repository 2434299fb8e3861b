//! Suggestions of targets, and of what they name, while an option is typed. A list holds only what the
//! person may know of.

use super::{seen, this_year, word, year_name};
use crate::{
    Context,
    dispatch::{SUGGESTION_UNITS_MAX, SUGGESTIONS_MAX, Suggestion, suggest},
    error::Error,
    issue::suggest as issues_of,
    permission,
    request::Request,
    text,
};
use domain::{
    session::Kind,
    target::{Count, Target},
    text::{fold, one_line},
    tier::Tier,
};
use serenity::all::CreateAutocompleteResponse;
use std::collections::BTreeSet;

/// Every target the person may know of.
pub(crate) async fn numbers(ctx: Context<'_>, partial: &str) -> CreateAutocompleteResponse {
    let partial = partial.to_owned();
    suggest(ctx, async move |request: Request| {
        let all = seen(&request).await?;
        Ok(fitting(&request, &all, &partial, ""))
    })
    .await
}

/// The same for whoever changes them.
pub(crate) async fn changeable(ctx: Context<'_>, partial: &str) -> CreateAutocompleteResponse {
    let partial = partial.to_owned();
    suggest(ctx, async move |request: Request| {
        permission::coordinate(&request)?;
        let all = seen(&request).await?;
        Ok(fitting(&request, &all, &partial, ""))
    })
    .await
}

/// Several for whoever changes them: what stands before the last 、 is kept.
pub(crate) async fn several(ctx: Context<'_>, partial: &str) -> CreateAutocompleteResponse {
    let (before, last) = issues_of::last_name(partial);
    suggest(ctx, async move |request: Request| {
        permission::coordinate(&request)?;
        let all = seen(&request).await?;
        Ok(fitting(&request, &all, &last, &before))
    })
    .await
}

/// The targets whose number, area or item fits what was typed.
fn fitting(request: &Request, all: &[Target], typed: &str, before: &str) -> Vec<Suggestion> {
    let typed = fold(typed.trim().trim_start_matches(['#', '＃']));
    let typed: String = typed.split_whitespace().collect();
    let fits = |target: &&Target| {
        let place: String = fold(&target.label()).split_whitespace().collect();
        target.id.to_string().starts_with(&typed)
            || place.contains(&typed)
            || fold(&target.item).contains(&typed)
    };
    all.iter()
        .filter(fits)
        .take(SUGGESTIONS_MAX)
        .map(|target| {
            let shown = text!(
                "suggested-target",
                number = target.id.0,
                label = target.label(),
                item = target.item.as_str(),
            );
            let shown = format!("{before}{}", request.say(&shown));
            Suggestion {
                shown: one_line(&shown, SUGGESTION_UNITS_MAX),
                value: format!("{before}{}", target.id),
            }
        })
        .collect()
}

/// The areas of what the person may know of.
pub(crate) async fn areas(ctx: Context<'_>, partial: &str) -> CreateAutocompleteResponse {
    let typed = fold(partial.trim());
    suggest(ctx, async move |request: Request| {
        let mut known = BTreeSet::new();
        let all = seen(&request).await?;
        Ok(all
            .into_iter()
            .filter(|target| known.insert(target.area.clone()))
            .map(|target| target.area)
            .filter(|area| fold(area).contains(&typed))
            .take(SUGGESTIONS_MAX)
            .map(Suggestion::from)
            .collect())
    })
    .await
}

/// The years there are goals for, the running one and the next.
pub(crate) async fn years(ctx: Context<'_>, partial: &str) -> CreateAutocompleteResponse {
    let typed = fold(partial.trim());
    suggest(ctx, async move |request: Request| {
        if super::sight(&request).is_blind() {
            return Ok(Vec::new());
        }
        let office = request.office_id();
        let mut years = request
            .app
            .store
            .read(move |connection| Box::pin(storage::target::goal::years(connection, office)))
            .await?;
        let now = this_year(&request);
        years.extend([now, now.next()]);
        years.sort_unstable_by(|a, b| b.cmp(a));
        years.dedup();
        Ok(years
            .into_iter()
            .map(|year| Suggestion {
                shown: year_name(year, request.language),
                value: year.western().to_string(),
            })
            .filter(|year| fold(&year.shown).contains(&typed) || year.value.contains(&typed))
            .take(SUGGESTIONS_MAX)
            .collect())
    })
    .await
}

/// The marks the office uses, with what they mean where it has said so; other marks are taken as well.
pub(crate) async fn marks(ctx: Context<'_>, _: &str) -> CreateAutocompleteResponse {
    suggest(ctx, async move |request: Request| {
        permission::coordinate(&request)?;
        let offered = request.office.settings.marks.offered();
        Ok(offered
            .map(|(mark, meaning)| Suggestion {
                shown: format!("{mark}\u{3000}{}", meaning.unwrap_or_default())
                    .trim_end()
                    .to_owned(),
                value: mark.to_string(),
            })
            .collect())
    })
    .await
}

/// What can be counted.
pub(crate) async fn counts(ctx: Context<'_>, partial: &str) -> CreateAutocompleteResponse {
    let typed = fold(partial.trim());
    suggest(
        ctx,
        async move |request: Request| -> Result<Vec<Suggestion>, Error> {
            permission::coordinate(&request)?;
            let kinds = Kind::ALL.iter().map(|kind| (None, Some(*kind)));
            let tiers = Tier::ALL.into_iter().map(|tier| (Some(tier), None));
            let sessions = kinds.chain(tiers).chain([(None, None)]);
            let sessions = sessions.map(|(tier, kind)| Count::Sessions { tier, kind });
            Ok(sessions
                .chain([Count::Projects])
                .map(|count| Suggestion {
                    shown: word::count(count, request.language),
                    value: count.code(),
                })
                .filter(|count| fold(&count.shown).contains(&typed) || count.value.contains(&typed))
                .take(SUGGESTIONS_MAX)
                .collect())
        },
    )
    .await
}

/// Who may see to a target: the associations.
pub(crate) async fn owners(ctx: Context<'_>, partial: &str) -> CreateAutocompleteResponse {
    let typed = fold(partial.trim());
    suggest(ctx, async move |request: Request| {
        permission::coordinate(&request)?;
        let associations = request.office.associations.iter();
        Ok(associations
            .filter(|association| fold(&association.name).contains(&typed))
            .take(SUGGESTIONS_MAX)
            .map(|association| Suggestion::from(association.name.clone()))
            .collect())
    })
    .await
}
