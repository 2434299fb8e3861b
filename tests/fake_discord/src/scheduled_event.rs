//! Scheduled events of a server (resources/guild-scheduled-event): those that take place elsewhere
//! (EXTERNAL), which is the only kind that is built.
//!
//! Every member of the server sees them, whatever channels they see; the oracle knows so. They begin
//! and end by a clock of their own, which a test may lead ([`Fake::follow_clock`]): what an office
//! plans for December must not depend on the day on which the machine runs the test.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use crate::clock::machine_now;
use crate::event::intent;
use crate::fake::Fake;
use crate::permission::{CREATE_EVENTS, MANAGE_EVENTS};
use crate::person::{NotAllowed, Person, refuse};
use crate::snowflake::spelled;
use crate::state::State;

/// How far an event has come (resources/guild-scheduled-event, "Event Status").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventStatus {
    /// It is still to begin.
    Scheduled,
    /// It has begun.
    Active,
    /// It is over.
    Completed,
    /// It was called off.
    Cancelled,
}

impl EventStatus {
    /// Discord's number.
    pub fn number(self) -> u64 {
        match self {
            Self::Scheduled => 1,
            Self::Active => 2,
            Self::Completed => 3,
            Self::Cancelled => 4,
        }
    }

    pub(crate) fn of_number(number: u64) -> Option<Self> {
        [
            Self::Scheduled,
            Self::Active,
            Self::Completed,
            Self::Cancelled,
        ]
        .into_iter()
        .find(|status| status.number() == number)
    }

    /// Whether nothing can be changed about it any more.
    pub fn is_final(self) -> bool {
        matches!(self, Self::Completed | Self::Cancelled)
    }

    /// Whether it may become the other (1 → 2 → 3, 1 → 4).
    pub(crate) fn may_become(self, next: Self) -> bool {
        matches!(
            (self, next),
            (Self::Scheduled, Self::Active | Self::Cancelled) | (Self::Active, Self::Completed)
        )
    }
}

/// A scheduled event as everybody in the server sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScheduledEvent {
    /// Discord's id.
    pub id: u64,
    /// The server.
    pub guild: u64,
    /// Who made it.
    pub creator: u64,
    /// What it is called.
    pub name: String,
    /// What is said of it.
    pub description: Option<String>,
    /// Where it takes place.
    pub location: String,
    /// When it begins.
    pub start: DateTime<Utc>,
    /// When it ends.
    pub end: DateTime<Utc>,
    /// How far it has come.
    pub status: EventStatus,
}

/// The clock of events.
pub(crate) type EventClock = Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>;

impl State {
    /// The time by which events begin and end.
    pub(crate) fn event_now(&self) -> DateTime<Utc> {
        match &self.event_clock {
            Some(clock) => clock(),
            None => machine_now() + self.ahead,
        }
    }

    /// The event object (resources/guild-scheduled-event, "Guild Scheduled Event Structure").
    pub(crate) fn event_json(&self, event: &ScheduledEvent) -> Value {
        json!({
            "id": event.id.to_string(),
            "guild_id": event.guild.to_string(),
            "channel_id": null,
            "creator_id": event.creator.to_string(),
            "creator": self.users.get(&event.creator).map(crate::user::User::to_json),
            "name": event.name,
            "description": event.description,
            "image": null,
            "scheduled_start_time": spelled(event.start),
            "scheduled_end_time": spelled(event.end),
            "privacy_level": 2,
            "status": event.status.number(),
            "entity_type": 3,
            "entity_id": null,
            "entity_metadata": {"location": event.location},
            "recurrence_rule": null,
            "guild_scheduled_event_exceptions": [],
        })
    }

    /// The events of a server that are neither over nor called off, oldest first.
    pub(crate) fn events_of(&self, guild: u64) -> impl Iterator<Item = &ScheduledEvent> {
        self.events
            .values()
            .filter(move |event| event.guild == guild && !event.status.is_final())
    }

    /// Puts an event as it is now into the world: the gateway tells of it, and every member sees it.
    pub(crate) fn put_event(&mut self, event: ScheduledEvent, name: &'static str) {
        let data = self.event_json(&event);
        let (id, guild) = (event.id, event.guild);
        self.events.insert(id, event);
        self.dispatch(guild, name, intent::GUILD_SCHEDULED_EVENTS, data);
        self.show_events(guild);
    }

    /// Takes an event away.
    pub(crate) fn remove_event(&mut self, id: u64) {
        if let Some(event) = self.events.remove(&id) {
            let data = self.event_json(&event);
            let intents = intent::GUILD_SCHEDULED_EVENTS;
            self.dispatch(event.guild, "GUILD_SCHEDULED_EVENT_DELETE", intents, data);
            self.show_events(event.guild);
        }
    }

    /// Begins and ends what its time has come for: events elsewhere do so by themselves.
    pub(crate) fn turn_events(&mut self) {
        let now = self.event_now();
        let due = |event: &&ScheduledEvent| match event.status {
            EventStatus::Scheduled => event.start <= now,
            EventStatus::Active => event.end <= now,
            EventStatus::Completed | EventStatus::Cancelled => false,
        };
        while let Some(mut event) = self.events.values().find(due).cloned() {
            event.status = match event.status {
                EventStatus::Scheduled => EventStatus::Active,
                _ => EventStatus::Completed,
            };
            self.put_event(event, "GUILD_SCHEDULED_EVENT_UPDATE");
        }
    }
}

impl Fake {
    /// Lets events begin and end by this clock instead of the machine's.
    pub fn follow_clock(&self, clock: impl Fn() -> DateTime<Utc> + Send + Sync + 'static) {
        self.inner
            .change(|state| state.event_clock = Some(Arc::new(clock)));
    }

    /// Begins and ends the events whose time has come; otherwise it is done when the bot asks for them.
    pub fn turn_events(&self) {
        self.inner.change(State::turn_events);
    }

    /// Every event of a server that there is, in any state, oldest first.
    pub fn events(&self, guild: u64) -> Vec<ScheduledEvent> {
        self.inner.look(|state| {
            let events = state.events.values().filter(|event| event.guild == guild);
            events.cloned().collect()
        })
    }
}

impl Person {
    /// The events this person's client lists: those of the server that are not over.
    pub fn events(&self) -> Vec<ScheduledEvent> {
        self.look(|state| {
            let member = state
                .guilds
                .get(&self.guild)
                .is_some_and(|guild| guild.members.contains_key(&self.user));
            let events = state.events_of(self.guild).filter(|_| member);
            events.cloned().collect()
        })
    }

    /// Makes an event by hand.
    ///
    /// # Errors
    /// When the person may not create events.
    pub fn create_event(
        &self,
        name: &str,
        location: &str,
        (start, end): (DateTime<Utc>, DateTime<Utc>),
    ) -> Result<u64, NotAllowed> {
        self.fake.inner.change(|state| {
            if state.guild_permissions(self.guild, self.user) & CREATE_EVENTS == 0 {
                return refuse("this person may not create events");
            }
            let id = state.fresh_id();
            let event = ScheduledEvent {
                id,
                guild: self.guild,
                creator: self.user,
                name: name.to_owned(),
                description: None,
                location: location.to_owned(),
                start,
                end,
                status: EventStatus::Scheduled,
            };
            state.put_event(event, "GUILD_SCHEDULED_EVENT_CREATE");
            Ok(id)
        })
    }

    /// Changes an event by hand.
    ///
    /// # Errors
    /// When there is none, it is over, or the person may not change it.
    pub fn edit_event(
        &self,
        id: u64,
        edit: impl FnOnce(&mut ScheduledEvent),
    ) -> Result<(), NotAllowed> {
        self.fake.inner.change(|state| {
            let mut event = self.may_change(state, id)?;
            if event.status.is_final() {
                return refuse("the event is over");
            }
            edit(&mut event);
            state.put_event(event, "GUILD_SCHEDULED_EVENT_UPDATE");
            Ok(())
        })
    }

    /// Deletes an event by hand.
    ///
    /// # Errors
    /// When there is none, or the person may not delete it.
    pub fn delete_event(&self, id: u64) -> Result<(), NotAllowed> {
        self.fake.inner.change(|state| {
            self.may_change(state, id)?;
            state.remove_event(id);
            Ok(())
        })
    }

    fn may_change(&self, state: &State, id: u64) -> Result<ScheduledEvent, NotAllowed> {
        let Some(event) = state.events.get(&id).filter(|one| one.guild == self.guild) else {
            return refuse("there is no such event");
        };
        if may_change(state, event, self.user) {
            Ok(event.clone())
        } else {
            refuse("this person may not change the event")
        }
    }
}

/// Whether somebody may change or delete an event: one's own with CREATE_EVENTS, any with
/// MANAGE_EVENTS.
pub(crate) fn may_change(state: &State, event: &ScheduledEvent, user: u64) -> bool {
    let bits = state.guild_permissions(event.guild, user);
    bits & MANAGE_EVENTS != 0 || (event.creator == user && bits & CREATE_EVENTS != 0)
}
