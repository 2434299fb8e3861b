//! What was decided is carried out: offices whose time is over and that were to be deleted go, and so do
//! records the desk has let go of. Small steps, each a transaction of its own, so that others get in
//! between and a crash loses nothing.

use super::retention::today;
use crate::{App, audit::note};
use chrono::{DateTime, Utc};
use domain::{audience::Destination, id::OfficeId, office::Office, retention::Item};
use std::sync::Arc;
use storage::{
    Connection, Subject, Transaction,
    erasure::Why,
    retention::{RECORDS_AT_ONCE, Retention},
    subject::SubjectKind,
};

/// What was carried out in one look.
#[derive(Debug, Default)]
pub struct Carried {
    /// Offices whose time was over, and which are being deleted since.
    pub departed: Vec<OfficeId>,
    /// Offices of which nothing is left.
    pub erased: Vec<OfficeId>,
    /// Records that are gone, with their office.
    pub records: Vec<(OfficeId, usize)>,
    /// Offices of which something could not be carried out; it is tried again, and others do not wait.
    pub failed: Vec<(OfficeId, storage::Error)>,
}

/// Carries out what was decided, until nothing is left or the program stops.
///
/// # Errors
/// Storage failed; what is left is found again.
pub async fn carry_out(app: &App, now: DateTime<Utc>) -> storage::Result<Carried> {
    let mut carried = Carried::default();
    let overdue = read(app, move |c| Box::pin(storage::departure::overdue(c, now))).await?;
    for office in overdue {
        let who = storage::audit::CALENDAR;
        let began = app.store.write(move |tx| {
            Box::pin(storage::erasure::begin(
                tx,
                office,
                Why::Departure,
                (who, who),
                now,
            ))
        });
        if began.await? {
            carried.departed.push(office);
        }
    }
    for office in read(app, |c| Box::pin(storage::erasure::at_work(c))).await? {
        match erase(app, office, now).await {
            Ok(true) => carried.erased.push(office),
            Ok(false) => {}
            Err(error) => carried.failed.push((office, error)),
        }
    }
    for (office, year) in read(app, |c| Box::pin(storage::retention::at_work(c))).await? {
        match let_go(app, office, year, now).await {
            Ok(0) => {}
            Ok(gone) => carried.records.push((office, gone)),
            Err(error) => carried.failed.push((office, error)),
        }
    }
    for office in read(app, |c| Box::pin(storage::retention::marked(c))).await? {
        while !app.work.is_closing()
            && app
                .store
                .write(move |tx| Box::pin(storage::retention::sweep(tx, office)))
                .await?
                > 0
        {}
    }
    Ok(carried)
}

/// When there is something to carry out next that nobody will be told of: the time of an office is over.
///
/// # Errors
/// Storage failed.
pub async fn next_end(app: &App, now: DateTime<Utc>) -> storage::Result<Option<DateTime<Utc>>> {
    read(app, move |c| Box::pin(storage::departure::next_end(c, now))).await
}

async fn read<T, F>(app: &App, reading: F) -> storage::Result<T>
where
    F: for<'c> FnOnce(&'c mut Connection) -> futures::future::BoxFuture<'c, storage::Result<T>>
        + Send,
    T: Send,
{
    app.store.read(reading).await
}

/// Deletes an office; `true` when nothing is left of it.
async fn erase(app: &App, office: OfficeId, now: DateTime<Utc>) -> storage::Result<bool> {
    while !app.work.is_closing() {
        let step = app
            .store
            .write(move |tx| Box::pin(storage::erasure::go_on(tx, office, now)));
        if step.await? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Deletes the records of a year that the desk has let go of; says how many.
async fn let_go(
    app: &App,
    office: OfficeId,
    year: i32,
    now: DateTime<Utc>,
) -> storage::Result<usize> {
    let Some((set_up, decided, due)) = app
        .store
        .read(move |connection| Box::pin(due_of(connection, office, year)))
        .await?
    else {
        return Ok(0);
    };
    let (set_up, decided) = (Arc::new(set_up), Arc::new(decided));
    let mut gone = 0;
    for items in due.chunks(RECORDS_AT_ONCE) {
        if app.work.is_closing() {
            return Ok(gone);
        }
        let items: Arc<[Item]> = items.into();
        let (set_up, decided) = (Arc::clone(&set_up), Arc::clone(&decided));
        let step = app.store.write(move |tx| {
            let (items, set_up) = (Arc::clone(&items), Arc::clone(&set_up));
            let decided = Arc::clone(&decided);
            Box::pin(async move { some(tx, &set_up, &decided, &items, now).await })
        });
        gone += step.await?;
    }
    app.store
        .write(move |tx| {
            let decided = Arc::clone(&decided);
            Box::pin(async move { end(tx, office, &decided, now).await })
        })
        .await?;
    Ok(gone)
}

/// The office, the decision, and what it lets go: in an order in which whoever refers goes first.
async fn due_of(
    connection: &mut Connection,
    office: OfficeId,
    year: i32,
) -> storage::Result<Option<(Office, Retention, Vec<Item>)>> {
    let Some(set_up) = storage::office::load(connection, office).await? else {
        return Ok(None);
    };
    let Some(decided) = storage::retention::find(connection, office, year).await? else {
        return Ok(None);
    };
    let settings = &set_up.settings;
    let wall = (settings.time_zone, settings.fiscal_year_start);
    let stock = storage::retention::stock(connection, office, wall).await?;
    let rule = storage::retention::rule(connection, office, settings).await?;
    let mut due: Vec<Item> = stock.due(&rule, decided.through).into_iter().collect();
    storage::retention::in_order(&mut due);
    Ok(Some((set_up, decided, due)))
}

/// Deletes some records that are still due, with an entry of the audit for each.
async fn some(
    tx: &mut Transaction,
    office: &Office,
    decided: &Retention,
    items: &[Item],
    now: DateTime<Utc>,
) -> storage::Result<usize> {
    if !storage::retention::hold(tx, office.id, decided.year).await? {
        return Ok(0);
    }
    // Somebody may have touched one since it was read, or another process may have let it go.
    let (who, decided_at) = decided.decided.unwrap_or((storage::audit::CALENDAR, now));
    let untouched = storage::retention::untouched(tx, office.id, items, decided_at).await?;
    let gone = storage::retention::delete(tx, office.id, &untouched, now).await?;
    for item in &gone {
        let subject =
            SubjectKind::from_code(item.kind.code()).map(|kind| Subject { kind, id: item.id });
        note(tx, office.id, subject, "retention.delete", who, now, &[]).await?;
    }
    let count = i64::try_from(gone.len()).unwrap_or(i64::MAX);
    storage::retention::count_gone(tx, office.id, decided.year, count).await?;
    Ok(gone.len())
}

/// Notes that everything is gone, takes away what lay between steps of people before it went, and has the
/// desk's card say so.
async fn end(
    tx: &mut Transaction,
    office: OfficeId,
    decided: &Retention,
    now: DateTime<Utc>,
) -> storage::Result<()> {
    let Some(ended) = storage::retention::end(tx, office, decided.year, now).await? else {
        return Ok(());
    };
    storage::draft::purge_of(tx, office, now).await?;
    let subject = super::retention::subject(ended.year);
    storage::outbox::want(tx, office, subject, Destination::Desk, ended.revision, now).await
}

/// Settles the yearly proposal: the desk is told what was kept long enough, unless there is nothing.
pub(crate) async fn propose(
    tx: &mut Transaction,
    office: &Office,
    year: i32,
    now: DateTime<Utc>,
) -> storage::Result<()> {
    let settings = &office.settings;
    let wall = (settings.time_zone, settings.fiscal_year_start);
    let stock = storage::retention::stock(tx, office.id, wall).await?;
    let rule = storage::retention::rule(tx, office.id, settings).await?;
    let day = today(office, now);
    let due = stock.due(&rule, day).len();
    if due == 0 {
        return Ok(());
    }
    let due = i64::try_from(due).unwrap_or(i64::MAX);
    let told = storage::retention::propose(tx, office.id, year, (day, due), now).await?;
    let Some(told) = told else { return Ok(()) };
    let subject = super::retention::subject(year);
    storage::outbox::want(
        tx,
        office.id,
        subject,
        Destination::Desk,
        told.revision,
        now,
    )
    .await
}
