//! A circle that gets other associations is another circle: what was shared with the one before, and planned
//! for it, was not meant for those who join.

use super::{
    COORDINATOR,
    due::{CIRCLE, OTHERS, THEIRS, given_to, opened_to},
    office, set_up, share,
};
use rstest::rstest;
use serde_json::json;
use tests::{
    database::Database,
    world::{SetUp, World, world_with},
};

/// What the desk wrote for the two of the circle, and approved.
const SHARED: &str = "退院前の電話は、朝の申し送りのあとが助かります";
/// What the two are reminded of.
const REMINDED: &str = "転院の相談は小さな部屋で";
/// Somebody of those who join.
const JOINING: [&str; 3] = ["薬剤師会の会長", "薬剤師会の会員", "医師会の会長"];

/// A wording that was shared with the circle, a reminder that was posted in it, and one still to come.
async fn told_in_the_circle(world: &World) {
    set_up(world).await;
    share(world, "tier2:1", SHARED).await;
    let place = world.channel(CIRCLE).to_string();
    let memo = json!({"text": REMINDED, "when": "毎週金曜 9時", "channel": place});
    let coordinator = world.person(COORDINATOR);
    let shown = coordinator
        .slash(world.channel("広場"), "reminder add", memo)
        .await
        .expect_message();
    coordinator
        .press_label(shown.id, "登録する")
        .await
        .expect_message();
    world.clock.move_to("2026-11-27 09:00");
    world.dealt_with().await;
    let cards = world.cards(CIRCLE);
    for words in [SHARED, REMINDED] {
        assert!(
            cards.iter().any(|card| card.text().contains(words)),
            "{words}\n{}",
            world.log()
        );
    }
}

#[rstest]
#[case::given_to_others_on_sqlite(Database::Sqlite, OTHERS.to_vec())]
#[case::given_to_others_on_postgres(Database::Postgres, OTHERS.to_vec())]
#[case::joined_by_one(Database::Sqlite, vec![THEIRS[0], THEIRS[1], "薬剤師会"])]
#[tokio::test]
async fn what_was_shared_with_a_circle_is_not_for_those_who_join(
    #[case] database: Database,
    #[case] now: Vec<&str>,
) {
    world_with(database, SetUp::Nothing, async |world| {
        told_in_the_circle(world).await;
        let said = given_to(world, &now).await;
        assert!(said.contains("引き上げました"), "{said}");
        // The office opens the room when it is empty, as it was told.
        world.settled().await;
        assert!(world.cards(CIRCLE).is_empty(), "{}", world.log());
        opened_to(world, &now);
        world.clock.move_to("2026-12-04 09:00");
        world.dealt_with().await;
        world.clock.move_to("2026-12-11 09:00");
        world.dealt_with().await;
        for name in JOINING {
            let person = world.city.person(name);
            for words in [SHARED, REMINDED] {
                assert!(
                    !world.fake.who_saw(words).contains(&person),
                    "{name} {words}"
                );
            }
        }
        // The memo ended with its place, and the desk knows.
        let desk = world.cards("相談窓口");
        let told = desk
            .iter()
            .filter(|card| card.text().contains("リマインダー 1"));
        assert!(told.count() > 0, "{}", world.log());
        let kept = office(world, "issue show", json!({"number": "1"})).await;
        assert!(
            kept.contains("窓口で聞いた本音"),
            "the desk still has what was said: {kept}"
        );
    })
    .await;
}

#[tokio::test]
async fn what_was_shared_with_a_circle_stays_when_one_leaves() {
    world_with(Database::Sqlite, SetUp::Nothing, async |world| {
        told_in_the_circle(world).await;
        let said = office(
            world,
            "office channel",
            json!({"use": "tier2", "association": THEIRS[0],
                "channel": world.channel(CIRCLE).to_string()}),
        )
        .await;
        assert!(!said.contains("引き上げました"), "{said}");
        opened_to(world, &THEIRS[..1]);
        world.clock.move_to("2026-12-04 09:00");
        world.dealt_with().await;
        let cards = world.cards(CIRCLE);
        let reminded = cards.iter().filter(|card| card.text().contains(REMINDED));
        assert_eq!(reminded.count(), 2, "{}", world.log());
        assert!(cards.iter().any(|card| card.text().contains(SHARED)));
    })
    .await;
}
