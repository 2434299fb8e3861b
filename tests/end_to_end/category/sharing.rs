//! *Categories only*: what the desk is offered first when something told in confidence is shared.

use super::{FIELD, command, forge, give, make, number_in, shown, suggested};
use crate::{field, wording};
use rstest::rstest;
use serde_json::json;
use std::collections::BTreeSet;
use tests::{
    database::Database,
    world::{World, world},
};

const SAID: &str = "ケアマネジャーから在宅復帰を断られることが続いている";
const TOLD: &str = "「退院時の連携」「職種の理解」に関する課題が挙がっています。";
const OFFER: &str = "カテゴリだけを共有する";
const CIRCLE: &str = "二次-入退院";

/// The hospital's chair tells something in confidence.
async fn told(world: &World) -> i64 {
    let options =
        json!({"text": SAID, "tier": 2, "about": "介護支援専門員", "speaker": "仮名坂 十兵衛"});
    let chair = world.person("病院連携室の会長");
    number_in(&command(world, &chair, "issue add", options).await)
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn the_circle_learns_the_categories_and_nothing_else(#[case] database: Database) {
    world(database, async |world| {
        make(world, &["退院時の連携", "職種の理解"]).await;
        let number = told(world).await;
        let card = world.cards("相談窓口").remove(0);
        let labels: Vec<String> = card.buttons().into_iter().map(|b| b.label).collect();
        assert!(
            !labels.contains(&OFFER.to_owned()),
            "no category, no offer: {labels:?}"
        );
        give(world, number, "退院時の連携、職種の理解").await;
        let card = world.cards("相談窓口").remove(0);
        let coordinator = world.person("コーディネーター");
        let preview = coordinator
            .press_label(card.id, OFFER)
            .await
            .expect_message();
        assert_eq!(wording(&preview), TOLD);
        assert!(!preview.text().contains("在宅復帰"), "{}", preview.text());
        assert!(
            world.cards(CIRCLE).is_empty(),
            "nothing is shared by looking"
        );
        world.restart().await;
        let coordinator = world.person("コーディネーター");
        let answer = coordinator
            .press_label(preview.id, "共有する")
            .await
            .expect_message();
        world.settled().await;
        assert!(answer.text().contains("共有しました"), "{}", answer.text());
        let shared = world.cards(CIRCLE).remove(0);
        assert_eq!(wording(&shared), TOLD);
        for inner in ["在宅復帰", "仮名坂", "病院連携室", "断られる"] {
            assert!(!shared.text().contains(inner), "{inner}: {}", shared.text());
        }
        assert_eq!(
            field(&shared, FIELD),
            None,
            "a share has no categories of its own"
        );
        let mut readers: BTreeSet<u64> = world.city.group("病院連携室").into_iter().collect();
        readers.extend(world.city.group("介護支援専門員連絡協議会"));
        readers.extend(
            ["コーディネーター", "二人目のコーディネーター"].map(|key| world.city.person(key)),
        );
        readers.insert(world.city.owner);
        assert_eq!(world.fake.who_saw(TOLD), readers);
        let again = coordinator
            .press_label(preview.id, "共有する")
            .await
            .expect_message()
            .text();
        assert!(
            again.contains("先に変更") || again.contains("すでに"),
            "{again}"
        );
        assert_eq!(world.cards(CIRCLE).len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_share_never_says_the_categories_of_its_issue() {
    world(Database::Sqlite, async |world| {
        make(world, &["退院時の連携", "断り"]).await;
        let number = told(world).await;
        give(world, number, "断り").await;
        let coordinator = world.person("コーディネーター");
        let words = "退院前の話し合いを早めに始められると助かります";
        let options = json!({"number": number.to_string(), "audience": "tier2", "wording": words});
        let answer = command(world, &coordinator, "issue share", options).await;
        assert!(answer.text().contains("共有しました"), "{}", answer.text());
        for reader in [
            "介護支援専門員連絡協議会の会長",
            "介護支援専門員連絡協議会の会員",
        ] {
            let seen = shown(world, reader, number).await;
            assert!(wording(&seen).contains(words), "{}", seen.text());
            assert!(
                !seen.text().contains("断り") && field(&seen, FIELD).is_none(),
                "{}",
                seen.text()
            );
            let person = world.person(reader);
            let history = person
                .press_label(seen.id, "経過をすべて見る")
                .await
                .expect_message();
            assert!(!history.text().contains("断り"), "{}", history.text());
            for (category, expected) in [
                ("断り", "まだありません"),
                ("未分類", "連携コーディネーターだけ"),
            ] {
                let list =
                    command(world, &person, "issue list", json!({"category": category})).await;
                assert!(list.text().contains(expected), "{}", list.text());
            }
            // Nor does a suggestion name what was shared: it is not read whole.
            let similar = json!({"text": "在宅復帰を断られることが続いていると聞いた", "tier": 1});
            let answer = command(world, &person, "issue add", similar).await;
            assert!(
                !answer.text().contains(&format!("#{number} ")),
                "{}",
                answer.text()
            );
        }
        let all = command(
            world,
            &world.person("介護支援専門員連絡協議会の会長"),
            "issue list",
            json!({}),
        )
        .await;
        assert!(all.text().contains(words), "{}", all.text());
        let found = suggested(
            world,
            "介護支援専門員連絡協議会の会長",
            "issue show",
            "number",
            "断り",
        )
        .await;
        assert!(found.is_empty(), "{found:?}");
    })
    .await;
}

#[tokio::test]
async fn without_categories_it_is_said_to_set_one_first_and_only_the_desk_is_told() {
    world(Database::Sqlite, async |world| {
        make(world, &["退院時の連携"]).await;
        let number = told(world).await;
        let forged = format!("v1:share-categories:{number}");
        for (who, expected) in [
            ("コーディネーター", "カテゴリがありません"),
            ("病院連携室の会長", "連携コーディネーターだけ"),
            ("介護支援専門員連絡協議会の会長", "ないか、ご覧になれません"),
            ("オブザーバー", "ないか、ご覧になれません"),
        ] {
            let said = forge(world, who, &forged, None)
                .await
                .expect_message()
                .text();
            assert!(said.contains(expected), "{who}: {said}");
        }
        let card = world.cards("相談窓口").remove(0);
        let coordinator = world.person("コーディネーター");
        let screen = coordinator
            .press_label(card.id, "このまま共有する")
            .await
            .expect_message();
        assert!(
            screen.text().contains("カテゴリを付けると"),
            "{}",
            screen.text()
        );
        give(world, number, "退院時の連携").await;
        let card = world.cards("相談窓口").remove(0);
        let screen = coordinator
            .press_label(card.id, "このまま共有する")
            .await
            .expect_message();
        let preview = coordinator
            .press_label(screen.id, OFFER)
            .await
            .expect_message();
        assert_eq!(
            wording(&preview),
            "「退院時の連携」に関する課題が挙がっています。"
        );
        // What the preview shows is what is shared, or nothing is.
        let gone =
            json!({"number": number.to_string(), "category": "退院時の連携", "remove": true});
        command(world, &coordinator, "issue category", gone).await;
        let said = coordinator
            .press_label(preview.id, "共有する")
            .await
            .expect_message()
            .text();
        assert!(said.contains("先に変更"), "{said}");
        let send = super::button(&preview, "共有する");
        for who in ["二人目のコーディネーター", "病院連携室の会長"] {
            let said = forge(world, who, &send, None).await.expect_message().text();
            assert!(said.contains("すでに使われています"), "{who}: {said}");
        }
        world.settled().await;
        assert!(world.cards(CIRCLE).is_empty());
    })
    .await;
}
