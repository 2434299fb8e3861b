//! The packed folder that a .xlsx is. Before anything in it is understood it is unpacked once to nowhere,
//! counting: what unpacks to too much is refused, whatever its own directory says.

use super::SheetFault;
use std::io::{Cursor, Read};
use zip::{ZipArchive, result::ZipError};

/// Most bytes everything in a workbook unpacks to.
const UNPACKED_BYTES_MAX: u64 = 48 * 1024 * 1024;
/// Most files in a workbook.
const FILES_MAX: usize = 2_000;
/// A file of more bytes than this must not be packed more than [`RATIO_MAX`] times.
const RATIO_FROM_BYTES: u64 = 8 * 1024 * 1024;
/// How often the text of a real sheet is packed at most; a bomb is packed about a thousand times.
const RATIO_MAX: u64 = 150;
/// Most texts a workbook may say it shares: the reader makes room for as many as are said.
const SHARED_MAX: usize = 1_000_000;
/// Bytes unpacked at a time.
const STEP: usize = 64 * 1024;
/// What the number of shared texts is called.
const SHARED: &[u8] = b"uniqueCount";
/// Bytes after it in which its number must end.
const SHARED_BYTES_MAX: usize = 256;
/// Bytes of a piece that are looked at again with the next one.
const KEPT_BYTES: usize = 2 * SHARED_BYTES_MAX;

/// Looks at everything in a workbook without keeping it.
pub(super) fn weigh(bytes: &[u8]) -> Result<(), SheetFault> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| SheetFault::Broken)?;
    if archive.len() > FILES_MAX {
        return Err(SheetFault::UnpacksToTooMuch);
    }
    let (mut room, mut is_workbook) = (UNPACKED_BYTES_MAX, false);
    for at in 0..archive.len() {
        let file = archive.by_index(at).map_err(|error| match error {
            ZipError::InvalidPassword => SheetFault::Locked,
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => SheetFault::Locked,
            _ => SheetFault::Broken,
        })?;
        let name = file.name().map_err(|_| SheetFault::Broken)?;
        let name = name.to_lowercase().replace('\\', "/");
        if name.ends_with("vbaproject.bin") {
            return Err(SheetFault::Macros);
        }
        is_workbook |= name.ends_with("xl/workbook.xml");
        room = unpack(file, &name, room)?;
    }
    if is_workbook {
        Ok(())
    } else {
        Err(SheetFault::NoSheet)
    }
}

/// Unpacks one file to nowhere; says how much room is left.
fn unpack(
    mut file: zip::read::ZipFile<'_, Cursor<&[u8]>>,
    name: &str,
    room: u64,
) -> Result<u64, SheetFault> {
    let packed = file.compressed_size().max(1);
    let mut seen: Vec<u8> = Vec::new();
    let mut piece = vec![0; STEP];
    let mut unpacked = 0_u64;
    loop {
        let read = file.read(&mut piece).map_err(|_| SheetFault::Broken)?;
        if read == 0 {
            return Ok(room - unpacked);
        }
        unpacked += u64::try_from(read).unwrap_or(u64::MAX);
        if unpacked > room || unpacked > RATIO_FROM_BYTES && unpacked / packed > RATIO_MAX {
            return Err(SheetFault::UnpacksToTooMuch);
        }
        // The end of the piece before belongs to this one: words may be cut anywhere.
        let kept = seen.len().saturating_sub(KEPT_BYTES);
        seen.drain(..kept);
        seen.extend_from_slice(&piece[..read]);
        look(&seen, name)?;
    }
}

/// Refuses what would be dangerous or useless to read further.
fn look(seen: &[u8], name: &str) -> Result<(), SheetFault> {
    if name == "[content_types].xml" && holds(seen, b"macroEnabled") {
        return Err(SheetFault::Macros);
    }
    if name.ends_with("sharedstrings.xml") {
        // Letters in which the name of a number could hide; spreadsheets write UTF-8.
        if seen.contains(&0) || seen.contains(&0x1b) {
            return Err(SheetFault::Broken);
        }
        let mut rest = seen;
        while let Some(at) = find(rest, SHARED) {
            rest = &rest[at + SHARED.len()..];
            if !is_bearable(rest) {
                return Err(SheetFault::UnpacksToTooMuch);
            }
        }
    }
    Ok(())
}

/// Whether the number behind [`SHARED`] is one a reader may make room for; so is a word that is no
/// number's name, and a number whose end has not been seen yet.
fn is_bearable(behind: &[u8]) -> bool {
    let window = &behind[..behind.len().min(SHARED_BYTES_MAX)];
    let Some(value) = window.trim_ascii_start().strip_prefix(b"=") else {
        // Spaces alone may hide the sign.
        return window.len() < SHARED_BYTES_MAX || !window.trim_ascii_start().is_empty();
    };
    let value = value.trim_ascii_start();
    let Some(quote) = value.first().filter(|quote| b"\"'".contains(quote)) else {
        return window.len() < SHARED_BYTES_MAX || !value.is_empty();
    };
    let Some(end) = value[1..].iter().position(|byte| byte == quote) else {
        return window.len() < SHARED_BYTES_MAX;
    };
    let number = std::str::from_utf8(&value[1..=end]).ok();
    let number = number.and_then(|digits| digits.trim().parse::<usize>().ok());
    number.is_some_and(|number| number <= SHARED_MAX)
}

fn holds(bytes: &[u8], word: &[u8]) -> bool {
    find(bytes, word).is_some()
}

fn find(bytes: &[u8], word: &[u8]) -> Option<usize> {
    bytes.windows(word.len()).position(|window| window == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_reader_may_make_room_for_is_bearable() {
        let zeros = format!("=\"{}99999999999\"", "0".repeat(300));
        let spaces = format!("{}=\"99999999999\"", " ".repeat(300));
        for (behind, expected) in [
            ("=\"12\"><si>", true),
            (" = '1000000'>", true),
            ("=\"1000001\">", false),
            ("=\"99999999999999999999999\">", false),
            ("=\"-1\">", false),
            ("=\"&#57;9\">", false),
            (&zeros, false),
            (&spaces, false),
            // A wording that holds the word.
            ("という語について", true),
            // The rest comes with the next piece.
            ("=\"99", true),
            ("", true),
        ] {
            assert_eq!(is_bearable(behind.as_bytes()), expected, "{behind}");
        }
    }
}
