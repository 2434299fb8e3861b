//! `domain` is pure: text and numbers go in, decisions come out. No waiting, no files, no network, no
//! environment, no clock, no state that outlives a call.

use crate::{Complaint, finds, hold, house::HOUSE, source::Source};

/// Names that mean a rule does more than decide.
const IMPURE: &[(&str, &str)] = &[
    ("async", "domain does not wait"),
    ("await", "domain does not wait"),
    ("std::fs", "domain reads no files"),
    ("std::net", "domain knows no network"),
    ("std::env", "domain knows no environment"),
    ("std::process", "domain starts nothing"),
    ("std::io", "domain reads and writes nothing"),
    ("std::thread", "domain does not wait"),
    ("std::time", "`now` is an argument"),
    ("chrono::Utc::now", "`now` is an argument"),
    ("chrono::Local", "`now` is an argument"),
    ("Utc::now", "`now` is an argument"),
    ("Local::now", "`now` is an argument"),
    ("Instant::now", "`now` is an argument"),
    ("SystemTime", "`now` is an argument"),
    ("static mut", "domain remembers nothing"),
    ("Mutex", "domain remembers nothing"),
    ("RefCell", "domain remembers nothing"),
];

fn check<'s>(sources: impl Iterator<Item = &'s Source>) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    for source in sources {
        for seen in source.plain_paths() {
            let is = |name: &str| {
                seen.what == name
                    || seen.what.starts_with(&format!("{name}::"))
                    || seen.what.ends_with(&format!("::{name}"))
            };
            if let Some((name, why)) = IMPURE.iter().find(|(name, _)| is(name)) {
                complaints.push(Complaint::new(
                    &source.path,
                    seen.line,
                    format!("{name}: {why}"),
                ));
            }
        }
    }
    complaints
}

#[test]
fn the_rules_of_the_domain_are_pure() {
    hold(check(HOUSE.below("storage/domain/src/")));
}

#[test]
fn an_impure_rule_is_found() {
    let bad = Source::read(
        "storage/domain/src/bad.rs",
        r#"
        use std::fs::read_to_string;
        pub async fn rule() { let now = chrono::Utc::now(); std::env::var("A"); }
        pub fn fine(now: DateTime<Utc>) -> String { format!("std::fs {now}") }
        #[cfg(test)]
        mod tests { fn fixture() { std::fs::read("x"); } }
        "#,
    );
    finds(
        &check([&bad].into_iter()),
        &["std::fs", "async", "Utc::now", "std::env"],
    );
}
