//! `/progress month` 月次: a month as the person may know it, with its chart and its sheet; a coordinator
//! may post it, and with the buttons at the desk hold it, let it go, or post it now.

use super::{Reader, paper, reading, record, words};
use crate::{
    Context,
    answer::{Answer, Reply},
    card,
    dispatch::{
        May, SUGGESTION_UNITS_MAX, SUGGESTIONS_MAX, Suggestion, answer as answered, suggest,
    },
    error::Error,
    request::Request,
    text,
    text::Text,
};
use domain::{
    progress::{Period, YearMonth, posting::read_month},
    text::{fold, one_line},
};
use serenity::all::CreateAutocompleteResponse;
use std::sync::Arc;

/// Months that are offered.
const OFFERED: usize = 18;

/// `/progress month` 月次
#[poise::command(slash_command)]
pub(crate) async fn month(
    ctx: Context<'_>,
    #[autocomplete = "months"] month: Option<String>,
    post: Option<bool>,
) -> Result<(), Error> {
    answered(ctx, May::Say, async move |request: Request| {
        let post = post.unwrap_or_default();
        let this = YearMonth::of(request.today());
        let wanted = match month.as_deref() {
            Some(written) => read_month(written, request.today())
                .ok_or_else(|| Error::refuse(Text::new("refused-not-a-month")))?,
            // One looks at how things stand, and posts what is over.
            None if post => this.previous(),
            None => this,
        };
        if post {
            record::post(&request, Period::Month(wanted)).await
        } else {
            show(&request, wanted).await
        }
    })
    .await
}

/// The month as the person may know it.
pub(super) async fn show(request: &Request, month: YearMonth) -> Result<Answer, Error> {
    if !request.person.is_known() {
        return Err(Error::refuse(Text::new("refused-unknown-person")));
    }
    refuse_future(request, month)?;
    let reader = Reader::person(&request.person);
    let (app, office, language) = (&request.app, &request.office, request.language);
    let told = reading::month(app, office, (month, language), request.today(), reader).await?;
    let mut frame = words::frame(&told, language);
    let empty = told.rows.is_empty();
    if empty && request.person.coordinator {
        frame = frame.footer(request.say(&Text::new("month-no-target-next")));
    }
    let mut reply = Reply::default().embed(frame.draw());
    for file in paper::month(Arc::new(told), request.now).await? {
        reply = reply.file(file);
    }
    Ok(Answer::Say(reply))
}

/// A month that has not begun has nothing to tell.
pub(crate) fn refuse_future(request: &Request, month: YearMonth) -> Result<(), Error> {
    if month.first_day() <= request.today() {
        return Ok(());
    }
    let day = card::date(month.first_day(), request.language);
    Err(Error::refuse(text!("refused-future-month", day = day)))
}

/// The months up to now, the latest first.
pub(crate) async fn months(ctx: Context<'_>, partial: &str) -> CreateAutocompleteResponse {
    let typed = fold(partial.trim());
    suggest(ctx, async move |request: Request| {
        if !request.person.is_known() {
            return Err(Error::refuse(Text::new("refused-unknown-person")));
        }
        let this = YearMonth::of(request.today());
        let months = std::iter::successors(Some(this), |month| Some(month.previous()));
        Ok::<_, Error>(
            months
                .take(OFFERED)
                .map(|month| Suggestion {
                    shown: one_line(
                        &super::page::month_name(month, request.language),
                        SUGGESTION_UNITS_MAX,
                    ),
                    value: month.number().to_string(),
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
