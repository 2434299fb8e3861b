//! One delivery to the server's own list of events: made, changed, ended, taken away.
//!
//! It goes the way of a post ([`super::delivery`]) with three differences: what is proven is the right
//! of the bot in the server as a whole and that the session is still one for everybody, which drawing
//! it anew says; there is no nonce, so after doubt the list is read before anything is made again; and
//! what somebody has deleted is not made again, but told.

use super::{
    cause,
    delivery::{Delivery, PAUSES},
    settled::{Settled, Step, doubted, fault, later, not_done, unseen},
};
use crate::{
    discord::{Outcome, event::FINISHED, event::Stage},
    snapshot::Unknown,
};
use commands::card::event::{self, Event, Plan};
use domain::{
    id::{ChannelId, MessageId, SessionId, UserId},
    office::Office,
};
use storage::outbox::{Claimed, StandingPost};

impl Delivery {
    /// Makes right what stands in the server's list of the session of a row.
    pub(super) async fn keep_event(&self, office: &Office, row: &Claimed) -> Step<Settled> {
        match self.plan_event(office, row).await? {
            Plan::Stand(event) => self.stand(office, row, *event).await,
            Plan::Complete(revision) => self.end(row, Stage::Completed, revision).await,
            Plan::Cancel(revision) => self.end(row, Stage::Cancelled, revision).await,
            Plan::Remove(revision) => self.end(row, Stage::Other, revision).await,
            Plan::Forget => self.end(row, Stage::Other, row.wanted).await,
            // Somebody has taken it away, and it stays so.
            Plan::Leave(revision) => Ok(Settled::Removed(revision)),
        }
    }

    async fn plan_event(&self, office: &Office, row: &Claimed) -> Step<Plan> {
        let session = SessionId(row.subject.id);
        event::plan(&self.app, office, session, &row.mark)
            .await
            .map_err(|error| fault(row, &error))
    }

    /// The event is to stand.
    async fn stand(&self, office: &Office, row: &Claimed, event: Event) -> Step<Settled> {
        let bot = self.prove_event(row).await?;
        let standing = match row.post {
            Some(post) => Some(post.message),
            None if row.recovering => self.recover_event(row, bot).await?,
            None => None,
        };
        let Some(id) = standing else {
            return self.make(row, bot, &event).await;
        };
        let has_begun = event.span.start <= self.app.clock.now();
        let edited = self.port.edit_event(row.server, id, &event, has_begun);
        match edited.await {
            Outcome::Done(()) => Ok(sent(row, event.revision, id)),
            // Deleted by hand: that is for the desk to decide.
            Outcome::Gone if row.post.is_some() => self.gone(row, event.revision).await,
            Outcome::Gone => Err(later(row, "what was made is gone")),
            // It is over for Discord, and the session was put off meanwhile: another takes its place.
            Outcome::Refused(code) if code == FINISHED && !has_begun => {
                self.make_anew(office, row, bot).await
            }
            Outcome::Refused(code) if code == FINISHED => Ok(Settled::Removed(event.revision)),
            Outcome::Doubtful(_) => Err(later(row, "a change was not answered")),
            other => Err(not_done(row, &other)),
        }
    }

    /// Makes one under a new mark, in place of one that cannot be changed any more.
    async fn make_anew(&self, office: &Office, row: &Claimed, bot: UserId) -> Step<Settled> {
        let mut row = row.clone();
        (row.mark, row.post) = (self.new_mark(&row).await?, None);
        match self.plan_event(office, &row).await? {
            Plan::Stand(event) => self.make(&row, bot, &event).await,
            _ => Err(later(&row, "the session changed meanwhile")),
        }
    }

    /// Makes the event. Where it is not known whether that was done, the list is read and the same
    /// request is made again, for as long as the delivery may take.
    async fn make(&self, row: &Claimed, bot: UserId, event: &Event) -> Step<Settled> {
        // Discord takes none that has begun, and nobody needs one.
        if !event.span.lies_ahead(self.app.clock.now()) {
            return Ok(Settled::Removed(event.revision));
        }
        let mut made = self.port.make_event(row.server, event).await;
        for pause in PAUSES {
            match made {
                Outcome::Done(id) => return Ok(sent(row, event.revision, id)),
                // One may be on its way: there is no second before it has arrived.
                Outcome::Doubtful(false) => return Err(Settled::Doubtful),
                Outcome::Doubtful(true) => {}
                other => return Err(not_done(row, &other)),
            }
            tokio::select! {
                () = self.stop.cancelled() => return Err(doubted(row)),
                () = tokio::time::sleep(pause) => {}
            }
            // Whatever hinders it now, the doubt stays.
            match self.recover_event(row, bot).await {
                Ok(Some(id)) => return Ok(sent(row, event.revision, id)),
                Ok(None) => made = self.port.make_event(row.server, event).await,
                Err(_) => return Err(doubted(row)),
            }
        }
        match made {
            Outcome::Done(id) => Ok(sent(row, event.revision, id)),
            Outcome::Doubtful(false) => Err(Settled::Doubtful),
            _ => Err(doubted(row)),
        }
    }

    /// What an earlier try has left in the list: the oldest stays, others go.
    async fn recover_event(&self, row: &Claimed, bot: UserId) -> Step<Option<MessageId>> {
        let found = self.port.find_events(row.server, bot, &row.mark).await;
        let mut found = match found {
            Outcome::Done(found) => found.into_iter(),
            other => return Err(not_done(row, &other)),
        };
        let kept = found.next();
        for double in found {
            self.delete(row, double).await?;
        }
        Ok(kept)
    }

    /// Nothing is to stand in the list any more: what has begun ends, what has not is called off where
    /// people who wanted to come should learn of it, and the rest is deleted.
    async fn end(&self, row: &Claimed, stage: Stage, revision: i64) -> Step<Settled> {
        if !self.gateway.is_live() {
            return Err(unseen("no live session"));
        }
        let standing = match row.post {
            Some(post) => Some(post.message),
            None if row.recovering => {
                let bot = self.shelf.bot().ok_or_else(|| unseen("no session yet"))?;
                self.recover_event(row, bot).await?
            }
            None => None,
        };
        if let Some(id) = standing {
            self.end_standing(row, id, stage).await?;
        }
        Ok(Settled::Removed(revision))
    }

    async fn end_standing(&self, row: &Claimed, id: MessageId, stage: Stage) -> Step<()> {
        let now = match self.port.event(row.server, id).await {
            Outcome::Done(event) => event.stage(),
            Outcome::Gone => return Ok(()),
            other => return Err(not_done(row, &other)),
        };
        match (now, stage) {
            (Stage::Completed | Stage::Cancelled, _) => Ok(()),
            (Stage::Scheduled, Stage::Cancelled) | (Stage::Active, Stage::Completed) => {
                let ended = self.port.end_event(row.server, id, stage).await;
                match ended {
                    Outcome::Done(()) | Outcome::Gone => Ok(()),
                    Outcome::Refused(code) if code == FINISHED => Ok(()),
                    Outcome::Doubtful(_) => Err(later(row, "an ending was not answered")),
                    other => Err(not_done(row, &other)),
                }
            }
            _ => self.delete(row, id).await,
        }
    }

    async fn delete(&self, row: &Claimed, id: MessageId) -> Step<()> {
        match self.port.delete_event(row.server, id).await {
            Outcome::Done(()) | Outcome::Gone => Ok(()),
            Outcome::Doubtful(_) => Err(later(row, "a removal was not answered")),
            other => Err(not_done(row, &other)),
        }
    }

    /// It was deleted by hand: the desk is told, and it is left so.
    async fn gone(&self, row: &Claimed, revision: i64) -> Step<Settled> {
        let (claimed, now) = (row.clone(), self.app.clock.now());
        self.app
            .store
            .write(move |tx| {
                let claimed = claimed.clone();
                Box::pin(async move { storage::event::notice_gone(tx, &claimed, now).await })
            })
            .await
            .map_err(|error| fault(row, &error))?;
        Ok(Settled::Removed(revision))
    }

    /// The proof for an event: the server as it is now, with a live session. Who the bot is.
    async fn prove_event(&self, row: &Claimed) -> Step<UserId> {
        let server = self
            .shelf
            .fresh(row.server)
            .await
            .map_err(|unknown| match unknown {
                Unknown::Absent => unseen("the server cannot be seen"),
                Unknown::Unread => later(row, "the server could not be read"),
            })?;
        if let Some(cause) = cause::of_events(&server) {
            return Err(Settled::Refused(cause));
        }
        if !self.gateway.is_live() {
            return Err(unseen("no live session"));
        }
        Ok(server.bot)
    }
}

/// An event has no channel: it stands in the server.
fn sent(row: &Claimed, revision: i64, id: MessageId) -> Settled {
    let standing = StandingPost {
        channel: ChannelId(row.server.0),
        message: id,
        thread: None,
    };
    Settled::Sent(revision, standing)
}
