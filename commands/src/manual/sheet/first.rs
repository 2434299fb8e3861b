//! Form 1: No, 職種, 発言者 (the desk's only), 意見, 備考; one opinion a row.

use super::{Column, HEADER_ROW, Paper, begin};
use crate::printout::{cell, join, lines, rows_of, wide};
use domain::{form::Opinion, setting::Language};
use rust_xlsxwriter::{Format, FormatAlign, Worksheet, XlsxError};

const NO: Column = Column {
    name: "form-column-no",
    digits: 5.0,
};
const SOURCE: Column = Column {
    name: "form-column-source",
    digits: 15.0,
};
const SPEAKER: Column = Column {
    name: "form-column-speaker",
    digits: 15.0,
};
const OPINION: Column = Column {
    name: "form-column-opinion",
    digits: 60.0,
};
/// Where there is no column of speakers, the opinions have its room.
const OPINION_WIDER: Column = Column {
    name: "form-column-opinion",
    digits: 75.0,
};
const NOTE: Column = Column {
    name: "form-column-note",
    digits: 30.0,
};

pub(super) fn write(
    sheet: &mut Worksheet,
    paper: &Paper,
    language: Language,
) -> Result<(), XlsxError> {
    let columns: &[Column] = if paper.said.has_speakers() {
        &[NO, SOURCE, SPEAKER, OPINION, NOTE]
    } else {
        &[NO, SOURCE, OPINION_WIDER, NOTE]
    };
    begin(sheet, paper, columns, language)?;
    let (left, middle) = (cell(), cell().set_align(FormatAlign::Center));
    let mut row = HEADER_ROW + 1;
    for (place, opinion) in paper.said.opinions().iter().enumerate() {
        let words = words(paper, place + 1, opinion);
        let tallest = columns
            .iter()
            .zip(&words)
            .map(|(column, words)| lines(words, wide(column.digits)))
            .max();
        let (rows, height) = rows_of(tallest.unwrap_or(1));
        for (place, (column, words)) in (0_u16..).zip(columns.iter().zip(&words)) {
            let format: &Format = if column.name == NO.name {
                &middle
            } else {
                &left
            };
            join(sheet, (row, place), (row + rows - 1, place), words, format)?;
        }
        for _ in 0..rows {
            sheet.set_row_height(row, height)?;
            row += 1;
        }
    }
    Ok(())
}

/// The words of a row, in the order of the columns.
fn words(paper: &Paper, no: usize, opinion: &Opinion) -> Vec<String> {
    let mut words = vec![no.to_string(), paper.source(opinion).to_owned()];
    if paper.said.has_speakers() {
        words.push(
            paper
                .said
                .speaker_of(opinion)
                .unwrap_or_default()
                .to_owned(),
        );
    }
    words.push(opinion.wording.clone());
    words.push(opinion.note.clone().unwrap_or_default());
    words
}
