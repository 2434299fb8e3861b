//! A table beside what is kept: twice the same, changed cells, and out and in again.

use super::{
    office::{Office, today},
    table, year,
};
use domain::{
    sheet::Sheet,
    target::{
        difference::RecordRef,
        goal::State,
        plan::compared::{Change, Compared, Gone, What, WhyLeft},
        record::sums,
    },
};

fn city() -> Vec<Sheet> {
    vec![table::sheet(table::CITY)]
}

fn stored() -> Office {
    let mut office = Office::new();
    office.import(&city());
    office
}

/// The table with words of it exchanged.
fn city_with(changes: &[(&str, &str)]) -> Vec<Sheet> {
    let mut words = table::CITY.to_owned();
    for (from, to) in changes {
        assert!(words.contains(from), "{from} stands in the table");
        words = words.replacen(from, to, 1);
    }
    vec![table::sheet(&words)]
}

fn is_nothing(compared: &Compared) {
    assert_eq!(
        compared.difference,
        domain::target::difference::Difference::default()
    );
    assert!(
        compared
            .fates
            .iter()
            .all(domain::target::plan::compared::Fate::is_unchanged)
    );
    assert_eq!((&compared.gone[..], &compared.left[..]), (&[][..], &[][..]));
}

#[test]
fn the_citys_table_is_stored_whole_and_the_same_table_again_changes_nothing() {
    let mut office = Office::new();
    let first = office.import(&city());
    assert_eq!(first.left, [], "nothing of a public table is personal data");
    assert_eq!(first.difference.targets.len(), 51);
    assert!(first.fates.iter().all(|fate| fate.is_new));
    is_nothing(&office.import(&city()));
    // Nor do other line breaks and spaces.
    let broken = city_with(
        &[("モデル実践⏎の実現", "モデル⏎実践の⏎実現"), ("● ", "●")].map(|(a, b)| {
            if table::CITY.contains(a) {
                (a, b)
            } else {
                ("毎年度研修実施", "毎年度 研修実施")
            }
        }),
    );
    is_nothing(&office.import(&broken));
}

#[test]
fn what_is_listed_again_is_counted_once() {
    let office = stored();
    let records = &office.kept.records;
    let again: Vec<_> = records
        .iter()
        .filter(|record| record.again.is_some())
        .collect();
    assert_eq!(again.len(), 2, "two lines of progress repeat another");
    for record in again {
        assert_eq!(record.amount, None);
        let first = records.iter().find(|it| Some(it.id) == record.again);
        assert_eq!(first.expect("it is kept").again, None);
    }
    // A cell for several items is one record for all of them.
    let shared: Vec<usize> = records
        .iter()
        .map(|it| it.targets.len())
        .filter(|n| *n > 1)
        .collect();
    assert_eq!(shared, [2, 2, 2]);
    let sums = sums(records, (year(2019), 4), today());
    let court = office
        .kept
        .targets
        .iter()
        .find(|it| it.label() == "保健・福祉 3-③");
    assert_eq!(sums[&court.expect("it is kept").id].towards(Some("回")), 2);
}

#[test]
fn goals_in_brackets_withdrawn_or_reduced_are_kept_as_such() {
    let mut office = stored();
    let state = |office: &Office, label: &str, of: i32| {
        let target = office.kept.targets.iter().find(|it| it.label() == label);
        let target = target.expect("it is kept").id;
        let goal = &office.kept.goals[&(target, year(of))];
        (goal.content.state, goal.reason.clone())
    };
    let reason = "提出事例が少ないため、年2回から1回としたい。".to_owned();
    assert_eq!(
        state(&office, "保健・福祉 3-③", 2020),
        (State::Reduced, Some(reason))
    );
    assert_eq!(
        state(&office, "保健・福祉 2-①", 2020),
        (State::Bracketed, None)
    );
    assert_eq!(
        state(&office, "介護・リハビリテーション 2-②", 2020),
        (State::Set, None)
    );
    office.import(&city_with(&[(
        "| 協議会開催 / 取組み着手 | 取組み充実 | 取組み充実",
        "| 協議会開催 / 取組み着手 | （取組み充実） | 取組み充実（中止）",
    )]));
    assert_eq!(
        state(&office, "医療・看護 1-①", 2019),
        (State::Bracketed, None)
    );
    assert_eq!(
        state(&office, "医療・看護 1-①", 2020),
        (State::Withdrawn, None)
    );
}

#[test]
fn a_changed_table_shows_exactly_what_differs_and_loses_nothing() {
    let mut office = stored();
    let goals = office.versions.len();
    let changed = city_with(&[
        // A goal, a line of progress, an item; a new item; and one that is gone.
        (
            "| 原稿検討 | 冊子作成 / 配布・講座開始 |",
            "| 原稿検討 | 冊子2,000部作成 |",
        ),
        ("地域で3回実施。", "地域で4回実施。"),
        (
            "認知症の知識や予防に関する講座を実施する。",
            "認知症の知識や予防に関する講座を年2回実施する。",
        ),
        (
            "^ | 6-② | みなと坊ファミリーの活用",
            "^ | 6-③ | みなと坊ファミリーの活用",
        ),
    ]);
    let compared = office.compare(&office.read(&changed));
    let told: Vec<&Change> = compared
        .fates
        .iter()
        .filter(|fate| !fate.is_new)
        .flat_map(|fate| &fate.changes)
        .collect();
    let [
        Change::Goal { year: of, from, to },
        Change::Done { from: was, to: is },
        Change::Item { .. },
    ] = told.as_slice()
    else {
        panic!("one goal, one line, one item: {told:?}");
    };
    assert_eq!(
        (*of, from.as_deref(), to.as_str()),
        (
            year(2019),
            Some("冊子作成 / 配布・講座開始"),
            "冊子2,000部作成"
        )
    );
    assert!(was.as_deref().is_some_and(|was| was.contains("3回")) && is.contains("4回"));
    assert_eq!(compared.difference.targets.len(), 1);
    assert_eq!(compared.difference.goals.len(), 1 + 3);
    assert_eq!(compared.difference.corrected[0].amount, Some(4));
    let gone: Vec<_> = compared
        .gone
        .iter()
        .map(|gone| matches!(gone, Gone::Target(_)))
        .collect();
    assert_eq!(gone, [true], "the one that is gone is kept");
    office.store(&compared.difference);
    assert_eq!(office.versions.len(), goals + 4);
    assert_eq!(office.kept.targets.len(), 52);
    let again = office.compare(&office.read(&changed));
    assert!(
        again.difference.is_nothing(),
        "stored once: {:?}",
        again.difference
    );
}

#[test]
fn a_figure_that_was_set_by_hand_outlives_other_words() {
    let mut office = stored();
    let target = office.kept.targets[0].id;
    let goal = office
        .kept
        .goals
        .get_mut(&(target, year(2019)))
        .expect("a goal");
    let figure = domain::target::goal::Quantity {
        amount: 5,
        unit: "回".to_owned(),
        each: false,
        periodic: true,
    };
    goal.content.quantity = Some(figure.clone());
    is_nothing(&office.compare(&office.read(&city())));
    let changed = city_with(&[("取組み着手 | 取組み充実 |", "取組み着手 | 取組みの充実 |")]);
    let compared = office.import(&changed);
    assert_eq!(compared.difference.goals.len(), 1);
    assert_eq!(compared.difference.goals[0].content.quantity, Some(figure));
}

#[test]
fn what_is_kept_goes_out_as_the_citys_table_and_comes_in_without_a_change() {
    let office = stored();
    let (written, sheet) = office.written(year(2019));
    assert_eq!(written.rows.len(), 51);
    assert_eq!(written.years, [year(2018), year(2019), year(2020)]);
    is_nothing(&office.compare(&office.read(std::slice::from_ref(&sheet))));
    // The table says all of it: an office that has nothing takes it in as the city's own.
    let mut other = Office::new();
    other.import(&[sheet]);
    let (again, _) = other.written(year(2019));
    let words = |written: &domain::target::plan::written::Written| {
        let rows = written.rows.iter();
        let rows = rows.map(|row| {
            (
                row.area.clone(),
                row.number.clone(),
                row.goals.clone(),
                row.done.clone(),
                row.planned.clone(),
            )
        });
        rows.collect::<Vec<_>>()
    };
    assert_eq!(words(&again), words(&written));
}

#[test]
fn what_must_not_be_kept_is_left_out_and_named() {
    let office = Office::new();
    let table = city_with(&[
        (
            "○市民への在宅医療に関する周知啓発のため",
            "○連絡先は090-0000-1122、市民への周知啓発のため",
        ),
        (
            "| 原稿検討 | 冊子作成 / 配布・講座開始 |",
            &format!("| 原稿検討 | {} |", "長い".repeat(400)),
        ),
    ]);
    let compared = office.compare(&office.read(&table));
    let left: Vec<_> = compared
        .left
        .iter()
        .map(|left| (left.row, left.what, left.why))
        .collect();
    assert_eq!(
        left,
        [
            (3, What::Goal(year(2019)), WhyLeft::TooLong { limit: 600 }),
            (0, What::Done, WhyLeft::PersonalData),
        ]
    );
    let records = &compared.difference.records;
    assert!(
        records
            .iter()
            .all(|it| !it.text.as_deref().unwrap_or_default().contains("090"))
    );
    let dangling = records.iter().filter_map(|it| it.again);
    assert!(
        dangling
            .into_iter()
            .all(|it| matches!(it, RecordRef::New(at) if at < records.len()))
    );
}
