//! Events of a server (resources/guild-scheduled-event): those that take place elsewhere than in a
//! channel of it, which is the only kind the bot makes.

use super::{Outcome, Port, guild, raw};
use chrono::{DateTime, Utc};
use commands::card::event::Event;
use domain::id::{MessageId, ServerId, UserId};
use serde::{Deserialize, Deserializer, de::Error};
use serde_json::{Value, json};
use serenity::{
    all::ScheduledEventId,
    http::{LightMethod, Route},
};

/// The kind of an event that takes place elsewhere.
const EXTERNAL: u8 = 3;
/// The only level of privacy there is: the members of the server.
const GUILD_ONLY: u8 = 2;
/// What Discord answers about an event that is over: nothing about it can be changed.
pub(crate) const FINISHED: &str = "discord-180000";

/// How far an event has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    /// It is still to begin.
    Scheduled,
    /// It has begun.
    Active,
    /// It is over.
    Completed,
    /// It was called off.
    Cancelled,
    /// Something this program does not know.
    Other,
}

impl Stage {
    fn of(number: u8) -> Self {
        match number {
            1 => Self::Scheduled,
            2 => Self::Active,
            3 => Self::Completed,
            4 => Self::Cancelled,
            _ => Self::Other,
        }
    }

    fn number(self) -> u8 {
        match self {
            Self::Scheduled => 1,
            Self::Active => 2,
            Self::Completed => 3,
            Self::Cancelled | Self::Other => 4,
        }
    }
}

/// An event as Discord has it; what it does not say is empty.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct RawEvent {
    #[serde(deserialize_with = "raw::id")]
    pub(crate) id: u64,
    #[serde(default)]
    pub(crate) creator_id: Option<raw::RawId>,
    pub(crate) name: String,
    #[serde(default)]
    pub(crate) description: Option<String>,
    #[serde(rename = "scheduled_start_time", deserialize_with = "instant")]
    pub(crate) start: DateTime<Utc>,
    #[serde(rename = "scheduled_end_time", default, deserialize_with = "optional")]
    pub(crate) end: Option<DateTime<Utc>>,
    #[serde(default)]
    entity_metadata: Option<Metadata>,
    status: u8,
}

#[derive(Clone, Debug, Deserialize)]
struct Metadata {
    #[serde(default)]
    location: Option<String>,
}

impl RawEvent {
    pub(crate) fn stage(&self) -> Stage {
        Stage::of(self.status)
    }

    pub(crate) fn place(&self) -> &str {
        let metadata = self.entity_metadata.as_ref();
        metadata
            .and_then(|metadata| metadata.location.as_deref())
            .unwrap_or_default()
    }

    /// Whether the bot made it for the row of this mark, which ends its description.
    fn carries(&self, bot: UserId, mark: &str) -> bool {
        let ours = self.creator_id.is_some_and(|creator| creator.0 == bot.0);
        let words = self.description.as_deref().unwrap_or_default();
        ours && words.trim_end().ends_with(mark)
    }
}

impl Port {
    /// The events of a server that are not over.
    pub(crate) async fn events(&self, server: ServerId) -> Outcome<Vec<RawEvent>> {
        // The description of the interface allows `null` for none.
        let events: Outcome<Option<Vec<RawEvent>>> = self.look_up(all(server)).await;
        events.map(Option::unwrap_or_default)
    }

    /// One event, over or not, as far as Discord still has it.
    pub(crate) async fn event(&self, server: ServerId, event: MessageId) -> Outcome<RawEvent> {
        self.look_up(one(server, event)).await
    }

    /// The bot's events that carry the mark and are not over, oldest first.
    pub(crate) async fn find_events(
        &self,
        server: ServerId,
        bot: UserId,
        mark: &str,
    ) -> Outcome<Vec<MessageId>> {
        self.events(server).await.map(|events| {
            let ours = events.iter().filter(|event| event.carries(bot, mark));
            let mut found: Vec<u64> = ours.map(|event| event.id).collect();
            found.sort_unstable();
            found.into_iter().map(MessageId).collect()
        })
    }

    /// Makes an event. There is no nonce: one that is made twice stands twice.
    pub(crate) async fn make_event(&self, server: ServerId, event: &Event) -> Outcome<MessageId> {
        let mut body = body(event);
        body["scheduled_start_time"] = json!(event.span.start.to_rfc3339());
        body["privacy_level"] = json!(GUILD_ONLY);
        body["entity_type"] = json!(EXTERNAL);
        let made: Outcome<RawEvent> = self.ask(all(server), LightMethod::Post, Some(&body)).await;
        made.map(|made| MessageId(made.id))
    }

    /// Replaces an event, whole; of one that has begun, the beginning stays.
    pub(crate) async fn edit_event(
        &self,
        server: ServerId,
        id: MessageId,
        event: &Event,
        has_begun: bool,
    ) -> Outcome<()> {
        let mut body = body(event);
        if !has_begun {
            body["scheduled_start_time"] = json!(event.span.start.to_rfc3339());
        }
        let edited: Outcome<RawEvent> = self
            .ask(one(server, id), LightMethod::Patch, Some(&body))
            .await;
        edited.map(drop)
    }

    /// Ends an event that has begun, or calls off one that has not.
    pub(crate) async fn end_event(
        &self,
        server: ServerId,
        id: MessageId,
        stage: Stage,
    ) -> Outcome<()> {
        let body = json!({ "status": stage.number() });
        let ended: Outcome<RawEvent> = self
            .ask(one(server, id), LightMethod::Patch, Some(&body))
            .await;
        ended.map(drop)
    }

    /// Deletes an event; one that is gone already counts as deleted.
    pub(crate) async fn delete_event(&self, server: ServerId, id: MessageId) -> Outcome<()> {
        super::gone_is_done(self.tell(one(server, id), LightMethod::Delete, None).await)
    }
}

/// What is the same whether it is made or changed.
fn body(event: &Event) -> Value {
    json!({
        "name": event.name,
        "description": event.description,
        "scheduled_end_time": event.span.end.to_rfc3339(),
        "entity_metadata": { "location": event.place },
    })
}

fn all(server: ServerId) -> Route<'static> {
    Route::GuildScheduledEvents {
        guild_id: guild(server),
    }
}

fn one(server: ServerId, event: MessageId) -> Route<'static> {
    Route::GuildScheduledEvent {
        guild_id: guild(server),
        event_id: ScheduledEventId::new(event.0),
    }
}

fn instant<'de, D: Deserializer<'de>>(deserializer: D) -> Result<DateTime<Utc>, D::Error> {
    let written = String::deserialize(deserializer)?;
    let read = DateTime::parse_from_rfc3339(&written).map_err(D::Error::custom)?;
    Ok(read.with_timezone(&Utc))
}

fn optional<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<DateTime<Utc>>, D::Error> {
    let written = Option::<String>::deserialize(deserializer)?;
    let read = written.map(|written| DateTime::parse_from_rfc3339(&written));
    let read = read.transpose().map_err(D::Error::custom)?;
    Ok(read.map(|at| at.with_timezone(&Utc)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(description: &str, creator: &str) -> RawEvent {
        serde_json::from_value(json!({
            "id": "5", "creator_id": creator, "name": "推進協議会", "description": description,
            "scheduled_start_time": "2026-12-01T14:00:00+09:00", "scheduled_end_time": null,
            "entity_metadata": {"location": "市民会館"}, "status": 2,
        }))
        .expect("an event")
    }

    #[test]
    fn an_event_is_found_by_the_mark_at_its_end() {
        let bot = UserId(9);
        let mark = "0123456789abcdef0123";
        assert!(read(&format!("協議会\n管理番号 {mark}\n"), "9").carries(bot, mark));
        assert!(!read(&format!("管理番号 {mark}\n協議会"), "9").carries(bot, mark));
        assert!(!read(&format!("管理番号 {mark}"), "8").carries(bot, mark));
        assert!(!read("協議会", "9").carries(bot, mark));
    }

    #[test]
    fn what_an_event_does_not_say_is_empty() {
        let event = read("", "9");
        assert_eq!((event.stage(), event.place()), (Stage::Active, "市民会館"));
        assert_eq!(event.end, None);
        assert_eq!(event.start.to_rfc3339(), "2026-12-01T05:00:00+00:00");
    }
}
