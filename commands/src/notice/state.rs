//! A notice as history and undo keep it: what can change of it, and nothing that cannot.

use chrono::NaiveDate;
use domain::{
    id::{NoticeId, TopicId},
    notice::{Change, Notice, What},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What can change of a notice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct NoticeState {
    title: String,
    number: Option<String>,
    issuer: Option<String>,
    date: Option<NaiveDate>,
    topic: Option<TopicId>,
    link: Option<String>,
    scopes: Vec<String>,
    changes: Vec<Kept>,
    draft: bool,
    retracted: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Kept {
    what: What,
    from: Option<NaiveDate>,
    by: Option<NoticeId>,
    part: Option<String>,
}

impl NoticeState {
    pub(crate) fn of(notice: &Notice) -> Self {
        let kept = |change: &Change| Kept {
            what: change.what,
            from: change.from,
            by: change.by,
            part: change.part.clone(),
        };
        Self {
            title: notice.title.clone(),
            number: notice.number.clone(),
            issuer: notice.issuer.clone(),
            date: notice.date,
            topic: notice.topic,
            link: notice.link.clone(),
            scopes: notice.scopes.clone(),
            changes: notice.changes.iter().map(kept).collect(),
            draft: notice.draft,
            retracted: notice.retracted,
        }
    }

    /// The notice as it was.
    pub(crate) fn brought_back(self, now: &Notice) -> Notice {
        let change = |kept: Kept| Change {
            what: kept.what,
            from: kept.from,
            by: kept.by,
            part: kept.part,
        };
        Notice {
            title: self.title,
            number: self.number,
            issuer: self.issuer,
            date: self.date,
            topic: self.topic,
            link: self.link,
            scopes: self.scopes,
            changes: self.changes.into_iter().map(change).collect(),
            draft: self.draft,
            retracted: self.retracted,
            ..now.clone()
        }
    }

    pub(crate) fn to_value(&self) -> storage::Result<Value> {
        Ok(serde_json::to_value(self)?)
    }
}
