//! Merging at the desk: two opinions of two associations, one card, everybody's own words.

use super::{TOLD, add, ask, found, search, show};
use crate::{field, number_in};
use fake_discord::MessageView;
use serde_json::{Value, json};
use storage::{Subject, SubjectKind, audit, history};
use tests::{
    database::Database,
    world::{World, world},
};

/// The pharmacists' and the hospital's word for the same matter, each in confidence.
const ONE: &str = "夜間の当番の組み方がまちまちで困っている";
const OTHER: &str = "夜間の当番の組み方が人によってまちまちで、確認に手間がかかる";
const DESK: &str = "コーディネーター";

/// Presses a button that nobody was shown, as a changed client may.
async fn forge(world: &World, key: &str, custom_id: &str) -> String {
    let (who, place) = (world.person(key), world.channel("広場"));
    let own = ask(world, &who, "help", json!({})).await;
    let data = json!({"custom_id": custom_id, "component_type": 2});
    let said = who.deliver_raw(place, 3, data, Some(own.id)).await;
    world.settled().await;
    said.expect_message().text()
}

/// Two issues: the pharmacists' and the hospital's.
async fn two(world: &World) -> (i64, i64) {
    let (first, _) = add(world, "薬剤師会の会長", json!({"text": ONE, "tier": 1})).await;
    let (second, _) = add(world, "病院連携室の会長", json!({"text": OTHER, "tier": 1})).await;
    (first, second)
}

/// The desk merges by the button on `/issue show`.
async fn merge(world: &World, issue: i64, into: i64) -> MessageView {
    let shown = show(world, DESK, issue).await;
    assert!(shown.text().contains("似た意見"), "{}", shown.text());
    let label = format!("#{into}と同じ意見としてまとめる");
    let said = world.person(DESK).press_label(shown.id, &label).await;
    world.settled().await;
    said.expect_message()
}

async fn status(world: &World, number: i64, options: Value) -> MessageView {
    let mut options = options;
    options["number"] = json!(number.to_string());
    ask(world, &world.person(DESK), "issue status", options).await
}

async fn traces(world: &World, number: i64) -> (Vec<String>, Vec<String>) {
    let server = domain::id::ServerId(world.city.guild);
    let office = world.store().office(server).await.expect("it is read");
    let office = office.expect("an office").id;
    let subject = Subject {
        kind: SubjectKind::Issue,
        id: number,
    };
    let (steps, page) = world
        .store()
        .read(move |connection| {
            Box::pin(async move {
                let steps = history::of(connection, office, subject).await?;
                let all = audit::Filter::default();
                let page = audit::list(connection, office, &all, 0, audit::PAGE_MAX).await?;
                Ok((steps, page))
            })
        })
        .await
        .expect("traces are read");
    let audited = page
        .entries
        .into_iter()
        .filter(|entry| entry.subject == Some(("issue".into(), number)));
    (
        steps.into_iter().map(|step| step.act).collect(),
        audited.map(|entry| entry.act).collect(),
    )
}

#[tokio::test]
async fn the_desk_takes_two_issues_for_one_opinion_and_one_card_stands() {
    world(Database::Sqlite, async |world| {
        let (first, second) = two(world).await;
        assert_eq!(world.cards("一次-病院連携室").len(), 1);
        let said = merge(world, second, first).await;
        assert!(said.text().contains("2件の意見"), "{}", said.text());
        assert!(
            world.cards("一次-病院連携室").is_empty(),
            "its card is gone"
        );
        let card = world.cards("一次-薬剤師会").remove(0);
        assert!(
            !card.text().contains("同じ意見"),
            "no other card says so: {}",
            card.text()
        );
        // Whoever raised it goes on reading it, without the number of what is not theirs.
        let shown = show(world, "病院連携室の会長", second).await.text();
        assert!(
            shown.contains(OTHER) && shown.contains("ほかの意見とまとめて"),
            "{shown}"
        );
        let named = [' ', '　', '（', '）'].map(|after| format!("#{first}{after}"));
        assert!(!named.iter().any(|name| shown.contains(name)), "{shown}");
        let list = ask(
            world,
            &world.person("病院連携室の会長"),
            "issue list",
            json!({}),
        )
        .await;
        assert!(
            list.text().contains(&format!("#{second}")),
            "{}",
            list.text()
        );
        // Whoever reads only the other learns nothing of it.
        let shown = show(world, "薬剤師会の会長", first).await.text();
        assert!(
            !shown.contains("まとめ") && !shown.contains("同じ意見"),
            "{shown}"
        );
        assert_eq!(found(&search(world, "薬剤師会の会長", "確認").await), 0);
        // The desk sees both, and finds the words of the merged one.
        let shown = show(world, DESK, first).await.text();
        assert!(shown.contains(&format!("2件（#{second}）")), "{shown}");
        let answer = search(world, DESK, "確認").await.text();
        assert!(answer.contains(&format!("#{first} と同じ意見")), "{answer}");
        for (number, act) in [(first, "issue.gather"), (second, "issue.merge")] {
            let (steps, audited) = traces(world, number).await;
            assert!(steps.iter().any(|step| step == act), "{steps:?}");
            assert!(audited.iter().any(|entry| entry == act), "{audited:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_becomes_of_one_becomes_of_all_that_were_merged_into_it() {
    world(Database::Postgres, async |world| {
        let (first, second) = two(world).await;
        merge(world, second, first).await;
        let refused = status(world, second, json!({"status": "planning"}))
            .await
            .text();
        assert!(
            refused.contains(&format!("まとめ先の #{first}")),
            "{refused}"
        );
        let answer = status(world, first, json!({"status": "planning"})).await;
        let shown = show(world, "病院連携室の会長", second).await;
        assert_eq!(field(&shown, "状況").as_deref(), Some("検討中"));
        let coordinator = world.person(DESK);
        coordinator
            .press_label(answer.id, "元に戻す（10分以内）")
            .await
            .expect_message();
        world.settled().await;
        let shown = show(world, "病院連携室の会長", second).await;
        assert_eq!(
            field(&shown, "状況").as_deref(),
            Some("受付"),
            "an undo is followed too"
        );
        status(
            world,
            first,
            json!({"status": "dropped", "note": "様式を配ったため"}),
        )
        .await;
        let shown = show(world, DESK, second).await;
        assert_eq!(field(&shown, "状況").as_deref(), Some("見送り"));
        // It comes apart with the status it has by now, and its card stands again.
        let apart = coordinator
            .press_label(shown.id, "まとめを解く")
            .await
            .expect_message();
        world.settled().await;
        assert!(
            apart.text().contains("まとめを解きました"),
            "{}",
            apart.text()
        );
        assert_eq!(world.cards("一次-病院連携室").len(), 1);
        let twice = forge(world, DESK, &format!("v1:merge-apart:{second}")).await;
        assert!(twice.contains("まとめてありません"), "{twice}");
        let again = coordinator
            .press_label(apart.id, &format!("#{first}ともう一度まとめる"))
            .await;
        world.settled().await;
        assert!(again.expect_message().text().contains("2件の意見"));
    })
    .await;
}

#[tokio::test]
async fn what_was_shared_of_a_merged_issue_stands_and_follows_the_status() {
    world(Database::Sqlite, async |world| {
        let (first, second) = two(world).await;
        let coordinator = world.person(DESK);
        let options = json!({"number": second.to_string(), "audience": "tier3", "wording": TOLD});
        ask(world, &coordinator, "issue share", options).await;
        merge(world, second, first).await;
        let shared = world.cards("三次連携").remove(0);
        assert!(
            shared.text().contains(TOLD) && !shared.text().contains("まとめ"),
            "{}",
            shared.text()
        );
        status(world, first, json!({"status": "planning"})).await;
        let shared = world.cards("三次連携").remove(0);
        assert_eq!(field(&shared, "状況").as_deref(), Some("検討中"));
        let shown = show(world, "オブザーバー", second).await.text();
        assert!(shown.contains(TOLD) && !shown.contains("まとめ"), "{shown}");
        let options =
            json!({"number": second.to_string(), "audience": "tier3", "wording": "別の言い方"});
        let refused = ask(world, &coordinator, "issue share", options)
            .await
            .text();
        assert!(refused.contains("ほかの意見とまとめてある"), "{refused}");
    })
    .await;
}

#[tokio::test]
async fn three_become_one_in_one_step_and_an_undo_brings_them_back() {
    world(Database::Sqlite, async |world| {
        let (first, second) = two(world).await;
        let (third, _) = add(
            world,
            "病院連携室の連携担当",
            json!({"text": OTHER, "tier": 1}),
        )
        .await;
        forge(world, DESK, &format!("v1:merge-same:{third}:{second}")).await;
        let said = merge(world, second, first).await;
        assert!(said.text().contains("3件の意見"), "{}", said.text());
        let shown = show(world, DESK, third).await.text();
        assert!(shown.contains(&format!("#{first} と同じ意見")), "{shown}");
        world
            .person(DESK)
            .press_label(said.id, "元に戻す（10分以内）")
            .await
            .expect_message();
        world.settled().await;
        let shown = show(world, DESK, third).await.text();
        assert!(shown.contains(&format!("#{second} と同じ意見")), "{shown}");
        let shown = show(world, DESK, first).await.text();
        assert!(!shown.contains("この意見を含めて"), "{shown}");
        assert_eq!(
            world.cards("一次-病院連携室").len(),
            1,
            "the second stands for the third"
        );
    })
    .await;
}

#[tokio::test]
async fn two_coordinators_at_once_never_make_a_circle() {
    world(Database::Postgres, async |world| {
        let (first, second) = two(world).await;
        let (there, back) = (
            format!("v1:merge-same:{second}:{first}"),
            format!("v1:merge-same:{first}:{second}"),
        );
        let (one, other) = tokio::join!(
            forge(world, DESK, &there),
            forge(world, "二人目のコーディネーター", &back)
        );
        let merged = [&one, &other]
            .iter()
            .filter(|said| said.contains("2件の意見"))
            .count();
        assert_eq!(merged, 1, "{one} / {other}");
        let refused = if one.contains("2件の意見") {
            other
        } else {
            one
        };
        assert!(
            refused.contains("すでに一つの意見") || refused.contains("先に変更"),
            "{refused}"
        );
        let list = ask(world, &world.person(DESK), "issue list", json!({}))
            .await
            .text();
        assert!(list.contains("全1件"), "{list}");
    })
    .await;
}

#[tokio::test]
async fn nobody_merges_what_is_not_theirs() {
    world(Database::Sqlite, async |world| {
        let (first, second) = two(world).await;
        let (own, _) = add(
            world,
            "病院連携室の会長",
            json!({"text": "書類の様式がそろわない", "tier": 1}),
        )
        .await;
        let nothing = "ないか、ご覧になれません";
        for (key, custom_id, expected) in [
            (
                "病院連携室の会長",
                format!("v1:merge-same:{second}:{first}"),
                nothing,
            ),
            (
                "病院連携室の会長",
                format!("v1:merge-same:{second}:99"),
                nothing,
            ),
            (
                "薬剤師会の会員",
                format!("v1:merge-same:{second}:{first}"),
                nothing,
            ),
            (
                "オブザーバー",
                format!("v1:merge-same:{second}:{first}"),
                "閲覧だけ",
            ),
            (
                "所属のない人",
                format!("v1:merge-same:{second}:{first}"),
                "連携コーディネーターにお尋ねください",
            ),
            (
                "病院連携室の連携担当",
                format!("v1:merge-same:{own}:{second}"),
                "ご自身が記録した",
            ),
            (
                "病院連携室の会長",
                format!("v1:merge-apart:{second}"),
                "連携コーディネーターだけ",
            ),
            (
                DESK,
                format!("v1:merge-same:{second}:{second}"),
                "すでに一つの意見",
            ),
            (
                DESK,
                "v1:merge-same:1:0".to_owned(),
                "このボタンは使えなくなりました",
            ),
        ] {
            let said = forge(world, key, &custom_id).await;
            assert!(said.contains(expected), "{key} {custom_id}: {said}");
        }
        let list = ask(world, &world.person(DESK), "issue list", json!({}))
            .await
            .text();
        assert!(list.contains("全3件"), "{list}");
    })
    .await;
}

#[tokio::test]
async fn an_issue_with_a_waiting_proposal_or_into_one_that_has_ended_is_not_merged() {
    world(Database::Sqlite, async |world| {
        let (first, second) = two(world).await;
        let chair = world.person("病院連携室の会長");
        let options = json!({"number": second.to_string(), "audience": "tier3", "wording": TOLD});
        let answer = ask(world, &chair, "issue share", options).await;
        assert!(answer.text().contains("提案"), "{}", answer.text());
        let same = format!("v1:merge-same:{second}:{first}");
        let said = forge(world, DESK, &same).await;
        assert!(said.contains("返事を待っている共有の提案"), "{said}");
        let card = world
            .cards("相談窓口")
            .into_iter()
            .find(|card| card.text().contains(OTHER))
            .expect("its card");
        let coordinator = world.person(DESK);
        let form = coordinator
            .press_label(card.id, "見送り（案1）")
            .await
            .expect_modal();
        coordinator
            .submit(&form, json!({"reason": ""}))
            .await
            .expect_message();
        world.settled().await;
        status(
            world,
            first,
            json!({"status": "dropped", "note": "様式を配ったため"}),
        )
        .await;
        let said = forge(world, DESK, &same).await;
        assert!(said.contains("すでに終わっています"), "{said}");
        assert_eq!(number_in(&show(world, DESK, second).await), second);
    })
    .await;
}
