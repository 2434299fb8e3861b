//! From what a handler made of an interaction to its one answer: deferral when it is slow, silence
//! when another delivery of the same event has done the work, a number for a fault.

use super::{
    DEFER_AFTER, May, PROGRESS_EVERY,
    delivery::{Addressee, Arrival, defer, edit, send},
};
use crate::{
    App,
    answer::{Answer, FILES_BYTES_MAX, FILES_MAX, Reply},
    error::Error,
    text::Text,
};
use domain::id::InteractionId;
use futures::FutureExt;
use std::{future::Future, panic::AssertUnwindSafe, time::Instant};
use storage::Conflict;

/// Bytes of files that may come with the first answer, which Discord wants within three seconds. Beyond
/// it the person is told to wait, and the files follow.
const AT_ONCE_BYTES_MAX: usize = 512 * 1024;

/// Keeps a delivery silent that comes second: it may find that the first has changed things already,
/// and so refuse, or answer from what is so now. The claim tells that the first has done the work.
pub(super) async fn once(
    app: &App,
    to: &Addressee<'_>,
    work: impl Future<Output = Result<Answer, Error>> + Send,
) -> Result<Answer, Error> {
    let result = work.await;
    let speaks = matches!(&result, Ok(Answer::Say(_)) | Err(Error::Refusal(_)));
    if !speaks || to.recorded.is_so() {
        return result;
    }
    let id = InteractionId(to.id.get());
    let claimed = app
        .store
        .read(move |connection| Box::pin(storage::interaction::is_claimed(connection, id)))
        .await?;
    if claimed {
        return Err(Error::HandledAlready);
    }
    result
}

/// Waits for the handler, defers when it is slow, and sends the one answer.
pub(super) async fn respond(
    to: &Addressee<'_>,
    may: May,
    work: impl Future<Output = Result<Answer, Error>> + Send,
) {
    let started = Instant::now();
    let work = AssertUnwindSafe(work).catch_unwind();
    tokio::pin!(work);
    let (outcome, deferred) = match tokio::time::timeout(DEFER_AFTER, &mut work).await {
        Ok(outcome) => (outcome, None),
        Err(_) if may == May::Ask => {
            metrics::counter!("renkei_interactions_total", "name" => to.name.clone(), "outcome" => "slow")
                .increment(1);
            send(
                to,
                Answer::Say(Reply::of(&Text::new("refused-busy"), to.language)),
            )
            .await;
            return;
        }
        Err(_) => {
            let deferred = defer(to, may).await;
            let outcome = loop {
                match tokio::time::timeout(PROGRESS_EVERY, &mut work).await {
                    Ok(outcome) => break outcome,
                    Err(_) => tell(to, deferred).await,
                }
            };
            (outcome, Some(deferred))
        }
    };
    let Some(answer) = settle(to, outcome, started) else {
        return;
    };
    tracing::trace!(target: "renkei::point", point = "before-answer");
    let deferred = match deferred {
        None if bytes_of(&answer) > AT_ONCE_BYTES_MAX => Some(defer(to, may).await),
        deferred => deferred,
    };
    match deferred {
        None => {
            let arrival = send(to, answer.clone()).await;
            if arrival == Arrival::AnsweredAlready && is_ours(to, arrival) {
                edit(to, answer).await;
            }
        }
        Some(deferred) if is_ours(to, deferred) => edit(to, answer).await,
        // Discord did not hear of it in time, and takes nothing any more.
        Some(_) => {}
    }
    tracing::trace!(target: "renkei::point", point = "after-answer");
}

/// Shows how far the handler is, if it has said so.
async fn tell(to: &Addressee<'_>, deferred: Arrival) {
    if is_ours(to, deferred)
        && let Some(word) = to.progress.latest()
    {
        edit(to, Answer::Replace(word)).await;
    }
}

/// Bytes of the files of an answer.
fn bytes_of(answer: &Answer) -> usize {
    match answer {
        Answer::Say(reply) | Answer::Replace(reply) => reply.file_bytes(),
        Answer::Ask(_) => 0,
    }
}

/// Whether Discord takes the files of an answer.
fn takes_files(answer: &Answer) -> bool {
    match answer {
        Answer::Say(reply) | Answer::Replace(reply) => {
            reply.files.len() <= FILES_MAX && reply.file_bytes() <= FILES_BYTES_MAX
        }
        Answer::Ask(_) => true,
    }
}

/// Whether the answer may follow as an edit. Another delivery may have asked for time or answered
/// before: the one that recorded the change has the true answer.
fn is_ours(to: &Addressee<'_>, first: Arrival) -> bool {
    match first {
        Arrival::Arrived => true,
        Arrival::AnsweredAlready => to.recorded.is_so(),
        Arrival::Lost => false,
    }
}

/// What is said in the end: the answer, the refusal, or a fault with its number.
fn settle(
    to: &Addressee<'_>,
    outcome: std::thread::Result<Result<Answer, Error>>,
    started: Instant,
) -> Option<Answer> {
    let (answer, kind) = match outcome {
        Ok(Ok(answer)) if !takes_files(&answer) => {
            let fault = "an answer has more files than Discord takes";
            (Some(faulted(to, fault)), "failed")
        }
        Ok(Ok(answer)) => (Some(answer), "answered"),
        Ok(Err(Error::HandledAlready)) => (None, "handled-already"),
        Ok(Err(Error::Storage(storage::Error::Conflict(Conflict::QueueFull)))) => {
            let text = Text::new("refused-queue-full");
            (Some(Answer::Say(Reply::of(&text, to.language))), "refused")
        }
        Ok(Err(Error::Storage(storage::Error::Conflict(Conflict::Closed)))) => {
            let text = Text::new("refused-session-closed");
            (Some(Answer::Say(Reply::of(&text, to.language))), "refused")
        }
        Ok(Err(Error::Refusal(refusal))) => {
            let reply = Reply {
                content: refusal.text.say(to.language),
                rows: refusal.rows,
                ..Reply::default()
            };
            (Some(Answer::Say(reply)), "refused")
        }
        Ok(Err(fault)) => (Some(faulted(to, &fault.to_string())), "failed"),
        Err(_) => (Some(faulted(to, "a handler panicked")), "failed"),
    };
    metrics::counter!("renkei_interactions_total", "name" => to.name.clone(), "outcome" => kind)
        .increment(1);
    metrics::histogram!("renkei_interaction_seconds", "name" => to.name.clone())
        .record(started.elapsed().as_secs_f64());
    answer
}

fn faulted(to: &Addressee<'_>, fault: &str) -> Answer {
    // The last digits of the interaction's id are enough to find the line in the log of a day.
    let number = to.id.get() % 1_000_000;
    tracing::error!(fault.number = number, interaction.name = %to.name, error = fault, "an interaction failed");
    let text = Text::new("fault").with("number", format!("{number:06}"));
    Answer::Say(Reply::of(&text, to.language))
}
