//! Named points: each is told once in the product, and each is on the list that tests choose from.

use crate::{
    Complaint, finds, hold,
    house::{HOUSE, Written},
};
use std::{collections::BTreeMap, sync::LazyLock};
use tests::point::POINTS;

/// Rooms of the product.
const PRODUCT: [&str; 3] = ["bot/src/", "commands/src/", "storage/src/"];
/// Where the list is.
const LIST: &str = "tests/src/point.rs";

/// A point as it is told.
static TOLD: LazyLock<regex::Regex> = LazyLock::new(|| {
    let pattern = r#"target:\s*"renkei::point",\s*point\s*=\s*"([^"]*)""#;
    regex::Regex::new(pattern).expect("a good pattern")
});

fn check(files: &[Written], listed: &[&str]) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    let mut told: BTreeMap<&str, usize> = listed.iter().map(|name| (*name, 0)).collect();
    let in_product = |path: &str| PRODUCT.iter().any(|room| path.starts_with(room));
    for file in files.iter().filter(|file| in_product(&file.path)) {
        for found in TOLD.captures_iter(&file.text) {
            let name = found.get(1).expect("the pattern has a name");
            let line = file.text[..name.start()].lines().count();
            let mut complain = |what| complaints.push(Complaint::new(&file.path, line, what));
            match told.get_mut(name.as_str()) {
                None => complain(format!("{} is not on the list in {LIST}", name.as_str())),
                Some(times) => {
                    *times += 1;
                    if *times > 1 {
                        complain(format!("{} is told a second time", name.as_str()));
                    }
                }
            }
        }
    }
    for (name, _) in told.iter().filter(|(_, times)| **times == 0) {
        let what = format!("{name} is told nowhere in the product");
        complaints.push(Complaint::new(LIST, 1, what));
    }
    complaints
}

#[test]
fn every_named_point_is_told_once_and_listed() {
    hold(check(&HOUSE.files, &POINTS.map(|point| point.name)));
}

#[test]
fn a_point_told_twice_or_not_at_all_is_found() {
    let file = |path: &str, text: &str| Written {
        path: path.to_owned(),
        text: text.to_owned(),
    };
    let told =
        |name: &str| format!("trace!(target: \"renkei::point\",\n    point = \"{name}\");\n");
    let files = [
        file("storage/src/door.rs", &(told("a") + &told("new"))),
        file("bot/src/outbox/mod.rs", &told("a")),
        file("tests/src/other.rs", &told("c")),
    ];
    let found = check(&files, &["a", "c"]);
    finds(
        &found,
        &["new is not on", "a is told a second", "c is told nowhere"],
    );
}
