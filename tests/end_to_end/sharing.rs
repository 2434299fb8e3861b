//! Sharing (共有): what was said in confidence reaches a wider audience only in words that were written
//! for it and approved by the desk.

mod audience;
mod guard;
mod original;
mod proposal;
mod reading;
mod review;
mod since;
mod written;

use super::{number_in, wording};
use fake_discord::{MessageView, Person};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use tests::world::World;

/// What the hospital's chair says in confidence about care managers.
const SAID: &str = "ケアマネジャーから在宅復帰を断られることが続いている";
/// What the circle of both is told of it.
const SHARED: &str = "退院前の話し合いを早めに始められると助かります";
/// The name the desk alone knows.
const SPEAKER: &str = "仮名坂 十兵衛";
/// The circle's channel.
const CIRCLE: &str = "二次-入退院";

/// The hospital's chair tells something in confidence; its card stands at the desk.
async fn told(world: &World) -> i64 {
    let options = json!({
        "text": SAID, "tier": 2, "about": "介護支援専門員", "speaker": SPEAKER,
        "note": "地域包括ケア会議で話せそう",
    });
    let chair = world.person("病院連携室の会長");
    let answer = chair
        .slash(world.channel("広場"), "issue add", options)
        .await
        .expect_message();
    world.settled().await;
    number_in(&answer)
}

/// The desk's card of an issue.
fn desk_card(world: &World, number: i64) -> MessageView {
    let mark = format!("#{number}　");
    world
        .cards("相談窓口")
        .into_iter()
        .find(|card| title(card).starts_with(&mark))
        .unwrap_or_else(|| panic!("no card of #{number} at the desk"))
}

fn title(message: &MessageView) -> &str {
    message
        .embeds
        .first()
        .and_then(|embed| embed["title"].as_str())
        .unwrap_or_default()
}

/// Presses a button of the desk's card.
async fn press(world: &World, who: &Person, number: i64, label: &str) -> fake_discord::Outcome {
    who.press_label(desk_card(world, number).id, label).await
}

/// `/issue share`, answered with a message.
async fn share(world: &World, who: &Person, options: Value) -> MessageView {
    who.slash(world.channel("広場"), "issue share", options)
        .await
        .expect_message()
}

/// A coordinator shares words with an audience.
async fn shared(world: &World, number: i64, audience: &str, words: &str) -> MessageView {
    let coordinator = world.person("コーディネーター");
    let options = json!({"number": number.to_string(), "audience": audience, "wording": words});
    let answer = share(world, &coordinator, options).await;
    assert!(answer.text().contains("共有しました"), "{}", answer.text());
    world.settled().await;
    answer
}

/// What a person is shown of an issue.
async fn show(world: &World, key: &str, number: i64) -> MessageView {
    let options = json!({"number": number.to_string()});
    world
        .person(key)
        .slash(world.channel("広場"), "issue show", options)
        .await
        .expect_message()
}

/// Coordinators and the owner, and everybody of these groups.
fn readers(world: &World, groups: &[&str]) -> BTreeSet<u64> {
    let mut readers: BTreeSet<u64> = [
        world.city.owner,
        world.city.person("コーディネーター"),
        world.city.person("二人目のコーディネーター"),
    ]
    .into();
    for group in groups {
        readers.extend(world.city.group(group));
    }
    readers
}

/// Nothing of the original stands beside the shared words.
fn assert_only_shared(message: &MessageView, words: &str) {
    assert!(wording(message).contains(words), "{}", message.text());
    let text = message.text();
    for inner in [
        "在宅復帰",
        "仮名坂",
        "地域包括ケア会議",
        "把握の場",
        "関係する職種",
        "病院連携室",
        "備考",
        "記録した人",
        "記録",
    ] {
        assert!(!text.contains(inner), "{inner} stands in {text}");
    }
}
