//! Plans drawn by chance: a table twice changes nothing, and what goes out comes in without a change,
//! whatever people have written by hand in between.

use super::{office::Office, year};
use chrono::{DateTime, NaiveDate};
use domain::{
    id::{RecordId, UserId},
    sheet::Sheet,
    target::{Record, goal::State, record::Source},
};
use proptest::prelude::*;
use std::collections::BTreeSet;

const AREAS: [&str; 7] = [
    "医療・看護",
    "医療・介護",
    "保健・福祉",
    "福祉・保健",
    "生 活 支 援",
    "生活支援体制整備",
    "Home care",
];
const WORDS: [&str; 29] = [
    "会議",
    "研修会",
    "（年4回）",
    "年12回",
    "2,000部",
    "●",
    "・",
    "○",
    "※",
    "△",
    "★",
    "3件",
    "再掲",
    "（再掲）",
    "、",
    "。",
    " ",
    "\n",
    "(",
    ")",
    "（",
    "）",
    "中止",
    "A",
    "*",
    "1-①",
    "=1+1",
    "地域で3回実施",
    "を開く",
];

fn words() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(&WORDS[..]), 0..7).prop_map(|words| words.concat())
}

/// A row of a table: area, number, item, three goals, progress, plan.
fn row() -> impl Strategy<Value = Vec<String>> {
    let number = (1_u8..4, 1_u8..7).prop_map(|(one, two)| format!("{one}-{two}"));
    (
        prop::option::of(prop::sample::select(&AREAS[..])),
        number,
        words(),
        [words(), words(), words(), words(), words()],
    )
        .prop_map(|(area, number, item, cells)| {
            let mut row = vec![
                area.unwrap_or_default().to_owned(),
                number,
                format!("項{item}"),
            ];
            row.extend(cells);
            row
        })
}

fn sheet(rows: &[Vec<String>]) -> Sheet {
    let heading = [
        "領域",
        "番号",
        "項目",
        "目標",
        "",
        "",
        "2019年度の進捗",
        "2020年度の計画",
    ];
    let years = ["", "", "", "2018", "2019", "2020", "", ""];
    let mut sheet = Sheet::default();
    for cells in [heading, years] {
        sheet.rows.push(cells.map(str::to_owned).to_vec());
    }
    sheet.rows.extend(rows.iter().cloned());
    sheet
}

/// What somebody writes down by hand.
#[derive(Clone, Debug)]
struct Entry {
    day: u32,
    mark: Option<char>,
    text: Option<String>,
    amount: Option<i64>,
    targets: BTreeSet<usize>,
}

fn entry() -> impl Strategy<Value = Entry> {
    (
        1_u32..28,
        prop::option::of(prop::sample::select(&['●', '○', '・', '★', '△', '▽'][..])),
        prop::option::of(words()),
        prop::option::of(0_i64..50),
        prop::collection::btree_set(0_usize..6, 1..3),
    )
        .prop_map(|(day, mark, text, amount, targets)| Entry {
            day,
            mark,
            text: text.filter(|text| !text.trim().is_empty()),
            amount,
            targets,
        })
        .prop_filter("says something", |it| {
            it.text.is_some() || it.amount.is_some()
        })
}

/// Somebody's own changes of what is kept.
fn by_hand(office: &mut Office, entries: &[Entry], states: &[(usize, State, String)]) {
    let targets: Vec<_> = office.kept.targets.iter().map(|it| it.id).collect();
    for entry in entries {
        let id = office
            .kept
            .records
            .iter()
            .map(|it| it.id.0)
            .max()
            .unwrap_or(0)
            + 1;
        let belongs = entry
            .targets
            .iter()
            .filter_map(|at| targets.get(*at).copied());
        let belongs: Vec<_> = belongs.collect();
        if belongs.is_empty() {
            continue;
        }
        office.kept.records.push(Record {
            id: RecordId(id),
            revision: 1,
            date: NaiveDate::from_ymd_opt(2019, 6, entry.day).expect("a day"),
            text: entry.text.clone(),
            amount: entry.amount,
            unit: entry.amount.map(|_| "回".to_owned()),
            mark: entry.mark,
            source: Source::Hand,
            again: None,
            targets: belongs,
            withdrawn: false,
            recorded_by: UserId(1),
            created_at: DateTime::UNIX_EPOCH,
            changed_at: DateTime::UNIX_EPOCH,
        });
    }
    let mut goals: Vec<_> = office.kept.goals.values_mut().collect();
    for (at, state, text) in states {
        let len = goals.len().max(1);
        if let Some(goal) = goals.get_mut(at % len) {
            goal.content.state = *state;
            goal.content.text.clone_from(text);
        }
    }
}

proptest! {
    #[test]
    fn the_same_table_twice_changes_nothing(rows in prop::collection::vec(row(), 1..12)) {
        let mut office = Office::new();
        let table = [sheet(&rows)];
        office.import(&table);
        let again = office.compare(&office.read(&table));
        prop_assert!(again.difference.is_nothing(), "{:#?}", again.difference);
        prop_assert_eq!(again.gone, []);
    }

    #[test]
    fn what_goes_out_comes_in_without_a_change(
        rows in prop::collection::vec(row(), 1..12),
        entries in prop::collection::vec(entry(), 0..5),
        states in prop::collection::vec(
            (0_usize..40, prop::sample::select(State::ALL), words()), 0..4),
    ) {
        let mut office = Office::new();
        office.import(&[sheet(&rows)]);
        by_hand(&mut office, &entries, &states);
        let (written, sheet) = office.written(year(2019));
        if written.rows.is_empty() {
            // A plan that had ended before has no table of that year.
            return Ok(());
        }
        let plan = office.read(std::slice::from_ref(&sheet));
        prop_assert_eq!(plan.rows.len(), written.rows.len());
        prop_assert_eq!(&plan.unread, &[]);
        let again = office.compare(&plan);
        prop_assert!(again.difference.is_nothing(), "{:#?}\n{:#?}", again.difference, sheet.rows);
    }
}
