//! Which categories are suggested for a statement, among statements an office has sorted before.

mod chance;
mod office;
mod table;
