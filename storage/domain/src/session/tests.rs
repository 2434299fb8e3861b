//! Sessions: who may know of them, what is asked back, how a title is read.

mod course;

use super::*;
use crate::{
    id::{ChannelId, OfficeId, ProfessionId, RoleId, ServerId},
    office::{Association, Binding, Capacity, Derived, Talk, Use},
    person::Rank,
    setting::{AdviserGrant, Settings},
};

const COORDINATORS: RoleId = RoleId(91);
const ADVISERS: RoleId = RoleId(92);
const OBSERVERS: RoleId = RoleId(93);

fn role(association: i64, rank: Rank) -> RoleId {
    RoleId(association.unsigned_abs() * 10 + rank as u64)
}

/// Associations 1 (profession 1, its talk open to members), 2 (profession 2), 3 (professions 3 and 4)
/// and 4 (profession 4).
fn office(grant: AdviserGrant) -> Office {
    let association = |id: i64, professions: &[i64], talk| Association {
        id: AssociationId(id),
        name: format!("団体{id}"),
        professions: professions.iter().copied().map(ProfessionId).collect(),
        scopes: Vec::new(),
        channel: None,
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
        settings: Settings {
            adviser_sees: grant,
            ..Settings::default()
        },
        professions: Vec::new(),
        associations: vec![
            association(1, &[1], Talk::Members),
            association(2, &[2], Talk::Officers),
            association(3, &[3, 4], Talk::Officers),
            association(4, &[4], Talk::Officers),
        ],
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

fn session(tier: Tier, associations: &[i64]) -> Session {
    Session {
        id: SessionId(1),
        revision: 1,
        tier,
        kind: Kind::Meeting,
        state: State::Planned,
        title: "打合せ会".to_owned(),
        number: Some(1),
        fiscal_year: Some(FiscalYear::starting_in(2026)),
        date: NaiveDate::from_ymd_opt(2026, 12, 1),
        start: None,
        end: None,
        purpose: None,
        method: None,
        role: Role::Host,
        place: None,
        people: None,
        date_revision: 1,
        moved_from: None,
        reason: None,
        associations: associations.iter().copied().map(AssociationId).collect(),
        agenda: Vec::new(),
        planned_by: UserId(7),
        created_at: DateTime::UNIX_EPOCH,
        changed_at: DateTime::UNIX_EPOCH,
        retracted: false,
    }
}

fn sees(office: &Office, roles: &[RoleId], session: &Session) -> bool {
    let person = office.person(UserId(1), roles, true);
    Sight::of(&person, office).sees(session)
}

#[test]
fn each_tier_has_its_own_circle_of_people_who_know_of_a_session() {
    use Tier::{One, Three, Two};
    let office = office(AdviserGrant::default());
    let [officer, contact, member] = [Rank::Officer, Rank::Contact, Rank::Member];
    for (who, held, tier, of, expected) in [
        ("a coordinator", COORDINATORS, One, &[2][..], true),
        ("an officer", role(2, officer), One, &[2], true),
        ("a contact", role(2, contact), One, &[2], true),
        ("a member", role(2, member), One, &[2], false),
        ("a member of an open talk", role(1, member), One, &[1], true),
        ("another's officer", role(3, officer), One, &[2], false),
        ("an adviser", ADVISERS, One, &[2], false),
        ("an observer", OBSERVERS, One, &[2], false),
        ("one of two", role(3, contact), One, &[2, 3], true),
        ("an officer, nobody's", role(2, officer), One, &[], false),
        ("an officer", role(2, officer), Two, &[2, 3], true),
        ("a member", role(2, member), Two, &[2, 3], false),
        (
            "a member of an open talk",
            role(1, member),
            Two,
            &[1, 3],
            true,
        ),
        ("another's officer", role(4, officer), Two, &[2, 3], false),
        ("an adviser", ADVISERS, Two, &[2, 3], false),
        ("an observer", OBSERVERS, Two, &[2, 3], false),
        ("a member", role(4, member), Three, &[2], true),
        ("an adviser", ADVISERS, Three, &[], true),
        ("an observer", OBSERVERS, Three, &[], true),
        ("nobody of ours", RoleId(1_000), Three, &[], false),
    ] {
        let found = sees(&office, &[held], &session(tier, of));
        assert_eq!(found, expected, "{who}: tier {} of {of:?}", tier.number());
    }
}

#[test]
fn the_adviser_sees_what_the_office_grants() {
    let grant = AdviserGrant {
        tier2: true,
        associations: [AssociationId(2)].into(),
        ..AdviserGrant::default()
    };
    let office = office(grant);
    for (tier, of, expected) in [
        (Tier::One, &[2][..], true),
        (Tier::One, &[3], false),
        (Tier::Two, &[1, 3], true),
    ] {
        let found = sees(&office, &[ADVISERS], &session(tier, of));
        assert_eq!(found, expected, "{tier:?} {of:?}");
    }
}

#[test]
fn drafts_are_the_desk_s_and_what_was_taken_back_is_nobody_s() {
    let office = office(AdviserGrant::default());
    let of_region = |state, retracted| Session {
        state,
        retracted,
        ..session(Tier::Three, &[])
    };
    let officer = role(1, Rank::Officer);
    for (state, retracted, desk, others) in [
        (State::Draft, false, true, false),
        (State::Planned, false, true, true),
        (State::Held, false, true, true),
        (State::Cancelled, false, true, true),
        (State::Planned, true, false, false),
    ] {
        let session = of_region(state, retracted);
        assert_eq!(sees(&office, &[COORDINATORS], &session), desk, "{state:?}");
        assert_eq!(sees(&office, &[officer], &session), others, "{state:?}");
    }
    // Given up before it was planned: nobody else ever heard of it.
    let given_up = Session {
        number: None,
        ..of_region(State::Cancelled, false)
    };
    assert!(sees(&office, &[COORDINATORS], &given_up));
    assert!(!sees(&office, &[officer], &given_up));
}

#[test]
fn a_second_profession_at_a_tier_1_talk_is_asked_about() {
    use Question::{Alone, NoAssociation, SecondProfession};
    let office = office(AdviserGrant::default());
    for (tier, of, expected) in [
        (Tier::One, &[1][..], vec![]),
        (Tier::One, &[3], vec![]),
        (Tier::One, &[3, 4], vec![]),
        (Tier::One, &[1, 2], vec![SecondProfession]),
        (Tier::One, &[3, 4, 1], vec![SecondProfession]),
        (Tier::One, &[], vec![NoAssociation]),
        (Tier::Two, &[1, 2], vec![]),
        (Tier::Two, &[1], vec![Alone]),
        (Tier::Two, &[], vec![Alone]),
        (Tier::Three, &[], vec![]),
    ] {
        let session = session(tier, of);
        assert_eq!(questions(&session, &office), expected, "{tier:?} {of:?}");
    }
}

#[test]
fn more_than_ten_at_a_tier_1_talk_are_asked_about() {
    let office = office(AdviserGrant::default());
    for (tier, people, asked) in [
        (Tier::One, None, false),
        (Tier::One, Some(10), false),
        (Tier::One, Some(11), true),
        (Tier::Two, Some(40), false),
        (Tier::Three, Some(40), false),
    ] {
        let session = Session {
            people,
            ..session(tier, &[1, 1 + tier.number()])
        };
        let found = questions(&session, &office).contains(&Question::ManyPeople);
        assert_eq!(found, asked, "{tier:?} {people:?}");
    }
}

#[test]
fn what_cannot_be_is_said() {
    let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).expect("a day");
    let time = |hour| NaiveTime::from_hms_opt(hour, 0, 0);
    let today = day(2026, 11, 20);
    for (date, start, end, expected) in [
        (day(2026, 12, 1), time(14), time(16), Ok(())),
        (day(2026, 12, 1), time(14), None, Ok(())),
        (day(2026, 12, 1), None, None, Ok(())),
        (day(2012, 7, 1), None, None, Ok(())),
        (
            day(2026, 12, 1),
            None,
            time(16),
            Err(Fault::EndWithoutStart),
        ),
        (
            day(2026, 12, 1),
            time(16),
            time(14),
            Err(Fault::EndNotAfterStart),
        ),
        (
            day(2026, 12, 1),
            time(14),
            time(14),
            Err(Fault::EndNotAfterStart),
        ),
        (day(2036, 12, 1), None, None, Err(Fault::TooFarAhead)),
        (day(1989, 1, 8), None, None, Err(Fault::TooFarBack)),
    ] {
        assert_eq!(check_time(date, start, end, today), expected, "{date}");
    }
    assert_eq!(state_on(today, today), State::Planned);
    assert_eq!(state_on(day(2026, 11, 19), today), State::Held);
}

#[test]
fn a_number_in_a_title_is_told_from_its_words() {
    for (title, expected) in [
        (
            "第1回 薬剤師会との打合せ会",
            (Some(1), "薬剤師会との打合せ会"),
        ),
        (
            "第１２回薬剤師会との打合せ会",
            (Some(12), "薬剤師会との打合せ会"),
        ),
        ("第二回　情報交換会", (Some(2), "情報交換会")),
        (" 第 3 回：情報交換会 ", (Some(3), "情報交換会")),
        ("第二十一回 協議会", (Some(21), "協議会")),
        ("第4回", (None, "第4回")),
        ("第0回 打合せ会", (None, "第0回 打合せ会")),
        ("第2部 打合せ会", (None, "第2部 打合せ会")),
        ("打合せ会 第2回", (None, "打合せ会 第2回")),
        ("第12345回 打合せ会", (None, "第12345回 打合せ会")),
        ("", (None, "")),
    ] {
        assert_eq!(numbered(title), expected, "{title}");
    }
}

#[test]
fn a_series_is_of_one_tier_kind_and_set_of_associations() {
    let code = |tier, of: &[i64]| session(tier, of).series().code();
    assert_eq!(code(Tier::One, &[3]), "1:meeting:3");
    assert_eq!(code(Tier::Two, &[4, 1, 4]), "2:meeting:1,4");
    assert_eq!(code(Tier::Three, &[]), "3:meeting:");
    assert_eq!(
        session(Tier::Two, &[1, 4]).series(),
        session(Tier::Two, &[4, 1]).series()
    );
    assert_ne!(
        session(Tier::Two, &[1, 4]).series(),
        session(Tier::Two, &[1]).series()
    );
}

#[test]
fn what_was_said_can_be_written_down_for_what_is_planned_or_was_held() {
    for (state, retracted, expected) in [
        (State::Draft, false, false),
        (State::Planned, false, true),
        (State::Held, false, true),
        (State::Cancelled, false, false),
        (State::Held, true, false),
    ] {
        let session = Session {
            state,
            retracted,
            ..session(Tier::One, &[1])
        };
        assert_eq!(session.takes_issues(), expected, "{state:?}");
    }
    for (tier, of, expected) in [
        (Tier::One, &[2][..], Some(AssociationId(2))),
        (Tier::One, &[1, 2], None),
        (Tier::Two, &[2], None),
    ] {
        assert_eq!(session(tier, of).talk_of(), expected);
    }
}
