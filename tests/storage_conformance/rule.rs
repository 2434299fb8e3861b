//! Rules: on or off for an association, and each row known by its number.

use crate::town::{COORDINATOR, Town, morning, store_association};
use domain::{
    id::{AssociationId, RuleId},
    rule::RuleAssociation,
};
use storage::{Conflict, Error, rule};

impl Town {
    async fn switch_rule(
        &self,
        association: i64,
        active: bool,
    ) -> storage::Result<(Option<RuleAssociation>, RuleAssociation)> {
        let office = self.office;
        change!(self.store, |tx| {
            let of = (
                "care-management",
                "plan-notification",
                AssociationId(association),
            );
            rule::switch(tx, office, of, active, (COORDINATOR, morning())).await
        })
    }
}

on_both! {
    async fn a_rule_is_switched_on_and_off(town) {
        let office = town.office;
        let pharmacists = store_association(&town.store, office, "薬剤師会").await;
        let (before, on) = town.switch_rule(pharmacists.0, true).await.expect("switched");
        assert_eq!((before, on.id, on.revision, on.active), (None, RuleId(1), 1, true));
        let active = look!(town.store, |connection| rule::all_active(connection, office).await);
        assert_eq!(active, std::slice::from_ref(&on));
        let (before, off) = town.switch_rule(pharmacists.0, false).await.expect("switched");
        assert_eq!(before.as_ref(), Some(&on));
        assert_eq!((off.id, off.revision, off.active), (RuleId(1), 2, false));
        let active = look!(town.store, |connection| rule::all_active(connection, office).await);
        assert_eq!(active, []);
        let found = look!(town.store, |connection| rule::find(connection, office, RuleId(1)).await);
        assert_eq!(found, Some(off));
        let nowhere = town.switch_rule(99, true).await;
        assert!(matches!(nowhere, Err(Error::Conflict(Conflict::Missing))), "{nowhere:?}");
    }
}
