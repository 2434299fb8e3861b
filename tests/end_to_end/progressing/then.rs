//! A month that is drawn again long after tells dates as they stood on its last day: what was overdue then,
//! and what was planned then for the month after.

use super::*;

const ADVISED: &str = "意見交換会「看取り」";

/// A review of a measure of the region that was to be held in November, and a talk of the region
/// in December.
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

/// A change that is asked about before it is made.
async fn confirmed(world: &World, path: &str, options: Value, label: &str) {
    let asked = command(world, COORDINATOR, path, options).await;
    let coordinator = world.person(COORDINATOR);
    let pressed = coordinator.press_label(asked.id, label).await;
    pressed.expect_message();
    world.settled().await;
}

/// The lines of what was overdue and of what is ahead.
fn told(message: &MessageView) -> String {
    let text = message.text();
    let dated = |line: &&str| {
        let told = ["反省会", "年12月", "年1月"];
        line.starts_with('・') && told.iter().any(|part| line.contains(part))
    };
    let lines = text.lines().filter(dated);
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
        let moved = json!({"number": "1", "date": "2026-12-20", "reason": "会場の都合"});
        command(world, COORDINATOR, "review move", moved).await;
        let moved = json!({"number": "1", "date": "2027-01-15", "reason": "講師の都合"});
        confirmed(world, "session move", moved, "この日程に変える").await;
        let planned = json!({"title": "報告会", "tier": 3, "kind": "report", "date": "2026-12-17"});
        command(world, COORDINATOR, "session plan", planned).await;
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
        assert!(
            !now.text().contains("期日を過ぎた反省会　1件"),
            "{}",
            now.text()
        );
        assert!(now.text().contains("1月15日"), "{}", now.text());
    })
    .await;
}

#[tokio::test]
async fn what_was_called_off_since_was_planned_then() {
    world(Database::Sqlite, async |world| {
        plan(world).await;
        dated(world).await;
        at(world, "2026-12-01 09:00").await;
        assert!(months(world)[0].text().contains(ADVISED));
        let cancelled = json!({"number": "1", "reason": "講師の都合"});
        confirmed(world, "session cancel", cancelled, "中止にする").await;
        record(world, 2, day(11, 20), "協議会を開いた", Some(1)).await;
        world.settled().await;
        let after = months(world).remove(0);
        assert!(after.text().contains(ADVISED), "{}", after.text());
        let now = command(world, COORDINATOR, "progress month", json!({})).await;
        assert!(!now.text().contains(ADVISED), "{}", now.text());
    })
    .await;
}
