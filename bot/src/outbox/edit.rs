//! Editing what stands: a message in a text channel, or a forum post with its tags, its title, and
//! whether it is archived.

use super::{
    cause,
    delivery::Delivery,
    settled::{Settled, Step, later, not_done},
};
use crate::discord::{Act, Made, Outcome, ThreadNow};
use commands::card::Post;
use domain::{id::ChannelId, office::Office};
use storage::outbox::{Claimed, StandingPost};

/// Why a post that is locked waits for a person.
const LOCKED: &str = "thread-locked";

/// How far the edit of a post got.
enum Done {
    /// All of it.
    All,
    /// The words stand; the title follows when Discord lets it.
    ButTitle(std::time::Duration),
    /// It is not there any more.
    Gone,
}

impl Delivery {
    /// Edits what stands there; `None` when it is not there any more.
    pub(super) async fn edit(
        &self,
        office: &Office,
        row: &Claimed,
        standing: StandingPost,
        post: &Post,
    ) -> Step<Option<Settled>> {
        if let Some(thread) = standing.thread {
            let made = Made {
                thread,
                message: standing.message,
            };
            let done = self.edit_post(office, row, made, post).await?;
            return Ok(match done {
                Done::All => Some(Settled::Sent(post.revision, standing)),
                Done::ButTitle(after) => Some(Settled::Postponed(post.revision, standing, after)),
                Done::Gone => None,
            });
        }
        self.wait_for_limit(row, Act::Edit, standing.channel)
            .await?;
        let (_, proven) = self.prove(office, row).await?;
        let post = &*post.carried(proven.attaches, office.settings.locale);
        let edited = self
            .port
            .edit(standing.channel, standing.message, post)
            .await;
        Ok(there(row, edited)?.map(|()| Settled::Sent(post.revision, standing)))
    }

    /// A post that was put aside is opened, edited, and put aside again: nobody brought it up. The words
    /// come first; Discord allows few changes of names, and they do not wait for the title.
    async fn edit_post(
        &self,
        office: &Office,
        row: &Claimed,
        made: Made,
        post: &Post,
    ) -> Step<Done> {
        self.wait_for_limit(row, Act::Edit, made.thread).await?;
        let Some(now) = there(row, self.port.thread(made.thread).await)? else {
            return Ok(Done::Gone);
        };
        let (snapshot, proven) = self.prove(office, row).await?;
        let post = &*post.carried(proven.attaches, office.settings.locale);
        let kept_out = now.locked && !proven.moderates;
        if now.archived {
            if kept_out {
                return Err(locked());
            }
            if self.opened(row, made.thread).await?.is_none() {
                return Ok(Done::Gone);
            }
        }
        let mut edited = self.port.edit_post(made, post).await;
        if matches!(edited, Outcome::Archived) {
            // It was put aside just now.
            if self.opened(row, made.thread).await?.is_none() {
                return Ok(Done::Gone);
            }
            edited = self.port.edit_post(made, post).await;
        }
        if there(row, edited)?.is_none() {
            return Ok(Done::Gone);
        }
        let place = (&*snapshot, &proven);
        let tags = self.tags(row, &post.tags, place, &now.tags).await?;
        let tags = tags.filter(|tags| *tags != now.tags);
        if kept_out && (tags.is_some() || now.name != post.title) {
            return Err(locked());
        }
        if let Some(tags) = tags
            && there(row, self.port.tag_post(made.thread, &tags).await)?.is_none()
        {
            return Ok(Done::Gone);
        }
        let named = self.named(row, made.thread, &now, post).await?;
        if now.archived {
            there(row, self.port.archive_thread(made.thread).await)?;
        }
        Ok(named)
    }

    /// Gives a post the title it should have, if it has another.
    async fn named(
        &self,
        row: &Claimed,
        thread: ChannelId,
        now: &ThreadNow,
        post: &Post,
    ) -> Step<Done> {
        if now.name == post.title {
            return Ok(Done::All);
        }
        match self.port.name_post(thread, &post.title).await {
            // Nothing else waits until the post may have another name.
            Outcome::Again(after) => Ok(Done::ButTitle(after)),
            named => Ok(there(row, named)?.map_or(Done::Gone, |()| Done::All)),
        }
    }

    /// Opens what was put aside; `None` when it is not there any more.
    async fn opened(&self, row: &Claimed, thread: ChannelId) -> Step<Option<()>> {
        there(row, self.port.open_thread(thread).await)
    }
}

/// What came of a request about something that stands; `None` when it is not there any more. A change
/// sends the whole again, so doing it twice does no harm.
pub(super) fn there<T>(row: &Claimed, outcome: Outcome<T>) -> Step<Option<T>> {
    match outcome {
        Outcome::Done(value) => Ok(Some(value)),
        Outcome::Gone => Ok(None),
        Outcome::Doubtful(_) => Err(later(row, "a change was not answered")),
        other => Err(not_done(row, &other)),
    }
}

fn locked() -> Settled {
    Settled::Refused(cause::of_code(LOCKED))
}
