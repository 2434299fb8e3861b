//! Scopes, changes and what stands on a notice, as tables.

use super::{scope::*, *};

fn tags(list: &str) -> Vec<String> {
    list.split_whitespace().map(str::to_owned).collect()
}

#[test]
fn scopes_are_read_as_seed_003_writes_them_and_as_people_do() {
    for (written, expected) in [
        // The headings of seed 003.
        ("<全サービス共通>", "全サービス共通"),
        ("＜医療機関等＞", "医療機関等"),
        ("<居宅を訪問して行うサービス>", "訪問系"),
        ("<入所施設・居住系サービス>", "入所施設 居住系"),
        (
            "＜有料老人ホーム・サービス付き高齢者向け住宅＞",
            "有料老人ホーム サービス付き高齢者向け住宅",
        ),
        ("<介護保険サービス>", "介護保険サービス"),
        (
            "<入所施設・居住系及び訪問系サービス>",
            "入所施設 居住系 訪問系",
        ),
        ("<通所系・訪問系サービス>", "通所系 訪問系"),
        // As people write them.
        ("訪問系、通所系", "訪問系 通所系"),
        ("訪問系 通所系", "訪問系 通所系"),
        ("訪問系と通所系", "訪問系 通所系"),
        ("訪問・通所系サービス", "訪問系 通所系"),
        ("居宅介護支援事業所", "居宅介護支援"),
        ("ｹｱﾏﾈｼﾞｬｰ", "居宅介護支援"),
        ("特養／老健", "介護老人福祉施設 介護老人保健施設"),
        ("介護老人福祉施設（特養）", "介護老人福祉施設"),
        ("医療機関", "医療機関等"),
        ("全サービス", "全サービス共通"),
        (
            "定期巡回・随時対応型訪問介護看護",
            "定期巡回・随時対応型訪問介護看護",
        ),
        ("訪問系、訪問系サービス、訪問", "訪問系"),
        ("障害福祉サービス", "障害福祉サービス"),
        ("障害福祉サービス、訪問系", "障害福祉サービス 訪問系"),
        ("消防・警察", "消防・警察"),
        ("", ""),
        ("、・", ""),
    ] {
        assert_eq!(read(written), tags(expected), "{written}");
    }
}

#[test]
fn many_and_long_tags_are_cut_off() {
    let many: Vec<String> = (0..50).map(|n| format!("範囲{n}")).collect();
    assert_eq!(read(&many.join("、")).len(), SCOPES_MAX);
    let long = read(&"あ".repeat(300));
    assert_eq!(crate::text::utf16_len(&long[0]), SCOPE_UNITS_MAX);
}

#[test]
fn a_notice_reaches_those_whose_scope_lies_within_or_around_its_own() {
    // 居宅介護支援, 訪問系, 通所系, 入所施設 with 居住系, 医療機関等, nothing, everybody.
    let associations = [
        "居宅介護支援",
        "訪問系",
        "通所系",
        "入所施設・居住系",
        "医療機関等",
        "",
        "全サービス共通",
    ];
    for (notice, reached) in [
        ("全サービス共通", [true, true, true, true, true, true, true]),
        (
            "介護保険サービス",
            [true, true, true, true, false, false, true],
        ),
        (
            "居宅介護支援",
            [true, false, false, false, false, false, true],
        ),
        (
            "介護予防支援",
            [true, false, false, false, false, false, true],
        ),
        ("訪問系", [false, true, false, false, false, false, true]),
        ("訪問看護", [false, true, false, false, false, false, true]),
        (
            "居宅を訪問して行うサービス",
            [false, true, false, false, false, false, true],
        ),
        ("通所系", [false, false, true, false, false, false, true]),
        (
            "通所系・訪問系サービス",
            [false, true, true, false, false, false, true],
        ),
        (
            "入所施設・居住系サービス",
            [false, false, false, true, false, false, true],
        ),
        (
            "有料老人ホーム・サービス付き高齢者向け住宅",
            [false, false, false, true, false, false, true],
        ),
        ("特養", [false, false, false, true, false, false, true]),
        (
            "入所施設・居住系及び訪問系サービス",
            [false, true, false, true, false, false, true],
        ),
        (
            "医療機関等",
            [false, false, false, false, true, false, true],
        ),
        ("薬局", [false, false, false, false, true, false, true]),
        ("障害福祉", [false, false, false, false, false, false, true]),
        ("", [false; 7]),
    ] {
        for (association, expected) in associations.iter().zip(reached) {
            let scopes = vec![(*association).to_owned()];
            assert_eq!(
                reaches(&read(notice), &scopes),
                expected,
                "{notice} to {association}"
            );
        }
    }
}

#[test]
fn a_tag_that_is_not_listed_finds_those_who_write_it_the_same_way() {
    let reached = reaches(&read("障害福祉サービス"), &["障害福祉サービス".to_owned()]);
    assert!(reached);
    let narrow = reaches(&read("訪問系"), &["訪問看護ステーション".to_owned()]);
    assert!(narrow, "what is for all who visit is for nurses who visit");
    let beside = reaches(&read("訪問介護"), &["訪問看護ステーション".to_owned()]);
    assert!(!beside);
}

#[test]
fn every_tag_that_is_offered_is_read_as_itself() {
    for tag in OFFERED {
        assert!(is_known(tag), "{tag}");
        assert_eq!(read(tag), [tag]);
    }
}

#[test]
fn number_and_issuer_are_told_apart() {
    for (written, number, issuer) in [
        (
            "事務連絡 厚生労働省老健局",
            Some("事務連絡"),
            Some("厚生労働省老健局"),
        ),
        (
            "厚生労働省老健局総務課認知症施策推進室ほか連名事務連絡",
            Some("事務連絡"),
            Some("厚生労働省老健局総務課認知症施策推進室ほか連名"),
        ),
        ("3介334号通知", Some("3介334号通知"), None),
        (
            "3介334号通知、長野県介護支援課",
            Some("3介334号通知"),
            Some("長野県介護支援課"),
        ),
        (
            "長野県介護支援課3介334号通知",
            Some("3介334号通知"),
            Some("長野県介護支援課"),
        ),
        (
            "老発0515第1号 厚生労働省老健局長",
            Some("老発0515第1号"),
            Some("厚生労働省老健局長"),
        ),
        ("厚生労働省\n事務連絡", Some("事務連絡"), Some("厚生労働省")),
        ("通知", Some("通知"), None),
        ("厚生労働省", None, Some("厚生労働省")),
        ("", None, None),
        ("（３介３３４号）", Some("３介３３４号"), None),
    ] {
        let issued = read_issued(written);
        assert_eq!(
            (issued.number.as_deref(), issued.issuer.as_deref()),
            (number, issuer),
            "{written}"
        );
    }
}

#[test]
fn only_addresses_of_the_web_are_links() {
    for (written, link) in [
        ("https://www.pref.nagano.lg.jp/kaigoshien/index.html", true),
        (" <https://www.mhlw.go.jp/stf/> ", true),
        ("http://example.jp", true),
        ("ｈｔｔｐｓ：／／example.jp/a", true),
        ("https://www.mhlw.go.jp/ を見る", false),
        ("javascript:alert(1)", false),
        ("ftp://example.jp/", false),
        ("https://", false),
        ("https://localhost/", false),
        ("https://user:pass@example.jp/", false),
        ("本文", false),
        ("", false),
    ] {
        assert_eq!(read_link(written).is_some(), link, "{written}");
    }
    let long = format!("https://example.jp/{}", "a".repeat(LINK_UNITS_MAX));
    assert_eq!(read_link(&long), None);
}

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a day")
}

fn notice(id: i64) -> Notice {
    Notice {
        id: NoticeId(id),
        revision: 1,
        draft: false,
        title: "通所介護等の報酬の特例".to_owned(),
        number: Some("事務連絡".to_owned()),
        issuer: None,
        date: Some(day(2020, 6, 1)),
        topic: None,
        link: None,
        scopes: tags("通所系"),
        changes: Vec::new(),
        origin: Origin::Form,
        added_by: None,
        created_at: DateTime::UNIX_EPOCH,
        changed_at: DateTime::UNIX_EPOCH,
        retracted: false,
    }
}

fn becoming(what: What, from: Option<NaiveDate>, by: Option<i64>) -> Change {
    Change {
        what,
        from,
        by: by.map(NoticeId),
        part: None,
    }
}

#[test]
fn a_change_counts_from_its_day_on() {
    let mut notice = notice(12);
    assert_eq!(notice.state_on(day(2021, 3, 31)), State::Standing);
    notice.changes.push(becoming(What::Partly, None, Some(13)));
    let ending = becoming(What::Abolished, Some(day(2021, 4, 1)), None);
    notice.changes.push(ending);
    for (today, expected, told) in [
        (day(2021, 3, 31), State::Partly, true),
        (day(2021, 4, 1), State::Abolished, false),
        (day(2026, 11, 20), State::Abolished, false),
    ] {
        assert_eq!(notice.state_on(today), expected, "{today}");
        assert_eq!(notice.is_for_digests_on(today), told, "{today}");
    }
    let draft = Notice {
        draft: true,
        ..notice
    };
    assert_eq!(draft.state_on(day(2026, 11, 20)), State::Draft);
    assert!(!draft.is_for_digests_on(day(2021, 3, 31)));
}

#[test]
fn a_notice_ends_once_and_only_by_one_that_stands() {
    let ended = |id, what, by| Notice {
        changes: vec![becoming(what, None, by)],
        ..notice(id)
    };
    let draft = |id| Notice {
        draft: true,
        ..notice(id)
    };
    let whole = |by: i64| becoming(What::Replaced, None, Some(by));
    // 3 was replaced by 4, 4 by 5, a part of 7 by 8; 9 was abolished.
    let successors = Successors::from([
        (NoticeId(3), vec![(What::Replaced, NoticeId(4))]),
        (NoticeId(4), vec![(What::Replaced, NoticeId(5))]),
        (NoticeId(7), vec![(What::Partly, NoticeId(8))]),
    ]);
    let refused = |of: &Notice, by: Option<&Notice>, wanted: Change| {
        change(of, by, wanted, &successors).expect_err("refused")
    };
    let three = ended(3, What::Replaced, Some(4));
    assert_eq!(
        refused(&draft(1), Some(&notice(2)), whole(2)),
        Hindrance::Draft
    );
    assert_eq!(
        refused(&notice(1), Some(&draft(2)), whole(2)),
        Hindrance::SuccessorIsDraft
    );
    assert_eq!(
        refused(&notice(1), Some(&notice(1)), whole(1)),
        Hindrance::Itself
    );
    assert_eq!(
        refused(&three, Some(&notice(6)), whole(6)),
        Hindrance::Over(whole(4))
    );
    assert_eq!(
        refused(&notice(1), Some(&three), whole(3)),
        Hindrance::SuccessorIsOver(Some(NoticeId(5)))
    );
    assert_eq!(
        refused(&notice(1), Some(&ended(9, What::Abolished, None)), whole(9)),
        Hindrance::SuccessorIsOver(None)
    );
    assert_eq!(
        refused(&notice(5), Some(&three), whole(3)),
        Hindrance::Circle(vec![NoticeId(3), NoticeId(4), NoticeId(5)])
    );
    assert_eq!(
        refused(&notice(8), Some(&ended(7, What::Partly, Some(8))), whole(7)),
        Hindrance::Circle(vec![NoticeId(7), NoticeId(8)])
    );
    assert_eq!(
        refused(&notice(1), None, becoming(What::Replaced, None, None)),
        Hindrance::Nothing
    );
    let again = becoming(What::Partly, None, Some(8));
    assert_eq!(
        refused(&ended(7, What::Partly, Some(8)), Some(&notice(8)), again),
        Hindrance::Same
    );
    let full = Notice {
        changes: (0..20)
            .map(|n| becoming(What::Partly, Some(day(2021, 4, n + 1)), None))
            .collect(),
        ..notice(1)
    };
    assert_eq!(
        refused(&full, None, becoming(What::Abolished, None, None)),
        Hindrance::Full
    );
}

#[test]
fn a_notice_may_be_changed_in_part_before_it_ends() {
    let none = Successors::new();
    let partly = change(
        &notice(1),
        Some(&notice(2)),
        becoming(What::Partly, None, Some(2)),
        &none,
    )
    .expect("in part");
    let known = Successors::from([(NoticeId(1), vec![(What::Partly, NoticeId(2))])]);
    let ended = change(
        &partly,
        None,
        becoming(What::Abolished, Some(day(2021, 4, 1)), None),
        &known,
    )
    .expect("and then it ends");
    assert_eq!(ended.changes.len(), 2);
    assert_eq!(ended.ending(), ended.changes.last());
    assert_eq!(partly.ending(), None);
}

#[test]
fn two_notices_are_the_same_by_title_number_and_day() {
    let same = |title, number, date| Same::of(title, number, date);
    let one = same(
        "感染対策の手引き（第2版）",
        Some("事務連絡"),
        Some(day(2021, 3, 9)),
    );
    assert_eq!(
        one,
        same(
            "感染対策の手引き (第２版)",
            Some("事務 連絡"),
            Some(day(2021, 3, 9))
        )
    );
    assert_ne!(
        one,
        same(
            "感染対策の手引き（第2版）",
            Some("事務連絡"),
            Some(day(2020, 10, 1))
        )
    );
    assert_ne!(
        one,
        same(
            "感染対策の手引き（第3版）",
            Some("事務連絡"),
            Some(day(2021, 3, 9))
        )
    );
    assert_ne!(
        one,
        same(
            "感染対策の手引き（第2版）",
            Some("3介334号"),
            Some(day(2021, 3, 9))
        )
    );
}
