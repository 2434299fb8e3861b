//! Matching (ニーズのマッチング): issues of different associations whose needs meet, and what to do about it.
//!
//! Seed 000, chapter 2 (2): the hospital says 「ケアマネジャーに在宅復帰を拒否されてしまう」, the care managers say
//! 「病院は、在宅側の準備が整ってなくても、すぐに退院させようとする」. Each speaks of the other, on one matter: that is where
//! a tier 2 gathering helps. The rule looks for it in three things a person can check: who names whom, which [`Theme`] both
//! touch, and which words they share. Every [`Pair`] carries its [`Reason`]s; [`propose`] says which of the manual's three
//! examples fits. It decides nothing: a coordinator accepts or dismisses.
//!
//! Not here: who may see a pair. Pairs are for the desk alone, because each holds what two associations said in confidence.

use std::collections::BTreeSet;

use crate::id::{AssociationId, IssueId, ProfessionId};
use crate::issue::Concern;
use crate::office::Office;
use crate::similarity::{Bigrams, Ratio, overlap};
use crate::text::Normalised;

mod friction;
mod pairing;
mod proposal;
mod record;
mod theme;

pub use pairing::{
    BUCKET_MAX, CONSIDERED_MAX, PAIRS_MAX, PER_ISSUE_MAX, PassedOver, pairs, partners,
};
pub use proposal::{Example, Proposal, propose};
pub use record::{Decision, Matching, REASON_UNITS_MAX, State};
pub use theme::Theme;

/// The score from which a pair is shown, of 100.
pub const SHOWN_FROM: u32 = 56;

/// Points of a pair; what can be had of each adds up to 100.
mod points {
    /// Each names the other.
    pub(super) const MUTUAL: u32 = 40;
    /// Each names the other, at least one of them by a word that is wide (施設).
    pub(super) const MUTUAL_WIDE: u32 = 32;
    /// Only one names the other, or only by such a word.
    pub(super) const ONE_SIDED: u32 = 14;
    pub(super) const ONE_SIDED_WIDE: u32 = 10;
    /// A particular theme both touch, and each further one.
    pub(super) const THEME: u32 = 22;
    pub(super) const THEME_MORE: u32 = 5;
    /// A theme that much is said about (連絡, 情報), and each further one.
    pub(super) const WIDE_THEME: u32 = 10;
    pub(super) const WIDE_THEME_MORE: u32 = 3;
    /// All themes together at most.
    pub(super) const THEMES_MAX: u32 = 30;
    /// Each is troubled by what the other does or leaves undone.
    pub(super) const FRICTION: u32 = 8;
    /// Shared wording at most.
    pub(super) const WORDING_MAX: u32 = 12;
    /// Each is the one the other fits best.
    pub(super) const NEAREST: u32 = 10;
}

/// The likeness of wording, in hundredths, that earns all its points: two people hardly ever say it alike.
const LIKENESS_FULL_PERCENT: u32 = 40;

/// What an issue says, as the rule looks at it.
#[derive(Debug, Clone, Copy)]
pub struct Statement<'a> {
    /// Its number.
    pub issue: IssueId,
    /// The wording.
    pub text: &'a str,
    /// The profession that said it, where known.
    pub profession: Option<ProfessionId>,
    /// The association that raised it, where there is one.
    pub association: Option<AssociationId>,
    /// Whom it was said to be about.
    pub about: &'a [Concern],
}

/// Somebody an issue speaks of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The profession.
    pub profession: ProfessionId,
    /// The word of the text; `None` when only the record says so (`about`).
    pub word: Option<String>,
    /// The word is wider than the profession, and may mean others.
    pub wide: bool,
}

/// Words too wide to name a profession anywhere else, and whom they mean where two needs are compared: by name or alias.
const WIDE: &[(&str, &[&str])] = &[
    ("施設", &["介護施設"]),
    ("在宅側", &["介護支援専門員", "訪問看護師", "医師"]),
    ("業者", &["福祉用具専門相談員"]),
];

/// A statement made ready: who speaks, of whom, on which matters.
#[derive(Debug, Clone)]
pub struct Need {
    /// The number of the issue.
    pub issue: IssueId,
    /// The association that raised it.
    pub association: Option<AssociationId>,
    /// The professions that speak: the one that said it, else those of the association. Sorted.
    pub own: Vec<ProfessionId>,
    /// The professions spoken of, each once, none of them its own.
    pub named: Vec<Named>,
    /// What it is about, each with the word of the text that says so.
    pub themes: Vec<(Theme, String)>,
    /// The word by which it complains of somebody or misses something, as the text writes it.
    pub friction: Option<String>,
    /// The wording without the words for professions: those say who, not what.
    matter: Bigrams,
}

impl Need {
    /// Makes a statement ready. `None` when nobody is known to have said it: such a need has no side.
    #[must_use]
    pub fn of(said: &Statement<'_>, office: &Office) -> Option<Self> {
        let own: BTreeSet<ProfessionId> = match said.profession {
            Some(profession) => BTreeSet::from([profession]),
            None => of_association(said.association, office).collect(),
        };
        if own.is_empty() {
            return None;
        }
        let mentions = office.vocabulary().mentions(said.text);
        let mut named = Naming::of(&own);
        for mention in &mentions {
            if let Some(profession) = office.professions.get(mention.profession) {
                named.add(profession.id, Some(&mention.word), false);
            }
        }
        for concern in said.about {
            match *concern {
                Concern::Profession(profession) => named.add(profession, None, false),
                Concern::Association(association) => {
                    of_association(Some(association), office)
                        .for_each(|profession| named.add(profession, None, false));
                }
            }
        }
        let mut matter = said.text.to_owned();
        for mention in mentions.iter().rev() {
            matter.replace_range(mention.range.clone(), "、");
        }
        let even = Normalised::new(&matter);
        for (word, meant) in WIDE.iter().filter(|(word, _)| even.as_str().contains(word)) {
            for name in *meant {
                if let Some(profession) = office.profession_named(name) {
                    named.add(profession.id, Some(word), true);
                }
            }
        }
        Some(Self {
            issue: said.issue,
            association: said.association,
            named: named.found,
            own: own.into_iter().collect(),
            themes: theme::of(&even, &matter),
            friction: friction::of(&even, &matter),
            matter: Bigrams::of(&matter),
        })
    }

    /// How this need names the side of another one, if it does.
    #[must_use]
    pub fn names(&self, other: &Self) -> Option<&Named> {
        self.named
            .iter()
            .find(|named| other.own.contains(&named.profession))
    }

    /// Whether two needs are those of two sides: of different associations, or of different professions.
    #[must_use]
    pub fn is_apart_from(&self, other: &Self) -> bool {
        let associations = self.association.zip(other.association);
        associations.is_some_and(|(one, another)| one != another)
            || self.own.iter().all(|own| !other.own.contains(own))
    }
}

/// Whom a statement names, being collected.
struct Naming<'a> {
    own: &'a BTreeSet<ProfessionId>,
    found: Vec<Named>,
}

impl<'a> Naming<'a> {
    fn of(own: &'a BTreeSet<ProfessionId>) -> Self {
        Self {
            own,
            found: Vec::new(),
        }
    }

    fn add(&mut self, profession: ProfessionId, word: Option<&str>, wide: bool) {
        let known = self
            .found
            .iter()
            .any(|known| known.profession == profession);
        if !known && !self.own.contains(&profession) {
            self.found.push(Named {
                profession,
                word: word.map(ToOwned::to_owned),
                wide,
            });
        }
    }
}

fn of_association(
    association: Option<AssociationId>,
    office: &Office,
) -> impl Iterator<Item = ProfessionId> + '_ {
    association
        .and_then(|id| office.association(id))
        .into_iter()
        .flat_map(|association| association.professions.iter().copied())
}

/// Why two needs are thought to meet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// Each speaks of the other: whom the first names, whom the second names.
    Mutual(Named, Named),
    /// Only the issue of this number speaks of the other, naming it so.
    OneSided(IssueId, Named),
    /// Both touch a theme: the word of the first, the word of the second.
    Theme(Theme, String, String),
    /// Each complains of something or misses it: the word of the first, the word of the second.
    Friction(String, String),
    /// Neither fits anything else better.
    Nearest,
}

/// Two needs that meet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// The earlier issue.
    pub first: IssueId,
    /// The later issue.
    pub second: IssueId,
    /// How well they fit, up to 100.
    pub score: u32,
    /// Each names the other.
    pub mutual: bool,
    /// Why, the weightiest first.
    pub reasons: Vec<Reason>,
}

/// How well two needs fit, each being anybody's best or not; `None` where neither speaks of the other, or both are one side.
#[must_use]
pub fn compare(one: &Need, other: &Need) -> Option<Pair> {
    let (first, second) = if one.issue <= other.issue {
        (one, other)
    } else {
        (other, one)
    };
    let score = score(first, second)?;
    let (there, back) = (first.names(second), second.names(first));
    let mut reasons = vec![match (there, back) {
        (Some(there), Some(back)) => Reason::Mutual(there.clone(), back.clone()),
        (Some(there), None) => Reason::OneSided(first.issue, there.clone()),
        (None, Some(back)) => Reason::OneSided(second.issue, back.clone()),
        (None, None) => return None,
    }];
    reasons.extend(
        shared_themes(first, second)
            .map(|(theme, ours, theirs)| Reason::Theme(theme, ours.to_owned(), theirs.to_owned())),
    );
    if let Some((ours, theirs)) = first.friction.clone().zip(second.friction.clone()) {
        reasons.push(Reason::Friction(ours, theirs));
    }
    Some(Pair {
        first: first.issue,
        second: second.issue,
        score,
        mutual: there.is_some() && back.is_some(),
        reasons,
    })
}

/// The points two needs have without asking for any third.
fn score(one: &Need, other: &Need) -> Option<u32> {
    if !one.is_apart_from(other) {
        return None;
    }
    let naming = match (one.names(other), other.names(one)) {
        (Some(there), Some(back)) if there.wide || back.wide => points::MUTUAL_WIDE,
        (Some(_), Some(_)) => points::MUTUAL,
        (Some(named), None) | (None, Some(named)) if named.wide => points::ONE_SIDED_WIDE,
        (Some(_), None) | (None, Some(_)) => points::ONE_SIDED,
        (None, None) => return None,
    };
    let (mut particular, mut wide) = (0, 0);
    for (theme, ..) in shared_themes(one, other) {
        if theme.is_wide() {
            wide += 1;
        } else {
            particular += 1;
        }
    }
    let themes = earned(particular, points::THEME, points::THEME_MORE)
        + earned(wide, points::WIDE_THEME, points::WIDE_THEME_MORE);
    let friction = match (&one.friction, &other.friction) {
        (Some(_), Some(_)) => points::FRICTION,
        _ => 0,
    };
    let wording = wording(overlap(&one.matter, &other.matter));
    Some(naming + themes.min(points::THEMES_MAX) + friction + wording)
}

/// The points of the first of so many, and of each further one.
fn earned(many: u32, first: u32, more: u32) -> u32 {
    many.checked_sub(1)
        .map_or(0, |further| first + further * more)
}

fn wording(likeness: Ratio) -> u32 {
    let percent = u32::from(likeness.percent()).min(LIKENESS_FULL_PERCENT);
    percent * points::WORDING_MAX / LIKENESS_FULL_PERCENT
}

/// The themes both touch, with the word of either.
fn shared_themes<'a>(
    one: &'a Need,
    other: &'a Need,
) -> impl Iterator<Item = (Theme, &'a str, &'a str)> {
    one.themes.iter().filter_map(|(theme, ours)| {
        let (_, theirs) = other.themes.iter().find(|(known, _)| known == theme)?;
        Some((*theme, ours.as_str(), theirs.as_str()))
    })
}

/// What stays the same as long as a wording does: by it a dismissed pair is known again, and known to have changed.
///
/// Looks and punctuation do not count. It is no secret and no guard: whoever has the database has the wording beside it.
#[must_use]
pub fn fingerprint(text: &str) -> i64 {
    // FNV-1a: the same in every version and on every machine, which the standard hasher does not promise.
    const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0000_0100_0000_01b3;
    crate::text::fold(text)
        .chars()
        .filter(|letter| letter.is_alphanumeric())
        .flat_map(|letter| u32::from(letter).to_be_bytes())
        .fold(OFFSET, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(PRIME)
        })
        .cast_signed()
}
