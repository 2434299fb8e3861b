//! How the options of `/fund` are read, and what is suggested while they are typed.

use super::catalogue;
use crate::{
    Context,
    card::year_name,
    dispatch::{SUGGESTION_UNITS_MAX, SUGGESTIONS_MAX, Suggestion, suggest},
    error::Error,
    request::Request,
    text,
    text::Text,
};
use domain::{
    era::{FiscalYear, parse_fiscal_year},
    id::FundId,
    text::{fold, normalise, one_line},
};
use serenity::all::CreateAutocompleteResponse;

/// Reads `number`: 12, #12.
pub(super) fn number(written: &str) -> Result<FundId, Error> {
    let plain = normalise(written);
    let plain = plain.trim().trim_start_matches('#').trim();
    let first = plain.split_whitespace().next().unwrap_or_default();
    first
        .parse()
        .ok()
        .filter(|number| *number > 0)
        .map(FundId)
        .ok_or_else(|| Error::refuse(Text::new("refused-not-a-fund")))
}

/// Reads `year`.
pub(super) fn year(written: Option<&str>) -> Result<Option<FiscalYear>, Error> {
    let year = written.map(str::trim).filter(|written| !written.is_empty());
    year.map(|written| {
        parse_fiscal_year(written).map_err(|_| Error::refuse(Text::new("refused-not-a-year")))
    })
    .transpose()
}

/// The lines of the newest catalogue.
pub(crate) async fn numbers(ctx: Context<'_>, partial: &str) -> CreateAutocompleteResponse {
    let typed = fold(partial.trim().trim_start_matches(['#', '＃']));
    suggest(ctx, async move |request: Request| {
        super::known(&request)?;
        let (_, funds) = catalogue(&request, None).await?;
        let fits = |fund: &&domain::fund::Fund| {
            fund.id.to_string().starts_with(&typed) || fold(&fund.entry.name()).contains(&typed)
        };
        Ok(funds
            .iter()
            .filter(fits)
            .take(SUGGESTIONS_MAX)
            .map(|fund| {
                let name = fund.entry.name();
                let shown = text!("suggested-fund", number = fund.id.0, name = name);
                Suggestion {
                    shown: one_line(&request.say(&shown), SUGGESTION_UNITS_MAX),
                    value: fund.id.to_string(),
                }
            })
            .collect())
    })
    .await
}

/// The years there are catalogues of.
pub(crate) async fn years(ctx: Context<'_>, partial: &str) -> CreateAutocompleteResponse {
    let typed = fold(partial.trim());
    suggest(ctx, async move |request: Request| {
        super::known(&request)?;
        let office = request.office_id();
        let years = request
            .app
            .store
            .read(move |connection| Box::pin(storage::fund::years(connection, office)))
            .await?;
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
