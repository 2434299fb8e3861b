//! `/session show` 詳細: one gathering, and what was said there as far as the person may read it.

use super::{account::reading, ics, key_person, option, word};
use crate::{
    Context,
    answer::{Answer, Reply},
    card::{self, frame::Frame},
    dispatch::{May, answer},
    error::Error,
    issue::list::readable,
    request::Request,
    review::new_issue,
    target, text,
    text::Text,
};
use domain::{
    id::SessionId,
    review::Of,
    session::Session,
    text::{escape_markdown, one_line, utf16_len},
    visibility::{self, Seen},
};
use storage::issue::{Filter, Listed, PAGE_MAX, Page};

/// UTF-16 units of the wording shown in a line.
const LINE_UNITS_MAX: usize = 40;
/// UTF-16 units of all lines of a field, with room for the line that counts the rest.
const LINES_UNITS_MAX: usize = 950;

/// `/session show` 詳細
#[poise::command(slash_command)]
pub(crate) async fn show(
    ctx: Context<'_>,
    #[autocomplete = "super::suggest::sessions"] number: String,
) -> Result<(), Error> {
    answer(ctx, May::Say, async move |request: Request| {
        answered(&request, option::number(&number)?).await
    })
    .await
}

/// The details of a session the person may know of.
pub(super) async fn answered(request: &Request, id: SessionId) -> Result<Answer, Error> {
    let session = super::find(request, id).await?;
    let (said, agenda) = issues(request, &session).await?;
    let footer = if said.total > 0 {
        text!("session-list-issues", number = session.id.0)
    } else {
        text!("session-next", number = session.id.0)
    };
    let account = reading::of(request, &session).await?;
    let account = account.map(|account| reading::summary(request, &account));
    let (summary, open) = account.unzip();
    let frame = frame(request, &session)
        .field(
            request.say(&Text::new("field-session-key-persons")),
            key_person::lines(request, &session).await?,
            false,
        )
        .field(
            request.say(&Text::new("field-session-account")),
            summary.unwrap_or_default(),
            false,
        )
        .field(
            request.say(&Text::new("field-session-agenda")),
            lines(request, &agenda, agenda.len()),
            false,
        )
        .field(
            request.say(&text!("field-session-said", total = said.total)),
            lines(
                request,
                &said.items,
                usize::try_from(said.total).unwrap_or_default(),
            ),
            false,
        )
        .field(
            request.say(&Text::new("field-review-brought")),
            new_issue::brought_to_light(request, Of::Session(session.id)).await?,
            false,
        )
        .footer(request.say(&footer));
    let mut reply = Reply::default().embed(frame.draw());
    reply.rows.extend(open);
    reply
        .rows
        .extend(target::record::session_button(request, &session));
    if session.date.is_some() {
        reply = reply.file(ics::file(request, &session)?);
    }
    Ok(Answer::Say(reply))
}

/// What everybody who may know of a session reads of it.
pub(super) fn frame(request: &Request, session: &Session) -> Frame {
    let language = request.language;
    let say = |key: &str| request.say(&Text::new(key));
    let purpose = session
        .purpose
        .map(|purpose| say(&format!("word-session-purpose-{}", purpose.code())));
    let words = |words: &Option<String>| words.as_deref().map(escape_markdown).unwrap_or_default();
    Frame::titled(word::heading(session, language))
        .colour(card::issue::colour(session.tier))
        .words(word::standing(session, language))
        .field(
            say("field-status"),
            say(&format!("word-session-state-{}", session.state.code())),
            true,
        )
        .field(
            say("field-session-kind"),
            say(&format!("word-session-kind-{}", session.kind.code())),
            true,
        )
        .field(
            say("field-session-purpose"),
            purpose.unwrap_or_default(),
            true,
        )
        .field(
            say("field-session-role"),
            say(&format!("word-session-role-{}", session.role.code())),
            true,
        )
        .field(say("field-session-place"), words(&session.place), true)
        .field(
            say("field-session-associations"),
            word::associations(&request.office, session, language),
            false,
        )
        .field(
            say("field-session-people"),
            word::people(session, language),
            true,
        )
        .field(say("field-session-method"), words(&session.method), false)
        .footer(request.say(&text!("session-next", number = session.id.0)))
}

/// What was said there and what is to be talked about, each as far as the person may read it; in the
/// order in which it was written down.
async fn issues(request: &Request, session: &Session) -> Result<(Page, Vec<Listed>), Error> {
    let office = request.office_id();
    let filter = Filter {
        tier: None,
        status: None,
        open_only: false,
        association: None,
        reporter: None,
        category: None,
        session: Some(session.id),
        readable: readable(request),
    };
    let agenda = session.agenda.clone();
    let (mut said, found) = request
        .app
        .store
        .read(move |connection| {
            Box::pin(async move {
                let said = storage::issue::list(connection, office, &filter, 0, PAGE_MAX).await?;
                let mut found = Vec::with_capacity(agenda.len());
                for id in agenda {
                    if let Some(issue) = storage::issue::find(connection, office, id).await? {
                        let shares = storage::disclosure::of(connection, office, id).await?;
                        found.push((issue, shares));
                    }
                }
                Ok((said, found))
            })
        })
        .await?;
    said.items.reverse();
    let agenda = found
        .into_iter()
        .filter_map(|(issue, shares)| {
            visibility::view(issue, &shares, &request.person, &request.office)
        })
        .map(|seen| match seen {
            Seen::Whole(issue, _) => Listed::Whole(issue),
            Seen::Shared(shared) => Listed::Shared(shared),
        })
        .collect();
    Ok((said, agenda))
}

/// The first of the issues, a line each, and how many more there are.
fn lines(request: &Request, items: &[Listed], total: usize) -> String {
    let mut shown = String::new();
    let mut count = 0;
    for listed in items {
        let wording = one_line(listed.wording(), LINE_UNITS_MAX);
        let line = text!(
            "suggested-issue",
            number = listed.id().0,
            status = Text::new(format!("word-status-{}", listed.status().code())),
            wording = escape_markdown(&wording),
        );
        let line = request.say(&line);
        if utf16_len(&shown) + utf16_len(&line) + 1 > LINES_UNITS_MAX {
            break;
        }
        if count > 0 {
            shown.push('\n');
        }
        shown.push_str(&line);
        count += 1;
    }
    if count < total {
        shown.push('\n');
        shown.push_str(&request.say(&text!("session-more", count = total - count)));
    }
    shown
}
