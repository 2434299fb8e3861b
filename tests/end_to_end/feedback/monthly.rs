//! Once a month the desk gets the drafts as one list; an association with nothing new gets a short word
//! once a quarter.

use super::{CHAIR, CHANNEL, COORDINATOR, SAID, add, command, desk, posts, press, pressed};
use fake_discord::MessageView;
use rstest::rstest;
use serde_json::json;
use tests::{
    database::Database,
    world::{World, world},
};

async fn at(world: &World, written: &str) {
    world.clock.move_to(written);
    world.dealt_with().await;
    world.settled().await;
}

/// The lists of drafts at the desk.
fn lists(world: &World) -> Vec<MessageView> {
    let mut cards = posts(world, "相談窓口");
    cards.retain(|card| card.text().contains("フィードバックの下書きが"));
    cards
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn once_a_month_the_desk_gets_the_drafts_as_one_list(#[case] database: Database) {
    world(database, async |world| {
        add(world, CHAIR, SAID).await;
        add(world, "病院連携室の会長", "退院の日が決まるのが遅い").await;
        at(world, "2026-12-01 09:59").await;
        assert!(lists(world).is_empty());
        at(world, "2026-12-01 10:00").await;
        let said = lists(world);
        assert_eq!(said.len(), 1, "{}", world.log());
        insta::assert_snapshot!("feedback_month", super::read(&said[0]));
        let listed = pressed(world, COORDINATOR, &said[0], "フィードバックの一覧を見る").await;
        let listed = listed.expect_message();
        insta::assert_snapshot!("feedback_month_list", super::read(&listed));
        let preview = press(world, &listed, "1 を見る").await;
        press(world, &preview, "承認して送る").await;
        at(world, "2027-01-04 10:00").await;
        let said = lists(world);
        let newest = said
            .last()
            .expect("the hospital's draft waits still")
            .text();
        assert!(newest.contains("2　病院連携室"), "{newest}");
        assert!(!newest.contains("1　薬剤師会"), "{newest}");
    })
    .await;
}

#[tokio::test]
async fn an_association_with_nothing_new_gets_a_short_word_once_a_quarter() {
    world(Database::Sqlite, async |world| {
        add(world, CHAIR, SAID).await;
        let preview = desk(world, "feedback draft", json!({"association": "薬剤師会"})).await;
        press(world, &preview, "承認して送る").await;
        for (day, expected) in [
            ("2026-12-01 10:00", 0),
            ("2027-01-04 10:00", 0),
            ("2027-02-01 10:00", 1),
        ] {
            at(world, day).await;
            let listed = desk(world, "feedback list", json!({})).await;
            let drafts = listed.text().matches("薬剤師会　下書き").count();
            assert_eq!(drafts, expected, "{day}: {}", listed.text());
        }
        let listed = desk(world, "feedback list", json!({})).await;
        let label = listed
            .buttons()
            .into_iter()
            .map(|button| button.label)
            .find(|label| label.contains("を見る"));
        let shown = press(world, &listed, &label.expect("a draft")).await;
        insta::assert_snapshot!("feedback_quarter", super::read(&shown));
        assert_eq!(posts(world, CHANNEL).len(), 1);
    })
    .await;
}

#[tokio::test]
async fn an_office_that_wants_no_drafts_gets_none() {
    world(Database::Sqlite, async |world| {
        add(world, CHAIR, SAID).await;
        let off = json!({"what": "feedback", "cron": "なし"});
        let said = command(world, COORDINATOR, "office schedule", off).await;
        assert!(
            said.text().contains("自動で用意しません"),
            "{}",
            said.text()
        );
        at(world, "2027-02-01 10:00").await;
        assert!(lists(world).is_empty());
        let often = json!({"what": "feedback", "cron": "0 9 * * 1"});
        let refused = command(world, COORDINATOR, "office schedule", often).await;
        assert!(
            refused.text().contains("ひと月に一度"),
            "{}",
            refused.text()
        );
    })
    .await;
}
