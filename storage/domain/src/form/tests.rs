//! Office-like lists and lists drawn by chance, against the words of the manual.

use super::{
    Opinion, Said, Which,
    ranking::{Standing, ranked},
};
use crate::{
    id::{CategoryId, IssueId},
    issue::Kind,
    speaker::{Desk, Speaker},
};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

fn desk_proof() -> Desk {
    crate::audience::Destination::Desk.desk().expect("the desk")
}

fn opinion(issue: i64, kind: Kind, categories: &[i64]) -> Opinion {
    Opinion {
        issue: IssueId(issue),
        kind,
        wording: format!("{issue}番目の意見"),
        note: None,
        profession: None,
        association: None,
        categories: categories.iter().copied().map(CategoryId).collect(),
        same_as: None,
        speaker: Speaker::new("仮名坂 十兵衛"),
        whole: true,
    }
}

fn same_as(mut opinion: Opinion, issue: i64) -> Opinion {
    opinion.same_as = Some(IssueId(issue));
    opinion
}

fn names(names: &[(i64, &str)]) -> BTreeMap<CategoryId, String> {
    names
        .iter()
        .map(|(id, name)| (CategoryId(*id), (*name).to_owned()))
        .collect()
}

/// A standing as `rank:category:count` with its lines as `#number×weight` and 再 where listed again.
fn told(said: &Said, standings: &[Standing]) -> Vec<String> {
    standings
        .iter()
        .map(|standing| {
            let lines: Vec<String> = standing
                .lines
                .iter()
                .map(|line| {
                    let again = if line.again { "再" } else { "" };
                    let issue = said.opinions()[line.place].issue;
                    format!("{issue}×{}{again}", line.weight)
                })
                .collect();
            format!(
                "{}:{}:{} {}",
                standing
                    .rank
                    .map_or("-".to_owned(), |rank| rank.to_string()),
                standing
                    .category
                    .map_or("-".to_owned(), |id| id.to_string()),
                standing.count,
                lines.join(" ")
            )
        })
        .collect()
}

#[test]
fn categories_stand_by_their_count_and_equal_counts_share_a_rank() {
    use Kind::{Idea, Issue};
    let said = Said::new(
        vec![
            opinion(9, Issue, &[]),
            opinion(1, Issue, &[1, 2]),
            opinion(2, Idea, &[1]),
            opinion(3, Issue, &[1]),
            opinion(4, Issue, &[3]),
            opinion(5, Idea, &[2, 3]),
            opinion(6, Issue, &[4]),
            opinion(7, Issue, &[8]),
        ],
        None,
    );
    // The names decide between ② and ③: カ before サ, whatever their numbers.
    let names = names(&[
        (1, "多職種連携"),
        (2, "サービス"),
        (3, "カンファレンス"),
        (4, "食えること"),
    ]);
    assert_eq!(
        told(&said, &ranked(&said, &names)),
        [
            "1:1:3 1×1 3×1 2×1",
            "2:3:2 4×1 5×1",
            "2:2:2 1×1再 5×1再",
            "4:4:1 6×1",
            // The category of #7 is not the office's any more.
            "-:-:2 7×1 9×1",
        ]
    );
}

#[test]
fn what_was_taken_for_the_same_is_one_line_with_its_weight() {
    use Kind::Issue;
    let opinions = || {
        vec![
            opinion(1, Issue, &[1]),
            same_as(opinion(2, Issue, &[]), 1),
            same_as(opinion(3, Issue, &[2]), 1),
            opinion(4, Issue, &[2]),
            // The one that stands for these was said elsewhere.
            same_as(opinion(5, Issue, &[]), 77),
            same_as(opinion(6, Issue, &[2]), 77),
        ]
    };
    let names = names(&[(1, "あ"), (2, "い")]);
    let desk = Said::new(opinions(), Some(desk_proof()));
    assert_eq!(
        told(&desk, &ranked(&desk, &names)),
        ["1:1:3 1×3", "1:2:3 5×2 4×1"]
    );
    // Whoever does not read #77 is not told that #5 and #6 are one opinion.
    let others = Said::new(opinions(), None);
    assert_eq!(
        told(&others, &ranked(&others, &names)),
        ["1:1:3 1×3", "2:2:2 4×1 6×1", "-:-:1 5×1"]
    );
}

#[test]
fn a_form_without_the_desk_holds_no_speaker() {
    let opinions = || vec![opinion(2, Kind::Issue, &[]), opinion(1, Kind::Issue, &[])];
    let desk = Said::new(opinions(), Some(desk_proof()));
    assert!(desk.has_speakers());
    assert_eq!(desk.opinions()[0].issue, IssueId(1), "in the order said");
    assert_eq!(desk.speaker_of(&desk.opinions()[0]), Some("仮名坂 十兵衛"));
    let others = Said::new(opinions(), None);
    assert!(!others.has_speakers());
    assert!(
        others
            .opinions()
            .iter()
            .all(|opinion| opinion.speaker.is_none())
    );
    assert_eq!(others.speaker_of(&desk.opinions()[0]), None);
}

#[test]
fn the_forms_have_the_numbers_of_the_manual() {
    for (number, expected) in [(1, Some(Which::First)), (2, Some(Which::Second)), (3, None)] {
        assert_eq!(Which::from_number(number), expected);
    }
}

prop_compose! {
    fn any_opinion(issue: i64)(
        idea in any::<bool>(),
        categories in prop::collection::vec(1_i64..=8, 0..=5),
        same in prop::option::weighted(0.3, 1_i64..=45),
    ) -> Opinion {
        let kind = if idea { Kind::Idea } else { Kind::Issue };
        let opinion = opinion(issue, kind, &categories);
        match same {
            Some(other) if other < issue => same_as(opinion, other),
            _ => opinion,
        }
    }
}

fn any_list() -> impl Strategy<Value = Vec<Opinion>> {
    (0_i64..=40).prop_flat_map(|length| (1..=length).map(any_opinion).collect::<Vec<_>>())
}

/// As storage keeps it: what stands for another stands for itself.
fn flattened(mut opinions: Vec<Opinion>) -> Vec<Opinion> {
    let stands: BTreeMap<IssueId, Option<IssueId>> = opinions
        .iter()
        .map(|one| (one.issue, one.same_as))
        .collect();
    for opinion in &mut opinions {
        while let Some(further) = opinion
            .same_as
            .and_then(|same| stands.get(&same).copied().flatten())
        {
            opinion.same_as = Some(further);
        }
    }
    opinions
}

proptest! {
    #[test]
    fn every_opinion_is_counted_and_listed_in_full_exactly_once(
        list in any_list(), at_the_desk in any::<bool>(),
    ) {
        let said = Said::new(flattened(list), at_the_desk.then_some(desk_proof()));
        // 7 and 8 are no categories of the office.
        let names = names(&[(1, "a"), (2, "b"), (3, "c"), (4, "d"), (5, "e"), (6, "f")]);
        let standings = ranked(&said, &names);
        let lines = || standings.iter().flat_map(|standing| &standing.lines);

        let in_full: usize = lines().filter(|line| !line.again).map(|line| line.weight).sum();
        prop_assert_eq!(in_full, said.opinions().len(), "each voice once in full");
        let places: Vec<usize> = lines().filter(|line| !line.again).map(|line| line.place).collect();
        let once: BTreeSet<usize> = places.iter().copied().collect();
        prop_assert_eq!(once.len(), places.len(), "no line twice in full");

        let mut seen = BTreeSet::new();
        for standing in &standings {
            let count: usize = standing.lines.iter().map(|line| line.weight).sum();
            prop_assert_eq!(count, standing.count);
            let mut here = BTreeSet::new();
            for line in &standing.lines {
                prop_assert!(here.insert(line.place), "once in a category");
                prop_assert_eq!(line.again, seen.contains(&line.place), "the first by rank is in full");
            }
            seen.extend(here);
            let kinds: Vec<bool> = standing.lines.iter().map(|line| line.kind == Kind::Idea).collect();
            prop_assert!(kinds.is_sorted(), "issues before ideas");
        }
    }

    #[test]
    fn ranks_follow_counts(list in any_list()) {
        let said = Said::new(flattened(list), None);
        let names = names(&[(1, "a"), (2, "b"), (3, "c"), (4, "d"), (5, "e"), (6, "f")]);
        let standings = ranked(&said, &names);
        let ranks: Vec<(usize, usize)> = standings
            .iter()
            .filter_map(|standing| Some((standing.rank?, standing.count)))
            .collect();
        for (place, (rank, count)) in ranks.iter().enumerate() {
            let larger = ranks.iter().filter(|(_, other)| other > count).count();
            prop_assert_eq!(*rank, larger + 1);
            prop_assert!(*rank <= place + 1);
        }
        prop_assert!(ranks.is_sorted());
        let nameless = standings.iter().position(|standing| standing.category.is_none());
        prop_assert!(nameless.is_none_or(|place| place + 1 == standings.len()), "未分類 comes last");
        // The same list in another order is the same form.
        let mut reversed = said.opinions().to_vec();
        reversed.reverse();
        prop_assert_eq!(ranked(&Said::new(reversed, None), &names), standings);
    }
}
