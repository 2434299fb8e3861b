//! What is due later: a test moves the office clock and waits until it was dealt with.

use crate::world::World;
use commands::clock::Clock;
use storage::occurrence::Counts;

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

    /// Waits until everything that is due was dealt with and sent; says how much is still planned.
    ///
    /// # Panics
    /// Something stays due.
    pub async fn dealt_with(&self) -> i64 {
        let done = self
            .until(async |world| world.occurrences().await.due == 0)
            .await;
        assert!(done, "what is due is dealt with\n{}", self.log());
        self.settled().await;
        self.occurrences().await.waiting
    }
}
