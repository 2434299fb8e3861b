//! The year itself: what happens when, the program that looks what is due, and the judgement of what
//! came of it.

use crate::{
    Harm,
    day::wall,
    expected::{Item, Taken},
    handover::{self, Handed},
    office::{ACTS, Act, Office},
    post::{Posts, Saying},
    round::stands_alone,
};
use chrono::{DateTime, Duration, Utc};
use commands::{
    App,
    clock::Clock,
    dispatch::Work,
    feed::{Asked, Failure, Feeds, Fetched},
    file::{FetchFault, Files},
    occurrence::Said,
    server::{Member, Servers},
};
use domain::{
    audience::Destination,
    feed::Fault,
    id::{OfficeId, ServerId, UserId},
    server::Server,
};
use futures::future::BoxFuture;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};
use storage::{Store, occurrence::Occurrence};
use tests::{
    clock::MovableClock,
    database::{Database, Fresh, fresh_in_memory},
    dice::Dice,
};

/// What every office does in the year; and what each of a few does, so that every harm comes to light.
pub(crate) const ACTS_OF_YEAR: usize = 29;
pub(crate) const ACTS_OF_FEW: usize = 200;
/// In its first weeks every office looks which rules there are.
const FIRST_DAYS: usize = 30;
/// People do things until so many days later.
const DAYS: i64 = 365;
/// After it, what is still to come is waited for until nothing is new for so long.
const QUIET_DAYS: i64 = 100;
/// Of a hundred wakings so many are after a restart, and so many after the program was away.
const RESTARTS: usize = 5;
const AWAYS: usize = 3;
/// What harms the calendar does so once in so many looks.
const HARMED_EVERY: usize = 40;
/// The longest the program is away, in hours.
const AWAY_HOURS_MAX: usize = 60;

/// What happened, so that nobody takes a quiet year for a proof.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tally {
    pub(crate) said: usize,
    /// The same by kind: `review:overdue`.
    pub(crate) kinds: BTreeMap<String, usize>,
    pub(crate) late: usize,
    pub(crate) pointless: usize,
    pub(crate) restarts: usize,
    pub(crate) crashes: usize,
    pub(crate) settings: usize,
    /// Reminders that were said on a day that is not the one their lead alone would give.
    pub(crate) off_days: usize,
    /// Rows of handovers that were held against what happened.
    pub(crate) handed_over: usize,
}

impl Tally {
    /// How many were said of a kind.
    pub(crate) fn of(&self, kind: &str) -> usize {
        self.kinds.get(kind).copied().unwrap_or_default()
    }
}

/// Fifty offices and one program.
pub(crate) struct Life {
    database: Fresh,
    app: App,
    clock: Arc<MovableClock>,
    offices: Vec<Office>,
    /// What people will do: when, and in which office.
    acts: Vec<(DateTime<Utc>, usize, Act)>,
    posts: Posts,
    seed: u64,
    step: usize,
    harm: Option<Harm>,
    tally: Tally,
    /// When offices are handed over, until they are.
    handing_over: Option<DateTime<Utc>>,
    /// The last document of the year, with what it has to hold.
    pub(crate) handed: Option<Handed>,
}

/// What the program has dealt with at one look.
#[derive(Clone, Debug, Default)]
struct Found {
    settled: usize,
    late: usize,
    pointless: Vec<String>,
}

/// Nobody looks at servers or files here.
struct Nothing;

impl Servers for Nothing {
    fn look(&self, _: ServerId) -> BoxFuture<'_, Option<Arc<Server>>> {
        Box::pin(async { None })
    }

    fn member(&self, _: ServerId, _: UserId) -> BoxFuture<'_, Member> {
        Box::pin(async { Member::Unread })
    }
}

impl Files for Nothing {
    fn fetch<'a>(
        &'a self,
        _: &'a str,
        _: usize,
        _: std::time::Duration,
    ) -> BoxFuture<'a, Result<Vec<u8>, FetchFault>> {
        Box::pin(async { Err(FetchFault::Gone) })
    }
}

impl Feeds for Nothing {
    fn fetch<'a>(&'a self, _: &'a Asked) -> BoxFuture<'a, Result<Fetched, Failure>> {
        Box::pin(async { Err(Fault::Unreachable.into()) })
    }
}

impl Life {
    /// Opens the offices on the first morning of a fiscal year, and draws what people will do.
    pub(crate) async fn begin(
        database: Database,
        (seed, year): (u64, i32),
        (offices, acts_of_year): (usize, usize),
        harm: Option<Harm>,
    ) -> Self {
        let database = fresh_in_memory(database).await;
        let clock = Arc::new(MovableClock::at_tokyo(&format!("{year}-04-01 08:00")));
        let app = program(database.store().await, &clock);
        let (mut opened, mut acts) = (Vec::new(), Vec::new());
        let mut dice = Dice::of(seed, 0);
        for number in 0..offices {
            opened.push(Office::open(&app.store, number as u64, clock.now()).await);
            // Within the hours of an office, at any minute; also on the minute of a reminder.
            let within = |days: usize, dice: &mut Dice| {
                let minutes = dice.below(10 * 60);
                let after = Duration::days(dice.below(days) as i64);
                clock.now() + after + Duration::minutes(minutes as i64)
            };
            for _ in 0..acts_of_year {
                let at = within(DAYS as usize, &mut dice);
                acts.push((at, number, dice.weighed(&ACTS)));
            }
            acts.push((within(FIRST_DAYS, &mut dice), number, Act::SwitchRule));
            for _ in 0..handover::acts_of(number) {
                let at = within(DAYS as usize, &mut dice);
                acts.push((at, number, Act::Keep));
            }
        }
        acts.sort_by_key(|(at, office, _)| (*at, *office));
        Self {
            database,
            app,
            clock,
            offices: opened,
            acts,
            posts: Posts::default(),
            seed,
            step: 1,
            harm,
            tally: Tally::default(),
            handing_over: Some(handover::moment(year + 1)),
            handed: None,
        }
    }

    /// Lives the year; what was found to be wrong, if anything was.
    pub(crate) async fn live(&mut self) -> Result<Tally, String> {
        let acts = std::mem::take(&mut self.acts);
        let mut acts = acts.into_iter().peekable();
        let end = self.clock.now() + Duration::days(DAYS + QUIET_DAYS);
        // The program looks when it starts, and plans what comes by itself.
        let mut dice = self.dice();
        self.look(&mut dice, false).await?;
        loop {
            let planned = self.wakes_at().await;
            let acted = acts.peek().map(|(at, ..)| *at);
            let Some(next) = planned
                .into_iter()
                .chain(acted)
                .chain(self.handing_over)
                .min()
                .filter(|at| *at < end)
            else {
                break;
            };
            let mut dice = self.dice();
            self.pass_until(next, &mut dice).await;
            let mut acted = false;
            while let Some((_, office, act)) = acts.next_if(|(at, ..)| *at <= self.clock.now()) {
                let given = (self.clock.now(), self.harm);
                let done = self.offices[office].act(&self.app.store, act, &mut dice, given);
                done.await.map_err(|error| format!("{act:?}: {error}"))?;
                acted = true;
            }
            self.look(&mut dice, acted).await?;
            if self.handing_over.is_some_and(|at| at <= self.clock.now()) {
                self.handing_over = None;
                self.hand_over().await?;
            }
        }
        self.judge_posts()?;
        self.tally.crashes = self.posts.crashes;
        self.tally.settings = self.offices.iter().map(|office| office.settings).sum();
        Ok(self.tally.clone())
    }

    fn dice(&mut self) -> Dice {
        self.step += 1;
        Dice::of(self.seed, self.step)
    }

    /// When the program looks next: when something is due by its own records.
    async fn wakes_at(&self) -> Option<DateTime<Utc>> {
        let now = self.clock.now();
        let next = self
            .app
            .store
            .read(move |connection| Box::pin(storage::occurrence::next_due(connection, now)));
        let own = next.await.expect("the calendar can be read");
        // Where the records know of nothing, what should be there is missed at its time all the same.
        let expected = self.offices.iter().filter_map(|o| o.expected.next()).min();
        own.into_iter().chain(expected).min().map(|at| at.max(now))
    }

    /// Lets time pass; the program may be restarted meanwhile, or be away for longer.
    async fn pass_until(&mut self, next: DateTime<Utc>, dice: &mut Dice) {
        let mut until = next;
        if dice.chance(AWAYS) {
            until += Duration::minutes(dice.below(AWAY_HOURS_MAX * 60) as i64);
        }
        let by = (until - self.clock.now()).max(Duration::zero());
        self.clock.advance(by);
        if dice.chance(RESTARTS) {
            self.tally.restarts += 1;
            self.app.store.close().await;
            self.app = program(self.database.open().await, &self.clock);
        }
    }

    /// Every office that keeps books is handed over, and the documents are judged.
    async fn hand_over(&mut self) -> Result<(), String> {
        let now = self.clock.now();
        for (number, office) in self.offices.iter_mut().enumerate() {
            if handover::acts_of(number) > 0 {
                let handed = office.hand_over(&self.app, now).await?;
                self.tally.handed_over += handed.judge()?;
                self.handed = Some(handed);
            }
        }
        Ok(())
    }

    /// Looks what is due as the program does, sends what is to be said, and judges it.
    async fn look(&mut self, dice: &mut Dice, acted: bool) -> Result<(), String> {
        let now = self.clock.now();
        let mut found = Found::default();
        if !(self.harm == Some(Harm::Sleeps) && dice.chance(20)) {
            self.deal(now, &mut found)
                .await
                .map_err(|error| format!("{now}: {error}"))?;
        }
        if found.settled > 0 || acted {
            let sent = self.posts.send(&self.app.store, dice, self.harm);
            sent.await.map_err(|error| format!("{now}: {error}"))?;
        }
        let mut expected = Taken::default();
        let mut wanted: BTreeSet<(OfficeId, Item)> = BTreeSet::new();
        for office in &mut self.offices {
            let taken = office.expected.take(now);
            wanted.extend(taken.said.into_iter().map(|item| (office.id, item)));
            expected.pointless.extend(taken.pointless);
            expected.late += taken.late;
        }
        let said = self.read_posts().await?;
        if said != wanted {
            return Err(differences(now, &wanted, &said));
        }
        for of in [&mut found.pointless, &mut expected.pointless] {
            of.sort_unstable();
        }
        if (&found.pointless, found.late) != (&expected.pointless, expected.late) {
            return Err(format!(
                "{now}: passed over {found:?}, expected {expected:?}"
            ));
        }
        if let Some(Harm::Late(noun)) = self.harm
            && self.step % HARMED_EVERY == 2
        {
            let later = format!(
                "update occurrence set due_at = due_at + 86400000000 \
                 where key like '{noun}:%' and not settled"
            );
            self.database.run(&later).await;
        }
        self.tally.said += said.len();
        self.tally.late += found.late;
        self.tally.pointless += found.pointless.len();
        self.tally.off_days += self.count_shifted(&said, now);
        for (_, (key, _)) in &said {
            *self.tally.kinds.entry(kind(key)).or_default() += 1;
        }
        Ok(())
    }

    /// Deals with everything that is due; one look, one message for each place.
    async fn deal(&self, now: DateTime<Utc>, found: &mut Found) -> storage::Result<()> {
        let mut said: BTreeMap<OfficeId, Said> = BTreeMap::new();
        if self.harm != Some(Harm::Round) {
            commands::occurrence::plan_rounds(&self.app, now).await?;
        }
        loop {
            let due = self
                .app
                .store
                .read(move |connection| Box::pin(storage::occurrence::due(connection, now)));
            let due = due.await?;
            if due.is_empty() {
                return Ok(());
            }
            let mut places: BTreeMap<OfficeId, Vec<Destination>> = BTreeMap::new();
            for (office, place) in due {
                places.entry(office).or_default().push(place);
            }
            for (office, places) in places {
                let before = said.remove(&office).unwrap_or_default();
                let reminded =
                    commands::occurrence::remind(&self.app, office, &places, before, now).await?;
                found.settled += reminded.settled;
                found.late += reminded.late;
                let passed = reminded.pointless.iter().map(ToString::to_string);
                found.pointless.extend(passed);
                said.insert(office, reminded.said);
            }
        }
    }

    /// What the messages say that were posted by this look: each thing once, each place at most once.
    async fn read_posts(&mut self) -> Result<BTreeSet<(OfficeId, Item)>, String> {
        let mut said = BTreeSet::new();
        let mut places = BTreeSet::new();
        let posts = self.posts.fresh();
        if posts.is_empty() {
            return Ok(said);
        }
        let asked = posts.clone();
        let found = self.app.store.read(move |connection| {
            Box::pin(async move {
                let mut found = Vec::with_capacity(asked.len());
                for post in asked {
                    found.push(post.read(connection).await?);
                }
                Ok(found)
            })
        });
        let found = found.await.map_err(|error| error.to_string())?;
        for (post, saying) in posts.iter().zip(found) {
            let office = post.office;
            let reminder = match saying.ok_or("a post speaks of nothing there is")? {
                Saying::Reminder(reminder) => reminder,
                Saying::Bulletin(name) => {
                    let item = (name, post.place.code());
                    if !said.insert((office, item.clone())) {
                        return Err(format!("said twice: {item:?}"));
                    }
                    continue;
                }
            };
            let alone = |item: &Occurrence| stands_alone(&item.key.to_string());
            match reminder.items.as_slice() {
                // What was passed over is told in a line of its own.
                [] => {}
                [only] if alone(only) => {}
                several if several.iter().any(alone) => {
                    return Err(format!("a post of its own says more: {post:?}"));
                }
                _ if !places.insert((office, post.place.code())) => {
                    let place = post.place.code();
                    return Err(format!("said twice in one place: {office} {place}"));
                }
                _ => {}
            }
            for item in &reminder.items {
                // What has no channel of its own is said at the desk.
                let item = (item.key.to_string(), post.place.code());
                if !said.insert((office, item.clone())) {
                    return Err(format!("said twice: {item:?}"));
                }
            }
        }
        Ok(said)
    }

    /// No reminder was posted twice, in the whole year.
    fn judge_posts(&self) -> Result<(), String> {
        let doubled: Vec<_> = self
            .posts
            .counted()
            .into_iter()
            .filter(|(_, n)| *n != 1)
            .collect();
        match doubled.as_slice() {
            [] if self.posts.len() > 0 => Ok(()),
            _ => Err(format!("posted more than once: {doubled:?}")),
        }
    }

    /// How many were said on another day than their lead alone would give.
    fn count_shifted(&self, said: &BTreeSet<(OfficeId, Item)>, now: DateTime<Utc>) -> usize {
        let (today, _) = wall(now);
        let shifted = |(office, (key, _)): &&(OfficeId, Item)| {
            let office = self.offices.iter().find(|one| one.id == *office);
            office.is_some_and(|office| office.expected.is_shifted(key, today))
        };
        said.iter().filter(shifted).count()
    }
}

fn program(store: Store, clock: &Arc<MovableClock>) -> App {
    App {
        store,
        clock: Arc::clone(clock) as Arc<dyn Clock>,
        servers: Arc::new(Nothing),
        files: Arc::new(Nothing),
        feeds: Arc::new(Nothing),
        work: Work::default(),
    }
}

/// The kind of what has this name: what it is of, and what is said of it. A bulletin is named after what
/// stands in it when it is posted.
fn kind(key: &str) -> String {
    let mut words = key.split(':');
    let (noun, what) = (words.next().unwrap_or_default(), words.nth(1));
    format!("{noun}:{}", what.unwrap_or("posted"))
}

/// What was not said, and what was said without reason.
fn differences(
    now: DateTime<Utc>,
    wanted: &BTreeSet<(OfficeId, Item)>,
    said: &BTreeSet<(OfficeId, Item)>,
) -> String {
    let missing: Vec<_> = wanted.difference(said).collect();
    let surplus: Vec<_> = said.difference(wanted).collect();
    format!("{now}: missing {missing:?}, surplus {surplus:?}")
}
