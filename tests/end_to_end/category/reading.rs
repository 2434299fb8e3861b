//! What people read of categories, kept as snapshots.

use super::{MAKE, add, command, give, make, select, shown};
use crate::wording::read;
use serde_json::json;
use tests::{database::Database, world::world};

#[tokio::test]
async fn sorting_reads_well_for_everybody_in_it() {
    world(Database::Sqlite, async |world| {
        make(world, &["退院時の連携", "服薬・残薬", "情報共有"]).await;
        let said = json!({"text": "退院の日取りが前の日に決まり、薬の準備が間に合わない", "tier": 2, "about": "病院連携室"});
        let (first, _) = add(world, "薬剤師会の会長", said).await;
        give(world, first, "退院時の連携、服薬・残薬").await;
        let said = json!({"text": "退院の日取りをもっと早く教えてほしい", "tier": 2, "about": "病院連携室"});
        let (number, answer) = add(world, "薬剤師会の会長", said).await;
        insta::assert_snapshot!("category_suggested", read(&answer));
        let (_, options) = select(&answer);
        let options: Vec<String> = options
            .iter()
            .map(|option| format!("{} | {}", option["label"], option["description"]))
            .collect();
        insta::assert_snapshot!("category_choices", options.join("\n"));
        let asked = give(world, number, "退院時連携、情報共有").await;
        insta::assert_snapshot!("category_asked", read(&asked));
        let coordinator = world.person("コーディネーター");
        let made = coordinator.press_label(asked.id, MAKE).await.expect_message();
        insta::assert_snapshot!("category_made", read(&made));
        world.settled().await;
        let shown = shown(world, "コーディネーター", number).await;
        insta::assert_snapshot!("category_details", read(&shown));
        let history = coordinator.press_label(shown.id, "経過をすべて見る").await.expect_message();
        insta::assert_snapshot!("category_history", read(&history));
        let options = json!({"name": "退院時連携", "rename": "退院時の連携"});
        let merge = command(world, &coordinator, "office category", options).await;
        insta::assert_snapshot!("category_merge", read(&merge));
        let merged = coordinator.press_label(merge.id, "まとめる").await.expect_message();
        insta::assert_snapshot!("category_merged", read(&merged));
        world.settled().await;
        let list = command(world, &coordinator, "office category", json!({})).await;
        insta::assert_snapshot!("category_list", read(&list));
        let card = world.cards("相談窓口").into_iter().find(|card| card.text().contains("もっと早く"));
        let card = card.expect("the card at the desk");
        insta::assert_snapshot!("category_card_desk", read(&card));
        let preview = coordinator.press_label(card.id, "カテゴリだけを共有する").await.expect_message();
        insta::assert_snapshot!("category_share_preview", read(&preview));
    })
    .await;
}
