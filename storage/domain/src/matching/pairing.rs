//! From many needs to the pairs worth showing, without comparing each with each.
//!
//! A pair needs somebody who names the other, so needs are laid into buckets by who speaks, of whom, on which theme; only
//! opposite buckets are compared, and each holds its newest few. So the work grows with the number of needs, not with its
//! square, and what is left out is old and lies in a crowd of the like.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::{Need, Pair, Reason, SHOWN_FROM, Theme, compare, points, score};
use crate::id::{AssociationId, IssueId, ProfessionId};

/// Most issues that are looked at, the newest first.
pub const CONSIDERED_MAX: usize = 20_000;
/// Most needs of one bucket that are compared, the newest.
pub const BUCKET_MAX: usize = 32;
/// Most pairs that come out.
pub const PAIRS_MAX: usize = 200;
/// Most pairs one need stands in, its best ones.
pub const PER_ISSUE_MAX: usize = 3;

/// Who speaks, of whom, and on which theme (`None`: whatever it is).
type Bucket = (ProfessionId, ProfessionId, Option<Theme>);

/// Pairs that are not to come out: the earlier issue, the later one.
pub type PassedOver = BTreeSet<(IssueId, IssueId)>;

/// The pairs among `needs` that are worth showing, the best first: of the side of `association` only, if one is given.
///
/// The order of what comes in does not matter.
#[must_use]
pub fn pairs(
    needs: &[Need],
    association: Option<AssociationId>,
    passed_over: &PassedOver,
) -> Vec<Pair> {
    let needs = newest(needs);
    let wanted = |need: &Need| association.is_none_or(|wanted| need.association == Some(wanted));
    let mut scored: Vec<(u32, usize, usize)> = candidates(&needs)
        .into_iter()
        .filter(|(one, other)| wanted(needs[*one]) || wanted(needs[*other]))
        // The newer stands first among the needs, and second in its pair.
        .filter(|(one, other)| !passed_over.contains(&(needs[*other].issue, needs[*one].issue)))
        .filter_map(|(one, other)| Some((score(needs[one], needs[other])?, one, other)))
        .collect();
    credit_nearest(&mut scored, needs.len());
    chosen(&needs, scored)
}

/// The pairs of one need with any of `needs`, the best first: it is compared with every one of them.
#[must_use]
pub fn partners(need: &Need, needs: &[Need], passed_over: &PassedOver) -> Vec<Pair> {
    let needs = newest(needs);
    let mut found: Vec<Pair> = needs
        .into_iter()
        .filter(|other| other.issue != need.issue)
        .filter_map(|other| compare(need, other))
        .filter(|pair| !passed_over.contains(&(pair.first, pair.second)))
        // Whoever asks about one need is shown what fits it best, whether or not that fits something else better.
        .filter(|pair| pair.score + points::NEAREST >= SHOWN_FROM)
        .collect();
    found.sort_by_key(rank);
    found.truncate(PAIRS_MAX);
    found
}

/// The newest needs, the newest first.
fn newest(needs: &[Need]) -> Vec<&Need> {
    let mut needs: Vec<&Need> = needs.iter().collect();
    needs.sort_by_key(|need| Reverse(need.issue));
    needs.dedup_by_key(|need| need.issue);
    needs.truncate(CONSIDERED_MAX);
    needs
}

/// The pairs of places in `needs` (the smaller first) that are worth a comparison.
fn candidates(needs: &[&Need]) -> BTreeSet<(usize, usize)> {
    let mut speaking: BTreeMap<Bucket, Vec<usize>> = BTreeMap::new();
    // Who speaks on a theme, whoever is named: the other side of a need that is named by nobody there.
    let mut touching: BTreeMap<(ProfessionId, Theme), Vec<usize>> = BTreeMap::new();
    fn lay<K: Ord>(buckets: &mut BTreeMap<K, Vec<usize>>, key: K, place: usize) {
        let bucket = buckets.entry(key).or_default();
        if bucket.len() < BUCKET_MAX {
            bucket.push(place);
        }
    }
    for (place, need) in needs.iter().enumerate() {
        for own in &need.own {
            for named in &need.named {
                lay(&mut speaking, (*own, named.profession, None), place);
                for (theme, _) in &need.themes {
                    lay(&mut speaking, (*own, named.profession, Some(*theme)), place);
                }
            }
            for (theme, _) in &need.themes {
                lay(&mut touching, (*own, *theme), place);
            }
        }
    }
    let mut found = BTreeSet::new();
    for ((own, named, theme), places) in &speaking {
        let opposite = speaking.get(&(*named, *own, *theme));
        let aside = theme.and_then(|theme| touching.get(&(*named, theme)));
        for other in opposite.into_iter().chain(aside).flatten() {
            found.extend(
                places
                    .iter()
                    .filter(|place| *place != other)
                    .map(|place| (*place.min(other), *place.max(other))),
            );
        }
    }
    found
}

/// Gives the pairs whose two sides fit nothing else better their points.
fn credit_nearest(scored: &mut [(u32, usize, usize)], needs: usize) {
    let mut best = vec![0; needs];
    for (score, one, other) in scored.iter() {
        best[*one] = best[*one].max(*score);
        best[*other] = best[*other].max(*score);
    }
    for (score, one, other) in scored.iter_mut() {
        if *score == best[*one] && *score == best[*other] {
            *score += points::NEAREST;
        }
    }
}

/// What is shown of what was scored.
fn chosen(needs: &[&Need], mut scored: Vec<(u32, usize, usize)>) -> Vec<Pair> {
    scored.retain(|(score, ..)| *score >= SHOWN_FROM);
    let mut pairs: Vec<Pair> = scored
        .into_iter()
        .filter_map(|(score, one, other)| {
            let mut pair = compare(needs[one], needs[other])?;
            if score > pair.score {
                pair.reasons.push(Reason::Nearest);
                pair.score = score;
            }
            Some(pair)
        })
        .collect();
    pairs.sort_by_key(rank);
    let mut shown: BTreeMap<IssueId, usize> = BTreeMap::new();
    pairs.retain(|pair| {
        let full = [pair.first, pair.second].iter().any(|issue| {
            shown
                .get(issue)
                .is_some_and(|times| *times >= PER_ISSUE_MAX)
        });
        if !full {
            for issue in [pair.first, pair.second] {
                *shown.entry(issue).or_default() += 1;
            }
        }
        !full
    });
    pairs.truncate(PAIRS_MAX);
    pairs
}

/// The best first; of equal ones those on what the manual speaks of first, then the newest.
fn rank(
    pair: &Pair,
) -> (
    Reverse<u32>,
    Option<Theme>,
    Reverse<IssueId>,
    Reverse<IssueId>,
) {
    let theme = pair.reasons.iter().find_map(|reason| match reason {
        Reason::Theme(theme, ..) => Some(*theme),
        _ => None,
    });
    // Whatever touches no theme comes after all that does.
    let theme = theme.or(Theme::ALL.last().copied());
    (
        Reverse(pair.score),
        theme,
        Reverse(pair.second),
        Reverse(pair.first),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{matching::Named, similarity::Bigrams};

    /// Twenty thousand needs of twenty professions that all speak of one another, on one theme.
    #[test]
    fn the_work_does_not_grow_with_the_square_of_the_needs() {
        let needs: Vec<Need> = (1..=20_000)
            .map(|number| {
                let (own, named) = (number % 20, (number / 20 + number + 1) % 20);
                Need {
                    issue: IssueId(number),
                    association: Some(AssociationId(own)),
                    own: vec![ProfessionId(own)],
                    named: vec![Named {
                        profession: ProfessionId(named),
                        word: None,
                        wide: false,
                    }],
                    themes: vec![(Theme::Contact, String::new())],
                    friction: None,
                    matter: Bigrams::of("連絡"),
                }
            })
            .collect();
        let compared = candidates(&newest(&needs)).len();
        // Of 200,000,000 there are; each of the 380 directed pairs of professions has a bucket with a theme and one
        // without, and each bucket meets two others.
        assert!(compared > 0);
        assert!(
            compared <= 2 * 380 * 2 * BUCKET_MAX * BUCKET_MAX,
            "{compared}"
        );
    }
}
