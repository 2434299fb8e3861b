//! Reviews: one ahead at a time for each thing that is looked back on, kept with what came of them.

use crate::{
    project, session,
    town::{COORDINATOR, Town, draft_issue, later, morning, store_association, store_issue},
};
use chrono::{NaiveDate, NaiveTime};
use domain::{
    audience::Destination,
    id::{AssociationId, IssueId, OfficeId, ProjectId, ReviewId, SessionId, UserId},
    issue::Issue,
    project::{Project, Sight as OfProjects},
    review::{Next, Of, Outcome, Review, State},
    session::Sight as OfSessions,
    tier::Tier,
};
use std::collections::{BTreeMap, BTreeSet};
use storage::{Conflict, Error, issue::Readable, review};

const MEASURE: Of = Of::Issue(IssueId(12));
const GATHERING: Of = Of::Session(SessionId(3));
const PROJECT: Of = Of::Project(ProjectId(2));

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).expect("a day")
}

fn planned(of: Of, date: NaiveDate) -> Review {
    Review {
        id: ReviewId(0),
        revision: 0,
        of,
        state: State::Planned,
        date: Some(date),
        start: NaiveTime::from_hms_opt(18, 30, 0),
        dated: 1,
        place: Some("市民会館".to_owned()),
        note: None,
        outcome: None,
        planned_by: COORDINATOR,
        created_at: morning(),
        changed_at: morning(),
        retracted: false,
    }
}

async fn insert(town: &Town, review: &Review) -> storage::Result<Review> {
    let office = town.office;
    change!(town.store, [review], |tx| review::insert(
        tx, office, &review
    )
    .await)
}

async fn update(town: &Town, review: &Review) -> storage::Result<Review> {
    let office = town.office;
    change!(town.store, [review], |tx| review::update(
        tx, office, &review
    )
    .await)
}

async fn find(town: &Town, office: OfficeId, id: i64) -> Option<Review> {
    look!(town.store, |connection| review::find(
        connection,
        office,
        ReviewId(id)
    )
    .await)
}

async fn ahead_of(town: &Town, of: Of) -> Option<i64> {
    let office = town.office;
    let found = look!(town.store, |connection| review::ahead_of(
        connection, office, of
    )
    .await);
    found.map(|review| review.id.0)
}

async fn listed(town: &Town, filter: review::Filter, offset: i64) -> (Vec<i64>, i64) {
    let office = town.office;
    let page = look!(town.store, |connection| {
        review::list(connection, office, &filter, offset, 10).await
    });
    (page.items.iter().map(|it| it.id.0).collect(), page.total)
}

/// What somebody reads of the issues: their own, and those of their associations.
fn readable(user: u64, associations: &[AssociationId]) -> Readable {
    Readable::By {
        user: UserId(user),
        associations: associations.to_vec(),
        destinations: vec![Destination::Tier3],
        audiences: BTreeMap::new(),
    }
}

async fn bring(town: &Town, review: ReviewId, issue: IssueId) -> storage::Result<()> {
    let office = town.office;
    change!(town.store, [], |tx| review::bring(
        tx, office, review, issue
    )
    .await)
}

fn conflict(error: Error) -> Conflict {
    match error {
        Error::Conflict(conflict) => conflict,
        fault => panic!("{fault}"),
    }
}

on_both! {
    async fn a_review_is_read_as_it_was_kept(town) {
        let stored = insert(&town, &planned(MEASURE, day(12, 4))).await.expect("kept");
        assert_eq!((stored.id, stored.revision), (ReviewId(1), 1));
        assert_eq!(find(&town, town.office, 1).await, Some(stored.clone()));
        let held = Review {
            state: State::Held,
            outcome: Some(Outcome {
                held_on: day(12, 5),
                done: "連絡票を試した".to_owned(),
                worked: Some("連絡が早くなった".to_owned()),
                next: Next::Later,
                year: Some(2027),
            }),
            note: Some("次は秋に".to_owned()),
            place: None,
            start: None,
            ..stored.moved(day(12, 5), None)
        };
        let updated = update(&town, &held).await.expect("kept");
        assert_eq!((updated.revision, updated.dated), (2, 2));
        assert_eq!(find(&town, town.office, 1).await, Some(updated));
        assert_eq!(find(&town, OfficeId(99), 1).await, None);
        assert_eq!(find(&town, town.office, 2).await, None);
    }

    async fn one_review_of_a_thing_is_ahead_at_a_time(town) {
        let first = insert(&town, &planned(MEASURE, day(12, 4))).await.expect("kept");
        let second = insert(&town, &planned(MEASURE, day(12, 11))).await;
        assert!(matches!(second, Err(Error::Conflict(Conflict::InUse))), "{second:?}");
        // The number is not lost, and another thing has its own.
        let other = insert(&town, &planned(GATHERING, day(12, 4))).await.expect("kept");
        assert_eq!(other.id, ReviewId(2));
        assert_eq!(ahead_of(&town, MEASURE).await, Some(1));
        let held = Review { state: State::Held, ..first };
        let held = update(&town, &held).await.expect("kept");
        assert_eq!(ahead_of(&town, MEASURE).await, None);
        let next = insert(&town, &planned(MEASURE, day(12, 25))).await.expect("kept");
        assert_eq!(ahead_of(&town, MEASURE).await, Some(next.id.0));
        let back = Review { state: State::Planned, ..held };
        let back = update(&town, &back).await;
        assert!(matches!(back, Err(Error::Conflict(Conflict::InUse))), "{back:?}");
        let gone = Review { retracted: true, ..next };
        update(&town, &gone).await.expect("kept");
        assert_eq!(ahead_of(&town, MEASURE).await, None);
    }

    async fn a_change_by_what_was_read_before_is_refused(town) {
        let read = insert(&town, &planned(MEASURE, day(12, 4))).await.expect("kept");
        update(&town, &read).await.expect("kept");
        let stale = update(&town, &read).await;
        assert!(matches!(stale, Err(Error::Conflict(Conflict::StaleRevision))), "{stale:?}");
        let missing = update(&town, &Review { id: ReviewId(7), of: PROJECT, ..read }).await;
        assert!(matches!(missing, Err(Error::Conflict(Conflict::Missing))), "{missing:?}");
    }

    async fn what_is_still_to_come_stands_first_and_others_are_left_out(town) {
        for (of, state, date) in [
            (MEASURE, State::Held, day(10, 1)),
            (GATHERING, State::Planned, day(12, 11)),
            (MEASURE, State::Planned, day(12, 4)),
            (PROJECT, State::Proposed, day(11, 30)),
        ] {
            insert(&town, &Review { state, ..planned(of, date) }).await.expect("kept");
        }
        let taken_back = insert(&town, &planned(Of::Issue(IssueId(13)), day(12, 1))).await;
        let taken_back = taken_back.expect("kept");
        update(&town, &Review { retracted: true, ..taken_back }).await.expect("kept");
        let all = review::Filter::default();
        assert_eq!(listed(&town, all.clone(), 0).await, (vec![4, 3, 2, 1], 4));
        assert_eq!(listed(&town, all, 3).await, (vec![1], 4));
        let planned = review::Filter { state: Some(State::Planned), reader: None };
        assert_eq!(listed(&town, planned, 0).await, (vec![3, 2], 2));
        let office = town.office;
        let ahead = look!(town.store, |connection| review::ahead(connection, office).await);
        assert_eq!(ahead.iter().map(|it| it.id.0).collect::<Vec<_>>(), [2, 3, 4]);
        let count = look!(town.store, |connection| review::ahead_count(connection, office).await);
        assert_eq!(count, 3);
    }

    async fn a_list_holds_the_reviews_of_what_its_reader_may_know_of(town) {
        let own = store_association(&town.store, town.office, "薬剤師会").await;
        let other = store_association(&town.store, town.office, "病院連携室").await;
        let issue = async |association| {
            let issue = Issue { association: Some(association), ..draft_issue() };
            Of::Issue(store_issue(&town.store, town.office, &issue).await.id)
        };
        let gathering = async |tier, associations: &[AssociationId]| {
            let planned = session::planned(tier, associations, day(12, 1));
            Of::Session(session::insert(&town, &planned).await.expect("kept").id)
        };
        let event = async |of: Project| {
            Of::Project(project::insert(&town, &of).await.expect("kept").id)
        };
        let things = [
            issue(own).await,
            issue(other).await,
            gathering(Tier::One, &[own]).await,
            gathering(Tier::One, &[other]).await,
            gathering(Tier::Two, &[own, other]).await,
            gathering(Tier::Three, &[]).await,
            event(project::planned(&[own])).await,
            event(project::planned(&[other])).await,
            event(project::planned(&[])).await,
            event(Project { retracted: true, ..project::planned(&[own]) }).await,
        ];
        for of in things {
            insert(&town, &planned(of, day(12, 4))).await.expect("kept");
        }
        let nobody = review::Reader {
            issues: readable(0, &[]),
            sessions: OfSessions::default(),
            projects: OfProjects::default(),
        };
        let officer = review::Reader {
            issues: readable(0, &[own]),
            sessions: OfSessions {
                tier1: BTreeSet::from([own]),
                tier2: BTreeSet::from([own]),
                tier3: true,
                ..OfSessions::default()
            },
            projects: OfProjects {
                associations: BTreeSet::from([own]),
                public: true,
                everything: false,
            },
        };
        let observer = review::Reader {
            sessions: OfSessions { tier3: true, ..OfSessions::default() },
            projects: OfProjects { public: true, ..OfProjects::default() },
            ..nobody.clone()
        };
        // Whoever wrote an issue down reads it, and so knows of its review.
        let reporter = review::Reader { issues: readable(draft_issue().reporter.0, &[]), ..nobody.clone() };
        let desk = review::Reader {
            sessions: OfSessions { tier2_all: true, ..OfSessions::default() },
            ..nobody.clone()
        };
        for (reader, expected) in [
            (nobody, Vec::new()),
            (officer, vec![1, 3, 5, 6, 7, 9]),
            (observer, vec![6, 9]),
            (reporter, vec![1, 2]),
            (desk, vec![5]),
        ] {
            let total = i64::try_from(expected.len()).expect("few");
            let filter = review::Filter { state: None, reader: Some(reader) };
            assert_eq!(listed(&town, filter, 0).await, (expected, total));
        }
        let (_, all) = listed(&town, review::Filter::default(), 0).await;
        assert_eq!(all, 10);
    }

    async fn what_may_have_been_ahead_at_an_instant_is_ahead_now_or_was_changed_since(town) {
        let of = |issue| planned(Of::Issue(IssueId(issue)), day(12, 4));
        let at = |minute, review: Review| Review { changed_at: later(minute), ..review };
        let still = insert(&town, &of(1)).await.expect("kept");
        let held_before = insert(&town, &of(2)).await.expect("kept");
        let held_since = insert(&town, &of(3)).await.expect("kept");
        let taken_back = insert(&town, &of(4)).await.expect("kept");
        let newer = Review { created_at: later(5), ..at(5, of(5)) };
        insert(&town, &newer).await.expect("kept");
        for changed in [
            at(4, Review { state: State::Held, ..held_before }),
            at(5, Review { state: State::Held, ..held_since.clone() }),
            at(6, Review { retracted: true, ..taken_back }),
        ] {
            update(&town, &changed).await.expect("kept");
        }
        let office = town.office;
        for (minute, expected) in [
            (0, vec![]),
            (1, vec![1, 2, 3]),
            (5, vec![1, 3]),
            (6, vec![1, 5]),
            (60, vec![still.id.0, 5]),
        ] {
            let found = look!(town.store, |connection| {
                review::ahead_at(connection, office, later(minute)).await
            });
            let found: Vec<i64> = found.iter().map(|review| review.id.0).collect();
            assert_eq!(found, expected, "{minute}");
        }
        let elsewhere = look!(town.store, |connection| {
            review::ahead_at(connection, OfficeId(99), later(60)).await
        });
        assert!(elsewhere.is_empty());
    }

    async fn what_a_review_brought_to_light_is_tied_to_it_once(town) {
        let first = insert(&town, &planned(GATHERING, day(12, 4))).await.expect("kept").id;
        let (old, new) = (town.issue().await.id, town.issue().await.id);
        for (review, issue, expected) in [
            (first, old, None),
            (first, new, None),
            (first, new, Some(Conflict::InUse)),
            (ReviewId(99), old, Some(Conflict::InUse)),
        ] {
            let kept = bring(&town, review, issue).await;
            assert_eq!(kept.err().map(conflict), expected);
        }
        let gone = bring(&town, ReviewId(99), IssueId(99)).await;
        assert_eq!(gone.err().map(conflict), Some(Conflict::Missing));
        let office = town.office;
        for (of, expected) in [(GATHERING, vec![new, old]), (MEASURE, Vec::new())] {
            let found = look!(town.store, |connection| {
                review::brought_to_light(connection, office, of).await
            });
            assert_eq!(found, expected, "the newest first");
        }
        for (issue, expected) in [(new, Some(first)), (IssueId(99), None)] {
            let found = look!(town.store, |connection| {
                review::brought_by(connection, office, issue).await
            });
            assert_eq!(found.map(|review| review.id), expected);
        }
    }
}
