//! What becomes of a planned 連携の場: its people are told, it moves, is cancelled, and each is taken back.

mod calendar;
mod due;

use super::{field, wording::read};
use fake_discord::{MessageView, Outcome, Person};
use rstest::rstest;
use serde_json::{Value, json};
use tests::{
    database::Database,
    world::{World, world},
};

const UNDO: &str = "元に戻す（10分以内）";
const TALK: &str = "薬剤師会との連携に関する打合せ会";

async fn ask(world: &World, who: &str, path: &str, options: Value) -> MessageView {
    let person = world.person(who);
    let answer = person.slash(world.channel("広場"), path, options).await;
    answer.expect_message()
}

async fn desk(world: &World, path: &str, options: Value) -> MessageView {
    ask(world, "コーディネーター", path, options).await
}

/// A talk with the pharmacists on the first of December, but for what is given otherwise.
async fn plan(world: &World, other: Value) -> MessageView {
    let mut options = json!({
        "title": TALK, "tier": 1, "kind": "meeting", "date": "令和8年12月1日", "start": "14:00",
        "end": "15:30", "associations": "薬剤師会", "place": "市民会館 会議室",
    });
    for (name, value) in other.as_object().expect("options") {
        options[name] = value.clone();
    }
    let planned = desk(world, "session plan", options).await;
    world.settled().await;
    planned
}

async fn press(world: &World, message: &MessageView, label: &str) -> Outcome {
    let coordinator = world.person("コーディネーター");
    let pressed = coordinator.press_label(message.id, label).await;
    world.settled().await;
    pressed
}

/// A change that is confirmed; what is said then.
async fn moved(world: &World, options: Value) -> MessageView {
    let asked = desk(world, "session move", options).await;
    let pressed = press(world, &asked, "この日程に変える").await;
    pressed.expect_message()
}

async fn cancelled(world: &World, reason: &str) -> MessageView {
    let options = json!({"number": "1", "reason": reason});
    let asked = desk(world, "session cancel", options).await;
    press(world, &asked, "中止にする").await.expect_message()
}

/// The one card in a channel.
fn card(world: &World, channel: &str) -> MessageView {
    let mut cards = world.cards(channel);
    assert_eq!(cards.len(), 1, "{channel}: one card");
    cards.remove(0)
}

async fn forged(world: &World, person: &Person, custom_id: &str) -> String {
    let place = world.channel("広場");
    let own = person
        .slash(place, "help", json!({}))
        .await
        .expect_message();
    let data = json!({"custom_id": custom_id, "component_type": 2});
    let said = person.deliver_raw(place, 3, data, Some(own.id)).await;
    said.text()
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn a_talk_is_told_to_its_association_moves_and_is_cancelled(#[case] database: Database) {
    world(database, async |world| {
        let planned = plan(world, json!({"issues": ""})).await;
        assert!(
            planned
                .text()
                .contains("お知らせ先：薬剤師会の一次連携チャンネル")
        );
        let first = card(world, "一次-薬剤師会");
        insta::assert_snapshot!("session_card", read(&first));
        for elsewhere in ["相談窓口", "一次-医師会", "三次連携", "二次-多職種", "広場"]
        {
            assert!(world.cards(elsewhere).is_empty(), "{elsewhere}");
        }
        let move_to = json!({"number": "1", "date": "12/8", "reason": "会場の都合"});
        let asked = desk(world, "session move", move_to).await;
        insta::assert_snapshot!("session_move_asked", read(&asked));
        assert!(
            card(world, "一次-薬剤師会").text().contains("12月1日"),
            "nothing yet"
        );
        world.restart().await;
        let said = press(world, &asked, "この日程に変える")
            .await
            .expect_message();
        insta::assert_snapshot!("session_moved", read(&said));
        let edited = card(world, "一次-薬剤師会");
        assert_eq!(edited.id, first.id, "the same card");
        insta::assert_snapshot!("session_card_moved", read(&edited));
        let said = cancelled(world, "大雪のため").await;
        insta::assert_snapshot!("session_cancelled", read(&said));
        let edited = card(world, "一次-薬剤師会");
        assert_eq!(edited.id, first.id, "the same card");
        insta::assert_snapshot!("session_card_cancelled", read(&edited));
        // Its people read the rest from the card.
        let chair = world.person("薬剤師会の会長");
        let shown = chair
            .press_label(edited.id, "詳しく見る・予定表に入れる")
            .await;
        assert!(shown.text().contains("大雪のため"), "{}", shown.text());
        let audit = desk(world, "office audit", json!({})).await.text();
        assert!(
            audit.contains("日程の変更") && audit.contains("連携の場の中止"),
            "{audit}"
        );
        assert!(
            !audit.contains("大雪") && !audit.contains("会場"),
            "{audit}"
        );
        assert!(!world.log().contains("大雪") && !world.log().contains(TALK));
    })
    .await;
}

#[tokio::test]
async fn each_tier_is_told_where_its_people_read() {
    world(Database::Sqlite, async |world| {
        let both = json!({
            "title": "退院の情報交換会", "tier": 2, "kind": "exchange",
            "associations": "病院連携室、介護支援専門員連絡協議会",
        });
        let said = plan(world, both).await.text();
        assert!(said.contains("お知らせ先：二次連携チャンネル"), "{said}");
        let region = json!({
            "title": "推進協議会", "tier": 3, "kind": "council", "associations": "",
        });
        plan(world, region).await;
        let two = json!({"title": "二団体の打合せ会", "associations": "薬剤師会、歯科医師会"});
        let asked = plan(world, two).await;
        press(world, &asked, "このまま予定する")
            .await
            .expect_message();
        for (channel, title) in [
            ("二次-入退院", "退院の情報交換会"),
            ("三次連携", "推進協議会"),
            ("一次-薬剤師会", "二団体の打合せ会"),
            ("一次-歯科医師会", "二団体の打合せ会"),
        ] {
            assert!(card(world, channel).text().contains(title), "{channel}");
        }
        assert!(
            world.cards("二次-多職種").is_empty(),
            "the narrowest circle"
        );
    })
    .await;
}

#[tokio::test]
async fn whoever_reads_the_card_in_a_circle_may_read_the_rest() {
    world(Database::Sqlite, async |world| {
        let wide = json!({
            "title": "口腔ケアの意見交換会", "tier": 2, "kind": "discussion",
            "associations": "歯科医師会、薬剤師会",
        });
        plan(world, wide).await;
        let card = card(world, "二次-多職種");
        for (key, reads) in [("病院連携室の会員", true), ("薬剤師会の連携担当", true)]
        {
            let person = world.person(key);
            let label = "詳しく見る・予定表に入れる";
            let shown = person.press_label(card.id, label).await.text();
            assert_eq!(
                shown.contains("口腔ケアの意見交換会"),
                reads,
                "{key}: {shown}"
            );
        }
        for key in ["オブザーバー", "所属のない人", "アドバイザー"] {
            let said = forged(world, &world.person(key), "v1:session-show:1").await;
            assert!(!said.contains("口腔ケア"), "{key}: {said}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_has_passed_or_is_taken_back_is_told_to_nobody() {
    world(Database::Sqlite, async |world| {
        let past = plan(world, json!({"date": "令和8年11月10日"})).await;
        assert!(!past.text().contains("お知らせ先"), "{}", past.text());
        assert!(world.cards("一次-薬剤師会").is_empty());
        let planned = plan(world, json!({})).await;
        card(world, "一次-薬剤師会");
        press(world, &planned, UNDO).await.expect_message();
        assert!(
            world.cards("一次-薬剤師会").is_empty(),
            "the card goes with it"
        );
    })
    .await;
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn a_move_and_a_cancellation_are_taken_back(#[case] database: Database) {
    world(database, async |world| {
        plan(world, json!({})).await;
        let said = moved(
            world,
            json!({"number": "1", "date": "12/8", "start": "18:00"}),
        )
        .await;
        assert!(said.text().contains("18:00～19:30"), "{}", said.text());
        let undone = press(world, &said, UNDO).await.expect_message();
        assert!(
            undone.text().contains("元に戻しました"),
            "{}",
            undone.text()
        );
        let back = card(world, "一次-薬剤師会").text();
        assert!(back.contains("12月1日(火) 14:00～15:30"), "{back}");
        assert!(!back.contains("日程が変わりました"), "{back}");
        let said = cancelled(world, "講師の都合").await;
        // Its number is free meanwhile, and another one has it.
        let other = plan(world, json!({"date": "12/15"})).await.text();
        assert!(other.contains("第1回"), "{other}");
        let undone = press(world, &said, UNDO).await.expect_message();
        assert!(undone.text().contains("第2回"), "{}", undone.text());
        assert_eq!(field(&undone, "状況").as_deref(), Some("予定"));
        // A press that comes twice, and one after somebody else has gone on.
        let button = said.buttons()[0].custom_id.clone().expect("an id");
        let coordinator = world.person("コーディネーター");
        let again = forged(world, &coordinator, &button).await;
        assert!(again.contains("取り消せません"), "{again}");
        let said = moved(world, json!({"number": "1", "date": "12/9"})).await;
        moved(world, json!({"number": "1", "date": "12/10"})).await;
        let late = press(world, &said, UNDO).await.text();
        assert!(late.contains("ほかの方が変更"), "{late}");
    })
    .await;
}

#[tokio::test]
async fn what_was_shown_must_still_be_so_when_it_is_confirmed() {
    world(Database::Sqlite, async |world| {
        plan(world, json!({})).await;
        let shown = desk(
            world,
            "session move",
            json!({"number": "1", "date": "12/8"}),
        )
        .await;
        let other = json!({"number": "1", "reason": "講師の都合"});
        let cancel = desk(world, "session cancel", other).await;
        moved(world, json!({"number": "1", "date": "12/9"})).await;
        for (message, label) in [(&shown, "この日程に変える"), (&cancel, "中止にする")]
        {
            let said = press(world, message, label).await.text();
            assert!(said.contains("ほかの方が変更しました"), "{label}: {said}");
        }
        // A confirmation pressed twice changes once.
        let asked = desk(
            world,
            "session cancel",
            json!({"number": "1", "reason": "大雪"}),
        )
        .await;
        let button = asked.buttons()[0].custom_id.clone().expect("an id");
        press(world, &asked, "中止にする").await.expect_message();
        let coordinator = world.person("コーディネーター");
        let again = forged(world, &coordinator, &button).await;
        assert!(!again.contains("中止にしました"), "{again}");
        for path in ["session move", "session cancel"] {
            let mut options = json!({"number": "1"});
            match path {
                "session move" => options["date"] = json!("12/20"),
                _ => options["reason"] = json!("大雪"),
            }
            let refused = desk(world, path, options).await.text();
            assert!(refused.contains("すでに「中止」"), "{path}: {refused}");
        }
    })
    .await;
}

#[tokio::test]
async fn only_coordinators_move_and_cancel() {
    world(Database::Sqlite, async |world| {
        plan(world, json!({})).await;
        let asked = desk(
            world,
            "session move",
            json!({"number": "1", "date": "12/8"}),
        )
        .await;
        let button = asked.buttons()[0].custom_id.clone().expect("an id");
        for key in [
            "薬剤師会の会長",
            "薬剤師会の会員",
            "病院連携室の会長",
            "アドバイザー",
            "オブザーバー",
            "所属のない人",
        ] {
            for (path, options) in [
                ("session move", json!({"number": "1", "date": "12/8"})),
                ("session cancel", json!({"number": "1", "reason": "大雪"})),
                ("session move", json!({"number": "9", "date": "12/8"})),
            ] {
                let said = ask(world, key, path, options).await;
                assert!(said.buttons().is_empty(), "{key}: {}", said.text());
                assert!(!said.text().contains(TALK), "{key}: {}", said.text());
            }
            let person = world.person(key);
            for custom_id in [
                button.as_str(),
                "v1:session-move-ask:1",
                "v1:session-cancel-ask:1",
                "v1:session-move-sent:1",
                "v1:session-cancel:1",
            ] {
                let said = forged(world, &person, custom_id).await;
                assert!(!said.contains(TALK), "{key}: {custom_id}: {said}");
            }
        }
        // Another coordinator has no part in the draft.
        let colleague = world.person("二人目のコーディネーター");
        let said = forged(world, &colleague, &button).await;
        assert!(!said.contains("に変えました"), "{said}");
        world.settled().await;
        assert!(card(world, "一次-薬剤師会").text().contains("12月1日"));
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_moved_is_said_with_what_to_do() {
    world(Database::Sqlite, async |world| {
        plan(world, json!({})).await;
        for (options, expected) in [
            (json!({"number": "1", "date": "12/1"}), "いまと同じ日時です"),
            (json!({"number": "1", "date": "いつか"}), "日付は"),
            (
                json!({"number": "1", "date": "令和18年12月1日"}),
                "離れすぎています",
            ),
            (
                json!({"number": "1", "date": "12/8", "start": "25時"}),
                "その時刻はありません",
            ),
            (
                json!({"number": "1", "date": "12/8", "reason": "090-1234-5678に連絡"}),
                "個人情報",
            ),
            (
                json!({"number": "1", "date": "12/8", "reason": "理".repeat(201)}),
                "長すぎます",
            ),
            (json!({"number": "三", "date": "12/8"}), "連携の場は"),
            (
                json!({"number": "9", "date": "12/8"}),
                "ないか、ご覧になれません",
            ),
        ] {
            let said = desk(world, "session move", options.clone()).await;
            assert!(said.text().contains(expected), "{options}: {}", said.text());
            assert!(said.buttons().is_empty() && !said.text().contains("1234"));
        }
        let blank = desk(
            world,
            "session cancel",
            json!({"number": "1", "reason": "　"}),
        )
        .await;
        assert!(blank.text().contains("理由が空です"), "{}", blank.text());
        plan(world, json!({"date": "令和8年11月10日"})).await;
        let held = desk(
            world,
            "session cancel",
            json!({"number": "2", "reason": "大雪"}),
        )
        .await;
        assert!(held.text().contains("すでに「実施済」"), "{}", held.text());
    })
    .await;
}

#[tokio::test]
async fn more_than_ten_at_a_talk_are_asked_about() {
    world(Database::Sqlite, async |world| {
        let asked = plan(world, json!({"people": 11})).await;
        assert!(asked.text().contains("10人を超える"), "{}", asked.text());
        let planned = press(world, &asked, "このまま予定する")
            .await
            .expect_message();
        assert_eq!(field(&planned, "人数").as_deref(), Some("11人（予定）"));
        let planned = plan(world, json!({"people": 10})).await;
        assert!(
            planned.text().contains("予定しました"),
            "{}",
            planned.text()
        );
    })
    .await;
}

#[tokio::test]
async fn a_proposed_session_is_told_when_its_day_is_settled() {
    world(Database::Sqlite, async |world| {
        for (key, words) in [
            (
                "病院連携室の連携担当",
                "ケアマネジャーに在宅復帰を拒否されてしまう",
            ),
            (
                "介護支援専門員連絡協議会の連携担当",
                "病院は、在宅側の準備が整ってなくても、すぐに退院させようとする",
            ),
        ] {
            let told = json!({"text": words, "tier": 2});
            ask(world, key, "issue add", told).await;
        }
        let found = desk(world, "match find", json!({})).await;
        assert!(!found.buttons().is_empty(), "{}", found.text());
        desk(world, "match accept", json!({"number": "1"})).await;
        world.settled().await;
        assert!(
            world.cards("二次-入退院").is_empty(),
            "a draft is told to nobody"
        );
        let said = moved(
            world,
            json!({"number": "1", "date": "12/8", "start": "18:30"}),
        )
        .await;
        assert!(said.text().contains("予定しました"), "{}", said.text());
        assert!(said.text().contains("第1回"), "{}", said.text());
        let card = card(world, "二次-入退院").text();
        assert!(card.contains("12月8日(火) 18:30"), "{card}");
        // What either said in confidence stays where it is, and so do the numbers.
        assert!(!card.contains("話し合う課題"), "{card}");
        let undone = press(world, &said, UNDO).await.expect_message();
        assert_eq!(field(&undone, "状況").as_deref(), Some("案"));
        assert!(world.cards("二次-入退院").is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_card_names_what_is_read_where_it_stands() {
    world(Database::Sqlite, async |world| {
        let chair = "薬剤師会の会長";
        let own = json!({"text": "薬歴の書き方が人によってまちまちだ", "tier": 1});
        ask(world, chair, "issue add", own).await;
        let hidden = json!({"text": "病院の薬剤部と連絡がつきにくい", "tier": 2});
        ask(world, chair, "issue add", hidden).await;
        world.settled().await;
        plan(world, json!({"issues": "1、2"})).await;
        let cards = world.cards("一次-薬剤師会");
        let card = cards.iter().find(|card| card.text().contains(TALK));
        let card = card.expect("the session's card stands there");
        assert_eq!(field(card, "話し合う課題").as_deref(), Some("#1"));
    })
    .await;
}
