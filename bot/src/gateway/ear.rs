//! What is heard on the gateway, put in order.
//!
//! serenity starts a task for every event, so handlers of neighbouring events may overtake each other.
//! Nothing is done here but to pass events on in the order they came; whoever listens does the work,
//! on the program's own threads.

use domain::id::{ServerId, UserId};
use serde_json::Value;
use serenity::{
    all::{
        ConnectionStage, Context, Event, EventHandler, Interaction, RawEventHandler, ShardManager,
        ShardStageUpdateEvent,
    },
    async_trait,
};
use std::{
    num::NonZeroU64,
    sync::{Arc, OnceLock},
};
use tokio::sync::mpsc;

/// Most events that wait to be looked at; beyond it they are dropped and counted.
pub(crate) const HEARD_MAX: usize = 10_000;

/// Something heard on the gateway, as far as the bot cares.
pub(crate) enum Heard {
    /// A session was opened: who the bot is and the servers it is in.
    Ready {
        bot: UserId,
        application: u64,
        servers: Vec<ServerId>,
    },
    /// A session was taken up again; what was missed follows.
    Resumed,
    /// A server can be seen (again).
    Arrived(ServerId),
    /// A server cannot be seen: an outage (`true`), or the bot was removed (`false`).
    Gone(ServerId, bool),
    /// Roles, channels or the bot's own roles changed.
    Changed(ServerId),
    /// Something in the server's own list of events changed.
    Events(ServerId),
    /// An event of this kind could not be read; serenity drops it without a word. What it says of its
    /// server was told before.
    Unread(String),
    /// Somebody asks something.
    Asked(Box<Asked>),
}

/// An interaction with what is needed to answer it.
pub(crate) struct Asked {
    pub(crate) ctx: Context,
    pub(crate) manager: Arc<ShardManager>,
    pub(crate) interaction: Interaction,
}

/// Listens to one session.
pub(crate) struct Ear {
    pub(crate) heard: mpsc::Sender<Heard>,
    pub(crate) pulse: Arc<super::pulse::Pulse>,
    /// Filled before the first event comes.
    pub(crate) manager: Arc<OnceLock<Arc<ShardManager>>>,
}

impl Ear {
    fn pass(&self, heard: Heard) {
        if self.heard.try_send(heard).is_err() {
            metrics::counter!("renkei_gateway_events_lost_total").increment(1);
        }
    }
}

#[async_trait]
impl RawEventHandler for Ear {
    async fn raw_event(&self, ctx: Context, event: Event) {
        let now = std::time::Instant::now();
        let server = |id: serenity::all::GuildId| ServerId(id.get());
        let heard = match event {
            Event::Ready(event) => {
                self.pulse.acknowledged(now);
                self.pulse.connected(true);
                Heard::Ready {
                    bot: UserId(event.ready.user.id.get()),
                    application: event.ready.application.id.get(),
                    servers: event
                        .ready
                        .guilds
                        .iter()
                        .map(|guild| server(guild.id))
                        .collect(),
                }
            }
            Event::Resumed(_) => {
                self.pulse.acknowledged(now);
                self.pulse.connected(true);
                Heard::Resumed
            }
            Event::GuildCreate(event) => Heard::Arrived(server(event.guild.id)),
            Event::GuildDelete(event) => {
                Heard::Gone(server(event.guild.id), event.guild.unavailable)
            }
            Event::GuildUpdate(event) => Heard::Changed(server(event.guild.id)),
            Event::GuildRoleCreate(event) => Heard::Changed(server(event.role.guild_id)),
            Event::GuildRoleUpdate(event) => Heard::Changed(server(event.role.guild_id)),
            Event::GuildRoleDelete(event) => Heard::Changed(server(event.guild_id)),
            Event::ChannelCreate(event) => Heard::Changed(server(event.channel.guild_id)),
            Event::ChannelUpdate(event) => Heard::Changed(server(event.channel.guild_id)),
            Event::ChannelDelete(event) => Heard::Changed(server(event.channel.guild_id)),
            // Without the members intent only the bot's own member is told.
            Event::GuildMemberUpdate(event) => Heard::Changed(server(event.guild_id)),
            Event::GuildScheduledEventCreate(event) => Heard::Events(server(event.event.guild_id)),
            Event::GuildScheduledEventUpdate(event) => Heard::Events(server(event.event.guild_id)),
            Event::GuildScheduledEventDelete(event) => Heard::Events(server(event.event.guild_id)),
            Event::InteractionCreate(event) => {
                let Some(manager) = self.manager.get().cloned() else {
                    return;
                };
                Heard::Asked(Box::new(Asked {
                    ctx,
                    manager,
                    interaction: event.interaction,
                }))
            }
            Event::Unknown(event) => {
                if let Some(heard) = of_unread(&event.kind, &event.value) {
                    self.pass(heard);
                }
                Heard::Unread(event.kind)
            }
            _ => return,
        };
        self.pass(heard);
    }
}

/// What an event says of its server though serenity could not read all of it: without this, one field
/// that Discord changes would hide a server, or keep alive what is not so any more.
fn of_unread(kind: &str, value: &Value) -> Option<Heard> {
    let server = |name: &str| {
        let id: NonZeroU64 = value.get(name)?.as_str()?.parse().ok()?;
        Some(ServerId(id.get()))
    };
    match kind {
        "GUILD_CREATE" => server("id").map(Heard::Arrived),
        "GUILD_DELETE" => {
            let outage = value.get("unavailable").is_some_and(|it| it == true);
            server("id").map(|server| Heard::Gone(server, outage))
        }
        "GUILD_UPDATE" => server("id").map(Heard::Changed),
        "GUILD_ROLE_CREATE"
        | "GUILD_ROLE_UPDATE"
        | "GUILD_ROLE_DELETE"
        | "CHANNEL_CREATE"
        | "CHANNEL_UPDATE"
        | "CHANNEL_DELETE"
        | "GUILD_MEMBER_UPDATE" => server("guild_id").map(Heard::Changed),
        "GUILD_SCHEDULED_EVENT_CREATE"
        | "GUILD_SCHEDULED_EVENT_UPDATE"
        | "GUILD_SCHEDULED_EVENT_DELETE" => server("guild_id").map(Heard::Events),
        _ => None,
    }
}

#[async_trait]
impl EventHandler for Ear {
    async fn shard_stage_update(&self, _: Context, event: ShardStageUpdateEvent) {
        if event.new != ConnectionStage::Connected {
            self.pulse.connected(false);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_event_that_cannot_be_read_still_tells_of_its_server() {
        let broken = json!({"id": "7", "guild_id": "8", "channels": "?", "unavailable": true});
        let told = |kind: &str, value: &Value| match of_unread(kind, value) {
            Some(Heard::Arrived(server)) => format!("arrived {server}"),
            Some(Heard::Gone(server, outage)) => format!("gone {server} {outage}"),
            Some(Heard::Changed(server)) => format!("changed {server}"),
            Some(_) => "something else".to_owned(),
            None => "nothing".to_owned(),
        };
        for (kind, expected) in [
            ("GUILD_CREATE", "arrived 7"),
            ("GUILD_DELETE", "gone 7 true"),
            ("GUILD_UPDATE", "changed 7"),
            ("GUILD_ROLE_DELETE", "changed 8"),
            ("CHANNEL_UPDATE", "changed 8"),
            ("INTERACTION_CREATE", "nothing"),
        ] {
            assert_eq!(told(kind, &broken), expected, "{kind}");
        }
        for value in [json!({}), json!(null), json!({"id": 7}), json!({"id": "0"})] {
            assert_eq!(told("GUILD_CREATE", &value), "nothing", "{value}");
        }
        assert_eq!(told("GUILD_DELETE", &json!({"id": "7"})), "gone 7 false");
    }
}
