//! Printouts (印刷物): what sheets made to be printed have in common. A4, one page wide, the names of the
//! columns on every page, the page's number below, Japanese letters, every row as high as its words need.
//!
//! Rows are given their height here: Excel grows no row whose cells are joined, and other programs not
//! always. A wording that begins as a formula does stays text; nothing written here is ever a formula.
//! Which columns and rows there are is decided by whoever writes the sheet.

mod leaf;
mod measure;
mod table;

use chrono::{DateTime, Utc};
use rust_xlsxwriter::{
    Color, DocProperties, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

pub(crate) use leaf::{Leaf, below};
pub(crate) use measure::{lines, wide};
pub(crate) use table::{Cell, Table, TableColumn, note};

/// The font of Japanese Excel since 2016; where it is missing, its character set leads to another.
const FONT: &str = "游ゴシック";
/// Shift-JIS, as fonts name the Japanese characters (the charset of a font record).
const FONT_CHARSET: u8 = 128;
/// Points of the letters.
const LETTER_POINTS: f64 = 11.0;
const TITLE_POINTS: f64 = 14.0;
/// Points of one line of letters: the row height of that font.
pub(crate) const LINE_POINTS: f64 = 18.75;
/// Pixels of a row and a column by default, as that font has them.
const ROW_PIXELS: u32 = 25;
const COLUMN_PIXELS: u32 = 72;
/// Lines of a row, at most. What has more takes a row for each line, joined with one another: a page then
/// ends between two lines, and Excel's limit of 409 points a row is far.
const ROW_LINES_MAX: usize = 12;
/// Inches.
const MARGIN_SIDE: f64 = 0.5;
const MARGIN_ABOVE: f64 = 0.6;
const MARGIN_BELOW: f64 = 0.7;
const MARGIN_FOOTER: f64 = 0.3;
/// A4 (ECMA-376, 18.3.1.63).
const PAPER_A4: u8 = 9;

/// A new file. `at` is when it was made: the system's clock is not asked.
///
/// # Errors
/// The library refuses.
pub(crate) fn workbook(title: &str, at: DateTime<Utc>) -> Result<Workbook, XlsxError> {
    let mut workbook = Workbook::new();
    workbook.set_default_format(&letters(), ROW_PIXELS, COLUMN_PIXELS)?;
    let properties = DocProperties::new()
        .set_title(title)
        .set_creation_datetime(&at);
    workbook.set_properties(&properties);
    Ok(workbook)
}

/// The letters of a sheet.
pub(crate) fn letters() -> Format {
    Format::new()
        .set_font_name(FONT)
        .set_font_size(LETTER_POINTS)
        .set_font_charset(FONT_CHARSET)
        .set_font_family(3)
        .set_align(FormatAlign::Top)
}

/// A cell of a table.
pub(crate) fn cell() -> Format {
    letters().set_text_wrap().set_border(FormatBorder::Thin)
}

/// A cell that names a column.
pub(crate) fn heading() -> Format {
    cell()
        .set_bold()
        .set_align(FormatAlign::Center)
        .set_align(FormatAlign::VerticalCenter)
        .set_background_color(Color::RGB(0xE7_E6_E6))
}

/// Sets the page up. The rows from the first to the last name the columns and stand on every page.
///
/// # Errors
/// The library refuses.
pub(crate) fn set_up(sheet: &mut Worksheet, (first, last): (u32, u32)) -> Result<(), XlsxError> {
    sheet
        .set_paper_size(PAPER_A4)
        .set_landscape()
        .set_margins(
            MARGIN_SIDE,
            MARGIN_SIDE,
            MARGIN_ABOVE,
            MARGIN_BELOW,
            MARGIN_FOOTER,
            MARGIN_FOOTER,
        )
        .set_print_fit_to_pages(1, 0)
        .set_print_center_horizontally(true)
        .set_footer("&C&P / &N")
        .set_repeat_rows(first, last)?
        .set_freeze_panes(last + 1, 0)?;
    Ok(())
}

/// Writes a title over all columns to the last, in large letters, on as many lines as it needs within so
/// many digits.
///
/// # Errors
/// The library refuses.
pub(crate) fn title(
    sheet: &mut Worksheet,
    row: u32,
    last: u16,
    words: &str,
    digits: f64,
) -> Result<(), XlsxError> {
    let large = letters()
        .set_font_size(TITLE_POINTS)
        .set_bold()
        .set_text_wrap();
    join(sheet, (row, 0), (row, last), words, &large)?;
    let ratio = TITLE_POINTS / LETTER_POINTS;
    let title_lines = lines(words, wide(digits / ratio));
    sheet.set_row_height(row, points(title_lines) * ratio)?;
    Ok(())
}

/// The height of so many lines, in points.
#[expect(
    clippy::cast_precision_loss,
    reason = "a text has far fewer lines than 2^52"
)]
pub(crate) fn points(lines: usize) -> f64 {
    lines.max(1) as f64 * LINE_POINTS
}

/// How many rows a text of so many lines takes, and the height of each in points.
pub(crate) fn rows_of(lines: usize) -> (u32, f64) {
    match u32::try_from(lines) {
        Ok(rows) if lines > ROW_LINES_MAX => (rows, LINE_POINTS),
        _ => (1, points(lines)),
    }
}

/// Writes words into a cell, as text whatever they begin with.
///
/// # Errors
/// The library refuses: a text beyond what a cell holds, which the limits keep from happening.
pub(crate) fn put(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    words: &str,
    format: &Format,
) -> Result<(), XlsxError> {
    if words.is_empty() {
        sheet.write_blank(row, column, format)?;
    } else {
        sheet.write_string_with_format(row, column, words, &guarded(words, format))?;
    }
    Ok(())
}

/// Writes words into cells that are joined, from the first (row, column) to the last.
///
/// # Errors
/// As [`put`].
pub(crate) fn join(
    sheet: &mut Worksheet,
    first: (u32, u16),
    last: (u32, u16),
    words: &str,
    format: &Format,
) -> Result<(), XlsxError> {
    if first == last {
        return put(sheet, first.0, first.1, words, format);
    }
    let format = guarded(words, format);
    sheet.merge_range(first.0, first.1, last.0, last.1, words, &format)?;
    Ok(())
}

/// What begins as a formula does is kept as text, also when somebody edits the cell.
fn guarded(words: &str, format: &Format) -> Format {
    const BEGINS: [char; 10] = ['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\''];
    if words.starts_with(BEGINS) {
        format.clone().set_quote_prefix()
    } else {
        format.clone()
    }
}
