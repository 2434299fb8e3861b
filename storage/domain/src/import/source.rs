//! Whose word a row is: an association or a profession, by its name or by another word for it.

use crate::{
    id::{AssociationId, ProfessionId},
    office::{Association, Office},
    similarity::{Bigrams, Ratio, overlap},
    text::fold,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// How alike an unknown name must be to a known one to be suggested: more than an ending such as 士会.
const LIKENESS_MIN: Ratio = Ratio::from_percent(30);

/// Who said something.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// The profession.
    pub profession: Option<ProfessionId>,
    /// The association.
    pub association: Option<AssociationId>,
}

impl Source {
    /// An association, with its profession where it has just one.
    #[must_use]
    pub fn association(association: &Association) -> Self {
        Self {
            profession: association.only_profession(),
            association: Some(association.id),
        }
    }
}

/// What a written name is found to be.
pub(super) enum Named {
    /// A name of the office.
    Exactly(Source),
    /// Another word for one, or a longer text that names just one.
    Otherwise(Source),
    /// Nobody the office knows; the nearest name, if one is near.
    Nobody(Option<String>),
}

/// The association or profession of exactly this name.
pub(super) fn exactly(office: &Office, written: &str) -> Option<Source> {
    if let Some(association) = office.association_named(written) {
        return Some(Source::association(association));
    }
    let wanted = fold(written.trim());
    let mut professions = office.professions.iter();
    let found = professions.find(|profession| fold(&profession.name) == wanted)?;
    Some(of(office, found.id))
}

/// The source of a profession: with the association that speaks for it, when it is the only one.
fn of(office: &Office, profession: ProfessionId) -> Source {
    Source {
        profession: Some(profession),
        association: office.speaking_for(profession).map(|found| found.id),
    }
}

/// Finds whom a written name means.
pub(super) fn named(office: &Office, written: &str) -> Named {
    if let Some(found) = exactly(office, written) {
        return Named::Exactly(found);
    }
    if let Some(profession) = office.profession_named(written) {
        return Named::Otherwise(of(office, profession.id));
    }
    // 薬剤師（在宅）, 市立病院の連携室: one profession is named, and no other.
    let mentioned: BTreeSet<usize> = office
        .vocabulary()
        .mentions(written)
        .into_iter()
        .map(|mention| mention.profession)
        .collect();
    let mut mentioned = mentioned.into_iter();
    if let (Some(only), None) = (mentioned.next(), mentioned.next())
        && let Some(profession) = office.professions.get(only)
    {
        return Named::Otherwise(of(office, profession.id));
    }
    Named::Nobody(nearest(office, written))
}

fn nearest(office: &Office, written: &str) -> Option<String> {
    let wanted = Bigrams::of(written);
    let names = office.associations.iter().map(|a| (&a.name, &a.name));
    let professions = office.professions.iter().flat_map(|profession| {
        std::iter::once(&profession.name)
            .chain(&profession.aliases)
            .map(|word| (word, &profession.name))
    });
    let mut best: Option<(Ratio, &String)> = None;
    for (word, name) in names.chain(professions) {
        let likeness = overlap(&wanted, &Bigrams::of(word));
        if likeness >= LIKENESS_MIN && best.is_none_or(|(most, _)| likeness > most) {
            best = Some((likeness, name));
        }
    }
    best.map(|(_, name)| name.clone())
}
