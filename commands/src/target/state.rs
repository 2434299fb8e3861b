//! Targets and records as history and undo keep them: what can change, and nothing that cannot.

use crate::card;
use domain::{
    id::{RecordId, TargetId},
    setting::Language,
    target::{Count, Owner, Record, Target, number::ItemNumber},
    text::{escape_markdown, one_line},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What can change of a target.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct TargetState {
    area: String,
    number: String,
    item: String,
    position: i64,
    owner: Option<Owner>,
    counts: Option<String>,
    withdrawn: bool,
}

/// What can change of a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct RecordState {
    date: String,
    text: Option<String>,
    amount: Option<i64>,
    unit: Option<String>,
    mark: Option<char>,
    again: Option<RecordId>,
    targets: Vec<TargetId>,
    withdrawn: bool,
}

impl TargetState {
    pub(crate) fn of(target: &Target) -> Self {
        Self {
            area: target.area.clone(),
            number: target.number.to_string(),
            item: target.item.clone(),
            position: target.position,
            owner: target.owner.clone(),
            counts: target.counts.map(Count::code),
            withdrawn: target.withdrawn,
        }
    }

    /// The target as it was.
    pub(crate) fn brought_back(self, now: &Target) -> Target {
        Target {
            area: self.area,
            number: ItemNumber::read(&self.number).unwrap_or_else(|| now.number.clone()),
            item: self.item,
            position: self.position,
            owner: self.owner,
            counts: self.counts.as_deref().and_then(Count::from_code),
            withdrawn: self.withdrawn,
            ..now.clone()
        }
    }

    pub(crate) fn to_value(&self) -> storage::Result<Value> {
        Ok(serde_json::to_value(self)?)
    }
}

impl RecordState {
    pub(crate) fn of(record: &Record) -> Self {
        Self {
            date: record.date.to_string(),
            text: record.text.clone(),
            amount: record.amount,
            unit: record.unit.clone(),
            mark: record.mark,
            again: record.again,
            targets: record.targets.clone(),
            withdrawn: record.withdrawn,
        }
    }

    /// The record as it was.
    pub(crate) fn brought_back(self, now: &Record) -> Record {
        Record {
            date: self.date.parse().unwrap_or(now.date),
            text: self.text,
            amount: self.amount,
            unit: self.unit,
            mark: self.mark,
            again: self.again,
            targets: self.targets,
            withdrawn: self.withdrawn,
            ..now.clone()
        }
    }

    /// What it said, on one line.
    pub(crate) fn said(&self, language: Language, units_max: usize) -> String {
        let words = self.text.as_deref().unwrap_or_default();
        let words = escape_markdown(&one_line(words, units_max));
        let figure = self
            .amount
            .map(|amount| super::word::amount(amount, self.unit.as_deref()));
        let date = self
            .date
            .parse()
            .map(|day| card::date(day, language))
            .unwrap_or_default();
        let parts = [Some(date), self.mark.map(String::from), Some(words), figure];
        let parts: Vec<String> = parts
            .into_iter()
            .flatten()
            .filter(|part| !part.is_empty())
            .collect();
        parts.join(" ")
    }

    /// A state that history keeps; `None` for one a newer version has written.
    pub(crate) fn read(state: &Value) -> Option<Self> {
        serde_json::from_value(state.clone()).ok()
    }

    pub(crate) fn to_value(&self) -> storage::Result<Value> {
        Ok(serde_json::to_value(self)?)
    }
}
