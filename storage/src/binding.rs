//! Bindings: a channel has one use, a role has one meaning.
//!
//! Commands look at the set-up beforehand, to refuse with words; two of them at once see only each
//! other's past, so it is looked at again in the transaction. What the configuration file sets wins:
//! it takes its channels and roles from what commands have bound them to.

use crate::{
    error::{Conflict, Error, Result},
    link::{Transaction, all, run},
};
use domain::{
    audience::Destination,
    id::{AssociationId, ChannelId, OfficeId, RoleId},
    office::Capacity,
};

/// What a role makes of whoever carries it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// Somebody of the office.
    Capacity(Capacity),
    /// Somebody of an association, whatever the rank.
    Association(AssociationId),
}

/// The uses of a channel, each with whether the configuration file says so.
const USES: &str = "select used_for, fixed from office_channel where office_id = $1 and channel_id = $2 \
     union all select 'tier2:' || id, fixed from circle where office_id = $1 and channel_id = $2 \
     union all select 'tier1:' || id, fixed from association where office_id = $1 and channel_id = $2 \
     union all select 'feedback:' || id, fixed from association \
     where office_id = $1 and feedback_id = $2";

/// The channel bound in office `$1` to the destination of the code `$2`, or none; `$3` is the number of its
/// circle or association ([`number_of`]), so that the others of the office are not looked at.
macro_rules! bound {
    () => {
        "(select channel_id from office_channel where office_id = $1 and used_for = $2 \
         union all select channel_id from circle \
         where office_id = $1 and id = $3 and 'tier2:' || id = $2 \
         union all select channel_id from association \
         where office_id = $1 and id = $3 and 'tier1:' || id = $2 and channel_id is not null \
         union all select feedback_id from association \
         where office_id = $1 and id = $3 and 'feedback:' || id = $2 and feedback_id is not null)"
    };
}

pub(crate) use bound;

/// The number of the circle or association a destination is of; 0 for others.
pub(crate) fn number_of(destination: Destination) -> i64 {
    match destination {
        Destination::Tier2(circle) => circle.0,
        Destination::Tier1(association) | Destination::Feedback(association) => association.0,
        _ => 0,
    }
}

/// Sees to it that a channel has no other use than this. An association's talk and its feedback may
/// share one.
///
/// # Errors
/// [`Conflict::ChannelTaken`] when it has, unless the configuration file asks for it.
pub(crate) async fn take_channel(
    tx: &mut Transaction,
    office: OfficeId,
    channel: ChannelId,
    wanted: Destination,
    fixed: bool,
) -> Result<()> {
    let uses = all!(tx, (String, bool), USES, office.0, channel.to_stored())?;
    for (code, kept) in uses {
        let used = Destination::from_code(&code).ok_or(Error::Unreadable("destination"))?;
        if used == wanted || one_association(used, wanted) {
            continue;
        }
        match (fixed, kept) {
            (false, _) => return Err(Conflict::ChannelTaken.into()),
            // The file gives it two uses; that is the file's matter.
            (true, true) => {}
            (true, false) => leave(tx, office, used).await?,
        }
    }
    Ok(())
}

fn one_association(one: Destination, other: Destination) -> bool {
    let of = |destination| match destination {
        Destination::Tier1(id) | Destination::Feedback(id) => Some(id),
        _ => None,
    };
    of(one).is_some() && of(one) == of(other)
}

/// Takes a use its channel away.
async fn leave(tx: &mut Transaction, office: OfficeId, used: Destination) -> Result<()> {
    let (sql, id) = match used {
        Destination::Tier1(id) => (
            "update association set channel_id = null where office_id = $1 and id = $2",
            id.0,
        ),
        Destination::Feedback(id) => (
            "update association set feedback_id = null where office_id = $1 and id = $2",
            id.0,
        ),
        Destination::Tier2(id) => ("delete from circle where office_id = $1 and id = $2", id.0),
        // No channel was ever bound to it.
        Destination::Event => return Ok(()),
        Destination::Desk | Destination::Tier3 | Destination::Progress | Destination::Notice => {
            run!(
                tx,
                "delete from office_channel where office_id = $1 and used_for = $2",
                office.0,
                used.code(),
            )?;
            return Ok(());
        }
    };
    run!(tx, sql, office.0, id)?;
    Ok(())
}

/// Sees to it that a role means nothing else than this. What an association means by its roles is its
/// own matter: it may swap them.
///
/// # Errors
/// [`Conflict::RoleTaken`] when it does, unless the configuration file asks for it.
pub(crate) async fn take_role(
    tx: &mut Transaction,
    office: OfficeId,
    role: RoleId,
    wanted: Meaning,
    fixed: bool,
) -> Result<()> {
    let capacities = all!(
        tx,
        (String, bool),
        "select capacity, fixed from office_role where office_id = $1 and role_id = $2",
        office.0,
        role.to_stored(),
    )?;
    for (code, kept) in capacities {
        let capacity = Capacity::from_code(&code).ok_or(Error::Unreadable("capacity"))?;
        if wanted == Meaning::Capacity(capacity) {
            continue;
        }
        if !fixed {
            return Err(Conflict::RoleTaken.into());
        }
        if !kept {
            run!(
                tx,
                "delete from office_role where office_id = $1 and capacity = $2",
                office.0,
                code,
            )?;
        }
    }
    let associations = all!(
        tx,
        (i64, bool),
        "select id, fixed from association where office_id = $1 \
         and (officers_id = $2 or contacts_id = $2 or members_id = $2)",
        office.0,
        role.to_stored(),
    )?;
    for (id, kept) in associations {
        if wanted == Meaning::Association(AssociationId(id)) {
            continue;
        }
        if !fixed {
            return Err(Conflict::RoleTaken.into());
        }
        if !kept {
            run!(
                tx,
                "update association set \
                 officers_id = case when officers_id = $3 then null else officers_id end, \
                 contacts_id = case when contacts_id = $3 then null else contacts_id end, \
                 members_id = case when members_id = $3 then null else members_id end \
                 where office_id = $1 and id = $2",
                office.0,
                id,
                role.to_stored(),
            )?;
        }
    }
    Ok(())
}
