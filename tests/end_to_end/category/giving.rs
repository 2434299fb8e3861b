//! `/issue category`: the desk gives categories and takes them away.

use super::{MAKE, UNDO, add, button, categories, command, forge, give, make, shown, suggested};
use crate::field;
use rstest::rstest;
use serde_json::json;
use tests::{database::Database, world::world};

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn a_new_category_is_made_after_the_button_only(#[case] database: Database) {
    world(database, async |world| {
        make(world, &["情報共有"]).await;
        let options = json!({"text": "退院の日取りが急に決まる", "profession": "薬剤師会", "tier": 2, "about": "病院連携室"});
        let (number, _) = add(world, "コーディネーター", options).await;
        let asked = give(world, number, "情報共有、退院時の連携").await;
        let said = asked.text();
        assert!(said.contains("新しいカテゴリ「退院時の連携」を作って"), "{said}");
        assert_eq!(categories(world, "コーディネーター", number).await, None, "nothing yet");
        world.restart().await;
        let coordinator = world.person("コーディネーター");
        let made = coordinator.press_label(asked.id, MAKE).await.expect_message();
        world.settled().await;
        assert!(made.text().contains("「情報共有」「退院時の連携」を付けました"), "{}", made.text());
        let expected = Some("「情報共有」「退院時の連携」");
        assert_eq!(categories(world, "コーディネーター", number).await.as_deref(), expected);
        let card = world.cards("相談窓口").remove(0);
        assert_eq!(field(&card, "カテゴリ").as_deref(), expected, "the card follows");
        let again = coordinator.press_label(asked.id, MAKE).await.expect_message();
        assert!(again.text().contains("すでに使われています"), "{}", again.text());
        let said = coordinator.press_label(made.id, UNDO).await.expect_message().text();
        world.settled().await;
        assert!(said.contains("「分類」を元に戻しました"), "{said}");
        assert_eq!(categories(world, "コーディネーター", number).await, None);
        let steps = field(&shown(world, "コーディネーター", number).await, "これまでの経過");
        assert!(steps.is_some_and(|steps| steps.contains("分類")), "the history tells");
    })
    .await;
}

#[tokio::test]
async fn what_is_there_already_or_not_there_is_said_kindly() {
    world(Database::Sqlite, async |world| {
        make(world, &["情報共有", "退院時の連携", "看取り"]).await;
        let (number, _) = add(
            world,
            "コーディネーター",
            json!({"text": "連絡が届かない", "tier": 2}),
        )
        .await;
        let given = give(world, number, "ＩＣＴ").await;
        assert!(
            given.text().contains("作って"),
            "a name of letters is a name: {}",
            given.text()
        );
        let given = give(world, number, "退院時の連携，情報 共有").await;
        assert!(
            given
                .text()
                .contains("「退院時の連携」「情報共有」を付けました"),
            "{}",
            given.text()
        );
        let again = give(world, number, "情報共有").await;
        assert!(
            again.text().contains("すでに付いています"),
            "{}",
            again.text()
        );
        let coordinator = world.person("コーディネーター");
        let remove = async |names: &str| {
            let options =
                json!({"number": format!("#{number}"), "category": names, "remove": true});
            command(world, &coordinator, "issue category", options)
                .await
                .text()
        };
        let said = remove("看取り").await;
        assert!(
            said.contains("付いていません") && said.contains("いまのカテゴリ"),
            "{said}"
        );
        let said = remove("情報共有、看取り").await;
        assert!(said.contains("から「情報共有」を外しました"), "{said}");
        let said = remove("退院時の連携").await;
        assert!(said.contains("どのカテゴリにも入っていません"), "{said}");
        assert_eq!(categories(world, "コーディネーター", number).await, None);
    })
    .await;
}

#[tokio::test]
async fn only_the_desk_sorts_and_whoever_may_not_learns_no_name() {
    world(Database::Sqlite, async |world| {
        make(world, &["情報共有"]).await;
        let (number, _) = add(
            world,
            "薬剤師会の会長",
            json!({"text": "在庫の数え方がまちまちだ", "tier": 1}),
        )
        .await;
        for (who, expected) in [
            ("薬剤師会の会長", "連携コーディネーターだけ"),
            ("薬剤師会の連携担当", "連携コーディネーターだけ"),
            ("薬剤師会の会員", "ないか、ご覧になれません"),
            ("病院連携室の会長", "ないか、ご覧になれません"),
            ("アドバイザー", "ないか、ご覧になれません"),
            ("オブザーバー", "ないか、ご覧になれません"),
            ("所属のない人", "ないか、ご覧になれません"),
        ] {
            let options = json!({"number": number.to_string(), "category": "情報共有"});
            let said = command(world, &world.person(who), "issue category", options)
                .await
                .text();
            assert!(said.contains(expected), "{who}: {said}");
            assert!(!said.contains("情報共有"), "{who}: {said}");
            let found = suggested(world, who, "issue category", "category", "").await;
            assert!(found.is_empty(), "{who}: {found:?}");
        }
        let found = suggested(
            world,
            "コーディネーター",
            "issue category",
            "category",
            "情報",
        )
        .await;
        assert_eq!(found, ["情報共有"]);
        // The button of a coordinator's question is nobody else's, another coordinator's included.
        let asked = give(world, number, "在庫").await;
        let custom_id = button(&asked, MAKE);
        for (who, expected) in [
            ("薬剤師会の会長", "連携コーディネーターだけ"),
            ("二人目のコーディネーター", "すでに使われています"),
            ("所属のない人", "分かりません"),
        ] {
            let said = forge(world, who, &custom_id, None)
                .await
                .expect_message()
                .text();
            assert!(said.contains(expected), "{who}: {said}");
        }
        assert_eq!(categories(world, "コーディネーター", number).await, None);
        let found = suggested(world, "コーディネーター", "issue category", "category", "").await;
        assert_eq!(found, ["情報共有"], "nothing was made");
    })
    .await;
}

#[tokio::test]
async fn a_name_that_cannot_be_one_is_refused_with_what_to_do() {
    world(Database::Sqlite, async |world| {
        let (number, _) = add(
            world,
            "コーディネーター",
            json!({"text": "連絡が届かない", "tier": 2}),
        )
        .await;
        for (written, expected) in [
            ("@everyone", "使えません"),
            ("「退院」", "使えません"),
            ("・・・", "文字で"),
            ("佐藤さん87歳の件", "個人情報"),
            ("090-1234-5678", "個人情報"),
            ("未分類", "別の名前"),
            ("、、", "空です"),
            ("一、二、三、四、五、六", "一度に5まで"),
            (
                "とてもとてもとてもとても長くて30字におさまらないカテゴリの名前です",
                "長すぎます",
            ),
        ] {
            let said = give(world, number, written).await.text();
            assert!(said.contains(expected), "{written}: {said}");
            assert!(!said.contains("1234"), "{said}");
        }
        make(world, &["一", "二", "三", "四", "五", "六"]).await;
        give(world, number, "一、二、三、四、五").await;
        let said = give(world, number, "六").await.text();
        assert!(
            said.contains("5までです") && said.contains("「一」"),
            "{said}"
        );
    })
    .await;
}

#[tokio::test]
async fn a_name_that_is_like_another_is_pointed_out() {
    world(Database::Sqlite, async |world| {
        make(world, &["退院時の連携"]).await;
        let (number, _) = add(
            world,
            "コーディネーター",
            json!({"text": "連絡が届かない", "tier": 2}),
        )
        .await;
        let said = give(world, number, "退院時連携").await.text();
        assert!(
            said.contains("似た「退院時の連携」がすでにあります"),
            "{said}"
        );
    })
    .await;
}
