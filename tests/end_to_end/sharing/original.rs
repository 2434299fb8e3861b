//! The original itself is shared only from the second screen, with a tick that its source agreed.

use super::{CIRCLE, SAID, desk_card, press, readers, share, told};
use crate::{field, wording};
use fake_discord::MessageView;
use serde_json::json;
use tests::{database::Database, world::world};

const AGREED: &str = "発言元の同意を得ました";

fn button(screen: &MessageView, label: &str) -> fake_discord::ButtonView {
    screen
        .buttons()
        .into_iter()
        .find(|button| button.label.ends_with(label))
        .unwrap_or_else(|| panic!("no button {label}"))
}

#[tokio::test]
async fn the_original_is_shared_only_once_its_source_agreed() {
    world(Database::Sqlite, async |world| {
        let number = told(world).await;
        let coordinator = world.person("コーディネーター");
        let screen = press(world, &coordinator, number, "このまま共有する")
            .await
            .expect_message();
        assert!(screen.ephemeral);
        assert!(wording(&screen).contains(SAID), "a preview");
        assert_eq!(field(&screen, "職種・団体"), None, "the source is left out");
        assert!(button(&screen, "共有する").disabled);
        // A client of one's own making presses it all the same.
        let send = button(&screen, "共有する").custom_id.expect("an id");
        let data = json!({"custom_id": send, "component_type": 2});
        let forged = coordinator
            .deliver_raw(screen.channel, 3, data, Some(screen.id))
            .await;
        assert!(
            forged.text().contains("同意を得ました」に印がない"),
            "{}",
            forged.text()
        );
        world.settled().await;
        assert!(world.cards(CIRCLE).is_empty());
        let label = format!("☐ {AGREED}");
        let ticked = coordinator
            .press_label(screen.id, &label)
            .await
            .expect_message();
        assert!(!button(&ticked, "共有する").disabled);
        let answer = coordinator
            .press_label(screen.id, "共有する")
            .await
            .expect_message();
        assert!(answer.text().contains("共有しました"), "{}", answer.text());
        world.settled().await;
        let card = world.cards(CIRCLE).remove(0);
        assert!(wording(&card).contains(SAID));
        assert_eq!(field(&card, "職種・団体"), None);
        assert_eq!(field(&card, "備考"), None);
        assert_eq!(field(&card, "発言者"), None);
        let groups = ["病院連携室", "介護支援専門員連絡協議会"];
        assert_eq!(world.fake.who_saw(SAID), readers(world, &groups));
    })
    .await;
}

#[tokio::test]
async fn the_source_is_named_only_where_it_is_ticked() {
    world(Database::Sqlite, async |world| {
        let number = told(world).await;
        let coordinator = world.person("コーディネーター");
        let screen = press(world, &coordinator, number, "このまま共有する")
            .await
            .expect_message();
        coordinator
            .press_label(screen.id, "☐ 職種を出す")
            .await
            .expect_message();
        let ticked = coordinator
            .press_label(screen.id, &format!("☐ {AGREED}"))
            .await
            .expect_message();
        assert_eq!(field(&ticked, "職種・団体").as_deref(), Some("病院連携室"));
        coordinator
            .press_label(screen.id, "共有する")
            .await
            .expect_message();
        world.settled().await;
        let card = world.cards(CIRCLE).remove(0);
        assert_eq!(field(&card, "職種・団体").as_deref(), Some("病院連携室"));
        assert_eq!(field(&card, "発言者"), None, "the name never");
    })
    .await;
}

#[tokio::test]
async fn what_changed_meanwhile_is_not_shared_unseen() {
    world(Database::Sqlite, async |world| {
        let number = told(world).await;
        let coordinator = world.person("コーディネーター");
        let screen = press(world, &coordinator, number, "このまま共有する")
            .await
            .expect_message();
        coordinator
            .press_label(screen.id, &format!("☐ {AGREED}"))
            .await
            .expect_message();
        let other = world.person("二人目のコーディネーター");
        let form = other
            .slash(
                world.channel("広場"),
                "issue edit",
                json!({"number": number.to_string()}),
            )
            .await
            .expect_modal();
        let fields = json!({"text": "在宅復帰の話し合いがすれ違っているらしい"});
        other.submit(&form, fields).await.expect_message();
        let refused = coordinator.press_label(screen.id, "共有する").await;
        assert!(
            refused.text().contains("ほかの方が先に変更"),
            "{}",
            refused.text()
        );
        world.settled().await;
        assert!(world.cards(CIRCLE).is_empty());
    })
    .await;
}

#[tokio::test]
async fn the_original_pasted_as_a_wording_is_still_the_original() {
    world(Database::Sqlite, async |world| {
        let number = told(world).await;
        let coordinator = world.person("コーディネーター");
        let pasted = format!("「{SAID}。」");
        let options = json!({"number": number.to_string(), "audience": "tier2", "wording": pasted});
        let screen = share(world, &coordinator, options).await;
        assert!(button(&screen, "共有する").disabled, "{}", screen.text());
        let quoted = format!("病棟の方から「{SAID}」と聞きました");
        let options = json!({"number": number.to_string(), "audience": "tier2", "wording": quoted});
        let refused = share(world, &coordinator, options).await;
        assert!(
            refused.text().contains("ことばを言いかえて"),
            "{}",
            refused.text()
        );
        world.settled().await;
        assert!(world.cards(CIRCLE).is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_proposal_of_the_original_asks_for_the_tick_as_well() {
    world(Database::Sqlite, async |world| {
        let number = told(world).await;
        let chair = world.person("病院連携室の会長");
        let options = json!({"number": number.to_string(), "audience": "tier2", "wording": SAID});
        let answer = share(world, &chair, options).await;
        assert!(
            answer.text().contains("相談窓口へ届けました"),
            "{}",
            answer.text()
        );
        world.settled().await;
        let waiting = field(
            &desk_card(world, number),
            "共有の提案（案1）→ 二次連携（病院連携室、介護支援専門員連絡協議会）",
        )
        .expect("the proposal");
        assert!(waiting.contains("（書かれたとおり）"), "{waiting}");
        let coordinator = world.person("コーディネーター");
        let screen = press(world, &coordinator, number, "承認（案1）")
            .await
            .expect_message();
        assert!(button(&screen, "共有する").disabled);
        coordinator
            .press_label(screen.id, &format!("☐ {AGREED}"))
            .await
            .expect_message();
        coordinator
            .press_label(screen.id, "共有する")
            .await
            .expect_message();
        world.settled().await;
        assert_eq!(world.cards(CIRCLE).len(), 1);
        let log = press(world, &coordinator, number, "共有を見直す")
            .await
            .expect_message();
        assert!(
            log.text().contains("（全1版）"),
            "the proposal itself was approved"
        );
    })
    .await;
}

#[tokio::test]
async fn what_passed_for_the_desk_does_not_pass_for_others_with_it() {
    world(Database::Sqlite, async |world| {
        let coordinator = world.person("コーディネーター");
        let place = world.channel("相談窓口");
        let words = "見本太郎さん（82歳・男性）の退院のような例が続いている";
        let options = json!({"text": words, "tier": 3, "profession": "病院連携室"});
        let refused = coordinator
            .slash(place, "issue add", options)
            .await
            .expect_message();
        let form = coordinator
            .press_label(refused.id, "書き直す")
            .await
            .expect_modal();
        let fields = json!({"text": words, "why": "研修で使う架空の事例です"});
        coordinator.submit(&form, fields).await.expect_message();
        world.settled().await;
        let card = world.cards("相談窓口").remove(0);
        let refused = coordinator
            .press_label(card.id, "このまま共有する")
            .await
            .expect_message();
        assert!(
            refused.text().contains("このままは共有できません"),
            "{}",
            refused.text()
        );
    })
    .await;
}
