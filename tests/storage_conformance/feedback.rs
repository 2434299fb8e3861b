//! Feedback: kept by number with its words in versions, one draft per association, drawn anew when what
//! it quotes changes.

use crate::town::{
    COORDINATOR, LONG, Town, WORKER, draft_issue, kept, later, morning, post, store_association,
    store_issue,
};
use domain::{
    audience::Destination,
    disclosure::{Audience, Disclosure, State as Share},
    feedback::{Feedback, Item, Occasion, State, Window, Words},
    id::{AssociationId, FeedbackId, IssueId, ReviewId, SessionId},
    issue::{Issue, Status},
    progress::YearMonth,
    tally::Tally,
};
use serde_json::json;
use std::collections::BTreeSet;
use storage::{Conflict, Error, SubjectKind, feedback};

pub(crate) fn draft(association: AssociationId) -> Feedback {
    Feedback {
        id: FeedbackId(0),
        revision: 0,
        association,
        state: State::Draft,
        window: Window {
            since: Some(morning()),
            until: later(60),
        },
        occasion: Occasion {
            session: None,
            month: YearMonth::from_number(202_610),
            month_only: true,
        },
        items: vec![
            Item::Raised(IssueId(1)),
            Item::Moved {
                issue: IssueId(1),
                from: Status::Open,
                to: Status::Planning,
            },
            Item::Answer(IssueId(2)),
            Item::Session(SessionId(3)),
            Item::Review(ReviewId(4)),
        ],
        left_out: BTreeSet::from([IssueId(2)]),
        tally: [(Status::Open, 2), (Status::Done, 1)].into_iter().collect(),
        words: Words {
            opening: Some("いつもありがとうございます。".to_owned()),
            closing: None,
        },
        made_by: COORDINATOR,
        made_at: morning(),
        sent_at: None,
        corrected_at: None,
        changed_at: morning(),
    }
}

impl Town {
    async fn pharmacists(&self) -> AssociationId {
        store_association(&self.store, self.office, "薬剤師会").await
    }

    pub(crate) async fn feedback(&self, feedback: &Feedback) -> storage::Result<Feedback> {
        let office = self.office;
        change!(self.store, [feedback], |tx| feedback::insert(
            tx, office, &feedback
        )
        .await)
    }

    async fn feedback_changed(&self, feedback: &Feedback) -> storage::Result<Feedback> {
        let office = self.office;
        change!(self.store, [feedback], |tx| feedback::update(
            tx, office, &feedback
        )
        .await)
    }

    async fn feedback_found(&self, id: FeedbackId) -> Option<Feedback> {
        let office = self.office;
        look!(self.store, |connection| feedback::find(
            connection, office, id
        )
        .await)
    }

    async fn sent_feedback(&self, association: AssociationId, items: Vec<Item>) -> Feedback {
        let sent = Feedback {
            state: State::Sent,
            sent_at: Some(later(61)),
            items,
            left_out: BTreeSet::new(),
            ..draft(association)
        };
        self.feedback(&sent).await.expect("kept")
    }

    /// The issue as it is stored, said by an association.
    async fn raised_by(&self, association: AssociationId) -> Issue {
        let issue = Issue {
            association: Some(association),
            ..draft_issue()
        };
        store_issue(&self.store, self.office, &issue).await
    }

    async fn issue_changed(&self, issue: &Issue) -> Issue {
        let office = self.office;
        change!(self.store, [issue], |tx| storage::issue::update(
            tx, office, &issue
        )
        .await)
        .expect("changed")
    }

    /// What is wanted in feedback channels, which is then taken as sent.
    async fn wanted(&self) -> Vec<(i64, i64)> {
        let mut wanted = Vec::new();
        for row in self.claim(WORKER, LONG).await {
            assert_eq!(row.subject.kind, SubjectKind::Feedback);
            assert!(matches!(row.destination, Destination::Feedback(_)));
            assert!(self.sent(&row, row.wanted, post(1)).await);
            wanted.push((row.subject.id, row.wanted));
        }
        wanted
    }
}

on_both! {
    async fn a_feedback_is_read_back_as_it_was_written(town) {
        let pharmacists = town.pharmacists().await;
        let written = draft(pharmacists);
        let stored = town.feedback(&written).await.expect("kept");
        let expected = Feedback {
            id: FeedbackId(1),
            revision: 1,
            window: Window { since: Some(kept(morning())), until: kept(later(60)) },
            made_at: kept(morning()),
            changed_at: kept(morning()),
            ..written
        };
        assert_eq!(stored, expected);
        assert_eq!(town.feedback_found(stored.id).await, Some(expected));
        assert_eq!(town.feedback_found(FeedbackId(2)).await, None);
        let nowhere = town.feedback(&draft(AssociationId(99))).await;
        assert!(matches!(nowhere, Err(Error::Conflict(Conflict::Missing))), "{nowhere:?}");
    }

    async fn an_association_has_one_draft_at_a_time(town) {
        let pharmacists = town.pharmacists().await;
        let first = town.feedback(&draft(pharmacists)).await.expect("kept");
        let second = town.feedback(&draft(pharmacists)).await;
        assert!(matches!(second, Err(Error::Conflict(Conflict::InUse))), "{second:?}");
        let dropped = Feedback { state: State::Dropped, ..first.clone() };
        let dropped = town.feedback_changed(&dropped).await.expect("dropped");
        let second = town.feedback(&draft(pharmacists)).await.expect("kept");
        let back = Feedback { state: State::Draft, ..dropped };
        let back = town.feedback_changed(&back).await;
        assert!(matches!(back, Err(Error::Conflict(Conflict::InUse))), "{back:?}");
        let office = town.office;
        let found = look!(town.store, |connection| {
            feedback::draft_of(connection, office, pharmacists).await
        });
        assert_eq!(found.map(|found| found.id), Some(second.id));
    }

    async fn words_are_kept_in_versions_and_changes_by_revision(town) {
        let pharmacists = town.pharmacists().await;
        let first = town.feedback(&draft(pharmacists)).await.expect("kept");
        let changed = Feedback {
            words: Words { opening: None, closing: Some("またお聞かせください。".to_owned()) },
            left_out: BTreeSet::new(),
            items: vec![Item::Raised(IssueId(1))],
            tally: Tally::default(),
            changed_at: later(5),
            ..first.clone()
        };
        let stored = town.feedback_changed(&changed).await.expect("changed");
        assert_eq!(stored.revision, 2);
        assert_eq!(town.feedback_found(first.id).await, Some(stored.clone()));
        let stale = town.feedback_changed(&changed).await;
        assert!(matches!(stale, Err(Error::Conflict(Conflict::StaleRevision))), "{stale:?}");
        let bare = Feedback { words: Words::default(), ..stored };
        let bare = town.feedback_changed(&bare).await.expect("changed");
        assert_eq!(town.feedback_found(first.id).await, Some(bare));
    }

    async fn the_desk_lists_everything_and_an_association_what_it_got(town) {
        let pharmacists = town.pharmacists().await;
        let hospital = store_association(&town.store, town.office, "病院連携室").await;
        town.sent_feedback(pharmacists, Vec::new()).await;
        town.feedback(&draft(pharmacists)).await.expect("kept");
        town.sent_feedback(hospital, Vec::new()).await;
        let office = town.office;
        let listed = |own: Option<Vec<AssociationId>>, offset: i64, limit: i64| {
            let store = &town.store;
            async move {
                let own: Option<BTreeSet<AssociationId>> = own.map(|own| own.into_iter().collect());
                let page = look!(store, [own], |connection| {
                    feedback::list(connection, office, own.as_ref(), offset, limit).await
                });
                let ids: Vec<i64> = page.items.iter().map(|item| item.id.0).collect();
                (ids, page.total)
            }
        };
        assert_eq!(listed(None, 0, 10).await, (vec![2, 3, 1], 3));
        assert_eq!(listed(None, 1, 1).await, (vec![3], 3));
        assert_eq!(listed(Some(vec![pharmacists]), 0, 10).await, (vec![1], 1));
        assert_eq!(listed(Some(vec![pharmacists, hospital]), 0, 10).await, (vec![3, 1], 2));
        assert_eq!(listed(Some(Vec::new()), 0, 10).await, (Vec::new(), 0));
        let told = look!(town.store, |connection| {
            feedback::told_until(connection, office, pharmacists).await
        });
        assert_eq!(told, Some(kept(later(60))));
        let last = look!(town.store, |connection| {
            feedback::last_word(connection, office, pharmacists).await
        });
        assert_eq!(last, Some(kept(later(61))));
        let drafts = look!(town.store, |connection| feedback::drafts(connection, office).await);
        assert_eq!(drafts.len(), 1);
    }

    async fn what_is_quoted_is_drawn_anew_when_its_words_change_and_not_else(town) {
        let pharmacists = town.pharmacists().await;
        let issue = town.raised_by(pharmacists).await;
        let other = town.raised_by(pharmacists).await;
        let sent = town.sent_feedback(pharmacists, vec![Item::Raised(issue.id)]).await;
        assert_eq!(town.wanted().await, Vec::new());
        let moved = Issue { status: Status::Planning, ..issue };
        let moved = town.issue_changed(&moved).await;
        assert_eq!(town.wanted().await, Vec::new(), "a status was told as it was then");
        town.issue_changed(&Issue { text: "別の文".to_owned(), ..other }).await;
        assert_eq!(town.wanted().await, Vec::new(), "it is not quoted");
        let reworded = Issue { text: "書き直した文".to_owned(), ..moved };
        let reworded = town.issue_changed(&reworded).await;
        assert_eq!(town.wanted().await, [(sent.id.0, 2)]);
        town.issue_changed(&Issue { retracted: true, ..reworded }).await;
        assert_eq!(town.wanted().await, [(sent.id.0, 3)]);
        let found = town.feedback_found(sent.id).await.expect("it is kept");
        assert_eq!(found.revision, 3);
    }

    async fn what_was_shared_and_taken_back_is_drawn_anew(town) {
        let pharmacists = town.pharmacists().await;
        let hospital = store_association(&town.store, town.office, "病院連携室").await;
        let issue = town.raised_by(hospital).await;
        town.sent_feedback(pharmacists, vec![Item::Answer(issue.id)]).await;
        let (office, id) = (town.office, issue.id);
        let proposal = Disclosure {
            issue: id,
            version: 0,
            audience: Audience::Region,
            wording: "みなさまへ".to_owned(),
            as_written: false,
            names_source: false,
            state: Share::Proposed,
            proposed_by: COORDINATOR,
            proposed_at: morning(),
            decided_by: None,
            decided_at: None,
        };
        change!(town.store, [proposal], |tx| {
            storage::disclosure::insert(tx, office, &proposal).await
        })
        .expect("kept");
        assert_eq!(town.wanted().await, Vec::new(), "nobody reads it yet");
        for (state, expected) in [(Share::Approved, 2), (Share::Withdrawn, 3)] {
            let done = change!(town.store, |tx| {
                storage::disclosure::decide(tx, office, id, 1, state, COORDINATOR, later(5)).await
            });
            assert!(done.expect("decided"));
            assert_eq!(town.wanted().await, [(1, expected)]);
        }
    }

    async fn what_it_is_chosen_from_is_what_happened_in_its_time(town) {
        let pharmacists = town.pharmacists().await;
        let issue = town.raised_by(pharmacists).await;
        let office = town.office;
        for (minute, before, after) in [(1, "open", "sorted"), (5, "sorted", "sorted"), (9, "sorted", "done")] {
            let (was, is) = (json!({"status": before}), json!({"status": after}));
            let id = issue.id;
            change!(town.store, [was, is], |tx| {
                storage::history::append(
                    tx, office, id.into(), later(minute), COORDINATOR, "issue.status", Some(was), is,
                )
                .await
            })
            .expect("noted");
        }
        for (since, until, expected) in [
            (None, 60, vec![(Status::Open, Status::Sorted), (Status::Sorted, Status::Done)]),
            (Some(1), 60, vec![(Status::Sorted, Status::Done)]),
            (None, 8, vec![(Status::Open, Status::Sorted)]),
            (Some(9), 60, vec![]),
        ] {
            let window = Window { since: since.map(later), until: later(until) };
            let found = look!(town.store, |connection| {
                feedback::changes(connection, office, pharmacists, window).await
            });
            let found: Vec<_> = found.iter().map(|change| (change.from, change.to)).collect();
            assert_eq!(found, expected, "{since:?} {until}");
        }
        let whole = Window { since: None, until: later(60) };
        let own = look!(town.store, |connection| {
            feedback::own_of(connection, office, pharmacists, whole, None).await
        });
        assert_eq!(own, [issue.id]);
        let after = Window { since: Some(later(0)), until: later(60) };
        let own = look!(town.store, |connection| {
            feedback::own_of(connection, office, pharmacists, after, Some(SessionId(1))).await
        });
        assert_eq!(own, Vec::new());
    }
}
