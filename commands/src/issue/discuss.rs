//! *スレッドで話す*: a thread below a card in a text channel, for whoever reads the card there.
//!
//! The bot opens it, by a wish on the card's row of the outbox, so that it is proven like everything
//! else that is said to a channel. The thread is seen by whoever sees the channel; its name is number
//! and kind, never a wording.

use super::subject;
use crate::{
    answer::{Answer, Reply},
    audit,
    card::issue::{kind_word, place},
    custom_id::{Action, Course},
    error::Error,
    hindrance,
    request::Request,
    text,
    text::Text,
};
use domain::{
    audience::Destination,
    id::IssueId,
    issue::Kind,
    proof::{DISCUSSION, Hindrance},
    setting::Language,
    visibility::Seen,
};
use serenity::all::{ButtonStyle, CreateButton};
use storage::outbox::Asked;

/// The act in the audit.
const ACT: &str = "issue.discuss";

/// The button on a card.
pub(crate) fn button(issue: IssueId, language: Language) -> CreateButton {
    CreateButton::new(Action::Course(Course::Discuss(issue)).custom_id())
        .label(Text::new("button-discuss").say(language))
        .style(ButtonStyle::Secondary)
}

/// The name of the thread, in the office's language: number and kind.
#[must_use]
pub(crate) fn thread_name(issue: IssueId, kind: Kind, language: Language) -> String {
    text!("discussion-name", number = issue.0, kind = kind_word(kind)).say(language)
}

/// The button was pressed.
pub(crate) async fn answer(request: &Request, id: IssueId) -> Result<Answer, Error> {
    let (destination, asked) = stands_here(request, id).await?;
    if asked.post.thread.is_some() {
        return Err(Error::refuse(Text::new("refused-discuss-in-post")));
    }
    permitted(request, destination).await?;
    let open = asked.discussion.open();
    let wanted = want(request, id, destination, open.is_none()).await?;
    let mut lines = vec![match (open, wanted) {
        (Some(thread), _) => text!("discuss-there", thread = format!("<#{thread}>")),
        (None, true) => text!("discuss-coming", number = id.0),
        (None, false) => text!("discuss-coming-already", number = id.0),
    }];
    lines.extend(asked.code.as_deref().map(failed_before));
    if request.office.stopped_at(destination).is_some() {
        lines.push(Text::new("arrival-stopped"));
    }
    let words: Vec<String> = lines.iter().map(|line| request.say(line)).collect();
    Ok(Answer::Say(Reply {
        content: words.join("\n"),
        ..Reply::default()
    }))
}

/// What stands in the channel where the button was pressed. Whoever may not read it there, and whatever
/// does not stand there, is answered as for a number that does not exist.
async fn stands_here(request: &Request, id: IssueId) -> Result<(Destination, Asked), Error> {
    let unknown = || Error::refuse(Text::new("refused-no-such-issue"));
    let seen: Seen = super::find(request, id).await?;
    let here = request.office.destination_of(request.channel);
    let destination = here
        .filter(|destination| destination.is_for(&request.person, &request.office))
        .ok_or_else(unknown)?;
    let (office, about) = (request.office_id(), subject(seen.id()));
    let asked = request
        .app
        .store
        .read(move |connection| {
            Box::pin(storage::outbox::discussion(
                connection,
                office,
                about,
                destination,
            ))
        })
        .await?;
    let asked = asked.filter(|asked| asked.post.channel == request.channel);
    Ok((destination, asked.ok_or_else(unknown)?))
}

/// Refuses what Discord would: the person is told what to do, and whom to ask. What cannot be looked at
/// now is left to the worker.
async fn permitted(request: &Request, destination: Destination) -> Result<(), Error> {
    let Some(server) = request.app.servers.look(request.office.server).await else {
        return Ok(());
    };
    let may = server.own_grants(request.channel).unwrap_or(0);
    let lacking: Vec<Hindrance> = DISCUSSION
        .iter()
        .filter(|needed| may & needed.bit() == 0)
        .map(|needed| Hindrance::Permission(*needed))
        .collect();
    if lacking.is_empty() {
        return Ok(());
    }
    let reader = hindrance::Reader {
        language: request.language,
        naming: hindrance::Naming::Mention,
    };
    let told = hindrance::told(&lacking, &server, reader);
    let steps: Vec<String> = told.into_iter().map(|told| told.mend).collect();
    Err(Error::refuse(text!(
        "refused-discuss-permission",
        place = place(&request.office, destination, request.language),
        mend = steps.join("\n"),
    )))
}

/// Wants the thread, or to know whether it is still there; `false` when it is wanted already.
async fn want(
    request: &Request,
    id: IssueId,
    destination: Destination,
    is_new: bool,
) -> Result<bool, Error> {
    let (office, about) = (request.office_id(), subject(id));
    let (who, now) = (request.person.user, request.now);
    request
        .record(move |tx| {
            Box::pin(async move {
                let wanted =
                    storage::outbox::want_discussion(tx, office, about, destination).await?;
                // To look after a thread that is there is no act of its own.
                if wanted && is_new {
                    let details = [("destination", destination.code())];
                    audit::note(tx, office, Some(about), ACT, who, now, &details).await?;
                }
                Ok(wanted)
            })
        })
        .await
}

/// Why the thread could not be opened the last time, and what to do.
fn failed_before(code: &str) -> Text {
    match code {
        "discord-160006" => Text::new("discuss-failed-full"),
        "discord-50013" | "discord-50001" => Text::new("discuss-failed-permission"),
        other => text!("discuss-failed", code = other.to_owned()),
    }
}
