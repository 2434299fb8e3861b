//! *Take back*: the audience reads it no more; where a post stands, a sign without words stays.

use super::{
    found::found_at_desk,
    record::{Plan, Step, record},
    told,
};
use crate::{answer::Answer, error::Error, request::Request};
use domain::{disclosure::State, id::IssueId};

/// The button was pressed.
pub(super) async fn withdraw(
    request: &Request,
    id: IssueId,
    version: i64,
) -> Result<Answer, Error> {
    let found = found_at_desk(request, id).await?;
    found.in_state(request, version, State::Approved)?;
    let plan = Plan::new(id, Step::Withdraw(version), "issue.share-withdraw");
    let (found, version) = record(request, plan).await?;
    told::withdrawn(request, &found, version)
}
