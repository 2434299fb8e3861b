//! Sums of records, in any order and however often something was corrected or imported again.

use super::{
    super::{
        Goal, Standing, Target,
        goal::{self, State as Wish, tests::day},
        pace::State,
        standing::{self, Known, standings},
    },
    *,
};
use proptest::prelude::*;

fn record(id: i64, on: NaiveDate, amount: Option<i64>, unit: &str, targets: &[i64]) -> Record {
    Record {
        id: RecordId(id),
        revision: 1,
        date: on,
        text: Some("研修会を開いた".to_owned()),
        amount,
        unit: (!unit.is_empty()).then(|| unit.to_owned()),
        mark: Some('●'),
        source: Source::Hand,
        again: None,
        targets: targets.iter().copied().map(TargetId).collect(),
        withdrawn: false,
        recorded_by: UserId(1),
        created_at: DateTime::UNIX_EPOCH,
        changed_at: DateTime::UNIX_EPOCH,
    }
}

const YEAR: (FiscalYear, u32) = (FiscalYear::starting_in(2026), 4);

#[test]
fn figures_of_the_goals_unit_and_without_one_count_towards_it() {
    let records = [
        record(1, day(5, 1), Some(3), "回", &[1]),
        record(2, day(5, 2), Some(2), "", &[1]),
        record(3, day(5, 3), Some(40), "人", &[1]),
        record(4, day(5, 4), None, "", &[1]),
    ];
    let sums = sums(&records, YEAR, day(3, 31));
    let sum = &sums[&TargetId(1)];
    assert_eq!(sum.records, 4);
    for (unit, expected) in [(Some("回"), 5), (Some("人"), 42), (None, 2), (Some(""), 2)] {
        assert_eq!(sum.towards(unit), expected, "{unit:?}");
    }
}

#[test]
fn a_record_counts_for_each_of_its_targets_and_one_listed_again_where_it_stands_first() {
    let mut again = record(2, day(5, 1), Some(3), "回", &[2]);
    again.again = Some(RecordId(1));
    let mut gone = record(3, day(5, 1), Some(9), "回", &[1]);
    gone.withdrawn = true;
    let records = [
        record(1, day(5, 1), Some(3), "回", &[1, 3]),
        again,
        gone,
        record(4, day(12, 1), Some(1), "回", &[1]),
        record(
            5,
            NaiveDate::from_ymd_opt(2026, 3, 31).expect("a day"),
            Some(7),
            "回",
            &[1],
        ),
    ];
    let sums = sums(&records, YEAR, day(11, 30));
    let told = |target| {
        let sum: &Sum = &sums[&TargetId(target)];
        (sum.towards(Some("回")), sum.records)
    };
    assert_eq!((told(1), told(2), told(3)), ((3, 1), (0, 1), (3, 1)));
}

#[test]
fn figures_are_read_as_people_write_them() {
    for (written, expected) in [
        ("3", Some((3, None))),
        ("0回", Some((0, Some("回")))),
        (" ２，０００ 部 ", Some((2000, Some("部")))),
        ("15箇所", Some((15, Some("か所")))),
        ("1,000,000,000", Some((1_000_000_000, None))),
        ("1,000,000,001", None),
        ("三回", None),
        ("-3", None),
        ("3回と6回", None),
        (",3", None),
        ("", None),
        ("99999999999999999999", None),
        ("3まったく単位ではないとても長いことばのつながり", None),
    ] {
        let read = read_amount(written);
        let read = read
            .as_ref()
            .map(|(amount, unit)| (*amount, unit.as_deref()));
        assert_eq!(read, expected, "{written}");
    }
}

/// One thing an office does to its records.
#[derive(Clone, Debug)]
enum Act {
    /// A line of a table: its key, what it says.
    Import(u8, i64),
    /// Somebody writes a record down, by its number.
    Write(u8, i64),
    /// A correction of that record to its last say.
    Correct(u8, i64),
    /// It is taken back.
    Withdraw(u8),
    /// It gets a mark, or none.
    Mark(u8, Option<char>),
    /// It is given to other targets.
    Give(u8, Vec<i64>),
}

/// Records by key, as the rules of the house keep them: an import of a known key adds nothing, a
/// correction replaces, withdrawing marks.
fn live(acts: &[Act]) -> Vec<Record> {
    let mut kept: BTreeMap<(bool, u8), Record> = BTreeMap::new();
    for act in acts {
        match act {
            Act::Import(key, amount) => {
                let mut line = record((*key).into(), day(6, 1), Some(*amount), "回", &[1, 2]);
                line.source = Source::Import(key.to_string());
                kept.entry((true, *key)).or_insert(line);
            }
            Act::Write(key, amount) => {
                let unit = if key % 2 == 0 { "回" } else { "" };
                let target = i64::from(key % 3);
                let written = record(
                    100 + i64::from(*key),
                    day(7, 1),
                    Some(*amount),
                    unit,
                    &[target],
                );
                kept.entry((false, *key)).or_insert(written);
            }
            Act::Correct(key, amount) => {
                if let Some(found) = kept.get_mut(&(false, *key)) {
                    found.amount = Some(*amount);
                }
            }
            Act::Withdraw(key) => {
                if let Some(found) = kept.get_mut(&(false, *key)) {
                    found.withdrawn = true;
                }
            }
            Act::Mark(key, mark) => {
                if let Some(found) = kept.get_mut(&(false, *key)) {
                    found.mark = *mark;
                }
            }
            Act::Give(key, targets) => {
                if let Some(found) = kept.get_mut(&(false, *key)) {
                    found.targets = targets.iter().copied().map(TargetId).collect();
                }
            }
        }
    }
    kept.into_values().collect()
}

/// What is written about one record stays in its order; different records and imports may come in any.
fn interleaved(acts: &[Act], order: &[prop::sample::Index]) -> Vec<Act> {
    let mut lanes: BTreeMap<(bool, u8), Vec<Act>> = BTreeMap::new();
    for act in acts {
        let lane = match act {
            Act::Import(key, _) => (true, *key),
            Act::Write(key, _)
            | Act::Correct(key, _)
            | Act::Withdraw(key)
            | Act::Mark(key, _)
            | Act::Give(key, _) => (false, *key),
        };
        lanes.entry(lane).or_default().push(act.clone());
    }
    let mut mixed = Vec::new();
    let mut dice = order.iter().cycle();
    while !lanes.is_empty() {
        let at = dice.next().map_or(0, |index| index.index(lanes.len()));
        let key = *lanes.keys().nth(at).expect("an index within the lanes");
        let lane = lanes.get_mut(&key).expect("a lane that is there");
        mixed.push(lane.remove(0));
        if lane.is_empty() {
            lanes.remove(&key);
        }
    }
    mixed
}

/// A table's lines: the same key always says the same, as the same file does.
fn acts() -> impl Strategy<Value = Vec<Act>> {
    let act = prop_oneof![
        (0_u8..8).prop_map(|key| Act::Import(key, i64::from(key) * 3 + 1)),
        (0_u8..8, 0_i64..1_000).prop_map(|(key, amount)| Act::Write(key, amount)),
        (0_u8..8, 0_i64..1_000).prop_map(|(key, amount)| Act::Correct(key, amount)),
        (0_u8..8).prop_map(Act::Withdraw),
        (
            0_u8..8,
            prop::option::of(prop::sample::select(&['●', '○', '△'][..]))
        )
            .prop_map(|(key, mark)| Act::Mark(key, mark)),
        (0_u8..8, prop::collection::btree_set(0_i64..3, 1..3))
            .prop_map(|(key, targets)| Act::Give(key, targets.into_iter().collect())),
    ];
    prop::collection::vec(act, 0..60)
}

/// Versions of the goals of three targets, as they were written one after the other.
fn versions() -> impl Strategy<Value = Vec<Goal>> {
    let version = (
        0_i64..3,
        4_u32..10,
        1_i64..20,
        prop::sample::select(Wish::ALL),
    );
    prop::collection::vec(version, 0..12).prop_map(|written| {
        let numbered = (1..).zip(written);
        let goals = numbered.map(|(version, (target, month, amount, state))| {
            let mut written = goal::tests::goal(target, version, day(month, 1), amount);
            written.content.state = state;
            written
        });
        goals.collect()
    })
}

/// How three targets stand in November.
fn stand(goals: &[Goal], records: &[Record]) -> Vec<Standing> {
    let on = day(11, 30);
    let of = |target: i64| {
        let versions = goals
            .iter()
            .filter(move |goal| goal.target == TargetId(target));
        goal::on(versions, on).cloned()
    };
    let known = Known {
        targets: (0..3)
            .map(|id| Target {
                id: TargetId(id),
                ..standing::tests::target(id + 1)
            })
            .collect(),
        goals: (0..3)
            .filter_map(|target| Some((TargetId(target), of(target)?)))
            .collect(),
        sums: sums(records, YEAR, on),
        ..Known::default()
    };
    standings(known, 8)
}

proptest! {
    #[test]
    fn any_order_of_goals_and_records_gives_the_same_standings(
        acts in acts(),
        versions in versions(),
        order in prop::collection::vec(any::<prop::sample::Index>(), 1..40),
    ) {
        let expected = stand(&versions, &live(&acts));
        let mut goals = Vec::new();
        let mut rest = versions.clone();
        let mut dice = order.iter().cycle();
        while !rest.is_empty() {
            let at = dice.next().map_or(0, |index| index.index(rest.len()));
            goals.push(rest.swap_remove(at));
        }
        let mut records = live(&interleaved(&acts, &order));
        records.reverse();
        prop_assert_eq!(&stand(&goals, &records), &expected);
        for standing in &expected {
            // What a goal that was given up had is still known, and nobody is pressed for it.
            let content = standing.goal.as_ref().map(|goal| &goal.content);
            let given_up = content.is_some_and(|content| {
                matches!(content.state, Wish::Withdrawn | Wish::Bracketed)
            });
            prop_assert!(!given_up || standing.state == State::NoGoal);
            // A mark changes no figure.
            let mut unmarked = records.clone();
            unmarked.iter_mut().for_each(|record| record.mark = None);
            let plain = stand(&goals, &unmarked);
            let same = plain.iter().find(|other| other.target.id == standing.target.id);
            prop_assert_eq!(same.map(Standing::sum), Some(standing.sum()));
        }
    }

    #[test]
    fn any_order_of_records_corrections_and_imports_gives_the_same_sums(
        acts in acts(),
        order in prop::collection::vec(any::<prop::sample::Index>(), 1..40),
        repeats in prop::collection::vec(any::<prop::sample::Index>(), 0..8),
    ) {
        let first = live(&acts);
        let expected = sums(&first, YEAR, day(3, 31));
        // Another order of what has nothing to do with each other, and the file once more.
        let mut other = interleaved(&acts, &order);
        let imports: Vec<Act> =
            acts.iter().filter(|act| matches!(act, Act::Import(..))).cloned().collect();
        if !imports.is_empty() {
            for index in &repeats {
                other.push(index.get(&imports).clone());
            }
        }
        let mut second = live(&other);
        prop_assert_eq!(&sums(&second, YEAR, day(3, 31)), &expected);
        // And whatever order they are read in.
        second.reverse();
        prop_assert_eq!(&sums(&second, YEAR, day(3, 31)), &expected);
        // The sums are what is left of each record: counted here once more, apart from the rule.
        for target in [0, 1, 2] {
            let of = |record: &&Record| !record.withdrawn && record.targets.contains(&TargetId(target));
            let total: i64 = first.iter().filter(of).filter_map(|record| record.amount).sum();
            let sum = expected.get(&TargetId(target)).map_or(0, |sum| sum.towards(Some("回")));
            prop_assert_eq!(sum, total);
        }
    }
}
