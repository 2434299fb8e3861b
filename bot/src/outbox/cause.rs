//! What hinders a delivery, in the words in which storage keeps it: codes and ids.

use domain::{
    event::may_announce,
    proof::Hindrance,
    server::{Overseer, Server, drift::Drift},
    stoppage::Reason,
};
use std::fmt::Display;
use storage::stoppage::Cause;

/// Why a channel does not hold.
pub(super) fn of_channel(hindrance: &Hindrance) -> Cause {
    let details = match hindrance {
        Hindrance::Drift(Drift::Roles(roles)) => named("role", roles),
        Hindrance::Drift(Drift::SelfAssigned(roles)) => named("role", roles.keys()),
        Hindrance::Drift(Drift::Unaccepted(overseers)) => overseers.iter().map(seen_by).collect(),
        Hindrance::Drift(Drift::Members(members)) => named("member", members),
        Hindrance::Drift(
            Drift::Unbound | Drift::UnknownChannel | Drift::Everyone | Drift::Nobody,
        )
        | Hindrance::Kind
        | Hindrance::Permission(_) => Vec::new(),
    };
    Cause {
        details,
        ..of_code(hindrance.code())
    }
}

/// Why nothing of the server's list of events can be changed, if so.
pub(super) fn of_events(server: &Server) -> Option<Cause> {
    let code = Reason::PermissionCreateEvents.code();
    (!may_announce(server)).then(|| of_code(code))
}

/// Why Discord will not take something.
pub(super) fn of_code(code: &str) -> Cause {
    Cause {
        code: code.to_owned(),
        widens: Reason::of(code).widens(),
        details: Vec::new(),
    }
}

fn seen_by(overseer: &Overseer) -> String {
    let kind = match overseer {
        Overseer::Owner(_) | Overseer::Bot(..) => "member",
        Overseer::Administrators(_) => "role",
    };
    format!("{kind}:{}", overseer.id())
}

fn named<T: Display>(kind: &str, ids: impl IntoIterator<Item = T>) -> Vec<String> {
    ids.into_iter().map(|id| format!("{kind}:{id}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{
        id::{RoleId, UserId},
        proof::Permission,
    };
    use std::collections::BTreeSet;

    #[test]
    fn who_can_see_too_much_is_kept_by_id() {
        let roles = BTreeSet::from([RoleId(7), RoleId(5)]);
        let cause = of_channel(&Hindrance::Drift(Drift::Roles(roles)));
        assert_eq!((cause.code.as_str(), cause.widens), ("drift-roles", true));
        assert_eq!(cause.details, ["role:5", "role:7"]);
        let cause = of_channel(&Hindrance::Permission(Permission::SendMessages));
        assert_eq!((cause.widens, cause.details.len()), (false, 0));
        let overseers = BTreeSet::from([
            Overseer::Owner(UserId(9)),
            Overseer::Administrators(RoleId(5)),
            Overseer::Bot(UserId(8), RoleId(6)),
        ]);
        let cause = of_channel(&Hindrance::Drift(Drift::Unaccepted(overseers)));
        assert_eq!(cause.details, ["member:9", "role:5", "member:8"]);
        assert!(cause.widens);
        assert!(!of_code("discord-50013").widens);
    }
}
