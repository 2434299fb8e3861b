//! Power cuts while people work: at every named point of the product and at moments in between, again
//! and again, on both databases. What was acknowledged is there once, what was not is there whole or not
//! at all, and every card stands in its place.
//!
//! `RENKEI_CRASH_ROUNDS=100 cargo test --workspace --test end_to_end crash` cuts the power a hundred times on
//! each database; `RENKEI_CRASH_SEED` lives a certain life again.

mod colleague;
mod judge;
mod ledger;
pub(crate) mod process;

use colleague::Colleague;
use futures::future::join_all;
use judge::judge;
use ledger::Case;
use process::{Bots, Process};
use rstest::rstest;
use std::{collections::BTreeMap, time::Duration};
use storage::Store;
use tests::{
    database::Database,
    dice::Dice,
    point::{POINTS, Point},
    world::{PATIENCE, World, world_without_bot},
};

/// Variable with the number of cuts on each database.
const ROUNDS_VARIABLE: &str = "RENKEI_CRASH_ROUNDS";
/// Variable with the seed all chances come from.
const SEED_VARIABLE: &str = "RENKEI_CRASH_SEED";
/// Cuts on each database unless said otherwise.
const ROUNDS: usize = 25;
/// After so many cuts everything is looked at.
const LOOK_EVERY: usize = 10;
/// What everybody does in a round, when the bot lives that long.
const THINGS: usize = 3;
/// A point is passed at most so often before it is deadly.
const PASSES_MAX: usize = 5;
/// A cut at no named point comes within this time.
const MOMENT_MS_MAX: usize = 250;
/// Rounds with two processes, of which one dies in each.
const PAIRED_ROUNDS: usize = 6;
/// Between two looks at the outbox.
const LOOK: Duration = Duration::from_millis(20);

/// When the power is cut.
#[derive(Clone, Copy, Debug)]
enum Cut {
    /// When a point is passed so often.
    At(Point, usize),
    /// So long after people began to work.
    After(Duration),
}

impl Cut {
    /// Every point in turn, and at any moment every third time.
    fn of(round: usize, dice: &mut Dice) -> Self {
        if round % 3 == 2 {
            let milliseconds = u64::try_from(dice.below(MOMENT_MS_MAX)).expect("few");
            return Self::After(Duration::from_millis(milliseconds));
        }
        let turn = round - round / 3;
        let point = POINTS[turn % POINTS.len()];
        Self::At(point, 1 + dice.below(PASSES_MAX))
    }
}

/// One life of an office with power cuts.
struct Life<'w> {
    world: &'w World,
    seed: u64,
    people: Vec<Colleague>,
    /// Who died last; the leases of the dead do not end by themselves in time.
    dead: Vec<u32>,
    /// How often the power went at each point.
    cuts: BTreeMap<&'static str, usize>,
    records: Option<Store>,
}

impl<'w> Life<'w> {
    fn new(world: &'w World, seed: u64) -> Self {
        // Ten minutes for a third title of a post are more than a life here.
        world.fake.set(|switches| switches.rename_limit = None);
        Self {
            world,
            seed,
            people: colleague::all(),
            dead: Vec::new(),
            cuts: BTreeMap::new(),
            records: None,
        }
    }

    async fn store(&mut self) -> &Store {
        if self.records.is_none() {
            self.records = Some(self.world.records().await);
        }
        self.records.as_ref().expect("it was just opened")
    }

    /// Everybody works with these bots.
    async fn work(&mut self, processes: &[Process], round: usize) {
        let (world, seed) = (self.world, self.seed);
        let bots = Bots {
            processes,
            seed,
            round,
        };
        let people = self.people.iter_mut();
        join_all(people.map(|person| person.work(world, &bots, THINGS))).await;
    }

    /// People work, and the power goes.
    async fn round(&mut self, round: usize, mut bot: Process) {
        let cut = Cut::of(round, &mut Dice::of(self.seed, round));
        if let Cut::At(point, nth) = cut {
            bot.die_at(point, nth).await;
        }
        let bots = std::slice::from_ref(&bot);
        match cut {
            Cut::At(point, _) => {
                self.work(bots, round).await;
                // What people do not wait for comes after.
                self.until_dead_or_idle(&bot).await;
                self.count(point, &bot);
            }
            Cut::After(span) => {
                let moment = async {
                    tokio::time::sleep(span).await;
                    bot.kill();
                };
                tokio::join!(self.work(bots, round), moment);
            }
        }
        self.end(bot).await;
    }

    /// People work with two processes, and one of them dies at a point; the other goes on.
    async fn round_of_two(&mut self, round: usize, mut pair: [Process; 2]) -> Process {
        let mut dice = Dice::of(self.seed, round);
        let point = dice.pick(&POINTS).expect("there are some");
        pair[0].die_at(point, 1 + dice.below(PASSES_MAX)).await;
        self.work(&pair, round).await;
        let [first, second] = pair;
        self.until_dead_or_idle(&first).await;
        self.count(point, &first);
        self.end(first).await;
        second
    }

    fn count(&mut self, point: Point, bot: &Process) {
        if bot.is_dead() {
            *self.cuts.entry(point.name).or_default() += 1;
        }
    }

    async fn end(&mut self, bot: Process) {
        let process = bot.id();
        bot.kill();
        bot.bury(self.world).await;
        self.world.let_leases_pass(process).await;
        self.dead = vec![process];
    }

    async fn until_dead_or_idle(&mut self, bot: &Process) {
        let store = self.store().await;
        let ended = tokio::time::timeout(PATIENCE, async {
            while !bot.is_dead() && unsettled(store).await > 0 {
                tokio::time::sleep(LOOK).await;
            }
        });
        assert!(ended.await.is_ok(), "it goes on and on\n{}", bot.logged());
    }

    /// Everything that is to be said is said, and all is as it should be.
    async fn look(&mut self, logged: impl Fn() -> String) {
        let (world, dead) = (self.world, self.dead.clone());
        let store = self.store().await;
        let settled = tokio::time::timeout(PATIENCE, async {
            while unsettled(store).await > 0 {
                for process in &dead {
                    world.let_leases_pass(*process).await;
                }
                tokio::time::sleep(LOOK).await;
            }
        });
        assert!(
            settled.await.is_ok(),
            "cards are still missing\n{}",
            logged()
        );
        let store = self.records.as_ref().expect("it is open");
        let cases: Vec<&Case> = self
            .people
            .iter()
            .flat_map(|person| &person.cases)
            .collect();
        judge(self.world, store, &cases).await;
    }
}

/// Rows of the outbox that are not as they should be; none may wait for a person here.
async fn unsettled(store: &Store) -> i64 {
    let counts = store
        .read(|connection| Box::pin(storage::outbox::counts(connection)))
        .await
        .expect("the outbox can be counted");
    counts.waiting + counts.refused
}

/// Says how to live a life again when it failed, and how a long one went.
struct Teller {
    database: Database,
    seed: u64,
    rounds: usize,
}

impl Drop for Teller {
    #[expect(
        clippy::print_stderr,
        reason = "a failed test tells how to run it again"
    )]
    fn drop(&mut self) {
        if std::thread::panicking() {
            let Self {
                database,
                seed,
                rounds,
            } = self;
            eprintln!("{database:?}, again: {SEED_VARIABLE}={seed} {ROUNDS_VARIABLE}={rounds}");
        }
    }
}

fn number_of(variable: &str) -> Option<u64> {
    let value = std::env::var(variable).ok()?;
    Some(
        value
            .parse()
            .unwrap_or_else(|_| panic!("{variable} is a number")),
    )
}

fn rounds() -> usize {
    number_of(ROUNDS_VARIABLE).map_or(ROUNDS, |rounds| usize::try_from(rounds).expect("few"))
}

#[rstest]
#[case::sqlite(Database::Sqlite, 1)]
#[case::postgres(Database::Postgres, 2)]
#[tokio::test]
async fn whenever_the_power_goes_what_was_acknowledged_is_there_once(
    #[case] database: Database,
    #[case] seed: u64,
) {
    let (rounds, seed) = (rounds(), number_of(SEED_VARIABLE).unwrap_or(seed));
    let _teller = Teller {
        database,
        seed,
        rounds,
    };
    world_without_bot(database, async |world| {
        let mut life = Life::new(world, seed);
        let mut bot = None;
        for round in 0..rounds {
            let alive = match bot.take() {
                Some(alive) => alive,
                None => Process::start(world, &format!("round-{round}")).await,
            };
            life.round(round, alive).await;
            if (round + 1) % LOOK_EVERY == 0 || round + 1 == rounds {
                let fresh = Process::start(world, &format!("after-{round}")).await;
                life.look(|| fresh.logged()).await;
                bot = Some(fresh);
            }
        }
        let last = bot.expect("the last round was looked at");
        last.kill();
        last.bury(world).await;
        for point in POINTS.iter().filter(|_| rounds >= ROUNDS) {
            assert!(
                life.cuts.contains_key(point.name),
                "it never died at {}: {:?}",
                point.name,
                life.cuts
            );
        }
    })
    .await;
}

#[tokio::test]
async fn of_two_processes_one_may_die_at_any_time_and_nothing_is_lost_or_doubled() {
    let (rounds, seed) = (PAIRED_ROUNDS, number_of(SEED_VARIABLE).unwrap_or(3));
    let database = Database::Postgres;
    let _teller = Teller {
        database,
        seed,
        rounds,
    };
    world_without_bot(database, async |world| {
        let mut life = Life::new(world, seed);
        let mut alive = Process::start(world, "first").await;
        for round in 0..rounds {
            let beside = Process::start(world, &format!("beside-{round}")).await;
            // The older one of them dies, so that each is the one that stays once.
            alive = life.round_of_two(round, [alive, beside]).await;
            if round % 3 == 2 {
                life.look(|| alive.logged()).await;
            }
        }
        alive.kill();
        alive.bury(world).await;
        assert!(!life.cuts.is_empty(), "none died at its point");
    })
    .await;
}
