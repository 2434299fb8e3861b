//! Many reminders that come due in one minute: each is said once, in its own channel, however few
//! requests a second Discord takes. The large measurement is `benches/due/`.

use bot::config::{Config, Environment, REQUESTS_MAX};
use chrono::{DateTime, Duration, NaiveDate, NaiveTime, Utc};
use commands::clock::Clock;
use fake_discord::{Fake, Options};
use std::{
    collections::BTreeMap, fs::OpenOptions, io::Write, os::unix::fs::OpenOptionsExt, sync::Arc,
    time::Instant,
};
use storage::Store;
use tests::{
    clock::MovableClock,
    database::{Database, fresh},
    region,
    world::{OPENAPI_VARIABLE, PATIENCE},
};

/// Associations of an office, each with a channel of its own.
const ASSOCIATIONS: usize = 400;
/// Requests a second that the stand-in takes of the bot in all.
const LIMIT: u32 = 150;
/// Between two looks at what is left.
const LOOK: std::time::Duration = std::time::Duration::from_millis(50);
/// Requests that may run into the limit at each of its seconds: those that are on their way together.
const TOGETHER: u64 = 16;

/// What is due and not dealt with, and what was not sent.
async fn left(store: &Store, now: DateTime<Utc>) -> i64 {
    let counted = store.read(move |connection| {
        Box::pin(async move {
            let due = storage::occurrence::counts(connection, now).await?.due;
            let counts = storage::outbox::counts(connection).await?;
            Ok(due + counts.waiting + counts.refused)
        })
    });
    counted.await.expect("the records can be read")
}

/// Where Discord takes more than it was said to, nothing is refused.
#[tokio::test]
async fn reminders_of_one_minute_go_out_at_the_pace_of_the_configuration() {
    let drained = drain(1, LIMIT * 4 / 5).await;
    assert_eq!(drained.limited, 0, "{drained:?}");
}

/// Where it takes less, the limit is learnt from what is refused.
#[tokio::test]
async fn two_thousand_reminders_of_one_minute_are_each_said_once_at_the_pace_of_the_limit() {
    let drained = drain(5, REQUESTS_MAX).await;
    // One request each and a look at each server now and then: what comes on top ran into the limit,
    // and nobody runs into it again and again.
    let seconds = drained.took.as_secs() + 1;
    assert!(drained.limited <= TOGETHER * seconds, "{drained:?}");
}

/// How it went.
#[derive(Debug)]
struct Drained {
    took: std::time::Duration,
    /// Requests that the stand-in refused because there were too many.
    limited: u64,
}

/// Lets the reminders of so many offices come due in one minute, with so many changes a second.
async fn drain(offices: usize, paced: u32) -> Drained {
    let openapi = std::env::var_os(OPENAPI_VARIABLE).map(Into::into);
    let options = Options {
        openapi,
        ..Options::default()
    };
    let fake = Fake::start(options).await.expect("the stand-in starts");
    let database = fresh(Database::Sqlite).await;
    let store = database.store().await;
    let clock = Arc::new(MovableClock::at_tokyo("2026-11-20 10:00"));
    let now = clock.now() - Duration::days(3);
    let places = region::build(&fake, &store, (offices, ASSOCIATIONS), now)
        .await
        .expect("the records can be written");
    let due = NaiveDate::from_ymd_opt(2026, 11, 20).zip(NaiveTime::from_hms_opt(10, 5, 0));
    region::plan(&store, &places, due.expect("a moment"), now)
        .await
        .expect("the records can be written");
    store.close().await;

    let folder = tempfile::tempdir().expect("a temporary folder");
    let (ca_file, keys) = (
        folder.path().join("ca.pem"),
        folder.path().join("speaker.key"),
    );
    fake.write_ca(&ca_file)
        .expect("the authority can be written");
    OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&keys)
        .and_then(|mut file| file.write_all(database.keys.to_file_text().as_bytes()))
        .expect("the keys can be written");
    let text = format!(
        "[discord]\ntoken = {:?}\naddress = \"{}\"\nca_file = {ca_file:?}\nrequests_per_second = {paced}\n\n\
         [storage]\nurl = {:?}\nspeaker_key_file = {keys:?}\n\n[http]\nlisten = \"127.0.0.1:0\"\n",
        fake.token(),
        fake.address(),
        database.url,
    );
    let file = folder.path().join("config.toml");
    let config = Config::parse(&text, &file, &Environment::default()).expect("a configuration");
    let shown: Arc<dyn Clock> = clock.clone();
    let bot = bot::run::start(config, shown)
        .await
        .expect("the bot starts");
    assert!(bot.until_ready(PATIENCE).await, "the bot becomes ready");

    fake.set(|switches| switches.global_limit_per_second = Some(LIMIT));
    let started = Instant::now();
    clock.advance(Duration::minutes(5));
    while left(bot.store(), clock.now()).await > 0 {
        assert!(
            started.elapsed() < PATIENCE * 5,
            "it does not come to an end"
        );
        tokio::time::sleep(LOOK).await;
    }
    let took = started.elapsed();
    bot.stop().await;
    let mut said: BTreeMap<u64, usize> = BTreeMap::new();
    for message in fake.all_messages() {
        *said.entry(message.channel).or_default() += 1;
    }
    for place in &places {
        assert_eq!(said.remove(&place.channel), Some(1), "once: {place:?}");
    }
    assert!(said.is_empty(), "nothing is said elsewhere: {said:?}");
    let limited = fake.limited_requests();
    assert!(fake.complaints().is_empty(), "{:#?}", fake.complaints());
    fake.shutdown();
    Drained { took, limited }
}
