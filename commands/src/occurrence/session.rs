//! What is due of sessions: people are reminded of those to come, and the desk is asked what became of
//! those whose day has passed.

use super::{Due, Press, elsewhere};
use crate::{
    custom_id::{Action, Session as Button},
    option::joined,
    session::{told::today, word},
    text,
};
use chrono::{DateTime, Days, Utc};
use domain::{
    audience::Destination,
    disclosure::{Shown, shown_at},
    id::{IssueId, SessionId},
    occurrence::{Lead, Matter, Series},
    office::Office,
    session::{Session, State, remembered},
    setting::Language,
    text::escape_markdown,
};
use serenity::all::ButtonStyle;
use storage::{Connection, Transaction, occurrence::Occurrence};

/// UTF-16 units of the numbers of what is to be talked about, in one line.
const AGENDA_UNITS_MAX: usize = 200;
/// Sessions of so many days back are planned anew as well: the desk may still be to be asked about them.
const BACK_DAYS: u64 = 30;

/// Why there is still a point in speaking of a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Point {
    /// It is to come.
    Before {
        /// The session.
        session: Box<Session>,
        /// What is to be talked about, as far as it is read there.
        agenda: Vec<IssueId>,
    },
    /// Its day has passed, and nothing was written down.
    Account {
        /// The session.
        session: Box<Session>,
    },
}

impl Point {
    /// The session.
    pub(crate) fn session(&self) -> &Session {
        let (Self::Before { session, .. } | Self::Account { session }) = self;
        session
    }

    pub(super) fn is_same(&self, other: &Self) -> bool {
        let alike = matches!(
            (self, other),
            (Self::Before { .. }, Self::Before { .. })
                | (Self::Account { .. }, Self::Account { .. })
        );
        alike && self.session().id == other.session().id
    }

    pub(super) fn line(&self, language: Language) -> String {
        let session = self.session();
        let heading = word::heading(session, language);
        let when = word::when(session, language);
        let number = session.id.0;
        match self {
            Self::Account { .. } => text!(
                "reminder-session-account",
                number = number,
                name = heading,
                when = when,
            )
            .say(language),
            Self::Before { agenda, .. } => {
                let mut line = text!(
                    "reminder-session",
                    number = number,
                    name = heading,
                    when = when,
                )
                .say(language);
                if let Some(place) = &session.place {
                    let place = escape_markdown(place);
                    line.push_str(&text!("reminder-session-place", place = place).say(language));
                }
                if !agenda.is_empty() {
                    let numbers = agenda.iter().map(|issue| format!("#{issue}"));
                    let numbers = joined(numbers, language, AGENDA_UNITS_MAX);
                    line.push_str(
                        &text!("reminder-session-agenda", numbers = numbers).say(language),
                    );
                }
                line
            }
        }
    }

    /// What can be done about it, where there is room for it.
    pub(super) fn presses(&self, roomy: bool) -> Vec<Press> {
        let id = self.session().id;
        if !roomy || matches!(self, Self::Before { .. }) {
            return vec![press(id)];
        }
        [
            (Button::AccountAsk(id), "reminder-button-session-account"),
            (Button::MoveAsk(id), "reminder-button-session-move"),
            (Button::CancelAsk(id), "reminder-button-session-cancel"),
        ]
        .map(|(button, key)| Press {
            action: Action::Session(button),
            label: text!(key, number = id.0),
            style: ButtonStyle::Secondary,
        })
        .to_vec()
    }
}

/// The button that shows a session.
pub(super) fn press(session: SessionId) -> Press {
    Press {
        action: Action::Session(Button::Show(session)),
        label: text!("reminder-button-session", number = session.0),
        style: ButtonStyle::Secondary,
    }
}

/// What is due of a session.
const MATTERS: [Matter; 2] = [Matter::SessionBefore, Matter::SessionAccount];

/// Plans everything that is due of a session as it is now, in the transaction of its change. What was
/// planned before and is not due any more is taken back.
///
/// # Errors
/// Storage failed.
pub async fn plan(
    tx: &mut Transaction,
    office: &Office,
    session: &Session,
    now: DateTime<Utc>,
) -> storage::Result<()> {
    for matter in MATTERS {
        storage::occurrence::cancel_all(tx, office.id, matter, session.id.0).await?;
    }
    put(tx, office, session, now).await
}

/// Plans what is due of a session from now on.
async fn put(
    tx: &mut Transaction,
    office: &Office,
    session: &Session,
    now: DateTime<Utc>,
) -> storage::Result<()> {
    let Some(date) = session.date else {
        return Ok(());
    };
    if session.state != State::Planned || session.retracted {
        return Ok(());
    }
    let (zone, calendar) = (office.settings.time_zone, office.calendar());
    let series = |matter| Series {
        matter,
        id: session.id.0,
        revision: session.date_revision,
    };
    let leads = office.settings.session_leads();
    let places = session.destinations(office);
    for (lead, moment) in session.reminders(&leads, calendar, zone, now) {
        let key = series(Matter::SessionBefore).at(lead);
        for place in &places {
            storage::occurrence::put(tx, office.id, key, moment, zone, *place).await?;
        }
    }
    if let (Some(moment), Some(lead)) = (
        remembered(date, office.settings.reminded_at, calendar),
        Lead::days(1),
    ) {
        let key = series(Matter::SessionAccount).at(lead);
        storage::occurrence::put(tx, office.id, key, moment, zone, Destination::Desk).await?;
    }
    Ok(())
}

/// Settles what has come due of a session: nothing follows it by itself. Where its people read elsewhere
/// by now, they are told there.
pub(super) async fn settle(
    tx: &mut Transaction,
    office: &Office,
    item: &Occurrence,
    now: DateTime<Utc>,
) -> storage::Result<Due> {
    let (series, place) = (item.key.series, item.destination);
    if let Some(point) = point(tx, office, (series, place), now).await? {
        return Ok(Due::of(Some(&point)));
    }
    let moved = match pointed(tx, office, series, now).await? {
        Some(point) => {
            let places = point.session().destinations(office);
            elsewhere(tx, office, item, &places).await?;
            !places.is_empty()
        }
        None => false,
    };
    Ok(if moved { Due::Done } else { Due::Pointless })
}

/// Where a session is told at other places now, plans for these what a reminder was to say at a place where
/// it is told no more and could not be sent there yet: it is not said there, and would be lost.
///
/// # Errors
/// Storage failed.
pub(crate) async fn follow(
    tx: &mut Transaction,
    office: &Office,
    session: &Session,
) -> storage::Result<()> {
    let told = session.destinations(office);
    for (item, place) in storage::reminder::unsaid(tx, office.id, session.id.into()).await? {
        let is_said = place == Destination::Desk || told.contains(&place);
        if item.key.series.matter == Matter::SessionBefore && !is_said {
            elsewhere(tx, office, &item, &told).await?;
        }
    }
    Ok(())
}

/// What waits follows the calendar, the leads and the time of day of the office; what is due already is
/// said all the same.
pub(super) async fn plan_anew(
    tx: &mut Transaction,
    office: &Office,
    now: DateTime<Utc>,
) -> storage::Result<()> {
    let today = today(office, now);
    let since = today
        .checked_sub_days(Days::new(BACK_DAYS))
        .unwrap_or(today);
    let mut last = SessionId(0);
    loop {
        let some = storage::session::ahead(tx, office.id, since, last).await?;
        let Some(newest) = some.last() else {
            return Ok(());
        };
        last = newest.id;
        for session in &some {
            for matter in MATTERS {
                storage::occurrence::cancel_ahead(tx, office.id, matter, session.id.0, now).await?;
            }
            put(tx, office, session, now).await?;
        }
    }
}

/// Asks a session whether what is due by it still has a point at a destination: people are told of it
/// there. Nobody else may know of it, whoever has the channel by now.
pub(super) async fn point(
    connection: &mut Connection,
    office: &Office,
    (series, destination): (Series, Destination),
    now: DateTime<Utc>,
) -> storage::Result<Option<Point>> {
    let Some(found) = pointed(connection, office, series, now).await? else {
        return Ok(None);
    };
    let Point::Before { session, .. } = found else {
        return Ok(Some(found));
    };
    let is_told =
        destination == Destination::Desk || session.destinations(office).contains(&destination);
    if !is_told {
        return Ok(None);
    }
    let agenda = readable(connection, office, &session, destination).await?;
    Ok(Some(Point::Before { session, agenda }))
}

/// What there is to say of a session by a series, wherever that is said, without its agenda.
async fn pointed(
    connection: &mut Connection,
    office: &Office,
    series: Series,
    now: DateTime<Utc>,
) -> storage::Result<Option<Point>> {
    let id = SessionId(series.id);
    let Some(session) = storage::session::find(connection, office.id, id).await? else {
        return Ok(None);
    };
    // Another date has reminders of its own.
    if session.date_revision != series.revision {
        return Ok(None);
    }
    if series.matter == Matter::SessionAccount {
        let waits = session.state == State::Planned && !session.retracted;
        let session = Box::new(session);
        return Ok(waits.then_some(Point::Account { session }));
    }
    let to_come = is_to_come(&session, office, now);
    Ok(to_come.then(|| Point::Before {
        session: Box::new(session),
        agenda: Vec::new(),
    }))
}

/// Whether it has not begun.
fn is_to_come(session: &Session, office: &Office, now: DateTime<Utc>) -> bool {
    let local = now.with_timezone(&office.settings.time_zone);
    let has_begun = session.date == Some(local.date_naive())
        && session.start.is_some_and(|start| start <= local.time());
    session.is_ahead(local.date_naive()) && !has_begun
}

/// What is to be talked about, as far as the readers of a destination read it.
///
/// # Errors
/// Storage failed.
pub(crate) async fn readable(
    connection: &mut Connection,
    office: &Office,
    session: &Session,
    destination: Destination,
) -> storage::Result<Vec<IssueId>> {
    let mut readable = Vec::new();
    for id in &session.agenda {
        let Some(issue) = storage::issue::find(connection, office.id, *id).await? else {
            continue;
        };
        let disclosures = storage::disclosure::of(connection, office.id, *id).await?;
        let shown = shown_at(&issue, &disclosures, destination, office);
        if matches!(shown, Some(Shown::Whole | Shown::Shared(_))) {
            readable.push(*id);
        }
    }
    Ok(readable)
}
