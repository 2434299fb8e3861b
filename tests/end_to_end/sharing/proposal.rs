//! Associations propose, the desk decides.

use super::{CIRCLE, SHARED, assert_only_shared, desk_card, press, share, show, told};
use crate::{field, number_in, wording};
use rstest::rstest;
use serde_json::json;
use tests::{database::Database, world::world};

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn a_proposal_waits_for_the_desk_and_is_posted_when_it_is_approved(
    #[case] database: Database,
) {
    world(database, async |world| {
        let number = told(world).await;
        let contact = world.person("病院連携室の連携担当");
        let options = json!({"number": number.to_string(), "audience": "tier2", "wording": SHARED});
        let answer = share(world, &contact, options).await;
        let said = answer.text();
        assert!(
            said.contains("共有するかどうかは相談窓口が決めます"),
            "{said}"
        );
        assert!(!said.contains("<#"), "nothing was posted yet");
        world.settled().await;
        assert!(world.cards(CIRCLE).is_empty());
        let card = desk_card(world, number);
        let waiting = field(
            &card,
            "共有の提案（案1）→ 二次連携（病院連携室、介護支援専門員連絡協議会）",
        )
        .expect("the proposal stands on the card");
        assert!(waiting.contains(SHARED), "{waiting}");
        assert!(
            waiting.contains(&format!("<@{}>", contact.id())),
            "{waiting}"
        );
        let shown = show(world, "病院連携室の連携担当", number).await;
        let state = field(&shown, "共有").expect("what became of it");
        assert!(state.contains("相談窓口の返事待ち"), "{state}");
        let coordinator = world.person("コーディネーター");
        let answer = press(world, &coordinator, number, "承認（案1）")
            .await
            .expect_message();
        assert!(answer.text().contains("共有しました"), "{}", answer.text());
        world.settled().await;
        let cards = world.cards(CIRCLE);
        assert_eq!(cards.len(), 1);
        assert_only_shared(&cards[0], SHARED);
        let shown = show(world, "病院連携室の連携担当", number).await;
        assert!(field(&shown, "共有").expect("it").contains("：承認（"));
    })
    .await;
}

#[tokio::test]
async fn the_desk_approves_other_words_than_were_proposed() {
    world(Database::Sqlite, async |world| {
        let number = told(world).await;
        let chair = world.person("病院連携室の会長");
        let proposed = "ケアマネの方に早めに来てほしいです";
        let options =
            json!({"number": number.to_string(), "audience": "tier2", "wording": proposed});
        share(world, &chair, options).await;
        world.settled().await;
        let coordinator = world.person("コーディネーター");
        let form = press(world, &coordinator, number, "文を直して承認（案1）")
            .await
            .expect_modal();
        assert_eq!(form.fields[0].value.as_deref(), Some(proposed));
        coordinator
            .submit(&form, json!({"wording": SHARED}))
            .await
            .expect_message();
        world.settled().await;
        assert_only_shared(&world.cards(CIRCLE)[0], SHARED);
        let card = desk_card(world, number);
        let labels: Vec<String> = card.buttons().into_iter().map(|b| b.label).collect();
        assert!(
            !labels.iter().any(|label| label.contains("案1")),
            "{labels:?}"
        );
    })
    .await;
}

#[tokio::test]
async fn a_proposal_that_is_turned_down_says_why_to_whoever_made_it() {
    world(Database::Sqlite, async |world| {
        let number = told(world).await;
        let chair = world.person("病院連携室の会長");
        let options = json!({"number": number.to_string(), "audience": "tier3", "wording": SHARED});
        share(world, &chair, options).await;
        world.settled().await;
        let coordinator = world.person("コーディネーター");
        let form = press(world, &coordinator, number, "見送り（案1）")
            .await
            .expect_modal();
        let reason = "先に団体どうしで話してみます";
        let answer = coordinator
            .submit(&form, json!({"reason": reason}))
            .await
            .expect_message();
        assert!(answer.text().contains("見送りました"), "{}", answer.text());
        world.settled().await;
        let shown = show(world, "病院連携室の会長", number).await;
        assert!(field(&shown, "共有").expect("it").contains("：見送り（"));
        let steps = field(&shown, "これまでの経過").expect("the way so far");
        assert!(
            steps.contains("共有の見送り") && steps.contains(reason),
            "{steps}"
        );
        assert!(world.cards("三次連携").is_empty());
        let form = coordinator
            .submit(&form, json!({"reason": ""}))
            .await
            .expect_message();
        assert!(
            form.text().contains("が決めました（見送り）"),
            "{}",
            form.text()
        );
    })
    .await;
}

#[tokio::test]
async fn an_association_s_own_matter_comes_to_the_desk_with_its_proposal() {
    world(Database::Sqlite, async |world| {
        let member = world.person("薬剤師会の会員");
        let options = json!({"text": "在宅の当番の組み方がまちまちで苦しい", "tier": 1});
        let answer = member
            .slash(world.channel("広場"), "issue add", options)
            .await
            .expect_message();
        let number = number_in(&answer);
        world.settled().await;
        assert!(world.cards("相談窓口").is_empty());
        let words = "在宅の当番について、ほかの団体の工夫を知りたい";
        let options = json!({"number": number.to_string(), "audience": "tier3", "wording": words});
        share(world, &member, options).await;
        world.settled().await;
        let card = desk_card(world, number);
        assert!(
            wording(&card).contains("当番の組み方"),
            "the desk reads the whole"
        );
        assert_eq!(
            world.cards("一次-薬剤師会").len(),
            1,
            "it stands there as well"
        );
        let coordinator = world.person("コーディネーター");
        press(world, &coordinator, number, "承認（案1）")
            .await
            .expect_message();
        world.settled().await;
        assert!(
            world.cards("相談窓口").is_empty(),
            "nothing waits there any more"
        );
        assert_eq!(world.cards("三次連携").len(), 1);
        assert!(wording(&world.cards("三次連携")[0]).contains(words));
    })
    .await;
}

#[tokio::test]
async fn two_coordinators_who_press_at_once_decide_once() {
    world(Database::Sqlite, async |world| {
        let number = told(world).await;
        let chair = world.person("病院連携室の会長");
        let options = json!({"number": number.to_string(), "audience": "tier2", "wording": SHARED});
        share(world, &chair, options).await;
        world.settled().await;
        let card = desk_card(world, number).id;
        let first = world.person("コーディネーター");
        let second = world.person("二人目のコーディネーター");
        let (one, two) = tokio::join!(
            first.press_label(card, "承認（案1）"),
            second.press_label(card, "承認（案1）"),
        );
        let answers = [one, two].map(|answer| answer.expect_message().text());
        let shared = answers
            .iter()
            .filter(|a| a.contains("共有しました"))
            .count();
        let told = answers
            .iter()
            .filter(|a| a.contains("が決めました（承認）"))
            .count();
        assert_eq!((shared, told), (1, 1), "{answers:?}");
        world.settled().await;
        assert_eq!(world.cards(CIRCLE).len(), 1);
    })
    .await;
}

#[tokio::test]
async fn only_so_many_proposals_wait_at_once() {
    world(Database::Sqlite, async |world| {
        let number = told(world).await;
        let chair = world.person("病院連携室の会長");
        for turn in 1..=4 {
            let options = json!({
                "number": number.to_string(), "audience": "tier2",
                "wording": format!("{turn}番目の言い方で伝えてみたい"),
            });
            let answer = share(world, &chair, options).await.text();
            let expected = if turn < 4 {
                "相談窓口へ届けました"
            } else {
                "すでに3件あります"
            };
            assert!(answer.contains(expected), "{turn}: {answer}");
        }
        world.settled().await;
        assert_eq!(
            desk_card(world, number).components.len(),
            5,
            "as many rows as there may be"
        );
    })
    .await;
}
