//! Proposals at the desk: approved as they are, or turned down. (With other words:
//! [`super::form::correct`].)

use super::{
    form,
    found::found_at_desk,
    record::{Plan, Step, record},
    screen, told, wording,
};
use crate::{
    answer::Answer, dispatch::Fields, error::Error, issue::privacy, option::clean_optional,
    permission, request::Request, text::Text,
};
use domain::{disclosure::State, id::IssueId, issue::REASON_UNITS_MAX};

/// *Approve* was pressed. The original itself needs the second screen.
pub(super) async fn approve(request: &Request, id: IssueId, version: i64) -> Result<Answer, Error> {
    let found = found_at_desk(request, id).await?;
    let proposal = found.in_state(request, version, State::Proposed)?;
    if !super::audience::exists(&request.office, proposal.audience) {
        return Err(Error::refuse(Text::new("refused-audience-gone")));
    }
    if proposal.as_written {
        return screen::of_proposal(request, &found, proposal).await;
    }
    let desk = permission::approve_disclosure(request)?;
    wording::refuse_speaker(&found, desk, &proposal.wording)?;
    let plan = Plan::new(id, Step::Approve(version), "issue.share-approve");
    let (found, version) = record(request, plan).await?;
    told::shared(request, &found, version)
}

/// The form for the reason was sent.
pub(super) async fn declined(
    request: &Request,
    id: IssueId,
    version: i64,
    fields: &Fields,
) -> Result<Answer, Error> {
    let found = found_at_desk(request, id).await?;
    found.in_state(request, version, State::Proposed)?;
    let reason = clean_optional(form::reason_of(fields), REASON_UNITS_MAX, "what-reason")?;
    if let Some(reason) = &reason {
        privacy::refuse_personal_data(reason)?;
    }
    let mut plan = Plan::new(id, Step::Decline(version), "issue.share-decline");
    plan.reason = reason;
    let (found, version) = record(request, plan).await?;
    told::declined(request, &found, version)
}
