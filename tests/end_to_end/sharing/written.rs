//! A coordinator writes the words an audience reads.

use super::{CIRCLE, SAID, SHARED, assert_only_shared, desk_card, press, readers, show, told};
use crate::{field, wording};
use rstest::rstest;
use serde_json::json;
use tests::{database::Database, world::world};

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn words_written_for_the_circle_reach_it_and_nothing_else_does(#[case] database: Database) {
    world(database, async |world| {
        let number = told(world).await;
        let coordinator = world.person("コーディネーター");
        let form = press(world, &coordinator, number, "共有用の文を書く")
            .await
            .expect_modal();
        assert_eq!(form.title, format!("#{number} を共有する文"));
        assert_eq!(form.fields[0].value, None, "the form is empty");
        let hint = form.fields[0].placeholder.as_deref().expect("a hint");
        assert!(hint.contains("だれの声か分かること"), "{hint}");
        let answer = coordinator
            .submit(&form, json!({"wording": SHARED}))
            .await
            .expect_message();
        let said = answer.text();
        assert!(
            said.contains("共有しました") && said.contains("2団体が読みます"),
            "{said}"
        );
        assert!(
            said.contains(&format!("<#{}>", world.channel(CIRCLE))),
            "{said}"
        );
        assert!(wording(&answer).contains(SHARED), "what they will read");
        world.settled().await;
        let cards = world.cards(CIRCLE);
        assert_eq!(cards.len(), 1);
        assert_only_shared(&cards[0], SHARED);
        let groups = ["病院連携室", "介護支援専門員連絡協議会"];
        assert_eq!(world.fake.who_saw(SHARED), readers(world, &groups));
        let desk = desk_card(world, number);
        assert!(wording(&desk).contains(SAID), "the desk keeps the original");
        let standing = field(
            &desk,
            "共有中（第1版）→ 二次連携（病院連携室、介護支援専門員連絡協議会）",
        );
        assert_eq!(standing.as_deref(), Some(SHARED));
        let labels: Vec<String> = desk.buttons().into_iter().map(|b| b.label).collect();
        assert_eq!(labels, ["詳しく見る", "共有を見直す", "スレッドで話す"]);
        assert_only_shared(
            &show(world, "介護支援専門員連絡協議会の会員", number).await,
            SHARED,
        );
        let said = show(world, "薬剤師会の会長", number).await.text();
        assert!(said.contains("ないか、ご覧になれません"), "{said}");
    })
    .await;
}

#[tokio::test]
async fn a_restart_between_form_and_sending_loses_nothing() {
    world(Database::Sqlite, async |world| {
        let number = told(world).await;
        let coordinator = world.person("コーディネーター");
        let form = press(world, &coordinator, number, "共有用の文を書く")
            .await
            .expect_modal();
        world.restart().await;
        let answer = coordinator.submit(&form, json!({"wording": SHARED})).await;
        assert!(answer.expect_message().text().contains("共有しました"));
        world.settled().await;
        assert_eq!(world.cards(CIRCLE).len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_form_that_is_delivered_twice_shares_once() {
    world(Database::Sqlite, async |world| {
        let number = told(world).await;
        let coordinator = world.person("コーディネーター").twice();
        let form = press(world, &coordinator, number, "共有用の文を書く")
            .await
            .expect_modal();
        coordinator
            .submit(&form, json!({"wording": SHARED}))
            .await
            .expect_message();
        world.settled().await;
        assert_eq!(world.cards(CIRCLE).len(), 1);
        let log = press(world, &coordinator, number, "共有を見直す")
            .await
            .expect_message();
        assert!(log.text().contains("（全1版）"), "{}", log.text());
        let again = coordinator
            .submit(&form, json!({"wording": "二度目に送ったことば"}))
            .await
            .expect_message();
        assert!(
            again.text().contains("すでに使われています"),
            "{}",
            again.text()
        );
    })
    .await;
}

#[tokio::test]
async fn personal_data_comes_back_masked_and_only_what_is_doubtful_may_pass() {
    world(Database::Sqlite, async |world| {
        let number = told(world).await;
        let coordinator = world.person("コーディネーター");
        let form = press(world, &coordinator, number, "共有用の文を書く")
            .await
            .expect_modal();
        let refused = coordinator
            .submit(&form, json!({"wording": "退院の相談は090-1234-5678へ"}))
            .await
            .expect_message();
        assert!(
            refused.text().contains("［電話番号］"),
            "{}",
            refused.text()
        );
        let form = coordinator
            .press_label(refused.id, "書き直す")
            .await
            .expect_modal();
        let masked = form.fields[0].value.clone().expect("the masked words");
        assert_eq!(masked, "退院の相談は［電話番号］へ");
        assert_eq!(form.fields.len(), 1, "a number passes for nobody");
        let doubtful = "見本太郎さん（82歳・男性）の退院のような話し合いを増やしたい";
        let refused = coordinator
            .submit(&form, json!({"wording": doubtful}))
            .await
            .expect_message();
        assert!(!refused.text().contains("見本太郎"), "{}", refused.text());
        let form = coordinator
            .press_label(refused.id, "書き直す")
            .await
            .expect_modal();
        assert_eq!(form.fields.len(), 2, "a coordinator may say why it is none");
        let fields = json!({"wording": doubtful, "why": "研修で使う架空の事例です"});
        let answer = coordinator.submit(&form, fields).await.expect_message();
        assert!(answer.text().contains("共有しました"), "{}", answer.text());
        let long = json!({"wording": "利用者の薬が大量に余っているので見てほしい"});
        let options = json!({
            "number": number.to_string(), "audience": "tier3", "wording": long["wording"],
        });
        let refused = super::share(world, &coordinator, options).await;
        assert!(
            refused.text().contains("主治医・歯科医師・薬剤師"),
            "{}",
            refused.text()
        );
    })
    .await;
}

#[tokio::test]
async fn the_speaker_s_name_is_taken_out_before_anything_is_shared() {
    world(Database::Sqlite, async |world| {
        let number = told(world).await;
        let coordinator = world.person("コーディネーター");
        for words in [
            "仮名坂さんの病棟で困っています",
            "仮名坂十兵衛の話",
            "カナ坂ではなく十兵衛先生",
        ] {
            let form = press(world, &coordinator, number, "共有用の文を書く")
                .await
                .expect_modal();
            let refused = coordinator
                .submit(&form, json!({"wording": words}))
                .await
                .expect_message();
            assert!(
                refused.text().contains("発言者のお名前が入っている"),
                "{words}: {}",
                refused.text()
            );
        }
        world.settled().await;
        assert!(world.cards(CIRCLE).is_empty());
    })
    .await;
}

#[tokio::test]
async fn words_that_show_whose_they_are_are_pointed_out() {
    world(Database::Sqlite, async |world| {
        let number = told(world).await;
        let answer = super::shared(
            world,
            number,
            "tier2",
            "病院連携室では話し合いを早めたいそうです",
        )
        .await;
        assert!(
            answer.text().contains("発言元の職種・団体が出てきます"),
            "{}",
            answer.text()
        );
    })
    .await;
}

#[tokio::test]
async fn the_desk_keeps_it_private_and_takes_it_up_again() {
    world(Database::Sqlite, async |world| {
        let number = told(world).await;
        let coordinator = world.person("コーディネーター");
        let card = desk_card(world, number);
        let answer = press(world, &coordinator, number, "非公開のままにする").await;
        assert!(
            answer
                .expect_message()
                .text()
                .contains("非公開のままにします")
        );
        world.settled().await;
        let kept = desk_card(world, number);
        assert_eq!(kept.id, card.id, "the card is edited");
        assert_eq!(
            field(&kept, "共有").as_deref(),
            Some("非公開のままにします（相談窓口の判断）")
        );
        let labels: Vec<String> = kept.buttons().into_iter().map(|b| b.label).collect();
        assert_eq!(labels, ["詳しく見る", "スレッドで話す", "共有を考え直す"]);
        let data = json!({
            "custom_id": format!("v1:share-keep-private:{number}"), "component_type": 2,
        });
        let place = world.channel("相談窓口");
        let again = coordinator
            .deliver_raw(place, 3, data, Some(kept.id))
            .await
            .expect_message();
        assert!(
            again.text().contains("すでに非公開のまま"),
            "{}",
            again.text()
        );
        press(world, &coordinator, number, "共有を考え直す")
            .await
            .expect_message();
        world.settled().await;
        let labels: Vec<String> = desk_card(world, number)
            .buttons()
            .into_iter()
            .map(|b| b.label)
            .collect();
        assert!(
            labels.iter().any(|label| label == "共有用の文を書く"),
            "{labels:?}"
        );
    })
    .await;
}
