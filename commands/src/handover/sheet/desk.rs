//! What lies on the desk: drafts of feedback and of notices, bulletins nobody has confirmed, what people
//! ask about what is kept of them, what was kept long enough. Of what there is none, a line says so.

use super::Paper;
use crate::{printout::Cell, progress, text, text::Text};
use chrono::{DateTime, Utc};
use domain::{notice::Notice, text::one_line};
use rust_xlsxwriter::{Workbook, XlsxError};
use storage::{
    handover::{FeedbackDraft, Unconfirmed},
    petition::Petition,
    retention::Retention,
};

/// UTF-16 units of the title of a notice.
const TITLE_UNITS_MAX: usize = 300;

pub(super) fn write(paper: &Paper<'_>, workbook: &mut Workbook) -> Result<(), XlsxError> {
    let desk = &paper.handover.desk;
    let mut rows = Vec::new();
    let feedback = desk.feedback.iter().map(|one| feedback(paper, one));
    rows.extend(paper.part("feedback", feedback));
    let notices = desk.notices.items.iter().map(|one| notice(paper, one));
    rows.extend(paper.part("notice", notices));
    let bulletins = desk.bulletins.items.iter().map(|one| bulletin(paper, one));
    rows.extend(paper.part("bulletin", bulletins));
    let petitions = desk.petitions.iter().map(|one| petition(paper, one));
    rows.extend(paper.part("petition", petitions));
    let proposals = desk.retention.iter().map(|one| proposal(paper, one));
    rows.extend(paper.part("retention", proposals));
    let columns = [
        ("handover-column-what-kind", 22.0),
        ("handover-column-what", 49.0),
        ("handover-column-since", 20.0),
        ("handover-column-next", 34.0),
    ];
    let table = paper.table(&columns, rows, "handover-none-desk");
    let more = desk.notices.more() + desk.bulletins.more();
    paper.leaf(workbook, "desk", table, more)
}

/// A line: what it is, since when, and what to do.
fn line(paper: &Paper<'_>, code: &str, what: String, since: DateTime<Utc>) -> Vec<Cell> {
    vec![
        paper.say(&format!("handover-kind-{code}")).into(),
        what.into(),
        paper.day(since).into(),
        paper.say(&format!("handover-see-{code}")).into(),
    ]
}

fn feedback(paper: &Paper<'_>, draft: &FeedbackDraft) -> Vec<Cell> {
    let language = paper.language;
    let number = text!("subject-feedback", number = draft.id.0);
    let whom = paper.associations([&draft.association]);
    let mut about = Vec::new();
    if let Some(month) = draft.month {
        let month = progress::month_name(month, language);
        about.push(text!("handover-desk-of-month", month = month).say(language));
    }
    if let Some(session) = draft.session {
        let session = text!("subject-session", number = session.0);
        about.push(text!("handover-desk-after", session = session).say(language));
    }
    let about = about.join(&paper.say("list-separator"));
    let what = named(number.say(language), &[whom, about]);
    line(paper, "feedback", what, draft.since)
}

fn notice(paper: &Paper<'_>, notice: &Notice) -> Vec<Cell> {
    let language = paper.language;
    let number = text!("subject-notice", number = notice.id.0).say(language);
    let title = one_line(&notice.title, TITLE_UNITS_MAX);
    let day = notice.date.map(|date| paper.date(date));
    let issued = [day, notice.issuer.clone(), notice.number.clone()];
    let issued: Vec<String> = issued.into_iter().flatten().collect();
    let what = named(number, &[title, issued.join("\u{3000}")]);
    line(paper, "notice", what, notice.created_at)
}

fn bulletin(paper: &Paper<'_>, bulletin: &Unconfirmed) -> Vec<Cell> {
    let language = paper.language;
    let number = text!("subject-bulletin", number = bulletin.id.0).say(language);
    let count = text!("handover-desk-notices", count = bulletin.notices).say(language);
    let whom = paper.associations([&bulletin.association]);
    line(
        paper,
        "bulletin",
        named(number, &[whom, count]),
        bulletin.posted_at,
    )
}

/// A petition by its number: who asks stands on the card at the desk only.
fn petition(paper: &Paper<'_>, petition: &Petition) -> Vec<Cell> {
    let language = paper.language;
    let number = text!("subject-petition", number = petition.id.0).say(language);
    let kind = Text::new(format!("word-petition-{}", petition.kind.code())).say(language);
    line(paper, "petition", named(number, &[kind]), petition.asked_at)
}

fn proposal(paper: &Paper<'_>, proposal: &Retention) -> Vec<Cell> {
    let what = text!(
        "handover-desk-retention",
        date = paper.date(proposal.through),
        count = proposal.records,
    );
    line(
        paper,
        "retention",
        what.say(paper.language),
        proposal.proposed_at,
    )
}

/// A number with what follows it, line by line.
fn named(number: String, rest: &[String]) -> String {
    let first = rest.first().filter(|words| !words.is_empty());
    let head = first.map_or(number.clone(), |words| format!("{number}\u{3000}{words}"));
    let below = rest.iter().skip(1).filter(|words| !words.is_empty());
    let lines: Vec<&str> = [head.as_str()]
        .into_iter()
        .chain(below.map(String::as_str))
        .collect();
    lines.join("\n")
}
