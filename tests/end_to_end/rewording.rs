//! A correction with personal data: not kept, masked, reworded; what is doubtful may be overridden by
//! a coordinator.

use super::{number_in, wording};
use fake_discord::{ModalView, Person};
use serde_json::{Value, json};
use tests::{
    database::Database,
    world::{World, world},
};

async fn add(world: &World, who: &Person, options: Value) -> i64 {
    let answer = who.slash(world.channel("広場"), "issue add", options).await;
    number_in(&answer.expect_message())
}

async fn edit(world: &World, who: &Person, number: i64) -> ModalView {
    let options = json!({"number": number.to_string()});
    let form = who
        .slash(world.channel("広場"), "issue edit", options)
        .await;
    form.expect_modal()
}

fn value<'f>(form: &'f ModalView, field: &str) -> Option<&'f str> {
    let field = form.fields.iter().find(|f| f.custom_id == field);
    field.expect("the field").value.as_deref()
}

#[tokio::test]
async fn a_correction_with_a_number_comes_back_masked_and_is_reworded() {
    world(Database::Sqlite, async |world| {
        let chair = world.person("薬剤師会の会長");
        let number = add(
            world,
            &chair,
            json!({"text": "夜間の連絡先が分からない", "tier": 1}),
        )
        .await;
        let form = edit(world, &chair, number).await;
        let fields = json!({"text": "夜間の連絡先は090-1234-5678だけ", "note": "当番表のこと"});
        let refused = chair.submit(&form, fields).await.expect_message();
        assert!(
            refused.text().contains("修正していません"),
            "{}",
            refused.text()
        );
        assert!(!refused.text().contains("1234"), "{}", refused.text());
        let pressed = chair.press_label(refused.id, "書き直す").await;
        let again = pressed.expect_modal();
        assert_eq!(again.title, format!("#{number} を修正"));
        let masked = value(&again, "text").expect("the masked words");
        assert!(
            masked.contains("夜間の連絡先は") && !masked.contains("1234"),
            "{masked}"
        );
        assert_eq!(value(&again, "note"), Some("当番表のこと"));
        assert!(
            again.fields.iter().all(|f| f.custom_id != "why"),
            "a number is never overridden"
        );
        let fields = json!({"text": "夜間の連絡先が当番表にない", "note": "当番表のこと"});
        let kept = chair.submit(&again, fields.clone()).await.expect_message();
        assert!(kept.text().contains("修正しました"), "{}", kept.text());
        let twice = chair.submit(&again, fields).await;
        assert!(!twice.text().contains("修正しました"), "{}", twice.text());
        world.settled().await;
        assert!(wording(&world.cards("一次-薬剤師会")[0]).contains("当番表にない"));
    })
    .await;
}

#[tokio::test]
async fn a_coordinator_lets_a_doubtful_name_pass_and_the_audit_says_so() {
    world(Database::Sqlite, async |world| {
        let coordinator = world.person("コーディネーター");
        let options = json!({
            "text": "相談の受け方を決めておきたい", "profession": "薬剤師会", "speaker": "仮名 太郎",
        });
        let number = add(world, &coordinator, options).await;
        let form = edit(world, &coordinator, number).await;
        // A place, not a person.
        let doubtful = "要介護の佐藤さん宅の前の道が狭くて困る";
        let fields = json!({"text": doubtful, "note": "", "speaker": "仮名 太郎"});
        let refused = coordinator.submit(&form, fields).await.expect_message();
        assert!(refused.text().contains("理由を添えて"), "{}", refused.text());
        let pressed = coordinator.press_label(refused.id, "書き直す").await;
        let again = pressed.expect_modal();
        assert_eq!(value(&again, "speaker"), Some("仮名 太郎"));
        let fields = |why: &str| json!({"text": doubtful, "note": "", "speaker": "仮名 太郎", "why": why});
        let without = coordinator.submit(&again, fields("")).await.expect_message();
        assert!(without.text().contains("修正していません"), "{}", without.text());
        let kept = coordinator.submit(&again, fields("店の名前です")).await.expect_message();
        assert!(kept.text().contains("修正しました"), "{}", kept.text());
        world.settled().await;
        let place = world.channel("広場");
        let audit = coordinator.slash(place, "office audit", json!({})).await;
        let audit = audit.expect_message().text();
        assert!(audit.contains("個人情報ではないと確認"), "{audit}");
        assert!(!audit.contains("店の名前"), "{audit}");
    })
    .await;
}

#[tokio::test]
async fn a_member_does_not_override_and_a_number_passes_nobody() {
    world(Database::Sqlite, async |world| {
        let member = world.person("薬剤師会の会員");
        let number = add(world, &member, json!({"text": "道が狭くて困っている", "tier": 1})).await;
        let form = edit(world, &member, number).await;
        let fields = json!({"text": "要介護の佐藤さん宅の前の道が狭くて困る", "note": ""});
        let refused = member.submit(&form, fields).await.expect_message();
        assert!(!refused.text().contains("理由を添えて"), "{}", refused.text());
        let pressed = member.press_label(refused.id, "書き直す").await;
        let again = pressed.expect_modal();
        assert!(again.fields.iter().all(|f| f.custom_id != "why" && f.custom_id != "speaker"));
        let rows: Vec<Value> = [("text", "要介護の佐藤さん宅の前の道"), ("why", "店です")]
            .into_iter()
            .map(|(id, value)| json!({"type": 1, "components": [{"type": 4, "custom_id": id, "value": value}]}))
            .collect();
        let data = json!({"custom_id": again.custom_id, "components": rows});
        let forged = member.deliver_raw(world.channel("広場"), 5, data, None).await;
        let forged = forged.expect_message().text();
        assert!(forged.contains("修正していません"), "{forged}");
        let coordinator = world.person("コーディネーター");
        let number = add(world, &coordinator, json!({"text": "道が狭くて困っている"})).await;
        let form = edit(world, &coordinator, number).await;
        let fields = json!({"text": "電話は090-1234-5678", "note": "", "speaker": ""});
        let refused = coordinator.submit(&form, fields).await.expect_message();
        assert!(!refused.text().contains("理由を添えて"), "{}", refused.text());
    })
    .await;
}
