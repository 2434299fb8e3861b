//! The font that is built in: which letters it has, and how wide words are.
//!
//! A subset of Noto Sans JP (SIL Open Font License 1.1; how it was made stands beside it). A letter it has
//! not is shown as 〓, the printers' sign for a missing type, rather than as an empty box.

use resvg::usvg::fontdb::{Database, ID, Source};
use skrifa::{
    FontRef, MetadataProvider,
    instance::{LocationRef, Size},
};
use std::sync::{Arc, LazyLock};

/// The font file.
pub(crate) static FONT: &[u8] = include_bytes!("font/NotoSansJP-Medium.ttf");
/// What stands for a letter the font has not.
pub(crate) const MISSING: char = '〓';
/// Longest words of one line of a picture, in UTF-16 units.
const LINE_UNITS_MAX: usize = 400;

/// What sums of parts of a pixel may be off by.
const ROUNDING_PIXELS: f32 = 0.05;

static READ: LazyLock<FontRef<'static>> =
    LazyLock::new(|| FontRef::new(FONT).expect("the font that is built in can be read"));

/// The font as the only one of a database, and its id there.
pub(crate) static ONLY: LazyLock<(Arc<Database>, ID)> = LazyLock::new(|| {
    let mut database = Database::new();
    let ids = database.load_font_source(Source::Binary(Arc::new(FONT)));
    let id = ids.first().expect("the font that is built in has one face");
    (Arc::new(database), *id)
});

/// Words as they can be drawn: on one line, composed, every letter one the font has.
pub(crate) fn drawable(words: &str) -> String {
    let Ok(composed) = domain::text::clean(words, LINE_UNITS_MAX) else {
        return String::new();
    };
    composed.chars().filter_map(drawn).collect()
}

/// A letter as it can be drawn; `None` for what only changes the letter before it, which is drawn as it is.
pub(crate) fn drawn(letter: char) -> Option<char> {
    if letter.is_whitespace() {
        Some(if letter == '\u{3000}' { letter } else { ' ' })
    } else if READ.charmap().map(letter).is_some() {
        Some(letter)
    } else {
        (!domain::text::clings(letter)).then_some(MISSING)
    }
}

/// How many pixels drawable words are wide at a height of letters.
pub(crate) fn width(words: &str, pixels: i32) -> i32 {
    #[expect(
        clippy::cast_precision_loss,
        reason = "letters are some tens of pixels high"
    )]
    let size = Size::new(pixels as f32);
    let (letters, metrics) = (
        READ.charmap(),
        READ.glyph_metrics(size, LocationRef::default()),
    );
    let advance = |letter| {
        letters
            .map(letter)
            .and_then(|glyph| metrics.advance_width(glyph))
    };
    let wide: f32 = words.chars().filter_map(advance).sum();
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a line has at most some thousand pixels"
    )]
    let whole = (wide - ROUNDING_PIXELS).ceil() as i32;
    whole
}

/// Words as they can be drawn within so many pixels; what is beyond gives way to `…`.
pub(crate) fn fitting(words: &str, pixels: i32, room: i32) -> String {
    let whole = drawable(words);
    if width(&whole, pixels) <= room {
        return whole;
    }
    let letters = whole.chars().count();
    (1..letters)
        .rev()
        .map(|most| domain::text::cut(&whole, most))
        .find(|cut| width(cut, pixels) <= room)
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_the_font_has_not_is_shown_as_a_missing_type() {
        for (words, drawn) in [
            ("医療・看護 1-①", "医療・看護 1-①"),
            ("●講座　○周知", "●講座　○周知"),
            ("髙﨑さんの㈱薬局", "髙﨑さんの㈱薬局"),
            ("ﾊﾝｶｸ", "ﾊﾝｶｸ"),
            // Composed before it is looked up.
            ("か\u{3099}ん", "がん"),
            // The variant of a letter is drawn as the letter.
            ("葛\u{E0100}飾", "葛飾"),
            ("한국の会", "〓〓の会"),
            ("𠮷野", "〓野"),
            ("会\u{1F600}", "会〓"),
            ("一行\n二行", "一行 二行"),
            ("\u{202E}逆", "逆"),
            ("", ""),
        ] {
            assert_eq!(drawable(words), drawn, "{words}");
        }
    }

    #[test]
    fn every_letter_of_the_standard_is_there() {
        // JIS X 0208, both levels: what Japanese schools, forms and old files use.
        let (mut held, mut lacking) = (0, Vec::new());
        for high in (0x81..=0x9F_u8).chain(0xE0..=0xEA) {
            for low in (0x40..=0x7E_u8).chain(0x80..=0xFC) {
                let pair = [high, low];
                let (letter, _, broken) = encoding_rs::SHIFT_JIS.decode(&pair);
                let letter = letter.chars().next().filter(|_| !broken);
                if let Some(letter) =
                    letter.filter(|letter| !('\u{E000}'..='\u{F8FF}').contains(letter))
                {
                    held += 1;
                    if READ.charmap().map(letter).is_none() {
                        lacking.push(letter);
                    }
                }
            }
        }
        assert!(held > 6_800, "{held} letters were looked for");
        lacking.dedup();
        // The font has no ≒ at all; two codes stand for it.
        assert!(lacking.iter().all(|letter| *letter == '≒'), "{lacking:?}");
    }

    #[test]
    fn words_are_cut_where_their_room_ends() {
        let forty = "在".repeat(40);
        assert_eq!(width(&forty, 28), 40 * 28);
        assert_eq!(fitting(&forty, 28, 1_120), forty);
        assert_eq!(fitting(&forty, 28, 1_119), format!("{}…", "在".repeat(38)));
        assert_eq!(fitting("在宅", 28, 5), "");
        assert!(width("1234567890", 28) < 28 * 6, "digits are narrow");
    }
}
