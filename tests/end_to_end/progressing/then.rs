//! A month that is drawn again long after tells dates as they stood on its last day: what was overdue then,
//! and what was planned then for the month after.

use super::*;

const ADVISED: &str = "意見交換会「看取り」";

/// A review of a measure of the region that was to be held in November, a talk of the region and a project
/// of everybody's in December.
async fn dated(world: &World) {
    let told = json!({"text": "休日の受け方が決まっていない", "tier": 3, "origin": "open"});
    let issue = command(world, COORDINATOR, "issue add", told).await;
    let number = crate::number_in(&issue);
    for (path, options) in [
        (
            "issue status",
            json!({"number": number.to_string(), "status": "acting"}),
        ),
        (
            "review plan",
            json!({"of": format!("issue:{number}"), "date": "2026-11-24"}),
        ),
        (
            "session plan",
            json!({"title": ADVISED, "tier": 3, "kind": "exchange", "date": "2026-12-10"}),
        ),
    ] {
        let said = command(world, COORDINATOR, path, options).await;
        assert!(said.ephemeral, "{path}");
    }
}

/// The lines of what was overdue and of what is ahead.
fn told(message: &MessageView) -> String {
    let lines = message.text();
    let lines = lines
        .lines()
        .filter(|line| line.contains("反省会") || line.contains("12月") || line.contains("1月"));
    lines.collect::<Vec<_>>().join("\n")
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn an_old_month_tells_dates_as_they_stood_then(#[case] database: Database) {
    world(database, async |world| {
        plan(world).await;
        dated(world).await;
        at(world, "2026-12-01 09:00").await;
        let posted = months(world).remove(0);
        let before = told(&posted);
        assert!(
            before.contains("反省会 1") && before.contains(ADVISED),
            "{}",
            posted.text()
        );
        insta::assert_snapshot!("month_dates", read(&posted));
        at(world, "2026-12-03 14:00").await;
        for (path, options) in [
            (
                "review move",
                json!({"number": "1", "date": "2026-12-20", "reason": "会場の都合"}),
            ),
            (
                "session move",
                json!({"number": "1", "date": "2027-01-15", "reason": "講師の都合"}),
            ),
            (
                "session plan",
                json!({"title": "報告会", "tier": 3, "kind": "report", "date": "2026-12-17"}),
            ),
        ] {
            command(world, COORDINATOR, path, options).await;
        }
        // What was corrected is told anew; the dates are those of November.
        record(world, 2, day(11, 20), "協議会を開いた", Some(1)).await;
        world.settled().await;
        let after = months(world).remove(0);
        assert!(after.text().contains("訂正"), "{}", after.text());
        assert_eq!(told(&after), before);
        let options = json!({"month": "2026-11"});
        let asked = command(world, COORDINATOR, "progress month", options).await;
        assert_eq!(told(&asked), before);
        // December knows better.
        let now = command(world, COORDINATOR, "progress month", json!({})).await;
        assert!(!now.text().contains("期限"), "{}", now.text());
        assert!(now.text().contains("1月15日"), "{}", now.text());
    })
    .await;
}

#[tokio::test]
async fn what_was_called_otherwise_since_is_not_told_by_its_old_name() {
    world(Database::Sqlite, async |world| {
        plan(world).await;
        dated(world).await;
        at(world, "2026-12-01 09:00").await;
        assert!(months(world)[0].text().contains(ADVISED));
        let cancelled = json!({"number": "1", "reason": "講師の都合"});
        command(world, COORDINATOR, "session cancel", cancelled).await;
        record(world, 2, day(11, 20), "協議会を開いた", Some(1)).await;
        world.settled().await;
        // It was planned then, and is told.
        let after = months(world).remove(0);
        assert!(after.text().contains(ADVISED), "{}", after.text());
    })
    .await;
}
