//! What hinders a delivery, in the words in which storage keeps it: codes and ids.

use super::proof::Hindrance;
use domain::{audience::Drift, stoppage::Reason};
use std::fmt::Display;
use storage::stoppage::Cause;

/// Why a channel does not hold.
pub(super) fn of_channel(hindrance: &Hindrance) -> Cause {
    let details = match hindrance {
        Hindrance::Drift(Drift::Roles(roles) | Drift::SelfAssigned(roles)) => named("role", roles),
        Hindrance::Drift(Drift::Members(members)) => named("member", members),
        Hindrance::Drift(Drift::Unbound | Drift::UnknownChannel | Drift::Everyone)
        | Hindrance::Kind
        | Hindrance::Permission(_) => Vec::new(),
    };
    Cause {
        details,
        ..of_code(hindrance.code())
    }
}

/// Why Discord will not take something.
pub(super) fn of_code(code: &str) -> Cause {
    Cause {
        code: code.to_owned(),
        widens: Reason::of(code).widens(),
        details: Vec::new(),
    }
}

fn named<T: Display>(kind: &str, ids: impl IntoIterator<Item = T>) -> Vec<String> {
    ids.into_iter().map(|id| format!("{kind}:{id}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::id::RoleId;
    use std::collections::BTreeSet;

    #[test]
    fn who_can_see_too_much_is_kept_by_id() {
        let roles = BTreeSet::from([RoleId(7), RoleId(5)]);
        let cause = of_channel(&Hindrance::Drift(Drift::Roles(roles)));
        assert_eq!((cause.code.as_str(), cause.widens), ("drift-roles", true));
        assert_eq!(cause.details, ["role:5", "role:7"]);
        let cause = of_channel(&Hindrance::Permission("permission-send-messages"));
        assert_eq!((cause.widens, cause.details.len()), (false, 0));
        assert!(!of_code("discord-50013").widens);
    }
}
