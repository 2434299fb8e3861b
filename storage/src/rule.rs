//! Rules (基準) as they are kept: which rule of which pack is on for which association. What a rule says is
//! shipped with the program; when something of it is said next is planned as an occurrence by whoever switches
//! it.

use crate::{
    counter::{self, Noun},
    error::{Conflict, Result},
    instant,
    link::{Connection, Transaction, all, optional, run},
};
use chrono::{DateTime, Utc};
use domain::{
    id::{AssociationId, OfficeId, RuleId, UserId},
    rule::RuleAssociation,
};

/// Most rows that are read at once: every rule of a few packs for every association.
pub const ROWS_MAX: i64 = 5_000;

/// Id, revision, pack, rule, association, active, who, made, changed.
type Row = (i64, i64, String, String, i64, bool, i64, i64, i64);

macro_rules! columns {
    () => {
        "id, revision, pack, rule, association_id, active, set_by, created_at, changed_at"
    };
}

/// Switches a rule on or off for an association, and returns it as it was before and as it is now. One that
/// was never on has no state before.
///
/// # Errors
/// [`Conflict::Missing`] when there is no such association.
pub async fn switch(
    tx: &mut Transaction,
    office: OfficeId,
    (pack, rule, association): (&str, &str, AssociationId),
    active: bool,
    (who, now): (UserId, DateTime<Utc>),
) -> Result<(Option<RuleAssociation>, RuleAssociation)> {
    let before = named(tx, office, (pack, rule, association)).await?;
    let id = match &before {
        Some(before) => {
            run!(
                tx,
                "update rule_association set revision = revision + 1, active = $3, set_by = $4, \
                 changed_at = $5 where office_id = $1 and id = $2",
                office.0,
                before.id.0,
                active,
                who.to_stored(),
                instant::to_stored(now),
            )?;
            before.id
        }
        None => {
            let id = counter::next(tx, office, Noun::Rule).await?;
            run!(
                tx,
                "insert into rule_association (office_id, id, revision, pack, rule, association_id, \
                 active, set_by, created_at, changed_at) values ($1, $2, 1, $3, $4, $5, $6, $7, $8, $8)",
                office.0,
                id,
                pack,
                rule,
                association.0,
                active,
                who.to_stored(),
                instant::to_stored(now),
            )
            .map_err(|error| error.naming(Conflict::Missing, Conflict::Missing))?;
            RuleId(id)
        }
    };
    let after = find(tx, office, id).await?.ok_or(Conflict::Missing)?;
    Ok((before, after))
}

/// The row of a number, on or off.
///
/// # Errors
/// [`crate::Error::Unreadable`] when an instant cannot be one.
pub async fn find(
    connection: &mut Connection,
    office: OfficeId,
    rule: RuleId,
) -> Result<Option<RuleAssociation>> {
    let row = optional!(
        connection,
        Row,
        concat!(
            "select ",
            columns!(),
            " from rule_association where office_id = $1 and id = $2"
        ),
        office.0,
        rule.0,
    )?;
    row.map(read).transpose()
}

async fn named(
    connection: &mut Connection,
    office: OfficeId,
    (pack, rule, association): (&str, &str, AssociationId),
) -> Result<Option<RuleAssociation>> {
    let row = optional!(
        connection,
        Row,
        concat!(
            "select ",
            columns!(),
            " from rule_association \
             where office_id = $1 and pack = $2 and rule = $3 and association_id = $4"
        ),
        office.0,
        pack,
        rule,
        association.0,
    )?;
    row.map(read).transpose()
}

/// Every rule that is on, in the order of its numbers; at most [`ROWS_MAX`].
///
/// # Errors
/// As [`find`].
pub async fn all_active(
    connection: &mut Connection,
    office: OfficeId,
) -> Result<Vec<RuleAssociation>> {
    let rows = all!(
        connection,
        Row,
        concat!(
            "select ",
            columns!(),
            " from rule_association where office_id = $1 and active order by id limit $2"
        ),
        office.0,
        ROWS_MAX,
    )?;
    rows.into_iter().map(read).collect()
}

fn read(row: Row) -> Result<RuleAssociation> {
    let (id, revision, pack, rule, association, active, who, made, changed) = row;
    Ok(RuleAssociation {
        id: RuleId(id),
        revision,
        pack,
        rule,
        association: AssociationId(association),
        active,
        set_by: UserId::from_stored(who),
        created_at: instant::from_stored(made)?,
        changed_at: instant::from_stored(changed)?,
    })
}
