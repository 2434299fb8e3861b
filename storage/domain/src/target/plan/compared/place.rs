//! Places in the order of the table: a table in the same order moves nothing, new items stand behind the
//! one they follow.

use crate::{
    id::TargetId,
    target::{Target, difference::TargetRef},
};
use std::collections::BTreeMap;

/// The position of each row, in the order of the rows. Kept targets change places among themselves only when
/// the table has them in another order.
pub(super) fn positions(rows: &[Option<TargetRef>], kept: &[Target]) -> Vec<i64> {
    let known: BTreeMap<TargetId, i64> = kept.iter().map(|it| (it.id, it.position)).collect();
    let order: BTreeMap<TargetId, usize> = kept
        .iter()
        .enumerate()
        .map(|(at, target)| (target.id, at))
        .collect();
    let named: Vec<TargetId> = rows
        .iter()
        .filter_map(|row| match row {
            Some(TargetRef::Kept(id)) => Some(*id),
            Some(TargetRef::New(_)) | None => None,
        })
        .collect();
    let in_order = named.is_sorted_by_key(|id| order.get(id));
    let mut free: Vec<i64> = named
        .iter()
        .filter_map(|id| known.get(id).copied())
        .collect();
    free.sort_unstable();
    if !in_order {
        // Equal positions would leave the order to the numbers of the targets.
        for at in 1..free.len() {
            free[at] = free[at].max(free[at - 1] + 1);
        }
    }
    let mut places = free.iter().copied();
    let last = kept.iter().map(|target| target.position).max();
    // Without anything kept rows are counted; else what is new takes the place of the one before it, and
    // comes behind it because its number is higher.
    let mut before: Option<i64> = None;
    let mut counted = 0;
    rows.iter()
        .map(|row| match row {
            Some(TargetRef::Kept(_)) => {
                let place = places.next().unwrap_or_default();
                before = Some(place);
                place
            }
            _ => {
                let place = match (before, last) {
                    (_, None) => counted,
                    (Some(before), Some(last)) if before < last => before,
                    (None, Some(_)) if places.len() > 0 => 0,
                    (_, Some(last)) => last + 1 + counted,
                };
                counted += 1;
                place
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{id::UserId, target::number::ItemNumber};
    use chrono::DateTime;

    fn kept(places: &[(i64, i64)]) -> Vec<Target> {
        let target = |(id, position): &(i64, i64)| Target {
            id: TargetId(*id),
            revision: 1,
            area: "医療".to_owned(),
            number: ItemNumber::read("1-1").expect("a number"),
            item: String::new(),
            position: *position,
            owner: None,
            counts: None,
            withdrawn: false,
            added_by: UserId(1),
            created_at: DateTime::UNIX_EPOCH,
            changed_at: DateTime::UNIX_EPOCH,
        };
        places.iter().map(target).collect()
    }

    #[test]
    fn only_another_order_moves_what_is_kept() {
        let (old, new) = (
            |id| Some(TargetRef::Kept(TargetId(id))),
            |at| Some(TargetRef::New(at)),
        );
        let there = kept(&[(1, 0), (2, 1), (3, 2)]);
        for (rows, expected) in [
            (vec![old(1), old(2), old(3)], vec![0, 1, 2]),
            (vec![old(1), old(3)], vec![0, 2]),
            (vec![old(3), old(1)], vec![0, 2]),
            (vec![old(1), new(0), old(2), old(3)], vec![0, 0, 1, 2]),
            (vec![old(3), new(0), new(1)], vec![2, 3, 4]),
            (vec![new(0), new(1)], vec![3, 4]),
            (vec![old(1), new(0)], vec![0, 0]),
            (vec![new(0), old(1)], vec![0, 0]),
        ] {
            assert_eq!(positions(&rows, &there), expected, "{rows:?}");
        }
        assert_eq!(positions(&[new(0), new(1)], &[]), [0, 1]);
    }
}
