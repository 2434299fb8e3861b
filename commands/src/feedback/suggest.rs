//! Suggestions for the options of `/feedback`, for whoever decides about it.

use super::list;
use crate::{
    Context, card,
    dispatch::{SUGGESTION_UNITS_MAX, SUGGESTIONS_MAX, Suggestion, suggest},
    error::Error,
    permission,
    request::Request,
    text,
};
use domain::{
    feedback::{Feedback, State},
    text::{fold, one_line},
};
use serenity::all::CreateAutocompleteResponse;

/// Numbers: drafts first, then what was sent, the newest first.
pub(super) async fn numbers(ctx: Context<'_>, partial: &str) -> CreateAutocompleteResponse {
    let typed = fold(partial.trim().trim_start_matches('#'));
    suggest(ctx, async move |request: Request| {
        permission::coordinate(&request)?;
        let page = list::read(&request, 0, storage::feedback::LISTED_MAX).await?;
        let open = |feedback: &&Feedback| matches!(feedback.state, State::Draft | State::Sent);
        Ok::<_, Error>(
            page.items
                .iter()
                .filter(open)
                .map(|feedback| Suggestion {
                    shown: shown(&request, feedback),
                    value: feedback.id.0.to_string(),
                })
                .filter(|offered| {
                    offered.value.starts_with(&typed) || fold(&offered.shown).contains(&typed)
                })
                .take(SUGGESTIONS_MAX)
                .collect(),
        )
    })
    .await
}

fn shown(request: &Request, feedback: &Feedback) -> String {
    let line = text!(
        "suggested-feedback",
        number = feedback.id.0,
        association = card::feedback::plain_name(&request.office, feedback.association),
        state = list::state(feedback),
    );
    one_line(&request.say(&line), SUGGESTION_UNITS_MAX)
}
