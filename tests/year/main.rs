//! A year of fifty offices in some seconds: people plan, move, hold and call off reviews and sessions,
//! offices change what they have set, the program is restarted and is away, deliveries crash. Every
//! reminder that was due must have been said exactly once, in the right place, on the right working day,
//! and nothing of what was called off: by a calculation that shares nothing with the product but the
//! names of what is due ([`expected`], [`day`]).
//!
//! At the end some offices are handed over, and the document is held against what happened in them
//! ([`handover`], [`matter`]).
//!
//! There are no sockets: what is due is dealt with by [`commands::occurrence`], and the outbox is emptied
//! through storage by a worker of the test ([`post`]). Every chance comes from one seed, told when it
//! fails: `RENKEI_YEAR_SEED=7 cargo test --workspace --test year chosen`.

mod day;
mod expected;
mod gathering;
mod handover;
mod life;
mod matter;
mod memo;
mod notice;
mod office;
mod post;
mod rhythm;
mod round;
mod rule;
mod setting;
mod task;

use life::{ACTS_OF_FEW, ACTS_OF_YEAR, Life, Tally};
use tests::database::Database;

/// Variable with the seed of `a_chosen_year`.
const SEED_VARIABLE: &str = "RENKEI_YEAR_SEED";
/// The fiscal year that is lived, where nothing else is said.
const YEAR: i32 = 2026;
/// The fiscal year in which a rule of seed 002 takes effect, and the one in which a transition ends.
const EFFECT_YEAR: i32 = 2018;
const TRANSITION_YEAR: i32 = 2020;
/// Offices of a year.
const OFFICES: usize = 50;
/// Offices that show what is broken: few, in which much happens.
const HARMED_OFFICES: usize = 2;

/// Everything that is said in a year of [`OFFICES`], and how often at least.
const KINDS: [(&str, usize); 14] = [
    ("bulletin:posted", OFFICES),
    ("bulletin:unconfirmed", 2 * OFFICES),
    ("council:plan", OFFICES),
    ("digest:week", 50 * OFFICES),
    ("feedback:month", 5 * OFFICES),
    ("handover:make", OFFICES),
    ("memo:due", 10 * OFFICES),
    ("review:before", 5 * OFFICES),
    ("review:overdue", 20 * OFFICES),
    ("rule:deadline", 10 * OFFICES),
    ("session:account", 2 * OFFICES),
    ("session:before", 5 * OFFICES),
    ("task:before", 2 * OFFICES),
    ("task:overdue", 10 * OFFICES),
];

/// What is broken on purpose, to see that it is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Harm {
    /// Whoever moves, calls off or stops one of these forgets to plan anew.
    Forgets(&'static str),
    /// What is due of these comes a day late.
    Late(&'static str),
    /// A worker does not look for what it may have posted before a crash.
    Doubles,
    /// A worker says that it has posted, and has not.
    Loses,
    /// A worker posts in another channel.
    Strays,
    /// The office's own holidays are not known to the product.
    Wall,
    /// The hour of reminders is not known to the product.
    Hour,
    /// The day of the digest is not known to the product.
    Week,
    /// The product plans nothing by itself.
    Round,
    /// The product does not know which sessions are councils.
    Council,
    /// The product does not know whom notices are for.
    Scope,
    /// Nobody looks what is due after a restart, until something else is.
    Sleeps,
}

/// All of them, with a word of what is found then.
const HARMS: [(Harm, &str); 25] = [
    (Harm::Forgets("review"), "review:"),
    (Harm::Forgets("session"), "session:"),
    (Harm::Forgets("task"), "task:"),
    (Harm::Forgets("memo"), "memo:"),
    (Harm::Forgets("bulletin"), "bulletin:"),
    (Harm::Forgets("rule"), "rule:"),
    (Harm::Late("review"), "review:"),
    (Harm::Late("session"), "session:"),
    (Harm::Late("task"), "task:"),
    (Harm::Late("memo"), "memo:"),
    (Harm::Late("digest"), "digest:"),
    (Harm::Late("council"), "council:"),
    (Harm::Late("feedback"), "feedback:"),
    (Harm::Late("bulletin"), "bulletin:"),
    (Harm::Late("rule"), "rule:"),
    (Harm::Doubles, "said twice"),
    (Harm::Loses, "missing"),
    (Harm::Strays, "tier3"),
    (Harm::Wall, "missing"),
    (Harm::Hour, "missing"),
    (Harm::Week, "digest:"),
    (Harm::Round, "council:"),
    (Harm::Council, "council:"),
    (Harm::Scope, "bulletin:"),
    (Harm::Sleeps, "missing"),
];

async fn live(database: Database, (seed, year): (u64, i32), offices: usize) -> Tally {
    let mut life = Life::begin(database, (seed, year), (offices, ACTS_OF_YEAR), None).await;
    life.live()
        .await
        .unwrap_or_else(|found| panic!("seed {seed} on {database:?}: {found}"))
}

#[tokio::test]
async fn a_year_of_fifty_offices_says_every_reminder_once_on_its_day() {
    let tally = live(Database::Sqlite, (1, YEAR), OFFICES).await;
    // A year in which nothing happens proves nothing.
    assert!(tally.said > 1_000, "{tally:?}");
    assert!(tally.restarts > 50 && tally.crashes > 20, "{tally:?}");
    assert!(tally.late > 20 && tally.pointless > 5, "{tally:?}");
    assert!(tally.off_days > 50 && tally.settings > 50, "{tally:?}");
    for (kind, least) in KINDS {
        assert!(tally.of(kind) >= least, "{kind}: {tally:?}");
    }
    let known = KINDS.map(|(kind, _)| kind.to_owned());
    let found: Vec<&String> = tally.kinds.keys().collect();
    assert_eq!(found, known.iter().collect::<Vec<_>>());
    // Two fiscal years begin, and some offices plan their councils themselves.
    assert!(tally.of("council:plan") < 2 * OFFICES, "{tally:?}");
    assert!(tally.handed_over > 100, "{tally:?}");
}

#[tokio::test]
async fn the_same_on_postgres() {
    let tally = live(Database::Postgres, (2, YEAR), OFFICES / 5).await;
    assert!(tally.said > 150, "{tally:?}");
}

#[tokio::test]
async fn a_chosen_year() {
    let seed = std::env::var(SEED_VARIABLE).map_or(3, |seed| seed.parse().expect("a number"));
    live(Database::Sqlite, (seed, YEAR), OFFICES / 5).await;
}

#[tokio::test]
async fn a_rule_is_announced_before_it_takes_effect_and_before_its_transition_ends() {
    let tally = live(Database::Sqlite, (5, EFFECT_YEAR), OFFICES / 10).await;
    for kind in ["rule:effect", "rule:deadline"] {
        assert!(tally.of(kind) > 5, "{kind}: {tally:?}");
    }
    let tally = live(Database::Sqlite, (6, TRANSITION_YEAR), OFFICES / 10).await;
    assert!(tally.of("rule:transition") > 5, "{tally:?}");
}

#[tokio::test]
async fn whatever_is_missing_in_a_handover_is_found() {
    let mut life = Life::begin(Database::Sqlite, (7, YEAR), (2, ACTS_OF_YEAR), None).await;
    assert_eq!(life.live().await.err(), None);
    let handed = life.handed.expect("an office was handed over");
    let rows = handed.judge().expect("it is complete");
    let mut harmed = 0;
    for (sheet, broken) in handed.broken() {
        let found = broken.judge().expect_err("a row less, or one twice");
        assert!(found.contains(sheet), "{sheet} is found as {found}");
        harmed += 1;
    }
    assert_eq!(harmed, 2 * rows, "each row was left out, and stood twice");
    let found = handed.naming_a_speaker().judge();
    let found = found.expect_err("a speaker is named");
    assert!(found.contains("speaker"), "{found}");
}

#[tokio::test]
async fn whatever_is_broken_is_found() {
    let life = async |harm| {
        let few = (HARMED_OFFICES, ACTS_OF_FEW);
        let begun = Life::begin(Database::Sqlite, (9, YEAR), few, harm);
        begun.await.live().await
    };
    assert_eq!(life(None).await.err(), None);
    for (harm, told) in HARMS {
        let found = life(Some(harm)).await.err();
        let found = found.unwrap_or_else(|| panic!("{harm:?} is not found"));
        assert!(found.contains(told), "{harm:?} is found as {found}");
    }
}
