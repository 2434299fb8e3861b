//! What lies on the desk when an office is handed over, and what goes on without anybody saying so: drafts
//! of feedback and of notices, bulletins, petitions, what was kept long enough; feeds, rules and funds.

use super::{CHAIR, COORDINATOR, SPEAKER, command, desk, handed_over};
use crate::plan_table::file;
use base64::Engine;
use chrono::NaiveDate;
use fake_discord::MessageView;
use rstest::rstest;
use serde_json::json;
use tests::{
    database::Database,
    world::{World, world},
};

/// The menu of a fund the rules are tested with (seed 004).
const MENU: &str = include_str!("../../../storage/domain/tests/fund/table.txt");
const MANAGERS: &str = "介護支援専門員連絡協議会";
const MEMBER: &str = "薬剤師会の会員";
const DESK: &str = "窓口の手元";
const RUNNING: &str = "続けていること";

async fn press(world: &World, shown: &MessageView, label: &str) -> MessageView {
    let coordinator = world.person(COORDINATOR);
    let pressed = coordinator.press_label(shown.id, label).await;
    pressed.expect_message()
}

/// Watches a feed of three notices, takes one of them and tells the associations of it.
async fn told_of_notices(world: &World) {
    let titles: Vec<String> = (1..=3).map(|at| format!("通知その{at}")).collect();
    world.news.publish("pref.example", &titles).await;
    let watch = json!({"url": "http://pref.example/rss", "scope": "居宅介護支援、訪問系"});
    desk(world, "notice watch", watch).await;
    let drafts = |world: &World| {
        let mut cards = world.cards("相談窓口");
        cards.retain(|card| card.text().contains("新しい通知の下書き"));
        cards
    };
    let come = async |world: &World| drafts(world).len() == 3;
    assert!(world.until(come).await, "{}", world.log());
    let first = drafts(world).into_iter();
    let first = first.min_by_key(|card| card.id).expect("three of them");
    press(world, &first, "取り込む").await;
    for (association, scope) in [(3, "訪問系"), (5, "居宅介護支援")] {
        let sql = format!(
            "insert into association_scope (office_id, association_id, position, scope) \
             values (1, {association}, 0, '{scope}')"
        );
        world.by_hand(&sql).await;
    }
    let again = "update office set revision = revision + 1";
    world.by_hand(again).await;
    let shown = desk(world, "notice digest", json!({})).await;
    press(world, &shown, "配信する").await;
    world.settled().await;
}

/// A project that was paid from a fund.
async fn paid(world: &World) {
    let bytes = file::workbook(MENU, &[]);
    let bytes = base64::engine::general_purpose::STANDARD.encode(bytes);
    let menu = json!({ "file": { "name": "メニュー.xlsx", "bytes_base64": bytes } });
    let shown = desk(world, "fund import", menu).await;
    press(world, &shown, "記録する").await;
    let project = json!({"title": "お薬相談会", "associations": "薬剤師会"});
    desk(world, "project add", project).await;
    let link = json!({"number": "1", "project": "1", "amount": "15万円"});
    desk(world, "fund link", link).await;
}

/// What was kept long enough, as the desk is told of it, and what a person asks.
async fn asked_of_the_desk(world: &World) {
    let help = command(world, MEMBER, "help", json!({"topic": "privacy"})).await;
    let member = world.person(MEMBER);
    let asked = member.press_label(help.id, "氏名の削除を頼む").await;
    asked.expect_message();
    let id = super::office(world).await;
    let now = commands::clock::Clock::now(&*world.clock);
    let day = NaiveDate::from_ymd_opt(2026, 4, 1).expect("a day");
    let told = world
        .store()
        .write(move |tx| Box::pin(storage::retention::propose(tx, id, 2026, (day, 4), now)));
    told.await.expect("it is kept").expect("it is open");
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn what_lies_on_the_desk_and_what_goes_on_is_handed_over_too(#[case] database: Database) {
    world(database, async |world| {
        let said = json!({"text": "退院の連絡が急で薬が間に合わない", "tier": 2});
        command(world, CHAIR, "issue add", said).await;
        let spoken = json!({"text": "家族への説明が人によって違う", "tier": 1, "speaker": SPEAKER});
        desk(world, "issue add", spoken).await;
        world.settled().await;
        desk(world, "feedback draft", json!({"association": "薬剤師会"})).await;
        let rule = json!({
            "pack": "care-management", "rule": "plan-notification", "associations": MANAGERS,
        });
        desk(world, "office rule", rule).await;
        told_of_notices(world).await;
        paid(world).await;
        asked_of_the_desk(world).await;
        let (_, book) = handed_over(world).await;
        insta::assert_snapshot!("handover_desk", book.text(DESK));
        insta::assert_snapshot!("handover_running", book.text(RUNNING));
        let first = book.text("はじめに");
        for urgent in [
            "送っていないフィードバックの下書き",
            "取り込んでいない通知の下書き",
            "ご本人からの依頼",
            "保存期間を過ぎた記録",
        ] {
            assert!(first.contains(urgent), "{urgent}: {first}");
        }
        // Nobody reminds of a bulletin after three weeks, and a feed that fails was told of once.
        assert!(!first.contains("3週間"), "{first}");
        assert!(!first.contains("読めていない購読"), "{first}");
        assert!(!book.everything().contains(SPEAKER), "speakers stay out");
        world
            .by_hand("update feed set fault = 'gone', failures = 9, told = true, next_at = next_at + 9000000000000")
            .await;
        world.clock.move_to("2026-12-18 10:00");
        world.dealt_with().await;
        let (_, book) = handed_over(world).await;
        insta::assert_snapshot!("handover_desk_later", book.text("はじめに"));
        assert!(
            book.text(RUNNING).contains("最後に読めた日"),
            "{}",
            book.text(RUNNING)
        );
    })
    .await;
}
