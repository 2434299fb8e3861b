//! Who may not, what is no menu, and what comes too late.

use super::{COORDINATOR, MENU, UNDO_IMPORT, hand_in, number, press, said, take_in};
use crate::{plan_table::file, wording::read};
use serde_json::json;
use tests::{database::Database, world::world};

#[tokio::test]
async fn only_coordinators_take_menus_in_and_link_them() {
    world(Database::Sqlite, async |world| {
        for who in [
            "薬剤師会の会長",
            "アドバイザー",
            "オブザーバー",
            "所属のない人",
        ] {
            let refused = read(&hand_in(world, who, &file::workbook(MENU, &[])).await);
            assert!(!refused.contains("下見"), "{who}: {refused}");
        }
        take_in(world, &[]).await;
        let link = json!({"number": "1", "project": "1"});
        for who in ["薬剤師会の会長", "オブザーバー", "所属のない人"] {
            let refused = said(world, who, "fund link", link.clone()).await;
            assert!(!refused.contains("記録しました"), "{who}: {refused}");
        }
        let stranger = said(
            world,
            "所属のない人",
            "fund search",
            json!({"query": "研修"}),
        )
        .await;
        assert!(!stranger.contains('#'), "{stranger}");
        let observer = said(
            world,
            "オブザーバー",
            "fund search",
            json!({"query": "防災"}),
        )
        .await;
        assert!(observer.contains("防災リーダー"), "{observer}");
    })
    .await;
}

#[tokio::test]
async fn what_is_no_menu_is_refused_with_what_to_do() {
    world(Database::Sqlite, async |world| {
        for (table, expected) in [
            ("課題 | 意見\n1 | 連絡が遅い\n", "見出し"),
            ("大項目 | 中項目 | 小項目 | < | 事業内容 | 担当 | 備考\n甲 | 乙 | 1 | 研修事業 | 新人の研修。 | 県庁 | R2～\n", "何年度"),
        ] {
            let refused = read(&hand_in(world, COORDINATOR, &file::workbook(table, &[])).await);
            assert!(refused.contains(expected), "{refused}");
        }
        for (options, expected) in [
            (json!({"number": "0"}), "12 や #12"),
            (json!({"number": "あ"}), "12 や #12"),
            (json!({"number": "99"}), "/fund search"),
        ] {
            let refused = said(world, COORDINATOR, "fund show", options).await;
            assert!(refused.contains(expected), "{refused}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_menu_is_not_taken_back_once_a_project_was_paid_from_it() {
    world(Database::Sqlite, async |world| {
        let kept = take_in(world, &[]).await;
        let project = json!({"title": "合同研修会", "associations": "薬剤師会"});
        said(world, COORDINATOR, "project add", project).await;
        let number = number(world, "防災リーダー").await;
        let bad = json!({"number": number, "project": "1", "amount": "いくらか"});
        let refused = said(world, COORDINATOR, "fund link", bad).await;
        assert!(refused.contains("15万円"), "{refused}");
        said(
            world,
            COORDINATOR,
            "fund link",
            json!({"number": number, "project": "1"}),
        )
        .await;
        let refused = read(&press(world, &kept, UNDO_IMPORT).await);
        assert!(refused.contains("取り消せません"), "{refused}");
    })
    .await;
}
