//! Who may do what with feedback, and what is refused.

use super::{CHAIR, CHANNEL, SAID, add, answered, command, desk, draft, edit, posts, press};
use fake_discord::Person;
use serde_json::json;
use tests::{
    database::Database,
    world::{World, world},
};

/// Who is neither of the desk nor speaks for the pharmacists.
const OTHERS: [&str; 6] = [
    "薬剤師会の会員",
    "病院連携室の会長",
    "アドバイザー",
    "オブザーバー",
    "所属のない人",
    "サーバーの管理者",
];

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

#[tokio::test]
async fn nobody_but_the_desk_drafts_sees_drafts_or_sends() {
    world(Database::Sqlite, async |world| {
        add(world, CHAIR, SAID).await;
        draft(world).await;
        for who in OTHERS.into_iter().chain([CHAIR, "薬剤師会の連携担当"]) {
            let asked = json!({"association": "薬剤師会"});
            let refused = command(world, who, "feedback draft", asked).await;
            assert!(!refused.text().contains(SAID), "{who}: {}", refused.text());
            let refused = command(world, who, "feedback send", json!({"number": "1"})).await;
            assert!(!refused.text().contains(SAID), "{who}: {}", refused.text());
            let person = world.person(who);
            let mut said = Vec::new();
            for press in [
                "feedback-show:1",
                "feedback-send:1:1",
                "feedback-drop:1:1",
                "feedback-renew:1:1",
                "feedback-edit:1:1",
                "feedback-withdraw:1:1",
                "feedback-undo:1",
                "feedback-correct:1",
            ] {
                let text = forged(world, &person, &format!("v1:{press}")).await;
                assert!(!text.contains(SAID), "{who} {press}: {text}");
                said.push(text);
            }
            // A draft and a number that does not exist are answered alike.
            let nothing = forged(world, &person, "v1:feedback-show:99").await;
            assert_eq!(said[0], nothing, "{who}");
        }
        world.settled().await;
        assert!(posts(world, CHANNEL).is_empty());
        let shown = desk(world, "feedback send", json!({"number": "1"})).await;
        assert!(shown.text().contains("下書きです"), "{}", shown.text());
    })
    .await;
}

#[tokio::test]
async fn an_association_lists_what_it_got_and_nobody_elses() {
    world(Database::Sqlite, async |world| {
        add(world, CHAIR, SAID).await;
        let preview = draft(world).await;
        press(world, &preview, "承認して送る").await;
        world.settled().await;
        for who in [CHAIR, "薬剤師会の連携担当"] {
            let listed = command(world, who, "feedback list", json!({})).await;
            assert!(listed.text().contains("送付済"), "{who}: {}", listed.text());
        }
        let other = command(world, "病院連携室の会長", "feedback list", json!({})).await;
        assert!(other.text().contains("まだありません"), "{}", other.text());
        for who in ["薬剤師会の会員", "アドバイザー", "所属のない人"] {
            let refused = command(world, who, "feedback list", json!({})).await;
            assert!(
                !refused.text().contains("送付済"),
                "{who}: {}",
                refused.text()
            );
            let person = world.person(who);
            for press in [
                "v1:feedback-show:1",
                "v1:feedback-open:1",
                "v1:feedback-list:1",
            ] {
                let text = forged(world, &person, press).await;
                assert!(!text.contains(SAID), "{who} {press}: {text}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn bad_input_is_refused_with_what_works() {
    world(Database::Sqlite, async |world| {
        for (options, expected) in [
            (json!({"association": "架空会"}), "団体"),
            (json!({"session": "1", "month": "先月"}), "どちらか一つ"),
            (json!({"session": "7"}), "7"),
            (json!({"month": "13月"}), "月を読み取れません"),
            (json!({"month": "2027-05"}), "まだ始まっていない月"),
            (json!({}), "新しく伝えること"),
        ] {
            let refused = desk(world, "feedback draft", options.clone()).await;
            let text = refused.text();
            assert!(
                text.contains(expected) || text.contains("連携の場"),
                "{options}: {text}"
            );
        }
        for number in ["0", "x", "99", "９９", "-1"] {
            let refused = desk(world, "feedback send", json!({"number": number})).await;
            assert!(
                refused.text().contains("フィードバック"),
                "{}",
                refused.text()
            );
        }
        let listed = desk(world, "feedback list", json!({})).await;
        assert!(
            listed.text().contains("まだありません"),
            "{}",
            listed.text()
        );
        let own = command(world, CHAIR, "feedback list", json!({})).await;
        assert!(own.text().contains("まだありません"), "{}", own.text());
        add(world, CHAIR, SAID).await;
        let preview = draft(world).await;
        for (fields, expected) in [
            (
                json!({"opening": "連絡先は090-1234-5678です", "closing": "", "left-out": ""}),
                "個人の情報",
            ),
            (
                json!({"opening": "", "closing": "", "left-out": "77"}),
                "載っていません",
            ),
            (
                json!({"opening": "", "closing": "", "left-out": "ぜんぶ"}),
                "番号",
            ),
            (
                json!({"opening": "", "closing": "", "left-out": ""}),
                "何も変わっていません",
            ),
        ] {
            let refused = edit(world, &preview, "編集", fields).await;
            let text = refused.text();
            assert!(text.contains(expected), "{text}");
            assert!(!text.contains("1234-5678"), "{text}");
        }
    })
    .await;
}

#[tokio::test]
async fn of_two_coordinators_the_second_is_shown_what_changed() {
    world(Database::Sqlite, async |world| {
        add(world, CHAIR, SAID).await;
        let preview = draft(world).await;
        let second = command(
            world,
            "二人目のコーディネーター",
            "feedback send",
            json!({"number": "1"}),
        )
        .await;
        let other = world.person("二人目のコーディネーター");
        let form = other.press_label(second.id, "編集").await.expect_modal();
        edit(
            world,
            &preview,
            "編集",
            json!({"opening": "こんにちは。", "closing": "", "left-out": ""}),
        )
        .await;
        let late = other
            .submit(
                &form,
                json!({"opening": "ごぶさたしています。", "closing": "", "left-out": ""}),
            )
            .await
            .text();
        assert!(
            late.contains("変わった") && late.contains("ごぶさた"),
            "{late}"
        );
        let late = other.press_label(second.id, "承認して送る").await.text();
        assert!(late.contains("変わりました"), "{late}");
        let now = desk(world, "feedback send", json!({"number": "1"})).await;
        press(world, &now, "承認して送る").await;
        let twice = other.press_label(second.id, "承認して送る").await.text();
        assert!(twice.contains("変わりました"), "{twice}");
        world.settled().await;
        assert_eq!(posts(world, CHANNEL).len(), 1);
    })
    .await;
}

#[tokio::test]
async fn what_was_shared_and_taken_back_leaves_the_feedback_as_well() {
    world(Database::Sqlite, async |world| {
        let number = answered(world).await;
        let preview = draft(world).await;
        press(world, &preview, "承認して送る").await;
        world.settled().await;
        let before = posts(world, CHANNEL).remove(0);
        assert!(before.text().contains(super::SHARED), "{}", before.text());
        let title = format!("#{number}　");
        let card = posts(world, "相談窓口")
            .into_iter()
            .find(|card| {
                card.embeds[0]["title"]
                    .as_str()
                    .is_some_and(|t| t.starts_with(&title))
            })
            .expect("its card stands at the desk");
        let log = press(world, &card, "共有を見直す").await;
        press(world, &log, "取り下げる").await;
        world.settled().await;
        let after = posts(world, CHANNEL).remove(0);
        assert_eq!(after.id, before.id);
        assert!(!after.text().contains(super::SHARED), "{}", after.text());
        insta::assert_snapshot!("feedback_gone", super::read(&after));
    })
    .await;
}
