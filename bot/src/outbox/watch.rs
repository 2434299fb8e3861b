//! The eye on the server's own list of events: what people change there by hand is told to the desk.
//!
//! The list is read whole whenever an event says that something in it changed, after every reconnect,
//! and now and then; what an event says is not looked at, because events come late, twice or never. An
//! event is judged only while it stands as wanted and nothing is on its way to it, and that is asked
//! again in the transaction that tells the desk.

use crate::{
    discord::{Outcome, Port, event::RawEvent, event::Stage},
    snapshot::Shelf,
};
use commands::{
    App,
    card::event::{self, Event, Plan},
};
use domain::{
    event::{Hand, Part, Span},
    id::ServerId,
    office::Office,
};
use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use storage::event::{Noticed, Standing};
use tokio::sync::Notify;

/// Events come in groups: this long one waits for more.
const QUIET: Duration = Duration::from_millis(200);
/// How soon one looks again where something was on its way, or the list could not be read.
const AGAIN: Duration = Duration::from_secs(2);
/// Every list is read again after this long, even if nothing was heard.
const ANYWAY: Duration = Duration::from_secs(900);

/// The servers whose lists may have changed.
#[derive(Debug, Default)]
pub(crate) struct Touched {
    servers: Mutex<BTreeSet<ServerId>>,
    told: Notify,
}

impl Touched {
    /// The list of a server may have changed.
    pub(crate) fn touch(&self, server: ServerId) {
        self.servers().insert(server);
        self.told.notify_one();
    }

    fn take(&self) -> BTreeSet<ServerId> {
        std::mem::take(&mut *self.servers())
    }

    fn servers(&self) -> std::sync::MutexGuard<'_, BTreeSet<ServerId>> {
        self.servers.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Looks at lists of events.
pub(crate) struct Watch {
    pub(crate) app: App,
    pub(crate) port: Port,
    pub(crate) shelf: Arc<Shelf>,
    pub(crate) touched: Arc<Touched>,
}

/// What is seen of one event.
enum Seen {
    /// It stands as wanted, or is over as it should be.
    Right,
    /// Somebody did something to it.
    Otherwise(Hand, Vec<Part>, Option<Span>),
}

impl Watch {
    /// Looks for as long as the program runs.
    pub(crate) async fn look_after(self) {
        let mut again = BTreeSet::new();
        loop {
            let wait = if again.is_empty() { ANYWAY } else { AGAIN };
            tokio::select! {
                () = self.touched.told.notified() => tokio::time::sleep(QUIET).await,
                () = tokio::time::sleep(wait) => {}
            }
            let mut servers = self.touched.take();
            servers.append(&mut again);
            if servers.is_empty() {
                servers.extend(self.shelf.servers());
            }
            for server in servers {
                match self.look_at(server).await {
                    Ok(true) => {}
                    Ok(false) => drop(again.insert(server)),
                    // The program is stopping.
                    Err(storage::Error::Closed) => {}
                    Err(error) => {
                        tracing::error!(%error, "the events of a server could not be looked at");
                    }
                }
            }
        }
    }

    /// Looks at the list of a server; `false` when it is worth another look soon.
    async fn look_at(&self, server: ServerId) -> storage::Result<bool> {
        let Some(office) = self.app.store.office(server).await? else {
            return Ok(true);
        };
        // The bot is not there any more.
        if self.shelf.version(server).is_none() {
            return Ok(true);
        }
        let id = office.id;
        let list = self
            .app
            .store
            .read(move |connection| Box::pin(storage::event::standing(connection, id)))
            .await?;
        if list.settled.is_empty() {
            return Ok(!list.moving);
        }
        let Outcome::Done(listed) = self.port.events(server).await else {
            return Ok(false);
        };
        let mut complete = !list.moving;
        for standing in list.settled {
            match self.see(&office, &standing, &listed).await? {
                Some(seen) => self.note(&office, standing, seen).await?,
                None => complete = false,
            }
        }
        Ok(complete)
    }

    /// What is to be seen of an event; `None` when Discord did not say.
    async fn see(
        &self,
        office: &Office,
        standing: &Standing,
        listed: &[RawEvent],
    ) -> storage::Result<Option<Seen>> {
        let plan = event::plan(&self.app, office, standing.session, &standing.mark).await?;
        // What is about to be taken away is the worker's matter.
        let Plan::Stand(wanted) = plan else {
            return Ok(Some(Seen::Right));
        };
        if let Some(found) = listed.iter().find(|event| event.id == standing.event.0) {
            return Ok(Some(compare(&wanted, found)));
        }
        let has_begun = wanted.span.start <= self.app.clock.now();
        Ok(match self.port.event(office.server, standing.event).await {
            Outcome::Done(found) => match found.stage() {
                // Discord ends events by itself, and forgets them some time later.
                Stage::Completed if has_begun => Some(Seen::Right),
                Stage::Completed | Stage::Cancelled => Some(deleted()),
                Stage::Scheduled | Stage::Active | Stage::Other => Some(compare(&wanted, &found)),
            },
            Outcome::Gone => Some(deleted()),
            _ => None,
        })
    }

    async fn note(&self, office: &Office, standing: Standing, seen: Seen) -> storage::Result<()> {
        if matches!(seen, Seen::Right) && !standing.noticed {
            return Ok(());
        }
        let (id, now) = (office.id, self.app.clock.now());
        let session = standing.session;
        let (hand, noticed) = match seen {
            Seen::Right => (None, None),
            Seen::Otherwise(hand, parts, span) => {
                let noticed = Noticed {
                    hand,
                    parts,
                    span,
                    at: now,
                };
                (Some(hand), Some(noticed))
            }
        };
        let told = self
            .app
            .store
            .write(move |tx| {
                let (standing, noticed) = (standing.clone(), noticed.clone());
                Box::pin(async move {
                    match noticed {
                        Some(noticed) => storage::event::notice(tx, id, &standing, &noticed).await,
                        None => storage::event::notice_right(tx, id, &standing, now).await,
                    }
                })
            })
            .await?;
        if told {
            let hand = hand.map_or("right", Hand::code);
            tracing::info!(office.id = %id, session.id = %session, hand, "an event was changed by hand");
        }
        Ok(())
    }
}

fn deleted() -> Seen {
    Seen::Otherwise(Hand::Deleted, Vec::new(), None)
}

/// Compares an event with what it is to be. White space at the ends is Discord's.
fn compare(wanted: &Event, found: &RawEvent) -> Seen {
    let description = found.description.as_deref().unwrap_or_default();
    let differs = [
        (Part::Name, found.name.trim() != wanted.name.trim()),
        (
            Part::Time,
            (found.start, found.end) != (wanted.span.start, Some(wanted.span.end)),
        ),
        (Part::Place, found.place().trim() != wanted.place.trim()),
        (
            Part::Description,
            description.trim() != wanted.description.trim(),
        ),
    ];
    let parts: Vec<Part> = differs
        .into_iter()
        .filter_map(|(part, differs)| differs.then_some(part))
        .collect();
    if parts.is_empty() {
        return Seen::Right;
    }
    let span = parts.contains(&Part::Time).then(|| Span {
        start: found.start,
        end: found.end.unwrap_or(found.start),
    });
    Seen::Otherwise(Hand::Changed, parts, span)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{TimeDelta, TimeZone, Utc};
    use serde_json::{Value, json};

    fn wanted() -> Event {
        let start = Utc.with_ymd_and_hms(2026, 12, 1, 5, 0, 0).unwrap();
        Event {
            revision: 1,
            name: "第1回 推進協議会".to_owned(),
            description: "協議会\n管理番号 0123".to_owned(),
            place: "市民会館".to_owned(),
            span: Span {
                start,
                end: start + TimeDelta::minutes(90),
            },
        }
    }

    fn seen(other: Value) -> Vec<&'static str> {
        let mut event = json!({
            "id": "5", "name": "第1回 推進協議会", "description": "協議会\n管理番号 0123",
            "scheduled_start_time": "2026-12-01T14:00:00+09:00",
            "scheduled_end_time": "2026-12-01T06:30:00Z",
            "entity_metadata": {"location": "市民会館 "}, "status": 1,
        });
        for (name, value) in other.as_object().expect("an object") {
            event[name] = value.clone();
        }
        let found = serde_json::from_value(event).expect("an event");
        match compare(&wanted(), &found) {
            Seen::Right => Vec::new(),
            Seen::Otherwise(_, parts, _) => parts.iter().map(|part| part.code()).collect(),
        }
    }

    #[test]
    fn every_part_that_differs_is_named() {
        assert_eq!(seen(json!({})), [""; 0]);
        assert_eq!(seen(json!({"status": 2})), [""; 0]);
        assert_eq!(seen(json!({"name": "協議会"})), ["name"]);
        assert_eq!(seen(json!({"scheduled_end_time": null})), ["time"]);
        assert_eq!(
            seen(json!({"scheduled_start_time": "2026-12-02T05:00:00Z", "description": null})),
            ["time", "description"]
        );
        assert_eq!(
            seen(json!({"entity_metadata": {"location": "駅前"}})),
            ["place"]
        );
    }
}
