//! Cards: what stands in channels. Drawn when the outbox sends, from the records as they are then, so
//! that nothing stale or no longer allowed goes out.

pub mod frame;
pub mod issue;
pub mod late;
mod reminder;
pub mod share;
pub mod stoppage;

use crate::App;
use chrono::{DateTime, NaiveDate, Utc};
use domain::{office::Office, setting::Language, text::utf16_len};
use serenity::all::{CreateActionRow, CreateEmbed};
use storage::outbox::{Claimed, SubjectKind};

/// A date as people read it: 令和8年11月20日(金), or 2026-11-20 in English.
#[must_use]
pub fn date(date: NaiveDate, language: Language) -> String {
    match language {
        Language::Ja => domain::era::format_date(date),
        Language::En => date.to_string(),
    }
}

/// A moment as the office's clock shows it: 令和8年11月20日(金) 10:00.
#[must_use]
pub fn moment(at: DateTime<Utc>, office: &Office, language: Language) -> String {
    let at = at.with_timezone(&office.settings.time_zone);
    format!("{} {}", date(at.date_naive(), language), at.format("%H:%M"))
}

/// The last lines that fit together; earlier ones give way.
#[must_use]
pub fn fitting(lines: &[String], units_max: usize) -> String {
    let mut first = 0;
    while first < lines.len() && utf16_len(&lines[first..].join("\n")) > units_max {
        first += 1;
    }
    lines[first..].join("\n")
}

/// What should stand at a destination now.
#[derive(Debug)]
pub enum Drawn {
    /// This post.
    Post(Box<Post>),
    /// Nothing (any more).
    Nothing,
}

/// A post, whole; an edit sends all of it again.
#[derive(Debug)]
pub struct Post {
    /// The revision of the subject that was drawn.
    pub revision: i64,
    /// Title of a forum post, 1 to 100 characters; it stands inside the channel only.
    pub title: String,
    /// Names of forum tags that fit, in order of weight; those the forum has are applied.
    pub tags: Vec<String>,
    /// Framed content.
    pub embeds: Vec<CreateEmbed>,
    /// Buttons; one of them carries the mark of the outbox row.
    pub rows: Vec<CreateActionRow>,
}

/// Draws what a claimed outbox row asks for. Whether its destination is bound, and safe, is not asked
/// here: the worker proves that right before it sends.
///
/// # Errors
/// Storage failed; the row stays claimed and is tried again.
pub async fn draw(app: &App, office: &Office, claimed: &Claimed) -> storage::Result<Drawn> {
    match claimed.subject.kind {
        SubjectKind::Issue => issue::draw(app, office, claimed).await,
        SubjectKind::Stoppage => stoppage::draw(app, office, claimed).await,
        SubjectKind::Reminder => reminder::draw(app, office, claimed).await,
        // A session has no card: people are answered, and nothing wants it anywhere.
        SubjectKind::Session => Ok(Drawn::Nothing),
        // The desk asks for them; nothing wants them in a channel.
        SubjectKind::Matching | SubjectKind::KeyPerson => Ok(Drawn::Nothing),
    }
}

/// A destination as a text, with the association's name where it has one.
#[must_use]
pub fn place_word(
    office: &Office,
    destination: domain::audience::Destination,
) -> crate::text::Text {
    use crate::text::Text;
    use domain::audience::Destination;
    let named = |key: &str, id| {
        let name = office
            .association(id)
            .map(|a| a.name.clone())
            .unwrap_or_default();
        Text::new(key).with("association", domain::text::escape_markdown(&name))
    };
    match destination {
        Destination::Tier1(id) => named("place-tier1", id),
        Destination::Feedback(id) => named("place-feedback", id),
        Destination::Tier2(_) => Text::new("place-tier2"),
        Destination::Desk => Text::new("place-desk"),
        Destination::Tier3 => Text::new("place-tier3"),
        Destination::Progress => Text::new("place-progress"),
        Destination::Notice => Text::new("place-notice"),
    }
}
