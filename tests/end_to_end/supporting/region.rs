//! What no association restricts stands in the region's channel as well, and who may have a task there.

use super::{UNDO, add, ask, cards, desk};
use fake_discord::MessageView;
use rstest::rstest;
use serde_json::json;
use tests::{
    database::Database,
    world::{World, world},
};

/// The cards of projects in the posts of the region's forum.
fn in_region(world: &World) -> Vec<MessageView> {
    let mut posts = world.cards("三次連携");
    posts.retain(|card| card.embeds.iter().any(super::is_card));
    posts
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn what_is_the_whole_regions_stands_in_its_channel_without_money(#[case] database: Database) {
    world(database, async |world| {
        add(world, json!({"associations": "地域全体"})).await;
        let task = json!({"number": "1", "role": "周知", "who": "薬剤師会"});
        desk(world, "project task", task).await;
        world.settled().await;
        let card = in_region(world).remove(0);
        insta::assert_snapshot!("project_card_region", crate::wording::read(&card));
        // An officer of the association says there that it is done, others do not.
        let other = world.person("医師会の会長");
        let refused = other
            .press_label(card.id, "済み：周知")
            .await
            .expect_message();
        assert!(
            refused.text().contains("担当の団体の三役"),
            "{}",
            refused.text()
        );
        let chair = world.person("薬剤師会の会長");
        let done = chair.press_label(card.id, "済み：周知").await;
        done.expect_message();
        world.settled().await;
        assert!(
            in_region(world)[0].text().contains("1/1"),
            "all see how far it has come"
        );
        let members = world.fake.who_saw("分担の進み");
        assert!(members.contains(&world.city.person("薬剤師会の会員")));
        assert!(!members.contains(&world.city.person("所属のない人")));
        let paid = world.fake.who_saw("市の委託料");
        assert!(!paid.contains(&world.city.person("薬剤師会の会長")));
    })
    .await;
}

#[tokio::test]
async fn what_is_given_to_associations_leaves_the_regions_channel() {
    world(Database::Sqlite, async |world| {
        add(world, json!({"associations": "地域全体"})).await;
        world.settled().await;
        assert_eq!(in_region(world).len(), 1);
        let own = json!({"number": "1", "associations": "薬剤師会"});
        let edited = desk(world, "project edit", own).await;
        world.settled().await;
        assert_eq!(in_region(world).len(), 0, "{}", world.log());
        assert_eq!(cards(world, "一次-薬剤師会").len(), 1);
        let coordinator = world.person("コーディネーター");
        coordinator
            .press_label(edited.id, UNDO)
            .await
            .expect_message();
        world.settled().await;
        assert_eq!(in_region(world).len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_task_is_given_only_to_people_of_the_office() {
    world(Database::Sqlite, async |world| {
        add(world, json!({})).await;
        let mention = |key: &str| format!("<@{}>", world.city.person(key));
        for (who, expected) in [
            (mention("所属のない人"), "拠点の役割（ロール）がない"),
            ("<@77>".to_owned(), "メンバーではありません"),
            (format!("<@{}>", u64::MAX), "メンバーではありません"),
            ("<@&77>".to_owned(), "メンバーではありません"),
            (mention("薬剤師会の会員"), "☐ 周知：<@"),
        ] {
            let task = json!({"number": "1", "role": "周知", "who": who});
            let said = desk(world, "project task", task).await.text();
            assert!(said.contains(expected), "{who}: {said}");
        }
        let shown = ask(world, "薬剤師会の会員", "project list", json!({})).await;
        assert!(shown.text().contains("ありません"), "{}", shown.text());
    })
    .await;
}
