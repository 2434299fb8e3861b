//! Memos: kept with their next time, listed by it, counted until they end.

use crate::town::{COORDINATOR, PHARMACIST, Town, kept, later, morning, new_office};
use domain::{
    audience::Destination,
    id::{AssociationId, MemoId, OfficeId, ServerId, UserId},
    memo::{Cadence, Memo, State},
    occurrence::Moment,
    schedule::Schedule,
};
use storage::{Conflict, Error, memo};

const TALK: Destination = Destination::Tier1(AssociationId(3));

fn moment(written: &str) -> Moment {
    let (date, time) = written.split_once(' ').expect("a day and a time");
    Moment {
        date: date.parse().expect("a day"),
        time: time.parse().expect("a time"),
    }
}

fn draft(schedule: Option<&str>, destination: Destination, next: &str) -> Memo {
    Memo {
        id: MemoId(0),
        revision: 0,
        words: "毎月の打合せの資料を持ち寄る\n場所は会議室".to_owned(),
        destination,
        cadence: schedule.map_or(Cadence::Once, |written| {
            Cadence::Repeated(Schedule::parse(written).expect("a schedule"))
        }),
        next: Some(moment(next)),
        turn: 1,
        state: State::Waiting,
        made_by: PHARMACIST,
        made_at: morning(),
        changed_at: morning(),
    }
}

impl Town {
    async fn memo(&self, memo: &Memo) -> Memo {
        let office = self.office;
        change!(self.store, [memo], |tx| memo::insert(tx, office, &memo)
            .await)
        .expect("kept")
    }

    async fn changed(&self, memo: &Memo) -> storage::Result<Memo> {
        let office = self.office;
        change!(self.store, [memo], |tx| memo::update(tx, office, &memo)
            .await)
    }

    async fn found(&self, id: i64) -> Option<Memo> {
        let office = self.office;
        look!(self.store, |connection| memo::find(
            connection,
            office,
            MemoId(id)
        )
        .await)
    }

    async fn listed(
        &self,
        places: Option<Vec<Destination>>,
        offset: i64,
        limit: i64,
    ) -> (Vec<i64>, i64) {
        let office = self.office;
        let page = look!(self.store, [places], |connection| {
            memo::list(connection, office, places.as_deref(), offset, limit).await
        });
        (
            page.items.iter().map(|memo| memo.id.0).collect(),
            page.total,
        )
    }

    async fn memo_counts(&self, office: OfficeId, who: UserId) -> (i64, i64) {
        let counts = look!(self.store, |connection| memo::counts(
            connection, office, who
        )
        .await);
        (counts.of_person, counts.of_office)
    }
}

on_both! {
    async fn a_memo_is_read_back_as_it_was_written(town) {
        for (number, written) in [
            (1, draft(None, Destination::Desk, "2026-11-27 00:00:00")),
            (2, draft(Some("0 14 * * 2#2 shift=next"), TALK, "2026-12-08 14:00:00")),
            (3, draft(Some("0 9 * * 1 weeks=2 from=2026-11-23"), Destination::Tier3, "2026-11-23 23:59:00")),
        ] {
            let stored = town.memo(&written).await;
            let expected = Memo {
                id: MemoId(number),
                revision: 1,
                made_at: kept(morning()),
                changed_at: kept(morning()),
                ..written
            };
            assert_eq!(stored, expected);
            assert_eq!(town.found(number).await, Some(expected));
        }
        assert_eq!(town.found(4).await, None);
        let written = draft(None, TALK, "2026-11-27 09:00:00");
        let nowhere = change!(town.store, [written], |tx| {
            memo::insert(tx, OfficeId(99), &written).await
        });
        assert!(matches!(nowhere, Err(Error::Conflict(Conflict::Missing))), "{nowhere:?}");
    }

    async fn a_memo_moves_on_by_its_revision(town) {
        let stored = town.memo(&draft(Some("0 9 * * 1"), TALK, "2026-11-23 09:00:00")).await;
        let moved = Memo {
            next: Some(moment("2026-11-30 09:00:00")),
            turn: 2,
            changed_at: later(5),
            ..stored.clone()
        };
        let kept_now = town.changed(&moved).await.expect("kept");
        let expected = Memo { revision: 2, changed_at: kept(later(5)), ..moved.clone() };
        assert_eq!(kept_now, expected);
        assert_eq!(town.found(1).await, Some(expected.clone()));
        for stale in [moved, Memo { id: MemoId(9), ..expected.clone() }] {
            let refused = town.changed(&stale).await;
            assert!(matches!(refused, Err(Error::Conflict(Conflict::StaleRevision))), "{refused:?}");
        }
        for (revision, state) in [(2, State::Over), (3, State::Stopped), (4, State::Dropped)] {
            let ended = Memo { revision, state, next: None, ..expected.clone() };
            town.changed(&ended).await.expect("kept");
            let found = town.found(1).await.expect("it stays");
            assert_eq!((found.state, found.next), (state, None));
        }
    }

    async fn the_next_due_stand_first_and_only_at_ones_own_places(town) {
        let other = Destination::Tier1(AssociationId(33));
        for (place, next) in [
            (TALK, "2026-12-08 14:00:00"),
            (TALK, "2026-11-27 09:00:00"),
            (other, "2026-11-27 08:00:00"),
            (Destination::Desk, "2026-11-27 09:00:00"),
        ] {
            town.memo(&draft(None, place, next)).await;
        }
        assert_eq!(town.listed(None, 0, 100).await, (vec![3, 2, 4, 1], 4));
        assert_eq!(town.listed(None, 1, 2).await, (vec![2, 4], 4));
        assert_eq!(town.listed(Some(vec![TALK]), 0, 100).await, (vec![2, 1], 2));
        assert_eq!(town.listed(Some(vec![TALK, Destination::Desk]), 0, 100).await.1, 3);
        assert_eq!(town.listed(Some(Vec::new()), 0, 100).await, (Vec::new(), 0));
        let stopped = town.found(2).await.expect("it is there").ended(State::Stopped, later(1));
        town.changed(&stopped).await.expect("kept");
        assert_eq!(town.listed(None, 0, 100).await, (vec![3, 4, 1], 3));
        let office = town.office;
        let waiting = look!(town.store, |connection| memo::all_waiting(connection, office).await);
        let numbers: Vec<i64> = waiting.iter().map(|memo| memo.id.0).collect();
        assert_eq!(numbers, [1, 3, 4]);
    }

    async fn what_is_still_to_come_is_counted_by_person_and_office(town) {
        let other = new_office(&town.store, ServerId(12)).await;
        for who in [PHARMACIST, PHARMACIST, COORDINATOR] {
            let memo = Memo { made_by: who, ..draft(None, TALK, "2026-11-27 09:00:00") };
            town.memo(&memo).await;
        }
        assert_eq!(town.memo_counts(town.office, PHARMACIST).await, (2, 3));
        let over = town.found(1).await.expect("it is there").ended(State::Over, later(1));
        town.changed(&over).await.expect("kept");
        assert_eq!(town.memo_counts(town.office, PHARMACIST).await, (1, 2));
        assert_eq!(town.memo_counts(other, PHARMACIST).await, (0, 0));
    }
}
