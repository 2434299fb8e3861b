//! When a review is spoken of: before its day, on it and after it, on days the office works, once each.

use super::{CHANNEL, counted, desk, is_reminder, measure, plan, reminders};
use crate::{number_in, wording::read};
use rstest::rstest;
use serde_json::json;
use tests::{database::Database, world::world};

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn a_review_on_saturday_after_a_free_friday_is_spoken_of_on_thursday_and_on_the_day(
    #[case] database: Database,
) {
    world(database, async |world| {
        let free = json!({"key": "holidays", "value": "2026-12-04 市制記念日"});
        let set = desk(world, "office setting", free).await.text();
        assert!(set.contains("これからのお知らせの日時"), "{set}");
        let number = measure(world).await;
        let planned = plan(world, number, "2026-12-05", Some("18:30")).await;
        insta::assert_snapshot!("review_planned", read(&planned));
        let said = counted(
            world,
            &[
                "2026-12-02 23:00",
                "2026-12-03 08:59",
                "2026-12-03 09:00",
                "2026-12-04 12:00",
                "2026-12-05 08:59",
                "2026-12-05 09:00",
                "2026-12-05 20:00",
            ],
        )
        .await;
        let expected = [(0, 0), (0, 0), (1, 0), (1, 0), (1, 0), (2, 0), (2, 0)];
        assert_eq!(said, expected, "{}", world.log());
        let posts = reminders(world, CHANNEL);
        insta::assert_snapshot!("review_reminder_before", read(&posts[0]));
        insta::assert_snapshot!("review_reminder_today", read(&posts[1]));
        for post in &posts {
            assert!(!post.text().contains("薬局によって"), "numbers, no wording");
        }
    })
    .await;
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn a_review_on_saturday_after_a_national_holiday_is_spoken_of_on_the_thursday_before(
    #[case] database: Database,
) {
    world(database, async |world| {
        // Friday, 11 February 2028 is 建国記念の日; nobody has set anything. Two weeks before that
        // Saturday is a Saturday again, so that the first word comes on the Friday before it.
        let number = measure(world).await;
        plan(world, number, "2028-02-12", Some("18:30")).await;
        let times = [
            ("2028-01-28 08:59", (0, 0)),
            ("2028-01-28 09:00", (1, 0)),
            ("2028-01-29 09:00", (1, 0)),
            ("2028-02-10 08:59", (1, 0)),
            ("2028-02-10 09:00", (2, 0)),
            ("2028-02-11 12:00", (2, 0)),
            ("2028-02-12 08:59", (2, 0)),
            ("2028-02-12 09:00", (3, 0)),
            ("2028-02-12 20:00", (3, 0)),
        ];
        let said = counted(world, &times.map(|(time, _)| time)).await;
        assert_eq!(said, times.map(|(_, count)| count), "{}", world.log());
        for post in reminders(world, CHANNEL) {
            assert!(
                post.text().contains("令和10年2月12日(土)"),
                "{}",
                post.text()
            );
        }
    })
    .await;
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn a_review_that_is_not_held_is_asked_for_again_after_seven_days(#[case] database: Database) {
    world(database, async |world| {
        let number = measure(world).await;
        plan(world, number, "2026-12-04", None).await;
        let said = counted(
            world,
            &[
                "2026-12-04 09:00",
                "2026-12-10 23:00",
                "2026-12-11 09:00",
                "2026-12-18 09:00",
                "2026-12-25 09:00",
                // The seventh day is New Year's Day; the office opens on the fourth.
                "2027-01-01 09:00",
                "2027-01-04 08:59",
                "2027-01-04 09:00",
            ],
        )
        .await;
        // The day before and the day itself were due when somebody looked: one message.
        let expected = [
            (1, 0),
            (1, 0),
            (1, 1),
            (1, 2),
            (1, 3),
            (1, 3),
            (1, 3),
            (1, 4),
        ];
        assert_eq!(said, expected, "{}", world.log());
        let post = reminders(world, "相談窓口").remove(0);
        insta::assert_snapshot!("review_reminder_overdue", read(&post));
        world.restart().await;
        assert_eq!(counted(world, &["2027-01-07 09:00"]).await, [(1, 4)]);
    })
    .await;
}

#[tokio::test]
async fn reviews_due_together_in_one_channel_are_one_message() {
    world(Database::Sqlite, async |world| {
        let (first, second) = (measure(world).await, measure(world).await);
        plan(world, first, "2026-12-04", None).await;
        plan(world, second, "2026-12-04", Some("18:30")).await;
        assert_eq!(counted(world, &["2026-12-03 09:00"]).await, [(1, 0)]);
        let post = reminders(world, CHANNEL).remove(0);
        insta::assert_snapshot!("review_reminder_two", read(&post));
    })
    .await;
}

#[tokio::test]
async fn after_two_weeks_away_the_overdue_are_said_and_what_passed_is_named() {
    world(Database::Sqlite, async |world| {
        let number = measure(world).await;
        plan(world, number, "2026-12-04", None).await;
        world.settled().await;
        world.stop_bot().await;
        world.clock.move_to("2026-12-14 11:00");
        world.start_bot().await;
        world.dealt_with().await;
        let (there, here) = (reminders(world, CHANNEL), reminders(world, "相談窓口"));
        assert_eq!((there.len(), here.len()), (0, 1), "{}", world.log());
        let words = read(&here[0]);
        assert!(words.contains("遅延"), "{words}");
        insta::assert_snapshot!("review_after_downtime", words);
    })
    .await;
}

#[tokio::test]
async fn other_leads_move_what_is_planned() {
    world(Database::Sqlite, async |world| {
        let number = measure(world).await;
        plan(world, number, "2026-12-04", None).await;
        for (key, value) in [
            ("review_before", "3日前"),
            ("review_overdue", "なし"),
            ("reminded_at", "午前8時半"),
        ] {
            let set = desk(world, "office setting", json!({"key": key, "value": value})).await;
            assert!(set.text().contains("新しい設定"), "{}", set.text());
        }
        let said = counted(
            world,
            &[
                "2026-12-01 08:29",
                "2026-12-01 08:30",
                "2026-12-04 12:00",
                "2027-02-01 12:00",
            ],
        )
        .await;
        assert_eq!(said, [(0, 0), (1, 0), (1, 0), (1, 0)]);
        let shown = desk(world, "office setting", json!({"key": "review_before"})).await;
        assert!(shown.text().contains("いま 3日前 です"), "{}", shown.text());
        for (key, value, expected) in [
            ("review_before", "二週間前", "14日前、1日前、当日"),
            ("review_overdue", "毎日", "7日ごと"),
            ("closed_days", "年末年始", "12/29-1/3"),
            ("holidays", "6/1 記念日", "年のある日付"),
            ("reminded_at", "午前3時", "7:00"),
            ("reminded_at", "朝", "14:00"),
        ] {
            let said = desk(world, "office setting", json!({"key": key, "value": value})).await;
            assert!(said.text().contains(expected), "{key}: {}", said.text());
        }
    })
    .await;
}

#[tokio::test]
async fn a_removed_channel_does_not_stop_what_is_due() {
    world(Database::Sqlite, async |world| {
        let told = json!({"text": "休日の受け方が決まっていない", "tier": 3, "origin": "open"});
        let number = number_in(&desk(world, "issue add", told).await);
        plan(world, number, "2026-12-04", None).await;
        counted(world, &["2026-12-03 09:00"]).await;
        let region = world.cards("三次連携");
        assert!(region.iter().any(is_reminder), "{}", world.log());
        let first = region
            .iter()
            .find(|card| is_reminder(card))
            .expect("a post")
            .id;
        world.fake.delete_message(first);
        counted(world, &["2026-12-04 09:00"]).await;
        let region = world.cards("三次連携");
        assert_eq!(region.iter().filter(|card| is_reminder(card)).count(), 1);
    })
    .await;
}
