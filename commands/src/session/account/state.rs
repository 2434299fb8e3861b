//! The state of an account, as the history of its session keeps it and as an undo carries it.

use domain::{
    account::{Account, Attendance},
    survey::Survey,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What of an account a correction may change.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(in crate::session) struct State {
    minutes: Option<String>,
    attendance: Vec<Attendance>,
    survey: Survey,
    revision: i64,
}

impl State {
    /// The state of an account now.
    pub(in crate::session) fn of(account: &Account) -> Self {
        Self {
            minutes: account.minutes.clone(),
            attendance: account.attendance.clone(),
            survey: account.survey.clone(),
            revision: account.revision,
        }
    }

    /// The state as the history keeps it.
    pub(in crate::session) fn to_value(&self) -> Value {
        serde_json::to_value(self).expect("a state is words and figures")
    }

    /// An account as it stands, brought to this state; it keeps its revision.
    pub(in crate::session) fn brought_back(self, account: &Account) -> Account {
        Account {
            minutes: self.minutes,
            attendance: self.attendance,
            survey: self.survey,
            ..account.clone()
        }
    }
}
