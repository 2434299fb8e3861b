//! Every March the desk is reminded to hand over; when, and whether, is the office's own choice.

use super::{COORDINATOR, command, desk, file};
use crate::{at, wording::read};
use fake_discord::MessageView;
use rstest::rstest;
use serde_json::json;
use tests::{
    database::Database,
    world::{World, world},
};

const UNDO: &str = "元に戻す（10分以内）";

/// What the desk was told of handing over.
pub(super) fn reminders(world: &World) -> Vec<MessageView> {
    let mut cards = world.cards("相談窓口");
    cards.retain(|card| {
        card.embeds
            .iter()
            .filter_map(|embed| embed["title"].as_str())
            .any(|title| title.starts_with("引継ぎの準備"))
    });
    cards
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn every_march_the_desk_is_reminded_to_hand_over_and_to_check_roles(
    #[case] database: Database,
) {
    world(database, async |world| {
        at(world, "2027-03-01 08:59").await;
        assert_eq!(reminders(world).len(), 0);
        at(world, "2027-03-01 09:00").await;
        let told = reminders(world);
        assert_eq!(told.len(), 1, "{}", world.log());
        insta::assert_snapshot!("handover_reminder", read(&told[0]));
        let coordinator = world.person(COORDINATOR);
        let made = coordinator.press_label(told[0].id, "引継ぎ資料を作る");
        file(world, &made.await.expect_message());
        // A year is said once, and the next one again: on 1 March 2028, a Wednesday.
        at(world, "2028-02-29 23:00").await;
        assert_eq!(reminders(world).len(), 1);
        at(world, "2028-03-01 09:00").await;
        assert_eq!(reminders(world).len(), 2);
    })
    .await;
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn an_office_moves_the_reminder_stops_it_and_takes_that_back(#[case] database: Database) {
    world(database, async |world| {
        let options = json!({"what": "handover", "cron": "0 10 B1 2 *"});
        let moved = desk(world, "office schedule", options).await;
        assert!(moved.content.contains("引継ぎの準備"), "{}", moved.content);
        at(world, "2027-02-01 10:00").await;
        assert_eq!(reminders(world).len(), 1, "{}", world.log());
        let options = json!({"what": "handover", "cron": "なし"});
        let stopped = desk(world, "office schedule", options).await;
        let coordinator = world.person(COORDINATOR);
        let back = coordinator.press_label(stopped.id, UNDO).await;
        assert!(back.expect_message().text().contains("元に戻しました"));
        at(world, "2028-02-01 10:00").await;
        assert_eq!(reminders(world).len(), 2, "it comes again");
        let options = json!({"what": "handover", "cron": "なし"});
        desk(world, "office schedule", options).await;
        at(world, "2029-04-02 10:00").await;
        assert_eq!(reminders(world).len(), 2, "nobody wants it any more");
        let options = json!({"what": "handover", "cron": "0 9 B1 3 *"});
        let refused = command(world, "薬剤師会の会長", "office schedule", options).await;
        assert!(refused.content.contains("コーディネーター"));
    })
    .await;
}
