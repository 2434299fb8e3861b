//! The one door through which everything is written.
//!
//! A closure that changes something is re-runnable and awaits only its transaction. So one writer per
//! process runs all that are waiting in one transaction, several of them under savepoints, and writes to
//! the disk once for them. On SQLite it is the only one; on PostgreSQL the writers of several processes may meet,
//! and a group that lost is run again. One writer a process matters there too: every change of an
//! office counts up the same rows, and writers side by side would mostly lose against each other.

use crate::{
    dialect,
    error::{Error, Fault, Result},
    link::{Connection, Link, Transaction},
    seal::SpeakerKeys,
};
use futures::{FutureExt, future::BoxFuture};
use sqlx::{PgPool, SqlitePool};
use std::{
    panic::AssertUnwindSafe,
    sync::{Arc, Mutex, PoisonError},
};
use tokio::{
    sync::{Notify, mpsc, oneshot},
    task::JoinHandle,
};

/// Most closures that share one transaction, and so one write to the disk.
const GROUP_MAX: usize = 64;
/// Most closures that wait for the writer; the next one waits for its place.
const WAITING_MAX: usize = 256;
/// How often a group is run beside other processes on PostgreSQL before it is run alone.
const ATTEMPTS_BESIDE_MAX: u32 = 4;
/// How often it is run alone after that; alone it can only lose to something outside this program.
const ATTEMPTS_ALONE_MAX: u32 = 3;

/// Where the writer's transactions begin.
#[derive(Clone)]
pub(crate) enum Writer {
    /// The one connection that writes.
    Sqlite(SqlitePool),
    /// A connection of its own, so that readers never wait for writing.
    Postgres(PgPool),
}

impl Writer {
    async fn begin(&self, alone: bool) -> Result<Link> {
        Ok(match self {
            Self::Sqlite(pool) => Link::Sqlite(pool.begin_with(dialect::WRITE_SQLITE).await?),
            Self::Postgres(pool) if alone => {
                Link::Postgres(pool.begin_with(dialect::WRITE_ALONE_POSTGRES).await?)
            }
            Self::Postgres(pool) => Link::Postgres(pool.begin_with(dialect::WRITE_POSTGRES).await?),
        })
    }
}

/// What the door needs: the keys for transactions, and whom to tell of new rows in the outbox and of
/// occurrences.
#[derive(Clone)]
pub(crate) struct Surroundings {
    pub(crate) keys: Arc<SpeakerKeys>,
    pub(crate) outbox_changed: Arc<Notify>,
    pub(crate) occurrence_changed: Arc<Notify>,
}

impl Surroundings {
    fn transaction(&self, link: Link) -> Transaction {
        Transaction::new(Connection::new(link, Arc::clone(&self.keys)))
    }

    fn tell(&self, news: News) {
        for (changed, waiting) in [
            (news.queued, &self.outbox_changed),
            (news.planned, &self.occurrence_changed),
        ] {
            if changed {
                waiting.notify_waiters();
                // Somebody who is about to wait finds the permit.
                waiting.notify_one();
            }
        }
    }
}

/// What a commit has brought that others wait for.
#[derive(Clone, Copy, Default)]
struct News {
    queued: bool,
    planned: bool,
}

/// Runs one closure in a transaction and catches its panic. Whatever it did is undone by the caller
/// unless the answer is `Ok`.
async fn run_once<T, F>(closure: &F, tx: &mut Transaction) -> Result<T>
where
    F: for<'t> Fn(&'t mut Transaction) -> BoxFuture<'t, Result<T>> + Send + Sync,
{
    tx.failed = false;
    tx.queued = false;
    tx.planned = false;
    // Nothing is looked at after a panic but the connection, which is rolled back. The closure is
    // called inside the future, so that a panic before its first await is caught as well.
    let ended = AssertUnwindSafe(async { closure(tx).await })
        .catch_unwind()
        .await;
    match ended {
        Err(_) => Err(Error::Panicked),
        Ok(Ok(_)) if tx.failed => Err(Error::Aborted),
        Ok(result) => result,
    }
}

/// The door: one task owns the writing connection.
pub(crate) struct Queue {
    sender: Mutex<Option<mpsc::Sender<Box<dyn Job>>>>,
    writer: Mutex<Option<JoinHandle<()>>>,
}

/// A closure that waits, with the place its answer goes to.
trait Job: Send {
    /// Runs the closure and keeps its answer; says whether it succeeded and queued something.
    fn run<'t>(&'t mut self, tx: &'t mut Transaction) -> BoxFuture<'t, bool>;
    /// Takes the error of a closure that lost against another process, so that it must be run again.
    fn lost(&mut self) -> Option<Error>;
    /// Hands the kept answer out, or the fault that undid the whole group.
    fn answer(self: Box<Self>, undone: Option<&Fault>);
}

struct Waiting<T, F> {
    closure: F,
    kept: Option<Result<T>>,
    reply: oneshot::Sender<Result<T>>,
}

impl<T, F> Job for Waiting<T, F>
where
    F: for<'t> Fn(&'t mut Transaction) -> BoxFuture<'t, Result<T>> + Send + Sync,
    T: Send,
{
    fn run<'t>(&'t mut self, tx: &'t mut Transaction) -> BoxFuture<'t, bool> {
        Box::pin(async move {
            let result = run_once(&self.closure, tx).await;
            let succeeded = result.is_ok();
            self.kept = Some(result);
            succeeded
        })
    }

    fn lost(&mut self) -> Option<Error> {
        match self.kept.take() {
            Some(Err(error)) if error.is_transient() => Some(error),
            kept => {
                self.kept = kept;
                None
            }
        }
    }

    fn answer(self: Box<Self>, undone: Option<&Fault>) {
        let answer = match (undone, self.kept) {
            (None, Some(result)) => result,
            // What a closure refused by itself is true whatever became of the group.
            (Some(_), Some(Err(error))) => Err(error),
            (Some(fault), _) => Err(Error::Database(fault.clone())),
            (None, None) => Err(Error::Closed),
        };
        // Somebody who no longer waits for the answer loses only the answer.
        let _ = self.reply.send(answer);
    }
}

impl Queue {
    pub(crate) fn open(writer: Writer, surroundings: Surroundings) -> Self {
        let (sender, receiver) = mpsc::channel(WAITING_MAX);
        let task = tokio::spawn(serve(writer, receiver, surroundings));
        Self {
            sender: Mutex::new(Some(sender)),
            writer: Mutex::new(Some(task)),
        }
    }

    pub(crate) async fn write<T, F>(&self, closure: F) -> Result<T>
    where
        F: for<'t> Fn(&'t mut Transaction) -> BoxFuture<'t, Result<T>> + Send + Sync + 'static,
        T: Send + 'static,
    {
        let sender = self
            .sender
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        let (reply, answer) = oneshot::channel();
        let job = Box::new(Waiting {
            closure,
            kept: None,
            reply,
        });
        sender
            .ok_or(Error::Closed)?
            .send(job)
            .await
            .map_err(|_| Error::Closed)?;
        answer.await.map_err(|_| Error::Closed)?
    }

    /// Lets everything that waits be written, then ends the writer.
    pub(crate) async fn close(&self) {
        drop(
            self.sender
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .take(),
        );
        let task = self
            .writer
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        if let Some(task) = task {
            // Closures cannot panic out of the task; a runtime that shuts down may cancel it.
            let _ = task.await;
        }
    }
}

async fn serve(
    writer: Writer,
    mut waiting: mpsc::Receiver<Box<dyn Job>>,
    surroundings: Surroundings,
) {
    let mut group = Vec::with_capacity(GROUP_MAX);
    while waiting.recv_many(&mut group, GROUP_MAX).await > 0 {
        match write_patiently(&writer, &mut group, &surroundings).await {
            Ok(news) => {
                group.drain(..).for_each(|job| job.answer(None));
                surroundings.tell(news);
            }
            Err(Error::Database(fault)) => {
                group.drain(..).for_each(|job| job.answer(Some(&fault)));
            }
            Err(_) => {
                let fault = Fault::of(sqlx::Error::PoolClosed);
                group.drain(..).for_each(|job| job.answer(Some(&fault)));
            }
        }
    }
}

/// Runs a group, and again when it lost against another process; in the end alone.
async fn write_patiently(
    writer: &Writer,
    group: &mut [Box<dyn Job>],
    surroundings: &Surroundings,
) -> Result<News> {
    let mut lost = 0;
    loop {
        let link = writer.begin(lost >= ATTEMPTS_BESIDE_MAX).await?;
        match write_group(link, group, surroundings).await {
            Err(error) if error.is_transient() => {
                lost += 1;
                if lost >= ATTEMPTS_BESIDE_MAX + ATTEMPTS_ALONE_MAX {
                    return Err(error);
                }
            }
            ended => return ended,
        }
    }
}

/// Runs a group and commits it once; says what it has brought. Several are run under savepoints; one that
/// is alone has nobody beside it whose work must stay, and goes back to the beginning.
async fn write_group(
    link: Link,
    group: &mut [Box<dyn Job>],
    surroundings: &Surroundings,
) -> Result<News> {
    let mut tx = surroundings.transaction(link);
    let mut news = News::default();
    let several = group.len() > 1;
    for job in group {
        if several {
            dialect::mark(&mut tx).await?;
        }
        if job.run(&mut tx).await {
            news.queued |= tx.queued;
            news.planned |= tx.planned;
            if several {
                dialect::keep(&mut tx).await?;
            }
        } else if let Some(error) = job.lost() {
            // The reason is worth more than a rollback that fails with the connection.
            let _ = tx.into_link().rollback().await;
            return Err(error);
        } else if several {
            dialect::take_back(&mut tx).await?;
        } else {
            tx.into_link().rollback().await?;
            return Ok(news);
        }
    }
    tracing::trace!(target: "renkei::point", point = "before-commit");
    tx.into_link().commit().await?;
    tracing::trace!(target: "renkei::point", point = "after-commit");
    Ok(news)
}
