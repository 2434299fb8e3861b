//! The queue of an office: how much of it may wait, and what still comes in when it is full.

use crate::town::{Town, about, morning};
use domain::{audience::Destination, id::AssociationId};
use storage::{
    Conflict, Error, outbox,
    stoppage::{self, Cause},
};

const TIER1: Destination = Destination::Tier1(AssociationId(3));

/// Lets so many rows of the office wait.
async fn fill_queue(town: &Town, rows: i64) {
    let waiting = format!(
        "insert into outbox_lane (office_id, destination) values (1, 'progress'); \
         with recursive n(i) as (select 1 union all select i + 1 from n where i < {rows}) \
         insert into outbox (office_id, id, subject_kind, subject_id, destination, mark, \
         sequence, wanted_revision, first_wanted_at, latest_wanted_at, waiting_since) \
         select 1, i + 1000, 'issue', i, 'progress', 'a-mark-of-the-queue-' || i, i, 1, 0, 0, 0 \
         from n"
    );
    town.fresh.run(&waiting).await;
}

on_both! {
    async fn a_full_queue_takes_nothing_more_but_what_hinders_it(town) {
        let office = town.office;
        fill_queue(&town, outbox::QUEUE_MAX).await;
        let refused = change!(town.store, |tx| {
            outbox::want(tx, office, about(1), TIER1, 1, morning()).await
        });
        assert!(matches!(refused, Err(Error::Conflict(Conflict::QueueFull))), "{refused:?}");
        let open = Cause {
            code: "drift-roles".to_owned(),
            widens: true,
            details: vec!["role:5".to_owned()],
        };
        let begun = change!(town.store, [open], |tx| {
            stoppage::begin(tx, office, TIER1, None, &open, morning()).await
        });
        assert!(begun.expect("the desk has to know").is_some());
    }

    async fn a_queue_that_is_nearly_full_takes_as_many_as_there_is_room_for(town) {
        let office = town.office;
        fill_queue(&town, outbox::QUEUE_MAX - 70).await;
        let want = async |first: i64, last: i64| {
            change!(town.store, |tx| {
                for id in first..=last {
                    outbox::want(tx, office, about(id), TIER1, 1, morning()).await?;
                }
                Ok(())
            })
        };
        let beyond = want(1, 71).await;
        assert!(matches!(beyond, Err(Error::Conflict(Conflict::QueueFull))), "{beyond:?}");
        want(1, 69).await.expect("there is room");
        want(70, 70).await.expect("the last place");
        let beyond = want(71, 71).await;
        assert!(matches!(beyond, Err(Error::Conflict(Conflict::QueueFull))), "{beyond:?}");
    }
}
