//! Small counts: what a wide audience is told of categories without being told of single people
//! (DESIGN section 2, rule 9).
//!
//! A category with fewer than [`APART_MIN`] issues is not shown by itself; such categories come together
//! as その他. Where その他 would be one category alone, or its count or what it is made of would still say
//! how many a single category has, the next smallest joins it. Counts come in slices (one for each
//! tier), and what is merged is merged in every slice alike: so the view of one tier and the view of
//! all, laid beside each other, say no more than either.

use std::collections::BTreeMap;

/// The smallest count that is shown by itself.
pub const APART_MIN: u64 = 3;

/// Categories as a wide audience is told of them; `N` slices of each count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merged<K, const N: usize> {
    /// Those that are shown by themselves, in the order of their keys.
    pub apart: Vec<(K, [u64; N])>,
    /// All others together; `None` where there are none, or nothing can be told of them.
    pub rest: Option<[u64; N]>,
}

/// Merges what is too small to be shown by itself. Categories that do not occur are left out: nobody is
/// told which they are.
#[must_use]
pub fn merge<K: Ord + Copy, const N: usize>(counts: &BTreeMap<K, [u64; N]>) -> Merged<K, N> {
    let occurring = counts.iter().filter(|(_, counts)| total(counts) > 0);
    let (mut rest, mut apart): (Vec<_>, Vec<_>) = occurring
        .map(|(key, counts)| (*key, *counts))
        .partition(|(_, counts)| counts.iter().any(|count| is_small(*count)));
    if rest.is_empty() {
        return Merged { apart, rest: None };
    }
    // Whoever has the same count joins together: which of them it is must not depend on their names.
    while !hides(&rest) {
        let Some(least) = apart.iter().map(|(_, counts)| total(counts)).min() else {
            break;
        };
        let (joining, staying) = apart
            .into_iter()
            .partition(|(_, counts)| total(counts) == least);
        rest.extend::<Vec<_>>(joining);
        apart = staying;
    }
    Merged {
        apart,
        rest: hides(&rest).then(|| sums(&rest)),
    }
}

fn is_small(count: u64) -> bool {
    (1..APART_MIN).contains(&count)
}

fn total<const N: usize>(counts: &[u64; N]) -> u64 {
    counts.iter().sum()
}

/// Whether the sums of these say of none of them how many it has: there are several, no sum is small,
/// and where one of them is small another differs, so that it may be either.
fn hides<K, const N: usize>(rest: &[(K, [u64; N])]) -> bool {
    rest.len() > 1
        && (0..N).all(|slice| {
            let of_slice = || rest.iter().map(|(_, counts)| counts[slice]);
            let differs = of_slice().any(|count| Some(count) != of_slice().next());
            !is_small(of_slice().sum()) && (differs || !of_slice().any(is_small))
        })
}

fn sums<K, const N: usize>(rest: &[(K, [u64; N])]) -> [u64; N] {
    let mut sums = [0; N];
    for (_, counts) in rest {
        for (sum, count) in sums.iter_mut().zip(counts) {
            *sum += count;
        }
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn told(counts: &[u64]) -> (Vec<(usize, u64)>, Option<u64>) {
        let counts = counts
            .iter()
            .enumerate()
            .map(|(key, count)| (key, [*count]))
            .collect();
        let merged = merge(&counts);
        let apart = merged.apart.into_iter().map(|(key, [count])| (key, count));
        (apart.collect(), merged.rest.map(|[count]| count))
    }

    #[test]
    fn small_categories_come_together_and_never_stand_alone() {
        for (counts, expected) in [
            (&[][..], (vec![], None)),
            (&[3, 8], (vec![(0, 3), (1, 8)], None)),
            (&[0, 8], (vec![(1, 8)], None)),
            // Two that are small and differ.
            (&[1, 2, 8], (vec![(2, 8)], Some(3))),
            // One alone would be told: the next smallest joins it.
            (&[2, 8, 5], (vec![(1, 8)], Some(7))),
            // Those with the same count join together.
            (&[2, 5, 5, 9], (vec![(3, 9)], Some(12))),
            // Together still too few.
            (&[1, 1, 4, 9], (vec![(3, 9)], Some(6))),
            // Four of two are two and two, if nothing else may be among them.
            (&[2, 2, 3], (vec![], Some(7))),
            // Nothing is left to hide behind.
            (&[2], (vec![], None)),
            (&[1, 1], (vec![], None)),
            (&[1, 2], (vec![], Some(3))),
        ] {
            assert_eq!(told(counts), expected, "{counts:?}");
        }
    }

    /// Every way to choose `length` numbers up to `most`.
    fn all(length: usize, most: u64) -> Vec<Vec<u64>> {
        (0..length).fold(vec![Vec::new()], |ways, _| {
            let longer = |way: &Vec<u64>| {
                let way = way.clone();
                (0..=most).map(move |next| [way.clone(), vec![next]].concat())
            };
            ways.iter().flat_map(longer).collect()
        })
    }

    /// Whoever knows the rule and sees every slice knows no small count: for each there is another way
    /// to have come to the same view, in which it is another.
    fn judge<const N: usize>(categories: usize, most: u64) {
        type View<const N: usize> = (Vec<(usize, [u64; N])>, Option<[u64; N]>);
        let mut views: BTreeMap<View<N>, Vec<Vec<[u64; N]>>> = BTreeMap::new();
        for way in all(categories * N, most) {
            let counts: Vec<[u64; N]> = way
                .chunks(N)
                .map(|chunk| chunk.try_into().expect("N counts"))
                .collect();
            let merged = merge(&counts.iter().copied().enumerate().collect());
            let view = (merged.apart, merged.rest);
            views.entry(view).or_default().push(counts);
        }
        for (view, ways) in views {
            for category in 0..categories {
                for slice in 0..N {
                    let may_be: BTreeSet<u64> =
                        ways.iter().map(|way| way[category][slice]).collect();
                    let known = may_be.len() == 1;
                    let small = may_be.iter().any(|count| is_small(*count));
                    assert!(!(known && small), "{view:?} says {may_be:?} of {category}");
                }
            }
        }
    }

    #[test]
    fn nobody_can_work_out_a_small_count() {
        judge::<1>(2, 9);
        judge::<1>(3, 9);
        judge::<1>(4, 7);
        judge::<1>(5, 5);
    }

    #[test]
    fn nobody_can_work_it_out_from_two_views_either() {
        judge::<2>(2, 7);
        judge::<2>(3, 4);
    }

    proptest! {
        #[test]
        fn nothing_small_is_shown_and_nothing_is_lost(
            counts in proptest::collection::btree_map(0..40_u8, [0..9_u64, 0..9_u64, 0..9_u64], 0..12)
        ) {
            let merged = merge(&counts);
            for (_, slices) in &merged.apart {
                prop_assert!(slices.iter().all(|count| !is_small(*count)));
            }
            prop_assert!(merged.rest.iter().flatten().all(|count| !is_small(*count)));
            if let Some(rest) = merged.rest {
                for slice in 0..3 {
                    let shown: u64 = merged.apart.iter().map(|(_, counts)| counts[slice]).sum();
                    let all: u64 = counts.values().map(|counts| counts[slice]).sum();
                    prop_assert_eq!(shown + rest[slice], all);
                }
            }
        }
    }
}
