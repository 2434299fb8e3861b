//! A plan of many targets with what was done of them, written straight into the records: for what is asked
//! of an office that has used targets for a year.

use crate::world::World;
use chrono::{Days, NaiveDate};
use domain::{
    era::FiscalYear,
    id::{RecordId, ServerId, TargetId, UserId},
    target::{
        Goal, Record, Target,
        goal::{Content, Quantity, State},
        number::ItemNumber,
        record::Source,
    },
};

/// Targets of one area; what follows is in the next.
const AREA: usize = 9;
/// What every target wants in the year.
const WANTED: i64 = 60;
/// Who wrote all of it down.
const WRITER: UserId = UserId(7);

/// Gives the office of a world so many targets for the fiscal year of its clock, each with so many records,
/// from the first of the year on.
///
/// # Panics
/// They cannot be kept.
pub async fn fill(world: &World, targets: usize, records: usize) {
    let found = world.store().office(ServerId(world.city.guild)).await;
    let office = found.expect("it answers").expect("it is set up");
    let now = commands::clock::Clock::now(&*world.clock);
    let start = office.settings.fiscal_year_start;
    let today = now.with_timezone(&office.settings.time_zone).date_naive();
    let year = FiscalYear::of(today, start);
    let (first, id) = (year.first_day(start), office.id);
    let written = world.store().write(move |tx| {
        Box::pin(async move {
            for place in 0..targets {
                let kept = storage::target::insert(tx, id, &target(place, now)).await?;
                storage::target::goal::add(tx, id, &goal(kept.id, year, first, now)).await?;
                for entry in 0..records {
                    let record = record(kept.id, first, (entry, records), now);
                    storage::target::record::insert(tx, id, &record).await?;
                }
            }
            Ok(())
        })
    });
    written.await.expect("the plan is kept");
}

fn target(place: usize, now: chrono::DateTime<chrono::Utc>) -> Target {
    let number = format!("{}-{}", place / AREA + 1, place % AREA + 1);
    Target {
        id: TargetId(0),
        revision: 0,
        area: format!("領域{}", place / AREA + 1),
        number: ItemNumber::read(&number).expect("a number"),
        item: format!("取組み{}を進める", place + 1),
        position: i64::try_from(place).expect("few"),
        owner: None,
        counts: None,
        withdrawn: false,
        added_by: WRITER,
        created_at: now,
        changed_at: now,
    }
}

fn goal(
    target: TargetId,
    year: FiscalYear,
    day: NaiveDate,
    now: chrono::DateTime<chrono::Utc>,
) -> Goal {
    Goal {
        target,
        year,
        version: 1,
        day,
        content: Content {
            text: format!("年{WANTED}回"),
            plan: Some("●計画どおりに進める".to_owned()),
            quantity: Some(Quantity {
                amount: WANTED,
                unit: "回".to_owned(),
                each: false,
                periodic: true,
            }),
            state: State::Set,
            again: None,
        },
        reason: None,
        set_by: WRITER,
        since: now,
        retracted: false,
    }
}

/// One of so many records of a target, spread over half a year.
fn record(
    target: TargetId,
    first: NaiveDate,
    (entry, of): (usize, usize),
    now: chrono::DateTime<chrono::Utc>,
) -> Record {
    let after = u64::try_from(entry * 180 / of.max(1)).expect("few");
    Record {
        id: RecordId(0),
        revision: 0,
        date: first + Days::new(after),
        text: Some(format!("第{}回を開いた", entry + 1)),
        amount: Some(1),
        unit: None,
        mark: Some('●'),
        source: Source::Hand,
        again: None,
        targets: vec![target],
        withdrawn: false,
        recorded_by: WRITER,
        created_at: now,
        changed_at: now,
    }
}
