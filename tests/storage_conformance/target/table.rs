//! A plan table comes, comes again, says something else, and is taken back.

use super::*;
use domain::target::{
    TARGETS_MAX,
    difference::{ItemChange, NewGoal, NewRecord, NewTarget, RecordRef, TargetRef},
};

/// A table of two items: one goal and one line each, the second line listed again.
pub(super) fn table() -> Difference {
    let target = |number: &str, position| NewTarget {
        area: "保健・福祉".to_owned(),
        number: ItemNumber::read(number).expect("a number"),
        item: "リーフレットを配る".to_owned(),
        position,
    };
    let goal = |at, again: Option<usize>| NewGoal {
        target: TargetRef::New(at),
        year: YEAR,
        day: day(4, 1),
        content: Content {
            text: "リーフレット配布".to_owned(),
            plan: Some("●市民に配布する\n○病院に掲示する".to_owned()),
            quantity: again.is_none().then(|| Quantity {
                amount: 120,
                unit: "件".to_owned(),
                each: true,
                periodic: false,
            }),
            state: if again.is_none() {
                Stand::Set
            } else {
                Stand::Bracketed
            },
            again: again.map(TargetRef::New),
        },
        reason: again.map(|_| "計画表のとおり".to_owned()),
    };
    let line = |key: &str, at, again: Option<usize>| NewRecord {
        key: key.to_owned(),
        date: day(1, 31),
        text: Some("講座を3回開いた".to_owned()),
        amount: Some(3),
        unit: Some("回".to_owned()),
        mark: again.map_or(Some('●'), |_| None),
        targets: if again.is_none() {
            vec![TargetRef::New(at), TargetRef::New(1)]
        } else {
            vec![TargetRef::New(at)]
        },
        again: again.map(RecordRef::New),
    };
    Difference {
        targets: vec![target("1-②", 0), target("4-②", 1)],
        goals: vec![goal(0, None), goal(1, Some(0))],
        records: vec![
            line("1-② 2020-01 1", 0, None),
            line("4-② 2020-01 1", 1, Some(0)),
        ],
        ..Difference::default()
    }
}

on_both! {
    async fn a_table_is_stored_whole_and_the_second_time_changes_nothing(town) {
        let table = table();
        let first = apply(&town, &table).await.expect("stored");
        let (a, b) = (TargetId(1), TargetId(2));
        assert_eq!(first.new_targets, [a, b]);
        assert_eq!(first.new_goals, [(a, YEAR, 1), (b, YEAR, 1)]);
        assert_eq!(first.new_records, [RecordId(1), RecordId(2)]);
        let stored = all(&town).await;
        assert_eq!(stored[0].label(), "保健・福祉 1-②");
        assert_eq!((stored[1].revision, stored[1].created_at), (1, kept(morning())));
        let office = town.office;
        let goals = look!(town.store, |connection| target::goal::latest(connection, office).await);
        let whole = &goals[&(a, YEAR)].content;
        let quantity = whole.quantity.as_ref().expect("a figure");
        assert_eq!((quantity.amount, quantity.each, quantity.periodic), (120, true, false));
        assert_eq!(whole.plan, table.goals[0].content.plan);
        let again = &goals[&(b, YEAR)];
        assert_eq!((again.content.again, again.content.state), (Some(a), Stand::Bracketed));
        assert_eq!((&again.reason, &again.content.quantity), (&table.goals[1].reason, &None));
        let lines = look!(town.store, |connection| target::record::imported(connection, office).await);
        assert_eq!(lines[0].targets, [a, b]);
        assert_eq!((lines[0].mark, lines[1].mark, lines[1].again), (Some('●'), None, Some(RecordId(1))));
        assert_eq!(lines[0].source, Source::Import("1-② 2020-01 1".to_owned()));
        assert_eq!((lines[0].date, lines[0].amount, lines[0].recorded_by), (day(1, 31), Some(3), COORDINATOR));
        let before = standing(&town, day(3, 31)).await;
        let second = apply(&town, &table).await.expect("stored");
        assert!(second.is_nothing(), "{second:?}");
        assert_eq!((second.targets, second.records), (first.targets, first.records));
        assert_eq!(standing(&town, day(3, 31)).await, before);
        assert!(apply(&town, &Difference::default()).await.expect("nothing").is_nothing());
    }

    async fn what_a_later_table_says_otherwise_is_changed_with_history(town) {
        let first = apply(&town, &table()).await.expect("stored");
        let (a, b) = (first.targets[0], first.targets[1]);
        let kept_line = record_of(&town, first.records[0]).await.expect("kept");
        let mut withdrawn = record_of(&town, first.records[1]).await.expect("kept");
        withdrawn.withdrawn = true;
        let item = |revision| ItemChange {
            target: a,
            revision,
            item: "リーフレットを作り、配る".to_owned(),
            position: 5,
        };
        let later_table = Difference {
            items: vec![item(1)],
            goals: vec![
                NewGoal {
                    target: TargetRef::Kept(a),
                    day: day(11, 20),
                    content: Content {
                        text: "情報収集".to_owned(),
                        plan: None,
                        quantity: None,
                        state: Stand::Reduced,
                        again: Some(TargetRef::Kept(b)),
                    },
                    ..table().goals[0].clone()
                },
            ],
            corrected: vec![Record { amount: Some(6), changed_at: later(2), ..kept_line.clone() }, withdrawn],
            ..Difference::default()
        };
        let second = apply(&town, &later_table).await.expect("stored");
        assert_eq!(second.changed_targets, [a]);
        assert_eq!(second.new_goals, [(a, YEAR, 2)]);
        assert_eq!(second.changed_records, first.records);
        let target = find(&town, a).await.expect("kept");
        assert_eq!((target.item.as_str(), target.position, target.revision), ("リーフレットを作り、配る", 5, 2));
        let corrected = record_of(&town, kept_line.id).await.expect("kept");
        assert_eq!(corrected.amount, Some(6));
        // As of the moment it was stored, whatever instant was read with it.
        assert_eq!(corrected.changed_at, kept_line.changed_at);
        assert!(apply(&town, &later_table).await.expect("again").is_nothing());
        // Whoever looked before somebody else changed it is told.
        let stale = Difference {
            items: vec![ItemChange { item: "別の項目".to_owned(), ..item(1) }],
            ..Difference::default()
        };
        assert!(is(Conflict::StaleRevision, &apply(&town, &stale).await));
        let stale = Difference { corrected: vec![kept_line], ..Difference::default() };
        assert!(is(Conflict::StaleRevision, &apply(&town, &stale).await));
    }

    async fn a_table_that_names_what_is_not_there_leaves_nothing_behind(town) {
        let base = table();
        let mut beyond = base.clone();
        beyond.goals[1].target = TargetRef::New(7);
        let mut nobody = base.clone();
        nobody.records[1].targets = vec![TargetRef::Kept(TargetId(99))];
        let mut bare = base.clone();
        bare.records[0].targets.clear();
        let mut loose = base.clone();
        loose.records[0].again = Some(RecordRef::Kept(RecordId(99)));
        for table in [beyond, nobody, bare, loose] {
            assert!(is(Conflict::Missing, &apply(&town, &table).await));
            assert_eq!(all(&town).await, []);
        }
        let many = |number| Difference {
            targets: (0..number)
                .map(|at| NewTarget {
                    area: format!("領域{}", at / 90),
                    number: ItemNumber::read(&format!("{}", at % 90 + 1)).expect("a number"),
                    ..base.targets[0].clone()
                })
                .collect(),
            ..Difference::default()
        };
        assert!(is(Conflict::Full, &apply(&town, &many(TARGETS_MAX + 1)).await));
        assert_eq!(apply(&town, &many(TARGETS_MAX)).await.expect("room").new_targets.len(), TARGETS_MAX);
        assert!(is(Conflict::Full, &insert(&town, &plain("1-①")).await));
    }

    async fn a_table_is_taken_back_whole_until_somebody_builds_on_it(town) {
        let table = table();
        let first = apply(&town, &table).await.expect("stored");
        take_back(&town, &first).await.expect("taken back");
        assert_eq!(all(&town).await, []);
        assert!(record_of(&town, first.records[0]).await.expect("kept").withdrawn);
        assert!(is(Conflict::StaleRevision, &take_back(&town, &first).await), "it is so already");
        // The same table comes again as something new.
        let second = apply(&town, &table).await.expect("stored");
        assert_eq!((second.new_targets.len(), second.new_goals.len(), second.new_records.len()), (2, 2, 2));
        assert!(second.new_targets.iter().all(|id| !first.new_targets.contains(id)));
        let of_hand = written(day(5, 1), Some(1), &[second.targets[0]]);
        let of_hand = note(&town, &of_hand).await.expect("noted");
        assert!(is(Conflict::StaleRevision, &take_back(&town, &second).await), "a record rests on it");
        assert_eq!(all(&town).await.len(), 2, "and nothing was taken back");
        correct(&town, &Record { withdrawn: true, ..of_hand }).await.expect("withdrawn");
        set(&town, &goal(second.targets[0], 2, day(6, 1), times(3))).await.expect("changed");
        assert!(is(Conflict::StaleRevision, &take_back(&town, &second).await), "a goal was changed");
        let nothing = target::Applied::default();
        take_back(&town, &nothing).await.expect("nothing to take back");
    }
}
