//! 関連: two issues that belong together, told to whoever reads both and to nobody else.

use super::{field, number_in};
use chrono::Duration;
use fake_discord::{MessageView, Person};
use serde_json::{Value, json};
use tests::{
    database::Database,
    world::{World, world},
};

const UNDO: &str = "元に戻す（10分以内）";
const FIELD: &str = "関連する課題";

async fn command(world: &World, who: &Person, path: &str, options: Value) -> MessageView {
    let answer = who.slash(world.channel("広場"), path, options).await;
    answer.expect_message()
}

async fn say(world: &World, who: &str, words: &str) -> i64 {
    let options = json!({"text": words, "tier": 1});
    let answer = command(world, &world.person(who), "issue add", options).await;
    world.settled().await;
    number_in(&answer)
}

async fn link(world: &World, who: &str, number: i64, other: i64) -> MessageView {
    let options = json!({"number": number.to_string(), "other": format!("#{other}")});
    command(world, &world.person(who), "issue link", options).await
}

/// What the details of an issue say of its links.
async fn links(world: &World, who: &str, number: i64) -> Option<String> {
    let options = json!({"number": number.to_string()});
    let shown = command(world, &world.person(who), "issue show", options).await;
    field(&shown, FIELD)
}

#[tokio::test]
async fn a_link_is_seen_from_both_ends_by_whoever_reads_both() {
    world(Database::Sqlite, async |world| {
        let one = say(world, "薬剤師会の会長", "夜の当番が決まらない").await;
        let other = say(world, "薬剤師会の会長", "当番の手当の決め方がまちまちだ").await;
        let made = link(world, "コーディネーター", one, other).await;
        assert!(made.text().contains("関連づけました"), "{}", made.text());
        for (who, at, expected) in [
            ("コーディネーター", one, other),
            ("コーディネーター", other, one),
            ("薬剤師会の会長", one, other),
        ] {
            let seen = links(world, who, at).await.expect("a linked issue");
            assert!(seen.contains(&format!("#{expected} ")), "{who}: {seen}");
        }
        let again = link(world, "コーディネーター", other, one).await;
        assert!(
            again.text().contains("すでに関連づけて"),
            "{}",
            again.text()
        );
        let coordinator = world.person("コーディネーター");
        let removed = coordinator
            .press_label(again.id, "関連を外す")
            .await
            .expect_message();
        assert!(removed.text().contains("外しました"), "{}", removed.text());
        assert_eq!(links(world, "薬剤師会の会長", one).await, None);
        coordinator
            .press_label(removed.id, UNDO)
            .await
            .expect_message();
        assert!(links(world, "薬剤師会の会長", one).await.is_some());
        coordinator
            .press_label(made.id, UNDO)
            .await
            .expect_message();
        assert_eq!(links(world, "薬剤師会の会長", one).await, None);
    })
    .await;
}

#[tokio::test]
async fn whoever_reads_only_one_end_learns_of_no_other() {
    world(Database::Postgres, async |world| {
        let own = say(world, "薬剤師会の会長", "夜の当番が決まらない").await;
        let foreign = say(world, "歯科医師会の会長", "秘密の会費の話").await;
        link(world, "コーディネーター", own, foreign).await;
        let chair = world.person("薬剤師会の会長");
        for path in ["issue show", "issue list"] {
            let options = if path == "issue show" {
                json!({"number": own.to_string()})
            } else {
                json!({})
            };
            let text = command(world, &chair, path, options).await.text();
            assert!(!text.contains(FIELD) && !text.contains("秘密"), "{text}");
        }
        let history = command(
            world,
            &chair,
            "issue show",
            json!({"number": own.to_string()}),
        )
        .await;
        let steps = chair
            .press_label(history.id, "経過をすべて見る")
            .await
            .expect_message();
        assert!(
            steps.text().contains("全1件"),
            "no step tells of it: {}",
            steps.text()
        );
        assert!(links(world, "コーディネーター", own).await.is_some());
    })
    .await;
}

#[tokio::test]
async fn only_what_one_may_change_and_read_is_linked() {
    world(Database::Sqlite, async |world| {
        let own = say(world, "薬剤師会の会員", "会の集まりが少ない").await;
        let second = say(world, "薬剤師会の会員", "会の知らせが遅い").await;
        let foreign = say(world, "歯科医師会の会長", "会費の決め方がまちまちだ").await;
        for (who, one, other, expected) in [
            ("薬剤師会の会員", own, foreign, "ないか、ご覧になれません"),
            ("薬剤師会の会員", foreign, own, "ないか、ご覧になれません"),
            ("薬剤師会の会員", own, 999, "ないか、ご覧になれません"),
            ("薬剤師会の会員", own, own, "それ自身とは"),
            ("薬剤師会の会長", own, second, "ご自身が記録した課題だけ"),
            ("オブザーバー", own, second, "ないか、ご覧になれません"),
            ("薬剤師会の会員", own, second, "関連づけました"),
        ] {
            let text = link(world, who, one, other).await.text();
            assert!(text.contains(expected), "{who} {one} {other}: {text}");
        }
        let place = world.channel("広場");
        let member = world.person("薬剤師会の会員");
        let found = member
            .autocomplete(
                place,
                "issue link",
                json!({"number": "1", "other": foreign.to_string()}),
                "other",
            )
            .await;
        assert_eq!(found.text(), "");
    })
    .await;
}

#[tokio::test]
async fn an_undo_that_comes_late_or_from_another_hand_changes_nothing() {
    world(Database::Sqlite, async |world| {
        let one = say(world, "薬剤師会の会長", "夜の当番が決まらない").await;
        let other = say(world, "薬剤師会の会長", "当番の手当の決め方がまちまちだ").await;
        let made = link(world, "コーディネーター", one, other).await;
        let custom_id = made
            .buttons()
            .into_iter()
            .find_map(|button| button.custom_id)
            .expect("the button");
        let place = world.channel("広場");
        for key in ["二人目のコーディネーター", "薬剤師会の会長"] {
            let person = world.person(key);
            let own = person
                .slash(place, "help", json!({}))
                .await
                .expect_message();
            let data = json!({"custom_id": custom_id, "component_type": 2});
            let said = person.deliver_raw(place, 3, data, Some(own.id)).await;
            let text = said.expect_message().text();
            assert!(text.contains("元に戻せません"), "{key}: {text}");
        }
        let forged =
            json!({"custom_id": format!("v1:link-remove:{one}:{other}"), "component_type": 2});
        let member = world.person("歯科医師会の会長");
        let own = member
            .slash(place, "help", json!({}))
            .await
            .expect_message();
        let text = member
            .deliver_raw(place, 3, forged, Some(own.id))
            .await
            .expect_message()
            .text();
        assert!(text.contains("ないか、ご覧になれません"), "{text}");
        world.clock.advance(Duration::minutes(11));
        let coordinator = world.person("コーディネーター");
        let late = coordinator
            .press_label(made.id, UNDO)
            .await
            .expect_message()
            .text();
        assert!(late.contains("10分が過ぎたため"), "{late}");
        assert!(links(world, "コーディネーター", one).await.is_some());
    })
    .await;
}
