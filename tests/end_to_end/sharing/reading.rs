//! What people read of sharing, kept as snapshots.

use super::{CIRCLE, SHARED, desk_card, press, share, show, told};
use crate::wording::read;
use serde_json::json;
use std::fmt::Write as _;
use tests::{database::Database, world::world};

#[tokio::test]
async fn sharing_reads_well_for_everybody_in_it() {
    world(Database::Sqlite, async |world| {
        let number = told(world).await;
        insta::assert_snapshot!("share_card_desk", read(&desk_card(world, number)));
        let contact = world.person("病院連携室の連携担当");
        let options = json!({
            "number": number.to_string(), "audience": "tier2", "wording": SHARED,
            "name_source": true,
        });
        let answer = share(world, &contact, options).await;
        insta::assert_snapshot!("share_proposed", read(&answer));
        world.settled().await;
        insta::assert_snapshot!("share_card_proposal", read(&desk_card(world, number)));
        let coordinator = world.person("コーディネーター");
        let answer = press(world, &coordinator, number, "承認（案1）")
            .await
            .expect_message();
        insta::assert_snapshot!("share_approved", read(&answer));
        world.settled().await;
        insta::assert_snapshot!("share_card", read(&world.cards(CIRCLE)[0]));
        insta::assert_snapshot!("share_card_desk_after", read(&desk_card(world, number)));
        for (key, name) in [
            ("病院連携室の連携担当", "share_details_proposer"),
            ("介護支援専門員連絡協議会の会員", "share_details_told"),
            ("コーディネーター", "share_details_desk"),
        ] {
            insta::assert_snapshot!(name, read(&show(world, key, number).await));
        }
        let screen = press(world, &coordinator, number, "共有を見直す")
            .await
            .expect_message();
        insta::assert_snapshot!("share_log", without_times(&read(&screen)));
        let answer = coordinator
            .press_label(screen.id, "取り下げる")
            .await
            .expect_message();
        insta::assert_snapshot!("share_withdrawn", read(&answer));
        world.settled().await;
        insta::assert_snapshot!("share_card_withdrawn", read(&world.cards(CIRCLE)[0]));
        let screen = press(world, &coordinator, number, "このまま共有する")
            .await
            .expect_message();
        insta::assert_snapshot!("share_screen", read(&screen));
    })
    .await;
}

/// When a post was sent is told by Discord's clock, which no test moves: it is left out.
fn without_times(read: &str) -> String {
    let mut out = String::new();
    for line in read.lines() {
        let line = match line.split_once("チャンネル　") {
            Some((place, _)) if line.starts_with("載っているところ") => {
                format!("{place}チャンネル　TIME")
            }
            _ => line.to_owned(),
        };
        writeln!(out, "{line}").expect("a string takes everything");
    }
    out
}
