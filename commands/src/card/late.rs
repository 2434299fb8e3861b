//! The line of a post that comes late: when it was to be sent. An edit sends the post without it.

use super::moment;
use crate::text;
use chrono::{DateTime, TimeDelta, Utc};
use domain::office::Office;
use storage::outbox::Claimed;

/// A new post that goes out later than this after it was first wanted says so.
pub const LATE_MINUTES: i64 = 15;

/// The line for a new post of this row, in the office's language; `None` when it is in time.
#[must_use]
pub fn line(office: &Office, claimed: &Claimed, now: DateTime<Utc>) -> Option<String> {
    let wanted = claimed.first_wanted_at;
    if now - wanted <= TimeDelta::minutes(LATE_MINUTES) {
        return None;
    }
    let language = office.settings.locale;
    let at = moment(wanted, office, language);
    Some(text!("card-late", moment = at).say(language))
}
