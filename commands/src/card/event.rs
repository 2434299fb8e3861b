//! The event of a session in the server's own list, and what the desk is told when somebody changes it
//! there by hand.
//!
//! Every member of the server reads an event, so it says nothing but what is public of a session of
//! tier 3: what it is called, when, where, who holds it with whom. What it is to talk about is not in
//! it. Its last line is the mark of its outbox row, by which it is found again after doubt.

use super::{Drawn, Post, Tags, frame::Frame, moment};
use crate::{
    App,
    custom_id::{self, Action},
    session::word,
    text,
    text::Text,
};
use domain::{
    event::{
        Course, DESCRIPTION_UNITS_MAX, Hand, NAME_UNITS_MAX, PLACE_UNITS_MAX, Part, Span, course,
    },
    id::SessionId,
    office::Office,
    session::Session,
    setting::Language,
    text::{one_line, utf16_len},
};
use serenity::all::{ButtonStyle, CreateActionRow, CreateButton};
use storage::{event::Noticed, outbox::Claimed};

/// Longest list of associations in a description, in UTF-16 units.
const ASSOCIATIONS_UNITS_MAX: usize = 600;
/// The bar of what a person has to decide, and of what is settled.
const OPEN: u32 = 0xC0_7F_1B;
const OVER: u32 = 0x2E_8B57;

/// An event as it is to stand in the server's list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// The revision that was drawn.
    pub revision: i64,
    /// What it is called; plain text, at most [`NAME_UNITS_MAX`].
    pub name: String,
    /// What is said of it, at most [`DESCRIPTION_UNITS_MAX`]; ends with the mark.
    pub description: String,
    /// Where; plain text, at most [`PLACE_UNITS_MAX`], never empty.
    pub place: String,
    /// When.
    pub span: Span,
}

/// What is to become of the event of a session, drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Plan {
    /// It stands like this.
    Stand(Box<Event>),
    /// It was held, or its time is over; as of a revision, like the next three.
    Complete(i64),
    /// It was called off.
    Cancel(i64),
    /// Nothing of it stands there.
    Remove(i64),
    /// Somebody has deleted it, and nobody has asked for it again.
    Leave(i64),
    /// Nothing of it stands there, whatever was wanted: the session is no more, and has no revisions.
    Forget,
}

/// Draws the event of a session as the records are now.
///
/// # Errors
/// Storage failed.
pub async fn plan(
    app: &App,
    office: &Office,
    session: SessionId,
    mark: &str,
) -> storage::Result<Plan> {
    let id = office.id;
    let (found, kept) = app
        .store
        .read(move |connection| {
            Box::pin(async move {
                let found = storage::session::find(connection, id, session).await?;
                let kept = storage::event::find(connection, id, session).await?;
                Ok((found, kept))
            })
        })
        .await?;
    let (Some(session), Some(kept)) = (found, kept) else {
        return Ok(Plan::Forget);
    };
    let settings = &office.settings;
    let wanted = course(
        &session,
        settings.session_event,
        settings.time_zone,
        app.clock.now(),
    );
    let deleted = kept.noticed.is_some_and(|it| it.hand == Hand::Deleted);
    Ok(match wanted {
        Course::Stand(_) if deleted => Plan::Leave(kept.revision),
        Course::Stand(span) => {
            Plan::Stand(Box::new(event(office, &session, span, kept.revision, mark)))
        }
        Course::Complete => Plan::Complete(kept.revision),
        Course::Cancel => Plan::Cancel(kept.revision),
        Course::Remove => Plan::Remove(kept.revision),
    })
}

fn event(office: &Office, session: &Session, span: Span, revision: i64, mark: &str) -> Event {
    let language = office.settings.locale;
    let unsettled = || Text::new("event-place-unsettled").say(language);
    Event {
        revision,
        name: one_line(&word::plain_name(session, language), NAME_UNITS_MAX),
        description: description(office, session, mark),
        place: session
            .place
            .as_deref()
            .map_or_else(unsettled, |place| one_line(place, PLACE_UNITS_MAX)),
        span,
    }
}

/// What is said of a session to everybody.
fn description(office: &Office, session: &Session, mark: &str) -> String {
    let language = office.settings.locale;
    let mut lines = vec![
        text!(
            "event-what",
            kind = Text::new(format!("word-session-kind-{}", session.kind.code())),
            role = Text::new(format!("word-session-role-{}", session.role.code())),
        )
        .say(language),
    ];
    let associations = word::associations(office, session, language);
    if !associations.is_empty() {
        let names = one_line(&associations, ASSOCIATIONS_UNITS_MAX);
        lines.push(text!("event-associations", names = names).say(language));
    }
    match (session.start, session.end) {
        (None, _) => lines.push(Text::new("event-time-unsettled").say(language)),
        (Some(_), None) => lines.push(Text::new("event-end-unsettled").say(language)),
        (Some(_), Some(_)) => {}
    }
    lines.push(text!("event-more", number = session.id.0).say(language));
    lines.push(text!("event-mark", mark = mark).say(language));
    let description = lines.join("\n");
    debug_assert!(utf16_len(&description) <= DESCRIPTION_UNITS_MAX);
    description
}

/// Draws what the desk is told of an event; nothing while there is nothing to tell.
pub(super) async fn draw(app: &App, office: &Office, claimed: &Claimed) -> storage::Result<Drawn> {
    let (id, number) = (office.id, SessionId(claimed.subject.id));
    let (found, kept) = app
        .store
        .read(move |connection| {
            Box::pin(async move {
                let found = storage::session::find(connection, id, number).await?;
                let kept = storage::event::find(connection, id, number).await?;
                Ok((found, kept))
            })
        })
        .await?;
    let (Some(session), Some(kept)) = (found, kept) else {
        return Ok(Drawn::Nothing);
    };
    // Settled before anybody was told.
    if kept.noticed.is_none() && claimed.post.is_none() {
        return Ok(Drawn::Nothing);
    }
    let language = office.settings.locale;
    let frame = match &kept.noticed {
        Some(noticed) => told(office, &session, noticed, language),
        None => Frame::titled(title("event-settled-title", &session, language))
            .colour(OVER)
            .words(Text::new("event-settled").say(language)),
    };
    let rows = kept.noticed.as_ref().map(|noticed| {
        let right = custom_id::Event::Right(session.id);
        let button = CreateButton::new(Action::Event(right).marked(&claimed.mark))
            .label(Text::new(format!("button-event-right-{}", noticed.hand.code())).say(language))
            .style(ButtonStyle::Primary);
        CreateActionRow::Buttons(vec![button])
    });
    // The card carries its mark even when there is nothing left to decide.
    let rows = rows.unwrap_or_else(|| {
        let show = custom_id::Event::Show(session.id);
        let button = CreateButton::new(Action::Event(show).marked(&claimed.mark))
            .label(Text::new("button-event-now").say(language))
            .style(ButtonStyle::Secondary);
        CreateActionRow::Buttons(vec![button])
    });
    Ok(Drawn::Post(Box::new(Post {
        revision: kept.told,
        title: title(
            if kept.noticed.is_some() {
                "event-noticed-title"
            } else {
                "event-settled-title"
            },
            &session,
            language,
        ),
        tags: Tags::default(),
        discussion: None,
        files: Vec::new(),
        embeds: vec![frame.draw()],
        rows: vec![rows],
    })))
}

fn title(key: &str, session: &Session, language: Language) -> String {
    text!(key, number = session.id.0).say(language)
}

/// From when to when an event is in Discord.
pub(crate) fn span(office: &Office, span: Span, language: Language) -> String {
    text!(
        "event-span",
        start = moment(span.start, office, language),
        end = moment(span.end, office, language),
    )
    .say(language)
}

/// What was done to an event, what the session says, and what can be done about it.
fn told(office: &Office, session: &Session, noticed: &Noticed, language: Language) -> Frame {
    let say = |key: &str| Text::new(key).say(language);
    let parts: Vec<String> = noticed
        .parts
        .iter()
        .map(|part| say(&format!("word-event-part-{}", part.code())))
        .collect();
    let seen = noticed.span.filter(|_| noticed.parts.contains(&Part::Time));
    let seen = seen.map(|span| self::span(office, span, language));
    let hand = noticed.hand.code();
    Frame::titled(title("event-noticed-title", session, language))
        .colour(OPEN)
        .words(format!(
            "{}\n{}",
            say(&format!("event-hand-{hand}")),
            word::heading(session, language)
        ))
        .field(
            say("field-event-parts"),
            parts.join(&say("list-separator")),
            false,
        )
        .field(
            say("field-event-planned"),
            word::when(session, language),
            false,
        )
        .field(say("field-event-seen"), seen.unwrap_or_default(), false)
        .field(
            say("field-remedy"),
            text!(format!("event-remedy-{hand}"), number = session.id.0).say(language),
            false,
        )
}
