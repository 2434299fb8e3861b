//! Delivery: nothing is lost, doubled or sent where others could read it.

use super::{number_in, text};
use fake_discord::{Fault, Overwrite, Trouble, permission};
use rstest::rstest;
use serde_json::json;
use tests::{
    database::Database,
    world::{PATIENCE, world},
};

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn an_event_delivered_twice_acts_once(#[case] database: Database) {
    world(database, async |world| {
        let chair = world.person("薬剤師会の会長").twice();
        let place = world.channel("広場");
        let answer = chair
            .slash(
                place,
                "issue add",
                json!({"text": "会費の集め方がまちまちだ", "tier": 1}),
            )
            .await
            .expect_message();
        assert_eq!(number_in(&answer), 1);
        world.settled().await;
        assert_eq!(world.cards("一次-薬剤師会").len(), 1);
        let list = world
            .person("薬剤師会の会長")
            .slash(place, "issue list", json!({}))
            .await;
        assert!(list.expect_message().text().contains("全1件"));
    })
    .await;
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn a_change_delivered_twice_is_never_answered_with_a_refusal(#[case] database: Database) {
    world(database, async |world| {
        let coordinator = world.person("コーディネーター").twice();
        let place = world.channel("相談窓口");
        coordinator
            .slash(
                place,
                "issue add",
                json!({"text": "会費の集め方がまちまちだ"}),
            )
            .await
            .expect_message();
        // Whoever comes second finds the status already as wanted; the first has the true answer.
        for round in 0..12 {
            let status = ["sorted", "planning"][round % 2];
            let options = json!({"number": "1", "status": status});
            let answer = coordinator.slash(place, "issue status", options).await;
            let said = answer.expect_message().text();
            assert!(said.contains("に変えました"), "{round}: {said}");
        }
        // Both refuse: Discord takes one of the answers, and nothing went wrong.
        let options = json!({"number": "1", "status": "planning"});
        let refused = coordinator.slash(place, "issue status", options).await;
        assert!(
            refused
                .expect_message()
                .text()
                .contains("すでにその状況です")
        );
        assert!(!world.log().contains("did not arrive"), "{}", world.log());
    })
    .await;
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn a_restart_keeps_everything_and_posts_nothing_again(#[case] database: Database) {
    world(database, async |world| {
        let chair = world.person("薬剤師会の会長");
        let place = world.channel("広場");
        let options =
            json!({"text": "会費の集め方がまちまちだ", "tier": 1, "speaker": "仮名 次郎"});
        chair
            .slash(place, "issue add", options)
            .await
            .expect_message();
        let form = chair
            .slash(place, "issue add", json!({"tier": 1}))
            .await
            .expect_modal();
        world.settled().await;
        world.restart().await;
        assert_eq!(world.cards("一次-薬剤師会").len(), 1);
        let kept = chair
            .submit(&form, json!({"text": "再起動をまたいで書いた記録のこと"}))
            .await;
        assert_eq!(number_in(&kept.expect_message()), 2);
        world.settled().await;
        assert_eq!(world.cards("一次-薬剤師会").len(), 2);
        let puts = |world: &tests::world::World| {
            let requests = world.fake.requests();
            requests
                .iter()
                .filter(|r| r.method == "PUT" && r.path.ends_with("/commands"))
                .count()
        };
        assert_eq!(
            puts(world),
            1,
            "commands are registered again only when they changed"
        );
    })
    .await;
}

#[tokio::test]
async fn what_was_written_while_the_bot_was_stopping_is_sent_after_the_start() {
    world(Database::Sqlite, async |world| {
        // The channel refuses for a while, so the card must wait over a restart.
        world.fake.faults().add(
            Fault::on(
                "POST",
                "/channels/{channel_id}/messages",
                Trouble::Status(503),
            )
            .always(),
        );
        let chair = world.person("薬剤師会の会長");
        let options = json!({"text": "会費の集め方がまちまちだ", "tier": 1});
        chair
            .slash(world.channel("広場"), "issue add", options)
            .await
            .expect_message();
        world.stop_bot().await;
        assert!(world.cards("一次-薬剤師会").is_empty());
        world.fake.faults().clear();
        world.start_bot().await;
        world.settled().await;
        assert_eq!(world.cards("一次-薬剤師会").len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_card_whose_answer_was_lost_is_not_posted_twice() {
    world(Database::Sqlite, async |world| {
        world.fake.faults().add(
            Fault::on("POST", "/channels/{channel_id}/messages", Trouble::Reset)
                .after_the_effect()
                .times(1),
        );
        let chair = world.person("薬剤師会の会長");
        let options = json!({"text": "会費の集め方がまちまちだ", "tier": 1});
        chair
            .slash(world.channel("広場"), "issue add", options)
            .await
            .expect_message();
        world.settled().await;
        assert_eq!(world.cards("一次-薬剤師会").len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_channel_that_others_can_see_gets_nothing_until_it_is_mended() {
    world(Database::Sqlite, async |world| {
        let channel = world.channel("一次-薬剤師会");
        let before = world.city.overwrites("一次-薬剤師会");
        let mut open = before.clone();
        let curious = world.city.role("医師会 会員");
        open.push(Overwrite::role(curious, permission::VIEW_CHANNEL, 0));
        world.fake.set_overwrites(channel, open);
        let chair = world.person("薬剤師会の会長");
        let said = "在庫の数え方がまちまちで困る";
        let options = json!({"text": said, "tier": 1});
        let answer = chair
            .slash(world.channel("広場"), "issue add", options)
            .await
            .expect_message();
        assert!(answer.text().contains("記録しました"));
        let held = world
            .until(async |world| world.counts().await.refused == 1)
            .await;
        assert!(held, "the row waits for the mend\n{}", world.log());
        assert!(world.cards("一次-薬剤師会").is_empty());
        world.fake.set_overwrites(channel, before);
        let sent = world
            .until(async |world| world.cards("一次-薬剤師会").len() == 1)
            .await;
        assert!(sent, "what waited is sent after the mend\n{}", world.log());
    })
    .await;
}

#[tokio::test]
async fn a_card_deleted_by_hand_is_posted_once_more_when_it_changes() {
    world(Database::Sqlite, async |world| {
        let chair = world.person("薬剤師会の会長");
        let place = world.channel("広場");
        let options = json!({"text": "在庫の数え方がまちまちだ", "tier": 1});
        chair
            .slash(place, "issue add", options)
            .await
            .expect_message();
        world.settled().await;
        let card = world.cards("一次-薬剤師会").remove(0);
        world.fake.delete_message(card.id);
        let form = chair
            .slash(place, "issue edit", json!({"number": "1"}))
            .await
            .expect_modal();
        chair
            .submit(&form, json!({"text": "在庫の数え方が店ごとに違う"}))
            .await
            .expect_message();
        world.settled().await;
        let cards = world.cards("一次-薬剤師会");
        assert_eq!(cards.len(), 1);
        assert_ne!(cards[0].id, card.id);
    })
    .await;
}

#[tokio::test]
async fn a_slow_answer_is_deferred_by_itself_and_follows() {
    world(Database::Sqlite, async |world| {
        // Another process holds the database for longer than an answer may take.
        let held = world.hold_database().await;
        let chair = world.person("薬剤師会の会長");
        let options = json!({"text": "在庫の数え方がまちまちだ", "tier": 1});
        let asked = chair.slash(world.channel("広場"), "issue add", options);
        let deferred = world.fake.until(
            |fake| {
                fake.requests()
                    .iter()
                    .any(|r| r.path.ends_with("/callback") && r.body["type"] == 5)
            },
            PATIENCE,
        );
        let release = async {
            deferred
                .await
                .expect("the answer is deferred within its three seconds");
            held.release().await;
        };
        let (answer, ()) = tokio::join!(asked, release);
        let answer = answer.expect_message();
        assert!(answer.ephemeral);
        assert_eq!(number_in(&answer), 1);
    })
    .await;
}

#[tokio::test]
async fn a_form_that_cannot_be_opened_in_time_asks_to_try_again() {
    world(Database::Sqlite, async |world| {
        let held = world.hold_database().await;
        let chair = world.person("薬剤師会の会長");
        let answer = chair
            .slash(world.channel("広場"), "issue add", json!({}))
            .await;
        assert!(
            answer.text().contains("もう一度お試しください"),
            "{}",
            answer.text()
        );
        held.release().await;
    })
    .await;
}

#[tokio::test]
async fn a_lost_connection_is_taken_up_again() {
    world(Database::Sqlite, async |world| {
        let place = world.channel("広場");
        for (round, disturb) in [("reconnect", 0), ("invalid", 1), ("cut", 2)] {
            match disturb {
                0 => world.fake.gateway().reconnect(),
                1 => world.fake.gateway().invalidate(true),
                _ => world.fake.gateway().cut(),
            }
            let back = world
                .fake
                .until(|fake| fake.gateway().connected() > 0, PATIENCE)
                .await;
            assert!(back.is_ok(), "{round}\n{}", world.log());
            let said = format!("{round}のあとに書いたこと");
            let answered = world
                .until(async |world| {
                    let chair = world.person("薬剤師会の会長");
                    chair
                        .slash(place, "issue add", text(&said))
                        .await
                        .message()
                        .is_some()
                })
                .await;
            assert!(answered, "{round}\n{}", world.log());
        }
    })
    .await;
}

#[tokio::test]
async fn a_post_whose_opening_was_not_answered_does_not_wait_for_its_lease() {
    world(Database::Sqlite, async |world| {
        let coordinator = world.person("コーディネーター");
        let desk = world.channel("相談窓口");
        let options = json!({
            "text": "救急の受け入れを地域で話し合いたい", "profession": "医師会", "tier": 3,
            "origin": "open",
        });
        let answer = coordinator
            .slash(desk, "issue add", options)
            .await
            .expect_message();
        let number = number_in(&answer).to_string();
        world.settled().await;
        // Tags and title are a request of their own; making it twice does no harm.
        let trouble = Trouble::Status(503);
        world
            .fake
            .faults()
            .add(Fault::on("PATCH", "/channels/{channel_id}", trouble).times(2));
        let began = std::time::Instant::now();
        let options = json!({"number": number, "status": "sorted"});
        coordinator
            .slash(desk, "issue status", options)
            .await
            .expect_message();
        world.settled().await;
        assert!(
            began.elapsed() < std::time::Duration::from_secs(25),
            "{}",
            world.log()
        );
        assert_eq!(world.fake.faults().waiting(), 0);
    })
    .await;
}

#[tokio::test]
async fn corrected_words_do_not_wait_until_a_post_may_have_another_title() {
    world(Database::Sqlite, async |world| {
        let coordinator = world.person("コーディネーター");
        let desk = world.channel("相談窓口");
        let options = json!({
            "text": "救急の受け入れを地域で話し合いたい", "profession": "医師会", "tier": 3,
            "origin": "open",
        });
        let answer = coordinator
            .slash(desk, "issue add", options)
            .await
            .expect_message();
        let number = number_in(&answer).to_string();
        world.settled().await;
        let refused = Trouble::Status(503);
        let named = Fault::on("PATCH", "/channels/{channel_id}", refused)
            .when(|line| line.body["name"].is_string())
            .always();
        world.fake.faults().add(named);
        let options = json!({ "number": number });
        let form = coordinator
            .slash(desk, "issue edit", options)
            .await
            .expect_modal();
        let words = "救急の受け入れの順番を地域で決めたい";
        coordinator
            .submit(&form, text(words))
            .await
            .expect_message();
        let corrected = async |world: &tests::world::World| {
            let cards = world.cards("三次連携");
            cards
                .iter()
                .any(|card| super::wording(card).contains("順番"))
        };
        assert!(world.until(corrected).await, "{}", world.log());
        world.fake.faults().clear();
        world.settled().await;
        let owner = world.fake.person(world.city.guild, world.city.owner);
        let forum = owner
            .channels()
            .into_iter()
            .find(|found| found.id == world.channel("三次連携"));
        let titles: Vec<String> = forum
            .into_iter()
            .flat_map(|found| found.threads)
            .map(|thread| thread.name)
            .collect();
        assert!(
            titles.iter().any(|title| title.contains("順番")),
            "{titles:?}"
        );
    })
    .await;
}
