//! An issue's history (経過): its last steps in `/issue show`, and all of them page by page.
//!
//! Everybody who may read the issue learns what was done and when; those who raised it also the
//! reasons; the desk also who did it and the words an edit changed. Who was only told of the issue learns
//! how its status moved since.

use super::{category, find, merge, share, subject};
use crate::{
    answer::{Answer, Reply},
    audit,
    card::{self, frame::Frame},
    custom_id::Action,
    error::Error,
    page,
    request::Request,
    text,
    text::Text,
};
use domain::{
    id::{CategoryId, IssueId},
    issue::Issue,
    text::{escape_markdown, one_line},
    visibility::{Seen, SharedIssue, View},
};
use serde_json::Value;
use serenity::all::{ButtonStyle, CreateActionRow, CreateButton};
use storage::history::Step;

/// Most steps that `/issue show` shows.
const STEPS_SHOWN_MAX: usize = 8;
/// UTF-16 units of them together: what a card with every field full leaves them.
const STEPS_UNITS_MAX: usize = 900;
/// Steps a page.
const PAGE: i64 = 5;
/// UTF-16 units of a reason that is shown; escaping may triple them.
const REASON_UNITS_MAX: usize = 60;
/// UTF-16 units of the words before and after an edit; as above.
const WORDS_UNITS_MAX: usize = 40;
/// UTF-16 units of a page, within an embed's description; a page of the longest steps still fits.
const PAGE_UNITS_MAX: usize = 4_000;

/// The last steps, for `/issue show`.
pub(crate) async fn last(request: &Request, issue: &Issue, view: View) -> Result<String, Error> {
    let steps = steps(request, issue, view).await?;
    let told = is_told_reasons(request, issue, view);
    let lines: Vec<String> = steps
        .iter()
        .map(|step| line(request, step, view, told))
        .collect();
    Ok(last_of(&lines))
}

/// The last moves of status that whoever was only told of the issue learns of.
pub(crate) async fn last_moves(request: &Request, shared: &SharedIssue) -> Result<String, Error> {
    Ok(last_of(&moves(request, shared).await?))
}

fn last_of(lines: &[String]) -> String {
    let first = lines.len().saturating_sub(STEPS_SHOWN_MAX);
    card::fitting(&lines[first..], STEPS_UNITS_MAX)
}

/// The row with the button that leads to all steps.
pub(crate) fn buttons(request: &Request, id: IssueId) -> Vec<CreateActionRow> {
    let button = CreateButton::new(Action::IssueHistory(id).custom_id())
        .label(request.say(&Text::new("button-history")))
        .style(ButtonStyle::Secondary);
    vec![CreateActionRow::Buttons(vec![button])]
}

/// The button was pressed: a message of its own, from the first step on.
pub(crate) async fn open(request: &Request, id: IssueId) -> Result<Answer, Error> {
    Ok(Answer::Say(drawn(request, id, 0).await?))
}

/// A page button was pressed.
pub(crate) async fn turn(request: &Request, id: IssueId, number: i64) -> Result<Answer, Error> {
    Ok(Answer::Replace(drawn(request, id, number).await?))
}

/// One page. Rights are asked anew for each, because roles may have changed.
async fn drawn(request: &Request, id: IssueId, number: i64) -> Result<Reply, Error> {
    let (tier, lines) = match find(request, id).await? {
        Seen::Whole(issue, view) => (issue.tier, whole(request, &issue, view).await?),
        Seen::Shared(shared) => (shared.tier, moves(request, &shared).await?),
    };
    let total = i64::try_from(lines.len()).unwrap_or(i64::MAX);
    let last = page::last(total, PAGE);
    let number = number.min(last);
    let page: Vec<String> = lines
        .into_iter()
        .skip(usize::try_from(number * PAGE).unwrap_or(usize::MAX))
        .take(usize::try_from(PAGE).unwrap_or(usize::MAX))
        .collect();
    let words = if page.is_empty() {
        request.say(&Text::new("history-empty"))
    } else {
        card::fitting(&page, PAGE_UNITS_MAX)
    };
    let title = text!("history-title", number = id.0, total = total);
    let frame = Frame::titled(title.say(request.language))
        .colour(card::issue::colour(tier))
        .words(words)
        .footer(page::place(request, number, last));
    let reply = Reply::default().embed(frame.draw());
    if last == 0 {
        return Ok(reply);
    }
    Ok(reply.row(page::turning(request, number, last, |page| {
        Action::IssueHistoryPage(id, page)
    })))
}

/// Every step of the issue as a line; for the desk with the words it changed.
async fn whole(request: &Request, issue: &Issue, view: View) -> Result<Vec<String>, Error> {
    let told = is_told_reasons(request, issue, view);
    let lines = steps(request, issue, view).await?.into_iter().map(|step| {
        let mut line = line(request, &step, view, told);
        line.extend(changed_categories(request, &step));
        if matches!(view, View::Desk(_)) {
            line.push_str(&changed_words(request, &step));
        }
        line
    });
    Ok(lines.collect())
}

/// When the status changed since somebody was told, and to what: no other act, no reason, and nobody's
/// name.
async fn moves(request: &Request, shared: &SharedIssue) -> Result<Vec<String>, Error> {
    let steps = read(request, shared.id).await?;
    let status = |state: &Value| state.get("status").cloned();
    let moved = steps
        .iter()
        .filter(|step| step.at > shared.told_at)
        .filter(|step| step.before.as_ref().and_then(status) != status(&step.after));
    Ok(moved
        .map(|step| {
            let act = audit::act("issue.status", request.language);
            when_and_what(request, step, act)
        })
        .collect())
}

/// The steps a reader of the original learns of. How the desk and those who raised it talk about
/// sharing is theirs.
async fn steps(request: &Request, issue: &Issue, view: View) -> Result<Vec<Step>, Error> {
    let mut steps = read(request, issue.id).await?;
    let told = is_told_reasons(request, issue, view);
    let desk = matches!(view, View::Desk(_));
    steps.retain(|step| (told || !is_inner(step)) && (desk || !merge::is_for_the_desk(&step.act)));
    Ok(steps)
}

/// Whether a step, or what it takes back, is for the desk and those who raised the issue.
fn is_inner(step: &Step) -> bool {
    share::is_inner(&step.act) || said(&step.after, "undone").is_some_and(share::is_inner)
}

async fn read(request: &Request, id: IssueId) -> Result<Vec<Step>, Error> {
    let (office, about) = (request.office_id(), subject(id));
    let steps = request
        .app
        .store
        .read(move |connection| Box::pin(storage::history::of(connection, office, about)))
        .await?;
    Ok(steps)
}

/// Reasons are for the desk and for those who raised the issue; other readers see what was done.
pub(crate) fn is_told_reasons(request: &Request, issue: &Issue, view: View) -> bool {
    let raised = issue
        .association
        .is_some_and(|id| request.person.rank_in(id).is_some());
    matches!(view, View::Desk(_)) || raised || issue.reporter == request.person.user
}

/// One step: when, what, the status it led to. Who did it is for the desk.
fn line(request: &Request, step: &Step, view: View, told: bool) -> String {
    let language = request.language;
    let mut act = audit::act(&step.act, language);
    if let Some(undone) = said(&step.after, "undone") {
        act = text!("step-undone", act = audit::act(undone, language)).say(language);
    }
    let mut line = when_and_what(request, step, act);
    if matches!(view, View::Desk(_)) {
        line.push_str(&format!(" {}", audit::who(step.who, language)));
    }
    if let Some(reason) = said(&step.after, "reason").filter(|_| told) {
        let reason = quoted(reason, REASON_UNITS_MAX);
        line.push_str(&text!("step-reason", reason = reason).say(language));
    }
    line
}

fn when_and_what(request: &Request, step: &Step, act: String) -> String {
    let zone = request.office.settings.time_zone;
    let status = said(&step.after, "status").unwrap_or("open");
    let day = step.at.with_timezone(&zone).date_naive();
    text!(
        "step",
        date = card::date(day, request.language),
        act = act,
        status = Text::new(format!("word-status-{status}")),
    )
    .say(request.language)
}

/// The categories a step changed, before and after, by the names they have now.
fn changed_categories(request: &Request, step: &Step) -> Option<String> {
    let ids = |state: &Value| -> Vec<CategoryId> {
        let ids = state.get("categories").cloned().unwrap_or_default();
        serde_json::from_value(ids).unwrap_or_default()
    };
    let (was, is) = (ids(step.before.as_ref()?), ids(&step.after));
    let shown = |ids: &[CategoryId]| match category::quoted(&request.office, ids) {
        names if names.is_empty() => request.say(&Text::new("step-nothing")),
        names => names,
    };
    (was != is).then(|| {
        let text = text!("step-category", before = shown(&was), after = shown(&is));
        format!("\n{}", request.say(&text))
    })
}

/// The words that a step changed, before and after.
fn changed_words(request: &Request, step: &Step) -> String {
    let Some(before) = &step.before else {
        return String::new();
    };
    let changed = |name: &str, key: &str| {
        let (was, is) = (said(before, name), said(&step.after, name));
        (was != is).then(|| {
            let shown = |words: Option<&str>| match words {
                Some(words) => quoted(words, WORDS_UNITS_MAX),
                None => request.say(&Text::new("step-nothing")),
            };
            request.say(&text!(key, before = shown(was), after = shown(is)))
        })
    };
    [changed("text", "step-text"), changed("note", "step-note")]
        .into_iter()
        .flatten()
        .map(|words| format!("\n{words}"))
        .collect()
}

fn said<'a>(state: &'a Value, name: &str) -> Option<&'a str> {
    state.get(name).and_then(Value::as_str)
}

fn quoted(words: &str, units_max: usize) -> String {
    escape_markdown(&one_line(words, units_max))
}
