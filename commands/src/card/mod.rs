//! Cards: what stands in channels. Drawn when the outbox sends, from the records as they are then, so
//! that nothing stale or no longer allowed goes out.

mod bulletin;
mod council;
mod digest;
pub mod event;
mod feed;
pub(crate) mod feedback;
pub mod frame;
mod handover;
pub(crate) mod import;
pub mod issue;
mod keeping;
pub mod late;
mod memo;
pub(crate) mod project;
mod reminder;
mod report;
mod session;
pub mod share;
pub mod stoppage;
pub mod tag;

pub use tag::Tags;

use crate::{App, answer::File, text::Text};
use chrono::{DateTime, Datelike, NaiveDate, Utc};
use domain::{
    era::{FiscalYear, format_month},
    office::Office,
    setting::Language,
    text::utf16_len,
};
use serenity::all::{CreateActionRow, CreateButton, CreateEmbed};
use std::borrow::Cow;
use storage::outbox::{Claimed, SubjectKind};

/// Most buttons in a row (Discord, components/reference).
const BUTTONS_OF_ROW_MAX: usize = 5;
/// Most rows below a message (Discord, components/reference).
const ROWS_MAX: usize = 5;

/// A date as people read it: 令和8年11月20日(金), or 2026-11-20 in English.
#[must_use]
pub fn date(date: NaiveDate, language: Language) -> String {
    match language {
        Language::Ja => domain::era::format_date(date),
        Language::En => date.to_string(),
    }
}

/// The day above a column that tells how things stood, as cities write it: 令和8年11月 for the last day of a
/// month, else the day without its weekday. It is read as of the same day when the table comes in again.
pub(crate) fn told_day(day: NaiveDate, language: Language) -> String {
    let ends_month = day.succ_opt().is_some_and(|next| next.day() == 1);
    match language {
        Language::Ja if ends_month => format_month(day),
        Language::Ja => {
            let words = date(day, language);
            words.split('(').next().unwrap_or_default().to_owned()
        }
        Language::En => date(day, language),
    }
}

/// A fiscal year as people read it: 令和8年度, or FY2026 in English.
pub(crate) fn year_name(year: FiscalYear, language: Language) -> String {
    match language {
        Language::Ja => year.to_string(),
        Language::En => crate::text!("word-year", year = year.western().to_string()).say(language),
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
#[derive(Clone, Debug)]
pub struct Post {
    /// The revision of the subject that was drawn.
    pub revision: i64,
    /// Title of a forum post, 1 to 100 characters; it stands inside the channel only.
    pub title: String,
    /// The forum tags it carries.
    pub tags: Tags,
    /// Framed content.
    pub embeds: Vec<CreateEmbed>,
    /// Buttons; one of them carries the mark of the outbox row.
    pub rows: Vec<CreateActionRow>,
    /// The button that asks for a thread below it, for text channels: a forum post is a thread. Where
    /// there is none, people have nothing (any more) to talk about, and a thread there is closes.
    pub discussion: Option<CreateButton>,
    /// Files above the frames, at most [`crate::answer::FILES_MAX`]: pictures are shown, others offered.
    /// Frames do not name them, so that a post can do without ([`Post::carried`]).
    pub files: Vec<File>,
}

impl Post {
    /// The post as it goes where the bot may send files, or may not (`attaches`): without them it says so,
    /// and what to do.
    #[must_use]
    pub fn carried(&self, attaches: bool, language: Language) -> Cow<'_, Self> {
        if attaches || self.files.is_empty() {
            return Cow::Borrowed(self);
        }
        let mut without = self.clone();
        without.files.clear();
        let said = Text::new("post-without-files").say(language);
        without.embeds.push(CreateEmbed::new().description(said));
        Cow::Owned(without)
    }

    /// The buttons as they stand in a text channel.
    #[must_use]
    pub fn rows_in_text(&self) -> Vec<CreateActionRow> {
        let mut rows = self.rows.clone();
        let Some(button) = self.discussion.clone() else {
            return rows;
        };
        let room = rows.len() < ROWS_MAX;
        match rows.first_mut() {
            Some(CreateActionRow::Buttons(first)) if first.len() < BUTTONS_OF_ROW_MAX => {
                first.push(button);
            }
            _ if room => rows.push(CreateActionRow::Buttons(vec![button])),
            // What a card has to offer never leaves it no room.
            _ => {}
        }
        rows
    }
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
        SubjectKind::Session => session::draw(app, office, claimed).await,
        // The desk asks for them; nothing wants them in a channel.
        SubjectKind::Matching
        | SubjectKind::KeyPerson
        | SubjectKind::Target
        | SubjectKind::Record
        | SubjectKind::Fund => Ok(Drawn::Nothing),
        SubjectKind::Bulletin => bulletin::draw(app, office, claimed).await,
        SubjectKind::Project => project::draw(app, office, claimed).await,
        // Reminders speak of them.
        SubjectKind::Review
        | SubjectKind::Task
        | SubjectKind::Memo
        | SubjectKind::Rule
        | SubjectKind::Digest
        | SubjectKind::Council
        | SubjectKind::Handover => Ok(Drawn::Nothing),
        SubjectKind::Import => import::draw(app, office, claimed).await,
        // The event itself is planned, and is no post.
        SubjectKind::Event => Ok(Drawn::Nothing),
        SubjectKind::Month | SubjectKind::Yearly => report::draw(app, office, claimed).await,
        SubjectKind::Hand => event::draw(app, office, claimed).await,
        // What the desk has not decided about yet.
        SubjectKind::Notice => feed::draw_draft(app, office, claimed).await,
        SubjectKind::Feed => feed::draw(app, office, claimed).await,
        SubjectKind::Feedback => feedback::draw(app, office, claimed).await,
        SubjectKind::Retention => keeping::retention(app, office, claimed).await,
        SubjectKind::Petition => keeping::petition(app, office, claimed).await,
        SubjectKind::Departure => keeping::departure(app, office, claimed).await,
        SubjectKind::Deletion => keeping::deletion(app, office, claimed).await,
    }
}

/// The name of the thread below a claimed card: number and kind. `None` where there is nothing to talk
/// about.
///
/// # Errors
/// Storage failed.
pub async fn thread_name(
    app: &App,
    office: &Office,
    claimed: &Claimed,
) -> storage::Result<Option<String>> {
    if claimed.subject.kind != SubjectKind::Issue {
        return Ok(None);
    }
    issue::thread_name(app, office, claimed).await
}

/// A destination as a text, with the association's name where it has one.
#[must_use]
pub fn place_word(office: &Office, destination: domain::audience::Destination) -> Text {
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
        Destination::Event => Text::new("place-event"),
    }
}
