//! The menu of a prefectural fund, read as it is (seed 004): every item, every sub-item, what is doubtful,
//! and what ten searches and ten issues of an office find in it.

mod searching;
mod sheet;

use domain::{
    era::FiscalYear,
    fund::{
        Doubt, Fund,
        catalogue::{Catalogue, CatalogueFault, Line, Why, read},
        difference::{Difference, Fate, Part},
    },
    id::{FundId, UserId},
    sheet::Sheet,
};

/// The menu in the notation it explains at its head.
const MENU: &str = include_str!("table.txt");

fn menu() -> Catalogue {
    read(&[sheet::of(MENU)]).expect("a catalogue")
}

fn of(table: &str) -> Catalogue {
    read(&[sheet::of(table)]).expect("a catalogue")
}

/// The menu as an office keeps it.
fn kept(catalogue: &Catalogue) -> Vec<Fund> {
    let now = chrono::DateTime::UNIX_EPOCH;
    let lines = catalogue.lines.iter().zip(0..);
    lines
        .map(|(line, position)| Fund {
            id: FundId(position + 1),
            revision: 1,
            year: FiscalYear::starting_in(2023),
            position,
            entry: line.entry.clone(),
            withdrawn: false,
            added_by: UserId(7),
            created_at: now,
            changed_at: now,
        })
        .collect()
}

fn line<'c>(catalogue: &'c Catalogue, label: &str) -> &'c Line {
    let mut lines = catalogue.lines.iter();
    lines
        .find(|line| line.entry.label() == label)
        .unwrap_or_else(|| panic!("no line {label}"))
}

#[test]
fn every_item_and_sub_item_of_the_menu_is_read() {
    let menu = menu();
    assert_eq!(menu.unread, []);
    assert_eq!(menu.year, Some(FiscalYear::starting_in(2023)));
    assert_eq!(menu.headings, 4);
    assert_eq!(menu.counts(), (40, 29));
    assert_eq!(menu.missing, [8]);
    let numbers: Vec<i64> = menu
        .lines
        .iter()
        .filter(|line| line.entry.sub.is_none())
        .filter_map(|line| line.entry.number)
        .collect();
    let expected: Vec<i64> = (1..=41).filter(|number| *number != 8).collect();
    assert_eq!(numbers, expected);
    for (number, letters) in [
        (6, "イロハ"),
        (7, "イロ"),
        (12, "イロ"),
        (13, "イロハニ"),
        (15, "イロ"),
        (16, "イロ"),
        (18, "イロハ"),
        (24, "イロ"),
        (27, "イロ"),
        (32, "イロハ"),
        (34, "イロハニ"),
    ] {
        let of_item = menu
            .lines
            .iter()
            .filter(|line| line.entry.number == Some(number));
        let found: String = of_item.filter_map(|line| line.entry.sub).collect();
        assert_eq!(found, letters, "{number}");
    }
}

/// Lines by their label, with the large and middle heading they stand under and their title.
const STANDING: [(&str, &str, &str, &str); 14] = [
    (
        "1",
        "基本整備",
        "基本整備",
        "介護人材確保対策連携強化事業（協議会設置等）",
    ),
    (
        "6 ロ",
        "参加促進",
        "介護人材の「すそ野」拡大",
        "地域の支え合い・助け合い活動の継続のための事務手続き等支援事業",
    ),
    (
        "7 ロ",
        "参加促進",
        "介護人材の「すそ野」拡大",
        "介護福祉士養成課程に係る介護実習支援事業",
    ),
    (
        "12 ロ",
        "参加促進",
        "地域のマッチング機能強化",
        "介護現場における多様な働き方導入モデル事業",
    ),
    (
        "13",
        "参加促進",
        "介護人材の「すそ野」拡大",
        "介護に関する入門的研修、生活援助従事者研修の受講等支援事業",
    ),
    (
        "13 ハ",
        "参加促進",
        "介護人材の「すそ野」拡大",
        "介護の周辺業務等の体験支援",
    ),
    (
        "17",
        "参入促進",
        "介護人材の「すそ野」拡大",
        "共生型サービスの普及促進に関する事業",
    ),
    (
        "23",
        "資質の向上",
        "研修代替要員の確保支援",
        "離職した介護人材のニーズ把握の実態調査事業",
    ),
    (
        "30",
        "資質の向上",
        "地域包括ケア構築のための広域的人材養成",
        "外国人介護人材研修支援事業",
    ),
    (
        "33",
        "労働環境・処遇の改善",
        "人材育成力の強化",
        "新人介護職員に対するEラーニング制度等導入支援事業",
    ),
    (
        "34 イ",
        "労働環境・処遇の改善",
        "勤務環境改善支援",
        "管理者等に対する雇用管理改善方策普及・促進事業",
    ),
    (
        "36",
        "労働環境・処遇の改善",
        "勤務環境改善支援",
        "介護従事者の子育て支援のための施設内保育施設運営支援事業",
    ),
    (
        "40",
        "労働環境・処遇の改善",
        "外国人介護人材受入れ環境整備",
        "新型コロナウイルス感染症流行下における介護サービス事業者等のサービス提供体制確保事業",
    ),
    (
        "41",
        "労働環境・処遇の改善",
        "離島・中山間地域等介護人材確保",
        "離島・中山間地域等における介護人材確保支援事業",
    ),
];

#[test]
fn lines_stand_below_their_headings_however_the_columns_slipped() {
    let menu = menu();
    for (label, large, middle, title) in STANDING {
        let entry = &line(&menu, label).entry;
        assert_eq!(
            (entry.large.as_str(), entry.middle.as_str()),
            (large, middle),
            "{label}"
        );
        assert_eq!(entry.title, title, "{label}");
        assert!(label == "13" || !entry.content.is_empty(), "{label}");
    }
    let of_26 = &line(&menu, "26").entry;
    let both = "老健局認知症施策・地域介護推進課\n老健局老人保健課";
    assert_eq!(of_26.department, both);
}

#[test]
fn what_is_doubtful_is_flagged_and_kept_as_written() {
    let menu = menu();
    let flagged =
        |doubt| -> Vec<String> { menu.with(doubt).map(|line| line.entry.label()).collect() };
    for (doubt, expected) in [
        (Doubt::NumberGuessed, &["23"][..]),
        (Doubt::NumberLost, &[]),
        (Doubt::NumberTwice, &[]),
        (Doubt::ItemGuessed, &["7 ロ"]),
        (
            Doubt::Shifted,
            &[
                "7 ロ", "12 ロ", "13", "13 イ", "13 ロ", "13 ハ", "13 ニ", "17", "23", "27 ロ",
                "28", "29", "30", "31", "32 ハ", "35", "36",
            ],
        ),
        (Doubt::Joined, &["36", "40", "41"]),
        (Doubt::Continued, &[]),
        (Doubt::HeadingGarbled, &["33", "41"]),
        (Doubt::DepartmentAbove, &["24 ロ"]),
        (Doubt::DepartmentMissing, &[]),
        (Doubt::SinceMissing, &["24 ロ"]),
        (Doubt::SinceUnread, &[]),
        (Doubt::SinceBeforeFund, &["30", "31"]),
        (Doubt::SinceBare, &["40"]),
        (Doubt::ContentMissing, &[]),
        (Doubt::Faulty, &[]),
    ] {
        assert_eq!(flagged(doubt), expected, "{doubt:?}");
    }
    assert_eq!(menu.doubtful().count(), 21);
    assert_eq!(line(&menu, "30").entry.since, "H5～");
    assert_eq!(line(&menu, "40").entry.since, "R3");
    assert_eq!(line(&menu, "41").entry.stray, "地域島等・支中援山間");
    assert_eq!(line(&menu, "33").entry.stray, "善");
}

#[test]
fn the_same_menu_twice_changes_nothing() {
    let menu = menu();
    let first = Difference::of(&menu, &[]);
    assert_eq!(first.new.len(), 69);
    let again = Difference::of(&menu, &kept(&menu));
    assert!(again.is_nothing() && again.gone.is_empty());
    assert!(again.fates.iter().all(|fate| matches!(fate, Fate::Same(_))));
}

#[test]
fn a_later_menu_shows_what_is_different() {
    let before = menu();
    let table = MENU
        .replace("R1~ (R5に拡充)", "R1~ (R6に拡充)")
        .replace("H5～", "R5～");
    let table: Vec<&str> = table
        .lines()
        .filter(|line| !line.contains("35 雇用管理体制"))
        .collect();
    let after = of(&(table.join("\n")
        + "\n | 新しい区分 | 42 訪問看護との連携を進める事業 | 訪問看護との連携の経費。 | 老健局老人保健課 | R6~\n"));
    let kept = kept(&before);
    let difference = Difference::of(&after, &kept);
    let label = |id: FundId| {
        let fund = kept.iter().find(|fund| fund.id == id).expect("it is kept");
        fund.entry.label()
    };
    let new: Vec<String> = difference.new.iter().map(|new| new.entry.label()).collect();
    assert_eq!(new, ["42"]);
    let gone: Vec<String> = difference.gone.iter().map(|id| label(*id)).collect();
    assert_eq!(gone, ["35"]);
    let said: Vec<(String, Vec<Part>)> = difference
        .fates
        .iter()
        .filter_map(|fate| match fate {
            Fate::Changed(id, parts) if *parts != [Part::Position] => {
                Some((label(*id), parts.clone()))
            }
            _ => None,
        })
        .collect();
    assert_eq!(
        said,
        [
            ("30".to_owned(), vec![Part::Since, Part::Doubt]),
            ("31".to_owned(), vec![Part::Since, Part::Doubt]),
            ("34 ニ".to_owned(), vec![Part::Since]),
        ]
    );
}

const HEADING: &str = "大項目 | 中項目 | 小項目 | < | 事業内容 | 担当 | 備考\n";

#[test]
fn sheets_of_other_offices_are_read_too() {
    for (rows, expected) in [
        // Merged cells are as above, without a doubt.
        (
            "甲 | 乙 | 1 | 研修事業 | イ 新人研修事業⏎新人の研修。 | 県庁高齢課 | R2～\n^ | ^ | ^ | ^ | ロ 管理者研修事業⏎管理者の研修。 | ^ | ^\n",
            &[
                ("1", "研修事業", &[][..]),
                ("1 イ", "新人研修事業", &[]),
                ("1 ロ", "管理者研修事業", &[]),
            ][..],
        ),
        // The number and the name at every sub-item are one item.
        (
            "甲 | 乙 | 1 | 研修事業 | イ 新人の研修。 | 県庁高齢課 | R2～\n甲 | 乙 | 1 | 研修事業 | ロ 管理者の研修。 | 県庁高齢課 | R2～\n",
            &[
                ("1", "研修事業", &[]),
                ("1 イ", "研修事業", &[]),
                ("1 ロ", "研修事業", &[]),
            ],
        ),
        // One number for two items.
        (
            "甲 | 乙 | 1 | 研修事業 | 新人の研修。 | 県庁高齢課 | R2～\n | | 1 | 調査事業 | 実態の調査。 | 県庁高齢課 | R2～\n",
            &[
                ("1", "研修事業", &[Doubt::NumberTwice]),
                ("1", "調査事業", &[Doubt::NumberTwice]),
            ],
        ),
        // Two numbers lost in a row cannot be told.
        (
            "甲 | 乙 | 1 | 研修事業 | 新人の研修。 | 県庁高齢課 | R2～\n | | | 調査事業 | 実態の調査。 | 県庁高齢課 | R2～\n | | | 周知事業 | 住民への周知。 | 県庁高齢課 | R2～\n | | 4 | 表彰事業 | 事業者の表彰。 | 県庁高齢課 | R2～\n",
            &[
                ("1", "研修事業", &[]),
                ("", "調査事業", &[Doubt::NumberLost]),
                ("", "周知事業", &[Doubt::NumberLost]),
                ("4", "表彰事業", &[]),
            ],
        ),
        // A row that goes on after a page.
        (
            "甲 | 乙 | 1 | 研修事業 | 新人の研修を行い、 | 県庁高齢課 | R2～\n大項目 | 中項目 | 小項目 | < | 事業内容 | 担当 | 備考\n | | | | 続けて管理者の研修も行う経費に対し助成する。 | |\n",
            &[("1", "研修事業", &[Doubt::Continued])],
        ),
        // Nothing but a name; a word on since when that nobody can read.
        (
            "甲 | 乙 | 1 | 研修事業 | | | \n | | 2 | 調査事業 | 実態の調査。 | 県庁高齢課 | 未定\n",
            &[
                (
                    "1",
                    "研修事業",
                    &[
                        Doubt::DepartmentMissing,
                        Doubt::SinceMissing,
                        Doubt::ContentMissing,
                    ],
                ),
                ("2", "調査事業", &[Doubt::SinceUnread]),
            ],
        ),
    ] {
        let catalogue = of(&format!("{HEADING}{rows}"));
        let found: Vec<_> = catalogue
            .lines
            .iter()
            .map(|line| {
                (
                    line.entry.label(),
                    line.entry.title.clone(),
                    line.entry.doubts.clone(),
                )
            })
            .collect();
        let expected: Vec<_> = expected
            .iter()
            .map(|(label, title, doubts)| {
                ((*label).to_owned(), (*title).to_owned(), doubts.to_vec())
            })
            .collect();
        assert_eq!(found, expected, "{rows}");
        assert_eq!(catalogue.unread, [], "{rows}");
    }
}

#[test]
fn what_is_not_understood_is_said() {
    for (rows, why) in [
        (
            " | | | | ロ 管理者の研修。 | 県庁高齢課 | R2～\n",
            Why::NoItem,
        ),
        ("甲 | 乙 | | | | | \n", Why::NoContent),
        (
            "甲 | 乙 | 1 | 研修事業 | 新人の研修。 | 県庁高齢課 | R2～\n甲 | 乙 | 1 | 研修事業 | 新人の研修。 | 県庁高齢課 | R2～\n",
            Why::Twice,
        ),
    ] {
        let catalogue = of(&format!("{HEADING}{rows}"));
        let found: Vec<Why> = catalogue.unread.iter().map(|unread| unread.why).collect();
        assert_eq!(found, [why], "{rows}");
    }
    let long = "あ".repeat(3_001);
    let catalogue = of(&format!(
        "{HEADING}甲 | 乙 | 1 | 研修事業 | {long}。 | 県庁 | R2～\n"
    ));
    assert_eq!(catalogue.unread[0].why, Why::TooLong);
}

#[test]
fn a_file_that_is_no_catalogue_is_refused_with_a_reason() {
    for (table, fault) in [
        (
            "課題 | 職種 | 意見\n1 | 薬剤師 | 連絡が遅い\n",
            CatalogueFault::NoHeading,
        ),
        (HEADING, CatalogueFault::Empty),
    ] {
        assert_eq!(read(&[sheet::of(table)]), Err(fault), "{table}");
    }
    let long = Sheet {
        rows: vec![vec!["行".to_owned()]; domain::fund::catalogue::ROWS_MAX + 1],
        ..Sheet::default()
    };
    assert_eq!(read(&[long]), Err(CatalogueFault::TooLong));
}
