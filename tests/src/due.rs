//! What is due later: a test moves the office clock and waits until it was dealt with.

use crate::world::World;
use chrono::{DateTime, Utc};
use commands::clock::Clock;
use domain::occurrence::Matter;
use storage::{Connection, Store, occurrence::Counts};

/// What every office always has planned.
const ROUNDS: [Matter; 7] = [
    Matter::Digest,
    Matter::Council,
    Matter::Handover,
    Matter::MonthPreview,
    Matter::MonthPost,
    Matter::FeedbackMonth,
    Matter::Retention,
];

/// Whether everything that was due by now has been dealt with and sent, and what always is planned stands:
/// all of one moment, because what is sent makes room for the next, which may be due at once.
///
/// # Errors
/// The database does not answer.
pub async fn is_dealt_with(store: &Store, now: DateTime<Utc>) -> storage::Result<bool> {
    store
        .read(move |connection| {
            Box::pin(async move {
                let due = storage::occurrence::counts(connection, now).await?.due;
                let waiting = storage::outbox::counts(connection).await?.waiting;
                Ok(due == 0 && waiting == 0 && !lacks_rounds(connection).await?)
            })
        })
        .await
}

/// Whether something that every office always has planned is not planned yet.
async fn lacks_rounds(connection: &mut Connection) -> storage::Result<bool> {
    for matter in ROUNDS {
        let lacking = storage::occurrence::offices_without(connection, matter, 1).await?;
        if !lacking.is_empty() {
            return Ok(true);
        }
    }
    Ok(false)
}

impl World {
    /// What is planned, and what of it is due.
    ///
    /// # Panics
    /// The database does not answer.
    pub async fn occurrences(&self) -> Counts {
        let now = self.clock.now();
        let counted = self
            .store()
            .read(move |connection| Box::pin(storage::occurrence::counts(connection, now)));
        counted.await.expect("what is planned can be counted")
    }

    /// Waits until everything that is due was dealt with and sent; says how much is still planned, besides
    /// the next digest and the next council, which every office always has planned.
    ///
    /// # Panics
    /// Something stays due.
    pub async fn dealt_with(&self) -> i64 {
        let done = self
            .until(async |world| {
                let dealt = is_dealt_with(world.store(), world.clock.now()).await;
                dealt.expect("what is planned can be counted")
            })
            .await;
        assert!(done, "what is due is dealt with\n{}", self.log());
        self.occurrences().await.waiting - self.rounds().await
    }

    /// Waits until what every office always has planned is planned: the bot plans it from the time it is
    /// then, and a test that moves the clock sooner moves it past what it waits for.
    ///
    /// # Panics
    /// It is not planned.
    pub(crate) async fn rounds_planned(&self) {
        let planned = self
            .until(async |world| {
                let lacking = world
                    .store()
                    .read(|connection| Box::pin(lacks_rounds(connection)));
                !lacking.await.expect("what is planned can be looked at")
            })
            .await;
        assert!(planned, "what comes by itself is planned\n{}", self.log());
    }

    /// How much of what every office always has planned there is.
    async fn rounds(&self) -> i64 {
        let offices = self
            .store()
            .read(|connection| Box::pin(storage::office::all(connection)));
        let offices = offices.await.expect("offices can be read").len();
        i64::try_from(offices * ROUNDS.len()).expect("few")
    }
}
