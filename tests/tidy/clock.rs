//! Clocks. The system clock is read in one file; office timers wait on `Clock`; nothing stops a thread.

use crate::{Complaint, finds, hold, house::HOUSE, source::Source};

/// Where the time of day is read: the bot's own clock, and the stand-in's, which is a machine of its
/// own (its clock is the wire's) and is tested as such.
const READERS: &[&str] = &[
    "bot/src/clock.rs",
    "tests/fake_discord/src/clock.rs",
    "tests/fake_discord/tests/",
];
/// What reads the time of day.
const READS: &[&str] = &[
    "Utc::now",
    "Local::now",
    "SystemTime::now",
    "UNIX_EPOCH::elapsed",
];

/// Rooms whose waiting is office time: they wait on `Clock`, and measure with deadlines only.
const OFFICE_ROOMS: &[&str] = &["storage/src/", "commands/src/"];
/// What waits in the machine's time.
const WAITS: &[&str] = &[
    "time::sleep",
    "time::sleep_until",
    "time::interval",
    "time::interval_at",
];
/// Files of the bot that wait on the wire: back-off, heartbeats, leases, shut-down.
const WIRE_FILES: &[&str] = &[
    "bot/src/clock.rs",
    "bot/src/feed",
    "bot/src/gateway",
    "bot/src/health",
    "bot/src/housekeeping",
    "bot/src/outbox",
    "bot/src/registration.rs",
    "bot/src/run",
    "bot/src/watchdog.rs",
];

fn ends_with(path: &str, name: &str) -> bool {
    path == name || path.ends_with(&format!("::{name}"))
}

fn check<'s>(sources: impl Iterator<Item = &'s Source>) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    for source in sources {
        let path = source.path.as_str();
        // Tests run against the stand-in's own time too, but only through the stand-in.
        for seen in &source.paths {
            let reads = READS.iter().any(|name| ends_with(&seen.what, name));
            if reads && !READERS.iter().any(|reader| path.starts_with(reader)) {
                let what = format!("{} reads the system clock; `now` is an argument", seen.what);
                complaints.push(Complaint::new(path, seen.line, what));
            }
            if ends_with(&seen.what, "thread::sleep") {
                let what = "thread::sleep stops a worker; wait for what you wait for";
                complaints.push(Complaint::new(path, seen.line, what));
            }
        }
        let in_office = OFFICE_ROOMS.iter().any(|room| path.starts_with(room));
        let on_wire = WIRE_FILES.iter().any(|file| path.starts_with(file));
        if in_office || (path.starts_with("bot/src/") && !on_wire) {
            for seen in source.plain_paths() {
                if WAITS.iter().any(|name| ends_with(&seen.what, name)) {
                    let what = format!("{} is the wire's time; wait on `Clock`", seen.what);
                    complaints.push(Complaint::new(path, seen.line, what));
                }
            }
        }
    }
    complaints
}

#[test]
fn the_system_clock_is_read_in_one_file() {
    hold(check(HOUSE.sources.iter()));
}

#[test]
fn a_second_clock_is_found() {
    let bad = |path, text| Source::read(path, text);
    let sources = [
        bad(
            "commands/src/issue/late.rs",
            "fn f() { let now = chrono::Utc::now(); }",
        ),
        bad(
            "storage/src/late.rs",
            "async fn f() { tokio::time::sleep(d).await; }",
        ),
        bad(
            "bot/src/occurrence.rs",
            "async fn f() { tokio::time::interval(d); }",
        ),
        bad(
            "tests/end_to_end/late.rs",
            "fn f() { std::thread::sleep(d); SystemTime::now(); }",
        ),
        bad(
            "bot/src/outbox.rs",
            "async fn f() { tokio::time::sleep(d).await; Instant::now(); }",
        ),
        bad("bot/src/clock.rs", "fn now() { SystemTime::now(); }"),
    ];
    finds(
        &check(sources.iter()),
        &[
            "Utc::now",
            "time::sleep",
            "time::interval",
            "thread::sleep",
            "SystemTime::now",
        ],
    );
}
