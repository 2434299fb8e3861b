//! 基準: a rule of a standard that is switched on for an association comes to it as reminders, month by month,
//! in its own channel, and stops when the desk says so.

use super::{at, wording::read};
use chrono::Duration;
use fake_discord::MessageView;
use rstest::rstest;
use serde_json::{Value, json};
use tests::{
    database::Database,
    world::{World, world, world_without_bot},
};

const COORDINATOR: &str = "コーディネーター";
const MANAGERS: &str = "介護支援専門員連絡協議会";
const TALK: &str = "一次-介護支援専門員";
const UNDO: &str = "元に戻す（10分以内）";

async fn ask(world: &World, who: &str, other: Value) -> MessageView {
    let mut options = json!({"pack": "care-management", "rule": "plan-notification"});
    for (name, value) in other.as_object().expect("options") {
        options[name] = value.clone();
    }
    let place = world.channel("広場");
    let answer = world.person(who).slash(place, "office rule", options).await;
    answer.expect_message()
}

/// The reminders of rules in a channel, oldest first.
fn said(world: &World, channel: &str) -> Vec<MessageView> {
    let mut cards = world.cards(channel);
    cards.retain(|card| card.text().contains("📌"));
    cards.sort_by_key(|card| card.id);
    cards
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn a_deadline_comes_month_by_month_until_it_is_stopped(#[case] database: Database) {
    world(database, async |world| {
        let on = ask(world, COORDINATOR, json!({"associations": MANAGERS})).await;
        insta::assert_snapshot!("rule_on", read(&on));
        let again = read(&ask(world, COORDINATOR, json!({"associations": MANAGERS})).await);
        assert!(again.contains("もうお知らせしています"), "{again}");
        // The day before 30 November is a Sunday: it comes on the Friday.
        at(world, "2026-11-27 08:59").await;
        assert_eq!(said(world, TALK).len(), 0);
        at(world, "2026-11-27 09:00").await;
        let first = said(world, TALK);
        assert_eq!(first.len(), 1, "{}", world.log());
        insta::assert_snapshot!("rule_reminder", read(&first[0]));
        let chair = world.person("介護支援専門員連絡協議会の会長");
        let shown = chair
            .press_label(first[0].id, "基準 第13条第18号の2 を見る")
            .await;
        insta::assert_snapshot!("rule_shown", read(&shown.expect_message()));
        at(world, "2026-12-24 09:00").await;
        at(world, "2026-12-30 09:00").await;
        at(world, "2027-01-22 09:00").await;
        let months: Vec<bool> = said(world, TALK)
            .iter()
            .map(|card| card.text().contains("12月分"))
            .collect();
        assert_eq!(months, [false, false, false, true], "{}", world.log());
        assert!(
            said(world, "相談窓口").is_empty(),
            "it is for the association only"
        );
        let off = json!({"associations": MANAGERS, "stop": true});
        let off = ask(world, COORDINATOR, off).await;
        insta::assert_snapshot!("rule_off", read(&off));
        at(world, "2027-04-30 09:00").await;
        assert_eq!(said(world, TALK).len(), 4);
    })
    .await;
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn a_date_is_announced_before_it_comes(#[case] database: Database) {
    world_without_bot(database, async |world| {
        // 1 August 2018: the notification of plans takes effect two months later.
        world.clock.advance(Duration::days(-3_033));
        world.start_bot().await;
        let on = ask(world, COORDINATOR, json!({"associations": MANAGERS})).await;
        insta::assert_snapshot!("rule_on_before_effect", read(&on));
        at(world, "2018-08-31 09:00").await;
        at(world, "2018-09-21 09:00").await;
        let announced = said(world, TALK);
        assert_eq!(announced.len(), 2, "{}", world.log());
        insta::assert_snapshot!("rule_announced", read(&announced[0]));
        at(world, "2018-11-22 09:00").await;
        let all = said(world, TALK);
        assert_eq!(all.len(), 3);
        assert!(all[2].text().contains("10月分"), "{}", all[2].text());
    })
    .await;
}

#[tokio::test]
async fn what_has_passed_is_told_as_past_and_never_announced() {
    world(Database::Sqlite, async |world| {
        let manager = json!({"rule": "manager", "associations": MANAGERS});
        let shown = read(&ask(world, COORDINATOR, manager).await);
        assert!(
            shown.contains("令和3年3月31日") && shown.contains("終わりました"),
            "{shown}"
        );
        let record = json!({"rule": "meeting-record"});
        insta::assert_snapshot!("rule_keeping", read(&ask(world, COORDINATOR, record).await));
        at(world, "2027-03-31 09:00").await;
        assert_eq!(said(world, TALK).len(), 0);
    })
    .await;
}

#[tokio::test]
async fn switching_is_taken_back_and_is_for_coordinators() {
    world(Database::Sqlite, async |world| {
        for who in [
            "介護支援専門員連絡協議会の会長",
            "アドバイザー",
            "所属のない人",
            "サーバーの管理者",
        ] {
            let refused = read(&ask(world, who, json!({"associations": MANAGERS})).await);
            assert!(!refused.contains("始めました"), "{who}: {refused}");
        }
        for (other, expected) in [
            (json!({"pack": "other"}), "候補から"),
            (json!({"rule": "other"}), "候補から"),
            (json!({"associations": "ない団体"}), "団体"),
            (
                json!({"associations": MANAGERS, "stop": true}),
                "お知らせしていません",
            ),
        ] {
            let refused = read(&ask(world, COORDINATOR, other).await);
            assert!(refused.contains(expected), "{refused}");
        }
        let on = ask(
            world,
            COORDINATOR,
            json!({"associations": format!("{MANAGERS}、薬剤師会")}),
        )
        .await;
        let undone = world.person(COORDINATOR).press_label(on.id, UNDO).await;
        let undone = read(&undone.expect_message());
        assert!(undone.contains("取り消しました"), "{undone}");
        at(world, "2026-12-31 18:00").await;
        assert_eq!(
            said(world, TALK).len() + said(world, "一次-薬剤師会").len(),
            0
        );
    })
    .await;
}
