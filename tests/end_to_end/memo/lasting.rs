//! What may happen to a post, a channel or the bot: the next reminder comes all the same.

use super::{CHAIR, COORDINATOR, DESK, TALK, at, command, posts, repeated};
use crate::relocating;
use rstest::rstest;
use serde_json::json;
use tests::{
    database::Database,
    world::{SetUp, world, world_with},
};

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn three_missed_mondays_are_one_late_reminder(#[case] database: Database) {
    world(database, async |world| {
        repeated(world, CHAIR, "毎週月曜 9時", json!({})).await;
        at(world, "2026-11-23 09:00").await;
        world.stop_bot().await;
        world.clock.move_to("2026-12-15 11:00");
        world.start_bot().await;
        world.dealt_with().await;
        let said = posts(world, TALK);
        assert_eq!(said.len(), 2, "{}", world.log());
        let late = said[1].text();
        assert!(late.contains("遅延: 令和8年11月30日(月) 09:00"), "{late}");
        assert!(late.contains("次は 令和8年12月21日(月) 9:00"), "{late}");
        at(world, "2026-12-21 09:00").await;
        assert_eq!(posts(world, TALK).len(), 3);
    })
    .await;
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn a_restart_neither_loses_nor_doubles_a_memo(#[case] database: Database) {
    world(database, async |world| {
        repeated(world, CHAIR, "毎週月曜 9時", json!({})).await;
        world.restart().await;
        at(world, "2026-11-23 09:00").await;
        world.restart().await;
        world.dealt_with().await;
        assert_eq!(posts(world, TALK).len(), 1);
        at(world, "2026-11-30 09:00").await;
        assert_eq!(posts(world, TALK).len(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_post_that_is_deleted_does_not_stop_the_next() {
    world(Database::Sqlite, async |world| {
        repeated(world, CHAIR, "毎週月曜 9時", json!({})).await;
        at(world, "2026-11-23 09:00").await;
        let first = posts(world, TALK).remove(0);
        world.fake.delete_message(first.id);
        at(world, "2026-11-30 09:00").await;
        let said = posts(world, TALK);
        assert_eq!(said.len(), 1);
        assert!(said[0].text().contains("11月30日"), "{}", said[0].text());
    })
    .await;
}

#[tokio::test]
async fn a_post_whose_thread_is_archived_does_not_stop_the_next() {
    world(Database::Sqlite, async |world| {
        let forum = "一次-歯科医師会";
        repeated(world, "歯科医師会の会長", "毎週月曜 9時", json!({})).await;
        at(world, "2026-11-23 09:00").await;
        let first = posts(world, forum).remove(0);
        world.fake.set_thread(first.channel, true, false);
        at(world, "2026-11-30 09:00").await;
        let open = posts(world, forum);
        assert!(
            open.iter().any(|post| post.text().contains("11月30日")),
            "{}",
            world.log()
        );
    })
    .await;
}

#[tokio::test]
async fn a_channel_that_is_removed_is_told_to_the_desk_and_does_not_stop_the_next() {
    world(Database::Sqlite, async |world| {
        repeated(world, CHAIR, "毎週月曜 9時", json!({})).await;
        world.fake.delete_channel(world.channel(TALK));
        world.clock.move_to("2026-11-23 09:00");
        let told = world
            .until(async |world| {
                let desk = world.cards(DESK);
                desk.iter().any(|card| card.text().contains("停止 1"))
            })
            .await;
        assert!(told, "{}", world.log());
        let listed = command(world, COORDINATOR, "reminder list", json!({})).await;
        assert!(
            listed.text().contains("令和8年11月30日(月) 9:00"),
            "{}",
            listed.text()
        );
    })
    .await;
}

#[tokio::test]
async fn nine_in_the_morning_stays_nine_where_the_office_moves() {
    world(Database::Sqlite, async |world| {
        repeated(world, CHAIR, "毎週月曜 9時", json!({})).await;
        let options = json!({"key": "time_zone", "value": "Europe/Berlin"});
        command(world, COORDINATOR, "office setting", options).await;
        // Nine in Berlin is five in the afternoon in Japan, and four in summer.
        for (before, after, count) in [
            ("2026-11-23 16:59", "2026-11-23 17:00", 1),
            ("2026-11-30 16:59", "2026-11-30 17:00", 2),
        ] {
            at(world, before).await;
            assert_eq!(posts(world, TALK).len(), count - 1, "{before}");
            at(world, after).await;
            assert_eq!(posts(world, TALK).len(), count, "{after}");
        }
        at(world, "2027-03-29 15:59").await;
        let before = posts(world, TALK).len();
        at(world, "2027-03-29 16:00").await;
        assert_eq!(posts(world, TALK).len(), before + 1);
    })
    .await;
}

#[tokio::test]
async fn a_calendar_that_changes_moves_what_waits() {
    world(Database::Sqlite, async |world| {
        repeated(world, CHAIR, "毎週火曜 9時（休みなら翌営業日）", json!({})).await;
        let options = json!({"key": "holidays", "value": "2026-11-24 市制記念日"});
        let set = command(world, COORDINATOR, "office setting", options).await;
        assert!(set.text().contains("市制記念日"), "{}", set.text());
        at(world, "2026-11-24 09:00").await;
        assert!(posts(world, TALK).is_empty());
        at(world, "2026-11-25 09:00").await;
        assert_eq!(posts(world, TALK).len(), 1);
    })
    .await;
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn a_circle_that_ends_takes_its_memos_along_and_the_desk_is_told(#[case] database: Database) {
    world_with(database, SetUp::Nothing, async |world| {
        relocating::set_up(world).await;
        let circle = world.channel("二次-入退院").to_string();
        repeated(
            world,
            COORDINATOR,
            "毎週月曜 9時",
            json!({"channel": circle}),
        )
        .await;
        relocating::circle(world, None).await;
        world.dealt_with().await;
        let desk = world.cards(DESK);
        let told = desk
            .iter()
            .find(|card| card.text().contains("送り先"))
            .unwrap_or_else(|| panic!("the desk is told\n{}", world.log()));
        insta::assert_snapshot!("memo_dropped", crate::wording::read(told));
        let listed = command(world, COORDINATOR, "reminder list", json!({})).await;
        assert!(listed.text().contains("ありません"), "{}", listed.text());
        at(world, "2026-11-23 09:00").await;
        assert!(world.cards("二次-入退院").is_empty());
    })
    .await;
}
