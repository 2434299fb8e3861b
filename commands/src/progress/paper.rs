//! The files beside the words: the chart as a picture and the table as a sheet. They keep a core busy for
//! some tens of milliseconds, so they are made apart from what answers.

use super::{month_sheet, page, year_sheet};
use crate::{answer::File, card, chart, error::Error, text};
use chrono::{DateTime, Utc};
use domain::{
    progress::{Month, Year},
    setting::Language,
};
use std::sync::Arc;

const FAULT: Error = Error::Fault("a chart or a sheet of progress could not be made");

/// The chart and the sheet of a month.
///
/// # Errors
/// They could not be made: a fault of ours.
pub(crate) async fn month(month: Arc<Month>, at: DateTime<Utc>) -> Result<Vec<File>, Error> {
    let made = tokio::task::spawn_blocking(move || {
        let chart = chart::month(&month).map_err(|_| FAULT)?;
        let sheet = month_sheet::written(&month, at).map_err(|_| FAULT)?;
        let language = month.language;
        let name = page::month_name(month.month, language);
        let stem = stem("month", month.month.number());
        files(&stem, &name, chart, sheet, (month.as_of, language))
    });
    made.await.map_err(|_| FAULT)?
}

/// The chart and the sheet of a year.
///
/// # Errors
/// As [`month`].
pub(crate) async fn year(year: Arc<Year>, at: DateTime<Utc>) -> Result<Vec<File>, Error> {
    let made = tokio::task::spawn_blocking(move || {
        let chart = chart::year(&year).map_err(|_| FAULT)?;
        let sheet = year_sheet::written(&year, at).map_err(|_| FAULT)?;
        let language = year.language;
        let name = card::year_name(year.year, language);
        let stem = stem("year", i64::from(year.year.western()));
        files(&stem, &name, chart, sheet, (year.as_of, language))
    });
    made.await.map_err(|_| FAULT)?
}

/// month-202611
fn stem(what: &str, number: i64) -> String {
    format!("{what}-{number}")
}

fn files(
    stem: &str,
    name: &str,
    chart: chart::Chart,
    sheet: Vec<u8>,
    (day, language): (chrono::NaiveDate, Language),
) -> Result<Vec<File>, Error> {
    let described = text!(
        "progress-sheet-description",
        name = name.to_owned(),
        day = card::date(day, language),
    );
    Ok(vec![
        File::new(format!("{stem}.png"), chart.alternative, chart.png)?,
        File::new(format!("{stem}.xlsx"), described.say(language), sheet)?,
    ])
}
