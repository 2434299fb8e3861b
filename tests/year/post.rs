//! The other end of the outbox: what a worker would send, with its crashes. Rows are claimed through
//! storage as the bot claims them, and what was posted before a crash is found again by its mark.

use crate::{Harm, notice};
use domain::{
    audience::Destination,
    id::{BulletinId, ChannelId, MessageId, OfficeId, ReminderId},
};
use std::collections::{BTreeMap, HashMap};
use storage::{
    Connection, Store, Subject, SubjectKind,
    outbox::{self, Claimed, StandingPost, Worker},
    reminder::Reminder,
};
use tests::dice::Dice;

/// Rows that are claimed at once.
const AT_ONCE: i64 = 50;
/// A lease that is over when it begins: whoever claims next finds the row again, as after a crash.
const OVER: i64 = -1;
/// A lease that outlasts every claim of the test.
const LONG: i64 = 3_600;
/// Of a hundred deliveries so many end in a crash before the post, and so many after it.
const CRASHES: (usize, usize) = (3, 3);

/// One message that stands somewhere.
#[derive(Clone, Debug)]
pub(crate) struct Post {
    pub(crate) office: OfficeId,
    pub(crate) place: Destination,
    /// A reminder or a bulletin.
    pub(crate) about: Subject,
}

/// What a post says.
pub(crate) enum Saying {
    Reminder(Reminder),
    /// By its number and everything in it.
    Bulletin(String),
}

impl Post {
    /// What it says, if there is such a thing.
    pub(crate) async fn read(
        &self,
        connection: &mut Connection,
    ) -> storage::Result<Option<Saying>> {
        if self.about.kind == SubjectKind::Reminder {
            let id = ReminderId(self.about.id);
            let found = storage::reminder::find(connection, self.office, id).await?;
            return Ok(found.map(Saying::Reminder));
        }
        let id = BulletinId(self.about.id);
        let found = storage::notice::bulletin::find(connection, self.office, id).await?;
        Ok(found.map(|bulletin| {
            let notices = bulletin.notices.iter();
            let notices = notices.map(|(id, state)| (id.0, state.code()));
            Saying::Bulletin(notice::name(bulletin.id.0, notices))
        }))
    }
}

/// Everything that was ever posted.
#[derive(Debug, Default)]
pub(crate) struct Posts {
    posts: Vec<Post>,
    /// Where the post with a mark stands among them.
    marks: HashMap<String, usize>,
    told: usize,
    pub(crate) crashes: usize,
}

impl Posts {
    /// Sends everything that waits, crashing now and then.
    pub(crate) async fn send(
        &mut self,
        store: &Store,
        dice: &mut Dice,
        harm: Option<Harm>,
    ) -> storage::Result<()> {
        loop {
            let worker = Worker { id: "the-year" };
            let lease = if dice.chance(CRASHES.0 + CRASHES.1) {
                OVER
            } else {
                LONG
            };
            let claimed = store
                .write(move |tx| {
                    Box::pin(async move { outbox::claim(tx, &worker, lease, AT_ONCE).await })
                })
                .await?;
            if claimed.is_empty() {
                return Ok(());
            }
            let crashes = lease == OVER;
            let mut sent = Vec::with_capacity(claimed.len());
            for row in claimed {
                let posted = dice.chance(100 * CRASHES.1 / (CRASHES.0 + CRASHES.1));
                if crashes && !posted {
                    self.crashes += 1;
                    continue;
                }
                let message = self.post(&row, harm);
                if crashes {
                    self.crashes += 1;
                    continue;
                }
                sent.push((row, message));
            }
            note(store, sent).await?;
        }
    }

    /// Posts what a row asks for, unless an earlier try has: then it stands there with the row's mark.
    fn post(&mut self, row: &Claimed, harm: Option<Harm>) -> u64 {
        let standing = self.marks.get(&row.mark).copied();
        let searches = row.recovering && harm != Some(Harm::Doubles);
        let number = match (row.post, standing) {
            (Some(post), _) => return post.message.0,
            (None, Some(standing)) if searches => return number(standing),
            _ => number(self.posts.len()),
        };
        // Cards of sessions and reviews are not what is judged.
        let is_judged = matches!(
            row.subject.kind,
            SubjectKind::Reminder | SubjectKind::Bulletin
        );
        if is_judged && harm != Some(Harm::Loses) {
            let place = match (harm, row.destination) {
                (Some(Harm::Strays), Destination::Tier1(_)) => Destination::Tier3,
                (_, place) => place,
            };
            self.marks
                .entry(row.mark.clone())
                .or_insert(self.posts.len());
            self.posts.push(Post {
                office: row.office,
                place,
                about: row.subject,
            });
        }
        number
    }

    /// What was posted since the last time this was asked.
    pub(crate) fn fresh(&mut self) -> Vec<Post> {
        let fresh = self.posts[self.told..].to_vec();
        self.told = self.posts.len();
        fresh
    }

    /// How many messages were ever posted of each reminder or bulletin in each place.
    pub(crate) fn counted(&self) -> BTreeMap<(i64, String, String), usize> {
        let mut counted = BTreeMap::new();
        for post in &self.posts {
            let about = format!("{} {}", post.about.kind.code(), post.about.id);
            let of = (post.office.0, about, post.place.code());
            *counted.entry(of).or_default() += 1;
        }
        counted
    }

    pub(crate) fn len(&self) -> usize {
        self.posts.len()
    }
}

fn number(position: usize) -> u64 {
    position as u64 + 1
}

/// The channel that [`crate::office::Office::open`] has bound to the place of a row.
fn channel_of(row: &Claimed) -> ChannelId {
    let place = match row.destination {
        Destination::Desk => 1,
        Destination::Tier3 => 2,
        Destination::Tier1(id) => 2 + id.0.unsigned_abs(),
        Destination::Tier2(_) => 5,
        Destination::Feedback(_) => 6,
        Destination::Notice => 7,
        _ => 9,
    };
    ChannelId(row.server.0 * 100 + place)
}

/// Notes what was posted, all of it in one transaction.
async fn note(store: &Store, sent: Vec<(Claimed, u64)>) -> storage::Result<()> {
    if sent.is_empty() {
        return Ok(());
    }
    let noted = store.write(move |tx| {
        let sent = sent.clone();
        Box::pin(async move {
            for (row, message) in sent {
                let post = StandingPost {
                    channel: channel_of(&row),
                    message: MessageId(message),
                    thread: None,
                };
                outbox::sent(tx, &row, row.wanted, post).await?;
            }
            Ok(())
        })
    });
    noted.await
}
