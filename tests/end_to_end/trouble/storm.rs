//! Storms: every trouble Discord or its edge can make, on every kind of request for a card, in text
//! channels and forums. After each a card stands once with the last words, or waits and says why.

use super::{FORUM, MESSAGES, POSTS, TEXT, add, correct};
use crate::{number_in, wording};
use fake_discord::{Fault, MessageView, Overwrite, Principal, Trouble, permission};
use rstest::rstest;
use serde_json::json;
use std::time::Duration;
use tests::{
    database::Database,
    world::{World, world},
};

/// Where a message is changed or taken away.
const MESSAGE: &str = "/channels/{channel_id}/messages/{message_id}";
/// Where a post is named, tagged or taken away.
const POST: &str = "/channels/{channel_id}";
/// What an issue says first, then.
const FIRST: &str = "集め方がまちまちだ";
const LAST: &str = "集め方が支部ごとに違う";

/// A post moves to the desk: what may stay is the tier, what may not is the place.
async fn move_to_the_desk(world: &World, who: &str, number: i64) {
    let options = json!({
        "number": number.to_string(), "tier": 3, "reason": "地域で話し合うため",
    });
    let answer = world
        .person(who)
        .slash(world.channel("広場"), "issue tier", options)
        .await;
    assert!(answer.text().contains("に変えました"), "{}", answer.text());
}

/// Cards of a channel with this number.
fn cards_of(world: &World, channel: &str, number: i64) -> usize {
    let cards = issue_cards(world, channel);
    cards.iter().filter(|c| number_in(c) == number).count()
}

/// Cards of a channel without those that tell the desk what was stopped.
fn issue_cards(world: &World, channel: &str) -> Vec<MessageView> {
    let mut cards = world.cards(channel);
    cards.retain(|card| {
        let title = card
            .embeds
            .first()
            .and_then(|embed| embed["title"].as_str());
        title.is_some_and(|title| title.starts_with('#'))
    });
    cards
}

/// Waits until everything is said. What failed for now need not wait as long as it would: nobody has it
/// in hand then, so that its time may be over at once. What Discord asks to wait is waited.
///
/// `passed` counts the failures whose time was over already.
async fn calm(world: &World, passed: &mut usize) {
    let failed = |world: &World| {
        let log = world.log();
        let failures = log.lines().filter(|line| {
            line.contains("it will be searched for")
                || line.contains("a delivery has to wait") && !line.contains("asked to wait")
        });
        failures.count()
    };
    loop {
        let known = *passed;
        let moved = world
            .until(async |world| failed(world) > known || world.waiting().await == 0)
            .await;
        assert!(moved, "the storm does not end\n{}", world.log());
        if world.waiting().await == 0 {
            return;
        }
        *passed = failed(world);
        world.let_waits_pass().await;
    }
}

/// The trouble, once for each request that an edit or a new card needs, in the text channel and in the
/// forum; says how many requests that are.
fn brew(
    world: &World,
    method: &str,
    routes: &[&'static str],
    trouble: &Trouble,
    after: bool,
) -> u64 {
    let text = format!("/channels/{}/", world.channel(TEXT.1));
    let mut brewed = 0;
    for route in routes {
        // A message of the text channel and one of a post have the same route.
        let places: &[bool] = if *route == MESSAGE {
            &[true, false]
        } else {
            &[false]
        };
        for in_text in places {
            let (text, in_text, route) = (text.clone(), *in_text, *route);
            let fault = Fault::on(method, route, trouble.clone());
            let fault =
                fault.when(move |line| route != MESSAGE || line.path.starts_with(&text) == in_text);
            world.fake.faults().add(if after {
                fault.after_the_effect()
            } else {
                fault
            });
            brewed += 1;
        }
    }
    brewed
}

#[rstest]
#[case::a_limit(Trouble::RateLimited(0.3), false)]
#[case::a_limit_of_the_edge(Trouble::Html429(1), false)]
#[case::a_500(Trouble::Status(500), false)]
#[case::a_502(Trouble::Status(502), false)]
#[case::a_503(Trouble::Status(503), false)]
#[case::a_504(Trouble::Status(504), false)]
#[case::a_500_that_did_it(Trouble::Status(500), true)]
#[case::a_502_that_did_it(Trouble::Status(502), true)]
#[case::a_503_that_did_it(Trouble::Status(503), true)]
#[case::a_504_that_did_it(Trouble::Status(504), true)]
#[case::a_reset(Trouble::Reset, false)]
#[case::a_reset_that_did_it(Trouble::Reset, true)]
#[case::slowness(Trouble::Slow(Duration::from_millis(300)), false)]
#[case::slowness_of_what_was_done(Trouble::Slow(Duration::from_millis(300)), true)]
#[tokio::test]
async fn after_a_storm_each_card_stands_once_with_the_last_words(
    #[case] trouble: Trouble,
    #[case] after_the_effect: bool,
) {
    world(Database::Sqlite, async |world| {
        let (mut brewed, mut passed) = (0, 0);
        let mut brew = |method, routes: &[&'static str]| {
            brewed += brew(world, method, routes, &trouble, after_the_effect);
        };
        // New cards.
        brew("POST", &[MESSAGES, POSTS]);
        let numbers = [
            (TEXT, add(world, TEXT.0, &format!("在庫の{FIRST}")).await),
            (FORUM, add(world, FORUM.0, &format!("会費の{FIRST}")).await),
        ];
        calm(world, &mut passed).await;
        for ((_, channel), number) in numbers {
            assert_eq!(cards_of(world, channel, number), 1, "{channel}");
        }
        // Other words, and another title of the post.
        brew("PATCH", &[MESSAGE, POST]);
        for ((who, _), number) in numbers {
            correct(world, who, number, &format!("何かの{LAST}")).await;
        }
        calm(world, &mut passed).await;
        for ((_, channel), number) in numbers {
            let cards = world.cards(channel);
            assert_eq!(cards_of(world, channel, number), 1, "{channel}");
            assert!(wording(&cards[0]).contains(LAST), "{}", cards[0].text());
        }
        // Away from there, to the desk.
        brew("DELETE", &[MESSAGE, POST]);
        // Nothing is written in a post but its card: the post goes, not its message.
        for ((who, _), number) in numbers {
            move_to_the_desk(world, who, number).await;
        }
        calm(world, &mut passed).await;
        for ((_, channel), number) in numbers {
            assert_eq!(cards_of(world, channel, number), 0, "{channel}");
            assert_eq!(cards_of(world, "相談窓口", number), 1, "{channel}");
        }
        assert!(world.fake.threads(world.channel(FORUM.1)).is_empty());
        // The message of the post was never deleted, so that trouble still waits.
        assert_eq!(world.fake.faults().struck(), brewed - 1);
        world.fake.faults().clear();
    })
    .await;
}

/// Discord remembers a nonce for some minutes only. Afterwards nothing but the search keeps a message
/// from being made twice.
#[rstest]
#[case::that_was_done(true)]
#[case::that_was_not(false)]
#[tokio::test]
async fn a_request_nobody_knows_of_is_not_doubled_when_its_nonce_is_forgotten(#[case] done: bool) {
    world(Database::Sqlite, async |world| {
        let mut passed = 0;
        world
            .fake
            .set(|switches| switches.nonce_window = Duration::ZERO);
        for (route, who) in [(MESSAGES, TEXT.0), (POSTS, FORUM.0)] {
            let fault = Fault::on("POST", route, Trouble::Reset);
            let fault = if done {
                fault.after_the_effect()
            } else {
                fault
            };
            world.fake.faults().add(fault);
            // At first the channel cannot be searched either.
            world
                .fake
                .faults()
                .add(Fault::on("GET", MESSAGES, Trouble::Status(503)));
            add(world, who, FIRST).await;
            calm(world, &mut passed).await;
        }
        assert_eq!(world.cards(TEXT.1).len(), 1);
        assert_eq!(world.cards(FORUM.1).len(), 1);
        world.fake.faults().clear();
    })
    .await;
}

/// What somebody does to both channels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Hand {
    /// The bot may not write there any more.
    Mutes,
    /// The bot does not see it any more.
    Hides,
    /// It is gone.
    Deletes,
}

impl Hand {
    fn at(self, world: &World) {
        let bot = Principal::Role(world.fake.bot_role(world.city.guild));
        for (_, channel) in [TEXT, FORUM] {
            let id = world.channel(channel);
            let taken = match self {
                Self::Deletes => {
                    world.fake.delete_channel(id);
                    continue;
                }
                Self::Mutes => permission::SEND_MESSAGES,
                Self::Hides => permission::VIEW_CHANNEL,
            };
            let mut rows: Vec<Overwrite> = world.city.overwrites(channel);
            for row in rows.iter_mut().filter(|row| row.principal == bot) {
                row.allow &= !taken;
                row.deny |= taken;
            }
            world.fake.set_overwrites(id, rows);
        }
    }

    /// Everything as it was, where that can be.
    fn mend(world: &World) {
        for (_, channel) in [TEXT, FORUM] {
            let rows = world.city.overwrites(channel);
            world.fake.set_overwrites(world.channel(channel), rows);
        }
    }
}

/// What is asked of both cards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asked {
    New,
    Edit,
    Away,
}

#[rstest]
#[case(Hand::Mutes, Asked::New, Some("permission-send-messages"))]
#[case(Hand::Mutes, Asked::Edit, Some("permission-send-messages"))]
// Who takes something away need not be allowed to write.
#[case(Hand::Mutes, Asked::Away, None)]
// What the bot does not see it cannot tell from what is gone.
#[case(Hand::Hides, Asked::New, Some("drift-unknown-channel"))]
#[case(Hand::Hides, Asked::Edit, Some("drift-unknown-channel"))]
#[case(Hand::Hides, Asked::Away, Some("discord-50001"))]
#[case(Hand::Deletes, Asked::New, Some("drift-unknown-channel"))]
#[case(Hand::Deletes, Asked::Edit, Some("drift-unknown-channel"))]
// What went with its channel need not be taken away.
#[case(Hand::Deletes, Asked::Away, None)]
#[tokio::test]
async fn what_a_hand_keeps_from_being_said_waits_with_a_reason_and_is_said_once(
    #[case] hand: Hand,
    #[case] asked: Asked,
    #[case] waits_with: Option<&str>,
) {
    world(Database::Sqlite, async |world| {
        let mut numbers = Vec::new();
        if asked != Asked::New {
            for (who, _) in [TEXT, FORUM] {
                numbers.push(add(world, who, FIRST).await);
            }
            world.settled().await;
        }
        hand.at(world);
        for (place, (who, _)) in [TEXT, FORUM].into_iter().enumerate() {
            match asked {
                Asked::New => numbers.push(add(world, who, FIRST).await),
                Asked::Edit => correct(world, who, numbers[place], LAST).await,
                Asked::Away => move_to_the_desk(world, who, numbers[place]).await,
            }
        }
        if let Some(code) = waits_with {
            // What is to be taken away holds what comes elsewhere instead.
            let held = if asked == Asked::Away { 4 } else { 2 };
            let waits = world
                .until(async |world| world.counts().await.refused >= held)
                .await;
            assert!(waits, "{}", world.log());
            let told = world.log().matches(&format!("code={code}")).count();
            assert!(told >= 2, "the reason is {code}\n{}", world.log());
            if hand == Hand::Deletes {
                // Nothing brings a channel back; what waits is not lost, and nobody is told it stands.
                return;
            }
            Hand::mend(world);
            let mended = world
                .until(async |world| world.counts().await.refused == 0)
                .await;
            assert!(mended, "{}", world.log());
        }
        world.settled().await;
        for ((_, channel), number) in [TEXT, FORUM].into_iter().zip(numbers) {
            let here = usize::from(asked != Asked::Away);
            if hand != Hand::Deletes {
                assert_eq!(cards_of(world, channel, number), here, "{channel}");
            }
            assert_eq!(cards_of(world, "相談窓口", number), 1 - here, "{channel}");
            let last = if asked == Asked::Edit { LAST } else { FIRST };
            let place = if here == 1 { channel } else { "相談窓口" };
            let cards = issue_cards(world, place);
            let card = cards.iter().find(|card| number_in(card) == number);
            let card = card.expect("it stands there");
            assert!(wording(card).contains(last), "{}", card.text());
        }
    })
    .await;
}
