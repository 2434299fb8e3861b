//! What is due later: a proposal that nobody decides is remembered at the desk, once and in time,
//! whatever restarts in between.

use super::number_in;
use commands::clock::Clock;
use domain::{
    disclosure::State,
    id::{IssueId, ServerId, UserId},
};
use fake_discord::{Fault, MessageView, Trouble};
use rstest::rstest;
use serde_json::json;
use tests::{
    database::Database,
    world::{World, world},
};

/// An issue said in confidence, and its association's proposal to share it with the region; the issue's
/// number.
async fn propose(world: &World, words: &str) -> i64 {
    let chair = world.person("薬剤師会の会長");
    let place = world.channel("広場");
    let told = json!({"text": words, "tier": 2});
    let answer = chair.slash(place, "issue add", told).await.expect_message();
    let number = number_in(&answer);
    let proposal = json!({
        "number": number.to_string(),
        "audience": "tier3",
        "wording": "ふだんから知らせ合えると助かります",
    });
    let answer = chair.slash(place, "issue share", proposal).await;
    let said = answer.expect_message().text();
    assert!(said.contains("相談窓口が決めます"), "{said}");
    number
}

/// A coordinator turns the proposal down at the desk's card.
async fn turn_down(world: &World, number: i64) {
    world.settled().await;
    let mark = format!("#{number}　");
    let card = world
        .cards("相談窓口")
        .into_iter()
        .find(|card| card.text().contains(&mark) && !is_reminder(card))
        .expect("its card stands at the desk");
    let coordinator = world.person("コーディネーター");
    let form = coordinator
        .press_label(card.id, "見送り（案1）")
        .await
        .expect_modal();
    coordinator
        .submit(&form, json!({"reason": ""}))
        .await
        .expect_message();
}

/// The proposal is declined without taking back what was planned for it, as by a program that does not
/// know of that.
async fn decline_by_hand(world: &World, number: i64) {
    let office = world
        .store()
        .office(ServerId(world.city.guild))
        .await
        .expect("the office can be read")
        .expect("the city has one")
        .id;
    let who = UserId(world.city.person("コーディネーター"));
    let now = world.clock.now();
    let declined = world
        .store()
        .write(move |tx| {
            let issue = IssueId(number);
            Box::pin(async move {
                storage::disclosure::decide(tx, office, issue, 1, State::Declined, who, now).await
            })
        })
        .await;
    assert!(declined.expect("decided"), "it waited");
}

fn reminders(world: &World) -> Vec<MessageView> {
    let mut desk = world.cards("相談窓口");
    desk.retain(is_reminder);
    desk
}

fn is_reminder(card: &MessageView) -> bool {
    card.text().contains("お知らせ　")
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn a_proposal_nobody_decides_is_remembered_after_three_and_after_seven_days(
    #[case] database: Database,
) {
    world(database, async |world| {
        let number = propose(world, "退院の連絡が急で薬が間に合わない").await;
        assert_eq!(world.dealt_with().await, 2);
        world.clock.move_to("2026-11-23 08:59");
        assert_eq!(world.dealt_with().await, 2);
        assert!(reminders(world).is_empty());
        world.clock.move_to("2026-11-23 09:00");
        assert_eq!(world.dealt_with().await, 1);
        let said = reminders(world);
        assert_eq!(said.len(), 1, "{}", world.log());
        let words = said[0].text();
        assert!(words.contains("令和8年11月23日(月)"), "{words}");
        assert!(
            words.contains(&format!("#{number}　令和8年11月20日(金)")),
            "{words}"
        );
        assert!(!words.contains("遅延"), "{words}");
        assert!(
            !words.contains("退院"),
            "a reminder has no wording: {words}"
        );
        // Deleted by hand it is gone; the next one comes all the same, as a post of its own.
        world.fake.delete_message(said[0].id);
        world.clock.move_to("2026-11-27 09:00");
        assert_eq!(world.dealt_with().await, 0);
        let said = reminders(world);
        assert_eq!(said.len(), 1);
        assert!(said[0].text().contains("令和8年11月27日(金)"));
        world.clock.move_to("2026-12-31 09:00");
        world.dealt_with().await;
        assert_eq!(reminders(world).len(), 1, "seven days are the end of it");
        let shown = world
            .person("コーディネーター")
            .press_label(said[0].id, &format!("#{number} を見る"))
            .await
            .expect_message();
        assert!(
            shown.text().contains("退院の連絡が急で"),
            "{}",
            shown.text()
        );
    })
    .await;
}

#[tokio::test]
async fn what_is_due_together_is_one_message() {
    world(Database::Sqlite, async |world| {
        let first = propose(world, "退院の連絡が急で薬が間に合わない").await;
        let second = propose(world, "訪問の記録の書き方が職種ごとに違う").await;
        world.clock.move_to("2026-11-23 09:00");
        assert_eq!(world.dealt_with().await, 2);
        let said = reminders(world);
        assert_eq!(said.len(), 1);
        let lines = [first, second].map(|number| format!("#{number}　"));
        assert!(lines.iter().all(|line| said[0].text().contains(line)));
    })
    .await;
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn a_proposal_that_was_decided_is_not_spoken_of(#[case] database: Database) {
    world(database, async |world| {
        let taken_back = propose(world, "退院の連絡が急で薬が間に合わない").await;
        let pointless = propose(world, "訪問の記録の書き方が職種ごとに違う").await;
        turn_down(world, taken_back).await;
        decline_by_hand(world, pointless).await;
        assert_eq!(world.dealt_with().await, 2);
        for (time, left) in [("2026-11-23 09:00", 1), ("2026-11-27 09:00", 0)] {
            world.clock.move_to(time);
            assert_eq!(world.dealt_with().await, left);
        }
        assert!(reminders(world).is_empty());
        // The log is written after the commit.
        let logged = world
            .until(async |world| world.log().matches("has lost its point").count() == 2)
            .await;
        assert!(logged, "both days of the second one\n{}", world.log());
        let key = format!("issue:{pointless}@1:proposal:3d");
        assert!(world.log().contains(&key));
    })
    .await;
}

#[tokio::test]
async fn what_is_decided_while_discord_is_away_is_left_out_of_the_message() {
    world(Database::Sqlite, async |world| {
        let decided = propose(world, "退院の連絡が急で薬が間に合わない").await;
        let waiting = propose(world, "訪問の記録の書き方が職種ごとに違う").await;
        world.settled().await;
        world.fake.faults().add(
            Fault::on(
                "POST",
                "/channels/{channel_id}/messages",
                Trouble::Status(503),
            )
            .always(),
        );
        world.clock.move_to("2026-11-23 09:00");
        let made = world
            .until(async |world| {
                let due = world.occurrences().await.due;
                due == 0 && world.waiting().await == 1
            })
            .await;
        assert!(made, "the message is made and waits");
        decline_by_hand(world, decided).await;
        world.stop_bot().await;
        world.fake.faults().clear();
        world.start_bot().await;
        world.dealt_with().await;
        let said = reminders(world);
        assert_eq!(said.len(), 1);
        assert!(said[0].text().contains(&format!("#{waiting}　")));
        assert!(!said[0].text().contains(&format!("#{decided}　")));
    })
    .await;
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn a_restart_neither_loses_nor_doubles_a_reminder(#[case] database: Database) {
    world(database, async |world| {
        propose(world, "退院の連絡が急で薬が間に合わない").await;
        world.settled().await;
        world.restart().await;
        world.clock.move_to("2026-11-23 09:00");
        assert_eq!(world.dealt_with().await, 1);
        assert_eq!(reminders(world).len(), 1);
        world.restart().await;
        assert_eq!(world.dealt_with().await, 1);
        assert_eq!(reminders(world).len(), 1);
    })
    .await;
}

#[tokio::test]
async fn after_a_week_away_one_message_says_what_was_missed() {
    world(Database::Sqlite, async |world| {
        let number = propose(world, "退院の連絡が急で薬が間に合わない").await;
        world.settled().await;
        world.stop_bot().await;
        world.clock.move_to("2026-11-30 11:00");
        world.start_bot().await;
        assert_eq!(world.dealt_with().await, 0);
        let said = reminders(world);
        assert_eq!(said.len(), 1);
        let words = said[0].text();
        let lines = words.matches(&format!("#{number}　")).count();
        assert_eq!(
            lines, 1,
            "the third and the seventh day are one matter: {words}"
        );
        assert!(words.contains("遅延: 令和8年11月23日(月) 09:00"), "{words}");
    })
    .await;
}

#[tokio::test]
async fn two_processes_remind_once() {
    world(Database::Postgres, async |world| {
        let other = world.another_bot().await;
        for words in [
            "退院の連絡が急で薬が間に合わない",
            "訪問の記録の書き方が職種ごとに違う",
            "休みの日の相談先がまちまちだ",
        ] {
            propose(world, words).await;
        }
        world.settled().await;
        for (written, messages) in [("2026-11-23 09:00", 1), ("2026-11-27 09:00", 2)] {
            world.clock.move_to(written);
            world.dealt_with().await;
            assert_eq!(reminders(world).len(), messages, "{}", world.log());
        }
        assert!(other.stop().await, "nothing is left in hand");
    })
    .await;
}

#[tokio::test]
async fn nine_in_the_morning_moves_with_the_time_zone_of_the_office() {
    world(Database::Sqlite, async |world| {
        propose(world, "退院の連絡が急で薬が間に合わない").await;
        let answer = world
            .person("コーディネーター")
            .slash(
                world.channel("相談窓口"),
                "office setting",
                json!({"key": "time_zone", "value": "Europe/Berlin"}),
            )
            .await
            .expect_message();
        assert!(answer.text().contains("Europe/Berlin"), "{}", answer.text());
        world.clock.move_to("2026-11-23 16:59");
        assert_eq!(world.dealt_with().await, 2);
        world.clock.move_to("2026-11-23 17:00");
        assert_eq!(world.dealt_with().await, 1);
        assert_eq!(reminders(world).len(), 1);
    })
    .await;
}
