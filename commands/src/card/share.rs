//! The card of a share: what an audience was told of an issue, and nothing else of it.

use super::{
    frame::Frame,
    issue::{colour, kind_word, quoted, source_names, status_word},
};
use crate::{text, text::Text};
use domain::{office::Office, setting::Language, visibility::SharedIssue};

/// A share, framed: number, kind, tier, status, the shared wording; who raised it only where the
/// disclosure names that.
#[must_use]
pub fn frame(office: &Office, shared: &SharedIssue, language: Language) -> Frame {
    let title = text!(
        "card-title",
        number = shared.id.0,
        kind = kind_word(shared.kind),
        tier = Text::new(format!("word-tier-{}", shared.tier.number())),
    );
    let say = |key: &str| Text::new(key).say(language);
    let status = status_word(shared.status, shared.later_year, office);
    let frame = Frame::titled(title.say(language))
        .colour(colour(shared.tier))
        .words(quoted(&shared.wording))
        .field(say("field-status"), status.say(language), true);
    match shared
        .source
        .and_then(|(association, profession)| source_names(office, association, profession))
    {
        Some(names) => frame.field(say("field-source"), names, true),
        None => frame,
    }
}
