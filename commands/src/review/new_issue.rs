//! What a review brought to light becomes an issue of its own, linked with the one that was looked back
//! on: the form of `/issue add` opens.

use super::find;
use crate::{
    answer::Answer,
    error::Error,
    issue::{add, chosen::Chosen, form::Words, source},
    permission,
    request::Request,
    text,
};
use domain::{
    id::ReviewId,
    issue::Origin,
    review::{Next, Of},
};

/// *Write it down* was pressed.
pub(super) async fn ask(request: &Request, id: ReviewId) -> Result<Answer, Error> {
    permission::add_issue(request)?;
    let (review, about) = find(request, id).await?;
    permission::deal_with_review(request, &about)?;
    let new = review
        .outcome
        .as_ref()
        .is_some_and(|outcome| outcome.next == Next::NewIssue);
    if !new {
        return Err(Error::refuse(text!(
            "refused-review-no-new-issue",
            name = super::word::name(&review)
        )));
    }
    let origin = if request.person.coordinator {
        Origin::Desk
    } else {
        Origin::Meeting
    };
    let mut chosen = Chosen::new(request, source::source(request, None)?, origin);
    if let Of::Issue(issue) = review.of {
        chosen = chosen.linked(issue);
    }
    add::ask(request, &chosen, Words::default()).await
}
