//! What must be said: worked out from what people did, by nothing of the product but its names for what
//! is due.
//!
//! Whoever plans, moves, holds or calls off something tells it here as well. When somebody looks, what is
//! due by then is taken, and what of it still has a point has to be said, once, where it belongs.

use crate::{
    day::{WorkingDays, instant, wall},
    memo::Memos,
    notice::{Due, Notices},
    rhythm::Rhythm,
    round::{Round, fiscal_year},
    rule::Switches,
};
use chrono::{DateTime, Days, Months, NaiveDate, NaiveTime, TimeDelta, Utc};
use domain::id::AssociationId;
use std::collections::{BTreeMap, BTreeSet};

/// What comes so much later than it was due is late.
const LATE: TimeDelta = TimeDelta::minutes(15);
/// Nobody speaks of what is overdue for longer than this, in days.
const OVERDUE_DAYS_MAX: u64 = 3_660;

/// Days before a task is due.
const TASK_DAYS: [u64; 2] = [7, 1];
/// And every so many days after it.
const TASK_OVERDUE_DAYS: u64 = 7;

/// What an office has set.
#[derive(Clone, Debug)]
pub(crate) struct Rules {
    /// Days before a review.
    pub(crate) review: Vec<u64>,
    /// And on its day.
    pub(crate) on_the_day: bool,
    /// Every so many days after it, if at all.
    pub(crate) overdue: Option<u64>,
    /// Days before a session.
    pub(crate) session: Vec<u64>,
    /// The time of day of all of it but the digest.
    pub(crate) at: NaiveTime,
    /// When the desk's digest comes.
    pub(crate) digest: Rhythm,
    /// Which days it works.
    pub(crate) days: WorkingDays,
}

/// One thing to be said: under which name, and where.
pub(crate) type Item = (String, String);

/// A review, a session or a task as far as reminding goes.
#[derive(Clone, Debug)]
pub(crate) struct Record {
    /// `review`, `session` or `task`.
    pub(crate) noun: &'static str,
    /// Its number.
    pub(crate) id: i64,
    /// Counts its dates.
    pub(crate) dated: i64,
    /// Its day.
    pub(crate) date: NaiveDate,
    /// When it begins.
    pub(crate) start: Option<NaiveTime>,
    /// Where its people are told.
    pub(crate) places: Vec<String>,
    /// Neither held nor called off nor done.
    pub(crate) open: bool,
    /// Called off.
    pub(crate) cancelled: bool,
    /// A session that is the council of its year.
    pub(crate) council: bool,
    /// The issue of a review, or the project of a task.
    pub(crate) about: Option<i64>,
    /// Which session of its kind it is in its year.
    pub(crate) number: Option<i64>,
    /// Whom a session is with, and which issues it talks about.
    pub(crate) with: Vec<AssociationId>,
    pub(crate) agenda: Vec<i64>,
}

/// Why something waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Why {
    /// It is to come.
    Before,
    /// It is over, and nobody wrote it down; so many days after.
    Overdue(u64),
    /// The day of a session has passed.
    Account,
}

#[derive(Clone, Debug)]
struct Pending {
    at: DateTime<Utc>,
    why: Why,
    noun: &'static str,
    id: i64,
    dated: i64,
}

/// What is said, and what is passed over, when somebody looks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Taken {
    /// Everything that has to be said now, each once.
    pub(crate) said: BTreeSet<Item>,
    /// What has lost its point, as names.
    pub(crate) pointless: Vec<String>,
    /// How many were taken late.
    pub(crate) late: usize,
}

/// What must be said in one office.
#[derive(Clone, Debug)]
pub(crate) struct Expected {
    pub(crate) rules: Rules,
    pub(crate) records: BTreeMap<(&'static str, i64), Record>,
    pub(crate) round: Round,
    pub(crate) memos: Memos,
    pub(crate) notices: Notices,
    pub(crate) switches: Switches,
    pending: BTreeMap<Item, Pending>,
    /// What was dealt with is never due again.
    settled: BTreeSet<Item>,
    /// The associations that are going to be told something, by place: those that have raised an issue, and
    /// everybody once something was shared with the region.
    pub(crate) raised: BTreeSet<usize>,
    /// What is laid on the desk for them every month until somebody sends it.
    pub(crate) drafts: Vec<Draft>,
}

/// A draft of feedback.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Draft {
    /// The association, by its place in the office.
    pub(crate) association: usize,
    /// When it was first laid on the desk.
    pub(crate) since: DateTime<Utc>,
    /// A day of the month it is of.
    pub(crate) month: NaiveDate,
}

impl Record {
    /// A new one, of which nobody is told.
    pub(crate) fn new(
        noun: &'static str,
        id: i64,
        (date, start): (NaiveDate, Option<NaiveTime>),
    ) -> Self {
        Self {
            noun,
            id,
            dated: 1,
            date,
            start,
            places: Vec::new(),
            open: true,
            cancelled: false,
            council: false,
            about: None,
            number: None,
            with: Vec::new(),
            agenda: Vec::new(),
        }
    }

    fn key(&self, what: &str, days: u64) -> String {
        format!("{}{what}:{days}d", self.prefix())
    }

    /// What every name of what is due by its date begins with.
    fn prefix(&self) -> String {
        format!("{}:{}@{}:", self.noun, self.id, self.dated)
    }

    /// Whether it has not begun, or its day not passed where nobody knows when it begins.
    fn is_to_come(&self, now: DateTime<Utc>) -> bool {
        let (date, time) = wall(now);
        match self.start {
            None => date <= self.date,
            Some(start) => (date, time) < (self.date, start),
        }
    }
}

impl Expected {
    /// A new office, for which everything that comes by itself is planned.
    pub(crate) fn new(rules: Rules, now: DateTime<Utc>) -> Self {
        let round = Round::new(&rules, now);
        Self {
            rules,
            records: BTreeMap::new(),
            round,
            memos: Memos::default(),
            notices: Notices::default(),
            switches: Switches::default(),
            pending: BTreeMap::new(),
            settled: BTreeSet::new(),
            raised: BTreeSet::new(),
            drafts: Vec::new(),
        }
    }

    /// Something was planned, moved, held, done or called off.
    pub(crate) fn tell(&mut self, record: Record, now: DateTime<Utc>) {
        let of = (record.noun, record.id);
        self.pending.retain(|_, one| (one.noun, one.id) != of);
        self.plan(&record, now);
        self.records.insert((record.noun, record.id), record);
    }

    /// The office set something else: everything that waits is planned anew, but for what is due already.
    pub(crate) fn plan_anew(&mut self, now: DateTime<Utc>) {
        let (today, _) = wall(now);
        for record in self.records.clone().into_values() {
            // Of sessions long past nothing waits any more that could move.
            let old = record.noun == "session" && record.date + Days::new(30) < today;
            if record.open && !old {
                let of = (record.noun, record.id);
                self.pending
                    .retain(|_, one| (one.noun, one.id) != of || one.at <= now);
                self.plan(&record, now);
            }
        }
        self.round.plan_anew(&self.rules, now);
        self.memos.plan_anew(&self.rules.days, now);
        self.notices.plan_anew(&self.rules, now);
        self.switches.plan_anew(&self.rules, now);
    }

    fn plan(&mut self, record: &Record, now: DateTime<Utc>) {
        if !record.open {
            return;
        }
        let leads = match record.noun {
            "review" => self.rules.review.clone(),
            "task" => TASK_DAYS.to_vec(),
            _ => self.rules.session.clone(),
        };
        // Of two that would come together only the nearer is said.
        let mut before: BTreeMap<NaiveDate, u64> = BTreeMap::new();
        for lead in leads {
            let day = self.rules.days.before(record.date - Days::new(lead));
            let nearest = before.entry(day).or_insert(lead);
            *nearest = lead.min(*nearest);
        }
        for (day, lead) in before {
            self.put_before(record, day, lead, now);
        }
        let in_time = record.start.is_none_or(|start| self.rules.at < start);
        if record.noun == "review" && self.rules.on_the_day && in_time {
            self.put_before(record, record.date, 0, now);
        }
        if record.noun != "session" {
            self.put_overdue(record, now);
        } else {
            let day = self.rules.days.after(record.date + Days::new(1));
            let item = (record.key("account", 1), "desk".to_owned());
            self.put(item, record, instant(day, self.rules.at), Why::Account);
        }
    }

    fn put_before(&mut self, record: &Record, day: NaiveDate, lead: u64, now: DateTime<Utc>) {
        let at = instant(day, self.rules.at);
        if at < now {
            return;
        }
        for place in &record.places {
            let item = (record.key("before", lead), place.clone());
            self.put(item, record, at, Why::Before);
        }
    }

    /// The first time an overdue review or task is spoken of from now on.
    fn put_overdue(&mut self, record: &Record, from: DateTime<Utc>) {
        let every = match record.noun {
            "task" => Some(TASK_OVERDUE_DAYS),
            _ => self.rules.overdue,
        };
        let Some(every) = every else {
            return;
        };
        let mut days = every;
        while days <= OVERDUE_DAYS_MAX {
            let day = self.rules.days.after(record.date + Days::new(days));
            let at = instant(day, self.rules.at);
            if at >= from {
                let item = (record.key("overdue", days), "desk".to_owned());
                self.put(item, record, at, Why::Overdue(days));
                return;
            }
            days += every;
        }
    }

    fn put(&mut self, item: Item, record: &Record, at: DateTime<Utc>, why: Why) {
        if self.settled.contains(&item) || self.pending.contains_key(&item) {
            return;
        }
        let pending = Pending {
            at,
            why,
            noun: record.noun,
            id: record.id,
            dated: record.dated,
        };
        self.pending.insert(item, pending);
    }

    /// The month's drafts: for whoever has raised something, one that waits until it is sent.
    fn draft(&mut self, now: DateTime<Utc>) {
        let (today, _) = wall(now);
        let month = today - Months::new(1);
        for association in &self.raised {
            let of = |draft: &&Draft| draft.association == *association;
            if self.drafts.iter().find(of).is_none() {
                self.drafts.push(Draft {
                    association: *association,
                    since: now,
                    month,
                });
            }
        }
        for draft in &mut self.drafts {
            draft.month = month;
        }
    }

    /// The fiscal years that have a council, held or to come.
    fn councils(&self) -> BTreeSet<i32> {
        let records = self.records.values();
        let councils = records.filter(|record| record.council && !record.cancelled);
        councils.map(|record| fiscal_year(record.date)).collect()
    }

    /// Whether something is said on another day than its lead alone gives.
    pub(crate) fn is_shifted(&self, key: &str, today: NaiveDate) -> bool {
        let mut records = self.records.values();
        let of = |record: &&Record| key.starts_with(&record.prefix());
        let Some(record) = records.find(of) else {
            return false;
        };
        let days = key
            .rsplit(':')
            .next()
            .and_then(|lead| lead.strip_suffix('d')?.parse().ok());
        let Some(days) = days.map(Days::new) else {
            return false;
        };
        let plain = match key.contains(":before:") {
            true => record.date - days,
            false => record.date + days,
        };
        plain != today
    }

    /// When the next of it is due.
    pub(crate) fn next(&self) -> Option<DateTime<Utc>> {
        let pending = self.pending.values().map(|pending| pending.at);
        pending
            .chain([self.round.next()])
            .chain(self.memos.next())
            .chain(self.notices.next())
            .chain(self.switches.next())
            .min()
    }

    /// Somebody looks: everything that is due is taken, until nothing is.
    pub(crate) fn take(&mut self, now: DateTime<Utc>) -> Taken {
        let mut taken = Taken::default();
        let councils = self.councils();
        let raised = !self.raised.is_empty();
        let by_itself = self.round.take(&self.rules, (&councils, raised), now);
        let drafts = |(item, _): &(Option<Item>, DateTime<Utc>)| {
            let item = item.as_ref();
            item.is_some_and(|(key, _)| key.starts_with("feedback:"))
        };
        if by_itself.iter().any(drafts) {
            self.draft(now);
        }
        let memos = self.memos.take(&self.rules.days, now);
        let memos = memos.into_iter().map(|(item, at)| (Some(item), at));
        for (item, at) in by_itself.into_iter().chain(memos) {
            taken.late += usize::from(now - at > LATE);
            taken.said.extend(item);
        }
        let (posted, mut due) = self.notices.take(now);
        taken.said.extend(posted);
        due.extend(self.switches.take(&self.rules, now));
        for Due {
            item,
            at,
            has_point,
        } in due
        {
            taken.late += usize::from(now - at > LATE);
            if has_point {
                taken.said.insert(item);
            } else {
                taken.pointless.push(item.0);
            }
        }
        loop {
            let due: Vec<Item> = self
                .pending
                .iter()
                .filter(|(_, pending)| pending.at <= now)
                .map(|(item, _)| item.clone())
                .collect();
            if due.is_empty() {
                return taken;
            }
            for item in due {
                let pending = self.pending.remove(&item).expect("it was found here");
                self.settled.insert(item.clone());
                taken.late += usize::from(now - pending.at > LATE);
                let record = self.records[&(pending.noun, pending.id)].clone();
                let stands = record.open
                    && record.dated == pending.dated
                    && (pending.why != Why::Before || record.is_to_come(now));
                if !stands {
                    taken.pointless.push(item.0);
                    continue;
                }
                taken.said.insert(item);
                // While nobody deals with what is overdue it is spoken of again.
                if pending.noun != "session" {
                    let after = now.max(pending.at) + TimeDelta::seconds(1);
                    self.put_overdue(&record, after);
                }
            }
        }
    }
}
