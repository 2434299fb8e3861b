//! Months and years as they are posted: what is shown, held, posted, and wanted anew when something of
//! them was changed.

use crate::town::{COORDINATOR, LONG, Town, WORKER, kept, later, morning, post as standing};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    audience::Destination,
    era::FiscalYear,
    id::{RecordId, TargetId},
    progress::{Period, YearMonth},
    target::{Count, Record, Target, number::ItemNumber, record::Source},
};
use storage::{Subject, SubjectKind, history, outbox, report, target};

fn month(number: i64) -> Period {
    Period::Month(YearMonth::from_number(number).expect("a month"))
}

const YEAR: Period = Period::Year(FiscalYear::starting_in(2026));

fn day(month: u32, day: u32) -> NaiveDate {
    let year = if month < 4 { 2027 } else { 2026 };
    NaiveDate::from_ymd_opt(year, month, day).expect("a day")
}

/// A target of the office, and one that counts councils by itself.
async fn targets(town: &Town) -> (TargetId, TargetId) {
    let office = town.office;
    let made = change!(town.store, |tx| {
        let target = |number: &str, counts: Option<Count>| Target {
            id: TargetId(0),
            revision: 0,
            area: "医療・看護".to_owned(),
            number: ItemNumber::read(number).expect("a number"),
            item: "多職種の研修を行う".to_owned(),
            position: 0,
            owner: None,
            counts,
            withdrawn: false,
            added_by: COORDINATOR,
            created_at: morning(),
            changed_at: morning(),
        };
        let one = target::insert(tx, office, &target("1-①", None)).await?;
        let counts = Count::from_code("session:council");
        let other = target::insert(tx, office, &target("1-②", counts)).await?;
        Ok((one.id, other.id))
    });
    made.expect("kept")
}

async fn record(town: &Town, of: TargetId, on: NaiveDate, at: DateTime<Utc>) -> Record {
    let office = town.office;
    let made = change!(town.store, |tx| {
        let record = Record {
            id: RecordId(0),
            revision: 0,
            date: on,
            text: Some("第1回を開いた".to_owned()),
            amount: Some(1),
            unit: None,
            mark: None,
            source: Source::Hand,
            again: None,
            targets: vec![of],
            withdrawn: false,
            recorded_by: COORDINATOR,
            created_at: at,
            changed_at: at,
        };
        target::record::insert(tx, office, &record).await
    });
    made.expect("kept")
}

async fn post(town: &Town, period: Period, at: DateTime<Utc>) {
    let office = town.office;
    let posted = change!(town.store, |tx| report::post(tx, office, period, at, at)
        .await);
    posted.expect("posted");
}

/// The outbox has sent what waits.
async fn send_all(town: &Town) {
    loop {
        let claimed = town.claim(WORKER, LONG).await;
        if claimed.is_empty() {
            return;
        }
        for row in claimed {
            let message = row.id.0.unsigned_abs();
            assert!(town.sent(&row, row.wanted, standing(message)).await);
        }
    }
}

/// What of the reports waits to be sent, by number.
async fn waiting(town: &Town) -> Vec<(i64, i64)> {
    let mut waiting = Vec::new();
    loop {
        let claimed = town.claim(WORKER, LONG).await;
        if claimed.is_empty() {
            break;
        }
        for row in claimed {
            waiting.push((row.subject.id, row.wanted));
            let message = row.id.0.unsigned_abs();
            assert!(town.sent(&row, row.wanted, standing(message)).await);
        }
    }
    waiting.sort_unstable();
    waiting
}

async fn corrections(town: &Town, period: Period) -> Vec<(TargetId, DateTime<Utc>)> {
    let office = town.office;
    let read = town
        .store
        .read(move |connection| Box::pin(report::corrections(connection, office, period)));
    read.await.expect("read")
}

async fn found(town: &Town, period: Period) -> Option<report::Report> {
    let office = town.office;
    let read = town
        .store
        .read(move |connection| Box::pin(report::find(connection, office, period)));
    read.await.expect("read")
}

on_both! {
    async fn a_month_is_shown_held_and_posted_once(town) {
        let (office, november) = (town.office, month(202_611));
        assert_eq!(found(&town, november).await, None);
        let held = change!(town.store, |tx| report::hold(tx, office, november, true, morning()).await);
        assert!(!held.expect("asked"), "nobody was shown it");
        let shown = change!(town.store, |tx| report::preview(tx, office, november, morning()).await);
        shown.expect("shown");
        let held = change!(town.store, |tx| report::hold(tx, office, november, true, later(1)).await);
        assert!(held.expect("held"));
        let again = change!(town.store, |tx| report::hold(tx, office, november, true, later(2)).await);
        assert!(!again.expect("asked"), "it is held already");
        let read = town.store.read(move |c| Box::pin(report::held(c, office)));
        assert_eq!(read.await.expect("read"), [YearMonth::from_number(202_611).expect("a month")]);
        post(&town, november, later(3)).await;
        let report = found(&town, november).await.expect("it is posted");
        assert_eq!((report.revision, report.held), (3, false));
        assert_eq!(report.posted_at, Some(kept(later(3))));
        post(&town, november, later(4)).await;
        let report = found(&town, november).await.expect("it is posted");
        assert_eq!((report.revision, report.posted_at), (4, Some(kept(later(3)))));
        let late = change!(town.store, |tx| report::hold(tx, office, november, true, later(5)).await);
        assert!(!late.expect("asked"), "it is posted");
        let about = Subject::from(november);
        let read = town.store.read(move |c| Box::pin(outbox::wanted_at(c, office, about)));
        assert_eq!(read.await.expect("read"), [Destination::Desk, Destination::Progress]);
    }

    async fn what_is_corrected_wants_the_months_from_its_day_to_the_end_of_the_year(town) {
        let (one, counting) = targets(&town).await;
        for number in [202_603, 202_610, 202_611, 202_612, 202_704] {
            post(&town, month(number), morning()).await;
        }
        post(&town, YEAR, morning()).await;
        // What was not sent yet goes out right, and is no correction.
        record(&town, one, day(11, 5), later(1)).await;
        assert_eq!(corrections(&town, month(202_611)).await, []);
        send_all(&town).await;
        let kept_record = record(&town, one, day(11, 6), later(2)).await;
        assert_eq!(waiting(&town).await, [(2026, 3), (202_611, 3), (202_612, 3)]);
        assert_eq!(corrections(&town, month(202_611)).await, [(one, kept(later(2)))]);
        assert_eq!(corrections(&town, month(202_610)).await, []);
        assert_eq!(corrections(&town, month(202_704)).await, []);
        // Moved to October: both months are told.
        let office = town.office;
        let moved = Record { date: day(10, 6), changed_at: later(3), ..kept_record };
        let moved = change!(town.store, [moved], |tx| {
            target::record::update(tx, office, &moved).await
        });
        moved.expect("kept");
        let numbers: Vec<i64> = waiting(&town).await.into_iter().map(|(number, _)| number).collect();
        assert_eq!(numbers, [2026, 202_610, 202_611, 202_612]);
        // What it counts by itself.
        let none = change!(town.store, |tx| report::touch(tx, office, &[], later(4)).await);
        none.expect("nothing");
        assert_eq!(waiting(&town).await, []);
        let touched = [report::Touched { target: counting, from: day(2, 1) }];
        let touched = change!(town.store, |tx| report::touch(tx, office, &touched, later(5)).await);
        touched.expect("touched");
        assert_eq!(waiting(&town).await, [(2026, 5)], "no month of the year is posted from then on");
    }

    async fn how_things_stood_is_known_by_what_was_changed_since(town) {
        let office = town.office;
        for (id, minute, before) in [
            (1, 1, Some("a")), (1, 3, Some("b")), (1, 5, Some("c")), (2, 4, None), (3, 2, Some("d")),
        ] {
            let noted = change!(town.store, |tx| {
                let about = Subject { kind: SubjectKind::Issue, id };
                let before = before.map(serde_json::Value::from);
                history::append(
                    tx, office, about, later(minute), COORDINATOR, "issue.edit", before, "x".into(),
                )
                .await
            });
            noted.expect("noted");
        }
        let read = town.store.read(move |c| {
            Box::pin(history::before_change(c, office, SubjectKind::Issue, later(3)))
        });
        let known = read.await.expect("read");
        assert_eq!(known.into_iter().collect::<Vec<_>>(), [(1, serde_json::Value::from("b"))]);
    }

    async fn a_posting_is_taken_back_once_and_what_it_was_before_stands(town) {
        let (one, _) = targets(&town).await;
        let (office, november) = (town.office, month(202_611));
        let shown = change!(town.store, |tx| report::preview(tx, office, november, morning()).await);
        shown.expect("shown");
        post(&town, november, later(1)).await;
        send_all(&town).await;
        record(&town, one, day(11, 5), later(2)).await;
        assert_eq!(corrections(&town, november).await, [(one, kept(later(2)))]);
        send_all(&town).await;
        for (at, held, expected) in [
            (later(2), true, false),
            (later(1), true, true),
            (later(1), true, false),
        ] {
            let taken = change!(town.store, |tx| {
                report::take_back(tx, office, november, (at, held), later(3)).await
            });
            assert_eq!(taken.expect("asked"), expected, "{at}");
        }
        let stands = found(&town, november).await.expect("the desk was shown it");
        assert_eq!((stands.posted_at, stands.held), (None, true));
        assert_eq!(corrections(&town, november).await, []);
        assert_eq!(waiting(&town).await.len(), 2, "the desk and the channel are told");
        // What is changed meanwhile corrects nothing.
        record(&town, one, day(11, 6), later(4)).await;
        send_all(&town).await;
        assert_eq!(corrections(&town, november).await, []);
        post(&town, november, later(5)).await;
        let stands = found(&town, november).await.expect("it is posted");
        assert_eq!((stands.posted_at, stands.held), (Some(kept(later(5))), false));
    }
}
