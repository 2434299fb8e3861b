//! A posting that somebody asked for is taken back within ten minutes.

use super::*;

const UNDO: &str = "元に戻す（10分以内）";

async fn press(world: &World, who: &str, message: &MessageView, label: &str) -> MessageView {
    let outcome = world.person(who).press_label(message.id, label).await;
    outcome.expect_message()
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn a_month_posted_too_early_leaves_the_channel_and_is_posted_on_its_day(
    #[case] database: Database,
) {
    world(database, async |world| {
        plan(world).await;
        let options = json!({"month": "2026-11", "post": true});
        let said = command(world, COORDINATOR, "progress month", options.clone()).await;
        world.settled().await;
        assert_eq!(months(world).len(), 1);
        let undone = press(world, COORDINATOR, &said, UNDO).await;
        insta::assert_snapshot!("month_undone", read(&undone));
        world.settled().await;
        assert!(months(world).is_empty(), "{}", world.log());
        // What is corrected meanwhile corrects nothing that stands.
        record(world, 2, day(11, 5), "協議会を開いた", Some(1)).await;
        at(world, "2026-12-01 09:00").await;
        let posted = months(world);
        assert_eq!(posted.len(), 1, "{}", world.log());
        assert!(!posted[0].text().contains("訂正"), "{}", posted[0].text());
        // Posting what stands there only brings it up to date.
        let again = command(world, COORDINATOR, "progress month", options).await;
        assert!(again.buttons().is_empty(), "{}", again.text());
        let audit = command(world, COORDINATOR, "office audit", json!({})).await;
        assert!(
            audit.text().contains("進捗の投稿の取り消し"),
            "{}",
            audit.text()
        );
    })
    .await;
}

#[tokio::test]
async fn a_posting_is_taken_back_once_in_time_and_by_whoever_made_it() {
    world(Database::Sqlite, async |world| {
        plan(world).await;
        let options = json!({"year": "2026", "post": true});
        let said = command(world, COORDINATOR, "progress year", options.clone()).await;
        world.settled().await;
        let report = || posts(world, PROGRESS, "令和8年度の報告").len();
        assert_eq!(report(), 1);
        let undone = press(world, COORDINATOR, &said, UNDO).await;
        assert!(
            undone.text().contains("取り消しました"),
            "{}",
            undone.text()
        );
        world.settled().await;
        assert_eq!(report(), 0);
        let said = command(world, COORDINATOR, "progress year", options).await;
        world.settled().await;
        assert_eq!(report(), 1);
        world.clock.move_to("2026-11-20 10:30");
        let late = press(world, COORDINATOR, &said, UNDO).await;
        assert!(late.text().contains("10分を過ぎた"), "{}", late.text());
        assert_eq!(report(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_held_month_that_was_let_go_too_late_is_held_again() {
    world(Database::Sqlite, async |world| {
        plan(world).await;
        at(world, "2026-11-26 09:00").await;
        let seen = previews(world).remove(0);
        press(world, COORDINATOR, &seen, "保留する").await;
        at(world, "2026-12-02 09:00").await;
        let said = press(world, COORDINATOR, &seen, "保留をやめる").await;
        world.settled().await;
        assert_eq!(months(world).len(), 1);
        let undone = press(world, COORDINATOR, &said, UNDO).await;
        assert!(undone.text().contains("また保留"), "{}", undone.text());
        world.settled().await;
        assert!(months(world).is_empty());
        let desk = previews(world);
        assert_eq!(desk.len(), 1);
        assert!(
            desk[0]
                .buttons()
                .iter()
                .any(|button| button.label == "保留をやめる")
        );
    })
    .await;
}
