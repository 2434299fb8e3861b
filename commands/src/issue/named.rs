//! Issues that something else names, a line each, as far as the person may read them.

use crate::{card::frame::cut, error::Error, request::Request, text, text::Text};
use domain::{
    id::IssueId,
    text::{escape_markdown, one_line},
    visibility::{self, Seen},
};

/// UTF-16 units of the wording beside a number.
const WORDING_UNITS_MAX: usize = 40;
/// UTF-16 units of all lines: a field of a frame (Discord, resources/message: 1,024).
const LINES_UNITS_MAX: usize = 1_000;

/// The lines of those the person may read, in the order they are named; of others nothing is said.
///
/// # Errors
/// Storage failed.
pub(crate) async fn lines(request: &Request, issues: Vec<IssueId>) -> Result<String, Error> {
    if issues.is_empty() {
        return Ok(String::new());
    }
    let office = request.office_id();
    let found = request
        .app
        .store
        .read(move |connection| {
            let issues = issues.clone();
            Box::pin(async move {
                let mut found = Vec::with_capacity(issues.len());
                for id in issues {
                    if let Some(issue) = storage::issue::find(connection, office, id).await? {
                        let shares = storage::disclosure::of(connection, office, id).await?;
                        found.push((issue, shares));
                    }
                }
                Ok(found)
            })
        })
        .await?;
    let seen = found.into_iter().filter_map(|(issue, shares)| {
        visibility::view(issue, &shares, &request.person, &request.office)
    });
    let lines: Vec<String> = seen.map(|seen| line(request, &seen)).collect();
    Ok(cut(&lines.join("\n"), LINES_UNITS_MAX))
}

fn line(request: &Request, seen: &Seen) -> String {
    let (id, status, wording) = match seen {
        Seen::Whole(issue, _) => (issue.id, issue.status, &issue.text),
        Seen::Shared(shared) => (shared.id, shared.status, &shared.wording),
    };
    request.say(&text!(
        "suggested-issue",
        number = id.0,
        status = Text::new(format!("word-status-{}", status.code())),
        wording = escape_markdown(&one_line(wording, WORDING_UNITS_MAX)),
    ))
}
