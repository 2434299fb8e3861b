//! Trouble on the way to Discord: errors before and after the effect, resets, limits, slowness, and (in
//! `hand`) what people do to channels and posts. Whatever happens, every card stands once in the end.

mod hand;
mod storm;

use super::{number_in, wording};
use fake_discord::{Fault, Request, Trouble};
use rstest::rstest;
use serde_json::json;
use std::time::Duration;
use tests::{
    database::Database,
    world::{PATIENCE, World, world},
};

/// Where messages of a text channel are made.
const MESSAGES: &str = "/channels/{channel_id}/messages";
/// Where posts of a forum are made.
const POSTS: &str = "/channels/{channel_id}/threads";
/// An association whose channel is a text channel, and one whose channel is a forum.
const TEXT: (&str, &str) = ("薬剤師会の会長", "一次-薬剤師会");
const FORUM: (&str, &str) = ("歯科医師会の会長", "一次-歯科医師会");

/// Somebody adds an issue of tier 1 and gets its number.
async fn add(world: &World, who: &str, words: &str) -> i64 {
    let options = json!({"text": words, "tier": 1});
    let answer = world
        .person(who)
        .slash(world.channel("広場"), "issue add", options)
        .await;
    number_in(&answer.expect_message())
}

/// Somebody corrects the wording of an issue.
async fn correct(world: &World, who: &str, number: i64, words: &str) {
    let person = world.person(who);
    let options = json!({"number": number.to_string()});
    let form = person
        .slash(world.channel("広場"), "issue edit", options)
        .await
        .expect_modal();
    let answer = person.submit(&form, json!({"text": words})).await;
    assert!(answer.text().contains("修正しました"), "{}", answer.text());
}

/// Requests that make something, in order.
fn posted(world: &World, route: &str) -> Vec<Request> {
    let mut requests = world.fake.requests();
    requests.retain(|request| request.method == "POST" && request.route == route);
    requests
}

fn statuses(requests: &[Request]) -> Vec<u16> {
    requests.iter().map(|request| request.status).collect()
}

#[rstest]
#[tokio::test]
async fn an_error_of_discord_leaves_one_card_whether_it_had_an_effect_or_not(
    #[values(500, 502)] status: u16,
    #[values(false, true)] after_the_effect: bool,
) {
    world(Database::Sqlite, async |world| {
        for route in [MESSAGES, POSTS] {
            let fault = Fault::on("POST", route, Trouble::Status(status));
            world.fake.faults().add(if after_the_effect {
                fault.after_the_effect()
            } else {
                fault
            });
        }
        add(world, TEXT.0, "在庫の数え方がまちまちだ").await;
        add(world, FORUM.0, "会費の集め方がまちまちだ").await;
        world.settled().await;
        assert_eq!(world.fake.faults().struck(), 2);
        assert_eq!(world.cards(TEXT.1).len(), 1);
        assert_eq!(world.cards(FORUM.1).len(), 1);
        // What took effect is found again and not made a second time.
        let expected: &[u16] = if after_the_effect {
            &[status]
        } else {
            &[status, 200]
        };
        assert_eq!(statuses(&posted(world, MESSAGES)), expected);
        let made = statuses(&posted(world, POSTS));
        assert_eq!(made.len(), expected.len(), "{made:?}");
    })
    .await;
}

#[tokio::test]
async fn a_message_whose_connection_broke_has_a_nonce_and_is_found_again() {
    world(Database::Sqlite, async |world| {
        let fault = Fault::on("POST", MESSAGES, Trouble::Reset);
        world.fake.faults().add(fault.after_the_effect());
        add(world, TEXT.0, "在庫の数え方がまちまちだ").await;
        world.settled().await;
        assert_eq!(world.cards(TEXT.1).len(), 1);
        let sent = posted(world, MESSAGES);
        assert_eq!(statuses(&sent), [0]);
        assert_eq!(sent[0].body["enforce_nonce"], json!(true));
        assert!(
            sent[0].body["nonce"]
                .as_str()
                .is_some_and(|n| n.len() == 20)
        );
    })
    .await;
}

#[tokio::test]
async fn a_message_that_cannot_be_searched_for_is_not_doubled_either() {
    world(Database::Sqlite, async |world| {
        let faults = world.fake.faults();
        faults.add(Fault::on("POST", MESSAGES, Trouble::Reset).after_the_effect());
        // The history cannot be read at first: what is not known stays unknown, nothing is sent.
        faults.add(Fault::on("GET", MESSAGES, Trouble::Status(500)));
        add(world, TEXT.0, "在庫の数え方がまちまちだ").await;
        let doubted = world
            .until(async |world| world.log().contains("it will be searched for"))
            .await;
        assert!(doubted, "{}", world.log());
        // Half a minute, until the claim counts as ended.
        world.stop_bot().await;
        world.let_waits_pass().await;
        world.start_bot().await;
        world.settled().await;
        assert_eq!(world.cards(TEXT.1).len(), 1);
        assert_eq!(statuses(&posted(world, MESSAGES)), [0]);
    })
    .await;
}

#[tokio::test]
async fn a_message_that_is_deleted_before_it_was_found_again_is_posted_once_more() {
    world(Database::Sqlite, async |world| {
        let faults = world.fake.faults();
        faults.add(Fault::on("POST", MESSAGES, Trouble::Reset).after_the_effect());
        faults.add(Fault::on("GET", MESSAGES, Trouble::Status(500)));
        add(world, TEXT.0, "在庫の数え方がまちまちだ").await;
        let doubted = world
            .until(async |world| world.log().contains("it will be searched for"))
            .await;
        assert!(doubted, "{}", world.log());
        world.stop_bot().await;
        for card in world.cards(TEXT.1) {
            world.fake.delete_message(card.id);
        }
        world.let_waits_pass().await;
        world.start_bot().await;
        world.settled().await;
        assert_eq!(world.cards(TEXT.1).len(), 1);
        // Under its nonce there is no other message for minutes; so there is a new one.
        assert_eq!(statuses(&posted(world, MESSAGES)), [0, 404, 200]);
    })
    .await;
}

/// A post has no nonce: while one may still be on its way nothing is tried before the lease has ended.
/// (`delivering` waits for a real lease; here it ends by hand.)
#[tokio::test]
async fn a_post_whose_connection_broke_is_found_again_when_the_lease_has_ended() {
    world(Database::Sqlite, async |world| {
        let fault = Fault::on("POST", POSTS, Trouble::Reset);
        world.fake.faults().add(fault.after_the_effect());
        let number = add(world, FORUM.0, "会費の集め方がまちまちだ").await;
        // It changes while nobody knows whether it stands there.
        let doubted = world
            .until(async |world| world.log().contains("it will be searched for"))
            .await;
        assert!(doubted, "{}", world.log());
        assert_eq!(posted(world, POSTS).len(), 1, "nothing is tried meanwhile");
        world.let_waits_pass().await;
        correct(world, FORUM.0, number, "会費の集め方が支部ごとに違う").await;
        world.settled().await;
        let cards = world.cards(FORUM.1);
        assert_eq!(cards.len(), 1);
        assert!(wording(&cards[0]).contains("支部ごとに違う"));
        assert_eq!(statuses(&posted(world, POSTS)), [0]);
    })
    .await;
}

#[rstest]
#[case::with_discords_body(Trouble::RateLimited(0.6), 600)]
#[case::as_the_edge_sends_it(Trouble::Html429(1), 1_000)]
#[tokio::test]
async fn a_limit_is_waited_for_and_the_card_stands_once(
    #[case] trouble: Trouble,
    #[case] wait_ms: i64,
) {
    world(Database::Sqlite, async |world| {
        for route in [MESSAGES, POSTS] {
            let fault = Fault::on("POST", route, trouble.clone());
            world.fake.faults().add(fault);
        }
        add(world, TEXT.0, "在庫の数え方がまちまちだ").await;
        add(world, FORUM.0, "会費の集め方がまちまちだ").await;
        world.settled().await;
        assert_eq!(world.cards(TEXT.1).len(), 1);
        assert_eq!(world.cards(FORUM.1).len(), 1);
        for route in [MESSAGES, POSTS] {
            let tries = posted(world, route);
            assert_eq!(tries.len(), 2, "{tries:?}");
            assert_eq!(tries[0].status, 429);
            let waited = (tries[1].at - tries[0].at).num_milliseconds();
            assert!(waited >= wait_ms, "it came again after {waited} ms");
        }
    })
    .await;
}

#[tokio::test]
async fn a_stop_waits_for_a_card_that_discord_takes_slowly() {
    world(Database::Sqlite, async |world| {
        for route in [MESSAGES, POSTS] {
            let slow = Trouble::Slow(Duration::from_millis(700));
            let fault = Fault::on("POST", route, slow).after_the_effect();
            world.fake.faults().add(fault);
        }
        add(world, TEXT.0, "在庫の数え方がまちまちだ").await;
        add(world, FORUM.0, "会費の集め方がまちまちだ").await;
        let under_way =
            |world: &World| !world.cards(TEXT.1).is_empty() && !world.cards(FORUM.1).is_empty();
        assert!(world.until(async |world| under_way(world)).await);
        world.stop_bot().await;
        let noted = world.log().matches(" delivered ").count();
        assert_eq!(noted, 2, "both were noted before the end\n{}", world.log());
        world.start_bot().await;
        world.settled().await;
        assert_eq!(posted(world, MESSAGES).len(), 1);
        assert_eq!(posted(world, POSTS).len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_card_that_discord_does_not_acknowledge_before_a_stop_is_found_after_the_start() {
    world(Database::Sqlite, async |world| {
        for route in [MESSAGES, POSTS] {
            let silent = Trouble::Slow(PATIENCE);
            let fault = Fault::on("POST", route, silent).after_the_effect();
            world.fake.faults().add(fault);
        }
        add(world, TEXT.0, "在庫の数え方がまちまちだ").await;
        add(world, FORUM.0, "会費の集め方がまちまちだ").await;
        let under_way =
            |world: &World| !world.cards(TEXT.1).is_empty() && !world.cards(FORUM.1).is_empty();
        assert!(world.until(async |world| under_way(world)).await);
        // As long as one answer of Discord may take; less than a stop may.
        world.stop_bot().await;
        let doubted = world.log().matches("it will be searched for").count();
        assert_eq!(doubted, 2, "{}", world.log());
        world.let_waits_pass().await;
        world.start_bot().await;
        world.settled().await;
        assert_eq!(world.cards(TEXT.1).len(), 1);
        assert_eq!(world.cards(FORUM.1).len(), 1);
        assert_eq!(posted(world, MESSAGES).len(), 1);
        assert_eq!(posted(world, POSTS).len(), 1);
    })
    .await;
}

/// An issue of tier 2 that everybody may know of; its card stands.
async fn on_tier_2(world: &World) -> String {
    let options = json!({
        "text": "入退院のときの連絡を話題にした集まりで出たこと", "profession": "病院連携室",
        "about": "介護支援専門員", "tier": 2, "origin": "open",
    });
    let answer = world
        .person("コーディネーター")
        .slash(world.channel("相談窓口"), "issue add", options)
        .await;
    let number = number_in(&answer.expect_message()).to_string();
    world.settled().await;
    assert_eq!(world.cards("二次-入退院").len(), 1);
    number
}

async fn move_to_tier_3(world: &World, number: &str) {
    let options = json!({"number": number, "tier": 3, "reason": "救急の受け入れにも関わるため"});
    let answer = world
        .person("コーディネーター")
        .slash(world.channel("相談窓口"), "issue tier", options)
        .await;
    assert!(answer.text().contains("に変えました"), "{}", answer.text());
}

/// The old card is gone before the new one stands, whatever became of the first try.
fn assert_gone_first(world: &World) {
    let requests = world.fake.requests();
    let gone = requests
        .iter()
        .position(|r| r.method == "DELETE" && r.status == 204)
        .expect("the old card was deleted");
    let stands = requests
        .iter()
        .position(|r| r.method == "POST" && r.route == POSTS)
        .expect("the new card was posted");
    assert!(gone < stands, "first away from the old channel");
    assert!(world.cards("二次-入退院").is_empty());
    assert_eq!(world.cards("三次連携").len(), 1);
}

#[tokio::test]
async fn a_card_does_not_stand_in_its_new_channel_while_the_old_one_cannot_be_taken_away() {
    world(Database::Sqlite, async |world| {
        let number = on_tier_2(world).await;
        let message = "/channels/{channel_id}/messages/{message_id}";
        let fault = Fault::on("DELETE", message, Trouble::Status(500));
        world.fake.faults().add(fault.times(2));
        move_to_tier_3(world, &number).await;
        world.settled().await;
        assert_eq!(world.fake.faults().struck(), 2);
        assert_gone_first(world);
    })
    .await;
}
