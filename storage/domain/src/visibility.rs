//! Visibility: what of an issue a person may read (DESIGN section 2).
//!
//! A number somebody may not see and a number that does not exist are answered alike; this module
//! only says which of the two it is not.

use crate::{
    issue::Issue,
    office::Office,
    person::{Person, Rank},
    speaker::Desk,
};

/// How much of an issue a person reads.
#[derive(Clone, Copy, Debug)]
pub enum View {
    /// Everything, the speaker included.
    Desk(Desk),
    /// The wording as given and who raised it, never the speaker.
    Wording,
}

/// What a person may read of an issue.
///
/// - coordinators: everything;
/// - who wrote it down: the wording;
/// - officers and contacts of the association that raised it, and its members where the talk is open
///   to them: the wording;
/// - everybody in the audience of the channel where the original wording stands (said openly, or
///   passed on): the wording;
/// - everybody else: nothing.
#[must_use]
pub fn view(issue: &Issue, person: &Person, office: &Office) -> Option<View> {
    if let Some(desk) = person.desk() {
        return Some(View::Desk(desk));
    }
    if issue.reporter == person.user && person.may_add() {
        return Some(View::Wording);
    }
    if let Some(raised_by) = issue.association
        && let Some(rank) = person.rank_in(raised_by)
        && talk_reads(issue, rank, office)
    {
        return Some(View::Wording);
    }
    issue
        .destination
        .is_for(person, office)
        .then_some(View::Wording)
}

/// What an association said to the desk is its officers' and contacts' to see as well; members see
/// what their association's talk is open to.
fn talk_reads(issue: &Issue, rank: Rank, office: &Office) -> bool {
    issue
        .association
        .and_then(|id| office.association(id))
        .is_some_and(|association| association.talks_with(rank))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        audience::Destination,
        id::{AssociationId, ChannelId, IssueId, OfficeId, RoleId, ServerId, UserId},
        issue::{Kind, Origin, Status, TierBy},
        office::{Association, Binding, Capacity, Derived, Talk, Use},
        setting::Settings,
        tier::Tier,
    };
    use chrono::DateTime;

    const OWN: AssociationId = AssociationId(1);
    const OTHER: AssociationId = AssociationId(2);
    const COORDINATORS: RoleId = RoleId(91);
    const ADVISERS: RoleId = RoleId(92);
    const OBSERVERS: RoleId = RoleId(93);
    const REPORTER: UserId = UserId(7);

    fn role(association: AssociationId, rank: Rank) -> RoleId {
        RoleId(association.0.unsigned_abs() * 10 + rank as u64)
    }

    fn office(talk: Talk) -> Office {
        let association = |id: AssociationId| Association {
            id,
            name: format!("団体{id}"),
            professions: Vec::new(),
            scopes: Vec::new(),
            channel: Some(ChannelId(id.0.unsigned_abs())),
            feedback: None,
            officers: Some(role(id, Rank::Officer)),
            contacts: Some(role(id, Rank::Contact)),
            members: Some(role(id, Rank::Member)),
            talk,
            fixed: false,
        };
        let bound = |to| Binding { to, fixed: false };
        let region = Binding {
            to: ChannelId(53),
            fixed: false,
        };
        Office {
            id: OfficeId(1),
            server: ServerId(1),
            revision: 1,
            settings: Settings::default(),
            professions: Vec::new(),
            associations: vec![association(OWN), association(OTHER)],
            circles: Vec::new(),
            channels: vec![(Use::Tier3, region)],
            roles: vec![
                (Capacity::Coordinator, bound(COORDINATORS)),
                (Capacity::Adviser, bound(ADVISERS)),
                (Capacity::Observer, bound(OBSERVERS)),
            ],
            stopped: Vec::new(),
            derived: Derived::default(),
        }
    }

    fn issue(destination: Destination) -> Issue {
        let now = DateTime::UNIX_EPOCH;
        Issue {
            id: IssueId(1),
            revision: 1,
            kind: Kind::Issue,
            origin: Origin::Meeting,
            tier: Tier::Two,
            tier_by: TierBy::Rules,
            status: Status::Open,
            later_year: None,
            measure_open: false,
            text: String::new(),
            note: None,
            profession: None,
            association: Some(OWN),
            about: Vec::new(),
            speaker: None,
            reporter: REPORTER,
            created_at: now,
            changed_at: now,
            passed_on: false,
            destination,
        }
    }

    fn reads(office: &Office, issue: &Issue, user: UserId, roles: &[RoleId]) -> &'static str {
        match view(issue, &office.person(user, roles, true), office) {
            Some(View::Desk(_)) => "everything",
            Some(View::Wording) => "wording",
            None => "nothing",
        }
    }

    #[test]
    fn what_was_said_in_confidence_is_for_the_talk_and_the_desk() {
        let somebody = UserId(1);
        for (who, user, roles, expected) in [
            ("coordinator", somebody, vec![COORDINATORS], "everything"),
            (
                "own officer",
                somebody,
                vec![role(OWN, Rank::Officer)],
                "wording",
            ),
            (
                "own contact",
                somebody,
                vec![role(OWN, Rank::Contact)],
                "wording",
            ),
            (
                "own member",
                somebody,
                vec![role(OWN, Rank::Member)],
                "nothing",
            ),
            (
                "member who wrote it down",
                REPORTER,
                vec![role(OWN, Rank::Member)],
                "wording",
            ),
            (
                "who wrote it down and has left",
                REPORTER,
                vec![],
                "nothing",
            ),
            (
                "other officer",
                somebody,
                vec![role(OTHER, Rank::Officer)],
                "nothing",
            ),
            (
                "adviser without a grant",
                somebody,
                vec![ADVISERS],
                "nothing",
            ),
            ("observer", somebody, vec![OBSERVERS], "nothing"),
            ("administrator without a role", somebody, vec![], "nothing"),
        ] {
            let found = reads(
                &office(Talk::Officers),
                &issue(Destination::Desk),
                user,
                &roles,
            );
            assert_eq!(found, expected, "{who}");
        }
    }

    #[test]
    fn members_read_along_where_the_office_opens_the_talk_to_them() {
        let member = [role(OWN, Rank::Member)];
        let found = reads(
            &office(Talk::Members),
            &issue(Destination::Desk),
            UserId(1),
            &member,
        );
        assert_eq!(found, "wording");
    }

    #[test]
    fn what_stands_in_the_region_is_for_everybody_the_office_knows() {
        let office = office(Talk::Officers);
        let open = issue(Destination::Tier3);
        for roles in [[ADVISERS], [OBSERVERS], [role(OTHER, Rank::Member)]] {
            assert_eq!(reads(&office, &open, UserId(1), &roles), "wording");
        }
        assert_eq!(reads(&office, &open, UserId(1), &[]), "nothing");
    }
}
