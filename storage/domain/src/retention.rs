//! Keeping time (保存期間): until when the office keeps its records, and which may go (DESIGN section 7).
//!
//! A record is kept for a number of years from the end of the fiscal year in which it was last touched.
//! What still lives (an open issue, a review ahead) has no such end, and neither has what something kept
//! leans on: a project that is kept keeps the sessions that were part of it. Nothing is deleted here, and
//! nothing without the desk's word.

use crate::{
    calendar::{Calendar, Shift},
    era::FiscalYear,
    occurrence::Moment,
};
use chrono::{DateTime, Months, NaiveDate, NaiveTime, Utc};
use chrono_tz::Tz;
use std::collections::{BTreeMap, BTreeSet};

/// Farthest year the desk may keep longer until, counted from the present one.
pub const LONGER_YEARS_MAX: i32 = 30;
/// Years that are offered for keeping longer.
pub const LONGER_YEARS: [i32; 4] = [1, 2, 3, 5];

/// The nouns that have a keeping time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// An issue, with what was shared of it.
    Issue,
    /// A session, with its account.
    Session,
    /// A review.
    Review,
    /// A support project, with its tasks.
    Project,
    /// A yearly target, with its goals.
    Target,
    /// An entry of progress.
    Record,
    /// What somebody wanted people to be reminded of.
    Memo,
    /// That a list of issues was taken from a file.
    Import,
    /// A feedback to an association.
    Feedback,
    /// A message about what had come due.
    Reminder,
    /// A month of progress that was posted.
    Month,
    /// A year of progress that was posted.
    Yearly,
}

crate::codes!(Kind {
    Issue = "issue",
    Session = "session",
    Review = "review",
    Project = "project",
    Target = "target",
    Record = "record",
    Memo = "memo",
    Import = "import",
    Feedback = "feedback",
    Reminder = "reminder",
    Month = "month",
    Yearly = "yearly",
});

/// One record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Item {
    /// Its noun.
    pub kind: Kind,
    /// Its number in the office.
    pub id: i64,
}

/// What is known of a record's life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Life {
    /// Whether it goes on: then it is never due.
    pub lives: bool,
    /// The last day anything happened to it, on the office's wall.
    pub last: NaiveDate,
}

/// The desk's word that what could have gone is kept longer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Longer {
    /// What could have gone on this day or before.
    pub through: NaiveDate,
    /// Is kept until the fiscal year that starts in this western year begins.
    pub until: i32,
}

/// The rule of an office.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Years of keeping after the fiscal year's end (`retention_years`).
    pub years: u32,
    /// First month of the fiscal year, 1 to 12.
    pub start_month: u32,
    /// What the desk keeps longer.
    pub longer: Vec<Longer>,
}

impl Rule {
    /// The first day on which what was last touched on a day may be deleted: the first of a fiscal year.
    ///
    /// ```
    /// use chrono::NaiveDate;
    /// use domain::retention::Rule;
    ///
    /// let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).expect("a day");
    /// let rule = Rule { years: 5, start_month: 4, longer: Vec::new() };
    /// // Fiscal year 2020 ends on 31 March 2021, and five years later it may go.
    /// assert_eq!(rule.from(day(2020, 4, 1)), day(2026, 4, 1));
    /// assert_eq!(rule.from(day(2021, 3, 31)), day(2026, 4, 1));
    /// assert_eq!(rule.from(day(2021, 4, 1)), day(2027, 4, 1));
    /// ```
    #[must_use]
    pub fn from(&self, last: NaiveDate) -> NaiveDate {
        let years = i32::try_from(self.years).unwrap_or(i32::MAX / 2);
        let touched = FiscalYear::of(last, self.start_month).western();
        let own = self.first_of(touched + years + 1);
        let kept = self.longer.iter().filter(|longer| own <= longer.through);
        kept.map(|longer| self.first_of(longer.until))
            .fold(own, NaiveDate::max)
    }

    fn first_of(&self, year: i32) -> NaiveDate {
        FiscalYear::starting_in(year).first_day(self.start_month)
    }
}

/// When the desk of an office is told what was kept long enough: on the first business day of the second
/// month of the fiscal year, when those who came in April know their way.
#[must_use]
pub fn proposed(
    year: FiscalYear,
    start_month: u32,
    time: NaiveTime,
    calendar: &Calendar,
) -> Moment {
    let first = year.first_day(start_month) + Months::new(1);
    Moment {
        date: calendar.shifted(first, Shift::Next),
        time,
    }
}

/// The next moment after `now` at which the desk is told, with its fiscal year.
#[must_use]
pub fn next_proposed(
    start_month: u32,
    time: NaiveTime,
    now: DateTime<Utc>,
    zone: Tz,
    calendar: &Calendar,
) -> (FiscalYear, Moment) {
    let this = FiscalYear::of(now.with_timezone(&zone).date_naive(), start_month);
    let moment = proposed(this, start_month, time, calendar);
    if moment.instant(zone) > now {
        return (this, moment);
    }
    let next = FiscalYear::starting_in(this.western() + 1);
    (next, proposed(next, start_month, time, calendar))
}

/// Records with their lives, and which of them lean on which: the first of a pair, while it is kept,
/// keeps the second.
#[derive(Clone, Debug, Default)]
pub struct Stock {
    /// Every record there is.
    pub lives: BTreeMap<Item, Life>,
    /// Who keeps whom. A pair with a record that is not there means nothing.
    pub ties: Vec<(Item, Item)>,
}

/// Why a record may not be deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// It goes on, or something that goes on leans on it.
    Lives(Item),
    /// Its time, or that of what leans on it, has not come before this day.
    Until(NaiveDate, Item),
}

impl Stock {
    /// Notes something of a record; of several notes the latest day counts, and one that lives is enough.
    pub fn note(&mut self, item: Item, lives: bool, last: NaiveDate) {
        let life = self.lives.entry(item).or_insert(Life { lives, last });
        life.lives |= lives;
        life.last = life.last.max(last);
    }

    /// The records that may be deleted on a day, by noun and number.
    #[must_use]
    pub fn due(&self, rule: &Rule, day: NaiveDate) -> BTreeSet<Item> {
        let mut kept: Vec<Item> = Vec::new();
        let mut due: BTreeSet<Item> = BTreeSet::new();
        for (item, life) in &self.lives {
            if life.lives || rule.from(life.last) > day {
                kept.push(*item);
            } else {
                due.insert(*item);
            }
        }
        let mut keeps: BTreeMap<Item, Vec<Item>> = BTreeMap::new();
        for (keeper, other) in &self.ties {
            keeps.entry(*keeper).or_default().push(*other);
        }
        while let Some(keeper) = kept.pop() {
            let others = keeps.get(&keeper).into_iter().flatten();
            kept.extend(others.filter(|other| due.remove(other)));
        }
        due
    }

    /// Why a record may not go on a day; `None` when it may, or is not there.
    #[must_use]
    pub fn kept(&self, rule: &Rule, day: NaiveDate, item: Item) -> Option<Kept> {
        self.lives.get(&item)?;
        let mut keepers: BTreeMap<Item, Vec<Item>> = BTreeMap::new();
        for (keeper, other) in &self.ties {
            keepers.entry(*other).or_default().push(*keeper);
        }
        let (mut seen, mut ahead) = (BTreeSet::from([item]), vec![item]);
        let mut found: Option<Kept> = None;
        while let Some(at) = ahead.pop() {
            if let Some(life) = self.lives.get(&at) {
                let from = rule.from(life.last);
                match found {
                    _ if life.lives => return Some(Kept::Lives(at)),
                    Some(Kept::Until(until, _)) if from <= until => {}
                    _ if from > day => found = Some(Kept::Until(from, at)),
                    _ => {}
                }
            }
            let others = keepers.get(&at).into_iter().flatten();
            ahead.extend(others.copied().filter(|other| seen.insert(*other)));
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).expect("a day")
    }

    fn item(kind: Kind, id: i64) -> Item {
        Item { kind, id }
    }

    fn rule() -> Rule {
        Rule {
            years: 5,
            start_month: 4,
            longer: Vec::new(),
        }
    }

    #[test]
    fn five_years_count_from_the_end_of_the_fiscal_year() {
        for (years, start, last, from) in [
            (5, 4, day(2026, 4, 1), day(2032, 4, 1)),
            (5, 4, day(2027, 3, 31), day(2032, 4, 1)),
            (1, 4, day(2026, 11, 20), day(2028, 4, 1)),
            (30, 4, day(2026, 11, 20), day(2057, 4, 1)),
            (5, 1, day(2026, 12, 31), day(2032, 1, 1)),
            (5, 10, day(2026, 9, 30), day(2031, 10, 1)),
            (5, 4, day(2024, 2, 29), day(2029, 4, 1)),
        ] {
            let rule = Rule {
                years,
                start_month: start,
                longer: Vec::new(),
            };
            assert_eq!(rule.from(last), from, "{years} {start} {last}");
        }
    }

    #[test]
    fn the_desk_is_told_once_a_year_on_a_day_it_works() {
        let nine = NaiveTime::from_hms_opt(9, 0, 0).expect("a time");
        let zone = Tz::Asia__Tokyo;
        let calendar = Calendar::default();
        let at = |date: NaiveDate| Moment { date, time: nine }.instant(zone);
        for (now, year, date) in [
            // 1 May 2027 is a Saturday, and 3 to 5 May are holidays.
            (day(2026, 11, 20), 2027, day(2027, 5, 6)),
            (day(2027, 5, 5), 2027, day(2027, 5, 6)),
            (day(2027, 5, 6), 2028, day(2028, 5, 1)),
        ] {
            let (found, moment) = next_proposed(4, nine, at(now), zone, &calendar);
            assert_eq!((found.western(), moment.date), (year, date), "{now}");
        }
    }

    #[test]
    fn the_desk_keeps_longer_what_could_have_gone_and_nothing_else() {
        let longer = Longer {
            through: day(2032, 5, 6),
            until: 2035,
        };
        let rule = Rule {
            longer: vec![longer],
            ..rule()
        };
        for (last, from) in [
            (day(2020, 1, 1), day(2035, 4, 1)),
            (day(2027, 3, 31), day(2035, 4, 1)),
            // What comes due later has a time of its own.
            (day(2027, 4, 1), day(2033, 4, 1)),
            (day(2031, 4, 1), day(2037, 4, 1)),
        ] {
            assert_eq!(rule.from(last), from, "{last}");
        }
    }

    #[test]
    fn what_lives_is_never_due_and_keeps_what_it_leans_on() {
        let (open, done) = (item(Kind::Issue, 1), item(Kind::Issue, 2));
        let (said_at, other) = (item(Kind::Session, 1), item(Kind::Session, 2));
        let mut stock = Stock::default();
        stock.note(open, true, day(2010, 5, 1));
        for ended in [done, said_at, other] {
            stock.note(ended, false, day(2010, 5, 1));
        }
        stock.ties = vec![
            (open, said_at),
            (done, other),
            (done, item(Kind::Review, 9)),
        ];
        let today = day(2026, 11, 20);
        assert_eq!(stock.due(&rule(), today), BTreeSet::from([done, other]));
        assert_eq!(stock.kept(&rule(), today, said_at), Some(Kept::Lives(open)));
        assert_eq!(stock.kept(&rule(), today, other), None);
        assert_eq!(stock.kept(&rule(), today, item(Kind::Memo, 1)), None);
    }

    #[test]
    fn a_chain_is_kept_by_its_latest_link() {
        let project = item(Kind::Project, 1);
        let (issue, session) = (item(Kind::Issue, 1), item(Kind::Session, 1));
        let mut stock = Stock::default();
        stock.note(project, false, day(2024, 5, 1));
        stock.note(issue, false, day(2015, 5, 1));
        stock.note(session, false, day(2014, 5, 1));
        stock.ties = vec![(project, issue), (issue, session), (session, issue)];
        let before = day(2030, 3, 31);
        assert!(stock.due(&rule(), before).is_empty());
        let until = Kept::Until(day(2030, 4, 1), project);
        for kept in [project, issue, session] {
            assert_eq!(stock.kept(&rule(), before, kept), Some(until), "{kept:?}");
        }
        assert_eq!(stock.due(&rule(), day(2030, 4, 1)).len(), 3);
    }

    proptest! {
        #[test]
        fn due_and_kept_never_disagree_and_nothing_kept_leans_on_what_goes(
            lives in prop::collection::vec((0..6_usize, 1..6_i64, prop::bool::weighted(0.2), 2010..2026_i32), 1..20),
            ties in prop::collection::vec((0..20_usize, 0..20_usize), 0..30),
            today in 2015..2034_i32,
        ) {
            let mut stock = Stock::default();
            for (kind, id, goes_on, year) in lives {
                stock.note(item(Kind::ALL[kind], id), goes_on, day(year, 6, 1));
            }
            let items: Vec<Item> = stock.lives.keys().copied().collect();
            stock.ties = ties
                .into_iter()
                .map(|(one, other)| (items[one % items.len()], items[other % items.len()]))
                .collect();
            let today = day(today, 4, 1);
            let due = stock.due(&rule(), today);
            for it in &items {
                prop_assert_eq!(due.contains(it), stock.kept(&rule(), today, *it).is_none());
            }
            for (keeper, other) in &stock.ties {
                prop_assert!(due.contains(keeper) || !due.contains(other));
            }
        }
    }
}
