//! 元に戻す: whoever changed something may take it back for ten minutes, and the cards follow.

use super::{field, number_in, wording};
use chrono::Duration;
use fake_discord::{MessageView, Overwrite, Person, permission};
use serde_json::{Value, json};
use storage::{Subject, SubjectKind, audit, history};
use tests::{
    database::Database,
    world::{World, world},
};

const UNDO: &str = "元に戻す（10分以内）";

async fn add(world: &World, who: &Person, options: Value) -> (i64, MessageView) {
    let answer = who.slash(world.channel("広場"), "issue add", options).await;
    let answer = answer.expect_message();
    world.settled().await;
    (number_in(&answer), answer)
}

async fn command(world: &World, who: &Person, path: &str, options: Value) -> MessageView {
    let answer = who.slash(world.channel("広場"), path, options).await;
    let answer = answer.expect_message();
    world.settled().await;
    answer
}

/// Presses the button, and lets the cards follow.
async fn undo(world: &World, who: &Person, answer: &MessageView) -> String {
    let said = who.press_label(answer.id, UNDO).await.expect_message();
    world.settled().await;
    said.text()
}

/// Presses a button that is gone from the screen, or stands on somebody else's.
async fn forge(world: &World, who: &Person, answer: &MessageView) -> String {
    let buttons = answer.buttons();
    let custom_id = buttons
        .iter()
        .find_map(|button| button.custom_id.clone().filter(|_| button.label == UNDO))
        .expect("the button");
    let place = world.channel("広場");
    let own = who.slash(place, "help", json!({})).await.expect_message();
    let data = json!({"custom_id": custom_id, "component_type": 2});
    let said = who.deliver_raw(place, 3, data, Some(own.id)).await;
    world.settled().await;
    said.expect_message().text()
}

async fn shown(world: &World, who: &Person, number: i64) -> MessageView {
    let options = json!({"number": number.to_string()});
    command(world, who, "issue show", options).await
}

async fn traces(world: &World, number: i64) -> (Vec<history::Step>, Vec<audit::Written>) {
    let server = domain::id::ServerId(world.city.guild);
    let office = world.store().office(server).await.expect("it is read");
    let office = office.expect("an office").id;
    let subject = Subject {
        kind: SubjectKind::Issue,
        id: number,
    };
    world
        .store()
        .read(move |connection| {
            Box::pin(async move {
                let steps = history::of(connection, office, subject).await?;
                let all = audit::Filter::default();
                let page = audit::list(connection, office, &all, 0, audit::PAGE_MAX).await?;
                Ok((steps, page.entries))
            })
        })
        .await
        .expect("traces are read")
}

#[tokio::test]
async fn what_was_written_down_by_mistake_is_taken_back_and_its_number_stays_used() {
    world(Database::Sqlite, async |world| {
        for (who, channel) in [
            ("薬剤師会の会長", "一次-薬剤師会"),
            ("歯科医師会の会長", "一次-歯科医師会"),
        ] {
            let chair = world.person(who);
            let options = json!({"text": "会費の集め方がまちまちで困っている", "tier": 1});
            let (number, answer) = add(world, &chair, options.clone()).await;
            assert_eq!(world.cards(channel).len(), 1);
            let said = undo(world, &chair, &answer).await;
            assert!(said.contains("記録を取り消しました"), "{said}");
            assert!(said.contains("読んだ方がいるかもしれません"), "{said}");
            assert!(said.contains("/issue add"), "{said}");
            assert!(!said.contains(UNDO), "the button is gone: {said}");
            assert!(
                world.cards(channel).is_empty(),
                "{channel}: the card is gone"
            );
            for reader in ["コーディネーター", who] {
                let reader = world.person(reader);
                let text = shown(world, &reader, number).await.text();
                assert!(text.contains("ないか、ご覧になれません"), "{text}");
                let list = command(world, &reader, "issue list", json!({}))
                    .await
                    .text();
                assert!(list.contains("まだありません"), "{list}");
                let typed = json!({"number": number.to_string()});
                let place = world.channel("広場");
                let found = reader
                    .autocomplete(place, "issue show", typed, "number")
                    .await;
                assert_eq!(found.text(), "");
            }
            let (next, answer) = add(world, &chair, options).await;
            assert_eq!(next, number + 1, "the number is not given again");
            undo(world, &chair, &answer).await;
            let (steps, entries) = traces(world, number).await;
            assert_eq!(steps.len(), 2, "the way stays for the desk");
            let entry = entries
                .iter()
                .find(|entry| {
                    entry.act == "issue.undo" && entry.subject == Some(("issue".into(), number))
                })
                .expect("the audit says so");
            assert!(entry.details.contains(&("act".into(), "issue.add".into())));
        }
    })
    .await;
}

#[tokio::test]
async fn a_correction_taken_back_brings_the_words_and_the_speaker_back() {
    world(Database::Sqlite, async |world| {
        let coordinator = world.person("コーディネーター");
        let options = json!({
            "text": "夜間の連絡先が分かりにくいと聞いた", "profession": "薬剤師会",
            "speaker": "仮名 太郎", "note": "電話にて",
        });
        let (number, _) = add(world, &coordinator, options).await;
        let form = coordinator
            .slash(
                world.channel("広場"),
                "issue edit",
                json!({"number": number.to_string()}),
            )
            .await
            .expect_modal();
        let fields = json!({
            "text": "休日の連絡先が分かりにくいと聞いた", "note": "", "speaker": "別名 花子",
        });
        let answer = coordinator.submit(&form, fields).await.expect_message();
        world.settled().await;
        let card = world.cards("相談窓口").remove(0);
        assert_eq!(field(&card, "発言者").as_deref(), Some("別名 花子"));
        let said = undo(world, &coordinator, &answer).await;
        assert!(said.contains("「修正」を元に戻しました"), "{said}");
        assert!(said.contains("読んだ方がいるかもしれません"), "{said}");
        let after = world.cards("相談窓口").remove(0);
        assert_eq!(after.id, card.id, "the card is edited, not posted again");
        assert!(wording(&after).contains("夜間の連絡先"), "{}", after.text());
        assert_eq!(field(&after, "発言者").as_deref(), Some("仮名 太郎"));
        assert_eq!(field(&after, "備考").as_deref(), Some("電話にて"));
        let (steps, entries) = traces(world, number).await;
        let kept = format!("{steps:?} {entries:?} {}", world.log());
        for name in ["太郎", "花子"] {
            assert!(
                !kept.contains(name),
                "{name} stands in history, audit or log"
            );
        }
        let history = shown(world, &coordinator, number).await;
        let steps = field(&history, "これまでの経過").expect("steps");
        assert!(steps.contains("「修正」を元に戻した"), "{steps}");
    })
    .await;
}

#[tokio::test]
async fn another_tier_taken_back_brings_the_card_back_to_its_channel() {
    world(Database::Sqlite, async |world| {
        let coordinator = world.person("コーディネーター");
        let options = json!({
            "text": "入退院のときの連絡を話題にした集まりで出たこと", "profession": "病院連携室",
            "about": "介護支援専門員", "tier": 2, "origin": "open",
        });
        let (number, _) = add(world, &coordinator, options).await;
        let options = json!({
            "number": number.to_string(), "tier": 3, "reason": "救急の受け入れにも関わるため",
        });
        let answer = command(world, &coordinator, "issue tier", options).await;
        assert!(world.cards("二次-入退院").is_empty());
        assert_eq!(world.cards("三次連携").len(), 1);
        let said = undo(world, &coordinator, &answer).await;
        assert!(
            said.contains("階層の変更") && said.contains("三次連携"),
            "{said}"
        );
        assert_eq!(world.cards("二次-入退院").len(), 1, "back in its circle");
        assert!(
            world.cards("三次連携").is_empty(),
            "the post in the forum is gone"
        );
    })
    .await;
}

#[tokio::test]
async fn a_status_taken_back_is_followed_by_card_and_tag() {
    world(Database::Sqlite, async |world| {
        let coordinator = world.person("コーディネーター");
        let options = json!({
            "text": "地域でどのようにICTを活用していくか", "profession": "医師会", "origin": "open",
        });
        let (number, _) = add(world, &coordinator, options).await;
        let options = json!({"number": number.to_string(), "status": "later", "year": "R9"});
        let answer = command(world, &coordinator, "issue status", options).await;
        let said = undo(world, &coordinator, &answer).await;
        assert!(said.contains("状況の変更"), "{said}");
        let card = world.cards("三次連携").remove(0);
        assert_eq!(field(&card, "状況").as_deref(), Some("受付"));
        let channels = coordinator.channels();
        let forum = channels.iter().find(|c| c.id == world.channel("三次連携"));
        assert_eq!(forum.expect("the forum").threads[0].tags, ["受付"]);
    })
    .await;
}

#[tokio::test]
async fn what_was_passed_on_by_mistake_comes_back_to_the_desk() {
    world(Database::Sqlite, async |world| {
        let coordinator = world.person("コーディネーター");
        let options = json!({
            "text": "訪問に回せる人数がそろわないと電話で聞いた", "profession": "薬剤師会", "tier": 1,
        });
        add(world, &coordinator, options).await;
        let card = world.cards("相談窓口").remove(0);
        let pressed = coordinator.press_label(card.id, "団体へ伝える").await;
        let answer = pressed.expect_message();
        world.settled().await;
        assert_eq!(world.cards("一次-薬剤師会").len(), 1);
        let said = undo(world, &coordinator, &answer).await;
        assert!(said.contains("薬剤師会の一次連携チャンネル"), "who may have read it: {said}");
        assert!(world.cards("一次-薬剤師会").is_empty());
        assert_eq!(world.cards("相談窓口").len(), 1);
    })
    .await;
}

#[tokio::test]
async fn after_ten_minutes_the_answer_says_which_command_corrects_it() {
    world(Database::Sqlite, async |world| {
        let chair = world.person("薬剤師会の会長");
        let options = |text: &str| json!({"text": text, "tier": 1});
        let (_, in_time) = add(world, &chair, options("在庫の数え方がまちまちだ")).await;
        world.clock.advance(Duration::minutes(10));
        let said = undo(world, &chair, &in_time).await;
        assert!(
            said.contains("取り消しました"),
            "ten minutes are within: {said}"
        );
        let (number, late) = add(world, &chair, options("伝票の書き方がまちまちだ")).await;
        world
            .clock
            .advance(Duration::minutes(10) + Duration::seconds(1));
        let said = undo(world, &chair, &late).await;
        assert!(said.contains("10分が過ぎた"), "{said}");
        assert!(
            said.contains(&format!("/issue edit（課題 修正）{number}")),
            "{said}"
        );
        assert_eq!(world.cards("一次-薬剤師会").len(), 1);
        world.clock.advance(Duration::hours(24));
        let said = undo(world, &chair, &late).await;
        assert!(said.contains("連携コーディネーターへ"), "{said}");
    })
    .await;
}

#[tokio::test]
async fn what_somebody_has_changed_since_is_not_taken_back() {
    world(Database::Sqlite, async |world| {
        let member = world.person("薬剤師会の会員");
        let options = json!({"text": "勉強会の日が合わなくて困る", "tier": 1});
        let (number, answer) = add(world, &member, options).await;
        let coordinator = world.person("コーディネーター");
        let options = json!({
            "number": number.to_string(), "tier": 2, "reason": "ほかの団体とも合わせたいため",
        });
        command(world, &coordinator, "issue tier", options).await;
        let said = undo(world, &member, &answer).await;
        assert!(said.contains("ほかの方が変更した"), "{said}");
        assert!(said.contains("連携コーディネーターへ"), "{said}");
        assert!(
            shown(world, &member, number)
                .await
                .text()
                .contains("勉強会")
        );
    })
    .await;
}

#[tokio::test]
async fn pressed_or_delivered_twice_it_is_taken_back_once() {
    world(Database::Sqlite, async |world| {
        let coordinator = world.person("コーディネーター");
        let options = json!({"text": "相談の受け方を決めておきたい", "profession": "薬剤師会"});
        let (number, _) = add(world, &coordinator, options).await;
        let options = json!({"number": number.to_string(), "status": "sorted"});
        let answer = command(world, &coordinator, "issue status", options).await;
        let said = undo(world, &coordinator.twice(), &answer).await;
        assert!(said.contains("元に戻しました"), "{said}");
        let again = forge(world, &coordinator, &answer).await;
        assert!(again.contains("すでに元に戻してあります"), "{again}");
        let (first, second) = {
            let options = json!({"number": number.to_string(), "status": "planning"});
            let answer = command(world, &coordinator, "issue status", options).await;
            tokio::join!(
                forge(world, &coordinator, &answer),
                forge(world, &coordinator, &answer),
            )
        };
        let done = [&first, &second]
            .into_iter()
            .filter(|said| said.contains("」を元に戻しました"))
            .count();
        assert_eq!(done, 1, "{first} / {second}");
        let (steps, entries) = traces(world, number).await;
        let undone = entries.iter().filter(|e| e.act == "issue.undo").count();
        assert_eq!((steps.len(), undone), (5, 2));
        let card = world.cards("相談窓口").remove(0);
        assert_eq!(field(&card, "状況").as_deref(), Some("受付"));
    })
    .await;
}

#[tokio::test]
async fn nobody_else_takes_it_back_and_nobody_who_may_no_longer() {
    world(Database::Sqlite, async |world| {
        let member = world.person("薬剤師会の会員");
        let options = json!({"text": "夜間の当番の組み方で困っている", "tier": 1});
        let (number, answer) = add(world, &member, options).await;
        for other in ["薬剤師会の会長", "コーディネーター", "病院連携室の会長"]
        {
            let said = forge(world, &world.person(other), &answer).await;
            assert!(said.contains("ここからは元に戻せません"), "{other}: {said}");
        }
        let observer = world.city.role("オブザーバー");
        world
            .fake
            .set_roles(world.city.guild, member.id(), &[observer]);
        let said = undo(world, &member, &answer).await;
        assert!(said.contains("ないか、ご覧になれません"), "{said}");
        let coordinator = world.person("コーディネーター");
        assert!(
            shown(world, &coordinator, number)
                .await
                .text()
                .contains("当番")
        );
    })
    .await;
}

#[tokio::test]
async fn the_button_outlives_a_restart() {
    for database in [Database::Sqlite, Database::Postgres] {
        world(database, async |world| {
            let chair = world.person("薬剤師会の会長");
            let options = json!({"text": "在庫の数え方がまちまちだ", "tier": 1});
            let (_, answer) = add(world, &chair, options).await;
            world.restart().await;
            let said = undo(world, &chair, &answer).await;
            assert!(said.contains("取り消しました"), "{said}");
            assert!(world.cards("一次-薬剤師会").is_empty());
        })
        .await;
    }
}

#[tokio::test]
async fn what_was_never_posted_was_read_by_nobody() {
    world(Database::Sqlite, async |world| {
        let channel = world.channel("一次-薬剤師会");
        let before = world.city.overwrites("一次-薬剤師会");
        let mut open = before.clone();
        let curious = world.city.role("医師会 会員");
        open.push(Overwrite::role(curious, permission::VIEW_CHANNEL, 0));
        world.fake.set_overwrites(channel, open);
        let chair = world.person("薬剤師会の会長");
        let options = json!({"text": "在庫の数え方がまちまちで困る", "tier": 1});
        let answer = chair
            .slash(world.channel("広場"), "issue add", options)
            .await;
        let answer = answer.expect_message();
        let held = world
            .until(async |world| world.counts().await.refused == 1)
            .await;
        assert!(held, "nothing is posted where others can see it");
        let said = chair
            .press_label(answer.id, UNDO)
            .await
            .expect_message()
            .text();
        assert!(said.contains("取り消しました"), "{said}");
        assert!(!said.contains("読んだ方"), "{said}");
        world.fake.set_overwrites(channel, before);
        world.settled().await;
        assert!(world.cards("一次-薬剤師会").is_empty());
    })
    .await;
}
