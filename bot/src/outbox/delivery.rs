//! One delivery: from a claimed row to what stands in the channel.

use super::{
    cause,
    settled::{Settled, Step, doubted, fault, later, not_done, unseen},
};
use crate::{
    clock::SystemClock,
    discord::{Act, Made, Outcome, Port},
    gateway::Gateway,
    snapshot::Shelf,
};
use chrono::TimeDelta;
use commands::{
    App,
    card::{self, Drawn, Post},
    clock::Clock,
};
use domain::{
    audience::Destination,
    id::ChannelId,
    office::Office,
    server::{Kind, Server},
};
use std::{sync::Arc, time::Duration};
use storage::outbox::{Claimed, StandingPost};
use tokio_util::sync::CancellationToken;

/// The pauses before one searches for what a request may have left, and makes it again.
pub(super) const PAUSES: [Duration; 4] = [
    Duration::from_millis(500),
    Duration::from_secs(1),
    Duration::from_secs(2),
    Duration::from_secs(4),
];
/// The longest one waits for a limit of Discord while the row is in hand; longer ones are waited for by
/// the lane.
const LIMIT_WAIT_MAX: Duration = Duration::from_secs(6);
/// Why a forum takes nothing: it asks for a tag, and has none that fits.
const TAG_REQUIRED: &str = "tag-required";
/// A search begins this long before the claim: clocks differ.
const SEARCH_MINUTES_BEFORE: i64 = 10;

/// Delivers rows.
pub(crate) struct Delivery {
    pub(crate) app: App,
    pub(crate) port: Port,
    pub(crate) gateway: Arc<Gateway>,
    pub(crate) shelf: Arc<Shelf>,
    /// A stop does not wait for second tries.
    pub(crate) stop: CancellationToken,
}

impl Delivery {
    /// Makes right what a row asks for.
    pub(super) async fn make_right(&self, row: &Claimed) -> Settled {
        self.attempt(row).await.unwrap_or_else(|settled| settled)
    }

    async fn attempt(&self, row: &Claimed) -> Step<Settled> {
        let office = self
            .app
            .store
            .office_since(row.office, row.set_up)
            .await
            .map_err(|error| fault(row, &error))?;
        let office = office.ok_or_else(|| later(row, "the office is gone"))?;
        if row.destination == Destination::Event {
            return self.keep_event(&office, row).await;
        }
        if row.recalled {
            self.clear(&office, row).await?;
            return Ok(Settled::Recalled);
        }
        match self.draw(&office, row).await? {
            None => self.take_away(&office, row).await,
            Some(post) => self.put_up(&office, row, *post).await,
        }
    }

    async fn draw(&self, office: &Office, row: &Claimed) -> Step<Option<Box<Post>>> {
        match card::draw(&self.app, office, row)
            .await
            .map_err(|error| fault(row, &error))?
        {
            Drawn::Post(post) => Ok(Some(post)),
            Drawn::Nothing => Ok(None),
        }
    }

    /// Nothing is to stand there.
    async fn take_away(&self, office: &Office, row: &Claimed) -> Step<Settled> {
        self.clear(office, row).await?;
        Ok(Settled::Removed(row.wanted))
    }

    /// Takes away what stands there, or may after doubt. What is taken away is not proven: fewer people
    /// can only see less.
    async fn clear(&self, office: &Office, row: &Claimed) -> Step<()> {
        if !self.gateway.is_live() {
            return Err(unseen("no live session"));
        }
        if let Some(standing) = row.post {
            // The words of the card first.
            self.leave(office, row, standing).await?;
            self.close(office, row).await?;
        } else if row.recovering
            && let Some(channel) = row.destination.channel(office)
        {
            let snapshot = self.look(row).await?;
            let kind = snapshot
                .channels
                .get(&channel)
                .map_or(Kind::Other, |known| known.kind);
            for standing in self.find(row, &snapshot, channel, kind).await? {
                self.retire(row, standing).await?;
            }
        }
        Ok(())
    }

    /// The post is to stand in the channel that is bound now.
    async fn put_up(&self, office: &Office, row: &Claimed, post: Post) -> Step<Settled> {
        // The use was bound to another channel, or to none: the post moves, or waits for one. What
        // stands there goes first, because nobody asks any more who can read it.
        if let Some(standing) = row.post
            && row.destination.channel(office) != Some(standing.channel)
        {
            if !self.gateway.is_live() {
                return Err(unseen("no live session"));
            }
            self.leave(office, row, standing).await?;
            self.close(office, row).await?;
            self.prove_over(office, row).await?;
            return self.post_anew(office, row).await;
        }
        self.prove_over(office, row).await?;
        let standing = match row.post {
            Some(standing) => Some(standing),
            None if row.recovering => self.recover(office, row).await?,
            None => None,
        };
        let Some(standing) = standing else {
            return self.create(office, row, &post).await;
        };
        match self.make_good(office, row, standing, &post).await? {
            Some(settled) => Ok(settled),
            // Deleted by hand: it is posted once more.
            None => self.post_anew(office, row).await,
        }
    }

    /// Edits what stands there as far as it has to be, and opens the thread that somebody asked for;
    /// `None` when it is not there any more.
    async fn make_good(
        &self,
        office: &Office,
        row: &Claimed,
        standing: StandingPost,
        post: &Post,
    ) -> Step<Option<Settled>> {
        let wanted = row.discussion.wanted && standing.thread.is_none();
        let settled = if wanted && row.wanted <= row.sent {
            Settled::Sent(row.sent, standing)
        } else {
            match self.edit(office, row, standing, post).await? {
                Some(settled) => settled,
                None => return Ok(None),
            }
        };
        if post.discussion.is_none() {
            self.close(office, row).await?;
        } else if wanted {
            let opened = self.discuss(office, row, standing).await?;
            return Ok(opened.map(|()| settled));
        }
        Ok(Some(settled))
    }

    /// Posts what stood somewhere before, under a new mark.
    async fn post_anew(&self, office: &Office, row: &Claimed) -> Step<Settled> {
        let mut row = row.clone();
        (row.mark, row.post) = (self.new_mark(&row).await?, None);
        match self.draw(office, &row).await? {
            Some(post) => self.create(office, &row, &post).await,
            None => Ok(Settled::Removed(row.wanted)),
        }
    }

    /// Forgets what stood there; the mark of what will.
    pub(super) async fn new_mark(&self, row: &Claimed) -> Step<String> {
        let claimed = row.clone();
        let mark = self
            .app
            .store
            .write(move |tx| {
                let claimed = claimed.clone();
                Box::pin(async move { storage::outbox::lost(tx, &claimed).await })
            })
            .await
            .map_err(|error| fault(row, &error))?;
        // Somebody else has the row by now.
        mark.ok_or(Settled::Doubtful)
    }

    /// Posts something new. Where it is not known whether that was done, the channel is searched and
    /// the same request is made again, for as long as the delivery may take.
    async fn create(&self, office: &Office, row: &Claimed, post: &Post) -> Step<Settled> {
        let mut created = self.create_once(office, row, post).await?;
        for pause in PAUSES {
            match created {
                Created::Done(standing) => return Ok(Settled::Sent(post.revision, standing)),
                // A forum post has no nonce: while one may be on its way, there is no second.
                Created::Doubtful(Kind::Forum, false) => return Err(Settled::Doubtful),
                Created::Doubtful(..) => {}
            }
            tokio::select! {
                () = self.stop.cancelled() => return Err(in_doubt(row, created.has_ended())),
                () = tokio::time::sleep(pause) => {}
            }
            // Whatever hinders it now, the doubt stays.
            let ended = created.has_ended();
            created = match self.recover(office, row).await {
                Ok(Some(standing)) => return Ok(Settled::Sent(post.revision, standing)),
                Ok(None) => self
                    .create_once(office, row, post)
                    .await
                    .map_err(|_| in_doubt(row, ended))?,
                Err(_) => return Err(in_doubt(row, ended)),
            };
        }
        match created {
            Created::Done(standing) => Ok(Settled::Sent(post.revision, standing)),
            Created::Doubtful(_, ended) => Err(in_doubt(row, ended)),
        }
    }

    async fn create_once(&self, office: &Office, row: &Claimed, post: &Post) -> Step<Created> {
        let line = card::late::line(office, row, self.app.clock.now());
        let (snapshot, proven) = self.prove_after_limit(office, row).await?;
        let channel = proven.channel;
        let post = &*post.carried(proven.attaches, office.settings.locale);
        let created = match proven.kind {
            Kind::Forum => {
                let place = (&*snapshot, &proven);
                let tags = self.tags(row, &post.tags, place, &[]).await?;
                let Some(tags) = tags else {
                    return Err(Settled::Refused(cause::of_code(TAG_REQUIRED)));
                };
                // Making tags may have taken its time.
                self.prove(office, row).await?;
                let made = self
                    .port
                    .make_post(channel, post, line.as_deref(), &tags)
                    .await;
                made.map(|made| standing_of(channel, made))
            }
            Kind::Text | Kind::Thread | Kind::Other => self
                .port
                .send(channel, post, line.as_deref(), nonce(&row.mark))
                .await
                .map(|message| StandingPost {
                    channel,
                    message,
                    thread: None,
                }),
        };
        match created {
            Outcome::Done(standing) => Ok(Created::Done(standing)),
            Outcome::Doubtful(answered) => Ok(Created::Doubtful(proven.kind, answered)),
            // The nonce is of a message that was deleted meanwhile, or the channel has just gone. Under
            // that nonce there would be no other message for minutes.
            Outcome::Gone => {
                self.new_mark(row).await?;
                Err(later(row, "what was sent is gone"))
            }
            other => Err(not_done(row, &other)),
        }
    }

    /// What an earlier try has left in the bound channel: the oldest stays, others go.
    async fn recover(&self, office: &Office, row: &Claimed) -> Step<Option<StandingPost>> {
        let (snapshot, proven) = self.prove(office, row).await?;
        let mut found = self
            .find(row, &snapshot, proven.channel, proven.kind)
            .await?
            .into_iter();
        let kept = found.next();
        for double in found {
            self.retire(row, double).await?;
        }
        Ok(kept)
    }

    async fn find(
        &self,
        row: &Claimed,
        snapshot: &Server,
        channel: ChannelId,
        kind: Kind,
    ) -> Step<Vec<StandingPost>> {
        // Doubt is of an earlier claim, or of this one, which was made just now.
        let since = row.claimed_before.unwrap_or_else(|| SystemClock.now())
            - TimeDelta::minutes(SEARCH_MINUTES_BEFORE);
        let found = match kind {
            Kind::Forum => {
                let posts = self
                    .port
                    .find_posts(row.server, channel, snapshot.bot, &row.mark, since)
                    .await;
                posts.map(|posts| {
                    posts
                        .into_iter()
                        .map(|made| standing_of(channel, made))
                        .collect()
                })
            }
            Kind::Text => {
                let messages = self
                    .port
                    .find_messages(channel, snapshot.bot, &row.mark, since)
                    .await;
                messages.map(|messages| {
                    messages
                        .into_iter()
                        .map(|message| StandingPost {
                            channel,
                            message,
                            thread: None,
                        })
                        .collect()
                })
            }
            Kind::Thread | Kind::Other => Outcome::Done(Vec::new()),
        };
        match found {
            Outcome::Done(found) => Ok(found),
            Outcome::Gone => Ok(Vec::new()),
            other => Err(not_done(row, &other)),
        }
    }

    /// Takes a post away. What stands in a channel that has no use any more, and is closed to the bot,
    /// is forgotten: waiting would not open it.
    async fn leave(&self, office: &Office, row: &Claimed, standing: StandingPost) -> Step<()> {
        let in_use = row.destination.channel(office) == Some(standing.channel);
        match self.retire(row, standing).await {
            Err(Settled::Refused(_)) if !in_use => {
                tracing::warn!(
                    office.id = %row.office, outbox.id = %row.id,
                    "an old post stands in a channel that is closed to the bot, and stays there"
                );
                Ok(())
            }
            other => other,
        }
    }

    async fn retire(&self, row: &Claimed, standing: StandingPost) -> Step<()> {
        // Nothing is proven here, so a wait costs no proof.
        match standing.thread {
            Some(thread) => self.wait_for_limit(row, Act::RemovePost, thread).await?,
            None => {
                self.wait_for_limit(row, Act::Remove, standing.channel)
                    .await?;
            }
        }
        let retired = match standing.thread {
            Some(thread) => {
                self.port
                    .retire_post(Made {
                        thread,
                        message: standing.message,
                    })
                    .await
            }
            None => self.port.delete(standing.channel, standing.message).await,
        };
        match retired {
            Outcome::Done(()) | Outcome::Gone => Ok(()),
            Outcome::Doubtful(_) => Err(later(row, "a removal was not answered")),
            other => Err(not_done(row, &other)),
        }
    }

    /// Waits for a limit of Discord and for its turn before the proof, so that nothing lies between proof
    /// and request.
    pub(super) async fn wait_for_limit(
        &self,
        row: &Claimed,
        act: Act,
        within: ChannelId,
    ) -> Step<()> {
        let wait = self.port.closed_for(act, within);
        if wait > LIMIT_WAIT_MAX {
            return Err(not_done(row, &Outcome::<()>::Again(wait)));
        }
        tokio::time::sleep(wait).await;
        tokio::time::sleep(self.port.turn()).await;
        Ok(())
    }
}

/// What became of a new message or post.
enum Created {
    Done(StandingPost),
    /// Not known; `true` when Discord has answered.
    Doubtful(Kind, bool),
}

impl Created {
    /// Whether nothing of it is on its way any more.
    fn has_ended(&self) -> bool {
        matches!(self, Self::Done(_) | Self::Doubtful(_, true))
    }
}

/// What is not known keeps its lease while something may be on its way.
fn in_doubt(row: &Claimed, ended: bool) -> Settled {
    if ended {
        doubted(row)
    } else {
        Settled::Doubtful
    }
}

fn standing_of(forum: ChannelId, made: Made) -> StandingPost {
    StandingPost {
        channel: forum,
        message: made.message,
        thread: Some(made.thread),
    }
}

/// Longest nonce of Discord (resources/message, "Create Message").
const NONCE_CHARACTERS_MAX: usize = 25;

/// The nonce of a row: its mark, which is new whenever the row is posted anew.
fn nonce(mark: &str) -> &str {
    mark.get(..NONCE_CHARACTERS_MAX).unwrap_or(mark)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_fits_the_nonce() {
        assert_eq!(nonce("0123456789abcdef0123"), "0123456789abcdef0123");
        assert_eq!(nonce(&"f".repeat(40)).len(), NONCE_CHARACTERS_MAX);
    }
}
