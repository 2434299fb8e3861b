//! `/feedback`: what an association is told of its own issues and of what became of them. The desk sees it
//! before it goes, exactly as the association will.

mod guard;
mod lasting;
mod monthly;

use super::{command, number_in, wording::read};
use fake_discord::{MessageView, ModalView, Outcome};
use rstest::rstest;
use serde_json::{Value, json};
use tests::{
    database::Database,
    world::{World, world},
};

const COORDINATOR: &str = "コーディネーター";
const CHAIR: &str = "薬剤師会の会長";
const CHANNEL: &str = "フィードバック-薬剤師会";
const UNDO: &str = "元に戻す（10分以内）";
/// What the pharmacists say in confidence.
const SAID: &str = "退院のとき、薬の変更の連絡が病院から届かない";
/// What the hospital says in confidence of them, and what they are told of it.
const OF_THEM: &str = "薬剤師会の夜間の当番が分からず、いつも困らされている";
const SHARED: &str = "夜間に相談できる薬局の一覧があると助かります";

async fn desk(world: &World, path: &str, options: Value) -> MessageView {
    command(world, COORDINATOR, path, options).await
}

async fn pressed(world: &World, who: &str, message: &MessageView, label: &str) -> Outcome {
    world.person(who).press_label(message.id, label).await
}

async fn press(world: &World, message: &MessageView, label: &str) -> MessageView {
    let answer = pressed(world, COORDINATOR, message, label).await;
    answer.expect_message()
}

/// An issue of an association, said in confidence; its number.
async fn add(world: &World, who: &str, words: &str) -> i64 {
    let options = json!({"text": words, "tier": 2});
    let answer = command(world, who, "issue add", options).await;
    world.settled().await;
    number_in(&answer)
}

async fn status(world: &World, number: i64, status: &str) {
    let options = json!({"number": number.to_string(), "status": status});
    desk(world, "issue status", options).await;
    world.settled().await;
}

/// The hospital speaks of the pharmacists, and they are told in other words; its number.
async fn answered(world: &World) -> i64 {
    let number = add(world, "病院連携室の会長", OF_THEM).await;
    let options = json!({
        "number": number.to_string(), "audience": "association:薬剤師会", "wording": SHARED,
    });
    let told = desk(world, "issue share", options).await;
    assert!(told.text().contains("共有しました"), "{}", told.text());
    world.settled().await;
    number
}

/// A draft for the pharmacists.
async fn draft(world: &World) -> MessageView {
    desk(world, "feedback draft", json!({"association": "薬剤師会"})).await
}

/// What stands in a feedback channel.
fn posts(world: &World, channel: &str) -> Vec<MessageView> {
    let mut cards = world.cards(channel);
    cards.sort_by_key(|card| card.id);
    cards
}

fn post(world: &World) -> MessageView {
    let mut posts = posts(world, CHANNEL);
    assert_eq!(posts.len(), 1, "{posts:?}");
    posts.remove(0)
}

/// The embed alone, as whoever looks at it reads it.
fn shown(message: &MessageView) -> Value {
    json!(message.embeds)
}

async fn edit(world: &World, preview: &MessageView, label: &str, fields: Value) -> MessageView {
    let coordinator = world.person(COORDINATOR);
    let form: ModalView = coordinator
        .press_label(preview.id, label)
        .await
        .expect_modal();
    coordinator.submit(&form, fields).await.expect_message()
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn an_association_is_told_what_became_of_what_it_said(#[case] database: Database) {
    world(database, async |world| {
        let first = add(world, CHAIR, SAID).await;
        add(
            world,
            CHAIR,
            "残った薬の相談先が、利用者の家族に知られていない",
        )
        .await;
        status(world, first, "planning").await;
        answered(world).await;
        desk(
            world,
            "session plan",
            json!({
                "title": "退院時の連絡を考える会", "tier": 2, "kind": "exchange",
                "date": "令和8年12月1日", "start": "14:00",
                "associations": "薬剤師会、病院連携室",
            }),
        )
        .await;
        world.settled().await;
        let preview = draft(world).await;
        insta::assert_snapshot!("feedback_preview", read(&preview));
        assert!(posts(world, CHANNEL).is_empty(), "nothing goes by itself");
        world.restart().await;
        let sent = press(world, &preview, "承認して送る").await;
        insta::assert_snapshot!("feedback_sent", read(&sent));
        world.settled().await;
        let post = post(world);
        assert_eq!(shown(&post), shown(&preview), "the desk saw exactly this");
        assert!(!post.text().contains(OF_THEM));
        let listed = command(world, CHAIR, "feedback list", json!({})).await;
        insta::assert_snapshot!("feedback_list_own", read(&listed));
        let read_again = pressed(world, CHAIR, &listed, "1 を見る").await;
        assert_eq!(shown(&read_again.expect_message()), shown(&post));
        // What was told once is not told again.
        let next = draft(world).await;
        insta::assert_snapshot!("feedback_quiet", read(&next));
    })
    .await;
}

#[tokio::test]
async fn the_desk_puts_its_words_to_it_and_leaves_single_issues_out() {
    world(Database::Sqlite, async |world| {
        let first = add(world, CHAIR, SAID).await;
        add(world, CHAIR, "残った薬の相談先が、利用者の家族に知られていない").await;
        let preview = draft(world).await;
        let edited = edit(
            world,
            &preview,
            "編集",
            json!({
                "opening": "いつもありがとうございます。", "closing": "次の会でまたお聞かせください。",
                "left-out": format!("#{first}"),
            }),
        )
        .await;
        insta::assert_snapshot!("feedback_edited", read(&edited));
        assert!(!edited.text().contains(SAID));
        let back = press(world, &edited, UNDO).await;
        assert!(back.text().contains(SAID), "{}", back.text());
        assert!(!back.text().contains("いつもありがとう"));
        // The preview of before the edit is out of date.
        let late = press(world, &preview, "承認して送る").await;
        assert!(late.text().contains("変わりました"), "{}", late.text());
        world.settled().await;
        assert!(posts(world, CHANNEL).is_empty());
    })
    .await;
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn what_was_sent_is_corrected_and_says_so(#[case] database: Database) {
    world(database, async |world| {
        add(world, CHAIR, SAID).await;
        let preview = draft(world).await;
        let sent = press(world, &preview, "承認して送る").await;
        world.settled().await;
        let before = post(world);
        let asked = edit(
            world,
            &sent,
            "訂正する",
            json!({"opening": "日付をまちがえていました。", "closing": "", "left-out": ""}),
        )
        .await;
        insta::assert_snapshot!("feedback_correction", read(&asked));
        world.settled().await;
        assert_eq!(shown(&post(world)), shown(&before), "it is only shown yet");
        world.restart().await;
        let corrected = press(world, &asked, "訂正を送る").await;
        assert!(
            corrected.text().contains("訂正しました"),
            "{}",
            corrected.text()
        );
        world.settled().await;
        let after = post(world);
        assert_eq!(after.id, before.id, "the post is edited");
        assert_eq!(shown(&after), shown(&asked));
        assert!(after.text().contains("【訂正】"), "{}", after.text());
    })
    .await;
}

#[tokio::test]
async fn what_was_withdrawn_leaves_a_sentence_and_is_told_again_next_time() {
    world(Database::Sqlite, async |world| {
        add(world, CHAIR, SAID).await;
        let preview = draft(world).await;
        let sent = press(world, &preview, "承認して送る").await;
        world.settled().await;
        let stood = post(world);
        let withdrawn = press(world, &sent, "取り下げる").await;
        assert!(
            withdrawn.text().contains("を取り下げました"),
            "{}",
            withdrawn.text()
        );
        world.settled().await;
        insta::assert_snapshot!("feedback_withdrawn", read(&post(world)));
        let nothing = command(world, CHAIR, "feedback list", json!({})).await;
        assert!(
            nothing.text().contains("まだありません"),
            "{}",
            nothing.text()
        );
        press(world, &withdrawn, UNDO).await;
        world.settled().await;
        assert_eq!(shown(&post(world)), shown(&stood));
        let listed = desk(world, "feedback list", json!({})).await;
        let again = press(world, &listed, "1 を見る").await;
        press(world, &again, "取り下げる").await;
        let next = draft(world).await;
        assert!(next.text().contains(SAID), "{}", next.text());
        world.settled().await;
    })
    .await;
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn after_a_session_everybody_who_took_part_has_a_draft(#[case] database: Database) {
    world(database, async |world| {
        add(world, CHAIR, SAID).await;
        desk(
            world,
            "session plan",
            json!({
                "title": "退院時の連絡を考える会", "tier": 2, "kind": "exchange",
                "date": "令和8年11月10日", "associations": "薬剤師会、リハビリテーション療法士会",
            }),
        )
        .await;
        let preview = desk(
            world,
            "session record",
            json!({"number": "1", "minutes": "連絡票の様式を話し合った。"}),
        )
        .await;
        let kept = press(world, &preview, "記録する").await;
        assert!(kept.text().contains("下書きを2件"), "{}", kept.text());
        let listed = press(world, &kept, "フィードバックの一覧を見る").await;
        insta::assert_snapshot!("feedback_list_desk", read(&listed));
        let first = press(world, &listed, "1 を見る").await;
        insta::assert_snapshot!("feedback_after_session", read(&first));
        let unbound = press(world, &listed, "2 を見る").await;
        let refused = press(world, &unbound, "承認して送る").await;
        insta::assert_snapshot!("feedback_unbound", read(&refused));
        let dropped = press(world, &unbound, "送らない").await;
        let back = press(world, &dropped, UNDO).await;
        assert!(back.text().contains("下書きです"), "{}", back.text());
        world.settled().await;
    })
    .await;
}

#[tokio::test]
async fn the_hundredth_issue_is_counted_and_the_card_still_fits() {
    world(Database::Sqlite, async |world| {
        let lines: Vec<String> = (1..=100)
            .map(|number| format!("{number}番目の薬局から、退院時の連絡が遅いという声がありました"))
            .collect();
        for some in lines.chunks(50) {
            let options = json!({"text": some.join("\n"), "tier": 2});
            let asked = command(world, CHAIR, "issue add", options).await;
            if let Some(label) = asked
                .buttons()
                .into_iter()
                .map(|button| button.label)
                .find(|label| label.contains("件として記録"))
            {
                pressed(world, CHAIR, &asked, &label).await.expect_message();
            }
        }
        world.settled().await;
        let preview = draft(world).await;
        insta::assert_snapshot!("feedback_long", read(&preview));
        press(world, &preview, "承認して送る").await;
        world.settled().await;
        assert_eq!(shown(&post(world)), shown(&preview));
    })
    .await;
}
