//! Associations (職能団体) of an office.

use crate::{
    binding::{self, Meaning},
    counter::{self, Noun},
    error::{Conflict, Error, Result},
    link::{Connection, Transaction, all, optional, run},
    office,
};
use domain::{
    audience::Destination,
    id::{AssociationId, ChannelId, OfficeId, ProfessionId, RoleId},
    office::{Association, Talk},
    person::Rank,
    text::fold,
};
use std::collections::BTreeMap;

/// Stores an association as given: a new one when its id is 0, otherwise in place of the one with
/// this id.
///
/// # Errors
/// [`Conflict::NameTaken`] when another one has the name (width and case do not count),
/// [`Conflict::ChannelTaken`] or [`Conflict::RoleTaken`] when one of its channels or roles has another
/// use (a fixed association takes them from what commands have bound them to),
/// [`Conflict::Missing`] when the id or one of the professions does not exist.
pub async fn put(
    tx: &mut Transaction,
    office: OfficeId,
    association: &Association,
) -> Result<AssociationId> {
    office::touch(tx, office).await?;
    let name = association.name.trim();
    let folded = fold(name);
    // Asked beforehand: a broken constraint would end the whole transaction on PostgreSQL.
    let namesake = optional!(
        tx,
        (i64,),
        "select id from association where office_id = $1 and folded_name = $2 and id <> $3",
        office.0,
        &folded,
        association.id.0,
    )?;
    if namesake.is_some() {
        return Err(Conflict::NameTaken.into());
    }
    let id = if association.id.0 == 0 {
        insert(tx, office, name, &folded).await?
    } else {
        association.id.0
    };
    take_all(tx, office, AssociationId(id), association).await?;
    let touched = run!(
        tx,
        "update association set name = $3, folded_name = $4, channel_id = $5, feedback_id = $6, \
         officers_id = $7, contacts_id = $8, members_id = $9, talk = $10, fixed = $11 \
         where office_id = $1 and id = $2",
        office.0,
        id,
        name,
        &folded,
        association.channel.map(ChannelId::to_stored),
        association.feedback.map(ChannelId::to_stored),
        association.officers.map(RoleId::to_stored),
        association.contacts.map(RoleId::to_stored),
        association.members.map(RoleId::to_stored),
        association.talk.code(),
        association.fixed,
    )
    .map_err(|error| error.naming(Conflict::NameTaken, Conflict::Missing))?;
    if touched == 0 {
        return Err(Conflict::Missing.into());
    }
    replace_lists(tx, office, id, association).await?;
    Ok(AssociationId(id))
}

/// Takes the channels and roles of an association for it.
async fn take_all(
    tx: &mut Transaction,
    office: OfficeId,
    id: AssociationId,
    association: &Association,
) -> Result<()> {
    let fixed = association.fixed;
    for (channel, destination) in [
        (association.channel, Destination::Tier1(id)),
        (association.feedback, Destination::Feedback(id)),
    ] {
        if let Some(channel) = channel {
            binding::take_channel(tx, office, channel, destination, fixed).await?;
        }
    }
    for role in Rank::ALL.iter().filter_map(|rank| association.role(*rank)) {
        binding::take_role(tx, office, role, Meaning::Association(id), fixed).await?;
    }
    Ok(())
}

async fn insert(tx: &mut Transaction, office: OfficeId, name: &str, folded: &str) -> Result<i64> {
    let id = counter::next(tx, office, Noun::Association).await?;
    run!(
        tx,
        "insert into association (office_id, id, name, folded_name, talk, fixed) \
         values ($1, $2, $3, $4, $5, false)",
        office.0,
        id,
        name,
        folded,
        Talk::default().code(),
    )
    .map_err(|error| error.naming(Conflict::NameTaken, Conflict::Missing))?;
    Ok(id)
}

async fn replace_lists(
    tx: &mut Transaction,
    office: OfficeId,
    id: i64,
    association: &Association,
) -> Result<()> {
    for sql in [
        "delete from association_profession where office_id = $1 and association_id = $2",
        "delete from association_scope where office_id = $1 and association_id = $2",
    ] {
        run!(tx, sql, office.0, id)?;
    }
    for (position, profession) in (0_i64..).zip(&association.professions) {
        run!(
            tx,
            "insert into association_profession \
             (office_id, association_id, position, profession_id) values ($1, $2, $3, $4)",
            office.0,
            id,
            position,
            profession.0,
        )
        .map_err(|error| error.naming(Conflict::Missing, Conflict::Missing))?;
    }
    for (position, scope) in (0_i64..).zip(&association.scopes) {
        run!(
            tx,
            "insert into association_scope (office_id, association_id, position, scope) \
             values ($1, $2, $3, $4)",
            office.0,
            id,
            position,
            scope,
        )?;
    }
    Ok(())
}

/// Removes an association that nothing refers to.
///
/// # Errors
/// [`Conflict::InUse`] when an issue or a circle refers to it, [`Conflict::Missing`] when there is none.
pub async fn remove(
    tx: &mut Transaction,
    office: OfficeId,
    association: AssociationId,
) -> Result<()> {
    office::touch(tx, office).await?;
    let removed = run!(
        tx,
        "delete from association where office_id = $1 and id = $2",
        office.0,
        association.0,
    )
    .map_err(|error| error.naming(Conflict::InUse, Conflict::InUse))?;
    if removed == 0 {
        Err(Conflict::Missing.into())
    } else {
        Ok(())
    }
}

/// One row: id, name, the five ids of Discord, talk, fixed.
type Row = (
    i64,
    String,
    Option<i64>,
    Option<i64>,
    Option<i64>,
    Option<i64>,
    Option<i64>,
    String,
    bool,
);

/// All associations of an office in the order of their ids.
pub(crate) async fn of(connection: &mut Connection, office: OfficeId) -> Result<Vec<Association>> {
    let mut professions = lists(all!(
        connection,
        (i64, i64),
        "select association_id, profession_id from association_profession where office_id = $1 \
         order by association_id, position",
        office.0
    )?);
    let mut scopes = lists(all!(
        connection,
        (i64, String),
        "select association_id, scope from association_scope where office_id = $1 \
         order by association_id, position",
        office.0
    )?);
    let rows = all!(
        connection,
        Row,
        "select id, name, channel_id, feedback_id, officers_id, contacts_id, members_id, talk, fixed \
         from association where office_id = $1 order by id",
        office.0
    )?;
    rows.into_iter()
        .map(
            |(id, name, channel, feedback, officers, contacts, members, talk, fixed)| {
                Ok(Association {
                    id: AssociationId(id),
                    name,
                    professions: professions
                        .remove(&id)
                        .unwrap_or_default()
                        .into_iter()
                        .map(ProfessionId)
                        .collect(),
                    scopes: scopes.remove(&id).unwrap_or_default(),
                    channel: channel.map(ChannelId::from_stored),
                    feedback: feedback.map(ChannelId::from_stored),
                    officers: officers.map(RoleId::from_stored),
                    contacts: contacts.map(RoleId::from_stored),
                    members: members.map(RoleId::from_stored),
                    talk: Talk::from_code(&talk).ok_or(Error::Unreadable("talk"))?,
                    fixed,
                })
            },
        )
        .collect()
}

/// Gathers rows `(owner, value)` per owner, keeping their order.
fn lists<T>(rows: Vec<(i64, T)>) -> BTreeMap<i64, Vec<T>> {
    let mut lists: BTreeMap<i64, Vec<T>> = BTreeMap::new();
    for (owner, value) in rows {
        lists.entry(owner).or_default().push(value);
    }
    lists
}
