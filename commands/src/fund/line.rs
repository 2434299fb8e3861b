//! One line of a catalogue in a list: its number in the office, what it is called, since when, who may apply.

use super::word;
use crate::{request::Request, text};
use domain::{
    fund::Fund,
    text::{escape_markdown, one_line},
};

/// UTF-16 units of a name in its line.
const NAME_UNITS_SHOWN: usize = 90;
/// UTF-16 units of the year it began.
const SINCE_UNITS_SHOWN: usize = 30;

/// A fund in one line.
pub(super) fn listed(request: &Request, fund: &Fund) -> String {
    let entry = &fund.entry;
    let name = escape_markdown(&one_line(&entry.name(), NAME_UNITS_SHOWN));
    let flag = if entry.doubts.is_empty() { "" } else { " ⚠" };
    if entry.content.is_empty() {
        return request.say(&text!(
            "fund-line-item",
            number = fund.id.0,
            name = name,
            flag = flag
        ));
    }
    let since = match escape_markdown(&one_line(&entry.since, SINCE_UNITS_SHOWN)) {
        since if since.is_empty() => since,
        since => format!("　{since}"),
    };
    request.say(&text!(
        "fund-line",
        number = fund.id.0,
        name = name,
        flag = flag,
        since = since,
        who = word::applicants_short(entry, request.language),
    ))
}
