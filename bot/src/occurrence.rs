//! What has come due: the bot's eye on the calendar.
//!
//! It follows the office clock. Between two looks it waits until the next occurrence is due, and is
//! woken when this process has planned one; what other processes plan, and what could not be dealt
//! with, is found by a look now and then, for which [`crate::housekeeping`] wakes it. Any number of
//! processes may look: the database decides which of them deals with an occurrence.
//!
//! What is said, and whether there is a point in saying it, is decided by [`commands::occurrence`].

use chrono::{DateTime, Utc};
use commands::{
    App,
    clock::Clock,
    keeping::Carried,
    occurrence::{Reminded, Said},
};
use domain::{audience::Destination, id::OfficeId};
use futures::{StreamExt, stream};
use std::collections::{BTreeMap, HashMap};
use storage::occurrence::Counts;
use tokio_util::sync::CancellationToken;

/// Offices that are attended to at once; what they write shares commits, and what is sent meanwhile waits
/// for them.
const OFFICES_AT_ONCE: usize = 4;
/// Places of one office that are dealt with in one transaction. Transactions of offices share a commit, and
/// whoever uses a command meanwhile waits for all of it.
const PLACES_AT_ONCE: usize = 4;

/// Deals with what comes due until told to stop; what is in hand then is finished.
pub(crate) async fn attend(app: App, stop: CancellationToken) {
    let planned = app.store.occurrence_changed();
    match commands::occurrence::plan_returns(&app).await {
        Ok(0) => {}
        Ok(count) => tracing::info!(count, "issues put off by an older program will come back"),
        Err(error) => tracing::error!(%error, "the return of issues could not be planned"),
    }
    while !stop.is_cancelled() {
        let told = planned.notified();
        tokio::pin!(told);
        // From here on nothing that is planned goes unnoticed.
        told.as_mut().enable();
        let next = look(&app, &stop).await.unwrap_or_else(|error| {
            tracing::error!(%error, "the calendar could not be read");
            None
        });
        let next = carry_out(&app, next).await;
        measure(&app).await;
        tokio::select! {
            () = stop.cancelled() => break,
            () = told => {}
            () = until(&*app.clock, next) => {}
        }
    }
}

/// Carries out what was decided about keeping and deleting; says when the calendar is looked at next: at the
/// next occurrence, or when the time of an office is over that the bot was removed from.
async fn carry_out(app: &App, next: Option<DateTime<Utc>>) -> Option<DateTime<Utc>> {
    let now = app.clock.now();
    match commands::keeping::carry_out(app, now).await {
        Ok(carried) => tell_carried(&carried),
        Err(error) => tracing::error!(%error, "what was decided could not be carried out"),
    }
    let end = commands::keeping::next_end(app, now).await;
    let end = end.unwrap_or_else(|error| {
        tracing::error!(%error, "offices that were left could not be looked at");
        None
    });
    [next, end].into_iter().flatten().min()
}

fn tell_carried(carried: &Carried) {
    for office in &carried.departed {
        tracing::warn!(
            office.id = %office,
            "the bot was away from a server for 30 days, and the data of its office is deleted"
        );
    }
    for office in &carried.erased {
        metrics::counter!("renkei_offices_erased_total").increment(1);
        tracing::warn!(office.id = %office, "an office was deleted; nothing is left of it");
    }
    for (office, count) in &carried.records {
        let gone = u64::try_from(*count).unwrap_or(u64::MAX);
        metrics::counter!("renkei_records_let_go_total").increment(gone);
        tracing::info!(office.id = %office, count, "records that were kept long enough were deleted");
    }
    for (office, error) in &carried.failed {
        tracing::error!(
            office.id = %office, %error,
            "something of an office could not be deleted; it is tried again"
        );
    }
}

/// Waits until the office clock shows the time; for ever where there is none.
async fn until(clock: &dyn Clock, at: Option<DateTime<Utc>>) {
    match at {
        Some(at) => clock.sleep_until(at).await,
        None => std::future::pending().await,
    }
}

/// Deals with everything that is due; says when the next will be. What fails is logged and left to the
/// next look.
async fn look(app: &App, stop: &CancellationToken) -> storage::Result<Option<DateTime<Utc>>> {
    // What is dealt with in one look is said in one message for each place.
    let mut said: HashMap<OfficeId, Said> = HashMap::new();
    match commands::occurrence::plan_rounds(app, app.clock.now()).await {
        Ok(0) => {}
        Ok(count) => tracing::info!(count, "what comes by itself was planned"),
        Err(error) => tracing::error!(%error, "what comes by itself could not be planned"),
    }
    loop {
        let now = app.clock.now();
        let due = app
            .store
            .read(move |connection| Box::pin(storage::occurrence::due(connection, now)))
            .await?;
        let mut places: BTreeMap<OfficeId, Vec<Destination>> = BTreeMap::new();
        for (office, destination) in due {
            places.entry(office).or_default().push(destination);
        }
        let offices = places.into_iter().map(|(office, places)| {
            let before = said.remove(&office).unwrap_or_default();
            attend_office(app, stop, (office, places), before, now)
        });
        let offices: Vec<_> = offices.collect();
        let attended: Vec<_> = stream::iter(offices)
            .buffer_unordered(OFFICES_AT_ONCE)
            .collect()
            .await;
        if stop.is_cancelled() {
            return Ok(None);
        }
        let mut settled = 0;
        for (office, count, after) in attended {
            settled += count;
            said.insert(office, after);
        }
        // Nothing is due, or nothing of it could be dealt with.
        if settled == 0 {
            return app
                .store
                .read(move |connection| Box::pin(storage::occurrence::next_due(connection, now)))
                .await;
        }
    }
}

/// Deals with what is due at the places of one office, some together; says how much was settled, and
/// which reminders speak of it.
async fn attend_office(
    app: &App,
    stop: &CancellationToken,
    (office, places): (OfficeId, Vec<Destination>),
    mut said: Said,
    now: DateTime<Utc>,
) -> (OfficeId, usize, Said) {
    let mut settled = 0;
    for together in places.chunks(PLACES_AT_ONCE) {
        if stop.is_cancelled() {
            break;
        }
        match remind(app, office, together, &mut said, now).await {
            Ok(count) => settled += count,
            // What hinders one place does not hinder the others.
            Err(_) if together.len() > 1 => {
                for place in together {
                    let alone = remind(app, office, &[*place], &mut said, now).await;
                    settled += alone.unwrap_or_default();
                }
            }
            Err(_) => {}
        }
    }
    (office, settled, said)
}

/// Deals with what is due at some places of one office; says how much was settled.
async fn remind(
    app: &App,
    office: OfficeId,
    places: &[Destination],
    said: &mut Said,
    now: DateTime<Utc>,
) -> storage::Result<usize> {
    let reminded = commands::occurrence::remind(app, office, places, said.clone(), now).await;
    match reminded {
        Ok(reminded) => {
            tell(office, &reminded);
            *said = reminded.said;
            Ok(reminded.settled)
        }
        Err(error) => {
            let first = places.first().map(|place| place.code()).unwrap_or_default();
            tracing::error!(
                office.id = %office, destination = %first, places = places.len(), %error,
                "what is due could not be dealt with"
            );
            Err(error)
        }
    }
}

/// What is planned and what has come due, as figures; where the database does not answer they stay.
async fn measure(app: &App) {
    let now = app.clock.now();
    let counted = app
        .store
        .read(move |connection| Box::pin(storage::occurrence::counts(connection, now)))
        .await;
    if let Ok(Counts { waiting, due }) = counted {
        let figure = |count: i64| f64::from(u32::try_from(count.max(0)).unwrap_or(u32::MAX));
        metrics::gauge!("renkei_occurrences_waiting").set(figure(waiting));
        metrics::gauge!("renkei_occurrences_due").set(figure(due));
    }
    let away = app
        .store
        .read(|connection| Box::pin(storage::departure::away(connection)))
        .await;
    if let Ok(away) = away {
        let away = u32::try_from(away.len()).unwrap_or(u32::MAX);
        metrics::gauge!("renkei_offices_left").set(f64::from(away));
    }
}

fn tell(office: OfficeId, reminded: &Reminded) {
    let Reminded {
        settled,
        late,
        pointless,
        said: _,
    } = reminded;
    if *settled == 0 {
        return;
    }
    let count = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
    let said = settled.saturating_sub(pointless.len());
    metrics::counter!("renkei_occurrences_total", "result" => "said").increment(count(said));
    metrics::counter!("renkei_occurrences_total", "result" => "pointless")
        .increment(count(pointless.len()));
    metrics::counter!("renkei_occurrences_late_total").increment(count(*late));
    for key in pointless {
        tracing::info!(
            office.id = %office, occurrence.key = %key,
            "what was due has lost its point and is not said"
        );
    }
    tracing::info!(office.id = %office, said, late, "what was due was dealt with");
}
