//! A small town to test in: a fresh database with one office, and the words to change and look.

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    audience::Destination,
    id::{ChannelId, IssueId, MessageId, OfficeId, ServerId, UserId},
    issue::{Issue, Kind, Origin, Status, TierBy},
    office::{Association, Talk},
    tier::Tier,
};
use storage::{
    Store, issue, office,
    outbox::{self, Claimed, StandingPost, Subject, Worker},
};
use tests::database::{Database, Fresh, fresh};

/// Changes something: the closure is re-runnable, so what is listed is cloned for each run.
macro_rules! change {
    ($store:expr, [$($captured:ident),*], |$tx:ident| $body:expr) => {{
        $(let $captured = $captured.clone();)*
        $store
            .write(move |$tx| {
                $(let $captured = $captured.clone();)*
                Box::pin(async move { $body })
            })
            .await
    }};
    ($store:expr, |$tx:ident| $body:expr) => { change!($store, [], |$tx| $body) };
}

/// Looks at something.
macro_rules! look {
    ($store:expr, [$($captured:ident),*], |$connection:ident| $body:expr) => {{
        $(let $captured = $captured.clone();)*
        $store
            .read(move |$connection| {
                $(let $captured = $captured.clone();)*
                Box::pin(async move { $body })
            })
            .await
            .expect("what is stored can be read")
    }};
    ($store:expr, |$connection:ident| $body:expr) => { look!($store, [], |$connection| $body) };
}

/// Statements about storage, each tested on both databases in a town of its own.
macro_rules! on_both {
    ($(async fn $name:ident($town:ident) $body:block)+) => {$(
        mod $name {
            use super::*;

            async fn holds(database: tests::database::Database) {
                let $town = crate::town::Town::on(database).await;
                $body
            }

            #[tokio::test]
            async fn sqlite() {
                let asked = crate::asked::Asked::listen();
                holds(tests::database::Database::Sqlite).await;
                asked.look().await;
            }

            #[tokio::test]
            async fn postgres() {
                holds(tests::database::Database::Postgres).await;
            }
        }
    )+};
}

pub(crate) const SERVER: ServerId = ServerId(11);
pub(crate) const COORDINATOR: UserId = UserId(21);
pub(crate) const PHARMACIST: UserId = UserId(22);
pub(crate) const WORKER: Worker<'static> = Worker { id: "worker-1" };
pub(crate) const OTHER_WORKER: Worker<'static> = Worker { id: "worker-2" };
/// A lease that outlasts every test.
pub(crate) const LONG: i64 = 3_600;

/// The morning on which everything happens, finer than any database keeps it.
pub(crate) fn morning() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_222_800, 123_456_789).expect("a date in 2026")
}

pub(crate) fn later(minutes: i64) -> DateTime<Utc> {
    morning() + TimeDelta::minutes(minutes)
}

/// What is left of an instant in a database.
pub(crate) fn kept(instant: DateTime<Utc>) -> DateTime<Utc> {
    DateTime::from_timestamp_micros(instant.timestamp_micros()).expect("an instant")
}

/// A fresh database with the store on it and one office.
pub(crate) struct Town {
    pub(crate) database: Database,
    pub(crate) fresh: Fresh,
    pub(crate) store: Store,
    pub(crate) office: OfficeId,
}

impl Town {
    pub(crate) async fn on(database: Database) -> Self {
        let fresh = fresh(database).await;
        let store = fresh.store().await;
        let office = new_office(&store, SERVER).await;
        Self {
            database,
            fresh,
            store,
            office,
        }
    }

    /// An issue as the office would first write it down, stored.
    pub(crate) async fn issue(&self) -> Issue {
        store_issue(&self.store, self.office, &draft_issue()).await
    }

    /// Wants an issue at a destination as of a revision.
    pub(crate) async fn want(&self, id: i64, destination: Destination, revision: i64) {
        let office = self.office;
        change!(self.store, |tx| {
            outbox::want(tx, office, about(id), destination, revision, morning()).await
        })
        .expect("wanted");
    }

    pub(crate) async fn claim(&self, worker: Worker<'static>, lease: i64) -> Vec<Claimed> {
        change!(self.store, |tx| outbox::claim(tx, &worker, lease, 10).await).expect("claimed")
    }

    /// Claims what must be the only row that may go out.
    pub(crate) async fn claim_one(&self, worker: Worker<'static>, lease: i64) -> Claimed {
        let mut claimed = self.claim(worker, lease).await;
        assert_eq!(claimed.len(), 1, "{claimed:?}");
        claimed.remove(0)
    }

    pub(crate) async fn sent(&self, claimed: &Claimed, revision: i64, post: StandingPost) -> bool {
        change!(self.store, [claimed], |tx| outbox::sent(
            tx, &claimed, revision, post
        )
        .await)
        .expect("noted")
    }
}

pub(crate) async fn new_office(store: &Store, server: ServerId) -> OfficeId {
    change!(store, |tx| office::ensure(tx, server, morning()).await)
        .expect("an office")
        .0
}

pub(crate) async fn store_issue(store: &Store, office: OfficeId, issue: &Issue) -> Issue {
    change!(store, [issue], |tx| issue::insert(tx, office, &issue).await).expect("an issue")
}

pub(crate) async fn store_association(
    store: &Store,
    office: OfficeId,
    name: &str,
) -> domain::id::AssociationId {
    let association = association(name);
    change!(store, [association], |tx| {
        storage::association::put(tx, office, &association).await
    })
    .expect("an association")
}

pub(crate) fn about(id: i64) -> Subject {
    Subject::from(IssueId(id))
}

pub(crate) fn post(message: u64) -> StandingPost {
    StandingPost {
        channel: ChannelId(31),
        message: MessageId(message),
        thread: None,
    }
}

/// A new association of this name and nothing else.
pub(crate) fn association(name: &str) -> Association {
    Association {
        id: domain::id::AssociationId(0),
        name: name.to_owned(),
        professions: Vec::new(),
        scopes: Vec::new(),
        channel: None,
        feedback: None,
        officers: None,
        contacts: None,
        members: None,
        talk: Talk::Officers,
        fixed: false,
    }
}

pub(crate) fn draft_issue() -> Issue {
    Issue {
        id: IssueId(0),
        revision: 0,
        kind: Kind::Issue,
        origin: Origin::Meeting,
        tier: Tier::One,
        tier_by: TierBy::Rules,
        status: Status::Open,
        later_year: None,
        measure_open: false,
        text: "薬局によって在宅医療への姿勢がまちまちだ".to_owned(),
        note: None,
        profession: None,
        association: None,
        about: Vec::new(),
        speaker: None,
        reporter: PHARMACIST,
        created_at: morning(),
        changed_at: morning(),
        passed_on: false,
        kept_private: false,
        retracted: false,
        categories: Vec::new(),
        session: None,
        merged_into: None,
        destination: Destination::Desk,
    }
}
