//! Who may do what with a review, and what is refused.

use super::{ask, choices, desk, measure, plan, press, reminders};
use serde_json::json;
use tests::{database::Database, world::world};

#[tokio::test]
async fn who_may_not_know_of_it_is_answered_as_if_there_were_none() {
    world(Database::Sqlite, async |world| {
        let number = measure(world).await;
        plan(world, number, "2026-12-04", None).await;
        let known = |text: &str| !text.contains("ご覧になれません");
        for (who, knows) in [
            ("薬剤師会の会長", true),
            ("薬剤師会の連携担当", true),
            ("薬剤師会の会員", false),
            ("病院連携室の会長", false),
            ("アドバイザー", false),
            ("オブザーバー", false),
        ] {
            let done = ask(world, who, "review done", json!({"number": "1"}))
                .await
                .text();
            let none = ask(world, who, "review done", json!({"number": "9"}))
                .await
                .text();
            assert_eq!(known(&done), knows, "{who}: {done}");
            assert!(!known(&none), "{who}: {none}");
            assert_eq!(done == none, !knows, "{who}");
            let listed = ask(world, who, "review list", json!({})).await.text();
            assert_eq!(
                listed.contains(&format!("#{number}")),
                knows,
                "{who}: {listed}"
            );
            let found = choices(&world.person(who), world, "review move", "number", "").await;
            assert_eq!(found.len(), usize::from(knows), "{who}");
        }
    })
    .await;
}

#[tokio::test]
async fn only_the_desk_plans_and_only_those_concerned_deal_with_it() {
    world(Database::Sqlite, async |world| {
        let number = measure(world).await;
        let of = json!({"of": format!("issue:{number}"), "date": "2026-12-04"});
        for who in [
            "薬剤師会の会長",
            "薬剤師会の会員",
            "アドバイザー",
            "オブザーバー",
            "所属のない人",
        ] {
            let said = ask(world, who, "review plan", of.clone()).await.text();
            assert!(said.contains("連携コーディネーター"), "{who}: {said}");
            let found = choices(&world.person(who), world, "review plan", "of", "").await;
            assert!(found.is_empty(), "{who}: {found:?}");
        }
        // What is said openly is everybody's to read, and its association's to look back on.
        let open = json!({"text": "休日の受け方が決まっていない", "tier": 3, "origin": "open"});
        let open = crate::number_in(&desk(world, "issue add", open).await);
        plan(world, open, "2026-12-04", None).await;
        for path in ["review done", "review move"] {
            let mut options = json!({"number": "1"});
            if path == "review move" {
                options["date"] = json!("2026-12-11");
            }
            let said = ask(world, "オブザーバー", path, options).await.text();
            assert!(said.contains("関係する団体"), "{path}: {said}");
        }
        world.settled().await;
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_is_refused_with_what_to_do() {
    world(Database::Sqlite, async |world| {
        let number = measure(world).await;
        let of = format!("issue:{number}");
        for (options, expected) in [
            (json!({"of": of, "date": "2026-11-19"}), "もう過ぎています"),
            (json!({"of": of, "date": "2036-11-19"}), "先すぎます"),
            (json!({"of": of, "date": "いつか"}), "書いてください"),
            (
                json!({"of": "issue:999", "date": "2026-12-04"}),
                "ご覧になれません",
            ),
            (
                json!({"of": "session:1", "date": "2026-12-04"}),
                "ご覧になれません",
            ),
            (
                json!({"of": "project:1", "date": "2026-12-04"}),
                "ご覧になれません",
            ),
            (json!({"of": "weather:1", "date": "2026-12-04"}), "issue:12"),
            (
                json!({"of": of, "date": "2026-12-04", "start": "25時"}),
                "時刻",
            ),
            (
                json!({"of": of, "date": "2026-12-04", "note": "連絡先は 090-1234-5678"}),
                "個人情報",
            ),
        ] {
            let said = desk(world, "review plan", options.clone()).await.text();
            assert!(said.contains(expected), "{options}: {said}");
        }
        let listed = desk(world, "review list", json!({})).await.text();
        assert!(listed.contains("まだありません"), "{listed}");
        plan(world, number, "2026-12-04", None).await;
        let twice = plan(world, number, "2026-12-11", None).await.text();
        assert!(twice.contains("/review move（反省会 変更）で 1"), "{twice}");
        for (path, options, expected) in [
            (
                "review move",
                json!({"number": "1", "date": "2026-12-04"}),
                "もう",
            ),
            (
                "review move",
                json!({"number": "1", "date": "2026-11-01"}),
                "もう過ぎています",
            ),
            (
                "review move",
                json!({"number": "三", "date": "2026-12-11"}),
                "「3」",
            ),
            (
                "review done",
                json!({"number": "1", "outcome": "集まった"}),
                "next",
            ),
            (
                "review done",
                json!({"number": "1", "outcome": "集まった", "next": "later"}),
                "年度",
            ),
            (
                "review done",
                json!({"number": "1", "outcome": "集まった", "next": "done", "year": "令和9年度"}),
                "年度",
            ),
            (
                "review done",
                json!({"number": "1", "outcome": "連絡先は 090-1234-5678", "next": "done"}),
                "個人情報",
            ),
        ] {
            let said = desk(world, path, options.clone()).await.text();
            assert!(said.contains(expected), "{options}: {said}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_forged_button_is_nobodys() {
    world(Database::Sqlite, async |world| {
        let number = measure(world).await;
        plan(world, number, "2026-12-04", None).await;
        world.clock.move_to("2026-12-03 09:00");
        world.dealt_with().await;
        let post = reminders(world, super::CHANNEL).remove(0);
        for who in ["薬剤師会の会員", "病院連携室の会長"] {
            // They do not see the channel, so their client could not even show the button.
            let outcome = press(world, who, post.id, "反省会 1：実施した").await;
            assert!(outcome.message().is_none(), "{who}: {outcome:?}");
        }
        let shown = ask(world, "薬剤師会の会長", "review list", json!({})).await;
        assert!(shown.text().contains("予定"), "{}", shown.text());
    })
    .await;
}
