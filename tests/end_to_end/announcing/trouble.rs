//! Trouble on the way to the server's list of events: whatever happens, a session has one event.

use super::{DESK, announcing, change, event, events, plan};
use fake_discord::{Fault, Request, Trouble};
use rstest::rstest;
use serde_json::json;
use std::time::Duration;
use tests::{database::Database, world::World};

const LIST: &str = "/guilds/{guild_id}/scheduled-events";
const ONE: &str = "/guilds/{guild_id}/scheduled-events/{guild_scheduled_event_id}";

/// Requests that make an event, by their status.
fn made(world: &World) -> Vec<u16> {
    let requests = world.fake.requests();
    let posts = requests
        .iter()
        .filter(|r: &&Request| r.method == "POST" && r.route == LIST);
    posts.map(|request| request.status).collect()
}

#[rstest]
#[tokio::test]
async fn an_error_of_discord_leaves_one_event_whether_it_had_an_effect_or_not(
    #[values(500, 503)] status: u16,
    #[values(false, true)] after_the_effect: bool,
) {
    announcing(Database::Sqlite, async |world| {
        let fault = Fault::on("POST", LIST, Trouble::Status(status));
        world.fake.faults().add(if after_the_effect {
            fault.after_the_effect()
        } else {
            fault
        });
        plan(world, json!({})).await;
        world.settled().await;
        event(world);
        let expected: &[u16] = if after_the_effect {
            &[status]
        } else {
            &[status, 200]
        };
        assert_eq!(made(world), expected);
    })
    .await;
}

#[tokio::test]
async fn a_request_without_an_answer_is_looked_for_before_it_is_made_again() {
    announcing(Database::Sqlite, async |world| {
        let fault = Fault::on("POST", LIST, Trouble::Reset);
        world.fake.faults().add(fault.after_the_effect());
        plan(world, json!({})).await;
        let sent = world.until(async |world| !made(world).is_empty()).await;
        assert!(sent, "{}", world.log());
        let doubted = world
            .until(async |world| world.log().contains("it is not known whether"))
            .await;
        assert!(doubted, "{}", world.log());
        world.let_waits_pass().await;
        world.settled().await;
        event(world);
        assert_eq!(made(world).len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_slow_answer_is_waited_for() {
    announcing(Database::Sqlite, async |world| {
        let slow = Trouble::Slow(Duration::from_millis(700));
        world
            .fake
            .faults()
            .add(Fault::on("POST", LIST, slow).after_the_effect());
        plan(world, json!({})).await;
        world.settled().await;
        event(world);
    })
    .await;
}

#[tokio::test]
async fn a_change_that_was_not_answered_is_made_again() {
    announcing(Database::Sqlite, async |world| {
        plan(world, json!({})).await;
        world.settled().await;
        let fault = Fault::on("PATCH", ONE, Trouble::Status(502));
        world.fake.faults().add(fault.after_the_effect());
        change(world, |session| session.place = Some("駅前".to_owned())).await;
        let failed = world
            .until(async |world| world.fake.faults().struck() == 1)
            .await;
        assert!(failed, "{}", world.log());
        world.let_waits_pass().await;
        world.settled().await;
        assert_eq!(event(world).location, "駅前");
        assert!(world.cards(DESK).is_empty(), "what the bot does is no hand");
    })
    .await;
}

#[tokio::test]
async fn a_full_list_is_told_and_other_things_go_on() {
    announcing(Database::Sqlite, async |world| {
        let owner = world.fake.person(world.city.guild, world.city.owner);
        let now = commands::clock::Clock::now(&*world.clock);
        let when = (
            now + chrono::Duration::days(1),
            now + chrono::Duration::days(2),
        );
        let mut theirs = Vec::new();
        for _ in 0..100 {
            theirs.push(
                owner
                    .create_event("集い", "駅前", when)
                    .expect("the owner may"),
            );
        }
        plan(world, json!({})).await;
        let refused = world
            .until(async |world| world.counts().await.refused == 1)
            .await;
        assert!(refused, "{}", world.log());
        world.settled().await;
        let cards = world.cards(DESK);
        assert_eq!(cards.len(), 1);
        assert!(
            cards[0].text().contains("上限（100件）"),
            "{}",
            cards[0].text()
        );
        assert_eq!(events(world).len(), 100);
        owner.delete_event(theirs[0]).expect("the owner may");
        change(world, |session| session.place = Some("駅前".to_owned())).await;
        let there = world
            .until(async |world| world.counts().await.refused == 0)
            .await;
        assert!(there, "{}", world.log());
        world.settled().await;
        assert!(
            events(world)
                .iter()
                .any(|event| event.name == "第1回 推進協議会")
        );
    })
    .await;
}
