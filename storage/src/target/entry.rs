//! Statements around the entries of a list: hundreds of rows go into the database as one JSON text, so
//! that their number does not become a number of statements.

/// A statement around the entries of a JSON list in `$2`, in the words of either database.
macro_rules! entries {
    ($tx:expr, [$($before:expr),+ $(,)?] $(, $after:expr)?) => {
        dialect::either(
            $tx,
            concat!($($before,)+ " from json_each($2) as entry" $(, $after)?),
            concat!(
                $($before,)+ " from jsonb_array_elements(cast($2 as jsonb)) as entry(value)" $(, $after)?
            ),
        )
    };
}

/// A value of an entry. Both databases know `->>`, but one of them hands out text only.
macro_rules! field {
    ($name:literal as $kind:literal) => {
        concat!("cast(entry.value ->> '", $name, "' as ", $kind, ")")
    };
}
