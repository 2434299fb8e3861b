//! A list of notices that an office kept in a spreadsheet, understood row by row before anything is stored.
//!
//! Headings are found by their names in any order. Topic and scopes may stand once for several rows (a
//! merged block, 〃, or the cell left blank below). A cell with several days (令和2年2月28日付事務連絡、3月6日付事務連絡)
//! is as many notices. What is there already changes nothing; what is refused says why.

mod day;
mod heading;
mod row;

pub use heading::Part;

use super::{Same, personal};
use crate::{id::NoticeId, personal_data::mask, sheet::Sheet, text::one_line};
use chrono::NaiveDate;
use day::{Day, days};
use heading::{Columns, heading};
use row::{Cells, cells, whole};
use std::collections::{BTreeMap, HashMap};

/// Most notices one import takes.
pub const ROWS_MAX: usize = 3_000;
/// UTF-16 units of a title that is shown but not taken.
const EXCERPT_UNITS_MAX: usize = 60;

/// A list as it was understood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listed {
    /// The rows, in the order of the sheets; one with several days stands several times.
    pub rows: Vec<Row>,
    /// Names of sheets that hold no list.
    pub unread: Vec<String>,
}

/// A row and what becomes of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The row as the spreadsheet counts it, from 1.
    pub line: usize,
    /// What becomes of it.
    pub verdict: Verdict,
}

/// What becomes of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It becomes a notice.
    Take(Box<Taken>),
    /// The same is there already.
    There {
        /// As which notice.
        notice: NoticeId,
        /// The beginning of its title.
        title: String,
    },
    /// It is not taken.
    Refuse {
        /// Why.
        reason: Reason,
        /// The beginning of its title; what may not be kept is masked.
        title: String,
    },
}

/// A notice as the list says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// 件名
    pub title: String,
    /// 番号
    pub number: Option<String>,
    /// 発出元
    pub issuer: Option<String>,
    /// 発出日
    pub date: NaiveDate,
    /// 話題
    pub topic: Option<String>,
    /// 対象, as tags.
    pub scopes: Vec<String>,
    /// Where it can be read.
    pub link: Option<String>,
    /// Its words.
    pub wording: Option<String>,
    /// What was guessed.
    pub guesses: Vec<Guess>,
}

/// What was guessed of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Guess {
    /// Topic or scopes stand above it.
    FromAbove(Part),
    /// It has no title; the topic is taken for it.
    TitleFromTopic,
    /// It names nobody it is for: only the desk gets it until somebody does.
    NoScope,
    /// A tag that is not known; it finds associations that write it the same way.
    UnknownScope(String),
    /// One of so many days of one cell.
    OneOfDays(usize),
    /// The year was taken from the day before it in the cell.
    YearFromBefore,
    /// The era as written did not hold on that day any more.
    BeyondEra,
    /// What stands in the column of links is no link; it was left out.
    NoLink,
    /// A cell was computed; its last result was taken.
    Formula,
}

/// Why a row is refused; each can be put right in the spreadsheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// It has neither title nor topic.
    NoTitle,
    /// It has no day.
    NoDate,
    /// What stands for the day is none.
    NotADate(String),
    /// There is no such day, or it is another weekday.
    WrongDay(String),
    /// A part is too long; the most there may be, in UTF-16 units.
    TooLong(Part, usize),
    /// It holds personal data.
    PersonalData,
    /// A cell shows an error.
    Faulty,
    /// The same stands in another row of the file.
    Repeated(usize),
    /// There are more than [`ROWS_MAX`].
    Beyond,
}

/// Understands the sheets of a file; `there` is what the office has. `None` when no sheet has headings for
/// a day and for a title or topic.
#[must_use]
pub fn read(sheets: &[Sheet], there: &HashMap<Same, NoticeId>, today: NaiveDate) -> Option<Listed> {
    let mut listed = Listed::default();
    let mut reading = Reading {
        there,
        today,
        said: HashMap::new(),
        taken: 0,
    };
    let mut found = false;
    for sheet in sheets {
        match heading(sheet) {
            Some((row, columns)) => {
                found = true;
                reading.sheet(&mut listed, sheet, row, &columns);
            }
            None => listed.unread.extend(sheet.name.clone()),
        }
    }
    found.then_some(listed)
}

struct Reading<'a> {
    there: &'a HashMap<Same, NoticeId>,
    today: NaiveDate,
    said: HashMap<Same, usize>,
    taken: usize,
}

impl Reading<'_> {
    fn sheet(&mut self, listed: &mut Listed, sheet: &Sheet, heading: usize, columns: &Columns) {
        let mut above: BTreeMap<Part, String> = BTreeMap::new();
        for at in heading + 1..sheet.rows.len() {
            let cells = cells(sheet, at, columns, &mut above);
            let own = [
                Part::Title,
                Part::Date,
                Part::Number,
                Part::Wording,
                Part::Link,
            ];
            let blank = own.iter().all(|part| cells.get(*part).is_empty());
            let repeated = columns
                .values()
                .all(|column| sheet.cell(at, *column) == sheet.cell(heading, *column));
            if blank || repeated {
                continue;
            }
            for verdict in self.row(&cells, at + 1) {
                listed.rows.push(Row {
                    line: at + 1,
                    verdict,
                });
            }
        }
    }

    fn row(&mut self, cells: &Cells, line: usize) -> Vec<Verdict> {
        let written = [Part::Title, Part::Topic].map(|part| cells.get(part));
        let shown = written
            .into_iter()
            .find(|words| !words.is_empty())
            .unwrap_or_default();
        let hits = personal(shown);
        let shown = one_line(&mask(shown, &hits), EXCERPT_UNITS_MAX);
        let refuse = |reason| Verdict::Refuse {
            reason,
            title: shown.clone(),
        };
        let whole = match whole(cells) {
            Ok(whole) => whole,
            Err(reason) => return vec![refuse(reason)],
        };
        let days = match days(cells.get(Part::Date), self.today) {
            Ok(days) => days,
            Err(reason) => return vec![refuse(reason)],
        };
        let several = days.len();
        let of_day = |day: Day| {
            let mut taken = whole.clone();
            taken.date = day.date;
            if let Some(number) = day.number
                && taken.number.is_none()
            {
                taken.number = Some(number);
            }
            if several > 1 {
                taken.guesses.push(Guess::OneOfDays(several));
            }
            taken.guesses.extend(day.guesses);
            self.standing(taken, line, &shown)
        };
        days.into_iter().map(of_day).collect()
    }

    /// What stands against taking a notice that is well in itself.
    fn standing(&mut self, taken: Taken, line: usize, shown: &str) -> Verdict {
        let same = Same::of(&taken.title, taken.number.as_deref(), Some(taken.date));
        let refuse = |reason| Verdict::Refuse {
            reason,
            title: shown.to_owned(),
        };
        if let Some(first) = self.said.get(&same) {
            return refuse(Reason::Repeated(*first));
        }
        self.said.insert(same.clone(), line);
        if let Some(notice) = self.there.get(&same) {
            return Verdict::There {
                notice: *notice,
                title: shown.to_owned(),
            };
        }
        if self.taken >= ROWS_MAX {
            return refuse(Reason::Beyond);
        }
        self.taken += 1;
        Verdict::Take(Box::new(taken))
    }
}
