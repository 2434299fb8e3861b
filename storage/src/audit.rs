//! The audit: who did what, when, to what; append-only, and never a word of content.
//!
//! Details are codes and numbers. Anything else is refused, so that wording cannot slip in.

use crate::{
    counter::{self, Noun},
    error::{Error, Result},
    instant,
    link::{Connection, Transaction, all, one, optional, run},
    subject::Subject,
};
use chrono::{DateTime, Utc};
use domain::id::{OfficeId, UserId};

/// Most entries of one page; a higher limit counts as this one.
pub const PAGE_MAX: i64 = 200;
/// Longest code among the details, in letters: the numbers of all associations an office may have fit.
pub const CODE_MAX: usize = 400;

/// Who is named where the configuration file has done something; Discord gives nobody this id.
pub const CONFIGURATION: UserId = UserId(0);

/// Who is named where the office's own calendar has done something; Discord gives nobody this id.
pub const CALENDAR: UserId = UserId(1);

/// An entry to be written.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    /// When.
    pub at: DateTime<Utc>,
    /// Who (Discord's id).
    pub who: UserId,
    /// What, as a code such as `issue.add`.
    pub act: &'a str,
    /// To what; `None` for the set-up of the office.
    pub subject: Option<Subject>,
    /// Names and values, codes and numbers only: printable ASCII without spaces.
    pub details: &'a [(&'a str, &'a str)],
}

/// An entry as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// Its number in the office.
    pub id: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// Who (Discord's id).
    pub who: UserId,
    /// What, as a code.
    pub act: String,
    /// To what: the code of its kind and its number. Not a [`Subject`], so that what a newer version
    /// has written can be read too.
    pub subject: Option<(String, i64)>,
    /// Names and values.
    pub details: Vec<(String, String)>,
}

/// One page of the audit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The entries of this page, newest first.
    pub entries: Vec<Written>,
    /// How many there are in all.
    pub total: i64,
}

/// Writes an entry.
///
/// # Errors
/// [`Error::NotACode`] when the act or a detail is not a code, [`crate::Conflict::Missing`] when there
/// is no such office.
pub async fn append(tx: &mut Transaction, office: OfficeId, entry: &Entry<'_>) -> Result<()> {
    let words = entry
        .details
        .iter()
        .flat_map(|(name, value)| [*name, *value]);
    if !words.chain([entry.act]).all(is_code) {
        return Err(Error::NotACode);
    }
    let id = counter::next(tx, office, Noun::Audit).await?;
    run!(
        tx,
        "insert into audit_entry \
         (office_id, id, at, who, act, subject_kind, subject_id, details) \
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        office.0,
        id,
        instant::to_stored(entry.at),
        entry.who.to_stored(),
        entry.act,
        entry.subject.map(|subject| subject.kind.code()),
        entry.subject.map(|subject| subject.id),
        serde_json::to_string(entry.details)?,
    )?;
    Ok(())
}

fn is_code(word: &str) -> bool {
    word.len() <= CODE_MAX && word.chars().all(|letter| letter.is_ascii_graphic())
}

/// One row: id, at, who, act, subject's kind and id, details.
type Row = (i64, i64, i64, String, Option<String>, Option<i64>, String);

/// Which entries are wanted; what is `None` does not narrow.
#[derive(Clone, Copy, Debug, Default)]
pub struct Filter {
    /// Written at this time or later.
    pub from: Option<DateTime<Utc>>,
    /// Written before this time.
    pub before: Option<DateTime<Utc>>,
    /// Of this person.
    pub who: Option<UserId>,
    /// Up to this number, so that pages stay as they were while entries are added.
    pub newest: Option<i64>,
}

/// The conditions, for the count and for the page.
macro_rules! matching {
    ($before:literal, $after:literal) => {
        concat!(
            $before,
            " from audit_entry where office_id = $1 and ($2 is null or at >= $2) \
             and ($3 is null or at < $3) and ($4 is null or who = $4) \
             and ($5 is null or id <= $5)",
            $after
        )
    };
}

/// A page of the audit, newest first, beginning after `offset` entries.
///
/// # Errors
/// [`Error::Json`] when details cannot be read.
pub async fn list(
    connection: &mut Connection,
    office: OfficeId,
    filter: &Filter,
    offset: i64,
    limit: i64,
) -> Result<Page> {
    let from = filter.from.map(instant::to_stored);
    let before = filter.before.map(instant::to_stored);
    let who = filter.who.map(UserId::to_stored);
    let (total,) = one!(
        connection,
        (i64,),
        matching!("select count(*)", ""),
        office.0,
        from,
        before,
        who,
        filter.newest,
    )?;
    let rows = all!(
        connection,
        Row,
        matching!(
            "select id, at, who, act, subject_kind, subject_id, details",
            " order by id desc limit $6 offset $7"
        ),
        office.0,
        from,
        before,
        who,
        filter.newest,
        limit.clamp(0, PAGE_MAX),
        offset.max(0),
    )?;
    let entries = rows.into_iter().map(written).collect::<Result<_>>()?;
    Ok(Page { entries, total })
}

/// Acts on the office that leave its set-up as it is.
const NO_SET_UP: &str = ",office.handover,office.export,office.delete-ask,office.delete-withdraw,\
    office.left,office.return,";

/// Who changed the set-up of an office last.
///
/// # Errors
/// [`Error::Database`].
pub async fn set_up_by(connection: &mut Connection, office: OfficeId) -> Result<Option<UserId>> {
    let row = optional!(
        connection,
        (i64,),
        "select who from audit_entry where office_id = $1 and act like 'office.%' \
         and replace($2, ',' || act || ',', '') = $2 order by id desc limit 1",
        office.0,
        NO_SET_UP,
    )?;
    Ok(row.map(|(who,)| UserId::from_stored(who)))
}

fn written((id, at, who, act, kind, subject, details): Row) -> Result<Written> {
    Ok(Written {
        id,
        at: instant::from_stored(at)?,
        who: UserId::from_stored(who),
        act,
        subject: kind.zip(subject),
        details: serde_json::from_str(&details)?,
    })
}
