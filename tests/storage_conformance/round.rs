//! The weekly digest and the yearly round: what waits is counted, and who was met when is known.

use crate::town::{
    COORDINATOR, PHARMACIST, Town, draft_issue, later, morning, new_office, store_association,
    store_issue,
};
use chrono::{NaiveDate, NaiveTime, TimeDelta};
use chrono_tz::Asia::Tokyo;
use domain::{
    audience::Destination,
    disclosure::{Audience, Disclosure, State as Standing},
    era::FiscalYear,
    id::{AssociationId, OfficeId, ServerId, SessionId},
    issue::{Issue, Status},
    occurrence::{Matter, Moment, ON_THE_DAY, Series},
    round::Span,
    session::{Kind, Role, Session, State},
    tier::Tier,
};
use std::collections::BTreeMap;
use storage::{digest, occurrence, round, session};

fn day(written: &str) -> NaiveDate {
    written.parse().expect("a day")
}

fn met(tier: Tier, kind: Kind, of: &[AssociationId], date: &str) -> Session {
    let date = day(date);
    Session {
        tier,
        kind,
        date: Some(date),
        fiscal_year: Some(FiscalYear::of(date, 4)),
        associations: of.to_vec(),
        ..blank()
    }
}

fn blank() -> Session {
    Session {
        id: SessionId(0),
        revision: 0,
        tier: Tier::One,
        kind: Kind::Meeting,
        state: State::Planned,
        title: "連携に関する打合せ会".to_owned(),
        number: None,
        fiscal_year: None,
        date: None,
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
        associations: Vec::new(),
        agenda: Vec::new(),
        planned_by: COORDINATOR,
        created_at: morning(),
        changed_at: morning(),
        retracted: false,
    }
}

async fn keep(town: &Town, session: Session) -> SessionId {
    let office = town.office;
    change!(town.store, [session], |tx| session::insert(
        tx, office, &session
    )
    .await)
    .expect("kept")
    .id
}

async fn by_hand(town: &Town, sql: String) {
    town.fresh.run(&sql).await;
}

async fn propose(town: &Town, issue: &Issue) {
    let (office, id) = (town.office, issue.id);
    change!(town.store, |tx| {
        let new = Disclosure {
            issue: id,
            version: 0,
            audience: Audience::Region,
            wording: "ふだんから知らせ合いたい".to_owned(),
            as_written: false,
            names_source: false,
            state: Standing::Proposed,
            proposed_by: PHARMACIST,
            proposed_at: morning(),
            decided_by: None,
            decided_at: None,
        };
        storage::disclosure::insert(tx, office, &new).await
    })
    .expect("proposed");
}

on_both! {
    async fn what_waits_at_the_desk_is_counted(town) {
        let office = town.office;
        let old = town.issue().await;
        let fresh = Issue { created_at: later(60), ..draft_issue() };
        let fresh = store_issue(&town.store, office, &fresh).await;
        let sorted = store_issue(&town.store, office, &Issue { status: Status::Sorted, ..draft_issue() }).await;
        store_issue(&town.store, office, &Issue { retracted: true, ..draft_issue() }).await;
        propose(&town, &sorted).await;
        let before = morning() + TimeDelta::minutes(30);
        let open = look!(town.store, |connection| digest::open_since(connection, office, before).await);
        assert_eq!((open.total, open.numbers), (1, vec![old.id.0]));
        let all = look!(town.store, |connection| digest::open_since(connection, office, later(60)).await);
        assert_eq!((all.total, all.numbers), (2, vec![old.id.0, fresh.id.0]));
        let proposals = look!(town.store, |connection| digest::proposals(connection, office).await);
        assert_eq!((proposals.total, proposals.numbers), (1, vec![sorted.id.0]));

        let drafted = keep(&town, Session { state: State::Draft, ..blank() }).await;
        let drafts = look!(town.store, |connection| digest::drafts(connection, office).await);
        assert_eq!((drafts.total, drafts.numbers), (1, vec![drafted.0]));
    }

    async fn what_is_overdue_is_counted_until_it_is_done(town) {
        let office = town.office;
        for (id, state, due) in [
            (1, "planned", "2026-11-19"), (2, "planned", "2026-11-20"),
            (3, "proposed", "2026-11-01"), (4, "held", "2026-11-01"),
            (5, "planned", "2026-11-02"),
        ] {
            by_hand(&town, format!(
                "insert into review (office_id, id, of_kind, of_id, state, due_date, planned_by, \
                 created_at, changed_at) values ({office}, {id}, 'issue', {id}, '{state}', '{due}', 1, 0, 0)"
            )).await;
        }
        for (id, state) in [(1, "planned"), (2, "running"), (3, "finished")] {
            by_hand(&town, format!(
                "insert into project (office_id, id, revision, state, title, taken_up, added_by, \
                 created_at, changed_at) values ({office}, {id}, 1, '{state}', '研修', true, 1, 0, 0)"
            )).await;
        }
        for (id, project, due, done) in [
            (1, 1, "2026-11-19", "null, null"), (2, 1, "2026-11-01", "'2026-11-02', 1"),
            (3, 2, "2026-11-18", "null, null"), (4, 2, "2026-11-18", "null, null"),
            (5, 3, "2026-11-18", "null, null"),
        ] {
            by_hand(&town, format!(
                "insert into task (office_id, id, project_id, position, role, due_on, due_revision, \
                 holder, done_on, done_by) values ({office}, {id}, {project}, {id}, 'notice', '{due}', 1, 'desk', {done})"
            )).await;
        }
        let today = day("2026-11-20");
        let reviews = look!(town.store, |connection| digest::reviews(connection, office, today).await);
        assert_eq!((reviews.total, reviews.numbers), (2, vec![5, 1]));
        let tasks = look!(town.store, |connection| digest::tasks(connection, office, today).await);
        assert_eq!((tasks.total, tasks.numbers), (2, vec![2, 1]));
    }

    async fn no_more_numbers_are_handed_out_than_are_read(town) {
        let office = town.office;
        for _ in 0..=digest::NAMED_MAX {
            town.issue().await;
        }
        let open = look!(town.store, |connection| digest::open_since(connection, office, later(0)).await);
        assert_eq!(open.total, digest::NAMED_MAX + 1);
        assert_eq!(i64::try_from(open.numbers.len()), Ok(digest::NAMED_MAX));
    }

    async fn each_association_is_known_by_its_last_and_its_next_talk(town) {
        let a = store_association(&town.store, town.office, "薬剤師会").await;
        let b = store_association(&town.store, town.office, "病院連携室").await;
        store_association(&town.store, town.office, "医師会").await;
        for (tier, of, date, state, retracted) in [
            (Tier::One, vec![a], "2025-05-01", State::Held, false),
            (Tier::One, vec![a], "2026-11-20", State::Planned, false),
            (Tier::One, vec![a, b], "2026-12-20", State::Planned, false),
            (Tier::One, vec![a], "2026-12-01", State::Cancelled, false),
            (Tier::One, vec![a], "2026-12-02", State::Planned, true),
            (Tier::Two, vec![a, b], "2026-11-19", State::Held, false),
        ] {
            let session = met(tier, Kind::Meeting, &of, date);
            keep(&town, Session { state, retracted, ..session }).await;
        }
        let (office, today) = (town.office, day("2026-11-20"));
        let talks = look!(town.store, |connection| round::talks(connection, office, today).await);
        let span = |last: Option<&str>, next: &str| Span {
            last: last.map(day),
            next: Some(day(next)),
        };
        let expected = BTreeMap::from([
            (a, span(Some("2026-11-20"), "2026-12-20")),
            (b, span(None, "2026-12-20")),
        ]);
        assert_eq!(talks, expected);
    }

    async fn a_council_and_the_adviser_are_found_where_they_are_planned_or_were_held(town) {
        let (office, today) = (town.office, day("2026-11-20"));
        let adviser = async || {
            look!(town.store, |connection| round::adviser(connection, office, today).await)
        };
        assert_eq!(adviser().await, Span::default());
        keep(&town, met(Tier::One, Kind::Adviser, &[], "2026-08-01")).await;
        keep(&town, met(Tier::One, Kind::Adviser, &[], "2026-12-01")).await;
        let span = Span { last: Some(day("2026-08-01")), next: Some(day("2026-12-01")) };
        assert_eq!(adviser().await, span);

        let council = async || {
            let (first, last) = (day("2026-04-01"), day("2027-03-31"));
            look!(town.store, |connection| round::council(connection, office, first, last).await)
        };
        keep(&town, met(Tier::Three, Kind::Report, &[], "2026-05-20")).await;
        keep(&town, met(Tier::Three, Kind::Council, &[], "2026-03-31")).await;
        let cancelled = met(Tier::Three, Kind::Council, &[], "2026-05-20");
        keep(&town, Session { state: State::Cancelled, ..cancelled }).await;
        assert_eq!(council().await, None);
        let planned = keep(&town, met(Tier::Three, Kind::Council, &[], "2027-03-31")).await;
        assert_eq!(council().await, Some(planned));
    }

    async fn every_office_lacks_what_is_not_planned_for_it(town) {
        let other = new_office(&town.store, ServerId(12)).await;
        let without = async |matter: Matter, limit: i64| -> Vec<OfficeId> {
            look!(town.store, |connection| {
                occurrence::offices_without(connection, matter, limit).await
            })
        };
        assert_eq!(without(Matter::Digest, 10).await, [town.office, other]);
        assert_eq!(without(Matter::Digest, 1).await, [town.office]);
        let office = town.office;
        let key = Series { matter: Matter::Digest, id: 20_261_124, revision: 541 }.at(ON_THE_DAY);
        let time = NaiveTime::from_hms_opt(9, 0, 0).expect("nine is a time");
        let moment = Moment { date: day("2026-11-24"), time };
        change!(town.store, |tx| {
            occurrence::put(tx, office, key, moment, Tokyo, Destination::Desk).await
        })
        .expect("planned");
        assert_eq!(without(Matter::Digest, 10).await, [other]);
        let waits = async |of: OfficeId, matter: Matter| -> bool {
            look!(town.store, |connection| occurrence::waits(connection, of, matter).await)
        };
        assert!(waits(office, Matter::Digest).await);
        assert!(!waits(office, Matter::Council).await);
        assert!(!waits(other, Matter::Digest).await);
        assert_eq!(without(Matter::Council, 10).await, [office, other]);
        let cancelled = change!(town.store, |tx| {
            let now = moment.instant(Tokyo);
            occurrence::cancel_matter(tx, office, Matter::Digest, now).await
        });
        assert_eq!(cancelled.expect("what is due is left"), 0);
        let cancelled = change!(town.store, |tx| {
            let now = moment.instant(Tokyo) - TimeDelta::seconds(1);
            occurrence::cancel_matter(tx, office, Matter::Digest, now).await
        });
        assert_eq!(cancelled.expect("taken back"), 1);
        assert!(!waits(office, Matter::Digest).await);
        assert_eq!(without(Matter::Digest, 10).await, [town.office, other]);
    }
}
