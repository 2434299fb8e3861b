//! Occurrences: what is due later, each under a key that changes when its date does
//! ([`domain::occurrence::Key`]), with the destination where it will be said.
//!
//! Each is settled by exactly one caller, in the transaction that does what was due ([`take`]). What a
//! newer version has planned for a matter this one does not know is left to the newer, and what belongs
//! to an office the bot has left waits for its return.

mod put_off;

pub(crate) use put_off::follow_year;
pub use put_off::{PutOff, unplanned_returns};

use crate::{
    error::{Conflict, Error, Result},
    instant,
    link::{Connection, Transaction, all, limit, one, run},
    subject::Subject,
};
use chrono::{DateTime, NaiveDate, NaiveTime, Timelike, Utc};
use chrono_tz::Tz;
use domain::{
    audience::Destination,
    id::OfficeId,
    occurrence::{Key, Matter, Moment, Series},
};
use std::sync::LazyLock;

/// Most occurrences taken at once; what is due beyond them is taken next.
pub const TAKEN_MAX: i64 = 200;
/// Most places of which [`due`] tells at once.
pub const PLACES_MAX: i64 = 5_000;

/// The codes of the matters this program knows, each between commas of its own.
static KNOWN: LazyLock<String> = LazyLock::new(|| {
    let codes = Matter::ALL.iter();
    codes.map(|matter| format!(",{},", matter.code())).collect()
});

/// What waits of matters we know, in offices the bot is in; `$1` are the codes.
macro_rules! waiting {
    () => {
        "from occurrence join office on office.id = occurrence.office_id \
         where not occurrence.settled and office.left_at is null \
         and replace($1, ',' || occurrence.matter || ',', '') <> $1"
    };
}

/// Something that has come due and is the caller's to deal with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Occurrence {
    /// The key, unique in the office for one destination.
    pub key: Key,
    /// Where it is to be said.
    pub destination: Destination,
    /// When it was due, by the clock of the office.
    pub due_at: DateTime<Utc>,
}

impl Occurrence {
    /// The record it is about.
    ///
    /// # Errors
    /// [`Error::Unreadable`] never happens for keys this version writes.
    pub fn subject(&self) -> Result<Subject> {
        subject_of(self.key.series)
    }
}

/// What waits, for metrics.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Planned and not settled, due or not.
    pub waiting: i64,
    /// Those of them that are due.
    pub due: i64,
}

/// Plans an occurrence at a destination; `false` when there is one with this key there, waiting or
/// settled: it stays as it is. Whoever waits on [`crate::Store::occurrence_changed`] is told after the commit.
///
/// # Errors
/// [`Conflict::Missing`] when there is no such office.
pub async fn put(
    tx: &mut Transaction,
    office: OfficeId,
    key: Key,
    moment: Moment,
    zone: Tz,
    destination: Destination,
) -> Result<bool> {
    let put = run!(
        tx,
        "insert into occurrence (office_id, key, matter, destination, due_date, due_minute, due_at) \
         values ($1, $2, $3, $4, $5, $6, $7) on conflict (office_id, key, destination) do nothing",
        office.0,
        key.to_string(),
        key.series.matter.code(),
        destination.code(),
        moment.date.to_string(),
        minute_of(moment.time),
        instant::to_stored(moment.instant(zone)),
    )
    .map_err(|error| error.naming(Conflict::Missing, Conflict::Missing))?;
    tx.planned |= put > 0;
    Ok(put > 0)
}

/// Where something is due, of all offices, the longest due first; at most [`PLACES_MAX`] places.
///
/// # Errors
/// [`Error::Unreadable`] when a newer version has written a destination this one does not know.
pub async fn due(
    connection: &mut Connection,
    now: DateTime<Utc>,
) -> Result<Vec<(OfficeId, Destination)>> {
    let rows = all!(
        connection,
        (i64, String),
        concat!(
            "select occurrence.office_id, occurrence.destination ",
            waiting!(),
            " and occurrence.due_at <= $2 group by occurrence.office_id, occurrence.destination \
             order by min(occurrence.due_at), occurrence.office_id ",
            limit!("$3"),
        ),
        KNOWN.as_str(),
        instant::to_stored(now),
        PLACES_MAX,
    )?;
    rows.into_iter()
        .map(|(office, destination)| {
            let destination =
                Destination::from_code(&destination).ok_or(Error::Unreadable("destination"))?;
            Ok((OfficeId(office), destination))
        })
        .collect()
}

/// When the next occurrence after this instant is due, in any office.
///
/// # Errors
/// [`Error::Database`].
pub async fn next_due(
    connection: &mut Connection,
    now: DateTime<Utc>,
) -> Result<Option<DateTime<Utc>>> {
    let (micros,) = one!(
        connection,
        (Option<i64>,),
        concat!(
            "select min(occurrence.due_at) ",
            waiting!(),
            " and occurrence.due_at > $2"
        ),
        KNOWN.as_str(),
        instant::to_stored(now),
    )?;
    instant::from_stored_option(micros)
}

/// Settles what is due at one destination, the longest due first, at most [`TAKEN_MAX`]: every
/// occurrence is in the answer of exactly one caller. It stays, so that it is not planned again.
///
/// # Errors
/// [`Error::Unreadable`] when a key cannot be read.
pub async fn take(
    tx: &mut Transaction,
    office: OfficeId,
    destination: Destination,
    now: DateTime<Utc>,
) -> Result<Vec<Occurrence>> {
    let rows = all!(
        tx,
        (String, i64),
        concat!(
            "update occurrence set settled = true where office_id = $3 and not settled \
             and destination = $4 and key in (select occurrence.key ",
            waiting!(),
            " and occurrence.office_id = $3 and occurrence.destination = $4 \
             and occurrence.due_at <= $2 order by occurrence.due_at, occurrence.key ",
            limit!("$5"),
            ") returning key, due_at"
        ),
        KNOWN.as_str(),
        instant::to_stored(now),
        office.0,
        destination.code(),
        TAKEN_MAX,
    )?;
    let mut taken = rows
        .into_iter()
        .map(|(key, due_at)| read(&key, destination, due_at))
        .collect::<Result<Vec<_>>>()?;
    taken.sort_by_key(|occurrence| (occurrence.due_at, occurrence.key));
    Ok(taken)
}

/// Takes back what waits of a series; says how many there were. What is settled stays.
///
/// # Errors
/// [`Error::Database`].
pub async fn cancel(tx: &mut Transaction, office: OfficeId, series: Series) -> Result<u64> {
    run!(
        tx,
        "delete from occurrence \
         where office_id = $1 and substr(key, 1, length($2)) = $2 and not settled",
        office.0,
        series.prefix(),
    )
}

/// Takes back what waits of a matter for one record, by whatever date; says how many there were.
///
/// # Errors
/// [`Error::Database`].
pub async fn cancel_all(
    tx: &mut Transaction,
    office: OfficeId,
    matter: Matter,
    id: i64,
) -> Result<u64> {
    run!(
        tx,
        "delete from occurrence where office_id = $1 and matter = $2 \
         and substr(key, 1, length($3)) = $3 and not settled",
        office.0,
        matter.code(),
        format!("{}:{id}@", matter.noun()),
    )
}

/// Takes back what waits of a matter for one record and is due later than `now`; says how many there
/// were. What is due already is dealt with, whatever the office sets meanwhile.
///
/// # Errors
/// [`Error::Database`].
pub async fn cancel_ahead(
    tx: &mut Transaction,
    office: OfficeId,
    matter: Matter,
    id: i64,
    now: DateTime<Utc>,
) -> Result<u64> {
    run!(
        tx,
        "delete from occurrence where office_id = $1 and matter = $2 \
         and substr(key, 1, length($3)) = $3 and not settled and due_at > $4",
        office.0,
        matter.code(),
        format!("{}:{id}@", matter.noun()),
        instant::to_stored(now),
    )
}

/// Takes back what waits of a matter in an office and is due later than `now`, as [`cancel_ahead`]; says
/// how many there were.
///
/// # Errors
/// [`Error::Database`].
pub async fn cancel_matter(
    tx: &mut Transaction,
    office: OfficeId,
    matter: Matter,
    now: DateTime<Utc>,
) -> Result<u64> {
    run!(
        tx,
        "delete from occurrence where office_id = $1 and matter = $2 and not settled and due_at > $3",
        office.0,
        matter.code(),
        instant::to_stored(now),
    )
}

/// Offices the bot is in for which nothing of a matter waits, at most `limit`.
///
/// # Errors
/// [`Error::Database`].
pub async fn offices_without(
    connection: &mut Connection,
    matter: Matter,
    limit: i64,
) -> Result<Vec<OfficeId>> {
    let rows = all!(
        connection,
        (i64,),
        concat!(
            "select office.id from office where office.left_at is null and not exists \
             (select 1 from occurrence where occurrence.office_id = office.id \
             and occurrence.matter = $1 and not occurrence.settled) order by office.id ",
            limit!("$2"),
        ),
        matter.code(),
        limit,
    )?;
    Ok(rows.into_iter().map(|(office,)| OfficeId(office)).collect())
}

/// Whether something of a matter waits in an office.
///
/// # Errors
/// [`Error::Database`].
pub async fn waits(connection: &mut Connection, office: OfficeId, matter: Matter) -> Result<bool> {
    let (waiting,) = one!(
        connection,
        (i64,),
        "select count(*) from occurrence where office_id = $1 and matter = $2 and not settled",
        office.0,
        matter.code(),
    )?;
    Ok(waiting > 0)
}

/// Moves what waits of a matter to another time of day, because the office reminds at another one now;
/// the days stay.
///
/// # Errors
/// [`Error::Unreadable`] when a newer version has written a day this one cannot read.
pub async fn move_to_time(
    tx: &mut Transaction,
    office: OfficeId,
    matter: Matter,
    time: NaiveTime,
    zone: Tz,
) -> Result<()> {
    let days = all!(
        tx,
        (String,),
        "select distinct due_date from occurrence \
         where office_id = $1 and matter = $2 and not settled",
        office.0,
        matter.code(),
    )?;
    for (date,) in days {
        let moment = Moment {
            time,
            ..moment_of(&date, 0)?
        };
        run!(
            tx,
            "update occurrence set due_minute = $4, due_at = $5 \
             where office_id = $1 and matter = $2 and due_date = $3 and not settled",
            office.0,
            matter.code(),
            date,
            minute_of(time),
            instant::to_stored(moment.instant(zone)),
        )?;
        tx.planned = true;
    }
    Ok(())
}

/// Makes the instants of what waits in an office anew, because its time zone is another one now. What
/// stands on the wall calendar stays.
///
/// # Errors
/// [`Error::Unreadable`] when a newer version has written a day this one cannot read.
pub(crate) async fn follow(tx: &mut Transaction, office: OfficeId, zone: Tz) -> Result<()> {
    let moments = all!(
        tx,
        (String, i64),
        "select distinct due_date, due_minute from occurrence \
         where office_id = $1 and not settled",
        office.0,
    )?;
    for (date, minute) in moments {
        let moment = moment_of(&date, minute)?;
        run!(
            tx,
            "update occurrence set due_at = $4 \
             where office_id = $1 and due_date = $2 and due_minute = $3 and not settled",
            office.0,
            date,
            minute,
            instant::to_stored(moment.instant(zone)),
        )?;
        tx.planned = true;
    }
    Ok(())
}

/// Counts for metrics, over all offices the bot is in.
///
/// # Errors
/// [`Error::Database`].
pub async fn counts(connection: &mut Connection, now: DateTime<Utc>) -> Result<Counts> {
    let (waiting, due) = one!(
        connection,
        (i64, i64),
        concat!(
            "select count(*), count(case when occurrence.due_at <= $2 then 1 end) ",
            waiting!()
        ),
        KNOWN.as_str(),
        instant::to_stored(now),
    )?;
    Ok(Counts { waiting, due })
}

pub(crate) fn read(key: &str, destination: Destination, due_at: i64) -> Result<Occurrence> {
    Ok(Occurrence {
        key: Key::parse(key).ok_or(Error::Unreadable("key of an occurrence"))?,
        destination,
        due_at: instant::from_stored(due_at)?,
    })
}

fn subject_of(series: Series) -> Result<Subject> {
    Subject::from_stored(series.matter.noun(), series.id)
}

pub(crate) fn minute_of(time: NaiveTime) -> i64 {
    i64::from(time.hour() * 60 + time.minute())
}

pub(crate) fn moment_of(date: &str, minute: i64) -> Result<Moment> {
    let date: NaiveDate = date
        .parse()
        .map_err(|_| Error::Unreadable("day of an occurrence"))?;
    let time = time_of(minute)?;
    Ok(Moment { date, time })
}

fn time_of(minute: i64) -> Result<NaiveTime> {
    u32::try_from(minute * 60)
        .ok()
        .and_then(|seconds| NaiveTime::from_num_seconds_from_midnight_opt(seconds, 0))
        .ok_or(Error::Unreadable("minute of an occurrence"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_matter_is_about_a_record_that_is_kept_here() {
        for matter in Matter::ALL {
            let series = Series {
                matter: *matter,
                id: 12,
                revision: 1,
            };
            assert_eq!(subject_of(series).expect("a kind of ours").id, 12);
        }
    }

    #[test]
    fn a_moment_comes_back_from_what_is_kept_of_it() {
        for minute in [0, 540, 1_439] {
            let moment = moment_of("2026-11-23", minute).expect("readable");
            assert_eq!(minute_of(moment.time), minute);
            assert_eq!(moment.date.to_string(), "2026-11-23");
        }
        for (date, minute) in [("tomorrow", 540), ("2026-11-23", 1_440), ("2026-11-23", -1)] {
            assert!(moment_of(date, minute).is_err(), "{date} {minute}");
        }
    }
}
