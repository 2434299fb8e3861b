//! What is read page by page: the two buttons below it. Where the reader is stands in the buttons,
//! never in memory, so that they outlive a restart.

use crate::{custom_id::Action, request::Request, text, text::Text};
use serenity::all::{ButtonStyle, CreateActionRow, CreateButton};

/// The last page (counted from 0) of so many rows.
pub(crate) fn last(rows: i64, per_page: i64) -> i64 {
    (rows - 1).max(0) / per_page
}

/// Where the reader is: 2 / 7.
pub(crate) fn place(request: &Request, number: i64, last: i64) -> String {
    text!("list-page", page = number + 1, pages = last + 1).say(request.language)
}

/// The buttons to the page before and the page after.
pub(crate) fn turning(
    request: &Request,
    number: i64,
    last: i64,
    to: impl Fn(i64) -> Action,
) -> CreateActionRow {
    let button = |key: &str, page: i64, enabled: bool| {
        CreateButton::new(to(page).custom_id())
            .label(request.say(&Text::new(key)))
            .style(ButtonStyle::Secondary)
            .disabled(!enabled)
    };
    // Custom ids must differ within a message, so a disabled button points beyond the ends.
    let before = if number > 0 { number - 1 } else { last + 1 };
    let after = if number < last { number + 1 } else { last + 2 };
    CreateActionRow::Buttons(vec![
        button("button-previous", before, number > 0),
        button("button-next", after, number < last),
    ])
}

#[cfg(test)]
mod tests {
    use super::last;

    #[test]
    fn the_last_page_holds_the_last_row() {
        for (rows, expected) in [(0, 0), (1, 0), (10, 0), (11, 1), (1_000, 99), (1_001, 100)] {
            assert_eq!(last(rows, 10), expected, "{rows}");
        }
    }
}
