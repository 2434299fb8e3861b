//! Who may share what, asked at every step; forged buttons and another's drafts lead nowhere.

use super::{CIRCLE, SAID, SHARED, desk_card, press, share, shared, show, told};
use fake_discord::Person;
use serde_json::{Value, json};
use tests::{
    database::Database,
    world::{World, world},
};

/// A press by a client of one's own making.
async fn forge(world: &World, who: &Person, custom_id: &str) -> String {
    let data = json!({"custom_id": custom_id, "component_type": 2});
    let place = world.channel("広場");
    let message = world.person("サーバーの管理者").last_message(place);
    let answer = who
        .deliver_raw(place, 3, data, message.map(|message| message.id))
        .await;
    answer.text()
}

fn form(custom_id: &str, field: &str, words: &str) -> Value {
    json!({"custom_id": custom_id, "components": [
        {"type": 1, "components": [{"type": 4, "custom_id": field, "value": words}]},
    ]})
}

#[tokio::test]
async fn only_the_table_s_people_propose() {
    world(Database::Sqlite, async |world| {
        let number = told(world).await.to_string();
        for (key, expected) in [
            ("病院連携室の会長", "相談窓口へ届けました"),
            ("病院連携室の連携担当", "相談窓口へ届けました"),
            ("病院連携室の会員", "ないか、ご覧になれません"),
            ("介護支援専門員連絡協議会の会長", "ないか、ご覧になれません"),
            ("アドバイザー", "ないか、ご覧になれません"),
            ("オブザーバー", "ないか、ご覧になれません"),
            ("所属のない人", "ないか、ご覧になれません"),
        ] {
            let options =
                json!({"number": number, "audience": "tier2", "wording": format!("{key}より話し合いたい")});
            let said = share(world, &world.person(key), options).await.text();
            assert!(said.contains(expected), "{key}: {said}");
        }
        // Whoever reads only what was shared shares it no further; the adviser's own goes to the desk.
        shared(world, 1, "tier2", SHARED).await;
        let options = json!({"number": number, "audience": "tier3", "wording": "広めたい"});
        let care = world.person("介護支援専門員連絡協議会の会長");
        let said = share(world, &care, options).await.text();
        assert!(said.contains("共有された文だけ"), "{said}");
        let adviser = world.person("アドバイザー");
        adviser
            .slash(world.channel("広場"), "issue add", json!({"text": "往診の申し送りが遅れがちだ"}))
            .await
            .expect_message();
        let options = json!({"number": "2", "audience": "tier3", "wording": "広めたい"});
        let said = share(world, &adviser, options).await.text();
        assert!(said.contains("共有を提案できるのは"), "{said}");
    })
    .await;
}

#[tokio::test]
async fn forged_buttons_of_the_desk_tell_others_nothing() {
    world(Database::Sqlite, async |world| {
        world.say("コーディネーター", "広場", "こんにちは");
        let number = told(world).await;
        let chair = world.person("病院連携室の会長");
        let options = json!({"number": number.to_string(), "audience": "tier2", "wording": SHARED});
        share(world, &chair, options).await;
        world.settled().await;
        for action in [
            format!("share-write:{number}"),
            format!("share-as-written:{number}"),
            format!("share-keep-private:{number}"),
            format!("share-take-up:{number}"),
            format!("share-approve:{number}:1"),
            format!("share-correct:{number}:1"),
            format!("share-decline:{number}:1"),
            format!("share-withdraw:{number}:1"),
            format!("share-narrow:{number}:1"),
            format!("share-narrowed:{number}:1"),
            format!("share-log:{number}"),
            format!("share-log-page:{number}:1"),
        ] {
            let custom_id = format!("v1:{action}");
            let own = forge(world, &chair, &custom_id).await;
            assert!(own.contains("連携コーディネーターだけ"), "{action}: {own}");
            let stranger = world.person("薬剤師会の会長");
            let other = forge(world, &stranger, &custom_id).await;
            assert!(
                other.contains("ないか、ご覧になれません"),
                "{action}: {other}"
            );
        }
        let coordinator = world.person("コーディネーター");
        for (custom_id, expected) in [
            (
                format!("v1:share-approve:{number}:9"),
                "このボタンは使えなくなりました",
            ),
            (
                format!("v1:share-log-page:{number}:9"),
                "このボタンは使えなくなりました",
            ),
            (
                format!("v1:share-written:{number}"),
                "このボタンは使えなくなりました",
            ),
            (
                format!("v1:share-withdraw:{number}:1"),
                "いま「相談窓口の返事待ち」です",
            ),
            ("v1:share-send:99:1".to_owned(), "すでに使われています"),
            (
                "v1:share-approve:99:1".to_owned(),
                "ないか、ご覧になれません",
            ),
        ] {
            let said = forge(world, &coordinator, &custom_id).await;
            assert!(said.contains(expected), "{custom_id}: {said}");
        }
        let data = form(
            &format!("v1:share-declined:{number}:1"),
            "reason",
            "いやです",
        );
        let said = chair
            .deliver_raw(world.channel("広場"), 5, data, None)
            .await;
        assert!(
            said.text().contains("連携コーディネーターだけ"),
            "{}",
            said.text()
        );
        world.settled().await;
        assert!(world.cards(CIRCLE).is_empty());
    })
    .await;
}

#[tokio::test]
async fn another_s_draft_shares_nothing() {
    world(Database::Sqlite, async |world| {
        let number = told(world).await;
        let coordinator = world.person("コーディネーター");
        let opened = press(world, &coordinator, number, "共有用の文を書く")
            .await
            .expect_modal();
        for key in ["二人目のコーディネーター", "病院連携室の会長"] {
            let data = form(&opened.custom_id, "wording", SHARED);
            let said = world
                .person(key)
                .deliver_raw(world.channel("広場"), 5, data, None)
                .await;
            assert!(
                said.text().contains("すでに使われています"),
                "{key}: {}",
                said.text()
            );
        }
        world.settled().await;
        assert!(world.cards(CIRCLE).is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_coordinator_who_left_the_desk_approves_nothing() {
    world(Database::Sqlite, async |world| {
        world.say("コーディネーター", "広場", "こんにちは");
        let number = told(world).await;
        let coordinator = world.person("二人目のコーディネーター");
        let opened = press(world, &coordinator, number, "共有用の文を書く")
            .await
            .expect_modal();
        let screen = press(world, &coordinator, number, "このまま共有する")
            .await
            .expect_message();
        let desk = world.city.role("連携コーディネーター");
        let member = world.city.role("病院連携室 会員");
        let guild = world.city.guild;
        world.fake.set_roles(guild, coordinator.id(), &[member]);
        let data = form(&opened.custom_id, "wording", SHARED);
        let said = coordinator
            .deliver_raw(world.channel("広場"), 5, data, None)
            .await;
        assert!(said.text().contains("ご覧になれません"), "{}", said.text());
        let send = screen
            .buttons()
            .into_iter()
            .find_map(|button| button.custom_id.filter(|id| id.contains("share-send")))
            .expect("the button");
        let send = format!("{}1", send.strip_suffix('0').expect("nothing is ticked"));
        let said = forge(world, &coordinator, &send).await;
        assert!(said.contains("ご覧になれません"), "{said}");
        // Back again, so that the check at the end finds the city's own coordinators at the desk.
        world.fake.set_roles(guild, coordinator.id(), &[desk]);
        world.settled().await;
        assert!(world.cards(CIRCLE).is_empty());
    })
    .await;
}

#[tokio::test]
async fn what_the_desk_does_about_sharing_is_not_told_to_other_readers() {
    world(Database::Sqlite, async |world| {
        let coordinator = world.person("コーディネーター");
        let options = json!({
            "text": "退院の連絡を一枚の様式にそろえたい", "profession": "病院連携室",
            "about": "介護支援専門員", "tier": 2, "origin": "open",
        });
        coordinator
            .slash(world.channel("相談窓口"), "issue add", options)
            .await
            .expect_message();
        shared(
            world,
            1,
            "薬剤師会の三役",
            "連絡の様式について知恵を借りたい",
        )
        .await;
        for (key, told) in [
            ("介護支援専門員連絡協議会の会員", false),
            ("病院連携室の会長", true),
            ("コーディネーター", true),
        ] {
            let shown = show(world, key, 1).await.text();
            assert_eq!(shown.contains("薬剤師会の三役"), told, "{key}: {shown}");
            assert!(!shown.contains("知恵を借りたい"), "{key}: {shown}");
        }
        let number = told(world).await;
        assert!(crate::wording(&desk_card(world, number)).contains(SAID));
    })
    .await;
}
