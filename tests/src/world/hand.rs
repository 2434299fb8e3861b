//! What is done to the database of a world beside the bot: by somebody with a database tool, by another
//! process, by time that passes.

use super::World;
use crate::database::Held;

impl World {
    /// Holds the SQLite database as another process would, so that nothing can be written.
    ///
    /// # Panics
    /// The database is not SQLite, or cannot be held.
    pub async fn hold_database(&self) -> Held {
        self.database.hold().await
    }

    /// Runs a statement beside the bot, as somebody with a database tool would.
    ///
    /// # Panics
    /// The database does not take it.
    pub async fn by_hand(&self, sql: &str) {
        self.database.run(sql).await;
    }

    /// Lets every lease and every wait of the outbox be over, as when time had passed in the database;
    /// what was sent just now was sent some minutes ago.
    ///
    /// # Panics
    /// The database does not answer.
    pub async fn let_waits_pass(&self) {
        self.database.let_waits_pass().await;
        // Whoever sleeps until then does not see a clock that was moved from outside.
        if let Some(bot) = &self.bot {
            bot.store().outbox_changed().notify_waiters();
            bot.store().outbox_changed().notify_one();
        }
    }

    /// Lets the leases of one process be over, as when time had passed since it died. Leases of others
    /// stay: what they have in hand is theirs.
    ///
    /// # Panics
    /// The database does not answer.
    pub async fn let_leases_pass(&self, process: u32) {
        let sql = format!(
            "update outbox_lane set free_at = 0 where exists (select 1 from outbox \
             where outbox.office_id = outbox_lane.office_id and outbox.id = outbox_lane.held_by \
             and outbox.lease_owner like '{process}-%')"
        );
        self.database.run(&sql).await;
    }
}
