//! Bulletins (通知ダイジェスト): which notices an association is told of, and how they are gathered.
//!
//! An association is told of every notice for it once, and again when the notice is replaced or abolished
//! after that. What came and went before anybody was told is not told. Within a bulletin notices stand
//! below their topics, and those of one title under one line with all their days, as seed 003 lists them
//! (令和2年2月28日付、3月6日付 …). Posting and confirming are not here.

use super::{Notice, State, scope};
use crate::id::{NoticeId, TopicId};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// Most notices of one bulletin: the rest comes with the next one.
pub const BULLETIN_NOTICES_MAX: usize = 300;
/// After how many business days an association that has not confirmed is reminded, in its own channel.
pub const REMINDED_AFTER_BUSINESS_DAYS: [u16; 3] = [3, 7, 12];

/// What an association with `scopes` is to be told today, in the order of `notices`: those it was not told
/// of, and those that were replaced or abolished since (`told` knows how each stood then). With `only`, of
/// those tags only.
#[must_use]
pub fn due(
    notices: &[Notice],
    told: &BTreeMap<NoticeId, State>,
    scopes: &[String],
    only: Option<&BTreeSet<String>>,
    today: NaiveDate,
) -> Vec<(NoticeId, State)> {
    let due = notices.iter().filter_map(|notice| {
        let state = notice.state_on(today);
        let wanted = only.is_none_or(|only| notice.scopes.iter().any(|tag| only.contains(tag)));
        if notice.retracted || notice.draft || !wanted || !scope::reaches(&notice.scopes, scopes) {
            return None;
        }
        let news = match told.get(&notice.id) {
            None => !state.is_over(),
            Some(before) => *before != state && state != State::Standing,
        };
        news.then_some((notice.id, state))
    });
    due.take(BULLETIN_NOTICES_MAX).collect()
}

/// The notices of one topic in a bulletin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// The topic; none for those without one, which come last.
    pub topic: Option<TopicId>,
    /// Whom they are for, all together.
    pub scopes: Vec<String>,
    /// One line each.
    pub entries: Vec<Entry>,
}

/// Notices that differ in their days only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Their title.
    pub title: String,
    /// What the issuer calls them.
    pub number: Option<String>,
    /// Who issued them.
    pub issuer: Option<String>,
    /// How they stand.
    pub state: State,
    /// Their days, the earliest first.
    pub dates: Vec<(Option<NaiveDate>, NoticeId)>,
}

/// Gathers notices by topic and title.
#[must_use]
pub fn sections(notices: &[(&Notice, State)]) -> Vec<Section> {
    let mut by_day: Vec<&(&Notice, State)> = notices.iter().collect();
    by_day
        .sort_by_key(|(notice, _)| (notice.topic.is_none(), notice.topic, notice.date, notice.id));
    let mut sections: Vec<Section> = Vec::new();
    for (notice, state) in by_day {
        if sections
            .last()
            .is_none_or(|last| last.topic != notice.topic)
        {
            sections.push(Section {
                topic: notice.topic,
                scopes: Vec::new(),
                entries: Vec::new(),
            });
        }
        let Some(section) = sections.last_mut() else {
            continue;
        };
        for tag in &notice.scopes {
            if !section.scopes.contains(tag) {
                section.scopes.push(tag.clone());
            }
        }
        let alike = |entry: &&mut Entry| {
            entry.title == notice.title
                && entry.number == notice.number
                && entry.issuer == notice.issuer
                && entry.state == *state
        };
        match section.entries.iter_mut().find(alike) {
            Some(entry) => entry.dates.push((notice.date, notice.id)),
            None => section.entries.push(Entry {
                title: notice.title.clone(),
                number: notice.number.clone(),
                issuer: notice.issuer.clone(),
                state: *state,
                dates: vec![(notice.date, notice.id)],
            }),
        }
    }
    sections
}
