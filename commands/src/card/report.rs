//! The posts of progress: a month or a year in the progress channel, and at the desk the month that is
//! going to be posted, with what the desk may do about it. Both show what everybody of the channel may
//! know, and nothing more: the desk sees exactly what goes out.

use super::{Drawn, Post, Tags};
use crate::{
    App,
    answer::File,
    custom_id::{Action, Report as Press},
    error::Error,
    occurrence,
    progress::{Reader, paper, reading, words, year_words},
    text,
    text::Text,
};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    audience::Destination,
    office::Office,
    progress::{Period, YearMonth},
    setting::Language,
};
use serenity::all::{ButtonStyle, CreateActionRow, CreateButton};
use std::sync::Arc;
use storage::{outbox::Claimed, report::Report};

/// Draws a month or a year at a destination.
///
/// # Errors
/// Storage failed.
pub(super) async fn draw(app: &App, office: &Office, claimed: &Claimed) -> storage::Result<Drawn> {
    let Some(period) = claimed.subject.period() else {
        return Ok(Drawn::Nothing);
    };
    let id = office.id;
    let found = app
        .store
        .read(move |connection| Box::pin(storage::report::find(connection, id, period)))
        .await?;
    let Some(report) = found else {
        return Ok(Drawn::Nothing);
    };
    let now = app.clock.now();
    let today = now.with_timezone(&office.settings.time_zone).date_naive();
    if claimed.destination == Destination::Progress && report.posted_at.is_none() {
        // The posting was taken back.
        return Ok(Drawn::Nothing);
    }
    let post = match (period, claimed.destination) {
        (Period::Month(month), Destination::Desk) => {
            preview(app, office, month, (today, now), &report, &claimed.mark).await?
        }
        (Period::Month(month), Destination::Progress) => {
            posted_month(app, office, month, (today, now), &report, &claimed.mark).await?
        }
        (Period::Year(year), Destination::Progress) => {
            let everybody = Reader::everybody();
            let language = office.settings.locale;
            let year = reading::year(app, office, (year, language), today, everybody).await?;
            let frame = year_words::frame(&year, language);
            let title = year_words::title(&year, language);
            let files = made(paper::year(Arc::new(year), now).await);
            Post {
                embeds: vec![frame.draw()],
                files,
                ..blank(office, &report, title, &claimed.mark)
            }
        }
        // They are wanted nowhere else.
        _ => return Ok(Drawn::Nothing),
    };
    Ok(Drawn::Post(Box::new(post)))
}

async fn posted_month(
    app: &App,
    office: &Office,
    month: YearMonth,
    (today, now): (NaiveDate, DateTime<Utc>),
    report: &Report,
    mark: &str,
) -> storage::Result<Post> {
    let language = office.settings.locale;
    let everybody = Reader::everybody();
    let month = reading::month(app, office, (month, language), today, everybody).await?;
    let frame = words::frame(&month, language);
    let title = words::title(&month, language);
    let files = made(paper::month(Arc::new(month), now).await);
    Ok(Post {
        embeds: vec![frame.draw()],
        files,
        ..blank(office, report, title, mark)
    })
}

/// The month at the desk: what goes out, when, and the buttons that hold it or post it at once. Once it is
/// posted the post stands for it.
async fn preview(
    app: &App,
    office: &Office,
    month: YearMonth,
    (today, now): (NaiveDate, DateTime<Utc>),
    report: &Report,
    mark: &str,
) -> storage::Result<Post> {
    let language = office.settings.locale;
    let everybody = Reader::everybody();
    let told = reading::month(app, office, (month, language), today, everybody).await?;
    let frame = words::frame(&told, language);
    let title = text!("month-preview-title", title = words::title(&told, language));
    let title = title.say(language);
    let state = state(office, month, report, now).say(language);
    let words = super::frame::Frame::titled(title.clone()).words(state);
    let shown = Post {
        embeds: vec![words.draw()],
        ..blank(office, report, title, mark)
    };
    if report.posted_at.is_some() {
        return Ok(shown);
    }
    let mut embeds = shown.embeds.clone();
    embeds.push(frame.draw());
    Ok(Post {
        embeds,
        files: made(paper::month(Arc::new(told), now).await),
        rows: vec![desk_row(month, report.held, mark, language)],
        ..shown
    })
}

/// What becomes of a month that the desk is shown.
fn state(office: &Office, month: YearMonth, report: &Report, now: DateTime<Utc>) -> Text {
    if let Some(at) = report.posted_at {
        let at = super::moment(at, office, office.settings.locale);
        return text!("month-preview-posted", moment = at);
    }
    if Destination::Progress.channel(office).is_none() {
        return Text::new("month-preview-unbound");
    }
    if report.held {
        return Text::new("month-preview-held");
    }
    match occurrence::month::planned(office, month, now) {
        Some(moment) => text!(
            "month-preview-planned",
            moment = crate::memo::when::moment(moment, office.settings.locale)
        ),
        None => Text::new("month-preview-passed"),
    }
}

fn desk_row(month: YearMonth, held: bool, mark: &str, language: Language) -> CreateActionRow {
    let (wait, label) = if held {
        (Press::Release(month), "button-report-release")
    } else {
        (Press::Hold(month), "button-report-hold")
    };
    let button = |id: String, label: &str, style| {
        CreateButton::new(id)
            .label(Text::new(label).say(language))
            .style(style)
    };
    let period = Period::Month(month);
    CreateActionRow::Buttons(vec![
        button(
            Action::Report(wait).marked(mark),
            label,
            ButtonStyle::Primary,
        ),
        button(
            Action::Report(Press::Post(period)).custom_id(),
            "button-report-post",
            ButtonStyle::Secondary,
        ),
        button(
            Action::Report(Press::Show(period)).custom_id(),
            "button-report-show",
            ButtonStyle::Secondary,
        ),
    ])
}

/// A post without content, with the button that shows the period as it is now.
fn blank(office: &Office, report: &Report, title: String, mark: &str) -> Post {
    let language = office.settings.locale;
    let button = CreateButton::new(Action::Report(Press::Show(report.period)).marked(mark))
        .label(Text::new("button-report-show").say(language))
        .style(ButtonStyle::Secondary);
    Post {
        revision: report.revision,
        title,
        tags: Tags::default(),
        embeds: Vec::new(),
        rows: vec![CreateActionRow::Buttons(vec![button])],
        discussion: None,
        files: Vec::new(),
    }
}

/// The files, or none where they could not be made: the words are more than nothing, and whoever runs the
/// bot reads why.
fn made(files: Result<Vec<File>, Error>) -> Vec<File> {
    files.unwrap_or_else(|error| {
        tracing::error!(error = ?error, "a post of progress goes without its files");
        Vec::new()
    })
}
