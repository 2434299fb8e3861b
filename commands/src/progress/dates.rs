//! What has a date: reviews that were overdue at the end of a day, and what was planned then for the month
//! after. A month that is drawn again long after tells them as they stood on its last day.
//!
//! When something was to be is as it was then, by the history; what it is called, and who may know of it, is
//! as it is now, so that nothing comes back that was taken out since. What was written down later, or taken
//! back, never was.

use super::{
    issues::end_of,
    reader::Reader,
    reading::{projects, sessions},
};
use crate::{
    project::state::State as ProjectState,
    review::{about, state::State as ReviewState},
    session::{state::State as SessionState, word::plain_name},
};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    id::SessionId,
    office::Office,
    progress::{Ahead, AheadOf, Overdue, YearMonth},
    project::Project,
    review::{Review, State},
    session::{self, Session},
    setting::Language,
};
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use storage::{Connection, SubjectKind};

/// Most reviews that are looked at; those of the earliest days. Each costs one or two queries.
const REVIEWS_MAX: usize = 60;
/// Most overdue reviews that are named.
const OVERDUE_MAX: usize = 20;
/// Most dates of the month after.
const AHEAD_MAX: usize = 40;
/// Most sessions that have left the month after since, and are looked at. Each costs three queries.
const MOVED_MAX: usize = 40;

/// What a month tells of dates.
#[derive(Debug, Default)]
pub(super) struct Dates {
    /// Reviews that were overdue, the oldest first.
    pub(super) overdue: Vec<Overdue>,
    /// What was planned for the month after, the nearest first.
    pub(super) ahead: Vec<Ahead>,
}

impl Dates {
    /// Reads what a month tells as of its last day, or as of today while it runs.
    ///
    /// # Errors
    /// Storage failed.
    pub(super) async fn read(
        connection: &mut Connection,
        office: &Office,
        reader: &Reader,
        (month, language): (YearMonth, Language),
        today: NaiveDate,
    ) -> storage::Result<Self> {
        let (as_of, after) = (month.last_day().min(today), month.next());
        let then = Then {
            office,
            reader,
            as_of,
            end: end_of(as_of, office),
        };
        let reviews = then.reviews(connection, after).await?;
        let passed = |review: &&Review| {
            review
                .date
                .is_some_and(|date| date <= as_of && date < today)
        };
        let overdue = reviews.iter().filter(passed).filter_map(|review| {
            Some(Overdue {
                number: review.id.0,
                date: review.date?,
                // Named by what it looks back on, which may be an issue: by its number only.
                name: None,
            })
        });
        let mut overdue: Vec<Overdue> = overdue.collect();
        overdue.sort_by_key(|overdue| (overdue.date, overdue.number));
        overdue.truncate(OVERDUE_MAX);
        let mut ahead = then.sessions(connection, (after, language)).await?;
        ahead.extend(reviews.iter().filter_map(|review| {
            let date = review.date.filter(|date| after.contains(*date))?;
            Some(Ahead {
                date,
                start: review.start,
                of: AheadOf::Review(review.id.0),
                name: None,
            })
        }));
        ahead.extend(then.projects(connection, after).await?);
        ahead.sort_by_key(|one| (one.date, one.start));
        ahead.truncate(AHEAD_MAX);
        Ok(Self { overdue, ahead })
    }
}

/// The end of a day, for one reader.
struct Then<'a> {
    office: &'a Office,
    reader: &'a Reader,
    as_of: NaiveDate,
    end: DateTime<Utc>,
}

impl Then<'_> {
    /// How the records of a kind stood that were changed since. One whose state cannot be read any more
    /// counts as it is now.
    async fn states<S: DeserializeOwned>(
        &self,
        connection: &mut Connection,
        kind: SubjectKind,
    ) -> storage::Result<BTreeMap<i64, S>> {
        let (office, end) = (self.office.id, self.end);
        let states = storage::history::before_change(connection, office, kind, end).await?;
        let read = states
            .into_iter()
            .filter_map(|(id, state)| Some((id, serde_json::from_value(state).ok()?)));
        Ok(read.collect())
    }

    /// The reviews that were planned: those whose day had come, and those of the month after.
    async fn reviews(
        &self,
        connection: &mut Connection,
        after: YearMonth,
    ) -> storage::Result<Vec<Review>> {
        let office = self.office;
        let mut was: BTreeMap<i64, ReviewState> =
            self.states(connection, SubjectKind::Review).await?;
        let told = storage::review::ahead_at(connection, office.id, self.end).await?;
        let mut stood: Vec<Review> = told
            .into_iter()
            .filter(|now| !self.was_held(now))
            .map(|now| match was.remove(&now.id.0) {
                Some(state) => state.brought_back(&now),
                None => now,
            })
            .filter(|then| then.is_planned() && !then.retracted)
            .filter(|then| {
                let told = |date: NaiveDate| date <= self.as_of || after.contains(date);
                then.date.is_some_and(told)
            })
            .collect();
        stood.sort_by_key(|review| (review.date, review.id));
        stood.truncate(REVIEWS_MAX);
        let mut known = Vec::new();
        for review in stood {
            let about = about::read(connection, office.id, review.of).await?;
            if about.is_some_and(|about| about.is_for(self.reader.as_person(), office)) {
                known.push(review);
            }
        }
        Ok(known)
    }

    /// Whether it had been held by then, as is known now: people write down late.
    fn was_held(&self, review: &Review) -> bool {
        let held_on = review.outcome.as_ref().map(|outcome| outcome.held_on);
        review.state == State::Held && held_on.is_some_and(|day| day <= self.as_of)
    }

    /// The gatherings that were planned for the month after, or held in it.
    async fn sessions(
        &self,
        connection: &mut Connection,
        (after, language): (YearMonth, Language),
    ) -> storage::Result<Vec<Ahead>> {
        let span = (after.first_day(), after.last_day());
        let mut was: BTreeMap<i64, SessionState> =
            self.states(connection, SubjectKind::Session).await?;
        let mut found = sessions(connection, self.office, span, self.reader).await?;
        let moved: Vec<SessionId> = was
            .iter()
            .filter(|(_, state)| state.date().is_some_and(|date| after.contains(date)))
            .map(|(id, _)| SessionId(*id))
            .filter(|id| found.iter().all(|session| session.id != *id))
            .take(MOVED_MAX)
            .collect();
        let sight = self.reader.sessions(self.office);
        for id in moved {
            let session = storage::session::find(connection, self.office.id, id).await?;
            found.extend(session.filter(|session| sight.sees(session)));
        }
        let stood = found.into_iter().filter(|now| now.created_at < self.end);
        let stood = stood.filter_map(|now| {
            let then: Session = match was.remove(&now.id.0) {
                Some(state) => state.brought_back(&now),
                None => now.clone(),
            };
            let planned = matches!(then.state, session::State::Planned | session::State::Held);
            let date = then.date.filter(|date| planned && after.contains(*date))?;
            Some(Ahead {
                date,
                start: then.start,
                of: AheadOf::Session(now.tier, now.kind),
                name: Some(plain_name(&now, language)),
            })
        });
        Ok(stood.collect())
    }

    /// The events of support projects that were planned for the month after.
    async fn projects(
        &self,
        connection: &mut Connection,
        after: YearMonth,
    ) -> storage::Result<Vec<Ahead>> {
        let mut was: BTreeMap<i64, ProjectState> =
            self.states(connection, SubjectKind::Project).await?;
        let known = projects(connection, self.office, self.reader).await?;
        let stood = known.into_iter().filter(|now| now.created_at < self.end);
        let stood = stood.filter_map(|now| {
            let then: Project = match was.remove(&now.id.0) {
                Some(state) => state.brought_back(&now),
                None => now.clone(),
            };
            let open = then.state.is_open();
            let date = then.date.filter(|date| open && after.contains(*date))?;
            Some(Ahead {
                date,
                start: None,
                of: AheadOf::Project,
                name: Some(now.title),
            })
        });
        Ok(stood.collect())
    }
}
