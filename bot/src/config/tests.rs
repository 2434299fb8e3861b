//! Strictness of the configuration, by tables.
