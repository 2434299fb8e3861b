//! Targets are chosen from a select, 25 a page: below the answer that tells a record was kept, and before the
//! form of what a session has brought.

use super::*;

/// The custom id of the select of a message.
fn select(message: &MessageView) -> String {
    let selects = message.selects();
    assert_eq!(selects.len(), 1, "{}", message.text());
    selects[0]["custom_id"].as_str().expect("an id").to_owned()
}

async fn choose(world: &World, message: &MessageView, values: &[&str]) -> Outcome {
    let coordinator = world.person(COORDINATOR);
    coordinator
        .select(message.id, &select(message), values)
        .await
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn an_entry_is_given_to_more_targets_below_its_answer(#[case] database: Database) {
    world(database, async |world| {
        plan(world).await;
        let kept = note(world, "1", json!({"amount": "3回"})).await;
        insta::assert_snapshot!("target_recorded_select", read(&kept));
        let more = choose(world, &kept, &["1", "2"]).await.expect_message();
        insta::assert_snapshot!("target_record_belongs", read(&more));
        assert!(state(world, "2").await.contains("3/1回"));
        let same = choose(world, &more, &["2", "1"]).await.expect_message();
        assert!(same.text().contains("すでにそのとおり"), "{}", same.text());
        let none = choose(world, &more, &[]).await.expect_message();
        assert!(none.text().contains("1つは要ります"), "{}", none.text());
        let undone = press(world, &more, UNDO).await.expect_message();
        assert!(
            undone.text().contains("元に戻しました"),
            "{}",
            undone.text()
        );
        assert!(state(world, "2").await.contains("0/1回"));
        assert!(state(world, "1").await.contains("3/12回"));
        for (who, values, expected) in [
            (COORDINATOR, &["99"][..], "ボタン"),
            ("薬剤師会の会長", &["2"], "連携コーディネーター"),
        ] {
            let person = world.person(who);
            let forged = forge(world, &person, "v1:target-belong:1:0", Some(values)).await;
            let said = forged.expect_message().text();
            assert!(said.contains(expected), "{who}: {said}");
        }
    })
    .await;
}

#[tokio::test]
async fn sixty_targets_stand_on_three_pages_and_what_was_chosen_on_one_stays() {
    world(Database::Sqlite, async |world| {
        tests::plan::fill(world, 60, 0).await;
        let kept = note(world, "3", json!({"amount": "1回"})).await;
        let second = press(world, &kept, "次へ").await.expect_message();
        let more = choose(world, &second, &["26", "30"]).await.expect_message();
        assert!(more.text().contains("3 件"), "{}", more.text());
        let third = press(world, &more, "次へ").await.expect_message();
        let less = choose(world, &third, &["60"]).await.expect_message();
        for number in ["#3 ", "#26 ", "#30 ", "#60 "] {
            assert!(less.content.contains(number), "{number}: {}", less.content);
        }
        // After a restart the buttons still know where they are.
        world.restart().await;
        let back = press(world, &less, "前へ").await.expect_message();
        let fewer = choose(world, &back, &["30"]).await.expect_message();
        assert!(!fewer.content.contains("#26 "), "{}", fewer.content);
    })
    .await;
}

#[tokio::test]
async fn what_a_session_brought_begins_with_its_targets() {
    world(Database::Sqlite, async |world| {
        tests::plan::fill(world, 30, 0).await;
        hold(world, json!({})).await;
        let shown = desk(world, "session show", json!({"number": "1"})).await;
        let asked = press(world, &shown, "進捗として記録する")
            .await
            .expect_message();
        insta::assert_snapshot!("target_choose", read(&asked));
        let second = press(world, &asked, "次へ").await.expect_message();
        let form = choose(world, &second, &["26", "30"]).await.expect_modal();
        assert_eq!(form.fields[0].value.as_deref(), Some("26、30"));
        let sent = world
            .person(COORDINATOR)
            .submit(&form, json!({"amount": "1回"}))
            .await;
        let kept = sent.expect_message();
        assert!(
            kept.content.contains("#26 ") && kept.content.contains("#30 "),
            "{}",
            kept.text()
        );
    })
    .await;
}
