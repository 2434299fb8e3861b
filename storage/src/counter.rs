//! Numbers per noun and office: 1, 2, 3 … without a gap among what was committed.

use crate::{
    error::Result,
    link::{Transaction, one, run},
};
use domain::id::OfficeId;

/// The nouns that are numbered per office.
#[derive(Clone, Copy)]
pub(crate) enum Noun {
    Association,
    Audit,
    Bulletin,
    Category,
    Circle,
    Deletion,
    Departure,
    Draft,
    Feed,
    Feedback,
    Fund,
    History,
    Import,
    Issue,
    KeyPerson,
    Matching,
    Memo,
    Notice,
    Outbox,
    OutboxSequence,
    Petition,
    Profession,
    Project,
    Record,
    Reminder,
    Review,
    Rule,
    Session,
    Stoppage,
    Target,
    Task,
    Topic,
}

domain::codes!(Noun {
    Association = "association",
    Audit = "audit",
    Bulletin = "bulletin",
    Category = "category",
    Circle = "circle",
    Deletion = "deletion",
    Departure = "departure",
    Draft = "draft",
    Feed = "feed",
    Feedback = "feedback",
    Fund = "fund",
    History = "history",
    Import = "import",
    Issue = "issue",
    KeyPerson = "key_person",
    Matching = "matching",
    Memo = "memo",
    Notice = "notice",
    Outbox = "outbox",
    OutboxSequence = "outbox_sequence",
    Petition = "petition",
    Profession = "profession",
    Project = "project",
    Record = "record",
    Reminder = "reminder",
    Review = "review",
    Rule = "rule",
    Session = "session",
    Stoppage = "stoppage",
    Target = "target",
    Task = "task",
    Topic = "topic",
});

/// Passes over numbers that were given after the latest one.
pub(crate) async fn pass(
    tx: &mut Transaction,
    office: OfficeId,
    noun: Noun,
    numbers: u64,
) -> Result<()> {
    run!(
        tx,
        "update office_counter set value = value + $3 where office_id = $1 and noun = $2",
        office.0,
        noun.code(),
        i64::try_from(numbers).unwrap_or(i64::MAX),
    )?;
    Ok(())
}

/// So many numbers of a noun in a row; the first of them. As [`next`].
pub(crate) async fn several(
    tx: &mut Transaction,
    office: OfficeId,
    noun: Noun,
    numbers: usize,
) -> Result<i64> {
    let first = next(tx, office, noun).await?;
    let more = u64::try_from(numbers).unwrap_or(u64::MAX).saturating_sub(1);
    pass(tx, office, noun, more).await?;
    Ok(first)
}

/// The next number of a noun; [`crate::Conflict::Missing`] when there is no such office.
pub(crate) async fn next(tx: &mut Transaction, office: OfficeId, noun: Noun) -> Result<i64> {
    let (value,) = one!(
        tx,
        (i64,),
        "insert into office_counter (office_id, noun, value) values ($1, $2, 1) \
         on conflict (office_id, noun) do update set value = office_counter.value + 1 \
         returning value",
        office.0,
        noun.code(),
    )
    .map_err(|error| error.naming(crate::Conflict::Missing, crate::Conflict::Missing))?;
    Ok(value)
}
