//! What whoever was told of an issue learns of it later: how far it has come since, in the words that
//! were shared, and nothing by way of lists, suggestions or forms.

use super::{SHARED, assert_only_shared, show, told};
use chrono::Duration;
use serde_json::{Value, json};

use tests::{
    database::Database,
    world::{World, world},
};

/// A care manager who is in the circle and in no talk.
const TOLD: &str = "介護支援専門員連絡協議会の会員";
const REASON_BEFORE: &str = "窓口だけの前置き";
const REASON_AFTER: &str = "窓口だけの理由";

/// An hour later a coordinator says how far it has come, and why.
async fn moved(world: &World, number: i64, status: &str, reason: &str) {
    world.clock.advance(Duration::hours(1));
    let options = json!({"number": number.to_string(), "status": status, "note": reason});
    world
        .person("コーディネーター")
        .slash(world.channel("広場"), "issue status", options)
        .await
        .expect_message();
    world.settled().await;
}

async fn said(world: &World, command: &str, options: Value) -> String {
    world
        .person(TOLD)
        .slash(world.channel("広場"), command, options)
        .await
        .expect_message()
        .text()
}

async fn suggested(world: &World, typed: &str) -> String {
    world
        .person(TOLD)
        .autocomplete(
            world.channel("広場"),
            "issue show",
            json!({"number": typed}),
            "number",
        )
        .await
        .text()
}

#[tokio::test]
async fn whoever_was_told_learns_how_far_it_has_come_since_and_no_more() {
    world(Database::Sqlite, async |world| {
        let number = told(world).await;
        moved(world, number, "sorted", REASON_BEFORE).await;
        super::shared(world, number, "tier2", SHARED).await;
        let at_first = show(world, TOLD, number).await;
        assert_only_shared(&at_first, SHARED);
        assert!(at_first.text().contains("整理済"), "where it stands");
        assert!(
            !at_first.text().contains("状況の変更"),
            "not how it came there"
        );

        moved(world, number, "acting", REASON_AFTER).await;
        let later = show(world, TOLD, number).await;
        assert_only_shared(&later, SHARED);
        let text = later.text();
        assert!(text.contains("状況の変更（実施中）"), "{text}");
        for inner in ["（整理済）", "（受付）", REASON_BEFORE, REASON_AFTER, "<@"] {
            assert!(!text.contains(inner), "{inner} stands in {text}");
        }
    })
    .await;
}

#[tokio::test]
async fn lists_suggestions_and_forms_hold_the_shared_words_only() {
    world(Database::Sqlite, async |world| {
        let number = told(world).await;
        super::shared(world, number, "tier2", SHARED).await;
        let listed = said(world, "issue list", json!({})).await;
        assert!(listed.contains("退院前の話し合い"), "{listed}");
        assert!(!listed.contains("在宅復帰"), "{listed}");
        let by_source = said(world, "issue list", json!({"association": "病院連携室"})).await;
        assert!(
            by_source.contains("当てはまる課題はまだありません"),
            "who raised it is not told: {by_source}"
        );

        let mark = format!("#{number}");
        for (typed, found) in [
            ("話し合い", true),
            (mark.as_str(), true),
            ("在宅復帰", false),
        ] {
            let suggested = suggested(world, typed).await;
            assert_eq!(suggested.contains("退院前"), found, "{typed}: {suggested}");
            assert!(!suggested.contains("在宅復帰"), "{suggested}");
        }
        let refused = said(world, "issue edit", json!({"number": number.to_string()})).await;
        assert!(refused.contains("共有された文です"), "{refused}");
        let tier = json!({"number": number.to_string(), "tier": 3, "reason": "広げたい"});
        let refused = said(world, "issue tier", tier).await;
        assert!(refused.contains("共有された文です"), "{refused}");
    })
    .await;
}
