//! Form 2: 順位, カテゴリ, 課題/アイデア, 意見; one line a row, the cells of a category joined.

use super::{
    super::{KINDS, screen::marks},
    Column, HEADER_ROW, Paper, begin,
};
use crate::{
    printout::{LINE_POINTS, cell, join, letters, lines, points, rows_of, wide},
    text,
    text::Text,
};
use domain::{
    form::ranking::{Line, Standing},
    issue::Kind,
    setting::Language,
};
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Worksheet, XlsxError};

const RANK: Column = Column {
    name: "form-column-rank",
    digits: 6.0,
};
const CATEGORY: Column = Column {
    name: "form-column-category",
    digits: 24.0,
};
const KIND: Column = Column {
    name: "form-column-kind",
    digits: 15.0,
};
const OPINION: Column = Column {
    name: "form-column-opinion",
    digits: 80.0,
};
/// The column of the opinions.
const OPINION_PLACE: u16 = 3;

pub(super) fn write(
    sheet: &mut Worksheet,
    paper: &Paper,
    language: Language,
) -> Result<(), XlsxError> {
    begin(sheet, paper, &[RANK, CATEGORY, KIND, OPINION], language)?;
    let mut row = HEADER_ROW + 1;
    for standing in paper.standings() {
        row = category(sheet, paper, &standing, row, language)?;
    }
    Ok(())
}

/// Writes a category from a row on, and gives the row after it.
fn category(
    sheet: &mut Worksheet,
    paper: &Paper,
    standing: &Standing,
    first_row: u32,
    language: Language,
) -> Result<u32, XlsxError> {
    let name = paper.category_name(standing, language);
    let count = text!("form-category-count", count = standing.count).say(language);
    let name = format!("{name}\n{count}");
    let mut missing = points(lines(&name, wide(CATEGORY.digits)));
    let mut row = first_row;
    let mut last_height = 0.0;
    for kind in KINDS {
        let listed: Vec<&Line> = standing.lines_of(kind).collect();
        if listed.is_empty() {
            continue;
        }
        let begun = row;
        for (place, line) in listed.iter().enumerate() {
            let edges = Edges {
                first: place == 0,
                last: place + 1 == listed.len(),
            };
            let words = bullet(paper, line, language);
            let (rows, height) = rows_of(lines(&words, wide(OPINION.digits)));
            let to = (row + rows - 1, OPINION_PLACE);
            join(sheet, (row, OPINION_PLACE), to, &words, &edges.format())?;
            for _ in 0..rows {
                sheet.set_row_height(row, height)?;
                missing -= height;
                last_height = height;
                row += 1;
            }
        }
        let word = kind_word(kind, language);
        let middle = cell().set_align(FormatAlign::Center);
        join(sheet, (begun, 2), (row - 1, 2), &word, &middle)?;
    }
    if missing > 0.0 {
        // Joined cells give a long name no room of its own.
        sheet.set_row_height(row - 1, (last_height + missing).max(LINE_POINTS))?;
    }
    let rank = standing.rank.map_or(String::new(), |rank| rank.to_string());
    let middle = cell().set_align(FormatAlign::Center);
    join(sheet, (first_row, 0), (row - 1, 0), &rank, &middle)?;
    join(sheet, (first_row, 1), (row - 1, 1), &name, &cell())?;
    Ok(row)
}

/// Whether a line is the first or the last of its cell: the lines between have no border.
#[derive(Clone, Copy)]
struct Edges {
    first: bool,
    last: bool,
}

impl Edges {
    fn format(self) -> Format {
        let mut format = letters()
            .set_text_wrap()
            .set_border_left(FormatBorder::Thin)
            .set_border_right(FormatBorder::Thin);
        if self.first {
            format = format.set_border_top(FormatBorder::Thin);
        }
        if self.last {
            format = format.set_border_bottom(FormatBorder::Thin);
        }
        format
    }
}

/// ・顔の見える連携が弱い（3件）【再掲】; lines after the first stand below the words, not below the dot.
fn bullet(paper: &Paper, line: &Line, language: Language) -> String {
    let wording = paper.said.opinions()[line.place]
        .wording
        .replace('\n', "\n　");
    let words = text!("form-bullet", wording = wording).say(language);
    words + &marks(line.weight, line.again, language)
}

fn kind_word(kind: Kind, language: Language) -> String {
    Text::new(format!("word-kind-{}", kind.code())).say(language)
}
