//! Handover (引継ぎ): what whoever takes an office over has to know, and when it is made.
//!
//! Staff change every April (DESIGN section 6), so the desk is reminded on the first business day of
//! March unless the office has set another schedule. Of every open issue the document says why it waits
//! and what comes next; that is the rule here ([`wait`]). Nothing is read or drawn here.
//!
//! ```
//! assert_eq!(domain::handover::standard().to_string(), "0 9 B1 3 *");
//! ```

use crate::{
    audience::Destination,
    issue::{Issue, Origin, Status},
    schedule::Schedule,
    tier::Tier,
};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

/// The schedule of an office that has set none: the first business day of March at nine.
const STANDARD: &str = "0 9 B1 3 *";
/// An issue nobody has taken up for so many days has been left lying.
pub const UNTAKEN_DAYS: i64 = 14;
/// A bulletin nobody has confirmed for so many days and of which nothing reminds any more
/// ([`crate::notice::bulletin::REMINDED_AFTER_BUSINESS_DAYS`]): only a word of somebody helps.
pub const UNCONFIRMED_DAYS: i64 = 21;

/// When the desk is reminded to hand over.
#[must_use]
pub fn standard() -> Schedule {
    Schedule::parse(STANDARD).expect("the schedule of this module can be read")
}

/// Why an open issue waits; the next step follows from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Wait {
    /// Somebody proposed a wording to share, and nobody has decided.
    Proposal,
    /// Its review was due, and nothing was written down of it.
    Overdue,
    /// Its review is ahead.
    Reviewed,
    /// It waits to be looked back on, and no review is planned.
    Unreviewed,
    /// It was put off to a later fiscal year.
    Later,
    /// A session ahead talks about it.
    Session,
    /// It was told to the desk, and nobody has passed it on to the association that raised it.
    NotPassedOn,
    /// It concerns others, was said in confidence, and nobody has decided what they are told.
    Unshared,
    /// Nobody has taken it up, for [`UNTAKEN_DAYS`] days and longer.
    Untaken,
    /// It came in lately.
    New,
    /// It was sorted, and no way to solve it was chosen.
    Sorted,
    /// A way to solve it is being thought about.
    Planning,
    /// A measure is being carried out.
    Acting,
}

crate::codes!(Wait {
    Proposal = "proposal",
    Overdue = "overdue",
    Reviewed = "reviewed",
    Unreviewed = "unreviewed",
    Later = "later",
    Session = "session",
    NotPassedOn = "not-passed-on",
    Unshared = "unshared",
    Untaken = "untaken",
    New = "new",
    Sorted = "sorted",
    Planning = "planning",
    Acting = "acting",
});

impl Wait {
    /// Whether it should not wait for the successor's first quiet week.
    #[must_use]
    pub fn is_urgent(self) -> bool {
        matches!(
            self,
            Self::Proposal | Self::Overdue | Self::Unreviewed | Self::Untaken
        )
    }
}

/// What is known of an issue beside itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// A wording to share waits for a decision.
    pub proposed: bool,
    /// Something of it was shared.
    pub shared: bool,
    /// A review of it is planned, perhaps without a day.
    pub review: Option<Option<NaiveDate>>,
    /// The next session that talks about it.
    pub session: Option<NaiveDate>,
}

/// Why an open issue waits: what somebody has to decide goes before what only has to be awaited.
#[must_use]
pub fn wait(issue: &Issue, known: Known, today: NaiveDate, now: DateTime<Utc>) -> Wait {
    if known.proposed {
        return Wait::Proposal;
    }
    match known.review {
        Some(Some(date)) if date < today => return Wait::Overdue,
        Some(_) => return Wait::Reviewed,
        None if issue.status == Status::Review => return Wait::Unreviewed,
        None => {}
    }
    if issue.status == Status::Later {
        return Wait::Later;
    }
    if known.session.is_some() {
        return Wait::Session;
    }
    let at_desk = issue.destination == Destination::Desk;
    let told_to_desk = issue.origin == Origin::Desk && issue.association.is_some();
    if at_desk && issue.tier == Tier::One && told_to_desk && !issue.passed_on {
        return Wait::NotPassedOn;
    }
    let concerns_others = issue.tier != Tier::One && issue.origin.is_confidential();
    if at_desk && concerns_others && !known.shared && !issue.kept_private {
        return Wait::Unshared;
    }
    match issue.status {
        Status::Acting => Wait::Acting,
        Status::Planning => Wait::Planning,
        Status::Open if now - issue.created_at < TimeDelta::days(UNTAKEN_DAYS) => Wait::New,
        Status::Open => Wait::Untaken,
        // What has come to an end waits for nothing; nobody asks.
        _ => Wait::Sorted,
    }
}

#[cfg(test)]
mod tests;
