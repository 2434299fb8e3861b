//! What a review looks back on: the measure for an issue, a gathering, a support project. It says who may
//! know of the review, whose officers and contacts may deal with it, where people are told, and which
//! issues its outcome moves.

use crate::{error::Error, request::Request, text::Text};
use domain::{
    audience::Destination,
    disclosure::Disclosure,
    id::{AssociationId, IssueId, OfficeId},
    issue::{Issue, Origin},
    office::Office,
    person::{Person, Rank},
    project::{self, Project},
    review::Of,
    session::{Session, Sight},
    visibility::{self, Seen},
};
use storage::Connection;

/// A record that is looked back on, as it is now.
#[derive(Clone, Debug)]
pub(crate) enum About {
    /// An issue, with what was shared of it.
    Issue(Box<Issue>, Vec<Disclosure>),
    /// A gathering.
    Session(Box<Session>),
    /// A support project.
    Project(Box<Project>),
}

/// #12, 連携の場 3, 支援事業 2.
pub(crate) fn name(of: Of) -> Text {
    Text::new(format!("subject-{}", of.noun())).with("number", of.number())
}

/// Reads what a review looks back on; `None` when there is no such record.
///
/// # Errors
/// Storage failed.
pub(crate) async fn read(
    connection: &mut Connection,
    office: OfficeId,
    of: Of,
) -> storage::Result<Option<About>> {
    Ok(match of {
        Of::Issue(id) => match storage::issue::find(connection, office, id).await? {
            Some(issue) => {
                let disclosures = storage::disclosure::of(connection, office, id).await?;
                Some(About::Issue(Box::new(issue), disclosures))
            }
            None => None,
        },
        Of::Session(id) => storage::session::find(connection, office, id)
            .await?
            .map(|session| About::Session(Box::new(session))),
        Of::Project(id) => storage::project::find(connection, office, id)
            .await?
            .map(|project| About::Project(Box::new(project))),
    })
}

/// Where people are told of a review before it and on its day; the desk, where it looks back on nothing
/// any more.
///
/// # Errors
/// Storage failed.
pub(crate) async fn destinations(
    connection: &mut Connection,
    office: &Office,
    of: Of,
) -> storage::Result<Vec<Destination>> {
    let about = read(connection, office.id, of).await?;
    Ok(about.map_or_else(
        || vec![Destination::Desk],
        |about| about.destinations(office),
    ))
}

/// Reads what the person may know of. What one may not know and what does not exist are answered alike.
///
/// # Errors
/// Refused with the one sentence for both.
pub(crate) async fn find(request: &Request, of: Of) -> Result<About, Error> {
    let office = request.office_id();
    let found = request
        .app
        .store
        .read(move |connection| Box::pin(read(connection, office, of)))
        .await?;
    found
        .filter(|about| about.is_for(&request.person, &request.office))
        .ok_or_else(|| Error::refuse(Text::new("refused-no-such-of")))
}

impl About {
    /// Whether a person may know that it is looked back on: of an issue whoever reads its original, of a
    /// gathering or a project whoever may know of that.
    pub(crate) fn is_for(&self, person: &Person, office: &Office) -> bool {
        match self {
            Self::Issue(issue, disclosures) => {
                let seen = visibility::view(issue.as_ref().clone(), disclosures, person, office);
                matches!(seen, Some(Seen::Whole(..)))
            }
            Self::Session(session) => Sight::of(person, office).sees(session),
            Self::Project(project) => project::Sight::of(person, office).sees(project),
        }
    }

    /// Whether a person may deal with its review: the desk, and officers and contacts of its own
    /// associations (DESIGN section 9).
    pub(crate) fn is_own_of(&self, person: &Person) -> bool {
        let leads = |association: &AssociationId| {
            person
                .rank_in(*association)
                .is_some_and(|rank| rank != Rank::Member)
        };
        person.coordinator || self.associations().iter().any(leads)
    }

    /// Whether it concerns an association.
    pub(crate) fn concerns(&self, association: AssociationId) -> bool {
        self.associations().contains(&association)
    }

    fn associations(&self) -> Vec<AssociationId> {
        match self {
            Self::Issue(issue, _) => issue.association.into_iter().collect(),
            Self::Session(session) => session.associations.clone(),
            Self::Project(project) => project.told(),
        }
    }

    /// Where people are told: the association that raised an issue, unless it was told to the desk only;
    /// else where the issue stands. Of a gathering where that is told, of a project at the associations
    /// that hold it.
    pub(crate) fn destinations(&self, office: &Office) -> Vec<Destination> {
        match self {
            Self::Issue(issue, _) => {
                let own = issue.association.map(Destination::Tier1);
                let told = issue.origin != Origin::Desk || issue.passed_on;
                let bound = own.filter(|own| told && own.channel(office).is_some());
                vec![bound.unwrap_or(issue.destination)]
            }
            Self::Session(session) => session.destinations(office),
            Self::Project(project) => held_by(project, office),
        }
    }

    /// The issues its outcome moves, as far as they wait for it: the issue itself, or the one that stands
    /// for it; of a gathering what it talked about, of a project what it answers.
    pub(crate) fn issues(&self) -> Vec<IssueId> {
        match self {
            Self::Issue(issue, _) => vec![issue.merged_into.unwrap_or(issue.id)],
            Self::Session(session) => session.agenda.clone(),
            Self::Project(project) => project.issues.clone(),
        }
    }
}

/// The channels of the associations that hold a project; the desk where none has one.
fn held_by(project: &Project, office: &Office) -> Vec<Destination> {
    let mut places = project.destinations(office);
    places.retain(|place| matches!(place, Destination::Tier1(_)));
    if places.is_empty() {
        places.push(Destination::Desk);
    }
    places
}
