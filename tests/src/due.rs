//! What is due later: a test moves the office clock and waits until it was dealt with.

use crate::world::World;
use commands::clock::Clock;
use domain::occurrence::Matter;
use storage::occurrence::Counts;

/// What every office always has planned.
const ROUNDS: [Matter; 2] = [Matter::Digest, Matter::Council];

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
                world.occurrences().await.due == 0 && world.lacks_rounds().await == 0
            })
            .await;
        assert!(done, "what is due is dealt with\n{}", self.log());
        self.settled().await;
        self.occurrences().await.waiting - self.rounds().await
    }

    /// How many digests and councils are planned.
    async fn rounds(&self) -> i64 {
        let offices = self
            .store()
            .read(|connection| Box::pin(storage::office::all(connection)));
        let offices = offices.await.expect("offices can be read").len();
        i64::try_from(offices * ROUNDS.len()).expect("few")
    }

    /// How many of them are not planned yet.
    async fn lacks_rounds(&self) -> usize {
        let mut lacking = 0;
        for matter in ROUNDS {
            let without = self.store().read(move |connection| {
                Box::pin(storage::occurrence::offices_without(
                    connection, matter, 100,
                ))
            });
            lacking += without.await.expect("what is planned can be read").len();
        }
        lacking
    }
}
