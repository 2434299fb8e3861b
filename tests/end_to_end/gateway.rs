//! Trouble on the gateway: sessions that end, events that come twice, late, in another order or broken,
//! and servers that come and go. Nothing is sent while no session lives, and nothing is lost by it.

use super::{number_in, text};
use fake_discord::{Fault, Outcome, Overwrite, Principal, Trouble, Twist, permission};
use futures::{FutureExt, StreamExt, stream::FuturesUnordered};
use rstest::rstest;
use serde_json::{Value, json};
use std::{collections::BTreeSet, time::Duration};
use tests::{
    city::ASSOCIATIONS,
    database::Database,
    world::{PATIENCE, World, world},
};

const MESSAGES: &str = "/channels/{channel_id}/messages";
/// A chair whose association has a text channel.
const CHAIR: &str = "薬剤師会の会長";
const CHANNEL: &str = "一次-薬剤師会";
/// Hidden channels beside those of associations.
const SHARED: [&str; 6] = [
    "相談窓口",
    "二次-入退院",
    "二次-多職種",
    "三次連携",
    "進捗",
    "行政通知",
];

async fn add(world: &World, words: &str) -> Outcome {
    let options = json!({"text": words, "tier": 1});
    world
        .person(CHAIR)
        .slash(world.channel("広場"), "issue add", options)
        .await
}

/// Adds an issue, as often as it takes: while there is no session people are told to try again.
async fn add_in_the_end(world: &World, words: &str) {
    let added = world
        .until(async |world| add(world, words).await.message().is_some())
        .await;
    assert!(added, "{}", world.log());
}

async fn figure(world: &World, name: &str) -> f64 {
    let at = world.bot().http_address().expect("health is told");
    let figures = reqwest::get(format!("http://{at}/metrics"))
        .await
        .expect("it answers")
        .text()
        .await
        .expect("text");
    let line = figures.lines().find_map(|line| line.strip_prefix(name));
    line.map_or(0.0, |value| value.trim().parse().expect("a figure"))
}

/// How a session is ended.
#[derive(Clone, Copy, Debug)]
enum End {
    Close(u16),
    Reconnect,
    Invalid,
}

#[rstest]
#[case::unknown_error(End::Close(4000), true)]
#[case::normal_close(End::Close(1000), true)]
#[case::asked_to_reconnect(End::Reconnect, true)]
#[case::session_timed_out(End::Close(4009), false)]
#[case::session_invalid(End::Invalid, false)]
#[tokio::test]
async fn a_session_that_ended_is_taken_up_again_or_opened_anew(
    #[case] end: End,
    #[case] resumes: bool,
) {
    world(Database::Sqlite, async |world| {
        let gateway = world.fake.gateway();
        match end {
            End::Close(code) => gateway.close(code),
            End::Reconnect => gateway.reconnect(),
            End::Invalid => gateway.invalidate(false),
        }
        if resumes {
            // What is asked meanwhile is heard after the resume.
            let answer = add(world, "つなぎ直すあいだに書いたこと").await;
            assert_eq!(number_in(&answer.expect_message()), 1);
            assert_eq!(gateway.resumes(), 1);
        } else {
            let opened = world.fake.until(|f| f.identifies().len() == 2, PATIENCE);
            opened.await.expect("a new session is opened");
            add_in_the_end(world, "つなぎ直したあとに書いたこと").await;
        }
        let opened = if resumes { 1 } else { 2 };
        assert_eq!(world.fake.identifies().len(), opened);
        world.settled().await;
        assert_eq!(world.cards(CHANNEL).len(), 1);
        assert_eq!(
            figure(world, "renkei_gateway_live ").await,
            1.0,
            "{}",
            world.log()
        );
    })
    .await;
}

#[rstest]
#[case::three_times(Twist::Repeat(3))]
#[case::late(Twist::Delay(Duration::from_millis(800)))]
#[tokio::test]
async fn a_request_that_comes_several_times_or_late_acts_once(#[case] twist: Twist) {
    world(Database::Sqlite, async |world| {
        world
            .fake
            .gateway()
            .twist("INTERACTION_CREATE", twist, u64::MAX);
        let answer = add(world, "在庫の数え方がまちまちだ").await;
        assert_eq!(number_in(&answer.expect_message()), 1);
        let form = world
            .person(CHAIR)
            .slash(world.channel("広場"), "issue edit", json!({"number": "1"}))
            .await
            .expect_modal();
        let answer = world
            .person(CHAIR)
            .submit(&form, text("在庫の数え方が店ごとに違う"))
            .await;
        assert!(answer.text().contains("修正しました"), "{}", answer.text());
        world.settled().await;
        assert_eq!(world.cards(CHANNEL).len(), 1);
        let list = world
            .person(CHAIR)
            .slash(world.channel("広場"), "issue list", json!({}))
            .await;
        assert!(list.text().contains("全1件"), "{}", list.text());
        let shown = world
            .person(CHAIR)
            .slash(world.channel("広場"), "issue show", json!({"number": "1"}))
            .await
            .text();
        assert_eq!(shown.matches("　修正（").count(), 1, "{shown}");
    })
    .await;
}

#[tokio::test]
async fn requests_that_come_in_another_order_are_all_answered_once() {
    world(Database::Sqlite, async |world| {
        let gateway = world.fake.gateway();
        gateway.twist("INTERACTION_CREATE", Twist::Hold, 4);
        let words: Vec<String> = (1..=4)
            .map(|n| format!("順番が入れ替わる話 その{n}"))
            .collect();
        let mut asked: FuturesUnordered<_> = words.iter().map(|words| add(world, words)).collect();
        // Asked, held, and not answered yet.
        assert!(asked.next().now_or_never().is_none());
        gateway.release(true);
        let mut numbers = BTreeSet::new();
        while let Some(answer) = asked.next().await {
            numbers.insert(number_in(&answer.expect_message()));
        }
        assert_eq!(numbers, BTreeSet::from([1, 2, 3, 4]));
        world.settled().await;
        let cards = world.cards(CHANNEL);
        assert_eq!(cards.len(), 4);
        for words in &words {
            let of_it = cards.iter().filter(|card| card.text().contains(words));
            assert_eq!(of_it.count(), 1, "{words}");
        }
    })
    .await;
}

/// Gives every hidden channel the rows it was built with, for the role the bot has now.
pub(super) fn let_in(world: &World, before: u64) {
    let now = Principal::Role(world.fake.bot_role(world.city.guild));
    let channels = ASSOCIATIONS.iter().map(|(_, _, channel, _)| *channel);
    for channel in channels.chain(SHARED) {
        let mut rows = world.city.overwrites(channel);
        for row in &mut rows {
            if row.principal == Principal::Role(before) {
                row.principal = now;
            }
        }
        world.fake.set_overwrites(world.channel(channel), rows);
    }
}

#[tokio::test]
async fn a_server_that_is_left_and_joined_again_goes_on_where_it_was() {
    world(Database::Sqlite, async |world| {
        add(world, "在庫の数え方がまちまちだ")
            .await
            .expect_message();
        world.settled().await;
        // One card waits for a person when the bot is removed.
        let role = world.fake.bot_role(world.city.guild);
        let mut rows = world.city.overwrites(CHANNEL);
        rows.retain(|row| row.principal != Principal::Role(role));
        rows.push(Overwrite::role(role, 0, permission::SEND_MESSAGES));
        world.fake.set_overwrites(world.channel(CHANNEL), rows);
        add(world, "会費の集め方がまちまちだ")
            .await
            .expect_message();
        let refused = async |world: &World| world.counts().await.refused == 1;
        assert!(world.until(refused).await, "{}", world.log());

        world.fake.bot_leaves(world.city.guild);
        let left = async |world: &World| world.counts().await.refused == 0;
        assert!(world.until(left).await, "a left office is not counted");
        world.fake.bot_joins(world.city.guild);
        let_in(world, role);
        let sent = world
            .until(async |world| world.cards(CHANNEL).len() == 2)
            .await;
        assert!(sent, "what waited is sent\n{}", world.log());
        let answer = add(world, "棚の表示がまちまちだ").await.expect_message();
        assert_eq!(number_in(&answer), 3, "numbers go on");
        world.settled().await;
        assert_eq!(world.cards(CHANNEL).len(), 3);
    })
    .await;
}

#[tokio::test]
async fn a_refused_token_ends_the_program_with_what_to_do() {
    world(Database::Sqlite, async |world| {
        world.expect_fault("there is no way to go on");
        world.fake.gateway().close(4004);
        let failed = tokio::time::timeout(PATIENCE, world.bot().failed());
        let error = failed.await.expect("it ends").to_string();
        assert!(
            error.starts_with("Discord がトークンを受け付けません"),
            "{error}"
        );
        assert!(error.contains("Developer Portal"), "{error}");
        assert!(!error.contains(world.fake.token()));
        assert!(!world.bot().is_ready());
        world.stop_bot().await;
        assert_eq!(world.fake.identifies().len(), 1, "it is not tried again");
    })
    .await;
}

#[tokio::test]
async fn cards_wait_for_a_server_that_discord_cannot_reach() {
    world(Database::Sqlite, async |world| {
        let guild = world.city.guild;
        // The first try fails, so that the card waits when the outage begins.
        let fault = Fault::on("POST", MESSAGES, Trouble::RateLimited(0.3)).always();
        world.fake.faults().add(fault);
        add(world, "在庫の数え方がまちまちだ")
            .await
            .expect_message();
        let struck = world.fake.until(|f| f.faults().struck() > 0, PATIENCE);
        struck.await.expect("it was tried");
        let role = world.fake.bot_role(guild);
        world.fake.set_unavailable(guild, true);
        world.fake.faults().clear();
        world.fake.set_unavailable(guild, false);
        assert_eq!(world.fake.bot_role(guild), role);
        world.settled().await;
        assert_eq!(world.cards(CHANNEL).len(), 1);
        assert!(
            !world.log().contains("the bot was removed"),
            "an outage is no farewell"
        );
        assert!(world.bot().is_ready());
    })
    .await;
}

#[tokio::test]
async fn nothing_is_sent_to_a_server_during_its_outage() {
    world(Database::Sqlite, async |world| {
        let guild = world.city.guild;
        // What was asked before the outage is heard in it.
        world
            .fake
            .gateway()
            .twist("INTERACTION_CREATE", Twist::Hold, 1);
        let mut asked = Box::pin(add(world, "在庫の数え方がまちまちだ"));
        assert!(asked.as_mut().now_or_never().is_none());
        world.fake.set_unavailable(guild, true);
        world.fake.gateway().release(false);
        asked.await.expect_message();
        let noticed = world
            .until(async |world| world.log().contains("the server cannot be seen"))
            .await;
        assert!(noticed, "{}", world.log());
        assert_eq!(world.waiting().await, 1);
        assert!(world.cards(CHANNEL).is_empty());
        world.fake.set_unavailable(guild, false);
        world.settled().await;
        assert_eq!(world.cards(CHANNEL).len(), 1);
    })
    .await;
}

/// An event as Discord numbers it, whatever is in it.
fn event(kind: &str, data: &Value) -> String {
    json!({"op": 0, "s": 3, "t": kind, "d": data}).to_string()
}

#[tokio::test]
async fn an_event_that_cannot_be_read_is_counted_and_stops_nothing() {
    world(Database::Sqlite, async |world| {
        let gateway = world.fake.gateway();
        let guild = world.city.guild.to_string();
        let kinds = ["GUILD_ROLE_UPDATE", "INTERACTION_CREATE", "NEVER_HEARD_OF"];
        for kind in kinds {
            let data = json!({"guild_id": guild, "role": "在庫の話ではない", "type": []});
            gateway.send_raw(&event(kind, &data));
        }
        // Not even events.
        for raw in ["{", "null", r#"{"op": 99, "d": null}"#, ""] {
            gateway.send_raw(raw);
        }
        let answer = add(world, "在庫の数え方がまちまちだ").await;
        assert_eq!(number_in(&answer.expect_message()), 1);
        world.settled().await;
        assert_eq!(world.cards(CHANNEL).len(), 1);
        for kind in kinds {
            let counter = "renkei_gateway_unknown_events_total";
            let name = format!("{counter}{{kind=\"{kind}\"}} ");
            assert!(figure(world, &name).await >= 1.0, "{kind}");
            let told = format!("event.kind=\"{kind}\"");
            assert_eq!(world.log().matches(&told).count(), 1, "{}", world.log());
        }
        assert!(!world.log().contains("在庫の話ではない"));
        assert_eq!(world.fake.identifies().len(), 1, "the session goes on");
    })
    .await;
}

#[tokio::test]
async fn a_server_whose_arrival_cannot_be_read_is_met_all_the_same() {
    world(Database::Sqlite, async |world| {
        let guild = world.city.guild;
        world.fake.set_unavailable(guild, true);
        let gateway = world.fake.gateway();
        gateway.twist("GUILD_CREATE", Twist::Drop, 1);
        world.fake.set_unavailable(guild, false);
        let data = json!({"id": guild.to_string(), "channels": "Discord を書きかえました"});
        gateway.send_raw(&event("GUILD_CREATE", &data));
        add(world, "在庫の数え方がまちまちだ")
            .await
            .expect_message();
        world.settled().await;
        assert_eq!(world.cards(CHANNEL).len(), 1);
    })
    .await;
}

#[tokio::test]
async fn nothing_is_sent_without_a_live_session() {
    world(Database::Sqlite, async |world| {
        // Somebody is being answered when the session ends.
        let held = world.hold_database().await;
        let asked = add(world, "在庫の数え方がまちまちだ");
        let deferred = world.fake.until(
            |fake| {
                fake.requests()
                    .iter()
                    .any(|r| r.path.ends_with("/callback") && r.body["type"] == 5)
            },
            PATIENCE,
        );
        let end = async {
            deferred.await.expect("the answer is deferred");
            // No session is opened so soon after the last.
            let gateway = world.fake.gateway();
            gateway.identify_spacing(Some(Duration::from_secs(3_600)));
            gateway.invalidate(false);
            let ended = world.until(async |world| !world.bot().is_ready()).await;
            assert!(ended, "{}", world.log());
            held.release().await;
        };
        let (answer, ()) = tokio::join!(asked, end);
        assert_eq!(number_in(&answer.expect_message()), 1);
        assert_eq!(world.waiting().await, 1);
        assert_eq!(world.fake.identifies().len(), 1, "there is no session yet");
        assert!(world.cards(CHANNEL).is_empty());
        world.fake.gateway().identify_spacing(None);
        world.settled().await;
        assert_eq!(world.cards(CHANNEL).len(), 1);
        let opened = world.fake.identifies()[1].at;
        let requests = world.fake.requests();
        let sent = requests
            .iter()
            .find(|r| r.method == "POST" && r.route == MESSAGES)
            .expect("it was sent");
        assert!(sent.at >= opened, "the card waited for the new session");
    })
    .await;
}
