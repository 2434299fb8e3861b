//! The source of an issue: which profession said it, for which association, and whom it is about.

use crate::{
    error::Error,
    option::{NAMES_UNITS_MAX, listed},
    request::Request,
    text,
    text::Text,
};
use domain::{
    id::{AssociationId, ProfessionId},
    issue::{ABOUT_MAX, Concern},
    office::Association,
    setting::names,
};
use std::collections::BTreeSet;

/// Who said something.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Source {
    /// The profession, where known.
    pub(crate) profession: Option<ProfessionId>,
    /// The association that raised it, where there is one.
    pub(crate) association: Option<AssociationId>,
}

/// Reads the option `profession`: the name of a profession or of an association. Left out, it is the
/// person's own association; coordinators may leave it unknown.
///
/// # Errors
/// An unknown name is refused with the names there are; members may not speak for another association.
pub(crate) fn source(request: &Request, written: Option<&str>) -> Result<Source, Error> {
    let office = &request.office;
    let Some(written) = written.map(str::trim).filter(|written| !written.is_empty()) else {
        if request.person.coordinator {
            return Ok(Source::default());
        }
        return Ok(own(request));
    };
    let mut source = if let Some(association) = office.association_named(written) {
        Source {
            profession: association.only_profession(),
            association: Some(association.id),
        }
    } else if let Some(profession) = office.profession_named(written) {
        Source {
            profession: Some(profession.id),
            association: office.speaking_for(profession.id).map(|found| found.id),
        }
    } else {
        return Err(unknown(request, "refused-unknown-profession", written));
    };
    if !request.person.coordinator {
        let own_association = request
            .person
            .memberships
            .iter()
            .filter_map(|membership| office.association(membership.association))
            .find(|association| match source.association {
                Some(id) if office.association_named(written).is_some() => association.id == id,
                _ => source
                    .profession
                    .is_some_and(|id| association.professions.contains(&id)),
            });
        let Some(association) = own_association else {
            return Err(Error::refuse(Text::new("refused-other-association")));
        };
        source.association = Some(association.id);
    }
    Ok(source)
}

/// The source of what a person of an association says.
pub(crate) fn own(request: &Request) -> Source {
    of(request, request.person.association())
}

/// The source of what is said for an association.
pub(crate) fn of(request: &Request, association: Option<AssociationId>) -> Source {
    let profession = association
        .and_then(|id| request.office.association(id))
        .and_then(Association::only_profession);
    Source {
        profession,
        association,
    }
}

/// Reads the option `about`: professions or associations, several separated by 、.
///
/// # Errors
/// An unknown name, or more than [`ABOUT_MAX`].
pub(crate) fn about(request: &Request, written: Option<&str>) -> Result<Vec<Concern>, Error> {
    let mut concerns = Vec::new();
    for name in written.into_iter().flat_map(names) {
        let concern = if let Some(association) = request.office.association_named(name) {
            Concern::Association(association.id)
        } else if let Some(profession) = request.office.profession_named(name) {
            Concern::Profession(profession.id)
        } else {
            return Err(unknown(request, "refused-unknown-about", name));
        };
        if !concerns.contains(&concern) {
            concerns.push(concern);
        }
    }
    if concerns.len() > ABOUT_MAX {
        return Err(Error::refuse(text!(
            "refused-about-too-many",
            limit = ABOUT_MAX
        )));
    }
    Ok(concerns)
}

fn unknown(request: &Request, key: &'static str, written: &str) -> Error {
    let office = &request.office;
    let associations = office
        .associations
        .iter()
        .map(|association| association.name.as_str());
    let professions = office
        .professions
        .iter()
        .map(|profession| profession.name.as_str());
    Error::refuse(text!(
        key,
        written = domain::text::escape_markdown(&domain::text::one_line(written, 40)),
        names = listed(request, associations.chain(professions), NAMES_UNITS_MAX),
    ))
}

/// The names of professions, for the tier rule.
pub(crate) fn profession_names(request: &Request, source: Source) -> Vec<String> {
    let office = &request.office;
    let ids: BTreeSet<ProfessionId> = match (source.profession, source.association) {
        (Some(profession), _) => BTreeSet::from([profession]),
        (None, Some(association)) => office
            .association(association)
            .map(|association| association.professions.iter().copied().collect())
            .unwrap_or_default(),
        (None, None) => BTreeSet::new(),
    };
    ids.into_iter()
        .filter_map(|id| office.profession(id))
        .map(|profession| profession.name.clone())
        .collect()
}

/// The names of professions an issue is about; an association counts as its professions.
pub(crate) fn about_names(request: &Request, about: &[Concern]) -> Vec<String> {
    let office = &request.office;
    about
        .iter()
        .flat_map(|concern| match concern {
            Concern::Profession(id) => vec![*id],
            Concern::Association(id) => office
                .association(*id)
                .map(|a| a.professions.clone())
                .unwrap_or_default(),
        })
        .filter_map(|id| office.profession(id))
        .map(|profession| profession.name.clone())
        .collect()
}

/// The professions a text names.
pub(crate) fn mentioned(office: &domain::office::Office, text: &str) -> BTreeSet<ProfessionId> {
    office
        .vocabulary()
        .mentions(text)
        .into_iter()
        .filter_map(|mention| office.professions.get(mention.profession))
        .map(|profession| profession.id)
        .collect()
}
