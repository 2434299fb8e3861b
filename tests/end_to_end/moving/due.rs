//! Reminders of a 連携の場: on the right business days, where its people read, and none of a date it no longer
//! has; then the desk is asked what became of it.

use super::{ask, cancelled, desk, forged, moved, plan};
use crate::wording::read;
use fake_discord::MessageView;
use rstest::rstest;
use serde_json::json;
use tests::{
    database::Database,
    world::{World, world},
};

fn reminders(world: &World, channel: &str) -> Vec<MessageView> {
    let mut cards = world.cards(channel);
    cards.retain(|card| card.text().contains("お知らせ　"));
    cards
}

async fn at(world: &World, written: &str) -> i64 {
    world.clock.move_to(written);
    world.dealt_with().await
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn people_are_reminded_a_week_and_a_day_before_and_then_the_desk_asks(
    #[case] database: Database,
) {
    world(database, async |world| {
        let own = json!({"text": "薬歴の書き方が人によってまちまちだ", "tier": 1});
        ask(world, "薬剤師会の会長", "issue add", own).await;
        // A Monday, so that the day before is a Friday.
        plan(world, json!({"date": "令和8年12月7日", "issues": "1"})).await;
        assert_eq!(world.dealt_with().await, 3);
        world.restart().await;
        assert_eq!(at(world, "2026-11-30 08:59").await, 3);
        assert!(reminders(world, "一次-薬剤師会").is_empty());
        assert_eq!(at(world, "2026-11-30 09:00").await, 2);
        let said = reminders(world, "一次-薬剤師会");
        assert_eq!(said.len(), 1);
        insta::assert_snapshot!("session_reminder", read(&said[0]));
        world.fake.delete_message(said[0].id);
        assert_eq!(at(world, "2026-12-04 09:00").await, 1);
        assert_eq!(
            reminders(world, "一次-薬剤師会").len(),
            1,
            "a deleted one stops nothing"
        );
        assert!(reminders(world, "相談窓口").is_empty());
        assert_eq!(at(world, "2026-12-08 09:00").await, 0);
        let asked = reminders(world, "相談窓口");
        assert_eq!(asked.len(), 1);
        insta::assert_snapshot!("session_account_asked", read(&asked[0]));
        // Each button leads where it says.
        let coordinator = world.person("コーディネーター");
        for (label, title) in [
            ("1：実施した（記録する）", "連携の場 1 の記録"),
            ("1：日程を変える", "連携の場 1 の日程を変える"),
            ("1：中止にする", "連携の場 1 を中止にする"),
        ] {
            let form = coordinator
                .press_label(asked[0].id, label)
                .await
                .expect_modal();
            assert_eq!(form.title, title);
        }
        let form = coordinator
            .press_label(asked[0].id, "1：日程を変える")
            .await
            .expect_modal();
        let fields = json!({"date": "12/15", "start": "", "reason": "雪のため"});
        let preview = coordinator.submit(&form, fields).await.expect_message();
        let said = coordinator
            .press_label(preview.id, "この日程に変える")
            .await;
        assert!(said.text().contains("12月15日"), "{}", said.text());
        // The button of the old post is no longer true.
        let form = coordinator
            .press_label(asked[0].id, "1：実施した（記録する）")
            .await;
        assert!(form.text().contains("まだ先の日"), "{}", form.text());
        world.settled().await;
    })
    .await;
}

#[tokio::test]
async fn what_moves_or_is_cancelled_takes_its_reminders_along() {
    world(Database::Sqlite, async |world| {
        plan(world, json!({"date": "令和8年12月7日"})).await;
        moved(world, json!({"number": "1", "date": "12/14"})).await;
        assert_eq!(world.dealt_with().await, 3);
        at(world, "2026-11-30 09:00").await;
        at(world, "2026-12-04 09:00").await;
        assert!(
            reminders(world, "一次-薬剤師会").is_empty(),
            "of the old date"
        );
        at(world, "2026-12-07 09:00").await;
        let said = reminders(world, "一次-薬剤師会");
        assert_eq!(said.len(), 1);
        assert!(said[0].text().contains("12月14日"), "{}", said[0].text());
        cancelled(world, "大雪のため").await;
        assert_eq!(world.dealt_with().await, 0);
        at(world, "2026-12-31 09:00").await;
        assert_eq!(reminders(world, "一次-薬剤師会").len(), 1);
        assert!(reminders(world, "相談窓口").is_empty(), "nobody asks");
    })
    .await;
}

#[tokio::test]
async fn a_setting_moves_what_waits_and_an_office_may_want_none() {
    world(Database::Sqlite, async |world| {
        plan(world, json!({"date": "令和8年12月7日"})).await;
        let three = json!({"key": "session_before", "value": "3日前"});
        desk(world, "office setting", three).await;
        assert_eq!(world.dealt_with().await, 2);
        at(world, "2026-12-04 09:00").await;
        assert_eq!(
            reminders(world, "一次-薬剤師会").len(),
            1,
            "the Friday before"
        );
        plan(world, json!({"date": "令和8年12月21日"})).await;
        desk(
            world,
            "office setting",
            json!({"key": "session_before", "value": "なし"}),
        )
        .await;
        assert_eq!(world.dealt_with().await, 2, "what the desk is asked stays");
        at(world, "2026-12-21 09:00").await;
        assert_eq!(reminders(world, "一次-薬剤師会").len(), 1);
    })
    .await;
}

#[tokio::test]
async fn after_a_long_absence_nobody_is_reminded_of_what_has_passed() {
    world(Database::Sqlite, async |world| {
        plan(world, json!({"date": "令和8年12月7日"})).await;
        world.stop_bot().await;
        world.clock.move_to("2026-12-09 10:00");
        world.start_bot().await;
        assert_eq!(world.dealt_with().await, 0);
        assert!(reminders(world, "一次-薬剤師会").is_empty());
        let said: Vec<String> = reminders(world, "相談窓口")
            .iter()
            .map(MessageView::text)
            .collect();
        assert!(
            said.iter().any(|text| text.contains("実施しましたか")),
            "{said:?}"
        );
    })
    .await;
}

#[tokio::test]
async fn only_coordinators_answer_for_a_session() {
    world(Database::Sqlite, async |world| {
        plan(world, json!({"date": "令和8年11月24日"})).await;
        at(world, "2026-11-25 09:00").await;
        for key in [
            "薬剤師会の会長",
            "アドバイザー",
            "オブザーバー",
            "所属のない人",
        ] {
            let person = world.person(key);
            for custom_id in [
                "v1:session-account-ask:1",
                "v1:session-move-ask:1",
                "v1:session-cancel-ask:1",
            ] {
                let said = forged(world, &person, custom_id).await;
                assert!(!said.contains("連携の場 1"), "{key}: {custom_id}: {said}");
            }
        }
    })
    .await;
}
