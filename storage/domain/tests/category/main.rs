//! Which categories are suggested for a statement, among statements an office has sorted before.

#![expect(clippy::print_stdout, reason = "the measure prints what it took")]

mod chance;
mod office;
mod table;
