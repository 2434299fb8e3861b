//! Words that must not stand anywhere: marks of unfinished work, switched-off checks, paths of
//! somebody's machine, hosts of registries. And test binaries that are not run.

use crate::{
    Complaint, finds, hold,
    house::{HOUSE, Written, cargo_metadata},
    source::Source,
};
use serde_json::{Value, json};
use std::sync::LazyLock;

/// Patterns of text that is wrong in any file. Put together from halves, so that this file is not
/// found by itself.
static WRONG: LazyLock<Vec<(regex::Regex, &'static str)>> = LazyLock::new(|| {
    [
        (
            concat!(r"\b(TO", r"DO|FIX", r"ME|XX", r"X)\b"),
            "finish it, or write an issue",
        ),
        (
            concat!(
                r#"(?:^|[\s"'`(=:])/(?:wo"#,
                r"rk|tm",
                r"p|ho",
                r"me/\w|ro",
                r"ot/|Us",
                r"ers/)\b"
            ),
            "a path of one machine",
        ),
        (
            concat!(
                r"\b(?:index\.cra",
                r"tes|static\.cra",
                r"tes)\.io|npm",
                r"js\.org|py",
                r"pi\.org|pythonho",
                r"sted"
            ),
            "a registry's host belongs into the machine's own configuration",
        ),
        (
            r"```(?:rust,)?ignore\b",
            "an example that is not run proves nothing",
        ),
    ]
    .into_iter()
    .map(|(pattern, why)| (regex::Regex::new(pattern).expect("a good pattern"), why))
    .collect()
});

/// Test binaries that `cargo test --workspace` leaves out (`test = false`), each with its reason in its
/// manifest. `tests/run` names them, so that nobody thinks they ran.
const LEFT_OUT: &[&str] = &["simulation"];

/// Macros that stand for work not done.
const UNFINISHED: &[&str] = &["todo", "unimplemented"];

fn check_text(files: &[Written]) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    for file in files {
        for (number, line) in file.text.lines().enumerate() {
            for (pattern, why) in WRONG.iter() {
                if let Some(found) = pattern.find(line) {
                    let what = format!("{}: {why}", found.as_str().trim());
                    complaints.push(Complaint::new(&file.path, number + 1, what));
                }
            }
        }
    }
    complaints
}

fn check_code<'s>(sources: impl Iterator<Item = &'s Source>) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    for source in sources {
        let mut complain = |line, what: String| {
            complaints.push(Complaint::new(&source.path, line, what));
        };
        for attribute in &source.attributes {
            let name = attribute.what.split(['(', '=']).next().unwrap_or_default();
            match name {
                "allow" => complain(
                    attribute.line,
                    "allow: write #[expect(…, reason = …)]".into(),
                ),
                "ignore" => complain(
                    attribute.line,
                    "ignore: a test that is not run is none".into(),
                ),
                "expect" if !attribute.what.contains("reason=") => {
                    complain(attribute.line, "expect: say the reason".into());
                }
                _ => {}
            }
        }
        for seen in source
            .paths
            .iter()
            .filter(|seen| UNFINISHED.contains(&seen.what.as_str()))
        {
            complain(seen.line, format!("{}!: finish it", seen.what));
        }
    }
    complaints
}

fn check_targets(metadata: &Value) -> Vec<Complaint> {
    let packages = metadata["packages"].as_array().into_iter().flatten();
    let targets = packages.flat_map(|package| package["targets"].as_array().into_iter().flatten());
    targets
        .filter(|target| target["kind"] == json!(["test"]) && target["test"] == false)
        .filter_map(|target| target["name"].as_str())
        .filter(|name| !LEFT_OUT.contains(name))
        .map(|name| Complaint::new("Cargo.toml", 0, format!("the tests of {name} are not run")))
        .collect()
}

#[test]
fn nothing_unfinished_switched_off_or_of_one_machine_is_left() {
    hold(check_text(&HOUSE.files));
    hold(check_code(HOUSE.sources.iter()));
    hold(check_targets(&cargo_metadata(&["--no-deps"])));
}

#[test]
fn unfinished_work_and_paths_of_one_machine_are_found() {
    let text = [
        concat!("# TO", "DO later"),
        concat!("cp /tm", "p/a /var/lib/renkei"),
        concat!("see `/wo", "rk/main`"),
        concat!("https://static.cra", "tes.io/x"),
        concat!("/// ```ig", "nore"),
        "deploy/renkei.service uses PrivateTmp and /var/lib/renkei/tmp",
    ]
    .join("\n");
    let file = Written {
        path: "docs/bad.md".to_owned(),
        text,
    };
    finds(
        &check_text(&[file]),
        &[
            "finish it",
            "one machine",
            "one machine",
            "registry",
            "proves nothing",
        ],
    );
}

#[test]
fn a_test_binary_that_is_not_run_is_found() {
    let target = |name, kind, test| json!({ "name": name, "kind": [kind], "test": test });
    let targets = json!([
        target("end_to_end", "test", true),
        target("silent", "test", false),
        target("answers", "bench", false),
        target("simulation", "test", false),
    ]);
    let metadata = json!({ "packages": [{ "targets": targets }] });
    finds(&check_targets(&metadata), &["silent"]);
}

#[test]
fn a_switched_off_check_is_found() {
    let bad = Source::read(
        "bot/src/bad.rs",
        r#"
        #[allow(dead_code)]
        #[expect(clippy::too_many_lines)]
        #[expect(dead_code, reason = "a reason")]
        fn f() { todo!() }
        #[ignore]
        #[test]
        fn g() {}
        "#,
    );
    finds(
        &check_code([&bad].into_iter()),
        &["allow", "say the reason", "ignore", "todo!"],
    );
}
