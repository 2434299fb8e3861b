//! The desk itself: who is told when the place where things are told is the one that fails, and
//! channels that go and come.

use super::{DESK, Harm, SAID, TEXT, add, title, told, until_cards, until_over, until_told};
use fake_discord::{Channel, Fault, Trouble};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use tests::{
    database::Database,
    world::{SetUp, World, world, world_with},
};

async fn asked(world: &World, who: &str) -> String {
    let place = world.channel("広場");
    let listed = world
        .person(who)
        .slash(place, "issue list", json!({}))
        .await;
    listed.expect_message().text()
}

async fn get(world: &World, path: &str) -> String {
    let at = world.bot().http_address().expect("health is told");
    let answer = reqwest::get(format!("http://{at}{path}")).await;
    answer.expect("an answer").text().await.expect("text")
}

#[tokio::test]
async fn a_desk_that_cannot_be_written_to_is_told_by_the_next_answer_of_a_coordinator() {
    world(Database::Sqlite, async |world| {
        Harm::Voice.on(world, DESK);
        let coordinator = world.person("コーディネーター");
        let options = json!({"text": SAID, "profession": "薬剤師会", "tier": 1});
        let place = world.channel("広場");
        coordinator
            .slash(place, "issue add", options)
            .await
            .expect_message();
        let stopped = async |world: &World| {
            asked(world, "コーディネーター")
                .await
                .contains("へ送れないため")
        };
        assert!(world.until(stopped).await, "{}", world.log());
        let said = asked(world, "二人目のコーディネーター").await;
        assert!(
            said.contains("停止 1") && said.contains("/office check"),
            "{said}"
        );
        assert!(
            said.contains(&format!("<#{}>", world.channel(DESK))),
            "{said}"
        );
        // A refusal says it as well; nobody else is told.
        let options = json!({"number": "99"});
        let refused = coordinator.slash(place, "issue show", options).await;
        let refused = refused.expect_message().text();
        assert!(
            refused.contains("ご覧になれません") && refused.contains("停止 1"),
            "{refused}"
        );
        assert!(!asked(world, TEXT.0).await.contains("停止"));
        let noted = async |world: &World| {
            let ready: Value = serde_json::from_str(&get(world, "/ready").await).expect("JSON");
            ready["ready"] == json!(true) && ready["notes"][0]["code"] == json!("desk")
        };
        assert!(world.until(noted).await, "{}", get(world, "/ready").await);
        let counted = async |world: &World| {
            get(world, "/metrics")
                .await
                .contains("renkei_desks_unusable 1")
        };
        // Worlds of one process share their figures: another may have none just now.
        assert!(
            world.until(counted).await,
            "{}",
            get(world, "/metrics").await
        );
        assert!(world.cards(DESK).is_empty());

        Harm::mended(world, DESK);
        until_cards(world, DESK, 1).await;
        let silent = async |world: &World| !asked(world, "コーディネーター").await.contains("停止");
        assert!(world.until(silent).await);
        assert!(told(world).is_empty(), "nothing about the desk to the desk");
        let well = async |world: &World| {
            get(world, "/metrics")
                .await
                .contains("renkei_desks_unusable 0")
        };
        assert!(world.until(well).await);
        world.settled().await;
    })
    .await;
}

#[tokio::test]
async fn what_is_told_while_the_desk_fails_arrives_when_it_is_mended() {
    world(Database::Sqlite, async |world| {
        Harm::Voice.on(world, DESK);
        Harm::Everyone.on(world, TEXT.1);
        add(world, TEXT.0, SAID).await;
        let both = async |world: &World| world.counts().await.refused == 2;
        assert!(world.until(both).await, "{}", world.log());
        Harm::mended(world, DESK);
        let card = until_told(world).await;
        assert!(title(&card).contains("送信が止まっています"));
        Harm::mended(world, TEXT.1);
        until_cards(world, TEXT.1, 1).await;
        until_over(world).await;
        world.settled().await;
        assert_eq!(told(world).len(), 1);
    })
    .await;
}

#[tokio::test]
async fn what_was_over_before_the_desk_could_be_told_is_not_told() {
    world(Database::Sqlite, async |world| {
        Harm::Voice.on(world, DESK);
        Harm::Voice.on(world, TEXT.1);
        add(world, TEXT.0, SAID).await;
        let both = async |world: &World| world.counts().await.refused == 2;
        assert!(world.until(both).await, "{}", world.log());
        Harm::mended(world, TEXT.1);
        until_cards(world, TEXT.1, 1).await;
        Harm::mended(world, DESK);
        world
            .until(async |world| world.counts().await.refused == 0)
            .await;
        world.settled().await;
        assert!(told(world).is_empty());
    })
    .await;
}

#[tokio::test]
async fn what_comes_just_after_the_desk_holds_again_stays_where_it_was_posted() {
    world_with(Database::Sqlite, SetUp::Nothing, async |world| {
        let (place, admin) = (world.channel("広場"), world.person("サーバーの管理者"));
        let role = world.city.role("連携コーディネーター").to_string();
        let channel = world.channel(DESK).to_string();
        for (path, options) in [
            ("office role", json!({"use": "coordinator", "role": role})),
            ("office channel", json!({"use": "desk", "channel": channel})),
        ] {
            let answer = admin.slash(place, path, options).await;
            answer.expect_message();
        }
        // Nobody has accepted the owner, who sees the desk as well.
        let stopped = async |world: &World| {
            let said = asked(world, "コーディネーター").await;
            said.contains("停止 1")
        };
        assert!(world.until(stopped).await, "{}", world.log());
        world.accept_owner().await;
        let coordinator = world.person("コーディネーター");
        let options = json!({"text": SAID, "tier": 1});
        let added = coordinator.slash(place, "issue add", options).await;
        added.expect_message();
        until_cards(world, DESK, 1).await;
        world.settled().await;
        until_cards(world, DESK, 1).await;
        assert!(!asked(world, "コーディネーター").await.contains("停止"));
        let seen = world.fake.seen_by(world.city.owner);
        let posts: BTreeSet<String> = seen
            .into_iter()
            .filter(|seen| seen.text.contains(SAID))
            .map(|seen| seen.where_)
            .collect();
        assert_eq!(posts.len(), 1, "{posts:?}\n{}", world.log());
    })
    .await;
}

#[tokio::test]
async fn a_stoppage_that_ended_while_its_card_was_in_doubt_is_told_once() {
    const MESSAGES: &str = "/channels/{channel_id}/messages";
    world(Database::Sqlite, async |world| {
        // Discord posts the card and says nothing, and then the desk cannot be searched.
        let lost = Fault::on("POST", MESSAGES, Trouble::Reset).after_the_effect();
        world.fake.faults().add(lost);
        let unsearched = Fault::on("GET", MESSAGES, Trouble::Status(503)).times(1_000);
        world.fake.faults().add(unsearched);
        Harm::Role.on(world, TEXT.1);
        add(world, TEXT.0, SAID).await;
        let card = until_told(world).await;
        Harm::mended(world, TEXT.1);
        until_cards(world, TEXT.1, 1).await;
        let open = async |world: &World| {
            let open = world
                .store()
                .read(|connection| Box::pin(storage::stoppage::open_total(connection)));
            open.await.expect("stoppages can be counted") == 0
        };
        assert!(world.until(open).await, "{}", world.log());
        assert!(title(&told(world)[0]).contains("送信が止まっています"));
        world.fake.faults().clear();
        world.let_waits_pass().await;
        let over = until_over(world).await;
        world.settled().await;
        assert_eq!(over.id, card.id, "it is the card that was in doubt");
        assert_eq!(told(world).len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_deleted_channel_is_told_and_another_takes_its_place() {
    world_with(Database::Sqlite, SetUp::Nothing, async |world| {
        let (place, admin) = (world.channel("広場"), world.person("サーバーの管理者"));
        let office = async |path: &str, options: Value| {
            let answer = admin.slash(place, path, options).await.expect_message();
            let said = answer.text();
            assert!(
                said.contains("しました") || said.contains("変えました"),
                "{said}"
            );
        };
        let role = |name: &str| world.city.role(name).to_string();
        let channel = |name: &str| world.channel(name).to_string();
        let coordinator = role("連携コーディネーター");
        office(
            "office role",
            json!({"use": "coordinator", "role": coordinator}),
        )
        .await;
        office(
            "office channel",
            json!({"use": "desk", "channel": channel(DESK)}),
        )
        .await;
        let (officers, contacts) = (role("薬剤師会 三役"), role("薬剤師会 連携担当"));
        let association = json!({
            "name": "薬剤師会", "professions": "薬剤師", "channel": channel(TEXT.1),
            "officers": officers, "contacts": contacts,
        });
        office("office association", association).await;
        world.accept_owner().await;
        world.fake.delete_channel(world.channel(TEXT.1));
        add(world, TEXT.0, SAID).await;
        let card = until_told(world).await;
        assert!(
            card.text().contains("チャンネルが消されたか"),
            "{}",
            card.text()
        );
        assert!(card.text().contains("決め直します"), "{}", card.text());
        let rows = world.city.overwrites(TEXT.1);
        let another = Channel::text("一次-薬剤師会-新").with_overwrites(rows);
        let another = world.fake.add_channel(world.city.guild, another);
        let changed = json!({"name": "薬剤師会", "channel": another.to_string()});
        office("office association", changed).await;
        let sent = world
            .until(async |world| world.cards_in(another).len() == 1)
            .await;
        assert!(sent, "{}", world.log());
        until_over(world).await;
        world.settled().await;
        world.leave_leaks_to_the_test();
    })
    .await;
}
