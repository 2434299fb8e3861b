//! `/fund show` 詳細: one line of a catalogue: what is paid for, who may apply by which words, what is left out,
//! what is doubtful; for the desk also which projects were paid from it.

use super::{find, known, line, option, word};
use crate::{
    Context,
    answer::{Answer, Reply},
    card::{
        frame::{Frame, cut},
        year_name,
    },
    dispatch::{May, answer},
    error::Error,
    request::Request,
    text,
    text::{Text, grouped},
};
use domain::{
    fund::{Entry, Fund, Use},
    id::FundId,
    text::escape_markdown,
};

/// UTF-16 units of what is paid for.
const CONTENT_UNITS_SHOWN: usize = 1_500;
/// UTF-16 units of a field of several lines.
const LINES_UNITS_MAX: usize = 900;
/// Projects that are named.
const USES_SHOWN: usize = 10;

/// `/fund show` 詳細
#[poise::command(slash_command)]
pub(crate) async fn show(
    ctx: Context<'_>,
    #[autocomplete = "option::numbers"] number: String,
) -> Result<(), Error> {
    answer(ctx, May::Say, async move |request: Request| {
        known(&request)?;
        let id = option::number(&number)?;
        Ok(Answer::Say(shown(&request, id).await?))
    })
    .await
}

/// The details of a fund.
pub(super) async fn shown(request: &Request, id: FundId) -> Result<Reply, Error> {
    let fund = find(request, id).await?;
    let office = request.office_id();
    let year = fund.year;
    let (around, uses) = request
        .app
        .store
        .read(move |connection| {
            Box::pin(async move {
                let around = storage::fund::of_year(connection, office, year).await?;
                let uses = storage::fund::uses_of(connection, office, id).await?;
                Ok((around, uses))
            })
        })
        .await?;
    let mut frame = frame(request, &fund, &around);
    if request.person.coordinator {
        let used = used(request, &uses).await?;
        let named = request.say(&Text::new("field-fund-uses"));
        frame = frame.field(named, used, false);
    }
    let frame = frame.footer(request.say(&text!(
        "fund-show-next",
        year = year_name(fund.year, request.language)
    )));
    Ok(Reply::default().embed(frame.draw()))
}

fn frame(request: &Request, fund: &Fund, around: &[Fund]) -> Frame {
    let say = |key: &str| request.say(&Text::new(key));
    let (entry, language) = (&fund.entry, request.language);
    let content = if entry.content.is_empty() {
        String::new()
    } else {
        cut(&escape_markdown(&entry.content), CONTENT_UNITS_SHOWN)
    };
    let words = if fund.withdrawn {
        format!("{}\n{content}", say("fund-withdrawn"))
    } else {
        content
    };
    let has_subs = around.iter().any(|other| is_sub_of(other, entry));
    let applicants = if has_subs && entry.content.is_empty() {
        String::new()
    } else {
        word::applicants(entry, language)
    };
    let since = if has_subs && entry.since.is_empty() {
        String::new()
    } else {
        word::since(&entry.since(), language)
    };
    let title = text!(
        "fund-title",
        number = fund.id.0,
        name = escape_markdown(&entry.name())
    );
    Frame::titled(request.say(&title))
        .words(words)
        .field(say("field-fund-headings"), headings(request, entry), true)
        .field(say("field-fund-since"), since, true)
        .field(
            say("field-fund-department"),
            escape_markdown(&entry.department),
            true,
        )
        .field(
            say("field-fund-applicants"),
            cut(&applicants, LINES_UNITS_MAX),
            false,
        )
        .field(
            say("field-fund-conditions"),
            cut(&word::conditions(entry, language), LINES_UNITS_MAX),
            false,
        )
        .field(
            say("field-fund-family"),
            cut(&family(request, fund, around), LINES_UNITS_MAX),
            false,
        )
        .field(
            say("field-fund-doubts"),
            cut(&word::doubts(entry, language), LINES_UNITS_MAX),
            false,
        )
}

fn headings(request: &Request, entry: &Entry) -> String {
    let separator = request.say(&Text::new("fund-heading-separator"));
    let headings = [&entry.large, &entry.middle];
    let named: Vec<String> = headings
        .into_iter()
        .filter(|heading| !heading.is_empty())
        .map(|heading| escape_markdown(heading))
        .collect();
    named.join(&separator)
}

/// The sub-items of an item, or the item of a sub-item.
fn family(request: &Request, fund: &Fund, around: &[Fund]) -> String {
    let entry = &fund.entry;
    let wanted = |other: &&Fund| match entry.sub {
        None => is_sub_of(other, entry),
        Some(_) => other.entry.sub.is_none() && is_sub_of(fund, &other.entry),
    };
    let lines: Vec<String> = around
        .iter()
        .filter(|other| !other.withdrawn)
        .filter(wanted)
        .map(|other| line::listed(request, other))
        .collect();
    lines.join("\n")
}

fn is_sub_of(fund: &Fund, item: &Entry) -> bool {
    let entry = &fund.entry;
    entry.sub.is_some()
        && item.sub.is_none()
        && item.number.is_some()
        && entry.number == item.number
}

/// The projects that were paid from it, for the desk.
async fn used(request: &Request, uses: &[Use]) -> Result<String, Error> {
    let mut lines = Vec::new();
    for one in uses.iter().take(USES_SHOWN) {
        let (office, project) = (request.office_id(), one.project);
        let found = request
            .app
            .store
            .read(move |connection| Box::pin(storage::project::find(connection, office, project)))
            .await?;
        let title = found.map_or_else(String::new, |project| escape_markdown(&project.title));
        lines.push(request.say(&text!(
            "fund-use",
            year = year_name(one.year, request.language),
            number = one.project.0,
            title = title,
            yen = yen(request, one.yen),
        )));
    }
    let more = uses.len().saturating_sub(USES_SHOWN);
    if more > 0 {
        lines.push(request.say(&text!("plan-more", count = more)));
    }
    Ok(cut(&lines.join("\n"), LINES_UNITS_MAX))
}

/// An amount, or that none was said.
pub(super) fn yen(request: &Request, yen: Option<i64>) -> String {
    request.say(&match yen {
        Some(yen) => text!("fund-yen", yen = grouped(yen)),
        None => Text::new("fund-yen-unsaid"),
    })
}
