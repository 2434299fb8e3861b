//! Key persons (キーパーソン): who moves cooperation forward in an association.
//!
//! Seed 000, chapter 2 (1): a tier 1 talk is also where the office comes to know them, and who takes an office over should
//! know them too. Names and notes are for the desk only, always; like a speaker's, they have no `Display`, no `Serialize`
//! and a `Debug` that says nothing, and come out against the proof of the desk or sealed for keeping.

use crate::id::{AssociationId, KeyPersonId};
use crate::speaker::Desk;
use crate::text::fold;

/// Longest name, in UTF-16 units.
pub const NAME_UNITS_MAX: usize = 80;
/// Longest note, in UTF-16 units.
pub const NOTE_UNITS_MAX: usize = 300;
/// Most key persons of an office.
pub const PER_OFFICE_MAX: usize = 200;

/// What parts name and note where they are kept; neither may hold it.
const PARTS: char = '\u{1f}';

/// One key person as kept.
#[derive(Clone, PartialEq, Eq)]
pub struct KeyPerson {
    /// The number within the office.
    pub id: KeyPersonId,
    /// The association the person belongs to, where there is one.
    pub association: Option<AssociationId>,
    name: String,
    note: Option<String>,
}

impl KeyPerson {
    /// A key person of this name; `None` when nothing is left of the name. A blank note is none.
    #[must_use]
    pub fn new(
        id: KeyPersonId,
        association: Option<AssociationId>,
        name: &str,
        note: Option<&str>,
    ) -> Option<Self> {
        let kept = |words: &str| words.replace(PARTS, " ").trim().to_owned();
        let name = kept(name);
        (!name.is_empty()).then(|| Self {
            id,
            association,
            name,
            note: note.map(kept).filter(|note| !note.is_empty()),
        })
    }

    /// The same person under a number.
    #[must_use]
    pub fn numbered(self, id: KeyPersonId) -> Self {
        Self { id, ..self }
    }

    /// The name, for somebody at the desk.
    #[must_use]
    pub fn name(&self, _desk: Desk) -> &str {
        &self.name
    }

    /// The note, for somebody at the desk.
    #[must_use]
    pub fn note(&self, _desk: Desk) -> Option<&str> {
        self.note.as_deref()
    }

    /// Whether a name is this person's; width, case, kana and spaces do not count.
    #[must_use]
    pub fn is_called(&self, name: &str, _desk: Desk) -> bool {
        let letters = |name: &str| -> String {
            let folded = fold(name);
            folded
                .chars()
                .filter(|letter| !letter.is_whitespace())
                .collect()
        };
        letters(&self.name) == letters(name)
    }

    /// Name and note as sealed bytes: `seal` gets the plain bytes and returns what may be kept.
    pub fn sealed_with<T>(&self, seal: impl FnOnce(&[u8]) -> T) -> T {
        let note = self.note.as_deref().unwrap_or_default();
        seal(format!("{}{PARTS}{note}", self.name).as_bytes())
    }

    /// The person of what [`Self::sealed_with`] gave out; `None` when it is not that.
    #[must_use]
    pub fn opened(
        id: KeyPersonId,
        association: Option<AssociationId>,
        plain: &[u8],
    ) -> Option<Self> {
        let (name, note) = std::str::from_utf8(plain).ok()?.split_once(PARTS)?;
        Self::new(id, association, name, Some(note))
    }
}

impl std::fmt::Debug for KeyPerson {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("KeyPerson")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn desk() -> Desk {
        crate::audience::Destination::Desk
            .desk()
            .expect("the desk is the desk")
    }

    fn person(name: &str, note: Option<&str>) -> KeyPerson {
        KeyPerson::new(KeyPersonId(3), Some(AssociationId(2)), name, note).expect("a name")
    }

    #[test]
    fn a_key_person_says_nothing_when_logged() {
        let person = person(" 見本 花子 ", Some("会議の前に相談するとよい"));
        assert_eq!(
            format!("{person:?}"),
            "KeyPerson { id: KeyPersonId(3), .. }"
        );
        assert_eq!(person.name(desk()), "見本 花子");
        assert_eq!(person.note(desk()), Some("会議の前に相談するとよい"));
        assert_eq!(
            KeyPerson::new(KeyPersonId(1), None, " \u{3000}", None),
            None
        );
    }

    #[test]
    fn what_is_kept_comes_back_as_it_was() {
        for note in [None, Some("火曜がよい\n昼休みに"), Some(" ")] {
            let person = person("見本花子", note);
            let plain = person.sealed_with(<[u8]>::to_vec);
            let opened = KeyPerson::opened(person.id, person.association, &plain);
            assert_eq!(opened, Some(person));
        }
        let parts = person("見本\u{1f}花子", Some("a\u{1f}b"));
        let plain = parts.sealed_with(<[u8]>::to_vec);
        assert_eq!(
            KeyPerson::opened(parts.id, parts.association, &plain),
            Some(parts)
        );
        assert_eq!(KeyPerson::opened(KeyPersonId(1), None, b"no parts"), None);
    }

    #[test]
    fn a_name_is_the_same_however_it_is_typed() {
        let person = person("見本 ハナコ", None);
        assert!(person.is_called("見本　はなこ", desk()));
        assert!(person.is_called("見本ﾊﾅｺ", desk()));
        assert!(!person.is_called("見本", desk()));
    }
}
