//! Talking about a card in a thread below it: opened by the bot for whoever reads the card there, once,
//! whatever fails in between; and what becomes of people's words when the card goes away.

use super::{checking::checked, number_in};
use fake_discord::{Fault, MessageView, Principal, Trouble, permission};
use rstest::rstest;
use serde_json::{Value, json};
use tests::{
    database::Database,
    world::{World, world},
};

/// An association with a text channel: who speaks for it, and the channel.
const CHAIR: &str = "薬剤師会の会長";
const TALK: &str = "一次-薬剤師会";
const BUTTON: &str = "スレッドで話す";
/// Where threads are started.
const START: &str = "/channels/{channel_id}/messages/{message_id}/threads";

/// An issue of tier 1; its number and its card in the association's channel.
async fn told(world: &World) -> (i64, MessageView) {
    let options = json!({"text": "在庫の数え方がまちまちだ", "tier": 1});
    let place = world.channel("広場");
    let answer = world.person(CHAIR).slash(place, "issue add", options).await;
    let number = number_in(&answer.expect_message());
    world.settled().await;
    (number, world.cards(TALK).remove(0))
}

/// Threads below the card, as raw as Discord has them.
fn thread_of(world: &World, card: &MessageView) -> Option<Value> {
    world.fake.raw_channel(card.id)
}

/// Waits for the thread below a card.
async fn opened(world: &World, card: &MessageView) -> Value {
    let there = world
        .until(async |world| thread_of(world, card).is_some())
        .await;
    assert!(there, "the thread opens\n{}", world.log());
    thread_of(world, card).expect("it is there")
}

/// Waits until no wish for a thread is left.
async fn dealt_with(world: &World) {
    let office = world.store().office(domain::id::ServerId(world.city.guild));
    let office = office.await.expect("read").expect("the city has one").id;
    let done = world
        .until(async |world| {
            let about = storage::Subject::from(domain::id::IssueId(1));
            let place = domain::audience::Destination::Tier1(domain::id::AssociationId(3));
            let asked = world
                .store()
                .read(move |c| Box::pin(storage::outbox::discussion(c, office, about, place)))
                .await
                .expect("read");
            asked.is_none_or(|asked| !asked.discussion.wanted)
        })
        .await;
    assert!(done, "the wish is dealt with\n{}", world.log());
}

fn starts(world: &World) -> Vec<u16> {
    let requests = world.fake.requests();
    requests
        .iter()
        .filter(|request| request.method == "POST" && request.route == START)
        .map(|request| request.status)
        .collect()
}

async fn press(world: &World, who: &str, card: &MessageView) -> String {
    let answer = world.person(who).press_label(card.id, BUTTON).await;
    answer.expect_message().text()
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn whoever_reads_a_card_can_talk_about_it_in_a_thread(#[case] database: Database) {
    world(database, async |world| {
        let (number, card) = told(world).await;
        let said = press(world, "薬剤師会の連携担当", &card).await;
        assert!(
            said.contains(&format!("#{number} のスレッドを開きます")),
            "{said}"
        );
        let thread = opened(world, &card).await;
        assert_eq!(
            thread["name"],
            json!(format!("#{number}　課題")),
            "never a wording"
        );
        assert_eq!(
            thread["thread_metadata"]["auto_archive_duration"],
            json!(10_080)
        );
        dealt_with(world).await;
        // The second press opens nothing; it leads there.
        let said = press(world, CHAIR, &card).await;
        assert!(said.contains(&format!("<#{}>", card.id)), "{said}");
        dealt_with(world).await;
        assert_eq!(starts(world), [201]);
        // The card follows its issue as before, in the same message.
        let desk = world.channel("相談窓口");
        let options = json!({"number": number.to_string(), "status": "planning"});
        let coordinator = world.person("コーディネーター");
        coordinator
            .slash(desk, "issue status", options)
            .await
            .expect_message();
        world.settled().await;
        let cards = world.cards(TALK);
        assert_eq!((cards.len(), cards[0].id), (1, card.id));
        assert!(cards[0].text().contains("検討中"), "{}", cards[0].text());
        // Whoever reads the channel reads the thread, and nobody else.
        for (who, reads) in [
            (CHAIR, true),
            ("薬剤師会の会員", false),
            ("医師会の会長", false),
        ] {
            let person = world.city.person(who);
            assert_eq!(world.fake.can_view(card.id, person), reads, "{who}");
        }
        // The audit names the act.
        let shown = coordinator.slash(desk, "office audit", json!({})).await;
        assert!(shown.expect_message().text().contains("スレッドを開く"));
    })
    .await;
}

#[tokio::test]
async fn two_presses_at_once_open_one_thread() {
    world(Database::Sqlite, async |world| {
        let (_, card) = told(world).await;
        let (chair, contact) = (world.person(CHAIR), world.person("薬剤師会の連携担当"));
        let (one, other) = tokio::join!(
            chair.press_label(card.id, BUTTON),
            contact.press_label(card.id, BUTTON),
        );
        for answer in [one, other] {
            let said = answer.expect_message().text();
            assert!(said.contains("スレッド"), "{said}");
        }
        opened(world, &card).await;
        dealt_with(world).await;
        assert_eq!(starts(world), [201]);
    })
    .await;
}

#[rstest]
#[tokio::test]
async fn a_thread_whose_opening_was_not_answered_is_found_again(
    #[values(false, true)] after_the_effect: bool,
) {
    world(Database::Sqlite, async |world| {
        let (_, card) = told(world).await;
        let fault = Fault::on("POST", START, Trouble::Status(502));
        world.fake.faults().add(if after_the_effect {
            fault.after_the_effect()
        } else {
            fault
        });
        press(world, CHAIR, &card).await;
        let struck = world
            .until(async |world| world.fake.faults().struck() == 1)
            .await;
        assert!(struck, "{}", world.log());
        // The process dies before it could note anything more, and its wait passes.
        world.restart().await;
        world.let_waits_pass().await;
        opened(world, &card).await;
        dealt_with(world).await;
        let second = if after_the_effect { 400 } else { 201 };
        assert_eq!(starts(world), [502, second]);
        let said = press(world, CHAIR, &card).await;
        assert!(said.contains(&format!("<#{}>", card.id)), "{said}");
        dealt_with(world).await;
    })
    .await;
}

#[tokio::test]
async fn a_limit_of_discord_is_waited_for() {
    world(Database::Sqlite, async |world| {
        let (_, card) = told(world).await;
        let limit = Trouble::RateLimited(0.3);
        world.fake.faults().add(Fault::on("POST", START, limit));
        press(world, CHAIR, &card).await;
        opened(world, &card).await;
        dealt_with(world).await;
        assert_eq!(starts(world), [429, 201]);
    })
    .await;
}

#[tokio::test]
async fn a_thread_somebody_deleted_is_opened_again_and_one_that_lay_too_long_too() {
    world(Database::Sqlite, async |world| {
        let (_, card) = told(world).await;
        press(world, CHAIR, &card).await;
        opened(world, &card).await;
        dealt_with(world).await;
        world.fake.delete_channel(card.id);
        let said = press(world, CHAIR, &card).await;
        assert!(said.contains("開き直します"), "{said}");
        opened(world, &card).await;
        dealt_with(world).await;
        assert_eq!(starts(world), [201, 201]);
        world.fake.set_thread(card.id, true, false);
        press(world, CHAIR, &card).await;
        dealt_with(world).await;
        let thread = thread_of(world, &card).expect("it is there");
        assert_eq!(thread["thread_metadata"]["archived"], json!(false));
        assert_eq!(starts(world), [201, 201]);
    })
    .await;
}

#[tokio::test]
async fn without_the_permission_the_answer_says_what_to_do() {
    world(Database::Sqlite, async |world| {
        let (number, card) = told(world).await;
        let channel = world.channel(TALK);
        let bot = Principal::Role(world.fake.bot_role(world.city.guild));
        let mut rows = world.city.overwrites(TALK);
        for row in rows.iter_mut().filter(|row| row.principal == bot) {
            row.deny |= permission::CREATE_PUBLIC_THREADS;
        }
        world.fake.set_overwrites(channel, rows);
        let said = press(world, CHAIR, &card).await;
        assert!(said.contains("公開スレッドを作成"), "{said}");
        assert!(said.contains("→"), "it says where to mend it: {said}");
        let shown = checked(world).await;
        assert!(shown.starts_with("○"), "cards do well without: {shown}");
        assert!(shown.contains("「スレッドで話す」が使えません"), "{shown}");
        world
            .fake
            .set_overwrites(channel, world.city.overwrites(TALK));
        let mended = world
            .until(async |world| {
                press(world, CHAIR, &card)
                    .await
                    .contains(&format!("#{number} のスレッドを"))
            })
            .await;
        assert!(mended, "{}", world.log());
        opened(world, &card).await;
        dealt_with(world).await;
    })
    .await;
}

#[tokio::test]
async fn where_too_many_threads_are_open_the_next_answer_says_so() {
    world(Database::Sqlite, async |world| {
        let (_, card) = told(world).await;
        world.fake.set(|switches| switches.active_threads_max = 0);
        press(world, CHAIR, &card).await;
        dealt_with(world).await;
        assert!(thread_of(world, &card).is_none());
        assert_eq!(starts(world), [400]);
        world
            .fake
            .set(|switches| switches.active_threads_max = 1_000);
        let said = press(world, CHAIR, &card).await;
        assert!(said.contains("アーカイブすると開けます"), "{said}");
        opened(world, &card).await;
        dealt_with(world).await;
    })
    .await;
}

#[tokio::test]
async fn a_button_pressed_where_the_card_does_not_stand_opens_nothing() {
    world(Database::Sqlite, async |world| {
        let (number, card) = told(world).await;
        let id = format!("v1:discuss:{number}");
        // A forged press: from another channel, by people who do not read the card, of no number at all.
        for (who, channel, id) in [
            (CHAIR, "広場", id.as_str()),
            ("医師会の会長", "一次-医師会", &id),
            ("所属のない人", "広場", &id),
            ("コーディネーター", "相談窓口", &id),
            (CHAIR, TALK, "v1:discuss:999"),
        ] {
            let data = json!({"custom_id": id, "component_type": 2});
            let outcome = world
                .person(who)
                .deliver_raw(world.channel(channel), 3, data, Some(card.id))
                .await;
            let said = outcome.expect_message().text();
            assert!(said.contains("ないか、ご覧になれません"), "{who}: {said}");
        }
        assert!(starts(world).is_empty());
        assert!(thread_of(world, &card).is_none());
    })
    .await;
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn what_people_wrote_outlives_the_card_in_a_closed_thread_and_the_desk_is_told(
    #[case] database: Database,
) {
    world(database, async |world| {
        let (number, card) = told(world).await;
        press(world, CHAIR, &card).await;
        opened(world, &card).await;
        dealt_with(world).await;
        let words = "うちの薬局では月末に数えています";
        world
            .person(CHAIR)
            .say(card.id, words)
            .expect("whoever reads it writes there");
        // The desk finds that it is a matter of the whole region: the card goes to the desk.
        let coordinator = world.person("コーディネーター");
        let desk = world.channel("相談窓口");
        let options = json!({"number": number.to_string(), "tier": 3, "reason": "地域のこと"});
        coordinator
            .slash(desk, "issue tier", options)
            .await
            .expect_message();
        world.settled().await;
        assert!(world.cards(TALK).is_empty(), "the card is gone");
        let thread = thread_of(world, &card).expect("the thread is not deleted");
        assert_eq!(thread["thread_metadata"]["archived"], json!(true));
        assert_eq!(thread["thread_metadata"]["locked"], json!(true));
        let told = world
            .until(async |world| {
                let cards = world.cards("相談窓口");
                cards
                    .iter()
                    .any(|said| said.text().contains(&format!("<#{}>", card.id)))
            })
            .await;
        assert!(told, "the desk is told\n{}", world.log());
        let cards = world.cards("相談窓口");
        let reminder = cards.iter().find(|said| said.text().contains("お知らせ"));
        let reminder = reminder.expect("a reminder").text();
        assert!(reminder.contains(&format!("#{number}　")), "{reminder}");
        assert!(
            !reminder.contains("月末"),
            "it has no words of people: {reminder}"
        );
        // Those who wrote it can still read it, and nobody else learns of it.
        assert!(world.fake.can_view(card.id, world.city.person(CHAIR)));
        assert!(
            !world
                .fake
                .who_saw(words)
                .contains(&world.city.person("医師会の会長"))
        );
    })
    .await;
}

#[tokio::test]
async fn an_empty_thread_goes_without_a_word_to_the_desk() {
    world(Database::Sqlite, async |world| {
        let (number, card) = told(world).await;
        press(world, CHAIR, &card).await;
        opened(world, &card).await;
        dealt_with(world).await;
        let options = json!({"number": number.to_string(), "tier": 3, "reason": "地域のこと"});
        let coordinator = world.person("コーディネーター");
        coordinator
            .slash(world.channel("相談窓口"), "issue tier", options)
            .await
            .expect_message();
        world.settled().await;
        let thread = thread_of(world, &card).expect("it stays");
        assert_eq!(thread["thread_metadata"]["locked"], json!(true));
        let cards = world.cards("相談窓口");
        assert!(!cards.iter().any(|said| said.text().contains("お知らせ")));
    })
    .await;
}
