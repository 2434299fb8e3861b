//! A stand-in for Discord on loopback: REST, gateway, and the people behind their clients.
//!
//! Written from Discord's documentation and its OpenAPI description, for testing bots from the
//! outside; it knows nothing of any bot. A real bot library talks to it over real sockets: REST
//! over TLS as `discord.com` (resolve that name to [`Fake::address`] and trust
//! [`Fake::ca_pem`]), the gateway at the `ws://` address that `GET /gateway` names.
//!
//! What the documentation does not say, and was taken from experience or public issue threads,
//! is marked so in the code.
//!
//! ```
//! use fake_discord::{Channel, Fake, Options, Overwrite, Role, permission};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> anyhow::Result<()> {
//! let fake = Fake::start(Options::default()).await?;
//! let guild = fake.guild("架空市", "管理者");
//! let nurses = fake.add_role(guild, Role::named("訪問看護"));
//! let hidden = fake.add_channel(
//!     guild,
//!     Channel::text("一次-訪問看護").with_overwrites([
//!         Overwrite::role(guild, 0, permission::VIEW_CHANNEL),
//!         Overwrite::role(nurses, permission::VIEW_CHANNEL, 0),
//!     ]),
//! );
//! let sato = fake.add_member(guild, "佐藤", "ja", &[nurses]);
//! let suzuki = fake.add_member(guild, "鈴木", "ja", &[]);
//!
//! // People act through their clients …
//! fake.person(guild, sato).say(hidden, "夜間の連絡先が分からない")?;
//! assert!(fake.person(guild, suzuki).say(hidden, "?").is_err());
//! // … and the oracle knows what reached whom.
//! assert_eq!(fake.who_saw("連絡先"), [sato, fake.owner(guild)].into());
//! fake.shutdown();
//! # Ok(())
//! # }
//! ```
//!
//! # Not built
//!
//! Scheduled events on stages and in voice channels, their pictures, recurrence and subscribers, polls, webhooks other than an interaction's own, pins, reactions, stickers,
//! emojis, direct messages, voice, invites, auto moderation, audit log, overwrites and channel
//! creation over REST, tags and category over `PATCH /channels/{id}`, private archived threads,
//! member lists and chunks, command permissions set by administrators, user-installed
//! applications, zlib and zstd transport compression, ETF. Routes that are not built answer 404,
//! code 0; bodies that ask for something not built answer 501. Slow mode and automatic archiving
//! are announced but do not happen by themselves.

mod attachment;
mod channel;
mod clock;
mod command;
mod complaint;
mod component;
mod event;
mod fake;
mod fault;
mod gateway;
mod guild;
mod interaction;
mod mention;
mod message;
mod nonce;
mod oracle;
pub mod permission;
mod person;
mod ping;
mod rate_limit;
mod request;
mod rest;
mod role;
mod scheduled_event;
mod schema;
mod server;
mod snowflake;
mod state;
mod stored;
mod subscription;
mod switch;
mod tls;
mod upkeep;
mod user;
mod validation;

pub use channel::{Channel, ChannelKind, Tag};
pub use complaint::{Complaint, Side};
pub use fake::{Fake, Options, TooLate};
pub use fault::{Fault, Faults, Line, Trouble};
pub use gateway::{Gateway, Identify, Twist};
pub use oracle::Seen;
pub use permission::{Overwrite, Principal};
pub use person::{
    AttachmentView, ButtonView, ChannelView, Choice, CommandView, FieldView, MessageView,
    ModalView, NotAllowed, OptionView, Outcome, Person, ThreadView,
};
pub use ping::Ping;
pub use request::Request;
pub use role::{IN_PROMPT, Role};
pub use scheduled_event::{EventStatus, ScheduledEvent};
pub use snowflake::made_at;
pub use stored::{StoredAttachment, StoredMessage, StoredVersion};
pub use subscription::Change;
pub use switch::Switches;
