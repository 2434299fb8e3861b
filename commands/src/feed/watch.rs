//! `/notice watch` 購読: a feed is read once, at once, so that a wrong address is known before it is kept;
//! then it is watched. Without an address the feeds that are watched are shown.

use super::{Asked, Failure, Fetched, find, list, news, take_in, title_of};
use crate::{
    Context,
    answer::{Answer, Reply},
    card,
    custom_id::{self, Action},
    dispatch::{May, answer},
    error::Error,
    option::clean,
    permission,
    request::Request,
    text,
    text::Text,
};
use domain::{
    audience::Destination,
    feed::{Feed, PER_OFFICE_MAX, Reading, TITLE_UNITS_MAX, URL_UNITS_MAX, next_after_reading},
    id::FeedId,
    notice::scope,
    text::{escape_markdown, one_line},
};
use serenity::all::{ButtonStyle, CreateActionRow, CreateButton};
use std::sync::Arc;
use storage::{Conflict, Subject, Transaction};

/// Longest list of scopes, in UTF-16 units.
const SCOPES_UNITS_MAX: usize = 200;

/// `/notice watch` 購読
#[poise::command(slash_command)]
pub(crate) async fn watch(
    ctx: Context<'_>,
    url: Option<String>,
    scope: Option<String>,
) -> Result<(), Error> {
    answer(ctx, May::Say, async move |request: Request| {
        permission::coordinate(&request)?;
        let Some(url) = url else {
            return Ok(Answer::Say(list::shown(&request, 0).await?));
        };
        let url = clean(&url, URL_UNITS_MAX, "what-feed-url")?;
        let scope = scope.ok_or_else(|| Error::refuse(Text::new("refused-feed-scope")))?;
        let scopes = scope::read(&clean(&scope, SCOPES_UNITS_MAX, "what-feed-scope")?);
        if scopes.is_empty() {
            return Err(Error::refuse(Text::new("refused-feed-scope")));
        }
        begin(&request, url, scopes).await.map(Answer::Say)
    })
    .await
}

/// What became of it inside its transaction.
enum Ended {
    Watched(Box<Feed>, usize, usize),
    Known,
    TooMany,
}

async fn begin(request: &Request, url: String, scopes: Vec<String>) -> Result<Reply, Error> {
    let office = request.office_id();
    let asked = Asked {
        url: url.clone(),
        etag: None,
        last_modified: None,
    };
    let reading = match request.app.feeds.fetch(&asked).await {
        Ok(Fetched::Read(reading)) => Arc::new(reading),
        // Nothing was asked that could be unchanged.
        Ok(Fetched::Unchanged) => Arc::new(Reading::default()),
        Err(Failure { fault, .. }) => {
            let why = Text::new(format!("feed-fault-{}", fault.code()));
            return Err(Error::refuse(text!("refused-feed", why = why)));
        }
    };
    let now = request.app.clock.now();
    let feed = Feed {
        id: FeedId(0),
        revision: 0,
        title: title_of(&reading, &one_line(&host_of(&url), TITLE_UNITS_MAX)),
        url,
        scopes,
        watched: true,
        next_at: next_after_reading(now, reading.ttl_minutes),
        read_at: Some(now),
        failures: 0,
        fault: None,
        told: false,
        etag: reading.etag.clone(),
        last_modified: reading.last_modified.clone(),
        made_by: request.person.user,
        made_at: now,
        changed_at: now,
    };
    let (whole, who) = (Arc::clone(&request.office), request.person.user);
    let ended = request
        .record(move |tx| {
            let (whole, feed, reading) = (Arc::clone(&whole), feed.clone(), Arc::clone(&reading));
            Box::pin(async move {
                let page = storage::feed::list(tx, office, 0, 1).await?;
                if page.total >= PER_OFFICE_MAX {
                    return Ok(Ended::TooMany);
                }
                if storage::feed::watches(tx, office, &feed.url).await? {
                    return Ok(Ended::Known);
                }
                let stored = storage::feed::insert(tx, office, &feed).await?;
                let about = Subject::from(stored.id);
                crate::audit::note(tx, office, Some(about), "feed.watch", who, now, &[]).await?;
                let fresh = news(tx, (office, stored.id), &reading, true).await?;
                take_in(tx, &whole, &stored, &fresh, now).await?;
                let (taken, over) = (fresh.taken.len(), fresh.passed_over.len());
                Ok(Ended::Watched(Box::new(stored), taken, over))
            })
        })
        .await?;
    match ended {
        Ended::Watched(feed, taken, over) => Ok(begun(request, &feed, taken, over)),
        Ended::Known => Err(Error::refuse_with(
            Text::new("refused-feed-known"),
            vec![CreateActionRow::Buttons(vec![list_button(request)])],
        )),
        Ended::TooMany => Err(Error::refuse_with(
            text!("refused-feed-too-many", limit = PER_OFFICE_MAX),
            vec![CreateActionRow::Buttons(vec![list_button(request)])],
        )),
    }
}

/// The host of an address: what a feed without a title is called. Keys of an address are not shown in lists.
pub(super) fn host_of(url: &str) -> String {
    let behind = url.split_once("://").map_or(url, |(_, behind)| behind);
    let host = behind.split(['/', '?', '#']).next().unwrap_or_default();
    host.to_owned()
}

fn begun(request: &Request, feed: &Feed, taken: usize, over: usize) -> Reply {
    let mut lines = vec![request.say(&text!(
        "feed-begun",
        number = feed.id.0,
        title = escape_markdown(&feed.title),
        scopes = escape_markdown(&feed.scopes.join("、")),
    ))];
    lines.push(request.say(&match (taken, over) {
        (0, _) => Text::new("feed-begun-empty"),
        (_, 0) => text!("feed-begun-taken", taken = taken),
        _ => text!("feed-begun-passed", taken = taken, over = over),
    }));
    let next = card::moment(feed.next_at, &request.office, request.language);
    lines.push(request.say(&text!("feed-begun-next", next = next)));
    let reply = Reply {
        content: lines.join("\n"),
        ..Reply::default()
    };
    let stop = button(request, "button-feed-stop", custom_id::Feed::Stop(feed.id));
    reply.row(CreateActionRow::Buttons(vec![stop, list_button(request)]))
}

fn button(request: &Request, key: &str, press: custom_id::Feed) -> CreateButton {
    CreateButton::new(Action::Feed(press).custom_id())
        .label(request.say(&Text::new(key)))
        .style(ButtonStyle::Secondary)
}

fn list_button(request: &Request) -> CreateButton {
    button(request, "button-feed-list", custom_id::Feed::List(0))
}

/// A feed is watched no longer; what it brought stays.
pub(super) async fn stop(request: &Request, id: FeedId) -> Result<Answer, Error> {
    turn(request, id, false).await
}

/// A feed is watched again.
pub(super) async fn resume(request: &Request, id: FeedId) -> Result<Answer, Error> {
    turn(request, id, true).await
}

async fn turn(request: &Request, id: FeedId, watched: bool) -> Result<Answer, Error> {
    let feed = find(request, id).await?;
    let said = |key: &str| text!(key, title = escape_markdown(&feed.title));
    if feed.watched == watched {
        let key = if watched {
            "refused-feed-watched"
        } else {
            "refused-feed-stopped"
        };
        return Err(Error::refuse(said(key)));
    }
    let (office, who, now) = (request.office_id(), request.person.user, request.now);
    let before = feed.clone();
    let ended = request
        .record(move |tx| {
            let before = before.clone();
            Box::pin(async move { set(tx, office, &before, watched, (who, now)).await })
        })
        .await?;
    if !ended {
        return Err(Error::refuse_with(
            text!("refused-feed-too-many", limit = PER_OFFICE_MAX),
            vec![CreateActionRow::Buttons(vec![list_button(request)])],
        ));
    }
    let (key, undo) = if watched {
        (
            "feed-resumed",
            button(request, "button-feed-stop", custom_id::Feed::Stop(id)),
        )
    } else {
        (
            "feed-stopped",
            button(request, "button-feed-resume", custom_id::Feed::Resume(id)),
        )
    };
    let reply = Reply::of(&said(key), request.language)
        .row(CreateActionRow::Buttons(vec![undo, list_button(request)]));
    Ok(if watched {
        Answer::Replace(reply)
    } else {
        Answer::Say(reply)
    })
}

async fn set(
    tx: &mut Transaction,
    office: domain::id::OfficeId,
    before: &Feed,
    watched: bool,
    (who, now): (domain::id::UserId, chrono::DateTime<chrono::Utc>),
) -> storage::Result<bool> {
    if watched {
        let page = storage::feed::list(tx, office, 0, 1).await?;
        let again = storage::feed::watches(tx, office, &before.url).await?;
        if page.total >= PER_OFFICE_MAX || again {
            return Ok(false);
        }
    }
    let stored = match storage::feed::set_watched(tx, office, before, watched, now).await {
        Err(storage::Error::Conflict(Conflict::NameTaken)) => return Ok(false),
        stored => stored?,
    };
    let about = Subject::from(stored.id);
    let act = if watched { "feed.resume" } else { "feed.stop" };
    crate::audit::note(tx, office, Some(about), act, who, now, &[]).await?;
    if before.told {
        // Its card at the desk has no point any more.
        storage::outbox::want(tx, office, about, Destination::Desk, stored.revision, now).await?;
    }
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::host_of;

    #[test]
    fn a_feed_without_a_title_is_called_by_its_host() {
        for (url, host) in [
            ("https://pref.example.jp/rss.xml?key=1", "pref.example.jp"),
            ("https://pref.example.jp", "pref.example.jp"),
            ("https://pref.example.jp?a", "pref.example.jp"),
        ] {
            assert_eq!(host_of(url), host);
        }
    }
}
