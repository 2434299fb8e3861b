//! The card of a session (連携の場): told where its people read, from its planning to its end. It names of
//! what is to be talked about only what is read there.

use super::{Drawn, Post, Tags, frame::Frame, issue::colour};
use crate::{
    App,
    custom_id::{Action, Session as Button},
    occurrence::session::readable,
    option::joined,
    session::{told::today, word},
    text,
    text::Text,
};
use domain::{
    id::{IssueId, SessionId},
    office::Office,
    session::{Session, State},
    setting::Language,
    text::escape_markdown,
};
use serenity::all::{ButtonStyle, CreateActionRow, CreateButton};
use storage::outbox::Claimed;

/// The colour of what does not take place.
const CANCELLED: u32 = 0x71_8096;
/// UTF-16 units of the numbers of what is to be talked about.
const AGENDA_UNITS_MAX: usize = 900;

/// Draws a session at a destination; nothing where nobody is (any more) told of it.
pub(super) async fn draw(app: &App, office: &Office, claimed: &Claimed) -> storage::Result<Drawn> {
    let (id, session) = (office.id, SessionId(claimed.subject.id));
    let destination = claimed.destination;
    let set_up = office.clone();
    let found = app
        .store
        .read(move |connection| {
            let set_up = set_up.clone();
            Box::pin(async move {
                let Some(found) = storage::session::find(connection, id, session).await? else {
                    return Ok(None);
                };
                let agenda = readable(connection, &set_up, &found, destination).await?;
                Ok(Some((found, agenda)))
            })
        })
        .await?;
    let told = found.filter(|(session, _)| {
        let is_told = session.was_planned() && !session.retracted;
        // What has passed, or was cancelled, before anybody was told of it, is no news.
        let is_news = claimed.post.is_some()
            || claimed.sent > 0
            || session.is_ahead(today(office, app.clock.now()));
        is_told && is_news && session.destinations(office).contains(&destination)
    });
    Ok(match told {
        Some((session, agenda)) => {
            Drawn::Post(Box::new(post(office, &session, &agenda, &claimed.mark)))
        }
        None => Drawn::Nothing,
    })
}

fn post(office: &Office, session: &Session, agenda: &[IssueId], mark: &str) -> Post {
    let language = office.settings.locale;
    let is_cancelled = session.state == State::Cancelled;
    let name = word::plain_name(session, language);
    let title = if is_cancelled {
        text!("session-post-cancelled", name = name).say(language)
    } else {
        name
    };
    let button = CreateButton::new(Action::Session(Button::Show(session.id)).marked(mark))
        .label(Text::new("button-session-show").say(language))
        .style(ButtonStyle::Secondary);
    Post {
        revision: session.revision,
        title,
        tags: Tags::default(),
        discussion: None,
        files: Vec::new(),
        embeds: vec![frame(office, session, agenda, language).draw()],
        rows: vec![CreateActionRow::Buttons(vec![button])],
    }
}

fn frame(office: &Office, session: &Session, agenda: &[IssueId], language: Language) -> Frame {
    let say = |key: &str| Text::new(key).say(language);
    let words = |words: &Option<String>| words.as_deref().map(escape_markdown).unwrap_or_default();
    let purpose = session
        .purpose
        .map(|purpose| say(&format!("word-session-purpose-{}", purpose.code())));
    let numbers = agenda.iter().map(|issue| format!("#{issue}"));
    let bar = match session.state {
        State::Cancelled => CANCELLED,
        State::Draft | State::Planned | State::Held => colour(session.tier),
    };
    Frame::titled(word::heading(session, language))
        .colour(bar)
        .words(word::standing(session, language))
        .field(
            say("field-status"),
            say(&format!("word-session-state-{}", session.state.code())),
            true,
        )
        .field(
            say("field-session-kind"),
            say(&format!("word-session-kind-{}", session.kind.code())),
            true,
        )
        .field(
            say("field-session-purpose"),
            purpose.unwrap_or_default(),
            true,
        )
        .field(say("field-session-place"), words(&session.place), true)
        .field(
            say("field-session-associations"),
            word::associations(office, session, language),
            false,
        )
        .field(say("field-session-method"), words(&session.method), false)
        .field(
            say("field-session-agenda"),
            joined(numbers, language, AGENDA_UNITS_MAX),
            false,
        )
        .footer(text!("session-card-footer", number = session.id.0).say(language))
}
