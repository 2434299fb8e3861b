//! Imports: steps that are done once, whoever does them, and what came of them.

use crate::town::{
    COORDINATOR, PHARMACIST, Town, draft_issue, kept, later, morning, new_office, store_issue,
};
use domain::{
    audience::Destination,
    id::{DraftId, ImportId, IssueId, ServerId, SessionId},
    issue::Issue,
};
use storage::{
    Conflict, Error,
    import::{self, Counts, Import, Standing},
    issue,
};

async fn begin(town: &Town, draft: i64, rows: usize) -> Import {
    let (office, whose) = (town.office, (COORDINATOR, DraftId(draft)));
    change!(town.store, |tx| {
        import::begin(tx, office, whose, rows, false, morning()).await
    })
    .expect("begun")
}

async fn advance(town: &Town, id: ImportId, from: usize, to: usize) -> bool {
    let office = town.office;
    change!(town.store, |tx| import::advance(tx, office, id, (from, to))
        .await)
    .expect("asked")
}

async fn find(town: &Town, id: ImportId) -> Import {
    let office = town.office;
    look!(town.store, |connection| import::find(
        connection, office, id
    )
    .await)
    .expect("an import")
}

/// Stores an issue with this wording as one that came of an import.
async fn imported(town: &Town, id: ImportId, text: &str, place: Destination) -> Issue {
    let office = town.office;
    let issue = Issue {
        text: text.to_owned(),
        destination: place,
        ..draft_issue()
    };
    let stored = store_issue(&town.store, office, &issue).await;
    let number = stored.id;
    change!(town.store, |tx| import::note(tx, office, id, number).await).expect("noted");
    stored
}

async fn counts(town: &Town, id: ImportId) -> Counts {
    let office = town.office;
    look!(town.store, |connection| import::counts(
        connection, office, id
    )
    .await)
}

on_both! {
    async fn an_import_is_begun_once_for_its_draft(town) {
        let begun = begin(&town, 7, 120).await;
        assert_eq!(
            begun,
            Import {
                id: ImportId(1),
                revision: 1,
                person: COORDINATOR,
                draft: DraftId(7),
                rows: 120,
                done: 0,
                cards: false,
                begun_at: kept(morning()),
                ended_at: None,
                undone_at: None,
            }
        );
        assert_eq!(begin(&town, 7, 120).await, begun, "the second press finds it");
        assert_eq!(begin(&town, 8, 1).await.id, ImportId(2));
        let other = new_office(&town.store, ServerId(12)).await;
        let none = look!(town.store, |connection| import::find(connection, other, ImportId(1)).await);
        assert_eq!(none, None, "imports are an office's own");
        let whose = (PHARMACIST, DraftId(9));
        let nowhere = domain::id::OfficeId(99);
        let refused = change!(town.store, |tx| {
            import::begin(tx, nowhere, whose, 1, true, morning()).await
        });
        assert!(matches!(refused, Err(Error::Conflict(Conflict::Missing))), "{refused:?}");
    }

    async fn each_step_is_done_by_one(town) {
        let id = begin(&town, 7, 120).await.id;
        assert!(advance(&town, id, 0, 50).await);
        assert!(!advance(&town, id, 0, 50).await, "somebody has done it");
        assert!(!advance(&town, id, 100, 120).await, "not before its turn");
        assert!(advance(&town, id, 50, 120).await);
        assert_eq!(find(&town, id).await.done, 120);
        let office = town.office;
        for expected in [true, false] {
            let ended = change!(town.store, |tx| import::end(tx, office, id, later(1)).await);
            assert_eq!(ended.expect("asked"), expected, "it ends once");
        }
        let ended = find(&town, id).await;
        assert_eq!((ended.revision, ended.ended_at), (2, Some(kept(later(1)))));
    }

    async fn what_is_taken_back_stores_nothing_more(town) {
        let id = begin(&town, 7, 120).await.id;
        assert!(advance(&town, id, 0, 50).await);
        let office = town.office;
        for expected in [true, false] {
            let begun = change!(town.store, |tx| import::begin_undo(tx, office, id, later(2)).await);
            assert_eq!(begun.expect("asked"), expected, "once");
        }
        assert!(!advance(&town, id, 50, 100).await);
        assert_eq!(find(&town, id).await.undone_at, Some(kept(later(2))));
    }

    async fn only_what_has_not_changed_since_is_offered_to_be_taken_back(town) {
        let id = begin(&town, 7, 3).await.id;
        let other = begin(&town, 8, 1).await.id;
        let first = imported(&town, id, "会議に出たい", Destination::Desk).await;
        let second = imported(&town, id, "研修をしたい", Destination::Tier3).await;
        let third = imported(&town, id, "電話しづらい", Destination::Desk).await;
        imported(&town, other, "別の一覧の意見", Destination::Desk).await;
        let office = town.office;
        change!(town.store, [second], |tx| issue::update(tx, office, &second).await).expect("changed");
        let gone = Issue { retracted: true, ..third };
        change!(town.store, [gone], |tx| issue::update(tx, office, &gone).await).expect("retracted");
        let unchanged = look!(town.store, |connection| {
            import::unchanged(connection, office, id, 10).await
        });
        assert_eq!(unchanged, [first.id]);
        assert_eq!(
            counts(&town, id).await,
            Counts { issues: 3, retracted: 1, changed: 1 }
        );
        assert_eq!(counts(&town, ImportId(99)).await, Counts::default());
        let places = look!(town.store, |connection| import::places(connection, office, id).await);
        let at = |number: IssueId| Standing { issues: 1, first: number, last: number };
        assert_eq!(
            places,
            [(Destination::Desk, at(first.id)), (Destination::Tier3, at(second.id))]
        );
        let number = first.id;
        let twice = change!(town.store, |tx| import::note(tx, office, other, number).await);
        assert!(matches!(twice, Err(Error::Conflict(Conflict::InUse))), "{twice:?}");
    }

    async fn wordings_are_read_in_order_and_without_what_was_taken_back(town) {
        let first = town.issue().await;
        let second = imported(&town, begin(&town, 7, 1).await.id, "ＩＣＴで カイギに", Destination::Desk).await;
        let gone = Issue { retracted: true, ..town.issue().await };
        let office = town.office;
        change!(town.store, [gone], |tx| issue::update(tx, office, &gone).await).expect("retracted");
        let all = look!(town.store, |connection| {
            issue::wordings(connection, office, IssueId(0), 10).await
        });
        assert_eq!(all.iter().map(|found| found.id).collect::<Vec<_>>(), [first.id, second.id]);
        assert_eq!(all[1].folded, "ictで かいぎに");
        assert_eq!(all[1].session, None::<SessionId>);
        let rest = look!(town.store, |connection| {
            issue::wordings(connection, office, first.id, 10).await
        });
        assert_eq!(rest, all[1..]);
        let one = look!(town.store, |connection| {
            issue::wordings(connection, office, IssueId(0), 1).await
        });
        assert_eq!(one, all[..1]);
    }
}
