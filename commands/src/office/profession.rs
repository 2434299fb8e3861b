//! `/office profession` 職種: a profession and the other words people use for it.

use crate::{
    Context,
    answer::Reply,
    audit::note,
    dispatch::{May, answer},
    error::Error,
    option::{NAMES_UNITS_MAX, clean, listed},
    permission,
    request::Request,
    text,
    text::Text,
};
use domain::setting::names;

/// Longest name of a profession, an association or an alias, in UTF-16 units.
pub(crate) const NAME_UNITS_MAX: usize = 40;
/// Most aliases of one profession.
const ALIASES_MAX: usize = 100;
/// Most professions of an office.
const PROFESSIONS_MAX: usize = 80;

/// `/office profession` 職種
#[poise::command(slash_command)]
pub(crate) async fn profession(
    ctx: Context<'_>,
    #[autocomplete = "crate::issue::suggest::professions"] name: String,
    aliases: String,
) -> Result<(), Error> {
    answer(ctx, May::Say, async move |request: Request| {
        permission::coordinate(&request)?;
        let name = name_of(&name)?;
        let existing = request.office.profession_named(&name);
        if existing.is_none() && request.office.professions.len() >= PROFESSIONS_MAX {
            return Err(Error::refuse(text!(
                "refused-too-many",
                limit = PROFESSIONS_MAX
            )));
        }
        // An alias leads to its profession: 「ケアマネ」 changes 介護支援専門員.
        let name = existing.map_or(name, |profession| profession.name.clone());
        let mut words: Vec<String> = Vec::new();
        for alias in names(&aliases) {
            let alias = name_of(alias)?;
            if let Some(other) = request.office.profession_named(&alias)
                && other.name != name
            {
                return Err(Error::refuse(text!(
                    "refused-alias-taken",
                    alias = domain::text::escape_markdown(&alias),
                    profession = domain::text::escape_markdown(&other.name),
                )));
            }
            if alias != name && !words.contains(&alias) {
                words.push(alias);
            }
        }
        if words.len() > ALIASES_MAX {
            return Err(Error::refuse(text!(
                "refused-too-many",
                limit = ALIASES_MAX
            )));
        }
        let (office, who, now) = (request.office_id(), request.person.user, request.now);
        let (stored_name, stored_words) = (name.clone(), words.clone());
        request
            .record(move |tx| {
                let (name, words) = (stored_name.clone(), stored_words.clone());
                Box::pin(async move {
                    let id = storage::profession::put(tx, office, &name, &words).await?;
                    let details = [("profession", id.to_string())];
                    note(tx, office, None, "office.profession", who, now, &details).await
                })
            })
            .await?;
        let profession = domain::text::escape_markdown(&name);
        let text = if words.is_empty() {
            text!("profession-set-alone", profession = profession)
        } else {
            text!(
                "profession-set",
                profession = profession,
                aliases = listed(&request, words.iter().map(String::as_str), NAMES_UNITS_MAX),
                count = words.len(),
            )
        };
        super::following(&request, Reply::of(&text, request.language)).await
    })
    .await
}

/// A name fit to keep: one line, without characters that act.
pub(crate) fn name_of(written: &str) -> Result<String, Error> {
    let name = clean(written, NAME_UNITS_MAX, "what-name")?;
    // One space at most: a suggestion shows it so, and must lead back to the same name.
    let name = name
        .split(' ')
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ");
    if name.contains(['\n', '、', ',', '，', '@', '<', '>', '`']) {
        return Err(Error::refuse(Text::new("refused-name-characters")));
    }
    Ok(name)
}
