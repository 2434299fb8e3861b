//! What is due later (予定): what is planned for a record, and what is done when it has come due.
//!
//! Whoever changes a record plans and takes back in the transaction of the change. When something has
//! come due, its noun settles it in the transaction that takes it (`settle`): what the office does by
//! itself is done (an issue comes back), what follows is planned (the next time an overdue review is
//! spoken of), and the record is asked whether there is still a point in saying so. What is due together
//! at one place becomes one reminder. Who looks when, is the bot's matter.
//!
//! One module per noun. Each has `settle`, `point`, and a `Point` with its line and its buttons in the
//! post ([`crate::card`] draws it); here stands one arm for each.

pub(crate) mod bulletin;
pub(crate) mod digest;
pub(crate) mod feedback;
mod handover;
pub(crate) mod issue;
pub(crate) mod memo;
pub(crate) mod month;
pub(crate) mod project;
mod remind;
mod retention;
pub(crate) mod review;
pub(crate) mod rule;
pub(crate) mod session;

use crate::{custom_id::Action, text::Text};
use chrono::{DateTime, Utc};
pub use digest::plan_rounds;
use domain::{
    audience::Destination,
    id::{BulletinId, IssueId, MemoId, OfficeId, ReviewId, RuleId, SessionId, TaskId},
    occurrence::{Matter, Moment, Series},
    office::Office,
    setting::Language,
};
pub use issue::{plan_returns, tell_of_thread};
pub use memo::plan as plan_memo;
pub use project::plan as plan_project;
pub use remind::{Reminded, Said, remind};
pub use review::plan as plan_review;
pub(crate) use rule::month_word;
pub use rule::plan as plan_rule;
use serenity::all::ButtonStyle;
pub use session::plan as plan_session;
use storage::{Connection, Subject, Transaction, occurrence::Occurrence};

/// What is to be done about something that has come due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Due {
    /// A reminder speaks of it.
    Say,
    /// Its noun has done what was due; no reminder speaks of it, and nobody needs to be told.
    Done,
    /// There is no point in it any more. Where that is so because nobody looked in time, the desk is
    /// told the number and the kind.
    Pointless,
}

impl Due {
    /// A reminder speaks of what has a point.
    pub(crate) fn of<T>(point: Option<&T>) -> Self {
        if point.is_some() {
            Self::Say
        } else {
            Self::Pointless
        }
    }
}

/// Why there is still a point in saying that something is due, with what a reader needs to know. Never
/// a wording.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Point {
    /// Of an issue.
    Issue(issue::Point),
    /// Of a task of a project.
    Project(project::Point),
    /// Of a review.
    Review(review::Point),
    /// Of a session.
    Session(session::Point),
    /// Of a memo.
    Memo(memo::Point),
    /// Of a rule.
    Rule(rule::Point),
    /// Of a bulletin.
    Bulletin(bulletin::Point),
}

/// A button below a reminder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Press {
    /// What it leads to; rights are asked when it is pressed.
    pub(crate) action: Action,
    /// What stands on it.
    pub(crate) label: Text,
    /// How it looks.
    pub(crate) style: ButtonStyle,
}

impl Point {
    /// The record it is about.
    pub(crate) fn subject(&self) -> Subject {
        match self {
            Self::Issue(point) => point.issue().into(),
            Self::Project(point) => point.subject(),
            Self::Review(point) => point.review().into(),
            Self::Session(point) => point.session().id.into(),
            Self::Memo(point) => point.memo.into(),
            Self::Rule(point) => point.rule().into(),
            Self::Bulletin(point) => point.bulletin.into(),
        }
    }

    /// Whether one line is enough for both: after a long absence the third and the seventh day of a
    /// proposal are one matter.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Issue(one), Self::Issue(other)) => one.is_same(other),
            (Self::Project(one), Self::Project(other)) => one.is_same(other),
            (Self::Review(one), Self::Review(other)) => one.is_same(other),
            (Self::Session(one), Self::Session(other)) => one.is_same(other),
            (Self::Memo(one), Self::Memo(other)) => one == other,
            (Self::Rule(one), Self::Rule(other)) => one.is_same(other),
            (Self::Bulletin(one), Self::Bulletin(other)) => one == other,
            _ => false,
        }
    }

    /// Why it came, what to do, and how it stops; `None` for what is said together with others.
    pub(crate) fn line(&self, office: &Office, language: Language) -> Option<String> {
        match self {
            Self::Issue(point) => point.line(office, language),
            Self::Project(point) => Some(point.line(office, language)),
            Self::Review(point) => Some(point.line(language)),
            Self::Session(point) => Some(point.line(language)),
            Self::Memo(point) => Some(point.line(office, language)),
            Self::Rule(point) => Some(point.line(office, language)),
            Self::Bulletin(point) => Some(point.line(language)),
        }
    }

    /// Its buttons: one where there is little room, else all it has.
    pub(crate) fn presses(&self, roomy: bool, language: Language) -> Vec<Press> {
        match self {
            Self::Issue(point) => vec![issue::press(point.issue())],
            Self::Project(point) => point.presses(roomy),
            Self::Review(point) => point.presses(roomy),
            Self::Session(point) => point.presses(roomy),
            Self::Memo(point) => vec![memo::press(point.memo)],
            Self::Rule(point) => vec![point.press()],
            Self::Bulletin(point) => point.presses(roomy, language),
        }
    }
}

/// The button that shows the record of a series, which may be all there is to say of it.
pub(crate) fn press(series: Series) -> Press {
    match series.matter {
        Matter::Proposal | Matter::Return | Matter::Thread => issue::press(IssueId(series.id)),
        Matter::TaskBefore | Matter::TaskOverdue => project::press(TaskId(series.id)),
        Matter::ReviewBefore
        | Matter::ReviewOverdue
        | Matter::ReviewSnooze
        | Matter::ReviewProposed => review::press(ReviewId(series.id)),
        Matter::SessionBefore | Matter::SessionAccount => session::press(SessionId(series.id)),
        Matter::Memo | Matter::MemoDropped => memo::press(MemoId(series.id)),
        Matter::Bulletin => bulletin::press(BulletinId(series.id)),
        Matter::Digest | Matter::Council => digest::press(),
        Matter::Handover => handover::press(),
        Matter::MonthPreview | Matter::MonthPost => month::press(series),
        Matter::FeedbackMonth => feedback::press(),
        Matter::RuleDeadline | Matter::RuleEffect | Matter::RuleTransition => {
            rule::press(RuleId(series.id))
        }
        Matter::Retention => retention::press(),
    }
}

/// Does what is to be done about something that has come due, in the transaction that took it, and
/// plans what follows it. What follows must be due after `now` and after the occurrence.
async fn settle(
    tx: &mut Transaction,
    office: &Office,
    item: &Occurrence,
    now: DateTime<Utc>,
) -> storage::Result<Due> {
    match item.key.series.matter {
        Matter::Proposal | Matter::Return | Matter::Thread => {
            issue::settle(tx, office, item, now).await
        }
        Matter::TaskBefore | Matter::TaskOverdue => project::settle(tx, office, item, now).await,
        Matter::ReviewBefore
        | Matter::ReviewOverdue
        | Matter::ReviewSnooze
        | Matter::ReviewProposed => review::settle(tx, office, item, now).await,
        Matter::SessionBefore | Matter::SessionAccount => {
            session::settle(tx, office, item, now).await
        }
        Matter::Memo | Matter::MemoDropped => memo::settle(tx, office, item, now).await,
        Matter::Bulletin => bulletin::settle(tx, office, item, now).await,
        Matter::Digest | Matter::Council | Matter::Handover => {
            digest::settle(tx, office, item, now).await
        }
        Matter::MonthPreview | Matter::MonthPost => month::settle(tx, office, item, now).await,
        Matter::FeedbackMonth => feedback::settle(tx, office, item, now).await,
        Matter::RuleDeadline | Matter::RuleEffect | Matter::RuleTransition => {
            rule::settle(tx, office, item, now).await
        }
        Matter::Retention => retention::settle(tx, office, item, now).await,
    }
}

/// Asks the record of a series whether what is due by it still has a point at a destination.
pub(crate) async fn point(
    connection: &mut Connection,
    office: &Office,
    (series, destination): (Series, Destination),
    now: DateTime<Utc>,
) -> storage::Result<Option<Point>> {
    Ok(match series.matter {
        Matter::Proposal | Matter::Return | Matter::Thread => {
            let point = issue::point(connection, office.id, series).await?;
            point.map(Point::Issue)
        }
        Matter::TaskBefore | Matter::TaskOverdue => {
            let point = project::point(connection, office, (series, destination), now).await?;
            point.map(Point::Project)
        }
        Matter::ReviewBefore
        | Matter::ReviewOverdue
        | Matter::ReviewSnooze
        | Matter::ReviewProposed => {
            let point = review::point(connection, office, (series, destination), now).await?;
            point.map(Point::Review)
        }
        Matter::SessionBefore | Matter::SessionAccount => {
            let point = session::point(connection, office, (series, destination), now).await?;
            point.map(Point::Session)
        }
        Matter::Memo | Matter::MemoDropped => {
            let point = memo::point(connection, office.id, series).await?;
            point.map(Point::Memo)
        }
        Matter::RuleDeadline | Matter::RuleEffect | Matter::RuleTransition => {
            let point = rule::point(connection, office, series, now).await?;
            point.map(Point::Rule)
        }
        Matter::Bulletin => {
            let point = bulletin::point(connection, office, (series, destination), now).await?;
            point.map(Point::Bulletin)
        }
        // They have posts of their own.
        Matter::Digest
        | Matter::Council
        | Matter::Handover
        | Matter::MonthPreview
        | Matter::MonthPost
        | Matter::FeedbackMonth
        | Matter::Retention => None,
    })
}

/// Plans what came due at a place where it is not to be said any more for the places where it is, unless it
/// was said there.
async fn elsewhere(
    tx: &mut Transaction,
    office: &Office,
    item: &Occurrence,
    places: &[Destination],
) -> storage::Result<()> {
    let zone = office.settings.time_zone;
    let due = item.due_at.with_timezone(&zone);
    let moment = Moment {
        date: due.date_naive(),
        time: due.time(),
    };
    for place in places {
        storage::occurrence::put(tx, office.id, item.key, moment, zone, *place).await?;
    }
    Ok(())
}

/// Plans anew what waits in an office, because its calendar, its leads or its time of day have changed
/// ([`domain::setting::Key::moves_what_is_planned`]); in the transaction of the change. What is due
/// already is left to whoever deals with it: it is said, whatever was set a moment later.
///
/// # Errors
/// Storage failed.
pub async fn plan_anew(
    tx: &mut Transaction,
    office: OfficeId,
    now: DateTime<Utc>,
) -> storage::Result<()> {
    let Some(office) = storage::office::load(tx, office).await? else {
        return Ok(());
    };
    issue::plan_anew(tx, &office).await?;
    project::plan_anew(tx, &office, now).await?;
    review::plan_anew(tx, &office, now).await?;
    session::plan_anew(tx, &office, now).await?;
    memo::plan_anew(tx, &office, now).await?;
    rule::plan_anew(tx, &office, now).await?;
    bulletin::plan_anew(tx, &office, now).await?;
    digest::plan_anew(tx, &office, now).await
}
