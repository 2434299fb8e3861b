//! What is refused: a clear Japanese answer that says what to do next, nothing kept, nobody mentioned.

use super::{field, number_in, text, wording};
use serde_json::json;
use tests::{
    database::Database,
    world::{World, world},
};

async fn issues(world: &World) -> i64 {
    let coordinator = world.person("コーディネーター");
    let list = coordinator
        .slash(world.channel("相談窓口"), "issue list", json!({}))
        .await;
    let text = list.expect_message().text();
    if text.contains("まだありません") {
        return 0;
    }
    let digits: String = text
        .split('全')
        .nth(1)
        .unwrap_or_default()
        .chars()
        .take_while(char::is_ascii_digit)
        .collect();
    digits.parse().expect("a total")
}

#[tokio::test]
async fn whoever_belongs_to_no_association_is_told_whom_to_ask() {
    world(Database::Sqlite, async |world| {
        for (key, expected) in [
            ("所属のない人", "連携コーディネーターにお尋ねください"),
            ("オブザーバー", "連携コーディネーターへお伝えください"),
        ] {
            let answer = world
                .person(key)
                .slash(
                    world.channel("広場"),
                    "issue add",
                    text("会議の案内が届かない"),
                )
                .await
                .expect_message();
            assert!(answer.ephemeral);
            assert!(answer.text().contains(expected), "{key}: {}", answer.text());
        }
        assert_eq!(issues(world).await, 0);
    })
    .await;
}

#[tokio::test]
async fn words_that_do_not_fit_are_refused_and_nothing_is_kept() {
    world(Database::Sqlite, async |world| {
        let speaker = world.person("薬剤師会の会長");
        let long = "長い".repeat(3_000);
        for (words, expected) in [
            (long.as_str(), "長すぎます（1件は2000字まで）"),
            ("\u{200b}\u{202e} \u{7}", "内容が空です"),
            ("   ", "内容が空です"),
        ] {
            let answer = speaker
                .slash(world.channel("広場"), "issue add", text(words))
                .await
                .expect_message();
            assert!(answer.text().contains(expected), "{}", answer.text());
        }
        assert_eq!(issues(world).await, 0);
    })
    .await;
}

#[tokio::test]
async fn marks_that_act_are_shown_as_words_and_mention_nobody() {
    world(Database::Sqlite, async |world| {
        let speaker = world.person("薬剤師会の会長");
        let role = world.city.role("薬剤師会 三役");
        let words = format!(
            "@everyone @here <@&{role}> **太字** ||隠す|| \u{202e}さかさ\u{202c} 会員の記録がまちまち"
        );
        let options = json!({"text": words, "tier": 1});
        let answer = speaker.slash(world.channel("広場"), "issue add", options).await;
        assert!(answer.expect_message().text().contains("記録しました"));
        world.settled().await;
        let card = world.cards("一次-薬剤師会").remove(0);
        assert!(!wording(&card).contains('\u{202e}'), "bidirectional marks are gone");
        assert!(!wording(&card).contains("**太字**"), "{}", wording(&card));
        assert!(world.fake.pings().is_empty());
    })
    .await;
}

#[tokio::test]
async fn personal_data_comes_back_masked_and_can_be_reworded() {
    world(Database::Sqlite, async |world| {
        let speaker = world.person("介護支援専門員連絡協議会の会長");
        for (said, number) in [
            ("退院後の連絡先は090-1234-5678です", "090-1234-5678"),
            (
                "連絡先は０９０－１２３４－５６７８です",
                "０９０－１２３４－５６７８",
            ),
        ] {
            let refused = speaker
                .slash(world.channel("広場"), "issue add", text(said))
                .await
                .expect_message();
            let answer = refused.text();
            assert!(answer.contains("個人情報と思われるところ"), "{answer}");
            assert!(!answer.contains(number), "{answer}");
            let form = speaker
                .press_label(refused.id, "書き直す")
                .await
                .expect_modal();
            let masked = form.fields[0].value.clone().expect("the masked text");
            assert!(
                masked.contains("電話番号") && !masked.contains(number),
                "{masked}"
            );
            let fields = json!({"text": "退院後の連絡先を決めておきたい"});
            let kept = speaker.submit(&form, fields).await.expect_message();
            assert!(kept.text().contains("記録しました"), "{}", kept.text());
        }
        assert_eq!(issues(world).await, 2);
        world.settled().await;
        assert!(
            world
                .fake
                .who_saw("090-1234-5678")
                .is_subset(&[speaker.id()].into())
        );
        assert!(!world.log().contains("5678"));
    })
    .await;
}

#[tokio::test]
async fn only_a_coordinator_overrides_what_is_doubtful_and_never_a_number() {
    world(Database::Sqlite, async |world| {
        let coordinator = world.person("コーディネーター");
        let doubtful = "見本太郎さん（82歳・男性）の退院日が決まりました";
        let refused = coordinator
            .slash(world.channel("相談窓口"), "issue add", text(doubtful))
            .await
            .expect_message();
        let form = coordinator
            .press_label(refused.id, "書き直す")
            .await
            .expect_modal();
        assert!(
            form.fields.iter().any(|field| field.custom_id == "why"),
            "a coordinator may"
        );
        let fields = json!({"text": doubtful, "note": "", "why": "研修で使う架空の例です"});
        let kept = coordinator.submit(&form, fields).await.expect_message();
        assert!(kept.text().contains("記録しました"), "{}", kept.text());

        let number = "携帯は080-0000-7788です";
        let refused = coordinator
            .slash(world.channel("相談窓口"), "issue add", text(number))
            .await
            .expect_message();
        let form = coordinator
            .press_label(refused.id, "書き直す")
            .await
            .expect_modal();
        assert!(
            !form.fields.iter().any(|field| field.custom_id == "why"),
            "never a number"
        );

        let member = world.person("介護支援専門員連絡協議会の会員");
        let also = "見本花子さん（79歳）の入院が長引いています";
        let refused = member
            .slash(world.channel("広場"), "issue add", text(also))
            .await
            .expect_message();
        let form = member
            .press_label(refused.id, "書き直す")
            .await
            .expect_modal();
        assert!(
            !form.fields.iter().any(|field| field.custom_id == "why"),
            "only coordinators"
        );
        assert_eq!(issues(world).await, 1);
    })
    .await;
}

#[tokio::test]
async fn one_patient_s_condition_goes_to_the_doctor_and_not_into_the_list() {
    world(Database::Sqlite, async |world| {
        let answer = world
            .person("介護支援専門員連絡協議会の会員")
            .slash(
                world.channel("広場"),
                "issue add",
                text("利用者の薬が大量に余っているので見てほしい"),
            )
            .await
            .expect_message();
        assert!(
            answer.text().contains("主治医・歯科医師・薬剤師へ直接"),
            "{}",
            answer.text()
        );
        assert_eq!(issues(world).await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_number_one_may_not_see_and_a_number_that_does_not_exist_are_answered_alike() {
    world(Database::Sqlite, async |world| {
        let speaker = world.person("病院連携室の会長");
        let answer = speaker
            .slash(
                world.channel("広場"),
                "issue add",
                json!({"text": "ケアマネジャーに在宅復帰を断られる", "tier": 2}),
            )
            .await
            .expect_message();
        let number = number_in(&answer);
        let stranger = world.person("介護支援専門員連絡協議会の会長");
        let ask = async |written: String| {
            stranger
                .slash(
                    world.channel("広場"),
                    "issue show",
                    json!({"number": written}),
                )
                .await
                .expect_message()
                .text()
        };
        let hidden = ask(format!("#{number}")).await;
        assert_eq!(hidden, ask("#9999".to_owned()).await);
        assert!(hidden.contains("/issue list"), "{hidden}");
        for written in ["十二", "#", "-1", "12.5", "99999999999999999999"] {
            assert!(
                ask(written.to_owned()).await.contains("番号は「12」"),
                "{written}"
            );
        }
        assert_eq!(hidden, ask("＃９９９９".to_owned()).await);
    })
    .await;
}

#[tokio::test]
async fn nobody_speaks_for_another_association_or_chooses_what_only_the_desk_may() {
    world(Database::Sqlite, async |world| {
        let member = world.person("薬剤師会の会員");
        for (options, expected) in [
            (
                json!({"text": "困っている", "profession": "医師会"}),
                "ご自身の団体・職種",
            ),
            (
                json!({"text": "困っている", "origin": "open"}),
                "連携コーディネーターだけ",
            ),
            (
                json!({"text": "困っている", "profession": "気象予報士"}),
                "次から選んでください",
            ),
            (
                json!({"text": "困っている", "about": "薬剤師、気象予報士"}),
                "次から選んでください",
            ),
        ] {
            let answer = member
                .slash(world.channel("広場"), "issue add", options)
                .await
                .expect_message();
            assert!(answer.text().contains(expected), "{}", answer.text());
        }
        assert_eq!(issues(world).await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_forged_button_and_another_s_draft_lead_nowhere() {
    world(Database::Sqlite, async |world| {
        let owner = world.person("薬剤師会の会長");
        let form = owner
            .slash(world.channel("広場"), "issue add", json!({"kind": "idea"}))
            .await
            .expect_modal();
        let thief = world.person("薬剤師会の連携担当");
        let data = json!({
            "custom_id": form.custom_id,
            "components": [{"type": 1, "components": [
                {"type": 4, "custom_id": "text", "value": "ひとの下書きを使う"},
            ]}],
        });
        let stolen = thief
            .deliver_raw(world.channel("広場"), 5, data, None)
            .await
            .expect_message();
        assert!(
            stolen.text().contains("24時間が過ぎたか"),
            "{}",
            stolen.text()
        );
        for custom_id in [
            "v1:issue-burn:1",
            "v9:issue-show:1",
            "x",
            "v1:issue-pass-on:1:extra",
        ] {
            let data = json!({"custom_id": custom_id, "components": []});
            let answer = thief
                .deliver_raw(world.channel("広場"), 5, data, None)
                .await
                .expect_message();
            assert!(
                answer.text().contains("コマンドから"),
                "{custom_id}: {}",
                answer.text()
            );
        }
        assert_eq!(issues(world).await, 0);
    })
    .await;
}

#[tokio::test]
async fn an_english_client_is_answered_in_english() {
    world(Database::Sqlite, async |world| {
        let role = world.city.role("薬剤師会 会員");
        let id = world
            .fake
            .add_member(world.city.guild, "Pat Example", "en-GB", &[role]);
        let person = world.fake.person(world.city.guild, id);
        let answer = person
            .slash(world.channel("広場"), "issue show", json!({"number": "1"}))
            .await
            .expect_message();
        assert!(
            answer.text().contains("There is no such number"),
            "{}",
            answer.text()
        );
        assert_eq!(field(&answer, "階層"), None);
    })
    .await;
}
