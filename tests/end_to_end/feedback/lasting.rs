//! What a draft takes in, and what a month alone tells.

use super::{CHAIR, SAID, add, desk, draft, edit, press, status};
use serde_json::json;
use tests::{database::Database, world::world};

#[tokio::test]
async fn a_draft_says_that_something_came_since_and_takes_it_in() {
    world(Database::Sqlite, async |world| {
        let first = add(world, CHAIR, SAID).await;
        let preview = draft(world).await;
        let edited = edit(
            world,
            &preview,
            "編集",
            json!({"opening": "こんにちは。", "closing": "", "left-out": ""}),
        )
        .await;
        status(world, first, "planning").await;
        let now = desk(world, "feedback send", json!({"number": "1"})).await;
        assert!(now.text().contains("新しい動き"), "{}", now.text());
        assert!(!now.text().contains("検討中"), "{}", now.text());
        let renewed = press(world, &now, "取り込み直す").await;
        assert!(
            renewed.text().contains("受付 → 検討中"),
            "{}",
            renewed.text()
        );
        assert!(
            renewed.text().contains("こんにちは。"),
            "{}",
            renewed.text()
        );
        let late = press(world, &edited, "取り込み直す").await;
        assert!(late.text().contains("変わりました"), "{}", late.text());
        // Drafting again leads to the draft there is.
        let again = draft(world).await;
        assert!(
            again.text().contains("フィードバック 1"),
            "{}",
            again.text()
        );
        world.settled().await;
    })
    .await;
}

#[tokio::test]
async fn one_month_is_told_alone_when_somebody_asks() {
    world(Database::Sqlite, async |world| {
        add(world, CHAIR, SAID).await;
        world.clock.move_to("2026-12-10 10:00");
        add(world, CHAIR, "12月に入って、夜間の連絡が増えた").await;
        let options = json!({"association": "薬剤師会", "month": "2026-11"});
        let november = desk(world, "feedback draft", options).await;
        assert!(november.text().contains(SAID), "{}", november.text());
        assert!(
            !november.text().contains("12月に入って"),
            "{}",
            november.text()
        );
        world.dealt_with().await;
    })
    .await;
}
