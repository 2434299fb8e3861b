//! What is chosen about an issue besides its words, before it is written down: by options, by the
//! channel a message stands in, or left to what the office knows of the person.

use super::{category::name::Named, source};
use crate::{error::Error, permission, request::Request, text::Text};
use domain::{
    audience::Destination,
    id::{CategoryId, CircleId},
    issue::{Concern, Kind, Origin},
    tier::Tier,
};
use serde::{Deserialize, Serialize};

/// What was chosen besides the words; codes and ids, so that it may wait in a draft.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Chosen {
    profession: Option<i64>,
    association: Option<i64>,
    /// Whom it is about.
    pub(super) about: Vec<Concern>,
    /// Issue or idea.
    pub(super) kind: Kind,
    /// The tier, where one was chosen.
    pub(super) tier: Option<Tier>,
    /// Where it was said.
    pub(super) origin: Origin,
    /// Chosen by a coordinator, who may choose more than others.
    by_desk: bool,
    /// Categories of the office's list.
    #[serde(default)]
    categories: Vec<CategoryId>,
    /// Names of categories that are new; a coordinator's, asked about once the issue is kept.
    #[serde(default)]
    new_categories: Vec<String>,
    /// The tier 2 circle it was said in, for a message recorded from its channel.
    said_in: Option<i64>,
}

impl Chosen {
    /// What is chosen before anything else is: whose word it is, and where it was said.
    pub(crate) fn new(request: &Request, source: source::Source, origin: Origin) -> Self {
        Self {
            profession: source.profession.map(|id| id.0),
            association: source.association.map(|id| id.0),
            about: Vec::new(),
            kind: Kind::Issue,
            tier: None,
            origin,
            by_desk: request.person.coordinator,
            categories: Vec::new(),
            new_categories: Vec::new(),
            said_in: None,
        }
    }

    /// As said in a circle's channel.
    pub(crate) fn said_in(mut self, circle: CircleId) -> Self {
        self.said_in = Some(circle.0);
        self
    }

    /// In these categories.
    pub(super) fn sorted(mut self, named: Named) -> Self {
        (self.categories, self.new_categories) = (named.known, named.new);
        self
    }

    /// The categories that are still on the office's list and offered.
    pub(super) fn categories(&self, request: &Request) -> Vec<CategoryId> {
        let offered = |id: &&CategoryId| {
            let found = request.office.category(**id);
            found.is_some_and(|category| !category.retired)
        };
        self.categories.iter().filter(offered).copied().collect()
    }

    /// The names that are new, to be asked about.
    pub(super) fn asked(&self) -> Named {
        Named {
            known: Vec::new(),
            new: self.new_categories.clone(),
        }
    }

    /// Asked again when the form comes back: roles may have changed while it was open.
    pub(super) fn check_still(&self, request: &Request) -> Result<(), Error> {
        permission::add_issue(request)?;
        let person = &request.person;
        let theirs = self
            .association
            .is_none_or(|id| person.rank_in(id.into()).is_some());
        if person.coordinator || (theirs && !self.by_desk) {
            return Ok(());
        }
        Err(Error::refuse(Text::new("refused-roles-changed")))
    }

    /// Who said it.
    pub(super) fn source(&self) -> source::Source {
        source::Source {
            profession: self.profession.map(Into::into),
            association: self.association.map(Into::into),
        }
    }

    /// Where it stands before it is routed: in the circle it was said in, or at the desk.
    pub(super) fn standing(&self) -> Destination {
        self.said_in
            .map_or(Destination::Desk, |id| Destination::Tier2(id.into()))
    }
}

/// Reads the options of `/issue add`; what was left out comes from the person (DESIGN section 3).
///
/// # Errors
/// Names that are not there, and what this person may not choose.
pub(super) fn choose(
    request: &Request,
    profession: Option<&str>,
    about: Option<&str>,
    kind: Option<Kind>,
    tier: Option<Tier>,
    origin: Option<Origin>,
) -> Result<Chosen, Error> {
    permission::add_issue(request)?;
    let origin = match origin {
        Some(Origin::Open) if !request.person.coordinator => {
            return Err(Error::refuse(Text::new("refused-origin")));
        }
        Some(origin) => origin,
        None if request.person.coordinator => Origin::Desk,
        None => Origin::Meeting,
    };
    let source = source::source(request, profession)?;
    Ok(Chosen {
        about: source::about(request, about)?,
        kind: kind.unwrap_or_default(),
        tier,
        ..Chosen::new(request, source, origin)
    })
}
