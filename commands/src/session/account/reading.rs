//! Reading an account: its minutes page by page, who came, what a survey brought. Whoever may know of the
//! session reads it; who only sees its card in a circle does not. By profession, and in the words of those
//! who answered, it is the desk's (DESIGN section 2, rule 9).

use crate::{
    answer::{Answer, Reply},
    card::frame::Frame,
    custom_id::{self, Action},
    error::Error,
    page,
    request::Request,
    session::{find, sight, word},
    text,
    text::Text,
};
use domain::{
    account::{Account, total},
    id::SessionId,
    session::Session,
    text::{escape_markdown, utf16_len},
};
use serenity::all::{ButtonStyle, CreateActionRow, CreateButton};

/// UTF-16 units of a page, with room for title and footer.
const PAGE_UNITS_MAX: usize = 3_500;

/// The account of a session, if there is one and the person may read it.
pub(in crate::session) async fn of(
    request: &Request,
    session: &Session,
) -> Result<Option<Account>, Error> {
    if !sight(request).sees(session) {
        return Ok(None);
    }
    let (office, id) = (request.office_id(), session.id);
    let found = request
        .app
        .store
        .read(move |connection| Box::pin(storage::session::account::find(connection, office, id)))
        .await?;
    Ok(found)
}

/// What the details of a session say of its account, with the button that opens it.
pub(in crate::session) fn summary(
    request: &Request,
    account: &Account,
) -> (String, CreateActionRow) {
    let parts = [
        (!account.attendance.is_empty())
            .then(|| text!("account-has-attendance", total = total(&account.attendance))),
        account
            .minutes
            .as_ref()
            .map(|_| Text::new("account-has-minutes")),
        (!account.survey.is_empty()).then(|| {
            text!(
                "account-has-survey",
                questions = account.survey.questions.len()
            )
        }),
    ];
    let parts: Vec<String> = parts
        .iter()
        .flatten()
        .map(|part| request.say(part))
        .collect();
    let action = custom_id::Session::Account(account.session, 0);
    let button = CreateButton::new(Action::Session(action).custom_id())
        .label(request.say(&Text::new("button-account-read")))
        .style(ButtonStyle::Secondary);
    let separator = request.say(&Text::new("list-separator"));
    (
        parts.join(&separator),
        CreateActionRow::Buttons(vec![button]),
    )
}

/// A page of it.
pub(in crate::session) async fn answer(
    request: &Request,
    id: SessionId,
    number: i64,
) -> Result<Answer, Error> {
    let session = find(request, id).await?;
    let Some(account) = of(request, &session).await? else {
        return Err(Error::refuse(Text::new("refused-no-account")));
    };
    let pages = pages(&words(request, &account));
    let last = pages.len().saturating_sub(1);
    let at = usize::try_from(number).unwrap_or_default().min(last);
    let (number, last) = (
        i64::try_from(at).unwrap_or_default(),
        i64::try_from(last).unwrap_or_default(),
    );
    let frame = Frame::titled(word::heading(&session, request.language))
        .words(pages.get(at).cloned().unwrap_or_default())
        .footer(page::place(request, number, last));
    let mut reply = Reply::default().embed(frame.draw());
    if last > 0 {
        reply = reply.row(page::turning(request, number, last, |page| {
            Action::Session(custom_id::Session::Account(id, page))
        }));
    }
    // The details give way to it, and one page to the next.
    Ok(Answer::Replace(reply))
}

/// Everything the person reads of it, a line each.
fn words(request: &Request, account: &Account) -> String {
    let is_desk = request.person.coordinator;
    let say = |text: Text| request.say(&text);
    let mut lines = Vec::new();
    if !account.attendance.is_empty() {
        let total = total(&account.attendance);
        lines.push(say(text!("account-heading-attendance", total = total)));
        if is_desk {
            lines.extend(account.attendance.iter().map(|came| {
                let word = escape_markdown(&came.word);
                say(text!("account-line", words = word, count = came.count))
            }));
        }
    }
    if let Some(minutes) = &account.minutes {
        lines.push(say(Text::new("account-heading-minutes")));
        lines.extend(minutes.lines().map(escape_markdown));
    }
    for asked in &account.survey.questions {
        let question = escape_markdown(&asked.wording);
        lines.push(say(text!("account-heading-question", question = question)));
        lines.extend(asked.answers.iter().map(|answer| {
            let words = escape_markdown(&answer.wording);
            let count = i64::from(answer.count);
            say(text!("account-line", words = words, count = count))
        }));
        let free = asked.opinions.len();
        if is_desk {
            lines.extend(asked.opinions.iter().map(|opinion| {
                let words = escape_markdown(opinion);
                say(text!("account-line-free", words = words))
            }));
        } else if free > 0 {
            lines.push(say(text!("account-free-for-desk", count = free)));
        }
    }
    lines.join("\n")
}

/// Splits a text into pages, at line ends where it can.
fn pages(text: &str) -> Vec<String> {
    let mut pages = vec![String::new()];
    for line in text.lines() {
        let mut rest = line;
        loop {
            let page = pages.last_mut().expect("there is a page");
            let room = PAGE_UNITS_MAX.saturating_sub(utf16_len(page) + 1);
            if utf16_len(rest) <= room {
                if !page.is_empty() {
                    page.push('\n');
                }
                page.push_str(rest);
                break;
            }
            if page.is_empty() {
                // A line longer than a page; a mark goes with its backslash.
                let mut head = domain::text::fitting(rest, room);
                let marks = head.chars().rev().take_while(|c| *c == '\\').count();
                if marks % 2 == 1 {
                    head = &head[..head.len() - 1];
                }
                if head.is_empty() {
                    head = &rest[..rest.chars().next().map_or(0, char::len_utf8)];
                }
                page.push_str(head);
                rest = &rest[head.len()..];
            }
            pages.push(String::new());
        }
    }
    pages
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_lost_between_pages() {
        let long = escape_markdown(&"*あ".repeat(PAGE_UNITS_MAX));
        let short = "議題".repeat(400);
        let text = format!("{short}\n{short}\n\n{long}\n{short}\n終わり");
        let pages = pages(&text);
        assert!(pages.len() > 3, "{}", pages.len());
        for page in &pages {
            assert!(utf16_len(page) <= PAGE_UNITS_MAX, "{}", utf16_len(page));
            let marks = page.chars().rev().take_while(|c| *c == '\\').count();
            assert_eq!(marks % 2, 0, "a mark is parted from its backslash");
        }
        let plain = |text: &str| text.replace('\n', "");
        assert_eq!(plain(&pages.concat()), plain(&text));
        assert_eq!(super::pages(""), [""]);
    }
}
