//! *Keep private*: the desk decides that an issue is not shared; and takes it up again.

use super::found::found_at_desk;
use crate::{
    answer::{Answer, Reply},
    error::Error,
    issue::{change, change::Change},
    request::Request,
    text,
    text::Text,
};
use domain::{id::IssueId, issue::Issue};

/// *Keep private* was pressed.
pub(super) async fn keep(request: &Request, id: IssueId) -> Result<Answer, Error> {
    let found = found_at_desk(request, id).await?;
    if found.standing().next().is_some() {
        return Err(Error::refuse(Text::new("refused-share-stands")));
    }
    if found.issue.kept_private {
        return Err(Error::refuse(text!(
            "refused-kept-private-already",
            number = id.0
        )));
    }
    decide(request, found.issue, true).await
}

/// *Take up again* was pressed.
pub(super) async fn take_up(request: &Request, id: IssueId) -> Result<Answer, Error> {
    let found = found_at_desk(request, id).await?;
    if !found.issue.kept_private {
        return Err(Error::refuse(text!(
            "refused-not-kept-private",
            number = id.0
        )));
    }
    decide(request, found.issue, false).await
}

async fn decide(request: &Request, before: Issue, private: bool) -> Result<Answer, Error> {
    let after = Issue {
        kept_private: private,
        ..before.clone()
    };
    let number = before.id.0;
    let (act, said) = if private {
        ("issue.keep-private", text!("kept-private", number = number))
    } else {
        ("issue.take-up", text!("taken-up", number = number))
    };
    let change = Change {
        act,
        ..Change::default()
    };
    let changed = change::apply(request, before, after, change).await?;
    let reply = Reply::of(&said, request.language);
    Ok(Answer::Say(reply.row(changed.undo)))
}
