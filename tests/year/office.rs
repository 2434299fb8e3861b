//! One office of the year: what it has set up, what people do in it, and what must come of it.

use crate::{
    Harm,
    day::{WorkingDays, wall},
    expected::{Expected, Record, Rules},
    matter::{Matters, Raised},
    notice::SERVICES,
    rhythm::{Pattern, Rhythm, Shift},
};
use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc, Weekday};
use commands::occurrence;
use domain::{
    audience::Destination,
    id::{
        AssociationId, ChannelId, IssueId, OfficeId, ReviewId, RoleId, ServerId, SessionId, UserId,
    },
    issue::{Issue, Kind, Origin, Status, TierBy},
    office::{Association, Capacity, Talk, Use},
    review::{self, Of, Review},
    session,
    tier::Tier,
};
use storage::{Store, Transaction};
use tests::dice::Dice;

/// Who does everything.
pub(crate) const WHO: UserId = UserId(21);
/// The role of the coordinators of every office.
pub(crate) const COORDINATORS: RoleId = RoleId(31);
/// The associations of an office; the last has no channel of its own.
pub(crate) const ASSOCIATIONS: [&str; 3] = ["薬剤師会", "医師会", "栄養士会"];
/// The farthest day ahead that something is planned for.
const AHEAD_DAYS: usize = 90;
/// Of a hundred things that are ended so many are what has waited the longest: what is left lying is
/// spoken of again every week.
const LONGEST: usize = 60;
/// What everything is called that has a name or a wording.
pub(crate) const LOOKED_BACK_ON: &str = "在庫の数え方がまちまちだ";
pub(crate) const GATHERING: &str = "打合せ会";
/// Hours at which something may begin.
const BEGINNINGS: [Option<u32>; 6] = [None, Some(8), Some(9), Some(13), Some(14), Some(18)];

/// An office with three associations, the last of which has no channel, a circle of the first two, and in
/// most cases a channel of the region.
#[derive(Debug)]
pub(crate) struct Office {
    pub(crate) id: OfficeId,
    pub(crate) associations: Vec<AssociationId>,
    pub(crate) server: ServerId,
    pub(crate) circle: String,
    pub(crate) region: bool,
    pub(crate) expected: Expected,
    pub(crate) matters: Matters,
    pub(crate) settings: usize,
}

/// What somebody does.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Act {
    PlanReview,
    PlanSession,
    PlanCouncil,
    PlanProject,
    AddMemo,
    StopMemo,
    Hear,
    Confirm,
    SwitchRule,
    Move,
    End,
    Set,
    /// Something only offices do that are handed over.
    Keep,
}

/// How often each is done.
pub(crate) const ACTS: [(usize, Act); 12] = [
    (24, Act::PlanReview),
    (20, Act::PlanSession),
    (5, Act::PlanCouncil),
    (7, Act::PlanProject),
    (9, Act::AddMemo),
    (5, Act::StopMemo),
    (12, Act::Hear),
    (4, Act::Confirm),
    (5, Act::SwitchRule),
    (20, Act::Move),
    (45, Act::End),
    (10, Act::Set),
];

pub(crate) fn nine() -> NaiveTime {
    NaiveTime::from_hms_opt(9, 0, 0).expect("nine")
}

impl Office {
    /// Sets one up.
    pub(crate) async fn open(store: &Store, number: u64, now: DateTime<Utc>) -> Self {
        let server = ServerId(1_000 + number);
        let region = !number.is_multiple_of(5);
        let opened = store.write(move |tx| {
            Box::pin(async move {
                let (office, _) = storage::office::ensure(tx, server, now).await?;
                let channel = |place: u64| Some(ChannelId(server.0 * 100 + place));
                storage::office::set_channel(tx, office, Use::Desk, channel(1), false).await?;
                if region {
                    storage::office::set_channel(tx, office, Use::Tier3, channel(2), false).await?;
                }
                storage::office::set_channel(tx, office, Use::Notice, channel(7), false).await?;
                let role = Some(COORDINATORS);
                storage::office::set_role(tx, office, Capacity::Coordinator, role, false).await?;
                let mut associations = Vec::new();
                let places = [(Some(3), None), (Some(4), Some(6)), (None, None)];
                let named = ASSOCIATIONS.into_iter().zip(SERVICES);
                for ((name, services), (place, feedback)) in named.zip(places) {
                    let association = Association {
                        scopes: vec![services.to_owned()],
                        feedback: feedback.and_then(channel),
                        ..association(name, place.and_then(channel))
                    };
                    associations.push(storage::association::put(tx, office, &association).await?);
                }
                let both = associations[..2].iter().copied().collect();
                let there = ChannelId(server.0 * 100 + 5);
                let circle = storage::circle::put(tx, office, there, &both, false).await?;
                Ok((office, associations, circle))
            })
        });
        let (id, associations, circle) = opened.await.expect("an office can be set up");
        let rules = Rules {
            review: vec![14, 1],
            on_the_day: true,
            overdue: Some(7),
            session: vec![7, 1],
            at: nine(),
            digest: Rhythm {
                pattern: Pattern::Weekly(Weekday::Mon),
                at: nine(),
                shift: Shift::Next,
            },
            days: WorkingDays::default(),
        };
        Self {
            id,
            associations,
            server,
            circle: format!("tier2:{circle}"),
            region,
            expected: Expected::new(rules, now),
            matters: Matters::default(),
            settings: 0,
        }
    }

    /// Somebody does something.
    pub(crate) async fn act(
        &mut self,
        store: &Store,
        act: Act,
        dice: &mut Dice,
        (now, harm): (DateTime<Utc>, Option<Harm>),
    ) -> storage::Result<()> {
        match act {
            Act::PlanReview => self.plan_review(store, dice, now).await,
            Act::PlanSession => self.plan_session(store, dice, now).await,
            Act::PlanCouncil => self.plan_council(store, dice, (now, harm)).await,
            Act::PlanProject => self.plan_project(store, dice, now).await,
            Act::AddMemo => self.add_memo(store, dice, now).await,
            Act::StopMemo => self.stop_memo(store, dice, (now, harm)).await,
            Act::Hear => self.hear(store, dice, (now, harm)).await,
            Act::Confirm => self.confirm(store, dice, (now, harm)).await,
            Act::SwitchRule => self.switch_rule(store, dice, (now, harm)).await,
            Act::Keep => self.keep(store, dice, now).await,
            Act::Move | Act::End => {
                let open = self.expected.records.values().filter(|record| record.open);
                let open: Vec<Record> = open.cloned().collect();
                let longest = matches!(act, Act::End) && dice.chance(LONGEST);
                let chosen = match longest {
                    true => open.iter().min_by_key(|record| record.date).cloned(),
                    false => dice.pick(&open),
                };
                let Some(record) = chosen else {
                    return Ok(());
                };
                let changed = match act {
                    Act::Move => {
                        let (date, start) = moment(dice, now);
                        // The same day again is no other date.
                        if record.noun == "task" && record.date == date {
                            return Ok(());
                        }
                        let dated = record.dated + 1;
                        Record {
                            dated,
                            date,
                            start: start.filter(|_| record.noun != "task"),
                            ..record
                        }
                    }
                    _ => Record {
                        open: false,
                        cancelled: dice.chance(50),
                        ..record
                    },
                };
                self.change(store, changed, (now, harm)).await
            }
            Act::Set => self.set(store, dice, (now, harm)).await,
        }
    }

    /// A measure for an issue of an association, or of the desk, is to be looked back on.
    async fn plan_review(
        &mut self,
        store: &Store,
        dice: &mut Dice,
        now: DateTime<Utc>,
    ) -> storage::Result<()> {
        let (date, start) = moment(dice, now);
        let who = dice.chance(80).then(|| dice.below(2));
        let association = who.map(|place| self.associations[place]);
        let office = self.id;
        let stored = store.write(move |tx| {
            Box::pin(async move {
                let issue = storage::issue::insert(tx, office, &issue(association, now)).await?;
                let review = Review {
                    id: ReviewId(0),
                    revision: 1,
                    of: Of::Issue(issue.id),
                    state: review::State::Planned,
                    date: Some(date),
                    start,
                    dated: 1,
                    place: None,
                    note: None,
                    outcome: None,
                    planned_by: WHO,
                    created_at: now,
                    changed_at: now,
                    retracted: false,
                };
                let stored = storage::review::insert(tx, office, &review).await?;
                let set_up = set_up(tx, office).await?;
                occurrence::plan_review(tx, &set_up, &stored, now).await?;
                Ok((stored.id.0, issue.id.0))
            })
        });
        let (review, issue) = stored.await?;
        self.expected.raised.extend(who);
        let raised = Raised::looked_back_on(who, now);
        self.matters.issues.insert(issue, raised);
        let place = association.map_or("desk".to_owned(), |id| format!("tier1:{id}"));
        let record = Record {
            places: vec![place],
            about: Some(issue),
            ..Record::new("review", review, (date, start))
        };
        self.expected.tell(record, now);
        Ok(())
    }

    /// Every place with a channel of its own, by its code.
    pub(crate) fn own_places(&self) -> Vec<String> {
        let own = self.associations[..2]
            .iter()
            .map(|id| format!("tier1:{id}"));
        let region = self.region.then(|| "tier3".to_owned());
        let others = ["desk".to_owned(), self.circle.clone()];
        own.chain(others).chain(region).collect()
    }

    /// Something was moved, or is over.
    async fn change(
        &mut self,
        store: &Store,
        record: Record,
        (now, harm): (DateTime<Utc>, Option<Harm>),
    ) -> storage::Result<()> {
        if record.noun == "task" {
            self.change_task(store, &record, (now, harm)).await?;
            self.expected.tell(record, now);
            return Ok(());
        }
        let (office, forgets) = (self.id, harm == Some(Harm::Forgets(record.noun)));
        let wanted = record.clone();
        let changed = store.write(move |tx| {
            let record = wanted.clone();
            Box::pin(async move {
                let set_up = set_up(tx, office).await?;
                if record.noun == "review" {
                    let found = storage::review::find(tx, office, ReviewId(record.id)).await?;
                    let mut review = found.expect("it was planned");
                    (review.date, review.start) = (Some(record.date), record.start);
                    (review.dated, review.changed_at) = (record.dated, now);
                    if !record.open {
                        review.state = review::State::Dropped;
                    }
                    let stored = storage::review::update(tx, office, &review).await?;
                    if !forgets {
                        occurrence::plan_review(tx, &set_up, &stored, now).await?;
                    }
                    return Ok(());
                }
                let found = storage::session::find(tx, office, SessionId(record.id)).await?;
                let mut session = found.expect("it was planned");
                (session.date, session.start) = (Some(record.date), record.start);
                (session.date_revision, session.changed_at) = (record.dated, now);
                if !record.open {
                    session.state = match record.cancelled {
                        true => session::State::Cancelled,
                        false => session::State::Held,
                    };
                }
                let stored = storage::session::update(tx, office, &session).await?;
                if !forgets {
                    occurrence::plan_session(tx, &set_up, &stored, now).await?;
                }
                Ok(())
            })
        });
        changed.await?;
        self.expected.tell(record, now);
        Ok(())
    }
}

/// A day from tomorrow on, and when it begins, if anybody knows.
pub(crate) fn moment(dice: &mut Dice, now: DateTime<Utc>) -> (NaiveDate, Option<NaiveTime>) {
    let (today, _) = wall(now);
    let date = today + Days::new(1 + dice.below(AHEAD_DAYS) as u64);
    let start = dice.pick(&BEGINNINGS).flatten();
    (
        date,
        start.and_then(|hour| NaiveTime::from_hms_opt(hour, 30, 0)),
    )
}

pub(crate) async fn set_up(
    tx: &mut Transaction,
    office: OfficeId,
) -> storage::Result<domain::office::Office> {
    let loaded = storage::office::load(tx, office).await?;
    Ok(loaded.expect("it was set up"))
}

fn association(name: &str, channel: Option<ChannelId>) -> Association {
    Association {
        id: AssociationId(0),
        name: name.to_owned(),
        professions: Vec::new(),
        scopes: Vec::new(),
        channel,
        feedback: None,
        officers: None,
        contacts: None,
        members: None,
        talk: Talk::Officers,
        fixed: false,
    }
}

pub(crate) fn issue(association: Option<AssociationId>, now: DateTime<Utc>) -> Issue {
    Issue {
        id: IssueId(0),
        revision: 1,
        kind: Kind::Issue,
        origin: Origin::Meeting,
        tier: Tier::One,
        tier_by: TierBy::Person,
        status: Status::Review,
        later_year: None,
        text: LOOKED_BACK_ON.to_owned(),
        note: None,
        profession: None,
        association,
        about: Vec::new(),
        speaker: None,
        reporter: WHO,
        created_at: now,
        changed_at: now,
        passed_on: false,
        kept_private: false,
        measure_open: true,
        retracted: false,
        categories: Vec::new(),
        session: None,
        merged_into: None,
        destination: association.map_or(Destination::Desk, Destination::Tier1),
    }
}
