//! How things look: the ground, the inks, and what a state looks like.
//!
//! Colours by Okabe and Ito, which colour-blind people tell apart; fillings and letters say the same without
//! any colour. Against the ground and against what they stand on, letters have a contrast of at least 4.5.

use super::drawing::Paint;
use domain::target::pace::State;

/// The ground of the picture.
pub(super) const GROUND: &str = "#FBFAF7";
/// The rim around it, seen on dark and on light.
pub(super) const RIM: &str = "#8A929C";
/// Words.
pub(super) const INK: &str = "#16191D";
/// Words that step back.
pub(super) const QUIET: &str = "#4B535D";
/// Lines that part.
pub(super) const FAINT: &str = "#C9CED4";
/// The ground of a bar that is not full.
pub(super) const TRACK: &str = "#E6E8EA";
/// White words on dark.
const WHITE: &str = "#FFFFFF";

/// Fillings of states, so that they differ without colour.
pub(super) const PATTERNS: &str = concat!(
    r##"<pattern id="behind" width="16" height="16" patternUnits="userSpaceOnUse">"##,
    r##"<rect width="16" height="16" fill="#E69F00"/>"##,
    r##"<path d="M-4 4L4 -4M0 16L16 0M12 20L20 12" stroke="#F7CD74" stroke-width="4"/></pattern>"##,
    r##"<pattern id="begun" width="12" height="12" patternUnits="userSpaceOnUse">"##,
    r##"<rect width="12" height="12" fill="#FFFFFF"/>"##,
    r##"<circle cx="6" cy="6" r="1.5" fill="#B4BAC1"/></pattern>"##,
);

/// What a state looks like.
#[derive(Clone, Copy)]
pub(super) struct Look {
    pub(super) paint: Paint,
    /// Words upon it.
    pub(super) ink: &'static str,
}

/// The look of a state.
pub(super) fn look(state: State) -> Look {
    let (fill, edge, ink, dashed) = match state {
        State::Reached => ("#005A8F", "#005A8F", WHITE, false),
        State::OnTrack => ("#8CCBF0", "#2B7DB0", INK, false),
        State::Behind => ("url(#behind)", "#8F4A00", INK, false),
        State::NotBegun => ("url(#begun)", "#5A626C", INK, false),
        State::NoGoal => (GROUND, "#8A929C", QUIET, true),
    };
    Look {
        paint: Paint {
            fill,
            edge,
            edge_pixels: 3,
            dashed,
        },
        ink,
    }
}
