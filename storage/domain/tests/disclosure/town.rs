//! A small office to try the rules on: four associations, two circles, people of every kind.

use chrono::{DateTime, TimeDelta};
use domain::{
    audience::Destination,
    disclosure::{Audience, Disclosure, Group, State},
    id::{
        AssociationId, ChannelId, CircleId, IssueId, OfficeId, ProfessionId, RoleId, ServerId,
        UserId,
    },
    issue::{Issue, Kind, Origin, Status, TierBy},
    office::{Association, Binding, Capacity, Circle, Derived, Office, Profession, Talk, Use},
    person::{Person, Rank},
    setting::Settings,
    tier::Tier,
};

/// 薬剤師会
pub(crate) const PHARMACISTS: AssociationId = AssociationId(1);
/// 病院連携室
pub(crate) const HOSPITAL: AssociationId = AssociationId(2);
/// 介護支援専門員連絡協議会
pub(crate) const CARE_MANAGERS: AssociationId = AssociationId(3);
/// 歯科医師会: in no circle, and without a channel.
pub(crate) const DENTISTS: AssociationId = AssociationId(4);
/// A profession no association speaks for.
pub(crate) const NOBODYS: ProfessionId = ProfessionId(9);

/// 薬剤師会, 病院連携室, 介護支援専門員連絡協議会.
pub(crate) const WIDE: Audience = Audience::Circle(CircleId(1));
/// 病院連携室, 介護支援専門員連絡協議会.
pub(crate) const CLOSE: Audience = Audience::Circle(CircleId(2));

const COORDINATORS: RoleId = RoleId(91);
const ADVISERS: RoleId = RoleId(92);
const OBSERVERS: RoleId = RoleId(93);

pub(crate) fn all_of(association: AssociationId) -> Audience {
    Audience::Association(association, Group::Everyone)
}

pub(crate) fn officers_of(association: AssociationId) -> Audience {
    Audience::Association(association, Group::Officers)
}

pub(crate) fn contacts_of(association: AssociationId) -> Audience {
    Audience::Association(association, Group::Contacts)
}

pub(crate) fn role(association: AssociationId, rank: Rank) -> RoleId {
    RoleId(association.0.unsigned_abs() * 10 + rank as u64)
}

fn association(id: AssociationId, channel: Option<u64>) -> Association {
    Association {
        id,
        name: format!("団体{id}"),
        professions: vec![ProfessionId(id.0)],
        scopes: Vec::new(),
        channel: channel.map(ChannelId),
        feedback: None,
        officers: Some(role(id, Rank::Officer)),
        contacts: Some(role(id, Rank::Contact)),
        members: Some(role(id, Rank::Member)),
        talk: Talk::Officers,
        fixed: false,
    }
}

fn circle(id: i64, associations: &[AssociationId]) -> Circle {
    Circle {
        id: CircleId(id),
        channel: ChannelId(100 + id.unsigned_abs()),
        associations: associations.iter().copied().collect(),
        fixed: false,
    }
}

fn bound<T>(to: T) -> Binding<T> {
    Binding { to, fixed: false }
}

pub(crate) fn office() -> Office {
    Office {
        id: OfficeId(1),
        server: ServerId(1),
        revision: 1,
        settings: Settings::default(),
        professions: [1, 2, 3, 4, NOBODYS.0]
            .map(|id| Profession {
                id: ProfessionId(id),
                name: format!("職種{id}"),
                aliases: Vec::new(),
            })
            .to_vec(),
        associations: vec![
            association(PHARMACISTS, Some(11)),
            association(HOSPITAL, Some(12)),
            association(CARE_MANAGERS, Some(13)),
            association(DENTISTS, None),
        ],
        categories: Vec::new(),
        circles: vec![
            circle(1, &[PHARMACISTS, HOSPITAL, CARE_MANAGERS]),
            circle(2, &[HOSPITAL, CARE_MANAGERS]),
        ],
        channels: vec![
            (Use::Desk, bound(ChannelId(50))),
            (Use::Tier3, bound(ChannelId(53))),
        ],
        roles: vec![
            (Capacity::Coordinator, bound(COORDINATORS)),
            (Capacity::Adviser, bound(ADVISERS)),
            (Capacity::Observer, bound(OBSERVERS)),
        ],
        derived: Derived::default(),
        stopped: Vec::new(),
        accepted: Vec::new(),
    }
}

/// Somebody with these roles, an administrator of the server to boot: that says nothing here.
pub(crate) fn somebody(office: &Office, roles: &[RoleId]) -> Person {
    office.person(UserId(1), roles, true)
}

pub(crate) fn coordinator(office: &Office) -> Person {
    somebody(office, &[COORDINATORS])
}

pub(crate) fn adviser(office: &Office) -> Person {
    somebody(office, &[ADVISERS])
}

pub(crate) fn observer(office: &Office) -> Person {
    somebody(office, &[OBSERVERS])
}

pub(crate) fn of(office: &Office, association: AssociationId, rank: Rank) -> Person {
    somebody(office, &[role(association, rank)])
}

/// Who wrote the issue down.
pub(crate) const REPORTER: UserId = UserId(7);

/// Said in confidence by the hospital, in tier 2, and so at the desk.
pub(crate) fn issue() -> Issue {
    Issue {
        id: IssueId(12),
        revision: 4,
        kind: Kind::Issue,
        origin: Origin::Meeting,
        tier: Tier::Two,
        tier_by: TierBy::Rules,
        status: Status::Open,
        later_year: None,
        measure_open: false,
        text: "元の文".to_owned(),
        note: Some("備考".to_owned()),
        profession: Some(ProfessionId(2)),
        association: Some(HOSPITAL),
        about: Vec::new(),
        speaker: None,
        reporter: REPORTER,
        created_at: DateTime::UNIX_EPOCH,
        changed_at: DateTime::UNIX_EPOCH,
        passed_on: false,
        kept_private: false,
        retracted: false,
        categories: Vec::new(),
        session: None,
        merged_into: None,
        destination: Destination::Desk,
    }
}

/// A version in a state, proposed at its own minute and decided at another.
pub(crate) fn share(version: i64, audience: Audience, state: State, minute: i64) -> Disclosure {
    let at = |minute| DateTime::UNIX_EPOCH + TimeDelta::minutes(minute);
    let decided = state != State::Proposed;
    Disclosure {
        issue: IssueId(12),
        version,
        audience,
        wording: format!("{version}つめの文"),
        as_written: false,
        names_source: false,
        state,
        proposed_by: UserId(8),
        proposed_at: at(version),
        decided_by: decided.then_some(UserId(9)),
        decided_at: decided.then(|| at(minute)),
    }
}
