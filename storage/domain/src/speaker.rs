//! The speaker (発言者): who said something. For the desk only, always (DESIGN section 2, rule 1).
//!
//! The type has no `Display`, no `Serialize` and a `Debug` that says nothing. A name comes out
//! through [`Speaker::reveal`], which asks for proof that the reader sits at the desk, or sealed for
//! keeping through [`Speaker::sealed_with`].

/// The name of a person who said something in confidence.
#[derive(Clone, PartialEq, Eq)]
pub struct Speaker(String);

/// Proof that somebody is a coordinator of the office; made only by [`crate::person::Person::desk`]
/// and by [`crate::audience::Destination::desk`].
#[derive(Clone, Copy, Debug)]
pub struct Desk(pub(crate) ());

impl Speaker {
    /// Wraps a name as typed; `None` when nothing is left after trimming.
    #[must_use]
    pub fn new(name: &str) -> Option<Self> {
        let name = name.trim();
        (!name.is_empty()).then(|| Self(name.to_owned()))
    }

    /// The name, for somebody at the desk.
    #[must_use]
    pub fn reveal(&self, _desk: Desk) -> &str {
        &self.0
    }

    /// The name as sealed bytes: `seal` gets the plain bytes and returns what may be kept.
    pub fn sealed_with<T>(&self, seal: impl FnOnce(&[u8]) -> T) -> T {
        seal(self.0.as_bytes())
    }
}

impl std::fmt::Debug for Speaker {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Speaker(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_speaker_says_nothing_of_the_name_when_logged() {
        let speaker = Speaker::new(" 見本花子 ").expect("a name");
        assert_eq!(format!("{speaker:?}"), "Speaker(…)");
        assert_eq!(speaker.reveal(Desk(())), "見本花子");
        assert_eq!(Speaker::new(" \u{3000} "), None);
    }
}
