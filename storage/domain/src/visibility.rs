//! Visibility: what of an issue a person may read (DESIGN section 2).
//!
//! A number somebody may not see and a number that does not exist are answered alike; this module
//! only says which of the two it is not. Whoever only has a share is handed a [`SharedIssue`], which
//! holds nothing of the original: that it cannot slip through is for the compiler to see.

use crate::{
    audience::Destination,
    disclosure::{self, Disclosure},
    id::{AssociationId, IssueId, ProfessionId},
    issue::{Issue, Kind, Status},
    office::Office,
    person::{Person, Rank},
    speaker::Desk,
    tier::Tier,
};
use chrono::{DateTime, Utc};
use std::cmp::Reverse;

/// How much of an original a person reads.
#[derive(Clone, Copy, Debug)]
pub enum View {
    /// Everything, the speaker included.
    Desk(Desk),
    /// The wording as given and who raised it, never the speaker.
    Wording,
}

/// What a person reads of an issue.
#[derive(Clone, Debug)]
pub enum Seen {
    /// The original.
    Whole(Issue, View),
    /// What was shared with an audience the person belongs to.
    Shared(SharedIssue),
}

/// An issue as an audience knows it that was told of it: the shared wording, how far it has come, and
/// who raised it only where the disclosure names that. Never where it was said, whom it is about, the
/// note, who wrote it down, or when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharedIssue {
    /// The number people read as `#12`.
    pub id: IssueId,
    /// The revision of the issue.
    pub revision: i64,
    /// Issue or idea.
    pub kind: Kind,
    /// Where it can be solved.
    pub tier: Tier,
    /// How far it has come.
    pub status: Status,
    /// The fiscal year of [`Status::Later`].
    pub later_year: Option<i32>,
    /// The wording that was shared.
    pub wording: String,
    /// The association and the profession that raised it, where the disclosure names them.
    pub source: Option<(Option<AssociationId>, Option<ProfessionId>)>,
    /// The version of the disclosure.
    pub version: i64,
    /// When the disclosure was approved: what happened before is not this audience's to know.
    pub told_at: DateTime<Utc>,
    /// When the issue last changed.
    pub changed_at: DateTime<Utc>,
}

impl SharedIssue {
    /// What a disclosure tells of its issue. Whether it may be read is not asked here.
    #[must_use]
    pub fn of(issue: &Issue, disclosure: &Disclosure) -> Self {
        Self {
            id: issue.id,
            revision: issue.revision,
            kind: issue.kind,
            tier: issue.tier,
            status: issue.status,
            later_year: issue.later_year,
            wording: disclosure.wording.clone(),
            source: disclosure
                .names_source
                .then_some((issue.association, issue.profession)),
            version: disclosure.version,
            told_at: disclosure.decided_at.unwrap_or(disclosure.proposed_at),
            changed_at: issue.changed_at,
        }
    }
}

impl Seen {
    /// The issue's number.
    #[must_use]
    pub fn id(&self) -> IssueId {
        match self {
            Self::Whole(issue, _) => issue.id,
            Self::Shared(shared) => shared.id,
        }
    }
}

/// What a person may read of an issue; the original goes no further than here for those who may not.
///
/// - coordinators: everything;
/// - who wrote it down: the wording;
/// - officers and contacts of the association that raised it, and its members where the talk is open
///   to them: the wording;
/// - everybody in the audience of a channel where the original wording stands (said openly, passed
///   on, waiting at the desk): the wording;
/// - everybody in the audience of an approved disclosure: what it says; of several the narrowest
///   counts, then the newest;
/// - everybody else, and everybody once the issue was taken back: nothing.
#[must_use]
pub fn view(
    issue: Issue,
    disclosures: &[Disclosure],
    person: &Person,
    office: &Office,
) -> Option<Seen> {
    if issue.retracted {
        return None;
    }
    if let Some(view) = original(&issue, disclosures, person, office) {
        return Some(Seen::Whole(issue, view));
    }
    let told = told(disclosures, person, office)?;
    Some(Seen::Shared(SharedIssue::of(&issue, told)))
}

/// How much of the original a person reads.
fn original(
    issue: &Issue,
    disclosures: &[Disclosure],
    person: &Person,
    office: &Office,
) -> Option<View> {
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
    [issue.destination, Destination::Desk]
        .into_iter()
        .filter(|place| place.is_for(person, office))
        .any(|place| disclosure::is_read_at(issue, disclosures, place))
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

/// The disclosure a person reads by: the narrowest whose audience the person belongs to, of equally
/// narrow ones the newest.
fn told<'a>(
    disclosures: &'a [Disclosure],
    person: &Person,
    office: &Office,
) -> Option<&'a Disclosure> {
    disclosures
        .iter()
        .filter(|disclosure| disclosure.is_approved())
        .filter(|disclosure| disclosure.audience.includes(person, office))
        .min_by_key(|disclosure| {
            let newest_first = Reverse(disclosure.version);
            (disclosure.audience.width(office), newest_first)
        })
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
            categories: Vec::new(),
            circles: Vec::new(),
            channels: vec![(Use::Tier3, region)],
            roles: vec![
                (Capacity::Coordinator, bound(COORDINATORS)),
                (Capacity::Adviser, bound(ADVISERS)),
                (Capacity::Observer, bound(OBSERVERS)),
            ],
            stopped: Vec::new(),
            accepted: Vec::new(),
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
            kept_private: false,
            retracted: false,
            categories: Vec::new(),
            session: None,
            merged_into: None,
            destination,
        }
    }

    fn reads(office: &Office, issue: &Issue, user: UserId, roles: &[RoleId]) -> &'static str {
        let person = office.person(user, roles, true);
        match view(issue.clone(), &[], &person, office) {
            Some(Seen::Whole(_, View::Desk(_))) => "everything",
            Some(Seen::Whole(_, View::Wording)) => "wording",
            Some(Seen::Shared(_)) => "shared",
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
