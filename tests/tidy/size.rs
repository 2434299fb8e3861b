//! Sizes and names: a file fits in one's head, a function on two screens, a module is a thing.

use crate::{Complaint, finds, hold, house::HOUSE, source::Source};

/// Most lines of a Rust file. Aim at 400; this is where it stops.
const FILE_LINES_MAX: usize = 500;
/// Most lines of a function. Aim at 70; this is where it stops.
const FUNCTION_LINES_MAX: usize = 100;
/// Names that say what kind of file it is, not which thing is in it.
const KINDS: &[&str] = &[
    "common",
    "consts",
    "constants",
    "helper",
    "helpers",
    "manager",
    "managers",
    "misc",
    "models",
    "prelude",
    "structs",
    "types",
    "util",
    "utils",
];

fn check<'s>(sources: impl Iterator<Item = &'s Source>) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    for source in sources {
        let path = source.path.as_str();
        let lines = source.text.lines().count();
        if lines > FILE_LINES_MAX {
            let what = format!("{lines} lines; a file has at most {FILE_LINES_MAX}");
            complaints.push(Complaint::new(path, 0, what));
        }
        if let Some(kind) = path
            .trim_end_matches(".rs")
            .split('/')
            .find(|part| KINDS.contains(part))
        {
            let what = format!("{kind} is a kind, not a thing; name the noun");
            complaints.push(Complaint::new(path, 0, what));
        }
        for function in &source.functions {
            if function.lines > FUNCTION_LINES_MAX {
                let what = format!(
                    "{} has {} lines; a function has at most {FUNCTION_LINES_MAX}",
                    function.name, function.lines
                );
                complaints.push(Complaint::new(path, function.line, what));
            }
        }
        if !source.text.starts_with("//!") {
            complaints.push(Complaint::new(
                path,
                1,
                "a module begins by saying what it is (//!)",
            ));
        }
    }
    complaints
}

#[test]
fn files_and_functions_fit_in_ones_head() {
    hold(check(HOUSE.sources.iter()));
}

#[test]
fn what_is_too_long_or_a_kind_is_found() {
    let long_file = format!("//! Long.\n{}", "\n".repeat(FILE_LINES_MAX));
    let long_function = format!(
        "//! Long.\nfn long() {{{}}}",
        "\n".repeat(FUNCTION_LINES_MAX)
    );
    let sources = [
        Source::read("bot/src/long.rs", &long_file),
        Source::read("bot/src/function.rs", &long_function),
        Source::read("bot/src/utils/time.rs", "fn f() {}"),
    ];
    finds(
        &check(sources.iter()),
        &["501 lines", "long has 101", "utils", "saying what it is"],
    );
}
