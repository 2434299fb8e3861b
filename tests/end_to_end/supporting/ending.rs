//! The end of a project: what people answered, what remains to be said, and that it can be taken back.

use super::{add, ask, card, desk, divided, forge, press};
use crate::wording::read;
use serde_json::json;
use tests::{database::Database, world::world};

const FORM: &str = "アンケートと結び";
const UNDO: &str = super::UNDO;

#[tokio::test]
async fn a_project_is_finished_and_its_survey_is_written_down() {
    world(Database::Sqlite, async |world| {
        divided(world).await;
        let finished = desk(world, "project done", json!({"number": "1", "note": "周知は2か月前から"})).await;
        insta::assert_snapshot!("project_finished", read(&finished));
        let coordinator = world.person("コーディネーター");
        let form = coordinator.press_label(finished.id, FORM).await.expect_modal();
        let answers = "研修は参考になりましたか\n参考になった 12\nふつう：3人\n\n感想\n・また開いてほしい\n・実例がよかった";
        let fields = json!({"answers": answers, "note": "周知は2か月前から"});
        let written = coordinator.submit(&form, fields).await.expect_message();
        insta::assert_snapshot!("project_surveyed", read(&written));
        let shown = ask(world, "薬剤師会の会長", "project show", json!({"number": "1"})).await;
        insta::assert_snapshot!("project_shown_finished", read(&shown));
        let text = card(world, "一次-薬剤師会").await;
        assert!(text.text().contains("完了") && text.text().contains("周知は2か月前から"));
        assert!(text.buttons().iter().all(|button| !button.label.starts_with("済み")));
        // Corrected, the form holds what is known.
        let shown = desk(world, "project show", json!({"number": "1"})).await;
        let form = coordinator.press_label(shown.id, FORM).await.expect_modal();
        let same = json!({"answers": answers, "note": "周知は2か月前から"});
        let said = coordinator.submit(&form, same).await.text();
        assert!(said.contains("変わるところがありません"), "{said}");
        press(world, "コーディネーター", &written, UNDO).await;
        let shown = desk(world, "project show", json!({"number": "1"})).await.text();
        assert!(!shown.contains("参考になった") && shown.contains("完了"), "{shown}");
        for (path, options) in [
            ("project done", json!({"number": "1"})),
            ("project drop", json!({"number": "1", "reason": "終わったあと"})),
            ("project task", json!({"number": "1", "role": "看板"})),
        ] {
            let said = desk(world, path, options).await.text();
            assert!(said.contains("「完了」"), "{path}: {said}");
        }
    })
    .await;
}

#[tokio::test]
async fn personal_data_in_a_survey_comes_back_masked_and_is_reworded() {
    world(Database::Sqlite, async |world| {
        add(world, json!({})).await;
        let finished = desk(world, "project done", json!({"number": "1"})).await;
        let coordinator = world.person("コーディネーター");
        let form = coordinator
            .press_label(finished.id, FORM)
            .await
            .expect_modal();
        let answers = "感想\n・また連絡をください 090-1234-5678\n・よかった";
        let refused = coordinator
            .submit(&form, json!({"answers": answers, "note": ""}))
            .await
            .expect_message();
        assert!(
            refused.text().contains("書きとめていません"),
            "{}",
            refused.text()
        );
        assert!(!refused.text().contains("1234"));
        let label = refused.buttons().remove(0).label;
        let again = coordinator
            .press_label(refused.id, &label)
            .await
            .expect_modal();
        let fields = json!({"answers": "感想\n・よかった", "note": ""});
        let kept = coordinator.submit(&again, fields).await.text();
        assert!(kept.contains("書きとめました"), "{kept}");
        for (answers, expected) in [
            ("参考になった 12", "1行目の上に、問いがありません"),
            ("問い\n参考になった 999999", "2行目の数が大きすぎます"),
            (&"長".repeat(130), "1行目が長すぎます"),
        ] {
            let fields = json!({"answers": answers, "note": ""});
            let said = coordinator.submit(&form, fields).await.expect_message();
            assert!(said.text().contains(expected), "{}", said.text());
            assert_eq!(said.buttons().len(), 1, "what was typed is not lost");
        }
    })
    .await;
}

#[tokio::test]
async fn the_command_takes_a_survey_in_one_line() {
    world(Database::Sqlite, async |world| {
        add(world, json!({})).await;
        let wrong = json!({"number": "1", "survey": "よかった 3"});
        let said = desk(world, "project done", wrong).await.text();
        assert!(said.contains("問いがありません"), "{said}");
        let survey = "満足度／満足 12／ふつう 3／・勉強になった";
        desk(
            world,
            "project done",
            json!({"number": "1", "survey": survey}),
        )
        .await;
        let shown = desk(world, "project show", json!({"number": "1"}))
            .await
            .text();
        assert!(
            shown.contains("満足度：満足 12、ふつう 3（自由記述 1件）"),
            "{shown}"
        );
        assert!(shown.contains("・勉強になった"), "{shown}");
    })
    .await;
}

#[tokio::test]
async fn a_survey_is_the_desks_to_write_and_only_at_the_end() {
    world(Database::Sqlite, async |world| {
        add(world, json!({})).await;
        let coordinator = world.person("コーディネーター");
        let early = forge(world, &coordinator, "v1:project-survey:1", None).await;
        assert!(early.text().contains("完了にしてから"), "{}", early.text());
        desk(world, "project done", json!({"number": "1"})).await;
        let chair = world.person("薬剤師会の会長");
        let refused = forge(world, &chair, "v1:project-survey:1", None).await;
        assert!(refused.modal().is_none());
    })
    .await;
}
