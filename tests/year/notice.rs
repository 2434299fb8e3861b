//! Notices of the year: they are written down for some services, changed and abolished; associations are
//! told of them in bulletins and confirm that they have read, or are reminded some working days later.

use crate::{
    Harm,
    day::{WorkingDays, instant, wall},
    expected::{Item, Rules},
    office::{Office, WHO, set_up},
};
use chrono::{DateTime, Days, NaiveDate, Utc};
use domain::{
    id::{BulletinId, NoticeId},
    notice::{Change, Notice, Origin, What},
};
use std::collections::{BTreeMap, BTreeSet};
use storage::Store;
use tests::dice::Dice;

/// After so many working days an association is reminded.
const REMINDED_AFTER: [usize; 3] = [3, 7, 12];
/// The services of the three associations, in their order; the last has no channel and is told nothing.
pub(crate) const SERVICES: [&str; 3] = ["訪問系", "居宅介護支援", "訪問看護"];
/// Whom a notice is written for, and which of the first two associations it is for.
const SCOPES: [(&str, &[usize]); 6] = [
    ("全サービス共通", &[0, 1]),
    ("介護保険サービス", &[0, 1]),
    ("訪問看護", &[0]),
    ("訪問系", &[0]),
    ("居宅介護支援", &[1]),
    ("通所系", &[]),
];
/// The farthest day ahead from which a change counts.
const AHEAD_DAYS: usize = 20;

/// How a notice stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stand {
    Whole,
    Partly,
    Over,
}

impl Stand {
    /// As the product calls it.
    fn code(self) -> &'static str {
        match self {
            Self::Whole => "standing",
            Self::Partly => "partly",
            Self::Over => "abolished",
        }
    }
}

/// A notice as it was written down.
#[derive(Clone, Debug, Default)]
struct Written {
    /// Places in [`SERVICES`].
    for_whom: Vec<usize>,
    /// What became of it, and from when on.
    changes: Vec<(Stand, Option<NaiveDate>)>,
}

impl Written {
    fn stands(&self, today: NaiveDate) -> Stand {
        let counts = |from: Option<NaiveDate>| from.is_none_or(|from| from <= today);
        let last = self.changes.iter().rev().find(|(_, from)| counts(*from));
        last.map_or(Stand::Whole, |(stand, _)| *stand)
    }

    fn is_abolished(&self) -> bool {
        self.changes.iter().any(|(stand, _)| *stand == Stand::Over)
    }
}

/// A bulletin as it was posted.
#[derive(Clone, Debug)]
pub(crate) struct Posted {
    /// The association, by its place in the office.
    pub(crate) association: usize,
    pub(crate) at: DateTime<Utc>,
    /// The notices in it.
    pub(crate) notices: BTreeSet<i64>,
    place: String,
    /// When it is spoken of again, by the number of working days.
    pending: BTreeMap<usize, DateTime<Utc>>,
    said: BTreeSet<usize>,
    pub(crate) confirmed: bool,
}

impl Posted {
    /// Whether it is still going to be spoken of.
    pub(crate) fn is_reminded_after(&self, now: DateTime<Utc>) -> bool {
        self.pending.values().any(|at| *at > now)
    }

    /// Plans what comes after an instant, but for what was said.
    fn plan(&mut self, rules: &Rules, after: DateTime<Utc>) {
        let (posted, _) = wall(self.at);
        for count in REMINDED_AFTER {
            let at = instant(working_day(&rules.days, posted, count), rules.at);
            let waits = self.pending.contains_key(&count) || self.said.contains(&count);
            if at > after && !waits {
                self.pending.insert(count, at);
            }
        }
    }
}

/// The working day so many working days after a day.
fn working_day(days: &WorkingDays, day: NaiveDate, count: usize) -> NaiveDate {
    let later = day.iter_days().skip(1).filter(|day| days.works(*day));
    let mut later = later.skip(count - 1);
    later.next().expect("no office is closed for good")
}

/// The notices and bulletins of one office.
#[derive(Clone, Debug, Default)]
pub(crate) struct Notices {
    written: BTreeMap<i64, Written>,
    /// How each association was told of each notice last.
    told: BTreeMap<(usize, i64), Stand>,
    pub(crate) bulletins: BTreeMap<i64, Posted>,
    /// What was posted and nobody has looked for yet.
    fresh: BTreeSet<Item>,
}

impl Notices {
    /// When the next of it is due.
    pub(crate) fn next(&self) -> Option<DateTime<Utc>> {
        let bulletins = self.bulletins.values();
        bulletins
            .flat_map(|one| one.pending.values().copied())
            .min()
    }

    /// Days off or the hour have changed: what is due already is said all the same.
    pub(crate) fn plan_anew(&mut self, rules: &Rules, now: DateTime<Utc>) {
        for posted in self.bulletins.values_mut().filter(|one| !one.confirmed) {
            posted.pending.retain(|_, at| *at <= now);
            posted.plan(rules, now);
        }
    }

    /// What was posted since the last look, and what is due by now: each with its time, or none where it
    /// has no point any more, by its name.
    pub(crate) fn take(&mut self, now: DateTime<Utc>) -> (BTreeSet<Item>, Vec<Due>) {
        let (today, _) = wall(now);
        let mut taken = Vec::new();
        for (id, posted) in &mut self.bulletins {
            let left = posted.notices.iter();
            let mut left = left.filter(|id| self.written[id].stands(today) != Stand::Over);
            let has_point = !posted.confirmed && left.next().is_some();
            let due = posted.pending.iter().filter(|(_, at)| **at <= now);
            let due: Vec<(usize, DateTime<Utc>)> = due.map(|(count, at)| (*count, *at)).collect();
            for (count, at) in due {
                posted.pending.remove(&count);
                posted.said.insert(count);
                let key = format!("bulletin:{id}@1:unconfirmed:{count}d");
                taken.push(Due {
                    item: (key, posted.place.clone()),
                    at,
                    has_point,
                });
            }
        }
        (std::mem::take(&mut self.fresh), taken)
    }

    /// What an association has to be told today.
    fn due(&self, association: usize, today: NaiveDate) -> BTreeMap<i64, Stand> {
        let written = self.written.iter().filter_map(|(id, notice)| {
            let stand = notice.stands(today);
            let news = match self.told.get(&(association, *id)) {
                None => stand != Stand::Over,
                Some(before) => *before != stand && stand != Stand::Whole,
            };
            (news && notice.for_whom.contains(&association)).then_some((*id, stand))
        });
        written.collect()
    }

    /// Everybody is told: which bulletins there have to be, numbered in the order of the associations.
    fn tell(&mut self, rules: &Rules, places: &[String], now: DateTime<Utc>) {
        let (today, _) = wall(now);
        let mut first = None;
        for (association, place) in places.iter().enumerate() {
            let due = self.due(association, today);
            if due.is_empty() {
                continue;
            }
            let id = self.bulletins.keys().next_back().map_or(1, |last| last + 1);
            first.get_or_insert(id);
            self.fresh.insert((posted(id, &due), place.clone()));
            for (notice, stand) in &due {
                self.told.insert((association, *notice), *stand);
            }
            let mut posted = Posted {
                association,
                at: now,
                notices: due.into_keys().collect(),
                place: place.clone(),
                pending: BTreeMap::new(),
                said: BTreeSet::new(),
                confirmed: false,
            };
            posted.plan(rules, now);
            self.bulletins.insert(id, posted);
        }
        // Everybody else finds all of it in one list.
        if let Some(first) = first {
            let own = format!("bulletin:{first} of ");
            let found = self.fresh.iter().find(|(name, _)| name.starts_with(&own));
            let (name, _) = found.expect("it was just posted").clone();
            self.fresh.insert((name, "notice".to_owned()));
        }
    }
}

/// Something that was due.
pub(crate) struct Due {
    pub(crate) item: Item,
    pub(crate) at: DateTime<Utc>,
    pub(crate) has_point: bool,
}

/// A bulletin by its number and everything in it.
fn posted(id: i64, notices: &BTreeMap<i64, Stand>) -> String {
    let notices = notices.iter().map(|(id, stand)| (*id, stand.code()));
    name(id, notices)
}

/// The same of what is kept.
pub(crate) fn name<'a>(id: i64, notices: impl Iterator<Item = (i64, &'a str)>) -> String {
    let mut notices: Vec<String> = notices.map(|(id, stand)| format!("{id} {stand}")).collect();
    notices.sort_unstable();
    format!("bulletin:{id} of {}", notices.join(", "))
}

impl Office {
    /// A document comes in, or something becomes of one; then, mostly, everybody is told.
    pub(crate) async fn hear(
        &mut self,
        store: &Store,
        dice: &mut Dice,
        (now, harm): (DateTime<Utc>, Option<Harm>),
    ) -> storage::Result<()> {
        if dice.chance(35) {
            self.change_notice(store, dice, now).await?;
        } else {
            self.write_notice(store, dice, (now, harm)).await?;
        }
        if dice.chance(75) {
            self.tell(store, now).await?;
        }
        Ok(())
    }

    async fn write_notice(
        &mut self,
        store: &Store,
        dice: &mut Dice,
        (now, harm): (DateTime<Utc>, Option<Harm>),
    ) -> storage::Result<()> {
        let (scope, for_whom) = dice.pick(&SCOPES).expect("some");
        let office = self.id;
        let mut written = notice(scope, now);
        if harm == Some(Harm::Scope) {
            written.scopes.clear();
        }
        let stored = store.write(move |tx| {
            let written = written.clone();
            Box::pin(async move { storage::notice::insert(tx, office, &written, None).await })
        });
        let written = Written {
            for_whom: for_whom.to_vec(),
            ..Written::default()
        };
        let notices = &mut self.expected.notices.written;
        notices.insert(stored.await?.id.0, written);
        Ok(())
    }

    /// A part of a notice falls away, or all of it, at once or some days later.
    async fn change_notice(
        &mut self,
        store: &Store,
        dice: &mut Dice,
        now: DateTime<Utc>,
    ) -> storage::Result<()> {
        let written = &mut self.expected.notices.written;
        let open = written.iter().filter(|(_, notice)| !notice.is_abolished());
        let open: Vec<i64> = open.map(|(id, _)| *id).collect();
        let Some(id) = dice.pick(&open) else {
            return Ok(());
        };
        let (what, stand) = match dice.chance(60) {
            true => (What::Abolished, Stand::Over),
            false => (What::Partly, Stand::Partly),
        };
        let (today, _) = wall(now);
        let ahead = dice.chance(60).then(|| dice.below(AHEAD_DAYS) as u64);
        let from = ahead.map(|days| today + Days::new(days));
        let notice = written.get_mut(&id).expect("it was found here");
        notice.changes.push((stand, from));
        let office = self.id;
        let changed = store.write(move |tx| {
            Box::pin(async move {
                let found = storage::notice::find(tx, office, NoticeId(id)).await?;
                let mut notice = found.expect("it was written down");
                notice.changed_at = now;
                notice.changes.push(Change {
                    what,
                    from,
                    by: None,
                    part: None,
                });
                storage::notice::update(tx, office, &notice).await
            })
        });
        changed.await.map(drop)
    }

    /// Everybody is told what they were not told yet.
    async fn tell(&mut self, store: &Store, now: DateTime<Utc>) -> storage::Result<()> {
        let office = self.id;
        let told = store.write(move |tx| {
            Box::pin(async move {
                let set_up = set_up(tx, office).await?;
                commands::notice::tell(tx, &set_up, None, (WHO, now)).await
            })
        });
        if !told.await?.is_empty() {
            self.matters.acted = Some(now);
        }
        // The second association is told in a channel of its own for what comes back to it.
        let places = [
            format!("tier1:{}", self.associations[0]),
            format!("feedback:{}", self.associations[1]),
        ];
        let expected = &mut self.expected;
        expected.notices.tell(&expected.rules, &places, now);
        Ok(())
    }

    /// Somebody of an association confirms that they have read a bulletin.
    pub(crate) async fn confirm(
        &mut self,
        store: &Store,
        dice: &mut Dice,
        (now, harm): (DateTime<Utc>, Option<Harm>),
    ) -> storage::Result<()> {
        let bulletins = &mut self.expected.notices.bulletins;
        let open = bulletins.iter().filter(|(_, posted)| !posted.confirmed);
        let open: Vec<i64> = open.map(|(id, _)| *id).collect();
        let Some(id) = dice.pick(&open) else {
            return Ok(());
        };
        let posted = bulletins.get_mut(&id).expect("it was found here");
        posted.confirmed = true;
        self.matters.acted = Some(now);
        posted.pending.clear();
        let (office, forgets) = (self.id, harm == Some(Harm::Forgets("bulletin")));
        let confirmed = store.write(move |tx| {
            Box::pin(async move {
                let (set_up, id) = (set_up(tx, office).await?, BulletinId(id));
                if forgets {
                    return storage::notice::bulletin::confirm(tx, office, id, (WHO, now)).await;
                }
                commands::notice::confirm_for(tx, &set_up, id, (WHO, now)).await
            })
        });
        confirmed.await.map(drop)
    }
}

fn notice(scope: &str, now: DateTime<Utc>) -> Notice {
    Notice {
        id: NoticeId(0),
        revision: 1,
        draft: false,
        title: "介護サービス事業所の対応について".to_owned(),
        number: None,
        issuer: None,
        date: None,
        topic: None,
        link: None,
        scopes: vec![scope.to_owned()],
        changes: Vec::new(),
        origin: Origin::Form,
        added_by: Some(WHO),
        created_at: now,
        changed_at: now,
        retracted: false,
    }
}
