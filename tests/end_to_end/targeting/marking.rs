//! Marks: kept as they were written, and explained where the office has said what they mean.

use super::*;

async fn setting(world: &World, value: &str) -> String {
    said(
        world,
        "office setting",
        json!({"key": "marks", "value": value}),
    )
    .await
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn an_office_says_what_its_marks_mean_and_readers_are_told(#[case] database: Database) {
    world(database, async |world| {
        plan(world).await;
        note(
            world,
            "1",
            json!({"text": "●研修会を開いた", "amount": "3回"}),
        )
        .await;
        let before = show(world, "1").await.text();
        assert!(!before.contains("印の意味"), "{before}");
        for (value, expected) in [
            ("実施", "「実施」が読み取れません"),
            ("●実施、●予定", "二つあります"),
            ("▽実施", "使える印"),
        ] {
            let refused = setting(world, value).await;
            assert!(refused.contains(expected), "{value}: {refused}");
        }
        insta::assert_snapshot!("marks_set", setting(world, "●＝実施、○：予定").await);
        insta::assert_snapshot!("target_shown_marks", read(&show(world, "1").await));
        for path in ["progress month", "progress year"] {
            let shown = desk(world, path, json!({})).await.text();
            assert!(shown.contains("●実施、○予定"), "{path}: {shown}");
        }
        let month = desk(world, "progress month", json!({})).await.text();
        assert!(month.contains("●研修会を開いた"), "{month}");
        let place = world.channel("広場");
        let options = json!({"number": "1", "mark": ""});
        let coordinator = world.person(COORDINATOR);
        let offered = coordinator
            .autocomplete(place, "target record", options, "mark")
            .await;
        let offered = offered.choices().expect("choices");
        let names: Vec<&str> = offered.iter().map(|choice| choice.name.as_str()).collect();
        assert_eq!(names, ["● 実施", "○ 予定", "◎", "△"]);
    })
    .await;
}
