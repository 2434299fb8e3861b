//! Personal data in an account: kept nowhere, given back masked, reworded; only what is doubtful passes,
//! with a reason.

use super::{KEEP, account, desk, form, hold, press, submit};
use serde_json::json;
use tests::{database::Database, world::world};

#[tokio::test]
async fn personal_data_comes_back_masked_and_is_reworded() {
    world(Database::Sqlite, async |world| {
        hold(world, json!({})).await;
        let asked = form(world).await;
        let fields = json!({
            "minutes": "様式を決めた。\n問い合わせは090-1234-5678まで。",
            "attendance": "薬剤師 5",
            "survey": "一言\n・事例をもっと聞きたいです\n・連絡は hanako@example.jp へ",
        });
        let said = submit(world, &asked, fields).await;
        assert!(said.text().contains("［ ］で伏せました"), "{}", said.text());
        assert!(!said.text().contains("1234") && !said.text().contains("hanako"));
        let again = press(world, &said, "直す").await.expect_modal();
        let value = |id: &str| {
            let field = again.fields.iter().find(|field| field.custom_id == id);
            field
                .and_then(|field| field.value.clone())
                .unwrap_or_default()
        };
        assert_eq!(
            value("minutes"),
            "様式を決めた。\n問い合わせは［電話番号］まで。"
        );
        assert_eq!(
            value("survey"),
            "一言\n・事例をもっと聞きたいです\n・連絡は ［メールアドレス］ へ"
        );
        // Sent as it is, it is still to be written anew, whatever reason is given.
        let same = submit(world, &again, json!({"why": "代表の番号です"})).await;
        assert!(same.text().contains("［ ］で伏せました"), "{}", same.text());
        let again = press(world, &same, "直す").await.expect_modal();
        let fields = json!({
            "minutes": "様式を決めた。\n問い合わせは事務局まで。",
            "survey": "一言\n・事例をもっと聞きたいです",
        });
        let preview = submit(world, &again, fields).await;
        press(world, &preview, KEEP).await.expect_message();
        let read = account(world, "コーディネーター").await;
        assert!(
            read.contains("事務局まで") && read.contains("事例をもっと"),
            "{read}"
        );
        for hidden in ["090-1234-5678", "hanako@example.jp"] {
            assert!(!world.log().contains(hidden));
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_doubtful_passes_with_a_reason_and_is_audited() {
    world(Database::Sqlite, async |world| {
        hold(world, json!({})).await;
        let words = "見本太郎さん（82歳、要介護3）の寸劇で話し合った。";
        let asked = form(world).await;
        let said = submit(world, &asked, json!({"minutes": words})).await;
        assert!(
            said.text().contains("理由も書いてください"),
            "{}",
            said.text()
        );
        let again = press(world, &said, "直す").await.expect_modal();
        let fields = json!({"minutes": words, "why": "寸劇の登場人物です"});
        let preview = submit(world, &again, fields).await;
        press(world, &preview, KEEP).await.expect_message();
        assert!(account(world, "コーディネーター").await.contains("寸劇"));
        let audit = desk(world, "office audit", json!({})).await.text();
        assert!(audit.contains("個人情報"), "{audit}");
    })
    .await;
}

#[tokio::test]
async fn one_patients_condition_is_not_written_down() {
    world(Database::Sqlite, async |world| {
        hold(world, json!({})).await;
        let words = "連絡票の様式を決めた。\n担当の利用者の体重が急に減っている。";
        let options = json!({"number": "1", "minutes": words.replace('\n', "　")});
        let said = desk(world, "session record", options).await;
        assert!(said.text().contains("お一人のご様子"), "{}", said.text());
        let asked = form(world).await;
        let said = submit(world, &asked, json!({"minutes": words})).await;
        let again = press(world, &said, "直す").await.expect_modal();
        let minutes = again
            .fields
            .iter()
            .find(|field| field.custom_id == "minutes");
        assert_eq!(
            minutes.and_then(|field| field.value.as_deref()),
            Some("連絡票の様式を決めた。\n［お一人のご様子］")
        );
    })
    .await;
}
