//! Tables as offices keep them: in any order, on several pages, with what goes wrong in them.

use super::*;
use crate::sheet::Merged;

fn sheet(rows: &[&str]) -> Sheet {
    Sheet {
        rows: rows
            .iter()
            .map(|row| row.split('|').map(|cell| cell.replace('/', "\n")).collect())
            .collect(),
        ..Sheet::default()
    }
}

fn year(western: i32) -> FiscalYear {
    FiscalYear::starting_in(western)
}

fn known(year: Option<FiscalYear>) -> Known<'static> {
    Known {
        year,
        areas: &[],
        start_month: 4,
        today: day(2026, 11, 20),
    }
}

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a real day")
}

fn table(rows: &[&str]) -> Plan {
    read(&[sheet(rows)], &known(None)).expect("a plan")
}

fn keys(plan: &Plan) -> Vec<String> {
    let keys = plan.rows.iter();
    keys.map(|row| format!("{} {}", row.area, row.number))
        .collect()
}

const HEADING: &str =
    "領域|番号|取組み項目|年度の進捗目標|||2019年度の進捗（2020年1月時点）|2020年度の計画案";
const YEARS: &str = "|||2018|2019|2020||";

#[test]
fn a_citys_table_is_read_with_goals_by_year() {
    let plan = table(&[
        "在宅医療の計画",
        HEADING,
        YEARS,
        "医療|1-①|会議を開く|年12回|毎年度/実施||●会議を開いた（年10回）。○冊子を配った|●会議（年12回）",
        "|1-②|冊子を作る||2,000部|(配布)||",
    ]);
    assert_eq!(plan.years, [year(2018), year(2019), year(2020)]);
    assert_eq!(keys(&plan), ["医療 1-①", "医療 1-②"]);
    let [done, planned] = plan.columns.as_slice() else {
        panic!("two columns tell something: {:?}", plan.columns)
    };
    assert_eq!(
        (done.planned, done.year, done.as_of),
        (false, year(2019), Some(day(2020, 1, 31)))
    );
    assert_eq!((planned.planned, planned.year), (true, year(2020)));
    let first = &plan.rows[0];
    assert_eq!(first.place, Place { sheet: 0, line: 4 });
    assert_eq!(first.goals[&year(2018)].figures[0].amount, 12);
    assert_eq!(first.goals[&year(2019)].text, "毎年度\n実施");
    assert!(!first.goals.contains_key(&year(2020)));
    let marks: Vec<_> = first.told[0]
        .lines
        .iter()
        .map(|line| line.bullet.mark)
        .collect();
    assert_eq!(marks, [Some('●'), Some('○')]);
    assert!(plan.rows[1].goals[&year(2020)].bracketed);
    assert!(plan.unread.is_empty());
    assert_eq!(
        first
            .figure(&plan.columns, year(2018))
            .map(|(it, _)| it.amount),
        Some(12)
    );
    assert_eq!(first.doubts, [Doubt::FigureFromPlan(year(2020))]);
}

#[test]
fn headings_are_found_by_their_words_in_any_order_and_language() {
    for (heading, years, row) in [
        (
            "No|分野|事業内容|実績|目標",
            "||||令和2年度",
            "1-1|医療|会議|済|年4回",
        ),
        (
            "Item|Goal|Number|Area|Progress",
            "|R2年度|||",
            "会議|年4回|1-1|医療|済",
        ),
        (
            "柱|項番|取組|令和２年度目標|令和２年度実績",
            "",
            "医療|1-1|会議|年4回|済",
        ),
    ] {
        let plan = table(&[heading, years, row]);
        assert_eq!(keys(&plan), ["医療 1-①"], "{heading}");
        assert_eq!(
            plan.rows[0].goals[&year(2020)].figures[0].amount,
            4,
            "{heading}"
        );
        assert_eq!(plan.rows[0].told.len(), 1, "{heading}");
    }
}

#[test]
fn headings_that_come_again_on_every_page_are_no_rows() {
    let plan = table(&[
        &HEADING.replace("計画案", "実績"),
        YEARS,
        "医療|1-①|会議|||||",
        "",
        HEADING,
        YEARS,
        "|1-②|冊子|||||",
        HEADING,
        YEARS,
        "介護|1-①|講座|||||",
    ]);
    assert_eq!(keys(&plan), ["医療 1-①", "医療 1-②", "介護 1-①"]);
    assert!(plan.columns[1].planned, "what most pages say is taken");
    assert_eq!(
        plan.doubts,
        [TableDoubt::HeadingsDiffer(
            "2020年度の計画案".into(),
            "2020年度の実績".into()
        )]
    );
}

#[test]
fn areas_written_apart_garbled_or_too_early_are_found_and_told() {
    let plan = table(&[
        HEADING,
        YEARS,
        "本人の選択・家族の心構え|1-①|講座|||||",
        "|2-①|冊子|||||",
        "人本 家族の 選択 ・ 心構え|2-②|相談|||||",
        "生 活 支 援|1-①|買い物|||||",
        "|2-①|ごみ|||||",
        "認知症|3-②|家族会|||||",
        "|1-①|カフェ|||||",
    ]);
    assert_eq!(
        plan.areas,
        ["本人の選択・家族の心構え", "生活支援", "認知症"]
    );
    assert_eq!(plan.rows[2].area, "本人の選択・家族の心構え");
    assert!(matches!(plan.rows[2].doubts[..], [Doubt::AreaGarbled(_)]));
    assert_eq!(
        plan.rows[3].doubts,
        [Doubt::AreaSpaced("生 活 支 援".into())]
    );
    assert_eq!(plan.rows[5].area, "生活支援");
    assert_eq!(plan.rows[5].doubts, [Doubt::AreaEarly("認知症".into())]);
    assert_eq!(plan.rows[6].area, "認知症");
}

#[test]
fn a_name_of_the_same_letters_that_comes_again_is_an_area_of_its_own() {
    let plan = table(&[
        HEADING,
        YEARS,
        "保健・福祉|1-①|講座|||||",
        "福祉・保健|3-①|冊子|||||",
        "福祉・保健|1-①|相談|||||",
    ]);
    assert_eq!(plan.areas, ["保健・福祉", "福祉・保健"]);
    assert_eq!(
        keys(&plan),
        ["保健・福祉 1-①", "福祉・保健 3-①", "福祉・保健 1-①"]
    );
}

#[test]
fn cells_that_slipped_to_the_side_are_put_back() {
    let plan = table(&[
        HEADING,
        YEARS,
        "医療|1-①|会議|年1回|||●済|",
        "1-②|冊子||年2回||●配布|●計画",
    ]);
    let slipped = &plan.rows[1];
    assert_eq!(slipped.doubts, [Doubt::Shifted(1)]);
    assert_eq!(slipped.goals[&year(2019)].figures[0].amount, 2);
    assert_eq!(slipped.told[1].lines[0].bullet.text, "計画");
}

#[test]
fn what_is_listed_again_points_to_where_it_stands_first() {
    let plan = table(&[
        HEADING,
        YEARS,
        "医療|1-①|会議|勉強会・冊子の配布||||●自立支援の会議（年12回）を開く",
        "|1-②|冊子|冊子の配布（再掲）||||●自立支援の会議(年12回)を開く【再掲】",
        "|1-③|講座|||||●どこにもない話（再掲）",
    ]);
    assert_eq!(plan.rows[1].goals[&year(2018)].first, Some(0));
    assert_eq!(plan.rows[1].told[1].lines[0].first, Some(0));
    assert!(plan.rows[1].doubts.is_empty());
    assert_eq!(plan.rows[2].doubts, [Doubt::AgainWithoutFirst]);
}

#[test]
fn one_cell_for_several_items_is_read_once() {
    let mut merged = sheet(&[
        HEADING,
        YEARS,
        "医療|1-①|会議||||●済|●計画",
        "|1-②|冊子|||||",
    ]);
    let plan = read(&[merged.clone()], &known(None)).expect("a plan");
    assert_eq!(plan.rows[1].doubts, [Doubt::MaybeShared]);
    let block = |left| Merged {
        top: 2,
        left,
        bottom: 3,
        right: left,
    };
    merged.merged = vec![block(6), block(7)];
    let plan = read(&[merged], &known(None)).expect("a plan");
    assert_eq!(plan.rows[1].told[0].shared_with, Some(0));
    assert!(plan.rows[1].told[0].lines.is_empty());
    assert!(plan.rows[1].doubts.is_empty());
}

#[test]
fn marks_without_words_do_not_hide_the_brackets_around_a_line() {
    for (cell, lines, bracketed) in [
        ("(・冊子を配布)●", &[(Some('・'), "冊子を配布")][..], true),
        ("（冊子を配布）\n○", &[(None, "冊子を配布")], true),
        ("●（冊子を配布）", &[(Some('●'), "（冊子を配布）")], false),
        (
            "（冊子を配布）●会議",
            &[(None, "（冊子を配布）"), (Some('●'), "会議")],
            false,
        ),
    ] {
        let told = Told::read(cell);
        let read: Vec<_> = told
            .lines
            .iter()
            .map(|line| (line.bullet.mark, line.bullet.text.as_str()))
            .collect();
        assert_eq!((&read[..], told.bracketed), (lines, bracketed), "{cell}");
    }
}

#[test]
fn what_cannot_be_understood_is_named_with_its_line() {
    let plan = table(&[
        "|1-⑨|前の行|||||",
        HEADING,
        YEARS,
        "医療|1-①|会議|||||",
        "|1-①|もう一度|||||",
        "|1-②||||||",
        "|なし|番号のない行|||||",
    ]);
    assert_eq!(keys(&plan), ["医療 1-①"]);
    let unread: Vec<_> = plan
        .unread
        .iter()
        .map(|unread| (unread.place.line, unread.why))
        .collect();
    assert_eq!(
        unread,
        [
            (1, WhyUnread::BeforeHeading),
            (5, WhyUnread::Twice(Place { sheet: 0, line: 4 })),
            (6, WhyUnread::NoItem),
            (7, WhyUnread::NoNumber),
        ]
    );
}

#[test]
fn what_is_no_plan_is_refused() {
    let fault = |rows: &[&str]| read(&[sheet(rows)], &known(None)).expect_err("no plan");
    assert_eq!(fault(&[]), PlanFault::NoHeading);
    assert_eq!(fault(&["名前|電話", "甲|1"]), PlanFault::NoHeading);
    assert_eq!(fault(&[HEADING, YEARS]), PlanFault::Empty);
    assert_eq!(
        fault(&["番号|項目|目標", "1-1|会議|年1回"]),
        PlanFault::NoYear
    );
    assert_eq!(fault(&vec![""; ROWS_MAX + 1]), PlanFault::TooLong);
    let given = read(
        &[sheet(&["番号|項目|目標", "1-1|会議|年1回"])],
        &known(Some(year(2026))),
    );
    let given = given.expect("a plan of the year given");
    assert_eq!(given.years, [year(2026)]);
    assert_eq!(given.rows[0].doubts, [Doubt::AreaMissing]);
}
