//! Suggestions while an option is typed, within Discord's limits.

use super::envelope_of_command;
use crate::{Context, error::Error, request::Request};
use domain::text::utf16_len;
use serenity::all::{AutocompleteChoice, CreateAutocompleteResponse};
use std::{future::Future, time::Duration};

/// How long suggestions may take before an empty list is answered.
pub const SUGGEST_WITHIN: Duration = Duration::from_secs(2);
/// Most suggestions Discord takes.
pub(crate) const SUGGESTIONS_MAX: usize = 25;

/// Longest suggestion, shown or meant.
pub const SUGGESTION_UNITS_MAX: usize = 100;

/// One suggestion while an option is typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Suggestion {
    /// What the list shows.
    pub(crate) shown: String,
    /// What the option becomes when it is chosen.
    pub(crate) value: String,
}

impl From<String> for Suggestion {
    fn from(value: String) -> Self {
        Self {
            shown: value.clone(),
            value,
        }
    }
}

/// Runs a handler of suggestions; a slow or failed one answers an empty list.
pub(crate) async fn suggest<H, F>(ctx: Context<'_>, handler: H) -> CreateAutocompleteResponse
where
    H: FnOnce(Request) -> F + Send,
    F: Future<Output = Result<Vec<Suggestion>, Error>> + Send,
{
    let app = ctx.framework.user_data;
    let envelope = envelope_of_command(ctx.interaction);
    let work = async { handler(Request::open(app, envelope).await?).await };
    let suggestions = match tokio::time::timeout(SUGGEST_WITHIN, work).await {
        Ok(Ok(suggestions)) => suggestions,
        Ok(Err(Error::Refusal(_) | Error::HandledAlready)) | Err(_) => Vec::new(),
        Ok(Err(fault)) => {
            tracing::error!(error = %fault, "suggestions failed");
            Vec::new()
        }
    };
    let choices = suggestions
        .into_iter()
        // A value that was cut would be refused when it is chosen; better not to offer it.
        .filter(|suggestion| utf16_len(&suggestion.value) <= SUGGESTION_UNITS_MAX)
        .take(SUGGESTIONS_MAX)
        .map(|suggestion| {
            AutocompleteChoice::new(
                domain::text::one_line(&suggestion.shown, SUGGESTION_UNITS_MAX),
                suggestion.value,
            )
        })
        .collect();
    CreateAutocompleteResponse::new().set_choices(choices)
}
