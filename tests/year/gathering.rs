//! Sessions of the year, and the council among them: planned with whom they are for, and told where those
//! read.

use crate::{
    Harm,
    expected::Record,
    office::{GATHERING, Office, WHO, moment, set_up},
};
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use commands::occurrence;
use domain::{
    id::{AssociationId, SessionId},
    session::{self, Session},
    tier::Tier,
};
use storage::Store;
use tests::dice::Dice;

impl Office {
    /// A gathering of one, two or three tiers.
    pub(crate) async fn plan_session(
        &mut self,
        store: &Store,
        dice: &mut Dice,
        now: DateTime<Utc>,
    ) -> storage::Result<()> {
        let (date, start) = moment(dice, now);
        let tier = [Tier::One, Tier::Two, Tier::Three][dice.below(3)];
        let all = &self.associations;
        let associations = match tier {
            Tier::One if dice.chance(30) => vec![all[0], all[2]],
            Tier::One => vec![all[dice.below(2)]],
            Tier::Two if dice.chance(30) => all.clone(),
            Tier::Two => all[..2].to_vec(),
            Tier::Three => Vec::new(),
        };
        let mut session = session(tier, associations, (date, start), now);
        session.agenda = self.agenda(dice);
        self.gather(store, session, now).await
    }

    /// The council of a fiscal year is planned, so that nobody needs to propose it.
    pub(crate) async fn plan_council(
        &mut self,
        store: &Store,
        dice: &mut Dice,
        (now, harm): (DateTime<Utc>, Option<Harm>),
    ) -> storage::Result<()> {
        let (date, start) = moment(dice, now);
        let mut session = session(Tier::Three, Vec::new(), (date, start), now);
        if harm != Some(Harm::Council) {
            session.kind = session::Kind::Council;
        }
        self.gather(store, session, now).await?;
        let mut planned = self.expected.records.values_mut();
        let last = planned.rfind(|record| record.noun == "session");
        last.expect("it was just planned").council = true;
        Ok(())
    }

    /// A session is planned.
    async fn gather(
        &mut self,
        store: &Store,
        session: Session,
        now: DateTime<Utc>,
    ) -> storage::Result<()> {
        let office = self.id;
        let date = session.date.expect("it has a day");
        let moment = (date, session.start);
        let places = self.places(session.tier, &session.associations);
        let (with, agenda) = (session.associations.clone(), session.agenda.clone());
        let stored = store.write(move |tx| {
            let session = session.clone();
            Box::pin(async move {
                let stored = storage::session::insert(tx, office, &session).await?;
                let set_up = set_up(tx, office).await?;
                occurrence::plan_session(tx, &set_up, &stored, now).await?;
                Ok((stored.id.0, stored.number))
            })
        });
        let (id, number) = stored.await?;
        let record = Record {
            places,
            number,
            with,
            agenda: agenda.into_iter().map(|issue| issue.0).collect(),
            ..Record::new("session", id, moment)
        };
        self.expected.tell(record, now);
        Ok(())
    }

    /// Where a session is told: in the channel of each association, of the circle that holds them all, of
    /// the region; at the desk where there is none.
    fn places(&self, tier: Tier, associations: &[AssociationId]) -> Vec<String> {
        let desk = || "desk".to_owned();
        match tier {
            Tier::One => associations
                .iter()
                .map(|id| match self.associations[2] == *id {
                    true => desk(),
                    false => format!("tier1:{id}"),
                })
                .collect(),
            Tier::Two if associations.len() == 2 => vec![self.circle.clone()],
            Tier::Three if self.region => vec!["tier3".to_owned()],
            Tier::Two | Tier::Three => vec![desk()],
        }
    }
}

pub(crate) fn session(
    tier: Tier,
    associations: Vec<AssociationId>,
    (date, start): (NaiveDate, Option<NaiveTime>),
    now: DateTime<Utc>,
) -> Session {
    Session {
        id: SessionId(0),
        revision: 1,
        tier,
        kind: session::Kind::Meeting,
        state: session::State::Planned,
        title: GATHERING.to_owned(),
        number: None,
        fiscal_year: Some(domain::era::FiscalYear::of(date, 4)),
        date: Some(date),
        start,
        end: None,
        purpose: None,
        method: None,
        role: session::Role::Host,
        place: None,
        people: None,
        date_revision: 1,
        moved_from: None,
        reason: None,
        associations,
        agenda: Vec::new(),
        planned_by: WHO,
        created_at: now,
        changed_at: now,
        retracted: false,
    }
}
