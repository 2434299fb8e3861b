//! `/session list` 一覧: the earliest first, by month, ten a page.
//!
//! What the reader may not know of is left out in the query. The filter waits in a draft, so that the
//! page buttons outlive a restart.

use super::{sight, word};
use crate::{
    Context,
    answer::{Answer, Reply},
    card::{self, frame::Frame},
    custom_id::{self, Action},
    dispatch::{May, answer},
    error::Error,
    issue::draft as drafts,
    option::{TierChoice, day},
    page,
    request::Request,
    text,
    text::Text,
};
use chrono::{Datelike, NaiveDate};
use domain::{
    era::{format_month, weekday_name},
    id::DraftId,
    session::Session,
    setting::Language,
    tier::Tier,
};
use serde::{Deserialize, Serialize};
use storage::session::{Filter, Page};

/// Sessions a page.
const PAGE: i64 = 10;
/// UTF-16 units of a line, so that all lines of a page fit an embed's description.
const LINE_UNITS_MAX: usize = 320;
const STEP: &str = "session-list";

/// What a list shows; codes and days.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Wanted {
    from: Option<String>,
    to: Option<String>,
    tier: Option<Tier>,
}

/// `/session list` 一覧
#[poise::command(slash_command)]
pub(crate) async fn list(
    ctx: Context<'_>,
    from: Option<String>,
    to: Option<String>,
    tier: Option<TierChoice>,
) -> Result<(), Error> {
    answer(ctx, May::Say, async move |request: Request| {
        let read =
            |written: Option<String>| written.map(|written| day(&request, &written)).transpose();
        let (mut from, to) = (read(from)?, read(to)?);
        if let (Some(from), Some(to)) = (from, to)
            && from > to
        {
            return Err(Error::refuse(text!(
                "refused-from-after-to",
                from = card::date(from, request.language),
                to = card::date(to, request.language),
            )));
        }
        if from.is_none() && to.is_none() {
            // What people ask for without saying more is what is coming, and this month's past days.
            from = request.today().with_day(1);
        }
        let wanted = Wanted {
            from: from.map(|day| day.to_string()),
            to: to.map(|day| day.to_string()),
            tier: tier.map(|tier| tier.0),
        };
        Ok(Answer::Say(shown(&request, &wanted, None, 0).await?))
    })
    .await
}

/// A page button was pressed.
pub(crate) async fn turn(request: &Request, draft: DraftId, number: i64) -> Result<Answer, Error> {
    let wanted: Wanted = drafts::find(request, draft, STEP).await?;
    Ok(Answer::Replace(
        shown(request, &wanted, Some(draft), number).await?,
    ))
}

async fn shown(
    request: &Request,
    wanted: &Wanted,
    draft: Option<DraftId>,
    number: i64,
) -> Result<Reply, Error> {
    let sight = sight(request);
    if !request.person.is_known() {
        return Err(Error::refuse(Text::new("refused-unknown-person")));
    }
    let date = |day: &Option<String>| day.as_deref().and_then(|day| day.parse::<NaiveDate>().ok());
    let (from, to) = (date(&wanted.from), date(&wanted.to));
    let filter = Filter {
        from,
        to,
        tier: wanted.tier,
        sight,
    };
    let (found, at) = page::read(
        number,
        PAGE,
        |number| read(request, &filter, number),
        |found| found.total,
    )
    .await?;
    if found.total == 0 {
        let key = if request.person.coordinator {
            "session-list-empty-desk"
        } else {
            "session-list-empty"
        };
        return Ok(Reply::of(&Text::new(key), request.language));
    }
    let title = text!("session-list-title", total = found.total);
    let frame = Frame::titled(request.say(&title))
        .words(by_month(request, &found.items))
        .footer(at.footer(request, &Text::new("session-list-next")));
    let mut reply = Reply::default().embed(frame.draw());
    if let Some(from) = from.filter(|_| to.is_none()) {
        let from = card::date(from, request.language);
        reply.content = request.say(&text!("session-list-from", from = from));
    }
    at.below(request, reply, (STEP, wanted, draft), |draft, page| {
        Action::Session(custom_id::Session::List(draft, page))
    })
    .await
}

async fn read(request: &Request, filter: &Filter, number: i64) -> Result<Page, Error> {
    let (office, filter) = (request.office_id(), filter.clone());
    let offset = number.saturating_mul(PAGE);
    let found = request
        .app
        .store
        .read(move |connection| {
            Box::pin(async move {
                storage::session::list(connection, office, &filter, offset, PAGE).await
            })
        })
        .await?;
    Ok(found)
}

/// The lines, under the months they are in.
fn by_month(request: &Request, sessions: &[Session]) -> String {
    let language = request.language;
    let mut lines = Vec::new();
    let mut above = None;
    for session in sessions {
        let month = session.date.map(|date| match language {
            Language::Ja => format_month(date),
            Language::En => date.format("%Y-%m").to_string(),
        });
        let month = month.unwrap_or_else(|| request.say(&Text::new("session-undated")));
        if above.as_ref() != Some(&month) {
            lines.push(request.say(&text!("session-list-month", month = month.as_str())));
            above = Some(month);
        }
        lines.push(card::frame::cut(&line(session, language), LINE_UNITS_MAX));
    }
    lines.join("\n")
}

fn line(session: &Session, language: Language) -> String {
    let day = session.date.map(|date| match language {
        Language::Ja => text!(
            "session-list-day",
            day = i64::from(date.day()),
            weekday = weekday_name(date.weekday())
        )
        .say(language),
        Language::En => date.format("%d (%a)").to_string(),
    });
    let when: Vec<String> = day
        .into_iter()
        .chain(word::hours(session, language))
        .collect();
    text!(
        "session-list-line",
        number = session.id.0,
        when = when.join(" "),
        tier = Text::new(format!("word-tier-short-{}", session.tier.number())),
        name = word::name(session, language),
        state = Text::new(format!("word-session-state-{}", session.state.code())),
    )
    .say(language)
}
