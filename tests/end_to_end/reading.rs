//! Reading: lists, details, suggestions, help; everybody sees what is theirs to see.

use super::number_in;
use serde_json::json;
use tests::{database::Database, world::world};

#[tokio::test]
async fn a_list_is_paged_and_its_buttons_outlive_a_restart() {
    world(Database::Sqlite, async |world| {
        let place = world.channel("広場");
        for number in 1..=23 {
            let words = format!("{number}番目に話した記録のつけ方のこと");
            let chair = world.person("薬剤師会の会長");
            chair
                .slash(place, "issue add", json!({"text": words, "tier": 1}))
                .await
                .expect_message();
        }
        let contact = world.person("薬剤師会の連携担当");
        let list = contact
            .slash(place, "issue list", json!({}))
            .await
            .expect_message();
        assert!(list.text().contains("全23件"), "{}", list.text());
        assert!(list.text().contains("23番目") && !list.text().contains("13番目"));
        world.restart().await;
        let next = contact.press_label(list.id, "次へ").await.expect_message();
        assert_eq!(next.id, list.id, "the same message turns its page");
        assert!(
            next.text().contains("13番目") && next.text().contains("2 / 3"),
            "{}",
            next.text()
        );
        let last = contact.press_label(list.id, "次へ").await.expect_message();
        assert!(last.text().contains("3 / 3"));
        assert!(
            last.buttons()
                .iter()
                .any(|b| b.label == "次へ" && b.disabled)
        );
    })
    .await;
}

#[tokio::test]
async fn everybody_lists_what_is_theirs_to_see_and_nothing_else() {
    world(Database::Sqlite, async |world| {
        let place = world.channel("広場");
        let member = world.person("薬剤師会の会員");
        let options = json!({"text": "処方医へ連絡する窓口が分からない", "tier": 2});
        member
            .slash(place, "issue add", options)
            .await
            .expect_message();
        let coordinator = world.person("コーディネーター");
        let options = json!({
            "text": "災害のときの連絡体制を地域で決めたい", "profession": "医師会", "tier": 3,
            "origin": "open",
        });
        coordinator
            .slash(place, "issue add", options)
            .await
            .expect_message();
        for (key, seen) in [
            ("コーディネーター", &["窓口", "災害"][..]),
            ("薬剤師会の会員", &["窓口", "災害"]),
            ("薬剤師会の会長", &["窓口", "災害"]),
            ("医師会の会員", &["災害"]),
            ("オブザーバー", &["災害"]),
            ("アドバイザー", &["災害"]),
        ] {
            let text = world
                .person(key)
                .slash(place, "issue list", json!({}))
                .await
                .expect_message()
                .text();
            for word in ["窓口", "災害"] {
                assert_eq!(
                    text.contains(word),
                    seen.contains(&word),
                    "{key} {word}: {text}"
                );
            }
        }
        let mine = member
            .slash(place, "issue list", json!({"mine": true}))
            .await;
        assert!(mine.expect_message().text().contains("全1件"));
        let outsider = world
            .person("所属のない人")
            .slash(place, "issue list", json!({}))
            .await;
        assert!(
            outsider
                .expect_message()
                .text()
                .contains("連携コーディネーターにお尋ねください")
        );
    })
    .await;
}

#[tokio::test]
async fn suggestions_hold_only_what_the_person_may_read() {
    world(Database::Sqlite, async |world| {
        let place = world.channel("広場");
        let chair = world.person("薬剤師会の会長");
        let options = json!({"text": "夜間の当番の組み方で困っている", "tier": 1});
        let number = number_in(
            &chair
                .slash(place, "issue add", options)
                .await
                .expect_message(),
        );
        let suggest = async |key: &str, typed: &str| {
            world
                .person(key)
                .autocomplete(place, "issue show", json!({"number": typed}), "number")
                .await
                .text()
        };
        assert!(
            suggest("薬剤師会の会長", "当番")
                .await
                .contains(&format!("#{number}"))
        );
        assert!(suggest("コーディネーター", "").await.contains("夜間"));
        assert_eq!(suggest("医師会の会長", "").await, "");
        assert_eq!(suggest("所属のない人", "").await, "");
        let names = chair.autocomplete(
            place,
            "issue add",
            json!({"about": "薬剤師、ケア"}),
            "about",
        );
        assert!(
            names.await.text().contains("薬剤師、"),
            "what was typed before is kept"
        );
    })
    .await;
}

#[tokio::test]
async fn the_commands_are_offered_in_japanese_and_help_says_what_one_may_do() {
    world(Database::Sqlite, async |world| {
        let place = world.channel("広場");
        let commands = world.person("薬剤師会の会員").commands(place);
        let names: Vec<&str> = commands
            .iter()
            .map(|command| command.display.as_str())
            .collect();
        for name in [
            "課題 記録",
            "課題 一覧",
            "拠点設定 役割",
            "ヘルプ",
            "課題として記録",
        ] {
            assert!(names.contains(&name), "{name} in {names:?}");
        }
        for (key, expected) in [
            ("薬剤師会の会員", "あなたは課題を記録できます"),
            ("オブザーバー", "三次連携の内容を閲覧できます"),
            ("所属のない人", "役割（ロール）について"),
        ] {
            let help = world
                .person(key)
                .slash(place, "help", json!({}))
                .await
                .expect_message();
            assert!(help.text().contains(expected), "{key}: {}", help.text());
        }
        for topic in ["issue", "audience", "tier", "office", "privacy"] {
            let help = world
                .person("所属のない人")
                .slash(place, "help", json!({"topic": topic}))
                .await
                .expect_message();
            assert!(help.text().chars().count() > 60, "{topic}: {}", help.text());
        }
    })
    .await;
}
