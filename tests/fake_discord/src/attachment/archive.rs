//! What stands in an archive of XML, such as a sheet (.xlsx): for the leak oracle, so on the safe side.
//!
//! It is no reader of sheets: every part is taken, also what a sheet program would not show (hidden
//! rows, properties, names, notes), because somebody can look at it.

use std::io::{Cursor, Read};

use zip::ZipArchive;

/// Bytes of one part after inflating; the sheets of tests are far smaller.
const PART_BYTES_MAX: u64 = 64 * 1024 * 1024;
/// Archives within archives.
const DEPTH_MAX: usize = 2;

/// Whether bytes begin as a zip archive does.
pub(super) fn is_one(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

/// Names and texts of all parts; `None` when the archive is broken, locked, or so large that no test has
/// use for it: then nobody can say what is in it.
pub(super) fn words(bytes: &[u8]) -> Option<Vec<String>> {
    words_below(bytes, 0)
}

fn words_below(bytes: &[u8], depth: usize) -> Option<Vec<String>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut words = Vec::new();
    for number in 0..archive.len() {
        let part = archive.by_index(number).ok()?;
        words.push(part.name().ok()?.into_owned());
        let mut bytes = Vec::new();
        let mut rest = part.take(PART_BYTES_MAX + 1);
        rest.read_to_end(&mut bytes).ok()?;
        if bytes.len() as u64 > PART_BYTES_MAX || depth > DEPTH_MAX {
            return None;
        }
        if is_one(&bytes) {
            words.extend(words_below(&bytes, depth + 1)?);
        } else if let Ok(text) = std::str::from_utf8(&bytes) {
            let text = unescaped(text);
            // Once as it is, for attributes; once without tags, because a word may be cut by them.
            words.push(without_tags(&text));
            words.push(text);
        }
    }
    Some(words)
}

/// The text between tags. The end of a cell, a paragraph or a row is a line break; other tags only
/// change the look of a word.
fn without_tags(text: &str) -> String {
    const ENDS: [&str; 7] = ["/si", "/is", "/c", "/v", "/row", "/p", "/text"];
    let mut words = String::with_capacity(text.len());
    let mut pieces = text.split('<');
    words.extend(pieces.next());
    for piece in pieces {
        let (tag, rest) = piece.split_once('>').unwrap_or((piece, ""));
        if ENDS.contains(&tag.trim()) {
            words.push('\n');
        }
        words.push_str(rest);
    }
    words
}

/// The five named entities and numbered characters, each replaced once.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut pieces = text.split('&');
    out.extend(pieces.next());
    for piece in pieces {
        let entity = piece.split_once(';').and_then(|(name, rest)| {
            let letter = match name {
                // Left as they are: they are no words, and tags are cut after this.
                "lt" => '＜',
                "gt" => '＞',
                "amp" => '&',
                "quot" => '"',
                "apos" => '\'',
                _ => {
                    let number = name.strip_prefix('#')?;
                    let number = match number.strip_prefix('x') {
                        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                        None => number.parse().ok()?,
                    };
                    char::from_u32(number)?
                }
            };
            Some((letter, rest))
        });
        match entity {
            Some((letter, rest)) => {
                out.push(letter);
                out.push_str(rest);
            }
            None => {
                out.push('&');
                out.push_str(piece);
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use zip::{ZipWriter, write::SimpleFileOptions};

    fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in parts {
            archive
                .start_file(*name, SimpleFileOptions::default())
                .expect("a part begins");
            archive.write_all(bytes).expect("a part is written");
        }
        archive.finish().expect("an archive ends").into_inner()
    }

    #[test]
    fn a_word_in_a_sheet_is_found_wherever_it_stands() {
        let inner = archive(&[("inner.xml", "<t>入れ子の中のことば</t>".as_bytes())]);
        let sheet = archive(&[
            (
                "xl/sharedStrings.xml",
                "<sst><si><r><t>夜間の</t></r><r><rPr/><t>当番 &amp; &#x8A71;</t></r></si>\
                 <si><t>次のセル</t></si></sst>"
                    .as_bytes(),
            ),
            (
                "xl/worksheets/sheet1.xml",
                "<row hidden=\"1\"><c t=\"inlineStr\"><is><t>隠れた行</t></is></c></row>"
                    .as_bytes(),
            ),
            ("docProps/core.xml", "<p title=\"表題の中\"/>".as_bytes()),
            ("xl/media/inner.zip", &inner),
        ]);
        assert!(is_one(&sheet));
        let words = words(&sheet).expect("it can be read").join("\n");
        for word in [
            "夜間の当番 & 話",
            "次のセル",
            "隠れた行",
            "表題の中",
            "入れ子の中のことば",
        ] {
            assert!(words.contains(word), "{word} in {words}");
        }
        assert!(
            !words.contains("話次のセル"),
            "cells are kept apart: {words}"
        );
    }

    #[test]
    fn a_broken_archive_does_not_pass_as_one_without_words() {
        assert_eq!(words(b"PK\x03\x04 and nothing more"), None);
    }
}
