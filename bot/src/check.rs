//! The check before starting: configuration, token, database, channels.
