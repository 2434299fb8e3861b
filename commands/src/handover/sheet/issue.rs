//! Open issues: why each waits, since when, and what comes next.

use super::{super::reading::Open, MARKED, Paper};
use crate::{printout::Cell, text, text::Text};
use domain::handover::Wait;
use rust_xlsxwriter::{Workbook, XlsxError};

pub(super) fn write(paper: &Paper<'_>, workbook: &mut Workbook) -> Result<(), XlsxError> {
    let issues = &paper.handover.issues;
    let rows = issues.items.iter().map(|open| cells(paper, open)).collect();
    let columns = [
        ("handover-column-number", 8.0),
        ("handover-column-tier", 14.0),
        ("handover-column-status", 11.0),
        ("handover-column-since", 14.0),
        ("handover-column-wording", 37.0),
        ("handover-column-from", 15.0),
        ("handover-column-wait", 26.0),
    ];
    let table = paper.table(&columns, rows, "handover-none-issue");
    paper.leaf(workbook, "issue", table, issues.more())
}

fn cells(paper: &Paper<'_>, open: &Open) -> Vec<Cell> {
    let issue = &open.issue;
    let status = paper.say(&format!("word-status-{}", issue.status.code()));
    let status = match issue.later_year {
        Some(year) => format!("{status}\n{}", year_name(paper, year)),
        None => status,
    };
    let status = if open.wait.is_urgent() {
        Cell::Coloured(status, MARKED)
    } else {
        Cell::Middle(status)
    };
    vec![
        Cell::Middle(format!("#{}", issue.id.0)),
        paper
            .say(&format!("word-tier-{}", issue.tier.number()))
            .into(),
        status,
        paper.day(open.since).into(),
        wording(paper, open).into(),
        from(paper, open).into(),
        reason(paper, open).into(),
    ]
}

fn year_name(paper: &Paper<'_>, year: i32) -> String {
    crate::card::year_name(domain::era::FiscalYear::starting_in(year), paper.language)
}

/// The wording, the note below it, and for which others it stands.
fn wording(paper: &Paper<'_>, open: &Open) -> String {
    let mut lines = vec![open.issue.text.clone()];
    if let Some(note) = &open.issue.note {
        lines.push(text!("handover-issue-note", note = note.clone()).say(paper.language));
    }
    if !open.merged.is_empty() {
        let numbers: Vec<String> = open.merged.iter().map(|id| format!("#{}", id.0)).collect();
        let numbers = numbers.join(&paper.say("list-separator"));
        lines.push(text!("handover-issue-merged", numbers = numbers).say(paper.language));
    }
    lines.join("\n")
}

/// Who raised it, as far as it is known; never the speaker.
fn from(paper: &Paper<'_>, open: &Open) -> String {
    let office = &paper.handover.office;
    let association = open.issue.association.and_then(|id| office.association(id));
    let profession = open.issue.profession.and_then(|id| office.profession(id));
    let name = association
        .map(|association| association.name.clone())
        .or_else(|| profession.map(|profession| profession.name.clone()));
    name.unwrap_or_else(|| paper.say("handover-from-unknown"))
}

/// Why it waits, and below it the next step.
fn reason(paper: &Paper<'_>, open: &Open) -> String {
    let code = open.wait.code();
    let why = Text::new(format!("handover-wait-{code}"));
    let why = match open.wait {
        Wait::Overdue | Wait::Reviewed => {
            let review = open.review.as_ref();
            let date = review.and_then(|review| review.date);
            let date = date.map_or_else(|| paper.say("session-undated"), |date| paper.date(date));
            why.with("number", review.map_or(0, |review| review.id.0))
                .with("date", date)
        }
        Wait::Session => {
            let (number, date) = open
                .session
                .map_or((0, String::new()), |(id, date)| (id.0, paper.date(date)));
            why.with("number", number).with("date", date)
        }
        Wait::Later => {
            let year = open.issue.later_year.map(|year| year_name(paper, year));
            why.with("year", year.unwrap_or_default())
        }
        _ => why,
    };
    let next = Text::new(format!("handover-next-{code}"));
    format!("{}\n{}", why.say(paper.language), next.say(paper.language))
}
