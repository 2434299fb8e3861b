//! A list of what was said at a session.

use super::{
    CONFIRM, button,
    file::{Form, csv, file},
    forge, press, stored,
};
use crate::planning::issue::meanwhile;
use fake_discord::MessageView;
use serde_json::{Value, json};
use tests::{
    database::Database,
    world::{World, world},
};

const LIST: &[&[&str]] = &[
    &["意見"],
    &["退院のときの連絡が病院から来ない"],
    &["残った薬の数え方がまちまちだ"],
];

async fn command(world: &World, who: &str, path: &str, options: Value) -> MessageView {
    let (person, place) = (world.person(who), world.channel("広場"));
    let answer = person.slash(place, path, options);
    answer.await.expect_message()
}

/// A talk with the pharmacists, a few days ago.
async fn talked(world: &World) -> MessageView {
    let talk = json!({
        "title": "薬剤師会との打合せ会", "tier": 1, "kind": "meeting", "date": "令和8年11月18日",
        "associations": "薬剤師会",
    });
    command(world, "コーディネーター", "session plan", talk).await
}

async fn handed_in(world: &World, options: Value) -> MessageView {
    let mut given = json!({ "file": file("一覧.csv", &csv(LIST, Form::Utf8)) });
    for (name, value) in options.as_object().expect("options") {
        given[name] = value.clone();
    }
    command(world, "コーディネーター", "issue import", given).await
}

#[tokio::test]
async fn a_list_of_a_talk_is_taken_in_as_said_there_by_its_association() {
    world(Database::Sqlite, async |world| {
        talked(world).await;
        let coordinator = world.person("コーディネーター");
        let preview = handed_in(world, json!({"session": "1"})).await;
        let text = preview.text();
        assert!(
            text.contains("連携の場 1　第1回 薬剤師会との打合せ会"),
            "{text}"
        );
        assert!(text.contains("非公開"), "{text}");
        press(&coordinator, &preview, CONFIRM).await;
        world.settled().await;
        let issues = stored(world).await;
        assert_eq!(issues.len(), 2);
        for issue in &issues {
            assert!(
                issue.contains("薬剤師会") && issue.contains("Meeting"),
                "{issue}"
            );
        }
        let there = json!({"session": "1"});
        let list = command(world, "薬剤師会の会長", "issue list", there.clone()).await;
        assert!(list.text().contains("残った薬"), "{}", list.text());
        let again = handed_in(world, there).await;
        assert!(again.text().contains("既にある行 2件"), "{}", again.text());
    })
    .await;
}

#[tokio::test]
async fn what_was_said_openly_is_taken_in_as_open_when_the_desk_says_so() {
    world(Database::Sqlite, async |world| {
        let coordinator = world.person("コーディネーター");
        let preview = handed_in(world, json!({"origin": "open"})).await;
        let text = preview.text();
        assert!(text.contains("公開の場で出た意見として"), "{text}");
        press(&coordinator, &preview, CONFIRM).await;
        world.settled().await;
        let issues = stored(world).await;
        assert!(
            issues.iter().all(|issue| issue.contains("Open")),
            "{issues:?}"
        );
    })
    .await;
}

#[tokio::test]
async fn a_list_is_not_taken_in_for_a_session_that_was_taken_back_meanwhile() {
    world(Database::Sqlite, async |world| {
        let planned = talked(world).await;
        let coordinator = world.person("コーディネーター");
        let preview = handed_in(world, json!({"session": "1"})).await;
        coordinator
            .press(planned.id, &button(&planned, "元に戻す"))
            .await;
        let refused = forge(world, &coordinator, &button(&preview, CONFIRM)).await;
        assert!(
            refused.text().contains("連携の場は、ないか"),
            "{}",
            refused.text()
        );
        assert!(stored(world).await.is_empty());
        for (number, expected) in [("77", "連携の場は、ないか"), ("いつもの", "候補から選ぶか")]
        {
            let refused = handed_in(world, json!({"session": number})).await;
            assert!(refused.text().contains(expected), "{}", refused.text());
        }
    })
    .await;
}

#[tokio::test]
async fn a_list_of_a_session_that_is_taken_back_meanwhile_is_not_taken_in() {
    world(Database::Sqlite, async |world| {
        talked(world).await;
        let coordinator = world.person("コーディネーター");
        let preview = handed_in(world, json!({"session": "1"})).await;
        let confirm = button(&preview, CONFIRM);
        let said = meanwhile(world, coordinator.press(preview.id, &confirm)).await;
        assert!(said.contains("ちょうど今"), "{said}");
        assert_eq!(stored(world).await, Vec::<String>::new());
    })
    .await;
}
