//! A drawing: shapes and words one below the other, written as SVG.
//!
//! Only whole pixels, no style sheet, no script, no address: what is written here is read by one renderer.
//! Words of people are escaped, and letters that cannot be drawn were replaced before.

use super::{MARGIN, WIDTH, font, look};
use std::fmt::Write as _;

/// Pixels of the rim around the ground.
const RIM: i32 = 3;
/// Pixels by which the corners are round.
const CORNER: i32 = 24;
/// A line of words is so much higher than its letters, in tenths.
const LINE_TENTHS: i32 = 15;
/// Where in a line the letters stand, in tenths of their height from above.
const BASE_TENTHS: i32 = 11;

/// Where words stand with regard to their place.
#[derive(Clone, Copy)]
pub(crate) enum Anchor {
    Start,
    Middle,
}

impl Anchor {
    fn name(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Middle => "middle",
        }
    }
}

/// A rectangle in pixels.
#[derive(Clone, Copy)]
pub(crate) struct Place {
    pub(crate) x: i32,
    pub(crate) y: i32,
    pub(crate) width: i32,
    pub(crate) height: i32,
}

/// How a shape is painted.
#[derive(Clone, Copy)]
pub(crate) struct Paint {
    /// A colour, or `url(#…)` of a pattern.
    pub(crate) fill: &'static str,
    pub(crate) edge: &'static str,
    pub(crate) edge_pixels: i32,
    /// Dashes of the edge, or none.
    pub(crate) dashed: bool,
}

/// What has been drawn so far.
pub(crate) struct Drawing {
    body: String,
    y: i32,
}

impl Drawing {
    pub(crate) fn new() -> Self {
        Self {
            body: String::with_capacity(32 * 1_024),
            y: RIM,
        }
    }

    /// Where the next line begins.
    pub(crate) fn y(&self) -> i32 {
        self.y
    }

    /// Leaves room.
    pub(crate) fn space(&mut self, pixels: i32) {
        self.y += pixels;
    }

    /// Words on a line of their own.
    pub(crate) fn line(&mut self, words: &str, pixels: i32, ink: &str) {
        let base = self.y + pixels * BASE_TENTHS / 10;
        let words = font::fitting(words, pixels, WIDTH - 2 * MARGIN);
        self.words(&words, (MARGIN, base), pixels, ink, Anchor::Start);
        self.y += pixels * LINE_TENTHS / 10;
    }

    /// Words at the place of their base line. They must be drawable ([`font::drawable`]).
    pub(crate) fn words(
        &mut self,
        words: &str,
        (x, base): (i32, i32),
        pixels: i32,
        ink: &str,
        anchor: Anchor,
    ) {
        let (anchor, words) = (anchor.name(), escaped(words));
        self.put(format_args!(
            r#"<text x="{x}" y="{base}" font-size="{pixels}" fill="{ink}" text-anchor="{anchor}" xml:space="preserve">{words}</text>"#
        ));
    }

    /// Words in the middle of a place.
    pub(crate) fn words_within(&mut self, words: &str, place: Place, pixels: i32, ink: &str) {
        // Japanese letters fill their square: its middle is 0.38 of their height above the base line.
        let base = place.y + place.height / 2 + pixels * 38 / 100;
        let middle = place.x + place.width / 2;
        self.words(words, (middle, base), pixels, ink, Anchor::Middle);
    }

    /// A rectangle with its edge inside.
    pub(crate) fn rectangle(&mut self, place: Place, paint: Paint) {
        let Place {
            x,
            y,
            width,
            height,
        } = place;
        let Paint {
            fill,
            edge,
            edge_pixels,
            dashed,
        } = paint;
        let dashes = if dashed {
            r#" stroke-dasharray="9 6""#
        } else {
            ""
        };
        // The edge lies inside: its middle is half its width from the border, counted in tenths of a pixel.
        let (left, above) = (x * 10 + edge_pixels * 5, y * 10 + edge_pixels * 5);
        self.put(format_args!(
            r#"<rect x="{}.{}" y="{}.{}" width="{}" height="{}" fill="{fill}" stroke="{edge}" stroke-width="{edge_pixels}"{dashes}/>"#,
            left / 10,
            left % 10,
            above / 10,
            above % 10,
            (width - edge_pixels).max(1),
            (height - edge_pixels).max(1),
        ));
    }

    /// A line below words, whole or in dashes.
    pub(crate) fn underline(&mut self, (x, y): (i32, i32), pixels: i32, ink: &str, dashed: bool) {
        let dashes = if dashed {
            r#" stroke-dasharray="7 5""#
        } else {
            ""
        };
        self.put(format_args!(
            r#"<path d="M{x} {y}h{pixels}" stroke="{ink}" stroke-width="4"{dashes}/>"#
        ));
    }

    /// A triangle that points down at a place.
    pub(crate) fn pointer(&mut self, (x, y): (i32, i32), size: i32, ink: &str) {
        let (left, right, above) = (x - size, x + size, y - size * 3 / 2);
        self.put(format_args!(
            r#"<path d="M{left} {above}H{right}L{x} {y}Z" fill="{ink}"/>"#
        ));
    }

    /// A line across the whole picture.
    pub(crate) fn rule(&mut self) {
        let (right, y) = (WIDTH - MARGIN, self.y);
        self.put(format_args!(
            r#"<path d="M{MARGIN} {y}H{right}" stroke="{}" stroke-width="2"/>"#,
            look::FAINT
        ));
    }

    fn put(&mut self, shape: std::fmt::Arguments<'_>) {
        self.body
            .write_fmt(shape)
            .expect("a string takes whatever is written into it");
    }

    /// The whole as SVG, as high as what was drawn.
    pub(crate) fn finish(self) -> String {
        let height = self.y + RIM;
        let (across, down) = (WIDTH - RIM, height - RIM);
        let (ground, rim, patterns) = (look::GROUND, look::RIM, look::PATTERNS);
        // The middle of the rim.
        let (at, part) = (RIM / 2, RIM % 2 * 5);
        let body = self.body;
        format!(
            concat!(
                r#"<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">"#,
                r#"<defs>{patterns}</defs>"#,
                r#"<rect x="{at}.{part}" y="{at}.{part}" width="{across}" height="{down}" rx="{corner}" "#,
                r#"fill="{ground}" stroke="{rim}" stroke-width="{rim_pixels}"/>"#,
                r#"{body}</svg>"#
            ),
            width = WIDTH,
            height = height,
            patterns = patterns,
            at = at,
            part = part,
            across = across,
            down = down,
            corner = CORNER,
            ground = ground,
            rim = rim,
            rim_pixels = RIM,
            body = body,
        )
    }
}

/// Words as XML holds them. Control characters are gone before: they cannot be drawn.
fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for letter in words.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_people_stay_words() {
        for (words, written) in [
            ("A&B", "A&amp;B"),
            ("</text><script>", "&lt;/text&gt;&lt;script&gt;"),
            (r#""引用'"#, "&quot;引用&apos;"),
            ("&#x26;", "&amp;#x26;"),
            ("]]>", "]]&gt;"),
        ] {
            assert_eq!(escaped(words), written, "{words}");
        }
    }
}
