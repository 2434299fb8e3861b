//! What the answers to sharing say: where it went, who reads it there, and what they read.

use super::{audience, found::Found, wording::names_source};
use crate::{
    answer::{Answer, Reply},
    card,
    custom_id::{Action, Share},
    error::Error,
    issue::change,
    request::Request,
    text,
    text::Text,
};
use chrono::{DateTime, Utc};
use domain::{
    disclosure::{self, Audience, Disclosure, Group, Shown},
    id::IssueId,
    office::{Office, Talk},
    visibility::SharedIssue,
};
use serenity::all::{ButtonStyle, CreateActionRow, CreateButton};

/// UTF-16 units of what `/issue show` says of sharing.
const SUMMARY_UNITS_MAX: usize = 400;

/// Day and time as people read them, in the office's time zone.
pub(super) fn moment(request: &Request, at: DateTime<Utc>) -> String {
    let at = at.with_timezone(&request.office.settings.time_zone);
    let date = card::date(at.date_naive(), request.language);
    format!("{date} {}", at.format("%H:%M"))
}

/// It was approved: where it goes, who reads it, and what exactly.
pub(super) fn shared(request: &Request, found: &Found, version: i64) -> Result<Answer, Error> {
    let shared = found.version(version)?;
    let mut lines = vec![request.say(&text!(
        "shared",
        number = shared.issue.0,
        audience = audience::words(&request.office, shared.audience, request.language),
    ))];
    lines.extend(place(request, found, shared));
    if !shared.names_source && names_source(request, found, &shared.wording) {
        lines.push(request.say(&Text::new("share-names-source")));
    }
    lines.push(request.say(&Text::new("share-read-as")));
    Ok(Answer::Say(
        with_preview(request, found, shared, &lines).row(withdraw_row(request, shared)),
    ))
}

/// Where it stands, and who reads it there or elsewhere.
fn place(request: &Request, found: &Found, shared: &Disclosure) -> Vec<String> {
    let office = &request.office;
    let stands = shared.audience.destination(office).filter(|place| {
        let shown = disclosure::shown_at(&found.issue, &found.disclosures, *place, office);
        matches!(shown, Some(Shown::Shared(at)) if at.version == shared.version)
    });
    let by_command = text!("share-by-command", number = shared.issue.0);
    let Some(place) = stands else {
        return vec![request.say(&by_command)];
    };
    let place = change::place(request, place);
    let mut lines = vec![request.say(&match associations(office, shared.audience) {
        Some(count) => text!("share-place-counted", place = place, count = count),
        None => text!("share-place", place = place),
    })];
    if is_channel_narrower(office, shared.audience) {
        lines.push(request.say(&by_command));
    }
    lines
}

/// How many associations an audience holds, where there are several.
fn associations(office: &Office, audience: Audience) -> Option<usize> {
    match audience {
        Audience::Circle(id) => office.circle(id).map(|circle| circle.associations.len()),
        Audience::Region => Some(office.associations.len()),
        Audience::Desk | Audience::Association(..) => None,
    }
}

/// An association's channel is for its talk; its members may read by command only.
fn is_channel_narrower(office: &Office, audience: Audience) -> bool {
    let Audience::Association(id, Group::Everyone) = audience else {
        return false;
    };
    office
        .association(id)
        .is_some_and(|association| association.talk == Talk::Officers)
}

/// It waits for the desk.
pub(super) fn proposed(request: &Request, found: &Found, version: i64) -> Result<Answer, Error> {
    let proposal = found.version(version)?;
    let text = text!(
        "share-proposed",
        number = proposal.issue.0,
        audience = audience::words(&request.office, proposal.audience, request.language),
    );
    let lines = [request.say(&text)];
    Ok(Answer::Say(with_preview(request, found, proposal, &lines)))
}

/// The proposal was turned down.
pub(super) fn declined(request: &Request, found: &Found, version: i64) -> Result<Answer, Error> {
    let proposal = found.version(version)?;
    let text = text!(
        "share-declined",
        number = proposal.issue.0,
        version = proposal.version,
        who = format!("<@{}>", proposal.proposed_by),
    );
    Ok(Answer::Say(
        Reply::of(&text, request.language).row(log_row(request, proposal.issue)),
    ))
}

/// It was taken back.
pub(super) fn withdrawn(request: &Request, found: &Found, version: i64) -> Result<Answer, Error> {
    let shared = found.version(version)?;
    let audience = audience::words(&request.office, shared.audience, request.language);
    let text = text!(
        "share-withdrawn",
        number = shared.issue.0,
        audience = audience,
    );
    Ok(Answer::Say(
        Reply::of(&text, request.language).row(log_row(request, shared.issue)),
    ))
}

/// The words with the card as the audience sees it, in the office's language.
fn with_preview(request: &Request, found: &Found, of: &Disclosure, lines: &[String]) -> Reply {
    let office = &request.office;
    let shared = SharedIssue::of(&found.issue, of);
    let frame = card::share::frame(office, &shared, office.settings.locale);
    Reply {
        content: lines.join("\n"),
        ..Reply::default()
    }
    .embed(frame.draw())
}

/// The button to the record.
pub(crate) fn log_row(request: &Request, issue: IssueId) -> CreateActionRow {
    CreateActionRow::Buttons(vec![log_button(request, issue)])
}

fn log_button(request: &Request, issue: IssueId) -> CreateButton {
    CreateButton::new(Action::Share(Share::Log(issue)).custom_id())
        .label(request.say(&Text::new("button-share-log")))
        .style(ButtonStyle::Secondary)
}

/// What was shared by mistake is taken back from the answer itself.
fn withdraw_row(request: &Request, shared: &Disclosure) -> CreateActionRow {
    let withdraw = Share::Withdraw(shared.issue, shared.version);
    CreateActionRow::Buttons(vec![
        CreateButton::new(Action::Share(withdraw).custom_id())
            .label(request.say(&Text::new("button-share-withdraw")))
            .style(ButtonStyle::Danger),
        log_button(request, shared.issue),
    ])
}

/// What is shared of an issue, or was asked for, a line each, newest last; empty when nothing is. For
/// the desk and those who raised it.
pub(crate) async fn summary(request: &Request, issue: IssueId) -> Result<String, Error> {
    let office = request.office_id();
    let disclosures = request
        .app
        .store
        .read(move |connection| Box::pin(storage::disclosure::of(connection, office, issue)))
        .await?;
    let lines: Vec<String> = disclosures
        .iter()
        .map(|disclosure| line(request, disclosure))
        .collect();
    Ok(card::fitting(&lines, SUMMARY_UNITS_MAX))
}

fn line(request: &Request, disclosure: &Disclosure) -> String {
    let at = disclosure.decided_at.unwrap_or(disclosure.proposed_at);
    let zone = request.office.settings.time_zone;
    let day = at.with_timezone(&zone).date_naive();
    request.say(&text!(
        "share-line",
        audience = audience::words(&request.office, disclosure.audience, request.language),
        state = Text::new(format!("word-disclosure-{}", disclosure.state.code())),
        date = card::date(day, request.language),
    ))
}

/// Which shares still stand after a change of the issue, in the words they had; nothing when none does
/// or the person is not at the desk, which alone may review them.
pub(crate) async fn standing(request: &Request, issue: IssueId) -> Result<Option<String>, Error> {
    if !request.person.coordinator {
        return Ok(None);
    }
    let found = super::found::found(request, issue).await?;
    let audiences: Vec<String> = found
        .standing()
        .map(|shared| audience::words(&request.office, shared.audience, request.language))
        .collect();
    if audiences.is_empty() {
        return Ok(None);
    }
    let separator = request.say(&Text::new("list-separator"));
    Ok(Some(request.say(&text!(
        "share-stands",
        number = issue.0,
        audiences = audiences.join(&separator),
    ))))
}
