//! What stands above the table: 【一次連携】 第1回〇〇連携に関する打合せ会, the date, whose list it is.

use super::{
    Known,
    heading::Heading,
    source::{self, Source},
};
use crate::{
    era::parse_date,
    sheet::Sheet,
    text::{normalise, one_line},
    tier::Tier,
};
use chrono::NaiveDate;
use regex::Regex;
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

/// UTF-16 units of the title line that is shown.
const WORDS_UNITS_MAX: usize = 80;
/// Cells above the headings that are looked at.
const CELLS_MAX: usize = 500;

/// What stands above a table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Title {
    /// The name of the sheet in a workbook.
    pub sheet: Option<String>,
    /// The title line, shortened.
    pub words: Option<String>,
    /// Which kind of gathering it was: 【一次連携】 …
    pub gathering: Option<Tier>,
    /// 第n回
    pub number: Option<u32>,
    /// The day of the gathering.
    #[serde(with = "day")]
    pub date: Option<NaiveDate>,
    /// Whose list it is, where an association or a profession is named by itself.
    pub source: Source,
}

impl Title {
    pub(super) fn read(sheet: &Sheet, heading: &Heading, known: &Known<'_>) -> Self {
        let mut title = Self {
            sheet: sheet.name.clone(),
            ..Self::default()
        };
        let above = sheet.rows.iter().take(heading.row).flatten();
        for cell in above.take(CELLS_MAX) {
            title.look(cell.trim(), known);
        }
        // A workbook with a sheet for each association often names it on the tab only.
        if title.source == Source::default()
            && let Some(name) = &sheet.name
            && let Some(found) = source::exactly(known.office, name)
        {
            title.source = found;
        }
        if title.source == Source::default() {
            title.source = known.source;
        }
        title
    }

    fn look(&mut self, cell: &str, known: &Known<'_>) {
        static NUMBER: LazyLock<Regex> =
            LazyLock::new(|| Regex::new(r"第\s*(\d{1,4})\s*回").expect("a pattern of ours"));
        if cell.is_empty() {
            return;
        }
        let even = normalise(cell);
        // 開催日：令和8年11月20日(金), 職種名:薬剤師会
        let value = even.rsplit(':').next().unwrap_or(&even).trim();
        let day = value.trim_end_matches("現在").trim_end();
        if self.date.is_none()
            && let Ok(date) = parse_date(day, known.today)
        {
            self.date = Some(date);
            return;
        }
        if self.source == Source::default()
            && let Some(found) = source::exactly(known.office, value)
        {
            self.source = found;
            return;
        }
        let number = NUMBER
            .captures(&even)
            .and_then(|found| found[1].parse().ok());
        let gathering = [
            ("一次連携", Tier::One),
            ("二次連携", Tier::Two),
            ("三次連携", Tier::Three),
        ]
        .into_iter()
        .find(|(word, _)| even.contains(word))
        .map(|(_, tier)| tier);
        if self.words.is_none() && (number.is_some() || gathering.is_some()) {
            self.words = Some(one_line(cell, WORDS_UNITS_MAX));
        }
        self.number = self.number.or(number);
        self.gathering = self.gathering.or(gathering);
    }
}

/// A day as the number of days since the beginning of our era, for drafts.
mod day {
    use chrono::{Datelike, NaiveDate};
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(super) fn serialize<S: Serializer>(
        day: &Option<NaiveDate>,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        day.map(|day| day.num_days_from_ce()).serialize(to)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Option<NaiveDate>, D::Error> {
        let days = Option::<i32>::deserialize(from)?;
        Ok(days.and_then(NaiveDate::from_num_days_from_ce_opt))
    }
}
