//! `/progress month` and `/progress year`: everybody reads what is theirs to know.

use super::*;

#[tokio::test]
async fn everybody_reads_the_month_as_far_as_it_is_theirs_to_know() {
    world(Database::Sqlite, async |world| {
        plan(world).await;
        hand_over(world, 1, 3).await;
        let item = "多職種連携研修";
        for (who, seen) in [
            (COORDINATOR, true),
            ("アドバイザー", true),
            ("薬剤師会の会長", true),
            (MEMBER, false),
            ("オブザーバー", false),
            ("医師会の会長", false),
        ] {
            let told = command(world, who, "progress month", json!({})).await;
            assert!(told.ephemeral);
            assert_eq!(told.text().contains(item), seen, "{who}: {}", told.text());
            assert_eq!(
                files(&told),
                ["month-202611.png", "month-202611.xlsx"],
                "{who}"
            );
            let alternative = told.attachments[0].description.as_deref();
            assert_eq!(
                alternative.is_some_and(|words| words.contains(item)),
                seen,
                "{who}: {alternative:?}"
            );
        }
        let told = command(world, COORDINATOR, "progress month", json!({})).await;
        insta::assert_snapshot!("month_asked", read(&told));
    })
    .await;
}

#[tokio::test]
async fn what_is_no_month_or_not_theirs_to_post_is_refused_with_what_to_do() {
    world(Database::Sqlite, async |world| {
        plan(world).await;
        for (who, path, options, expected) in [
            (
                COORDINATOR,
                "progress month",
                json!({"month": "来世"}),
                "先月",
            ),
            (
                COORDINATOR,
                "progress month",
                json!({"month": "2026-12"}),
                "12月1日(火) から",
            ),
            (
                COORDINATOR,
                "progress year",
                json!({"year": "令和9年度"}),
                "4月1日(木) から",
            ),
            (
                COORDINATOR,
                "progress year",
                json!({"year": "来世"}),
                "年度",
            ),
            (
                MEMBER,
                "progress month",
                json!({"post": true}),
                "連携コーディネーターだけ",
            ),
            (
                "オブザーバー",
                "progress year",
                json!({"post": true}),
                "連携コーディネーターだけ",
            ),
        ] {
            let said = command(world, who, path, options.clone()).await;
            assert!(said.text().contains(expected), "{options}: {}", said.text());
            assert!(said.attachments.is_empty());
        }
        assert!(months(world).is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_year_is_told_to_the_council_and_its_budget_to_the_desk() {
    world(Database::Sqlite, async |world| {
        plan(world).await;
        let project = json!({
            "title": "市民講座", "associations": "薬剤師会", "date": "2026-12-12", "budget": "5万円",
        });
        command(world, COORDINATOR, "project add", project).await;
        let told = command(world, COORDINATOR, "progress year", json!({})).await;
        insta::assert_snapshot!("year_asked", read(&told));
        assert_eq!(files(&told), ["year-2026.png", "year-2026.xlsx"]);
        let told = command(world, MEMBER, "progress year", json!({})).await;
        assert!(!told.text().contains("予算"), "{}", told.text());
        let options = json!({"post": true});
        command(world, COORDINATOR, "progress year", options).await;
        world.settled().await;
        let posted = posts(world, PROGRESS, "令和8年度の報告");
        assert_eq!(posted.len(), 1, "{}", world.log());
        assert!(!posted[0].text().contains("予算"));
        assert_eq!(files(&posted[0]), ["year-2026.png", "year-2026.xlsx"]);
    })
    .await;
}
