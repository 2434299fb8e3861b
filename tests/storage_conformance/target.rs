//! Yearly targets: kept with the versions of their goals and their records, and as they stand at a date.

use crate::town::{
    COORDINATOR, PHARMACIST, Town, kept, later, morning, new_office, store_association,
};
use chrono::NaiveDate;
use domain::{
    era::FiscalYear,
    id::{AssociationId, RecordId, ServerId, TargetId},
    target::{
        Count, Goal, Owner, Record, Sight, Target,
        difference::Difference,
        goal::{Content, Quantity, State as Stand, Word},
        number::ItemNumber,
        pace::State,
        record::Source,
    },
};
use storage::{Conflict, Error, target};

mod sum;
mod table;

const YEAR: FiscalYear = FiscalYear::starting_in(2026);

fn day(month: u32, day: u32) -> NaiveDate {
    let year = if month < 4 { 2027 } else { 2026 };
    NaiveDate::from_ymd_opt(year, month, day).expect("a day")
}

fn plain(number: &str) -> Target {
    Target {
        id: TargetId(0),
        revision: 0,
        area: "医療・看護".to_owned(),
        number: ItemNumber::read(number).expect("a number"),
        item: "多職種の研修を行う".to_owned(),
        position: 0,
        owner: None,
        counts: None,
        withdrawn: false,
        added_by: COORDINATOR,
        created_at: morning(),
        changed_at: morning(),
    }
}

fn times(amount: i64) -> Content {
    Content {
        text: format!("年{amount}回"),
        plan: None,
        quantity: Some(Quantity {
            amount,
            unit: "回".to_owned(),
            each: false,
            periodic: true,
        }),
        state: Stand::Set,
        again: None,
    }
}

fn in_words(text: &str) -> Content {
    Content {
        text: text.to_owned(),
        quantity: None,
        ..times(1)
    }
}

fn goal(target: TargetId, version: i64, from: NaiveDate, content: Content) -> Goal {
    Goal {
        target,
        year: YEAR,
        version,
        day: from,
        content,
        reason: None,
        set_by: COORDINATOR,
        since: morning(),
        retracted: false,
    }
}

fn written(on: NaiveDate, amount: Option<i64>, targets: &[TargetId]) -> Record {
    Record {
        id: RecordId(0),
        revision: 0,
        date: on,
        text: Some("研修会を開いた".to_owned()),
        amount,
        unit: amount.map(|_| "回".to_owned()),
        mark: Some('●'),
        source: Source::Hand,
        again: None,
        targets: targets.to_vec(),
        withdrawn: false,
        recorded_by: PHARMACIST,
        created_at: morning(),
        changed_at: morning(),
    }
}

async fn insert(town: &Town, target: &Target) -> storage::Result<Target> {
    let office = town.office;
    change!(town.store, [target], |tx| target::insert(
        tx, office, &target
    )
    .await)
}

async fn update(town: &Town, target: &Target) -> storage::Result<Target> {
    let office = town.office;
    change!(town.store, [target], |tx| target::update(
        tx, office, &target
    )
    .await)
}

async fn find(town: &Town, id: TargetId) -> Option<Target> {
    let office = town.office;
    look!(town.store, |connection| target::find(
        connection, office, id
    )
    .await)
}

async fn all(town: &Town) -> Vec<Target> {
    let office = town.office;
    look!(town.store, |connection| target::all(connection, office)
        .await)
}

async fn set(town: &Town, goal: &Goal) -> storage::Result<Goal> {
    let office = town.office;
    change!(town.store, [goal], |tx| target::goal::add(
        tx, office, &goal
    )
    .await)
}

async fn retract(town: &Town, goal: &Goal, retracted: bool) -> storage::Result<()> {
    let office = town.office;
    let version = (goal.target, goal.year, goal.version);
    change!(town.store, |tx| {
        target::goal::retract(tx, office, version, retracted).await
    })
}

async fn goal_on(town: &Town, target: TargetId, on: NaiveDate) -> Option<i64> {
    let office = town.office;
    let goals = look!(town.store, |connection| target::goal::on(
        connection, office, YEAR, on
    )
    .await);
    goals.get(&target).map(|goal| goal.version)
}

async fn note(town: &Town, record: &Record) -> storage::Result<Record> {
    let office = town.office;
    change!(town.store, [record], |tx| {
        target::record::insert(tx, office, &record).await
    })
}

async fn correct(town: &Town, record: &Record) -> storage::Result<Record> {
    let office = town.office;
    change!(town.store, [record], |tx| {
        target::record::update(tx, office, &record).await
    })
}

async fn record_of(town: &Town, id: RecordId) -> Option<Record> {
    let office = town.office;
    look!(town.store, |connection| target::record::find(
        connection, office, id
    )
    .await)
}

async fn apply(town: &Town, difference: &Difference) -> storage::Result<target::Applied> {
    let office = town.office;
    change!(town.store, [difference], |tx| {
        target::apply(tx, office, &difference, (COORDINATOR, morning())).await
    })
}

async fn take_back(town: &Town, applied: &target::Applied) -> storage::Result<()> {
    let office = town.office;
    change!(town.store, [applied], |tx| {
        target::take_back(tx, office, &applied, later(5)).await
    })
}

fn filter() -> target::Filter {
    target::Filter {
        year: YEAR,
        start_month: 4,
        on: day(12, 1),
        area: None,
        state: None,
        sight: Sight {
            everything: true,
            ..Sight::default()
        },
    }
}

async fn list(town: &Town, filter: target::Filter, (offset, limit): (i64, i64)) -> target::Page {
    let office = town.office;
    look!(town.store, [filter], |connection| {
        target::list(connection, office, &filter, offset, limit).await
    })
}

/// Sum and state of every target on a day.
async fn standing(town: &Town, on: NaiveDate) -> Vec<(i64, i64, State)> {
    let page = list(town, target::Filter { on, ..filter() }, (0, 100)).await;
    let items = page.items.iter();
    items
        .map(|item| (item.target.id.0, item.sum(), item.state))
        .collect()
}

fn is<T: std::fmt::Debug>(conflict: Conflict, result: &storage::Result<T>) -> bool {
    matches!(result, Err(Error::Conflict(found)) if *found == conflict)
}

on_both! {
    async fn a_target_is_kept_with_everything_that_was_said_of_it(town) {
        let pharmacists = store_association(&town.store, town.office, "薬剤師会").await;
        for (number, owner, counts) in [
            ("1-①", None, None),
            ("1-②", Some(Owner::Association(pharmacists)), Count::from_code("session:tier2")),
            ("1-②-3", Some(Owner::Named("産業振興課".to_owned())), Some(Count::Projects)),
        ] {
            let whole = Target { owner, counts, position: 7, ..plain(number) };
            let stored = insert(&town, &whole).await.expect("kept");
            let expected = Target {
                id: stored.id,
                revision: 1,
                created_at: kept(morning()),
                changed_at: kept(morning()),
                ..whole
            };
            assert_eq!(stored, expected);
            assert_eq!(find(&town, stored.id).await, Some(expected));
        }
        let numbers: Vec<i64> = all(&town).await.iter().map(|target| target.id.0).collect();
        assert_eq!(numbers, [1, 2, 3]);
        let other = new_office(&town.store, ServerId(12)).await;
        let theirs = look!(town.store, |connection| {
            target::find(connection, other, TargetId(1)).await
        });
        assert_eq!(theirs, None);
        let stranger = Some(Owner::Association(AssociationId(99)));
        let stolen = Target { owner: stranger, ..plain("3-①") };
        assert!(is(Conflict::Missing, &insert(&town, &stolen).await));
    }

    async fn area_and_number_are_one_targets_until_it_is_taken_back(town) {
        let first = insert(&town, &plain("1-①")).await.expect("kept");
        assert!(is(Conflict::NumberTaken, &insert(&town, &plain("1-①")).await));
        let elsewhere = Target { area: "住まい".to_owned(), ..plain("1-①") };
        let second = insert(&town, &elsewhere).await.expect("another area");
        let moved = Target { area: first.area.clone(), ..second };
        assert!(is(Conflict::NumberTaken, &update(&town, &moved).await));
        let gone = Target { withdrawn: true, changed_at: later(1), ..first.clone() };
        let gone = update(&town, &gone).await.expect("taken back");
        assert_eq!((gone.revision, find(&town, first.id).await), (2, Some(gone.clone())));
        assert_eq!(all(&town).await.len(), 1);
        assert!(is(Conflict::StaleRevision, &update(&town, &first).await));
        insert(&town, &plain("1-①")).await.expect("the number is free again");
        let back = Target { withdrawn: false, ..gone };
        assert!(is(Conflict::NumberTaken, &update(&town, &back).await));
        let nobody = Target { id: TargetId(99), ..first };
        assert!(is(Conflict::Missing, &update(&town, &nobody).await));
    }

    async fn a_goal_is_told_as_it_was_on_any_day(town) {
        let target = insert(&town, &plain("1-①")).await.expect("kept").id;
        let first = goal(target, 1, day(4, 1), times(12));
        let stored = set(&town, &first).await.expect("set");
        assert_eq!(stored, Goal { since: kept(morning()), ..first.clone() });
        let mut reduced = times(10);
        reduced.state = Stand::Reduced;
        reduced.plan = Some("●研修会を開く\n○冊子を配る".to_owned());
        let second = Goal { reason: Some("会場がとれないため".to_owned()), ..goal(target, 2, day(10, 1), reduced) };
        set(&town, &second).await.expect("changed");
        assert!(is(Conflict::StaleRevision, &set(&town, &second).await), "somebody was quicker");
        assert!(is(Conflict::StaleRevision, &set(&town, &Goal { version: 4, ..second.clone() }).await));
        for (on, expected) in [(day(9, 30), Some(1)), (day(10, 1), Some(2)), (day(3, 31), Some(2))] {
            assert_eq!(goal_on(&town, target, on).await, expected, "{on}");
        }
        assert!(is(Conflict::StaleRevision, &retract(&town, &first, true).await), "another rests on it");
        retract(&town, &second, true).await.expect("taken back");
        assert!(is(Conflict::StaleRevision, &retract(&town, &second, true).await), "it is so already");
        assert_eq!(goal_on(&town, target, day(12, 1)).await, Some(1));
        retract(&town, &second, false).await.expect("and brought back");
        assert_eq!(goal_on(&town, target, day(12, 1)).await, Some(2));
        let office = town.office;
        let versions = look!(town.store, |connection| {
            target::goal::versions(connection, office, target).await
        });
        let expected = [first, second].map(|goal| Goal { since: kept(morning()), ..goal });
        assert_eq!(versions, expected);
        let years = look!(town.store, |connection| target::goal::years(connection, office).await);
        assert_eq!(years, [YEAR]);
        let nobodys = goal(TargetId(99), 1, day(4, 1), times(1));
        assert!(is(Conflict::Missing, &set(&town, &nobodys).await));
    }

    async fn a_record_belongs_to_several_targets_and_can_be_corrected(town) {
        let a = insert(&town, &plain("1-①")).await.expect("kept").id;
        let b = insert(&town, &plain("1-②")).await.expect("kept").id;
        let first = note(&town, &written(day(5, 1), Some(3), &[b, a])).await.expect("noted");
        assert_eq!((first.id, first.revision, &first.targets), (RecordId(1), 1, &vec![b, a]));
        assert_eq!(record_of(&town, first.id).await, Some(first.clone()));
        let again = Record { again: Some(first.id), ..written(day(5, 1), Some(3), &[b]) };
        note(&town, &again).await.expect("noted");
        let corrected = Record {
            date: day(5, 2),
            text: None,
            amount: Some(4),
            unit: None,
            mark: Some('○'),
            targets: vec![a],
            changed_at: later(3),
            ..first.clone()
        };
        let corrected = correct(&town, &corrected).await.expect("corrected");
        assert_eq!(corrected.revision, 2);
        assert_eq!(record_of(&town, first.id).await, Some(corrected.clone()));
        assert!(is(Conflict::StaleRevision, &correct(&town, &first).await));
        let nobody = Record { id: RecordId(99), ..first.clone() };
        assert!(is(Conflict::Missing, &correct(&town, &nobody).await));
        for bad in [
            written(day(5, 1), None, &[]),
            written(day(5, 1), None, &[TargetId(99)]),
            Record { again: Some(RecordId(99)), ..written(day(5, 1), None, &[a]) },
            Record { source: Source::Session(domain::id::SessionId(9)), ..written(day(5, 1), None, &[a]) },
        ] {
            assert!(is(Conflict::Missing, &note(&town, &bad).await), "{bad:?}");
        }
        assert_eq!(
            standing(&town, day(5, 2)).await,
            [(1, 4, State::NoGoal), (2, 0, State::NoGoal)],
            "what is listed again counts where it stands first"
        );
    }

    async fn records_are_read_page_by_page_and_by_their_days(town) {
        let a = insert(&town, &plain("1-①")).await.expect("kept").id;
        let b = insert(&town, &plain("1-②")).await.expect("kept").id;
        for (month, targets) in [(5, vec![a]), (6, vec![a, b]), (7, vec![b]), (6, vec![a]), (3, vec![a])] {
            note(&town, &written(day(month, 10), Some(1), &targets)).await.expect("noted");
        }
        let gone = Record { withdrawn: true, ..written(day(6, 11), Some(1), &[a]) };
        note(&town, &gone).await.expect("noted");
        let office = town.office;
        let whole = (day(4, 1), day(3, 31));
        for (target, from, limit, expected, total) in [
            (a, 0, 100, &[5, 4, 2, 1][..], 4),
            (a, 1, 2, &[4, 2], 4),
            (b, 0, 100, &[3, 2], 2),
            (b, 9, 100, &[], 2),
        ] {
            let page = look!(town.store, |connection| {
                target::record::of_target(connection, office, target, whole, (from, limit)).await
            });
            let found: Vec<i64> = page.items.iter().map(|record| record.id.0).collect();
            assert_eq!((found.as_slice(), page.total), (expected, total));
        }
        let june = look!(town.store, |connection| {
            target::record::between(connection, office, (day(6, 1), day(6, 30))).await
        });
        let found: Vec<i64> = june.iter().map(|record| record.id.0).collect();
        assert_eq!(found, [2, 4]);
        assert_eq!(june[0].targets, [a, b]);
    }

    async fn a_coordinators_word_holds_from_its_day_until_the_next(town) {
        let target = insert(&town, &plain("1-①")).await.expect("kept").id;
        set(&town, &goal(target, 1, day(4, 1), in_words("取組み充実"))).await.expect("set");
        let office = town.office;
        let word = |turn, from, state| Word {
            target,
            year: YEAR,
            turn,
            day: from,
            state,
            said_by: COORDINATOR,
            said_at: kept(morning()),
        };
        let said = [
            word(1, day(6, 1), Some(State::Behind)),
            word(2, day(9, 1), None),
            word(3, day(11, 1), Some(State::Reached)),
        ];
        for word in &said {
            change!(town.store, [word], |tx| target::goal::say(tx, office, &word).await).expect("said");
        }
        let late = word(3, day(12, 1), None);
        let result = change!(town.store, [late], |tx| target::goal::say(tx, office, &late).await);
        assert!(is(Conflict::StaleRevision, &result));
        let read = look!(town.store, |connection| {
            target::goal::words(connection, office, target, YEAR).await
        });
        assert_eq!(read, said);
        for (on, state) in [
            (day(5, 31), State::NotBegun),
            (day(6, 1), State::Behind),
            (day(9, 1), State::NotBegun),
            (day(11, 1), State::Reached),
        ] {
            assert_eq!(standing(&town, on).await, [(1, 0, state)], "{on}");
        }
    }

    async fn a_list_is_of_an_area_and_a_state_for_whom_it_may_concern(town) {
        let pharmacists = store_association(&town.store, town.office, "薬剤師会").await;
        let owner = Some(Owner::Association(pharmacists));
        for (position, number, area, owner, amount) in [
            (3, "1-①", "医療・看護", None, Some(12)),
            (2, "1-②", "医療・看護", owner.clone(), Some(1)),
            (1, "1-①", "住まい", None, None),
            (0, "1-②", "住まい", owner, Some(12)),
        ] {
            let target = Target { area: area.to_owned(), position, owner, ..plain(number) };
            let target = insert(&town, &target).await.expect("kept").id;
            if let Some(amount) = amount {
                set(&town, &goal(target, 1, day(4, 1), times(amount))).await.expect("set");
            }
        }
        note(&town, &written(day(5, 1), Some(6), &[TargetId(1)])).await.expect("noted");
        note(&town, &written(day(5, 1), Some(12), &[TargetId(4)])).await.expect("noted");
        let own = Sight { associations: [pharmacists].into(), public: true, ..Sight::default() };
        let public = Sight { public: true, ..Sight::default() };
        let house = Some("住まい".to_owned());
        for (filter, expected) in [
            (filter(), &[4, 3, 2, 1][..]),
            (target::Filter { area: house.clone(), ..filter() }, &[4, 3]),
            (target::Filter { state: Some(State::Behind), ..filter() }, &[1]),
            (target::Filter { state: Some(State::NotBegun), ..filter() }, &[2]),
            (target::Filter { state: Some(State::NoGoal), ..filter() }, &[3]),
            (target::Filter { state: Some(State::Reached), area: house, ..filter() }, &[4]),
            (target::Filter { sight: own, ..filter() }, &[4, 3, 2, 1]),
            (target::Filter { sight: public, ..filter() }, &[3, 1]),
            (target::Filter { sight: Sight::default(), ..filter() }, &[]),
            (target::Filter { year: YEAR.next(), state: Some(State::NoGoal), ..filter() }, &[4, 3, 2, 1]),
        ] {
            let page = list(&town, filter, (0, 100)).await;
            let found: Vec<i64> = page.items.iter().map(|item| item.target.id.0).collect();
            assert_eq!(found, expected);
        }
        let second = list(&town, filter(), (2, 1)).await;
        assert_eq!((second.items.len(), second.items[0].target.id.0, second.total), (1, 2, 4));
    }
}
