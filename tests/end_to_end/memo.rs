//! `/reminder`: what people have themselves reminded of comes when it should, once, to its place only,
//! and nothing that becomes of a post stops the next.

mod guard;
mod lasting;

use super::{at, command, wording::read};
use fake_discord::{MessageView, Outcome};
use rstest::rstest;
use serde_json::{Value, json};
use tests::{
    database::Database,
    world::{World, world},
};

const CHAIR: &str = "薬剤師会の会長";
const COORDINATOR: &str = "コーディネーター";
const TALK: &str = "一次-薬剤師会";
const DESK: &str = "相談窓口";
const WORDS: &str = "打合せの資料を持ち寄る";
const UNDO: &str = "元に戻す（10分以内）";

/// What somebody is answered to `/reminder add`.
async fn add(world: &World, who: &str, when: &str, other: Value) -> MessageView {
    asked(world, who, when, other).await.expect_message()
}

async fn asked(world: &World, who: &str, when: &str, other: Value) -> Outcome {
    let mut options = json!({"text": WORDS, "when": when});
    for (name, value) in other.as_object().expect("options") {
        options[name] = value.clone();
    }
    let place = world.channel("広場");
    world
        .person(who)
        .slash(place, "reminder add", options)
        .await
}

/// A memo that comes again and again: previewed and confirmed.
async fn repeated(world: &World, who: &str, when: &str, other: Value) -> MessageView {
    let shown = add(world, who, when, other).await;
    let person = world.person(who);
    person
        .press_label(shown.id, "登録する")
        .await
        .expect_message()
}

/// The posts of memos in a channel, oldest first.
fn posts(world: &World, channel: &str) -> Vec<MessageView> {
    let mut cards = world.cards(channel);
    cards.retain(|card| card.text().contains("リマインダー　令和"));
    cards.sort_by_key(|card| card.id);
    cards
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn a_talk_is_reminded_on_every_second_tuesday_until_somebody_stops_it(
    #[case] database: Database,
) {
    world(database, async |world| {
        let shown = add(world, CHAIR, "毎月第2火曜 14時", json!({})).await;
        insta::assert_snapshot!("memo_previewed", read(&shown));
        let nothing = command(world, CHAIR, "reminder list", json!({})).await;
        assert!(nothing.text().contains("ありません"), "{}", nothing.text());
        let chair = world.person(CHAIR);
        let kept = chair
            .press_label(shown.id, "登録する")
            .await
            .expect_message();
        insta::assert_snapshot!("memo_kept", read(&kept));
        let listed = command(world, CHAIR, "reminder list", json!({})).await;
        insta::assert_snapshot!("memo_list", read(&listed));
        at(world, "2026-12-08 13:59").await;
        assert!(posts(world, TALK).is_empty());
        at(world, "2026-12-08 14:00").await;
        let said = posts(world, TALK);
        assert_eq!(said.len(), 1, "{}", world.log());
        insta::assert_snapshot!("memo_card", read(&said[0]));
        assert!(posts(world, DESK).is_empty(), "it is for the talk only");
        at(world, "2027-01-12 14:00").await;
        let said = posts(world, TALK);
        assert_eq!(said.len(), 2);
        let contact = world.person("薬剤師会の連携担当");
        let stopped = contact
            .press_label(said[1].id, "止める")
            .await
            .expect_message();
        insta::assert_snapshot!("memo_stopped", read(&stopped));
        at(world, "2027-06-30 10:00").await;
        assert_eq!(posts(world, TALK).len(), 2);
    })
    .await;
}

#[tokio::test]
async fn what_is_said_once_is_kept_at_once_and_comes_once() {
    world(Database::Sqlite, async |world| {
        let kept = add(world, COORDINATOR, "11/23 9時", json!({})).await;
        insta::assert_snapshot!("memo_kept_once", read(&kept));
        at(world, "2026-11-23 09:00").await;
        let said = posts(world, DESK);
        assert_eq!(said.len(), 1, "{}", world.log());
        insta::assert_snapshot!("memo_card_once", read(&said[0]));
        let coordinator = world.person(COORDINATOR);
        let shown = coordinator
            .press_label(said[0].id, "くわしく")
            .await
            .expect_message();
        insta::assert_snapshot!("memo_shown_over", read(&shown));
        let over = command(
            world,
            COORDINATOR,
            "reminder cancel",
            json!({"number": "1"}),
        )
        .await;
        assert!(
            over.text().contains("すでに終わっています"),
            "{}",
            over.text()
        );
        at(world, "2027-11-23 09:00").await;
        assert_eq!(posts(world, DESK).len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_day_off_moves_what_shall_move() {
    world(Database::Sqlite, async |world| {
        // 23 November is a holiday, and a Monday.
        repeated(world, CHAIR, "毎週月曜 9時（休みなら翌営業日）", json!({})).await;
        repeated(
            world,
            CHAIR,
            "0 9 * * 1 shift=previous",
            json!({"text": "前の日に準備する"}),
        )
        .await;
        // It is Friday, ten o'clock: the one before the holiday would have been at nine.
        at(world, "2026-11-23 23:00").await;
        assert!(posts(world, TALK).is_empty());
        at(world, "2026-11-24 09:00").await;
        let said = posts(world, TALK);
        assert_eq!(said.len(), 1);
        assert!(
            said[0].text().contains(WORDS) && said[0].text().contains("11月30日"),
            "{}",
            said[0].text()
        );
        at(world, "2026-11-30 09:00").await;
        assert_eq!(posts(world, TALK).len(), 3);
    })
    .await;
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn stopping_and_making_one_can_be_taken_back(#[case] database: Database) {
    world(database, async |world| {
        let chair = world.person(CHAIR);
        repeated(world, CHAIR, "毎週月曜 9時", json!({})).await;
        let stopped = command(world, CHAIR, "reminder cancel", json!({"number": "#1"})).await;
        let again = command(world, CHAIR, "reminder cancel", json!({"number": "1"})).await;
        assert!(
            again.text().contains("すでに止めてあります"),
            "{}",
            again.text()
        );
        let undone = chair.press_label(stopped.id, UNDO).await.expect_message();
        assert!(
            undone.text().contains("次は 令和8年11月23日(月) 9:00"),
            "{}",
            undone.text()
        );
        at(world, "2026-11-23 09:00").await;
        assert_eq!(posts(world, TALK).len(), 1);

        let kept = add(world, CHAIR, "明日 9時", json!({})).await;
        let undone = chair.press_label(kept.id, UNDO).await.expect_message();
        assert!(
            undone.text().contains("取り消しました"),
            "{}",
            undone.text()
        );
        let twice = chair.press_label(kept.id, UNDO).await;
        assert!(
            twice.message().is_none() || twice.text().contains("元に戻せません"),
            "{}",
            twice.text()
        );
        at(world, "2026-11-24 09:00").await;
        assert_eq!(posts(world, TALK).len(), 1);

        let late = command(world, CHAIR, "reminder cancel", json!({"number": "1"})).await;
        at(world, "2026-11-24 09:11").await;
        let refused = chair.press_label(late.id, UNDO).await;
        assert!(
            refused.text().contains("10分が過ぎた"),
            "{}",
            refused.text()
        );
        at(world, "2026-12-31 09:00").await;
        assert_eq!(posts(world, TALK).len(), 1);
    })
    .await;
}

#[tokio::test]
async fn what_passed_while_it_was_stopped_does_not_come_back() {
    world(Database::Sqlite, async |world| {
        add(world, CHAIR, "今日 10時5分", json!({})).await;
        let stopped = command(world, CHAIR, "reminder cancel", json!({"number": "1"})).await;
        at(world, "2026-11-20 10:06").await;
        let refused = world.person(CHAIR).press_label(stopped.id, UNDO).await;
        assert!(
            refused.text().contains("届くはずの時刻を過ぎた"),
            "{}",
            refused.text()
        );
        assert!(posts(world, TALK).is_empty());
    })
    .await;
}

#[tokio::test]
async fn an_english_office_reads_its_reminders_in_english() {
    world(Database::Sqlite, async |world| {
        let options = json!({"key": "locale", "value": "en"});
        command(world, COORDINATOR, "office setting", options).await;
        repeated(world, CHAIR, "毎月第2火曜 14時", json!({})).await;
        at(world, "2026-12-08 14:00").await;
        let mut cards = world.cards(TALK);
        cards.retain(|card| card.text().contains("Reminder"));
        assert_eq!(cards.len(), 1);
        insta::assert_snapshot!("memo_card_en", read(&cards[0]));
    })
    .await;
}
