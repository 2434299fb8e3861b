//! What lies on the desk, and what goes on by itself from year to year.

use super::Listing;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::{
    era::FiscalYear, feed::Feed, id::OfficeId, notice, notice::Notice, rule::RuleAssociation,
};
use std::collections::BTreeSet;
use storage::{
    Connection,
    fund::Paid,
    handover::{FeedbackDraft, Unconfirmed},
    petition::Petition,
    retention::Retention,
};

/// Most drafts of feedback; an association has one at a time.
const FEEDBACK_MAX: i64 = 300;
/// Most drafts of notices; the newest of them.
const NOTICES_MAX: i64 = 300;
/// Most bulletins nobody has confirmed; the oldest of them.
const BULLETINS_MAX: i64 = 300;
/// A bulletin is asked about for so many days: what nobody confirmed in a year nobody will.
const UNCONFIRMED_DAYS_MAX: i64 = 366;

/// What waits for a coordinator's word.
#[derive(Clone, Debug)]
pub(in crate::handover) struct Desk {
    /// Feedback that was drafted and not sent.
    pub(in crate::handover) feedback: Vec<FeedbackDraft>,
    /// Notices a feed has brought and nobody has looked at.
    pub(in crate::handover) notices: Listing<Notice>,
    /// Bulletins of the last year nobody of the association has confirmed.
    pub(in crate::handover) bulletins: Listing<Unconfirmed>,
    /// What people ask about what is kept of them.
    pub(in crate::handover) petitions: Vec<Petition>,
    /// What was kept long enough, as the desk was told.
    pub(in crate::handover) retention: Vec<Retention>,
}

impl Desk {
    /// How much of it there is in all.
    pub(in crate::handover) fn total(&self) -> i64 {
        let read = self.feedback.len() + self.petitions.len() + self.retention.len();
        i64::try_from(read).unwrap_or(i64::MAX) + self.notices.total + self.bulletins.total
    }
}

/// What goes on until somebody stops it.
#[derive(Clone, Debug)]
pub(in crate::handover) struct Running {
    /// What is watched for new notices.
    pub(in crate::handover) feeds: Listing<Feed>,
    /// The rules that are on, each with an association.
    pub(in crate::handover) rules: Vec<RuleAssociation>,
    /// What was paid from funds in the fiscal year.
    pub(in crate::handover) funds: Listing<Paid>,
}

impl Running {
    /// How much of it there is in all: a rule counts once, for however many associations it is on.
    pub(in crate::handover) fn total(&self) -> i64 {
        let rules = self.rules.iter().map(|row| (&row.pack, &row.rule));
        let rules: BTreeSet<_> = rules.collect();
        let rules = i64::try_from(rules.len()).unwrap_or(i64::MAX);
        rules + self.feeds.total + self.funds.total
    }
}

pub(super) async fn desk(
    connection: &mut Connection,
    office: OfficeId,
    (today, now): (NaiveDate, DateTime<Utc>),
) -> storage::Result<Desk> {
    let since = now - TimeDelta::days(UNCONFIRMED_DAYS_MAX);
    let (bulletins, waiting) =
        storage::handover::unconfirmed(connection, office, since, BULLETINS_MAX).await?;
    Ok(Desk {
        feedback: storage::handover::feedback_drafts(connection, office, FEEDBACK_MAX).await?,
        notices: notices(connection, office, today).await?,
        bulletins: Listing {
            items: bulletins,
            total: waiting,
        },
        petitions: storage::petition::open(connection, office).await?,
        retention: storage::retention::proposed(connection, office).await?,
    })
}

async fn notices(
    connection: &mut Connection,
    office: OfficeId,
    today: NaiveDate,
) -> storage::Result<Listing<Notice>> {
    let filter = storage::notice::Filter {
        state: Some(notice::State::Draft),
        drafts: true,
        ..storage::notice::Filter::on(today)
    };
    let page = storage::notice::PAGE_MAX;
    let (mut items, mut total, mut offset) = (Vec::new(), 1, 0);
    while offset < total.min(NOTICES_MAX) {
        let some = storage::notice::list(connection, office, &filter, offset, page).await?;
        total = some.total;
        items.extend(some.items);
        offset += page;
    }
    Ok(Listing { items, total })
}

pub(super) async fn running(
    connection: &mut Connection,
    office: OfficeId,
    year: FiscalYear,
) -> storage::Result<Running> {
    let feeds = storage::feed::list(connection, office, 0, storage::feed::PAGE_MAX).await?;
    Ok(Running {
        feeds: Listing {
            items: feeds.items,
            total: feeds.total,
        },
        rules: storage::rule::all_active(connection, office).await?,
        funds: Listing {
            items: storage::fund::uses_in(connection, office, year).await?,
            total: storage::fund::uses_count(connection, office, year).await?,
        },
    })
}
