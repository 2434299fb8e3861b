//! The files of the house, read once.

use crate::source::Source;
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::LazyLock,
};

/// Folders that are no part of the house: version control, and what others leave behind.
const OUTSIDE: &[&str] = &[".git", "node_modules"];
/// What marks a folder that building leaves behind; a folder of sources may be called `target` as well.
const BUILT: &str = "CACHEDIR.TAG";
/// Endings of files that hold text people wrote.
const WRITTEN: &[&str] = &[
    "rs", "md", "toml", "ftl", "sql", "sh", "yml", "yaml", "html", "css", "js", "service", "csv",
    "txt",
];

/// A file as text.
#[derive(Clone, Debug)]
pub(crate) struct Written {
    /// From the root of the checkout, with `/`.
    pub(crate) path: String,
    /// Its text.
    pub(crate) text: String,
}

/// The checkout as it lies there, committed or not.
pub(crate) struct House {
    /// Every file people wrote.
    pub(crate) files: Vec<Written>,
    /// The Rust files among them.
    pub(crate) sources: Vec<Source>,
}

/// The house these tests stand in.
pub(crate) static HOUSE: LazyLock<House> = LazyLock::new(|| {
    let mut paths = Vec::new();
    collect(root(), &mut paths);
    paths.sort();
    let files: Vec<Written> = paths
        .into_iter()
        .filter_map(|path| {
            let text = fs::read_to_string(&path).ok()?;
            Some(Written {
                path: from_root(&path),
                text,
            })
        })
        .collect();
    let sources = files
        .iter()
        .filter(|file| file.path.ends_with(".rs"))
        .map(|file| Source::read(&file.path, &file.text))
        .collect();
    House { files, sources }
});

impl House {
    /// The Rust files below a folder; `storage/src/` leaves out `storage/domain/`.
    pub(crate) fn below<'h>(&'h self, folder: &'h str) -> impl Iterator<Item = &'h Source> {
        self.sources
            .iter()
            .filter(move |source| source.path.starts_with(folder))
    }

    /// A file by its path.
    ///
    /// # Panics
    /// It is not there.
    pub(crate) fn file(&self, path: &str) -> &str {
        let found = self.files.iter().find(|file| file.path == path);
        &found.unwrap_or_else(|| panic!("{path} is missing")).text
    }
}

/// The root of the checkout.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("this crate lies in the house")
}

/// What `cargo metadata` says, without asking the network.
///
/// # Panics
/// Cargo failed; its words are shown.
pub(crate) fn cargo_metadata(arguments: &[&str]) -> serde_json::Value {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["metadata", "--format-version", "1", "--offline"])
        .args(arguments)
        .current_dir(root())
        .output()
        .expect("cargo can be started");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "cargo metadata failed: {said}");
    serde_json::from_slice(&output.stdout).expect("cargo metadata speaks JSON")
}

fn from_root(path: &Path) -> String {
    let inside = path
        .strip_prefix(root())
        .expect("every file was found below the root");
    inside.to_string_lossy().replace('\\', "/")
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
    let entries = fs::read_dir(folder).expect("a folder of the house can be read");
    for entry in entries {
        let path = entry.expect("an entry can be read").path();
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if path.is_dir() {
            if !OUTSIDE.contains(&name.as_str()) && !path.join(BUILT).exists() {
                collect(&path, found);
            }
        } else if is_written(&path) {
            found.push(path);
        }
    }
}

/// Whether people wrote it: by its ending, or a script without one.
fn is_written(path: &Path) -> bool {
    match path.extension() {
        Some(ending) => WRITTEN.iter().any(|written| ending == *written),
        None => fs::read(path).is_ok_and(|bytes| bytes.starts_with(b"#!")),
    }
}

#[test]
fn the_house_was_read() {
    let house = &*HOUSE;
    for path in [
        "Cargo.toml",
        "README.md",
        "tests/run",
        "bot/src/main.rs",
        "commands/src/lib.rs",
    ] {
        assert!(!house.file(path).is_empty(), "{path}");
    }
    assert!(house.below("storage/domain/src/").count() > 10);
    assert!(
        house
            .below("storage/src/")
            .all(|source| !source.path.contains("domain"))
    );
}
