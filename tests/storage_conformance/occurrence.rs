//! What is due later: planned once, taken once.

use crate::town::{Town, morning, new_office};
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use chrono_tz::{Asia::Tokyo, Europe::Berlin, Tz};
use domain::{
    audience::Destination,
    id::{AssociationId, IssueId, OfficeId, ServerId},
    occurrence::{Key, Lead, Matter, Moment, Series},
    setting,
};
use sqlx::{Connection, PgConnection, SqliteConnection};
use storage::{Conflict, Error, Store, Subject, occurrence};
use tests::database::Database;

const DESK: Destination = Destination::Desk;
/// Another place of the same office.
const TALK: Destination = Destination::Tier1(AssociationId(3));

pub(crate) fn series(id: i64, revision: i64) -> Series {
    Series {
        matter: Matter::Proposal,
        id,
        revision,
    }
}

pub(crate) fn key(id: i64, revision: i64, days: u16) -> Key {
    series(id, revision).at(Lead::days(days).expect("a short lead"))
}

/// A day in November 2026 and a minute after nine in the morning.
fn moment(day: u32, minute: u32) -> Moment {
    Moment {
        date: NaiveDate::from_ymd_opt(2026, 11, day).expect("a day in November"),
        time: NaiveTime::from_hms_opt(9, minute, 0).expect("a minute of an hour"),
    }
}

/// The instant of that moment in Japan.
pub(crate) fn at(day: u32, minute: u32) -> DateTime<Utc> {
    moment(day, minute).instant(Tokyo)
}

pub(crate) async fn plan(
    store: &Store,
    office: OfficeId,
    key: Key,
    day: u32,
    minute: u32,
    destination: Destination,
) -> bool {
    change!(store, |tx| {
        occurrence::put(tx, office, key, moment(day, minute), Tokyo, destination).await
    })
    .expect("planned")
}

pub(crate) async fn take(
    store: &Store,
    office: OfficeId,
    destination: Destination,
    now: DateTime<Utc>,
) -> Vec<String> {
    change!(store, |tx| occurrence::take(tx, office, destination, now)
        .await)
    .expect("taken")
    .iter()
    .map(|occurrence| occurrence.key.to_string())
    .collect()
}

async fn places(town: &Town, now: DateTime<Utc>) -> Vec<(OfficeId, Destination)> {
    look!(town.store, |connection| occurrence::due(connection, now)
        .await)
}

async fn next(town: &Town, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    look!(town.store, |connection| occurrence::next_due(
        connection, now
    )
    .await)
}

/// Writes beside the store what a newer program would have written.
async fn by_a_newer_program(town: &Town) {
    let sql = "insert into occurrence \
         (office_id, key, matter, destination, due_date, due_minute, due_at) \
         values ($1, 'weather:1@1:storm:3d', 'weather:storm', 'roof', '2026-11-01', 0, 0)";
    let url = &town.fresh.url;
    match town.database {
        Database::Sqlite => {
            let mut connection = SqliteConnection::connect(url).await.expect("SQLite opens");
            let query = sqlx::query(sql).bind(town.office.0);
            query.execute(&mut connection).await.map(drop)
        }
        Database::Postgres => {
            let mut connection = PgConnection::connect(url).await.expect("PostgreSQL opens");
            let query = sqlx::query(sql).bind(town.office.0);
            query.execute(&mut connection).await.map(drop)
        }
    }
    .expect("written");
}

on_both! {
    async fn one_key_is_due_at_each_of_its_places(town) {
        let (store, office) = (&town.store, town.office);
        let planned = key(41, 3, 14);
        assert!(plan(store, office, planned, 23, 0, DESK).await);
        assert!(plan(store, office, planned, 23, 0, TALK).await);
        assert!(!plan(store, office, planned, 24, 0, TALK).await, "it stays as it is");
        assert_eq!(take(store, office, TALK, at(23, 0)).await.len(), 1);
        assert_eq!(take(store, office, DESK, at(23, 0)).await.len(), 1);
        assert!(!plan(store, office, planned, 24, 0, TALK).await, "what is settled stays");
        let other = key(42, 1, 3);
        plan(store, office, other, 25, 0, DESK).await;
        plan(store, office, other, 25, 0, TALK).await;
        let gone = change!(store, |tx| occurrence::cancel(tx, office, series(42, 1)).await);
        assert_eq!(gone.expect("cancelled"), 2);
    }

    async fn what_waits_moves_to_another_time_of_day(town) {
        let (store, office) = (&town.store, town.office);
        plan(store, office, key(41, 3, 14), 23, 0, DESK).await;
        plan(store, office, key(41, 3, 7), 24, 0, TALK).await;
        let noon = NaiveTime::from_hms_opt(12, 0, 0).expect("noon");
        change!(store, |tx| {
            occurrence::move_to_time(tx, office, Matter::Proposal, noon, Tokyo).await
        })
        .expect("moved");
        let at_noon = |day| at(day, 0) + chrono::TimeDelta::hours(3);
        assert_eq!(next(&town, at(22, 0)).await, Some(at_noon(23)));
        assert_eq!(next(&town, at_noon(23)).await, Some(at_noon(24)));
    }

    async fn an_occurrence_is_due_from_its_moment_on(town) {
        let planned = key(41, 3, 14);
        assert!(plan(&town.store, town.office, planned, 23, 0, DESK).await);
        let early = at(22, 59);
        assert!(places(&town, early).await.is_empty());
        assert!(take(&town.store, town.office, DESK, early).await.is_empty());
        assert_eq!(next(&town, early).await, Some(at(23, 0)));
        assert_eq!(places(&town, at(23, 0)).await, [(town.office, DESK)]);
        assert_eq!(next(&town, at(23, 0)).await, None);
        let office = town.office;
        let taken =
            change!(town.store, |tx| occurrence::take(tx, office, DESK, at(23, 0)).await)
                .expect("taken");
        let expected = occurrence::Occurrence {
            key: planned,
            destination: DESK,
            due_at: at(23, 0),
        };
        assert_eq!(taken, [expected]);
        assert_eq!(expected.subject().expect("a kind of ours"), Subject::from(IssueId(41)));
        assert!(places(&town, at(23, 0)).await.is_empty());
    }

    async fn what_is_due_at_one_place_is_taken_together_the_longest_due_first(town) {
        let other = new_office(&town.store, ServerId(12)).await;
        for (office, id, day, place) in [
            (town.office, 3, 22, DESK),
            (town.office, 2, 22, DESK),
            (town.office, 9, 21, DESK),
            (town.office, 4, 21, TALK),
            (town.office, 5, 24, DESK),
            (other, 1, 20, DESK),
        ] {
            assert!(plan(&town.store, office, key(id, 1, 3), day, 0, place).await);
        }
        let now = at(23, 0);
        let mut found = places(&town, now).await;
        assert_eq!(found.remove(0), (other, DESK));
        found.sort();
        assert_eq!(found, [(town.office, DESK), (town.office, TALK)]);
        let taken = take(&town.store, town.office, DESK, now).await;
        let expected = ["issue:9@1:proposal:3d", "issue:2@1:proposal:3d", "issue:3@1:proposal:3d"];
        assert_eq!(taken, expected);
        assert_eq!(take(&town.store, town.office, TALK, now).await, ["issue:4@1:proposal:3d"]);
        assert_eq!(take(&town.store, other, DESK, now).await, ["issue:1@1:proposal:3d"]);
        assert_eq!(next(&town, now).await, Some(at(24, 0)));
    }

    async fn no_more_are_taken_at_once_than_a_change_may_touch(town) {
        let office = town.office;
        let most = occurrence::TAKEN_MAX;
        change!(town.store, |tx| {
            for id in 1..=most + 1 {
                occurrence::put(tx, office, key(id, 1, 3), moment(21, 0), Tokyo, DESK).await?;
            }
            Ok(())
        })
        .expect("planned");
        let first = take(&town.store, office, DESK, at(21, 0)).await;
        assert_eq!(i64::try_from(first.len()), Ok(most));
        assert_eq!(take(&town.store, office, DESK, at(21, 0)).await.len(), 1);
        assert!(take(&town.store, office, DESK, at(21, 0)).await.is_empty());
    }

    async fn a_key_is_planned_once_even_after_it_was_settled(town) {
        let planned = key(1, 1, 3);
        assert!(plan(&town.store, town.office, planned, 21, 0, DESK).await);
        assert!(!plan(&town.store, town.office, planned, 25, 0, DESK).await);
        assert_eq!(take(&town.store, town.office, DESK, at(21, 0)).await.len(), 1);
        assert!(!plan(&town.store, town.office, planned, 22, 0, DESK).await);
        assert!(places(&town, at(28, 0)).await.is_empty());
        // A newer date is another key.
        assert!(plan(&town.store, town.office, key(1, 2, 3), 22, 0, DESK).await);
        assert_eq!(take(&town.store, town.office, DESK, at(28, 0)).await, ["issue:1@2:proposal:3d"]);
    }

    async fn exactly_one_of_two_processes_takes_what_is_due(town) {
        let other = town.fresh.open().await;
        for id in 1..=5 {
            plan(&town.store, town.office, key(id, 1, 3), 21, 0, DESK).await;
            plan(&town.store, town.office, key(id, 1, 7), 21, 0, DESK).await;
            let (one, two) = tokio::join!(
                take(&town.store, town.office, DESK, at(21, 0)),
                take(&other, town.office, DESK, at(21, 0)),
            );
            assert_eq!(one.len() + two.len(), 2, "{id}");
            assert!(one.is_empty() || two.is_empty(), "what is due together is taken together");
        }
    }

    async fn what_waits_of_a_series_is_taken_back(town) {
        let other = new_office(&town.store, ServerId(12)).await;
        for (office, planned) in [
            (town.office, key(4, 1, 3)),
            (town.office, key(4, 1, 7)),
            (town.office, key(4, 11, 3)),
            (town.office, key(41, 1, 3)),
            (other, key(4, 1, 3)),
        ] {
            plan(&town.store, office, planned, 21, 0, DESK).await;
        }
        plan(&town.store, town.office, key(4, 1, 1), 20, 0, DESK).await;
        assert_eq!(take(&town.store, town.office, DESK, at(20, 0)).await.len(), 1);
        let office = town.office;
        let cancelled = change!(town.store, |tx| occurrence::cancel(tx, office, series(4, 1)).await);
        assert_eq!(cancelled.expect("taken back"), 2);
        // What was taken back may be planned again; what was settled may not.
        assert!(!plan(&town.store, office, key(4, 1, 1), 21, 0, DESK).await);
        let left = take(&town.store, office, DESK, at(21, 0)).await;
        assert_eq!(left, ["issue:4@11:proposal:3d", "issue:41@1:proposal:3d"]);
        assert_eq!(take(&town.store, other, DESK, at(21, 0)).await.len(), 1);
        assert!(plan(&town.store, office, key(4, 1, 3), 21, 0, DESK).await);
    }

    async fn what_a_newer_program_has_planned_is_left_to_it(town) {
        by_a_newer_program(&town).await;
        plan(&town.store, town.office, key(1, 1, 3), 21, 0, DESK).await;
        let now = at(22, 0);
        assert_eq!(places(&town, now).await, [(town.office, DESK)]);
        assert_eq!(take(&town.store, town.office, DESK, now).await.len(), 1);
        let counts = look!(town.store, |connection| occurrence::counts(connection, now).await);
        assert_eq!(counts, occurrence::Counts::default());
    }

    async fn an_office_the_bot_has_left_waits_for_its_return(town) {
        let office = town.office;
        plan(&town.store, office, key(1, 1, 3), 21, 0, DESK).await;
        plan(&town.store, office, key(2, 1, 3), 25, 0, DESK).await;
        let count = async |due| {
            let counts = look!(town.store, |connection| {
                occurrence::counts(connection, at(22, 0)).await
            });
            assert_eq!((counts.waiting, counts.due), due);
        };
        count((2, 1)).await;
        change!(town.store, |tx| storage::office::left(tx, office, Some(morning())).await)
            .expect("left");
        assert!(places(&town, at(22, 0)).await.is_empty());
        assert!(take(&town.store, office, DESK, at(22, 0)).await.is_empty());
        assert_eq!(next(&town, at(22, 0)).await, None);
        count((0, 0)).await;
        change!(town.store, |tx| storage::office::left(tx, office, None).await).expect("back");
        assert_eq!(take(&town.store, office, DESK, at(22, 0)).await.len(), 1);
    }

    async fn nine_in_the_morning_stays_nine_in_another_time_zone(town) {
        let office = town.office;
        plan(&town.store, office, key(1, 1, 3), 20, 0, DESK).await;
        assert_eq!(take(&town.store, office, DESK, at(20, 0)).await.len(), 1);
        plan(&town.store, office, key(1, 1, 7), 23, 0, DESK).await;
        plan(&town.store, office, key(2, 1, 7), 23, 30, DESK).await;
        let zone: Tz = Berlin;
        change!(town.store, |tx| {
            storage::office::set_setting(tx, office, setting::Key::TimeZone, zone.name(), false).await
        })
        .expect("set");
        assert_eq!(next(&town, morning()).await, Some(moment(23, 0).instant(Berlin)));
        assert!(take(&town.store, office, DESK, at(23, 30)).await.is_empty());
        let there = moment(23, 30).instant(Berlin);
        assert_eq!(take(&town.store, office, DESK, there).await.len(), 2);
        // Another setting moves nothing.
        plan(&town.store, office, key(3, 1, 7), 24, 0, DESK).await;
        change!(town.store, |tx| {
            storage::office::set_setting(tx, office, setting::Key::Locale, "en", false).await
        })
        .expect("set");
        assert_eq!(next(&town, morning()).await, Some(at(24, 0)));
    }

    async fn whoever_waits_is_told_of_what_was_planned(town) {
        let told = town.store.occurrence_changed();
        let waiting = told.notified();
        tokio::pin!(waiting);
        waiting.as_mut().enable();
        plan(&town.store, town.office, key(1, 1, 3), 21, 0, DESK).await;
        waiting.await;
    }

    async fn an_occurrence_of_no_office_is_refused(town) {
        let refused = change!(town.store, |tx| {
            occurrence::put(tx, OfficeId(99), key(1, 1, 3), moment(21, 0), Tokyo, DESK).await
        });
        assert!(matches!(refused, Err(Error::Conflict(Conflict::Missing))));
    }

    async fn what_waits_of_a_matter_is_taken_back_for_one_record_only(town) {
        let office = town.office;
        for (id, revision) in [(1, 1), (1, 2), (12, 1)] {
            plan(&town.store, office, key(id, revision, 3), 21, 0, DESK).await;
        }
        let settled = key(1, 3, 3);
        plan(&town.store, office, settled, 20, 0, DESK).await;
        assert_eq!(take(&town.store, office, DESK, at(20, 0)).await, [settled.to_string()]);
        let taken_back = change!(town.store, |tx| {
            occurrence::cancel_all(tx, office, Matter::Proposal, 1).await
        });
        assert_eq!(taken_back.expect("taken back"), 2);
        let left = take(&town.store, office, DESK, at(30, 0)).await;
        assert_eq!(left, [key(12, 1, 3).to_string()]);
        assert!(!plan(&town.store, office, settled, 21, 0, DESK).await, "it was said");
    }

    async fn what_is_due_already_is_left_when_what_is_ahead_is_taken_back(town) {
        let office = town.office;
        for (id, lead, day) in [(1, 3, 21), (1, 7, 25), (2, 7, 25)] {
            plan(&town.store, office, key(id, 1, lead), day, 0, DESK).await;
        }
        for (now, expected) in [(at(21, 0), 1), (at(21, 0), 0)] {
            let taken_back = change!(town.store, |tx| {
                occurrence::cancel_ahead(tx, office, Matter::Proposal, 1, now).await
            });
            assert_eq!(taken_back.expect("taken back"), expected);
        }
        let left = take(&town.store, office, DESK, at(30, 0)).await;
        assert_eq!(left, [key(1, 1, 3).to_string(), key(2, 1, 7).to_string()]);
    }

    async fn an_issue_put_off_comes_back_when_the_year_of_the_office_begins(town) {
        let office = town.office;
        let issue = domain::issue::Issue {
            status: domain::issue::Status::Later,
            later_year: Some(2027),
            ..crate::town::draft_issue()
        };
        let stored = crate::town::store_issue(&town.store, office, &issue).await;
        let unplanned = async || {
            look!(town.store, |connection| occurrence::unplanned_returns(connection).await)
        };
        let put_off = occurrence::PutOff {
            office,
            issue: stored.id,
            revision: 1,
            year: 2027,
        };
        assert_eq!(unplanned().await, [put_off]);
        let returning = Series { matter: Matter::Return, id: stored.id.0, revision: 1 };
        let nine = NaiveTime::from_hms_opt(9, 0, 0).expect("a time");
        let planned = change!(town.store, |tx| {
            let moment = domain::occurrence::return_of(2027, 4, nine);
            let key = returning.at(domain::occurrence::ON_THE_DAY);
            occurrence::put(tx, office, key, moment, Tokyo, DESK).await
        });
        assert!(planned.expect("planned"));
        assert!(unplanned().await.is_empty());
        let day = |month, day| {
            Moment {
                date: NaiveDate::from_ymd_opt(2027, month, day).expect("a day"),
                time: nine,
            }
            .instant(Tokyo)
        };
        assert_eq!(next(&town, at(1, 0)).await, Some(day(4, 1)));
        change!(town.store, |tx| {
            let key = setting::Key::FiscalYearStart;
            storage::office::set_setting(tx, office, key, "10", false).await
        })
        .expect("set");
        assert_eq!(next(&town, at(1, 0)).await, Some(day(10, 1)));
        change!(town.store, |tx| {
            let key = setting::Key::TimeZone;
            storage::office::set_setting(tx, office, key, "Europe/Berlin", false).await
        })
        .expect("set");
        let there = Moment {
            date: NaiveDate::from_ymd_opt(2027, 10, 1).expect("a day"),
            time: nine,
        };
        assert_eq!(next(&town, at(1, 0)).await, Some(there.instant(Berlin)));
    }
}
