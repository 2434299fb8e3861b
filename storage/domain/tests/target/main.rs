//! A city's plan table, read as it is (seed 001): every row, every figure, everything listed again.

mod chance;
mod changing;
mod office;
mod table;

use chrono::NaiveDate;
use domain::{
    era::FiscalYear,
    target::plan::{Doubt, Known, Plan, PlanRow, TableDoubt, read},
};

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a real day")
}

fn known() -> Known<'static> {
    Known {
        year: None,
        areas: &[],
        start_month: 4,
        today: day(2020, 2, 3),
    }
}

/// The city's table as it was understood.
fn city() -> Plan {
    read(&[table::sheet(table::CITY)], &known()).expect("a plan")
}

fn year(western: i32) -> FiscalYear {
    FiscalYear::starting_in(western)
}

fn label(row: &PlanRow) -> String {
    format!("{} {}", row.area, row.number)
}

const AREAS: [(&str, usize); 7] = [
    ("医療・看護", 4),
    ("介護・リハビリテーション", 8),
    ("保健・福祉", 10),
    ("本人の選択・本人家族の心構え", 10),
    ("住まいの確保", 2),
    ("生活支援", 10),
    ("認知症の予防と支援", 7),
];

#[test]
fn every_row_of_the_citys_table_is_understood() {
    let plan = city();
    assert_eq!(plan.unread, []);
    assert_eq!(plan.rows.len(), 51);
    assert_eq!(plan.years, [year(2018), year(2019), year(2020)]);
    let found: Vec<(&str, usize)> = plan
        .areas
        .iter()
        .map(|area| {
            let rows = plan.rows.iter().filter(|row| row.area == *area);
            (area.as_str(), rows.count())
        })
        .collect();
    assert_eq!(found, AREAS);
    let told: Vec<_> = plan
        .columns
        .iter()
        .map(|column| (column.planned, column.year, column.as_of))
        .collect();
    assert_eq!(
        told,
        [
            (false, year(2019), Some(day(2020, 1, 31))),
            (true, year(2020), None)
        ]
    );
    // One page calls the plan for 2020 what was done in 2020.
    assert_eq!(
        plan.doubts,
        [TableDoubt::HeadingsDiffer(
            "2020年度の計画案".to_owned(),
            "2020年度の実績".to_owned()
        )]
    );
}

#[test]
fn shifted_garbled_and_early_cells_are_put_right_and_told() {
    let plan = city();
    let mut told: Vec<(String, &Doubt)> = Vec::new();
    for row in &plan.rows {
        let placed = row.doubts.iter().filter(|doubt| {
            matches!(
                doubt,
                Doubt::AreaSpaced(_)
                    | Doubt::AreaGarbled(_)
                    | Doubt::AreaEarly(_)
                    | Doubt::AreaMissing
                    | Doubt::Shifted(_)
                    | Doubt::MaybeShared
            )
        });
        told.extend(placed.map(|doubt| (label(row), doubt)));
    }
    let written = |words: &str| words.to_owned();
    let expected = [
        (
            "介護・リハビリテーション 3-②",
            Doubt::AreaEarly(written("保健・福祉")),
        ),
        ("本人の選択・本人家族の心構え 4-④", Doubt::Shifted(1)),
        (
            "本人の選択・本人家族の心構え 4-⑤",
            Doubt::AreaGarbled(written("人本 家族の 選択 ・ 本")),
        ),
        (
            "住まいの確保 1-①",
            Doubt::AreaSpaced(written("住 ま い の 確 保")),
        ),
        ("生活支援 1-①", Doubt::AreaSpaced(written("生 活 支 援"))),
        ("生活支援 4-②", Doubt::Shifted(1)),
        ("生活支援 4-③", Doubt::Shifted(1)),
    ];
    let told: Vec<(&str, &Doubt)> = told
        .iter()
        .map(|(label, it)| (label.as_str(), *it))
        .collect();
    let expected: Vec<(&str, &Doubt)> = expected.iter().map(|(label, it)| (*label, it)).collect();
    assert_eq!(told, expected);
    // What slipped is where it belongs again.
    let slipped = plan.rows.iter().find(|row| label(row) == "生活支援 4-②");
    let slipped = slipped.expect("the row is there");
    assert_eq!(slipped.goals[&year(2019)].text, "モデル実践の実現");
    assert!(slipped.told[1].written.contains("働きかけていく"));
}

#[test]
fn everything_listed_again_leads_to_where_it_is_counted() {
    let plan = city();
    let first = |first: Option<usize>| first.map(|at| label(&plan.rows[at]));
    let mut found = Vec::new();
    for row in &plan.rows {
        let goals = row.goals.values().filter(|goal| goal.again);
        let lines = row.told.iter().flat_map(|told| &told.lines);
        let lines = lines.filter(|line| line.bullet.again);
        let mut firsts: Vec<Option<String>> = goals
            .map(|goal| first(goal.first))
            .chain(lines.map(|line| first(line.first)))
            .collect();
        firsts.dedup();
        let shared = |goal: &domain::target::plan::Goal| {
            goal.again && row.told.iter().all(|told| told.shared_with.is_some())
        };
        if !firsts.is_empty() && !row.goals.values().any(shared) {
            found.push((label(row), firsts));
        }
        for (year, goal) in &row.goals {
            assert!(
                !goal.again || row.figure(&plan.columns, *year).is_none(),
                "{} is counted once",
                label(row)
            );
        }
    }
    let once = |label: &str, first: &str| (label.to_owned(), vec![Some(first.to_owned())]);
    assert_eq!(
        found,
        [
            once("介護・リハビリテーション 1-③", "医療・看護 1-⑤"),
            once("保健・福祉 4-②", "介護・リハビリテーション 1-②"),
            once(
                "本人の選択・本人家族の心構え 2-①",
                "介護・リハビリテーション 1-③"
            ),
            once(
                "本人の選択・本人家族の心構え 2-②",
                "介護・リハビリテーション 1-③"
            ),
            once("本人の選択・本人家族の心構え 4-④", "医療・看護 2-②"),
            once("生活支援 1-②", "生活支援 4-②"),
            once("生活支援 3-③", "介護・リハビリテーション 2-②"),
            once("生活支援 4-④", "介護・リハビリテーション 1-②"),
        ]
    );
    // Words that stand nowhere else as they are were guessed, and it is said.
    let guessed: Vec<String> = plan
        .rows
        .iter()
        .filter(|row| {
            let mut doubts = row.doubts.iter();
            doubts.any(|doubt| matches!(doubt, Doubt::AgainGuessed(_)))
        })
        .map(label)
        .collect();
    assert_eq!(guessed, ["保健・福祉 4-②", "生活支援 1-②"]);
}

#[test]
fn one_cell_for_several_items_is_told_once() {
    let plan = city();
    let shared: Vec<(String, Vec<Option<String>>)> = plan
        .rows
        .iter()
        .filter(|row| row.told.iter().any(|told| told.shared_with.is_some()))
        .map(|row| {
            let told = row.told.iter();
            let with = told.map(|told| told.shared_with.map(|at| plan.rows[at].number.to_string()));
            (row.number.to_string(), with.collect())
        })
        .collect();
    let with = |number: &str, with: [Option<&str>; 2]| {
        let with = with.into_iter().map(|it| it.map(str::to_owned));
        (number.to_owned(), with.collect())
    };
    assert_eq!(
        shared,
        [
            with("1-④", [Some("1-③"), Some("1-③")]),
            with("2-②", [None, Some("2-①")]),
            with("2-③", [Some("2-②"), Some("2-①")]),
            with("6-①", [Some("5-②"), Some("5-②")]),
        ]
    );
}

#[test]
fn figures_are_read_with_their_units_wherever_they_stand() {
    let plan = city();
    let mut goals = Vec::new();
    for row in &plan.rows {
        let figure = row.figure(&plan.columns, year(2020));
        goals.extend(figure.map(|(figure, _)| {
            let each = if figure.each { "各" } else { "" };
            format!("{} {each}{}{}", label(row), figure.amount, figure.unit)
        }));
    }
    assert_eq!(
        goals,
        [
            "医療・看護 1-① 1回",
            "保健・福祉 2-② 6回",
            "保健・福祉 2-④ 各12回",
            "保健・福祉 3-① 3回",
            "保健・福祉 3-③ 1回",
            "本人の選択・本人家族の心構え 3-③ 1回",
            "本人の選択・本人家族の心構え 4-③ 各120件",
        ]
    );
    let mut written: Vec<String> = Vec::new();
    for row in &plan.rows {
        let lines = row.told.iter().flat_map(|told| &told.lines);
        for line in lines.filter(|line| !line.bullet.again) {
            written.extend(line.figures.iter().map(|figure| figure.written.clone()));
        }
    }
    assert_eq!(
        written.join(" "),
        "年1回 年4回 年12回 2,000部 3回 6回 月1回 年3回 月3回 月1回 3回 2か月に1回 各月1回 \
         2か月に1回 圏域毎月1回 年3回 年2回 年1回 年2回 1回 年1回 293 か所 32 人 3回 月2回 月1回 月2回 月1回"
    );
}
