//! The queue: issues whose cards wait, written past the bot as a bot that could not send has left them.

use crate::stage::Stage;
use anyhow::Context;
use chrono::{DateTime, Utc};
use domain::issue::TierBy;
use domain::{
    audience::Destination,
    id::{IssueId, ServerId, UserId},
    issue::{Issue, Kind, Origin, Status},
    office::Office,
    tier::Tier,
};
use futures::{StreamExt, TryStreamExt, stream};
use storage::{Subject, SubjectKind};

/// Issues written at once; they share commits.
const AT_ONCE: usize = 64;

/// Writes so many issues, in turn for every place that holds cards in a text channel or a small forum.
pub(crate) async fn fill(stage: &Stage, count: usize) -> anyhow::Result<()> {
    let store = stage.database.open().await;
    let office = store.office(ServerId(stage.city.guild)).await?;
    let office = office.context("the bot has made the office")?;
    let places = places(&office);
    let now = DateTime::from_timestamp(1_795_000_000, 0).context("a moment")?;
    let store = &store;
    stream::iter(0..count)
        .map(|number| {
            let destination = places[number % places.len()];
            let issue = issue(
                number,
                destination,
                now,
                stage.city.person("薬剤師会の会長"),
            );
            let id = office.id;
            async move {
                store
                    .write(move |tx| {
                        let issue = issue.clone();
                        Box::pin(async move {
                            let stored = storage::issue::insert(tx, id, &issue).await?;
                            let subject = Subject {
                                kind: SubjectKind::Issue,
                                id: stored.id.0,
                            };
                            storage::outbox::want(tx, id, subject, destination, 1, now).await
                        })
                    })
                    .await
            }
        })
        .buffer_unordered(AT_ONCE)
        .try_collect::<Vec<()>>()
        .await?;
    store.close().await;
    Ok(())
}

fn places(office: &Office) -> Vec<Destination> {
    let own = office.associations.iter().map(|a| Destination::Tier1(a.id));
    own.chain([Destination::Desk]).collect()
}

fn issue(number: usize, destination: Destination, now: DateTime<Utc>, reporter: u64) -> Issue {
    let text = format!(
        "会員のあいだで在宅への関わり方に温度差があり、当番の回し方から話し合いたい（{}）。",
        "あいうえお".chars().nth(number % 5).unwrap_or('あ')
    );
    Issue {
        id: IssueId(0),
        revision: 1,
        kind: Kind::Issue,
        origin: Origin::Meeting,
        tier: Tier::One,
        tier_by: TierBy::Person,
        status: Status::Open,
        later_year: None,
        text,
        note: None,
        profession: None,
        association: match destination {
            Destination::Tier1(id) => Some(id),
            _ => None,
        },
        about: Vec::new(),
        speaker: None,
        reporter: UserId(reporter),
        created_at: now,
        changed_at: now,
        passed_on: false,
        kept_private: false,
        measure_open: false,
        retracted: false,
        categories: Vec::new(),
        session: None,
        merged_into: None,
        destination,
    }
}
