//! The line of a post that comes late: when it was to be sent. An edit sends the post without it.

use super::moment;
use crate::text;
use chrono::{DateTime, TimeDelta, Utc};
use domain::office::Office;
use storage::outbox::Claimed;

/// A new post that goes out later than this after it was first wanted says so.
pub const LATE_MINUTES: i64 = 15;

/// Whether what was to be said at one time is late at another ([`LATE_MINUTES`]).
#[must_use]
pub fn is_late(wanted: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    now - wanted > TimeDelta::minutes(LATE_MINUTES)
}

/// The line for a new post of this row, in the office's language; `None` when it is in time.
#[must_use]
pub fn line(office: &Office, claimed: &Claimed, now: DateTime<Utc>) -> Option<String> {
    let wanted = claimed.first_wanted_at;
    if !is_late(wanted, now) {
        return None;
    }
    let language = office.settings.locale;
    let at = moment(wanted, office, language);
    Some(text!("card-late", moment = at).say(language))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_within_a_quarter_of_an_hour_is_not_late() {
        let wanted = DateTime::<Utc>::UNIX_EPOCH;
        for (minutes, late) in [(-60, false), (0, false), (15, false), (16, true)] {
            assert_eq!(is_late(wanted, wanted + TimeDelta::minutes(minutes)), late);
        }
    }
}
