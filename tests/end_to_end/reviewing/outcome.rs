//! What came of a review: it closes or reopens the issue, and can be taken back.

use super::{UNDO, ask, desk, measure, plan, press, reminders, status};
use crate::{number_in, wording::read};
use fake_discord::MessageView;
use rstest::rstest;
use serde_json::{Value, json};
use tests::{
    database::Database,
    world::{World, world},
};

/// How far an issue has come, as the desk reads it.
async fn shown(world: &World, number: i64) -> String {
    let shown = desk(world, "issue show", json!({"number": number.to_string()})).await;
    crate::field(&shown, "状況").unwrap_or_default()
}

/// The outcome of review 1, told step by step by an officer.
async fn told(world: &World, next: &str, fields: Value) -> MessageView {
    let chair = world.person("薬剤師会の会長");
    let asked = ask(
        world,
        "薬剤師会の会長",
        "review done",
        json!({"number": "1"}),
    )
    .await;
    let form = chair.press_label(asked.id, next).await.expect_modal();
    chair.submit(&form, fields).await.expect_message()
}

fn well() -> Value {
    json!({"done": "勉強会を二回ひらいた", "worked": "参加は増えた。夜間が残った"})
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn a_review_that_was_held_closes_the_issue_and_can_be_taken_back(#[case] database: Database) {
    world(database, async |world| {
        let number = measure(world).await;
        plan(world, number, "2026-12-04", None).await;
        world.clock.move_to("2026-12-04 20:00");
        world.dealt_with().await;
        let post = reminders(world, super::CHANNEL).remove(0);
        let chair = world.person("薬剤師会の会長");
        let asked = chair
            .press_label(post.id, "反省会 1：実施した")
            .await
            .expect_message();
        insta::assert_snapshot!("review_held_ask", read(&asked));
        let form = chair.press_label(asked.id, "完了").await.expect_modal();
        let kept = chair.submit(&form, well()).await.expect_message();
        insta::assert_snapshot!("review_held", read(&kept));
        assert_eq!(shown(world, number).await, "完了");
        let again = chair
            .press_label(post.id, "反省会 1：実施した")
            .await
            .expect_message();
        assert!(again.text().contains("実施済み"), "{}", again.text());
        let doubled = chair.submit(&form, well()).await.expect_message();
        assert!(doubled.text().contains("実施済み"), "{}", doubled.text());
        let undone = chair.press_label(kept.id, UNDO).await.expect_message();
        assert!(
            undone.text().contains("元に戻しました"),
            "{}",
            undone.text()
        );
        assert_eq!(shown(world, number).await, "実施中");
        // What is overdue comes as if nothing had been written down.
        world.clock.move_to("2026-12-11 09:00");
        world.dealt_with().await;
        assert_eq!(reminders(world, "相談窓口").len(), 1, "{}", world.log());
    })
    .await;
}

#[tokio::test]
async fn a_measure_that_goes_on_is_looked_back_on_again() {
    world(Database::Sqlite, async |world| {
        let number = measure(world).await;
        status(world, number, "review").await;
        plan(world, number, "2026-12-04", None).await;
        world.settled().await;
        let kept = told(world, "継続", well()).await;
        insta::assert_snapshot!("review_continued", read(&kept));
        assert_eq!(shown(world, number).await, "実施中");
        world.dealt_with().await;
        let listed = desk(world, "review list", json!({})).await;
        assert!(listed.text().contains("提案"), "{}", listed.text());
        let undone = press(world, "薬剤師会の会長", kept.id, UNDO)
            .await
            .expect_message();
        assert!(
            undone.text().contains("元に戻しました"),
            "{}",
            undone.text()
        );
        assert_eq!(shown(world, number).await, "反省会待ち");
        let listed = desk(world, "review list", json!({})).await;
        assert!(listed.text().contains("全1件"), "{}", listed.text());
        assert!(listed.text().contains("予定"), "{}", listed.text());
    })
    .await;
}

#[tokio::test]
async fn a_measure_is_put_off_to_a_later_year() {
    world(Database::Sqlite, async |world| {
        let number = measure(world).await;
        plan(world, number, "2026-12-04", None).await;
        let mut fields = well();
        fields["year"] = json!("令和8年度");
        let refused = told(world, "次年度以降", fields.clone()).await;
        assert!(refused.text().contains("令和9年度"), "{}", refused.text());
        fields["year"] = json!("令和9年度");
        let kept = told(world, "次年度以降", fields).await;
        assert!(kept.text().contains("次年度以降"), "{}", kept.text());
        let status = shown(world, number).await;
        assert!(status.contains("令和9年度"), "{status}");
    })
    .await;
}

#[tokio::test]
async fn what_came_to_light_becomes_an_issue_linked_with_the_old_one() {
    world(Database::Sqlite, async |world| {
        let number = measure(world).await;
        plan(world, number, "2026-12-04", None).await;
        let kept = told(world, "新しい課題へ", well()).await;
        assert_eq!(shown(world, number).await, "完了");
        let chair = world.person("薬剤師会の会長");
        let form = chair
            .press_label(kept.id, "見えてきた課題を記録")
            .await
            .expect_modal();
        let fields = json!({"text": "夜間の受け方が薬局ごとに違う"});
        let added = number_in(&chair.submit(&form, fields).await.expect_message());
        let old = desk(world, "issue show", json!({"number": number.to_string()})).await;
        assert!(old.text().contains(&format!("#{added}")), "{}", old.text());
    })
    .await;
}

#[tokio::test]
async fn a_measure_is_not_done_without_a_review_or_a_reason_by_whatever_way() {
    world(Database::Sqlite, async |world| {
        let number = measure(world).await;
        for (status, year) in [
            ("planning", None),
            ("later", Some("令和9年度")),
            ("sorted", None),
            ("review", None),
        ] {
            let mut way = json!({"number": number.to_string(), "status": status});
            if let Some(year) = year {
                way["year"] = json!(year);
            }
            desk(world, "issue status", way).await;
            let done = json!({"number": number.to_string(), "status": "done"});
            let said = desk(world, "issue status", done).await.text();
            assert!(said.contains("反省会"), "{status}: {said}");
        }
        let reason = json!({"number": number.to_string(), "status": "done", "note": "解消した"});
        desk(world, "issue status", reason).await;
        // The review that was proposed on the way has nothing to look back on any more.
        let listed = desk(world, "review list", json!({"state": "proposed"})).await;
        assert!(
            listed.text().contains("この状態の反省会はありません"),
            "{}",
            listed.text()
        );
        world.dealt_with().await;
    })
    .await;
}

#[tokio::test]
async fn what_was_finished_by_mistake_gets_its_review_back() {
    world(Database::Sqlite, async |world| {
        let number = measure(world).await;
        plan(world, number, "2026-12-04", None).await;
        let done = json!({"number": number.to_string(), "status": "done", "note": "解消した"});
        let answer = desk(world, "issue status", done).await;
        let gone = desk(world, "review list", json!({"state": "planned"})).await;
        assert!(
            gone.text().contains("この状態の反省会はありません"),
            "{}",
            gone.text()
        );
        let undone = press(world, "コーディネーター", answer.id, UNDO).await;
        undone.expect_message();
        world.clock.move_to("2026-12-03 09:00");
        world.dealt_with().await;
        assert_eq!(reminders(world, super::CHANNEL).len(), 1, "{}", world.log());
    })
    .await;
}

#[tokio::test]
async fn a_gathering_that_was_held_is_looked_back_on_and_moves_what_it_talked_about() {
    world(Database::Sqlite, async |world| {
        let number = measure(world).await;
        let planned = json!({
            "title": "在宅医療の勉強会", "tier": 1, "kind": "meeting", "date": "2026-11-18",
            "associations": "薬剤師会", "issues": number.to_string(),
        });
        let held = desk(world, "session plan", planned).await;
        assert!(held.text().contains("反省会 1"), "{}", held.text());
        world.dealt_with().await;
        let post = reminders(world, "相談窓口").remove(0);
        press(world, "コーディネーター", post.id, "反省会 1：この日で予定")
            .await
            .expect_message();
        world.clock.move_to("2026-12-04 20:00");
        world.dealt_with().await;
        told(world, "完了", well()).await;
        assert_eq!(shown(world, number).await, "完了");
    })
    .await;
}

#[tokio::test]
async fn a_project_that_is_finished_is_looked_back_on() {
    world(Database::Sqlite, async |world| {
        let number = measure(world).await;
        let planned = json!({"title": "在宅医療の合同研修会", "associations": "薬剤師会"});
        desk(world, "project add", planned).await;
        let finished = desk(world, "project done", json!({"number": "1"})).await;
        assert!(
            finished.text().contains("反省会 1（支援事業 1）"),
            "{}",
            finished.text()
        );
        let answer = press(
            world,
            "コーディネーター",
            finished.id,
            "反省会 1：この日で予定",
        )
        .await;
        assert!(answer.expect_message().text().contains("予定しました"));
        let kept = told(world, "完了", well()).await;
        assert!(kept.text().contains("記録しました"), "{}", kept.text());
        assert_eq!(
            shown(world, number).await,
            "実施中",
            "it is no issue of the project"
        );
        let twice = json!({"of": "project:1", "date": "2026-12-04"});
        let again = desk(world, "review plan", twice).await;
        assert!(again.text().contains("反省会 2"), "{}", again.text());
        world.dealt_with().await;
    })
    .await;
}
