//! What a review brought to light becomes an issue of its own, tied to what was looked back on: the form of
//! `/issue add` opens. Both show it from then on, to whoever may know of the other.

use super::{about, find};
use crate::{
    answer::Answer,
    error::Error,
    issue::{add, chosen::Chosen, form::Words, named, source},
    permission,
    request::Request,
    text,
};
use domain::{
    id::{IssueId, ReviewId},
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
    let source = source::source(request, None)?;
    let chosen = Chosen::new(request, source, origin).brought_by(&review);
    add::ask(request, &chosen, Words::default()).await
}

/// What the details of an issue say of the review that brought it to light: nothing to whoever may not
/// know of that.
///
/// # Errors
/// Storage failed.
pub(crate) async fn brought_by(request: &Request, issue: IssueId) -> Result<String, Error> {
    let office = request.office_id();
    let found = request
        .app
        .store
        .read(move |connection| {
            Box::pin(async move {
                let review = storage::review::brought_by(connection, office, issue).await?;
                let Some(review) = review.filter(|review| !review.retracted) else {
                    return Ok(None);
                };
                let about = about::read(connection, office, review.of).await?;
                Ok(about.map(|about| (review, about)))
            })
        })
        .await?;
    let known = found.filter(|(_, about)| about.is_for(&request.person, &request.office));
    Ok(known
        .map(|(review, _)| request.say(&super::word::name(&review)))
        .unwrap_or_default())
}

/// What the details of something say of the issues that looking back on it brought to light, as far as
/// the person may read them.
///
/// # Errors
/// Storage failed.
pub(crate) async fn brought_to_light(request: &Request, of: Of) -> Result<String, Error> {
    let office = request.office_id();
    let brought = request
        .app
        .store
        .read(move |connection| Box::pin(storage::review::brought_to_light(connection, office, of)))
        .await?;
    named::lines(request, brought).await
}
