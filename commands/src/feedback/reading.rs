//! What a feedback is chosen from, and what stands in it: read from the records as they are, and only
//! what everybody in the association's channel may read ([`domain::feedback::Readers`]).

use crate::{option::joined, review::about, session::told::today, text, text::Text};
use chrono::{DateTime, Utc};
use domain::{
    feedback::{Feedback, Item, Occasion, Own, Readers, Window, gather},
    id::{AssociationId, IssueId},
    issue::Status,
    office::Office,
    review::Review,
    session::{self, Session, Sight},
    setting::Language,
    tally::Tally,
    tier::Tier,
    visibility::SharedIssue,
};
use storage::{Connection, issue::Readable};

/// Most sessions that are still to come in one feedback, and as many reviews; the rest stands in the lists.
const AHEAD_MAX: usize = 10;
/// Sessions looked through for them.
const SESSIONS_SEARCHED_MAX: i64 = 100;
/// UTF-16 units of the counts of a tally.
const COUNTS_UNITS_MAX: usize = 300;

/// What a feedback says, issue by issue.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Told {
    /// Its own issues, with their wording.
    pub(crate) raised: Vec<(IssueId, String)>,
    /// Its own issues that moved; with their wording, where everybody in the channel may read it.
    pub(crate) moved: Vec<Moved>,
    /// What others let it know, each with its own issues this belongs to.
    pub(crate) answers: Vec<(SharedIssue, Vec<IssueId>)>,
    /// How many of its own issues are counted only: somebody in the channel may not read their words.
    pub(crate) counted: usize,
    /// How many are not to be read any more.
    pub(crate) gone: usize,
    /// The session it follows, while that was held.
    pub(crate) held: Option<Session>,
    /// Sessions to come.
    pub(crate) sessions: Vec<Session>,
    /// Reviews to come.
    pub(crate) reviews: Vec<Review>,
}

/// An issue that moved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Moved {
    pub(crate) issue: IssueId,
    pub(crate) from: Status,
    pub(crate) to: Status,
    pub(crate) wording: Option<String>,
}

impl Told {
    /// Whether there is nothing new in it.
    pub(crate) fn is_quiet(&self) -> bool {
        self.held.is_none()
            && self.raised.is_empty()
            && self.moved.is_empty()
            && self.answers.is_empty()
            && self.counted == 0
            && self.gone == 0
    }
}

/// Chooses what an association is told of a time, and counts how far its issues have come.
///
/// # Errors
/// Storage failed.
pub(super) async fn choose(
    connection: &mut Connection,
    office: &Office,
    association: AssociationId,
    (window, occasion): (Window, Occasion),
    now: DateTime<Utc>,
) -> storage::Result<(Vec<Item>, Tally)> {
    let Some(readers) = Readers::of(office, association) else {
        return Ok((Vec::new(), Tally::default()));
    };
    let id = office.id;
    let changes = storage::feedback::changes(connection, id, association, window).await?;
    let mut numbers =
        storage::feedback::own_of(connection, id, association, window, occasion.session).await?;
    numbers.extend(changes.iter().map(|change| change.issue));
    numbers.extend(storage::feedback::told_since(connection, id, association, window).await?);
    numbers.sort_unstable();
    numbers.dedup();
    let mut issues = Vec::with_capacity(numbers.len());
    for number in numbers {
        if let Some(issue) = storage::issue::find(connection, id, number).await? {
            let disclosures = storage::disclosure::of(connection, id, number).await?;
            issues.push((issue, disclosures));
        }
    }
    let mut items = gather(&readers, window, occasion, &issues, &changes);
    items.extend(sessions(connection, office, &readers, now).await?);
    items.extend(reviews(connection, office, &readers).await?);
    let filter = storage::issue::Filter {
        association: Some(association),
        ..storage::issue::Filter::of(Readable::Everything)
    };
    let totals = storage::issue::tally(connection, id, &filter, true).await?;
    Ok((items, totals.tally()))
}

/// The sessions to come that everybody in the channel may know of: the association's own, and those of
/// the region.
async fn sessions(
    connection: &mut Connection,
    office: &Office,
    readers: &Readers<'_>,
    now: DateTime<Utc>,
) -> storage::Result<Vec<Item>> {
    let filter = storage::session::Filter {
        from: Some(today(office, now)),
        to: None,
        tier: None,
        sight: Sight {
            everything: true,
            ..Sight::default()
        },
    };
    let ahead =
        storage::session::list(connection, office.id, &filter, 0, SESSIONS_SEARCHED_MAX).await?;
    let told = ahead
        .items
        .into_iter()
        .filter(|session| session.state == session::State::Planned && is_known(readers, session));
    Ok(told
        .filter(|session| {
            session.tier == Tier::Three || session.associations.contains(&readers.association())
        })
        .take(AHEAD_MAX)
        .map(|session| Item::Session(session.id))
        .collect())
}

/// Whether everybody in the channel may know of a session.
fn is_known(readers: &Readers<'_>, session: &Session) -> bool {
    readers.all(|person, office| Sight::of(person, office).sees(session))
}

/// The reviews to come that concern the association and that everybody in the channel may know of.
async fn reviews(
    connection: &mut Connection,
    office: &Office,
    readers: &Readers<'_>,
) -> storage::Result<Vec<Item>> {
    let mut told = Vec::new();
    let mut ahead = storage::review::ahead(connection, office.id).await?;
    ahead.retain(Review::is_planned);
    ahead.sort_by_key(|review| (review.date, review.id));
    for review in ahead {
        if told.len() < AHEAD_MAX && concerns(connection, office, readers, &review).await? {
            told.push(Item::Review(review.id));
        }
    }
    Ok(told)
}

async fn concerns(
    connection: &mut Connection,
    office: &Office,
    readers: &Readers<'_>,
    review: &Review,
) -> storage::Result<bool> {
    let about = about::read(connection, office.id, review.of).await?;
    Ok(about.is_some_and(|about| {
        about.concerns(readers.association())
            && readers.all(|person, office| about.is_for(person, office))
    }))
}

/// What a feedback says, as its association may read it now.
///
/// # Errors
/// Storage failed.
pub(crate) async fn told(
    connection: &mut Connection,
    office: &Office,
    feedback: &Feedback,
) -> storage::Result<Told> {
    let mut told = Told::default();
    let Some(readers) = Readers::of(office, feedback.association) else {
        return Ok(told);
    };
    let id = office.id;
    if let Some(session) = feedback.occasion.session {
        let found = storage::session::find(connection, id, session).await?;
        told.held = found
            .filter(|session| session.state == session::State::Held && is_known(&readers, session));
    }
    for item in feedback.told() {
        match item {
            Item::Session(session) => {
                let found = storage::session::find(connection, id, *session).await?;
                told.sessions
                    .extend(found.filter(|session| is_known(&readers, session)));
            }
            Item::Review(review) => {
                let found = storage::review::find(connection, id, *review).await?;
                let planned = found.filter(|review| review.is_planned() && !review.retracted);
                if let Some(review) = planned
                    && concerns(connection, office, &readers, &review).await?
                {
                    told.reviews.push(review);
                }
            }
            Item::Raised(number) | Item::Answer(number) | Item::Moved { issue: number, .. } => {
                tell(connection, office, &readers, (*item, *number), &mut told).await?;
            }
        }
    }
    Ok(told)
}

/// Adds what is told of one issue.
async fn tell(
    connection: &mut Connection,
    office: &Office,
    readers: &Readers<'_>,
    (item, number): (Item, IssueId),
    told: &mut Told,
) -> storage::Result<()> {
    let Some(issue) = storage::issue::find(connection, office.id, number).await? else {
        told.gone += 1;
        return Ok(());
    };
    let disclosures = storage::disclosure::of(connection, office.id, number).await?;
    let own = readers.read_own(&issue, &disclosures);
    match (item, own) {
        (Item::Raised(_), Some(Own::Wording(text))) => told.raised.push((number, text.to_owned())),
        (Item::Raised(_), Some(Own::Counted)) => told.counted += 1,
        (Item::Moved { from, to, .. }, Some(own)) => told.moved.push(Moved {
            issue: number,
            from,
            to,
            wording: match own {
                Own::Wording(text) => Some(text.to_owned()),
                Own::Counted => None,
            },
        }),
        (Item::Answer(_), _) => match readers.read_other(&issue, &disclosures) {
            Some(shared) => {
                let ties = ties(connection, office, readers, number).await?;
                told.answers.push((shared, ties));
            }
            None => told.gone += 1,
        },
        _ => told.gone += 1,
    }
    Ok(())
}

/// The association's own issues that are tied to another one: whoever reads both may know of the tie.
async fn ties(
    connection: &mut Connection,
    office: &Office,
    readers: &Readers<'_>,
    number: IssueId,
) -> storage::Result<Vec<IssueId>> {
    let mut ties = Vec::new();
    for other in storage::issue::link::of(connection, office.id, number).await? {
        let Some(issue) = storage::issue::find(connection, office.id, other).await? else {
            continue;
        };
        let disclosures = storage::disclosure::of(connection, office.id, other).await?;
        if matches!(
            readers.read_own(&issue, &disclosures),
            Some(Own::Wording(_))
        ) {
            ties.push(other);
        }
    }
    Ok(ties)
}

/// 検討中3・完了1
pub(crate) fn counts(tally: &Tally, language: Language) -> String {
    let counts: Vec<String> = tally
        .by_status()
        .map(|(status, count)| {
            let name = Text::new(format!("word-status-{}", status.code())).say(language);
            let count = i64::try_from(count).unwrap_or(i64::MAX);
            text!("tally-count", name = name, count = count).say(language)
        })
        .collect();
    joined(counts.into_iter(), language, COUNTS_UNITS_MAX)
}
