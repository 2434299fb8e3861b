//! Who is told of a session: its card stands where its people read
//! ([`domain::session::Session::destinations`]) from its planning on.
//!
//! What has passed when it is written down, and what is only proposed, is told to nobody. What was told
//! once is put right whatever becomes of it.

use super::change::{self, Act};
use crate::{App, card, occurrence, relocation, request::Request, text, text::Text};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{audience::Destination, id::SessionId, office::Office, session::Session};
use std::{collections::BTreeSet, sync::Arc};
use storage::{Subject, Transaction};

/// Sessions told anew in one transaction.
const FOLLOWED_AT_ONCE: usize = 16;

/// Today, on the wall of an office.
pub(crate) fn today(office: &Office, now: DateTime<Utc>) -> NaiveDate {
    now.with_timezone(&office.settings.time_zone).date_naive()
}

/// Wants the card of a session wherever it is to stand, and put right wherever it was ever wanted: first
/// where it is told no more (rows of one subject are sent in order), so that others do not go on reading it
/// while its own place takes nothing.
///
/// # Errors
/// Storage failed.
pub(super) async fn announce(
    tx: &mut Transaction,
    office: &Office,
    session: &Session,
    now: DateTime<Utc>,
) -> storage::Result<()> {
    let about = Subject::from(session.id);
    let known = storage::outbox::wanted_at(tx, office.id, about).await?;
    let told: BTreeSet<Destination> = session.destinations(office).into_iter().collect();
    let mut places: BTreeSet<Destination> = known.into_iter().collect();
    if session.is_ahead(today(office, now)) {
        places.extend(&told);
    }
    let mut places: Vec<Destination> = places.into_iter().collect();
    places.sort_by_key(|place| (told.contains(place), *place));
    for place in places {
        storage::outbox::want(tx, office.id, about, place, session.revision, now).await?;
    }
    Ok(())
}

/// The line that says who reads of it; none for what nobody is told of.
pub(super) fn words(request: &Request, session: &Session) -> Option<String> {
    session
        .is_ahead(request.today())
        .then(|| request.say(&text!("session-told-at", places = places(request, session))))
}

/// The places where people read of it.
pub(super) fn places(request: &Request, session: &Session) -> String {
    let language = request.language;
    let places: Vec<String> = session
        .destinations(&request.office)
        .into_iter()
        .map(|place| card::place_word(&request.office, place).say(language))
        .collect();
    places.join(&Text::new("list-separator").say(language))
}

/// Lets the cards of what is ahead follow the office's set-up; says how many were put on their way.
/// `None` when the set-up has changed again.
///
/// # Errors
/// Storage failed; what is left is found again.
pub(crate) async fn follow(app: &App, office: &Arc<Office>) -> storage::Result<Option<u64>> {
    let (id, now) = (office.id, app.clock.now());
    let (mut last, mut followed) = (SessionId(0), 0);
    loop {
        let (day, after) = (today(office, now), last);
        let some = app
            .store
            .read(move |connection| Box::pin(storage::session::ahead(connection, id, day, after)))
            .await?;
        let Some(newest) = some.last() else {
            return Ok(Some(followed));
        };
        last = newest.id;
        for sessions in some.chunks(FOLLOWED_AT_ONCE) {
            let ids: Vec<SessionId> = sessions.iter().map(|session| session.id).collect();
            match follow_some(app, office, ids, now).await? {
                Some(count) => followed += count,
                None => return Ok(None),
            }
        }
    }
}

async fn follow_some(
    app: &App,
    office: &Arc<Office>,
    sessions: Vec<SessionId>,
    now: DateTime<Utc>,
) -> storage::Result<Option<u64>> {
    let office = Arc::clone(office);
    app.store
        .write(move |tx| {
            let (office, sessions) = (Arc::clone(&office), sessions.clone());
            Box::pin(async move {
                if !storage::office::is_set_up_as(tx, office.id, office.revision).await? {
                    return Ok(None);
                }
                let who = relocation::mover(tx, office.id).await?;
                let mut followed = 0;
                for id in sessions {
                    let found = storage::session::find(tx, office.id, id).await?;
                    let Some(before) = found.filter(|it| it.is_ahead(today(&office, now))) else {
                        continue;
                    };
                    if stands_right(tx, &office, &before).await? {
                        continue;
                    }
                    // A new revision: what stands where it should not has to go.
                    let after = Session {
                        changed_at: now,
                        ..before.clone()
                    };
                    let after = storage::session::update(tx, office.id, &after).await?;
                    let act = Act {
                        code: "session.route",
                        details: Vec::new(),
                    };
                    let states = (Some(&before), &after);
                    change::told(tx, &office, (who, now), states, &act).await?;
                    occurrence::session::follow(tx, &office, &after).await?;
                    followed += 1;
                }
                Ok(Some(followed))
            })
        })
        .await
}

/// Whether its card stands where it should, and nowhere else.
async fn stands_right(
    tx: &mut Transaction,
    office: &Office,
    session: &Session,
) -> storage::Result<bool> {
    let about = Subject::from(session.id);
    let standing = storage::outbox::standing(tx, office.id, about).await?;
    let standing: BTreeSet<Destination> = standing.into_iter().map(|(place, ..)| place).collect();
    Ok(standing == session.destinations(office).into_iter().collect())
}
