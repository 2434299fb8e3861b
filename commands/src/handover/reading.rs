//! Everything a handover holds, read in one snapshot for a coordinator. What there is too much of is cut
//! at a named limit, with how many there are in all.

mod desk;

pub(super) use desk::{Desk, Running};

use chrono::{DateTime, Days, NaiveDate, Utc};
use domain::{
    disclosure::Disclosure,
    era::FiscalYear,
    handover::{Known, Wait, wait},
    id::{IssueId, SessionId, UserId},
    issue::Issue,
    key_person::KeyPerson,
    memo::Memo,
    office::Office,
    progress::YearMonth,
    project::{Holder, Project, Sight as OfProjects, State as ProjectState},
    review::{Of, Review},
    session::{Session, Sight, State},
    target::{Standing, pace},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};
use storage::{
    Connection,
    handover::{Actor, Unsent},
    issue::{Filter, Listed, Readable},
};

/// Most open issues; the oldest of them.
pub(super) const ISSUES_MAX: i64 = 1_000;
/// Most proposals and shared wordings.
const PROMISES_MAX: i64 = 2_000;
/// Most sessions ahead.
const SESSIONS_MAX: i64 = 300;
/// Most sessions of which nothing was written down, and most that are only proposed.
const SESSIONS_LEFT_MAX: i64 = storage::session::PAGE_MAX;
/// How far back a session of which nothing was written down is looked for, in days.
const UNWRITTEN_DAYS: u64 = 366;
/// For so many months of a fiscal year the year before is handed over too.
const MONTHS_AFTER: i64 = 3;
/// Most projects of one state.
const PROJECTS_MAX: i64 = 500;
/// Most messages that wait.
const UNSENT_MAX: i64 = 300;
/// Most people.
const PEOPLE_MAX: i64 = 100;

/// The first of something, and how many there are in all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Listing<T> {
    pub(super) items: Vec<T>,
    pub(super) total: i64,
}

impl<T> Listing<T> {
    fn whole(items: Vec<T>) -> Self {
        Self {
            total: i64::try_from(items.len()).unwrap_or(i64::MAX),
            items,
        }
    }

    /// How many there was no room for.
    pub(super) fn more(&self) -> i64 {
        self.total - i64::try_from(self.items.len()).unwrap_or(i64::MAX)
    }
}

/// An open issue with why it waits.
#[derive(Clone, Debug)]
pub(super) struct Open {
    pub(super) issue: Issue,
    /// Since when its status is what it is.
    pub(super) since: DateTime<Utc>,
    pub(super) wait: Wait,
    /// The review that is planned for it.
    pub(super) review: Option<Review>,
    /// The next session that talks about it.
    pub(super) session: Option<(SessionId, NaiveDate)>,
    /// The issues it stands for.
    pub(super) merged: Vec<IssueId>,
}

/// Somebody the office knows from what was done, or from what was given to them.
#[derive(Clone, Debug)]
pub(super) struct Somebody {
    pub(super) who: UserId,
    /// What was done, where anything was.
    pub(super) acted: Option<Actor>,
    /// Tasks that wait for the person.
    pub(super) tasks: usize,
    /// Memos the person has made that are still to come.
    pub(super) memos: usize,
}

/// A handover.
#[derive(Clone, Debug)]
pub(super) struct Handover {
    pub(super) office: Arc<Office>,
    pub(super) today: NaiveDate,
    pub(super) now: DateTime<Utc>,
    pub(super) issues: Listing<Open>,
    /// Proposals that wait, and what was shared of open issues.
    pub(super) promises: Listing<Disclosure>,
    /// Projects that are not over, ideas among them.
    pub(super) projects: Listing<Project>,
    /// Sessions that are only proposed.
    pub(super) drafts: Listing<Session>,
    /// Sessions from today on.
    pub(super) sessions: Listing<Session>,
    /// Sessions whose day has passed and of which nothing was written down.
    pub(super) unwritten: Listing<Session>,
    pub(super) reviews: Listing<Review>,
    pub(super) memos: Listing<Memo>,
    /// The targets of the fiscal year as they stand today.
    pub(super) targets: Vec<Standing>,
    /// Those of the year before as they stood at its end, while that was not long ago: whoever comes in April
    /// answers for them.
    pub(super) targets_before: Vec<Standing>,
    /// The fiscal year.
    pub(super) year: FiscalYear,
    pub(super) key_persons: Vec<KeyPerson>,
    pub(super) desk: Desk,
    pub(super) running: Running,
    pub(super) unsent: Listing<Unsent>,
    /// How many of them were refused.
    pub(super) refused: i64,
    /// Months whose post the desk holds.
    pub(super) held: Vec<YearMonth>,
    pub(super) people: Listing<Somebody>,
}

/// Reads it.
///
/// # Errors
/// Storage failed.
pub(super) async fn read(
    app: &crate::App,
    office: Arc<Office>,
    today: NaiveDate,
    now: DateTime<Utc>,
) -> storage::Result<Handover> {
    app.store
        .read(move |connection| {
            let office = Arc::clone(&office);
            Box::pin(async move { all(connection, office, today, now).await })
        })
        .await
}

async fn all(
    connection: &mut Connection,
    office: Arc<Office>,
    today: NaiveDate,
    now: DateTime<Utc>,
) -> storage::Result<Handover> {
    let id = office.id;
    let reviews = Listing {
        items: storage::review::ahead(connection, id).await?,
        total: storage::review::ahead_count(connection, id).await?,
    };
    let sessions = sessions(connection, &office, today).await?;
    let drafts = storage::session::drafted(connection, id, SESSIONS_LEFT_MAX).await?;
    let since = today - Days::new(UNWRITTEN_DAYS);
    let unwritten =
        storage::session::unaccounted(connection, id, today, since, SESSIONS_LEFT_MAX).await?;
    let (promises, promised) = storage::disclosure::promised(connection, id, PROMISES_MAX).await?;
    let around = Around {
        reviews: &reviews.items,
        sessions: &sessions.items,
        promises: &promises,
    };
    let issues = issues(connection, &office, &around, today, now).await?;
    let projects = projects(connection, &office).await?;
    let memos = Listing::whole(storage::memo::all_waiting(connection, id).await?);
    let start = office.settings.fiscal_year_start;
    let year = FiscalYear::of(today, start);
    let (unsent, waiting, refused) = storage::handover::unsent(connection, id, UNSENT_MAX).await?;
    let (actors, acted) = storage::handover::actors(connection, id, PEOPLE_MAX).await?;
    Ok(Handover {
        people: people(actors, acted, &projects.items, &memos.items),
        issues,
        promises: Listing {
            items: promises,
            total: promised,
        },
        projects,
        drafts: Listing {
            items: drafts.items,
            total: drafts.total,
        },
        sessions,
        unwritten: Listing {
            items: unwritten.items,
            total: unwritten.total,
        },
        reviews,
        memos,
        targets: storage::target::standings(connection, id, (year, start), today).await?,
        targets_before: targets_before(connection, &office, year, today).await?,
        year,
        key_persons: storage::key_person::of(connection, id).await?,
        desk: desk::desk(connection, id, (today, now)).await?,
        running: desk::running(connection, id, year).await?,
        unsent: Listing {
            items: unsent,
            total: waiting,
        },
        refused,
        held: storage::report::held(connection, id).await?,
        office,
        today,
        now,
    })
}

/// The targets of the year before, in the first months of a year.
async fn targets_before(
    connection: &mut Connection,
    office: &Office,
    year: FiscalYear,
    today: NaiveDate,
) -> storage::Result<Vec<Standing>> {
    let start = office.settings.fiscal_year_start;
    if pace::elapsed_months(year, start, today) >= MONTHS_AFTER {
        return Ok(Vec::new());
    }
    let before = FiscalYear::starting_in(year.western() - 1);
    let end = before.last_day(start);
    storage::target::standings(connection, office.id, (before, start), end).await
}

/// What stands around the issues and decides why they wait.
struct Around<'a> {
    reviews: &'a [Review],
    sessions: &'a [Session],
    promises: &'a [Disclosure],
}

/// The open issues, the oldest first. One that another stands for stands with it.
async fn issues(
    connection: &mut Connection,
    office: &Office,
    around: &Around<'_>,
    today: NaiveDate,
    now: DateTime<Utc>,
) -> storage::Result<Listing<Open>> {
    let id = office.id;
    let filter = Filter {
        open_only: true,
        ..Filter::of(Readable::Everything)
    };
    let page = storage::issue::PAGE_MAX;
    let total = storage::issue::list(connection, id, &filter, 0, 0)
        .await?
        .total;
    // Lists begin with the newest; where there are too many, those give way.
    let mut found = Vec::new();
    let mut offset = (total - ISSUES_MAX).max(0);
    while offset < total {
        let some = storage::issue::list(connection, id, &filter, offset, page).await?;
        found.extend(some.items.into_iter().filter_map(|listed| match listed {
            Listed::Whole(issue) => Some(issue),
            // Whoever reads everything reads originals.
            Listed::Shared(_) => None,
        }));
        offset += page;
    }
    found.reverse();
    let mut moved = storage::handover::moved(connection, id).await?;
    let mut merged: BTreeMap<IssueId, Vec<IssueId>> = BTreeMap::new();
    if let (Some(first), Some(last)) = (found.first(), found.last()) {
        let span = (first.id, last.id);
        let everything = &Readable::Everything;
        for (into, issue) in storage::issue::merged(connection, id, everything, span).await? {
            merged.entry(into).or_default().push(issue);
        }
    }
    let items = found.into_iter().map(|issue| {
        let (known, review, session) = around.of(issue.id);
        Open {
            since: moved.remove(&issue.id).unwrap_or(issue.created_at),
            wait: wait(&issue, known, today, now),
            review,
            session,
            merged: merged.remove(&issue.id).unwrap_or_default(),
            issue,
        }
    });
    Ok(Listing {
        items: items.collect(),
        total,
    })
}

impl Around<'_> {
    fn of(&self, issue: IssueId) -> (Known, Option<Review>, Option<(SessionId, NaiveDate)>) {
        // The day of a proposal is nobody's word yet: somebody has to settle it.
        let review = self
            .reviews
            .iter()
            .find(|review| review.of == Of::Issue(issue) && review.is_planned())
            .cloned();
        // They come with the earliest first.
        let session = self.sessions.iter().find_map(|session| {
            let date = session.date?;
            let talks = session.state == State::Planned && session.agenda.contains(&issue);
            talks.then_some((session.id, date))
        });
        let of = |disclosure: &&Disclosure| disclosure.issue == issue;
        let known = Known {
            proposed: self.promises.iter().filter(of).any(Disclosure::is_waiting),
            shared: self.promises.iter().filter(of).any(Disclosure::is_approved),
            review: review.as_ref().map(|review| review.date),
            session: session.map(|(_, date)| date),
        };
        (known, review, session)
    }
}

/// The sessions planned from today on, the earliest first.
async fn sessions(
    connection: &mut Connection,
    office: &Office,
    today: NaiveDate,
) -> storage::Result<Listing<Session>> {
    let filter = storage::session::Filter {
        from: Some(today),
        to: None,
        tier: None,
        sight: Sight {
            everything: true,
            ..Sight::default()
        },
    };
    let (mut items, mut total, mut offset) = (Vec::new(), 0, 0);
    let page = storage::session::PAGE_MAX;
    while offset < SESSIONS_MAX && offset <= total {
        let some = storage::session::list(connection, office.id, &filter, offset, page).await?;
        total = some.total;
        items.extend(some.items);
        offset += page;
    }
    // Those called off and proposed ones with a day are among them.
    let more = total - i64::try_from(items.len()).unwrap_or(i64::MAX);
    items.retain(|session| session.state == State::Planned);
    let shown = i64::try_from(items.len()).unwrap_or(i64::MAX);
    Ok(Listing {
        items,
        total: shown + more,
    })
}

/// Projects that are not over: ideas nobody has answered first, then those that go on.
async fn projects(
    connection: &mut Connection,
    office: &Office,
) -> storage::Result<Listing<Project>> {
    let mut found = Listing {
        items: Vec::new(),
        total: 0,
    };
    let page = storage::project::PAGE_MAX;
    for state in [
        ProjectState::Idea,
        ProjectState::Running,
        ProjectState::Planned,
    ] {
        let filter = storage::project::Filter {
            state: Some(state),
            sight: OfProjects {
                everything: true,
                ..OfProjects::default()
            },
        };
        let (mut total, mut offset) = (0, 0);
        while offset < PROJECTS_MAX && offset <= total {
            let some = storage::project::list(connection, office.id, &filter, offset, page).await?;
            total = some.total;
            found.items.extend(some.items);
            offset += page;
        }
        found.total += total;
    }
    Ok(found)
}

/// Whoever has acted, the latest first, then those who only have something to do.
fn people(
    actors: Vec<Actor>,
    acted: i64,
    projects: &[Project],
    memos: &[Memo],
) -> Listing<Somebody> {
    let mut tasks: BTreeMap<UserId, usize> = BTreeMap::new();
    let open = projects.iter().filter(|project| project.is_open());
    for task in open.flat_map(|project| &project.tasks) {
        if let (Holder::Person(who), None) = (&task.holder, task.done) {
            *tasks.entry(*who).or_default() += 1;
        }
    }
    let mut made: BTreeMap<UserId, usize> = BTreeMap::new();
    for memo in memos {
        *made.entry(memo.made_by).or_default() += 1;
    }
    let known: BTreeSet<UserId> = actors.iter().map(|actor| actor.who).collect();
    let somebody = |who: UserId, acted: Option<Actor>| Somebody {
        who,
        acted,
        tasks: tasks.get(&who).copied().unwrap_or_default(),
        memos: made.get(&who).copied().unwrap_or_default(),
    };
    let complete = acted <= PEOPLE_MAX;
    let mut items: Vec<Somebody> = actors
        .into_iter()
        .map(|actor| somebody(actor.who, Some(actor)))
        .collect();
    // Where not everybody who acted was read, whoever is missing may have acted.
    let others = tasks.keys().filter(|who| complete && !known.contains(who));
    items.extend(others.map(|who| somebody(*who, None)));
    let others = i64::try_from(items.len()).unwrap_or(i64::MAX) - acted.min(PEOPLE_MAX);
    Listing {
        items,
        total: acted + others.max(0),
    }
}
