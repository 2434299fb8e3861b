//! Who may know of a memo (登録したリマインダー): it belongs to its place (decision 0038).

use super::{Allowed, Model, People};
use domain::{audience::Destination, memo::Memo};

impl Model<'_> {
    /// Whoever may write one for its place may know of it; where it is said everybody of the place reads
    /// it.
    pub(crate) fn of_memo(&self, memo: &Memo) -> Allowed {
        let mut allowed = self.allowed(self.may_remind(memo.destination));
        allowed.posted.extend(self.place(memo.destination));
        allowed
    }

    /// Who may write, see and stop memos of a place: the desk everywhere, officers and contacts in the
    /// talk of their own association.
    pub(crate) fn may_remind(&self, place: Destination) -> People {
        let mut people = self.coordinators();
        if let Destination::Tier1(id) = place {
            people.extend(self.leads(id));
        }
        people
    }
}
