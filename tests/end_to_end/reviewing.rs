//! 反省会: proposed when something was carried out, planned, spoken of in time, written down, so that none
//! is forgotten.

mod brought;
mod confidence;
mod due;
mod guard;
mod outcome;

use super::{number_in, wording::read};
use fake_discord::{MessageView, Outcome, Person};
use serde_json::{Value, json};
use tests::{
    database::Database,
    world::{World, world},
};

const UNDO: &str = "元に戻す（10分以内）";
const CHANNEL: &str = "一次-薬剤師会";

async fn ask(world: &World, who: &str, path: &str, options: Value) -> MessageView {
    let person = world.person(who);
    let answer = person.slash(world.channel("広場"), path, options).await;
    answer.expect_message()
}

async fn desk(world: &World, path: &str, options: Value) -> MessageView {
    ask(world, "コーディネーター", path, options).await
}

/// A measure of the pharmacists' that is being carried out; the number.
async fn measure(world: &World) -> i64 {
    let told = json!({"text": "薬局によって在宅医療への姿勢がバラバラだ", "tier": 1});
    let number = number_in(&ask(world, "薬剤師会の会長", "issue add", told).await);
    status(world, number, "acting").await;
    number
}

async fn status(world: &World, number: i64, status: &str) -> MessageView {
    let options = json!({"number": number.to_string(), "status": status});
    desk(world, "issue status", options).await
}

/// A review of it on a day, planned by the desk.
async fn plan(world: &World, number: i64, date: &str, start: Option<&str>) -> MessageView {
    let mut options = json!({"of": format!("issue:{number}"), "date": date});
    if let Some(start) = start {
        options["start"] = json!(start);
    }
    desk(world, "review plan", options).await
}

fn is_reminder(card: &MessageView) -> bool {
    card.text().contains("お知らせ　")
}

/// What was said of what is due in a channel.
fn reminders(world: &World, channel: &str) -> Vec<MessageView> {
    let mut cards = world.cards(channel);
    cards.retain(is_reminder);
    cards
}

/// Moves to each time in turn and says how many reminders stand in the two channels then.
async fn counted(world: &World, times: &[&str]) -> Vec<(usize, usize)> {
    let mut counted = Vec::with_capacity(times.len());
    for time in times {
        world.clock.move_to(time);
        world.dealt_with().await;
        counted.push((
            reminders(world, CHANNEL).len(),
            reminders(world, "相談窓口").len(),
        ));
    }
    counted
}

/// The message at the desk below which a button stands.
fn with_button(world: &World, label: &str) -> MessageView {
    let posts = reminders(world, "相談窓口");
    let found = posts
        .into_iter()
        .find(|post| post.buttons().iter().any(|button| button.label == label));
    found.unwrap_or_else(|| panic!("no button {label} at the desk"))
}

async fn press(world: &World, who: &str, message: u64, label: &str) -> Outcome {
    world.person(who).press_label(message, label).await
}

#[tokio::test]
async fn a_measure_that_was_carried_out_proposes_a_review_until_the_desk_decides() {
    world(Database::Sqlite, async |world| {
        let number = measure(world).await;
        let answer = status(world, number, "review").await;
        insta::assert_snapshot!("review_offered", read(&answer));
        world.dealt_with().await;
        let posts = reminders(world, "相談窓口");
        assert_eq!(posts.len(), 1, "{}", world.log());
        insta::assert_snapshot!("review_reminder_proposed", read(&posts[0]));
        // Nobody decides: a week later it is said again.
        assert_eq!(counted(world, &["2026-11-27 09:00"]).await, [(0, 2)]);
        let answer = press(
            world,
            "コーディネーター",
            posts[0].id,
            "反省会 1：この日で予定",
        )
        .await;
        let said = answer.expect_message().text();
        assert!(said.contains("令和8年12月4日(金)"), "{said}");
        // The second press, and the other buttons of both posts, say how it is now.
        for label in [
            "反省会 1：この日で予定",
            "反省会 1：日を選ぶ",
            "反省会 1：今回は不要",
        ] {
            let again = press(world, "二人目のコーディネーター", posts[0].id, label).await;
            let said = again.expect_message().text();
            assert!(said.contains("予定されています"), "{label}: {said}");
        }
        let said = counted(world, &["2026-12-03 09:00", "2026-12-04 09:00"]).await;
        assert_eq!(said, [(1, 2), (2, 2)]);
    })
    .await;
}

#[tokio::test]
async fn another_day_is_settled_for_a_proposal_or_none() {
    world(Database::Sqlite, async |world| {
        let (first, second) = (measure(world).await, measure(world).await);
        status(world, first, "review").await;
        status(world, second, "review").await;
        world.dealt_with().await;
        let post = with_button(world, "反省会 1：日を選ぶ");
        let coordinator = world.person("コーディネーター");
        let form = coordinator
            .press_label(post.id, "反省会 1：日を選ぶ")
            .await
            .expect_modal();
        let sent = coordinator.submit(&form, json!({"date": "昨日"})).await;
        let said = sent.expect_message().text();
        assert!(said.contains("もう過ぎています"), "{said}");
        let sent = coordinator.submit(&form, json!({"date": "12月11日"})).await;
        assert!(sent.expect_message().text().contains("12月11日(金)"));
        let post = with_button(world, "反省会 2：今回は不要");
        let answer = coordinator
            .press_label(post.id, "反省会 2：今回は不要")
            .await;
        let answer = answer.expect_message();
        assert!(answer.text().contains("見送り"), "{}", answer.text());
        let listed = desk(world, "review list", json!({})).await;
        insta::assert_snapshot!("review_list", read(&listed));
        let undone = coordinator
            .press_label(answer.id, UNDO)
            .await
            .expect_message();
        assert!(
            undone.text().contains("元に戻しました"),
            "{}",
            undone.text()
        );
        let listed = desk(world, "review list", json!({"state": "proposed"})).await;
        assert!(listed.text().contains("全1件"), "{}", listed.text());
    })
    .await;
}

#[tokio::test]
async fn a_review_that_is_moved_takes_its_reminders_along() {
    world(Database::Sqlite, async |world| {
        let number = measure(world).await;
        plan(world, number, "2026-12-04", Some("18:30")).await;
        assert_eq!(counted(world, &["2026-12-03 09:00"]).await, [(1, 0)]);
        let old = reminders(world, CHANNEL).remove(0);
        let chair = world.person("薬剤師会の会長");
        let form = chair
            .press_label(old.id, "反省会 1：日を変える")
            .await
            .expect_modal();
        let fields = json!({"date": "12月10日", "start": "午後7時", "reason": "会場の都合"});
        let moved = chair.submit(&form, fields).await.expect_message();
        insta::assert_snapshot!("review_moved", read(&moved));
        let said = counted(
            world,
            &[
                "2026-12-04 09:00",
                "2026-12-09 09:00",
                "2026-12-10 09:00",
                "2026-12-11 12:00",
            ],
        )
        .await;
        assert_eq!(said, [(1, 0), (2, 0), (3, 0), (3, 0)]);
        // The post of the old day answers with the new one.
        for label in [
            "反省会 1：実施した",
            "反省会 1：日を変える",
            "反省会 1：あとで",
        ] {
            let said = press(world, "薬剤師会の連携担当", old.id, label)
                .await
                .expect_message();
            assert!(
                said.text().contains("令和8年12月10日(木) 19:00"),
                "{}",
                said.text()
            );
        }
        let shown = desk(world, "review list", json!({"state": "planned"})).await;
        assert!(shown.text().contains("期限すぎ"), "{}", shown.text());
    })
    .await;
}

#[tokio::test]
async fn what_shall_wait_is_spoken_of_again_and_the_day_stays() {
    world(Database::Sqlite, async |world| {
        let number = measure(world).await;
        plan(world, number, "2026-12-04", None).await;
        counted(world, &["2026-12-11 09:00"]).await;
        let overdue = reminders(world, "相談窓口").remove(0);
        let coordinator = world.person("コーディネーター");
        let asked = coordinator
            .press_label(overdue.id, "反省会 1：あとで")
            .await
            .expect_message();
        insta::assert_snapshot!("review_snooze_ask", read(&asked));
        let answer = coordinator
            .press_label(asked.id, "3日後")
            .await
            .expect_message();
        assert!(
            answer.text().contains("令和8年12月14日(月)"),
            "{}",
            answer.text()
        );
        let said = counted(
            world,
            &["2026-12-14 09:00", "2026-12-15 09:00", "2026-12-18 09:00"],
        )
        .await;
        assert_eq!(said, [(0, 2), (0, 2), (0, 3)], "{}", world.log());
    })
    .await;
}

/// Values of suggestions.
async fn choices(
    who: &Person,
    world: &World,
    path: &str,
    option: &str,
    typed: &str,
) -> Vec<String> {
    let options = json!({ option: typed });
    let found = who
        .autocomplete(world.channel("広場"), path, options, option)
        .await;
    let choices = found.choices().expect("choices");
    choices
        .iter()
        .map(|choice| choice.value.as_str().unwrap_or_default().to_owned())
        .collect()
}
