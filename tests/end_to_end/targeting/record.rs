//! Entries of progress: by option, by form, from a session; corrected, withdrawn and taken back.

use super::*;

/// The details of a record, through the list of its target and the select below it.
async fn opened(world: &World, target: &str, record: &str) -> MessageView {
    let shown = show(world, target).await;
    let list = press(world, &shown, "進捗をすべて見る")
        .await
        .expect_message();
    let selects = list.selects();
    let custom_id = selects[0]["custom_id"].as_str().expect("a select");
    world
        .person(COORDINATOR)
        .select(list.id, custom_id, &[record])
        .await
        .expect_message()
}

#[tokio::test]
async fn without_words_and_figure_a_form_asks_and_loses_nothing_that_was_typed() {
    world(Database::Sqlite, async |world| {
        plan(world).await;
        let coordinator = world.person(COORDINATOR);
        let asked = coordinator
            .slash(
                world.channel("広場"),
                "target record",
                json!({"number": "1"}),
            )
            .await
            .expect_modal();
        let labels: Vec<&str> = asked.fields.iter().map(|f| f.label.as_str()).collect();
        assert_eq!(labels, ["したこと", "数", "いつ", "印"]);
        let refused = coordinator
            .submit(
                &asked,
                json!({"text": "研修会を開いた", "amount": "たくさん"}),
            )
            .await
            .expect_message();
        assert!(refused.text().contains("数は「3」"), "{}", refused.text());
        let again = press(world, &refused, "書き直す").await.expect_modal();
        assert_eq!(again.fields[0].value.as_deref(), Some("研修会を開いた"));
        let kept = coordinator
            .submit(
                &again,
                json!({"amount": "２回", "date": "11/10", "mark": "●"}),
            )
            .await
            .expect_message();
        assert!(kept.text().contains("2/12回"), "{}", kept.text());
        let shown = read(&show(world, "1").await);
        assert!(
            shown.contains("令和8年11月10日(火)　●研修会を開いた（2回）"),
            "{shown}"
        );
    })
    .await;
}

#[tokio::test]
async fn personal_data_is_masked_and_may_only_be_overridden_where_it_is_doubtful() {
    world(Database::Sqlite, async |world| {
        plan(world).await;
        let number = note(
            world,
            "1",
            json!({"text": "山田さんの家へ行った。電話は090-1234-5678"}),
        )
        .await;
        insta::assert_snapshot!("target_personal_data", read(&number));
        assert!(!number.text().contains("1234"), "{}", number.text());
        let masked = press(world, &number, "書き直す").await.expect_modal();
        let text = masked.fields[0].value.clone().expect("the masked words");
        assert!(!text.contains("1234"), "{text}");
        assert!(
            !masked.fields.iter().any(|f| f.custom_id == "why"),
            "a number is never overridden"
        );
        let doubtful = note(
            world,
            "1",
            json!({"text": "鈴木さん（82歳）の事例を扱った"}),
        )
        .await;
        assert!(
            doubtful.text().contains("理由を添えて"),
            "{}",
            doubtful.text()
        );
        let again = press(world, &doubtful, "書き直す").await.expect_modal();
        assert!(again.fields.iter().any(|f| f.custom_id == "why"));
        let coordinator = world.person(COORDINATOR);
        let kept = coordinator
            .submit(
                &again,
                json!({"text": "鈴木さん（82歳）の事例を扱った", "why": "講師の紹介です"}),
            )
            .await
            .expect_message();
        assert!(kept.text().contains("記録しました"), "{}", kept.text());
        let case = note(
            world,
            "1",
            json!({"text": "利用者の薬が大量に余っているので見てほしい"}),
        )
        .await;
        assert!(!case.text().contains("記録しました（"), "{}", case.text());
    })
    .await;
}

#[tokio::test]
async fn what_a_session_brought_is_recorded_with_the_session_as_its_source() {
    world(Database::Sqlite, async |world| {
        plan(world).await;
        hold(world, json!({})).await;
        let shown = desk(world, "session show", json!({"number": "1"})).await;
        let asked = press(world, &shown, "進捗として記録する")
            .await
            .expect_message();
        let id = asked.selects()[0]["custom_id"]
            .as_str()
            .expect("an id")
            .to_owned();
        let form = world
            .person(COORDINATOR)
            .select(asked.id, &id, &["1"])
            .await
            .expect_modal();
        assert_eq!(form.fields[0].value.as_deref(), Some("1"));
        assert_eq!(
            form.fields[1].value.as_deref(),
            Some("第1回 在宅医療協議会")
        );
        let coordinator = world.person(COORDINATOR);
        let refused = coordinator
            .submit(&form, json!({"number": "99"}))
            .await
            .expect_message();
        assert!(refused.text().contains("ご覧になれません"));
        let again = press(world, &refused, "書き直す").await.expect_modal();
        let kept = coordinator
            .submit(
                &again,
                json!({"number": "1、生活支援 1-①", "amount": "1回"}),
            )
            .await
            .expect_message();
        assert!(kept.text().contains("#1 ") && kept.text().contains("#3 "));
        let record = opened(world, "1", "1").await;
        insta::assert_snapshot!("target_record_of_session", read(&record));
        for key in ["薬剤師会の会長", "アドバイザー"] {
            let person = world.person(key);
            let other = ask(world, key, "session show", json!({"number": "1"})).await;
            assert!(
                !other
                    .buttons()
                    .iter()
                    .any(|b| b.label == "進捗として記録する"),
                "{key}"
            );
            let forged = forge(world, &person, "v1:target-of-session:1", None).await;
            assert!(forged.text().contains("連携コーディネーター"), "{key}");
        }
        hold(world, json!({"date": "令和9年2月10日"})).await;
        let ahead = forge(world, &coordinator, "v1:target-of-session:2", None).await;
        assert!(
            ahead.text().contains("まだ実施されていません"),
            "{}",
            ahead.text()
        );
    })
    .await;
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn a_record_is_corrected_withdrawn_and_brought_back_with_its_history(
    #[case] database: Database,
) {
    world(database, async |world| {
        plan(world).await;
        note(
            world,
            "1",
            json!({"text": "研修会を開いた", "amount": "3回"}),
        )
        .await;
        let record = opened(world, "1", "1").await;
        let form = press(world, &record, "修正する").await.expect_modal();
        let coordinator = world.person(COORDINATOR);
        let corrected = coordinator
            .submit(&form, json!({"amount": "4回", "number": "1、2"}))
            .await
            .expect_message();
        assert!(corrected.text().contains("修正しました"));
        assert_eq!(state(world, "1").await, "要確認\u{3000}4/12回");
        assert!(state(world, "2").await.contains("4/1回"));
        // Somebody had the form open meanwhile.
        let stale = coordinator
            .submit(&form, json!({"amount": "9回"}))
            .await
            .expect_message();
        assert!(
            stale.text().contains("すでに使われています")
                || stale.text().contains("先に変更しました"),
            "{}",
            stale.text()
        );
        let record = opened(world, "1", "1").await;
        let gone = press(world, &record, "取り下げる").await.expect_message();
        assert!(gone.text().contains("もう数えません"));
        assert_eq!(state(world, "1").await, "要確認\u{3000}0/12回");
        let twice = press(world, &record, "取り下げる").await.expect_message();
        assert!(twice.text().contains("取り下げてあります"));
        let back = press(world, &gone, UNDO).await.expect_message();
        assert!(back.text().contains("元に戻しました"));
        assert!(state(world, "1").await.contains("4/12回"));
        let record = opened(world, "1", "1").await;
        insta::assert_snapshot!("target_record_history", read(&record));
    })
    .await;
}

#[tokio::test]
async fn a_record_is_taken_back_within_ten_minutes_and_only_while_nobody_changed_it() {
    world(Database::Sqlite, async |world| {
        plan(world).await;
        let first = note(world, "1", json!({"amount": "3回"})).await;
        let undone = press(world, &first, UNDO).await.expect_message();
        assert!(undone.text().contains("取り消しました"));
        assert!(state(world, "1").await.contains("0/12回"));
        let second = note(world, "1", json!({"amount": "3回"})).await;
        let record = opened(world, "1", "2").await;
        let form = press(world, &record, "修正する").await.expect_modal();
        let coordinator = world.person(COORDINATOR);
        coordinator
            .submit(&form, json!({"amount": "4回"}))
            .await
            .expect_message();
        let refused = press(world, &second, UNDO).await.expect_message();
        assert!(refused.text().contains("その後に変更された"));
        let third = note(world, "1", json!({"amount": "3回"})).await;
        world.clock.move_to("2026-11-20 20:00");
        let late = press(world, &third, UNDO).await.expect_message();
        assert!(late.text().contains("10分が過ぎた"), "{}", late.text());
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_meant_is_refused_with_what_to_do() {
    world(Database::Sqlite, async |world| {
        plan(world).await;
        for (number, other, expected) in [
            ("99", json!({"amount": "1"}), "ご覧になれません"),
            ("1-①", json!({"amount": "1"}), "いくつかの領域にあります"),
            ("、", json!({"amount": "1"}), "候補から選ぶか"),
            ("1", json!({"amount": "-3"}), "数は「3」"),
            ("1", json!({"text": "  "}), "「したこと」か「数」"),
            ("1", json!({"amount": "1", "date": "明日"}), "これからの日"),
            (
                "1",
                json!({"amount": "1", "date": "1890-01-01"}),
                "古すぎます",
            ),
            ("1", json!({"amount": "1", "date": "13/45"}), "日"),
            ("1", json!({"amount": "1", "mark": "済み"}), "1つだけ"),
        ] {
            let refused = note(world, number, other.clone()).await.text();
            assert!(refused.contains(expected), "{number} {other}: {refused}");
        }
        let list = said(world, "target show", json!({"number": "1"})).await;
        assert!(list.contains("まだ記録はありません"), "{list}");
    })
    .await;
}
