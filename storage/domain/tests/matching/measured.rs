//! How often the rule is right.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    id::IssueId,
    matching::{Need, Pair, PassedOver, SHOWN_FROM, pairs},
};

use crate::office::{need, office};

/// One line of the set: its number, half, pair, and what was said by whom.
struct Line {
    id: i64,
    half: &'static str,
    pair: &'static str,
    need: Need,
    text: &'static str,
}

fn lines() -> Vec<Line> {
    let office = office();
    let table = include_str!("statements.csv").lines().skip(1);
    (1..)
        .zip(table)
        .map(|(id, line)| {
            let fields: Vec<&str> = line.split(',').collect();
            let [_, half, pair, speaker, about, text] = fields[..] else {
                panic!("six fields: {line}");
            };
            let about: Vec<&str> = about.split('、').filter(|name| !name.is_empty()).collect();
            Line {
                id,
                half,
                pair,
                need: need(&office, id, speaker, &about, text),
                text,
            }
        })
        .collect()
}

/// What the rule made of a part of the set.
#[derive(Debug)]
struct Figures {
    shown: usize,
    right: usize,
    right_of_ten: usize,
    all: usize,
}

impl Figures {
    fn precision(&self) -> f64 {
        self.right as f64 / self.shown as f64
    }

    fn recall(&self) -> f64 {
        self.right as f64 / self.all as f64
    }
}

fn measure(part: &str, lines: &[&Line], tell: bool) -> Figures {
    let needs: Vec<Need> = lines.iter().map(|line| line.need.clone()).collect();
    let of: BTreeMap<IssueId, &Line> = lines.iter().map(|line| (IssueId(line.id), *line)).collect();
    let is_right = |pair: &Pair| {
        let (first, second) = (of[&pair.first].pair, of[&pair.second].pair);
        !first.is_empty() && first == second
    };
    let shown = pairs(&needs, None, &PassedOver::new());
    let found: BTreeSet<&str> = shown
        .iter()
        .filter(|pair| is_right(pair))
        .map(|pair| of[&pair.first].pair)
        .collect();
    let wanted: BTreeSet<&str> = lines
        .iter()
        .map(|line| line.pair)
        .filter(|pair| !pair.is_empty())
        .collect();
    if tell {
        for pair in &shown {
            let mark = if is_right(pair) { '○' } else { '×' };
            let (first, second) = (of[&pair.first], of[&pair.second]);
            println!(
                "{mark} {} {}｜{}\n    {:?}",
                pair.score, first.text, second.text, pair.reasons
            );
        }
        for line in lines
            .iter()
            .filter(|line| wanted.contains(line.pair) && !found.contains(line.pair))
        {
            println!(
                "missed {}: {} {:?} {:?}",
                line.pair, line.text, line.need.named, line.need.themes
            );
        }
    }
    let figures = Figures {
        shown: shown.len(),
        right: found.len(),
        right_of_ten: shown.iter().take(10).filter(|pair| is_right(pair)).count(),
        all: wanted.len(),
    };
    println!(
        "{part}: {} of {} pairs found, {} shown, precision {:.2}, recall {:.2}, {} right of the first ten",
        figures.right,
        figures.all,
        figures.shown,
        figures.precision(),
        figures.recall(),
        figures.right_of_ten
    );
    figures
}

#[test]
fn most_needs_that_meet_are_found_and_most_that_are_shown_meet() {
    let lines = lines();
    let half =
        |name: &str| -> Vec<&Line> { lines.iter().filter(|line| line.half == name).collect() };
    let tell = std::env::var_os("RENKEI_MATCHING_TELL").is_some();
    let whole: Vec<&Line> = lines.iter().collect();
    for (part, lines, precision, recall) in [
        ("seen", half("seen"), 0.9, 0.95),
        ("blind", half("blind"), 0.9, 0.85),
        ("whole", whole, 0.85, 0.9),
    ] {
        let figures = measure(part, &lines, tell);
        assert!(figures.precision() >= precision, "{part}: {figures:?}");
        assert!(figures.recall() >= recall, "{part}: {figures:?}");
        assert_eq!(figures.right_of_ten, 10, "{part}: {figures:?}");
    }
}

#[test]
fn the_case_of_the_manual_comes_first_among_a_hundred_others() {
    let office = office();
    let mut needs: Vec<Need> = lines()
        .into_iter()
        .filter(|line| line.pair.is_empty())
        .map(|line| line.need)
        .take(100)
        .collect();
    let (hospital, care_manager) = (1_001, 1_002);
    needs.push(need(
        &office,
        hospital,
        "病院連携室",
        &[],
        "ケアマネジャーに在宅復帰を拒否されてしまう",
    ));
    needs.push(need(
        &office,
        care_manager,
        "介護支援専門員",
        &[],
        "病院は、在宅側の準備が整ってなくても、すぐに退院させようとする",
    ));
    let first = pairs(&needs, None, &PassedOver::new())
        .into_iter()
        .next()
        .expect("a pair");
    assert!(first.mutual && first.score >= SHOWN_FROM, "{first:?}");
    assert_eq!(
        (first.first, first.second),
        (IssueId(hospital), IssueId(care_manager))
    );
}
