//! The speaker (発言者): who said something. For the desk only, always (DESIGN section 2, rule 1).
//!
//! The type has no `Display`, no `Serialize` and a `Debug` that says nothing. A name comes out
//! through [`Speaker::reveal`], which asks for proof that the reader sits at the desk, or sealed for
//! keeping through [`Speaker::sealed_with`].

use crate::text::fold;

/// Letters a part of a name needs before a text is searched for it: one letter stands in any text.
const PART_LETTERS_MIN: usize = 2;
/// What titles beside a name end with (会長, 看護師, 相談員 …): they name nobody.
const TITLE_ENDS: [char; 6] = ['長', '師', '士', '員', '会', '課'];

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

    /// Whether a text holds the name, or a part of it that stands apart (仮名 太郎 is named by 仮名さん);
    /// width, case, kana and spaces do not count. Only somebody at the desk may ask: whoever may not
    /// know the name could guess at it.
    #[must_use]
    pub fn is_named_in(&self, text: &str, _desk: Desk) -> bool {
        let letters = |text: &str| -> String {
            fold(text)
                .chars()
                .filter(|letter| letter.is_alphanumeric())
                .collect()
        };
        let text = letters(text);
        let holds = |part: &str| {
            let part = letters(part);
            part.chars().count() >= PART_LETTERS_MIN && text.contains(&part)
        };
        let parts = self
            .0
            .split(|letter: char| !letter.is_alphanumeric())
            .filter(|part| !part.ends_with(TITLE_ENDS));
        holds(&self.0) || parts.into_iter().any(holds)
    }

    /// Whether it is this name; width, case, kana and what is no letter do not count. Only somebody at the
    /// desk may ask, as with [`Self::is_named_in`].
    #[must_use]
    pub fn is_called(&self, name: &str, _desk: Desk) -> bool {
        let letters = |text: &str| -> String {
            fold(text)
                .chars()
                .filter(|letter| letter.is_alphanumeric())
                .collect()
        };
        let name = letters(name);
        !name.is_empty() && letters(&self.0) == name
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

    #[test]
    fn a_text_that_names_the_speaker_is_found() {
        for (name, text, expected) in [
            ("見本 花子", "見本さんから聞いた", true),
            ("見本　花子", "ﾐﾎﾝではなく花子先生の話", true),
            ("見本花子", "見 本 花 子", true),
            ("見本花子", "見本の品を置く", false),
            ("会長 架空", "会長会議で話す", false),
            ("会長 架空", "架空会長の話", true),
            ("李", "李下に冠を正さず", false),
            ("見本 花子", "退院の予定を早めに知りたい", false),
        ] {
            let speaker = Speaker::new(name).expect("a name");
            assert_eq!(
                speaker.is_named_in(text, Desk(())),
                expected,
                "{name}: {text}"
            );
        }
    }
}
