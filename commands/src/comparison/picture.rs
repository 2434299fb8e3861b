//! The comparison as pictures: the new wording left, the old one right, what changed underlined and coloured.
//!
//! Letters are as large as in the charts, so that a phone shows them; long runs of what stayed the same are
//! left out and counted. Colour is never the only sign: new letters have a whole line below them, old ones a
//! line of dashes, and every change is named.

use super::{Pair, layout, layout::Line};
use crate::{
    chart::{
        DrawFault, WIDTH,
        drawing::{Anchor, Drawing, Paint, Place},
        font, look, raster,
    },
    text,
    text::Text,
};
use domain::comparison::{Kind, Row, Side};

/// Most pictures of one comparison; what does not fit stands in the sheet.
pub(super) const PAGES_MAX: usize = 4;
/// Pixels of a picture from above to below, about; the renderer takes 4,000.
const PAGE_PIXELS: i32 = 3_400;
/// Lines that stay together.
const STRIP_LINES: usize = 10;
/// So many sentences in a row that stayed the same are shown; of more, the last one only.
const KEPT_SHOWN: usize = 2;

const MARGIN: i32 = 32;
const TITLE_PIXELS: i32 = 40;
const NAME_PIXELS: i32 = 26;
const LETTER_PIXELS: i32 = 28;
const LINE_PIXELS: i32 = 44;
/// Pixels between the edge of a cell and its words; on the right a letter may hang.
const PADDING: i32 = 12;
const HANGING_PIXELS: i32 = 34;
const LABEL_PIXELS: i32 = 40;
/// Pixels of a column.
const COLUMN: i32 = (WIDTH - 2 * MARGIN) / 2;

/// Letters of the new wording that the old one has not.
const NEW_INK: &str = "#005A8F";
/// Letters of the old wording that the new one has not.
const OLD_INK: &str = "#8F3A00";
/// The ground of a change's name.
const LABEL: &str = "#E6E8EA";

/// What was drawn.
pub(super) struct Pictures {
    /// Pictures (PNG), at most [`PAGES_MAX`].
    pub(super) pages: Vec<Vec<u8>>,
    /// Something is not in them: what stayed the same, or what had no room.
    pub(super) shortened: bool,
    /// A letter could not be drawn and is shown as 〓.
    pub(super) missing: bool,
}

/// Lines of both columns that stay together.
struct Strip {
    label: Option<String>,
    new: Vec<Line>,
    old: Vec<Line>,
    /// Something was left out here, in words over both columns.
    left_out: Option<String>,
}

impl Strip {
    fn height(&self) -> i32 {
        let lines = self.new.len().max(self.old.len());
        let lines = i32::try_from(lines).unwrap_or(i32::MAX / LINE_PIXELS);
        let label = if self.label.is_some() {
            LABEL_PIXELS
        } else {
            0
        };
        let left_out = if self.left_out.is_some() {
            LINE_PIXELS
        } else {
            0
        };
        label + left_out + lines * LINE_PIXELS + PADDING
    }
}

/// Draws a comparison.
///
/// # Errors
/// A picture could not be drawn: a fault of ours.
pub(super) fn draw(pair: &Pair) -> Result<Pictures, DrawFault> {
    let (strips, mut shortened, missing) = strips(pair);
    let mut pages: Vec<Vec<&Strip>> = Vec::new();
    let mut room = 0;
    for strip in &strips {
        if strip.height() > room || pages.is_empty() {
            pages.push(Vec::new());
            room = PAGE_PIXELS;
        }
        room -= strip.height();
        pages.last_mut().expect("one was just begun").push(strip);
    }
    shortened |= pages.len() > PAGES_MAX;
    let count = pages.len().min(PAGES_MAX);
    let mut drawn = Vec::with_capacity(count);
    for (at, strips) in pages.iter().take(PAGES_MAX).enumerate() {
        drawn.push(raster::png(&page(pair, strips, (at + 1, count)))?);
    }
    Ok(Pictures {
        pages: drawn,
        shortened,
        missing,
    })
}

/// What is drawn, from above to below; whether something was left out; whether a letter is missing.
fn strips(pair: &Pair) -> (Vec<Strip>, bool, bool) {
    let rows = &pair.comparison.rows;
    let (mut strips, mut left_out, mut missing) = (Vec::new(), false, false);
    let mut at = 0;
    while at < rows.len() {
        let kept = rows[at..]
            .iter()
            .take_while(|row| row.kind == Kind::Kept)
            .count();
        let last = at + kept == rows.len();
        // Behind the last change nothing needs to be understood from what stayed.
        let shown = if kept <= KEPT_SHOWN {
            kept
        } else {
            usize::from(!last)
        };
        if kept > shown {
            left_out = true;
            let words = text!("comparison-left-out", count = kept - shown);
            strips.push(Strip {
                label: None,
                new: Vec::new(),
                old: Vec::new(),
                left_out: Some(words.say(pair.language)),
            });
        }
        at += kept - shown;
        let changed = rows.len().min(at + shown + 1);
        for row in &rows[at..changed] {
            missing |= cut(pair, row, &mut strips);
        }
        at = changed;
    }
    (strips, left_out, missing)
}

/// The strips of one row; whether a letter is missing.
fn cut(pair: &Pair, row: &Row, strips: &mut Vec<Strip>) -> bool {
    let room = COLUMN - PADDING - HANGING_PIXELS;
    let mut missing = false;
    let mut lines = |side: Option<&Side>| match side {
        Some(side) => {
            let (lines, lacking) = layout::set(side, LETTER_PIXELS, room);
            missing |= lacking;
            lines
        }
        None => {
            let gap = Side {
                mark: String::new(),
                mark_changed: false,
                spans: vec![domain::comparison::Span {
                    words: pair.gap(row.kind),
                    changed: false,
                }],
                begins: true,
            };
            layout::set(&gap, LETTER_PIXELS, room).0
        }
    };
    let (new, old) = (lines(row.new.as_ref()), lines(row.old.as_ref()));
    let mut label = (row.kind != Kind::Kept).then(|| pair.kind(row.kind));
    let count = new.len().max(old.len());
    for first in (0..count).step_by(STRIP_LINES) {
        let part = |lines: &[Line]| {
            let lines = lines.iter().skip(first).take(STRIP_LINES);
            lines.cloned().collect::<Vec<_>>()
        };
        strips.push(Strip {
            label: label.take(),
            new: part(&new),
            old: part(&old),
            left_out: None,
        });
    }
    missing
}

fn page(pair: &Pair, strips: &[&Strip], (number, count): (usize, usize)) -> String {
    let language = pair.language;
    let mut drawing = Drawing::new();
    drawing.space(20);
    let title = if count > 1 {
        text!("comparison-title-page", page = number, pages = count)
    } else {
        Text::new("comparison-title")
    };
    drawing.line(&title.say(language), TITLE_PIXELS, look::INK);
    let legend = Text::new("comparison-legend").say(language);
    drawing.line(&legend, NAME_PIXELS, look::QUIET);
    drawing.line(&pair.summary().say(language), NAME_PIXELS, look::QUIET);
    drawing.space(8);
    names(&mut drawing, pair);
    for strip in strips {
        put(&mut drawing, strip);
    }
    drawing.rule();
    drawing.space(20);
    drawing.finish()
}

fn place(column: i32, y: i32, width: i32, height: i32) -> Place {
    Place {
        x: MARGIN + column * COLUMN,
        y,
        width,
        height,
    }
}

fn plain(fill: &'static str) -> Paint {
    Paint {
        fill,
        edge: look::FAINT,
        edge_pixels: 2,
        dashed: false,
    }
}

/// Which column is which.
fn names(drawing: &mut Drawing, pair: &Pair) {
    let (y, height) = (drawing.y(), 92);
    for (column, key, name) in [
        (0, "comparison-new", &pair.new),
        (1, "comparison-old", &pair.old),
    ] {
        drawing.rectangle(place(column, y, COLUMN, height), plain(LABEL));
        let head = Text::new(key).say(pair.language);
        let middle = place(column, y + 4, COLUMN, height / 2 - 4);
        drawing.words_within(&font::drawable(&head), middle, LETTER_PIXELS, look::INK);
        let name = font::fitting(name, NAME_PIXELS, COLUMN - 2 * PADDING);
        let below = place(column, y + height / 2 - 2, COLUMN, height / 2);
        drawing.words_within(&name, below, NAME_PIXELS, look::QUIET);
    }
    drawing.space(height);
}

fn put(drawing: &mut Drawing, strip: &Strip) {
    let (y, height) = (drawing.y(), strip.height());
    for column in [0, 1] {
        drawing.rectangle(place(column, y, COLUMN, height), plain(look::GROUND));
    }
    let mut y = y + PADDING / 2;
    if let Some(words) = &strip.left_out {
        let over = place(0, y, 2 * COLUMN, LINE_PIXELS);
        let ground = Place {
            x: over.x + 2,
            width: over.width - 4,
            ..over
        };
        let paint = Paint {
            edge: look::GROUND,
            ..plain(look::GROUND)
        };
        drawing.rectangle(ground, paint);
        drawing.words_within(&font::drawable(words), over, NAME_PIXELS, look::QUIET);
    }
    if let Some(label) = &strip.label {
        let label = font::drawable(label);
        let wide = font::width(&label, NAME_PIXELS) + 2 * PADDING;
        for column in [0, 1] {
            let tag = Place {
                x: MARGIN + column * COLUMN + PADDING,
                y: y + 2,
                width: wide,
                height: LABEL_PIXELS - 6,
            };
            drawing.rectangle(tag, plain(LABEL));
            drawing.words_within(&label, tag, NAME_PIXELS, look::INK);
        }
        y += LABEL_PIXELS;
    }
    for (column, lines, ink, dashed) in [
        (0, &strip.new, NEW_INK, false),
        (1, &strip.old, OLD_INK, true),
    ] {
        let left = MARGIN + column * COLUMN + PADDING;
        for (line, base) in lines.iter().zip((y + 32..).step_by(44)) {
            for run in line {
                let ink_of = if run.changed { ink } else { look::INK };
                let at = (left + run.x, base);
                drawing.words(&run.words, at, LETTER_PIXELS, ink_of, Anchor::Start);
                if run.changed {
                    drawing.underline((left + run.x, base + 8), run.width, ink, dashed);
                }
            }
        }
    }
    drawing.space(height);
}
