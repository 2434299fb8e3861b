//! Minutes handed in as a file: plain text, and nothing else. What it is, is seen from its bytes.

use crate::{error::Error, file::FetchFault, request::Request, sheet, text, text::Text};
use domain::account::FILE_BYTES_MAX;
use serenity::all::Attachment;
use std::time::Duration;

/// How long fetching may take.
const FETCH_SECONDS_MAX: u64 = 20;

/// How documents of programs begin: a package (.docx), the form before it (.doc), .pdf, rich text.
const DOCUMENTS: [&[u8]; 4] = [b"PK\x03\x04", b"\xD0\xCF\x11\xE0", b"%PDF", b"{\\rtf"];

/// The words of a file.
pub(super) async fn minutes(request: &Request, file: &Attachment) -> Result<String, Error> {
    let size = usize::try_from(file.size).unwrap_or(usize::MAX);
    if size > FILE_BYTES_MAX {
        return Err(too_large());
    }
    let within = Duration::from_secs(FETCH_SECONDS_MAX);
    let fetched = request.app.files.fetch(&file.url, FILE_BYTES_MAX, within);
    let bytes = fetched.await.map_err(|fault| match fault {
        FetchFault::TooLarge => too_large(),
        FetchFault::Elsewhere | FetchFault::Gone | FetchFault::Unreachable => {
            Error::refuse(Text::new("import-unfetched"))
        }
    })?;
    read(&bytes)
}

fn read(bytes: &[u8]) -> Result<String, Error> {
    if DOCUMENTS.iter().any(|mark| bytes.starts_with(mark)) {
        return Err(Error::refuse(Text::new("refused-account-document")));
    }
    let text =
        sheet::text(bytes).map_err(|_| Error::refuse(Text::new("refused-account-letters")))?;
    if text.trim().is_empty() {
        return Err(Error::refuse(Text::new("refused-account-empty")));
    }
    Ok(text)
}

fn too_large() -> Error {
    Error::refuse(text!(
        "refused-account-too-large",
        kilobytes = FILE_BYTES_MAX / 1_000
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(bytes: &[u8]) -> String {
        match read(bytes) {
            Ok(text) => text,
            Err(Error::Refusal(refusal)) => format!("{refusal:?}"),
            Err(fault) => panic!("{fault:?}"),
        }
    }

    #[test]
    fn plain_text_is_read_in_the_letters_offices_save_it_in() {
        let text = "議事録\n①退院の連絡";
        let (cp932, _, broken) = encoding_rs::SHIFT_JIS.encode(text);
        assert!(!broken);
        for bytes in [text.as_bytes(), &cp932] {
            assert_eq!(key(bytes), text);
        }
    }

    #[test]
    fn what_is_no_plain_text_is_refused_with_what_to_do() {
        for (bytes, expected) in [
            (&b"PK\x03\x04\x14\x00"[..], "refused-account-document"),
            (b"%PDF-1.7\n", "refused-account-document"),
            (b"\xD0\xCF\x11\xE0\xA1\xB1", "refused-account-document"),
            (b"{\\rtf1\\ansi", "refused-account-document"),
            (b"\x89PNG\r\n\x1a\n\x00\x00", "refused-account-letters"),
            (b" \r\n", "refused-account-empty"),
            (b"", "refused-account-empty"),
        ] {
            assert!(key(bytes).contains(expected), "{bytes:?}: {}", key(bytes));
        }
    }
}
