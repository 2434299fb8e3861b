//! Arrows between the crates: who may depend on whom, inside the house and outside it.

use crate::{Complaint, finds, hold, house::cargo_metadata};
use std::collections::BTreeMap;

/// Every arrow there is, from crate to crates (ARCHITECTURE.md). Test code counts.
const ARROWS: &[(&str, &[&str])] = &[
    ("bot", &["commands", "storage", "domain"]),
    ("commands", &["storage", "domain"]),
    ("domain", &[]),
    ("fake_discord", &[]),
    ("rehearsal", &["tests", "bot", "fake_discord"]),
    ("storage", &["domain"]),
    (
        "tests",
        &["bot", "commands", "storage", "domain", "fake_discord"],
    ),
];

/// The crates that make the product.
const PRODUCT: &[&str] = &["bot", "commands", "domain", "storage"];
/// What only some crates of the product may know of the world outside.
const KEPT_TO: &[(&str, &[&str])] = &[
    // Discord.
    ("serenity", &["commands", "bot"]),
    ("poise", &["commands", "bot"]),
    // Databases.
    ("sqlx", &["storage"]),
    // Configuration files and the command line. What an office writes down as TOML for a rule (days
    // off) is text that the rule reads.
    ("toml", &["bot", "domain"]),
    ("clap", &["bot"]),
    // Requests and answers over HTTP.
    ("reqwest", &["bot"]),
    ("axum", &["bot"]),
];

/// All that `domain` may depend on: nothing of it reads, writes, waits or tells the time.
const PURE: &[&str] = &[
    "chrono",
    "chrono-tz",
    // Asked for what comes after an instant; what would ask the clock is banned in clippy.toml.
    "cron",
    "regex",
    "serde",
    "thiserror",
    "toml",
    "unicode-normalization",
];
/// What its tests may use besides.
const PURE_IN_TESTS: &[&str] = &["croner", "proptest", "rstest", "serde_json"];

/// One dependency of one crate of the house.
#[derive(Clone, Debug)]
struct Dependency {
    of: String,
    on: String,
    only_in_tests: bool,
}

fn dependencies() -> Vec<Dependency> {
    let metadata = cargo_metadata(&["--no-deps"]);
    let packages = metadata["packages"]
        .as_array()
        .expect("metadata lists packages");
    let mut found = Vec::new();
    for package in packages {
        let of = package["name"].as_str().expect("a package has a name");
        for dependency in package["dependencies"]
            .as_array()
            .expect("a list of dependencies")
        {
            found.push(Dependency {
                of: of.to_owned(),
                on: dependency["name"]
                    .as_str()
                    .expect("a dependency has a name")
                    .to_owned(),
                only_in_tests: dependency["kind"] == "dev",
            });
        }
    }
    found
}

fn manifest(of: &str) -> String {
    match of {
        "domain" => "storage/domain/Cargo.toml".to_owned(),
        "fake_discord" | "rehearsal" => format!("tests/{of}/Cargo.toml"),
        room => format!("{room}/Cargo.toml"),
    }
}

fn check(dependencies: &[Dependency]) -> Vec<Complaint> {
    let arrows: BTreeMap<&str, &[&str]> = ARROWS.iter().copied().collect();
    let mut complaints = Vec::new();
    for Dependency {
        of,
        on,
        only_in_tests,
    } in dependencies
    {
        let mut complain = |what: String| complaints.push(Complaint::new(&manifest(of), 0, what));
        let Some(allowed) = arrows.get(of.as_str()) else {
            complain(format!(
                "the crate {of} is new: a new crate needs a decision record"
            ));
            continue;
        };
        if arrows.contains_key(on.as_str()) && !allowed.contains(&on.as_str()) {
            complain(format!("{of} must not know {on}"));
        }
        let kept = KEPT_TO.iter().find(|(kept, _)| kept == on);
        if let Some((_, rooms)) = kept
            && PRODUCT.contains(&of.as_str())
            && !rooms.contains(&of.as_str())
        {
            complain(format!(
                "{of} must not know {on}; only {} may",
                rooms.join(", ")
            ));
        }
        let pure =
            PURE.contains(&on.as_str()) || (*only_in_tests && PURE_IN_TESTS.contains(&on.as_str()));
        if of == "domain" && !pure {
            complain(format!("domain is pure: {on} is not on its list"));
        }
    }
    complaints
}

#[test]
fn the_crates_know_each_other_as_the_map_says() {
    hold(check(&dependencies()));
}

#[test]
fn every_crate_of_the_map_exists() {
    let metadata = cargo_metadata(&["--no-deps"]);
    let packages = metadata["packages"]
        .as_array()
        .expect("metadata lists packages");
    let mut names: Vec<&str> = packages.iter().filter_map(|p| p["name"].as_str()).collect();
    names.sort_unstable();
    let mapped: Vec<&str> = ARROWS.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, mapped);
}

#[test]
fn a_wrong_arrow_is_found() {
    let on = |of: &str, on: &str, only_in_tests| Dependency {
        of: of.to_owned(),
        on: on.to_owned(),
        only_in_tests,
    };
    let bad = [
        on("storage", "commands", false),
        on("commands", "sqlx", false),
        on("domain", "tokio", false),
        on("domain", "proptest", false),
        on("common", "serde", false),
    ];
    finds(
        &check(&bad),
        &[
            "storage must not know commands",
            "only storage may",
            "tokio",
            "proptest",
            "common",
        ],
    );
    finds(
        &check(&[on("domain", "proptest", true), on("bot", "storage", false)]),
        &[],
    );
}
