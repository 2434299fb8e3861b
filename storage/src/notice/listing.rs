//! Lists of notices: those that match, the newest first.

use super::row::{self, Row};
use crate::{
    error::Result,
    link::{Connection, all, one},
};
use chrono::NaiveDate;
use domain::{
    id::{OfficeId, TopicId},
    notice::{Notice, State},
};
use std::collections::{BTreeMap, BTreeSet};

/// Most notices of one page; a higher limit counts as this one.
pub const PAGE_MAX: i64 = 100;
/// Most notices of one topic that are handed out.
pub const TOPIC_NOTICES_MAX: i64 = 300;

/// Which notices are wanted; what is `None` does not narrow. Those that were taken back never match.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    /// Standing so on `today`.
    pub state: Option<State>,
    /// With one of these tags.
    pub tags: Option<BTreeSet<String>>,
    /// Without any tag: those nobody gets yet.
    pub untagged: bool,
    /// Of this topic.
    pub topic: Option<TopicId>,
    /// Whether drafts are among them: they are for the desk.
    pub drafts: bool,
    /// The day it is.
    pub today: NaiveDate,
}

impl Filter {
    /// Everything but drafts.
    #[must_use]
    pub fn on(today: NaiveDate) -> Self {
        Self {
            state: None,
            tags: None,
            untagged: false,
            topic: None,
            drafts: false,
            today,
        }
    }
}

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The notices of this page: the newest day first, those without a day before them.
    pub items: Vec<Notice>,
    /// How many match in all.
    pub total: i64,
}

/// What matches. The tags are a text such as `,訪問系,通所系,`, so that one SQL text serves both databases;
/// they are no pattern, because people write tags.
macro_rules! matching {
    () => {
        concat!(
            " from notice where office_id = $1 and not retracted and ($2 or not draft) \
             and ($3 is null or ",
            state_on!("$4"),
            " = $3) and ($5 is null or exists (select 1 from notice_scope \
             where notice_scope.office_id = $1 and notice_scope.notice_id = notice.id \
             and replace($5, ',' || scope || ',', '') <> $5)) and ($6 is null or topic_id = $6) \
             and (not $7 or not exists (select 1 from notice_scope \
             where notice_scope.office_id = $1 and notice_scope.notice_id = notice.id))"
        )
    };
}

const COUNT: &str = concat!("select count(*)", matching!());
const LISTED: &str = concat!(
    "select ",
    columns!(),
    matching!(),
    " order by coalesce(issued_on, '9999-12-31') desc, id desc limit $8 offset $9"
);

/// A page of the office's notices, beginning after `offset` of them. Three statements, however many there
/// are.
///
/// # Errors
/// [`crate::Error::Unreadable`] when a newer version has written a code this one does not know.
pub async fn list(
    connection: &mut Connection,
    office: OfficeId,
    filter: &Filter,
    offset: i64,
    limit: i64,
) -> Result<Page> {
    let state = filter.state.map(State::code);
    let today = filter.today.to_string();
    let tags = filter.tags.as_ref().map(|tags| {
        let mut list = ",".to_owned();
        for tag in tags {
            // Twice, so that two neighbours do not share a comma.
            list = list + "," + tag + ",";
        }
        list
    });
    let topic = filter.topic.map(|topic| topic.0);
    let (total,) = one!(
        connection,
        (i64,),
        COUNT,
        office.0,
        filter.drafts,
        state,
        &today,
        &tags,
        topic,
        filter.untagged,
    )?;
    let rows = all!(
        connection,
        Row,
        LISTED,
        office.0,
        filter.drafts,
        state,
        &today,
        &tags,
        topic,
        filter.untagged,
        limit.clamp(0, PAGE_MAX),
        offset.max(0),
    )?;
    let items = whole(connection, office, rows).await?;
    Ok(Page { items, total })
}

/// The notices of a topic, the earliest day first: its history. Drafts are not among them.
///
/// # Errors
/// As [`list`].
pub async fn of_topic(
    connection: &mut Connection,
    office: OfficeId,
    topic: TopicId,
) -> Result<Vec<Notice>> {
    let rows = all!(
        connection,
        Row,
        concat!(
            "select ",
            columns!(),
            " from notice where office_id = $1 and topic_id = $2 and not retracted and not draft \
             order by coalesce(issued_on, ''), id limit $3"
        ),
        office.0,
        topic.0,
        TOPIC_NOTICES_MAX,
    )?;
    whole(connection, office, rows).await
}

/// The notices of rows with what became of them, in the order of the rows.
pub(super) async fn whole(
    connection: &mut Connection,
    office: OfficeId,
    rows: Vec<Row>,
) -> Result<Vec<Notice>> {
    let ids = || rows.iter().map(|row| row.id);
    let (Some(first), Some(last)) = (ids().min(), ids().max()) else {
        return Ok(Vec::new());
    };
    type ChangeOf = (i64, String, Option<String>, Option<i64>, Option<String>);
    let found = all!(
        connection,
        ChangeOf,
        "select notice_id, what, counts_from, by_id, part from notice_change \
         where office_id = $1 and notice_id between $2 and $3 order by notice_id, position",
        office.0,
        first,
        last,
    )?;
    let mut changes = BTreeMap::<i64, Vec<_>>::new();
    for (notice, what, from, by, part) in found {
        let change = row::change((what, from, by, part))?;
        changes.entry(notice).or_default().push(change);
    }
    rows.into_iter()
        .map(|row| {
            let changes = changes.remove(&row.id).unwrap_or_default();
            super::read(row, changes)
        })
        .collect()
}
