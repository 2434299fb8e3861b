//! Instants as databases keep them: microseconds since 1970 in UTC, in a 64-bit number.
//!
//! Both databases compare, order and index such numbers alike; their own types of time do not agree.

use crate::error::{Error, Result};
use chrono::{DateTime, Utc};

/// The number an instant is stored as; what is finer than a microsecond is cut off.
pub(crate) fn to_stored(instant: DateTime<Utc>) -> i64 {
    instant.timestamp_micros()
}

/// The instant of a stored number.
pub(crate) fn from_stored(micros: i64) -> Result<DateTime<Utc>> {
    DateTime::from_timestamp_micros(micros).ok_or(Error::Unreadable("instant"))
}

/// The instant as it will be read again.
pub(crate) fn kept(instant: DateTime<Utc>) -> DateTime<Utc> {
    from_stored(to_stored(instant)).expect("a number made from an instant is in range")
}

/// The instant of a stored number that may be missing.
pub(crate) fn from_stored_option(micros: Option<i64>) -> Result<Option<DateTime<Utc>>> {
    micros.map(from_stored).transpose()
}
