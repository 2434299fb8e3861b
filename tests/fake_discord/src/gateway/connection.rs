//! One gateway connection: hello, heartbeats, identify or resume, and the close codes
//! (topics/opcodes-and-status-codes).

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::extract::ws::{CloseFrame, Message, WebSocket};
use axum::extract::{Query, State as Extract, WebSocketUpgrade};
use axum::response::Response;
use axum::routing::any;
use serde_json::{Value, json};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::sync::watch;

use super::{Identify, Outgoing, Session};
use crate::event::intent;
use crate::fake::Inner;
use crate::state::State;

/// Client events in a minute (events/gateway, "Rate Limiting").
const EVENTS_PER_MINUTE_MAX: usize = 120;

/// The gateway's one address.
pub(crate) fn router(house: Arc<Inner>) -> Router {
    Router::new().route("/", any(upgrade)).with_state(house)
}

async fn upgrade(
    Extract(house): Extract<Arc<Inner>>,
    Query(query): Query<HashMap<String, String>>,
    socket: WebSocketUpgrade,
) -> Response {
    let version_fits = query
        .get("v")
        .is_none_or(|version| version == "10" || version == "9");
    socket.on_upgrade(move |socket| converse(house, socket, version_fits))
}

/// One connection's side of the conversation.
struct Talk {
    line: UnboundedSender<Outgoing>,
    session: Option<String>,
    events: VecDeque<Instant>,
    last_heartbeat: Instant,
}

/// Takes the connection out of the state when its task ends, whatever ended it.
struct Registered {
    house: Arc<Inner>,
    number: u64,
}

impl Drop for Registered {
    fn drop(&mut self) {
        self.house.change(|state| {
            let line = state.gateway.lines.remove(&self.number);
            for session in state.gateway.sessions.values_mut() {
                let same = |(own, gone): (&UnboundedSender<_>, &UnboundedSender<_>)| {
                    own.same_channel(gone)
                };
                if session.line.as_ref().zip(line.as_ref()).is_some_and(same) {
                    session.line = None;
                }
            }
        });
    }
}

async fn converse(house: Arc<Inner>, mut socket: WebSocket, version_fits: bool) {
    if !version_fits {
        close(&mut socket, 4012).await;
        return;
    }
    let (line, mut outbox) = unbounded_channel();
    let (number, interval) = house.change(|state| {
        let number = state.fresh_id();
        state.gateway.lines.insert(number, line.clone());
        (number, state.gateway.heartbeat_interval)
    });
    let _registered = Registered {
        house: Arc::clone(&house),
        number,
    };
    let milliseconds = u64::try_from(interval.as_millis()).unwrap_or(u64::MAX);
    let hello = json!({"op": 10, "s": null, "t": null,
        "d": {"heartbeat_interval": milliseconds, "_trace": []}});
    if socket.send(Message::text(hello.to_string())).await.is_err() {
        return;
    }
    let now = Instant::now();
    let mut talk = Talk {
        line,
        session: None,
        events: VecDeque::new(),
        last_heartbeat: now,
    };
    listen(&house, &mut socket, &mut outbox, &mut talk, interval).await;
}

async fn listen(
    house: &Arc<Inner>,
    socket: &mut WebSocket,
    outbox: &mut UnboundedReceiver<Outgoing>,
    talk: &mut Talk,
    interval: Duration,
) {
    let mut stopped = house.stopped();
    loop {
        // A client may miss one heartbeat, not two.
        let patience = talk.last_heartbeat + 2 * interval;
        let code = tokio::select! {
            outgoing = outbox.recv() => match outgoing {
                Some(Outgoing::Text(text)) => {
                    if socket.send(Message::text(text)).await.is_err() {
                        return;
                    }
                    None
                }
                Some(Outgoing::Close(code)) => Some(code),
                Some(Outgoing::Cut) | None => return,
            },
            received = socket.recv() => match received {
                Some(Ok(Message::Text(text))) => house.change(|state| talk.hear(state, &text)).err(),
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => None,
                Some(Ok(Message::Binary(_))) => Some(4002),
                Some(Ok(Message::Close(_)) | Err(_)) | None => {
                    house.change(|state| talk.leave(state));
                    return;
                }
            },
            () = tokio::time::sleep_until(patience.into()) => Some(4000),
            () = ended(&mut stopped) => Some(1001),
        };
        if let Some(code) = code {
            // What was already said goes out before the connection ends.
            while let Ok(Outgoing::Text(text)) = outbox.try_recv() {
                if socket.send(Message::text(text)).await.is_err() {
                    return;
                }
            }
            close(socket, code).await;
            return;
        }
    }
}

/// The stand-in is shut down, or gone.
async fn ended(stopped: &mut watch::Receiver<bool>) {
    // An error means that there is nobody left to say so, which is an end as well.
    let _gone = stopped.wait_for(|stopped| *stopped).await.is_err();
}

async fn close(socket: &mut WebSocket, code: u16) {
    let frame = CloseFrame {
        code,
        reason: reason(code).into(),
    };
    // The peer may be gone already; then there is nobody to tell.
    let _gone = socket.send(Message::Close(Some(frame))).await;
}

fn reason(code: u16) -> &'static str {
    match code {
        4000 => "Unknown error.",
        4001 => "Unknown opcode.",
        4002 => "Decode error.",
        4003 => "Not authenticated.",
        4004 => "Authentication failed.",
        4005 => "Already authenticated.",
        4007 => "Invalid seq.",
        4008 => "Rate limited.",
        4009 => "Session timed out.",
        4010 => "Invalid shard.",
        4012 => "Invalid API version.",
        4013 => "Invalid intent(s).",
        4014 => "Disallowed intent(s).",
        _ => "",
    }
}

impl Talk {
    fn say(&self, frame: &Value) {
        // When the connection is ending, its task no longer reads; nobody waits for the frame.
        let _ending = self.line.send(Outgoing::Text(frame.to_string()));
    }

    /// Hears one frame; the error is a close code.
    fn hear(&mut self, state: &mut State, text: &str) -> Result<(), u16> {
        let now = Instant::now();
        self.events
            .retain(|time| now - *time < Duration::from_secs(60));
        self.events.push_back(now);
        if self.events.len() > EVENTS_PER_MINUTE_MAX {
            return Err(4008);
        }
        let frame: Value = serde_json::from_str(text).map_err(|_| 4002_u16)?;
        match (frame["op"].as_u64(), &self.session) {
            (Some(1), _) => {
                self.last_heartbeat = now;
                if !state.gateway.withhold_acks {
                    self.say(&json!({"op": 11, "d": null}));
                }
                Ok(())
            }
            (Some(2), None) => self.identify(state, &frame["d"]),
            (Some(6), None) => self.resume(state, &frame["d"]),
            (Some(2 | 6), Some(_)) => Err(4005),
            (Some(3 | 4 | 8 | 31), None) => Err(4003),
            // Presence, voice state, members and sounds: heard, and nothing here depends on them.
            (Some(3 | 4 | 8 | 31), Some(_)) => Ok(()),
            _ => Err(4001),
        }
    }

    fn identify(&mut self, state: &mut State, data: &Value) -> Result<(), u16> {
        let intents = data["intents"].as_u64().ok_or(4013_u16)?;
        if !token_fits(state, &data["token"]) {
            return Err(4004);
        }
        let shard = shard_of(&data["shard"]).ok_or(4010_u16)?;
        if intents & !intent::KNOWN != 0 {
            return Err(4013);
        }
        if intents & state.gateway.disallowed_intents != 0 {
            return Err(4014);
        }
        if state.gateway.identifies.len() >= state.gateway.identify_budget {
            return Err(4004);
        }
        let last = state.gateway.identified_at.replace(Instant::now());
        if let (Some(last), Some(spacing)) = (last, state.gateway.identify_spacing)
            && last.elapsed() < spacing
        {
            self.say(&json!({"op": 9, "d": false}));
            return Ok(());
        }
        let at = state.now();
        state
            .gateway
            .identifies
            .push(Identify { at, intents, shard });
        let name = format!("{:032x}", u128::from(state.fresh_id()) << 17);
        let session = Session {
            intents,
            shard,
            sequence: 0,
            replay: VecDeque::new(),
            line: Some(self.line.clone()),
        };
        state.gateway.sessions.insert(name.clone(), session);
        state.welcome(&name, shard);
        self.session = Some(name);
        Ok(())
    }

    fn resume(&mut self, state: &mut State, data: &Value) -> Result<(), u16> {
        if !token_fits(state, &data["token"]) {
            return Err(4004);
        }
        let name = data["session_id"].as_str().unwrap_or_default().to_owned();
        let given = data["seq"].as_u64().ok_or(4002_u16)?;
        let refused = state.gateway.refuse_resumes;
        let session = state.gateway.sessions.get_mut(&name).filter(|_| !refused);
        let Some(session) = session else {
            self.say(&json!({"op": 9, "d": false}));
            return Ok(());
        };
        if given > session.sequence {
            return Err(4007);
        }
        let oldest = session
            .replay
            .front()
            .map_or(session.sequence + 1, |(number, _)| *number);
        if given + 1 < oldest {
            self.say(&json!({"op": 9, "d": false}));
            return Ok(());
        }
        for (number, frame) in &session.replay {
            if *number > given {
                // As in `say`: an ending connection leaves its events in the replay.
                let _ending = self.line.send(Outgoing::Text(frame.clone()));
            }
        }
        session.line = Some(self.line.clone());
        session.push("RESUMED", json!({"_trace": []}));
        state.gateway.resumes += 1;
        self.session = Some(name);
        Ok(())
    }

    /// The client has closed; the session stays and can be resumed. It may have been resumed already,
    /// when the goodbye of the old connection comes after the new one's hello.
    fn leave(&mut self, state: &mut State) {
        let session = self
            .session
            .as_ref()
            .and_then(|name| state.gateway.sessions.get_mut(name));
        if let Some(session) = session
            && session
                .line
                .as_ref()
                .is_some_and(|line| line.same_channel(&self.line))
        {
            session.line = None;
        }
    }
}

fn token_fits(state: &State, given: &Value) -> bool {
    let given = given.as_str().unwrap_or_default();
    given.strip_prefix("Bot ").unwrap_or(given) == state.token
}

fn shard_of(value: &Value) -> Option<(u64, u64)> {
    if value.is_null() {
        return Some((0, 1));
    }
    let (shard, shards) = (value[0].as_u64()?, value[1].as_u64()?);
    (shard < shards).then_some((shard, shards))
}

impl State {
    /// READY, then GUILD_CREATE for every server of the shard.
    fn welcome(&mut self, session: &str, shard: (u64, u64)) {
        let mine = |guild: &u64| (guild >> 22) % shard.1 == shard.0;
        let joined = |guild: &u64| self.guilds[guild].members.contains_key(&self.application);
        let guilds: Vec<u64> = self
            .guilds
            .keys()
            .copied()
            .filter(|guild| mine(guild) && joined(guild))
            .collect();
        let unavailable: Vec<Value> = guilds
            .iter()
            .map(|guild| json!({"id": guild.to_string(), "unavailable": true}))
            .collect();
        let ready = json!({
            "v": 10,
            "user": self.own_user_json(),
            "guilds": unavailable,
            "session_id": session,
            "session_type": "normal",
            "resume_gateway_url": self.gateway_url,
            "shard": [shard.0, shard.1],
            "application": {"id": self.application.to_string(), "flags": 0},
            "private_channels": [],
            "relationships": [],
            "user_settings": {},
        });
        let creates: Vec<Value> = guilds
            .into_iter()
            .filter(|guild| !self.guilds[guild].unavailable)
            .filter_map(|guild| self.guild_create_json(guild))
            .collect();
        let Some(session) = self.gateway.sessions.get_mut(session) else {
            return;
        };
        session.push("READY", ready);
        if session.intents & intent::GUILDS != 0 {
            for create in creates {
                session.push("GUILD_CREATE", create);
            }
        }
    }
}
