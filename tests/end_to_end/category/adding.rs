//! Categories while an issue is written down: chosen from the list, or suggested with the reason.

use super::{FIELD, MAKE, UNDO, add, categories, command, forge, give, make, select, suggested};
use crate::field;
use rstest::rstest;
use serde_json::{Value, json};
use tests::{
    database::Database,
    world::{World, world},
};

/// What the desk has sorted: two of the pharmacists' own, one of the hospital's.
async fn sorted(world: &World) -> (i64, i64) {
    make(world, &["退院時の連携", "服薬・残薬"]).await;
    let said = json!({"text": "退院の日取りが前の日に決まり薬が間に合わない", "tier": 2, "about": "病院連携室"});
    let (own, _) = add(world, "薬剤師会の会長", said).await;
    give(world, own, "退院時の連携").await;
    let said =
        json!({"text": "退院の日取りを薬局に知らせる決まりがない", "tier": 2, "about": "薬剤師"});
    let (other, _) = add(world, "病院連携室の会長", said).await;
    give(world, other, "退院時の連携").await;
    (own, other)
}

fn said_of_categories(answer: &fake_discord::MessageView) -> &str {
    let mut framed = answer.embeds.iter().skip(1);
    framed
        .find_map(|embed| embed["description"].as_str())
        .unwrap_or_default()
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn who_writes_an_issue_down_is_told_where_it_might_belong_and_chooses(
    #[case] database: Database,
) {
    world(database, async |world| {
        let (own, other) = sorted(world).await;
        let said = json!({"text": "退院の日取りをもっと早く教えてほしい", "tier": 2, "about": "病院連携室"});
        let (number, answer) = add(world, "薬剤師会の会長", said).await;
        let why = said_of_categories(&answer);
        assert!(why.contains("**退院時の連携**") && why.contains("「退院の日取り」"), "{why}");
        assert!(why.contains(&format!("#{own}")), "{why}");
        assert!(!why.contains(&format!("#{other}")), "the hospital's is not named: {why}");
        assert!(!why.contains("服薬"), "{why}");
        let (custom_id, options) = select(&answer);
        assert_eq!(options.len(), 1);
        let value = options[0]["value"].as_str().expect("a value");
        let chair = world.person("薬剤師会の会長");
        let chosen = chair.select(answer.id, &custom_id, &[value]).await.expect_message();
        world.settled().await;
        assert!(chosen.text().contains("「退院時の連携」を付けました"), "{}", chosen.text());
        let expected = Some("「退院時の連携」");
        assert_eq!(categories(world, "薬剤師会の会長", number).await.as_deref(), expected);
        let said = chair.select(answer.id, &custom_id, &[value]).await.expect_message().text();
        assert!(said.contains("すでに付いています"), "{said}");
        let said = chair.press_label(chosen.id, UNDO).await.expect_message().text();
        world.settled().await;
        assert!(said.contains("元に戻しました"), "{said}");
        assert_eq!(categories(world, "薬剤師会の会長", number).await, None);
    })
    .await;
}

#[tokio::test]
async fn what_was_written_down_and_sorted_by_mistake_is_taken_back_as_a_whole() {
    world(Database::Sqlite, async |world| {
        let (own, _) = sorted(world).await;
        let said = json!({"text": "退院の日取りをもっと早く教えてほしい", "tier": 1});
        let (number, answer) = add(world, "薬剤師会の会長", said).await;
        let chair = world.person("薬剤師会の会長");
        let (custom_id, options) = select(&answer);
        let value = options[0]["value"].as_str().expect("a value");
        chair
            .select(answer.id, &custom_id, &[value])
            .await
            .expect_message();
        let said = chair
            .press_label(answer.id, UNDO)
            .await
            .expect_message()
            .text();
        world.settled().await;
        assert!(
            said.contains(&format!("#{number} の記録を取り消しました")),
            "{said}"
        );
        assert!(world.cards("一次-薬剤師会").is_empty());
        // Sorted by somebody else meanwhile, it is no longer one's own to take back.
        let said = json!({"text": "退院の日取りをもっと早く教えてほしい", "tier": 1});
        let (number, answer) = add(world, "薬剤師会の会長", said).await;
        assert!(number > own);
        give(world, number, "服薬・残薬").await;
        let said = chair
            .press_label(answer.id, UNDO)
            .await
            .expect_message()
            .text();
        assert!(said.contains("元に戻せません"), "{said}");
        world.settled().await;
    })
    .await;
}

#[tokio::test]
async fn a_forged_choice_sorts_nothing() {
    world(Database::Sqlite, async |world| {
        let (own, _) = sorted(world).await;
        let said = json!({"text": "退院の日取りをもっと早く教えてほしい", "tier": 2, "about": "病院連携室"});
        let (number, answer) = add(world, "薬剤師会の会長", said).await;
        let (custom_id, _) = select(&answer);
        for (who, values, expected) in [
            ("薬剤師会の会長", &["999"][..], "一覧にありません"),
            ("薬剤師会の会長", &["退院時の連携"], "一覧にありません"),
            ("薬剤師会の会長", &["-1", "", "1e3"], "一覧にありません"),
            ("薬剤師会の会長", &[], "一覧にありません"),
            ("薬剤師会の連携担当", &["1"], "ご自身が記録した課題だけ"),
            ("病院連携室の会長", &["1"], "ないか、ご覧になれません"),
            ("オブザーバー", &["1"], "ないか、ご覧になれません"),
            ("所属のない人", &["1"], "ないか、ご覧になれません"),
        ] {
            let said = forge(world, who, &custom_id, Some(values)).await.expect_message().text();
            assert!(said.contains(expected), "{who} {values:?}: {said}");
        }
        assert_eq!(categories(world, "コーディネーター", number).await, None);
        // A category that is no longer offered is not given by an old choice.
        let coordinator = world.person("コーディネーター");
        command(world, &coordinator, "office category", json!({"name": "退院時の連携", "remove": true})).await;
        let said = forge(world, "薬剤師会の会長", &custom_id, Some(&["1"])).await.expect_message().text();
        assert!(said.contains("一覧にありません"), "{said}");
        // Once it is taken up, it is the desk's to sort.
        let status = json!({"number": own.to_string(), "status": "sorted"});
        command(world, &coordinator, "issue status", status).await;
        let stale = format!("v1:category-attach:{own}");
        let said = forge(world, "薬剤師会の会長", &stale, Some(&["2"])).await.expect_message().text();
        assert!(said.contains("すでに整理が始まっています"), "{said}");
    })
    .await;
}

#[tokio::test]
async fn names_of_the_list_may_be_chosen_at_once() {
    world(Database::Sqlite, async |world| {
        make(world, &["退院時の連携", "情報共有"]).await;
        let said = json!({"text": "退院の連絡が遅い", "tier": 2, "about": "病院連携室", "category": "情報共有、退院時の連携"});
        let (number, answer) = add(world, "薬剤師会の会員", said).await;
        assert!(answer.selects().is_empty(), "what is sorted is not suggested");
        let expected = Some("「情報共有」「退院時の連携」");
        assert_eq!(categories(world, "薬剤師会の会員", number).await.as_deref(), expected);
        let said = json!({"text": "連絡が遅い", "category": "情報の共有"});
        let refused = command(world, &world.person("薬剤師会の会員"), "issue add", said).await.text();
        assert!(refused.contains("「情報の共有」というカテゴリはありません"), "{refused}");
        assert!(refused.contains("退院時の連携、情報共有"), "{refused}");
        let list = command(world, &world.person("薬剤師会の会員"), "issue list", json!({"mine": true})).await;
        assert!(list.text().contains("全1件"), "nothing was kept: {}", list.text());
    })
    .await;
}

#[tokio::test]
async fn a_form_keeps_what_was_chosen_before_it_opened() {
    world(Database::Sqlite, async |world| {
        make(world, &["退院時の連携"]).await;
        let chair = world.person("薬剤師会の会長");
        let options = json!({"category": "退院時の連携", "tier": 1});
        let form = chair
            .slash(world.channel("広場"), "issue add", options)
            .await
            .expect_modal();
        world.restart().await;
        let chair = world.person("薬剤師会の会長");
        let fields =
            json!({"text": "退院の支度が重なると人手が足りない", "note": "", "speaker": ""});
        let answer = chair.submit(&form, fields).await.expect_message();
        world.settled().await;
        let number = crate::number_in(&answer);
        let card = world.cards("一次-薬剤師会").remove(0);
        assert_eq!(field(&card, FIELD).as_deref(), Some("「退院時の連携」"));
        assert_eq!(
            categories(world, "薬剤師会の会長", number).await.as_deref(),
            Some("「退院時の連携」")
        );
    })
    .await;
}

#[tokio::test]
async fn a_coordinator_s_new_name_does_not_lose_what_was_written() {
    world(Database::Sqlite, async |world| {
        let said =
            json!({"text": "夜中に頼れる先が分からない", "tier": 3, "category": "夜間・救急"});
        let (number, answer) = add(world, "コーディネーター", said).await;
        assert!(
            answer
                .text()
                .contains("新しいカテゴリ「夜間・救急」を作って"),
            "{}",
            answer.text()
        );
        assert_eq!(categories(world, "コーディネーター", number).await, None);
        let coordinator = world.person("コーディネーター");
        let made = coordinator
            .press_label(answer.id, MAKE)
            .await
            .expect_message();
        world.settled().await;
        assert!(
            made.text().contains("「夜間・救急」を付けました"),
            "{}",
            made.text()
        );
        assert_eq!(
            categories(world, "コーディネーター", number)
                .await
                .as_deref(),
            Some("「夜間・救急」")
        );
    })
    .await;
}

#[tokio::test]
async fn the_list_is_suggested_to_whoever_may_add() {
    world(Database::Sqlite, async |world| {
        make(world, &["退院時の連携", "情報共有", "退院後の生活"]).await;
        let coordinator = world.person("コーディネーター");
        let gone = json!({"name": "退院後の生活", "remove": true});
        command(world, &coordinator, "office category", gone).await;
        for (who, typed, expected) in [
            ("薬剤師会の会員", "", &["退院時の連携", "情報共有"][..]),
            ("薬剤師会の会員", "ﾀｲｲﾝ", &[]),
            ("薬剤師会の会員", "退院", &["退院時の連携"]),
            ("アドバイザー", "共有", &["情報共有"]),
            (
                "コーディネーター",
                "退院時の連携、",
                &["退院時の連携、情報共有"],
            ),
            ("オブザーバー", "", &[]),
            ("所属のない人", "", &[]),
        ] {
            let found = suggested(world, who, "issue add", "category", typed).await;
            assert_eq!(found, expected.to_vec(), "{who} {typed}");
        }
        let nothing: Value = json!({"text": "連絡が遅い", "category": "　"});
        let (_, answer) = add(world, "薬剤師会の会員", nothing).await;
        assert!(answer.text().contains("記録しました"), "{}", answer.text());
    })
    .await;
}
