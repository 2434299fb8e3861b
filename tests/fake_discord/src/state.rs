//! Everything the stand-in knows, in one place behind one lock.
//!
//! Each noun adds its own methods to [`State`] in its own file; here are the fields, the clock and
//! the questions about permissions that all of them ask.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::Weak;

use chrono::{DateTime, Utc};

use crate::attachment::StoredFile;
use crate::channel::{ChannelKind, GuildChannel};
use crate::clock::machine_now;
use crate::command::CommandBook;
use crate::complaint::Complaint;
use crate::fake::Inner;
use crate::fault::FaultList;
use crate::gateway::GatewayState;
use crate::guild::Guild;
use crate::interaction::Interaction;
use crate::message::Message;
use crate::nonce::Nonces;
use crate::oracle::Oracle;
use crate::permission::{self, implied, overwritten};
use crate::ping::Ping;
use crate::rate_limit::RateLimits;
use crate::request::Request;
use crate::scheduled_event::{EventClock, ScheduledEvent};
use crate::snowflake::Snowflakes;
use crate::subscription::Subscriptions;
use crate::switch::Switches;
use crate::user::User;

/// The world of one stand-in.
pub(crate) struct State {
    pub(crate) application: u64,
    pub(crate) token: String,
    /// Signs the addresses of attachments and makes interaction tokens unguessable.
    pub(crate) secret: [u8; 16],
    /// Where the gateway listens, `ws://127.0.0.1:PORT`.
    pub(crate) gateway_url: String,
    /// Bits the bot's role is given by its invitation.
    pub(crate) invite_permissions: u64,
    /// How far Discord's calendar runs ahead of the machine's.
    pub(crate) ahead: chrono::Duration,
    pub(crate) switches: Switches,
    pub(crate) snowflakes: Snowflakes,
    pub(crate) users: BTreeMap<u64, User>,
    pub(crate) guilds: BTreeMap<u64, Guild>,
    pub(crate) channels: BTreeMap<u64, GuildChannel>,
    pub(crate) messages: BTreeMap<u64, Message>,
    pub(crate) files: BTreeMap<u64, StoredFile>,
    pub(crate) events: BTreeMap<u64, ScheduledEvent>,
    /// Leads the beginnings and ends of events, where a test has one.
    pub(crate) event_clock: Option<EventClock>,
    pub(crate) commands: CommandBook,
    pub(crate) interactions: BTreeMap<u64, Interaction>,
    /// Interaction by token.
    pub(crate) tokens: HashMap<String, u64>,
    pub(crate) nonces: Nonces,
    pub(crate) rate_limits: RateLimits,
    pub(crate) faults: FaultList,
    pub(crate) gateway: GatewayState,
    pub(crate) oracle: Oracle,
    pub(crate) subscriptions: Subscriptions,
    pub(crate) requests: VecDeque<Request>,
    pub(crate) pings: Vec<Ping>,
    pub(crate) complaints: Vec<Complaint>,
    /// The house this state lives in, for what happens later.
    pub(crate) house: Weak<Inner>,
}

impl State {
    /// Discord's clock.
    pub(crate) fn now(&self) -> DateTime<Utc> {
        machine_now() + self.ahead
    }

    /// A fresh id.
    pub(crate) fn fresh_id(&mut self) -> u64 {
        let now = self.now();
        self.snowflakes.next(now)
    }

    /// The roles a member holds, without `@everyone`; empty for strangers.
    pub(crate) fn roles_of(&self, guild: u64, user: u64) -> &[u64] {
        self.guilds
            .get(&guild)
            .and_then(|guild| guild.members.get(&user))
            .map_or(&[], |member| member.roles.as_slice())
    }

    /// What a member may do in the server as a whole; 0 for strangers.
    pub(crate) fn guild_permissions(&self, guild: u64, user: u64) -> u64 {
        let Some(guild) = self.guilds.get(&guild) else {
            return 0;
        };
        let Some(member) = guild.members.get(&user) else {
            return 0;
        };
        let bits = |role: &u64| {
            guild
                .roles
                .get(role)
                .map_or(0, |role| role.role.permissions)
        };
        let everyone = bits(&guild.id);
        permission::base(guild.owner == user, everyone, member.roles.iter().map(bits))
    }

    /// What a member may do in a channel, everything implied included; 0 for strangers. Threads
    /// take their parent's result (topics/permissions, "Inherited permissions").
    pub(crate) fn permissions_in(&self, channel: u64, user: u64) -> u64 {
        let timed_out = self.channels.get(&channel).is_some_and(|found| {
            let member = self
                .guilds
                .get(&found.guild)
                .and_then(|g| g.members.get(&user));
            member.is_some_and(|member| member.timed_out_until.is_some_and(|t| t > self.now()))
        });
        implied(self.explicit_permissions_in(channel, user), timed_out)
    }

    /// The same without what is implied, as `resolved.channels[].permissions` shows it.
    pub(crate) fn explicit_permissions_in(&self, channel: u64, user: u64) -> u64 {
        let Some(found) = self.channels.get(&channel) else {
            return 0;
        };
        let source = self
            .channels
            .get(&found.permission_source())
            .unwrap_or(found);
        let base = self.guild_permissions(found.guild, user);
        let roles = self.roles_of(found.guild, user);
        overwritten(base, found.guild, user, roles, &source.channel.overwrites)
    }

    /// Whether a member's client shows the channel or thread.
    pub(crate) fn can_view(&self, channel: u64, user: u64) -> bool {
        let bits = self.permissions_in(channel, user);
        if bits & permission::VIEW_CHANNEL == 0 {
            return false;
        }
        let Some(found) = self.channels.get(&channel) else {
            return false;
        };
        match &found.thread {
            Some(thread) if found.channel.kind == ChannelKind::PrivateThread => {
                bits & permission::MANAGE_THREADS != 0 || thread.members.contains(&user)
            }
            _ => true,
        }
    }

    /// The people (not bots) whose clients show the channel.
    pub(crate) fn viewers(&self, channel: u64) -> Vec<u64> {
        let Some(found) = self.channels.get(&channel) else {
            return Vec::new();
        };
        self.people_of(found.guild)
            .into_iter()
            .filter(|user| self.can_view(channel, *user))
            .collect()
    }

    /// The people (not bots) of a server.
    pub(crate) fn people_of(&self, guild: u64) -> Vec<u64> {
        let Some(guild) = self.guilds.get(&guild) else {
            return Vec::new();
        };
        let bot = |user: &u64| self.users.get(user).is_some_and(|user| user.bot);
        guild
            .members
            .keys()
            .copied()
            .filter(|user| !bot(user))
            .collect()
    }

    /// The channels of a server, threads included, in order of their ids.
    pub(crate) fn channels_of(&self, guild: u64) -> impl Iterator<Item = &GuildChannel> {
        self.channels
            .values()
            .filter(move |channel| channel.guild == guild)
    }

    /// The server a channel belongs to.
    pub(crate) fn guild_of(&self, channel: u64) -> Option<u64> {
        self.channels.get(&channel).map(|channel| channel.guild)
    }

    /// Whether the bot is in a server, and the server is up.
    pub(crate) fn bot_in(&self, guild: u64) -> bool {
        self.guilds.get(&guild).is_some_and(|guild| {
            guild.members.contains_key(&self.application) && !guild.unavailable
        })
    }
}
