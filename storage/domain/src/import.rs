//! Import (取込): a list of issues that an office kept in a spreadsheet (the manual's form 1, seed 000,
//! chapter 2 (1)), understood row by row before anything is stored.
//!
//! Headings are found by their names in any order; what stands above them (第n回, the date, whose list it
//! is) is read too. Every row is taken, found to be there already, or refused with a reason a person can
//! act on; what was guessed of a row is said. Reading files is not here, and neither is storing.

use crate::{
    id::{AssociationId, CategoryId, IssueId, ProfessionId, SessionId},
    issue::Kind,
    office::Office,
    sheet::Sheet,
    speaker::Speaker,
    text::fold,
    tier::Tier,
};
use chrono::NaiveDate;
use heading::Heading;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};

mod bullet;
mod heading;
mod row;
mod source;
#[cfg(test)]
mod tests;
mod title;

pub use source::Source;
pub use title::Title;

/// Most rows one import takes; a longer list is taken in several.
pub const ROWS_MAX: usize = 5_000;
/// UTF-16 units of a wording that is shown but not taken.
pub const EXCERPT_UNITS_MAX: usize = 60;
/// Most sheets of a workbook that are named as holding no list.
const UNREAD_MAX: usize = 20;

/// Where a row stands.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Place {
    /// The sheet, counted from 0 in the order of [`Plan::titles`].
    pub sheet: usize,
    /// The row as the spreadsheet counts it, from 1.
    pub row: usize,
}

/// What the rules need to know besides the sheets.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// The office, whose professions, associations, categories and tier rules count.
    pub office: &'a Office,
    /// The gathering the list is of, where one was chosen.
    pub session: Option<SessionId>,
    /// Whose list it is, where neither its rows nor what stands above them says it.
    pub source: Source,
    /// What is there already.
    pub there: &'a HashMap<Same, IssueId>,
    /// The day it is, for dates without a year.
    pub today: NaiveDate,
}

/// What makes two issues the same: who said it, where, and the letters of the wording.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Same {
    profession: Option<ProfessionId>,
    session: Option<SessionId>,
    letters: String,
}

impl Same {
    /// Width, case, kana, spaces and punctuation do not count: files in other letters (〜 and ～) and a
    /// full stop more are the same opinion.
    #[must_use]
    pub fn of(profession: Option<ProfessionId>, session: Option<SessionId>, wording: &str) -> Self {
        let folded = fold(wording);
        let mut letters: String = folded.chars().filter(|c| c.is_alphanumeric()).collect();
        if letters.is_empty() {
            // ？？？ is not the same as ・・・.
            letters = folded;
        }
        Self {
            profession,
            session,
            letters,
        }
    }
}

/// A list as it was understood.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// What stands above the headings of each sheet that holds a list.
    pub titles: Vec<Title>,
    /// Names of sheets that hold none, at most some.
    pub unread: Vec<String>,
    /// The rows, in the order of the sheets. Blank ones are left out.
    pub rows: Vec<Row>,
    /// Who said what, by the place in `rows`: kept apart, because a name is for the desk and under seal.
    pub speakers: BTreeMap<usize, Speaker>,
}

/// A row and what becomes of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Where it stands.
    pub place: Place,
    /// What becomes of it.
    pub verdict: Verdict,
}

/// What becomes of a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Verdict {
    /// It becomes an issue.
    Take(Taken),
    /// The same is there already (既にあります).
    There {
        /// As which issue.
        issue: IssueId,
        /// The beginning of its wording.
        excerpt: String,
    },
    /// It is not taken.
    Refuse {
        /// Why.
        reason: Reason,
        /// The beginning of its wording; what may not be kept is masked.
        excerpt: String,
    },
}

/// An issue as the list says it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taken {
    /// The wording, cleaned.
    pub text: String,
    /// 備考, cleaned.
    pub note: Option<String>,
    /// The profession that said it.
    pub profession: Option<ProfessionId>,
    /// The association that raised it.
    pub association: Option<AssociationId>,
    /// Issue or idea.
    pub kind: Kind,
    /// The tier.
    pub tier: Tier,
    /// The list names the tier itself.
    pub tier_named: bool,
    /// The categories of the office it is in.
    pub categories: Vec<CategoryId>,
    /// What of it was guessed; empty when all of it was said.
    pub guesses: Vec<Guess>,
}

impl Taken {
    /// What makes it the same as another.
    #[must_use]
    pub fn same(&self, session: Option<SessionId>) -> Same {
        Same::of(self.profession, session, &self.text)
    }
}

/// What was guessed of a row.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "of", rename_all = "snake_case")]
pub enum Guess {
    /// The tier, from the words of the wording; the words that decided, at most three.
    Tier {
        /// The words; none when it is the rule for the rest.
        words: Vec<String>,
    },
    /// The profession or association, from another word for it.
    Source {
        /// As written.
        written: String,
    },
    /// Who said it, from what stands above the table.
    SourceFromTitle,
    /// Nobody is named, and nothing above the table says it.
    NoSource,
    /// 同上 and 〃: as in the row above.
    Ditto,
    /// Issue or idea, where the column says neither.
    Kind,
    /// The office has no category of this name; the issue is taken without it.
    Category {
        /// As written.
        written: String,
    },
    /// A cell was computed; its last result was taken.
    Formula,
}

/// Why a row is refused; each can be put right in the spreadsheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Reason {
    /// Other cells are filled, but there is no wording.
    NoWording,
    /// The wording is too long.
    TooLong {
        /// The most UTF-16 units there may be.
        limit: usize,
        /// How many there are.
        actual: usize,
    },
    /// 備考 is too long.
    NoteTooLong {
        /// The most UTF-16 units there may be.
        limit: usize,
        /// How many there are.
        actual: usize,
    },
    /// The speaker's name is too long.
    SpeakerTooLong {
        /// The most UTF-16 units there may be.
        limit: usize,
        /// How many there are.
        actual: usize,
    },
    /// A cell shows an error in place of a text.
    Faulty {
        /// The error: #REF!
        shown: String,
    },
    /// There is no profession or association of this name.
    UnknownSource {
        /// As written.
        written: String,
        /// The name that is nearest, if one is near.
        nearest: Option<String>,
    },
    /// Wording or note hold personal data; it is masked wherever it is shown.
    PersonalData,
    /// The name of the speaker holds a number.
    NumberInSpeaker,
    /// One patient's condition, which belongs to the doctor, dentist or pharmacist.
    SingleCase,
    /// The same stands further up in the file.
    Repeated {
        /// There.
        first: Place,
    },
    /// The import is full; the next one takes it.
    Beyond,
}

/// No sheet holds a list: no row of headings with one for the wording.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no heading for the wording was found")]
pub struct NoList;

/// Understands a workbook; sheets without a row of headings are left aside.
///
/// # Errors
/// [`NoList`] when none has one.
pub fn plan(sheets: &[Sheet], known: &Known<'_>) -> Result<Plan, NoList> {
    let mut plan = Plan::default();
    let mut reading = row::Reading::new(*known);
    for sheet in sheets {
        let Some(heading) = Heading::find(sheet) else {
            if let Some(name) = sheet
                .name
                .as_ref()
                .filter(|_| plan.unread.len() < UNREAD_MAX)
            {
                plan.unread.push(name.clone());
            }
            continue;
        };
        let title = Title::read(sheet, &heading, known);
        plan.titles.push(title);
        reading.sheet(&mut plan, sheet, &heading);
    }
    if plan.titles.is_empty() {
        return Err(NoList);
    }
    Ok(plan)
}
