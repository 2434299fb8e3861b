//! Moving house: what stands in channels follows the office when it is set up differently.

mod due;
mod given;

use super::number_in;
use fake_discord::{Channel, Overwrite, permission};
use rstest::rstest;
use serde_json::json;
use tests::{
    city::ASSOCIATIONS,
    database::Database,
    world::{SetUp, World, world_with},
};

const COORDINATOR: &str = "コーディネーター";
const CIRCLE: &str = "病院連携室、介護支援専門員連絡協議会";

async fn office(world: &World, path: &str, options: serde_json::Value) -> String {
    let place = world.channel("広場");
    world
        .person(COORDINATOR)
        .slash(place, path, options)
        .await
        .expect_message()
        .text()
}

async fn bind(world: &World, used: &str, channel: u64) -> String {
    let options = json!({"use": used, "channel": channel.to_string()});
    office(world, "office channel", options).await
}

pub(super) async fn circle(world: &World, channel: Option<u64>) -> String {
    let mut options = json!({"use": "tier2", "association": CIRCLE});
    if let Some(channel) = channel {
        options["channel"] = json!(channel.to_string());
    }
    office(world, "office channel", options).await
}

/// Sets the whole city up by commands, so that commands may change it.
pub(super) async fn set_up(world: &World) {
    let admin = world.person("サーバーの管理者");
    let place = world.channel("広場");
    let role = |name: &str| world.city.role(name).to_string();
    for (used, name) in [
        ("coordinator", "連携コーディネーター"),
        ("adviser", "アドバイザー"),
        ("observer", "オブザーバー"),
    ] {
        let options = json!({"use": used, "role": role(name)});
        admin
            .slash(place, "office role", options)
            .await
            .expect_message();
    }
    for (used, name) in [("desk", "相談窓口"), ("tier3", "三次連携")] {
        bind(world, used, world.channel(name)).await;
    }
    for (name, professions, tier1, _) in ASSOCIATIONS {
        let options = json!({
            "name": name,
            "professions": professions.join("、"),
            "channel": world.channel(tier1).to_string(),
            "officers": role(&format!("{name} 三役")),
            "contacts": role(&format!("{name} 連携担当")),
            "members": role(&format!("{name} 会員")),
        });
        office(world, "office association", options).await;
    }
    circle(world, Some(world.channel("二次-入退院"))).await;
    world.accept_owner().await;
}

/// A channel that these roles and the bot can see.
fn room(world: &World, name: &str, roles: &[&str]) -> u64 {
    let (fake, guild) = (&world.fake, world.city.guild);
    let see = permission::VIEW_CHANNEL | permission::READ_MESSAGE_HISTORY;
    let mut rows = vec![
        Overwrite::role(guild, 0, permission::VIEW_CHANNEL),
        Overwrite::role(fake.bot_role(guild), see, 0),
    ];
    rows.extend(
        roles
            .iter()
            .map(|role| Overwrite::role(world.city.role(role), see, 0)),
    );
    fake.add_channel(guild, Channel::text(name).with_overwrites(rows))
}

async fn add(world: &World, who: &str, options: serde_json::Value) -> i64 {
    let place = world.channel("広場");
    let answer = world.person(who).slash(place, "issue add", options).await;
    number_in(&answer.expect_message())
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn a_use_that_gets_another_channel_takes_its_cards_along(#[case] database: Database) {
    world_with(database, SetUp::Nothing, async |world| {
        set_up(world).await;
        for round in 0..3 {
            let options = json!({"text": format!("窓口で聞いた困りごと その{round}")});
            add(world, COORDINATOR, options).await;
        }
        world.settled().await;
        assert_eq!(world.cards("相談窓口").len(), 3);
        let new = room(world, "新しい相談窓口", &["連携コーディネーター"]);
        let said = bind(world, "desk", new).await;
        assert!(said.contains("3枚"), "{said}");
        world.settled().await;
        assert!(world.cards("相談窓口").is_empty());
        assert_eq!(world.cards_in(new).len(), 3);
        // The old channel is gone when the cards come back: nothing is waited for.
        world.fake.delete_channel(new);
        let said = bind(world, "desk", world.channel("相談窓口")).await;
        assert!(said.contains("3枚"), "{said}");
        world.settled().await;
        assert_eq!(world.cards("相談窓口").len(), 3);
    })
    .await;
}

#[tokio::test]
async fn what_stands_in_a_channel_without_use_is_taken_away_and_waits() {
    world_with(Database::Sqlite, SetUp::Nothing, async |world| {
        set_up(world).await;
        add(world, COORDINATOR, json!({"text": "窓口で聞いた困りごと"})).await;
        let open = json!({"text": "地域でどのように災害に備えるか", "profession": "医師会",
            "origin": "open", "tier": 3});
        let number = add(world, COORDINATOR, open).await;
        world.settled().await;
        assert_eq!(world.cards("三次連携").len(), 1);
        // What the region loses, the desk has.
        let said = office(world, "office channel", json!({"use": "tier3"})).await;
        assert!(said.contains("三次連携") && said.contains("1枚"), "{said}");
        world.settled().await;
        assert!(world.cards("三次連携").is_empty());
        assert_eq!(world.cards("相談窓口").len(), 2);
        let again = office(world, "office channel", json!({"use": "tier3"})).await;
        assert!(again.contains("決まっていません"), "{again}");
        // The desk's own cards have nowhere to go, and do not stay where nobody watches over them.
        let said = office(world, "office channel", json!({"use": "desk"})).await;
        assert!(said.contains("相談窓口"), "{said}");
        let taken = world
            .until(async |world| world.cards("相談窓口").is_empty())
            .await;
        assert!(taken, "{}", world.log());
        bind(world, "tier3", world.channel("三次連携")).await;
        bind(world, "desk", world.channel("相談窓口")).await;
        let back = world
            .until(async |world| world.cards("三次連携").len() == 1)
            .await;
        assert!(back, "#{number}\n{}", world.log());
        world.settled().await;
    })
    .await;
}

#[tokio::test]
async fn what_is_due_in_a_channel_without_use_is_told_to_the_desk_and_the_next_where_it_belongs() {
    world_with(Database::Sqlite, SetUp::Nothing, async |world| {
        set_up(world).await;
        // Nobody in particular said it: of its review people are told where it stands.
        let open = json!({"text": "地域でどのように災害に備えるか", "origin": "open", "tier": 3});
        let number = add(world, COORDINATOR, open).await;
        let coordinator = world.person(COORDINATOR);
        let review = json!({"of": format!("issue:{number}"), "date": "2026-12-04"});
        let planned = coordinator.slash(world.channel("広場"), "review plan", review);
        planned.await.expect_message();
        let plan = json!({"title": "災害の話し合い", "tier": 3, "kind": "meeting",
            "date": "2026-12-04", "associations": "医師会"});
        let planned = coordinator.slash(world.channel("広場"), "session plan", plan);
        planned.await.expect_message();
        let said = |world: &World, channel: &str, what: &str| {
            let mut posts = world.cards(channel);
            posts.retain(|post| post.text().contains("お知らせ　") && post.text().contains(what));
            posts.len()
        };
        office(world, "office channel", json!({"use": "tier3"})).await;
        world.clock.move_to("2026-11-27 10:00");
        world.dealt_with().await;
        assert_eq!(said(world, "相談窓口", "連携の場 1"), 1, "{}", world.log());
        bind(world, "tier3", world.channel("三次連携")).await;
        world.clock.move_to("2026-12-03 09:00");
        world.dealt_with().await;
        for what in ["連携の場 1", "反省会 1"] {
            assert_eq!(said(world, "三次連携", what), 1, "{what}\n{}", world.log());
        }
        assert_eq!(said(world, "相談窓口", "反省会 1"), 0);
    })
    .await;
}

/// Lets the desk share something told in confidence with an audience.
async fn share(world: &World, audience: &str, wording: &str) {
    let told = json!({"text": format!("窓口で聞いた本音（{audience}）"), "tier": 3});
    let number = add(world, COORDINATOR, told).await.to_string();
    let options = json!({"number": number, "audience": audience, "wording": wording});
    let said = office(world, "issue share", options).await;
    assert!(said.contains("共有しました"), "{said}");
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn what_was_shared_stands_again_when_its_audience_has_a_channel_again(
    #[case] database: Database,
) {
    world_with(database, SetUp::Nothing, async |world| {
        set_up(world).await;
        share(world, "tier3", "地域の役割を話し合えると助かります").await;
        world.settled().await;
        assert_eq!(world.cards("三次連携").len(), 1);
        office(world, "office channel", json!({"use": "tier3"})).await;
        world.settled().await;
        assert!(world.cards("三次連携").is_empty());
        // This one is approved while its audience has no channel.
        share(world, "tier3", "連絡先の一覧があると助かります").await;
        world.settled().await;
        let said = bind(world, "tier3", world.channel("三次連携")).await;
        assert!(said.contains("2枚"), "{said}");
        world.settled().await;
        let cards = world.cards("三次連携");
        assert_eq!(cards.len(), 2);
        for wording in ["地域の役割を", "連絡先の一覧が"] {
            let found = cards.iter().filter(|card| card.text().contains(wording));
            assert_eq!(found.count(), 1, "{wording}");
        }
        assert!(cards.iter().all(|card| !card.text().contains("本音")));
        // Nothing is said twice, however often the set-up changes.
        circle(world, None).await;
        world.settled().await;
        assert_eq!(world.cards("三次連携").len(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_circle_moves_with_its_associations_and_ends_without_a_channel() {
    world_with(Database::Sqlite, SetUp::Nothing, async |world| {
        set_up(world).await;
        let options = json!({"text": "病院とケアマネジャーの退院の連絡が遅い", "tier": 2,
            "profession": "病院連携室", "origin": "open"});
        let number = add(world, COORDINATOR, options).await.to_string();
        world.settled().await;
        assert_eq!(world.cards("二次-入退院").len(), 1);
        let roles: Vec<String> = ["病院連携室", "介護支援専門員連絡協議会"]
            .iter()
            .flat_map(|name| ["三役", "連携担当", "会員"].map(|rank| format!("{name} {rank}")))
            .chain(["連携コーディネーター".to_owned()])
            .collect();
        let roles: Vec<&str> = roles.iter().map(String::as_str).collect();
        let new = room(world, "二次-新しい部屋", &roles);
        let said = circle(world, Some(new)).await;
        assert!(said.contains("1枚"), "{said}");
        world.settled().await;
        assert!(world.cards("二次-入退院").is_empty());
        assert_eq!(world.cards_in(new).len(), 1);

        let said = circle(world, None).await;
        assert!(said.contains("1枚"), "{said}");
        world.settled().await;
        assert!(world.cards_in(new).is_empty());
        assert_eq!(world.cards("相談窓口").len(), 1);
        let none = circle(world, None).await;
        assert!(none.contains("二次連携のチャンネルはありません"), "{none}");

        // A circle that holds all concerned again has it again.
        circle(world, Some(world.channel("二次-入退院"))).await;
        world.settled().await;
        assert_eq!(world.cards("二次-入退院").len(), 1);
        let shown = office(world, "issue show", json!({"number": number})).await;
        assert!(shown.contains("退院の連絡が遅い"), "{shown}");
    })
    .await;
}

#[tokio::test]
async fn an_association_gets_another_name_and_a_role_is_taken_back() {
    world_with(Database::Sqlite, SetUp::Nothing, async |world| {
        set_up(world).await;
        let options = json!({"name": "薬剤師会", "rename": "架空市薬剤師会"});
        let said = office(world, "office association", options.clone()).await;
        assert!(said.contains("架空市薬剤師会"), "{said}");
        let gone = office(world, "office association", options).await;
        assert!(gone.contains("その名前の職能団体はありません"), "{gone}");
        let taken = json!({"name": "架空市薬剤師会", "rename": "医師会"});
        let said = office(world, "office association", taken).await;
        assert!(said.contains("すでに"), "{said}");

        let said = office(world, "office role", json!({"use": "observer"})).await;
        assert!(
            said.contains("オブザーバー") && said.contains("外しました"),
            "{said}"
        );
        let again = office(world, "office role", json!({"use": "observer"})).await;
        assert!(again.contains("決まっていません"), "{again}");
    })
    .await;
}
