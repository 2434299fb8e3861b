//! Limits of Discord: they are waited for without holding up what is not limited, and nothing goes out
//! after a wait on the strength of a proof made before it.

use super::{DESK, FORUM, Harm, SAID, TEXT, add, number_in, until_cards, until_over, wording};
use fake_discord::{Fault, Trouble};
use rstest::rstest;
use serde_json::json;
use std::time::Duration;
use tests::{
    database::Database,
    world::{World, world},
};

const MESSAGES: &str = "/channels/{channel_id}/messages";
const POSTS: &str = "/channels/{channel_id}/threads";

fn made(world: &World, route: &str) -> Vec<u16> {
    let requests = world.fake.requests();
    let made = requests
        .iter()
        .filter(|request| request.method == "POST" && request.route == route);
    made.map(|request| request.status).collect()
}

#[rstest]
#[case::as_discord_says_it(Trouble::RateLimited(2.5))]
#[case::as_its_edge_says_it(Trouble::Html429(3))]
#[tokio::test]
async fn a_channel_that_opens_to_others_during_a_limit_gets_nothing_after_it(
    #[case] trouble: Trouble,
) {
    world(Database::Sqlite, async |world| {
        for (route, (who, channel)) in [(MESSAGES, TEXT), (POSTS, FORUM)] {
            let fault = Fault::on("POST", route, trouble.clone());
            world.fake.faults().add(fault);
            add(world, who, SAID).await;
            let limited = world
                .until(async |world| made(world, route).contains(&429))
                .await;
            assert!(limited, "{}", world.log());
            Harm::Everyone.on(world, channel);
            let refused = world
                .until(async |world| world.counts().await.refused > 0)
                .await;
            assert!(refused, "{}", world.log());
            assert!(world.cards(channel).is_empty());
            Harm::mended(world, channel);
            until_cards(world, channel, 1).await;
            until_over(world).await;
            world.settled().await;
        }
        assert!(world.fake.invalid_requests() <= 2);
    })
    .await;
}

#[tokio::test]
async fn a_storm_of_limits_costs_few_requests_and_loses_nothing() {
    world(Database::Sqlite, async |world| {
        world
            .fake
            .limit_route("POST", MESSAGES, 3, Duration::from_millis(1_500));
        for number in 1..=10 {
            add(world, TEXT.0, &format!("{number}番目の在庫の数え方のこと")).await;
        }
        world.settled().await;
        assert_eq!(world.cards(TEXT.1).len(), 10);
        // What Discord says of what is left is believed, so that hardly anything is refused.
        let refused = made(world, MESSAGES)
            .iter()
            .filter(|status| **status == 429)
            .count();
        assert!(refused <= 1, "{refused} requests were refused");
    })
    .await;
}

#[tokio::test]
async fn another_title_that_has_to_wait_holds_up_nothing() {
    world(Database::Sqlite, async |world| {
        let number = number_in(&add(world, FORUM.0, SAID).await);
        world.settled().await;
        let correct = async |words: &str| {
            let person = world.person(FORUM.0);
            let place = world.channel("広場");
            let options = json!({"number": number.to_string()});
            let form = person
                .slash(place, "issue edit", options)
                .await
                .expect_modal();
            person
                .submit(&form, json!({"text": words}))
                .await
                .expect_message();
            world.settled().await;
        };
        // Discord's hidden limit: two names of a post in ten minutes.
        for words in ["在庫の数え方が一様でない", "在庫の数え方が二通りある"]
        {
            correct(words).await;
        }
        let title = |world: &World| {
            let person = world.person("コーディネーター");
            let forum = person.channels();
            let forum = forum
                .iter()
                .find(|channel| channel.id == world.channel(FORUM.1));
            forum.expect("the forum").threads[0].name.clone()
        };
        assert!(title(world).contains("二通り"), "{}", title(world));
        correct("在庫の数え方が三通りある").await;
        assert!(wording(&world.cards(FORUM.1)[0]).contains("三通り"));
        assert!(title(world).contains("二通り"), "the name has to wait");
        assert!(
            world.log().contains("result=\"postponed\""),
            "{}",
            world.log()
        );
        // The lane is free for others, and newer words do not wait for the name.
        add(world, FORUM.0, "会費の集め方がまちまちだ").await;
        until_cards(world, FORUM.1, 2).await;
        correct("在庫の数え方が四通りある").await;
        let newest = world
            .cards(FORUM.1)
            .into_iter()
            .any(|card| wording(&card).contains("四通り"));
        assert!(newest, "{}", world.log());
        assert!(world.cards(DESK).is_empty());
    })
    .await;
}

#[tokio::test]
async fn another_title_that_had_to_wait_comes_later_by_itself() {
    world(Database::Sqlite, async |world| {
        let number = number_in(&add(world, FORUM.0, SAID).await);
        world.settled().await;
        let named = Fault::on("PATCH", "/channels/{channel_id}", Trouble::RateLimited(2.0));
        let named = named.when(|line| line.body["name"].is_string());
        world.fake.faults().add(named);
        let person = world.person(FORUM.0);
        let place = world.channel("広場");
        let options = json!({"number": number.to_string()});
        let form = person
            .slash(place, "issue edit", options)
            .await
            .expect_modal();
        let words = json!({"text": "在庫の数え方が店ごとに違う"});
        person.submit(&form, words).await.expect_message();
        let renamed = async |world: &World| {
            let forum = world.person("コーディネーター").channels();
            let forum = forum
                .iter()
                .find(|channel| channel.id == world.channel(FORUM.1));
            forum.expect("the forum").threads[0].name.contains("店ごと")
        };
        assert!(world.until(renamed).await, "{}", world.log());
        assert_eq!(world.fake.faults().struck(), 1);
    })
    .await;
}
