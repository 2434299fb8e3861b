//! The archive: what an office has, table by table, as it is handed out whole or deleted whole.
//!
//! Every table of the schema stands in [`TABLES`], or in [`ELSEWHERE`] with the reason why it is no
//! office's; a test reads the schema and holds it against them. The columns of a table are read from the
//! database, so that a new one cannot be forgotten. Names under seal are opened for the desk only.
//!
//! It draws nothing: how a file looks that people are given is the matter of whoever asks.

mod table;

pub use table::{ELSEWHERE, Fate, TABLES, Table};

use crate::{
    dialect,
    error::{Error, Result},
    link::{Connection, all, one},
    seal::Place,
};
use domain::{id::OfficeId, speaker::Desk};
use serde_json::Value;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// A whole number.
    Number,
    /// Yes or no.
    Truth,
    /// Words.
    Words,
    /// An instant, in microseconds of UTC.
    Instant,
    /// An id of Discord; it does not fit the numbers of every reader, so it is written as digits.
    Discord,
    /// A value that was written as JSON.
    Json,
    /// A name that was under seal.
    Name,
}

impl Holds {
    /// Its code in the description of the archive.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Number => "integer",
            Self::Truth => "boolean",
            Self::Words => "string",
            Self::Instant => "instant",
            Self::Discord => "discord-id",
            Self::Json => "json",
            Self::Name => "name",
        }
    }

    fn of(table: &Table, name: &str, declared: &str) -> Option<Self> {
        if table.sealed.is_some_and(|sealed| sealed.column == name) {
            return Some(Self::Name);
        }
        match declared.to_lowercase().as_str() {
            "boolean" => Some(Self::Truth),
            "text" if JSON.contains(&name) => Some(Self::Json),
            "text" => Some(Self::Words),
            "blob" | "bytea" => None,
            _ if name.ends_with("_at") || INSTANTS.contains(&name) => Some(Self::Instant),
            _ if name.ends_with("_by") || DISCORD.contains(&name) => Some(Self::Discord),
            _ => Some(Self::Number),
        }
    }
}

/// Columns that hold JSON.
const JSON: [&str; 4] = ["details", "before_state", "after_state", "survey"];
/// Columns that hold instants beside those that end in `_at`.
const INSTANTS: [&str; 4] = ["at", "since", "seen_start", "seen_end"];
/// Columns that hold ids of Discord beside those that end in `_by`.
const DISCORD: [&str; 14] = [
    "channel_id",
    "contacts_id",
    "discord_id",
    "discussion_id",
    "feedback_id",
    "holder_person",
    "members_id",
    "message_id",
    "officers_id",
    "person",
    "reporter",
    "role_id",
    "server_id",
    "who",
];

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub holds: Holds,
}

/// Everything an office has in one table.
#[derive(Clone, PartialEq)]
pub struct Content {
    /// The columns, in the order of the table.
    pub columns: Vec<Column>,
    /// The rows, one value a column: numbers, truths and words as they are, instants as microseconds,
    /// ids of Discord as digits, JSON as it was written.
    pub rows: Vec<Vec<Value>>,
}

impl std::fmt::Debug for Content {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The rows are content, which no log may hold.
        write!(f, "Content({} rows)", self.rows.len())
    }
}

/// Reads what an office has in a table. Names under seal are opened with the proof of the desk, and left
/// out without it.
///
/// # Errors
/// [`Error::Sealed`] when a key is missing, [`Error::Json`] when a row cannot be read.
pub async fn read(
    connection: &mut Connection,
    office: OfficeId,
    table: &Table,
    desk: Option<Desk>,
) -> Result<Content> {
    let columns = columns(connection, table, desk.is_some()).await?;
    let sql = selection(connection, table, &columns);
    let rows = all!(
        connection,
        (String,),
        sqlx::AssertSqlSafe(sql.clone()),
        office.0
    )?;
    let mut read = Vec::with_capacity(rows.len());
    for (written,) in rows {
        read.push(row(connection, office, table, &columns, &written)?);
    }
    Ok(Content {
        columns,
        rows: read,
    })
}

/// How many rows an office has in a table.
///
/// # Errors
/// [`Error::Database`].
pub async fn count(connection: &mut Connection, office: OfficeId, table: &Table) -> Result<i64> {
    let sql = format!(
        "select count(*) from {} where {} = $1",
        table.name,
        table.key()
    );
    let (count,) = one!(
        connection,
        (i64,),
        sqlx::AssertSqlSafe(sql.clone()),
        office.0
    )?;
    Ok(count)
}

async fn columns(connection: &mut Connection, table: &Table, names: bool) -> Result<Vec<Column>> {
    let sql = dialect::either(
        connection,
        "select name, type from pragma_table_info($1) order by cid",
        "select cast(column_name as text), cast(data_type as text) from information_schema.columns \
         where table_schema = current_schema() and table_name = $1 order by ordinal_position",
    );
    let found = all!(connection, (String, String), sql, table.name)?;
    let key = table.sealed.map(|sealed| sealed.key);
    Ok(found
        .into_iter()
        .filter(|(name, _)| Some(name.as_str()) != key)
        .filter_map(|(name, declared)| {
            let holds = Holds::of(table, &name, &declared)?;
            Some(Column { name, holds })
        })
        .filter(|column| names || column.holds != Holds::Name)
        .collect())
}

/// Every row as one array of JSON: both databases write numbers whole, and sealed bytes go in letters.
fn selection(connection: &Connection, table: &Table, columns: &[Column]) -> String {
    let array = dialect::either(connection, "json_array", "json_build_array");
    let (open, close) = dialect::either_pair(connection, ("hex(", ")"), ("encode(", ", 'hex')"));
    let values: Vec<String> = columns
        .iter()
        .map(|column| match (column.holds, table.sealed) {
            (Holds::Name, Some(sealed)) => format!(
                "{open}{}{close}, {}, {}.id",
                column.name, sealed.key, table.name
            ),
            _ => column.name.clone(),
        })
        .collect();
    format!(
        "select cast({array}({}) as text) from {} where {} = $1 order by {}",
        values.join(", "),
        table.name,
        table.key(),
        table.order,
    )
}

fn row(
    connection: &Connection,
    office: OfficeId,
    table: &Table,
    columns: &[Column],
    written: &str,
) -> Result<Vec<Value>> {
    let values: Vec<Value> = serde_json::from_str(written)?;
    let mut values = values.into_iter();
    let mut next = || values.next().unwrap_or(Value::Null);
    let mut row = Vec::with_capacity(columns.len());
    for column in columns {
        let value = next();
        row.push(match column.holds {
            Holds::Truth => match value.as_i64() {
                Some(number) => Value::Bool(number != 0),
                None => value,
            },
            Holds::Discord => value.as_i64().map_or(Value::Null, |id| {
                Value::String(id.cast_unsigned().to_string())
            }),
            Holds::Json => match value.as_str() {
                Some(written) => serde_json::from_str(written)?,
                None => Value::Null,
            },
            Holds::Name => {
                let (key, record) = (next(), next());
                let bytes = value.as_str().filter(|bytes| !bytes.is_empty());
                match (bytes, key.as_str(), record.as_i64(), table.sealed) {
                    (Some(bytes), Some(key), Some(record), Some(sealed)) => {
                        let place = Place {
                            column: sealed.place,
                            office,
                            record,
                        };
                        Value::String(name(connection, place, key, bytes)?)
                    }
                    _ => Value::Null,
                }
            }
            Holds::Number | Holds::Words | Holds::Instant => value,
        });
    }
    Ok(row)
}

/// The words under a seal; parts of them stand on lines of their own.
fn name(connection: &Connection, place: Place, key: &str, hex: &str) -> Result<String> {
    let digits: Option<Vec<u8>> = hex
        .chars()
        .map(|letter| {
            letter
                .to_digit(16)
                .and_then(|digit| u8::try_from(digit).ok())
        })
        .collect();
    let bytes: Vec<u8> = digits
        .ok_or(Error::Sealed)?
        .chunks(2)
        .map(|pair| (pair[0] << 4) | pair.get(1).unwrap_or(&0))
        .collect();
    let plain = connection.unseal(place, key, &bytes)?;
    let words = String::from_utf8(plain).map_err(|_| Error::Sealed)?;
    Ok(words.replace('\u{1f}', "\n").trim().to_owned())
}
