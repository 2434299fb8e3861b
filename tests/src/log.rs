//! What one test logged: the bot's own lines as an office would have them, kept in memory; and what it asked
//! the database, and how often.

use bot::config::LogLevel;
use std::{
    collections::BTreeMap,
    fmt::Debug,
    io::Write,
    sync::{Arc, Mutex},
};
use tracing::{
    Event, Subscriber,
    field::{Field, Visit},
    level_filters::LevelFilter,
};
use tracing_subscriber::{
    EnvFilter, Layer,
    filter::Targets,
    fmt::MakeWriter,
    layer::{Context, SubscriberExt},
    registry::LookupSpan,
};

/// Under which the product says that it asks the database something.
const STATEMENT: &str = "renkei::statement";

/// What one test logged.
#[derive(Clone, Debug, Default)]
pub(crate) struct Log {
    lines: Arc<Mutex<Vec<u8>>>,
    statements: Arc<Mutex<BTreeMap<String, u64>>>,
}

impl Log {
    pub(crate) fn subscriber(&self) -> impl Subscriber + Send + Sync + use<> {
        let lines = tracing_subscriber::fmt::layer()
            .with_ansi(false)
            .with_writer(self.clone())
            .with_filter(EnvFilter::new(bot::telemetry::filter(LogLevel::Debug)));
        let statements = Statements(Arc::clone(&self.statements))
            .with_filter(Targets::new().with_target(STATEMENT, LevelFilter::TRACE));
        tracing_subscriber::registry().with(lines).with(statements)
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.lines.lock().expect("no writer panics")).into_owned()
    }

    /// How often the database was asked something so far.
    pub(crate) fn statements(&self) -> u64 {
        let asked = self.statements.lock().expect("nobody panics in it");
        asked.values().sum()
    }

    /// What the database was asked so far, and how often each.
    pub(crate) fn asked(&self) -> BTreeMap<String, u64> {
        self.statements.lock().expect("nobody panics in it").clone()
    }
}

/// Counts what the database is asked, by the statement.
struct Statements(Arc<Mutex<BTreeMap<String, u64>>>);

impl<S: Subscriber + for<'s> LookupSpan<'s>> Layer<S> for Statements {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let mut asked = self.0.lock().expect("nobody panics in it");
        event.record(&mut Counted(&mut asked));
    }
}

/// Counts the statement that an event holds.
struct Counted<'a>(&'a mut BTreeMap<String, u64>);

impl Visit for Counted<'_> {
    fn record_str(&mut self, field: &Field, value: &str) {
        if field.name() != "sql" {
            return;
        }
        match self.0.get_mut(value) {
            Some(count) => *count += 1,
            None => {
                self.0.insert(value.to_owned(), 1);
            }
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn Debug) {}
}

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.lines
            .lock()
            .expect("no writer panics")
            .extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self::Writer {
        self.clone()
    }
}
