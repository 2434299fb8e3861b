//! `/fund suggest` 候補: lines of the newest catalogue that fit an issue or a project, with the words that say
//! so and who may apply.
//!
//! An issue is read as the person may read it: whoever was only told a shared wording gets what fits that
//! wording. The answer is for the person only, and names words of it.

use super::{catalogue, known, line, nothing_yet};
use crate::{
    Context,
    answer::{Answer, Reply},
    card::{
        frame::{Frame, cut},
        year_name,
    },
    dispatch::{May, answer},
    error::Error,
    issue,
    option::issue_number,
    project,
    request::Request,
    text,
    text::Text,
};
use domain::{
    fund::suggestion::{self, Suggestion},
    text::{escape_markdown, one_line},
    visibility::Seen,
};

/// UTF-16 units of a word in its reason.
const WORD_UNITS_SHOWN: usize = 20;
/// UTF-16 units of a suggestion, so that all fit an embed's description.
const LINE_UNITS_MAX: usize = 380;

/// `/fund suggest` 候補
#[poise::command(slash_command)]
pub(crate) async fn suggest(
    ctx: Context<'_>,
    #[autocomplete = "issue::suggest::numbers"] issue: Option<String>,
    #[autocomplete = "project::suggest::numbers"] project: Option<String>,
) -> Result<(), Error> {
    answer(ctx, May::Say, async move |request: Request| {
        known(&request)?;
        let (about, words) = match (issue, project) {
            (Some(issue), None) => of_issue(&request, &issue).await?,
            (None, Some(project)) => of_project(&request, &project).await?,
            _ => return Err(Error::refuse(Text::new("refused-fund-suggest-what"))),
        };
        Ok(Answer::Say(shown(&request, &about, &words).await?))
    })
    .await
}

async fn of_issue(request: &Request, written: &str) -> Result<(String, String), Error> {
    let id = issue_number(written)?;
    let words = match issue::find(request, id).await? {
        Seen::Whole(issue, _) => issue.text.clone(),
        Seen::Shared(shared) => shared.wording.clone(),
    };
    Ok((request.say(&text!("subject-issue", number = id.0)), words))
}

async fn of_project(request: &Request, written: &str) -> Result<(String, String), Error> {
    let id = project::option::number(written)?;
    let found = project::find(request, id).await?;
    let mut words = found.title.clone();
    // What a project answers says more than its name, as far as the person may read it.
    for id in &found.issues {
        match issue::find(request, *id).await {
            Ok(Seen::Whole(issue, _)) => words = format!("{words}\n{}", issue.text),
            Ok(Seen::Shared(shared)) => words = format!("{words}\n{}", shared.wording),
            Err(Error::Refusal(_)) => {}
            Err(other) => return Err(other),
        }
    }
    Ok((request.say(&text!("subject-project", number = id.0)), words))
}

async fn shown(request: &Request, about: &str, words: &str) -> Result<Reply, Error> {
    let (year, funds) = catalogue(request, None).await?;
    let Some(year) = year.filter(|_| !funds.is_empty()) else {
        return Ok(Reply::of(&nothing_yet(request, None), request.language));
    };
    let found = suggestion::suggest(words, &funds);
    if found.is_empty() {
        return Ok(Reply::of(
            &text!("fund-suggest-none", about = about),
            request.language,
        ));
    }
    let lines: Vec<String> = found
        .iter()
        .map(|one| cut(&told(request, one), LINE_UNITS_MAX))
        .collect();
    let title = text!(
        "fund-suggest-title",
        about = about,
        year = year_name(year, request.language),
        total = found.len()
    );
    let frame = Frame::titled(request.say(&title))
        .words(lines.join("\n"))
        .footer(request.say(&Text::new("fund-suggest-next")));
    Ok(Reply::default().embed(frame.draw()))
}

/// A line and why it is suggested.
fn told(request: &Request, one: &Suggestion<'_>) -> String {
    let quoted = |word: &str| escape_markdown(&one_line(word, WORD_UNITS_SHOWN));
    let reasons: Vec<String> = one
        .reasons
        .iter()
        .map(|reason| {
            request.say(&if reason.heard == reason.found {
                text!("fund-reason-same", word = quoted(&reason.heard))
            } else {
                text!(
                    "fund-reason",
                    heard = quoted(&reason.heard),
                    found = quoted(&reason.found)
                )
            })
        })
        .collect();
    let separator = request.say(&Text::new("list-separator"));
    request.say(&text!(
        "fund-suggested",
        line = line::listed(request, one.fund),
        reasons = reasons.join(&separator),
    ))
}
