//! Both databases give the same answers to the same questions, whatever the order.
//!
//! A random sequence of steps is carried out on each; what they answer, as far as it is not random or
//! a time of the database, must be equal line by line.

use crate::{
    occurrence::{at, key, plan, series, take},
    town::{about, draft_issue, later, new_office, post},
};
use domain::{
    audience::Destination,
    id::{AssociationId, DraftId, InteractionId, IssueId, OfficeId, ServerId, UserId},
    issue::{Issue, Status},
    tier::Tier,
};
use proptest::{collection::vec, prelude::*, test_runner::TestRunner};
use serde_json::json;
use std::cell::Cell;
use storage::{
    Error, Store, draft, interaction,
    issue::{self, Filter, Readable},
    occurrence, office,
    outbox::{self, Claimed, Worker},
};
use tests::database::{Database, fresh};

/// Sequences tried; each runs on both databases.
const SEQUENCES: u32 = 32;

#[derive(Clone, Debug)]
enum Step {
    Insert {
        tier: i64,
        reporter: u64,
    },
    Update {
        id: i64,
        revision: i64,
        status: usize,
    },
    List {
        tier: Option<i64>,
        reader: u64,
        offset: i64,
    },
    Want {
        id: i64,
        destination: i64,
        revision: i64,
    },
    Claim {
        worker: u8,
        over: bool,
        limit: i64,
    },
    Word {
        which: usize,
        word: u8,
    },
    Draft {
        person: u64,
    },
    Take {
        id: i64,
        person: u64,
    },
    Interaction {
        id: u64,
    },
    Plan {
        id: i64,
        days: u16,
        minute: u32,
    },
    Due {
        minute: u32,
    },
    Settle {
        minute: u32,
    },
    Cancel {
        id: i64,
    },
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        (1..=3_i64, 1..3_u64).prop_map(|(tier, reporter)| Step::Insert { tier, reporter }),
        (1..5_i64, 1..4_i64, 0..8_usize).prop_map(|(id, revision, status)| Step::Update {
            id,
            revision,
            status
        }),
        (proptest::option::of(1..=3_i64), 0..3_u64, 0..3_i64).prop_map(|(tier, reader, offset)| {
            Step::List {
                tier,
                reader,
                offset,
            }
        }),
        (1..4_i64, 1..4_i64, 1..4_i64).prop_map(|(id, destination, revision)| Step::Want {
            id,
            destination,
            revision
        }),
        (1..3_u8, any::<bool>(), 0..3_i64).prop_map(|(worker, over, limit)| Step::Claim {
            worker,
            over,
            limit
        }),
        (0..6_usize, 0..5_u8).prop_map(|(which, word)| Step::Word { which, word }),
        (1..3_u64).prop_map(|person| Step::Draft { person }),
        (1..6_i64, 1..3_u64).prop_map(|(id, person)| Step::Take { id, person }),
        (1..4_u64).prop_map(|id| Step::Interaction { id }),
        (1..4_i64, 1..3_u16, 0..4_u32).prop_map(|(id, days, minute)| Step::Plan {
            id,
            days,
            minute
        }),
        (0..4_u32).prop_map(|minute| Step::Due { minute }),
        (0..4_u32).prop_map(|minute| Step::Settle { minute }),
        (1..4_i64).prop_map(|id| Step::Cancel { id }),
    ]
}

/// One town of a sequence: what was claimed is remembered, so that workers can speak of it later.
struct Run {
    store: Store,
    office: OfficeId,
    claimed: Vec<Claimed>,
}

/// What a claim is, without its mark and the times of the database. Rows wait since moments that may
/// be equal, so their order between lanes is left aside.
fn plain(claimed: &Claimed) -> String {
    format!(
        "{} {:?} {:?} {}/{} {:?} {} {} {}",
        claimed.id,
        claimed.subject,
        claimed.destination,
        claimed.sent,
        claimed.wanted,
        claimed.post,
        claimed.attempts,
        claimed.first_wanted_at,
        claimed.recovering,
    )
}

impl Run {
    async fn carry_out(&mut self, step: &Step) -> String {
        let done = match step.clone() {
            Step::Insert { .. } | Step::Update { .. } | Step::List { .. } => self.issue(step).await,
            Step::Want {
                id,
                destination,
                revision,
            } => {
                let destination = Destination::Tier1(AssociationId(destination));
                let office = self.office;
                change!(self.store, |tx| {
                    outbox::want(tx, office, about(id), destination, revision, later(id)).await
                })
                .map(|()| "wanted".to_owned())
            }
            Step::Claim {
                worker,
                over,
                limit,
            } => self.claim(worker, over, limit).await,
            Step::Word { which, word } => self.word(which, word).await,
            _ => self.other(step).await,
        };
        match done {
            Ok(answer) => answer,
            Err(Error::Conflict(conflict)) => format!("{conflict:?}"),
            Err(error) => panic!("{step:?}: {error}"),
        }
    }

    async fn issue(&self, step: &Step) -> Result<String, Error> {
        let office = self.office;
        match step.clone() {
            Step::Insert { tier, reporter } => {
                let tier = Tier::from_number(tier).expect("a tier");
                let new = Issue {
                    tier,
                    reporter: UserId(reporter),
                    ..draft_issue()
                };
                change!(self.store, [new], |tx| issue::insert(tx, office, &new)
                    .await)
                .map(|stored| format!("{stored:?}"))
            }
            Step::Update {
                id,
                revision,
                status,
            } => {
                let status = Status::ALL[status];
                let later_year = (status == Status::Later).then_some(2027);
                let id = IssueId(id);
                let new = Issue {
                    id,
                    revision,
                    status,
                    later_year,
                    ..draft_issue()
                };
                change!(self.store, [new], |tx| issue::update(tx, office, &new)
                    .await)
                .map(|stored| format!("{stored:?}"))
            }
            Step::List {
                tier,
                reader,
                offset,
            } => {
                let readable = match reader {
                    0 => Readable::Everything,
                    user => Readable::By {
                        user: UserId(user),
                        associations: Vec::new(),
                        destinations: Vec::new(),
                        audiences: std::collections::BTreeMap::new(),
                    },
                };
                let filter = Filter {
                    tier: tier.and_then(Tier::from_number),
                    open_only: true,
                    ..Filter::of(readable)
                };
                let page = look!(self.store, |connection| {
                    issue::list(connection, office, &filter, offset, 3).await
                });
                Ok(format!("{page:?}"))
            }
            other => unreachable!("{other:?} is not about issues"),
        }
    }

    async fn claim(&mut self, worker: u8, over: bool, limit: i64) -> Result<String, Error> {
        let lease = if over { -1 } else { crate::town::LONG };
        // All that may go, or nothing: which of several lanes comes first is a matter of moments.
        let limit = if limit == 0 { 0 } else { outbox::CLAIMS_MAX };
        let name: &'static str = if worker == 1 { "one" } else { "two" };
        let mut claimed = change!(self.store, |tx| {
            outbox::claim(tx, &Worker { id: name }, lease, limit).await
        })?;
        claimed.sort_by_key(|claimed| claimed.id);
        let told = claimed.iter().map(plain).collect::<Vec<_>>().join("\n");
        self.claimed.extend(claimed);
        Ok(told)
    }

    async fn word(&self, which: usize, word: u8) -> Result<String, Error> {
        let Some(claimed) = self.claimed.iter().rev().nth(which) else {
            return Ok(String::new());
        };
        let store = &self.store;
        let counted = match word {
            0 => {
                let (revision, post) = (claimed.wanted, post(7));
                change!(store, [claimed], |tx| outbox::sent(
                    tx, &claimed, revision, post
                )
                .await)?
            }
            1 => {
                let revision = claimed.wanted;
                change!(store, [claimed], |tx| outbox::removed(
                    tx, &claimed, revision
                )
                .await)?
            }
            2 => change!(store, [claimed], |tx| outbox::retry(tx, &claimed, 0).await)?,
            3 => change!(store, [claimed], |tx| outbox::refuse(tx, &claimed, "no")
                .await)?,
            _ => change!(store, [claimed], |tx| outbox::lost(tx, &claimed).await)?.is_some(),
        };
        Ok(counted.to_string())
    }

    async fn other(&self, step: &Step) -> Result<String, Error> {
        let (office, store) = (self.office, &self.store);
        Ok(match step.clone() {
            Step::Draft { person } => {
                let new = draft::NewDraft {
                    person: UserId(person),
                    step: "step",
                    body: json!({ "person": person }),
                    now: later(0),
                    expires_at: later(1),
                };
                let id = change!(store, [new], |tx| draft::put(tx, office, &new).await)?;
                id.to_string()
            }
            Step::Take { id, person } => {
                let body = change!(store, |tx| {
                    draft::take(tx, office, DraftId(id), UserId(person), "step", later(0)).await
                })?;
                format!("{body:?}")
            }
            Step::Interaction { id } => change!(store, |tx| {
                interaction::claim(tx, InteractionId(id), office, later(0)).await
            })?
            .to_string(),
            Step::Plan { id, days, minute } => plan(
                store,
                office,
                key(id, 1, days),
                21,
                minute,
                Destination::Desk,
            )
            .await
            .to_string(),
            Step::Due { minute } => {
                let now = at(21, minute);
                let due = look!(store, |connection| {
                    let places = occurrence::due(connection, now).await?;
                    Ok((places, occurrence::next_due(connection, now).await?))
                });
                // The databases gave the office numbers of their own.
                format!("{} {:?}", due.0.len(), due.1)
            }
            Step::Settle { minute } => {
                let taken = take(store, office, Destination::Desk, at(21, minute)).await;
                format!("{taken:?}")
            }
            Step::Cancel { id } => change!(store, |tx| {
                occurrence::cancel(tx, office, series(id, 1)).await
            })?
            .to_string(),
            other => unreachable!("{other:?} is handled elsewhere"),
        })
    }
}

async fn answers(store: Store, server: ServerId, steps: &[Step]) -> Vec<String> {
    let office = new_office(&store, server).await;
    let mut run = Run {
        store,
        office,
        claimed: Vec::new(),
    };
    let mut answers = Vec::with_capacity(steps.len());
    for step in steps {
        answers.push(run.carry_out(step).await);
    }
    // What is left in its outbox is not handed out in the next sequence.
    change!(run.store, |tx| office::left(tx, office, Some(later(0)))
        .await)
    .expect("noted");
    answers
}

#[test]
fn both_databases_give_the_same_answers_to_the_same_steps() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    // One database of each kind for all sequences, each of which has an office of its own.
    let databases = Database::both().map(|database| {
        runtime.block_on(async {
            let fresh = fresh(database).await;
            let store = fresh.store().await;
            (fresh, store)
        })
    });
    let sequence = Cell::new(0);
    let config = ProptestConfig {
        cases: SEQUENCES,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    TestRunner::new(config)
        .run(&vec(step(), 1..40), |steps| {
            sequence.set(sequence.get() + 1);
            let server = ServerId(sequence.get());
            let [sqlite, postgres] = databases
                .each_ref()
                .map(|(_, store)| runtime.block_on(answers(store.clone(), server, &steps)));
            for ((step, one), two) in steps.iter().zip(&sqlite).zip(&postgres) {
                prop_assert_eq!(one, two, "{:?}", step);
            }
            Ok(())
        })
        .expect("no sequence tells them apart");
    for (_, store) in &databases {
        runtime.block_on(store.close());
    }
}
