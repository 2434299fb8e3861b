//! The reception: what the bot does about what it hears on the gateway, in the order it was heard.
//!
//! Nothing here waits for the work it starts: interactions are answered by tasks of their own, which
//! a stop waits for.

use crate::{
    gateway::{Asked, Heard},
    office::Offices,
    outbox::Touched,
    registration::Registration,
    snapshot::Shelf,
};
use commands::App;
use domain::id::{ServerId, UserId};
use poise::{FrameworkContext, FrameworkOptions};
use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use tokio::sync::{Notify, mpsc};
use tokio_util::task::TaskTracker;

/// Longest wait of an interaction for the office of its server to be opened; Discord waits three
/// seconds for the answer.
const OPEN_WITHIN: Duration = Duration::from_millis(1_500);

/// Most kinds of events that could not be read that are told apart.
const KINDS_MAX: usize = 64;

/// Everything the reception works with.
pub(crate) struct Reception {
    pub(crate) app: App,
    pub(crate) options: Arc<FrameworkOptions<App, commands::error::Error>>,
    pub(crate) shelf: Arc<Shelf>,
    pub(crate) offices: Arc<Offices>,
    pub(crate) registration: Arc<Registration>,
    /// Tasks in hand.
    pub(crate) tasks: TaskTracker,
    /// Servers that the session has named and that were not met yet.
    pub(crate) expected: Arc<Expected>,
    /// Servers whose lists of events may have changed.
    pub(crate) events: Arc<Touched>,
    /// Kinds of events that could not be read.
    pub(crate) unread: Unread,
}

/// The kinds of events that could not be read: each is counted, and warned of once.
#[derive(Debug, Default)]
pub(crate) struct Unread(Mutex<BTreeSet<String>>);

impl Unread {
    fn note(&self, kind: String) {
        let mut kinds = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let told_apart = kinds.contains(&kind) || kinds.len() < KINDS_MAX;
        let label = if told_apart { kind } else { "other".to_owned() };
        if kinds.insert(label.clone()) {
            tracing::warn!(
                event.kind = label,
                "an event of the gateway could not be read"
            );
        }
        metrics::counter!("renkei_gateway_unknown_events_total", "kind" => label).increment(1);
    }
}

/// The servers that are still to be met after a session was opened.
#[derive(Debug, Default)]
pub(crate) struct Expected {
    servers: Mutex<Option<BTreeSet<ServerId>>>,
    changed: Notify,
}

impl Expected {
    /// Whether a session was opened and every server it named was met.
    pub(crate) fn are_met(&self) -> bool {
        self.servers().as_ref().is_some_and(BTreeSet::is_empty)
    }

    /// Told when a server was met.
    pub(crate) fn changed(&self) -> &Notify {
        &self.changed
    }

    fn set(&self, servers: BTreeSet<ServerId>) {
        *self.servers() = Some(servers);
        self.changed.notify_waiters();
    }

    fn met(&self, server: ServerId) {
        if let Some(servers) = &mut *self.servers() {
            servers.remove(&server);
        }
        self.changed.notify_waiters();
    }

    fn servers(&self) -> std::sync::MutexGuard<'_, Option<BTreeSet<ServerId>>> {
        self.servers.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Reception {
    /// Attends to what is heard until nobody speaks any more.
    pub(crate) async fn attend(self: Arc<Self>, mut heard: mpsc::Receiver<Heard>) {
        while let Some(heard) = heard.recv().await {
            self.attend_to(heard);
        }
    }

    fn attend_to(self: &Arc<Self>, heard: Heard) {
        match heard {
            Heard::Ready {
                bot,
                application,
                servers,
            } => self.ready(bot, application, servers),
            Heard::Resumed => {
                tracing::info!("the gateway session was resumed");
                self.shelf.touch_all();
                for server in self.shelf.servers() {
                    self.events.touch(server);
                }
            }
            Heard::Arrived(server) => {
                self.shelf.touch(server);
                self.events.touch(server);
                let this = Arc::clone(self);
                self.tasks.spawn(async move { this.meet(server).await });
            }
            Heard::Gone(server, outage) => {
                self.shelf.forget(server);
                self.expected.met(server);
                if !outage {
                    let this = Arc::clone(self);
                    self.tasks.spawn(async move { this.leave(server).await });
                }
            }
            // Of a server that was not met, the picture is read when it is.
            Heard::Changed(server) if self.shelf.version(server).is_none() => {}
            Heard::Changed(server) => self.shelf.touch(server),
            Heard::Events(server) => self.events.touch(server),
            Heard::Unread(kind) => self.unread.note(kind),
            Heard::Asked(asked) => {
                let this = Arc::clone(self);
                self.tasks.spawn(async move { this.answer(*asked).await });
            }
        }
    }

    fn ready(self: &Arc<Self>, bot: UserId, application: u64, servers: Vec<ServerId>) {
        tracing::info!(servers = servers.len(), "a gateway session was opened");
        self.shelf.introduce(bot);
        self.shelf.touch_all();
        let named: BTreeSet<ServerId> = servers.into_iter().collect();
        for server in self.shelf.servers() {
            if !named.contains(&server) {
                self.shelf.forget(server);
            }
        }
        self.expected.set(named.clone());
        let this = Arc::clone(self);
        self.tasks.spawn(async move {
            if let Err(error) = this.offices.mark_absent(&named).await {
                tracing::error!(%error, "offices without a server could not be marked");
            }
        });
        self.registration.introduce(application);
    }

    async fn meet(&self, server: ServerId) {
        let met = async {
            let office = self.offices.open(server).await?;
            self.offices.mark(server, true).await?;
            Ok::<_, storage::Error>(office)
        };
        match met.await {
            Ok(office) => {
                if let Err(unknown) = self.shelf.fresh(server).await {
                    tracing::warn!(office.id = %office, reason = ?unknown, "a server is not known yet");
                }
            }
            Err(error) => tracing::error!(%error, "an office could not be opened"),
        }
        self.expected.met(server);
    }

    async fn leave(&self, server: ServerId) {
        tracing::warn!("the bot was removed from a server");
        let left = async {
            self.offices.mark(server, false).await?;
            // It may have been invited again while this was written.
            if self.shelf.version(server).is_some() {
                self.offices.mark(server, true).await?;
            }
            Ok::<_, storage::Error>(())
        };
        if let Err(error) = left.await {
            tracing::error!(%error, "an office could not be marked as left");
        }
    }

    async fn answer(&self, asked: Asked) {
        let Asked {
            ctx,
            manager,
            interaction,
        } = asked;
        if let Some(server) = server_of(&interaction) {
            // The configuration is laid onto the office before anybody uses it.
            let opened = tokio::time::timeout(OPEN_WITHIN, self.offices.open(server)).await;
            if let Ok(Err(error)) = opened {
                tracing::error!(%error, "an office could not be opened");
            }
        }
        let Some(bot) = self.shelf.bot() else { return };
        let framework = FrameworkContext {
            serenity_context: &ctx,
            bot_id: serenity::all::UserId::new(bot.0),
            options: &self.options,
            user_data: &self.app,
            shard_manager: &manager,
        };
        commands::dispatch::interaction(framework, interaction).await;
    }
}

fn server_of(interaction: &serenity::all::Interaction) -> Option<ServerId> {
    use serenity::all::Interaction;
    let guild = match interaction {
        Interaction::Command(command) | Interaction::Autocomplete(command) => command.guild_id,
        Interaction::Component(press) => press.guild_id,
        Interaction::Modal(form) => form.guild_id,
        _ => None,
    };
    guild.map(|guild| ServerId(guild.get()))
}
