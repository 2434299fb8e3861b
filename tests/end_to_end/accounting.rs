//! 実施記録: what came of a 連携の場 is shown as it was understood, kept apart, and read by whoever may.

mod handing_in;
mod personal;

use super::{field, wording::read};
use fake_discord::{MessageView, ModalView, Outcome, Person};
use rstest::rstest;
use serde_json::{Value, json};
use tests::{
    database::Database,
    world::{World, world},
};

const UNDO: &str = "元に戻す（10分以内）";
const KEEP: &str = "記録する";
const MINUTES: &str = "退院の連絡票の様式を話し合った。\n次は記入の例を持ち寄る。";
const SURVEY: &str = "打合せ会は参考になりましたか\nとても参考になった 4\n参考になった 2\n次回の希望\n・事例をもっと聞きたいです";

async fn ask(world: &World, who: &str, path: &str, options: Value) -> MessageView {
    let person = world.person(who);
    let answer = person.slash(world.channel("広場"), path, options).await;
    answer.expect_message()
}

async fn desk(world: &World, path: &str, options: Value) -> MessageView {
    ask(world, "コーディネーター", path, options).await
}

/// A talk with the pharmacists that was held ten days ago, but for what is given otherwise.
async fn hold(world: &World, other: Value) -> MessageView {
    let mut options = json!({
        "title": "薬剤師会との打合せ会", "tier": 1, "kind": "meeting", "date": "令和8年11月10日",
        "associations": "薬剤師会",
    });
    for (name, value) in other.as_object().expect("options") {
        options[name] = value.clone();
    }
    desk(world, "session plan", options).await
}

/// The form of session 1.
async fn form(world: &World) -> ModalView {
    let coordinator = world.person("コーディネーター");
    let options = json!({"number": "1"});
    let asked = coordinator
        .slash(world.channel("広場"), "session record", options)
        .await;
    asked.expect_modal()
}

async fn submit(world: &World, form: &ModalView, fields: Value) -> MessageView {
    let coordinator = world.person("コーディネーター");
    coordinator.submit(form, fields).await.expect_message()
}

async fn press(world: &World, message: &MessageView, label: &str) -> Outcome {
    world
        .person("コーディネーター")
        .press_label(message.id, label)
        .await
}

/// Everything is written down of session 1.
async fn record(world: &World) -> MessageView {
    let written = json!({
        "minutes": MINUTES, "attendance": "薬剤師５名、薬局 1、行政 2", "survey": SURVEY,
    });
    let form = form(world).await;
    let preview = submit(world, &form, written).await;
    press(world, &preview, KEEP).await.expect_message()
}

/// The account as somebody reads it, or what is said instead.
async fn account(world: &World, who: &str) -> String {
    let shown = ask(world, who, "session show", json!({"number": "1"})).await;
    let person = world.person(who);
    let button = shown
        .buttons()
        .into_iter()
        .find(|button| button.label == "実施記録を読む");
    match button {
        Some(_) => {
            let opened = person.press_label(shown.id, "実施記録を読む").await;
            read(&opened.expect_message())
        }
        None => forged(world, &person, "v1:session-account:1:0").await,
    }
}

async fn forged(world: &World, person: &Person, custom_id: &str) -> String {
    let place = world.channel("広場");
    let own = person
        .slash(place, "help", json!({}))
        .await
        .expect_message();
    let data = json!({"custom_id": custom_id, "component_type": 2});
    person
        .deliver_raw(place, 3, data, Some(own.id))
        .await
        .text()
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn what_came_of_a_session_is_shown_kept_and_read_by_its_circle(#[case] database: Database) {
    world(database, async |world| {
        hold(world, json!({})).await;
        let asked = form(world).await;
        let written = json!({
            "minutes": MINUTES, "attendance": "薬剤師５名、薬局 1、行政 2", "survey": SURVEY,
        });
        let preview = submit(world, &asked, written).await;
        insta::assert_snapshot!("account_preview", read(&preview));
        assert!(
            account(world, "コーディネーター")
                .await
                .contains("まだないか"),
            "nothing is kept yet"
        );
        world.restart().await;
        let kept = press(world, &preview, KEEP).await.expect_message();
        insta::assert_snapshot!("account_kept", read(&kept));
        let shown = desk(world, "session show", json!({"number": "1"})).await;
        let summary = field(&shown, "実施記録");
        assert_eq!(summary.as_deref(), Some("出席8人、議事録、アンケート2問"));
        insta::assert_snapshot!(
            "account_at_the_desk",
            account(world, "コーディネーター").await
        );
        insta::assert_snapshot!(
            "account_in_the_circle",
            account(world, "薬剤師会の連携担当").await
        );
        for key in [
            "薬剤師会の会員",
            "病院連携室の会長",
            "アドバイザー",
            "オブザーバー",
            "所属のない人",
        ] {
            let said = account(world, key).await;
            assert!(
                !said.contains("連絡票") && !said.contains("出席"),
                "{key}: {said}"
            );
        }
        let saw = world.fake.who_saw("退院の連絡票の様式");
        let mut allowed = world.city.group("連携拠点");
        allowed.push(world.city.person("薬剤師会の連携担当"));
        assert!(saw.iter().all(|id| allowed.contains(id)), "{saw:?}");
        assert!(!world.log().contains("連絡票") && !world.log().contains("事例をもっと"));
        let audit = desk(world, "office audit", json!({})).await.text();
        assert!(
            audit.contains("実施の記録") && !audit.contains("連絡票"),
            "{audit}"
        );
    })
    .await;
}

#[tokio::test]
async fn a_planned_session_counts_as_held_by_it_and_its_card_says_so() {
    world(Database::Sqlite, async |world| {
        hold(world, json!({"date": "令和8年11月20日"})).await;
        world.settled().await;
        let kept = record(world).await;
        world.settled().await;
        let card = world.cards("一次-薬剤師会").remove(0);
        assert_eq!(field(&card, "状況").as_deref(), Some("実施済"));
        assert!(
            !card.text().contains("連絡票"),
            "minutes stand in no channel"
        );
        press(world, &kept, UNDO).await.expect_message();
        world.settled().await;
        let card = world.cards("一次-薬剤師会").remove(0);
        assert_eq!(field(&card, "状況").as_deref(), Some("予定"));
        assert!(
            account(world, "コーディネーター")
                .await
                .contains("まだないか")
        );
        // The next business day, after the holiday of Monday.
        assert_eq!(asked_at(world, "2026-11-24 09:00").await, 1);
    })
    .await;
}

#[tokio::test]
async fn nobody_asks_about_what_was_written_down() {
    world(Database::Sqlite, async |world| {
        hold(world, json!({"date": "令和8年11月20日"})).await;
        record(world).await;
        assert_eq!(asked_at(world, "2026-11-24 09:00").await, 0);
    })
    .await;
}

/// How often the desk was asked by then whether a session was held.
async fn asked_at(world: &World, written: &str) -> usize {
    world.clock.move_to(written);
    world.dealt_with().await;
    let mut posts = world.cards("相談窓口");
    posts.retain(|post| post.text().contains("実施しましたか"));
    posts.len()
}

#[tokio::test]
async fn a_correction_takes_the_place_of_what_stood_and_can_be_taken_back() {
    world(Database::Sqlite, async |world| {
        hold(world, json!({})).await;
        let first = record(world).await;
        // The form holds what stands; what is left alone stays.
        let asked = form(world).await;
        let preview = submit(world, &asked, json!({"attendance": "薬剤師 7"})).await;
        assert!(
            preview.text().contains("まだ直していません"),
            "{}",
            preview.text()
        );
        let late = press(world, &first, UNDO).await;
        let corrected = press(world, &preview, KEEP).await;
        assert!(late.text().contains("元に戻しました"), "{}", late.text());
        assert!(
            corrected.text().contains("ほかの方が変更"),
            "{}",
            corrected.text()
        );
        record(world).await;
        let options = json!({"number": "1", "attendance": "薬剤師 7"});
        let preview = desk(world, "session record", options).await;
        let corrected = press(world, &preview, KEEP).await.expect_message();
        assert!(
            corrected.text().contains("直しました（出席7人"),
            "{}",
            corrected.text()
        );
        let read = account(world, "コーディネーター").await;
        assert!(
            read.contains("・薬剤師 7") && read.contains("連絡票"),
            "{read}"
        );
        let undone = press(world, &corrected, UNDO).await;
        assert!(
            undone.text().contains("元に戻しました"),
            "{}",
            undone.text()
        );
        let read = account(world, "コーディネーター").await;
        assert!(
            read.contains("・薬剤師 6") && read.contains("・行政 2"),
            "{read}"
        );
    })
    .await;
}

#[tokio::test]
async fn a_preview_is_kept_once_and_by_nobody_else() {
    world(Database::Sqlite, async |world| {
        hold(world, json!({})).await;
        let options = json!({"number": "1", "minutes": MINUTES});
        let preview = desk(world, "session record", options).await;
        let keep = preview.buttons()[0].custom_id.clone().expect("an id");
        for key in ["二人目のコーディネーター", "薬剤師会の会長", "オブザーバー"]
        {
            let said = forged(world, &world.person(key), &keep).await;
            assert!(!said.contains("記録しました"), "{key}: {said}");
        }
        press(world, &preview, KEEP).await.expect_message();
        let coordinator = world.person("コーディネーター");
        let again = forged(world, &coordinator, &keep).await;
        assert!(!again.contains("記録しました"), "{again}");
        for key in ["薬剤師会の会長", "アドバイザー", "所属のない人"] {
            let options = json!({"number": "1", "minutes": "書きかえます"});
            let said = ask(world, key, "session record", options).await;
            assert!(said.buttons().is_empty(), "{key}: {}", said.text());
            let said = forged(world, &world.person(key), "v1:session-account-edit:1").await;
            assert!(!said.contains("連絡票"), "{key}: {said}");
        }
    })
    .await;
}

#[tokio::test]
async fn only_what_has_come_can_be_written_down() {
    world(Database::Sqlite, async |world| {
        hold(world, json!({"date": "令和8年12月1日"})).await;
        let options = json!({"number": "1", "attendance": "薬剤師 5"});
        let ahead = desk(world, "session record", options.clone()).await;
        assert!(ahead.text().contains("まだ先の日"), "{}", ahead.text());
        let cancel = json!({"number": "1", "reason": "大雪のため"});
        let asked = desk(world, "session cancel", cancel).await;
        press(world, &asked, "中止にする").await.expect_message();
        world.clock.move_to("2026-12-02 10:00");
        let cancelled = desk(world, "session record", options).await;
        assert!(
            cancelled.text().contains("すでに「中止」"),
            "{}",
            cancelled.text()
        );
        let none = desk(
            world,
            "session record",
            json!({"number": "9", "attendance": "薬剤師 5"}),
        )
        .await;
        assert!(
            none.text().contains("ないか、ご覧になれません"),
            "{}",
            none.text()
        );
        world.settled().await;
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_read_is_named_and_the_rest_is_not_lost() {
    world(Database::Sqlite, async |world| {
        hold(world, json!({})).await;
        for (attendance, survey, expected) in [
            ("薬剤師", "", "「薬剤師」が読み取れません"),
            ("薬剤師 0", "", "1～9999の数"),
            ("", "はい 3", "1行目"),
        ] {
            let asked = form(world).await;
            let fields = json!({"minutes": MINUTES, "attendance": attendance, "survey": survey});
            let said = submit(world, &asked, fields).await;
            assert!(
                said.text().contains(expected),
                "{attendance} {survey}: {}",
                said.text()
            );
            let again = press(world, &said, "直す").await.expect_modal();
            let minutes = again
                .fields
                .iter()
                .find(|field| field.custom_id == "minutes");
            assert_eq!(
                minutes.and_then(|field| field.value.as_deref()),
                Some(MINUTES)
            );
        }
        let asked = form(world).await;
        let nothing = json!({"minutes": " ", "attendance": "", "survey": ""});
        let said = submit(world, &asked, nothing).await;
        assert!(
            said.text().contains("書かれているものがありません"),
            "{}",
            said.text()
        );
    })
    .await;
}
