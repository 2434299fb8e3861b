//! Relocation: what stands in channels follows the set-up of the office.
//!
//! A use that is bound to another channel takes its cards along; an issue that would now be routed
//! elsewhere, because circles, associations or professions have changed, goes there. It is done in small
//! steps after the change of the set-up, by the command that made it; whatever is left (a crash, a
//! change by the configuration file) is carried on by the program, which asks again whenever the
//! set-up has another revision.

use crate::{
    App, audit,
    issue::{change, place, source, subject},
    occurrence, session,
};
use chrono::{DateTime, Utc};
use domain::{
    audience::Destination,
    disclosure::{self, Shown},
    id::{IssueId, OfficeId, ServerId, UserId},
    issue::Issue,
    memo::place_exists,
    office::Office,
    routing,
};
use std::sync::Arc;
use storage::Transaction;

/// Issues read at once.
const READ_AT_ONCE: i64 = 200;
/// Issues routed anew in one transaction; each writes some ten rows.
const ROUTED_AT_ONCE: usize = 16;
/// How often the set-up may change under one's hands before the rest is left for later.
const TURNS_MAX: usize = 5;

/// What was put on its way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moved {
    /// Cards that go to another channel.
    pub cards: u64,
    /// Whether everything is in its place as far as the set-up goes; else ask again.
    pub complete: bool,
}

/// Puts everything of an office on its way that does not stand where the set-up wants it.
///
/// # Errors
/// Storage failed; what is left is found again.
pub async fn carry_out(app: &App, server: ServerId) -> storage::Result<Moved> {
    let mut moved = Moved::default();
    for _ in 0..TURNS_MAX {
        let Some(office) = app.store.office(server).await? else {
            return Ok(moved);
        };
        let (issues, routed) = route(app, &office).await?;
        moved.cards += issues;
        let (removed, all) = remove(app, &office).await?;
        moved.cards += removed;
        end_memos(app, &office).await?;
        if routed && all {
            moved.complete = true;
            return Ok(moved);
        }
    }
    Ok(moved)
}

/// Whether issues have to be routed anew, as far as the set-up says.
///
/// # Errors
/// Storage failed.
pub async fn is_due(app: &App, office: &Office) -> storage::Result<bool> {
    let id = office.id;
    let routed_by = app
        .store
        .read(move |connection| Box::pin(storage::office::routed_by(connection, id)))
        .await?;
    Ok(routed_by.as_deref() != Some(routing::imprint(office).as_str()))
}

/// Wants every post anew that stands in a channel its destination is not bound to; says how many, and
/// whether that was done by the set-up as it still is.
async fn remove(app: &App, office: &Arc<Office>) -> storage::Result<(u64, bool)> {
    let (id, revision, now) = (office.id, office.revision, app.clock.now());
    let stands = app
        .store
        .read(move |connection| Box::pin(storage::outbox::stands(connection, id)))
        .await?;
    let mut removed = 0;
    for stand in stands {
        if stand.destination.channel(office) == Some(stand.channel) {
            continue;
        }
        loop {
            let some = app
                .store
                .write(move |tx| {
                    Box::pin(async move {
                        if !storage::office::is_set_up_as(tx, id, revision).await? {
                            return Ok(None);
                        }
                        let some = storage::outbox::want_away(tx, id, stand, now).await?;
                        Ok(Some(some))
                    })
                })
                .await?;
            match some {
                // What has just been bound may be where it stands.
                None => return Ok((removed, false)),
                Some(0) => break,
                Some(some) => removed += some,
            }
        }
    }
    Ok((removed, true))
}

/// Ends the memos whose place is no more; the desk is told.
async fn end_memos(app: &App, office: &Arc<Office>) -> storage::Result<()> {
    let (office, now) = (Arc::clone(office), app.clock.now());
    let id = office.id;
    let waiting = app
        .store
        .read(move |connection| Box::pin(storage::memo::all_waiting(connection, id)))
        .await?;
    if waiting
        .iter()
        .all(|memo| place_exists(memo.destination, &office))
    {
        return Ok(());
    }
    app.store
        .write(move |tx| {
            let office = Arc::clone(&office);
            Box::pin(async move {
                if storage::office::is_set_up_as(tx, office.id, office.revision).await? {
                    occurrence::memo::drop_placeless(tx, &office, now).await?;
                }
                Ok(())
            })
        })
        .await
}

/// Routes all issues anew when the set-up asks for it; says how many changed their place, and whether
/// that was done by the set-up as it still is.
async fn route(app: &App, office: &Arc<Office>) -> storage::Result<(u64, bool)> {
    let (id, revision, imprint) = (office.id, office.revision, routing::imprint(office));
    if !is_due(app, office).await? {
        return Ok((0, true));
    }
    let now = app.clock.now();
    let was_set_up = app
        .store
        .read(move |connection| Box::pin(storage::office::routed_by(connection, id)))
        .await?
        .is_some();
    let word = format!("routing:{revision}:{}", now.timestamp_micros());
    let begun = word.clone();
    app.store
        .write(move |tx| {
            let word = begun.clone();
            Box::pin(async move { storage::office::begin_routing(tx, id, &word).await })
        })
        .await?;
    let mut routed = 0;
    let mut last = IssueId(0);
    loop {
        let issues = app
            .store
            .read(move |connection| {
                Box::pin(storage::issue::following(
                    connection,
                    id,
                    last,
                    READ_AT_ONCE,
                ))
            })
            .await?;
        let Some(newest) = issues.last() else { break };
        last = newest.id;
        let elsewhere: Vec<IssueId> = issues
            .iter()
            .filter(|issue| !issue.retracted)
            .filter(|issue| wanted(issue, office).destination != issue.destination)
            .map(|issue| issue.id)
            .collect();
        for some in elsewhere.chunks(ROUTED_AT_ONCE) {
            match route_some(app, office, some.to_vec()).await? {
                Some(count) => routed += count,
                None => return Ok((routed, false)),
            }
        }
    }
    match share_back(app, office).await? {
        Some(count) => routed += count,
        None => return Ok((routed, false)),
    }
    match session::told::follow(app, office).await? {
        Some(count) => routed += count,
        None => return Ok((routed, false)),
    }
    // Who reads a feedback, and what all of them may read, may have changed with circles. By the first
    // set-up nobody was told anything.
    app.store
        .write(move |tx| {
            Box::pin(async move {
                if was_set_up && storage::office::is_set_up_as(tx, id, revision).await? {
                    storage::feedback::touch_all(tx, id, now).await?;
                }
                Ok(())
            })
        })
        .await?;
    let noted = app
        .store
        .write(move |tx| {
            let (word, imprint) = (word.clone(), imprint.clone());
            Box::pin(async move {
                storage::office::end_routing(tx, id, revision, &word, &imprint).await
            })
        })
        .await?;
    Ok((routed, noted))
}

fn wanted(issue: &Issue, office: &Office) -> routing::Route {
    routing::route(issue, &source::mentioned(office, &issue.text), office)
}

/// Routes some issues anew, as they are by now; `None` when the set-up has changed.
async fn route_some(
    app: &App,
    office: &Arc<Office>,
    issues: Vec<IssueId>,
) -> storage::Result<Option<u64>> {
    let (office, now) = (Arc::clone(office), app.clock.now());
    app.store
        .write(move |tx| {
            let (office, issues) = (Arc::clone(&office), issues.clone());
            Box::pin(async move {
                if !storage::office::is_set_up_as(tx, office.id, office.revision).await? {
                    return Ok(None);
                }
                let who = mover(tx, office.id).await?;
                let mut routed = 0;
                for id in issues {
                    let found = storage::issue::find(tx, office.id, id).await?;
                    let Some(before) = found.filter(|issue| !issue.retracted) else {
                        continue;
                    };
                    let route = wanted(&before, &office);
                    if route.destination != before.destination {
                        follow(tx, &office, before, &route, who, now).await?;
                        routed += 1;
                    }
                }
                Ok(Some(routed))
            })
        })
        .await
}

/// Wants what is shared where its audience has a channel and nothing stands: it had none for a while, or
/// when it was approved. Says how many; `None` when the set-up has changed.
async fn share_back(app: &App, office: &Arc<Office>) -> storage::Result<Option<u64>> {
    let (id, now) = (office.id, app.clock.now());
    let (mut after, mut shared) = ((IssueId(0), 0), 0);
    loop {
        let approved = app
            .store
            .read(move |connection| {
                Box::pin(storage::disclosure::approved_after(connection, id, after))
            })
            .await?;
        let Some((issue, version, _)) = approved.last() else {
            return Ok(Some(shared));
        };
        after = (*issue, *version);
        let belongs: Vec<(IssueId, Destination)> = approved
            .iter()
            .filter_map(|(issue, _, audience)| Some((*issue, audience.destination(office)?)))
            .collect();
        for some in belongs.chunks(ROUTED_AT_ONCE) {
            let (office, some) = (Arc::clone(office), some.to_vec());
            let wanted = app
                .store
                .write(move |tx| {
                    let (office, some) = (Arc::clone(&office), some.clone());
                    Box::pin(async move { share_some_back(tx, &office, &some, now).await })
                })
                .await?;
            match wanted {
                Some(count) => shared += count,
                None => return Ok(None),
            }
        }
    }
}

async fn share_some_back(
    tx: &mut Transaction,
    office: &Office,
    belongs: &[(IssueId, Destination)],
    now: DateTime<Utc>,
) -> storage::Result<Option<u64>> {
    if !storage::office::is_set_up_as(tx, office.id, office.revision).await? {
        return Ok(None);
    }
    let mut wanted = 0;
    for (id, destination) in belongs.iter().copied() {
        let Some(issue) = storage::issue::find(tx, office.id, id).await? else {
            continue;
        };
        let disclosures = storage::disclosure::of(tx, office.id, id).await?;
        let shown = disclosure::shown_at(&issue, &disclosures, destination, office);
        if !matches!(shown, Some(Shown::Shared(_))) {
            continue;
        }
        let (about, revision) = (subject(id), issue.revision);
        let back =
            storage::outbox::want_back(tx, office.id, about, destination, revision, now).await?;
        wanted += u64::from(back);
    }
    Ok(Some(wanted))
}

/// Whoever set the office up last moves what follows from it; the configuration file is nobody.
pub(crate) async fn mover(tx: &mut Transaction, office: OfficeId) -> storage::Result<UserId> {
    let last = storage::audit::set_up_by(tx, office).await?;
    Ok(last.unwrap_or(UserId(0)))
}

/// Lets one issue follow its route, with audit, history and wishes to the outbox.
async fn follow(
    tx: &mut Transaction,
    office: &Office,
    before: Issue,
    route: &routing::Route,
    who: UserId,
    now: DateTime<Utc>,
) -> storage::Result<()> {
    let mut after = before.clone();
    (after.destination, after.changed_at) = (route.destination, now);
    let stored = storage::issue::update(tx, office.id, &after).await?;
    let about = subject(stored.id);
    let details = [
        ("from", before.destination.code()),
        ("to", stored.destination.code()),
        ("why", route.why.code().to_owned()),
    ];
    audit::note(tx, office.id, Some(about), ACT, who, now, &details).await?;
    let (was, is) = (change::state(&before), change::state(&stored));
    storage::history::append(tx, office.id, about, now, who, ACT, Some(was), is).await?;
    // What was imported without a card gets one when somebody changes it, not when channels are bound.
    if !storage::outbox::is_known(tx, office.id, about).await? {
        return Ok(());
    }
    let disclosures = storage::disclosure::of(tx, office.id, stored.id).await?;
    let (was, is) = ((&before, &disclosures[..]), (&stored, &disclosures[..]));
    place::want(tx, office, was, is, now).await
}

/// The act in audit and history.
const ACT: &str = "issue.route";
