//! Cards of feeds at the desk: a draft that waits to be taken in or dismissed, and a feed that cannot be
//! read. Both go when there is nothing to do any more.

use super::{Drawn, Post, Tags, date, frame::Frame, moment};
use crate::{
    App,
    custom_id::{self, Action},
    text,
    text::Text,
};
use domain::{
    audience::Destination,
    feed::Feed,
    id::{FeedId, NoticeId},
    notice::Notice,
    office::Office,
    text::escape_markdown,
};
use serenity::all::{ButtonStyle, CreateActionRow, CreateButton};
use storage::outbox::Claimed;

/// The colour of what waits for the desk.
const COLOUR_DRAFT: u32 = 0x31_82CE;
/// The colour of trouble.
const COLOUR_TROUBLE: u32 = 0xD6_9E2E;

/// Draws a draft at the desk; nothing once somebody has decided, and nothing anywhere else.
pub(super) async fn draw_draft(
    app: &App,
    office: &Office,
    claimed: &Claimed,
) -> storage::Result<Drawn> {
    let (id, notice) = (office.id, NoticeId(claimed.subject.id));
    let (notice, feed) = app
        .store
        .read(move |connection| {
            Box::pin(async move {
                let found = storage::notice::find(connection, id, notice).await?;
                let feed = storage::feed::of_notice(connection, id, notice).await?;
                Ok((found, feed))
            })
        })
        .await?;
    Ok(notice
        .filter(|notice| notice.draft && !notice.retracted)
        .filter(|_| claimed.destination == Destination::Desk)
        .map_or(Drawn::Nothing, |notice| {
            Drawn::Post(Box::new(draft(
                office,
                &notice,
                feed.as_ref(),
                &claimed.mark,
            )))
        }))
}

fn draft(office: &Office, notice: &Notice, feed: Option<&Feed>, mark: &str) -> Post {
    let language = office.settings.locale;
    let say = |key: &str| Text::new(key).say(language);
    let title = text!("feed-card-title", number = notice.id.0).say(language);
    let unknown = || say("feed-card-no-date");
    let day = notice.date.map_or_else(unknown, |day| date(day, language));
    let frame = Frame::titled(title.clone())
        .colour(COLOUR_DRAFT)
        .words(escape_markdown(&notice.title))
        .field(say("field-feed-date"), day, true)
        .field(
            say("field-feed-scopes"),
            escape_markdown(&notice.scopes.join("、")),
            true,
        )
        .field(
            say("field-feed-from"),
            feed.map_or_else(String::new, |feed| escape_markdown(&feed.title)),
            true,
        )
        // Angle brackets keep Discord from drawing the page as a preview.
        .field(
            say("field-feed-link"),
            notice
                .link
                .as_ref()
                .map_or_else(|| say("feed-card-no-link"), |link| format!("<{link}>")),
            false,
        )
        .footer(say("feed-card-next"));
    let button = |key: &str, press: custom_id::Feed, style| {
        CreateButton::new(Action::Feed(press).marked(mark))
            .label(say(key))
            .style(style)
    };
    let take = custom_id::Feed::Take(notice.id);
    let dismiss = custom_id::Feed::Dismiss(notice.id);
    Post {
        revision: notice.revision,
        title,
        tags: Tags::default(),
        discussion: None,
        files: Vec::new(),
        embeds: vec![frame.draw()],
        rows: vec![CreateActionRow::Buttons(vec![
            button("button-feed-take", take, ButtonStyle::Primary),
            button("button-feed-dismiss", dismiss, ButtonStyle::Secondary),
        ])],
    }
}

/// Draws a feed that cannot be read, at the desk; nothing when it can again, or nobody watches it.
pub(super) async fn draw(app: &App, office: &Office, claimed: &Claimed) -> storage::Result<Drawn> {
    let (id, feed) = (office.id, FeedId(claimed.subject.id));
    let found = app
        .store
        .read(move |connection| Box::pin(storage::feed::find(connection, id, feed)))
        .await?;
    Ok(found
        .filter(|feed| feed.watched && feed.told)
        .filter(|_| claimed.destination == Destination::Desk)
        .map_or(Drawn::Nothing, |feed| {
            Drawn::Post(Box::new(trouble(office, &feed, &claimed.mark)))
        }))
}

fn trouble(office: &Office, feed: &Feed, mark: &str) -> Post {
    let language = office.settings.locale;
    let say = |key: &str| Text::new(key).say(language);
    let title = text!("subject-feed", number = feed.id.0).say(language);
    let code = feed.fault.map_or("form", domain::feed::Fault::code);
    let never = || say("feed-card-never");
    let read = feed
        .read_at
        .map_or_else(never, |at| moment(at, office, language));
    let words = text!(
        "feed-card-trouble",
        title = escape_markdown(&feed.title),
        failures = feed.failures,
        why = Text::new(format!("feed-fault-{code}")),
    );
    let frame = Frame::titled(title.clone())
        .colour(COLOUR_TROUBLE)
        .words(words.say(language))
        .field(say("field-feed-read"), read, true)
        .field(
            say("field-feed-next"),
            moment(feed.next_at, office, language),
            true,
        )
        .footer(say("feed-card-trouble-next"));
    let stop = custom_id::Feed::Stop(feed.id);
    let stop = CreateButton::new(Action::Feed(stop).marked(mark))
        .label(say("button-feed-stop"))
        .style(ButtonStyle::Secondary);
    Post {
        revision: feed.revision,
        title,
        tags: Tags::default(),
        discussion: None,
        files: Vec::new(),
        embeds: vec![frame.draw()],
        rows: vec![CreateActionRow::Buttons(vec![stop])],
    }
}
