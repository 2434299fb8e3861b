//! Telemetry: log lines to standard error, figures for Prometheus.
//!
//! Log lines of Renkei carry codes and numbers. Those of libraries are held back hard, because some of
//! them quote what they were given: serenity's gateway warns with the whole text of a message it
//! cannot read, its HTTP spans hold bodies and the addresses of interactions with their tokens, and
//! poise prints errors with such addresses. Whatever level is configured, they say errors only, and
//! serenity's gateway client says nothing.

use crate::config::{Log, LogFormat, LogLevel};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use std::sync::OnceLock;
use tracing_subscriber::EnvFilter;

/// Upper bounds of the classes of durations, in seconds.
const SECONDS: [f64; 10] = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0, 10.0];

/// Crates of Renkei, which log at the configured level.
const OURS: [&str; 5] = ["bot", "renkei", "commands", "storage", "domain"];

/// Libraries that quote what they are given, and what they may say at most.
const HELD_BACK: [(&str, &str); 9] = [
    ("serenity", "error"),
    ("serenity::gateway::ws", "off"),
    ("serenity::http", "off"),
    ("poise", "error"),
    ("tungstenite", "off"),
    ("tokio_tungstenite", "off"),
    ("reqwest", "off"),
    ("hyper", "off"),
    ("hyper_util", "off"),
];

/// The filter of log lines at a level, as directives of `tracing_subscriber::EnvFilter`. Whoever writes
/// Renkei's log should write it through this one.
#[must_use]
pub fn filter(level: LogLevel) -> String {
    let level = match level {
        LogLevel::Error => "error",
        LogLevel::Warn => "warn",
        LogLevel::Info => "info",
        LogLevel::Debug => "debug",
        LogLevel::Trace => "trace",
    };
    let others = if level == "error" { "error" } else { "warn" };
    let ours = OURS.iter().map(|name| format!("{name}={level}"));
    let held = HELD_BACK
        .iter()
        .map(|(name, most)| format!("{name}={most}"));
    let directives: Vec<String> = std::iter::once(others.to_owned())
        .chain(ours)
        .chain(held)
        .collect();
    directives.join(",")
}

/// Starts logging for the process. Does nothing when a subscriber is there already.
pub fn log(to: &Log) {
    let builder = tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::new(filter(to.level)))
        .with_writer(std::io::stderr);
    let started = match to.format {
        LogFormat::Json => builder.json().flatten_event(true).try_init(),
        LogFormat::Text => builder.with_ansi(false).try_init(),
    };
    if started.is_err() {
        tracing::debug!("somebody else writes the log already");
    }
}

/// The recorder of figures of this process: installed by the first call; when somebody else has
/// installed another one, ours stays empty.
#[must_use]
pub fn recorder() -> PrometheusHandle {
    static HANDLE: OnceLock<PrometheusHandle> = OnceLock::new();
    HANDLE
        .get_or_init(|| {
            let recorder = PrometheusBuilder::new()
                .set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), &SECONDS)
                .expect("there is at least one class")
                .build_recorder();
            let handle = recorder.handle();
            if metrics::set_global_recorder(recorder).is_err() {
                tracing::warn!("figures are recorded by somebody else");
            }
            describe();
            handle
        })
        .clone()
}

fn describe() {
    for (name, what) in [
        (
            "renkei_interactions_total",
            "Interactions by command and outcome.",
        ),
        (
            "renkei_answers_lost_total",
            "Answers that Discord did not take.",
        ),
        (
            "renkei_deliveries_total",
            "Deliveries of the outbox by result.",
        ),
        (
            "renkei_occurrences_total",
            "What came due and was settled, by result.",
        ),
        (
            "renkei_occurrences_late_total",
            "What came due and was settled late.",
        ),
        (
            "renkei_gateway_unknown_events_total",
            "Gateway events that could not be read, by kind.",
        ),
        (
            "renkei_gateway_events_lost_total",
            "Gateway events dropped because too many waited.",
        ),
        (
            "renkei_gateway_sessions_ended_total",
            "Gateway sessions that had to be opened anew.",
        ),
    ] {
        metrics::describe_counter!(name, what);
    }
    for (name, what) in [
        ("renkei_gateway_live", "1 while a gateway session is live."),
        (
            "renkei_outbox_waiting",
            "Rows of the outbox that wait to be sent.",
        ),
        (
            "renkei_outbox_refused",
            "Rows of the outbox that wait for a person.",
        ),
        (
            "renkei_outbox_oldest_waiting_seconds",
            "How long the oldest waiting row has waited.",
        ),
        (
            "renkei_occurrences_waiting",
            "What is planned and not settled.",
        ),
        (
            "renkei_occurrences_due",
            "What has come due and is not settled.",
        ),
        (
            "renkei_desks_unusable",
            "Offices whose desk cannot be written to.",
        ),
        ("renkei_interactions_in_hand", "Interactions being handled."),
        ("renkei_resident_bytes", "Resident memory of the process."),
    ] {
        metrics::describe_gauge!(name, what);
    }
    metrics::describe_histogram!(
        "renkei_interaction_seconds",
        "Time from interaction to answer."
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{
        io,
        sync::{Arc, Mutex},
    };
    use tracing_subscriber::fmt::MakeWriter;

    #[derive(Clone, Default)]
    struct Lines(Arc<Mutex<Vec<u8>>>);

    impl io::Write for Lines {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().expect("one writer").extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    impl<'a> MakeWriter<'a> for Lines {
        type Writer = Self;

        fn make_writer(&'a self) -> Self {
            self.clone()
        }
    }

    fn logged(level: LogLevel, speak: impl FnOnce()) -> String {
        let lines = Lines::default();
        let subscriber = tracing_subscriber::fmt()
            .with_env_filter(EnvFilter::new(filter(level)))
            .with_writer(lines.clone())
            .finish();
        tracing::subscriber::with_default(subscriber, speak);
        let bytes = lines.0.lock().expect("one writer").clone();
        String::from_utf8(bytes).expect("text")
    }

    #[test]
    fn libraries_that_quote_what_they_are_given_are_silent_at_every_level() {
        for level in [LogLevel::Error, LogLevel::Info, LogLevel::Trace] {
            let said = logged(level, || {
                tracing::warn!(target: "serenity::gateway::ws", "text: {}", "SECRET");
                tracing::error!(target: "serenity::http::client", "route {}", "SECRET");
                tracing::warn!(target: "serenity::gateway::shard", "unhandled {}", "SECRET");
                tracing::warn!(target: "poise::dispatch::slash", "url {}", "SECRET");
                tracing::trace!(target: "tungstenite::protocol", "frame {}", "SECRET");
                tracing::debug!(target: "hyper::proto", "headers {}", "SECRET");
                tracing::debug!(target: "sqlx::query", "rows {}", "SECRET");
                // Spans around what may be said: serenity's hold the body of the request.
                let span = tracing::info_span!(target: "serenity::http::request", "build", body = "SECRET");
                let _within = span.enter();
                tracing::error!(target: "bot::outbox", "ours");
            });
            assert!(!said.contains("SECRET"), "{said}");
            assert!(said.contains("ours"), "{said}");
        }
    }

    #[test]
    fn the_configured_level_holds_for_our_own_lines() {
        let speak = || tracing::debug!(target: "storage::door", "detail");
        assert!(logged(LogLevel::Debug, speak).contains("detail"));
        assert!(logged(LogLevel::Info, speak).is_empty());
    }

    #[test]
    fn asking_for_the_recorder_twice_gives_the_same() {
        let (first, second) = (recorder(), recorder());
        metrics::counter!("renkei_answers_lost_total").increment(3);
        assert_eq!(first.render(), second.render());
    }
}
