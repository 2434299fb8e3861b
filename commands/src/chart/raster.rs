//! From a drawing to a picture: the only place where the renderer is spoken to.

use super::font;
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
pub(crate) fn png(drawing: &str) -> Result<Vec<u8>, DrawFault> {
    let tree = Tree::from_str(drawing, &OPTIONS).map_err(|_| DrawFault::Drawing)?;
    let size = tree.size().to_int_size();
    let height = Some(size.height()).filter(|height| *height <= HEIGHT_PIXELS_MAX);
    let pixmap = height.and_then(|height| Pixmap::new(size.width(), height));
    let mut pixmap = pixmap.ok_or(DrawFault::Size)?;
    resvg::render(&tree, Transform::identity(), &mut pixmap.as_mut());
    pixmap.encode_png().map_err(|_| DrawFault::Writing)
}
