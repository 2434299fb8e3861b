//! What of a handover should not wait: for its first page.

use super::reading::Handover;
use crate::occurrence::bulletin::moments;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::{
    handover::{UNCONFIRMED_DAYS, Wait},
    office::Office,
    project::State,
    review::Of,
    target::pace,
};

/// Most numbers that are named of each.
pub(super) const NUMBERS_MAX: usize = 20;

/// Something that should be seen to at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Urgent {
    /// Its word in the catalogue: `handover-urgent-CODE` and `handover-urgent-CODE-next`.
    pub(super) code: &'static str,
    pub(super) count: i64,
    /// The day of the oldest of it, where it has one.
    pub(super) oldest: Option<NaiveDate>,
    /// The numbers of the first of it, at most [`NUMBERS_MAX`].
    pub(super) numbers: Vec<String>,
}

/// What is urgent, in the order of the sheets; what there is nothing of is left out.
pub(super) fn of(handover: &Handover) -> Vec<Urgent> {
    let mut found = issues(handover);
    found.extend(ahead(handover));
    found.extend(work(handover));
    found.extend(desk(handover));
    found.extend(sending(handover));
    found.retain(|one| one.count > 0);
    found
}

fn urgent(code: &'static str, of: impl Iterator<Item = (String, Option<NaiveDate>)>) -> Urgent {
    let all: Vec<(String, Option<NaiveDate>)> = of.collect();
    // Tasks of one project share its number.
    let mut named: Vec<&String> = Vec::new();
    for (number, _) in &all {
        if !named.contains(&number) && named.len() < NUMBERS_MAX {
            named.push(number);
        }
    }
    Urgent {
        code,
        count: i64::try_from(all.len()).unwrap_or(i64::MAX),
        oldest: all.iter().filter_map(|(_, day)| *day).min(),
        numbers: named.into_iter().cloned().collect(),
    }
}

/// The day of an instant in the office.
pub(super) fn day(at: DateTime<Utc>, office: &Office) -> NaiveDate {
    at.with_timezone(&office.settings.time_zone).date_naive()
}

fn issues(handover: &Handover) -> Vec<Urgent> {
    let of = |wait: Wait| {
        let waiting = handover.issues.items.iter();
        waiting.filter(move |open| open.wait == wait).map(|open| {
            let since = day(open.since, &handover.office);
            (format!("#{}", open.issue.id.0), Some(since))
        })
    };
    vec![
        urgent("proposal", of(Wait::Proposal)),
        urgent("untaken", of(Wait::Untaken)),
        urgent("unreviewed", of(Wait::Unreviewed)),
    ]
}

fn ahead(handover: &Handover) -> Vec<Urgent> {
    let today = handover.today;
    let reviews = handover.reviews.items.iter().filter_map(|review| {
        let date = review.date.filter(|date| *date < today)?;
        review
            .is_planned()
            .then(|| (review.id.0.to_string(), Some(date)))
    });
    // Of an issue its own line speaks.
    let unsettled = handover.reviews.items.iter().filter_map(|review| {
        let settled = review.is_planned() || matches!(review.of, Of::Issue(_));
        (!settled).then(|| {
            let since = day(review.created_at, &handover.office);
            (review.id.0.to_string(), Some(since))
        })
    });
    let unwritten = handover.unwritten.items.iter();
    let unwritten = unwritten.map(|session| (session.id.0.to_string(), session.date));
    vec![
        urgent("review", reviews),
        urgent("unsettled", unsettled),
        Urgent {
            count: handover.unwritten.total,
            ..urgent("unwritten", unwritten)
        },
    ]
}

fn work(handover: &Handover) -> Vec<Urgent> {
    let today = handover.today;
    let projects = &handover.projects.items;
    let ideas = projects
        .iter()
        .filter(|project| project.state == State::Idea)
        .map(|project| {
            let since = day(project.created_at, &handover.office);
            (project.id.0.to_string(), Some(since))
        });
    let tasks = projects
        .iter()
        .filter(|project| project.is_open())
        .flat_map(|project| {
            project.tasks.iter().filter_map(move |task| {
                let due = task.due.filter(|due| *due < today)?;
                task.done
                    .is_none()
                    .then(|| (project.id.0.to_string(), Some(due)))
            })
        });
    let behind = handover.targets.iter();
    let behind = behind
        .filter(|standing| standing.state == pace::State::Behind)
        .map(|standing| (format!("#{}", standing.target.id.0), None));
    vec![
        urgent("idea", ideas),
        urgent("task", tasks),
        urgent("target", behind),
    ]
}

/// What waits for the desk's word, and what nobody will ask about any more.
fn desk(handover: &Handover) -> Vec<Urgent> {
    let (desk, office) = (&handover.desk, &handover.office);
    let feedback = desk.feedback.iter();
    let feedback = feedback.map(|one| (one.id.0.to_string(), Some(day(one.since, office))));
    let notices = desk.notices.items.iter();
    let notices = notices.map(|one| (format!("#{}", one.id.0), Some(day(one.created_at, office))));
    let long_ago = handover.now - TimeDelta::days(UNCONFIRMED_DAYS);
    let bulletins = desk.bulletins.items.iter();
    let bulletins = bulletins
        .filter(|one| one.posted_at <= long_ago && !is_reminded(handover, one.posted_at))
        .map(|one| (one.id.0.to_string(), Some(day(one.posted_at, office))));
    let petitions = desk.petitions.iter();
    let petitions = petitions.map(|one| (one.id.0.to_string(), Some(day(one.asked_at, office))));
    let retention = desk.retention.iter();
    let retention = retention.map(|one| (String::new(), Some(day(one.proposed_at, office))));
    let feeds = handover.running.feeds.items.iter();
    let feeds = feeds
        .filter(|one| one.told && one.fault.is_some())
        .map(|one| (one.id.0.to_string(), one.read_at.map(|at| day(at, office))));
    vec![
        urgent("petition", petitions),
        urgent("feedback", feedback),
        Urgent {
            count: desk.notices.total,
            ..urgent("notice", notices)
        },
        urgent("bulletin", bulletins),
        Urgent {
            numbers: Vec::new(),
            ..urgent("retention", retention)
        },
        urgent("feed", feeds),
    ]
}

/// Whether a bulletin of an instant is still going to be spoken of: over the turn of the year its reminders
/// take longer.
fn is_reminded(handover: &Handover, posted_at: DateTime<Utc>) -> bool {
    let office = &handover.office;
    let zone = office.settings.time_zone;
    let moments = moments(office, day(posted_at, office));
    moments
        .into_iter()
        .any(|(_, moment)| moment.instant(zone) > handover.now)
}

fn sending(handover: &Handover) -> Vec<Urgent> {
    let stopped = handover.office.stopped.iter();
    let stopped = stopped.map(|stopped| (stopped.id.0.to_string(), None));
    let refused = handover
        .unsent
        .items
        .iter()
        .filter(|unsent| unsent.code.is_some())
        .map(|unsent| (String::new(), Some(day(unsent.since, &handover.office))));
    let held = handover.held.iter();
    let held = held.map(|month| (month.first_day().format("%Y-%m").to_string(), None));
    vec![
        urgent("stopped", stopped),
        Urgent {
            count: handover.refused,
            numbers: Vec::new(),
            ..urgent("refused", refused)
        },
        urgent("held", held),
    ]
}
