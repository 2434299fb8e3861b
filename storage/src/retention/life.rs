//! What is known of the lives of an office's records: whether they go on, the last day anything happened to
//! them, and which keep which.

use crate::{
    error::{Error, Result},
    instant,
    link::{Connection, all},
};
use chrono::NaiveDate;
use chrono_tz::Tz;
use domain::{
    era::FiscalYear,
    id::OfficeId,
    progress::YearMonth,
    retention::{Item, Kind, Stock},
};

/// Number, whether it goes on, and when something happened to it.
type Touched = (i64, bool, i64);
/// Number and a day on the wall that belongs to it.
type Dated = (i64, String);

/// Records of a noun with instants at which something happened to them.
const TOUCHED: &[(Kind, &str)] = &[
    (
        Kind::Issue,
        "select id, not (retracted or status in ('done', 'dropped')), changed_at from issue \
         where office_id = $1",
    ),
    (
        Kind::Issue,
        "select issue_id, state = 'proposed', coalesce(decided_at, proposed_at) from disclosure \
         where office_id = $1",
    ),
    (
        Kind::Issue,
        "select first_id, false, coalesce(decided_at, proposed_at) from matching where office_id = $1",
    ),
    (
        Kind::Issue,
        "select second_id, false, coalesce(decided_at, proposed_at) from matching where office_id = $1",
    ),
    // One that nobody wrote down stays planned; its day counts.
    (
        Kind::Session,
        "select id, false, changed_at from session where office_id = $1",
    ),
    (
        Kind::Session,
        "select session_id, false, changed_at from session_account where office_id = $1",
    ),
    (
        Kind::Review,
        "select id, state in ('proposed', 'planned') and not retracted, changed_at from review \
         where office_id = $1",
    ),
    (
        Kind::Project,
        "select id, state in ('planned', 'running') and not retracted, changed_at from project \
         where office_id = $1",
    ),
    (
        Kind::Target,
        "select id, false, changed_at from target where office_id = $1",
    ),
    (
        Kind::Record,
        "select id, false, changed_at from record where office_id = $1",
    ),
    (
        Kind::Memo,
        "select id, state = 'waiting', changed_at from memo where office_id = $1",
    ),
    (
        Kind::Import,
        "select id, ended_at is null and undone_at is null, coalesce(undone_at, ended_at, begun_at) \
         from import where office_id = $1",
    ),
    (
        Kind::Feedback,
        "select id, state = 'draft', changed_at from feedback where office_id = $1",
    ),
    (
        Kind::Reminder,
        "select id, false, made_at from reminder where office_id = $1",
    ),
    (
        Kind::Month,
        "select number, false, changed_at from report where office_id = $1 and kind = 'month'",
    ),
    (
        Kind::Yearly,
        "select number, false, changed_at from report where office_id = $1 and kind = 'yearly'",
    ),
];

/// Days on the wall that count as well.
const DATED: &[(Kind, &str)] = &[
    (
        Kind::Session,
        "select id, held_on from session where office_id = $1 and held_on is not null",
    ),
    (
        Kind::Review,
        "select id, coalesce(held_on, due_date) from review where office_id = $1 \
         and coalesce(held_on, due_date) is not null",
    ),
    (
        Kind::Project,
        "select id, coalesce(finished_on, held_on) from project where office_id = $1 \
         and coalesce(finished_on, held_on) is not null",
    ),
    (
        Kind::Project,
        "select project_id, coalesce(done_on, due_on) from task where office_id = $1 \
         and coalesce(done_on, due_on) is not null",
    ),
    (
        Kind::Record,
        "select id, done_on from record where office_id = $1",
    ),
];

/// Who keeps whom.
const TIES: &[(Kind, Kind, &str)] = &[
    (
        Kind::Issue,
        Kind::Session,
        "select issue_id, session_id from issue_session where office_id = $1",
    ),
    (
        Kind::Issue,
        Kind::Issue,
        "select issue_id, into_id from issue_merge where office_id = $1",
    ),
    // Each keeps its words while the one that stands for them is there.
    (
        Kind::Issue,
        Kind::Issue,
        "select into_id, issue_id from issue_merge where office_id = $1",
    ),
    (
        Kind::Issue,
        Kind::Import,
        "select issue_id, import_id from import_issue where office_id = $1",
    ),
    (
        Kind::Issue,
        Kind::Session,
        "select first_id, session_id from matching where office_id = $1 and session_id is not null",
    ),
    (
        Kind::Issue,
        Kind::Session,
        "select second_id, session_id from matching where office_id = $1 and session_id is not null",
    ),
    (
        Kind::Project,
        Kind::Issue,
        "select project_id, issue_id from project_issue where office_id = $1",
    ),
    (
        Kind::Project,
        Kind::Session,
        "select project_id, session_id from project_session where office_id = $1",
    ),
    (
        Kind::Review,
        Kind::Issue,
        "select id, of_id from review where office_id = $1 and of_kind = 'issue'",
    ),
    (
        Kind::Review,
        Kind::Session,
        "select id, of_id from review where office_id = $1 and of_kind = 'session'",
    ),
    (
        Kind::Review,
        Kind::Project,
        "select id, of_id from review where office_id = $1 and of_kind = 'project'",
    ),
    // What nobody has sent keeps nothing: it lists what there is when somebody looks.
    (
        Kind::Feedback,
        Kind::Session,
        "select id, session_id from feedback where office_id = $1 and state <> 'draft' \
         and session_id is not null",
    ),
    (
        Kind::Feedback,
        Kind::Session,
        "select item.feedback_id, item.number from feedback_item as item join feedback \
         on feedback.office_id = item.office_id and feedback.id = item.feedback_id \
         where item.office_id = $1 and feedback.state <> 'draft' and item.kind = 'session'",
    ),
    (
        Kind::Feedback,
        Kind::Review,
        "select item.feedback_id, item.number from feedback_item as item join feedback \
         on feedback.office_id = item.office_id and feedback.id = item.feedback_id \
         where item.office_id = $1 and feedback.state <> 'draft' and item.kind = 'review'",
    ),
    (
        Kind::Feedback,
        Kind::Issue,
        "select item.feedback_id, item.number from feedback_item as item join feedback \
         on feedback.office_id = item.office_id and feedback.id = item.feedback_id \
         where item.office_id = $1 and feedback.state <> 'draft' \
         and item.kind in ('raised', 'moved', 'answer')",
    ),
    (
        Kind::Record,
        Kind::Session,
        "select id, session_id from record where office_id = $1 and session_id is not null",
    ),
    (
        Kind::Record,
        Kind::Record,
        "select id, again_of from record where office_id = $1 and again_of is not null",
    ),
    (
        Kind::Record,
        Kind::Target,
        "select record_id, target_id from record_target where office_id = $1",
    ),
    (
        Kind::Target,
        Kind::Target,
        "select target_id, again_of from goal where office_id = $1 and again_of is not null",
    ),
];

/// Reads the lives of every record of an office, as its clock on the wall counts days.
///
/// # Errors
/// [`Error::Unreadable`] when a newer version has written a day this one cannot read.
pub async fn stock(
    connection: &mut Connection,
    office: OfficeId,
    (zone, start_month): (Tz, u32),
) -> Result<Stock> {
    let mut stock = Stock::default();
    for (kind, sql) in TOUCHED {
        for (id, lives, micros) in all!(connection, Touched, *sql, office.0)? {
            let last = instant::from_stored(micros)?
                .with_timezone(&zone)
                .date_naive();
            stock.note(Item { kind: *kind, id }, lives, last);
        }
    }
    for (kind, sql) in DATED {
        for (id, day) in all!(connection, Dated, *sql, office.0)? {
            let day = day.parse().map_err(|_| Error::Unreadable("day"))?;
            stock.note(Item { kind: *kind, id }, false, day);
        }
    }
    for (id, day) in of_years(connection, office, start_month).await? {
        stock.note(id, false, day);
    }
    for (keeper, other, sql) in TIES {
        for (one, two) in all!(connection, (i64, i64), *sql, office.0)? {
            let item = |kind, id| Item { kind, id };
            stock.ties.push((item(*keeper, one), item(*other, two)));
        }
    }
    Ok(stock)
}

/// The last days of the years that targets have goals for, and of the periods that were posted.
async fn of_years(
    connection: &mut Connection,
    office: OfficeId,
    start_month: u32,
) -> Result<Vec<(Item, NaiveDate)>> {
    let last_day = |year: i64| {
        let year = i32::try_from(year).map_err(|_| Error::Unreadable("year"))?;
        Ok::<_, Error>(FiscalYear::starting_in(year).last_day(start_month))
    };
    let mut days = Vec::new();
    let goals = all!(
        connection,
        (i64, i64),
        "select target_id, max(fiscal_year) from goal where office_id = $1 group by target_id",
        office.0
    )?;
    for (id, year) in goals {
        let kind = Kind::Target;
        days.push((Item { kind, id }, last_day(year)?));
    }
    let reports = all!(
        connection,
        (String, i64),
        "select kind, number from report where office_id = $1",
        office.0
    )?;
    for (kind, id) in reports {
        let Some(kind) = Kind::from_code(&kind) else {
            continue;
        };
        let day = match kind {
            Kind::Month => YearMonth::from_number(id).map(YearMonth::last_day),
            _ => Some(last_day(id)?),
        };
        days.extend(day.map(|day| (Item { kind, id }, day)));
    }
    Ok(days)
}
