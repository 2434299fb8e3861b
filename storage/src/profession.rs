//! Professions (職種) of an office and the other words texts use for them.

use crate::{
    counter::{self, Noun},
    error::{Conflict, Result},
    link::{Connection, Transaction, all, optional, run},
    office,
};
use domain::{
    id::{OfficeId, ProfessionId},
    office::Profession,
    text::fold,
};
use std::collections::BTreeMap;

/// Adds a profession, or replaces the aliases of the one with this name (width and case do not count;
/// the name is kept as written last).
///
/// # Errors
/// [`Conflict::Missing`] when there is no such office.
pub async fn put(
    tx: &mut Transaction,
    office: OfficeId,
    name: &str,
    aliases: &[String],
) -> Result<ProfessionId> {
    office::touch(tx, office).await?;
    let name = name.trim();
    let folded = fold(name);
    let known = optional!(
        tx,
        (i64,),
        "select id from profession where office_id = $1 and folded_name = $2",
        office.0,
        &folded,
    )?;
    let id = match known {
        Some((id,)) => {
            run!(
                tx,
                "update profession set name = $3 where office_id = $1 and id = $2",
                office.0,
                id,
                name,
            )?;
            run!(
                tx,
                "delete from profession_alias where office_id = $1 and profession_id = $2",
                office.0,
                id,
            )?;
            id
        }
        None => {
            let id = counter::next(tx, office, Noun::Profession).await?;
            run!(
                tx,
                "insert into profession (office_id, id, name, folded_name) values ($1, $2, $3, $4)",
                office.0,
                id,
                name,
                &folded,
            )?;
            id
        }
    };
    for (position, alias) in (0_i64..).zip(aliases) {
        run!(
            tx,
            "insert into profession_alias (office_id, profession_id, position, alias) \
             values ($1, $2, $3, $4)",
            office.0,
            id,
            position,
            alias,
        )?;
    }
    Ok(ProfessionId(id))
}

/// Removes a profession that nothing refers to.
///
/// # Errors
/// [`Conflict::InUse`] when an association or an issue refers to it, [`Conflict::Missing`] when there
/// is none.
pub async fn remove(
    tx: &mut Transaction,
    office: OfficeId,
    profession: ProfessionId,
) -> Result<()> {
    office::touch(tx, office).await?;
    let removed = run!(
        tx,
        "delete from profession where office_id = $1 and id = $2",
        office.0,
        profession.0,
    )
    .map_err(|error| error.naming(Conflict::InUse, Conflict::InUse))?;
    if removed == 0 {
        Err(Conflict::Missing.into())
    } else {
        Ok(())
    }
}

/// All professions of an office in the order of their ids.
pub(crate) async fn of(connection: &mut Connection, office: OfficeId) -> Result<Vec<Profession>> {
    let words = all!(
        connection,
        (i64, String),
        "select profession_id, alias from profession_alias where office_id = $1 \
         order by profession_id, position",
        office.0
    )?;
    let mut aliases: BTreeMap<i64, Vec<String>> = BTreeMap::new();
    for (id, alias) in words {
        aliases.entry(id).or_default().push(alias);
    }
    let rows = all!(
        connection,
        (i64, String),
        "select id, name from profession where office_id = $1 order by id",
        office.0
    )?;
    Ok(rows
        .into_iter()
        .map(|(id, name)| Profession {
            id: ProfessionId(id),
            name,
            aliases: aliases.remove(&id).unwrap_or_default(),
        })
        .collect())
}
