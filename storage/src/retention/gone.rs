//! Deleting single records: everything that is theirs goes in one transaction, their posts are wanted away,
//! and what was sent is forgotten when the posts are gone. The audit says which numbers went, and nothing
//! more.

use crate::{
    error::Result,
    instant,
    link::{Connection, Transaction, all, optional, run},
    outbox,
    subject::{Subject, SubjectKind},
};
use chrono::{DateTime, Utc};
use domain::{
    id::{OfficeId, ReminderId},
    retention::{Item, Kind},
};

/// Most records that go in one transaction, with everything that is theirs.
pub const RECORDS_AT_ONCE: usize = 20;
/// Most reminders that go with one record; others were due themselves, and went before it.
const REMINDERS_MAX: i64 = 100;
/// Most marks of records whose posts are looked after in one transaction.
const SWEPT_AT_ONCE: i64 = 200;

/// What refers to a record without going by itself, then the record; `$2` is its number.
const fn statements(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Issue => &[
            "delete from feedback_item where office_id = $1 and number = $2 \
             and kind in ('raised', 'moved', 'answer')",
            "delete from feedback_left_out where office_id = $1 and issue_id = $2",
            "delete from issue_wording where office_id = $1 and issue_id = $2",
            "delete from disclosure where office_id = $1 and issue_id = $2",
            "delete from issue_link where office_id = $1 and (first_id = $2 or second_id = $2)",
            "delete from matching where office_id = $1 and (first_id = $2 or second_id = $2)",
            "delete from issue_merge where office_id = $1 and (issue_id = $2 or into_id = $2)",
            "delete from issue where office_id = $1 and id = $2",
        ],
        Kind::Session => &[
            "delete from feedback_item where office_id = $1 and number = $2 and kind = 'session'",
            "update feedback set session_id = null where office_id = $1 and session_id = $2",
            "delete from issue_session where office_id = $1 and session_id = $2",
            "delete from session where office_id = $1 and id = $2",
        ],
        Kind::Review => &[
            "delete from feedback_item where office_id = $1 and number = $2 and kind = 'review'",
            "delete from review where office_id = $1 and id = $2",
        ],
        Kind::Feedback => &["delete from feedback where office_id = $1 and id = $2"],
        Kind::Project => &[
            "delete from fund_use where office_id = $1 and project_id = $2",
            "delete from project where office_id = $1 and id = $2",
        ],
        Kind::Target => &[
            "delete from report_correction where office_id = $1 and target_id = $2",
            "delete from record_target where office_id = $1 and target_id = $2",
            "delete from target_word where office_id = $1 and target_id = $2",
            "delete from goal where office_id = $1 and target_id = $2",
            "delete from target where office_id = $1 and id = $2",
        ],
        Kind::Record => &["delete from record where office_id = $1 and id = $2"],
        Kind::Memo => &["delete from memo where office_id = $1 and id = $2"],
        Kind::Import => &[
            "delete from import_issue where office_id = $1 and import_id = $2",
            "delete from import where office_id = $1 and id = $2",
        ],
        Kind::Reminder => &[
            "delete from reminder_item where office_id = $1 and reminder_id = $2",
            "delete from reminder where office_id = $1 and id = $2",
        ],
        Kind::Month => &[
            "delete from report_correction where office_id = $1 and kind = 'month' and number = $2",
            "delete from report where office_id = $1 and kind = 'month' and number = $2",
        ],
        Kind::Yearly => &[
            "delete from report_correction where office_id = $1 and kind = 'yearly' and number = $2",
            "delete from report where office_id = $1 and kind = 'yearly' and number = $2",
        ],
    }
}

/// The order in which records go that refer to each other: whoever refers goes first.
const fn place(kind: Kind) -> u8 {
    match kind {
        Kind::Feedback | Kind::Reminder | Kind::Month | Kind::Yearly => 0,
        Kind::Project | Kind::Record | Kind::Memo | Kind::Review => 1,
        Kind::Issue | Kind::Target => 2,
        Kind::Session | Kind::Import => 3,
    }
}

/// Puts records into the order in which they go: whoever refers goes before what it refers to, and a later
/// entry before an earlier one.
pub fn in_order(items: &mut [Item]) {
    items.sort_by_key(|item| (place(item.kind), item.kind, std::cmp::Reverse(item.id)));
}

/// When a record was changed last, by its number; of what is not changed after it was made, when that was.
const fn changed(kind: Kind) -> &'static str {
    match kind {
        Kind::Issue => "select changed_at from issue where office_id = $1 and id = $2",
        Kind::Session => "select changed_at from session where office_id = $1 and id = $2",
        Kind::Review => "select changed_at from review where office_id = $1 and id = $2",
        Kind::Project => "select changed_at from project where office_id = $1 and id = $2",
        Kind::Target => "select changed_at from target where office_id = $1 and id = $2",
        Kind::Record => "select changed_at from record where office_id = $1 and id = $2",
        Kind::Feedback => "select changed_at from feedback where office_id = $1 and id = $2",
        Kind::Memo => "select changed_at from memo where office_id = $1 and id = $2",
        Kind::Month => {
            "select changed_at from report where office_id = $1 and number = $2 and kind = 'month'"
        }
        Kind::Yearly => {
            "select changed_at from report where office_id = $1 and number = $2 and kind = 'yearly'"
        }
        Kind::Import => "select begun_at from import where office_id = $1 and id = $2",
        Kind::Reminder => "select made_at from reminder where office_id = $1 and id = $2",
    }
}

/// Those of the records that are there and that nobody has changed since it was decided that they go.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn untouched(
    tx: &mut Transaction,
    office: OfficeId,
    items: &[Item],
    decided_at: DateTime<Utc>,
) -> Result<Vec<Item>> {
    let mut untouched = Vec::with_capacity(items.len());
    for item in items {
        let found = optional!(tx, (i64,), changed(item.kind), office.0, item.id)?;
        if found.is_some_and(|(at,)| at <= instant::to_stored(decided_at)) {
            untouched.push(*item);
        }
    }
    Ok(untouched)
}

/// Deletes records, at most [`RECORDS_AT_ONCE`] of those given and those that refer to others before the
/// others; says which. The caller has made sure that they are due.
///
/// # Errors
/// [`crate::Error::Database`] when something refers to a record that was not there when it became due; nothing is
/// deleted then.
pub async fn delete(
    tx: &mut Transaction,
    office: OfficeId,
    items: &[Item],
    now: DateTime<Utc>,
) -> Result<Vec<Item>> {
    let mut items = items.to_vec();
    in_order(&mut items);
    items.truncate(RECORDS_AT_ONCE);
    loosen(tx, office, &items).await?;
    for item in &items {
        for subject in subjects(tx, office, *item).await? {
            forget(tx, office, subject, now).await?;
            let reminders = reminders_of(tx, office, subject).await?;
            unplan(tx, office, subject).await?;
            for reminder in reminders {
                let about = Subject::from(ReminderId(reminder));
                forget(tx, office, about, now).await?;
                for sql in statements(Kind::Reminder) {
                    run!(tx, *sql, office.0, reminder)?;
                }
            }
        }
        for sql in statements(item.kind) {
            run!(tx, *sql, office.0, item.id)?;
        }
    }
    Ok(items)
}

/// Lets go of what records of the same deletion hold of each other.
async fn loosen(tx: &mut Transaction, office: OfficeId, items: &[Item]) -> Result<()> {
    for item in items {
        let sql = match item.kind {
            Kind::Record => {
                "update record set again_of = null where office_id = $1 and again_of = $2"
            }
            Kind::Target => {
                "update goal set again_of = null where office_id = $1 and again_of = $2"
            }
            _ => continue,
        };
        run!(tx, sql, office.0, item.id)?;
    }
    Ok(())
}

/// What is kept about a record under names of its own: itself, the event of a session, the tasks of a
/// project.
async fn subjects(tx: &mut Transaction, office: OfficeId, item: Item) -> Result<Vec<Subject>> {
    let own = Subject::from_stored(item.kind.code(), item.id)?;
    let mut subjects = vec![own];
    let of = |kind, id| Subject { kind, id };
    match item.kind {
        Kind::Session => {
            subjects.push(of(SubjectKind::Event, item.id));
            subjects.push(of(SubjectKind::Hand, item.id));
        }
        Kind::Project => {
            let tasks = all!(
                tx,
                (i64,),
                "select id from task where office_id = $1 and project_id = $2",
                office.0,
                item.id
            )?;
            subjects.extend(tasks.into_iter().map(|(id,)| of(SubjectKind::Task, id)));
        }
        Kind::Issue => {
            let pairs = all!(
                tx,
                (i64,),
                "select id from matching where office_id = $1 and (first_id = $2 or second_id = $2)",
                office.0,
                item.id
            )?;
            subjects.extend(pairs.into_iter().map(|(id,)| of(SubjectKind::Matching, id)));
        }
        _ => {}
    }
    Ok(subjects)
}

/// Reminders that still speak of a record, and name it: one that was made in a later fiscal year than the
/// record's last. They go with it.
async fn reminders_of(
    connection: &mut Connection,
    office: OfficeId,
    subject: Subject,
) -> Result<Vec<i64>> {
    let rows = all!(
        connection,
        (i64,),
        "select distinct reminder_id from reminder_item where office_id = $1 \
         and substr(occurrence_key, 1, length($2)) = $2 order by reminder_id limit $3",
        office.0,
        subject.key_prefix(),
        REMINDERS_MAX,
    )?;
    Ok(rows.into_iter().map(|(reminder,)| reminder).collect())
}

/// Takes away what was due of a record.
async fn unplan(tx: &mut Transaction, office: OfficeId, subject: Subject) -> Result<()> {
    for sql in [
        "delete from reminder_item where office_id = $1 \
         and substr(occurrence_key, 1, length($2)) = $2",
        "delete from occurrence where office_id = $1 and substr(key, 1, length($2)) = $2",
    ] {
        run!(tx, sql, office.0, subject.key_prefix())?;
    }
    Ok(())
}

/// Marks what goes, so that its history may, and takes away its history and what hindered it; its posts
/// are wanted away.
async fn forget(
    tx: &mut Transaction,
    office: OfficeId,
    subject: Subject,
    now: DateTime<Utc>,
) -> Result<()> {
    let (kind, id) = (subject.kind.code(), subject.id);
    run!(
        tx,
        "insert into erased (office_id, subject_kind, subject_id, erased_at) values ($1, $2, $3, $4) \
         on conflict (office_id, subject_kind, subject_id) do nothing",
        office.0,
        kind,
        id,
        instant::to_stored(now),
    )?;
    for sql in [
        "delete from history_entry where office_id = $1 and subject_kind = $2 and subject_id = $3",
        "delete from stoppage_visible where office_id = $1 and subject_kind = $2 and subject_id = $3",
        "delete from stoppage_visible where office_id = $1 and stoppage_id in (select id from stoppage \
         where office_id = $1 and subject_kind = $2 and subject_id = $3 and ended_at is not null)",
        "delete from stoppage where office_id = $1 and subject_kind = $2 and subject_id = $3 \
         and ended_at is not null",
    ] {
        run!(tx, sql, office.0, kind, id)?;
    }
    let standing = all!(
        tx,
        (String, i64),
        "select destination, wanted_revision from outbox where office_id = $1 \
         and subject_kind = $2 and subject_id = $3 \
         and (message_id is not null or wanted_revision > sent_revision)",
        office.0,
        kind,
        id,
    )?;
    for (destination, wanted) in standing {
        let destination = outbox::destination_of(&destination)?;
        // It is drawn from a record that is no more, so nothing is drawn and the post goes.
        outbox::want_beyond(tx, office, subject, destination, wanted + 1, now).await?;
    }
    Ok(())
}

/// Offices with records that are gone whose posts are still looked after, in offices the bot is in.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn marked(connection: &mut Connection) -> Result<Vec<OfficeId>> {
    let rows = all!(
        connection,
        (i64,),
        "select distinct erased.office_id from erased join office on office.id = erased.office_id \
         where office.left_at is null order by erased.office_id limit $1",
        SWEPT_AT_ONCE,
    )?;
    Ok(rows.into_iter().map(|(office,)| OfficeId(office)).collect())
}

/// Forgets what was sent of records that are gone, where no post of theirs is left, for some
/// of them; says how many there were. What could not be taken away waits.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn sweep(tx: &mut Transaction, office: OfficeId) -> Result<usize> {
    let marks = all!(
        tx,
        (String, i64),
        "select subject_kind, subject_id from erased where office_id = $1 and not exists \
         (select 1 from outbox where outbox.office_id = erased.office_id \
         and outbox.subject_kind = erased.subject_kind and outbox.subject_id = erased.subject_id \
         and (outbox.message_id is not null or outbox.wanted_revision > outbox.sent_revision)) \
         order by erased_at, subject_kind, subject_id limit $2",
        office.0,
        SWEPT_AT_ONCE,
    )?;
    for (kind, id) in &marks {
        for sql in [
            "delete from outbox where office_id = $1 and subject_kind = $2 and subject_id = $3",
            "delete from erased where office_id = $1 and subject_kind = $2 and subject_id = $3",
        ] {
            run!(tx, sql, office.0, kind, *id)?;
        }
    }
    Ok(marks.len())
}
