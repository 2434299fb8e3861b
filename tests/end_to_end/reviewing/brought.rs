//! What a review brought to light is tied to what was looked back on, and both say so to whoever may know.

use super::{UNDO, ask, desk, measure, plan};
use crate::number_in;
use fake_discord::MessageView;
use rstest::rstest;
use serde_json::{Value, json};
use tests::{
    database::Database,
    world::{World, world},
};

const CHAIR: &str = "薬剤師会の会長";
const NEW: &str = "夜間の受け方が薬局ごとに違う";
const BROUGHT: &str = "反省会で見えてきた課題";

/// The outcome of review 1 leads to a new issue, written down by an officer; its number.
async fn brought(world: &World) -> (i64, MessageView) {
    let chair = world.person(CHAIR);
    let asked = ask(world, CHAIR, "review done", json!({"number": "1"})).await;
    let form = chair
        .press_label(asked.id, "新しい課題へ")
        .await
        .expect_modal();
    let done = json!({"done": "勉強会を二回ひらいた"});
    let kept = chair.submit(&form, done).await.expect_message();
    let form = chair
        .press_label(kept.id, "見えてきた課題を記録")
        .await
        .expect_modal();
    let fields = json!({ "text": NEW });
    let added = chair.submit(&form, fields).await.expect_message();
    (number_in(&added), added)
}

async fn field(world: &World, who: &str, path: &str, number: &str, name: &str) -> String {
    let shown = ask(world, who, path, json!({ "number": number })).await;
    crate::field(&shown, name).unwrap_or_default()
}

async fn planned(world: &World, path: &str, options: Value, of: &str) {
    desk(world, path, options).await;
    let review = json!({"of": of, "date": "2026-12-04"});
    let said = desk(world, "review plan", review).await.text();
    assert!(said.contains("反省会 1"), "{said}");
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn what_looking_back_on_a_gathering_brought_to_light_stands_beside_it(
    #[case] database: Database,
) {
    world(database, async |world| {
        let gathering = json!({
            "title": "在宅医療の勉強会", "tier": 1, "kind": "meeting", "date": "2026-12-01",
            "associations": "薬剤師会",
        });
        planned(world, "session plan", gathering, "session:1").await;
        let (number, added) = brought(world).await;
        let issue = number.to_string();
        for who in ["コーディネーター", CHAIR] {
            let of = field(world, who, "session show", "1", BROUGHT).await;
            assert!(
                of.contains(&format!("#{number}")) && of.contains(NEW),
                "{who}: {of}"
            );
            let by = field(world, who, "issue show", &issue, "きっかけの反省会").await;
            assert_eq!(by, "反省会 1（連携の場 1）", "{who}");
            let listed = ask(world, who, "review list", json!({})).await;
            let select = listed.selects().remove(0);
            let id = select["custom_id"].as_str().expect("its id");
            let opened = world.person(who).select(listed.id, id, &["1"]).await;
            let opened = opened.expect_message();
            let of = crate::field(&opened, BROUGHT).unwrap_or_default();
            assert!(of.contains(NEW), "{who}: {}", opened.text());
        }
        // Taken back, it stands nowhere.
        let chair = world.person(CHAIR);
        chair.press_label(added.id, UNDO).await.expect_message();
        let of = field(world, CHAIR, "session show", "1", BROUGHT).await;
        assert_eq!(of, "");
    })
    .await;
}

#[tokio::test]
async fn what_a_project_brought_to_light_is_told_only_to_whoever_reads_it() {
    world(Database::Sqlite, async |world| {
        let event = json!({
            "title": "合同研修会", "associations": "薬剤師会、リハビリテーション療法士会",
        });
        planned(world, "project add", event, "project:1").await;
        let (number, _) = brought(world).await;
        let own = field(world, CHAIR, "project show", "1", BROUGHT).await;
        assert!(own.contains(&format!("#{number}")), "{own}");
        let others = "リハビリテーション療法士会の会長";
        let theirs = field(world, others, "project show", "1", BROUGHT).await;
        assert_eq!(theirs, "", "the pharmacists' own matter");
        let hidden = ask(
            world,
            others,
            "issue show",
            json!({"number": number.to_string()}),
        )
        .await;
        assert!(hidden.text().contains("ないか、ご覧になれません"));
    })
    .await;
}

#[tokio::test]
async fn whoever_reads_the_issue_but_not_the_gathering_learns_nothing_of_the_review() {
    world(Database::Sqlite, async |world| {
        let gathering = json!({
            "title": "在宅医療の勉強会", "tier": 1, "kind": "meeting", "date": "2026-12-01",
            "associations": "薬剤師会",
        });
        planned(world, "session plan", gathering, "session:1").await;
        let (number, _) = brought(world).await;
        let tier = json!({
            "number": number.to_string(), "tier": 3, "reason": "地域のみんなで話したい",
        });
        desk(world, "issue tier", tier).await;
        let share = json!({
            "number": number.to_string(), "audience": "tier3", "wording": "夜間の受け方を話し合いたい",
        });
        desk(world, "issue share", share).await;
        world.settled().await;
        let observer = ask(
            world,
            "オブザーバー",
            "issue show",
            json!({"number": number.to_string()}),
        )
        .await;
        assert!(observer.text().contains("夜間の受け方を"), "{}", observer.text());
        assert!(!observer.text().contains("反省会 1"), "{}", observer.text());
    })
    .await;
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn an_officer_finds_the_oldest_review_behind_a_thousand_of_others(
    #[case] database: Database,
) {
    world(database, async |world| {
        let number = measure(world).await;
        plan(world, number, "2026-12-04", None).await;
        let others = json!({"text": "病棟の退院準備がまちまちだ", "tier": 1});
        let other = number_in(&ask(world, "病院連携室の会長", "issue add", others).await);
        world
            .by_hand(&format!(
                "with recursive counted (number) as (select 2 union all \
                 select number + 1 from counted where number < 1500) \
                 insert into review (office_id, id, revision, of_kind, of_id, state, dated, \
                 held_on, done, next, planned_by, created_at, changed_at, retracted) \
                 select office_id, counted.number, 1, 'issue', {other}, 'held', 1, '2026-11-01', \
                 'x', 'done', planned_by, created_at, changed_at, false \
                 from review, counted where review.id = 1"
            ))
            .await;
        let own = ask(world, CHAIR, "review list", json!({})).await.text();
        assert!(own.contains("全1件") && own.contains("12月4日"), "{own}");
        let all = desk(world, "review list", json!({})).await.text();
        assert!(all.contains("全1500件"), "{all}");
        let theirs = ask(world, "病院連携室の会長", "review list", json!({})).await;
        assert!(theirs.text().contains("全1499件"), "{}", theirs.text());
        let nothing = ask(world, "医師会の会長", "review list", json!({})).await;
        assert!(
            nothing.text().contains("まだありません"),
            "{}",
            nothing.text()
        );
    })
    .await;
}
