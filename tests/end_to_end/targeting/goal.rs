//! Goals within the year: changed, reduced, withdrawn, each with its reason; and a coordinator's word.

use super::*;

async fn set(world: &World, other: Value) -> MessageView {
    let mut options = json!({"number": "1"});
    for (name, value) in other.as_object().expect("options") {
        options[name] = value.clone();
    }
    desk(world, "target goal", options).await
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn a_goal_is_reduced_and_withdrawn_with_reason_and_history(#[case] database: Database) {
    world(database, async |world| {
        plan(world).await;
        note(world, "1", json!({"amount": "6回", "date": "11/1"})).await;
        let bare = set(world, json!({"goal": "研修会を年9回開く"})).await;
        assert!(bare.text().contains("変える理由"), "{}", bare.text());
        let reduced = set(
            world,
            json!({"goal": "研修会を年9回開く", "reason": "会場がとれないため"}),
        )
        .await;
        insta::assert_snapshot!("target_goal_reduced", read(&reduced));
        assert_eq!(state(world, "1").await, "順調\u{3000}6/9回");
        let withdrawn = set(
            world,
            json!({"state": "withdrawn", "reason": "別の事業で行うため"}),
        )
        .await;
        assert_eq!(state(world, "1").await, "目標なし\u{3000}6/9回");
        let undone = press(world, &withdrawn, UNDO).await.expect_message();
        assert!(undone.text().contains("元に戻しました"));
        assert_eq!(state(world, "1").await, "順調\u{3000}6/9回");
        let shown = show(world, "1").await;
        let history = press(world, &shown, "目標の経過").await.expect_message();
        insta::assert_snapshot!("target_goal_history", read(&history));
        let same = set(
            world,
            json!({"goal": "研修会を年9回開く", "reason": "確認"}),
        )
        .await;
        assert!(same.text().contains("すでにそのとおり"));
    })
    .await;
}

#[tokio::test]
async fn the_form_of_a_goal_holds_what_stands_and_minds_who_was_quicker() {
    world(Database::Sqlite, async |world| {
        plan(world).await;
        let coordinator = world.person(COORDINATOR);
        let form = coordinator
            .slash(world.channel("広場"), "target goal", json!({"number": "1"}))
            .await
            .expect_modal();
        assert_eq!(form.fields[0].value.as_deref(), Some("研修会を年12回開く"));
        let shown = show(world, "1").await;
        let other = press(world, &shown, "目標を変更する").await.expect_modal();
        let kept = coordinator
            .submit(
                &form,
                json!({"plan": "●研修会の実施（年12回）\n○冊子の作成", "reason": "計画を書き足す"}),
            )
            .await
            .expect_message();
        assert!(kept.text().contains("次のように決めました"));
        let late = coordinator
            .submit(&other, json!({"amount": "20回", "reason": "増やす"}))
            .await
            .expect_message();
        assert!(
            late.text().contains("ほかの方が先に変更しました"),
            "{}",
            late.text()
        );
        let planned = field(&show(world, "1").await, "計画").expect("a plan");
        assert!(planned.contains("○冊子の作成"), "{planned}");
        let next = set(world, json!({"year": "2027", "goal": "各120件"})).await;
        assert!(next.text().contains("令和9年4月1日"), "{}", next.text());
        for (other, expected) in [
            (json!({"amount": "3回と6回", "reason": "変更"}), "1つだけ"),
            (
                json!({"goal": "090-1234-5678へ電話", "reason": "変更"}),
                "個人情報",
            ),
            (json!({"year": "来年", "goal": "年4回"}), "年度は"),
        ] {
            let refused = set(world, other).await.text();
            assert!(refused.contains(expected), "{refused}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_coordinator_says_how_a_goal_in_words_gets_on() {
    world(Database::Sqlite, async |world| {
        plan(world).await;
        assert_eq!(state(world, "3").await, "未着手");
        let shown = show(world, "3").await;
        let word = press(world, &shown, "要確認").await.expect_message();
        assert!(word.text().contains("「要確認」としました"));
        assert_eq!(state(world, "3").await, "要確認");
        note(world, "3", json!({"text": "リーフレットを500部配った"})).await;
        assert_eq!(state(world, "3").await, "要確認", "the word counts");
        let shown = show(world, "3").await;
        let left = press(world, &shown, "記録にまかせる")
            .await
            .expect_message();
        assert_eq!(state(world, "3").await, "順調");
        press(world, &left, UNDO).await.expect_message();
        assert_eq!(state(world, "3").await, "要確認");
        let shown = show(world, "1").await;
        assert!(!shown.buttons().iter().any(|b| b.label == "達成"));
        let coordinator = world.person(COORDINATOR);
        let forged = forge(world, &coordinator, "v1:target-word:1:2026:3", None).await;
        assert!(forged.text().contains("記録から決まります"));
    })
    .await;
}

#[tokio::test]
async fn a_target_is_written_down_once_and_taken_back() {
    world(Database::Sqlite, async |world| {
        let options =
            json!({"area": "医療・看護", "number": "１－１", "item": ITEM, "goal": "年4回"});
        let added = desk(world, "target add", options.clone()).await;
        insta::assert_snapshot!("target_added", read(&added));
        let twice = said(world, "target add", options.clone()).await;
        assert!(twice.contains("すでにあります"), "{twice}");
        press(world, &added, UNDO).await.expect_message();
        let gone = said(world, "target show", json!({"number": "1"})).await;
        assert!(gone.contains("ご覧になれません"), "{gone}");
        let again = said(world, "target add", options).await;
        assert!(again.contains("#2 医療・看護 1-①"), "{again}");
        for (other, expected) in [
            (json!({"number": "いち"}), "「1-①」「2-3」"),
            (
                json!({"number": "1-2", "item": "090-1234-5678"}),
                "個人情報",
            ),
            (
                json!({"number": "1-2", "area": "あ".repeat(70)}),
                "長すぎます",
            ),
        ] {
            let mut options = json!({"area": "医療・看護", "number": "1-2", "item": ITEM});
            for (name, value) in other.as_object().expect("options") {
                options[name] = value.clone();
            }
            let refused = said(world, "target add", options).await;
            assert!(refused.contains(expected), "{refused}");
        }
    })
    .await;
}
