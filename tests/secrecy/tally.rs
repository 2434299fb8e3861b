//! What happened in a life: one in which hardly anything did shows nothing.

use crate::records::Records;

/// How often things happened.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tally {
    pub(crate) issues: usize,
    pub(crate) approved: usize,
    pub(crate) refused: usize,
    pub(crate) drifts: usize,
    pub(crate) shown_by_drift: usize,
    pub(crate) looks: usize,
    /// Ends of ties at which those looked who may read only one of both.
    pub(crate) looks_across: usize,
    pub(crate) pressed: usize,
    pub(crate) forged: usize,
    /// Issues got or lost categories.
    pub(crate) sorted: usize,
    /// Links came or went.
    pub(crate) linked: usize,
    /// Issues were merged, or taken apart.
    pub(crate) merged: usize,
    /// Sessions were planned.
    pub(crate) planned: usize,
    /// Pairs were accepted or dismissed.
    pub(crate) matched: usize,
    /// Key persons were added, corrected or removed.
    pub(crate) known: usize,
    /// Several issues were written down by one press.
    pub(crate) at_once: usize,
    /// Searches for words the person must not read, found to answer as if nobody had said them.
    pub(crate) searched_in_vain: usize,
    /// Lists by category or session, found to hold originals the person reads.
    pub(crate) narrowed: usize,
    /// Sheets people got.
    pub(crate) sheets: usize,
    /// Issues written down from a message.
    pub(crate) menus: usize,
    /// Files that were imported.
    pub(crate) imported: usize,
    /// Projects were written down or brought.
    pub(crate) projects: usize,
    /// Tasks were done.
    pub(crate) tasks: usize,
    /// Projects came to an end with a survey.
    pub(crate) surveyed: usize,
    /// Memos were written.
    pub(crate) memos: usize,
    /// Feedbacks were sent.
    pub(crate) fed_back: usize,
    /// Reviews were held.
    pub(crate) held: usize,
    /// Sessions were moved or cancelled.
    pub(crate) moved: usize,
    /// What came of a session was written down.
    pub(crate) accounts: usize,
    /// Times passed with something planned.
    pub(crate) due: usize,
    /// Questions for something one must not know of, found to be answered as if there were nothing.
    pub(crate) asked_in_vain: usize,
    /// Targets were set.
    pub(crate) targets: usize,
    /// Entries of progress were written.
    pub(crate) entries: usize,
    /// A month or a year was looked at.
    pub(crate) progress: usize,
    /// Notices were written down.
    pub(crate) notices: usize,
    /// Associations were told of them.
    pub(crate) bulletins: usize,
    /// Associations have confirmed that.
    pub(crate) confirmed: usize,
    /// Words of issues by which funds were suggested.
    pub(crate) suggested: usize,
    /// Projects were paid from a fund.
    pub(crate) paid: usize,
    /// Files of the whole office were handed out.
    pub(crate) exported: usize,
    /// Names were removed.
    pub(crate) removed: usize,
    /// Offices were deleted.
    pub(crate) ended: usize,
    /// Records were let go when their time was over.
    pub(crate) let_go: usize,
    /// Handovers were handed out.
    pub(crate) handed_over: usize,
    /// Feeds are watched.
    pub(crate) watched: usize,
    /// Wordings were compared, or asked for by somebody who may read both.
    pub(crate) compared: usize,
    /// Rules are on for associations.
    pub(crate) rules: usize,
}

impl Tally {
    /// Counts what a step changed.
    pub(crate) fn follow(&mut self, before: &Records, after: &Records) {
        self.issues = after.issues.len();
        self.at_once += usize::from(after.issues.len() > before.issues.len() + 1);
        for issue in &after.issues {
            if let Some(was) = before.issue(issue.id.0) {
                self.sorted += usize::from(was.categories != issue.categories);
                self.merged += usize::from(was.merged_into != issue.merged_into);
            }
        }
        self.linked += usize::from(before.links != after.links);
        self.planned += after.sessions.len().saturating_sub(before.sessions.len());
        let states = |records: &Records| -> Vec<_> {
            let all = records.matchings.iter();
            all.filter_map(|matching| matching.decided_at).collect()
        };
        self.matched += usize::from(states(before) != states(after));
        self.known += usize::from(before.key_persons != after.key_persons);
        self.projects = after.projects.len();
        self.memos = after.memos.len();
        let sent = after.feedbacks.iter().filter(|one| one.sent_at.is_some());
        self.fed_back = sent.count();
        let year = &after.year;
        (self.targets, self.entries) = (year.targets.len(), year.entries.len());
        (self.notices, self.bulletins) = (year.notices.len(), year.bulletins.len());
        (self.watched, self.rules) = (year.feeds.len(), year.rules.len());
        let confirmed = year.bulletins.iter().filter(|it| it.confirmed.is_some());
        self.confirmed = confirmed.count();
        let done = |records: &Records| {
            let tasks = records.projects.iter().flat_map(|project| &project.tasks);
            tasks.filter(|task| task.done.is_some()).count()
        };
        self.tasks += done(after).saturating_sub(done(before));
        let held = |records: &Records| {
            let reviews = records.reviews.iter();
            reviews.filter(|review| review.outcome.is_some()).count()
        };
        self.held += held(after).saturating_sub(held(before));
    }
}
