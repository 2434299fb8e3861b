//! The feeds an office watches, with how each stands and a button to stop it.

use crate::{
    answer::{Answer, Reply},
    card::{
        self,
        frame::{Frame, cut},
    },
    custom_id::{self, Action},
    error::Error,
    page, permission,
    request::Request,
    text,
    text::Text,
};
use domain::{feed::Feed, text::escape_markdown};
use serenity::all::{ButtonStyle, CreateActionRow, CreateButton};

/// Feeds a page: each has a button, and a row holds five.
const PAGE: i64 = 5;
/// UTF-16 units of a line, so that all lines of a page fit an embed's description.
const LINE_UNITS_MAX: usize = 780;

/// A page button was pressed. Rights are asked anew: roles may have changed.
pub(super) async fn turn(request: &Request, number: i64) -> Result<Answer, Error> {
    Ok(Answer::Replace(shown(request, number).await?))
}

/// A page of the list.
///
/// # Errors
/// Refused for everybody but coordinators.
pub(super) async fn shown(request: &Request, number: i64) -> Result<Reply, Error> {
    permission::coordinate(request)?;
    let (found, at) = page::read(
        number,
        PAGE,
        |number| read(request, number),
        |found| found.total,
    )
    .await?;
    if found.total == 0 {
        return Ok(Reply::of(&Text::new("feed-list-empty"), request.language));
    }
    let lines: Vec<String> = found.items.iter().map(|feed| line(request, feed)).collect();
    let title = request.say(&text!("feed-list-title", total = found.total));
    let footer = at.footer(request, &Text::new("feed-list-next"));
    let frame = Frame::titled(title).words(lines.join("\n")).footer(footer);
    let stops = found.items.iter().map(|feed| {
        CreateButton::new(Action::Feed(custom_id::Feed::Stop(feed.id)).custom_id())
            .label(request.say(&text!("button-feed-stop-number", number = feed.id.0)))
            .style(ButtonStyle::Secondary)
    });
    let reply = Reply::default()
        .embed(frame.draw())
        .row(CreateActionRow::Buttons(stops.collect()));
    Ok(at.turned(request, reply, |page| {
        Action::Feed(custom_id::Feed::List(page))
    }))
}

async fn read(request: &Request, number: i64) -> Result<storage::feed::Page, Error> {
    let office = request.office_id();
    let offset = number.saturating_mul(PAGE);
    let found = request
        .app
        .store
        .read(move |connection| Box::pin(storage::feed::list(connection, office, offset, PAGE)))
        .await?;
    Ok(found)
}

fn line(request: &Request, feed: &Feed) -> String {
    let stands = match feed.fault {
        None => text!(
            "feed-stands-well",
            read = feed.read_at.map_or_else(String::new, |at| {
                card::moment(at, &request.office, request.language)
            })
        ),
        Some(fault) => text!(
            "feed-stands-badly",
            failures = feed.failures,
            why = Text::new(format!("feed-fault-{}", fault.code())),
        ),
    };
    let line = text!(
        "feed-list-line",
        number = feed.id.0,
        title = escape_markdown(&feed.title),
        host = escape_markdown(&super::watch::host_of(&feed.url)),
        scopes = escape_markdown(&feed.scopes.join("、")),
        stands = stands,
        next = card::moment(feed.next_at, &request.office, request.language),
    );
    cut(&request.say(&line), LINE_UNITS_MAX)
}
