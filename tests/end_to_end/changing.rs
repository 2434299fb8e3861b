//! Correcting, moving and following an issue: its card follows it, and history keeps the way.

use super::{field, number_in, wording};
use fake_discord::Person;
use serde_json::json;
use tests::{
    database::Database,
    world::{World, world},
};

async fn add(world: &World, who: &Person, options: serde_json::Value) -> i64 {
    let answer = who
        .slash(world.channel("広場"), "issue add", options)
        .await
        .expect_message();
    number_in(&answer)
}

#[tokio::test]
async fn a_corrected_wording_replaces_the_card_s() {
    world(Database::Sqlite, async |world| {
        let chair = world.person("薬剤師会の会長");
        let number = add(
            world,
            &chair,
            json!({"text": "在庫の数え方がまちまちだ", "tier": 1}),
        )
        .await;
        world.settled().await;
        let before = world.cards("一次-薬剤師会").remove(0);
        let form = chair
            .slash(
                world.channel("広場"),
                "issue edit",
                json!({"number": number.to_string()}),
            )
            .await
            .expect_modal();
        assert_eq!(
            form.fields[0].value.as_deref(),
            Some("在庫の数え方がまちまちだ")
        );
        let fields = json!({"text": "在庫の数え方が薬局ごとに違う", "note": "薬剤師会の勉強会"});
        let answer = chair.submit(&form, fields).await.expect_message();
        assert!(answer.text().contains("修正しました"), "{}", answer.text());
        world.settled().await;
        let after = world.cards("一次-薬剤師会");
        assert_eq!(after.len(), 1);
        assert_eq!(
            after[0].id, before.id,
            "the card is edited, not posted again"
        );
        assert!(wording(&after[0]).contains("薬局ごとに違う"));
        assert_eq!(
            field(&after[0], "備考").as_deref(),
            Some("薬剤師会の勉強会")
        );
    })
    .await;
}

#[tokio::test]
async fn two_people_who_correct_at_once_do_not_overwrite_each_other() {
    world(Database::Sqlite, async |world| {
        let coordinator = world.person("コーディネーター");
        let other = world.person("二人目のコーディネーター");
        let options = json!({"text": "相談の受け方を決めておきたい", "profession": "薬剤師会"});
        let number = add(world, &coordinator, options).await.to_string();
        let desk = world.channel("相談窓口");
        let first = coordinator
            .slash(desk, "issue edit", json!({"number": number}))
            .await
            .expect_modal();
        let second = other
            .slash(desk, "issue edit", json!({"number": number}))
            .await
            .expect_modal();
        let fields = |words: &str| json!({"text": words, "note": "", "speaker": ""});
        let kept = coordinator
            .submit(&first, fields("先に直したことば"))
            .await
            .expect_message();
        assert!(kept.text().contains("修正しました"));
        let refused = other
            .submit(&second, fields("あとから直したことば"))
            .await
            .expect_message();
        assert!(
            refused.text().contains("ほかの方が先に変更"),
            "{}",
            refused.text()
        );
        world.settled().await;
        assert!(wording(&world.cards("相談窓口")[0]).contains("先に直した"));
    })
    .await;
}

#[tokio::test]
async fn another_tier_moves_the_card_to_its_channel() {
    world(Database::Sqlite, async |world| {
        let coordinator = world.person("コーディネーター");
        let options = json!({
            "text": "入退院のときの連絡を話題にした集まりで出たこと", "profession": "病院連携室",
            "about": "介護支援専門員", "tier": 2, "origin": "open",
        });
        let number = add(world, &coordinator, options).await;
        world.settled().await;
        assert_eq!(world.cards("二次-入退院").len(), 1);
        let options = json!({
            "number": format!("＃{number}"), "tier": 3, "reason": "救急の受け入れにも関わるため",
        });
        let answer = coordinator
            .slash(world.channel("相談窓口"), "issue tier", options)
            .await
            .expect_message();
        assert!(
            answer.text().contains("③地域全体（三次） に変えました"),
            "{}",
            answer.text()
        );
        world.settled().await;
        assert!(
            world.cards("二次-入退院").is_empty(),
            "the old card is gone"
        );
        assert_eq!(world.cards("三次連携").len(), 1);
        let shown = coordinator
            .slash(
                world.channel("相談窓口"),
                "issue show",
                json!({"number": number.to_string()}),
            )
            .await
            .expect_message();
        let steps = field(&shown, "これまでの経過").expect("the way so far");
        assert!(
            steps.contains("階層の変更") && steps.contains("救急の受け入れにも関わるため"),
            "{steps}"
        );
    })
    .await;
}

#[tokio::test]
async fn the_status_is_followed_by_card_and_tag_and_needs_what_the_manual_asks() {
    world(Database::Sqlite, async |world| {
        let coordinator = world.person("コーディネーター");
        let options = json!({
            "text": "地域でどのようにICTを活用していくか", "profession": "医師会", "origin": "open",
        });
        let number = add(world, &coordinator, options).await.to_string();
        let desk = world.channel("相談窓口");
        let set = async |options: serde_json::Value| {
            coordinator
                .slash(desk, "issue status", options)
                .await
                .expect_message()
                .text()
        };
        for (options, expected) in [
            (
                json!({"number": number, "status": "acting"}),
                "「受付」から「実施中」",
            ),
            (
                json!({"number": number, "status": "acting"}),
                "すでにその状況です",
            ),
            (
                json!({"number": number, "status": "done"}),
                "反省会なしで完了にするとき",
            ),
            (
                json!({"number": number, "status": "planning"}),
                "「検討中」",
            ),
            // A measure that was begun is looked back on, whatever came in between.
            (
                json!({"number": number, "status": "done"}),
                "反省会なしで完了にするとき",
            ),
            (
                json!({"number": number, "status": "sorted", "year": "令和9年度"}),
                "「次年度以降」にするときだけ",
            ),
            (
                json!({"number": number, "status": "dropped"}),
                "見送るときは",
            ),
            (
                json!({"number": number, "status": "later"}),
                "「年度」（year）に書いてください",
            ),
            (
                json!({"number": number, "status": "later", "year": "令和8年度"}),
                "年度は令和9年度以降に",
            ),
            (
                json!({"number": number, "status": "later", "year": "いつか"}),
                "「令和9年度」「R9」",
            ),
            (
                json!({"number": number, "status": "later", "year": "Ｒ９"}),
                "「次年度以降（令和9年度）」",
            ),
        ] {
            let answer = set(options).await;
            assert!(answer.contains(expected), "{answer}");
        }
        world.settled().await;
        let card = world.cards("三次連携").remove(0);
        assert_eq!(
            field(&card, "状況").as_deref(),
            Some("次年度以降（令和9年度）")
        );
        let forum = world
            .person("コーディネーター")
            .channels()
            .into_iter()
            .find(|channel| channel.id == world.channel("三次連携"))
            .expect("the forum is seen");
        assert_eq!(forum.threads[0].tags, ["次年度以降"]);
    })
    .await;
}

#[tokio::test]
async fn members_change_what_they_wrote_down_until_it_is_taken_up() {
    world(Database::Sqlite, async |world| {
        let member = world.person("薬剤師会の会員");
        let number = add(
            world,
            &member,
            json!({"text": "勉強会の日が合わない", "tier": 1}),
        )
        .await;
        let number = number.to_string();
        let place = world.channel("広場");
        let denied = member.slash(
            place,
            "issue status",
            json!({"number": number, "status": "done"}),
        );
        assert!(
            denied
                .await
                .expect_message()
                .text()
                .contains("連携コーディネーターだけができる")
        );
        let other = world.person("薬剤師会の会長");
        let foreign = other
            .slash(place, "issue edit", json!({"number": number}))
            .await;
        assert!(foreign.expect_message().text().contains("ご自身が記録した"));
        let coordinator = world.person("コーディネーター");
        coordinator
            .slash(
                place,
                "issue status",
                json!({"number": number, "status": "sorted"}),
            )
            .await
            .expect_message();
        let late = member
            .slash(place, "issue edit", json!({"number": number}))
            .await;
        assert!(
            late.expect_message()
                .text()
                .contains("すでに整理が始まっています")
        );
    })
    .await;
}
