//! The state of a session, as its history keeps it and as a draft carries it from one step to the next.

use chrono::{NaiveDate, NaiveTime, Timelike};
use domain::{
    era::FiscalYear,
    id::{AssociationId, IssueId},
    session::{Former, Kind, Purpose, Role, Session, State as Stage},
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
    // Absent in what an older program wrote.
    #[serde(default)]
    people: Option<i64>,
    #[serde(default)]
    moved_from: Option<(String, Option<u32>)>,
    #[serde(default)]
    reason: Option<String>,
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
            people: session.people,
            moved_from: session
                .moved_from
                .map(|former| (former.date.to_string(), former.start.map(minute))),
            reason: session.reason.clone(),
        }
    }

    /// The state as the history keeps it.
    pub(crate) fn to_value(&self) -> Value {
        serde_json::to_value(self).expect("a state is codes, numbers and texts")
    }

    /// Its day.
    pub(crate) fn date(&self) -> Option<NaiveDate> {
        day(self.date.as_deref())
    }

    /// A session as it stands, brought to this state. It keeps its revision, for the change that is
    /// about to be stored; dates are counted on, so that what was due by the one taken back is not
    /// taken for the other's.
    pub(crate) fn brought_back(self, session: &Session) -> Session {
        let date = day(self.date.as_deref());
        let start = self.start.and_then(time);
        let same = (date, start) == (session.date, session.start);
        Session {
            tier: self.tier,
            kind: self.kind,
            state: self.state,
            title: self.title,
            number: self.number,
            fiscal_year: self.fiscal_year,
            date,
            start,
            date_revision: session.date_revision + i64::from(!same),
            people: self.people,
            moved_from: self.moved_from.and_then(|(date, start)| {
                Some(Former {
                    date: day(Some(&date))?,
                    start: start.and_then(time),
                })
            }),
            reason: self.reason,
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

fn day(written: Option<&str>) -> Option<NaiveDate> {
    written?.parse().ok()
}

pub(super) fn minute(time: NaiveTime) -> u32 {
    time.num_seconds_from_midnight() / 60
}

pub(super) fn time(minute: u32) -> Option<NaiveTime> {
    NaiveTime::from_hms_opt(minute / 60, minute % 60, 0)
}
