//! 持込み企画: an association brings an idea, the desk takes it up or declines it with a reason.

use super::{ALL, TITLE, UNDO, ask, card, cards, desk, forge, press, training};
use crate::wording::read;
use fake_discord::MessageView;
use serde_json::{Value, json};
use tests::{
    database::Database,
    world::{World, world},
};

const CHAIR: &str = "薬剤師会の会長";

async fn bring(world: &World, other: Value) -> MessageView {
    ask(world, CHAIR, "project add", training(&other)).await
}

#[tokio::test]
async fn an_idea_waits_for_the_desk_and_nobody_else_knows_of_it() {
    world(Database::Sqlite, async |world| {
        let brought = bring(world, json!({})).await;
        insta::assert_snapshot!("project_idea_brought", read(&brought));
        insta::assert_snapshot!("project_idea_desk", read(&card(world, "相談窓口").await));
        let own = card(world, "一次-薬剤師会").await;
        assert!(
            own.buttons()
                .iter()
                .all(|button| button.label != "取り上げる")
        );
        assert!(cards(world, "一次-リハビリ").is_empty());
        let other = "リハビリテーション療法士会の会長";
        let shown = ask(world, other, "project show", json!({"number": "1"})).await;
        assert!(shown.text().contains("ないか、ご覧になれません"));
        for (path, options) in [
            ("project task", json!({"number": "1", "role": "周知"})),
            ("project done", json!({"number": "1"})),
        ] {
            let said = desk(world, path, options).await.text();
            assert!(said.contains("「持込み企画」のため"), "{path}: {said}");
        }
    })
    .await;
}

#[tokio::test]
async fn an_idea_that_is_taken_up_becomes_a_project_of_all_it_names() {
    world(Database::Sqlite, async |world| {
        bring(world, json!({})).await;
        let waiting = card(world, "相談窓口").await;
        let taken = press(world, "コーディネーター", &waiting, "取り上げる").await;
        assert!(taken.text().contains("取り上げました"), "{}", taken.text());
        press(world, "コーディネーター", &taken, ALL).await;
        let theirs = card(world, "一次-リハビリ").await.text();
        assert!(theirs.contains(TITLE) && theirs.contains("0/5"), "{theirs}");
        assert!(theirs.contains("持ち込んだ団体\n薬剤師会"), "{theirs}");
        let other = world.person("二人目のコーディネーター");
        let again = forge(world, &other, "v1:project-take-up:1", None).await;
        assert!(
            again.text().contains("もう返事がされています"),
            "{}",
            again.text()
        );
    })
    .await;
}

#[tokio::test]
async fn an_idea_that_is_declined_tells_its_association_why() {
    world(Database::Sqlite, async |world| {
        bring(world, json!({})).await;
        let waiting = card(world, "相談窓口").await;
        let coordinator = world.person("コーディネーター");
        let form = coordinator
            .press_label(waiting.id, "見送る")
            .await
            .expect_modal();
        for (reason, expected) in [("", "理由"), ("090-1234-5678 に電話した", "個人情報")]
        {
            let said = coordinator
                .submit(&form, json!({ "reason": reason }))
                .await
                .text();
            assert!(said.contains(expected), "{reason}: {said}");
        }
        let reason = "今年度の計画が固まっているため、来年度に改めてご相談します";
        let declined = coordinator
            .submit(&form, json!({ "reason": reason }))
            .await
            .expect_message();
        assert!(
            declined.text().contains("見送りました"),
            "{}",
            declined.text()
        );
        insta::assert_snapshot!(
            "project_idea_declined",
            read(&card(world, "一次-薬剤師会").await)
        );
        assert!(cards(world, "一次-リハビリ").is_empty());
        let twice = coordinator
            .submit(&form, json!({ "reason": reason }))
            .await
            .text();
        assert!(twice.contains("もう返事がされています"), "{twice}");
        press(world, "コーディネーター", &declined, UNDO).await;
        let text = card(world, "一次-薬剤師会").await.text();
        assert!(
            text.contains("持込み企画") && !text.contains(reason),
            "{text}"
        );
    })
    .await;
}

#[tokio::test]
async fn ideas_are_brought_by_officers_and_contacts_for_their_own_association() {
    world(Database::Sqlite, async |world| {
        for (key, associations, expected) in [
            ("薬剤師会の連携担当", "薬剤師会", "相談窓口へ届けました"),
            ("薬剤師会の会長", "医師会", "ご自分の団体を"),
            ("薬剤師会の会長", "地域全体", "ご自分の団体を"),
            ("薬剤師会の会員", "薬剤師会", "三役・連携担当の方です"),
            ("アドバイザー", "医師会", "三役・連携担当の方です"),
            ("オブザーバー", "医師会", "三役・連携担当の方です"),
            ("所属のない人", "医師会", "ください"),
        ] {
            let options = training(&json!({ "associations": associations }));
            let said = ask(world, key, "project add", options).await.text();
            assert!(said.contains(expected), "{key} {associations}: {said}");
        }
        let list = desk(world, "project list", json!({})).await.text();
        assert!(list.contains("全1件"), "{list}");
    })
    .await;
}

#[tokio::test]
async fn whoever_brought_an_idea_may_take_it_back() {
    world(Database::Sqlite, async |world| {
        let brought = bring(world, json!({})).await;
        card(world, "相談窓口").await;
        let back = press(world, CHAIR, &brought, UNDO).await.text();
        assert!(back.contains("登録を取り消しました"), "{back}");
        world.settled().await;
        assert!(cards(world, "相談窓口").is_empty() && cards(world, "一次-薬剤師会").is_empty());
    })
    .await;
}
