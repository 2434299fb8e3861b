//! A table that says otherwise about a month that was posted: the post is edited.

use super::*;
use crate::at;

const PROGRESS: &str = "進捗";

/// The table as the city has it on 30 November, with these words in the cell of what was done.
fn table(done: &str, goal: &str) -> Vec<u8> {
    file::rows(&[
        "領域,番号,項目,令和8年度の目標,令和8年度の進捗（令和8年11月30日(月)時点）",
        &format!("医療・看護,1-①,多職種連携研修を開催する,{goal},{done}"),
        "医療・看護,1-②,協議会を開く,年1回,",
    ])
}

async fn taken_in(world: &World, bytes: &[u8]) -> MessageView {
    let coordinator = world.person("コーディネーター");
    let preview = hand_in(world, &coordinator, bytes).await;
    press(&coordinator, &preview, STORE).await
}

fn posted(world: &World) -> MessageView {
    let mut cards = world.cards(PROGRESS);
    assert_eq!(cards.len(), 1, "{}", world.log());
    cards.remove(0)
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn a_table_that_touches_a_month_already_posted_corrects_the_post(#[case] database: Database) {
    world(database, async |world| {
        taken_in(world, &table("●4回開催した", "年12回")).await;
        at(world, "2026-12-01 09:00").await;
        let before = posted(world);
        assert!(before.text().contains("4／12"), "{}", before.text());
        assert!(!before.text().contains("訂正"), "{}", before.text());
        // The same table changes nothing, and nothing is said.
        at(world, "2026-12-03 14:00").await;
        let coordinator = world.person("コーディネーター");
        let again = hand_in(world, &coordinator, &table("●4回開催した", "年12回")).await;
        assert!(button(&again, STORE).is_none(), "{}", again.text());
        // A record is corrected by the table.
        let stored = taken_in(world, &table("●7回開催した", "年12回")).await;
        world.settled().await;
        let after = posted(world);
        assert_eq!(after.id, before.id, "it is the same post");
        assert!(after.text().contains("7／12"), "{}", after.text());
        assert!(
            after.text().contains("**訂正あり**（令和8年12月3日(木)）"),
            "{}",
            after.text()
        );
        // Taken back, the post says again what it said.
        press(&coordinator, &stored, "取り込みを取り消す").await;
        world.settled().await;
        assert!(
            posted(world).text().contains("4／12"),
            "{}",
            posted(world).text()
        );
    })
    .await;
}

#[tokio::test]
async fn a_goal_that_a_table_reduces_is_of_the_day_it_came_in() {
    world(Database::Sqlite, async |world| {
        taken_in(world, &table("●4回開催した", "年12回")).await;
        at(world, "2026-12-01 09:00").await;
        at(world, "2026-12-03 14:00").await;
        taken_in(world, &table("●4回開催した", "年6回")).await;
        world.settled().await;
        let goals = kept(world).await.goals;
        let amounts = goals
            .iter()
            .filter_map(|goal| goal.content.quantity.as_ref());
        let amounts: Vec<i64> = amounts.map(|quantity| quantity.amount).collect();
        assert!(
            amounts.contains(&6) && !amounts.contains(&12),
            "{amounts:?}"
        );
        let after = posted(world).text();
        // November had the goal it had.
        assert!(after.contains("4／12"), "{after}");
    })
    .await;
}
