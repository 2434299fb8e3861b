//! Posts that others can suddenly read: the newest are taken back, older ones are named to the desk.

use super::{
    FORUM, Harm, SAID, TEXT, add, field, told, until_cards, until_over, until_told, wording,
};
use rstest::rstest;
use tests::{database::Database, world::world};

#[rstest]
#[case::in_a_text_channel(TEXT)]
#[case::in_a_forum(FORUM)]
#[tokio::test]
async fn what_was_posted_less_than_a_minute_ago_is_deleted_and_comes_again(
    #[case] (who, channel): (&str, &str),
) {
    world(Database::Sqlite, async |world| {
        add(world, who, SAID).await;
        world.settled().await;
        let before = world.cards(channel).remove(0);
        let began = std::time::Instant::now();
        Harm::Role.on(world, channel);
        until_cards(world, channel, 0).await;
        assert!(
            began.elapsed().as_secs() < 10,
            "it took {:?}",
            began.elapsed()
        );
        let card = until_told(world).await;
        assert!(
            wording(&card).contains("直前に送った1件は取り下げました"),
            "{}",
            wording(&card)
        );
        assert_eq!(field(&card, "待っているもの（1件）").as_deref(), Some("#1"));
        assert!(!card.text().contains("見えた投稿"), "{}", card.text());
        Harm::mended(world, channel);
        until_cards(world, channel, 1).await;
        let after = world.cards(channel).remove(0);
        assert_ne!(after.id, before.id);
        assert_eq!(wording(&after), SAID);
        until_over(world).await;
        world.settled().await;
        world.leave_leaks_to_the_test();
    })
    .await;
}

#[rstest]
#[case::in_a_text_channel(TEXT)]
#[case::in_a_forum(FORUM)]
#[tokio::test]
async fn what_stood_longer_stays_and_is_named_to_the_desk(#[case] (who, channel): (&str, &str)) {
    world(Database::Sqlite, async |world| {
        add(world, who, SAID).await;
        add(world, who, "会費の集め方がまちまちだ").await;
        world.settled().await;
        world.let_waits_pass().await;
        add(world, who, "当番の決め方がまちまちだ").await;
        world.settled().await;
        let newest = world.cards(channel).len();
        assert_eq!(newest, 3);
        Harm::Everyone.on(world, channel);
        until_cards(world, channel, 2).await;
        let card = until_told(world).await;
        let links = field(&card, "対象でない人にも見えた投稿（2件）").expect("the posts");
        for (number, post) in [(1, SAID), (2, "会費の集め方がまちまちだ")] {
            let post = world
                .cards(channel)
                .into_iter()
                .find(|card| wording(card) == post)
                .expect("it stays");
            let (guild, place) = (world.city.guild, post.channel);
            let link = format!(
                "[#{number}](https://discord.com/channels/{guild}/{place}/{})",
                post.id
            );
            assert!(links.contains(&link), "{links}");
        }
        assert!(
            wording(&card).contains("直前に送った1件"),
            "{}",
            wording(&card)
        );
        assert!(
            !card.text().contains("まちまち"),
            "no content: {}",
            card.text()
        );
        Harm::mended(world, channel);
        until_cards(world, channel, 3).await;
        let card = until_over(world).await;
        assert!(field(&card, "対象でない人にも見えた投稿（2件）").is_some());
        world.settled().await;
        // Everybody could read them for a while; that is what the desk was told.
        world.leave_leaks_to_the_test();
    })
    .await;
}

#[tokio::test]
async fn a_channel_nothing_was_ever_sent_to_is_not_spoken_of_until_something_is() {
    world(Database::Sqlite, async |world| {
        Harm::Everyone.on(world, TEXT.1);
        // Something else goes through, after the change was looked at.
        add(world, FORUM.0, SAID).await;
        world.settled().await;
        assert!(told(world).is_empty());
        Harm::mended(world, TEXT.1);
        world.settled().await;
    })
    .await;
}

#[tokio::test]
async fn a_post_is_taken_back_though_the_bot_was_stopped_meanwhile() {
    world(Database::Sqlite, async |world| {
        add(world, TEXT.0, SAID).await;
        world.settled().await;
        world.stop_bot().await;
        Harm::Role.on(world, TEXT.1);
        world.start_bot().await;
        until_cards(world, TEXT.1, 0).await;
        Harm::mended(world, TEXT.1);
        until_cards(world, TEXT.1, 1).await;
        world.settled().await;
        world.leave_leaks_to_the_test();
    })
    .await;
}
