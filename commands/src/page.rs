//! What is read page by page: the two buttons below it. Where the reader is stands in the buttons,
//! never in memory, so that they outlive a restart.

use crate::{
    answer::Reply, custom_id::Action, error::Error, issue::draft as drafts, request::Request, text,
    text::Text,
};
use domain::id::DraftId;
use serde::Serialize;
use serenity::all::{ButtonStyle, CreateActionRow, CreateButton};
use std::future::Future;

/// Where the reader of a list is; pages are counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    number: i64,
    last: i64,
}

/// Reads a page of a list of which `total` says how many rows there are. One beyond the end is the last one:
/// the list has grown shorter since its button was drawn.
///
/// # Errors
/// As `read`.
pub(crate) async fn read<P, F>(
    number: i64,
    per_page: i64,
    read: impl Fn(i64) -> F,
    total: impl Fn(&P) -> i64,
) -> Result<(P, Place), Error>
where
    F: Future<Output = Result<P, Error>>,
{
    let found = read(number).await?;
    let last = last(total(&found), per_page);
    if number <= last {
        return Ok((found, Place { number, last }));
    }
    let number = last;
    Ok((read(number).await?, Place { number, last }))
}

impl Place {
    /// 2 / 7
    pub(crate) fn said(self, request: &Request) -> String {
        place(request, self.number, self.last)
    }

    /// The same, with what can be done next.
    pub(crate) fn footer(self, request: &Request, next: &Text) -> String {
        format!("{}\u{3000}{}", self.said(request), request.say(next))
    }

    /// A reply with the buttons to the pages beside it, where there are any.
    pub(crate) fn turned(
        self,
        request: &Request,
        reply: Reply,
        to: impl Fn(i64) -> Action,
    ) -> Reply {
        if self.last == 0 {
            return reply;
        }
        reply.row(turning(request, self.number, self.last, to))
    }

    /// The same for a list whose filter waits in a draft: the one it has, or a new one.
    ///
    /// # Errors
    /// Storage failed.
    pub(crate) async fn below<W: Serialize>(
        self,
        request: &Request,
        reply: Reply,
        (step, wanted, draft): (&'static str, &W, Option<DraftId>),
        to: impl Fn(DraftId, i64) -> Action,
    ) -> Result<Reply, Error> {
        if self.last == 0 {
            return Ok(reply);
        }
        let draft = match draft {
            Some(draft) => draft,
            None => drafts::put(request, step, wanted).await?,
        };
        Ok(self.turned(request, reply, |page| to(draft, page)))
    }
}

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
