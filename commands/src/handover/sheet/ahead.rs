//! What is ahead, in the order of its days: reviews, sessions, memos, and what comes by itself; with
//! what was due and is not done first, and what has no day last.

use super::Paper;
use crate::{printout::Cell, session, text};
use chrono::NaiveDate;
use domain::{
    memo::Memo,
    review::{Of, Review, State},
    schedule::Schedule,
    session::Session,
    text::one_line,
};
use rust_xlsxwriter::{Workbook, XlsxError};

/// UTF-16 units of the words of a memo.
const WORDS_UNITS_MAX: usize = 200;

/// The words for what a session is here, and for its state.
type Kind = (&'static str, &'static str);
const UNWRITTEN: Kind = ("handover-ahead-unwritten", "handover-ahead-unwritten-state");
const PLANNED: Kind = ("handover-ahead-session", "handover-ahead-session-state");

/// A line, by its day.
type Line = (Option<NaiveDate>, Vec<Cell>);

pub(super) fn write(paper: &Paper<'_>, workbook: &mut Workbook) -> Result<(), XlsxError> {
    let handover = paper.handover;
    let mut lines: Vec<Line> = Vec::new();
    lines.extend(handover.reviews.items.iter().map(|one| review(paper, one)));
    lines.extend(
        handover
            .unwritten
            .items
            .iter()
            .map(|one| gathering(paper, one, UNWRITTEN)),
    );
    lines.extend(
        handover
            .sessions
            .items
            .iter()
            .map(|one| gathering(paper, one, PLANNED)),
    );
    lines.extend(handover.memos.items.iter().map(|one| memo(paper, one)));
    lines.extend(by_itself(paper));
    // Stable: those of one day stay in the order of their kinds.
    lines.sort_by_key(|(day, _)| (day.is_none(), *day));
    let more = handover.reviews.more() + handover.unwritten.more() + handover.sessions.more();
    let columns = [
        ("handover-column-day", 24.0),
        ("handover-column-what-kind", 17.0),
        ("handover-column-what", 58.0),
        ("handover-column-state", 26.0),
    ];
    let rows = lines.into_iter().map(|(_, cells)| cells).collect();
    let table = paper.table(&columns, rows, "handover-none-ahead");
    paper.leaf(workbook, "ahead", table, more)
}

fn line(
    paper: &Paper<'_>,
    day: Option<NaiveDate>,
    kind: &str,
    what: String,
    state: String,
) -> Line {
    let shown = day.map_or_else(|| paper.say("session-undated"), |day| paper.date(day));
    let cells = vec![
        shown.into(),
        paper.say(kind).into(),
        what.into(),
        state.into(),
    ];
    (day, cells)
}

fn review(paper: &Paper<'_>, review: &Review) -> Line {
    let language = paper.language;
    let of = crate::review::about::name(review.of).say(language);
    let about = match review.of {
        Of::Issue(id) => {
            let open = paper.handover.issues.items.iter();
            let mut found = open.filter(|open| open.issue.id == id);
            found.next().map(|open| one_line(&open.issue.text, 120))
        }
        Of::Session(_) | Of::Project(_) => None,
    };
    let what = text!(
        "handover-review",
        number = review.id.0,
        of = of,
        about = about.unwrap_or_default()
    );
    let late = review.date.is_some_and(|date| date < paper.handover.today);
    let state = match review.state {
        State::Proposed => "handover-ahead-proposed",
        _ if late => "handover-ahead-late",
        _ => "handover-ahead-planned",
    };
    line(
        paper,
        review.date,
        "handover-ahead-review",
        what.say(language),
        paper.say(state),
    )
}

fn gathering(paper: &Paper<'_>, session: &Session, (kind, state): Kind) -> Line {
    let language = paper.language;
    let mut what = text!(
        "handover-session",
        number = session.id.0,
        name = session::word::plain_name(session, language),
    )
    .say(language);
    let with = paper.associations(&session.associations);
    if !with.is_empty() {
        what = format!("{what}\n{with}");
    }
    line(paper, session.date, kind, what, paper.say(state))
}

fn memo(paper: &Paper<'_>, memo: &Memo) -> Line {
    let language = paper.language;
    let words = one_line(&memo.words, WORDS_UNITS_MAX);
    let what = text!("handover-memo", number = memo.id.0, words = words).say(language);
    let state = text!(
        "handover-memo-place",
        place = paper.place(memo.destination),
        cadence = match &memo.cadence {
            domain::memo::Cadence::Once => paper.say("memo-once"),
            domain::memo::Cadence::Repeated(schedule) => cadence(paper, schedule),
        },
    );
    line(
        paper,
        memo.next.map(|moment| moment.date),
        "handover-ahead-memo",
        what,
        state.say(language),
    )
}

/// A schedule in words; in English, which has no phrases of ours, as its expression.
pub(super) fn cadence(paper: &Paper<'_>, schedule: &Schedule) -> String {
    match paper.language {
        domain::setting::Language::Ja => schedule.words(),
        domain::setting::Language::En => schedule.to_string(),
    }
}

/// The next of what the office posts or proposes by itself.
fn by_itself(paper: &Paper<'_>) -> Vec<Line> {
    let office = &paper.handover.office;
    let (settings, calendar) = (&office.settings, office.calendar());
    let (now, zone) = (paper.handover.now, settings.time_zone);
    let next = |schedule: &Schedule| {
        let moment = schedule.next_moment(now, zone, calendar)?;
        Some((moment.date, cadence(paper, schedule)))
    };
    let scheduled = [
        ("digest", Some(&settings.digest)),
        ("progress", settings.progress.as_ref()),
        ("feedback", settings.feedback.as_ref()),
        ("handover", settings.handover.as_ref()),
    ];
    let mut lines: Vec<Line> = scheduled
        .into_iter()
        .filter_map(|(code, schedule)| {
            let (day, cadence) = next(schedule?)?;
            let what = paper.say(&format!("word-schedule-{code}"));
            Some(line(paper, Some(day), "handover-ahead-own", what, cadence))
        })
        .collect();
    let (_, council) = domain::round::next_council(
        settings.fiscal_year_start,
        settings.reminded_at,
        now,
        zone,
        calendar,
    );
    lines.push(line(
        paper,
        Some(council.date),
        "handover-ahead-own",
        paper.say("word-matter-council-plan"),
        paper.say("handover-ahead-council"),
    ));
    lines
}
