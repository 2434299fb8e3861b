//! Memos of the year: what people want to be reminded of once or again and again, in their own phrases,
//! and what must come of it.

use crate::{
    Harm,
    day::{WorkingDays, instant, wall},
    expected::Item,
    office::{Office, WHO, moment, nine, set_up},
    rhythm::Rhythm,
};
use chrono::{DateTime, Utc};
use commands::occurrence;
use domain::{
    audience::Destination,
    id::MemoId,
    memo::{self, State},
    occurrence::Moment,
    schedule::When,
};
use std::collections::BTreeMap;
use storage::Store;
use tests::dice::Dice;

/// One memo that is still to come.
#[derive(Clone, Debug)]
pub(crate) struct Waiting {
    pub(crate) place: String,
    /// None for once.
    pub(crate) rhythm: Option<Rhythm>,
    /// Counts the times it was planned for.
    turn: i64,
    pub(crate) at: DateTime<Utc>,
}

/// What every memo says.
pub(crate) const WORDS: &str = "会議室の予約を確かめる";

/// The memos of one office that are still to come.
#[derive(Clone, Debug, Default)]
pub(crate) struct Memos(pub(crate) BTreeMap<i64, Waiting>);

impl Memos {
    /// When the next of them is due.
    pub(crate) fn next(&self) -> Option<DateTime<Utc>> {
        self.0.values().map(|memo| memo.at).min()
    }

    /// Days off have changed: what is due already is said all the same.
    pub(crate) fn plan_anew(&mut self, days: &WorkingDays, now: DateTime<Utc>) {
        for memo in self.0.values_mut().filter(|memo| memo.at > now) {
            let next = memo
                .rhythm
                .map(|rhythm| instant(rhythm.next(now, days), rhythm.at));
            if let Some(next) = next.filter(|next| *next != memo.at) {
                (memo.at, memo.turn) = (next, memo.turn + 1);
            }
        }
    }

    /// What is due by now, each with its time; whoever looks late says each once.
    pub(crate) fn take(
        &mut self,
        days: &WorkingDays,
        now: DateTime<Utc>,
    ) -> Vec<(Item, DateTime<Utc>)> {
        let mut taken = Vec::new();
        self.0.retain(|id, memo| {
            if memo.at > now {
                return true;
            }
            let key = format!("memo:{id}@{}:due:0d", memo.turn);
            taken.push(((key, memo.place.clone()), memo.at));
            let Some(rhythm) = memo.rhythm else {
                return false;
            };
            (memo.at, memo.turn) = (instant(rhythm.next(now, days), rhythm.at), memo.turn + 1);
            true
        });
        taken
    }
}

impl Office {
    /// Somebody wants to be reminded of something, somewhere.
    pub(crate) async fn add_memo(
        &mut self,
        store: &Store,
        dice: &mut Dice,
        now: DateTime<Utc>,
    ) -> storage::Result<()> {
        let rhythm = dice.chance(65).then(|| Rhythm::any(dice));
        let (day, start) = moment(dice, now);
        let start = start.unwrap_or_else(nine);
        let phrase = rhythm.map_or_else(
            || format!("{day} {}", start.format("%H:%M")),
            Rhythm::phrase,
        );
        let place = dice.pick(&self.own_places()).expect("the desk at least");
        let destination = Destination::from_code(&place).expect("a code of the product's");
        let office = self.id;
        let stored = store.write(move |tx| {
            let phrase = phrase.clone();
            Box::pin(async move {
                let set_up = set_up(tx, office).await?;
                let (date, time) = wall(now);
                let (zone, calendar) = (set_up.settings.time_zone, set_up.calendar());
                let when = When::read(&phrase, Moment { date, time }, calendar);
                let when = when.unwrap_or_else(|fault| panic!("{phrase}: {fault}"));
                let next = memo::check(&when, now, zone, calendar).expect("it is to come");
                let memo = memo::Memo {
                    id: MemoId(0),
                    revision: 1,
                    words: WORDS.to_owned(),
                    destination,
                    cadence: when.into(),
                    next: Some(next),
                    turn: 1,
                    state: State::Waiting,
                    made_by: WHO,
                    made_at: now,
                    changed_at: now,
                };
                let stored = storage::memo::insert(tx, office, &memo).await?;
                occurrence::plan_memo(tx, &set_up, &stored).await?;
                Ok(stored.id.0)
            })
        });
        let at = match rhythm {
            Some(rhythm) => instant(rhythm.next(now, &self.expected.rules.days), rhythm.at),
            None => instant(day, start),
        };
        let waiting = Waiting {
            place,
            rhythm,
            turn: 1,
            at,
        };
        self.expected.memos.0.insert(stored.await?, waiting);
        Ok(())
    }

    /// Somebody stops one.
    pub(crate) async fn stop_memo(
        &mut self,
        store: &Store,
        dice: &mut Dice,
        (now, harm): (DateTime<Utc>, Option<Harm>),
    ) -> storage::Result<()> {
        let waiting: Vec<i64> = self.expected.memos.0.keys().copied().collect();
        let Some(id) = dice.pick(&waiting) else {
            return Ok(());
        };
        self.expected.memos.0.remove(&id);
        let (office, forgets) = (self.id, harm == Some(Harm::Forgets("memo")));
        let stopped = store.write(move |tx| {
            Box::pin(async move {
                let set_up = set_up(tx, office).await?;
                let found = storage::memo::find(tx, office, MemoId(id)).await?;
                let memo = found.expect("it was made").ended(State::Stopped, now);
                let stored = storage::memo::update(tx, office, &memo).await?;
                if !forgets {
                    occurrence::plan_memo(tx, &set_up, &stored).await?;
                }
                Ok(())
            })
        });
        stopped.await
    }
}
