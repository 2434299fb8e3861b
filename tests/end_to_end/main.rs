//! Office life from end to end: people at their clients, the real bot, real databases, a stand-in for
//! Discord over real sockets.

mod accounting;
mod adding;
mod announcing;
mod auditing;
mod bad_day;
mod batching;
mod category;
mod changing;
mod checking;
mod crash;
mod curious;
mod delivering;
mod discussing;
mod draining;
mod english;
mod feedback;
mod form;
mod funding;
mod gateway;
mod handing_over;
mod importing;
mod keeping;
mod key_person;
mod letting_go;
mod linking;
mod matching;
mod memo;
mod moving;
mod noticing;
mod plan_table;
mod planning;
mod process;
mod progressing;
mod reading;
mod refusing;
mod relocating;
mod reminding;
mod returning;
mod reviewing;
mod rewording;
mod round;
mod ruling;
mod searching;
mod setting_up;
mod sharing;
mod stoppage;
mod supporting;
mod tagging;
mod tallying;
mod targeting;
mod trouble;
mod undoing;
mod watching;
mod wording;

use fake_discord::MessageView;
use serde_json::Value;
use tests::world::World;

/// Moves the office clock to a time of Japan, and waits until everything that is due was dealt with and
/// sent: what was due before as well, so that it is not late.
async fn at(world: &World, written: &str) {
    world.dealt_with().await;
    world.clock.move_to(written);
    world.dealt_with().await;
}

/// Somebody gives a command in the square, where everybody may, and gets a message.
async fn command(world: &World, who: &str, path: &str, options: Value) -> MessageView {
    let place = world.channel("広場");
    let answer = world.person(who).slash(place, path, options).await;
    answer.expect_message()
}

/// The number in an answer such as `#12　課題として記録しました`.
fn number_in(answer: &MessageView) -> i64 {
    let title = answer
        .embeds
        .first()
        .and_then(|embed| embed["title"].as_str())
        .unwrap_or_default();
    let digits: String = title
        .trim_start_matches('#')
        .chars()
        .take_while(char::is_ascii_digit)
        .collect();
    digits
        .parse()
        .unwrap_or_else(|_| panic!("no number in {:?}", answer.text()))
}

/// The value of a field of a card or an answer, by the field's name.
fn field(message: &MessageView, name: &str) -> Option<String> {
    message
        .embeds
        .iter()
        .flat_map(|embed| embed["fields"].as_array().into_iter().flatten())
        .find(|field| field["name"].as_str() == Some(name))
        .and_then(|field| field["value"].as_str())
        .map(str::to_owned)
}

/// The wording on a card.
fn wording(card: &MessageView) -> &str {
    card.embeds
        .first()
        .and_then(|embed| embed["description"].as_str())
        .unwrap_or_default()
}

/// Options of a command.
fn text(words: &str) -> Value {
    serde_json::json!({ "text": words })
}
