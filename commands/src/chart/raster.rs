//! From a drawing to a picture: the only place where the renderer is spoken to.

use super::font;
use png::{BitDepth, ColorType, Compression, Encoder, Filter};
use resvg::{
    tiny_skia::{Pixmap, PremultipliedColorU8, Transform},
    usvg::{FontResolver, Options, Tree},
};
use std::{collections::HashMap, sync::LazyLock};

/// Highest picture in pixels: what the limits of areas and figures allow, and some more.
const HEIGHT_PIXELS_MAX: u32 = 4_000;

/// Why a picture could not be drawn. It says nothing of what was to be drawn.
#[derive(Debug, thiserror::Error)]
pub enum DrawFault {
    /// What was written is no drawing.
    #[error("the drawing cannot be read")]
    Drawing,
    /// It is empty or higher than any picture of ours.
    #[error("the drawing has no size that fits")]
    Size,
    /// The picture could not be written.
    #[error("the picture cannot be written")]
    Writing,
}

/// Every text has the one font that is built in; there is no other to fall back to.
static OPTIONS: LazyLock<Options<'static>> = LazyLock::new(|| {
    let (database, id) = &*font::ONLY;
    Options {
        font_resolver: FontResolver {
            select_font: Box::new(|_, _| Some(*id)),
            select_fallback: Box::new(|_, _, _| None),
        },
        fontdb: database.clone(),
        ..Options::default()
    }
});

/// The picture of a drawing (PNG).
///
/// # Errors
/// The renderer refuses: a fault of ours.
pub(crate) fn png(drawing: &str) -> Result<Vec<u8>, DrawFault> {
    let tree = Tree::from_str(drawing, &OPTIONS).map_err(|_| DrawFault::Drawing)?;
    let size = tree.size().to_int_size();
    let height = Some(size.height()).filter(|height| *height <= HEIGHT_PIXELS_MAX);
    let pixmap = height.and_then(|height| Pixmap::new(size.width(), height));
    let mut pixmap = pixmap.ok_or(DrawFault::Size)?;
    resvg::render(&tree, Transform::identity(), &mut pixmap.as_mut());
    match Paletted::of(&pixmap) {
        Some(paletted) => paletted.png(),
        None => pixmap.encode_png().map_err(|_| DrawFault::Writing),
    }
}

/// Bits of each part of a colour by which colours are told apart; what is nearer is one colour.
const COLOUR_BITS: u32 = 5;
/// Most colours of a picture with a palette (PNG, section 11.2.2).
const COLOURS_MAX: usize = 256;

/// A picture of few colours, one byte for each of its points: a chart has some three hundred, nearly all of
/// them edges of letters, and a few that shine through at its round corners. Written so it takes a tenth of
/// the time and as many bytes.
struct Paletted {
    width: u32,
    height: u32,
    palette: Palette,
    /// The colour of each point, row by row.
    points: Vec<u8>,
}

/// The colours of a picture, numbered as they were met.
struct Palette {
    /// Red, green and blue of each colour.
    colours: Vec<u8>,
    /// How much each colour covers.
    covers: Vec<u8>,
    /// The number of each covering colour, by its cell.
    covering: Vec<Option<u8>>,
    /// The numbers of the others, which are few; by red, green, blue and cover.
    shining: HashMap<[u8; 4], u8>,
}

impl Palette {
    fn new() -> Self {
        Self {
            colours: Vec::with_capacity(3 * COLOURS_MAX),
            covers: Vec::with_capacity(COLOURS_MAX),
            covering: vec![None; 1 << (3 * COLOUR_BITS)],
            shining: HashMap::new(),
        }
    }

    /// The number of a colour; `None` where there is none left.
    fn number(&mut self, colour: PremultipliedColorU8) -> Option<u8> {
        let parts = [colour.red(), colour.green(), colour.blue(), colour.alpha()];
        let known = if colour.is_opaque() {
            self.covering[cell(colour)]
        } else {
            self.shining.get(&parts).copied()
        };
        if known.is_some() {
            return known;
        }
        let number = u8::try_from(self.covers.len()).ok()?;
        let plain = colour.demultiply();
        self.colours
            .extend([plain.red(), plain.green(), plain.blue()]);
        self.covers.push(plain.alpha());
        if colour.is_opaque() {
            self.covering[cell(colour)] = Some(number);
        } else {
            self.shining.insert(parts, number);
        }
        Some(number)
    }
}

impl Paletted {
    /// `None` where it has too many colours.
    fn of(pixmap: &Pixmap) -> Option<Self> {
        let mut palette = Palette::new();
        let mut points = Vec::with_capacity(pixmap.pixels().len());
        let mut last = None;
        for colour in pixmap.pixels() {
            let number = match last {
                Some((same, number)) if same == *colour => number,
                _ => palette.number(*colour)?,
            };
            last = Some((*colour, number));
            points.push(number);
        }
        Some(Self {
            width: pixmap.width(),
            height: pixmap.height(),
            palette,
            points,
        })
    }

    fn png(self) -> Result<Vec<u8>, DrawFault> {
        let mut written = Vec::new();
        let mut encoder = Encoder::new(&mut written, self.width, self.height);
        encoder.set_color(ColorType::Indexed);
        encoder.set_palette(self.palette.colours);
        encoder.set_trns(self.palette.covers);
        encoder.set_depth(BitDepth::Eight);
        encoder.set_compression(Compression::Fast);
        // The quick way of packing needs rows of differences: long runs of nothing.
        encoder.set_filter(Filter::Sub);
        let written_whole = encoder
            .write_header()
            .and_then(|mut writer| writer.write_image_data(&self.points));
        written_whole.map_err(|_| DrawFault::Writing)?;
        Ok(written)
    }
}

/// Where a covering colour is kept among those that are told apart.
fn cell(colour: PremultipliedColorU8) -> usize {
    [colour.red(), colour.green(), colour.blue()]
        .into_iter()
        .fold(0, |cell, part| {
            (cell << COLOUR_BITS) | usize::from(part >> (8 - COLOUR_BITS))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A strip one point high.
    fn strip(colours: &[[u8; 4]]) -> Pixmap {
        let width = u32::try_from(colours.len()).expect("a short strip");
        let mut pixmap = Pixmap::new(width, 1).expect("it has a size");
        for (point, [red, green, blue, alpha]) in pixmap.pixels_mut().iter_mut().zip(colours) {
            *point =
                PremultipliedColorU8::from_rgba(*red, *green, *blue, *alpha).expect("a colour");
        }
        pixmap
    }

    #[test]
    fn a_picture_of_few_colours_is_written_and_read_as_it_was() {
        let drawn = strip(&[[0, 0, 0, 255], [200, 40, 80, 255], [0, 0, 0, 255]]);
        let written = Paletted::of(&drawn).expect("few colours");
        assert_eq!(
            (written.palette.colours.len(), &written.points[..]),
            (6, &[0, 1, 0][..])
        );
        let read = Pixmap::decode_png(&written.png().expect("it is written")).expect("a picture");
        assert_eq!(read.data(), drawn.data());
    }

    #[test]
    fn colours_that_are_nearly_one_are_one() {
        let drawn = strip(&[[80, 80, 80, 255], [87, 81, 80, 255], [88, 80, 80, 255]]);
        let written = Paletted::of(&drawn).expect("few colours");
        assert_eq!(written.points, [0, 0, 1]);
    }

    #[test]
    fn what_shines_through_is_read_as_it_was() {
        let drawn = strip(&[[0, 0, 0, 0], [60, 60, 60, 120], [200, 40, 80, 255]]);
        let written = Paletted::of(&drawn).expect("few colours");
        let read = Pixmap::decode_png(&written.png().expect("it is written")).expect("a picture");
        assert_eq!(read.data(), drawn.data());
    }

    #[test]
    fn what_has_many_colours_has_no_palette() {
        let many = |step: usize| -> Vec<_> {
            let parts = || (0..=u8::MAX).step_by(step);
            parts()
                .flat_map(|red| parts().map(move |blue| [red, 0, blue, 255]))
                .collect()
        };
        assert!(Paletted::of(&strip(&many(16))).is_some(), "256 colours");
        assert!(Paletted::of(&strip(&many(8))).is_none(), "1,024 colours");
    }
}
