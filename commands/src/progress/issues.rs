//! Issues as they stood at the end of a day: by tier, status and category. What was changed since is
//! taken back in thought, by the history.

use crate::issue::state::State;
use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use domain::{
    id::{CategoryId, IssueId},
    issue::Status,
    occurrence::Moment,
    office::Office,
    progress::{Balance, Counted, Issues},
    tally::merge,
    tier::Tier,
};
use std::collections::BTreeMap;
use storage::{Connection, SubjectKind, issue::Opinion};

/// The issues of an office at the end of a day.
#[derive(Debug, Default)]
pub(super) struct Past(BTreeMap<IssueId, Stood>);

#[derive(Debug)]
struct Stood {
    tier: Tier,
    status: Status,
    categories: Vec<CategoryId>,
}

/// The first instant after a day, in the office's time zone.
pub(super) fn end_of(day: NaiveDate, office: &Office) -> DateTime<Utc> {
    let next = Moment {
        date: day.checked_add_days(Days::new(1)).unwrap_or(day),
        time: NaiveTime::MIN,
    };
    next.instant(office.settings.time_zone)
}

impl Past {
    /// Reads how they stood at the end of a day, in three queries.
    ///
    /// # Errors
    /// Storage failed.
    pub(super) async fn read(
        connection: &mut Connection,
        office: &Office,
        day: NaiveDate,
    ) -> storage::Result<Self> {
        let end = end_of(day, office);
        let opinions = storage::issue::opinions(connection, office.id, end).await?;
        let kind = SubjectKind::Issue;
        let mut before = storage::history::before_change(connection, office.id, kind, end).await?;
        let stood = opinions.into_iter().map(|now| {
            let was = before.remove(&now.id.0);
            let was = was.and_then(|state| serde_json::from_value::<State>(state).ok());
            (now.id, stood(now, was, office))
        });
        Ok(Self(stood.collect()))
    }

    fn counts(&self) -> impl Iterator<Item = (Tier, Status, u64)> {
        self.0.values().map(|stood| (stood.tier, stood.status, 1))
    }
}

fn stood(now: Opinion, was: Option<State>, office: &Office) -> Stood {
    let (tier, status, categories) = match was {
        Some(was) => was.counted(),
        None => (now.tier, now.status, now.categories.clone()),
    };
    let known = |id: &CategoryId| office.categories.iter().any(|category| category.id == *id);
    Stood {
        tier,
        status,
        // A category that is no more was merged into another: the issue is counted there.
        categories: if categories.iter().all(known) {
            categories
        } else {
            now.categories
        },
    }
}

/// What a wide audience is told of two days (DESIGN section 2, rule 9).
pub(super) fn told(now: &Past, before: &Past, office: &Office) -> Issues {
    Issues {
        now: now.counts().collect(),
        before: before.counts().collect(),
        categories: by_category(now, before, office),
    }
}

/// Issues by category on two days, those too small to be told together.
pub(super) fn by_category(now: &Past, before: &Past, office: &Office) -> Vec<Counted> {
    // The order of the office's list.
    let place = |id: CategoryId| office.categories.iter().position(|of| of.id == id);
    let mut counts: BTreeMap<usize, [u64; 2]> = BTreeMap::new();
    for (slice, past) in [now, before].into_iter().enumerate() {
        let categories = past.0.values().flat_map(|stood| &stood.categories);
        for place in categories.filter_map(|id| place(*id)) {
            counts.entry(place).or_default()[slice] += 1;
        }
    }
    Counted::named(merge(&counts), |place| {
        office.categories[place].name.clone()
    })
}

/// What became of the issues between the end of a day and the end of a later one, tier by tier; by the
/// tier they have in the end.
pub(super) fn balance(before: &Past, after: &Past) -> BTreeMap<Tier, Balance> {
    let open = |status: Status| !matches!(status, Status::Done | Status::Dropped);
    let mut balances: BTreeMap<Tier, Balance> = BTreeMap::new();
    for (id, stood) in &after.0 {
        let was = before.0.get(id).map(|was| was.status);
        let balance = balances.entry(stood.tier).or_default();
        balance.carried_in += u64::from(was.is_some_and(open));
        balance.raised += u64::from(was.is_none());
        balance.carried_over += u64::from(open(stood.status));
        if was != Some(stood.status) {
            match stood.status {
                Status::Done => balance.solved += 1,
                Status::Dropped => balance.dropped += 1,
                Status::Later => balance.later += 1,
                _ => {}
            }
        }
    }
    balances.retain(|_, balance| *balance != Balance::default());
    balances
}
