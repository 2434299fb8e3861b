//! From a drawing to a picture: the only place where the renderer is spoken to.

use super::font;
use png::{BitDepth, ColorType, Compression, Encoder, Filter};
use resvg::{
    tiny_skia::{Pixmap, Transform},
    usvg::{FontResolver, Options, Tree},
};
use std::sync::LazyLock;

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
pub(super) fn png(drawing: &str) -> Result<Vec<u8>, DrawFault> {
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
/// them edges of letters. Written so it takes a fifth of the time and as many bytes.
struct Paletted {
    width: u32,
    height: u32,
    /// Red, green and blue of each colour.
    palette: Vec<u8>,
    /// The colour of each point, row by row.
    points: Vec<u8>,
}

impl Paletted {
    /// `None` where it has too many colours, or something shines through.
    fn of(pixmap: &Pixmap) -> Option<Self> {
        let mut known = vec![None; 1 << (3 * COLOUR_BITS)];
        let mut palette = Vec::with_capacity(3 * COLOURS_MAX);
        let mut points = Vec::with_capacity(pixmap.data().len() / 4);
        let mut last = None;
        for point in pixmap.data().chunks_exact(4) {
            let &[red, green, blue, alpha] = point else {
                return None;
            };
            let colour = [red, green, blue];
            let place = match last.filter(|(of, _)| *of == colour) {
                Some((_, place)) => place,
                None if alpha != u8::MAX => return None,
                None => {
                    let place = match known[cell(colour)] {
                        Some(place) => place,
                        None => {
                            let place = u8::try_from(palette.len() / 3).ok()?;
                            palette.extend(colour);
                            known[cell(colour)] = Some(place);
                            place
                        }
                    };
                    last = Some((colour, place));
                    place
                }
            };
            points.push(place);
        }
        let (width, height) = (pixmap.width(), pixmap.height());
        Some(Self {
            width,
            height,
            palette,
            points,
        })
    }

    fn png(self) -> Result<Vec<u8>, DrawFault> {
        let mut written = Vec::new();
        let mut encoder = Encoder::new(&mut written, self.width, self.height);
        encoder.set_color(ColorType::Indexed);
        encoder.set_palette(self.palette);
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

/// Where a colour is kept among those that are told apart.
fn cell(colour: [u8; 3]) -> usize {
    colour.into_iter().fold(0, |cell, part| {
        (cell << COLOUR_BITS) | usize::from(part >> (8 - COLOUR_BITS))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use resvg::tiny_skia::{Color, PremultipliedColorU8};

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
            (written.palette.len(), &written.points[..]),
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
    fn what_has_many_colours_or_shines_through_has_no_palette() {
        let many: Vec<_> = (0..=u8::MAX)
            .flat_map(|red| [[red, 0, 0, 255], [red, 100, 0, 255], [red, 0, 100, 255]])
            .flat_map(|[red, green, blue, _]| {
                (0..4).map(move |at| [red, green, blue ^ (at * 8), 255])
            })
            .collect();
        assert!(Paletted::of(&strip(&many)).is_none());
        let mut clear = Pixmap::new(2, 2).expect("it has a size");
        assert!(Paletted::of(&clear).is_none());
        clear.fill(Color::WHITE);
        assert!(Paletted::of(&clear).is_some());
    }
}
