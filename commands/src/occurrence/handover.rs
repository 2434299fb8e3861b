//! What is due of handing over (引継ぎ): every March the desk is reminded to make the document and to look
//! who still holds which role. It is planned and settled with what else comes by itself ([`super::digest`]).

use super::Press;
use crate::{
    custom_id::{self, Action},
    text::Text,
};
use domain::{handover, schedule::Schedule, setting::Settings};
use serenity::all::ButtonStyle;

/// The office's schedule; the usual one where nobody is reminded, so that the calendar goes on and finds
/// out when that changes.
pub(super) fn schedule(settings: &Settings) -> Schedule {
    let own = settings.handover.clone();
    own.unwrap_or_else(handover::standard)
}

/// The button that makes the document as of now.
pub(super) fn press() -> Press {
    Press {
        action: Action::Round(custom_id::Round::Handover),
        label: Text::new("button-handover"),
        style: ButtonStyle::Primary,
    }
}
