//! Months that came due while the bot was away.

use super::*;

#[tokio::test]
async fn a_month_that_comes_late_says_so_and_comes_once() {
    world(Database::Sqlite, async |world| {
        plan(world).await;
        world.stop_bot().await;
        world.clock.move_to("2026-12-02 11:00");
        world.start_bot().await;
        world.dealt_with().await;
        let posted = months(world);
        assert_eq!(posted.len(), 1, "{}", world.log());
        assert!(posted[0].text().contains("遅延"), "{}", posted[0].text());
        assert!(
            previews(world).is_empty(),
            "nobody needs to look ahead any more"
        );
        world.restart().await;
        world.dealt_with().await;
        assert_eq!(months(world).len(), 1);
    })
    .await;
}

#[tokio::test]
async fn of_several_months_the_newest_is_posted_and_the_desk_is_told_of_the_others() {
    world(Database::Sqlite, async |world| {
        plan(world).await;
        world.stop_bot().await;
        world.clock.move_to("2027-02-03 11:00");
        world.start_bot().await;
        world.dealt_with().await;
        let posted = months(world);
        assert_eq!(posted.len(), 1, "{}", world.log());
        assert!(
            posted[0].text().contains("令和9年1月の進捗"),
            "{}",
            posted[0].text()
        );
        let told = posts(world, DESK, "お知らせ");
        let told = told.last().expect("the desk is told");
        insta::assert_snapshot!("months_passed", read(told));
        let options = json!({"month": "202611", "post": true});
        command(world, COORDINATOR, "progress month", options).await;
        world.settled().await;
        assert_eq!(months(world).len(), 2);
    })
    .await;
}
