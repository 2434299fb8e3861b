//! A whole import taken back: what nobody has touched since goes, the rest stays.

use super::{
    CONFIRM, audited, button,
    file::{BEGINNING, Form, csv, file, xlsx_of},
    forge, hand_in, press, stored,
};
use chrono::Duration;
use rstest::rstest;
use serde_json::json;
use tests::{database::Database, world::world};

const UNDO: &str = "取り込みを取り消す";

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn an_import_is_taken_back_but_for_what_changed_since(#[case] database: Database) {
    world(database, async |world| {
        let coordinator = world.person("コーディネーター");
        let preview = hand_in(
            world,
            &coordinator,
            file("一覧.csv", &csv(BEGINNING, Form::Utf8)),
        )
        .await;
        let complete = press(&coordinator, &preview, CONFIRM).await;
        world.settled().await;
        let undo = button(&complete, UNDO);
        let place = world.channel("相談窓口");
        let changed = json!({"number": "2", "status": "planning"});
        coordinator
            .slash(place, "issue status", changed)
            .await
            .expect_message();
        world.settled().await;
        for who in ["二人目のコーディネーター", "薬剤師会の会長"] {
            let said = forge(world, &world.person(who), &undo).await.text();
            assert!(!said.contains("取り消しました"), "{who}: {said}");
        }
        let undone = press(&coordinator, &complete, UNDO).await.text();
        assert!(
            undone.contains("3件を取り消しました") && undone.contains("1件は、そのあと"),
            "{undone}"
        );
        world.settled().await;
        let left = stored(world).await;
        assert_eq!(left.len(), 1);
        assert!(left[0].starts_with("#2 "), "{left:?}");
        assert_eq!(
            world.cards("相談窓口").len(),
            1,
            "its cards are gone with the rest"
        );
        assert!(world.cards("一次-薬剤師会").is_empty());
        let again = forge(world, &coordinator, &undo).await.text();
        assert!(
            again.contains("3件を取り消しました"),
            "a second press tells the same: {again}"
        );
        assert_eq!(
            audited(world, "issue.import-undo").await.len(),
            1,
            "audited once"
        );
        let anew = hand_in(
            world,
            &coordinator,
            file("一覧.csv", &csv(BEGINNING, Form::Utf8)),
        )
        .await;
        assert!(
            anew.text().contains("3件を取り込む"),
            "what was taken back may come again: {}",
            anew.text()
        );
    })
    .await;
}

#[tokio::test]
async fn an_import_is_not_taken_back_as_a_whole_after_ten_minutes() {
    world(Database::Sqlite, async |world| {
        let coordinator = world.person("コーディネーター");
        let preview = hand_in(
            world,
            &coordinator,
            file("一覧.csv", &csv(BEGINNING, Form::Utf8)),
        )
        .await;
        let complete = press(&coordinator, &preview, CONFIRM).await;
        world.settled().await;
        world.clock.advance(Duration::minutes(11));
        let late = press(&coordinator, &complete, UNDO).await.text();
        assert!(late.contains("まとめては取り消せません"), "{late}");
        assert_eq!(stored(world).await.len(), 4);
    })
    .await;
}

#[tokio::test]
async fn a_channel_that_was_told_of_an_import_is_told_that_it_was_taken_back() {
    world(Database::Sqlite, async |world| {
        let coordinator = world.person("コーディネーター");
        let rows = (0..30).map(|number| {
            let number = char::from_u32('あ' as u32 + number).expect("a letter");
            vec![
                "薬剤師".to_owned(),
                format!("{number}の薬局で記録のつけ方がまちまちだ"),
            ]
        });
        let heading = std::iter::once(["職種", "意見"].map(str::to_owned).to_vec());
        let preview = hand_in(
            world,
            &coordinator,
            file("一覧.xlsx", &xlsx_of(heading.chain(rows))),
        )
        .await;
        let complete = press(&coordinator, &preview, CONFIRM).await;
        world.settled().await;
        let told = world.cards("一次-薬剤師会");
        assert_eq!(told.len(), 1, "{}", complete.text());
        assert!(
            told[0].text().contains("30件です（#1～#30"),
            "{}",
            told[0].text()
        );
        // Whoever reads there reads the issues by the card's button.
        let officer = world.person("薬剤師会の会長");
        let list = officer
            .press_label(told[0].id, "一覧を見る")
            .await
            .expect_message();
        assert!(list.text().contains("全30件"), "{}", list.text());
        // An issue gets its card when it changes.
        let place = world.channel("相談窓口");
        let changed = json!({"number": "7", "status": "sorted"});
        coordinator
            .slash(place, "issue status", changed)
            .await
            .expect_message();
        world.settled().await;
        assert_eq!(world.cards("一次-薬剤師会").len(), 2);
        press(&coordinator, &complete, UNDO).await;
        world.settled().await;
        let left = world.cards("一次-薬剤師会");
        let summary = left.iter().find(|card| card.text().contains("取込 1"));
        let summary = summary.expect("it still stands").text();
        assert!(summary.contains("1件です（#7）"), "{summary}");
    })
    .await;
}
