//! What the answer to `/issue add` says of categories: which the new issue might be in and why, to be
//! chosen there; or, when a coordinator wrote names that are new, whether they are meant.
//!
//! Only issues whose originals the person reads vote and are named. That nothing could be suggested
//! never stands in the way of what was recorded.

use super::{create, name::Named};
use crate::{
    answer::Reply,
    custom_id::{Action, Category},
    error::Error,
    issue::list::readable,
    option::joined,
    permission,
    request::Request,
    text,
    text::Text,
};
use domain::{
    category::{self, PAST_MAX, Past, Suggestion},
    issue::Issue,
    office::Office,
    setting::Language,
    text::{escape_markdown, one_line},
};
use serenity::all::{
    CreateActionRow, CreateEmbed, CreateSelectMenu, CreateSelectMenuKind, CreateSelectMenuOption,
};
use storage::issue::{Categorised, Filter, Recent};

/// Longest words of a choice (Discord, components/reference).
const CHOICE_UNITS_MAX: usize = 100;
/// UTF-16 units of each word of a reason.
const WORD_UNITS_MAX: usize = 24;
/// UTF-16 units of the reason of one category.
const REASON_UNITS_MAX: usize = 200;

/// The answer with what it says of categories.
pub(crate) async fn under(request: &Request, reply: Reply, issue: &Issue, named: Named) -> Reply {
    let said = if named.new.is_empty() {
        offered(request, issue).await.map(|offer| match offer {
            Some((lines, menu)) => reply
                .clone()
                .embed(CreateEmbed::new().description(lines))
                .row(menu),
            None => reply.clone(),
        })
    } else {
        create::under(request, reply.clone(), Some(issue.id), named).await
    };
    said.unwrap_or_else(|error| {
        // The issue is kept; only the offer is missing.
        tracing::error!(%error, "no categories could be offered");
        reply
    })
}

/// The suggestions with their reasons, and the choice among them; nothing for an issue that is sorted,
/// or where nothing speaks for a category.
async fn offered(
    request: &Request,
    issue: &Issue,
) -> Result<Option<(String, CreateActionRow)>, Error> {
    let office = &request.office;
    let any = office.categories.iter().any(|category| !category.retired);
    if !any || !issue.categories.is_empty() || permission::change_issue(request, issue).is_err() {
        return Ok(None);
    }
    let past = past(request).await?;
    let past: Vec<Past<'_>> = past
        .iter()
        .filter(|recent| recent.id != issue.id)
        .map(|recent| Past {
            issue: recent.id,
            text: &recent.text,
            categories: &recent.categories,
        })
        .collect();
    let suggested = category::suggest(&issue.text, &past, &office.categories, office.vocabulary());
    if suggested.is_empty() {
        return Ok(None);
    }
    let mut lines = vec![request.say(&Text::new("category-suggested"))];
    lines.extend(suggested.iter().map(|one| line(request, one)));
    Ok(Some((lines.join("\n"), menu(request, issue, &suggested))))
}

/// The newest sorted issues whose originals the person reads.
async fn past(request: &Request) -> Result<Vec<Recent>, Error> {
    let office = request.office_id();
    let filter = Filter {
        tier: None,
        status: None,
        open_only: false,
        association: None,
        reporter: None,
        category: Some(Categorised::Somehow),
        session: None,
        readable: readable(request),
    };
    let limit = i64::try_from(PAST_MAX).unwrap_or(i64::MAX);
    let found = request
        .app
        .store
        .read(move |connection| {
            Box::pin(
                async move { storage::issue::recent(connection, office, &filter, limit).await },
            )
        })
        .await?;
    Ok(found)
}

fn line(request: &Request, suggested: &Suggestion) -> String {
    let reason = reason(suggested, request.language, escape_markdown);
    request.say(&text!(
        "category-suggested-line",
        name = escape_markdown(name(&request.office, suggested)),
        reason = one_line(&reason, REASON_UNITS_MAX),
    ))
}

fn name<'a>(office: &'a Office, suggested: &Suggestion) -> &'a str {
    office
        .category(suggested.category)
        .map_or("", |category| category.name.as_str())
}

/// Why: words of the text, numbers of past issues.
fn reason(suggested: &Suggestion, language: Language, shown: impl Fn(&str) -> String) -> String {
    let words: String = suggested
        .words
        .iter()
        .map(|word| format!("「{}」", shown(&one_line(word, WORD_UNITS_MAX))))
        .collect();
    let numbers = suggested.past.iter().map(|number| format!("#{number}"));
    let numbers = joined(numbers, language, REASON_UNITS_MAX);
    match (words.is_empty(), numbers.is_empty()) {
        (false, false) => text!("category-why-both", words = words, numbers = numbers),
        (false, true) => text!("category-why-words", words = words),
        _ => text!("category-why-past", numbers = numbers),
    }
    .say(language)
}

fn menu(request: &Request, issue: &Issue, suggested: &[Suggestion]) -> CreateActionRow {
    let options: Vec<CreateSelectMenuOption> = suggested
        .iter()
        .map(|one| {
            let name = one_line(name(&request.office, one), CHOICE_UNITS_MAX);
            let reason = reason(one, request.language, str::to_owned);
            CreateSelectMenuOption::new(name, one.category.to_string())
                .description(one_line(&reason, CHOICE_UNITS_MAX))
        })
        .collect();
    let most = u8::try_from(options.len()).unwrap_or(u8::MAX);
    let menu = CreateSelectMenu::new(
        Action::Category(Category::Attach(issue.id)).custom_id(),
        CreateSelectMenuKind::String { options },
    )
    .placeholder(request.say(&Text::new("category-choose-hint")))
    .min_values(1)
    .max_values(most);
    CreateActionRow::SelectMenu(menu)
}
