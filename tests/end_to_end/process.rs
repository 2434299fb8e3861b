//! The program itself: `renkei` as a process, from its start to a good or a sudden end, alone and beside
//! another one on the same database.
//!
//! What `renkei` says without running the bot is in `check`.

mod check;
mod program;

use super::number_in;
use fake_discord::{Fault, Trouble};
use futures::future::join_all;
use program::Process;
use serde_json::{Value, json};
use std::{collections::BTreeSet, time::Duration};
use tests::{
    city::ASSOCIATIONS,
    database::Database,
    world::{PATIENCE, World, world_without_bot},
};

const MESSAGES: &str = "/channels/{channel_id}/messages";
const POSTS: &str = "/channels/{channel_id}/threads";
/// An association whose channel is a text channel, and one whose channel is a forum.
const TEXT: (&str, &str) = ("薬剤師会の会長", "一次-薬剤師会");
const FORUM: (&str, &str) = ("歯科医師会の会長", "一次-歯科医師会");

async fn add(world: &World, who: &str, options: Value) -> i64 {
    let person = world.person(who);
    let place = world.channel("広場");
    number_in(
        &person
            .slash(place, "issue add", options)
            .await
            .expect_message(),
    )
}

fn tier_1(words: &str) -> Value {
    json!({"text": words, "tier": 1})
}

/// How many cards of a channel hold the words.
fn holding(world: &World, channel: &str, words: &str) -> usize {
    let cards = world.cards(channel);
    cards
        .iter()
        .filter(|card| card.text().contains(words))
        .count()
}

/// Everything in a text that could be a label's value in the format of Prometheus.
fn labels(figures: &str) -> BTreeSet<&str> {
    figures.split('"').skip(1).step_by(2).collect()
}

#[tokio::test]
async fn the_program_tells_how_it_is_and_says_nothing_of_people() {
    world_without_bot(Database::Sqlite, async |world| {
        let renkei = Process::start(world, "renkei").await;
        assert_eq!(renkei.get("/live").await, (200, "ok\n".to_owned()));
        let (words, speaker) = ("在庫の数え方がまちまちだ", "仮名 次郎");
        let options = json!({"text": words, "tier": 1, "speaker": speaker});
        add(world, TEXT.0, options).await;
        add(world, FORUM.0, tier_1("会費の集め方がまちまちだ")).await;
        let stands =
            async |world: &World| world.cards(TEXT.1).len() + world.cards(FORUM.1).len() == 2;
        assert!(world.until(stands).await, "{}", renkei.logged());
        let delivered = async |_: &World| {
            let (_, figures) = renkei.get("/metrics").await;
            figures.contains("renkei_deliveries_total{result=\"sent\"} 2")
        };
        assert!(world.until(delivered).await, "{}", renkei.logged());

        let (status, ready) = renkei.get("/ready").await;
        assert_eq!(status, 200);
        let said: Value = serde_json::from_str(&ready).expect("JSON");
        assert_eq!(said, json!({"ready": true, "reasons": [], "notes": []}));
        let (status, figures) = renkei.get("/metrics").await;
        assert_eq!(status, 200);
        for figure in [
            "renkei_gateway_live 1",
            "renkei_interactions_total{",
            "renkei_interaction_seconds_bucket{",
        ] {
            assert!(figures.contains(figure), "{figure} in\n{figures}");
        }
        assert!(figures.is_ascii(), "no words of people\n{figures}");
        let people = world.city.people().iter().map(|person| person.id);
        let ids = people.chain([world.city.guild, world.channel(TEXT.1)]);
        for id in ids {
            assert!(!figures.contains(&id.to_string()), "{id} in\n{figures}");
        }
        for label in labels(&figures) {
            let plain = |c: char| c.is_ascii_alphanumeric() || " _.-+".contains(c);
            assert!(label.len() <= 40 && label.chars().all(plain), "{label}");
        }
        assert_eq!(renkei.get("/").await.0, 404);
        let logged = renkei.stop(world).await;
        assert!(logged.contains("renkei has stopped"), "{logged}");
        assert!(!logged.contains(speaker) && !logged.contains(words));
        assert!(!logged.contains(world.fake.token()));
    })
    .await;
}

#[tokio::test]
async fn a_program_told_to_end_finishes_answers_and_cards_first() {
    world_without_bot(Database::Sqlite, async |world| {
        let mut renkei = Process::start(world, "renkei").await;
        let slow = Trouble::Slow(Duration::from_millis(500));
        let fault = Fault::on("POST", MESSAGES, slow).after_the_effect();
        world.fake.faults().add(fault);
        add(world, TEXT.0, tier_1("在庫の数え方がまちまちだ")).await;
        let stands = async |world: &World| world.cards(TEXT.1).len() == 1;
        assert!(world.until(stands).await, "{}", renkei.logged());
        // The card was not acknowledged yet, and somebody waits for an answer.
        let held = world.hold_database().await;
        let asked = add(world, FORUM.0, tier_1("会費の集め方がまちまちだ"));
        let deferred = world.fake.until(
            |fake| {
                let mut requests = fake.requests().into_iter();
                requests.any(|r| r.path.ends_with("/callback") && r.body["type"] == 5)
            },
            PATIENCE,
        );
        let told = async {
            deferred.await.expect("the answer is deferred");
            renkei.terminate().await;
            held.release().await;
        };
        let (number, ()) = tokio::join!(asked, told);
        assert_eq!(number, 2, "the answer came");
        assert_eq!(renkei.ended().await.code(), Some(0), "{}", renkei.logged());
        world.hear(&renkei.logged());
        world.start_bot().await;
        world.settled().await;
        assert_eq!(world.cards(TEXT.1).len(), 1);
        assert_eq!(world.cards(FORUM.1).len(), 1);
        let requests = world.fake.requests();
        let posted = |route: &str| {
            let of_it = requests
                .iter()
                .filter(|r| r.method == "POST" && r.route == route);
            of_it.count()
        };
        assert_eq!((posted(MESSAGES), posted(POSTS)), (1, 1));
    })
    .await;
}

/// When a round pulls the plug.
#[derive(Clone, Copy, Debug)]
enum Cut {
    /// As soon as both people have their answers.
    Answered,
    /// When the message stands and nobody was told.
    MessageStands,
    /// When both cards stand and nobody was told.
    BothStand,
}

/// What is written in a round: in the text channel, in the forum.
fn words_of(round: usize) -> (String, String) {
    (
        format!("在庫の話、第{round}回。"),
        format!("会費の話、第{round}回。"),
    )
}

/// Cards of a round: in the text channel, in the forum.
fn standing_of(world: &World, round: usize) -> (usize, usize) {
    let (message, post) = words_of(round);
    (
        holding(world, TEXT.1, &message),
        holding(world, FORUM.1, &post),
    )
}

/// Two people write something down, and the plug is pulled.
async fn pull_the_plug(world: &World, round: usize, cut: Cut, renkei: Process) {
    if !matches!(cut, Cut::Answered) {
        for route in [MESSAGES, POSTS] {
            let silent = Fault::on("POST", route, Trouble::Slow(PATIENCE));
            world.fake.faults().add(silent.after_the_effect().always());
        }
    }
    let (message, post) = words_of(round);
    tokio::join!(
        add(world, TEXT.0, tier_1(&message)),
        add(world, FORUM.0, tier_1(&post)),
    );
    let reached = world
        .until(async |world| match cut {
            Cut::Answered => true,
            Cut::MessageStands => standing_of(world, round).0 == 1,
            Cut::BothStand => standing_of(world, round) == (1, 1),
        })
        .await;
    assert!(reached, "round {round}, {cut:?}\n{}", renkei.logged());
    renkei.kill(world).await;
    world.fake.faults().clear();
    // The next start comes when the lease of the last has ended.
    world.let_waits_pass().await;
}

#[tokio::test]
async fn a_power_cut_after_an_answer_loses_and_doubles_nothing() {
    use Cut::{Answered, BothStand, MessageStands};
    let rounds = [
        Answered,
        MessageStands,
        BothStand,
        Answered,
        BothStand,
        MessageStands,
        Answered,
        BothStand,
        Answered,
        MessageStands,
    ];
    world_without_bot(Database::Sqlite, async |world| {
        for (round, cut) in rounds.into_iter().enumerate() {
            let renkei = Process::start(world, &format!("round-{round}")).await;
            let complete = world
                .until(async |world| (0..round).all(|past| standing_of(world, past) == (1, 1)))
                .await;
            assert!(complete, "before round {round}\n{}", renkei.logged());
            pull_the_plug(world, round, cut, renkei).await;
        }
        world.start_bot().await;
        world.settled().await;
        for round in 0..rounds.len() {
            assert_eq!(standing_of(world, round), (1, 1), "round {round}");
        }
        for (who, channel) in [TEXT, FORUM] {
            assert_eq!(world.cards(channel).len(), rounds.len());
            let list = world
                .person(who)
                .slash(world.channel("広場"), "issue list", json!({}))
                .await
                .text();
            assert!(list.contains(&format!("全{}件", rounds.len())), "{list}");
        }
    })
    .await;
}

#[tokio::test]
async fn two_processes_on_one_database_answer_and_post_everything_once() {
    const EACH: usize = 5;
    // Eight people; every third of them has a forum.
    let people = [
        "医師会の会長",
        "歯科医師会の会長",
        "薬剤師会の会長",
        "病院連携室の会長",
        "医師会の連携担当",
        "歯科医師会の連携担当",
        "薬剤師会の連携担当",
        "介護支援専門員連絡協議会の会長",
    ];
    world_without_bot(Database::Postgres, async |world| {
        let first = Process::start(world, "first").await;
        let second = Process::start(world, "second").await;
        assert_eq!(world.fake.gateway().connected(), 2);
        let shared: &World = world;
        let asked = join_all(people.iter().enumerate().map(|(whose, who)| async move {
            let (person, place) = (shared.person(who), shared.channel("広場"));
            let mut asked = Vec::new();
            for n in 0..EACH {
                let words = format!("{whose}番の人が気にしていること、その{n}。");
                let answer = person.slash(place, "issue add", tier_1(&words)).await;
                // Both processes hear it; an answer that is late is not what is looked at here.
                asked.push((words, answer.message().map(number_in)));
            }
            asked
        }))
        .await
        .concat();
        let all = people.len() * EACH;
        let numbers: Vec<i64> = asked.iter().filter_map(|(_, number)| *number).collect();
        let unlike: BTreeSet<&i64> = numbers.iter().collect();
        assert_eq!(unlike.len(), numbers.len(), "no number is given twice");
        let channels: Vec<&str> = ASSOCIATIONS
            .iter()
            .map(|(_, _, channel, _)| *channel)
            .collect();
        let cards = |world: &World| -> usize {
            channels
                .iter()
                .map(|channel| world.cards(channel).len())
                .sum()
        };
        let stand = world.until(async |world| cards(world) >= all).await;
        assert!(stand, "{}\n{}", first.logged(), second.logged());
        let logs = [first.stop(world).await, second.stop(world).await];
        let delivered: usize = logs
            .iter()
            .map(|log| log.matches(" delivered ").count())
            .sum();
        assert_eq!(delivered, all, "each was delivered by one of them");

        world.start_bot().await;
        world.settled().await;
        assert_eq!(cards(world), all);
        for (words, _) in &asked {
            let stands: usize = channels
                .iter()
                .map(|channel| holding(world, channel, words))
                .sum();
            assert_eq!(stands, 1, "{words}");
        }
    })
    .await;
}
