//! The desk's button *pass on to the association*: a tier 1 matter told to the desk goes to the
//! private channel of the association that raised it.

use super::{change, original};
use crate::{
    answer::{Answer, Reply},
    error::Error,
    issue::change::Change,
    permission,
    request::Request,
    text,
    text::Text,
};
use domain::{id::IssueId, issue::Issue, office::Office, routing, tier::Tier};

/// Whether the button stands on an issue's desk card.
pub(crate) fn is_offered(issue: &Issue, office: &Office) -> bool {
    issue.tier == Tier::One
        && !issue.passed_on
        && issue.merged_into.is_none()
        && issue.destination == domain::audience::Destination::Desk
        && issue
            .association
            .and_then(|id| office.association(id))
            .is_some_and(|a| a.channel.is_some())
}

/// The button was pressed.
pub(crate) async fn answer(request: &Request, id: IssueId) -> Result<Answer, Error> {
    let (before, _) = original(request, id).await?;
    permission::coordinate(request)?;
    if before.passed_on {
        return Err(Error::refuse(text!(
            "refused-passed-on-already",
            number = id.0
        )));
    }
    if !is_offered(&before, &request.office) {
        return Err(Error::refuse(Text::new("refused-cannot-pass-on")));
    }
    let mut after = before.clone();
    after.passed_on = true;
    let change = Change {
        act: "issue.pass-on",
        ..Change::default()
    };
    let changed = change::apply(request, before, after, change).await?;
    debug_assert_eq!(changed.route.why, routing::Why::PassedOn);
    let place = change::place(request, changed.issue.destination);
    let text = text!("passed-on", number = changed.issue.id.0, place = place);
    let reply = Reply::of(&text, request.language);
    Ok(Answer::Say(reply.row(changed.undo)))
}
