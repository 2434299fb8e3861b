//! `/issue list category`: by category, and for the desk what is in none yet.

use super::{add, command, give, make, suggested};
use serde_json::json;
use tests::{database::Database, world::world};

#[tokio::test]
async fn a_list_is_narrowed_by_category_and_the_desk_finds_what_is_in_none() {
    world(Database::Sqlite, async |world| {
        make(world, &["退院時の連携", "情報共有"]).await;
        for (text, category) in [
            ("退院の日取りが急に決まる", Some("退院時の連携")),
            ("担当者会議の案内が来ない", Some("情報共有")),
            ("研修の日程が合わない", None),
        ] {
            let (number, _) = add(world, "薬剤師会の会長", json!({"text": text, "tier": 1})).await;
            if let Some(category) = category {
                give(world, number, category).await;
            }
        }
        for (who, category, expected) in [
            ("コーディネーター", "退院時の連携", "全1件"),
            ("コーディネーター", "未分類", "研修の日程"),
            ("コーディネーター", "unsorted", "研修の日程"),
            ("薬剤師会の会長", "情報 共有", "担当者会議"),
            ("薬剤師会の会長", "未分類", "連携コーディネーターだけ"),
            ("薬剤師会の会長", "そんなもの", "というカテゴリはありません"),
            ("病院連携室の会長", "退院時の連携", "まだありません"),
            // Whoever may not choose categories does not learn by an error which there are.
            ("オブザーバー", "退院時の連携", "まだありません"),
            ("オブザーバー", "そんなもの", "まだありません"),
            ("所属のない人", "退院時の連携", "分かりません"),
        ] {
            let person = world.person(who);
            let said = command(world, &person, "issue list", json!({"category": category}))
                .await
                .text();
            assert!(said.contains(expected), "{who} {category}: {said}");
        }
        let found = suggested(world, "コーディネーター", "issue list", "category", "").await;
        assert_eq!(found, ["未分類", "退院時の連携", "情報共有"]);
        let found = suggested(world, "薬剤師会の会長", "issue list", "category", "").await;
        assert_eq!(found, ["退院時の連携", "情報共有"]);
        let found = suggested(world, "オブザーバー", "issue list", "category", "").await;
        assert!(found.is_empty(), "{found:?}");
    })
    .await;
}

#[tokio::test]
async fn the_pages_of_what_is_in_none_outlive_a_restart() {
    world(Database::Sqlite, async |world| {
        make(world, &["情報共有"]).await;
        for number in 1..=12 {
            let (id, _) = add(
                world,
                "コーディネーター",
                json!({"text": format!("話題その{number}"), "tier": 2}),
            )
            .await;
            if number == 3 {
                give(world, id, "情報共有").await;
            }
        }
        let coordinator = world.person("コーディネーター");
        let list = command(
            world,
            &coordinator,
            "issue list",
            json!({"category": "未分類"}),
        )
        .await;
        assert!(list.text().contains("全11件"), "{}", list.text());
        world.restart().await;
        let coordinator = world.person("コーディネーター");
        let next = coordinator
            .press_label(list.id, "次へ")
            .await
            .expect_message();
        assert!(next.text().contains("話題その1"), "{}", next.text());
        assert!(next.text().contains("全11件"), "{}", next.text());
    })
    .await;
}
