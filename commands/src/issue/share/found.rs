//! An issue with its disclosures, for whoever may read its original wording.

use crate::{error::Error, permission, request::Request, text, text::Text};
use domain::{
    disclosure::{Disclosure, State},
    id::{IssueId, ProfessionId},
    issue::Issue,
    text::one_line,
    visibility::{self, Seen},
};
use std::collections::BTreeSet;

/// An issue in its original wording, and everything shared or proposed of it, oldest first.
pub(crate) struct Found {
    /// The issue.
    pub(crate) issue: Issue,
    /// Its disclosures, oldest first.
    pub(crate) disclosures: Vec<Disclosure>,
}

/// Reads what sharing begins with. Whoever reads only a shared wording shares nothing further.
///
/// # Errors
/// Refused as a number that is not there; refused for those who read only what was shared.
pub(crate) async fn found(request: &Request, id: IssueId) -> Result<Found, Error> {
    let office = request.office_id();
    let (issue, disclosures) = request
        .app
        .store
        .read(move |connection| {
            Box::pin(async move {
                let issue = storage::issue::find(connection, office, id).await?;
                let disclosures = storage::disclosure::of(connection, office, id).await?;
                Ok((issue, disclosures))
            })
        })
        .await?;
    let seen = issue
        .and_then(|issue| visibility::view(issue, &disclosures, &request.person, &request.office));
    match seen {
        Some(Seen::Whole(issue, _)) => Ok(Found { issue, disclosures }),
        Some(Seen::Shared(_)) => Err(Error::refuse(Text::new("refused-share-of-shared"))),
        None => Err(Error::refuse(Text::new("refused-no-such-issue"))),
    }
}

/// As [`found`], for what only coordinators do. A stranger learns no more than of a number that is
/// not there.
///
/// # Errors
/// As [`found`]; refused for those who read it but are not at the desk.
pub(crate) async fn found_at_desk(request: &Request, id: IssueId) -> Result<Found, Error> {
    let found = found(request, id).await?;
    permission::approve_disclosure(request)?;
    Ok(found)
}

impl Found {
    /// The disclosure of a version.
    ///
    /// # Errors
    /// Refused as a button that no longer works: versions are never taken away, so it was forged.
    pub(super) fn version(&self, version: i64) -> Result<&Disclosure, Error> {
        self.disclosures
            .iter()
            .find(|disclosure| disclosure.version == version)
            .ok_or_else(|| Error::refuse(Text::new("refused-unknown-button")))
    }

    /// The disclosure of a version while it is in a state.
    ///
    /// # Errors
    /// Refused with what became of it, and by whom.
    pub(super) fn in_state(
        &self,
        request: &Request,
        version: i64,
        state: State,
    ) -> Result<&Disclosure, Error> {
        let disclosure = self.version(version)?;
        if disclosure.state == state {
            return Ok(disclosure);
        }
        Err(decided_already(request, disclosure))
    }

    /// What stands approved, oldest first.
    pub(super) fn standing(&self) -> impl Iterator<Item = &Disclosure> {
        self.disclosures
            .iter()
            .filter(|disclosure| disclosure.state == State::Approved)
    }

    /// The professions the original wording names.
    pub(super) fn mentioned(&self, request: &Request) -> BTreeSet<ProfessionId> {
        super::super::source::mentioned(&request.office, &self.issue.text)
    }
}

/// What is said to whoever came second: what became of the version, and who decided it.
pub(super) fn decided_already(request: &Request, disclosure: &Disclosure) -> Error {
    let state = Text::new(format!("word-disclosure-{}", disclosure.state.code()));
    let Some(by) = disclosure.decided_by else {
        return Error::refuse(text!(
            "refused-share-not-so",
            number = disclosure.issue.0,
            version = disclosure.version,
            state = state,
        ));
    };
    let at = disclosure.decided_at.unwrap_or(disclosure.proposed_at);
    let when = super::told::moment(request, at);
    Error::refuse(text!(
        "refused-share-decided",
        number = disclosure.issue.0,
        version = disclosure.version,
        state = state,
        who = format!("<@{by}>"),
        when = one_line(&when, 60),
    ))
}
