//! Rules for names and settings of threads (resources/channel, "Start Thread…").

use serde_json::Value;

use super::{Errors, below};

/// Tags on a post.
const TAGS_MAX: usize = 5;
const ARCHIVE_MINUTES: &[u64] = &[60, 1440, 4320, 10080];

/// Checks the settings that creation and change share.
pub(crate) fn check(errors: &mut Errors, path: &str, body: &Value, is_new: bool) {
    errors.between(&below(path, "name"), &body["name"], (1, 100), is_new);
    let minutes = &body["auto_archive_duration"];
    if !minutes.is_null()
        && !minutes
            .as_u64()
            .is_some_and(|span| ARCHIVE_MINUTES.contains(&span))
    {
        errors.choices(&below(path, "auto_archive_duration"), ARCHIVE_MINUTES);
    }
    errors.number(
        &below(path, "rate_limit_per_user"),
        &body["rate_limit_per_user"],
        0,
        21600,
    );
    if body["applied_tags"]
        .as_array()
        .is_some_and(|tags| tags.len() > TAGS_MAX)
    {
        errors.bad_length(&below(path, "applied_tags"), 0, TAGS_MAX);
    }
}
