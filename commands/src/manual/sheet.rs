//! A form as a sheet (.xlsx) in the manual's layout, made to be printed: A4 landscape, one page wide, the
//! header on every page, the page's number below.
//!
//! Words are in the office's language, because the paper goes round in the office. Rows are given their
//! height here: Excel grows no row whose cells are joined. A wording that begins as a formula does stays
//! text. Reading sheets is done elsewhere.

mod first;
mod measure;
mod second;

use super::Paper;
use crate::text::Text;
use chrono::{DateTime, Utc};
use domain::{form::Which, setting::Language};
use measure::{lines, wide};
use rust_xlsxwriter::{
    Color, DocProperties, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

/// The font of Japanese Excel since 2016; where it is missing, its character set leads to another.
const FONT: &str = "游ゴシック";
/// Shift-JIS, as fonts name the Japanese characters (the charset of a font record).
const FONT_CHARSET: u8 = 128;
/// Points of the letters.
const LETTER_POINTS: f64 = 11.0;
const TITLE_POINTS: f64 = 14.0;
/// Points of one line of letters: the row height of that font.
const LINE_POINTS: f64 = 18.75;
/// Pixels of a row and a column by default, as that font has them.
const ROW_PIXELS: u32 = 25;
const COLUMN_PIXELS: u32 = 72;
/// Lines of a row, at most. An opinion of more takes a row for each line, joined with one another: a page
/// then ends between two lines, and Excel's limit of 409 points a row is far.
const ROW_LINES_MAX: usize = 12;
/// Rows above the table: title; whose opinions they are and the day; the names of the columns.
const HEADER_ROW: u32 = 2;
/// Inches.
const MARGIN_SIDE: f64 = 0.5;
const MARGIN_ABOVE: f64 = 0.6;
const MARGIN_BELOW: f64 = 0.7;
const MARGIN_FOOTER: f64 = 0.3;
/// A4 (ECMA-376, 18.3.1.63).
const PAPER_A4: u8 = 9;

/// A column of a form.
#[derive(Clone, Copy)]
struct Column {
    /// The catalogue's key of its name.
    name: &'static str,
    /// Its width in digits of the font; an A4 page across holds some 125.
    digits: f64,
}

/// Writes a form. `at` is when it was made: the system's clock is not asked.
///
/// # Errors
/// The library refuses: a row or a text beyond what a sheet holds, which the limits keep from happening.
pub(super) fn written(
    paper: &Paper,
    language: Language,
    at: DateTime<Utc>,
) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    workbook.set_default_format(&letters(), ROW_PIXELS, COLUMN_PIXELS)?;
    let name = Text::new(format!("word-form-{}", paper.which.number())).say(language);
    let properties = DocProperties::new()
        .set_title(&name)
        .set_creation_datetime(&at);
    workbook.set_properties(&properties);
    let sheet = workbook.add_worksheet();
    sheet.set_name(&name)?;
    match paper.which {
        Which::First => first::write(sheet, paper, language)?,
        Which::Second => second::write(sheet, paper, language)?,
    }
    workbook.save_to_buffer()
}

/// The letters of the sheet.
fn letters() -> Format {
    Format::new()
        .set_font_name(FONT)
        .set_font_size(LETTER_POINTS)
        .set_font_charset(FONT_CHARSET)
        .set_font_family(3)
        .set_align(FormatAlign::Top)
}

/// A cell of the table.
fn cell() -> Format {
    letters().set_text_wrap().set_border(FormatBorder::Thin)
}

/// Sets the page up and writes what stands above the table.
fn begin(
    sheet: &mut Worksheet,
    paper: &Paper,
    columns: &[Column],
    language: Language,
) -> Result<(), XlsxError> {
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
        .set_repeat_rows(HEADER_ROW, HEADER_ROW)?
        .set_freeze_panes(HEADER_ROW + 1, 0)?;
    for (place, column) in (0_u16..).zip(columns) {
        sheet.set_column_width(place, column.digits)?;
        let name = Text::new(column.name).say(language);
        let format = cell()
            .set_bold()
            .set_align(FormatAlign::Center)
            .set_align(FormatAlign::VerticalCenter)
            .set_background_color(Color::RGB(0xE7_E6_E6));
        put(sheet, HEADER_ROW, place, &name, &format)?;
    }
    sheet.set_row_height(HEADER_ROW, LINE_POINTS + 4.0)?;
    let last = u16::try_from(columns.len() - 1).unwrap_or(u16::MAX);
    let width: f64 = columns.iter().map(|column| column.digits).sum();
    let heading = &paper.heading;

    let title = heading.title(language);
    let large = letters()
        .set_font_size(TITLE_POINTS)
        .set_bold()
        .set_text_wrap();
    join(sheet, (0, 0), (0, last), &title, &large)?;
    let ratio = TITLE_POINTS / LETTER_POINTS;
    let title_lines = lines(&title, wide(width / ratio));
    sheet.set_row_height(0, points(title_lines) * ratio)?;

    let mut of_whom = heading.of_whom(language);
    if let Some(cut) = paper.cut(language) {
        of_whom = format!("{of_whom}\n{cut}").trim_start().to_owned();
    }
    join(
        sheet,
        (1, 0),
        (1, last - 1),
        &of_whom,
        &letters().set_text_wrap(),
    )?;
    let day = letters().set_align(FormatAlign::Right).set_text_wrap();
    let date = heading.day(language);
    put(sheet, 1, last, &date, &day)?;
    let day_width = columns[usize::from(last)].digits;
    let rows = lines(&of_whom, wide(width - day_width)).max(lines(&date, wide(day_width)));
    sheet.set_row_height(1, points(rows))?;
    Ok(())
}

/// The height of so many lines, in points.
#[expect(
    clippy::cast_precision_loss,
    reason = "a text has far fewer lines than 2^52"
)]
fn points(lines: usize) -> f64 {
    lines.max(1) as f64 * LINE_POINTS
}

/// How many rows a text of so many lines takes, and the height of each in points.
fn rows_of(lines: usize) -> (u32, f64) {
    match u32::try_from(lines) {
        Ok(rows) if lines > ROW_LINES_MAX => (rows, LINE_POINTS),
        _ => (1, points(lines)),
    }
}

/// Writes words into a cell, as text whatever they begin with.
fn put(
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
fn join(
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
