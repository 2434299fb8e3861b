//! Tables that are none, people without the right, previews that are over.

use super::{STORE, button, file, hand_in, hand_in_at, handed, kept, press, seen};
use fake_discord::Person;
use serde_json::json;
use tests::{
    database::Database,
    world::{World, world},
};

/// Presses a button that stands on somebody else's screen, or is gone from one's own.
async fn forge(world: &World, who: &Person, custom_id: &str) -> String {
    let place = world.channel("広場");
    let own = who.slash(place, "help", json!({})).await.expect_message();
    let data = json!({"custom_id": custom_id, "component_type": 2});
    let said = who.deliver_raw(place, 3, data, Some(own.id)).await;
    said.expect_message().text()
}

#[tokio::test]
async fn files_that_hold_no_plan_are_refused_in_a_sentence_that_helps() {
    world(Database::Sqlite, async |world| {
        let coordinator = world.person("コーディネーター");
        let long = "医療,1-1,会議\r\n".repeat(5_001);
        for (bytes, expected) in [
            (file::rows(&["名前,電話", "甲,1"]), "計画表が見つかりません"),
            (
                file::rows(&["番号,項目,令和8年度の目標"]),
                "項目がありません",
            ),
            (
                file::rows(&["番号,項目,目標", "1-1,会議,年1回"]),
                "目標の見出しに年度がありません",
            ),
            (
                format!("領域,番号,項目\r\n{long}").into_bytes(),
                "行が多すぎます",
            ),
            (b"%PDF-1.7".to_vec(), "表のファイルではない"),
            (Vec::new(), "何も書かれていません"),
        ] {
            let answer = hand_in(world, &coordinator, &bytes).await;
            assert!(answer.text().contains(expected), "{}", answer.text());
            assert_eq!(button(&answer, STORE), None);
        }
        // With the year it is one.
        let place = world.channel("相談窓口");
        let bytes = file::rows(&["番号,項目,目標", "1-1,会議,年1回"]);
        let mut options = handed("計画.csv", &bytes);
        options["year"] = json!("令和8年度");
        let answer = coordinator.slash(place, "target import", options).await;
        assert!(button(&answer.expect_message(), STORE).is_some());
        let mut options = handed("計画.csv", &bytes);
        options["year"] = json!("来年のこと");
        let answer = coordinator.slash(place, "target import", options).await;
        assert!(
            answer
                .expect_message()
                .text()
                .contains("年度を読み取れません")
        );
        assert!(kept(world).await.targets.is_empty());
    })
    .await;
}

#[tokio::test]
async fn rows_that_cannot_be_taken_are_named_and_the_others_are_stored() {
    world(Database::Sqlite, async |world| {
        let coordinator = world.person("コーディネーター");
        let bytes = file::rows(&[
            "領域,番号,項目,令和8年度の目標,令和8年度の進捗",
            "医療,1-①,会議を開く,年12回,●4回開いた",
            "医療,1-①,もう一度,,",
            "医療,1-②,,年1回,",
            "医療,なし,番号のない行,,",
            "医療,1-③,相談,年1回,●連絡先は090-0000-1122",
        ]);
        let preview = hand_in(world, &coordinator, &bytes).await;
        insta::assert_snapshot!("preview_unread", seen(&preview));
        assert!(
            !preview.text().contains("090"),
            "what is personal is not repeated"
        );
        let stored = press(&coordinator, &preview, STORE).await;
        assert!(
            stored.text().contains("取り込まなかったところが4件"),
            "{}",
            stored.text()
        );
        let kept = kept(world).await;
        assert_eq!(
            (kept.targets.len(), kept.goals.len(), kept.records.len()),
            (2, 2, 1)
        );
        assert_eq!(kept.records[0].amount, Some(4));
    })
    .await;
}

#[tokio::test]
async fn only_coordinators_take_tables_in_and_only_their_own_previews() {
    world(Database::Sqlite, async |world| {
        let (coordinator, member) = (
            world.person("コーディネーター"),
            world.person("薬剤師会の会員"),
        );
        let bytes = file::rows(&["領域,番号,項目,令和8年度の目標", "医療,1-①,会議,年12回"]);
        let refused = hand_in_at(world, &member, "広場", &bytes).await;
        assert!(
            refused.text().contains("コーディネーター"),
            "{}",
            refused.text()
        );
        let preview = hand_in(world, &coordinator, &bytes).await;
        let store = button(&preview, STORE).expect("there is something to store");
        let refused = forge(world, &member, &store).await;
        assert!(refused.contains("コーディネーター"), "{refused}");
        let stale = "v1:plan-store:999:0000000000000000";
        assert!(
            forge(world, &coordinator, stale)
                .await
                .contains("もう使えません")
        );
        assert!(kept(world).await.targets.is_empty());
        press(&coordinator, &preview, STORE).await;
        // A second press of the same button stores nothing twice.
        assert!(
            forge(world, &coordinator, &store)
                .await
                .contains("もう使えません")
        );
        assert_eq!(kept(world).await.targets.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn what_has_changed_since_the_preview_is_shown_before_it_is_stored() {
    world(Database::Sqlite, async |world| {
        let coordinator = world.person("コーディネーター");
        let table = |goal: &str| {
            let row = format!("医療,1-①,会議,{goal}");
            file::rows(&["領域,番号,項目,令和8年度の目標", row.as_str()])
        };
        let older = hand_in(world, &coordinator, &table("年12回")).await;
        let newer = hand_in(world, &coordinator, &table("年6回")).await;
        let stored = press(&coordinator, &newer, STORE).await;
        let anew = press(&coordinator, &older, STORE).await;
        assert!(
            anew.text().contains("下見のあとに記録が変わりました"),
            "{}",
            anew.text()
        );
        assert_eq!(kept(world).await.goals[0].content.text, "年6回");
        press(&coordinator, &anew, STORE).await;
        assert_eq!(kept(world).await.goals[0].content.text, "年12回");
        // The first table cannot go any more: another was written on top of it.
        let undone = press(&coordinator, &stored, "取り消す").await;
        assert!(
            undone.text().contains("まとめては取り消せません"),
            "{}",
            undone.text()
        );
    })
    .await;
}
