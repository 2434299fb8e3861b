//! The load: so many uses of `/issue add` a second, whether or not earlier ones were answered, and
//! what became of each, read from the stand-in's log.
//!
//! Nobody waits for an answer while others are asked for: the stand-in notes when each arrived.

use crate::{
    figure::Durations,
    stage::Stage,
    statement::{number_in, said},
};
use anyhow::bail;
use bot::SystemClock;
use chrono::{DateTime, Utc};
use commands::clock::Clock;
use fake_discord::{Outcome as Fate, Request};
use futures::FutureExt;
use serde_json::json;
use std::{collections::HashMap, ops::Range, time::Duration};
use tokio::time::{Instant, sleep_until};

/// Where an answer arrives: the first one, or the one that follows a deferral.
const ANSWERS: [&str; 2] = [
    "/interactions/{interaction_id}/{interaction_token}/callback",
    "/webhooks/{webhook_id}/{webhook_token}/messages/@original",
];
/// Where a card arrives.
const CARDS: &str = "/channels/{channel_id}/messages";
/// The answer that only says that one follows.
const DEFERRED: u64 = 5;

/// How much is asked.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Load {
    /// Uses a second.
    pub(crate) rate: u32,
    /// For how long.
    pub(crate) span: Duration,
}

impl Load {
    /// How many uses that makes.
    pub(crate) fn count(self) -> usize {
        usize::try_from(u64::from(self.rate) * self.span.as_secs()).unwrap_or(usize::MAX)
    }
}

/// One use.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asked {
    number: usize,
    /// When it was sent.
    at: DateTime<Utc>,
    /// How much later that was than it should have been.
    late: Duration,
}

/// What became of them.
#[derive(Clone, Debug)]
pub(crate) struct Outcome {
    /// From the use of the command to the answer that says what was recorded.
    pub(crate) answers: Durations,
    /// From the use of the command to the card in its channel.
    pub(crate) cards: Durations,
    /// How late the load was; when this is not small, the figures are the stand-in's.
    pub(crate) late: Durations,
    /// Uses without an answer that says what was recorded.
    pub(crate) lost: usize,
    /// Uses whose answer was deferred.
    pub(crate) deferred: usize,
    /// Answers a second, from the first use to the last answer.
    pub(crate) rate: f64,
}

/// Asks for what these numbers say, so many a second.
pub(crate) async fn ask(
    stage: &Stage,
    numbers: Range<usize>,
    rate: u32,
) -> anyhow::Result<Vec<Asked>> {
    let started = Instant::now();
    let mut asked = Vec::with_capacity(numbers.len());
    for (place, number) in (0_u32..).zip(numbers) {
        let due = started + Duration::from_secs(1) * place / rate;
        sleep_until(due).await;
        let said = said(&stage.city, number);
        let person = stage.fake.person(stage.city.guild, said.person);
        let (at, late) = (SystemClock.now(), due.elapsed());
        // The interaction is sent when the future is first looked at; to wait for what becomes of it
        // is what it would do from then on.
        let options = json!({"text": said.text});
        if let Some(Fate::Refused { reason }) = person
            .slash(said.channel, "issue add", options)
            .now_or_never()
        {
            bail!("the client does not let it happen: {reason}");
        }
        asked.push(Asked { number, at, late });
    }
    Ok(asked)
}

/// Reads from the log what became of what was asked.
pub(crate) fn outcome(stage: &Stage, asked: &[Asked]) -> Outcome {
    let requests = stage.fake.requests();
    let taken = |request: &&Request| (200..300).contains(&request.status);
    let (mut answered, mut standing) = (HashMap::new(), HashMap::new());
    let mut deferred = 0;
    let since = asked.first().map(|asked| asked.at);
    for request in requests.iter().filter(taken) {
        let is_answer = ANSWERS.contains(&request.route.as_str());
        if is_answer && request.body["type"] == DEFERRED && Some(request.at) >= since {
            deferred += 1;
        }
        let arrived = if is_answer {
            &mut answered
        } else if request.route == CARDS && request.method == "POST" {
            &mut standing
        } else {
            continue;
        };
        if let Some(number) = number_in(&request.body.to_string()) {
            arrived.entry(number).or_insert(request.at);
        }
    }
    let durations = |arrived: &HashMap<usize, DateTime<Utc>>| -> Durations {
        let found = asked.iter().filter_map(|asked| {
            let span = *arrived.get(&asked.number)? - asked.at;
            Some(span.to_std().unwrap_or_default())
        });
        found.collect()
    };
    let answers = durations(&answered);
    let last = asked
        .iter()
        .filter_map(|one| answered.get(&one.number))
        .max();
    let span = since.zip(last).map(|(since, last)| *last - since);
    let count = u32::try_from(answers.count()).unwrap_or(u32::MAX);
    Outcome {
        rate: span.map_or(f64::NAN, |span| {
            f64::from(count) / span.as_seconds_f64().max(f64::EPSILON)
        }),
        lost: asked.len() - answers.count(),
        cards: durations(&standing),
        late: asked.iter().map(|asked| asked.late).collect(),
        answers,
        deferred,
    }
}
