//! Accounts of sessions: kept whole, corrected as a whole, taken back, and asked for while missing.

use crate::town::{COORDINATOR, Town, kept, morning, new_office};
use chrono::{Days, NaiveDate};
use domain::{
    account::{Account, Attendance},
    era::FiscalYear,
    id::{ProfessionId, ServerId, SessionId},
    session::{Former, Kind, Role, Session, State},
    survey::Survey,
    tier::Tier,
};
use storage::{
    Conflict, Error,
    session::{self, account},
};

fn day(written: &str) -> NaiveDate {
    written.parse().expect("a day")
}

fn held(date: NaiveDate) -> Session {
    Session {
        id: SessionId(0),
        revision: 0,
        tier: Tier::Three,
        kind: Kind::Training,
        state: State::Held,
        title: "合同研修会".to_owned(),
        number: None,
        fiscal_year: Some(FiscalYear::of(date, 4)),
        date: Some(date),
        start: None,
        end: None,
        purpose: None,
        method: None,
        role: Role::Support,
        place: None,
        people: None,
        date_revision: 1,
        moved_from: None,
        reason: None,
        associations: Vec::new(),
        agenda: Vec::new(),
        planned_by: COORDINATOR,
        created_at: morning(),
        changed_at: morning(),
        retracted: false,
    }
}

async fn store(town: &Town, session: Session) -> Session {
    let office = town.office;
    change!(town.store, [session], |tx| session::insert(
        tx, office, &session
    )
    .await)
    .expect("kept")
}

fn written(session: SessionId, profession: ProfessionId) -> Account {
    Account {
        session,
        revision: 0,
        minutes: Some("グループワークで退院の連絡を話し合った。\n次は事例を持ち寄る。".to_owned()),
        attendance: vec![
            Attendance {
                profession: Some(profession),
                word: "薬剤師".to_owned(),
                count: 5,
            },
            Attendance {
                profession: None,
                word: "行政".to_owned(),
                count: 2,
            },
        ],
        survey: Survey::read("参考になりましたか\nはい 6\nいいえ 0\n次回の希望\n・事例を聞きたい")
            .expect("readable"),
        written_by: COORDINATOR,
        written_at: morning(),
        changed_at: morning(),
    }
}

async fn put(town: &Town, account: &Account) -> storage::Result<Account> {
    let office = town.office;
    change!(town.store, [account], |tx| account::insert(
        tx, office, &account
    )
    .await)
}

async fn correct(town: &Town, account: &Account) -> storage::Result<Account> {
    let office = town.office;
    change!(town.store, [account], |tx| account::update(
        tx, office, &account
    )
    .await)
}

/// The id of a profession every office has.
async fn pharmacist(town: &Town) -> ProfessionId {
    let office = town.office;
    change!(town.store, |tx| storage::profession::put(
        tx,
        office,
        "薬剤師",
        &[]
    )
    .await)
    .expect("every office has it")
}

async fn find(town: &Town, session: SessionId) -> Option<Account> {
    let office = town.office;
    look!(town.store, |connection| account::find(
        connection, office, session
    )
    .await)
}

on_both! {
    async fn an_account_is_kept_with_everything_in_it_and_corrected_as_a_whole(town) {
        let pharmacist = pharmacist(&town).await;
        let session = store(&town, held(day("2026-11-20"))).await;
        assert_eq!(find(&town, session.id).await, None);
        let account = put(&town, &written(session.id, pharmacist)).await.expect("kept");
        let expected = Account {
            revision: 1,
            written_at: kept(morning()),
            changed_at: kept(morning()),
            ..written(session.id, pharmacist)
        };
        assert_eq!(account, expected);
        assert_eq!(find(&town, session.id).await, Some(expected));
        let twice = put(&town, &account).await;
        assert!(matches!(twice, Err(Error::Conflict(Conflict::StaleRevision))), "{twice:?}");
        let shorter = Account {
            minutes: None,
            attendance: Vec::new(),
            survey: Survey::read("一言\n・よかった").expect("readable"),
            ..account.clone()
        };
        let corrected = correct(&town, &shorter).await.expect("corrected");
        assert_eq!(corrected, Account { revision: 2, ..shorter });
        assert_eq!(find(&town, session.id).await, Some(corrected));
        let stale = correct(&town, &account).await;
        assert!(matches!(stale, Err(Error::Conflict(Conflict::StaleRevision))), "{stale:?}");
        let other = new_office(&town.store, ServerId(12)).await;
        let theirs = look!(town.store, |connection| {
            account::find(connection, other, SessionId(1)).await
        });
        assert_eq!(theirs, None);
    }

    async fn what_an_account_names_must_be_there(town) {
        let session = store(&town, held(day("2026-11-20"))).await;
        for account in [
            written(session.id, ProfessionId(99)),
            Account { attendance: Vec::new(), ..written(SessionId(9), ProfessionId(1)) },
        ] {
            let refused = put(&town, &account).await;
            assert!(matches!(refused, Err(Error::Conflict(Conflict::Missing))), "{refused:?}");
        }
        assert_eq!(find(&town, session.id).await, None);
    }

    async fn an_account_is_taken_back_as_it_was_read(town) {
        let pharmacist = pharmacist(&town).await;
        let session = store(&town, held(day("2026-11-20"))).await;
        let account = put(&town, &written(session.id, pharmacist)).await.expect("kept");
        let office = town.office;
        let remove = async |revision: i64| {
            let id = session.id;
            change!(town.store, [revision], |tx| account::remove(tx, office, id, revision).await)
        };
        let stale = remove(account.revision + 1).await;
        assert!(matches!(stale, Err(Error::Conflict(Conflict::StaleRevision))), "{stale:?}");
        remove(account.revision).await.expect("taken back");
        assert_eq!(find(&town, session.id).await, None);
        put(&town, &account).await.expect("it is written down anew");
    }

    async fn sessions_of_which_nothing_was_written_down_are_found(town) {
        let pharmacist = pharmacist(&town).await;
        let today = day("2026-11-20");
        let back = |days| today.checked_sub_days(Days::new(days)).expect("a day");
        let of = |state, retracted, days| Session { state, retracted, ..held(back(days)) };
        store(&town, of(State::Planned, false, 0)).await;
        let waiting = store(&town, of(State::Planned, false, 1)).await;
        let older = store(&town, of(State::Held, false, 40)).await;
        store(&town, of(State::Held, false, 400)).await;
        store(&town, of(State::Cancelled, false, 2)).await;
        store(&town, of(State::Held, true, 2)).await;
        let done = store(&town, of(State::Held, false, 3)).await;
        put(&town, &written(done.id, pharmacist)).await.expect("kept");
        let office = town.office;
        let unaccounted = async |limit| {
            let since = back(365);
            let page = look!(town.store, |connection| {
                session::unaccounted(connection, office, today, since, limit).await
            });
            let ids: Vec<SessionId> = page.items.iter().map(|session| session.id).collect();
            (ids, page.total)
        };
        assert_eq!(unaccounted(10).await, (vec![waiting.id, older.id], 2));
        assert_eq!(unaccounted(1).await, (vec![waiting.id], 2));
    }

    async fn what_is_ahead_comes_in_order_and_after_what_was_read(town) {
        let today = day("2026-11-20");
        let mut ids = Vec::new();
        for (state, date) in [
            (State::Planned, "2026-11-19"), (State::Planned, "2026-11-20"), (State::Held, "2026-11-21"),
            (State::Planned, "2027-01-08"), (State::Cancelled, "2027-01-08"),
        ] {
            ids.push(store(&town, Session { state, ..held(day(date)) }).await.id);
        }
        let office = town.office;
        let ahead = async |after| {
            let found = look!(town.store, |connection| {
                session::ahead(connection, office, today, after).await
            });
            found.iter().map(|session| session.id).collect::<Vec<_>>()
        };
        assert_eq!(ahead(SessionId(0)).await, [ids[1], ids[3]]);
        assert_eq!(ahead(ids[1]).await, [ids[3]]);
    }

    async fn a_moved_session_keeps_what_it_was(town) {
        let session = store(&town, Session {
            state: State::Planned,
            people: Some(12),
            ..held(day("2026-12-01"))
        }).await;
        let moved = Session {
            date: Some(day("2026-12-08")),
            date_revision: 2,
            moved_from: Some(Former {
                date: day("2026-12-01"),
                start: chrono::NaiveTime::from_hms_opt(14, 30, 0),
            }),
            reason: Some("会場の都合".to_owned()),
            ..session
        };
        let office = town.office;
        let stored = change!(town.store, [moved], |tx| session::update(tx, office, &moved).await)
            .expect("moved");
        let id = stored.id;
        let found = look!(town.store, |connection| session::find(connection, office, id).await);
        assert_eq!(found, Some(stored));
    }
}
