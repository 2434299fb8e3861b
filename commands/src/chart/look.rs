//! How things look: the ground, the inks, and what a state looks like.
//!
//! Colours by Okabe and Ito, which colour-blind people tell apart; fillings and letters say the same without
//! any colour. Against the ground and against what they stand on, letters have a contrast of at least 4.5.

use super::drawing::Paint;
use domain::target::pace::State;

/// The ground of the picture.
pub(crate) const GROUND: &str = "#FBFAF7";
/// The rim around it, seen on dark and on light.
pub(crate) const RIM: &str = "#8A929C";
/// Words.
pub(crate) const INK: &str = "#16191D";
/// Words that step back.
pub(crate) const QUIET: &str = "#4B535D";
/// Lines that part.
pub(crate) const FAINT: &str = "#C9CED4";
/// The ground of a bar that is not full.
pub(crate) const TRACK: &str = "#E6E8EA";
/// White words on dark.
const WHITE: &str = "#FFFFFF";

/// Fillings of states, so that they differ without colour.
pub(crate) const PATTERNS: &str = concat!(
    r##"<pattern id="behind" width="16" height="16" patternUnits="userSpaceOnUse">"##,
    r##"<rect width="16" height="16" fill="#E69F00"/>"##,
    r##"<path d="M-4 4L4 -4M0 16L16 0M12 20L20 12" stroke="#F7CD74" stroke-width="4"/></pattern>"##,
    r##"<pattern id="begun" width="12" height="12" patternUnits="userSpaceOnUse">"##,
    r##"<rect width="12" height="12" fill="#FFFFFF"/>"##,
    r##"<circle cx="6" cy="6" r="1.5" fill="#B4BAC1"/></pattern>"##,
);

/// What a state looks like.
#[derive(Clone, Copy)]
pub(crate) struct Look {
    pub(crate) paint: Paint,
    /// Words upon it.
    pub(crate) ink: &'static str,
}

/// The look of a state.
pub(crate) fn look(state: State) -> Look {
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

#[cfg(test)]
mod tests {
    use super::*;

    /// How bright a colour is (WCAG 2.2, relative luminance).
    fn luminance(colour: &str) -> f64 {
        let part = |at: usize| {
            let hex = colour.get(at..at + 2).expect("a colour has three parts");
            let part = u8::from_str_radix(hex, 16).expect("parts of colours are hexadecimal");
            let part = f64::from(part) / 255.0;
            if part <= 0.040_45 {
                part / 12.92
            } else {
                ((part + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
    }

    fn contrast(one: &str, other: &str) -> f64 {
        let (one, other) = (luminance(one) + 0.05, luminance(other) + 0.05);
        one.max(other) / one.min(other)
    }

    /// Every colour words may stand on, patterns with each of theirs.
    fn grounds(fill: &'static str) -> Vec<&'static str> {
        match fill {
            "url(#behind)" => vec!["#E69F00", "#F7CD74"],
            "url(#begun)" => vec!["#FFFFFF", "#B4BAC1"],
            plain => vec![plain],
        }
    }

    #[test]
    fn words_can_be_read_on_what_they_stand_on() {
        for ink in [INK, QUIET] {
            assert!(contrast(ink, GROUND) >= 4.5, "{ink}");
        }
        for state in State::ALL {
            let look = look(*state);
            for ground in grounds(look.paint.fill) {
                assert!(PATTERNS.contains(ground) || look.paint.fill == ground);
                let contrast = contrast(look.ink, ground);
                assert!(contrast >= 4.5, "{state:?} on {ground}: {contrast:.1}");
            }
        }
    }

    #[test]
    fn states_differ_in_more_than_their_colour() {
        let signs: std::collections::BTreeSet<_> = State::ALL
            .iter()
            .map(|state| {
                let look = look(*state);
                let pattern = look.paint.fill.starts_with("url");
                let dark = look.ink == WHITE;
                (pattern.then_some(look.paint.fill), look.paint.dashed, dark)
            })
            .collect();
        assert_eq!(signs.len(), State::ALL.len());
    }
}
