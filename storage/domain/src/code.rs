//! Codes: the stable words under which values are stored and passed in custom ids.
//!
//! A code is never shown to people; texts are looked up by it. Changing one needs a migration.

/// Gives an enum stable codes in both directions.
///
/// The listing is the only place where variant and word meet, so the two directions cannot drift.
#[macro_export]
macro_rules! codes {
    ($name:ident { $($variant:ident = $code:literal),+ $(,)? }) => {
        impl $name {
            /// Every value, in the order people meet them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The stable word under which the value is stored.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// The value of a stored word; `None` for a word this version does not know.
            #[must_use]
            pub fn from_code(code: &str) -> Option<Self> {
                match code { $($code => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}
