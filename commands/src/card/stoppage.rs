//! The card of a stoppage at the desk: what hinders sending, how to mend it, what waits, and what others
//! could read meanwhile. Numbers and links only; nothing of what was said.

use super::{Drawn, Post, frame::Frame, moment, place_word};
use crate::{App, custom_id::Action, text, text::Text};
use domain::{
    id::{OfficeId, StoppageId},
    office::Office,
    setting::Language,
    stoppage::Reason,
};
use serenity::all::{ButtonStyle, CreateActionRow, CreateButton};
use storage::{
    Subject,
    outbox::{Claimed, StandingPost},
    stoppage::{Stoppage, Visible},
};

/// Most messages that wait which are named.
const WAITING_MAX: i64 = 20;
/// Most posts that others could read which are linked, and how many of them a field holds.
const LINKED_MAX: usize = 30;
const LINKED_PER_FIELD: usize = 10;
/// Most roles and people that are named.
const NAMES_MAX: usize = 15;
/// The bar of a stoppage that is open, and of one that is over.
const OPEN: u32 = 0xC0_392B;
const OVER: u32 = 0x2E_8B57;

/// A stoppage with what waits because of it.
#[derive(Debug)]
pub struct Seen {
    /// The stoppage.
    pub stoppage: Stoppage,
    /// The first subjects that wait, at most twenty.
    pub waiting: Vec<Subject>,
    /// Rows that wait.
    pub waiting_total: i64,
}

/// A stoppage as it is now.
///
/// # Errors
/// Storage failed.
pub async fn look(app: &App, office: OfficeId, id: StoppageId) -> storage::Result<Option<Seen>> {
    app.store
        .read(move |connection| {
            Box::pin(async move {
                let Some(stoppage) = storage::stoppage::find(connection, office, id).await? else {
                    return Ok(None);
                };
                let (waiting, waiting_total) = storage::stoppage::waiting(
                    connection,
                    office,
                    stoppage.destination,
                    stoppage.subject,
                    WAITING_MAX,
                )
                .await?;
                Ok(Some(Seen {
                    stoppage,
                    waiting,
                    waiting_total,
                }))
            })
        })
        .await
}

/// Draws the card; nothing when it was over before anybody was told, and nobody read too much. A card
/// that may stand already, because it is not known what became of it, was told: it does not vanish.
pub(super) async fn draw(app: &App, office: &Office, claimed: &Claimed) -> storage::Result<Drawn> {
    let seen = look(app, office.id, StoppageId(claimed.subject.id)).await?;
    let untold = claimed.post.is_none() && !claimed.recovering;
    let Some(seen) = seen.filter(|seen| !untold || is_worth_telling(&seen.stoppage)) else {
        return Ok(Drawn::Nothing);
    };
    let language = office.settings.locale;
    let (id, revision) = (seen.stoppage.id, seen.stoppage.revision);
    let button = CreateButton::new(Action::StoppageShow(id).marked(&claimed.mark))
        .label(Text::new("button-stoppage").say(language))
        .style(ButtonStyle::Secondary);
    Ok(Drawn::Post(Box::new(Post {
        revision,
        title: title(&seen.stoppage, language),
        tags: super::Tags::default(),
        discussion: None,
        files: Vec::new(),
        embeds: vec![whole(office, &seen, language).draw()],
        rows: vec![CreateActionRow::Buttons(vec![button])],
    })))
}

fn is_worth_telling(stoppage: &Stoppage) -> bool {
    stoppage.ended_at.is_none() || stoppage.visible_total + stoppage.recalled_total > 0
}

fn title(stoppage: &Stoppage, language: Language) -> String {
    let number = stoppage.id.0;
    let text = match stoppage.ended_at {
        None => text!("stoppage-title", number = number),
        Some(_) => text!("stoppage-title-over", number = number),
    };
    text.say(language)
}

/// Everything of a stoppage, framed.
#[must_use]
pub fn whole(office: &Office, seen: &Seen, language: Language) -> Frame {
    let stoppage = &seen.stoppage;
    let say = |key: &str| Text::new(key).say(language);
    let over = stoppage.ended_at.is_some();
    let mut frame = Frame::titled(title(stoppage, language))
        .colour(if over { OVER } else { OPEN })
        .words(words(office, stoppage, language))
        .field(
            say("field-since"),
            moment(stoppage.began_at, office, language),
            true,
        );
    if let Some(ended) = stoppage.ended_at {
        frame = frame.field(say("field-until"), moment(ended, office, language), true);
    }
    frame = frame.field(say("field-reason"), reason(stoppage, language), false);
    if !over {
        frame = frame.field(say("field-remedy"), remedy(stoppage, language), false);
    }
    let name = text!("field-waiting", count = seen.waiting_total).say(language);
    let frame = frame.field(name, waiting(seen, language), false);
    let frame = visible(office, stoppage, frame, language);
    frame.footer(say(if over {
        "stoppage-over-next"
    } else {
        "stoppage-next"
    }))
}

/// Which use of which channel, and what it means for it.
fn words(office: &Office, stoppage: &Stoppage, language: Language) -> String {
    let mut place = place_word(office, stoppage.destination).say(language);
    if let Some(channel) = stoppage.destination.channel(office) {
        place.push_str(&format!(" <#{channel}>"));
    }
    let mut lines = vec![match (stoppage.subject, stoppage.ended_at) {
        (None, None) => text!("stoppage-channel", place = place).say(language),
        (None, Some(_)) => text!("stoppage-channel-over", place = place).say(language),
        (Some(subject), None) => text!(
            "stoppage-message",
            place = place,
            subject = subject_word(subject),
        )
        .say(language),
        (Some(subject), Some(_)) => text!(
            "stoppage-message-over",
            place = place,
            subject = subject_word(subject),
        )
        .say(language),
    }];
    if stoppage.released_total > 0 {
        lines.push(text!("stoppage-released", count = stoppage.released_total).say(language));
    }
    if stoppage.recalled_total > 0 {
        lines.push(text!("stoppage-recalled", count = stoppage.recalled_total).say(language));
    }
    lines.join("\n")
}

/// Why, with the roles and people it is about.
fn reason(stoppage: &Stoppage, language: Language) -> String {
    told(stoppage, "stoppage-reason", language)
}

/// What to do about it.
fn remedy(stoppage: &Stoppage, language: Language) -> String {
    told(stoppage, "stoppage-remedy", language)
}

fn told(stoppage: &Stoppage, kind: &str, language: Language) -> String {
    let code = Reason::of(&stoppage.cause.code).code();
    let names: Vec<String> = stoppage
        .cause
        .details
        .iter()
        .filter_map(|one| name(one))
        .take(NAMES_MAX)
        .collect();
    let mut list = names.join(&Text::new("list-separator").say(language));
    let more = stoppage.cause.details.len().saturating_sub(names.len());
    if more > 0 {
        list.push_str(&text!("list-more-of", count = more).say(language));
    }
    Text::new(format!("{kind}-{code}"))
        .with("names", list)
        .with("code", stoppage.cause.code.clone())
        .say(language)
}

/// A role or a person as Discord shows them; nobody is pinged from within a frame.
fn name(detail: &str) -> Option<String> {
    let (kind, id) = detail.split_once(':')?;
    let id: u64 = id.parse().ok()?;
    Some(match kind {
        "role" => format!("<@&{id}>"),
        _ => format!("<@{id}>"),
    })
}

/// What waits, by number.
fn waiting(seen: &Seen, language: Language) -> String {
    let separator = Text::new("list-separator").say(language);
    let named: Vec<String> = seen
        .waiting
        .iter()
        .map(|subject| subject_word(*subject).say(language))
        .collect();
    let mut line = named.join(&separator);
    let more = seen.waiting_total - i64::try_from(named.len()).unwrap_or(i64::MAX);
    if more > 0 {
        line.push_str(&text!("list-more-of", count = more).say(language));
    }
    line
}

/// Posts that others could read, as links.
fn visible(office: &Office, stoppage: &Stoppage, frame: Frame, language: Language) -> Frame {
    if stoppage.visible_total == 0 {
        return frame;
    }
    let name = text!("field-visible", count = stoppage.visible_total).say(language);
    let linked: Vec<&Visible> = stoppage.visible.iter().take(LINKED_MAX).collect();
    let more = stoppage.visible_total - i64::try_from(linked.len()).unwrap_or(i64::MAX);
    let separator = Text::new("list-separator").say(language);
    let mut lines: Vec<String> = linked
        .chunks(LINKED_PER_FIELD)
        .map(|chunk| {
            let links: Vec<String> = chunk
                .iter()
                .map(|one| link(office, one, language))
                .collect();
            links.join(&separator)
        })
        .collect();
    if more > 0
        && let Some(last) = lines.last_mut()
    {
        last.push_str(&text!("list-more-of", count = more).say(language));
    }
    lines
        .into_iter()
        .fold(frame, |frame, line| frame.field(name.clone(), line, false))
}

fn link(office: &Office, visible: &Visible, language: Language) -> String {
    let StandingPost {
        channel,
        message,
        thread,
    } = visible.post;
    let (server, place) = (office.server, thread.unwrap_or(channel));
    let word = subject_word(visible.subject).say(language);
    format!("[{word}](https://discord.com/channels/{server}/{place}/{message})")
}

/// A subject by its number.
fn subject_word(subject: Subject) -> Text {
    Text::new(format!("subject-{}", subject.kind.code())).with("number", subject.id)
}
