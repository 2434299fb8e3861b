//! Lists as offices keep them, and what becomes of each row.

use super::*;
use crate::{
    category::Category,
    id::{OfficeId, ServerId},
    office::{Association, Derived, Profession, Talk},
    profession,
    setting::Settings,
    sheet::Merged,
};

fn office() -> Office {
    let professions: Vec<Profession> = (1..)
        .zip(profession::standard())
        .map(|(id, words)| Profession {
            id: ProfessionId(id),
            name: words.name,
            aliases: words.aliases,
        })
        .collect();
    let speaking = |name: &str| {
        let found = professions.iter().find(|p| p.name == name);
        found.expect("a standard profession").id
    };
    let association = |id, name: &str, professions: Vec<ProfessionId>| Association {
        id: AssociationId(id),
        name: name.into(),
        professions,
        scopes: Vec::new(),
        channel: None,
        feedback: None,
        officers: None,
        contacts: None,
        members: None,
        talk: Talk::default(),
        fixed: false,
    };
    Office {
        id: OfficeId(1),
        server: ServerId(1),
        revision: 1,
        settings: Settings::default(),
        associations: vec![
            association(1, "薬剤師会", vec![speaking("薬剤師")]),
            association(2, "病院連携室", vec![speaking("病院連携室")]),
        ],
        professions,
        circles: Vec::new(),
        categories: vec![category(1, "多職種連携"), category(2, "情報共有ツール")],
        channels: Vec::new(),
        roles: Vec::new(),
        stopped: Vec::new(),
        accepted: Vec::new(),
        derived: Derived::default(),
    }
}

fn category(id: i64, name: &str) -> Category {
    Category {
        id: CategoryId(id),
        name: name.into(),
        retired: false,
    }
}

fn sheet(rows: &[&[&str]]) -> Sheet {
    Sheet {
        rows: rows
            .iter()
            .map(|row| row.iter().map(|cell| (*cell).to_owned()).collect())
            .collect(),
        ..Sheet::default()
    }
}

fn planned_with(sheets: &[Sheet], there: &HashMap<Same, IssueId>) -> Result<Plan, NoList> {
    let office = office();
    plan(
        sheets,
        &Known {
            office: &office,
            session: None,
            source: Source::default(),
            there,
            today: NaiveDate::from_ymd_opt(2026, 11, 20).expect("a day"),
        },
    )
}

fn planned(rows: &[&[&str]]) -> Plan {
    planned_with(&[sheet(rows)], &HashMap::new()).expect("a list")
}

fn taken(plan: &Plan) -> Vec<&Taken> {
    let take = |row: &'_ Row| match &row.verdict {
        Verdict::Take(_) => true,
        Verdict::There { .. } | Verdict::Refuse { .. } => false,
    };
    plan.rows
        .iter()
        .filter(|row| take(row))
        .map(|row| match &row.verdict {
            Verdict::Take(taken) => taken,
            other => panic!("{other:?} was filtered out"),
        })
        .collect()
}

fn reasons(plan: &Plan) -> Vec<(usize, &Reason)> {
    plan.rows
        .iter()
        .filter_map(|row| match &row.verdict {
            Verdict::Refuse { reason, .. } => Some((row.place.row, reason)),
            _ => None,
        })
        .collect()
}

const FORM: &[&str] = &["No", "職種", "発言者", "意　見", "備考"];

#[test]
fn the_manual_s_form_is_understood_with_its_title() {
    let plan = planned(&[
        &["", "", "", "", "薬剤師会"],
        &["【一次連携】 第1回薬剤師連携に関する打合せ会"],
        &["", "", "", "", "令和8年11月20日(金)"],
        FORM,
        &[
            "1",
            "薬剤師",
            "仮名 太郎",
            "在宅医療における薬剤師の役割を、家族が認識していない場合が多い。",
            "患者、家族",
        ],
        &[
            "2",
            "ケアマネ",
            "",
            "サービス担当者会議に参加したい。",
            "病院",
        ],
        &["3"],
        &["4"],
    ]);
    let title = &plan.titles[0];
    assert_eq!(title.gathering, Some(Tier::One));
    assert_eq!(title.number, Some(1));
    assert_eq!(title.date, NaiveDate::from_ymd_opt(2026, 11, 20));
    assert_eq!(title.source.association, Some(AssociationId(1)));
    let taken = taken(&plan);
    assert_eq!(plan.rows.len(), 2, "blank rows of the form say nothing");
    assert_eq!(plan.rows[0].place.row, 5, "as the spreadsheet counts");
    assert_eq!(taken[0].association, Some(AssociationId(1)));
    assert_eq!(taken[0].note.as_deref(), Some("患者、家族"));
    assert_eq!(plan.speakers.len(), 1);
    assert!(plan.speakers.contains_key(&0));
    assert!(taken[1].guesses.contains(&Guess::Source {
        written: "ケアマネ".into()
    }));
}

#[test]
fn columns_are_found_in_any_order_and_under_other_names() {
    for (heading, row) in [
        (
            &["備考", "内容", "職種名", "No."][..],
            &["病院", "会議に出たい", "薬剤師", "1"][..],
        ),
        (&["課題／アイデア", "団体名"], &["会議に出たい", "薬剤師会"]),
        (
            &["番号", "カテゴリ", "発言職種", "ご意見（※）"],
            &["1", "会議", "薬剤師", "会議に出たい"],
        ),
        (&["Wording", "Profession"], &["会議に出たい", "薬剤師"]),
        (&["課題"], &["会議に出たい"]),
    ] {
        let plan = planned(&[heading, row]);
        assert_eq!(taken(&plan)[0].text, "会議に出たい", "{heading:?}");
    }
    for rows in [
        &[&["薬剤師", "会議に出たい"][..]][..],
        &[&["課題の一覧", "薬剤師会の課題"], &["a", "b"]],
        &[],
    ] {
        assert!(
            planned_with(&[sheet(rows)], &HashMap::new()).is_err(),
            "{rows:?}"
        );
    }
}

#[test]
fn kinds_and_tiers_are_taken_where_they_are_named() {
    let plan = planned(&[
        &["意見", "課題/アイデア", "階層"],
        &["飲み会の開催", "アイデア", "②職種間（二次）"],
        &["誰に連絡してよいかわからない", "課題", "2"],
        &["顔の見える連携が弱い", "", "未定"],
        &["ICTをどう活用するか", "課題", "三次連携"],
    ]);
    let found: Vec<_> = taken(&plan)
        .iter()
        .map(|t| {
            (
                t.kind,
                t.tier,
                t.tier_named,
                t.guesses.contains(&Guess::Kind),
            )
        })
        .collect();
    assert_eq!(found[0], (Kind::Idea, Tier::Two, true, false));
    assert_eq!(found[1], (Kind::Issue, Tier::Two, true, false));
    assert_eq!(
        (found[2].0, found[2].2, found[2].3),
        (Kind::Issue, false, true)
    );
    assert_eq!(found[3], (Kind::Issue, Tier::Three, true, false));
}

#[test]
fn the_second_form_gives_one_issue_for_each_opinion() {
    let mut form = sheet(&[
        &["順位", "カテゴリ", "課題/アイデア", "意見"],
        &[
            "1",
            "多職種連携",
            "課題",
            "・顔の見える連携が弱い\n・情報共有不足\n・",
        ],
        &["", "", "アイデア", "・飲み会の開催"],
        &[
            "2",
            "情報共有ツール",
            "課題",
            "・情報共有不足 【再掲】\n・ツールが周知されていない",
        ],
        &["", "", "", "●●に関する知識が少ない"],
    ]);
    form.merged = vec![Merged {
        top: 3,
        left: 2,
        bottom: 4,
        right: 2,
    }];
    let plan = planned_with(&[form], &HashMap::new()).expect("a list");
    let found: Vec<_> = taken(&plan)
        .iter()
        .map(|taken| (taken.text.as_str(), taken.kind))
        .collect();
    assert_eq!(
        found,
        [
            ("顔の見える連携が弱い", Kind::Issue),
            ("情報共有不足", Kind::Issue),
            ("飲み会の開催", Kind::Idea),
            ("ツールが周知されていない", Kind::Issue),
            ("●●に関する知識が少ない", Kind::Issue),
        ]
    );
    assert_eq!(reasons(&plan), [], "what is listed again is no mistake");
    let taken = taken(&plan);
    assert_eq!(taken[1].categories, [CategoryId(1), CategoryId(2)]);
    assert_eq!(taken[3].categories, [CategoryId(2)]);
}

#[test]
fn merged_and_repeated_cells_count_for_the_rows_they_stand_for() {
    let mut list = sheet(&[
        FORM,
        &["1", "薬剤師", "", "残薬の相談先がばらばらだ", ""],
        &["2", "", "", "研修の日程が合わない", ""],
        &["3", "〃", "", "会議の時間が短い", "〃"],
        FORM,
        &["4", "同上", "", "医師に電話しづらい", ""],
        &["5", "", "", "", ""],
    ]);
    list.merged = vec![
        Merged {
            top: 1,
            left: 1,
            bottom: 2,
            right: 1,
        },
        Merged {
            top: 5,
            left: 3,
            bottom: 6,
            right: 3,
        },
    ];
    let plan = planned_with(&[list], &HashMap::new()).expect("a list");
    let taken = taken(&plan);
    assert_eq!(taken.len(), 4);
    let same = taken[0].profession;
    assert!(same.is_some());
    assert!(taken.iter().all(|taken| taken.profession == same));
    assert!(taken[2].guesses.contains(&Guess::Ditto));
}

#[test]
fn what_is_refused_says_why() {
    let long = "長".repeat(2_001);
    let plan = planned(&[
        FORM,
        &["1", "薬剤師", "", "", "病院"],
        &["2", "薬剤士", "", "研修をしたい", ""],
        &["3", "宇宙飛行士会", "", "研修をしたい", ""],
        &["4", "薬剤師", "", &long, ""],
        &["5", "薬剤師", "", "電話は090-0000-1122です", ""],
        &["6", "薬剤師", "090-0000-1122", "会議に出たい", ""],
        &[
            "7",
            "薬剤師",
            "",
            "昨日から利用者さんの食事量が減っている",
            "",
        ],
        &["8", "薬剤師", "", "会議に出たい。", ""],
        &["9", "薬剤師会", "", "会議に　出たい", ""],
        &["10", "看護師", "", "会議に出たい", ""],
    ]);
    let first = Place { sheet: 0, row: 9 };
    let reasons = reasons(&plan);
    assert_eq!(reasons[0], (2, &Reason::NoWording));
    assert!(
        matches!(reasons[1], (3, Reason::UnknownSource { nearest: Some(name), .. }) if name == "薬剤師"),
        "{:?}",
        reasons[1]
    );
    assert!(
        matches!(reasons[2], (4, Reason::UnknownSource { nearest: None, .. })),
        "{:?}",
        reasons[2]
    );
    assert!(matches!(
        reasons[3],
        (
            5,
            Reason::TooLong {
                limit: 2_000,
                actual: 2_001
            }
        )
    ));
    assert_eq!(reasons[4], (6, &Reason::PersonalData));
    assert_eq!(reasons[5], (7, &Reason::NumberInSpeaker));
    assert_eq!(reasons[6], (8, &Reason::SingleCase));
    assert_eq!(reasons[7], (10, &Reason::Repeated { first }));
    assert_eq!(reasons.len(), 8);
    let masked = plan.rows.iter().find_map(|row| match &row.verdict {
        Verdict::Refuse {
            reason: Reason::PersonalData,
            excerpt,
        } => Some(excerpt.as_str()),
        _ => None,
    });
    assert_eq!(masked, Some("電話は［電話番号］です"));
}

#[test]
fn what_is_there_already_is_not_taken_again() {
    let rows: &[&[&str]] = &[
        FORM,
        &["1", "薬剤師", "", "会議に出たい", ""],
        &["2", "薬剤師", "", "研修をしたい", ""],
    ];
    let first = planned(rows);
    let there: HashMap<Same, IssueId> = taken(&first)
        .into_iter()
        .zip(12..)
        .map(|(taken, id)| (taken.same(None), IssueId(id)))
        .collect();
    let second = planned_with(&[sheet(rows)], &there).expect("a list");
    assert!(taken(&second).is_empty());
    let numbers: Vec<_> = second
        .rows
        .iter()
        .map(|row| match &row.verdict {
            Verdict::There { issue, .. } => issue.0,
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(numbers, [12, 13]);
}

#[test]
fn cells_that_were_computed_are_told_and_errors_are_refused() {
    let mut list = sheet(&[
        FORM,
        &["1", "薬剤師", "", "会議に出たい", ""],
        &["2", "薬剤師", "", "", ""],
        &["3", "薬剤師", "", "研修をしたい", ""],
    ]);
    list.formulas.extend([(1, 3), (3, 0)]);
    list.faulty.insert((2, 3), "#REF!".into());
    let plan = planned_with(&[list], &HashMap::new()).expect("a list");
    let taken = taken(&plan);
    assert!(taken[0].guesses.contains(&Guess::Formula));
    assert!(
        !taken[1].guesses.contains(&Guess::Formula),
        "the running number does not count"
    );
    assert_eq!(
        reasons(&plan),
        [(
            3,
            &Reason::Faulty {
                shown: "#REF!".into()
            }
        )]
    );
}

#[test]
fn sheets_without_a_list_are_left_aside_and_tabs_say_whose_list_it_is() {
    let named = |name: &str, rows: &[&[&str]]| Sheet {
        name: Some(name.to_owned()),
        ..sheet(rows)
    };
    let plan = planned_with(
        &[
            named("表紙", &[&["課題の一覧"], &["令和8年度", "薬剤師会"]]),
            named("薬剤師会", &[&["No", "意見"], &["1", "会議に出たい"]]),
            named("連携室", &[&["No", "意見"], &["1", "会議に出たい"]]),
        ],
        &HashMap::new(),
    )
    .expect("lists");
    assert_eq!(plan.unread, ["表紙"]);
    let taken = taken(&plan);
    assert_eq!(taken[0].association, Some(AssociationId(1)));

    assert!(taken[0].guesses.contains(&Guess::SourceFromTitle));
    assert!(taken[1].guesses.contains(&Guess::NoSource));
    assert_eq!(plan.rows[1].place, Place { sheet: 1, row: 2 });
}

#[test]
fn a_list_longer_than_an_import_goes_on_in_the_next_one() {
    let rows: Vec<Vec<String>> = std::iter::once(vec!["意見".to_owned()])
        .chain((0..ROWS_MAX + 3).map(|number| vec![format!("{number}番目の困りごと")]))
        .collect();
    let list = Sheet {
        rows,
        ..Sheet::default()
    };
    let first = planned_with(std::slice::from_ref(&list), &HashMap::new()).expect("a list");
    assert_eq!(taken(&first).len(), ROWS_MAX);
    assert_eq!(reasons(&first).len(), 3);
    let there = taken(&first)
        .into_iter()
        .zip(1..)
        .map(|(taken, id)| (taken.same(None), IssueId(id)))
        .collect();
    let second = planned_with(&[list], &there).expect("a list");
    assert_eq!(taken(&second).len(), 3);
}
