//! The whole lists behind the details of a target, page by page: its records, what it counts, how its
//! goals came about. Where the reader is stands in the buttons, so that they outlive a restart.

use super::{
    counted, day_of, entry, find, no_such, seen, sight, span, standings, without_unseen, word,
    year_name,
};
use crate::{
    answer::{Answer, Reply},
    card::{
        self,
        frame::{Frame, cut},
    },
    custom_id::{Action, Target as Press},
    error::Error,
    page,
    request::Request,
    text,
    text::Text,
};
use domain::{
    era::FiscalYear,
    id::TargetId,
    target::Goal,
    text::{escape_markdown, one_line},
};

/// Lines a page.
const PAGE: i64 = 10;
/// UTF-16 units of a record's words in its line.
const RECORD_UNITS_SHOWN: usize = 200;
/// UTF-16 units of a line, so that all lines of a page fit an embed's description.
const LINE_UNITS_MAX: usize = 380;
/// UTF-16 units of a reason in its line.
const REASON_UNITS_SHOWN: usize = 120;

/// A page of a target's records of a year, with a select for whoever may correct them.
pub(super) async fn records(
    request: &Request,
    id: TargetId,
    year: FiscalYear,
    number: i64,
) -> Result<Answer, Error> {
    let target = find(request, id).await?;
    let (office, (first, _)) = (request.office_id(), span(request, year));
    let to = day_of(request, year);
    let read = async |number: i64| {
        let part = (number.saturating_mul(PAGE), PAGE);
        request
            .app
            .store
            .read(move |connection| {
                Box::pin(async move {
                    storage::target::record::of_target(connection, office, id, (first, to), part)
                        .await
                })
            })
            .await
    };
    let mut number = number;
    let mut found = read(number).await?;
    let last = page::last(found.total, PAGE);
    if number > last {
        // Records were taken back since the button was drawn.
        number = last;
        found = read(number).await?;
    }
    let lines: Vec<String> = found
        .items
        .iter()
        .map(|record| word::record(record, request.language, RECORD_UNITS_SHOWN))
        .collect();
    let title = text!(
        "target-records-title",
        name = word::name(&target, request.language),
        year = year_name(year, request.language),
        total = found.total,
    );
    let mut reply = paged(request, &title, &lines, (number, last), |page| {
        Press::Records(id, year, page)
    });
    if request.person.coordinator && !found.items.is_empty() {
        reply = reply.row(entry::picking(request, id, &found.items));
    }
    Ok(Answer::Replace(reply))
}

/// A page of what a target counts by itself.
pub(super) async fn counted(
    request: &Request,
    id: TargetId,
    year: FiscalYear,
    number: i64,
) -> Result<Answer, Error> {
    let sight = sight(request);
    let standing = standings(request, year)
        .await?
        .into_iter()
        .find(|standing| standing.target.id == id && sight.sees(&standing.target))
        .ok_or_else(no_such)?;
    let mut lines = counted::lines(request, &standing, year).await?;
    let named = i64::try_from(lines.len()).unwrap_or(i64::MAX);
    let unnamed = standing.counted.unwrap_or_default().saturating_sub(named);
    if unnamed > 0 {
        lines.push(request.say(&text!("target-counted-more", count = unnamed)));
    }
    let title = text!(
        "target-counted-title",
        name = word::name(&standing.target, request.language),
        year = year_name(year, request.language),
        total = standing.counted.unwrap_or_default(),
    );
    Ok(Answer::Replace(of_all(
        request,
        &title,
        &lines,
        number,
        |page| Press::Counted(id, year, page),
    )))
}

/// A page of the versions of a target's goals, those of the newest year first.
pub(super) async fn goals(request: &Request, id: TargetId, number: i64) -> Result<Answer, Error> {
    let mut all = seen(request).await?;
    let known = all.iter().map(|target| target.id).collect();
    all.retain(|target| target.id == id);
    let target = all.pop().ok_or_else(no_such)?;
    let office = request.office_id();
    let mut versions = request
        .app
        .store
        .read(move |connection| Box::pin(storage::target::goal::versions(connection, office, id)))
        .await?;
    without_unseen(&mut versions, &known);
    versions.sort_by_key(|goal| std::cmp::Reverse((goal.year, goal.version)));
    let lines: Vec<String> = versions.iter().map(|goal| version(request, goal)).collect();
    let title = text!(
        "target-goals-title",
        name = word::name(&target, request.language),
        total = lines.len(),
    );
    Ok(Answer::Replace(of_all(
        request,
        &title,
        &lines,
        number,
        |page| Press::Goals(id, page),
    )))
}

/// One version: the year, from when it held, what it said, why, and for the desk who set it.
fn version(request: &Request, goal: &Goal) -> String {
    let language = request.language;
    let mut line = request.say(&text!(
        "goal-version",
        year = year_name(goal.year, language),
        date = card::date(goal.day, language),
        goal = word::goal(goal, language),
    ));
    if let Some(reason) = &goal.reason {
        let reason = escape_markdown(&one_line(reason, REASON_UNITS_SHOWN));
        line.push_str(&request.say(&text!("goal-version-reason", reason = reason)));
    }
    if goal.retracted {
        line.push_str(&request.say(&Text::new("goal-version-retracted")));
    }
    if request.person.coordinator {
        line.push_str(&format!(" <@{}>", goal.set_by));
    }
    line
}

/// A page of lines that are all known.
fn of_all(
    request: &Request,
    title: &Text,
    lines: &[String],
    number: i64,
    to: impl Fn(i64) -> Press,
) -> Reply {
    let total = i64::try_from(lines.len()).unwrap_or(i64::MAX);
    let last = page::last(total, PAGE);
    let number = number.clamp(0, last);
    let from = usize::try_from(number * PAGE).unwrap_or(usize::MAX);
    let size = usize::try_from(PAGE).unwrap_or_default();
    let shown: Vec<String> = lines.iter().skip(from).take(size).cloned().collect();
    paged(request, title, &shown, (number, last), to)
}

fn paged(
    request: &Request,
    title: &Text,
    lines: &[String],
    (number, last): (i64, i64),
    to: impl Fn(i64) -> Press,
) -> Reply {
    let lines: Vec<String> = lines.iter().map(|line| cut(line, LINE_UNITS_MAX)).collect();
    let words = if lines.is_empty() {
        request.say(&Text::new("target-part-empty"))
    } else {
        lines.join("\n")
    };
    let frame = Frame::titled(request.say(title))
        .words(words)
        .footer(page::place(request, number, last));
    let reply = Reply::default().embed(frame.draw());
    if last == 0 {
        return reply;
    }
    reply.row(page::turning(request, number, last, |page| {
        Action::Target(to(page))
    }))
}
