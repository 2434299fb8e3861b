//! `/issue show` 詳細, and the *details* button of every card.

use super::{ending, find, history, link, merge, share, similar};
use crate::{
    Context,
    answer::{Answer, Reply},
    card,
    dispatch::{May, answer as respond},
    error::Error,
    option::issue_number,
    project,
    request::Request,
    review, session,
    text::Text,
};
use domain::{
    id::IssueId,
    review::Of,
    visibility::{Seen, SharedIssue, View},
};

/// `/issue show` 詳細
#[poise::command(slash_command)]
pub(crate) async fn show(
    ctx: Context<'_>,
    #[autocomplete = "super::suggest::numbers"] number: String,
) -> Result<(), Error> {
    respond(ctx, May::Say, async move |request: Request| {
        answer(&request, issue_number(&number)?).await
    })
    .await
}

/// The details as far as the person may read them.
pub(crate) async fn answer(request: &Request, id: IssueId) -> Result<Answer, Error> {
    let (issue, view) = match find(request, id).await? {
        Seen::Whole(issue, view) => (issue, view),
        Seen::Shared(shared) => return told(request, &shared).await,
    };
    let place = super::change::place(request, issue.destination);
    let raised = history::is_told_reasons(request, &issue, view);
    let shares = if raised {
        share::told::summary(request, issue.id).await?
    } else {
        String::new()
    };
    let ending = if raised {
        let (app, office) = (&request.app, &request.office);
        ending::line(app, office, &issue, request.language).await?
    } else {
        String::new()
    };
    let review = if raised {
        review::word::told(request, Of::Issue(id)).await?
    } else {
        String::new()
    };
    let at_desk = matches!(view, View::Desk(_));
    let similar = if at_desk {
        similar::offered(request, &issue, "button-merge-as-same").await
    } else {
        similar::Offered::default()
    };
    // No card stands any more where another issue stands for it.
    let place = if issue.merged_into.is_some() {
        String::new()
    } else {
        place
    };
    let merged = merge::seen::words(request, &issue).await?;
    let frame = card::issue::whole(&request.office, &issue, view, request.language)
        .field(request.say(&Text::new("field-merged")), merged, false)
        .field(request.say(&Text::new("field-destination")), place, false)
        .field(request.say(&Text::new("field-ending")), ending, false)
        .field(request.say(&Text::new("field-review")), review, false)
        .field(
            request.say(&Text::new("field-review-brought-by")),
            review::new_issue::brought_by(request, id).await?,
            false,
        )
        .field(
            request.say(&Text::new("field-session")),
            session::word::told(request, issue.session).await?,
            false,
        )
        .field(request.say(&Text::new("field-share")), &shares, false)
        .field(
            request.say(&Text::new("field-link")),
            link::lines(request, &issue).await?,
            false,
        )
        .field(
            request.say(&Text::new("field-issue-projects")),
            project::show::of_issue(request, issue.id).await?,
            false,
        )
        .field(
            request.say(&Text::new("field-similar")),
            similar.words,
            false,
        )
        .field(
            request.say(&Text::new("field-steps")),
            history::last(request, &issue, view).await?,
            false,
        );
    let reply = Reply::default().embed(frame.draw());
    let mut rows = history::buttons(request, id);
    if at_desk && !shares.is_empty() {
        rows.push(share::told::log_row(request, issue.id));
    }
    rows.extend(similar.row);
    rows.extend(merge::seen::row(request, &issue, view));
    Ok(Answer::Say(Reply { rows, ..reply }))
}

/// What whoever was told of the issue reads: the shared wording, and how far it has come since.
async fn told(request: &Request, shared: &SharedIssue) -> Result<Answer, Error> {
    let frame = card::share::frame(&request.office, shared, request.language).field(
        request.say(&Text::new("field-steps")),
        history::last_moves(request, shared).await?,
        false,
    );
    let rows = history::buttons(request, shared.id);
    let reply = Reply::default().embed(frame.draw());
    Ok(Answer::Say(Reply { rows, ..reply }))
}
