//! `/progress year` 年次: the report for the council (協議会), with its chart and its sheet; a coordinator
//! reads what things cost, and may post it without.

use super::{Reader, paper, reading, record, year_words};
use crate::{
    Context,
    answer::{Answer, Reply},
    card,
    dispatch::{May, answer as answered},
    error::Error,
    request::Request,
    text,
    text::Text,
};
use domain::{
    era::{FiscalYear, parse_fiscal_year},
    progress::Period,
};
use std::sync::Arc;

/// `/progress year` 年次
#[poise::command(slash_command)]
pub(crate) async fn year(
    ctx: Context<'_>,
    year: Option<String>,
    post: Option<bool>,
) -> Result<(), Error> {
    answered(ctx, May::Say, async move |request: Request| {
        let start = request.office.settings.fiscal_year_start;
        let wanted = match year.as_deref() {
            Some(written) => parse_fiscal_year(written)
                .map_err(|_| Error::refuse(Text::new("refused-not-a-year")))?,
            None => FiscalYear::of(request.today(), start),
        };
        if post.unwrap_or_default() {
            record::post(&request, Period::Year(wanted)).await
        } else {
            show(&request, wanted).await
        }
    })
    .await
}

/// The year as the person may know it.
pub(super) async fn show(request: &Request, year: FiscalYear) -> Result<Answer, Error> {
    if !request.person.is_known() {
        return Err(Error::refuse(Text::new("refused-unknown-person")));
    }
    refuse_future(request, year)?;
    let reader = Reader::person(&request.person);
    let (app, office, language) = (&request.app, &request.office, request.language);
    let told = reading::year(app, office, (year, language), request.today(), reader).await?;
    let frame = year_words::frame(&told, language);
    let mut reply = Reply::default().embed(frame.draw());
    if told.tells_budget() {
        reply = reply.line(&request.say(&Text::new("year-with-budget")));
    }
    for file in paper::year(Arc::new(told), request.now).await? {
        reply = reply.file(file);
    }
    Ok(Answer::Say(reply))
}

/// A year that has not begun has nothing to tell.
pub(super) fn refuse_future(request: &Request, year: FiscalYear) -> Result<(), Error> {
    let first = year.first_day(request.office.settings.fiscal_year_start);
    if first <= request.today() {
        return Ok(());
    }
    let day = card::date(first, request.language);
    Err(Error::refuse(text!("refused-future-year", day = day)))
}
