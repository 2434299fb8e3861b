//! What people do with Renkei: slash commands, buttons, modals and the message menu.
//!
//! A handler parses, decides (with `domain`), records (with `storage`, one transaction: change, audit,
//! outbox) and returns an [`answer::Answer`]. It never sends: [`dispatch`] gives the one answer, and
//! what is said outside an answer goes through the outbox, drawn by [`card`] when it is sent.
//!
//! Not here: SQL, configuration files, the gateway.
//!
//! | module | what |
//! |---|---|
//! | [`dispatch`] | from an interaction of Discord to its one answer |
//! | [`request`] | who asks, of which office, when |
//! | [`server`] | the port to pictures of servers |
//! | [`mod@file`], `handed`, [`sheet`] | the port to files that people hand in, and how sheets among them are read |
//! | [`permission`] | who may do what (DESIGN section 9) |
//! | [`issue`], [`session`], [`review`], [`project`], [`target`], [`matching`], `feedback`, `memo`, [`notice`], [`office`], [`help`] | one module per command group |
//! | [`mod@feed`] | feeds that are watched for notices, and the port they come from |
//! | `comparison` | an old wording beside the new one, as pictures and as a sheet |
//! | [`card`] | what stands in channels |
//! | [`chart`], [`progress`] | how the targets get on, as a picture and as sheets |
//! | [`hindrance`] | why nothing may be sent somewhere, and how to mend it |
//! | `printout` | what sheets made to be printed have in common |
//! | `manual` | the manual's two forms, on the screen and as a sheet |
//! | [`handover`] | one document for whoever takes an office over |
//! | [`keeping`] | what was kept long enough, a whole office handed out or deleted, what persons ask for |
//! | [`occurrence`] | what is due later, and what is done then |
//! | [`mod@text`] | every sentence, Japanese and English |
//! | [`registration`] | the commands as Discord is told them |

pub mod answer;
mod audit;
pub mod card;
pub mod chart;
pub mod clock;
mod comparison;
pub mod custom_id;
mod digest;
pub mod dispatch;
pub mod error;
pub mod feed;
mod feedback;
pub mod file;
mod fund;
mod handed;
pub mod handover;
pub mod help;
pub mod hindrance;
pub mod issue;
pub mod keeping;
mod manual;
pub mod matching;
mod memo;
pub mod notice;
pub mod occurrence;
pub mod office;
pub mod option;
mod page;
pub mod permission;
mod printout;
pub mod progress;
pub mod project;
pub mod registration;
pub mod relocation;
pub mod request;
pub mod review;
mod round;
pub mod server;
pub mod session;
pub mod sheet;
mod stoppage;
pub mod target;
pub mod text;

use std::sync::Arc;

/// What every handler works with; one per process.
#[derive(Clone)]
pub struct App {
    /// The records.
    pub store: storage::Store,
    /// The office clock; tests and the rehearsal move it.
    pub clock: Arc<dyn clock::Clock>,
    /// Who could see what in a server.
    pub servers: Arc<dyn server::Servers>,
    /// Files that people hand in.
    pub files: Arc<dyn file::Files>,
    /// Feeds that offices watch.
    pub feeds: Arc<dyn feed::Feeds>,
    /// Counts interactions in hand, so that a stop can wait for them.
    pub work: dispatch::Work,
}

/// Makes ready what the first command would otherwise wait for: rules, patterns, catalogues (some tens
/// of milliseconds, once per process).
pub fn warm_up() {
    domain::tier::warm_up();
    domain::personal_data::warm_up();
    drop(text::Text::new("help-title").say(domain::setting::Language::Ja));
}

/// A command's context as poise gives it.
pub(crate) type Context<'a> = poise::ApplicationContext<'a, App, error::Error>;

/// Every command, as written; names and texts are added by [`registration::localised`].
#[must_use]
pub(crate) fn all() -> Vec<poise::Command<App, error::Error>> {
    vec![
        issue::issue(),
        issue::record::record_as_issue(),
        matching::matching(),
        memo::reminder(),
        notice::notice(),
        feedback::feedback(),
        session::session(),
        progress::progress(),
        project::project(),
        target::target(),
        fund::fund(),
        review::review(),
        office::office(),
        help::help(),
    ]
}
