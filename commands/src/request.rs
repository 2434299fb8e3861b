//! A request: who asks, of which office, from where, when. Made by the dispatcher, once per
//! interaction; it carries no token and cannot answer by itself.

use crate::{App, dispatch::Progress, error::Error, text::Text};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    id::{ChannelId, InteractionId, OfficeId, RoleId, ServerId, UserId},
    office::Office,
    person::Person,
    setting::Language,
};
use futures::future::BoxFuture;
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};
use storage::Transaction;

/// Whether this delivery of an interaction has recorded its change: the dispatcher asks before it
/// answers, because another delivery may have done it instead.
#[derive(Clone, Debug, Default)]
pub struct Recorded(Arc<AtomicBool>);

impl Recorded {
    /// Whether it has.
    #[must_use]
    pub fn is_so(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }

    fn note(&self) {
        self.0.store(true, Ordering::Release);
    }
}

/// What Discord said of the person and the place, before the office is known.
#[derive(Clone, Debug)]
pub struct Envelope {
    /// The interaction; changes are claimed by it.
    pub interaction: InteractionId,
    /// The server it came from; `None` in direct messages.
    pub server: Option<ServerId>,
    /// The channel it came from; for a command in a public thread or a post, the channel above it.
    pub channel: ChannelId,
    /// Who asks.
    pub user: UserId,
    /// The roles of the person in the server.
    pub roles: Vec<RoleId>,
    /// Whether the person administers the server.
    pub administrator: bool,
    /// The language of the person's client.
    pub language: Language,
    /// Told when the change is recorded.
    pub recorded: Recorded,
    /// Told how far a handler is that takes long.
    pub progress: Progress,
}

/// One interaction with everything a handler needs to decide.
pub struct Request {
    /// The application.
    pub app: App,
    /// The interaction; changes are claimed by it.
    pub interaction: InteractionId,
    /// The office as set up now.
    pub office: Arc<Office>,
    /// Who asks, with what their roles make them here.
    pub person: Person,
    /// The channel it came from, as in [`Envelope::channel`].
    pub channel: ChannelId,
    /// The language of the answer.
    pub language: Language,
    /// The office clock when the request arrived.
    pub now: DateTime<Utc>,
    /// Told when the change is recorded.
    pub recorded: Recorded,
    /// Told how far a handler is that takes long.
    pub progress: Progress,
}

impl Request {
    /// Finds the office of an envelope; the first request of a server makes the office.
    ///
    /// # Errors
    /// Refused outside a server; storage failed.
    pub async fn open(app: &App, envelope: Envelope) -> Result<Self, Error> {
        let Some(server) = envelope.server else {
            return Err(Error::refuse(Text::new("refused-outside-server")));
        };
        let now = app.clock.now();
        let office = match app.store.office(server).await? {
            Some(office) => office,
            None => {
                app.store
                    .write(move |tx| {
                        Box::pin(async move { storage::office::ensure(tx, server, now).await })
                    })
                    .await?;
                // Its first digest is planned by whoever looks at the calendar.
                app.store.occurrence_changed().notify_one();
                app.store
                    .office(server)
                    .await?
                    .ok_or(Error::Fault("an office that was just made is not found"))?
            }
        };
        let person = office.person(envelope.user, &envelope.roles, envelope.administrator);
        Ok(Self {
            app: app.clone(),
            interaction: envelope.interaction,
            office,
            person,
            channel: envelope.channel,
            language: envelope.language,
            now,
            recorded: envelope.recorded,
            progress: envelope.progress,
        })
    }

    /// The office's id.
    #[must_use]
    pub fn office_id(&self) -> OfficeId {
        self.office.id
    }

    /// Today in the office's time zone.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        self.now
            .with_timezone(&self.office.settings.time_zone)
            .date_naive()
    }

    /// The words of a text in the language of the answer.
    #[must_use]
    pub fn say(&self, text: &Text) -> String {
        text.say(self.language)
    }

    /// Records a change: one transaction that first claims the interaction, so that an event
    /// delivered twice acts once, in whichever process.
    ///
    /// # Errors
    /// [`Error::HandledAlready`] when another delivery has it; storage failed.
    pub async fn record<T, F>(&self, change: F) -> Result<T, Error>
    where
        T: Send + 'static,
        F: for<'t> Fn(&'t mut Transaction) -> BoxFuture<'t, storage::Result<T>>
            + Send
            + Sync
            + 'static,
    {
        let (office, interaction, now) = (self.office_id(), self.interaction, self.now);
        let set_up = self.office.revision;
        let change = Arc::new(change);
        let recorded = self
            .app
            .store
            .write(move |tx| {
                let change = Arc::clone(&change);
                Box::pin(async move {
                    if !storage::interaction::claim(tx, interaction, office, now).await? {
                        return Ok(None);
                    }
                    tracing::trace!(target: "renkei::point", point = "between-claim-and-change");
                    storage::office::decided_by(tx, office, set_up).await?;
                    change(tx).await.map(Some)
                })
            })
            .await?;
        let recorded = recorded.ok_or(Error::HandledAlready)?;
        self.recorded.note();
        Ok(recorded)
    }
}
