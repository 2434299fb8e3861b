//! Disclosures: versions that keep their words, decisions that are made once, and texts for searches
//! that follow them.

use crate::town::{
    COORDINATOR, PHARMACIST, Town, draft_issue, kept, later, morning, new_office, store_issue,
};
use domain::{
    disclosure::{Audience, Disclosure, Group, PER_ISSUE_MAX, State},
    id::{AssociationId, CircleId, IssueId, OfficeId, ServerId, UserId},
    issue::Issue,
};
use sqlx::{Connection, PgConnection, SqliteConnection};
use storage::{Conflict, Error, disclosure, issue};
use tests::database::Database;

const CIRCLE: Audience = Audience::Circle(CircleId(2));
const OTHER_COORDINATOR: UserId = UserId(29);

/// A wording somebody wrote for an audience; what storage decides itself is filled with nonsense.
pub(crate) fn proposal(issue: i64, audience: Audience, wording: &str) -> Disclosure {
    Disclosure {
        issue: IssueId(issue),
        version: 77,
        audience,
        wording: wording.to_owned(),
        as_written: false,
        names_source: true,
        state: State::Withdrawn,
        proposed_by: PHARMACIST,
        proposed_at: morning(),
        decided_by: Some(PHARMACIST),
        decided_at: Some(morning()),
    }
}

impl Town {
    pub(crate) async fn propose(&self, wanted: &Disclosure) -> Disclosure {
        let office = self.office;
        change!(self.store, [wanted], |tx| disclosure::insert(
            tx, office, &wanted
        )
        .await)
        .expect("proposed")
    }

    pub(crate) async fn decide(&self, issue: i64, version: i64, state: State, minute: i64) -> bool {
        let office = self.office;
        change!(self.store, |tx| disclosure::decide(
            tx,
            office,
            IssueId(issue),
            version,
            state,
            COORDINATOR,
            later(minute)
        )
        .await)
        .expect("decided or not")
    }

    /// Proposed and approved at once, as by a coordinator.
    pub(crate) async fn share(&self, issue: i64, audience: Audience, wording: &str) -> Disclosure {
        let proposed = self.propose(&proposal(issue, audience, wording)).await;
        assert!(
            self.decide(issue, proposed.version, State::Approved, 5)
                .await
        );
        proposed
    }

    pub(crate) async fn retract(&self, issue: i64, retracted: bool) {
        let office = self.office;
        let found = look!(self.store, |connection| issue::find(
            connection,
            office,
            IssueId(issue)
        )
        .await);
        let changed = Issue {
            retracted,
            ..found.expect("an issue")
        };
        change!(self.store, [changed], |tx| issue::update(
            tx, office, &changed
        )
        .await)
        .expect("changed");
    }

    async fn disclosures(&self, issue: i64) -> Vec<Disclosure> {
        let office = self.office;
        look!(self.store, |connection| disclosure::of(
            connection,
            office,
            IssueId(issue)
        )
        .await)
    }

    async fn states(&self, issue: i64) -> Vec<State> {
        let all = self.disclosures(issue).await;
        all.iter().map(|disclosure| disclosure.state).collect()
    }

    /// Every approved version, as numbers of issue and version.
    async fn approved(&self) -> Vec<(i64, i64)> {
        let office = self.office;
        let mut all = Vec::new();
        let mut after = (IssueId(0), 0);
        loop {
            let found = look!(self.store, |connection| disclosure::approved_after(
                connection, office, after
            )
            .await);
            let Some((issue, version, _)) = found.last() else {
                return all;
            };
            after = (*issue, *version);
            all.extend(found.iter().map(|(issue, version, _)| (issue.0, *version)));
        }
    }

    /// What searches look through, audience and text, as it lies in the table.
    async fn searched(&self) -> Vec<(String, String)> {
        let sql = "select audience, folded from issue_wording order by audience";
        let url = &self.fresh.url;
        match self.database {
            Database::Sqlite => {
                let mut connection = SqliteConnection::connect(url).await.expect("open");
                sqlx::query_as(sql).fetch_all(&mut connection).await
            }
            Database::Postgres => {
                let mut connection = PgConnection::connect(url).await.expect("open");
                sqlx::query_as(sql).fetch_all(&mut connection).await
            }
        }
        .expect("read by hand")
    }

    /// Why a statement by hand is refused.
    async fn refusal(&self, sql: &'static str) -> String {
        let url = &self.fresh.url;
        let refused = match self.database {
            Database::Sqlite => {
                let mut connection = SqliteConnection::connect(url).await.expect("open");
                sqlx::raw_sql(sql).execute(&mut connection).await.map(drop)
            }
            Database::Postgres => {
                let mut connection = PgConnection::connect(url).await.expect("open");
                sqlx::raw_sql(sql).execute(&mut connection).await.map(drop)
            }
        };
        refused.expect_err("refused").to_string()
    }
}

fn texts(found: &[(String, String)]) -> Vec<(&str, &str)> {
    found
        .iter()
        .map(|(audience, text)| (audience.as_str(), text.as_str()))
        .collect()
}

on_both! {
    async fn a_proposal_is_kept_as_it_was_written_and_waits(town) {
        town.issue().await;
        town.issue().await;
        let everyone = Audience::Association(AssociationId(3), Group::Everyone);
        for (issue, version, audience) in [
            (1, 1, CIRCLE),
            (1, 2, everyone),
            (2, 1, Audience::Region),
            (1, 3, CIRCLE),
        ] {
            let as_written = version == 2;
            let wanted =
                Disclosure { as_written, ..proposal(issue, audience, "退院の\n連絡😀") };
            let expected = Disclosure {
                version,
                state: State::Proposed,
                proposed_at: kept(morning()),
                decided_by: None,
                decided_at: None,
                ..wanted.clone()
            };
            assert_eq!(town.propose(&wanted).await, expected);
            assert_eq!(town.disclosures(issue).await.last(), Some(&expected));
        }
        let versions = |all: &[Disclosure]| all.iter().map(|d| d.version).collect::<Vec<_>>();
        assert_eq!(versions(&town.disclosures(1).await), [1, 2, 3]);
    }

    async fn the_words_of_a_version_cannot_be_changed_or_deleted(town) {
        town.issue().await;
        town.share(1, CIRCLE, "分かち合う文").await;
        for sql in [
            "update disclosure set wording = 'x'",
            "update disclosure set audience = 'tier3'",
            "update disclosure set names_source = false",
            "update disclosure set as_written = true",
            "update disclosure set proposed_by = 1, state = 'declined'",
            "delete from disclosure",
        ] {
            let refusal = town.refusal(sql).await;
            assert!(refusal.contains("keeps its words"), "{sql}: {refusal}");
        }
        if town.database == Database::Postgres {
            let refusal = town.refusal("truncate disclosure").await;
            assert!(refusal.contains("keeps its words"), "{refusal}");
        }
        assert_eq!(town.disclosures(1).await[0].wording, "分かち合う文");
    }

    async fn a_decision_is_made_from_where_the_disclosure_stands(town) {
        let ways: [(&[State], State); 5] = [
            (&[], State::Proposed),
            (&[State::Approved], State::Approved),
            (&[State::Declined], State::Declined),
            (&[State::Approved, State::Withdrawn], State::Withdrawn),
            (&[State::Approved, State::Replaced], State::Replaced),
        ];
        for (way, from) in ways {
            for to in State::ALL {
                let id = town.issue().await.id.0;
                town.propose(&proposal(id, CIRCLE, "文")).await;
                for step in way {
                    assert!(town.decide(id, 1, *step, 5).await);
                }
                let before = town.disclosures(id).await;
                let decided = town.decide(id, 1, *to, 9).await;
                assert_eq!(decided, from.may_become(*to), "{from:?} → {to:?}");
                let after = town.disclosures(id).await;
                if decided {
                    let expected = Disclosure {
                        state: *to,
                        decided_by: Some(COORDINATOR),
                        decided_at: Some(kept(later(9))),
                        ..before[0].clone()
                    };
                    assert_eq!(after, [expected]);
                } else {
                    assert_eq!(after, before, "{from:?} → {to:?}");
                }
            }
        }
    }

    async fn of_two_coordinators_who_decide_at_once_one_is_told(town) {
        town.issue().await;
        town.propose(&proposal(1, CIRCLE, "文")).await;
        let office = town.office;
        let decide = |state, who| {
            let store = town.store.clone();
            async move {
                change!(store, |tx| disclosure::decide(
                    tx, office, IssueId(1), 1, state, who, later(5)
                ).await)
                .expect("decided or not")
            }
        };
        let (approved, declined) = tokio::join!(
            decide(State::Approved, COORDINATOR),
            decide(State::Declined, OTHER_COORDINATOR),
        );
        assert_ne!(approved, declined, "one of them");
        let (state, who) = if approved {
            (State::Approved, COORDINATOR)
        } else {
            (State::Declined, OTHER_COORDINATOR)
        };
        let stored = town.disclosures(1).await.remove(0);
        assert_eq!((stored.state, stored.decided_by), (state, Some(who)));
    }

    async fn an_audience_is_told_one_thing_at_a_time(town) {
        use State::{Approved, Proposed, Replaced};
        town.issue().await;
        town.issue().await;
        town.share(1, CIRCLE, "一").await;
        town.share(1, Audience::Region, "二").await;
        town.share(2, CIRCLE, "別の課題").await;
        town.propose(&proposal(1, CIRCLE, "三")).await;
        assert_eq!(town.states(1).await, [Approved, Approved, Proposed]);
        assert!(town.decide(1, 3, Approved, 8).await);
        assert_eq!(town.states(1).await, [Replaced, Approved, Approved]);
        assert_eq!(town.states(2).await, [Approved]);
        let replaced = town.disclosures(1).await.remove(0);
        assert_eq!(replaced.decided_at, Some(kept(later(8))));

        let refusal = town.refusal("update disclosure set state = 'approved'").await;
        assert!(refusal.to_lowercase().contains("unique"), "{refusal}");
    }

    async fn searches_find_what_an_audience_is_told_and_nothing_that_is_over(town) {
        town.issue().await;
        let original = ("original", "薬局によって在宅医療への姿勢がまちまちだ");
        let circle = |text| ("tier2:2", text);
        let officers = Audience::Association(AssociationId(3), Group::Officers);
        let found = town.searched().await;
        assert_eq!(texts(&found), [original]);
        town.propose(&proposal(1, CIRCLE, "ケアの文")).await;
        town.propose(&proposal(1, Audience::Region, "見送る文")).await;
        assert!(town.decide(1, 2, State::Declined, 5).await);
        assert_eq!(texts(&town.searched().await), [original], "nobody was told yet");
        assert!(town.decide(1, 1, State::Approved, 5).await);
        assert_eq!(texts(&town.searched().await), [original, circle("けあの文")]);
        town.share(1, CIRCLE, "ＡＢ").await;
        town.share(1, officers, "三役へ").await;
        let all = [("association:3:officers", "三役へ"), original, circle("ab")];
        assert_eq!(texts(&town.searched().await), all);
        town.retract(1, true).await;
        assert_eq!(texts(&town.searched().await), [], "taken back with all that was told");
        town.retract(1, false).await;
        assert_eq!(texts(&town.searched().await), all, "and it stands again");
        assert!(town.decide(1, 3, State::Withdrawn, 9).await);
        assert!(town.decide(1, 4, State::Replaced, 9).await);
        assert_eq!(texts(&town.searched().await), [original]);
    }

    async fn about_an_issue_that_was_taken_back_nothing_is_decided(town) {
        town.issue().await;
        town.propose(&proposal(1, CIRCLE, "文")).await;
        town.retract(1, true).await;
        assert!(!town.decide(1, 1, State::Approved, 5).await);
        assert_eq!(town.states(1).await, [State::Proposed]);
        town.retract(1, false).await;
        assert!(town.decide(1, 1, State::Approved, 5).await);
        assert_eq!(town.approved().await, [(1, 1)]);
        town.retract(1, true).await;
        assert_eq!(town.approved().await, []);
    }

    async fn what_is_approved_is_found_in_the_order_of_issues_however_much_it_is(town) {
        let last = disclosure::APPROVED_AT_ONCE_MAX + 1;
        for issue in 1..=last {
            town.issue().await;
            town.propose(&proposal(issue, CIRCLE, "文")).await;
            town.decide(issue, 1, State::Approved, 5).await;
        }
        town.propose(&proposal(1, Audience::Region, "文")).await;
        town.propose(&proposal(2, Audience::Region, "文")).await;
        town.decide(2, 2, State::Approved, 6).await;
        town.decide(3, 1, State::Withdrawn, 6).await;
        let mut expected: Vec<(i64, i64)> = (1..=last).map(|issue| (issue, 1)).collect();
        expected.retain(|(issue, _)| *issue != 3);
        expected.insert(2, (2, 2));
        assert_eq!(town.approved().await, expected);
    }

    async fn a_disclosure_belongs_to_an_issue_of_its_office(town) {
        town.issue().await;
        let other = new_office(&town.store, ServerId(12)).await;
        let nobody_has = [(town.office, 2), (other, 1), (OfficeId(99), 1)];
        for (office, issue) in nobody_has {
            let wanted = proposal(issue, CIRCLE, "文");
            let refused =
                change!(town.store, [wanted], |tx| disclosure::insert(tx, office, &wanted).await);
            assert!(matches!(refused, Err(Error::Conflict(Conflict::Missing))), "{refused:?}");
        }
        store_issue(&town.store, other, &draft_issue()).await;
        town.share(1, CIRCLE, "文").await;
        let theirs = look!(town.store, |connection| {
            Ok((
                disclosure::of(connection, other, IssueId(1)).await?,
                disclosure::approved_after(connection, other, (IssueId(0), 0)).await?,
            ))
        });
        assert_eq!(theirs, (Vec::new(), Vec::new()));
        let decided = change!(town.store, |tx| disclosure::decide(
            tx, other, IssueId(1), 1, State::Withdrawn, COORDINATOR, later(6)
        ).await);
        assert!(!decided.expect("not theirs"));
    }

    async fn an_issue_has_no_end_of_proposals_but_a_limit(town) {
        town.issue().await;
        let office = town.office;
        change!(town.store, |tx| {
            for _ in 1..=PER_ISSUE_MAX {
                disclosure::insert(tx, office, &proposal(1, CIRCLE, "文")).await?;
            }
            Ok(())
        })
        .expect("as many as it may have");
        let refused = change!(town.store, |tx| {
            disclosure::insert(tx, office, &proposal(1, CIRCLE, "文")).await
        });
        assert!(matches!(refused, Err(Error::Conflict(Conflict::Full))), "{refused:?}");
    }
}
