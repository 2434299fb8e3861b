//! The dice of the harness: one seed, and every step its own.

pub(crate) use tests::dice::Dice;
