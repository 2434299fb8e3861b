//! The sheets of a made-up city, read back by another library than the one that wrote them.
//!
//! Each is also put below the target directory, so that it can be printed and looked at.

pub(crate) mod sample;

use super::{month_sheet, year_sheet};
use chrono::{DateTime, Utc};
use domain::{
    era::FiscalYear,
    progress::{Figure, Goal, Month, Row, Told, Wish},
    setting::Language,
    sheet::Sheet,
    target::plan,
};
use std::path::{Path, PathBuf};

fn at() -> DateTime<Utc> {
    "2026-12-01T00:00:00Z".parse().expect("a moment")
}

/// The sheets of a file, by another library; the file is kept for looking at.
fn read(name: &str, bytes: &[u8]) -> Vec<Sheet> {
    let target = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    let ours = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../target");
    let folder = target.unwrap_or_else(ours).join("pictures");
    std::fs::create_dir_all(&folder).expect("the folder can be made");
    std::fs::write(folder.join(name), bytes).expect("the file can be written");
    crate::sheet::read(bytes).expect("what was written can be read")
}

fn month(name: &str, month: &Month) -> Sheet {
    let bytes = month_sheet::written(month, at()).expect("a month can be written");
    read(name, &bytes).remove(0)
}

fn words(row: &[String]) -> Vec<&str> {
    row.iter().map(String::as_str).collect()
}

#[test]
fn a_month_has_the_citys_own_columns() {
    let sheet = month("month.xlsx", &sample::month(sample::rows(51)));
    assert_eq!(sheet.rows[0][0], "令和8年度　年度目標の進捗");
    assert_eq!(
        sheet.rows[1][0],
        "汐見市在宅医療・介護連携拠点　令和8年11月30日(月) 現在"
    );
    assert_eq!(
        words(&sheet.rows[2])[..4],
        ["領域", "番号", "項目", "年度の進捗目標"]
    );
    assert_eq!(
        words(&sheet.rows[3])[3..6],
        ["令和7年度", "令和8年度", "令和9年度"]
    );
    assert_eq!(
        words(&sheet.rows[2])[6..],
        [
            "令和8年度の進捗（令和8年11月時点）",
            "令和8年度の計画",
            "数値",
            "状況"
        ]
    );
    let first = words(&sheet.rows[4]);
    assert_eq!(first[..2], ["医療・看護", "1-①"]);
    assert_eq!(
        first[3..],
        [
            "多職種連携研修の開催（年4回）",
            "多職種連携研修の開催（年4回）（縮小）",
            "（多職種連携研修の開催（年4回））",
            "●第2回の多職種連携研修を開いた。参加42人、アンケートの回答38件。",
            "●来年度も続ける。\n○会場を地区ごとに替える。",
            "2／4回",
            "要確認",
        ]
    );
    assert_eq!(sheet.rows.len(), 4 + 51);
}

#[test]
fn a_month_comes_in_again_as_a_plan() {
    let sheet = month("again.xlsx", &sample::month(sample::rows(51)));
    let known = plan::Known {
        year: None,
        areas: &[],
        start_month: FiscalYear::START_MONTH,
        today: at().date_naive(),
    };
    let plan = plan::read(&[sheet], &known).expect("a plan table");
    assert_eq!((plan.rows.len(), plan.unread.len()), (51, 0));
    assert_eq!((plan.areas.len(), plan.years.len()), (7, 3));
    let columns = plan.columns.iter().map(|column| {
        let day = column.as_of.map(|day| day.to_string());
        (column.planned, column.year, day)
    });
    let done = (false, sample::YEAR, Some("2026-11-30".to_owned()));
    let planned = (true, sample::YEAR, None);
    assert_eq!(columns.collect::<Vec<_>>(), [done, planned]);
    let shifted = plan
        .rows
        .iter()
        .flat_map(|row| &row.doubts)
        .filter(|doubt| matches!(doubt, plan::Doubt::Shifted(_) | plan::Doubt::AreaMissing));
    assert_eq!(shifted.count(), 0);
}

#[test]
fn a_month_without_targets_says_so() {
    let sheet = month("none.xlsx", &sample::month(Vec::new()));
    assert_eq!(sheet.rows[4][0], "年度目標は、まだありません。");
}

#[test]
fn what_begins_as_a_formula_does_stays_words() {
    let hostile = "=HYPERLINK(\"http://example.invalid\",\"表\")";
    let told = Told {
        text: format!("+{hostile}"),
        ..Told::default()
    };
    let rows = sample::rows(1).into_iter().map(|row| Row {
        area: hostile.to_owned(),
        item: "@SUM(A1)".to_owned(),
        goals: [(
            sample::YEAR,
            Goal {
                text: "-1+1".to_owned(),
                wish: Wish::Set,
                again: false,
            },
        )]
        .into(),
        told: vec![told.clone()],
        ..row
    });
    let bytes = month_sheet::written(&sample::month(rows.collect()), at()).expect("a month");
    let sheet = read("formula.xlsx", &bytes).remove(0);
    let row = words(&sheet.rows[4]);
    assert_eq!((row[0], row[2], row[4]), (hostile, "@SUM(A1)", "-1+1"));
    assert_eq!(row[6], format!("+{hostile}"));
    assert!(sheet.formulas.is_empty(), "nothing is a formula");
}

#[test]
fn bare_figures_and_lines_listed_again_are_said_in_words() {
    let told = |text: &str, amount: Option<(i64, &str)>, again| Told {
        mark: Some("●".to_owned()),
        text: text.to_owned(),
        amount: amount.map(|(amount, unit)| (amount, unit.to_owned())),
        again,
        ..Told::default()
    };
    let lines = [
        told("", Some((3, "回")), false),
        told("講座を開いた", Some((2, "回")), false),
        told("講座を2回開いた", Some((2, "回")), true),
    ];
    assert_eq!(
        super::page::told(&lines, Language::Ja),
        "●3回\n●講座を開いた（2回）\n●講座を2回開いた（再掲）"
    );
}

#[test]
fn a_year_has_six_sheets_that_say_what_became_of_it() {
    let year = sample::year(sample::rows(51));
    let bytes = year_sheet::written(&year, at()).expect("a year can be written");
    let sheets = read("year.xlsx", &bytes);
    let names: Vec<&str> = sheets
        .iter()
        .filter_map(|sheet| sheet.name.as_deref())
        .collect();
    assert_eq!(
        names,
        [
            "活動",
            "数値",
            "連携の場",
            "支援事業",
            "課題",
            "次年度計画案"
        ]
    );
    let [activity, figures, sessions, projects, issues, next] = sheets.as_slice() else {
        panic!("six sheets");
    };
    assert_eq!(activity.rows[0][0], "令和8年度　報告　活動");
    assert_eq!(activity.rows.len(), 3 + 51);
    assert_eq!(
        words(&figures.rows[3])[3..],
        ["4", "2", "回", "0.5", "要確認"]
    );
    let talk = words(&sessions.rows[4]);
    assert_eq!(
        talk[..4],
        ["令和8年6月9日(火)", "①職種内（一次）", "打合せ会", ""]
    );
    assert_eq!(
        words(&projects.rows[2])[4..],
        ["予算（円）", "財源", "基金"]
    );
    assert_eq!(words(&projects.rows[3])[4], "120000");
    let all = issues.rows.iter().find(|row| row[0] == "合計");
    let all = all.expect("a line for all tiers");
    assert_eq!(words(all)[1..], ["10", "37", "21", "3", "6", "23"]);
    assert_eq!(next.rows[0][0], "令和9年度　計画案");
    // The next year's goals of the sample are in brackets: they do not hold, so this year's are proposed.
    assert_eq!(
        words(&next.rows[3])[4..6],
        ["繰越（未達成）", "多職種連携研修の開催（年4回）"]
    );
}

#[test]
fn what_a_project_cost_has_no_column_for_others_than_the_desk() {
    let mut year = sample::year(sample::rows(3));
    for project in &mut year.projects {
        project.budget = None;
        project.fund = None;
    }
    year.funds.clear();
    let bytes = year_sheet::written(&year, at()).expect("a year can be written");
    let sheets = read("year-for-others.xlsx", &bytes);
    assert_eq!(
        words(&sheets[3].rows[2]),
        ["日", "支援事業", "団体", "状況"]
    );
    let said = format!("{sheets:?}");
    for word in ["予算", "財源", "120000", "委託料"] {
        assert!(!said.contains(word), "{word}");
    }
}

#[test]
fn an_empty_year_says_so_on_every_sheet() {
    let mut year = sample::year(Vec::new());
    year.sessions.clear();
    year.projects.clear();
    year.funds.clear();
    year.issues.clear();
    year.categories.clear();
    let bytes = year_sheet::written(&year, at()).expect("a year can be written");
    for sheet in read("year-empty.xlsx", &bytes) {
        let said = sheet
            .rows
            .iter()
            .flatten()
            .filter(|cell| cell.ends_with("。"));
        assert!(said.count() > 0, "{:?}", sheet.name);
    }
}

#[test]
fn long_names_and_figures_make_a_sheet_all_the_same() {
    let long = "在宅医療と介護の連携のしくみを地域で考える。".repeat(60);
    let rows = sample::rows(10).into_iter().map(|row| Row {
        item: long.clone(),
        figure: Some(Figure {
            goal: i64::MAX,
            done: i64::MAX,
            unit: "件".to_owned(),
        }),
        ..row
    });
    let rows: Vec<Row> = rows.collect();
    let english = Month {
        language: Language::En,
        ..sample::month(rows.clone())
    };
    let sheet = month("long.xlsx", &english);
    let items = sheet.rows.iter().filter(|row| row.get(2) == Some(&long));
    assert_eq!(items.count(), 10);
    let bytes = year_sheet::written(&sample::year(rows), at()).expect("a year can be written");
    assert_eq!(read("year-long.xlsx", &bytes).len(), 6);
}
