//! What is chosen about an issue besides its words, before it is written down: by options, by the
//! channel a message stands in, or left to what the office knows of the person.

use super::{
    category::name::Named,
    source::{self, Source},
};
use crate::{error::Error, permission, request::Request, session, text::Text};
use domain::{
    audience::Destination,
    id::{CategoryId, CircleId, IssueId, ReviewId, SessionId},
    issue::{Concern, Kind, Origin},
    review::{Of, Review},
    session::Session,
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
    /// The session it was said at, with its name as the person knows it.
    #[serde(default)]
    session: Option<(SessionId, String)>,
    /// What it is tied to once it is kept.
    #[serde(default)]
    ties: Ties,
}

/// What an issue is tied to that a review brought to light.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Ties {
    /// The review.
    pub(super) review: Option<ReviewId>,
    /// The issue that was looked back on, if it was one.
    pub(super) issue: Option<IssueId>,
}

impl Chosen {
    /// What is chosen before anything else is: whose word it is, and where it was said.
    pub(crate) fn new(request: &Request, source: Source, origin: Origin) -> Self {
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
            session: None,
            ties: Ties::default(),
        }
    }

    /// As brought to light by a review; where an issue was looked back on, the two are linked.
    pub(crate) fn brought_by(mut self, review: &Review) -> Self {
        self.ties = Ties {
            review: Some(review.id),
            issue: match review.of {
                Of::Issue(issue) => Some(issue),
                Of::Session(_) | Of::Project(_) => None,
            },
        };
        self
    }

    /// What it is tied to once it is kept.
    pub(super) fn ties(&self) -> Ties {
        self.ties
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

    /// The same for one of several things said: by whom, and with the tier that was chosen for it.
    pub(super) fn with(self, source: Source, tier: Option<Tier>) -> Self {
        Self {
            profession: source.profession.map(|id| id.0),
            association: source.association.map(|id| id.0),
            tier: tier.or(self.tier),
            ..self
        }
    }

    /// The session it was said at.
    pub(super) fn session(&self) -> Option<SessionId> {
        self.session.as_ref().map(|(id, _)| *id)
    }

    /// What that session is called.
    pub(super) fn session_name(&self) -> Option<&str> {
        self.session.as_ref().map(|(_, name)| name.as_str())
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
    pub(super) fn source(&self) -> Source {
        Source {
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

/// Reads the options of `/issue add`; what was left out comes from the session it was said at, or from
/// the person (DESIGN section 3).
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
    session: Option<&Session>,
) -> Result<Chosen, Error> {
    permission::add_issue(request)?;
    let origin = match origin {
        Some(Origin::Open) if !request.person.coordinator => {
            return Err(Error::refuse(Text::new("refused-origin")));
        }
        Some(origin) => origin,
        // What is said at a tier 1 talk is said in confidence there, whoever writes it down.
        None if request.person.coordinator && session.is_none_or(|it| it.tier != Tier::One) => {
            Origin::Desk
        }
        None => Origin::Meeting,
    };
    let source = match (profession, session.and_then(Session::talk_of)) {
        (None, Some(talk))
            if request.person.coordinator || request.person.rank_in(talk).is_some() =>
        {
            source::of(request, Some(talk))
        }
        _ => source::source(request, profession)?,
    };
    Ok(Chosen {
        about: source::about(request, about)?,
        kind: kind.unwrap_or_default(),
        tier,
        session: session.map(|it| (it.id, session::word::plain_name(it, request.language))),
        ..Chosen::new(request, source, origin)
    })
}
