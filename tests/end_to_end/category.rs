//! Categories (カテゴリ): the desk keeps its list and sorts issues by it; whoever adds one is helped to.

mod adding;
mod giving;
mod keeping;
mod listing;
mod reading;
mod sharing;

use super::{field, number_in};
use fake_discord::{MessageView, Outcome, Person};
use serde_json::{Value, json};
use tests::world::World;

/// The name of the field on cards and answers.
const FIELD: &str = "カテゴリ";
/// The button below a question about a new name.
const MAKE: &str = "作る";
/// The button below every change.
const UNDO: &str = "元に戻す（10分以内）";

/// A command, answered with a message; the cards follow.
async fn command(world: &World, who: &Person, path: &str, options: Value) -> MessageView {
    let answer = who.slash(world.channel("広場"), path, options).await;
    let answer = answer.expect_message();
    world.settled().await;
    answer
}

/// Somebody writes an issue down.
async fn add(world: &World, key: &str, options: Value) -> (i64, MessageView) {
    let answer = command(world, &world.person(key), "issue add", options).await;
    (number_in(&answer), answer)
}

/// A coordinator puts names on the office's list.
async fn make(world: &World, names: &[&str]) {
    let coordinator = world.person("コーディネーター");
    for name in names {
        let asked = command(
            world,
            &coordinator,
            "office category",
            json!({"name": name}),
        )
        .await;
        let made = coordinator
            .press_label(asked.id, MAKE)
            .await
            .expect_message();
        assert!(made.text().contains("作りました"), "{}", made.text());
    }
}

/// A coordinator gives an issue categories that are on the list.
async fn give(world: &World, number: i64, names: &str) -> MessageView {
    let coordinator = world.person("コーディネーター");
    let options = json!({"number": number.to_string(), "category": names});
    command(world, &coordinator, "issue category", options).await
}

/// What a person reads of an issue.
async fn shown(world: &World, key: &str, number: i64) -> MessageView {
    let options = json!({"number": number.to_string()});
    command(world, &world.person(key), "issue show", options).await
}

/// The categories a person reads of an issue.
async fn categories(world: &World, key: &str, number: i64) -> Option<String> {
    field(&shown(world, key, number).await, FIELD)
}

/// Sends what a client could send if somebody changed it: a press on a component that stands on a
/// message of somebody else, or one that was never drawn.
async fn forge(world: &World, key: &str, custom_id: &str, values: Option<&[&str]>) -> Outcome {
    let person = world.person(key);
    let place = world.channel("広場");
    let own = person
        .slash(place, "help", json!({}))
        .await
        .expect_message();
    let data = match values {
        None => json!({"custom_id": custom_id, "component_type": 2}),
        Some(values) => json!({"custom_id": custom_id, "component_type": 3, "values": values}),
    };
    person.deliver_raw(place, 3, data, Some(own.id)).await
}

/// The custom id of the button with these words.
fn button(message: &MessageView, label: &str) -> String {
    let found = message
        .buttons()
        .into_iter()
        .find(|button| button.label == label);
    found
        .and_then(|button| button.custom_id)
        .expect("the button")
}

/// The custom id of the one select of an answer, and its options.
fn select(message: &MessageView) -> (String, Vec<Value>) {
    let selects = message.selects();
    assert_eq!(selects.len(), 1, "{}", message.text());
    let custom_id = selects[0]["custom_id"]
        .as_str()
        .expect("a custom id")
        .to_owned();
    let options = selects[0]["options"].as_array().expect("options").clone();
    (custom_id, options)
}

/// What is suggested while an option is typed.
async fn suggested(world: &World, key: &str, path: &str, option: &str, typed: &str) -> Vec<String> {
    let mut options = json!({});
    options[option] = json!(typed);
    let person = world.person(key);
    let found = person
        .autocomplete(world.channel("広場"), path, options, option)
        .await;
    let choices = found.choices().unwrap_or_default().iter();
    choices.map(|choice| choice.name.clone()).collect()
}
