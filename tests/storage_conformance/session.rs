//! Sessions: numbered within their series, listed for whoever may know of them.

use crate::town::{
    COORDINATOR, Town, draft_issue, kept, morning, new_office, store_association, store_issue,
};
use chrono::{Days, NaiveDate, NaiveTime};
use domain::{
    era::FiscalYear,
    id::{AssociationId, IssueId, OfficeId, ServerId, SessionId},
    issue::Issue,
    session::{Kind, Purpose, Role, Session, Sight, State},
    tier::Tier,
};
use std::collections::BTreeSet;
use storage::{Conflict, Error, session};

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).expect("a day")
}

/// Why something was not kept; `None` when it was.
fn conflict<T: std::fmt::Debug>(kept: storage::Result<T>) -> Option<Conflict> {
    match kept {
        Ok(_) => None,
        Err(Error::Conflict(conflict)) => Some(conflict),
        Err(fault) => panic!("{fault}"),
    }
}

pub(crate) fn planned(tier: Tier, associations: &[AssociationId], date: NaiveDate) -> Session {
    Session {
        id: SessionId(0),
        revision: 0,
        tier,
        kind: Kind::Meeting,
        state: State::Planned,
        title: "連携に関する打合せ会".to_owned(),
        number: None,
        fiscal_year: Some(FiscalYear::of(date, 4)),
        date: Some(date),
        start: None,
        end: None,
        purpose: None,
        method: None,
        role: Role::Host,
        place: None,
        people: None,
        date_revision: 1,
        moved_from: None,
        reason: None,
        associations: associations.to_vec(),
        agenda: Vec::new(),
        planned_by: COORDINATOR,
        created_at: morning(),
        changed_at: morning(),
        retracted: false,
    }
}

pub(crate) async fn insert(town: &Town, session: &Session) -> storage::Result<Session> {
    let office = town.office;
    change!(town.store, [session], |tx| session::insert(
        tx, office, &session
    )
    .await)
}

async fn update(town: &Town, session: &Session) -> storage::Result<Session> {
    let office = town.office;
    change!(town.store, [session], |tx| session::update(
        tx, office, &session
    )
    .await)
}

async fn find(town: &Town, office: OfficeId, id: SessionId) -> Option<Session> {
    look!(town.store, |connection| session::find(
        connection, office, id
    )
    .await)
}

fn everything() -> Sight {
    Sight {
        everything: true,
        ..Sight::default()
    }
}

async fn list(town: &Town, filter: session::Filter, offset: i64, limit: i64) -> session::Page {
    let office = town.office;
    look!(town.store, |connection| {
        session::list(connection, office, &filter, offset, limit).await
    })
}

fn all_of(sight: Sight) -> session::Filter {
    session::Filter {
        from: None,
        to: None,
        tier: None,
        sight,
    }
}

on_both! {
    async fn a_session_is_kept_with_everything_that_was_said_of_it(town) {
        let pharmacists = store_association(&town.store, town.office, "薬剤師会").await;
        let hospital = store_association(&town.store, town.office, "病院連携室").await;
        let issue = town.issue().await;
        let whole = Session {
            kind: Kind::Training,
            start: NaiveTime::from_hms_opt(14, 30, 0),
            end: NaiveTime::from_hms_opt(23, 59, 0),
            purpose: Some(Purpose::Solution),
            method: Some("講演会とグループワーク".to_owned()),
            role: Role::Support,
            place: Some("市民会館 大ホール".to_owned()),
            agenda: vec![issue.id],
            ..planned(Tier::Two, &[hospital, pharmacists], day(12, 1))
        };
        let stored = insert(&town, &whole).await.expect("kept");
        let expected = Session {
            id: SessionId(1),
            revision: 1,
            number: Some(1),
            created_at: kept(morning()),
            changed_at: kept(morning()),
            ..whole
        };
        assert_eq!(stored, expected);
        assert_eq!(find(&town, town.office, SessionId(1)).await, Some(expected));
        let other = new_office(&town.store, ServerId(12)).await;
        assert_eq!(find(&town, other, SessionId(1)).await, None);
    }

    async fn each_series_and_fiscal_year_counts_by_itself(town) {
        let pharmacists = store_association(&town.store, town.office, "薬剤師会").await;
        let hospital = store_association(&town.store, town.office, "病院連携室").await;
        let both = [pharmacists, hospital];
        let reversed = [hospital, pharmacists];
        let next_year = NaiveDate::from_ymd_opt(2027, 4, 1).expect("a day");
        let training = Session {
            kind: Kind::Training,
            ..planned(Tier::One, &[pharmacists], day(12, 1))
        };
        for (session, expected) in [
            (planned(Tier::One, &[pharmacists], day(11, 30)), 1),
            (planned(Tier::One, &[pharmacists], day(12, 1)), 2),
            (planned(Tier::One, &[hospital], day(12, 1)), 1),
            (training, 1),
            (planned(Tier::Two, &both, day(12, 1)), 1),
            (planned(Tier::Two, &reversed, day(12, 2)), 2),
            (planned(Tier::One, &[pharmacists], next_year), 1),
            (planned(Tier::Three, &[], day(12, 1)), 1),
            (planned(Tier::One, &[pharmacists], day(6, 1)), 3),
        ] {
            let stored = insert(&town, &session).await.expect("kept");
            assert_eq!(stored.number, Some(expected), "{:?}", session.series());
        }
    }

    async fn a_number_one_brings_must_be_free_and_is_free_again_after_a_cancellation(town) {
        let pharmacists = store_association(&town.store, town.office, "薬剤師会").await;
        let of = |number| Session { number, ..planned(Tier::One, &[pharmacists], day(12, 1)) };
        let fifth = insert(&town, &of(Some(5))).await.expect("kept");
        assert_eq!(insert(&town, &of(None)).await.expect("kept").number, Some(6));
        let taken = insert(&town, &of(Some(5))).await;
        assert!(matches!(taken, Err(Error::Conflict(Conflict::NumberTaken))), "{taken:?}");
        let cancelled = Session { state: State::Cancelled, ..fifth };
        update(&town, &cancelled).await.expect("kept");
        let again = insert(&town, &of(Some(5))).await.expect("it is free");
        assert_eq!(again.id, SessionId(3), "a refused one uses up no number of the office");
        let taken_back = Session { retracted: true, ..again };
        update(&town, &taken_back).await.expect("kept");
        insert(&town, &of(Some(5))).await.expect("it is free again");
    }

    async fn a_draft_has_no_number_and_gets_one_when_it_is_planned(town) {
        let hospital = store_association(&town.store, town.office, "病院連携室").await;
        let draft = Session {
            state: State::Draft,
            date: None,
            number: Some(7),
            ..planned(Tier::Two, &[hospital], day(12, 1))
        };
        let stored = insert(&town, &draft).await.expect("kept");
        assert_eq!((stored.number, stored.fiscal_year, stored.date), (None, None, None));
        let planned = Session {
            state: State::Planned,
            date: Some(day(12, 1)),
            fiscal_year: Some(FiscalYear::starting_in(2026)),
            ..stored.clone()
        };
        let planned = update(&town, &planned).await.expect("kept");
        assert_eq!((planned.number, planned.revision), (Some(1), 2));
        assert_eq!(find(&town, town.office, stored.id).await, Some(planned));
        let stale = update(&town, &stored).await;
        assert!(matches!(stale, Err(Error::Conflict(Conflict::StaleRevision))), "{stale:?}");
        let missing = update(&town, &Session { id: SessionId(9), ..stored }).await;
        assert!(matches!(missing, Err(Error::Conflict(Conflict::Missing))), "{missing:?}");
    }

    async fn what_a_session_names_must_be_of_its_office(town) {
        let other = new_office(&town.store, ServerId(12)).await;
        let theirs = store_association(&town.store, other, "薬剤師会").await;
        for session in [
            planned(Tier::One, &[theirs], day(12, 1)),
            Session { agenda: vec![IssueId(1)], ..planned(Tier::Three, &[], day(12, 1)) },
        ] {
            let refused = insert(&town, &session).await;
            assert!(matches!(refused, Err(Error::Conflict(Conflict::Missing))), "{refused:?}");
        }
        let office = OfficeId(99);
        let session = planned(Tier::Three, &[], day(12, 1));
        let refused =
            change!(town.store, [session], |tx| session::insert(tx, office, &session).await);
        assert!(matches!(refused, Err(Error::Conflict(Conflict::Missing))), "{refused:?}");
    }

    async fn a_list_holds_what_the_rule_lets_each_reader_know(town) {
        let mut associations = Vec::new();
        for name in ["薬剤師会", "病院連携室", "医師会"] {
            associations.push(store_association(&town.store, town.office, name).await);
        }
        let (a, b, c) = (associations[0], associations[1], associations[2]);
        let mut stored = Vec::new();
        for (tier, of) in [
            (Tier::One, vec![a]), (Tier::One, vec![b]), (Tier::One, vec![]), (Tier::One, vec![a, b]),
            (Tier::Two, vec![a, b]), (Tier::Two, vec![c]), (Tier::Two, vec![]),
            (Tier::Three, vec![]), (Tier::Three, vec![c]),
        ] {
            for (state, retracted) in [
                (State::Draft, false), (State::Planned, false), (State::Held, false),
                (State::Cancelled, false), (State::Planned, true),
            ] {
                let session = Session { state, retracted, ..planned(tier, &of, day(12, 1)) };
                stored.push(insert(&town, &session).await.expect("kept"));
            }
        }
        let set = |ids: &[AssociationId]| ids.iter().copied().collect::<BTreeSet<_>>();
        for sight in [
            everything(),
            Sight::default(),
            Sight { tier1: set(&[a]), tier2: set(&[a]), tier3: true, ..Sight::default() },
            Sight { tier1: set(&[b, c]), tier2: set(&[c]), tier3: true, ..Sight::default() },
            Sight { tier3: true, ..Sight::default() },
            Sight { tier1: set(&[b]), tier2_all: true, tier3: true, ..Sight::default() },
        ] {
            let page = list(&town, all_of(sight.clone()), 0, 100).await;
            let found: Vec<SessionId> = page.items.iter().map(|session| session.id).collect();
            let expected: Vec<SessionId> =
                stored.iter().filter(|session| sight.sees(session)).map(|session| session.id).collect();
            assert_eq!(found, expected, "{sight:?}");
            assert_eq!(page.total, i64::try_from(expected.len()).expect("few"));
            assert_eq!(page.items.is_empty(), sight.is_blind());
        }
    }

    async fn a_list_is_narrowed_by_days_and_tier_and_begins_with_the_earliest(town) {
        let hour = |hour| NaiveTime::from_hms_opt(hour, 0, 0);
        for (tier, date, start) in [
            (Tier::Three, Some(day(12, 5)), hour(15)),
            (Tier::Two, Some(day(12, 5)), hour(9)),
            (Tier::Two, Some(day(12, 5)), None),
            (Tier::Three, Some(day(10, 1)), None),
            (Tier::Three, None, None),
        ] {
            let state = if date.is_some() { State::Planned } else { State::Draft };
            let session = Session { date, start, state, ..planned(tier, &[], day(12, 1)) };
            insert(&town, &session).await.expect("kept");
        }
        let december = Some(day(12, 1));
        for (from, to, tier, expected) in [
            (None, None, None, &[4, 3, 2, 1, 5][..]),
            (december, None, None, &[3, 2, 1]),
            (None, december, None, &[4]),
            (Some(day(10, 1)), Some(day(10, 1)), None, &[4]),
            (None, None, Some(Tier::Two), &[3, 2]),
            (december, Some(day(12, 4)), None, &[]),
        ] {
            let filter = session::Filter { from, to, tier, sight: everything() };
            let page = list(&town, filter, 0, 100).await;
            let found: Vec<i64> = page.items.iter().map(|session| session.id.0).collect();
            assert_eq!(found, expected, "{from:?} {to:?} {tier:?}");
        }
        let second = list(&town, all_of(everything()), 2, 2).await;
        let found: Vec<i64> = second.items.iter().map(|session| session.id.0).collect();
        assert_eq!((found, second.total), (vec![2, 1], 5));
    }

    async fn the_nearest_sessions_come_from_both_sides_of_a_day(town) {
        let today = day(11, 20);
        for back in 0..4 {
            let past = today.checked_sub_days(Days::new(back)).expect("a day");
            insert(&town, &planned(Tier::Three, &[], past)).await.expect("kept");
        }
        for ahead in 1..4 {
            let next = today.checked_add_days(Days::new(ahead)).expect("a day");
            insert(&town, &planned(Tier::Three, &[], next)).await.expect("kept");
        }
        let office = town.office;
        let near = look!(town.store, |connection| {
            session::around(connection, office, &everything(), today, 2).await
        });
        let found: Vec<i64> = near.iter().map(|session| session.id.0).collect();
        assert_eq!(found, [1, 2, 5, 6]);
        let nothing = look!(town.store, |connection| {
            session::around(connection, office, &Sight::default(), today, 2).await
        });
        assert_eq!(nothing, []);
    }

    async fn what_was_said_at_a_session_is_counted_until_it_is_taken_back(town) {
        let stored = insert(&town, &planned(Tier::Three, &[], day(12, 1))).await.expect("kept");
        let office = town.office;
        let said = Issue { session: Some(stored.id), ..draft_issue() };
        let first = store_issue(&town.store, office, &said).await;
        store_issue(&town.store, office, &said).await;
        town.issue().await;
        let count = async || {
            let id = stored.id;
            look!(town.store, |connection| session::issues(connection, office, id).await)
        };
        assert_eq!(count().await, 2);
        let back = Issue { retracted: true, ..first };
        change!(town.store, [back], |tx| storage::issue::update(tx, office, &back).await)
            .expect("taken back");
        assert_eq!(count().await, 1);
    }

    async fn an_issue_is_kept_for_a_session_that_still_takes_issues_only(town) {
        let office = town.office;
        for (state, retracted, expected) in [
            (State::Planned, false, None),
            (State::Held, false, None),
            (State::Draft, false, Some(Conflict::Closed)),
            (State::Cancelled, false, Some(Conflict::Closed)),
            (State::Planned, true, Some(Conflict::Closed)),
        ] {
            let session = Session { state, retracted, ..planned(Tier::Three, &[], day(12, 1)) };
            let stored = insert(&town, &session).await.expect("kept");
            let said = Issue { session: Some(stored.id), ..draft_issue() };
            let kept = change!(town.store, [said], |tx| storage::issue::insert(tx, office, &said).await);
            assert_eq!(conflict(kept), expected, "{state:?} {retracted}");
        }
        let nowhere = Issue { session: Some(SessionId(99)), ..draft_issue() };
        let kept = change!(town.store, [nowhere], |tx| storage::issue::insert(tx, office, &nowhere).await);
        assert_eq!(conflict(kept), Some(Conflict::Missing));
    }
}
