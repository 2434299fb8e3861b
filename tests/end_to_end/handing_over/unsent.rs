//! What has not gone out when an office is handed over: a channel nothing is sent to, and what waits for it.

use super::{CHAIR, command, handed_over};
use fake_discord::{Overwrite, permission};
use rstest::rstest;
use serde_json::json;
use tests::{
    database::Database,
    world::{World, world},
};

const TALK: &str = "一次-薬剤師会";
/// A role that has no business there.
const STRANGERS: &str = "医師会 会員";

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn what_is_held_up_is_handed_over_with_its_reason(#[case] database: Database) {
    world(database, async |world| {
        let room = world.channel(TALK);
        let mut rows = world.city.overwrites(TALK);
        let role = world.city.role(STRANGERS);
        rows.push(Overwrite::role(role, permission::VIEW_CHANNEL, 0));
        world.fake.set_overwrites(room, rows);
        let said = json!({"text": "在庫の数え方がまちまちだ", "tier": 1});
        command(world, CHAIR, "issue add", said).await;
        let refused = async |world: &World| world.counts().await.refused == 1;
        assert!(world.until(refused).await, "{}", world.log());

        let (_, book) = handed_over(world).await;
        let place = "薬剤師会の一次連携チャンネル";
        let why = "対象でない役割が見られます：相談窓口の停止の札に載っています";
        assert_eq!(
            book.rows("届いていないもの"),
            [
                ["停止", "停止 1", place, "", why],
                ["断られた", "#1", place, "令和8年11月20日(金)", why],
            ]
        );
        let first = book.text("はじめに");
        for line in [
            "送信が止まっているチャンネル | 1",
            "断られて載っていない知らせ | 1",
            "届いていない知らせ | 1 | うち断られたもの 1 件",
        ] {
            assert!(first.contains(line), "{line}: {first}");
        }

        world.fake.set_overwrites(room, world.city.overwrites(TALK));
        let sent = async |world: &World| world.cards(TALK).len() == 1;
        assert!(world.until(sent).await, "{}", world.log());
    })
    .await;
}
