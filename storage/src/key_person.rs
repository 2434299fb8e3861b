//! Key persons (キーパーソン) as they are kept: name and note under seal, like speakers.

use crate::{
    counter::{self, Noun},
    error::{Conflict, Error, Result},
    instant,
    link::{Connection, Transaction, all, one, run},
    seal::{Place, Sealed},
};
use chrono::{DateTime, Utc};
use domain::{
    id::{AssociationId, KeyPersonId, OfficeId, UserId},
    key_person::{KeyPerson, PER_OFFICE_MAX},
};

/// Keeps a new key person and returns it with its number; its `id` is not looked at.
///
/// # Errors
/// [`Conflict::Full`] when the office has [`PER_OFFICE_MAX`] of them, [`Conflict::Missing`] when the office or the
/// association does not exist.
pub async fn insert(
    tx: &mut Transaction,
    office: OfficeId,
    person: &KeyPerson,
    who: UserId,
    now: DateTime<Utc>,
) -> Result<KeyPerson> {
    let (many,) = one!(
        tx,
        (i64,),
        "select count(*) from key_person where office_id = $1",
        office.0
    )?;
    if usize::try_from(many).is_ok_and(|many| many >= PER_OFFICE_MAX) {
        return Err(Conflict::Full.into());
    }
    let id = counter::next(tx, office, Noun::KeyPerson).await?;
    let Sealed { key, bytes } = person.sealed_with(|plain| tx.seal(place(office, id), plain))?;
    run!(
        tx,
        "insert into key_person (office_id, id, association_id, person, person_key, added_by, \
         changed_at) values ($1, $2, $3, $4, $5, $6, $7)",
        office.0,
        id,
        person.association.map(|association| association.0),
        bytes,
        key,
        who.to_stored(),
        instant::to_stored(now),
    )
    .map_err(missing)?;
    Ok(person.clone().numbered(KeyPersonId(id)))
}

/// Keeps a key person as changed.
///
/// # Errors
/// [`Conflict::Missing`] when there is none of the number, or no such association.
pub async fn update(
    tx: &mut Transaction,
    office: OfficeId,
    person: &KeyPerson,
    now: DateTime<Utc>,
) -> Result<()> {
    let id = person.id.0;
    let Sealed { key, bytes } = person.sealed_with(|plain| tx.seal(place(office, id), plain))?;
    let touched = run!(
        tx,
        "update key_person set association_id = $3, person = $4, person_key = $5, changed_at = $6 \
         where office_id = $1 and id = $2",
        office.0,
        id,
        person.association.map(|association| association.0),
        bytes,
        key,
        instant::to_stored(now),
    )
    .map_err(missing)?;
    if touched == 0 {
        return Err(Conflict::Missing.into());
    }
    Ok(())
}

/// Removes a key person; says whether there was one. Nothing of the name stays.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn remove(tx: &mut Transaction, office: OfficeId, person: KeyPersonId) -> Result<bool> {
    let removed = run!(
        tx,
        "delete from key_person where office_id = $1 and id = $2",
        office.0,
        person.0,
    )?;
    Ok(removed > 0)
}

/// All key persons of an office in the order of their numbers.
///
/// # Errors
/// [`Error::Sealed`] when one cannot be opened with the keys at hand.
pub async fn of(connection: &mut Connection, office: OfficeId) -> Result<Vec<KeyPerson>> {
    let rows = all!(
        connection,
        (i64, Option<i64>, Vec<u8>, String),
        "select id, association_id, person, person_key from key_person where office_id = $1 \
         order by id",
        office.0,
    )?;
    rows.into_iter()
        .map(|(id, association, bytes, key)| {
            let plain = connection.unseal(place(office, id), &key, &bytes)?;
            KeyPerson::opened(KeyPersonId(id), association.map(AssociationId), &plain)
                .ok_or(Error::Sealed)
        })
        .collect()
}

fn missing(error: Error) -> Error {
    error.naming(Conflict::Missing, Conflict::Missing)
}

fn place(office: OfficeId, record: i64) -> Place {
    Place {
        column: "key_person.person",
        office,
        record,
    }
}
