//! The archive: everything an office has, as one .zip. JSON for programs, one file a table, with a schema
//! that has a version; a workbook a noun for people; and a page that says what is in it, what is not, and
//! that it is to be locked away.
//!
//! Which tables there are is storage's matter ([`storage::archive`]); their names for people stand in the
//! catalogues. The form is told in `docs/guide/archive.md`.

use super::workbook;
use crate::{error::Error, text, text::Text};
use chrono::{DateTime, SecondsFormat, Utc};
use domain::{office::Office, setting::Language, speaker::Desk};
use serde_json::{Map, Value, json};
use std::{
    collections::BTreeMap,
    io::{Cursor, Write},
    sync::Arc,
};
use storage::{
    Store,
    archive::{Column, Content, Fate, Holds, TABLES},
};
use zip::{ZipWriter, write::SimpleFileOptions};

/// Which form the archive has; it grows by one when a reader of the former could misread it.
pub const VERSION: i64 = 1;
/// What the archive is called in its schema.
const SCHEMA: &str = "renkei-archive";

/// An archive.
#[derive(Clone)]
pub struct Archive {
    /// The .zip.
    pub bytes: Vec<u8>,
    /// Tables in it.
    pub tables: usize,
    /// Rows of all of them.
    pub rows: usize,
}

impl std::fmt::Debug for Archive {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The bytes are content, which no log may hold.
        write!(f, "Archive({} rows)", self.rows)
    }
}

/// One table as it is written down.
pub(super) struct Part {
    pub(super) noun: &'static str,
    pub(super) name: &'static str,
    pub(super) content: Content,
}

/// Reads everything of an office as of one moment and packs it; `tell` hears how many tables are read, and
/// of how many. Names under seal come with the proof of the desk only.
///
/// # Errors
/// Storage failed, or what was read could not be written.
pub async fn build(
    store: &Store,
    office: Arc<Office>,
    (desk, language): (Option<Desk>, Language),
    now: DateTime<Utc>,
    tell: impl Fn(usize, usize) + Send + 'static,
) -> Result<Archive, Error> {
    let id = office.id;
    let wanted: Vec<_> = TABLES
        .iter()
        .filter_map(|table| match table.fate {
            Fate::Exported(noun) => Some((noun, table)),
            Fate::Left(_) => None,
        })
        .collect();
    let total = wanted.len();
    let parts = store
        .read(|connection| {
            Box::pin(async move {
                let mut parts = Vec::with_capacity(total);
                for (noun, table) in wanted {
                    let content = storage::archive::read(connection, id, table, desk).await?;
                    parts.push(Part {
                        noun,
                        name: table.name,
                        content,
                    });
                    tell(parts.len(), total);
                }
                Ok(parts)
            })
        })
        .await?;
    // Packing keeps a core busy for a while.
    tokio::task::spawn_blocking(move || pack(&parts, desk.is_some(), language, now))
        .await
        .map_err(|_| Error::Fault("an archive could not be packed"))?
}

fn pack(
    parts: &[Part],
    names: bool,
    language: Language,
    now: DateTime<Utc>,
) -> Result<Archive, Error> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut put = |name: &str, bytes: &[u8]| {
        let options = SimpleFileOptions::default();
        zip.start_file(name, options)
            .and_then(|()| Ok(zip.write_all(bytes)?))
            .map_err(|_| Error::Fault("an archive could not be written"))
    };
    put(
        "README.txt",
        read_me(parts, names, language, now).as_bytes(),
    )?;
    put("schema.json", &written(&schema(parts, names, now))?)?;
    for part in parts {
        let rows: Vec<Value> = part
            .content
            .rows
            .iter()
            .map(|row| object(&part.content.columns, row))
            .collect();
        let table = json!({"table": part.name, "rows": rows});
        put(&format!("json/{}.json", part.name), &written(&table)?)?;
    }
    let mut nouns: BTreeMap<&str, Vec<&Part>> = BTreeMap::new();
    for part in parts {
        nouns.entry(part.noun).or_default().push(part);
    }
    for (noun, tables) in nouns {
        let bytes = workbook::of(noun, &tables, language, now)
            .map_err(|_| Error::Fault("a workbook could not be written"))?;
        put(&format!("excel/{noun}.xlsx"), &bytes)?;
    }
    let bytes = zip
        .finish()
        .map_err(|_| Error::Fault("an archive could not be finished"))?
        .into_inner();
    Ok(Archive {
        bytes,
        tables: parts.len(),
        rows: parts.iter().map(|part| part.content.rows.len()).sum(),
    })
}

fn written(value: &Value) -> Result<Vec<u8>, Error> {
    serde_json::to_vec_pretty(value).map_err(|_| Error::Fault("JSON could not be written"))
}

fn object(columns: &[Column], row: &[Value]) -> Value {
    let values = columns.iter().zip(row);
    let object: Map<String, Value> = values
        .map(|(column, value)| (column.name.clone(), as_json(column, value)))
        .collect();
    Value::Object(object)
}

/// A value as JSON: instants as RFC 3339 in UTC.
fn as_json(column: &Column, value: &Value) -> Value {
    match column.holds {
        Holds::Instant => instant(value).map_or(Value::Null, |at| {
            Value::String(at.to_rfc3339_opts(SecondsFormat::Micros, true))
        }),
        _ => value.clone(),
    }
}

/// The instant of a value.
pub(super) fn instant(value: &Value) -> Option<DateTime<Utc>> {
    DateTime::from_timestamp_micros(value.as_i64()?)
}

/// What is not in the archive, with the code of the reason.
fn absent() -> impl Iterator<Item = (&'static str, &'static str)> {
    TABLES.iter().filter_map(|table| match table.fate {
        Fate::Left(reason) => Some((table.name, reason)),
        Fate::Exported(_) => None,
    })
}

fn schema(parts: &[Part], names: bool, now: DateTime<Utc>) -> Value {
    let tables: Vec<Value> = parts
        .iter()
        .map(|part| {
            let columns: Vec<Value> = part
                .content
                .columns
                .iter()
                .map(|column| json!({"name": column.name, "type": column.holds.code()}))
                .collect();
            json!({
                "name": part.name,
                "noun": part.noun,
                "file": format!("json/{}.json", part.name),
                "rows": part.content.rows.len(),
                "columns": columns,
            })
        })
        .collect();
    let absent: Vec<Value> = absent()
        .map(|(table, reason)| json!({"table": table, "reason": reason}))
        .collect();
    json!({
        "schema": SCHEMA,
        "version": VERSION,
        "made_at": now.to_rfc3339_opts(SecondsFormat::Secs, true),
        "names": names,
        "tables": tables,
        "absent": absent,
    })
}

/// The page for people; lines end as every editor takes them, and it says in which letters it is written.
fn read_me(parts: &[Part], names: bool, language: Language, now: DateTime<Utc>) -> String {
    let rows: usize = parts.iter().map(|part| part.content.rows.len()).sum();
    let mut nouns: Vec<&str> = parts.iter().map(|part| part.noun).collect();
    nouns.sort_unstable();
    nouns.dedup();
    let files = nouns.into_iter().map(|noun| {
        let title = Text::new(format!("archive-noun-{noun}")).say(language);
        format!("excel/{noun}.xlsx  {title}")
    });
    let about_names = Text::new(if names {
        "archive-names"
    } else {
        "archive-no-names"
    });
    let text = text!(
        "archive-read-me",
        date = crate::card::date(now.date_naive(), language),
        tables = i64::try_from(parts.len()).unwrap_or(i64::MAX),
        rows = i64::try_from(rows).unwrap_or(i64::MAX),
        version = VERSION,
        files = files.collect::<Vec<_>>().join("\n"),
        names = about_names,
    );
    format!("\u{feff}{}\n", text.say(language)).replace('\n', "\r\n")
}
