//! `/issue search` 検索: issues by their words, the best first, ten a page.
//!
//! What was typed waits in a draft, so that the page buttons outlive a restart; it is read anew for each
//! page, because names of professions may have changed. The answer does not repeat it.

use super::{draft, list::readable, merge, show};
use crate::{
    Context,
    answer::{Answer, Reply},
    card,
    custom_id::Action,
    dispatch::{May, answer},
    error::Error,
    request::Request,
    text,
    text::Text,
};
use domain::{
    id::DraftId,
    search::{Asked, Fault, QUERY_UNITS_MAX, Query, WORDS_MAX},
    text::{escape_markdown, one_line},
};
use serde::{Deserialize, Serialize};
use serenity::all::{CreateEmbed, CreateEmbedFooter};
use storage::issue::{Found, LOOKED_THROUGH_MAX, Listed};

/// Issues a page.
const PAGE: i64 = 10;
/// UTF-16 units of the wording shown in a line.
const LINE_UNITS_MAX: usize = 70;
/// UTF-16 units of the note, where a word stands there only.
const NOTE_UNITS_MAX: usize = 30;
/// UTF-16 units before the first found word that are shown of a longer text.
const LEAD_UNITS_MAX: usize = 16;
/// UTF-16 units of a word that is too short, as the refusal names it.
const SHORT_WORD_UNITS_MAX: usize = 10;
const STEP: &str = "issue-search";

/// What was typed.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Wanted {
    query: String,
}

/// `/issue search` 検索
#[poise::command(slash_command)]
pub(crate) async fn search(ctx: Context<'_>, query: String) -> Result<(), Error> {
    answer(ctx, May::Say, async move |request: Request| {
        let wanted = Wanted { query };
        match read(&request, &wanted)? {
            Asked::Number(number) => show::answer(&request, number).await,
            Asked::Words(query) => Ok(Answer::Say(page(&request, &wanted, &query, None, 0).await?)),
        }
    })
    .await
}

/// A page button was pressed.
pub(crate) async fn turn(request: &Request, draft: DraftId, number: i64) -> Result<Answer, Error> {
    let wanted: Wanted = draft::find(request, draft, STEP).await?;
    match read(request, &wanted)? {
        Asked::Words(query) => Ok(Answer::Replace(
            page(request, &wanted, &query, Some(draft), number).await?,
        )),
        Asked::Number(_) => Err(draft::gone()),
    }
}

fn read(request: &Request, wanted: &Wanted) -> Result<Asked, Error> {
    if !request.person.is_known() {
        return Err(Error::refuse(Text::new("refused-unknown-person")));
    }
    Query::read(&wanted.query, &request.office.professions).map_err(refused)
}

/// Why a query cannot be answered, and what to do.
pub(crate) fn refused(fault: Fault) -> Error {
    Error::refuse(match fault {
        Fault::Empty => Text::new("refused-search-empty"),
        Fault::TooLong => text!("refused-search-too-long", limit = QUERY_UNITS_MAX),
        Fault::TooManyWords => text!("refused-search-too-many", limit = WORDS_MAX),
        Fault::TooShort(word) => text!(
            "refused-search-too-short",
            word = escape_markdown(&one_line(&word, SHORT_WORD_UNITS_MAX))
        ),
        Fault::OnlyLeftOut => Text::new("refused-search-only-left-out"),
    })
}

async fn page(
    request: &Request,
    wanted: &Wanted,
    query: &Query,
    draft: Option<DraftId>,
    number: i64,
) -> Result<Reply, Error> {
    let office = request.office_id();
    let (reader, asked) = (readable(request), query.clone());
    let offset = number.saturating_mul(PAGE);
    let found = request
        .app
        .store
        .read(move |connection| {
            Box::pin(async move {
                storage::issue::search(connection, office, &reader, &asked, offset, PAGE).await
            })
        })
        .await?;
    if found.total == 0 {
        return Ok(Reply::of(&Text::new("search-empty"), request.language));
    }
    let last = crate::page::last(found.total, PAGE);
    if number > last {
        // Fewer are found than when the button was drawn.
        return Box::pin(page(request, wanted, query, draft, last)).await;
    }
    let mut reply = Reply::default().embed(drawn(request, query, &found, number, last).await?);
    if last > 0 {
        let draft = match draft {
            Some(draft) => draft,
            None => draft::put(request, STEP, wanted).await?,
        };
        reply = reply.row(crate::page::turning(request, number, last, |page| {
            Action::IssueSearch(draft, page)
        }));
    }
    Ok(reply)
}

async fn drawn(
    request: &Request,
    query: &Query,
    found: &Found,
    number: i64,
    last: i64,
) -> Result<CreateEmbed, Error> {
    let mut lines = Vec::new();
    for listed in &found.items {
        lines.push(line(request, query, listed).await?);
    }
    if found.is_cut {
        lines.push(request.say(&text!("search-cut", limit = LOOKED_THROUGH_MAX)));
    }
    let place = crate::page::place(request, number, last);
    Ok(CreateEmbed::new()
        .title(request.say(&text!("search-title", total = found.total)))
        .description(lines.join("\n"))
        .footer(CreateEmbedFooter::new(place)))
}

async fn line(request: &Request, query: &Query, listed: &Listed) -> Result<String, Error> {
    let (tier, status, later_year) = match listed {
        Listed::Whole(issue) => (issue.tier, issue.status, issue.later_year),
        Listed::Shared(shared) => (shared.tier, shared.status, shared.later_year),
    };
    let mut line = text!(
        "list-line",
        number = listed.id().0,
        tier = Text::new(format!("word-tier-short-{}", tier.number())),
        status = card::issue::status_word(status, later_year, &request.office),
        wording = marked(query, listed.wording(), LINE_UNITS_MAX),
    )
    .say(request.language);
    if let Listed::Whole(issue) = listed {
        if let Some(note) = &issue.note
            && query.has_beside(&issue.text, note)
        {
            let note = marked(query, note, NOTE_UNITS_MAX);
            line.push_str(&request.say(&text!("search-note", note = note)));
        }
        if let Some(stands) = merge::seen::stands(request, issue).await? {
            line.push_str(&request.say(&text!("search-merged", stands = stands)));
        }
    }
    Ok(line)
}

/// A text on one line with the found words in bold; of a long one what stands around the first of them.
fn marked(query: &Query, text: &str, units_max: usize) -> String {
    let line = one_line(text, usize::MAX);
    let marks = query.marks(&line);
    let mut from = 0;
    if let Some(first) = marks.first()
        && units(&line[..first.end]) > units_max
    {
        from = first.start;
        let lead = LEAD_UNITS_MAX.min(units_max / 3);
        while units(&line[from..first.start]) < lead
            && let Some(letter) = line[..from].chars().next_back()
        {
            from -= letter.len_utf8();
        }
    }
    let mut to = from;
    while units(&line[from..to]) < units_max
        && let Some(letter) = line[to..].chars().next()
    {
        to += letter.len_utf8();
    }
    let mut shown = String::from(if from > 0 { "…" } else { "" });
    let mut at = from;
    for mark in marks
        .iter()
        .filter(|mark| mark.end > from && mark.start < to)
    {
        let (start, end) = (mark.start.max(from), mark.end.min(to));
        shown.push_str(&escape_markdown(&line[at..start]));
        shown.push_str(&format!("**{}**", escape_markdown(&line[start..end])));
        at = end;
    }
    shown.push_str(&escape_markdown(&line[at..to]));
    if to < line.len() {
        shown.push('…');
    }
    shown
}

fn units(text: &str) -> usize {
    domain::text::utf16_len(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(written: &str, text: &str, units_max: usize) -> String {
        match Query::read(written, &[]) {
            Ok(Asked::Words(query)) => marked(&query, text, units_max),
            other => panic!("{written}: {other:?}"),
        }
    }

    #[test]
    fn found_words_stand_in_bold_and_what_is_cut_is_said() {
        let long = "あ".repeat(40) + "夜間の連絡" + &"い".repeat(40);
        for (written, text, expected) in [
            ("連絡", "夜間の連絡\n先", "夜間の**連絡** 先".to_owned()),
            ("ＩＣＴ", "ICT*の活用", r"**ICT**\*の活用".to_owned()),
            ("会議", "話し合い", "話し合い".to_owned()),
            (
                "連絡",
                long.as_str(),
                format!("…{}夜間の**連絡**{}…", "あ".repeat(7), "い".repeat(18)),
            ),
        ] {
            assert_eq!(shown(written, text, 30), expected, "{written} in {text}");
        }
        // A word at the edge is shown as far as there is room.
        assert_eq!(shown("いうえお", "あああいうえお", 3), "…あ**いう**…");
    }
}
