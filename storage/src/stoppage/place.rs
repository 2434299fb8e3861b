//! The place of a stoppage: a channel use, or one message there. At most one is open at a place.

use super::{Cause, RECALL_SECONDS, VISIBLE_MAX};
use crate::{
    counter::{self, Noun},
    error::Result,
    instant,
    link::{Transaction, one, optional, run},
    office, outbox,
    subject::Subject,
};
use chrono::{DateTime, Utc};
use domain::{
    audience::Destination,
    id::{OfficeId, StoppageId},
};

/// Where something is hindered.
#[derive(Clone, Copy)]
pub(super) struct Place {
    pub(super) office: OfficeId,
    pub(super) destination: Destination,
    pub(super) subject: Option<Subject>,
}

/// What is open at a place.
pub(super) struct Open {
    pub(super) id: i64,
    code: String,
    widens: bool,
    details: String,
}

impl Place {
    /// What is open here.
    pub(super) async fn look(self, tx: &mut Transaction) -> Result<Option<Open>> {
        let row = optional!(
            tx,
            (i64, String, bool, String),
            "select id, code, widens, details from stoppage \
             where office_id = $1 and destination = $2 and coalesce(subject_kind, '') = $3 \
             and coalesce(subject_id, 0) = $4 and ended_at is null",
            self.office.0,
            self.destination.code(),
            self.subject.map_or("", |subject| subject.kind.code()),
            self.subject.map_or(0, |subject| subject.id),
        )?;
        Ok(row.map(|(id, code, widens, details)| Open {
            id,
            code,
            widens,
            details,
        }))
    }

    /// Whether posts stand here.
    pub(super) async fn holds_posts(self, tx: &mut Transaction) -> Result<bool> {
        let row = optional!(
            tx,
            (i64,),
            "select id from outbox where office_id = $1 and destination = $2 \
             and message_id is not null limit 1",
            self.office.0,
            self.destination.code(),
        )?;
        Ok(row.is_some())
    }

    /// Begins one.
    pub(super) async fn open(
        self,
        tx: &mut Transaction,
        cause: &Cause,
        now: DateTime<Utc>,
    ) -> Result<StoppageId> {
        let id = counter::next(tx, self.office, Noun::Stoppage).await?;
        run!(
            tx,
            "insert into stoppage (office_id, id, destination, subject_kind, subject_id, code, \
             widens, details, began_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            self.office.0,
            id,
            self.destination.code(),
            self.subject.map(|subject| subject.kind.code()),
            self.subject.map(|subject| subject.id),
            &cause.code,
            cause.widens,
            cause.details(),
            instant::to_stored(now),
        )?;
        if cause.widens {
            self.became_visible(tx, id).await?;
        }
        office::touch(tx, self.office).await?;
        self.tell(tx, id, false, now).await?;
        Ok(StoppageId(id))
    }

    /// Gives an open one another cause; `false` when it is the same.
    pub(super) async fn change(
        self,
        tx: &mut Transaction,
        open: &Open,
        cause: &Cause,
        now: DateTime<Utc>,
    ) -> Result<bool> {
        let details = cause.details();
        if (&open.code, open.widens, &open.details) == (&cause.code, cause.widens, &details) {
            return Ok(false);
        }
        run!(
            tx,
            "update stoppage set code = $3, widens = $4, details = $5 \
             where office_id = $1 and id = $2",
            self.office.0,
            open.id,
            &cause.code,
            cause.widens,
            &details,
        )?;
        if cause.widens && !open.widens {
            self.became_visible(tx, open.id).await?;
        }
        office::touch(tx, self.office).await?;
        self.tell(tx, open.id, true, now).await?;
        Ok(true)
    }

    /// Ends an open one, with so many messages let go.
    pub(super) async fn close(
        self,
        tx: &mut Transaction,
        id: i64,
        released: i64,
        now: DateTime<Utc>,
    ) -> Result<()> {
        let (visible,) = one!(
            tx,
            (i64,),
            "update stoppage set ended_at = $3, released_total = $4 \
             where office_id = $1 and id = $2 returning visible_total",
            self.office.0,
            id,
            instant::to_stored(now),
            released,
        )?;
        office::touch(tx, self.office).await?;
        self.note_revision(tx, id).await?;
        // What others could read at the desk, the desk is told when it can be written to again.
        if self.is_of_the_desk() && visible == 0 {
            return Ok(());
        }
        self.want_card(tx, id, now).await
    }

    /// Has its card drawn at the desk; `again` when it says something newer. Never about the desk to
    /// the desk.
    pub(super) async fn tell(
        self,
        tx: &mut Transaction,
        id: i64,
        again: bool,
        now: DateTime<Utc>,
    ) -> Result<()> {
        if again {
            self.note_revision(tx, id).await?;
        }
        if self.is_of_the_desk() {
            return Ok(());
        }
        self.want_card(tx, id, now).await
    }

    fn is_of_the_desk(self) -> bool {
        self.destination == Destination::Desk && self.subject.is_none()
    }

    async fn note_revision(self, tx: &mut Transaction, id: i64) -> Result<()> {
        run!(
            tx,
            "update stoppage set revision = revision + 1 where office_id = $1 and id = $2",
            self.office.0,
            id,
        )
        .map(drop)
    }

    async fn want_card(self, tx: &mut Transaction, id: i64, now: DateTime<Utc>) -> Result<()> {
        let (revision,) = one!(
            tx,
            (i64,),
            "select revision from stoppage where office_id = $1 and id = $2",
            self.office.0,
            id,
        )?;
        let subject = Subject::from(StoppageId(id));
        // What hinders must be told even when the queue is full, which may be because of it.
        outbox::want_beyond(tx, self.office, subject, Destination::Desk, revision, now).await
    }

    /// Others can read what stands here: what was sent just now is taken back, the rest is remembered.
    async fn became_visible(self, tx: &mut Transaction, id: i64) -> Result<()> {
        let code = self.destination.code();
        let recalled = outbox::recall(tx, self.office, self.destination, RECALL_SECONDS).await?;
        run!(
            tx,
            "insert into stoppage_visible (office_id, stoppage_id, message_id, channel_id, \
             thread_id, subject_kind, subject_id) \
             select office_id, $3, message_id, channel_id, thread_id, subject_kind, subject_id \
             from outbox where office_id = $1 and destination = $2 and message_id is not null \
             and recalled_at is null order by id limit $4 \
             on conflict (office_id, stoppage_id, message_id) do nothing",
            self.office.0,
            &code,
            id,
            VISIBLE_MAX,
        )?;
        run!(
            tx,
            "update stoppage set recalled_total = recalled_total + $4, visible_total = \
             (select count(*) from outbox where outbox.office_id = $1 \
             and outbox.destination = $2 and message_id is not null and recalled_at is null) \
             where stoppage.office_id = $1 and stoppage.id = $3",
            self.office.0,
            &code,
            id,
            recalled.cast_signed(),
        )?;
        Ok(())
    }
}
