//! Who may do what (DESIGN section 9), asked in the bot on every command, button, form and suggestion.
//! Discord's own command permissions are a convenience, never a boundary.
//!
//! Each function is one cell of the table; it returns the right or a refusal that says whom to ask.

use crate::{error::Error, request::Request, review::about::About, text::Text};
use domain::{
    audience::Destination,
    disclosure::Disclosure,
    issue::Issue,
    person::Rank,
    speaker::Desk,
    visibility::{self, Seen, View},
};

/// Adding an issue: coordinators, the adviser, and everybody of an association.
///
/// # Errors
/// Refused for everybody else.
pub fn add_issue(request: &Request) -> Result<(), Error> {
    if request.person.may_add() {
        return Ok(());
    }
    Err(Error::refuse(Text::new(if request.person.is_known() {
        "refused-readers-only"
    } else {
        "refused-unknown-person"
    })))
}

/// What only coordinators may do.
///
/// # Errors
/// Refused for everybody else.
pub fn coordinate(request: &Request) -> Result<Desk, Error> {
    request.person.desk().ok_or_else(|| {
        Error::refuse(Text::new(if request.person.is_known() {
            "refused-coordinators-only"
        } else {
            "refused-unknown-person"
        }))
    })
}

/// Writing a project down: coordinators; officers and contacts of an association, who bring it as an
/// idea (持込み企画).
///
/// # Errors
/// Refused for everybody else.
pub fn add_project(request: &Request) -> Result<(), Error> {
    let sight = domain::project::Sight::of(&request.person, &request.office);
    if sight.everything || !sight.associations.is_empty() {
        return Ok(());
    }
    Err(Error::refuse(Text::new(if request.person.is_known() {
        "refused-project-add"
    } else {
        "refused-unknown-person"
    })))
}

/// Reading what hinders sending: whoever reads the desk.
///
/// # Errors
/// Refused for everybody else.
pub fn read_stoppage(request: &Request) -> Result<(), Error> {
    if Destination::Desk.is_for(&request.person, &request.office) {
        return Ok(());
    }
    coordinate(request).map(drop)
}

/// Mapping roles, channels and associations: coordinators, and administrators of the server in the
/// first hour.
///
/// # Errors
/// Refused for everybody else.
pub fn set_up(request: &Request) -> Result<(), Error> {
    if request.person.may_set_up() {
        return Ok(());
    }
    Err(Error::refuse(Text::new("refused-set-up")))
}

/// Writing down what came of a review, moving it and hearing of it later: coordinators, and officers and
/// contacts of the associations it is about.
///
/// # Errors
/// Refused for everybody else who may know of it.
pub(crate) fn deal_with_review(request: &Request, about: &About) -> Result<(), Error> {
    if about.is_own_of(&request.person) {
        return Ok(());
    }
    Err(Error::refuse(Text::new("refused-not-own-review")))
}

/// Reading an issue. A number one may not see and a number that does not exist are answered alike.
///
/// # Errors
/// Refused with the one sentence for both.
pub fn read_issue(
    request: &Request,
    (issue, disclosures): (Option<Issue>, Vec<Disclosure>),
) -> Result<Seen, Error> {
    issue
        .and_then(|issue| visibility::view(issue, &disclosures, &request.person, &request.office))
        .ok_or_else(|| Error::refuse(Text::new("refused-no-such-issue")))
}

/// The original of an issue that is about to be changed. Whoever was only told of it changes nothing.
///
/// # Errors
/// Refused when only a shared wording is the person's to read.
pub fn whole(request: &Request, seen: Seen) -> Result<(Issue, View), Error> {
    match seen {
        Seen::Whole(issue, view) => Ok((issue, view)),
        Seen::Shared(_) => {
            // Coordinators read every original, so nobody else than they could change it.
            debug_assert!(!request.person.coordinator);
            Err(Error::refuse(Text::new("refused-only-shared")))
        }
    }
}

/// Changing the wording or the tier of an issue: coordinators, and whoever wrote it down as long as
/// nobody has taken it up (受付).
///
/// # Errors
/// Refused for everybody else who may read it.
pub fn change_issue(request: &Request, issue: &Issue) -> Result<(), Error> {
    let own = issue.reporter == request.person.user && request.person.may_add();
    if request.person.coordinator || (own && issue.status == domain::issue::Status::Open) {
        return Ok(());
    }
    Err(Error::refuse(Text::new(if own {
        "refused-taken-up"
    } else {
        "refused-not-yours"
    })))
}

/// Taking a merge back right after it was made: coordinators, and whoever wrote the issue down.
///
/// # Errors
/// Refused for everybody else who may read it.
pub fn take_merge_back(request: &Request, issue: &Issue) -> Result<(), Error> {
    if issue.reporter == request.person.user && request.person.may_add() {
        return Ok(());
    }
    coordinate(request).map(drop)
}

/// Sharing an issue that another one stands for: nobody, so that one opinion is shared once.
///
/// # Errors
/// Refused while it is merged.
pub fn share_apart(issue: &Issue) -> Result<(), Error> {
    if issue.merged_into.is_none() {
        return Ok(());
    }
    Err(Error::refuse(Text::new("refused-merged-share")))
}

/// Proposing to share something at all: coordinators, and everybody of an association.
///
/// # Errors
/// Refused for everybody else.
pub fn share_at_all(request: &Request) -> Result<(), Error> {
    if request.person.coordinator || !request.person.memberships.is_empty() {
        return Ok(());
    }
    Err(Error::refuse(Text::new(if request.person.is_known() {
        "refused-share-at-all"
    } else {
        "refused-unknown-person"
    })))
}

/// Proposing to share an issue one may read: coordinators any; officers and contacts what their
/// association raised; everybody of an association what they wrote down themselves.
///
/// # Errors
/// Refused for everybody else who may read it.
pub fn propose_disclosure(request: &Request, issue: &Issue) -> Result<(), Error> {
    share_at_all(request)?;
    share_apart(issue)?;
    let person = &request.person;
    let raised = issue
        .association
        .and_then(|id| person.rank_in(id))
        .is_some_and(|rank| rank != Rank::Member);
    if person.coordinator || raised || issue.reporter == person.user {
        return Ok(());
    }
    Err(Error::refuse(Text::new("refused-share-not-own")))
}

/// Approving, turning down, taking back and looking at what was shared: coordinators.
///
/// # Errors
/// Refused for everybody else.
pub fn approve_disclosure(request: &Request) -> Result<Desk, Error> {
    coordinate(request)
}
