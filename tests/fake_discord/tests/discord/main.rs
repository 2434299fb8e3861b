//! The stand-in from the outside: over real sockets, with a plain HTTP client, a plain WebSocket
//! and a real serenity client.
//!
//! With `RENKEI_DISCORD_OPENAPI` set to the path of Discord's OpenAPI description, every test also
//! holds requests and answers against it.
#![expect(
    clippy::disallowed_methods,
    reason = "the bans are for the product; here serenity itself is what is being driven"
)]
#![expect(clippy::unwrap_used, reason = "the helpers here are tests as well")]

mod answer;
mod fault;
mod gateway;
mod interaction;
mod message;
mod office;
mod oracle;
mod registration;
mod scheduled_event;
mod serenity_client;
mod server;
mod thread;
mod wire;
