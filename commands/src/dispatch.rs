//! The dispatcher: from an interaction of Discord to its one answer.
//!
//! A handler returns an [`Answer`]; only this module sends it. A handler that takes longer than
//! [`DEFER_AFTER`] is deferred and its answer follows as an edit; a handler that may open a form cannot
//! be deferred (Discord takes a form only as the first answer), so the person is asked to try again.
//! Slash commands are parsed by poise; buttons and forms by [`crate::custom_id`], so that they
//! outlive a restart.

mod delivery;
mod outcome;
mod progress;
mod suggestion;

use crate::{
    App, Context,
    answer::Answer,
    custom_id::{self, Action},
    digest,
    error::Error,
    feed, feedback, fund, issue, keeping, matching, memo, notice, office, project,
    request::{Envelope, Recorded, Request},
    review, round, session, stoppage, target,
    text::{Text, language_of},
};
use delivery::Addressee;
use domain::id::{ChannelId, InteractionId, RoleId, ServerId, UserId};
use outcome::{once, respond};
pub use progress::Progress;
use serenity::all::{
    ActionRowComponent, ChannelType, CommandInteraction, ComponentInteraction,
    ComponentInteractionDataKind, FullEvent, Http, Interaction, InteractionContext, Member,
    ModalInteraction, Permissions,
};
use std::{
    collections::BTreeMap,
    future::Future,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::Duration,
};
pub use suggestion::{SUGGEST_WITHIN, SUGGESTION_UNITS_MAX};
pub(crate) use suggestion::{SUGGESTIONS_MAX, Suggestion, suggest};

/// How long a handler may take before the answer is deferred; Discord waits three seconds.
pub const DEFER_AFTER: Duration = Duration::from_secs(2);
/// How often the word of a handler that takes long is shown. Discord takes some five edits of one answer
/// in five seconds.
pub const PROGRESS_EVERY: Duration = Duration::from_secs(2);

/// Counts interactions in hand, so that a stop can wait for them; what takes long asks it whether to stop.
#[derive(Clone, Debug, Default)]
pub struct Work {
    in_hand: Arc<AtomicUsize>,
    closing: Arc<AtomicBool>,
}

impl Work {
    /// Interactions in hand now.
    #[must_use]
    pub fn in_hand(&self) -> usize {
        self.in_hand.load(Ordering::Acquire)
    }

    /// The program stops: what takes long ends where it can be carried on.
    pub fn close(&self) {
        self.closing.store(true, Ordering::Release);
    }

    /// Whether the program stops.
    #[must_use]
    pub fn is_closing(&self) -> bool {
        self.closing.load(Ordering::Acquire)
    }

    fn begin(&self) -> InHand {
        self.in_hand.fetch_add(1, Ordering::AcqRel);
        InHand(Arc::clone(&self.in_hand))
    }
}

struct InHand(Arc<AtomicUsize>);

impl Drop for InHand {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
    }
}

/// What a handler may answer, which decides how it is deferred.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum May {
    /// Only a message to the person.
    Say,
    /// The message whose button was pressed is replaced.
    Replace,
    /// Perhaps a form.
    Ask,
}

/// Handles one interaction from its event to its answer.
pub async fn interaction(
    framework: poise::FrameworkContext<'_, App, Error>,
    interaction: Interaction,
) {
    let app = framework.user_data;
    let _in_hand = app.work.begin();
    let http = Arc::clone(&framework.serenity_context.http);
    match interaction {
        Interaction::Component(press) => component(app, &http, &press).await,
        Interaction::Modal(form) => modal(app, &http, &form).await,
        command => {
            poise::dispatch_event(
                framework,
                FullEvent::InteractionCreate {
                    interaction: command,
                },
            )
            .await;
        }
    }
}

/// Runs the handler of a slash command and gives its answer.
///
/// # Errors
/// None: refusals and faults become answers too. The type is what poise expects.
pub(crate) async fn answer<H, F>(ctx: Context<'_>, may: May, handler: H) -> Result<(), Error>
where
    H: FnOnce(Request) -> F + Send,
    F: Future<Output = Result<Answer, Error>> + Send,
{
    let app = ctx.framework.user_data;
    let command = ctx.interaction;
    let to = Addressee {
        http: &ctx.framework.serenity_context.http,
        id: command.id,
        token: &command.token,
        language: language_of(&command.locale),
        name: ctx.command().qualified_name.to_string(),
        recorded: Recorded::default(),
        progress: Progress::default(),
    };
    let envelope = envelope_of_command(command).noting(&to);
    let work = async {
        let request = Request::open(app, envelope).await?;
        let (notice, language) = (stoppage::notice(&request), request.language);
        stoppage::under(handler(request).await, notice, language)
    };
    respond(&to, may, once(app, &to, work)).await;
    Ok(())
}

async fn component(app: &App, http: &Http, press: &ComponentInteraction) {
    let Some(action) = Action::parse(&press.data.custom_id) else {
        return unknown(http, press.id, &press.token, &press.locale).await;
    };
    let to = Addressee {
        http,
        id: press.id,
        token: &press.token,
        language: language_of(&press.locale),
        name: action_name(action),
        recorded: Recorded::default(),
        progress: Progress::default(),
    };
    let envelope = envelope(
        press.id,
        press.guild_id,
        press.channel_id,
        press.member.as_ref(),
        press.user.id,
        &press.locale,
    )
    .noting(&to);
    let may = may(action);
    let work = async {
        let request = Request::open(app, envelope).await?;
        let answer = match action {
            Action::IssueReword(draft) => issue::add::reword(&request, draft).await,
            Action::IssueShow(id) => issue::show::answer(&request, id).await,
            Action::IssueList(draft, page) => issue::list::turn(&request, draft, page).await,
            Action::IssuePassOn(id) => issue::pass_on::answer(&request, id).await,
            Action::StoppageShow(id) => stoppage::answer(&request, id).await,
            Action::Share(share) => issue::share::pressed(&request, share, chosen(press)).await,
            Action::Category(category) => {
                issue::category::pressed(&request, category, values(press)).await
            }
            Action::Course(course) => issue::pressed(&request, course).await,
            Action::Matching(press) => matching::pressed(&request, press).await,
            Action::Link(press) => issue::link::pressed(&request, press).await,
            Action::KeyPerson(press) => office::person::pressed(&request, press).await,
            Action::Import(import) => issue::import::pressed(&request, import).await,
            Action::Plan(plan) => target::import::pressed(&request, plan).await,
            Action::Fund(press) => fund::pressed(&request, press).await,
            Action::Rule(press) => office::rule::pressed(&request, press).await,
            Action::Batch(batch) => issue::batch::pressed(&request, batch, values(press)).await,
            Action::Session(of) => session::pressed(&request, of).await,
            Action::Project(of) => project::pressed(&request, of, values(press)).await,
            Action::Target(of) => target::pressed(&request, of, values(press)).await,
            Action::Review(button) => review::pressed(&request, button, values(press)).await,
            Action::Report(of) => crate::progress::pressed(&request, of).await,
            Action::Feedback(press) => feedback::pressed(&request, press).await,
            Action::Event(of) => session::event::pressed(&request, of).await,
            Action::Feed(of) => feed::pressed(&request, of).await,
            Action::Keeping(of) => keeping::pressed(&request, of).await,
            Action::Memo(of) => memo::pressed(&request, of).await,
            Action::Notice(of) => notice::pressed(&request, of, values(press)).await,
            Action::Round(of) => digest::pressed(&request, of).await,
            Action::OfficeCheck(page) => office::check::turn(&request, page).await,
            Action::OfficeAccept(id) => office::check::accept(&request, id).await,
            Action::OfficeAcceptNoLonger(id) => office::check::accept_no_longer(&request, id).await,
            Action::IssueEditReword(draft) => issue::edit::reword(&request, draft).await,
            Action::Merge(merge) => issue::merge::pressed(&request, merge).await,
            Action::IssueSearch(draft, page) => issue::search::turn(&request, draft, page).await,
            Action::IssueUndo(draft) => issue::undo::answer(&request, draft).await,
            Action::IssueHistory(id) => issue::history::open(&request, id).await,
            Action::IssueHistoryPage(id, page) => issue::history::turn(&request, id, page).await,
            Action::OfficeAudit(draft, page) => office::audit::turn(&request, draft, page).await,
            Action::IssueAdd(_)
            | Action::IssueReworded(_)
            | Action::IssueEdit(_)
            | Action::IssueEditReworded(_) => {
                Err(Error::refuse(Text::new("refused-unknown-button")))
            }
        };
        stoppage::under(answer, stoppage::notice(&request), request.language)
    };
    respond(&to, may, once(app, &to, work)).await;
}

/// How a press may be answered, before anything is looked up.
fn may(action: Action) -> May {
    match action {
        Action::Share(share) => issue::share::may(share),
        Action::Category(category) => issue::category::may(category),
        Action::Course(course) => issue::may(course),
        Action::Matching(press) => matching::may(press),
        Action::Link(_) | Action::KeyPerson(_) => May::Replace,
        Action::Import(import) => issue::import::may(import),
        Action::Plan(_) => May::Replace,
        Action::Fund(press) => fund::may(press),
        Action::Rule(custom_id::Rule::Undo(_)) => May::Replace,
        Action::Batch(batch) => issue::batch::may(batch),
        Action::Review(button) => review::may(button),
        Action::Session(of) => session::may(of),
        Action::Project(press) => project::may(press),
        Action::Target(press) => target::may(press),
        Action::Event(_) => May::Say,
        Action::Feed(press) => feed::may(press),
        Action::Feedback(press) => feedback::may(press),
        Action::Keeping(press) => keeping::may(press),
        Action::Memo(custom_id::Memo::Show(_) | custom_id::Memo::Stop(_)) => May::Say,
        Action::Memo(_) => May::Replace,
        Action::Notice(press) => notice::may(press),
        Action::Round(custom_id::Round::Ask(_)) => May::Ask,
        Action::Round(custom_id::Round::Undo(_)) => May::Replace,
        Action::OfficeCheck(_) | Action::OfficeAccept(_) | Action::OfficeAcceptNoLonger(_) => {
            May::Replace
        }
        Action::IssueReword(_) | Action::IssueEditReword(_) => May::Ask,
        Action::IssueList(..)
        | Action::IssueUndo(_)
        | Action::IssueSearch(..)
        | Action::IssueHistoryPage(..)
        | Action::OfficeAudit(..) => May::Replace,
        _ => May::Say,
    }
}

/// The one value chosen in a select of words; hostile, so it is read again by whoever asked.
fn chosen(press: &ComponentInteraction) -> Option<&str> {
    values(press).first().map(String::as_str)
}

/// The values chosen in a select of words; hostile, as [`chosen`].
fn values(press: &ComponentInteraction) -> &[String] {
    match &press.data.kind {
        ComponentInteractionDataKind::StringSelect { values } => values,
        _ => &[],
    }
}

async fn modal(app: &App, http: &Http, form: &ModalInteraction) {
    let Some(action) = Action::parse(&form.data.custom_id) else {
        return unknown(http, form.id, &form.token, &form.locale).await;
    };
    let to = Addressee {
        http,
        id: form.id,
        token: &form.token,
        language: language_of(&form.locale),
        name: action_name(action),
        recorded: Recorded::default(),
        progress: Progress::default(),
    };
    let envelope = envelope(
        form.id,
        form.guild_id,
        form.channel_id,
        form.member.as_ref(),
        form.user.id,
        &form.locale,
    )
    .noting(&to);
    let fields = fields_of(form);
    let work = async {
        let request = Request::open(app, envelope).await?;
        let answer = match action {
            Action::IssueAdd(draft) => issue::add::submitted(&request, draft, &fields).await,
            Action::IssueReworded(draft) => issue::add::reworded(&request, draft, &fields).await,
            Action::IssueEdit(draft) => issue::edit::submitted(&request, draft, &fields).await,
            Action::Matching(press) => matching::submitted(&request, press, &fields).await,
            Action::Session(of) => session::submitted(&request, of, &fields).await,
            Action::Round(custom_id::Round::Plan(of)) => {
                round::submitted(&request, of, &fields).await
            }
            Action::Share(share) => issue::share::submitted(&request, share, &fields).await,
            Action::Keeping(of) => keeping::submitted(&request, of, &fields).await,
            Action::Project(press) => project::submitted(&request, press, &fields).await,
            Action::Target(press) => target::submitted(&request, press, &fields).await,
            Action::Feedback(press) => feedback::submitted(&request, press, &fields).await,
            Action::Notice(press) => notice::submitted(&request, press, &fields).await,
            Action::Review(button) => review::submitted(&request, button, &fields).await,
            Action::Batch(custom_id::Batch::Reworded(draft)) => {
                issue::batch::reworded(&request, draft, &fields).await
            }
            Action::IssueEditReworded(draft) => {
                issue::edit::reworded(&request, draft, &fields).await
            }
            _ => Err(Error::refuse(Text::new("refused-unknown-button"))),
        };
        stoppage::under(answer, stoppage::notice(&request), request.language)
    };
    respond(&to, May::Say, once(app, &to, work)).await;
}

/// The values of a submitted form by field; hostile, so nothing is assumed of which fields are there.
pub type Fields = BTreeMap<String, String>;

fn fields_of(form: &ModalInteraction) -> Fields {
    form.data
        .components
        .iter()
        .flat_map(|row| &row.components)
        .filter_map(|component| match component {
            ActionRowComponent::InputText(input) => Some((
                input.custom_id.clone(),
                input.value.clone().unwrap_or_default(),
            )),
            _ => None,
        })
        .collect()
}

async fn unknown(http: &Http, id: serenity::all::InteractionId, token: &str, locale: &str) {
    let to = Addressee {
        http,
        id,
        token,
        language: language_of(locale),
        name: "unknown".into(),
        recorded: Recorded::default(),
        progress: Progress::default(),
    };
    respond(&to, May::Say, async {
        Err(Error::refuse(Text::new("refused-unknown-button")))
    })
    .await;
}

fn action_name(action: Action) -> String {
    action
        .custom_id()
        .split(':')
        .nth(1)
        .unwrap_or_default()
        .to_owned()
}

fn envelope_of_command(command: &CommandInteraction) -> Envelope {
    let mut envelope = envelope(
        command.id,
        command.guild_id,
        command.channel_id,
        command.member.as_deref(),
        command.user.id,
        &command.locale,
    );
    if command
        .context
        .is_some_and(|context| context != InteractionContext::Guild)
    {
        envelope.server = None;
    }
    // Whoever sees a channel sees its public threads and posts; a private thread is a place apart.
    if let Some(thread) = &command.channel
        && matches!(
            thread.kind,
            ChannelType::PublicThread | ChannelType::NewsThread
        )
        && let Some(above) = thread.parent_id
    {
        envelope.channel = ChannelId(above.get());
    }
    envelope
}

fn envelope(
    id: serenity::all::InteractionId,
    guild: Option<serenity::all::GuildId>,
    channel: serenity::all::ChannelId,
    member: Option<&Member>,
    user: serenity::all::UserId,
    locale: &str,
) -> Envelope {
    let administers = |member: &Member| {
        member
            .permissions
            .is_some_and(|permissions| permissions.contains(Permissions::ADMINISTRATOR))
    };
    Envelope {
        interaction: InteractionId(id.get()),
        server: guild
            .filter(|_| member.is_some())
            .map(|guild| ServerId(guild.get())),
        channel: ChannelId(channel.get()),
        user: UserId(user.get()),
        roles: member
            .map(|member| member.roles.iter().map(|role| RoleId(role.get())).collect())
            .unwrap_or_default(),
        administrator: member.is_some_and(administers),
        language: language_of(locale),
        recorded: Recorded::default(),
        progress: Progress::default(),
    }
}

impl Envelope {
    /// The same, telling the addressee when the change is recorded and how far it is.
    fn noting(mut self, to: &Addressee<'_>) -> Self {
        self.recorded = to.recorded.clone();
        self.progress = to.progress.clone();
        self
    }
}

/// What poise calls when it cannot run a command: an unknown one, or values of the wrong shape.
pub(crate) async fn on_framework_error(error: poise::FrameworkError<'_, App, Error>) {
    let Some(poise::Context::Application(ctx)) = error.ctx() else {
        tracing::warn!("an interaction of a command that is not ours");
        return;
    };
    if matches!(
        ctx.interaction_type,
        poise::CommandInteractionType::Autocomplete
    ) {
        return;
    }
    let to = Addressee {
        http: &ctx.framework.serenity_context.http,
        id: ctx.interaction.id,
        token: &ctx.interaction.token,
        language: language_of(&ctx.interaction.locale),
        name: ctx.command().qualified_name.to_string(),
        recorded: Recorded::default(),
        progress: Progress::default(),
    };
    let work = async {
        match &error {
            poise::FrameworkError::CommandPanic { .. } => Err(Error::Fault("a command panicked")),
            _ => Err(Error::refuse(Text::new("refused-stale-command"))),
        }
    };
    respond(&to, May::Say, work).await;
}
