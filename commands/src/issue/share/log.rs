//! 共有の記録: every version of what was proposed, shared and taken back, one a page, for the desk.

use super::{
    audience,
    found::{Found, found_at_desk},
    told::moment,
};
use crate::{
    answer::{Answer, Reply},
    card::{self, frame::Frame},
    custom_id::{Action, Share},
    error::Error,
    issue::subject,
    request::Request,
    text,
    text::Text,
};
use chrono::{DateTime, Utc};
use domain::{
    disclosure::{Disclosure, State},
    id::{IssueId, MessageId},
};
use serenity::all::{ButtonStyle, CreateActionRow, CreateButton};
use storage::{history::Step, outbox::StandingPost};

/// Milliseconds since 1970 of Discord's first moment (Discord, reference, "Snowflakes").
const DISCORD_EPOCH_MS: i64 = 1_420_070_400_000;
/// Where the time begins in an id of Discord, in bits (the same).
const TIME_SHIFT: u32 = 22;

/// The button on the card or in an answer: the newest version.
pub(super) async fn open(request: &Request, id: IssueId) -> Result<Answer, Error> {
    let found = found_at_desk(request, id).await?;
    let newest = found
        .disclosures
        .last()
        .map(|disclosure| disclosure.version);
    let Some(newest) = newest else {
        return Err(Error::refuse(text!("refused-share-no-log", number = id.0)));
    };
    Ok(Answer::Say(page(request, &found, newest).await?))
}

/// Another page, in the same message.
pub(super) async fn turn(request: &Request, id: IssueId, version: i64) -> Result<Answer, Error> {
    let found = found_at_desk(request, id).await?;
    Ok(Answer::Replace(page(request, &found, version).await?))
}

/// What the outbox and the history know of an issue's posts and decisions.
struct Traces {
    /// The message that stands where this version belongs.
    post: Option<StandingPost>,
    steps: Vec<Step>,
}

async fn traces(request: &Request, of: &Disclosure) -> Result<Traces, Error> {
    let (office, about) = (request.office_id(), subject(of.issue));
    let (standing, steps) = request
        .app
        .store
        .read(move |connection| {
            Box::pin(async move {
                let standing = storage::outbox::standing(connection, office, about).await?;
                let steps = storage::history::of(connection, office, about).await?;
                Ok((standing, steps))
            })
        })
        .await?;
    let place = of.audience.destination(&request.office);
    let post = standing
        .into_iter()
        .find(|(destination, ..)| Some(*destination) == place)
        .map(|(_, post, _)| post);
    Ok(Traces { post, steps })
}

async fn page(request: &Request, found: &Found, version: i64) -> Result<Reply, Error> {
    let disclosure = found.version(version)?;
    let traces = traces(request, disclosure).await?;
    let (office, language) = (&request.office, request.language);
    let total = found.disclosures.len();
    let title = text!(
        "share-log-title",
        number = found.issue.id.0,
        version = disclosure.version,
        total = total,
    );
    let kind = if disclosure.as_written {
        "share-log-as-written"
    } else {
        "share-log-written"
    };
    let mut frame = Frame::titled(title.say(language))
        .colour(card::issue::colour(found.issue.tier))
        .words(card::issue::quoted(&disclosure.wording))
        .field(
            request.say(&Text::new("field-share-audience")),
            audience::words(office, disclosure.audience, language),
            true,
        )
        .field(
            request.say(&Text::new("field-status")),
            request.say(&Text::new(format!(
                "word-disclosure-{}",
                disclosure.state.code()
            ))),
            true,
        )
        .field(
            request.say(&Text::new("field-share-wording")),
            request.say(&Text::new(kind)),
            true,
        );
    if disclosure.names_source {
        let named = request.say(&Text::new("share-log-source-named"));
        frame = frame.field(request.say(&Text::new("field-source")), named, true);
    }
    frame = frame.field(
        request.say(&Text::new("field-share-decisions")),
        decisions(request, disclosure, &traces.steps).join("\n"),
        false,
    );
    if let Some(posted) = posted(request, disclosure, traces.post) {
        frame = frame.field(request.say(&Text::new("field-share-posted")), posted, false);
    }
    let reply = Reply::default().embed(frame.draw());
    Ok(rows(request, found, disclosure)
        .into_iter()
        .fold(reply, Reply::row))
}

/// Who proposed it and who decided what, and when: one line each.
fn decisions(request: &Request, of: &Disclosure, steps: &[Step]) -> Vec<String> {
    let line = |act: Text, who, at| {
        request.say(&text!(
            "share-log-decision",
            act = act,
            who = format!("<@{who}>"),
            when = moment(request, at),
        ))
    };
    let mut lines = vec![line(
        Text::new("share-log-proposed"),
        of.proposed_by,
        of.proposed_at,
    )];
    // The row knows the last decision; the one before it, that it was approved, stands in the history.
    let approved = steps.iter().find(|step| {
        step.after["disclosure"]["version"].as_i64() == Some(of.version)
            && step.after["disclosure"]["state"].as_str() == Some(State::Approved.code())
    });
    if let Some(step) = approved {
        lines.push(line(
            Text::new("word-disclosure-approved"),
            step.who,
            step.at,
        ));
    }
    let is_later = !matches!(of.state, State::Proposed | State::Approved);
    if let (true, Some(who), Some(at)) = (is_later, of.decided_by, of.decided_at) {
        let act = Text::new(format!("word-disclosure-{}", of.state.code()));
        lines.push(line(act, who, at));
    }
    lines
}

/// Where its post stands and since when; nothing for what was never shown.
fn posted(request: &Request, of: &Disclosure, post: Option<StandingPost>) -> Option<String> {
    match of.state {
        State::Proposed | State::Declined | State::Replaced => return None,
        State::Approved | State::Withdrawn => {}
    }
    let Some(place) = of.audience.destination(&request.office) else {
        return (of.state == State::Approved)
            .then(|| request.say(&text!("share-by-command", number = of.issue.0)));
    };
    let place = card::issue::place(&request.office, place, request.language);
    let Some(post) = post else {
        return (of.state == State::Approved)
            .then(|| request.say(&text!("share-log-not-posted", place = place)));
    };
    let within = post.thread.unwrap_or(post.channel);
    let link = format!(
        "https://discord.com/channels/{}/{within}/{}",
        request.office.server, post.message
    );
    Some(request.say(&text!(
        "share-log-posted",
        place = place,
        link = link,
        when = moment(request, sent_at(post.message)),
    )))
}

/// When a message was sent: its id says so.
fn sent_at(message: MessageId) -> DateTime<Utc> {
    let millis = (message.0 >> TIME_SHIFT).cast_signed() + DISCORD_EPOCH_MS;
    DateTime::from_timestamp_millis(millis).unwrap_or_default()
}

/// What can be done with the version, and the pages beside it.
fn rows(request: &Request, found: &Found, of: &Disclosure) -> Vec<CreateActionRow> {
    let (issue, version) = (of.issue, of.version);
    let button = |share: Share, label: &Text, style| {
        CreateButton::new(Action::Share(share).custom_id())
            .label(request.say(label))
            .style(style)
    };
    let acts = match of.state {
        State::Approved => vec![
            button(
                Share::Withdraw(issue, version),
                &Text::new("button-share-withdraw"),
                ButtonStyle::Danger,
            ),
            button(
                Share::Narrow(issue, version),
                &Text::new("button-share-narrow"),
                ButtonStyle::Secondary,
            ),
            button(
                Share::Correct(issue, version),
                &Text::new("button-share-rewrite"),
                ButtonStyle::Secondary,
            ),
        ],
        State::Proposed => vec![
            button(
                Share::Approve(issue, version),
                &text!("button-share-approve", version = version),
                ButtonStyle::Success,
            ),
            button(
                Share::Correct(issue, version),
                &text!("button-share-correct", version = version),
                ButtonStyle::Primary,
            ),
            button(
                Share::Decline(issue, version),
                &text!("button-share-decline", version = version),
                ButtonStyle::Secondary,
            ),
        ],
        State::Declined | State::Withdrawn | State::Replaced => Vec::new(),
    };
    let beside = |step: i64| {
        let wanted = version + step;
        found.version(wanted).is_ok().then_some(wanted)
    };
    // Custom ids must differ within a message; a disabled button points beyond the ends.
    let turn = |key: &str, to: Option<i64>, beyond: i64| {
        button(
            Share::LogPage(issue, to.unwrap_or(beyond)),
            &Text::new(key),
            ButtonStyle::Secondary,
        )
        .disabled(to.is_none())
    };
    let pages = (found.disclosures.len() > 1).then(|| {
        vec![
            turn("button-share-older", beside(-1), i64::MAX - 1),
            turn("button-share-newer", beside(1), i64::MAX),
        ]
    });
    [Some(acts), pages]
        .into_iter()
        .flatten()
        .filter(|buttons| !buttons.is_empty())
        .map(CreateActionRow::Buttons)
        .collect()
}
