//! An office with many targets: the database is asked as often as for few.

use super::*;
use tests::plan::fill;

/// How often each is asked for.
const TIMES: usize = 3;
/// What runs beside may ask so often meanwhile.
const BESIDE: u64 = 20;

/// How often the database is asked for a month and for a year of so many targets.
async fn asked_for(targets: usize) -> [u64; 2] {
    let mut counts = [0; 2];
    world(Database::Sqlite, async |world| {
        fill(world, targets, 5).await;
        // What is read once and kept is not of the month, and neither is what goes on by itself meanwhile: of
        // several times the one with the fewest counts.
        command(world, COORDINATOR, "progress month", json!({})).await;
        world.dealt_with().await;
        for (slot, path) in ["progress month", "progress year"].into_iter().enumerate() {
            let mut fewest = u64::MAX;
            for _ in 0..TIMES {
                let before = world.statements();
                let told = command(world, COORDINATOR, path, json!({})).await;
                assert_eq!(files(&told).len(), 2, "{path}: {}", told.text());
                fewest = fewest.min(world.statements() - before);
            }
            counts[slot] = fewest;
        }
    })
    .await;
    counts
}

#[tokio::test]
async fn a_hundred_targets_ask_the_database_no_more_often_than_one() {
    let (few, many) = (asked_for(1).await, asked_for(100).await);
    for (few, many) in few.into_iter().zip(many) {
        assert!(few > 0, "statements are counted");
        assert!(many <= few + BESIDE, "{many} statements, {few} for one");
    }
}
