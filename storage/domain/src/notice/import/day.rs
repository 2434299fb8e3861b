//! The days of a cell: a notice that came several times stands in one row with all of them.

use super::{EXCERPT_UNITS_MAX, Guess, Reason};
use crate::{
    era::{DateFault, read_date},
    notice::NUMBER_UNITS_MAX,
    text::{normalise, one_line},
};
use chrono::NaiveDate;

/// Most days of one cell.
const DATES_MAX: usize = 60;

/// A day, with what stands behind it.
pub(super) struct Day {
    pub(super) date: NaiveDate,
    pub(super) number: Option<String>,
    pub(super) guesses: Vec<Guess>,
}

/// The days of a cell: 令和2年2月28日付事務連絡、3月6日付事務連絡. What stands behind a day is its number.
pub(super) fn days(written: &str, today: NaiveDate) -> Result<Vec<Day>, Reason> {
    let mut days: Vec<Day> = Vec::new();
    let apart = ['、', ',', '，', '､', '\n', ';', '；'];
    let pieces = written
        .split(apart)
        .map(str::trim)
        .filter(|piece| !piece.is_empty());
    for piece in pieces.take(DATES_MAX) {
        let plain = normalise(piece);
        let plain = plain.trim_matches(|c: char| matches!(c, '(' | ')') || c.is_whitespace());
        let (mut day, number) = match plain.find('日') {
            Some(end) => {
                let (day, rest) = plain.split_at(end + '日'.len_utf8());
                let rest = if rest.starts_with('(') && rest.contains(')') {
                    rest.split_once(')').map_or("", |(_, rest)| rest)
                } else {
                    rest
                };
                (
                    day.to_owned(),
                    rest.trim_start_matches("付け")
                        .trim_start_matches('付')
                        .trim(),
                )
            }
            None => (plain.to_owned(), ""),
        };
        let mut guesses = Vec::new();
        // 3月6日 behind 令和2年2月28日 is of the same year.
        if let Some(before) = days.last()
            && !day.contains('年')
            && day.contains('月')
        {
            day = format!("{}年{day}", before.date.format("%Y"));
            guesses.push(Guess::YearFromBefore);
        }
        let excerpt = || one_line(piece, EXCERPT_UNITS_MAX);
        let read = read_date(&day, today).map_err(|fault| match fault {
            DateFault::NotADate => Reason::NotADate(excerpt()),
            DateFault::NoSuchDay { .. } | DateFault::WrongWeekday { .. } => {
                Reason::WrongDay(excerpt())
            }
        })?;
        if read.beyond_era {
            guesses.push(Guess::BeyondEra);
        }
        days.push(Day {
            date: read.date,
            number: (!number.is_empty()).then(|| one_line(number, NUMBER_UNITS_MAX)),
            guesses,
        });
    }
    if days.is_empty() {
        return Err(Reason::NoDate);
    }
    Ok(days)
}
