//! Rows of tables: those beside these tests, and the shared ones where they are present.

use std::path::PathBuf;

/// A table of this folder or of the shared data: its rows as fields, the heading left out.
pub(crate) fn rows(text: &str) -> Vec<Vec<String>> {
    let mut rows = vec![vec![String::new()]];
    let mut quoted = false;
    let mut letters = text.trim_end().chars().peekable();
    while let Some(letter) = letters.next() {
        let row = rows.last_mut().expect("there is always a row");
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                row.last_mut().expect("a row has a field").push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(String::new()),
            '\n' if !quoted => rows.push(vec![String::new()]),
            '\r' if !quoted => {}
            other => row.last_mut().expect("a row has a field").push(other),
        }
    }
    rows.drain(1..).collect()
}

/// The shared table `name`, from `RENKEI_SHARED_DATA` or the folder beside the checkout. Says aloud when it is absent, and
/// fails then where `CI` is set, so that no run leaves it out unnoticed.
pub(crate) fn shared(name: &str) -> Option<Vec<Vec<String>>> {
    let folder = std::env::var_os("RENKEI_SHARED_DATA").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"),
        PathBuf::from,
    );
    let path = folder.join(name);
    match std::fs::read_to_string(&path) {
        Ok(text) => {
            println!("shared data found: {}", path.display());
            Some(rows(&text))
        }
        Err(fault) => {
            println!("shared data not found: {} ({fault})", path.display());
            assert!(
                std::env::var_os("CI").is_none(),
                "the shared data must be present under CI"
            );
            None
        }
    }
}

#[test]
fn a_quoted_field_may_hold_commas_quotes_and_line_ends() {
    let table = "a,b\n\"1,340万円\",\"he said \"\"go\"\"\nand went\"\nx,y\n";
    assert_eq!(
        rows(table),
        [
            vec!["1,340万円", "he said \"go\"\nand went"],
            vec!["x", "y"]
        ]
    );
}
