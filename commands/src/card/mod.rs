//! Cards: what stands in channels. Drawn when the outbox sends, from the records as they are then, so
//! that nothing stale or no longer allowed goes out.

pub mod issue;

use crate::App;
use domain::office::Office;
use serenity::all::{CreateActionRow, CreateEmbed};
use storage::outbox::{Claimed, SubjectKind};

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
    }
}
