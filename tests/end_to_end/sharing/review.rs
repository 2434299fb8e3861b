//! What was shared is followed, reworded, narrowed and taken back; the record keeps every version.

use super::{CIRCLE, SHARED, assert_only_shared, desk_card, press, readers, shared, show, told};
use crate::{field, wording};
use rstest::rstest;
use serde_json::json;
use tests::{database::Database, world::world};

const SIGN: &str = "この共有は取り下げられました。";

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn what_is_taken_back_leaves_a_sign_without_words(#[case] database: Database) {
    world(database, async |world| {
        let number = told(world).await;
        shared(world, number, "tier2", SHARED).await;
        let before = world.cards(CIRCLE).remove(0);
        let coordinator = world.person("コーディネーター");
        let log = press(world, &coordinator, number, "共有を見直す")
            .await
            .expect_message();
        let answer = coordinator
            .press_label(log.id, "取り下げる")
            .await
            .expect_message();
        assert!(
            answer.text().contains("取り下げました"),
            "{}",
            answer.text()
        );
        world.settled().await;
        let cards = world.cards(CIRCLE);
        assert_eq!(cards.len(), 1);
        assert_eq!(cards[0].id, before.id, "the post is edited");
        assert_eq!(wording(&cards[0]), SIGN);
        assert!(!cards[0].text().contains(SHARED), "{}", cards[0].text());
        assert_eq!(field(&cards[0], "状況"), None);
        let said = show(world, "介護支援専門員連絡協議会の会長", number)
            .await
            .text();
        assert!(said.contains("ないか、ご覧になれません"), "{said}");
        let again = coordinator.press_label(log.id, "取り下げる").await.text();
        assert!(again.contains("が決めました（取り下げ）"), "{again}");
        // Shared anew, the same post carries words again.
        let other = "退院前の話し合いの日取りを一緒に決めたい";
        shared(world, number, "tier2", other).await;
        let cards = world.cards(CIRCLE);
        assert_eq!((cards.len(), cards[0].id), (1, before.id));
        assert_only_shared(&cards[0], other);
    })
    .await;
}

#[tokio::test]
async fn other_words_are_a_new_version_in_the_same_post() {
    world(Database::Sqlite, async |world| {
        let number = told(world).await;
        shared(world, number, "tier2", SHARED).await;
        let before = world.cards(CIRCLE).remove(0);
        let coordinator = world.person("コーディネーター");
        let log = press(world, &coordinator, number, "共有を見直す")
            .await
            .expect_message();
        let form = coordinator
            .press_label(log.id, "文を改める")
            .await
            .expect_modal();
        assert_eq!(form.fields[0].value.as_deref(), Some(SHARED));
        let other = "退院の二週間前に声をかけ合える仕組みがほしい";
        coordinator
            .submit(&form, json!({"wording": other}))
            .await
            .expect_message();
        world.settled().await;
        let cards = world.cards(CIRCLE);
        assert_eq!(
            (cards.len(), cards[0].id),
            (1, before.id),
            "the post is edited"
        );
        assert_only_shared(&cards[0], other);
        let log = press(world, &coordinator, number, "共有を見直す")
            .await
            .expect_message();
        assert!(wording(&log).contains(other) && log.text().contains("（全2版）"));
        let posted = field(&log, "載っているところ").expect("where it stands");
        assert!(posted.contains(&cards[0].id.to_string()), "{posted}");
        let older = coordinator
            .press_label(log.id, "前の版")
            .await
            .expect_message();
        assert!(wording(&older).contains(SHARED));
        assert_eq!(field(&older, "状況").as_deref(), Some("次の版に交代"));
        let decided = field(&older, "決めたこと").expect("decisions");
        assert_eq!(
            decided.lines().count(),
            3,
            "proposed, approved, replaced: {decided}"
        );
        assert!(
            older
                .buttons()
                .iter()
                .all(|button| button.label != "取り下げる")
        );
    })
    .await;
}

#[tokio::test]
async fn a_narrower_audience_takes_the_post_with_it() {
    world(Database::Sqlite, async |world| {
        let number = told(world).await;
        shared(world, number, "tier3", SHARED).await;
        assert_eq!(world.cards("三次連携").len(), 1);
        let observer = world.city.person("オブザーバー");
        assert!(world.fake.who_saw(SHARED).contains(&observer));
        let coordinator = world.person("コーディネーター");
        let log = press(world, &coordinator, number, "共有を見直す")
            .await
            .expect_message();
        let choice = coordinator
            .press_label(log.id, "範囲を狭める")
            .await
            .expect_message();
        let menu = choice.selects().remove(0);
        let id = menu["custom_id"].as_str().expect("an id").to_owned();
        let options = menu["options"].as_array().expect("options").clone();
        let circle = options
            .iter()
            .find(|option| option["label"] == "二次連携（病院連携室、介護支援専門員連絡協議会）")
            .expect("the circle can be chosen");
        assert!(options.iter().all(|option| option["value"] != "tier3"));
        // A value of one's own making does not widen anything.
        let data = json!({"custom_id": id, "component_type": 3, "values": ["tier3"]});
        let forged = coordinator
            .deliver_raw(choice.channel, 3, data, Some(choice.id))
            .await
            .expect_message();
        assert!(
            forged.text().contains("狭い届け先を、一覧から"),
            "{}",
            forged.text()
        );
        let value = circle["value"].as_str().expect("a value");
        let answer = coordinator
            .select(choice.id, &id, &[value])
            .await
            .expect_message();
        assert!(answer.text().contains("共有しました"), "{}", answer.text());
        world.settled().await;
        assert!(world.cards("三次連携").is_empty(), "the wider post is gone");
        assert_only_shared(&world.cards(CIRCLE)[0], SHARED);
        let said = show(world, "オブザーバー", number).await.text();
        assert!(said.contains("ないか、ご覧になれません"), "{said}");
    })
    .await;
}

#[tokio::test]
async fn a_share_follows_its_issue_and_stays_when_the_tier_changes() {
    world(Database::Sqlite, async |world| {
        let number = told(world).await;
        shared(world, number, "tier2", SHARED).await;
        let coordinator = world.person("コーディネーター");
        let set = json!({"number": number.to_string(), "status": "acting"});
        coordinator
            .slash(world.channel("広場"), "issue status", set)
            .await
            .expect_message();
        world.settled().await;
        let card = world.cards(CIRCLE).remove(0);
        assert_eq!(field(&card, "状況").as_deref(), Some("実施中"));
        assert_only_shared(&card, SHARED);
        let tier = json!({
            "number": number.to_string(), "tier": 3, "reason": "地域全体の流れに関わるため",
        });
        let answer = coordinator
            .slash(world.channel("広場"), "issue tier", tier)
            .await
            .expect_message();
        let said = answer.text();
        assert!(said.contains("共有は続いています：二次連携"), "{said}");
        world.settled().await;
        assert!(
            world.cards("三次連携").is_empty(),
            "nothing is shared further by itself"
        );
        assert!(world.cards(CIRCLE)[0].text().contains("③地域全体（三次）"));
        let labels: Vec<String> = desk_card(world, number)
            .buttons()
            .into_iter()
            .map(|b| b.label)
            .collect();
        assert!(
            labels.iter().any(|label| label == "共有用の文を書く"),
            "for the region: {labels:?}"
        );
        let groups = ["病院連携室", "介護支援専門員連絡協議会"];
        assert_eq!(world.fake.who_saw(SHARED), readers(world, &groups));
    })
    .await;
}
