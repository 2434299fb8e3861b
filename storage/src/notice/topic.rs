//! Topics (話題) of notices: a list of names that grows as notices are written down.

use crate::{
    counter::{self, Noun},
    error::{Conflict, Result},
    link::{Connection, Transaction, all, one, optional, run},
};
use domain::{
    id::{OfficeId, TopicId},
    notice::{TOPICS_MAX, Topic},
    text::fold,
};

/// The topic of this name, made where there is none; width, case, spaces and punctuation do not tell topics
/// apart.
///
/// # Errors
/// [`Conflict::Missing`] when there is no such office, [`Conflict::Full`] when it has [`TOPICS_MAX`].
pub async fn ensure(tx: &mut Transaction, office: OfficeId, name: &str) -> Result<Topic> {
    if let Some(topic) = named(tx, office, name).await? {
        return Ok(topic);
    }
    let (there,) = one!(
        tx,
        (i64,),
        "select count(*) from topic where office_id = $1",
        office.0,
    )?;
    if there >= TOPICS_MAX {
        return Err(Conflict::Full.into());
    }
    let id = counter::next(tx, office, Noun::Topic).await?;
    run!(
        tx,
        "insert into topic (office_id, id, name, folded) values ($1, $2, $3, $4)",
        office.0,
        id,
        name,
        folded(name),
    )
    .map_err(|error| error.naming(Conflict::NameTaken, Conflict::Missing))?;
    Ok(Topic {
        id: TopicId(id),
        name: name.to_owned(),
    })
}

/// The topic of this name.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn named(
    connection: &mut Connection,
    office: OfficeId,
    name: &str,
) -> Result<Option<Topic>> {
    let row = optional!(
        connection,
        (i64, String),
        "select id, name from topic where office_id = $1 and folded = $2",
        office.0,
        folded(name),
    )?;
    Ok(row.map(read))
}

/// The topics of the office, in the order in which they were made; at most [`TOPICS_MAX`].
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn list(connection: &mut Connection, office: OfficeId) -> Result<Vec<Topic>> {
    let rows = all!(
        connection,
        (i64, String),
        "select id, name from topic where office_id = $1 order by id limit $2",
        office.0,
        TOPICS_MAX,
    )?;
    Ok(rows.into_iter().map(read).collect())
}

fn read((id, name): (i64, String)) -> Topic {
    Topic {
        id: TopicId(id),
        name,
    }
}

/// The letters of a name; all of it where there is no letter.
fn folded(name: &str) -> String {
    let all = fold(name.trim());
    let letters: String = all.chars().filter(|c| c.is_alphanumeric()).collect();
    if letters.is_empty() { all } else { letters }
}
