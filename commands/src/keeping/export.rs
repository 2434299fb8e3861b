//! `/office export` 一括書き出し: everything of the office as one file, for the coordinator who asks only.
//! It is the one answer that holds every original and every name, so that it is audited and says where it
//! belongs.

use super::archive::{self, Archive};
use crate::{
    Context,
    answer::{Answer, FILE_BYTES_MAX, File, Reply},
    audit::note,
    dispatch::{May, answer as answered},
    error::Error,
    permission,
    request::Request,
    text,
    text::grouped,
};
use std::sync::Arc;

/// The act in the audit.
const ACT: &str = "office.export";

/// `/office export` 一括書き出し
#[poise::command(slash_command)]
pub(crate) async fn export(ctx: Context<'_>) -> Result<(), Error> {
    answered(ctx, May::Say, async move |request: Request| {
        answer(&request).await
    })
    .await
}

/// The file, or what to do where Discord does not take it.
pub(crate) async fn answer(request: &Request) -> Result<Answer, Error> {
    let desk = permission::coordinate(request)?;
    let (progress, language) = (request.progress.clone(), request.language);
    let made = archive::build(
        &request.app.store,
        Arc::clone(&request.office),
        (Some(desk), request.office.settings.locale),
        request.now,
        move |done, total| {
            let count = |number| i64::try_from(number).unwrap_or(i64::MAX);
            let text = text!("archive-progress", done = count(done), total = count(total));
            progress.tell(Reply::of(&text, language));
        },
    )
    .await?;
    if made.bytes.len() > FILE_BYTES_MAX {
        let mebibyte = 1024 * 1024;
        let size = made.bytes.len().div_ceil(mebibyte);
        return Err(Error::refuse(text!(
            "refused-archive-too-large",
            size = i64::try_from(size).unwrap_or(i64::MAX),
            limit = FILE_BYTES_MAX / mebibyte,
        )));
    }
    record(request, &made).await?;
    handed_out(request, made).map(Answer::Say)
}

/// That it was taken out is audited before it goes out.
async fn record(request: &Request, made: &Archive) -> Result<(), Error> {
    let (office, who, now) = (request.office_id(), request.person.user, request.now);
    let details = [("count", made.rows.to_string())];
    request
        .record(move |tx| {
            let details = details.clone();
            Box::pin(async move { note(tx, office, None, ACT, who, now, &details).await })
        })
        .await
}

fn handed_out(request: &Request, made: Archive) -> Result<Reply, Error> {
    let day = request.today();
    let name = format!("renkei-{day}.zip");
    let shown = crate::card::date(day, request.language);
    let description = request.say(&text!("archive-description", date = shown));
    let rows = grouped(i64::try_from(made.rows).unwrap_or(i64::MAX));
    let text = text!(
        "archive-made",
        tables = i64::try_from(made.tables).unwrap_or(i64::MAX),
        rows = rows,
    );
    let file = File::new(name, description, made.bytes)?;
    Ok(Reply::of(&text, request.language).file(file))
}
