//! Suggestions while an option is typed. Rights are checked as for the command itself, and a list
//! holds only what the person may read.

use super::list::readable;
use crate::{
    Context,
    dispatch::{SUGGESTIONS_MAX, Suggestion, suggest},
    error::Error,
    request::Request,
    text,
    text::Text,
};
use domain::{
    id::IssueId,
    office::{Association, Profession},
    text::fold,
    visibility::Seen,
};
use serenity::all::CreateAutocompleteResponse;
use storage::issue::{Filter, Listed};

/// Issues looked through for a number being typed.
const ISSUES_SEARCHED_MAX: i64 = 100;
/// UTF-16 units of the wording shown beside a number.
const WORDING_UNITS_MAX: usize = 60;

/// Numbers of issues the person may read, newest first, by number or wording.
pub(crate) async fn numbers(ctx: Context<'_>, partial: &str) -> CreateAutocompleteResponse {
    let partial = partial.to_owned();
    suggest(ctx, async move |request: Request| {
        issues(&request, &partial).await
    })
    .await
}

/// As [`numbers`], for a number that stands among others.
pub(crate) async fn issues(request: &Request, partial: &str) -> Result<Vec<Suggestion>, Error> {
    let partial = fold(partial.trim().trim_start_matches(['#', '＃']));
    if !request.person.is_known() {
        return Ok(Vec::new());
    }
    let office = request.office_id();
    let filter = Filter::of(readable(request));
    let page = request
        .app
        .store
        .read(move |connection| {
            Box::pin(async move {
                storage::issue::list(connection, office, &filter, 0, ISSUES_SEARCHED_MAX).await
            })
        })
        .await?;
    let exact = exactly(request, &partial).await?;
    let rest = page.items.iter().filter(|listed| {
        exact.as_ref().is_none_or(|exact| exact.id() != listed.id())
            && (listed.id().to_string().starts_with(&partial)
                || fold(listed.wording()).contains(&partial))
    });
    Ok(exact
        .iter()
        .chain(rest)
        .take(SUGGESTIONS_MAX)
        .map(|listed| Suggestion {
            shown: text!(
                "suggested-issue",
                number = listed.id().0,
                status = Text::new(format!("word-status-{}", listed.status().code())),
                wording = domain::text::one_line(listed.wording(), WORDING_UNITS_MAX),
            )
            .say(request.language),
            value: format!("#{}", listed.id()),
        })
        .collect())
}

/// The issue whose whole number was typed, however old it is.
async fn exactly(request: &Request, partial: &str) -> Result<Option<Listed>, Error> {
    let Ok(number) = partial.parse() else {
        return Ok(None);
    };
    match super::find(request, IssueId(number)).await {
        Ok(Seen::Whole(issue, _)) => Ok(Some(Listed::Whole(issue))),
        Ok(Seen::Shared(shared)) => Ok(Some(Listed::Shared(shared))),
        Err(Error::Refusal(_)) => Ok(None),
        Err(fault) => Err(fault),
    }
}

/// Who said it: for members their own associations and professions, for coordinators all.
pub(crate) async fn sources(ctx: Context<'_>, partial: &str) -> CreateAutocompleteResponse {
    let partial = fold(partial.trim());
    suggest(ctx, async move |request: Request| {
        crate::permission::add_issue(&request)?;
        let (office, person) = (&request.office, &request.person);
        let own = |association: &&Association| {
            person.coordinator || person.rank_in(association.id).is_some()
        };
        let associations: Vec<_> = office.associations.iter().filter(own).collect();
        let professions = office.professions.iter().filter(|profession| {
            person.coordinator
                || associations
                    .iter()
                    .any(|a| a.professions.contains(&profession.id))
        });
        let associations = associations.iter().map(|a| (&a.name, &[][..]));
        Ok(matching(
            associations.chain(professions.map(words)),
            &partial,
            "",
        ))
    })
    .await
}

/// Whom it is about: any profession or association; what stands before the last 、 is kept.
pub(crate) async fn about(ctx: Context<'_>, partial: &str) -> CreateAutocompleteResponse {
    let (before, last) = last_name(partial);
    let last = fold(last.trim());
    suggest(ctx, async move |request: Request| {
        if !request.person.may_add() && !request.person.may_set_up() {
            return Ok(Vec::new());
        }
        let office = &request.office;
        let associations = office.associations.iter().map(|a| (&a.name, &[][..]));
        let professions = office.professions.iter().map(words);
        Ok(matching(associations.chain(professions), &last, &before))
    })
    .await
}

/// What stands before the last 、 of several names, and what is being typed behind it.
pub(crate) fn last_name(partial: &str) -> (String, String) {
    let cut = partial.rfind(['、', ',', '，']).map_or(0, |at| {
        at + partial[at..].chars().next().map_or(0, char::len_utf8)
    });
    let (before, last) = partial.split_at(cut);
    (before.to_owned(), last.to_owned())
}

/// Names of associations, for everybody the office knows.
pub(crate) async fn associations(ctx: Context<'_>, partial: &str) -> CreateAutocompleteResponse {
    let partial = fold(partial.trim());
    suggest(ctx, async move |request: Request| {
        if !request.person.is_known() && !request.person.may_set_up() {
            return Ok(Vec::new());
        }
        Ok(named(&request, &partial))
    })
    .await
}

/// Names of associations, for a caller that has asked for the right.
pub(crate) fn named(request: &Request, folded: &str) -> Vec<Suggestion> {
    let associations = request
        .office
        .associations
        .iter()
        .map(|a| (&a.name, &[][..]));
    matching(associations, folded, "")
}

/// Names of professions, for whoever sets the office up.
pub(crate) async fn professions(ctx: Context<'_>, partial: &str) -> CreateAutocompleteResponse {
    let partial = fold(partial.trim());
    suggest(
        ctx,
        async move |request: Request| -> Result<Vec<Suggestion>, Error> {
            crate::permission::set_up(&request)?;
            Ok(matching(
                request.office.professions.iter().map(words),
                &partial,
                "",
            ))
        },
    )
    .await
}

/// A profession by its name, found by its other words as well: けあ finds 介護支援専門員.
fn words(profession: &Profession) -> (&String, &[String]) {
    (&profession.name, &profession.aliases)
}

/// Names that contain what is typed, or whose other words do; names first.
fn matching<'a>(
    names: impl Iterator<Item = (&'a String, &'a [String])>,
    folded: &str,
    before: &str,
) -> Vec<Suggestion> {
    let (mut by_name, mut by_word) = (Vec::new(), Vec::new());
    for (name, words) in names {
        if fold(name).contains(folded) {
            by_name.push(name);
        } else if words.iter().any(|word| fold(word).contains(folded)) {
            by_word.push(name);
        }
    }
    by_name
        .into_iter()
        .chain(by_word)
        .take(SUGGESTIONS_MAX)
        .map(|name| Suggestion::from(format!("{before}{name}")))
        .collect()
}
