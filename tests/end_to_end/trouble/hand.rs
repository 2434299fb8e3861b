//! What people do by hand: permissions taken away and given back, posts put aside, locked or deleted,
//! channels deleted. What cannot be sent waits with a reason and goes out after the mend.

use super::{
    FORUM, MESSAGES, TEXT, add, assert_gone_first, correct, move_to_tier_3, on_tier_2, posted,
};
use crate::{number_in, wording};
use fake_discord::{Channel, Overwrite, Principal, permission};
use rstest::rstest;
use serde_json::{Value, json};
use tests::{
    city::ASSOCIATIONS,
    database::Database,
    world::{SetUp, World, world, world_with},
};

/// The rows of a channel, the bot's without a permission it had.
fn without(world: &World, channel: &str, permission: u64) -> Vec<Overwrite> {
    let bot = Principal::Role(world.fake.bot_role(world.city.guild));
    let mut rows = world.city.overwrites(channel);
    for row in rows.iter_mut().filter(|row| row.principal == bot) {
        row.allow &= !permission;
        row.deny |= permission;
    }
    rows
}

async fn until_refused(world: &World, code: &str) {
    let refused = world
        .until(async |world| world.counts().await.refused >= 1)
        .await;
    assert!(refused, "the row waits for a person\n{}", world.log());
    assert!(
        world.log().contains(&format!("code={code}")),
        "the reason is {code}\n{}",
        world.log()
    );
}

#[rstest]
#[case::archived(true, false)]
#[case::locked(false, true)]
#[case::archived_and_locked(true, true)]
#[tokio::test]
async fn a_post_that_was_put_aside_by_hand_follows_its_issue(
    #[case] archived: bool,
    #[case] locked: bool,
) {
    world(Database::Sqlite, async |world| {
        let number = add(world, FORUM.0, "会費の集め方がまちまちだ").await;
        world.settled().await;
        let before = world.cards(FORUM.1).remove(0);
        world.fake.set_thread(before.channel, archived, locked);
        correct(world, FORUM.0, number, "会費の集め方が支部ごとに違う").await;
        world.settled().await;
        let after = world.cards(FORUM.1);
        assert_eq!(after.len(), 1);
        assert_eq!(after[0].id, before.id, "the post is edited");
        assert!(wording(&after[0]).contains("支部ごとに違う"));
        let forum = world.person("コーディネーター").channels();
        let forum = forum
            .iter()
            .find(|channel| channel.id == world.channel(FORUM.1))
            .expect("the forum is seen");
        assert_eq!(forum.threads[0].locked, locked, "a lock is the people's");
    })
    .await;
}

#[tokio::test]
async fn a_locked_post_the_bot_may_not_open_waits_for_the_permission() {
    world(Database::Sqlite, async |world| {
        let number = add(world, FORUM.0, "会費の集め方がまちまちだ").await;
        world.settled().await;
        let post = world.cards(FORUM.1).remove(0);
        world.fake.set_thread(post.channel, true, true);
        let forum = world.channel(FORUM.1);
        let rows = without(world, FORUM.1, permission::MANAGE_THREADS);
        world.fake.set_overwrites(forum, rows);
        correct(world, FORUM.0, number, "会費の集め方が支部ごとに違う").await;
        until_refused(world, "thread-locked").await;
        assert!(wording(&world.cards(FORUM.1)[0]).contains("まちまち"));
        let rows = world.city.overwrites(FORUM.1);
        world.fake.set_overwrites(forum, rows);
        let followed = world
            .until(async |world| wording(&world.cards(FORUM.1)[0]).contains("支部ごとに違う"))
            .await;
        assert!(followed, "{}", world.log());
        assert_eq!(world.cards(FORUM.1).len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_post_deleted_by_hand_is_posted_once_more_when_it_changes() {
    world(Database::Sqlite, async |world| {
        let number = add(world, FORUM.0, "会費の集め方がまちまちだ").await;
        world.settled().await;
        let before = world.cards(FORUM.1).remove(0);
        world.fake.delete_channel(before.channel);
        correct(world, FORUM.0, number, "会費の集め方が支部ごとに違う").await;
        world.settled().await;
        let after = world.cards(FORUM.1);
        assert_eq!(after.len(), 1);
        assert_ne!(after[0].channel, before.channel);
        assert!(wording(&after[0]).contains("支部ごとに違う"));
    })
    .await;
}

#[tokio::test]
async fn a_bot_that_lost_its_voice_sends_what_waited_when_it_has_it_again() {
    world(Database::Sqlite, async |world| {
        let channel = world.channel(TEXT.1);
        let rows = without(world, TEXT.1, permission::SEND_MESSAGES);
        world.fake.set_overwrites(channel, rows);
        add(world, TEXT.0, "在庫の数え方がまちまちだ").await;
        until_refused(world, "permission-send-messages").await;
        // The desk is told, but nothing is sent there.
        let here = format!("/channels/{channel}/");
        let tried = posted(world, MESSAGES);
        let tried = tried.iter().any(|request| request.path.starts_with(&here));
        assert!(!tried, "it is not even tried");
        // Other channels are not held up by it.
        add(world, FORUM.0, "会費の集め方がまちまちだ").await;
        world.settled().await;
        assert_eq!(world.cards(FORUM.1).len(), 1);
        let rows = world.city.overwrites(TEXT.1);
        world.fake.set_overwrites(channel, rows);
        let sent = world
            .until(async |world| world.cards(TEXT.1).len() == 1)
            .await;
        assert!(sent, "{}", world.log());
    })
    .await;
}

/// Sets the whole office up by commands, so that commands may change it.
async fn set_up(world: &World) {
    let office = async |path: &str, options: Value| {
        let admin = world.person("サーバーの管理者");
        let said = admin.slash(world.channel("広場"), path, options).await;
        let said = said.expect_message().text();
        assert!(said.contains("しました"), "{path}: {said}");
    };
    let role = |name: &str| world.city.role(name).to_string();
    for (used, name) in [
        ("coordinator", "連携コーディネーター"),
        ("adviser", "アドバイザー"),
        ("observer", "オブザーバー"),
    ] {
        office("office role", json!({"use": used, "role": role(name)})).await;
    }
    for (used, name) in [("desk", "相談窓口"), ("tier3", "三次連携")] {
        let channel = world.channel(name).to_string();
        office("office channel", json!({"use": used, "channel": channel})).await;
    }
    for (name, professions, channel, _) in ASSOCIATIONS {
        let options = json!({
            "name": name,
            "professions": professions.join("、"),
            "channel": world.channel(channel).to_string(),
            "officers": role(&format!("{name} 三役")),
            "contacts": role(&format!("{name} 連携担当")),
            "members": role(&format!("{name} 会員")),
        });
        office("office association", options).await;
    }
    world.accept_owner().await;
}

#[tokio::test]
async fn a_card_whose_channel_was_deleted_goes_to_the_channel_bound_instead() {
    world_with(Database::Sqlite, SetUp::Nothing, async |world| {
        set_up(world).await;
        world.fake.delete_channel(world.channel("三次連携"));
        let coordinator = world.person("コーディネーター");
        let desk = world.channel("相談窓口");
        let options = json!({
            "text": "地域でどのようにICTを活用していくか", "profession": "医師会",
            "tier": 3, "origin": "open",
        });
        let answer = coordinator.slash(desk, "issue add", options).await;
        let number = number_in(&answer.expect_message()).to_string();
        until_refused(world, "drift-unknown-channel").await;
        let shown = coordinator
            .slash(desk, "issue show", json!({"number": number}))
            .await
            .expect_message();
        assert!(shown.text().contains("ICTを活用"), "nothing is lost");

        let rows = world.city.overwrites("三次連携");
        let channel = Channel::text("三次連携-新").with_overwrites(rows);
        let bound = world.fake.add_channel(world.city.guild, channel);
        let options = json!({"use": "tier3", "channel": bound.to_string()});
        let said = coordinator.slash(desk, "office channel", options).await;
        assert!(said.text().contains("にしました"), "{}", said.text());
        let sent = world
            .until(async |world| world.cards_in(bound).len() == 1)
            .await;
        assert!(sent, "{}", world.log());
        world.settled().await;
        let let_go = world
            .until(async |world| world.counts().await.refused == 0)
            .await;
        assert!(let_go, "nothing waits any more\n{}", world.log());
    })
    .await;
}

#[tokio::test]
async fn a_card_that_may_not_be_taken_away_holds_the_next_until_it_may() {
    world(Database::Sqlite, async |world| {
        let number = on_tier_2(world).await;
        let channel = world.channel("二次-入退院");
        let rows = without(world, "二次-入退院", permission::VIEW_CHANNEL);
        world.fake.set_overwrites(channel, rows);
        move_to_tier_3(world, &number).await;
        until_refused(world, "discord-50001").await;
        assert!(world.cards("三次連携").is_empty());
        let told = async |world: &World| world.cards("相談窓口").len() == 1;
        assert!(world.until(told).await, "the desk is told\n{}", world.log());
        let behind = async |world: &World| world.counts().await.refused == 2;
        assert!(world.until(behind).await, "the new card waits behind it");
        let rows = world.city.overwrites("二次-入退院");
        world.fake.set_overwrites(channel, rows);
        let moved = world
            .until(async |world| world.cards("三次連携").len() == 1)
            .await;
        assert!(moved, "{}", world.log());
        world.settled().await;
        assert_gone_first(world);
    })
    .await;
}
