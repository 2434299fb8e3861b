//! Similar issues (似た意見): what the person reads whole and says nearly the same, with the button that
//! counts an opinion instead of adding it twice.
//!
//! Only the newest [`RECENT_MAX`] originals the person reads are compared, so that not even the weights
//! of words tell of anything else.

use super::{find, list::readable, merge};
use crate::{error::Error, request::Request, text, text::Text};
use domain::{
    id::IssueId,
    issue::Issue,
    merge::likeness::{Alike, alike},
    text::{escape_markdown, one_line},
    visibility::Seen,
};
use serenity::all::CreateActionRow;
use storage::issue::{Filter, RECENT_MAX};

/// UTF-16 units of the wording of each.
const LINE_UNITS_MAX: usize = 60;

/// What is said of similar issues, and what can be done about them.
#[derive(Debug, Default)]
pub(crate) struct Offered {
    /// One line each; empty where none is like it.
    pub(crate) words: String,
    /// The buttons.
    pub(crate) row: Option<CreateActionRow>,
}

/// Looks for issues that say nearly the same. An answer is not spoilt when that fails: what was asked
/// for is done by then.
pub(crate) async fn offered(request: &Request, issue: &Issue, key: &str) -> Offered {
    match look(request, issue, key).await {
        Ok(offered) => offered,
        Err(error) => {
            tracing::error!(%error, issue.id = issue.id.0, "similar issues could not be looked for");
            Offered::default()
        }
    }
}

async fn look(request: &Request, issue: &Issue, key: &str) -> Result<Offered, Error> {
    if issue.merged_into.is_some() {
        return Ok(Offered::default());
    }
    let (office, reader) = (request.office_id(), readable(request));
    let recent = request
        .app
        .store
        .read(move |connection| {
            Box::pin(async move {
                let all = Filter::of(reader);
                storage::issue::recent(connection, office, &all, RECENT_MAX).await
            })
        })
        .await?;
    let earlier: Vec<(IssueId, &str)> = recent
        .iter()
        .filter(|recent| recent.id != issue.id)
        .map(|recent| (recent.id, recent.text.as_str()))
        .collect();
    let (mut lines, mut buttons) = (Vec::new(), Vec::new());
    for alike in alike(&issue.text, &earlier, request.office.vocabulary()) {
        // Read once more, by the rule for one issue.
        let Seen::Whole(other, _) = find(request, alike.key).await? else {
            continue;
        };
        lines.push(line(request, &other, &alike));
        if is_offered(request, issue, &other) {
            buttons.push(merge::button(request, issue.id, other.id, key));
        }
    }
    Ok(Offered {
        words: lines.join("\n"),
        row: (!buttons.is_empty()).then_some(CreateActionRow::Buttons(buttons)),
    })
}

/// Whether pressing would do; the rule is asked again then.
fn is_offered(request: &Request, issue: &Issue, other: &Issue) -> bool {
    let stands = if other.id < issue.id {
        other.status
    } else {
        issue.status
    };
    let own = issue.association.is_some() && issue.association == other.association;
    stands.is_open() && (request.person.coordinator || (own && other.id < issue.id))
}

fn line(request: &Request, other: &Issue, alike: &Alike<IssueId>) -> String {
    let words: Vec<String> = alike
        .words
        .iter()
        .map(|word| escape_markdown(word))
        .collect();
    let shared = if words.is_empty() {
        String::new()
    } else {
        let words = words.join(&request.say(&Text::new("list-separator")));
        request.say(&text!("similar-words", words = words))
    };
    request.say(&text!(
        "similar-line",
        number = other.id.0,
        likeness = Text::new(format!("word-likeness-{}", alike.likeness.code())),
        status = Text::new(format!("word-status-{}", other.status.code())),
        wording = escape_markdown(&one_line(&other.text, LINE_UNITS_MAX)),
        shared = shared,
    ))
}
