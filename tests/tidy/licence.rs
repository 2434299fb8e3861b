//! What may come in from outside: licences, bans and sources, from the same deny.toml that cargo-deny
//! reads, so that they are checked on machines without it. Advisories need its database and are not
//! checked here.

use crate::{
    Complaint, finds, hold,
    house::{HOUSE, cargo_metadata},
};
use serde::Deserialize;
use std::{collections::BTreeSet, process::Command};

/// The one registry packages may come from, as lock files write it.
const REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// What of deny.toml is read here.
#[derive(Deserialize)]
struct Rules {
    licenses: Licenses,
    bans: Bans,
    advisories: Advisories,
}

#[derive(Deserialize)]
struct Licenses {
    allow: BTreeSet<String>,
}

#[derive(Deserialize)]
struct Bans {
    deny: Vec<Ban>,
}

#[derive(Deserialize)]
struct Ban {
    name: String,
    reason: String,
}

#[derive(Deserialize)]
struct Advisories {
    ignore: Vec<Ignored>,
}

#[derive(Deserialize)]
struct Ignored {
    id: String,
    reason: String,
}

/// A package of the build.
struct Package {
    name: String,
    licence: Option<String>,
    source: Option<String>,
}

fn packages() -> Vec<Package> {
    let metadata = cargo_metadata(&["--filter-platform", &host()]);
    let nodes = metadata["resolve"]["nodes"]
        .as_array()
        .expect("metadata resolves the build");
    let used: BTreeSet<&str> = nodes
        .iter()
        .filter_map(|node| node["id"].as_str())
        .collect();
    let packages = metadata["packages"]
        .as_array()
        .expect("metadata lists packages");
    let text = |value: &serde_json::Value| value.as_str().map(str::to_owned);
    packages
        .iter()
        .filter(|package| package["id"].as_str().is_some_and(|id| used.contains(id)))
        .map(|package| Package {
            name: text(&package["name"]).expect("a package has a name"),
            licence: text(&package["license"]),
            source: text(&package["source"]),
        })
        .collect()
}

/// The machine's own target; packages of other systems need not be downloaded.
fn host() -> String {
    let output = Command::new("rustc")
        .arg("-vV")
        .output()
        .expect("rustc can be started");
    let said = String::from_utf8_lossy(&output.stdout);
    let host = said.lines().find_map(|line| line.strip_prefix("host: "));
    host.expect("rustc names its host").to_owned()
}

/// Whether an SPDX expression can be met with the licences allowed. `AND` binds tighter than `OR`;
/// old manifests write `/` for `OR`.
fn is_met(expression: &str, allowed: &BTreeSet<String>) -> bool {
    let spaced = expression
        .replace('/', " OR ")
        .replace('(', " ( ")
        .replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut at = 0;
    let met = any(&words, &mut at, allowed);
    met && at == words.len()
}

fn any(words: &[&str], at: &mut usize, allowed: &BTreeSet<String>) -> bool {
    let mut met = all(words, at, allowed);
    while words.get(*at) == Some(&"OR") {
        *at += 1;
        met |= all(words, at, allowed);
    }
    met
}

fn all(words: &[&str], at: &mut usize, allowed: &BTreeSet<String>) -> bool {
    let mut met = one(words, at, allowed);
    while words.get(*at) == Some(&"AND") {
        *at += 1;
        met &= one(words, at, allowed);
    }
    met
}

fn one(words: &[&str], at: &mut usize, allowed: &BTreeSet<String>) -> bool {
    let Some(word) = words.get(*at) else {
        return false;
    };
    *at += 1;
    if *word == "(" {
        let met = any(words, at, allowed);
        *at += 1;
        return met;
    }
    let mut licence = (*word).to_owned();
    if words.get(*at) == Some(&"WITH") {
        licence = format!(
            "{licence} WITH {}",
            words.get(*at + 1).copied().unwrap_or_default()
        );
        *at += 2;
    }
    allowed.contains(&licence)
}

fn check(rules: &Rules, packages: &[Package]) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    let mut complain = |what: String| complaints.push(Complaint::new("deny.toml", 0, what));
    for package in packages {
        let name = &package.name;
        match &package.licence {
            None => complain(format!("{name} names no licence")),
            Some(licence) if !is_met(licence, &rules.licenses.allow) => {
                complain(format!("{name}: the licence {licence} is not allowed"));
            }
            Some(_) => {}
        }
        if let Some(ban) = rules.bans.deny.iter().find(|ban| ban.name == *name) {
            complain(format!("{name} is banned: {}", ban.reason));
        }
        if package
            .source
            .as_deref()
            .is_some_and(|source| source != REGISTRY)
        {
            complain(format!(
                "{name} comes from a place that is not the registry"
            ));
        }
    }
    for ignored in &rules.advisories.ignore {
        if !ignored.reason.contains("look again 20") {
            complain(format!("{}: say when to look again", ignored.id));
        }
    }
    complaints
}

fn rules(text: &str) -> Rules {
    toml::from_str(text).expect("deny.toml can be read")
}

#[test]
fn what_comes_from_outside_is_allowed() {
    let packages = packages();
    assert!(packages.len() > 100, "the build was resolved");
    hold(check(&rules(HOUSE.file("deny.toml")), &packages));
}

#[test]
fn a_licence_a_ban_and_a_foreign_source_are_found() {
    let rules = rules(
        r#"
        [licenses]
        allow = ["MIT"]
        [bans]
        deny = [{ name = "native-tls", reason = "TLS is rustls" }]
        [advisories]
        ignore = [{ id = "RUSTSEC-1", reason = "harmless" }]
        "#,
    );
    let package = |name: &str, licence: Option<&str>, source: Option<&str>| Package {
        name: name.to_owned(),
        licence: licence.map(str::to_owned),
        source: source.map(str::to_owned),
    };
    let packages = [
        package("ours", Some("MIT"), None),
        package("copyleft", Some("GPL-3.0-only"), Some(REGISTRY)),
        package("silent", None, Some(REGISTRY)),
        package("native-tls", Some("MIT"), Some(REGISTRY)),
        package(
            "forked",
            Some("MIT"),
            Some("git+https://example.org/forked"),
        ),
    ];
    finds(
        &check(&rules, &packages),
        &[
            "GPL-3.0-only",
            "names no licence",
            "TLS is rustls",
            "not the registry",
            "look again",
        ],
    );
}

#[test]
fn licence_expressions_are_read_as_spdx_says() {
    let allowed: BTreeSet<String> = ["MIT", "ISC", "Apache-2.0 WITH LLVM-exception"]
        .into_iter()
        .map(str::to_owned)
        .collect();
    for (expression, met) in [
        ("MIT", true),
        ("MIT/Apache-2.0", true),
        ("GPL-2.0-only OR MIT", true),
        ("Apache-2.0 AND ISC", false),
        ("(MIT OR Apache-2.0) AND ISC", true),
        ("(MIT OR Apache-2.0) AND Unicode-3.0", false),
        ("Apache-2.0 WITH LLVM-exception OR GPL-3.0-only", true),
        ("Apache-2.0", false),
        ("MIT ISC", false),
        ("", false),
    ] {
        assert_eq!(is_met(expression, &allowed), met, "{expression}");
    }
}
