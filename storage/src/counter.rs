//! Numbers per noun and office: 1, 2, 3 … without a gap among what was committed, but for nouns whose
//! numbers nobody sees ([`expect`]).

use crate::{
    error::Result,
    link::{Transaction, one, run},
};
use domain::id::OfficeId;
use std::ops::RangeInclusive;

/// The nouns that are numbered per office.
#[derive(Clone, Copy, PartialEq, Eq)]
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

/// Numbers of a noun that a transaction has taken and not given yet.
pub(crate) struct Numbers {
    office: OfficeId,
    noun: Noun,
    left: RangeInclusive<i64>,
}

/// Takes so many numbers at once for the next ones of this transaction. Those nobody asks for are never
/// given: only for what nobody counts.
pub(crate) async fn expect(
    tx: &mut Transaction,
    office: OfficeId,
    noun: Noun,
    numbers: usize,
) -> Result<()> {
    let count = i64::try_from(numbers).unwrap_or(i64::MAX);
    let last = advance(tx, office, noun, count).await?;
    tx.numbers.push(Numbers {
        office,
        noun,
        left: last - count + 1..=last,
    });
    Ok(())
}

/// Passes over numbers after the latest one that [`several`] gave.
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

/// So many numbers of a noun in a row, after all that were ever taken; the first of them. As [`next`].
pub(crate) async fn several(
    tx: &mut Transaction,
    office: OfficeId,
    noun: Noun,
    numbers: usize,
) -> Result<i64> {
    let count = i64::try_from(numbers).unwrap_or(i64::MAX);
    let last = advance(tx, office, noun, count).await?;
    Ok(last - count + 1)
}

/// The next number of a noun; [`crate::Conflict::Missing`] when there is no such office.
pub(crate) async fn next(tx: &mut Transaction, office: OfficeId, noun: Noun) -> Result<i64> {
    let mut taken = tx.numbers.iter_mut();
    let known = taken.find_map(|numbers| {
        let fits = numbers.office == office && numbers.noun == noun;
        fits.then(|| numbers.left.next()).flatten()
    });
    match known {
        Some(number) => Ok(number),
        None => advance(tx, office, noun, 1).await,
    }
}

/// Counts on by so many numbers; the last of them.
async fn advance(tx: &mut Transaction, office: OfficeId, noun: Noun, count: i64) -> Result<i64> {
    let (value,) = one!(
        tx,
        (i64,),
        "insert into office_counter (office_id, noun, value) values ($1, $2, $3) \
         on conflict (office_id, noun) do update set value = office_counter.value + excluded.value \
         returning value",
        office.0,
        noun.code(),
        count,
    )
    .map_err(|error| error.naming(crate::Conflict::Missing, crate::Conflict::Missing))?;
    Ok(value)
}
