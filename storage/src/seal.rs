//! Sealing: what only the program may read is kept as bytes that say nothing without a key.
//!
//! Speakers' names and drafts are sealed with XChaCha20-Poly1305 under a random 24-byte nonce. What is
//! sealed is bound to its place (which column, which office, which record): bytes copied to another
//! record do not open. Keys live outside the database, in a file the administrator keeps apart.

use crate::error::{Error, Result};
use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use domain::id::OfficeId;
use std::{collections::BTreeMap, fmt};

const KEY_BYTES: usize = 32;
const NONCE_BYTES: usize = 24;
/// Hexadecimal letters of a key's id.
const ID_LETTERS: usize = 8;
/// Most keys a file may hold; a key is added perhaps once a year.
const KEYS_MAX: usize = 64;

/// The keys that seal speakers' names: the newest seals, all of them open.
///
/// Shows nothing in `Debug` and has no `Display`; [`SpeakerKeys::to_file_text`] is the only way out.
#[derive(Clone)]
pub struct SpeakerKeys {
    newest: String,
    keys: BTreeMap<String, [u8; KEY_BYTES]>,
    /// Ids in the order of the file, oldest first.
    order: Vec<String>,
}

/// Why the text of a key file cannot be used; it never quotes the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyFault {
    /// There is no key in it.
    #[error("the key file holds no key")]
    Empty,
    /// A line is not `id hex`, the id in letters, digits and `-`, the key in 64 hexadecimal digits.
    #[error("line {0} of the key file is not an id and a key of 64 hexadecimal digits")]
    BadLine(usize),
    /// Two lines have the same id.
    #[error("line {0} of the key file repeats an id")]
    Repeated(usize),
    /// More keys than can be of use.
    #[error("the key file holds more than {KEYS_MAX} keys")]
    TooMany,
}

impl SpeakerKeys {
    /// One new random key.
    ///
    /// # Errors
    /// [`Error::Random`] when the system gives no random bytes.
    pub fn generate() -> Result<Self> {
        let (mut key, mut id) = ([0; KEY_BYTES], [0; ID_LETTERS / 2]);
        random(&mut key)?;
        random(&mut id)?;
        let id = to_hex(&id);
        Ok(Self {
            newest: id.clone(),
            keys: BTreeMap::from([(id.clone(), key)]),
            order: vec![id],
        })
    }

    /// These keys with those of `newer` after them: what is sealed from now on takes the newest key
    /// of `newer`.
    #[must_use]
    pub fn followed_by(mut self, newer: Self) -> Self {
        for id in newer.order {
            self.order.retain(|known| *known != id);
            self.order.push(id);
        }
        self.keys.extend(newer.keys);
        self.newest = newer.newest;
        self
    }

    /// Reads a key file: one key per line, `id hex`, the newest last; blank lines and lines that begin
    /// with `#` are passed over.
    ///
    /// # Errors
    /// What is wrong with which line.
    pub fn from_file_text(text: &str) -> std::result::Result<Self, KeyFault> {
        let (mut keys, mut order) = (BTreeMap::new(), Vec::new());
        for (index, line) in text.lines().map(str::trim).enumerate() {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let fault = KeyFault::BadLine(index + 1);
            let (id, hex) = line.split_once(char::is_whitespace).ok_or(fault)?;
            let well_formed = id.len() <= 32
                && id
                    .chars()
                    .all(|letter| letter.is_ascii_alphanumeric() || letter == '-');
            let key = well_formed
                .then(|| from_hex(hex.trim()))
                .flatten()
                .ok_or(fault)?;
            if keys.insert(id.to_owned(), key).is_some() {
                return Err(KeyFault::Repeated(index + 1));
            }
            order.push(id.to_owned());
        }
        if order.len() > KEYS_MAX {
            return Err(KeyFault::TooMany);
        }
        let newest = order.last().cloned().ok_or(KeyFault::Empty)?;
        Ok(Self {
            newest,
            keys,
            order,
        })
    }

    /// The text of a key file with these keys; to be written with mode 0600 and kept apart from the
    /// database and its backups.
    #[must_use]
    pub fn to_file_text(&self) -> String {
        self.order.iter().fold(String::new(), |mut text, id| {
            let key = self
                .keys
                .get(id)
                .expect("every id in the order has its key");
            text.push_str(id);
            text.push(' ');
            text.push_str(&to_hex(key));
            text.push('\n');
            text
        })
    }

    /// Whether something sealed with the key of this id can be opened.
    #[must_use]
    pub fn holds(&self, id: &str) -> bool {
        self.keys.contains_key(id)
    }

    pub(crate) fn seal(&self, place: Place, plain: &[u8]) -> Result<Sealed> {
        let mut nonce = [0; NONCE_BYTES];
        random(&mut nonce)?;
        let payload = Payload {
            msg: plain,
            aad: &place.to_bytes(),
        };
        let closed = self
            .cipher(&self.newest)?
            .encrypt(&XNonce::from(nonce), payload)
            .map_err(|_| Error::Sealed)?;
        Ok(Sealed {
            key: self.newest.clone(),
            bytes: [&nonce[..], &closed].concat(),
        })
    }

    pub(crate) fn open(&self, place: Place, key: &str, bytes: &[u8]) -> Result<Vec<u8>> {
        let (nonce, closed) = bytes
            .split_first_chunk::<NONCE_BYTES>()
            .ok_or(Error::Sealed)?;
        let payload = Payload {
            msg: closed,
            aad: &place.to_bytes(),
        };
        self.cipher(key)?
            .decrypt(&XNonce::from(*nonce), payload)
            .map_err(|_| Error::Sealed)
    }

    fn cipher(&self, id: &str) -> Result<XChaCha20Poly1305> {
        let key = self.keys.get(id).ok_or(Error::Sealed)?;
        Ok(XChaCha20Poly1305::new(&(*key).into()))
    }
}

impl fmt::Debug for SpeakerKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SpeakerKeys(…)")
    }
}

/// What is kept of something sealed.
pub(crate) struct Sealed {
    /// Id of the key.
    pub(crate) key: String,
    /// The nonce and the closed bytes after it.
    pub(crate) bytes: Vec<u8>,
}

/// Where something sealed belongs; it opens nowhere else.
#[derive(Clone, Copy)]
pub(crate) struct Place {
    /// Table and column.
    pub(crate) column: &'static str,
    /// The office.
    pub(crate) office: OfficeId,
    /// The record's number in the office.
    pub(crate) record: i64,
}

impl Place {
    fn to_bytes(self) -> Vec<u8> {
        let mut bytes = self.column.as_bytes().to_vec();
        // The numbers have a fixed width and come last, so no two places read the same.
        bytes.extend_from_slice(&self.office.0.to_be_bytes());
        bytes.extend_from_slice(&self.record.to_be_bytes());
        bytes
    }
}

/// Fills a buffer with random bytes of the system.
pub(crate) fn random(bytes: &mut [u8]) -> Result<()> {
    getrandom::fill(bytes).map_err(|_| Error::Random)
}

pub(crate) fn to_hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .map(|nibble| char::from(DIGITS[usize::from(nibble)]))
        .collect()
}

fn from_hex(text: &str) -> Option<[u8; KEY_BYTES]> {
    let digits: Option<Vec<u8>> = text
        .chars()
        .map(|letter| {
            letter
                .to_digit(16)
                .and_then(|digit| u8::try_from(digit).ok())
        })
        .collect();
    let bytes: Vec<u8> = digits?
        .chunks(2)
        .map(|pair| (pair[0] << 4) | pair.get(1).unwrap_or(&0))
        .collect();
    (text.len() == KEY_BYTES * 2)
        .then(|| bytes.try_into().ok())
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLACE: Place = Place {
        column: "issue.speaker",
        office: OfficeId(1),
        record: 12,
    };

    fn keys() -> SpeakerKeys {
        SpeakerKeys::generate().expect("random bytes")
    }

    #[test]
    fn what_is_sealed_opens_in_its_own_place_only() {
        let keys = keys();
        let sealed = keys.seal(PLACE, "見本花子".as_bytes()).expect("sealed");
        let open = |place| keys.open(place, &sealed.key, &sealed.bytes);
        assert_eq!(open(PLACE).expect("opened"), "見本花子".as_bytes());
        for elsewhere in [
            Place {
                office: OfficeId(2),
                ..PLACE
            },
            Place {
                record: 13,
                ..PLACE
            },
            Place {
                column: "draft.body",
                ..PLACE
            },
        ] {
            assert!(matches!(open(elsewhere), Err(Error::Sealed)));
        }
    }

    #[test]
    fn bytes_that_were_changed_or_cut_do_not_open() {
        let keys = keys();
        let sealed = keys.seal(PLACE, b"name").expect("sealed");
        let mut changed = sealed.bytes.clone();
        *changed.last_mut().expect("bytes") ^= 1;
        for bytes in [&changed[..], &sealed.bytes[..NONCE_BYTES], &[]] {
            assert!(matches!(
                keys.open(PLACE, &sealed.key, bytes),
                Err(Error::Sealed)
            ));
        }
    }

    #[test]
    fn the_same_name_is_never_sealed_to_the_same_bytes() {
        let keys = keys();
        let seal = || keys.seal(PLACE, b"name").expect("sealed").bytes;
        assert_ne!(seal(), seal());
    }

    #[test]
    fn a_new_key_seals_and_the_old_one_still_opens() {
        let old = keys();
        let sealed = old.seal(PLACE, b"name").expect("sealed");
        let both = old.clone().followed_by(keys());
        assert_eq!(
            both.open(PLACE, &sealed.key, &sealed.bytes)
                .expect("opened"),
            b"name"
        );
        let newer = both.seal(PLACE, b"name").expect("sealed");
        assert_ne!(newer.key, sealed.key);
        assert!(matches!(
            old.open(PLACE, &newer.key, &newer.bytes),
            Err(Error::Sealed)
        ));
    }

    #[test]
    fn a_key_file_is_read_as_it_was_written() {
        let both = keys().followed_by(keys());
        let text = format!("# written in April\n\n{}", both.to_file_text());
        let read = SpeakerKeys::from_file_text(&text).expect("a key file");
        assert_eq!(read.to_file_text(), both.to_file_text());
        assert_eq!(read.newest, both.newest);
    }

    #[test]
    fn a_key_file_that_cannot_be_used_says_which_line() {
        let good = "0".repeat(64);
        for (text, fault) in [
            (String::new(), KeyFault::Empty),
            ("# nothing\n".to_owned(), KeyFault::Empty),
            ("a".to_owned(), KeyFault::BadLine(1)),
            (
                format!("a {good}\nb {}", "0".repeat(63)),
                KeyFault::BadLine(2),
            ),
            (format!("a {}", "g".repeat(64)), KeyFault::BadLine(1)),
            (format!("鍵 {good}"), KeyFault::BadLine(1)),
            (format!("a {good}\na {good}"), KeyFault::Repeated(2)),
        ] {
            assert_eq!(
                SpeakerKeys::from_file_text(&text).expect_err("a fault"),
                fault,
                "{text}"
            );
        }
    }

    #[test]
    fn keys_say_nothing_when_logged() {
        let keys = keys();
        assert_eq!(format!("{keys:?}"), "SpeakerKeys(…)");
    }
}
