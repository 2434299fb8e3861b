//! Whoever has a task is reminded a week and a day before it is due, and the desk every week once it is
//! late; whatever ends the work ends the reminders.

use super::{ask, card, desk, press};
use crate::wording::read;
use fake_discord::MessageView;
use rstest::rstest;
use serde_json::json;
use tests::{
    database::Database,
    world::{World, world},
};

const CHAIR: &str = "薬剤師会の会長";

/// One task, the announcement, of the pharmacists; due on Thursday the 14th of January.
async fn announced(world: &World) {
    super::add(world, json!({})).await;
    let options = json!({"number": "1", "role": "周知", "who": "薬剤師会"});
    desk(world, "project task", options).await;
}

fn reminders(world: &World, channel: &str) -> Vec<MessageView> {
    let mut said = world.cards(channel);
    said.retain(|card| card.text().contains("お知らせ　"));
    said
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn a_task_is_reminded_of_before_it_and_while_it_is_late(#[case] database: Database) {
    world(database, async |world| {
        announced(world).await;
        assert_eq!(
            world.dealt_with().await,
            3,
            "a week before, a day before, a week late"
        );
        world.clock.move_to("2027-01-07 08:59");
        assert_eq!(world.dealt_with().await, 3);
        world.clock.move_to("2027-01-07 09:00");
        assert_eq!(world.dealt_with().await, 2);
        let said = reminders(world, "一次-薬剤師会");
        assert_eq!(said.len(), 1, "{}", world.log());
        insta::assert_snapshot!("project_reminder", read(&said[0]));
        assert!(reminders(world, "相談窓口").is_empty());
        world.restart().await;
        world.clock.move_to("2027-01-13 09:00");
        assert_eq!(world.dealt_with().await, 1);
        assert_eq!(reminders(world, "一次-薬剤師会").len(), 2);
        for (moment, count) in [
            ("2027-01-21 09:00", 1),
            ("2027-01-28 09:00", 2),
            ("2027-02-04 09:00", 3),
        ] {
            world.clock.move_to(moment);
            assert_eq!(
                world.dealt_with().await,
                1,
                "{moment}: the next week's waits"
            );
            assert_eq!(reminders(world, "相談窓口").len(), count, "{moment}");
        }
        assert_eq!(reminders(world, "一次-薬剤師会").len(), 2, "the desk only");
        let late = reminders(world, "相談窓口");
        insta::assert_snapshot!("project_reminder_late", read(&late[0]));
        let done = press(world, "コーディネーター", &late[0], "支援事業 1 周知 済み").await;
        assert!(done.text().contains("済みにしました"), "{}", done.text());
        assert_eq!(world.dealt_with().await, 0, "done is done");
        world.clock.move_to("2027-03-01 09:00");
        world.dealt_with().await;
        assert_eq!(reminders(world, "相談窓口").len(), 3);
    })
    .await;
}

#[tokio::test]
async fn a_reminder_leads_to_its_project_and_a_second_press_says_so() {
    world(Database::Sqlite, async |world| {
        announced(world).await;
        world.clock.move_to("2027-01-07 09:00");
        world.dealt_with().await;
        let said = reminders(world, "一次-薬剤師会").remove(0);
        let shown = press(world, CHAIR, &said, "支援事業 1 を見る").await;
        assert!(shown.text().contains("周知：薬剤師会"), "{}", shown.text());
        let label = "支援事業 1 周知 済み";
        let done = press(world, CHAIR, &said, label).await;
        assert!(done.text().contains("済みにしました"), "{}", done.text());
        let again = press(world, "薬剤師会の連携担当", &said, label).await;
        assert!(
            again.text().contains("もう済みになっています"),
            "{}",
            again.text()
        );
        assert_eq!(world.dealt_with().await, 0);
        // Taken back, what is still ahead is planned again.
        press(world, CHAIR, &done, super::UNDO).await;
        assert_eq!(world.dealt_with().await, 2);
    })
    .await;
}

#[tokio::test]
async fn a_date_that_moves_takes_its_reminders_along() {
    world(Database::Sqlite, async |world| {
        announced(world).await;
        let moved = json!({"number": "1", "role": "周知", "due": "令和9年2月1日"});
        desk(world, "project task", moved).await;
        world.clock.move_to("2027-01-14 09:00");
        assert_eq!(world.dealt_with().await, 3);
        assert!(reminders(world, "一次-薬剤師会").is_empty());
        world.clock.move_to("2027-01-25 09:00");
        assert_eq!(world.dealt_with().await, 2);
        assert_eq!(reminders(world, "一次-薬剤師会").len(), 1);
        // Given to somebody else, the other is reminded.
        let given = json!({"number": "1", "role": "周知", "who": "リハビリテーション療法士会"});
        desk(world, "project task", given).await;
        world.clock.move_to("2027-01-29 09:00");
        assert_eq!(world.dealt_with().await, 1);
        assert_eq!(reminders(world, "一次-リハビリ").len(), 1);
        assert_eq!(reminders(world, "一次-薬剤師会").len(), 1);
    })
    .await;
}

#[tokio::test]
async fn what_is_dropped_or_finished_is_not_reminded_of() {
    for (path, options, left) in [
        (
            "project drop",
            json!({"number": "1", "reason": "会場がとれないため"}),
            0,
        ),
        // The review that is proposed then is spoken of again in a week.
        ("project done", json!({"number": "1"}), 1),
        (
            "project task",
            json!({"number": "1", "role": "周知", "due": "なし"}),
            0,
        ),
    ] {
        world(Database::Sqlite, async |world| {
            announced(world).await;
            assert_eq!(world.dealt_with().await, 3);
            let ended = desk(world, path, options.clone()).await;
            assert_eq!(world.dealt_with().await, left, "{path}: {}", ended.text());
            press(world, "コーディネーター", &ended, super::UNDO).await;
            assert_eq!(world.dealt_with().await, 3, "{path}: taken back");
        })
        .await;
    }
}

#[tokio::test]
async fn what_fell_due_while_the_bot_was_down_is_said_once_if_there_is_still_a_point() {
    world(Database::Sqlite, async |world| {
        announced(world).await;
        world.settled().await;
        world.stop_bot().await;
        world.clock.move_to("2027-01-22 10:00");
        world.start_bot().await;
        assert_eq!(world.dealt_with().await, 1, "the next week's");
        assert!(
            reminders(world, "一次-薬剤師会").is_empty(),
            "before it is over"
        );
        let desk = reminders(world, "相談窓口");
        let late: Vec<&MessageView> = desk
            .iter()
            .filter(|said| said.text().contains("過ぎています"))
            .collect();
        assert_eq!(late.len(), 1, "{}", world.log());
        assert!(late[0].text().contains("遅延"), "{}", late[0].text());
    })
    .await;
}

#[tokio::test]
async fn an_office_that_changes_its_days_plans_anew() {
    world(Database::Sqlite, async |world| {
        announced(world).await;
        world.dealt_with().await;
        let setting = json!({"key": "reminded_at", "value": "10:00"});
        let changed = desk(world, "office setting", setting).await.text();
        world.clock.move_to("2027-01-07 09:30");
        assert_eq!(world.dealt_with().await, 3, "{changed}");
        world.clock.move_to("2027-01-07 10:00");
        assert_eq!(world.dealt_with().await, 2);
        let shown = ask(world, CHAIR, "project show", json!({"number": "1"})).await;
        assert!(shown.text().contains("1月14日"), "{}", shown.text());
        card(world, "一次-薬剤師会").await;
    })
    .await;
}

#[tokio::test]
async fn a_channel_that_is_removed_does_not_stop_the_next_reminder_of_a_task() {
    world(Database::Sqlite, async |world| {
        announced(world).await;
        world.fake.delete_channel(world.channel("一次-薬剤師会"));
        world.clock.move_to("2027-01-07 09:00");
        let told = world
            .until(async |world| {
                let desk = world.cards("相談窓口");
                desk.iter().any(|card| card.text().contains("停止 1"))
            })
            .await;
        assert!(told, "{}", world.log());
        // The one a day before waits with it, and the desk asks by itself once the task is late.
        world.clock.move_to("2027-01-13 09:00");
        world.clock.move_to("2027-01-21 09:00");
        let asked = world
            .until(async |world| reminders(world, "相談窓口").len() == 1)
            .await;
        assert!(asked, "{}", world.log());
        let done = press(
            world,
            "コーディネーター",
            &reminders(world, "相談窓口")[0],
            "支援事業 1 周知 済み",
        )
        .await;
        assert!(done.text().contains("済みにしました"), "{}", done.text());
    })
    .await;
}
