//! Tier 2 circles of an office: a channel with its associations.

use crate::{
    binding,
    counter::{self, Noun},
    error::{Conflict, Result},
    link::{Connection, Transaction, all, optional, run},
    office,
};
use domain::{
    audience::Destination,
    id::{AssociationId, ChannelId, CircleId, OfficeId},
    office::Circle,
};
use std::collections::{BTreeMap, BTreeSet};

/// Makes a channel a circle of these associations, or replaces those of the circle it is. Where one joins,
/// the circle of before ends and this is another one: what was shared with that, and planned for it, was
/// not meant for whoever joins.
///
/// # Errors
/// [`Conflict::ChannelTaken`] when the channel has another use, [`Conflict::Missing`] when the office or
/// one of the associations does not exist.
pub async fn put(
    tx: &mut Transaction,
    office: OfficeId,
    channel: ChannelId,
    associations: &BTreeSet<AssociationId>,
    fixed: bool,
) -> Result<CircleId> {
    office::touch(tx, office).await?;
    let known = optional!(
        tx,
        (i64,),
        "select id from circle where office_id = $1 and channel_id = $2",
        office.0,
        channel.to_stored(),
    )?;
    let id = match known {
        Some((id,)) if members(tx, office, id).await?.is_superset(associations) => id,
        Some(_) => {
            remove(tx, office, channel).await?;
            counter::next(tx, office, Noun::Circle).await?
        }
        None => counter::next(tx, office, Noun::Circle).await?,
    };
    let circle = Destination::Tier2(CircleId(id));
    binding::take_channel(tx, office, channel, circle, fixed).await?;
    run!(
        tx,
        "insert into circle (office_id, id, channel_id, fixed) values ($1, $2, $3, $4) \
         on conflict (office_id, id) do update set fixed = excluded.fixed",
        office.0,
        id,
        channel.to_stored(),
        fixed,
    )?;
    run!(
        tx,
        "delete from circle_association where office_id = $1 and circle_id = $2",
        office.0,
        id,
    )?;
    for association in associations {
        run!(
            tx,
            "insert into circle_association (office_id, circle_id, association_id) \
             values ($1, $2, $3)",
            office.0,
            id,
            association.0,
        )
        .map_err(|error| error.naming(Conflict::Missing, Conflict::Missing))?;
    }
    Ok(CircleId(id))
}

async fn members(
    tx: &mut Transaction,
    office: OfficeId,
    circle: i64,
) -> Result<BTreeSet<AssociationId>> {
    let rows = all!(
        tx,
        (i64,),
        "select association_id from circle_association where office_id = $1 and circle_id = $2",
        office.0,
        circle,
    )?;
    Ok(rows.into_iter().map(|(id,)| AssociationId(id)).collect())
}

/// Gives a circle another channel; what was sent to it follows.
///
/// # Errors
/// [`Conflict::ChannelTaken`] when the channel has another use, [`Conflict::Missing`] when there is no
/// such circle.
pub async fn rebind(
    tx: &mut Transaction,
    office: OfficeId,
    circle: CircleId,
    channel: ChannelId,
) -> Result<()> {
    office::touch(tx, office).await?;
    binding::take_channel(tx, office, channel, Destination::Tier2(circle), false).await?;
    let moved = run!(
        tx,
        "update circle set channel_id = $3 where office_id = $1 and id = $2",
        office.0,
        circle.0,
        channel.to_stored(),
    )?;
    if moved == 0 {
        return Err(Conflict::Missing.into());
    }
    Ok(())
}

/// Ends the circle of a channel; says whether there was one. What was sent to it keeps its place in
/// the outbox.
///
/// # Errors
/// [`Conflict::Missing`] when there is no such office.
pub async fn remove(tx: &mut Transaction, office: OfficeId, channel: ChannelId) -> Result<bool> {
    office::touch(tx, office).await?;
    let removed = run!(
        tx,
        "delete from circle where office_id = $1 and channel_id = $2",
        office.0,
        channel.to_stored(),
    )?;
    Ok(removed > 0)
}

/// All circles of an office in the order of their ids.
pub(crate) async fn of(connection: &mut Connection, office: OfficeId) -> Result<Vec<Circle>> {
    let members = all!(
        connection,
        (i64, i64),
        "select circle_id, association_id from circle_association where office_id = $1",
        office.0
    )?;
    let mut associations: BTreeMap<i64, BTreeSet<AssociationId>> = BTreeMap::new();
    for (circle, association) in members {
        associations
            .entry(circle)
            .or_default()
            .insert(AssociationId(association));
    }
    let rows = all!(
        connection,
        (i64, i64, bool),
        "select id, channel_id, fixed from circle where office_id = $1 order by id",
        office.0
    )?;
    Ok(rows
        .into_iter()
        .map(|(id, channel, fixed)| Circle {
            id: CircleId(id),
            channel: ChannelId::from_stored(channel),
            associations: associations.remove(&id).unwrap_or_default(),
            fixed,
        })
        .collect())
}
