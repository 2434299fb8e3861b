//! What people do to an event in Discord: the desk is told once, and decides.

use super::{DESK, announcing, change, event, events, plan, say};
use crate::wording::read;
use chrono::Duration;
use domain::session::State;
use fake_discord::{MessageView, Person};
use rstest::rstest;
use serde_json::json;
use tests::{database::Database, world::World};

/// Whoever may change the events of others.
fn owner(world: &World) -> Person {
    world.fake.person(world.city.guild, world.city.owner)
}

/// The card at the desk, once it says this.
async fn told(world: &World, words: &str) -> MessageView {
    let says = |card: &MessageView| card.text().contains(words);
    let is_told = world
        .until(async |world| world.cards(DESK).iter().any(says))
        .await;
    assert!(is_told, "{words}: {:?}\n{}", world.cards(DESK), world.log());
    world.settled().await;
    let cards = world.cards(DESK);
    assert_eq!(cards.len(), 1, "{cards:#?}");
    cards.into_iter().next().expect("it is there")
}

async fn announced(world: &World) -> u64 {
    plan(world, json!({})).await;
    world.settled().await;
    event(world).id
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn an_event_that_somebody_moves_is_told_and_can_be_put_back(#[case] database: Database) {
    announcing(database, async |world| {
        let id = announced(world).await;
        let planned = event(world);
        let moved = owner(world).edit_event(id, |event| {
            event.start += Duration::days(1);
            event.end += Duration::days(1);
            event.name = "日にちを変えました".to_owned();
        });
        moved.expect("the owner may");
        let card = told(world, "手で変えました").await;
        insta::assert_snapshot!("event_changed", read(&card));
        let button = card.buttons()[0].label.clone();
        // Nobody else decides, and nothing is done before.
        let stranger = world.person("二人目のコーディネーター");
        let answer = stranger
            .press_label(card.id, &button)
            .await
            .expect_message();
        let kept = "手で変えられたイベントの日時は";
        assert!(answer.text().contains(kept), "{}", answer.text());
        world.settled().await;
        let back = event(world);
        assert_eq!((back.start, back.name), (planned.start, planned.name));
        let card = told(world, "済みました").await;
        insta::assert_snapshot!("event_settled", read(&card));
    })
    .await;
}

#[tokio::test]
async fn only_coordinators_put_an_event_back_and_only_once() {
    announcing(Database::Sqlite, async |world| {
        let id = announced(world).await;
        let renamed = owner(world).edit_event(id, |event| event.name = "別の題名".to_owned());
        renamed.expect("the owner may");
        let card = told(world, "手で変えました").await;
        let forged = json!({"component_type": 2, "custom_id": "v1:event-right:1"});
        for (who, words) in [
            ("薬剤師会の会長", "連携コーディネーター"),
            ("所属のない人", "拠点"),
        ] {
            let place = world.channel("広場");
            let answer = world
                .person(who)
                .deliver_raw(place, 3, forged.clone(), None)
                .await;
            let text = answer.message().map(MessageView::text).unwrap_or_default();
            assert!(text.contains(words) || text.is_empty(), "{who}: {text}");
            assert_eq!(event(world).name, "別の題名");
        }
        let coordinator = world.person("コーディネーター");
        let other = world.person("二人目のコーディネーター");
        let label = card.buttons()[0].label.clone();
        let (one, two) = tokio::join!(
            coordinator.press_label(card.id, &label),
            other.press_label(card.id, &label),
        );
        let texts = [one.expect_message().text(), two.expect_message().text()];
        let done = texts
            .iter()
            .filter(|text| text.contains("予定のとおりに出します"));
        assert_eq!(done.count(), 1, "{texts:?}");
        assert!(
            texts.iter().any(|text| text.contains("もう済んでいます")),
            "{texts:?}"
        );
        world.settled().await;
        assert_eq!(event(world).name, "第1回 推進協議会");
    })
    .await;
}

#[tokio::test]
async fn an_event_that_is_put_back_by_hand_needs_nobody() {
    announcing(Database::Sqlite, async |world| {
        let id = announced(world).await;
        let place = event(world).location;
        let owner = owner(world);
        owner
            .edit_event(id, |event| event.location = "駅前".to_owned())
            .expect("may");
        let card = told(world, "手で変えました").await;
        assert!(
            card.text().contains("場所") && !card.text().contains("駅前"),
            "{}",
            card.text()
        );
        owner
            .edit_event(id, |event| event.location = place)
            .expect("may");
        told(world, "済みました").await;
    })
    .await;
}

#[tokio::test]
async fn a_session_that_is_moved_takes_its_changed_event_along() {
    announcing(Database::Sqlite, async |world| {
        let id = announced(world).await;
        let planned = event(world);
        owner(world)
            .edit_event(id, |event| event.start += Duration::minutes(30))
            .expect("may");
        told(world, "手で変えました").await;
        change(world, |session| {
            session.date = session.date.and_then(|day| day.succ_opt())
        })
        .await;
        told(world, "済みました").await;
        assert_eq!(event(world).start, planned.start + Duration::days(1));
    })
    .await;
}

#[tokio::test]
async fn an_event_that_somebody_deletes_stays_away_until_the_desk_wants_it() {
    announcing(Database::Sqlite, async |world| {
        let id = announced(world).await;
        owner(world).delete_event(id).expect("the owner may");
        let card = told(world, "手で消す").await;
        insta::assert_snapshot!("event_deleted", read(&card));
        // Not even a change of the session makes it again.
        change(world, |session| session.place = Some("駅前".to_owned())).await;
        world.settled().await;
        assert_eq!(events(world), []);
        let label = card.buttons()[0].label.clone();
        let answer = world
            .person("コーディネーター")
            .press_label(card.id, &label)
            .await;
        let said = answer.expect_message().text();
        assert!(
            said.contains("出します") && said.contains("削除してください"),
            "{said}"
        );
        world.settled().await;
        assert_eq!(event(world).location, "駅前");
        told(world, "済みました").await;
    })
    .await;
}

#[tokio::test]
async fn a_deleted_event_of_a_session_that_is_called_off_needs_no_decision() {
    announcing(Database::Sqlite, async |world| {
        let id = announced(world).await;
        owner(world).delete_event(id).expect("the owner may");
        told(world, "手で消す").await;
        change(world, |session| session.state = State::Cancelled).await;
        told(world, "済みました").await;
        assert_eq!(events(world), []);
        let show = say(
            world,
            "コーディネーター",
            "session show",
            json!({"number": "1"}),
        )
        .await;
        assert!(show.text().contains("中止"));
    })
    .await;
}

#[tokio::test]
async fn what_was_done_while_the_bot_was_away_is_told_when_it_is_back() {
    announcing(Database::Sqlite, async |world| {
        let id = announced(world).await;
        world.stop_bot().await;
        owner(world)
            .edit_event(id, |event| event.name = "別の題名".to_owned())
            .expect("may");
        world.start_bot().await;
        told(world, "手で変えました").await;
        world.stop_bot().await;
        owner(world).delete_event(id).expect("the owner may");
        world.start_bot().await;
        told(world, "手で消す").await;
    })
    .await;
}

#[tokio::test]
async fn an_event_that_ends_by_itself_is_nothing_to_tell() {
    announcing(Database::Sqlite, async |world| {
        announced(world).await;
        world
            .clock
            .advance(Duration::days(11) + Duration::hours(4) + Duration::minutes(45));
        world.fake.turn_events();
        world.clock.advance(Duration::hours(1));
        world.fake.turn_events();
        world.fake.set(|switches| switches.events_cleared = true);
        world.restart().await;
        world.settled().await;
        let told = |card: &MessageView| card.text().contains("イベント");
        assert!(!world.cards(DESK).iter().any(told));
    })
    .await;
}
