//! The state of a session, as its history keeps it and as a draft carries it from one step to the next.

use chrono::{NaiveDate, NaiveTime, Timelike};
use domain::{
    era::FiscalYear,
    id::{AssociationId, IssueId},
    session::{Kind, Purpose, Role, Session, State as Stage},
    tier::Tier,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What of a session a change may change.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct State {
    tier: Tier,
    kind: Kind,
    state: Stage,
    title: String,
    number: Option<i64>,
    fiscal_year: Option<FiscalYear>,
    date: Option<String>,
    /// Minutes of the day.
    start: Option<u32>,
    end: Option<u32>,
    purpose: Option<Purpose>,
    method: Option<String>,
    role: Role,
    place: Option<String>,
    associations: Vec<AssociationId>,
    agenda: Vec<IssueId>,
    retracted: bool,
    revision: i64,
}

impl State {
    /// The state of a session now.
    pub(crate) fn of(session: &Session) -> Self {
        Self {
            tier: session.tier,
            kind: session.kind,
            state: session.state,
            title: session.title.clone(),
            number: session.number,
            fiscal_year: session.fiscal_year,
            date: session.date.map(|date| date.to_string()),
            start: session.start.map(minute),
            end: session.end.map(minute),
            purpose: session.purpose,
            method: session.method.clone(),
            role: session.role,
            place: session.place.clone(),
            associations: session.associations.clone(),
            agenda: session.agenda.clone(),
            retracted: session.retracted,
            revision: session.revision,
        }
    }

    /// The state as the history keeps it.
    pub(crate) fn to_value(&self) -> Value {
        serde_json::to_value(self).expect("a state is codes, numbers and texts")
    }

    /// A session as it stands, brought to this state. It keeps its revision, for the change that is
    /// about to be stored.
    pub(crate) fn brought_back(self, session: &Session) -> Session {
        Session {
            tier: self.tier,
            kind: self.kind,
            state: self.state,
            title: self.title,
            number: self.number,
            fiscal_year: self.fiscal_year,
            date: self.date.and_then(|day| day.parse::<NaiveDate>().ok()),
            start: self.start.and_then(time),
            end: self.end.and_then(time),
            purpose: self.purpose,
            method: self.method,
            role: self.role,
            place: self.place,
            associations: self.associations,
            agenda: self.agenda,
            retracted: self.retracted,
            ..session.clone()
        }
    }
}

fn minute(time: NaiveTime) -> u32 {
    time.num_seconds_from_midnight() / 60
}

fn time(minute: u32) -> Option<NaiveTime> {
    NaiveTime::from_hms_opt(minute / 60, minute % 60, 0)
}
