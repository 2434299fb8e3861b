//! A speaker's name cannot be displayed, logged or serialised, and comes out in named places only.

use crate::{Complaint, finds, hold, house::HOUSE, source::Source};

/// Where the type is.
const HOME: &str = "storage/domain/src/speaker.rs";
/// What may be derived for it: nothing that tells the name.
const HARMLESS: &[&str] = &["Clone", "PartialEq", "Eq"];
/// Files that may ask for the name, with proof of the desk: the desk's card, the desk's form, the sealed
/// drafts of an undo and of an import, and the check that nobody else ever saw it.
const REVEALS: &[&str] = &[
    HOME,
    "commands/src/card/issue.rs",
    "commands/src/issue/edit.rs",
    "commands/src/issue/import/waiting.rs",
    "commands/src/issue/undo.rs",
    "storage/domain/src/form.rs",
    "tests/src/leak.rs",
];
/// Files that may make the proof: the rules of who sits at the desk.
const PROVES: &[&str] = &[
    HOME,
    "storage/domain/src/person.rs",
    "storage/domain/src/audience.rs",
];

fn check<'s>(sources: impl Iterator<Item = &'s Source>) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    for source in sources {
        let path = source.path.as_str();
        let mut complain = |line, what: String| complaints.push(Complaint::new(path, line, what));
        for declared in source
            .types
            .iter()
            .filter(|t| t.name == "Speaker" && path == HOME)
        {
            for derived in declared
                .derives
                .iter()
                .filter(|d| !HARMLESS.contains(&d.as_str()))
            {
                complain(
                    declared.line,
                    format!("{derived} would tell a speaker's name"),
                );
            }
        }
        // `Debug` is written by hand in its home, and a test there reads what it says.
        for seen in source
            .impls
            .iter()
            .filter(|seen| seen.what.ends_with(" for Speaker"))
        {
            if !(path == HOME && seen.what == "Debug for Speaker") {
                complain(
                    seen.line,
                    format!("{} would tell a speaker's name", seen.what),
                );
            }
        }
        for (name, line) in source.plain_names() {
            if name == "reveal" && !REVEALS.contains(&path) {
                complain(
                    line,
                    "reveal: a name comes out in named places only".to_owned(),
                );
            }
        }
        if !PROVES.contains(&path) {
            let made = source
                .text
                .lines()
                .position(|line| line.contains(concat!("Desk", "(())")));
            if let Some(line) = made {
                complain(
                    line + 1,
                    "proof of the desk is made by the rules of the domain".to_owned(),
                );
            }
        }
    }
    complaints
}

#[test]
fn a_speakers_name_stays_under_seal() {
    hold(check(HOUSE.sources.iter()));
}

#[test]
fn a_name_that_gets_out_is_found() {
    let home = Source::read(
        HOME,
        "#[derive(Clone, Serialize)] pub struct Speaker(String);
         impl fmt::Display for Speaker { }
         impl std::fmt::Debug for Speaker { }",
    );
    let elsewhere = Source::read(
        "commands/src/issue/list.rs",
        concat!(
            "fn f() { speaker.reveal(desk); Speaker::reveal(&s, Desk",
            "(())); }"
        ),
    );
    let card = Source::read(
        "commands/src/card/issue.rs",
        "fn f() { speaker.reveal(desk); }",
    );
    finds(
        &check([&home, &elsewhere, &card].into_iter()),
        &["Serialize", "Display", "reveal", "reveal", "proof"],
    );
}
