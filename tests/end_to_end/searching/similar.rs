//! Similar opinions when something is written down.

use super::{SAID, add, ask, show};
use serde_json::json;
use tests::{database::Database, world::world};

const AGAIN: &str = "夜間に処方元の先生へ電話がつながらない";

#[tokio::test]
async fn whoever_writes_down_what_was_said_before_is_shown_it_and_counts_it_with_one_press() {
    world(Database::Sqlite, async |world| {
        let (first, answer) = add(world, "薬剤師会の会長", json!({"text": SAID, "tier": 2})).await;
        assert!(!answer.text().contains("似た意見"), "{}", answer.text());
        let (second, answer) = add(
            world,
            "薬剤師会の連携担当",
            json!({"text": AGAIN, "tier": 2}),
        )
        .await;
        let text = answer.text();
        assert!(
            text.contains(&format!("#{first} [受付] 夜間に処方元")),
            "{text}"
        );
        assert!(
            text.contains("ほとんど同じ") || text.contains("よく似ている"),
            "{text}"
        );
        let contact = world.person("薬剤師会の連携担当");
        let label = format!("#{first}と同じ意見");
        let said = contact
            .press_label(answer.id, &label)
            .await
            .expect_message();
        world.settled().await;
        assert!(
            said.text().contains("2件の意見になりました"),
            "{}",
            said.text()
        );
        let shown = show(world, "薬剤師会の連携担当", second).await.text();
        assert!(
            shown.contains(&format!("#{first} と同じ意見としてまとめました")),
            "{shown}"
        );
        let list = ask(world, &contact, "issue list", json!({})).await.text();
        assert!(
            list.contains("全1件") && list.contains("2件の意見"),
            "{list}"
        );
        // A second press finds it done.
        let again = contact
            .press_label(answer.id, &label)
            .await
            .expect_message();
        assert!(
            again.text().contains("すでに一つの意見"),
            "{}",
            again.text()
        );
        let undone = contact
            .press_label(said.id, "元に戻す（10分以内）")
            .await
            .expect_message();
        world.settled().await;
        assert!(
            undone.text().contains("元に戻しました"),
            "{}",
            undone.text()
        );
        let list = ask(world, &contact, "issue list", json!({})).await.text();
        assert!(list.contains("全2件"), "{list}");
    })
    .await;
}

#[tokio::test]
async fn what_somebody_else_may_not_read_is_never_similar() {
    world(Database::Sqlite, async |world| {
        add(world, "薬剤師会の会長", json!({"text": SAID, "tier": 2})).await;
        for key in ["医師会の会長", "薬剤師会の会員", "アドバイザー"] {
            let (_, answer) = add(world, key, json!({"text": AGAIN, "tier": 2})).await;
            let text = answer.text();
            assert!(
                !text.contains("似た意見") && !text.contains("同じ意見"),
                "{key}: {text}"
            );
        }
        let (_, answer) = add(world, "コーディネーター", json!({"text": AGAIN, "tier": 2})).await;
        assert!(answer.text().contains("似た意見"), "{}", answer.text());
    })
    .await;
}

#[tokio::test]
async fn ten_minutes_later_or_once_taken_up_it_is_for_the_desk() {
    world(Database::Sqlite, async |world| {
        let (first, _) = add(world, "薬剤師会の会長", json!({"text": SAID, "tier": 2})).await;
        let (_, answer) = add(world, "薬剤師会の会長", json!({"text": AGAIN, "tier": 2})).await;
        world.clock.advance(chrono::Duration::minutes(11));
        let chair = world.person("薬剤師会の会長");
        let label = format!("#{first}と同じ意見");
        let said = chair.press_label(answer.id, &label).await.expect_message();
        assert!(said.text().contains("10分以内"), "{}", said.text());
    })
    .await;
}
