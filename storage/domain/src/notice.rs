//! Notices (行政通知): documents from ministry or prefecture, as seed 003 gathers them.
//!
//! A notice has an issuer, a number, a date, a topic (話題) it belongs to and scopes: the tags of services
//! by which associations get it. It stands until another one replaces it, in part or whole, or until it
//! is abolished; each such change has a day from which it counts, so that what is written down early is
//! true on time. Who has confirmed what, and keeping any of it, is not here.
//!
//! ```
//! use domain::notice::scope;
//! let tags = scope::read("入所施設・居住系及び訪問系サービス");
//! assert_eq!(tags, ["入所施設", "居住系", "訪問系"]);
//! assert!(scope::reaches(&tags, &["有料老人ホーム".to_owned()]));
//! assert!(!scope::reaches(&tags, &["居宅介護支援".to_owned()]));
//! ```

use crate::{
    id::{NoticeId, TopicId, UserId},
    personal_data::{self, Hit, Kind},
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

pub mod bulletin;
pub mod import;
pub mod scope;
#[cfg(test)]
mod seed_tests;
mod source;
#[cfg(test)]
mod tests;

pub use source::{Issued, read_issued, read_link};

/// Longest title, in UTF-16 units.
pub const TITLE_UNITS_MAX: usize = 200;
/// Longest number (事務連絡, 3介334号通知), in UTF-16 units.
pub const NUMBER_UNITS_MAX: usize = 60;
/// Longest issuer (厚生労働省健康局結核感染症課ほか連名), in UTF-16 units.
pub const ISSUER_UNITS_MAX: usize = 100;
/// Longest link, in UTF-16 units.
pub const LINK_UNITS_MAX: usize = 500;
/// Longest name of a topic, in UTF-16 units.
pub const TOPIC_UNITS_MAX: usize = 100;
/// Longest wording of a notice, in UTF-16 units: three times what seed 002 has.
pub const WORDING_UNITS_MAX: usize = 40_000;
/// Longest words for the part that a change is of (問1～3), in UTF-16 units.
pub const PART_UNITS_MAX: usize = 100;
/// Most changes of one notice.
pub const CHANGES_MAX: usize = 20;
/// Most topics of an office.
pub const TOPICS_MAX: i64 = 500;
/// Most notices of an office.
pub const NOTICES_MAX: i64 = 20_000;

/// How a notice stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It came from a feed and waits for the desk to look at it; nobody else knows of it.
    Draft,
    /// It stands as it was issued.
    Standing,
    /// Another one has taken the place of a part of it.
    Partly,
    /// Another one has taken its place.
    Replaced,
    /// It was abolished.
    Abolished,
}

crate::codes!(State {
    Draft = "draft",
    Standing = "standing",
    Partly = "partly",
    Replaced = "replaced",
    Abolished = "abolished",
});

impl State {
    /// Whether nothing of it is left.
    #[must_use]
    pub fn is_over(self) -> bool {
        matches!(self, Self::Replaced | Self::Abolished)
    }
}

/// What becomes of a notice (改廃).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// A part of it is replaced or falls away.
    Partly,
    /// Another one takes its place.
    Replaced,
    /// It falls away; what comes after it, if anything, is a new rule and not its next wording.
    Abolished,
}

crate::codes!(What {
    Partly = "partly",
    Replaced = "replaced",
    Abolished = "abolished",
});

impl What {
    /// How a notice stands once it counts.
    #[must_use]
    pub fn state(self) -> State {
        match self {
            Self::Partly => State::Partly,
            Self::Replaced => State::Replaced,
            Self::Abolished => State::Abolished,
        }
    }
}

/// One change of a notice.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Change {
    /// What becomes of it.
    pub what: What,
    /// The first day on which that is so; `None` when nobody knows, and then it is so already.
    pub from: Option<NaiveDate>,
    /// What takes its place.
    pub by: Option<NoticeId>,
    /// Which part of it, in words; only for [`What::Partly`].
    pub part: Option<String>,
}

impl Change {
    /// Whether it counts on a day.
    #[must_use]
    pub fn counts_on(&self, today: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= today)
    }
}

/// Where the office has a notice from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// Somebody filled in the form.
    Form,
    /// It stood in a list that was imported.
    Import,
    /// It was in a feed the office watches.
    Feed,
}

crate::codes!(Origin { Form = "form", Import = "import", Feed = "feed" });

/// One notice as it is kept; its wording is kept beside it, in versions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Its number in the office; what the issuer calls its number is [`Notice::number`].
    pub id: NoticeId,
    /// Counts changes of it; from 1.
    pub revision: i64,
    /// It came from a feed and waits for the desk.
    pub draft: bool,
    /// Its title, on one line.
    pub title: String,
    /// What the issuer calls it: 事務連絡, 3介334号通知.
    pub number: Option<String>,
    /// Who issued it.
    pub issuer: Option<String>,
    /// The day on it.
    pub date: Option<NaiveDate>,
    /// The topic it belongs to.
    pub topic: Option<TopicId>,
    /// Where it can be read: http or https.
    pub link: Option<String>,
    /// Whom it is for, as tags ([`scope::read`]); none: only the desk knows what to do with it.
    pub scopes: Vec<String>,
    /// What became of it, in the order in which it was written down; nothing comes after its end.
    pub changes: Vec<Change>,
    /// Where the office has it from.
    pub origin: Origin,
    /// Who wrote it down; a feed is nobody.
    pub added_by: Option<UserId>,
    /// When it was written down.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub changed_at: DateTime<Utc>,
    /// Taken back: it stands nowhere and is found by nobody.
    pub retracted: bool,
}

impl Notice {
    /// How it stands on a day.
    #[must_use]
    pub fn state_on(&self, today: NaiveDate) -> State {
        if self.draft {
            return State::Draft;
        }
        let counts = |change: &&Change| change.counts_on(today);
        let last = self.changes.iter().rev().find(counts);
        last.map_or(State::Standing, |change| change.what.state())
    }

    /// What ends it, now or on a day to come.
    #[must_use]
    pub fn ending(&self) -> Option<&Change> {
        self.changes
            .last()
            .filter(|change| change.what != What::Partly)
    }

    /// Whether associations get it: it is no draft, was not taken back, and something of it is left on
    /// this day.
    #[must_use]
    pub fn is_for_digests_on(&self, today: NaiveDate) -> bool {
        !self.retracted && !self.draft && !self.state_on(today).is_over()
    }
}

/// A topic (話題): what several notices are about, as the headings of seed 003 gather them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Topic {
    /// Our id.
    pub id: TopicId,
    /// Its name, on one line.
    pub name: String,
}

/// One version of a notice's wording; versions never change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wording {
    /// Counts them; from 1.
    pub version: i64,
    /// The words.
    pub text: String,
    /// Who put it in; a feed is nobody.
    pub added_by: Option<UserId>,
    /// When.
    pub added_at: DateTime<Utc>,
}

/// Why a notice cannot be changed so.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Hindrance {
    /// It is a draft: there is nothing yet that could end.
    #[error("the notice is a draft")]
    Draft,
    /// What is to take its place is a draft.
    #[error("the successor is a draft")]
    SuccessorIsDraft,
    /// It would take its own place.
    #[error("a notice cannot replace itself")]
    Itself,
    /// It has come to an end already.
    #[error("the notice has come to an end already")]
    Over(Change),
    /// What is to take its place has come to an end itself; the last one of that line, if it stands.
    #[error("the successor has come to an end itself")]
    SuccessorIsOver(Option<NoticeId>),
    /// The notices would replace each other in a circle, from the successor to the notice.
    #[error("the notices would replace each other in a circle")]
    Circle(Vec<NoticeId>),
    /// The same change is written down already.
    #[error("the same change is written down already")]
    Same,
    /// It has [`CHANGES_MAX`] changes.
    #[error("the notice has {CHANGES_MAX} changes")]
    Full,
    /// Whatever replaces it must be named.
    #[error("nothing is named that replaces it")]
    Nothing,
}

/// What takes the place of which, over all notices of an office.
pub type Successors = BTreeMap<NoticeId, Vec<(What, NoticeId)>>;

/// The notice with one change more.
///
/// A notice ends once: whatever replaced it can be replaced itself, but not the same notice twice. What
/// takes its place must stand, or a digest would send people from one dead end to the next.
///
/// # Errors
/// [`Hindrance`].
pub fn change(
    notice: &Notice,
    by: Option<&Notice>,
    change: Change,
    successors: &Successors,
) -> Result<Notice, Hindrance> {
    if notice.draft {
        return Err(Hindrance::Draft);
    }
    if let Some(ending) = notice.ending() {
        return Err(Hindrance::Over(ending.clone()));
    }
    match by {
        None if change.what == What::Replaced => return Err(Hindrance::Nothing),
        None => {}
        Some(by) if by.id == notice.id => return Err(Hindrance::Itself),
        Some(by) => {
            if let Some(path) = path(by.id, notice.id, successors) {
                return Err(Hindrance::Circle(path));
            }
            if by.draft {
                return Err(Hindrance::SuccessorIsDraft);
            }
            if by.ending().is_some() {
                return Err(Hindrance::SuccessorIsOver(last_of(by.id, successors)));
            }
        }
    }
    if notice.changes.contains(&change) {
        return Err(Hindrance::Same);
    }
    if notice.changes.len() >= CHANGES_MAX {
        return Err(Hindrance::Full);
    }
    let mut changed = notice.clone();
    changed.changes.push(change);
    Ok(changed)
}

/// The way from one notice over what takes its place to another, both ends included.
fn path(from: NoticeId, to: NoticeId, successors: &Successors) -> Option<Vec<NoticeId>> {
    let mut came: BTreeMap<NoticeId, NoticeId> = BTreeMap::new();
    let mut waiting = vec![from];
    while let Some(at) = waiting.pop() {
        for (_, next) in successors.get(&at).into_iter().flatten() {
            if *next == from || came.contains_key(next) {
                continue;
            }
            came.insert(*next, at);
            waiting.push(*next);
        }
    }
    let mut way = vec![to];
    while way.last() != Some(&from) {
        way.push(*came.get(way.last()?)?);
    }
    way.reverse();
    Some(way)
}

/// Where a line of whole replacements ends; `None` when the last one was abolished without a successor.
fn last_of(notice: NoticeId, successors: &Successors) -> Option<NoticeId> {
    let mut seen = BTreeSet::from([notice]);
    let mut at = notice;
    loop {
        let ends = successors.get(&at).into_iter().flatten();
        let mut whole = ends.filter(|(what, _)| *what != What::Partly);
        match whole.next_back() {
            Some((_, next)) if seen.insert(*next) => at = *next,
            _ => return (at != notice).then_some(at),
        }
    }
}

/// The personal data in words of a notice. Telephone numbers, addresses and e-mail are those of public
/// offices there and pass (DESIGN section 2, rule 7).
#[must_use]
pub fn personal(words: &str) -> Vec<Hit> {
    let mut hits = personal_data::check(words).hits;
    hits.retain(|hit| !matches!(hit.kind, Kind::Phone | Kind::Address | Kind::Email));
    hits
}

/// What makes two notices the same: the letters of the title, the number and the day. Width, case, spaces
/// and punctuation do not count.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Same {
    title: String,
    number: String,
    date: Option<NaiveDate>,
}

impl Same {
    /// What makes a notice of this title, number and day the same as another.
    #[must_use]
    pub fn of(title: &str, number: Option<&str>, date: Option<NaiveDate>) -> Self {
        let letters = |text: &str| -> String {
            let folded = crate::text::fold(text);
            folded.chars().filter(|c| c.is_alphanumeric()).collect()
        };
        Self {
            title: letters(title),
            number: letters(number.unwrap_or_default()),
            date,
        }
    }
}
