//! An import from its confirmation to its end: step after step, so that others get in between, with
//! progress the person sees. It ends early where it can be carried on: when it takes too long for the
//! answer to arrive, or when the program stops.

use super::{
    find, preview,
    step::{ACT, CARDS_MAX, ROWS_AT_ONCE, Step, cut_short, issues},
    there, told,
    waiting::Waiting,
};
use crate::{App, answer::Answer, audit, error::Error, request::Request, session, text::Text};
use domain::id::{DraftId, ImportId};
use std::{
    collections::HashSet,
    sync::Arc,
    time::{Duration, Instant},
};
use storage::{Subject, import::Import};

/// Most imports that are looked at together.
const ABANDONED_AT_ONCE: i64 = 50;
/// How long an import goes on for one press. Discord takes edits of an answer for 15 minutes.
const RUN_SECONDS_MAX: u64 = 600;

/// What the preview shows is stored.
pub(super) async fn confirm(request: &Request, draft: DraftId) -> Result<Answer, Error> {
    let waiting = match Waiting::find(request, draft).await {
        Ok(waiting) => waiting,
        Err(Error::Refusal(gone)) => {
            // A second press after the end is told how it ended.
            let begun = begun(request, draft).await?;
            return match begun {
                Some(import) => told::outcome(request, &import).await,
                None => Err(Error::Refusal(gone)),
            };
        }
        Err(fault) => return Err(fault),
    };
    let counts = preview::Counts::of(&waiting);
    if counts.taken() == 0 {
        return Err(Error::refuse(Text::new("import-nothing-to-take")));
    }
    let (office, who, now) = (request.office_id(), request.person.user, request.now);
    session::option::still_takes_issues(request, waiting.said_at()).await?;
    let cards = counts.taken() <= CARDS_MAX;
    let said_at = waiting.said_at();
    let import = request
        .record(move |tx| {
            Box::pin(async move {
                let known = storage::import::of_draft(tx, office, draft).await?;
                if let Some(known) = known {
                    return Ok(known);
                }
                if let Some(session) = said_at {
                    storage::session::check_takes_issues(tx, office, session).await?;
                }
                let whose = (who, draft);
                let begun =
                    storage::import::begin(tx, office, whose, counts.taken(), cards, now).await?;
                let mut details = vec![
                    ("rows", counts.taken().to_string()),
                    ("there", counts.there.to_string()),
                    ("refused", counts.refused.to_string()),
                ];
                details.extend(said_at.map(|id| ("session", id.to_string())));
                let about = Some(Subject::from(begun.id));
                audit::note(tx, office, about, ACT, who, now, &details).await?;
                Ok(begun)
            })
        })
        .await?;
    run(request, import, &waiting).await
}

/// An import that was cut short goes on.
pub(super) async fn resume(request: &Request, id: ImportId) -> Result<Answer, Error> {
    let import = find(request, id).await?;
    if import.ended_at.is_some() || import.undone_at.is_some() {
        return told::outcome(request, &import).await;
    }
    let waiting = match Waiting::find(request, import.draft).await {
        Ok(waiting) => waiting,
        // Its rows waited in vain: it has come as far as it will.
        Err(Error::Refusal(_)) => {
            let (office, now) = (request.office_id(), request.now);
            request
                .record(move |tx| Box::pin(async move { cut_short(tx, office, id, now).await }))
                .await?;
            return told::outcome(request, &find(request, id).await?).await;
        }
        Err(fault) => return Err(fault),
    };
    session::option::still_takes_issues(request, waiting.said_at()).await?;
    run(request, import, &waiting).await
}

/// Ends imports that nobody carried on before their rows went, so that channels are told of what was stored;
/// says how many.
///
/// # Errors
/// Storage failed; what is left is found again.
pub async fn end_abandoned(app: &App) -> storage::Result<usize> {
    let now = app.clock.now();
    let mut ended = 0;
    loop {
        let abandoned = app
            .store
            .read(|connection| Box::pin(storage::import::abandoned(connection, ABANDONED_AT_ONCE)))
            .await?;
        if abandoned.is_empty() {
            return Ok(ended);
        }
        for (office, import) in abandoned {
            app.store
                .write(move |tx| Box::pin(async move { cut_short(tx, office, import, now).await }))
                .await?;
            ended += 1;
        }
    }
}

/// The import of the person that was begun with a draft.
async fn begun(request: &Request, draft: DraftId) -> Result<Option<Import>, Error> {
    let (office, person) = (request.office_id(), request.person.user);
    let found = request
        .app
        .store
        .read(move |connection| Box::pin(storage::import::of_draft(connection, office, draft)))
        .await?;
    Ok(found.filter(|import| import.person == person))
}

async fn run(request: &Request, mut import: Import, waiting: &Waiting) -> Result<Answer, Error> {
    let app = &request.app;
    let started = Instant::now();
    let there = Arc::new(there(&app.store, request.office_id()).await?);
    let mut since = HashSet::new();
    let mut known_to = there.last;
    let rows = waiting.taken();
    while import.ended_at.is_none() && import.undone_at.is_none() {
        let is_long = started.elapsed() > Duration::from_secs(RUN_SECONDS_MAX);
        if is_long || app.work.is_closing() {
            return Ok(told::paused(request, &import));
        }
        let office = app
            .store
            .office(request.office.server)
            .await?
            .ok_or(Error::Fault("the office of an import is gone"))?;
        let range = (import.done, (import.done + ROWS_AT_ONCE).min(import.rows));
        let some = rows
            .get(range.0..range.1)
            .ok_or(Error::Fault("an import has more rows than its draft"))?;
        let step = Step {
            import: import.clone(),
            range,
            issues: Arc::new(issues(request, &office, waiting, some)),
            there: Arc::clone(&there),
            since: Arc::new(since.clone()),
            known_to,
            office,
            who: request.person.user,
            now: app.clock.now(),
        };
        let done = app
            .store
            .write(move |tx| {
                let step = step.clone();
                Box::pin(async move { step.take(tx).await })
            })
            .await?;
        if let Some(done) = done {
            since.extend(done.added);
            known_to = known_to.max(done.known_to);
        }
        // Read again in any case: another press may be at work as well.
        import = find(request, import.id).await?;
        request.progress.tell(told::progress(request, &import));
    }
    told::outcome(request, &import).await
}
