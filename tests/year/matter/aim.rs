//! What an office aims at, and who helps: ideas, sessions somebody asks for, key persons, targets and what
//! was done for them.

use super::{ASKED, Aimed, IDEA};
use crate::{
    day::wall,
    gathering,
    office::{Office, WHO},
    round::fiscal_year,
    task::project,
};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    era::FiscalYear,
    id::{KeyPersonId, RecordId, TargetId},
    key_person::KeyPerson,
    project::State,
    session::{self, Kind},
    target::{
        Owner, Target,
        goal::{self, Content, Goal, Quantity},
        number::ItemNumber,
        record::{Record as Progress, Source},
    },
    tier::Tier,
};
use storage::Store;
use tests::dice::Dice;

/// What every target is about.
pub(crate) const AREA: &str = "医療・看護";

impl Office {
    /// An association brings an idea.
    pub(super) async fn bring(
        &mut self,
        store: &Store,
        dice: &mut Dice,
        now: DateTime<Utc>,
    ) -> storage::Result<()> {
        let (office, place) = (self.id, dice.below(self.associations.len()));
        let mut idea = project(Vec::new(), now);
        IDEA.clone_into(&mut idea.title);
        (idea.state, idea.taken_up) = (State::Idea, false);
        idea.idea_of = Some(self.associations[place]);
        let stored = store.write(move |tx| {
            let idea = idea.clone();
            Box::pin(async move { storage::project::insert(tx, office, &idea).await })
        });
        self.matters.ideas.insert(stored.await?.id.0, (place, now));
        Ok(())
    }

    /// Somebody would like to meet; no day is settled.
    pub(super) async fn ask(&mut self, store: &Store, now: DateTime<Utc>) -> storage::Result<()> {
        let (today, _) = wall(now);
        let all = self.associations[..2].to_vec();
        let mut asked = gathering::session(Tier::Two, all, (today, None), now);
        ASKED.clone_into(&mut asked.title);
        (asked.state, asked.date, asked.fiscal_year) = (session::State::Draft, None, None);
        asked.kind = Kind::Exchange;
        let office = self.id;
        let stored = store.write(move |tx| {
            let asked = asked.clone();
            Box::pin(async move { storage::session::insert(tx, office, &asked).await })
        });
        self.matters.asked.insert(stored.await?.id.0, now);
        Ok(())
    }

    /// Somebody turns out to be a key person.
    pub(super) async fn know(
        &mut self,
        store: &Store,
        dice: &mut Dice,
        now: DateTime<Utc>,
    ) -> storage::Result<()> {
        let count = self.matters.persons.len();
        let place = dice.chance(70).then(|| dice.below(self.associations.len()));
        let (name, note) = (format!("見本 花子{count}"), format!("会長の右腕{count}"));
        let association = place.map(|place| self.associations[place]);
        let person = KeyPerson::new(KeyPersonId(0), association, &name, Some(&note));
        let (office, person) = (self.id, person.expect("a name"));
        let kept = store.write(move |tx| {
            let person = person.clone();
            Box::pin(
                async move { storage::key_person::insert(tx, office, &person, WHO, now).await },
            )
        });
        self.matters.persons.push((place, name, note));
        kept.await.map(drop)
    }

    /// A target is set for this year.
    pub(super) async fn aim(
        &mut self,
        store: &Store,
        dice: &mut Dice,
        now: DateTime<Utc>,
    ) -> storage::Result<()> {
        let (number, goal) = (self.matters.targets.len() + 1, 1 + dice.below(12) as i64);
        let owner = match dice.below(3) {
            0 => None,
            1 => Some(Owner::Named("産業振興課".to_owned())),
            _ => Some(Owner::Association(self.associations[0])),
        };
        let (today, _) = wall(now);
        let year = fiscal_year(today);
        let target = target(number, owner.clone(), now);
        let office = self.id;
        let stored = store.write(move |tx| {
            let target = target.clone();
            Box::pin(async move {
                let stored = storage::target::insert(tx, office, &target).await?;
                let aim = aimed(stored.id, (year, today), goal, now);
                storage::target::goal::add(tx, office, &aim).await?;
                Ok(stored.id.0)
            })
        });
        let aimed = Aimed {
            number,
            goal,
            owner,
            year,
            done: 0,
            records: 0,
        };
        self.matters.targets.insert(stored.await?, aimed);
        Ok(())
    }

    /// Something was done for a target.
    pub(super) async fn record(
        &mut self,
        store: &Store,
        dice: &mut Dice,
        now: DateTime<Utc>,
    ) -> storage::Result<()> {
        let targets: Vec<i64> = self.matters.targets.keys().copied().collect();
        let Some(id) = dice.pick(&targets) else {
            return Ok(());
        };
        let (today, _) = wall(now);
        let amount = dice.chance(80).then(|| 1 + dice.below(4) as i64);
        let aimed = self
            .matters
            .targets
            .get_mut(&id)
            .expect("it was found here");
        aimed.done += amount.unwrap_or_default();
        aimed.records += 1;
        let (office, done) = (self.id, progress(TargetId(id), today, amount, now));
        let stored = store.write(move |tx| {
            let done = done.clone();
            Box::pin(async move { storage::target::record::insert(tx, office, &done).await })
        });
        stored.await.map(drop)
    }
}

fn target(number: usize, owner: Option<Owner>, now: DateTime<Utc>) -> Target {
    Target {
        id: TargetId(0),
        revision: 1,
        area: AREA.to_owned(),
        number: ItemNumber::read(&format!("1-{number}")).expect("a number"),
        item: item(number),
        position: number as i64,
        owner,
        counts: None,
        withdrawn: false,
        added_by: WHO,
        created_at: now,
        changed_at: now,
    }
}

/// What a target is about.
pub(crate) fn item(number: usize) -> String {
    format!("多職種の研修会を開く（{number}）")
}

fn aimed(
    target: TargetId,
    (year, today): (i32, NaiveDate),
    amount: i64,
    now: DateTime<Utc>,
) -> Goal {
    Goal {
        target,
        year: FiscalYear::starting_in(year),
        version: 1,
        day: today,
        content: Content {
            text: format!("年{amount}回"),
            plan: None,
            quantity: Some(Quantity {
                amount,
                unit: "回".to_owned(),
                each: false,
                periodic: true,
            }),
            state: goal::State::Set,
            again: None,
        },
        reason: None,
        set_by: WHO,
        since: now,
        retracted: false,
    }
}

fn progress(
    target: TargetId,
    date: NaiveDate,
    amount: Option<i64>,
    now: DateTime<Utc>,
) -> Progress {
    Progress {
        id: RecordId(0),
        revision: 1,
        date,
        text: Some("研修会を開いた".to_owned()),
        amount,
        unit: None,
        mark: None,
        source: Source::Hand,
        again: None,
        targets: vec![target],
        withdrawn: false,
        recorded_by: WHO,
        created_at: now,
        changed_at: now,
    }
}
