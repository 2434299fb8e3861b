//! What was posted follows what is corrected.

use super::*;
use fake_discord::{Fault, Trouble};

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn a_correction_edits_the_post_says_so_and_replaces_its_files(#[case] database: Database) {
    world(database, async |world| {
        plan(world).await;
        at(world, "2026-12-01 09:00").await;
        let before = months(world).remove(0);
        at(world, "2026-12-03 14:00").await;
        // What is of December is news of December.
        record(world, 1, day(12, 2), "第4回「口腔ケア」", Some(1)).await;
        world.settled().await;
        assert_eq!(months(world)[0].text(), before.text());
        record(world, 2, day(11, 20), "協議会を開いた", Some(1)).await;
        world.settled().await;
        let after = months(world);
        assert_eq!(after.len(), 1, "it is the same post");
        insta::assert_snapshot!("month_corrected", read(&after[0]));
        assert_eq!(files(&after[0]), files(&before));
        let ids = |message: &MessageView| -> Vec<u64> {
            message.attachments.iter().map(|file| file.id).collect()
        };
        assert!(ids(&after[0]).iter().all(|id| !ids(&before).contains(id)));
    })
    .await;
}

#[tokio::test]
async fn what_goes_to_an_association_leaves_the_posts() {
    world(Database::Sqlite, async |world| {
        plan(world).await;
        at(world, "2026-12-01 09:00").await;
        assert!(months(world)[0].text().contains("多職種連携研修"));
        hand_over(world, 1, 3).await;
        world.settled().await;
        let after = months(world);
        assert_eq!(after.len(), 1);
        assert!(
            !after[0].text().contains("多職種連携研修"),
            "{}",
            after[0].text()
        );
        let alternative = after[0].attachments[0].description.as_deref();
        assert!(alternative.is_some_and(|words| !words.contains("多職種連携研修")));
    })
    .await;
}

#[tokio::test]
async fn a_month_whose_answer_was_lost_is_not_posted_twice() {
    world(Database::Sqlite, async |world| {
        plan(world).await;
        at(world, "2026-11-26 09:00").await;
        world.fake.faults().add(
            Fault::on("POST", "/channels/{channel_id}/messages", Trouble::Reset)
                .after_the_effect()
                .times(1),
        );
        at(world, "2026-12-01 09:00").await;
        assert_eq!(world.fake.faults().struck(), 1);
        let posted = months(world);
        assert_eq!(posted.len(), 1, "{}", world.log());
        assert_eq!(files(&posted[0]).len(), 2);
    })
    .await;
}

#[tokio::test]
async fn two_processes_post_one_month() {
    world(Database::Postgres, async |world| {
        plan(world).await;
        let other = world.another_bot().await;
        at(world, "2026-11-26 09:00").await;
        at(world, "2026-12-01 09:00").await;
        assert_eq!((previews(world).len(), months(world).len()), (1, 1));
        assert!(other.stop().await, "nothing is left in hand");
    })
    .await;
}
