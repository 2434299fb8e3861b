//! Projects: who knows of them, when their tasks are due, when people are reminded.

use super::*;
use crate::{
    calendar::{Calendar, ClosedDays, Overrides},
    id::{ChannelId, OfficeId, RoleId, ServerId},
    office::{Association, Binding, Capacity, Derived, Talk, Use},
    person::{Person, Rank},
    setting::Settings,
};
use chrono::NaiveTime;
use chrono_tz::Asia::Tokyo;

const COORDINATORS: RoleId = RoleId(91);
const ADVISERS: RoleId = RoleId(92);
const OBSERVERS: RoleId = RoleId(93);
const HELPER: UserId = UserId(77);

fn role(association: i64, rank: Rank) -> RoleId {
    RoleId(association.unsigned_abs() * 10 + rank as u64)
}

/// Associations 1 and 2 with a channel, 3 without; the talk of 1 is open to its members.
fn office() -> Office {
    let association = |id: i64, channel: Option<u64>| Association {
        id: AssociationId(id),
        name: format!("団体{id}"),
        professions: Vec::new(),
        scopes: Vec::new(),
        channel: channel.map(ChannelId),
        feedback: None,
        officers: Some(role(id, Rank::Officer)),
        contacts: Some(role(id, Rank::Contact)),
        members: Some(role(id, Rank::Member)),
        talk: if id == 1 {
            Talk::Members
        } else {
            Talk::Officers
        },
        fixed: false,
    };
    let bound = |to| Binding { to, fixed: false };
    let channel = |used, to| {
        let to = ChannelId(to);
        (used, Binding { to, fixed: false })
    };
    Office {
        id: OfficeId(1),
        server: ServerId(1),
        revision: 1,
        settings: Settings::default(),
        professions: Vec::new(),
        associations: vec![
            association(1, Some(11)),
            association(2, Some(12)),
            association(3, None),
        ],
        categories: Vec::new(),
        circles: Vec::new(),
        channels: vec![channel(Use::Desk, 50), channel(Use::Tier3, 53)],
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

fn project(associations: &[i64]) -> Project {
    Project {
        id: ProjectId(1),
        revision: 1,
        state: State::Planned,
        title: "合同研修会".to_owned(),
        associations: associations.iter().copied().map(AssociationId).collect(),
        date: None,
        budget: None,
        fund: None,
        issues: Vec::new(),
        sessions: Vec::new(),
        tasks: Vec::new(),
        idea_of: None,
        taken_up: true,
        reason: None,
        survey: None,
        note: None,
        finished_on: None,
        added_by: UserId(7),
        created_at: DateTime::UNIX_EPOCH,
        changed_at: DateTime::UNIX_EPOCH,
        retracted: false,
    }
}

/// An idea of association 1 that names association 2 as well.
fn idea() -> Project {
    Project {
        state: State::Idea,
        idea_of: Some(AssociationId(1)),
        taken_up: false,
        ..project(&[1, 2])
    }
}

fn task(holder: Holder) -> Task {
    Task {
        id: TaskId(1),
        role: Role::Announcement,
        wording: None,
        due: Some(day("2026-12-01")),
        due_revision: 1,
        holder,
        done: None,
    }
}

fn day(written: &str) -> NaiveDate {
    written.parse().expect("a day")
}

fn person(roles: &[RoleId]) -> Person {
    office().person(UserId(1), roles, true)
}

/// 2026-12-28 is closed here, beside weekends and holidays.
fn calendar() -> Calendar {
    let overrides = Overrides::parse("[added]\n2026-12-28 = \"市制記念日\"").expect("a good file");
    Calendar::new(overrides, ClosedDays::default())
}

#[test]
fn officers_and_contacts_know_of_what_their_association_holds() {
    let sees =
        |roles: &[RoleId], project: &Project| Sight::of(&person(roles), &office()).sees(project);
    let own = [role(1, Rank::Officer)];
    let contact = [role(1, Rank::Contact)];
    let member = [role(1, Rank::Member)];
    let invited = [role(2, Rank::Officer)];
    let other = [role(3, Rank::Officer)];
    let declined = Project {
        state: State::Dropped,
        ..idea()
    };
    let taken_up = Project {
        state: State::Planned,
        taken_up: true,
        ..idea()
    };
    let retracted = Project {
        retracted: true,
        ..project(&[1])
    };
    for (who, roles, [of_two, public, brought, declined_sees, taken_sees]) in [
        ("coordinator", &[COORDINATORS][..], [true; 5]),
        ("own officer", &own, [true; 5]),
        ("own contact", &contact, [true; 5]),
        ("own member", &member, [false, true, false, false, false]),
        (
            "invited officer",
            &invited,
            [true, true, false, false, true],
        ),
        ("other officer", &other, [false, true, false, false, false]),
        ("adviser", &[ADVISERS], [false, true, false, false, false]),
        ("observer", &[OBSERVERS], [false, true, false, false, false]),
        ("administrator without a role", &[], [false; 5]),
    ] {
        assert_eq!(sees(roles, &project(&[1, 2])), of_two, "{who}");
        assert_eq!(sees(roles, &project(&[])), public, "{who}: public");
        assert_eq!(sees(roles, &idea()), brought, "{who}: idea");
        assert_eq!(sees(roles, &declined), declined_sees, "{who}: declined");
        assert_eq!(sees(roles, &taken_up), taken_sees, "{who}: taken up");
        assert!(!sees(roles, &retracted), "{who}: taken back");
        let blind = Sight::of(&person(roles), &office()).is_blind();
        assert_eq!(blind, roles.is_empty(), "{who}");
    }
    assert!(sees(&[COORDINATORS], &idea()));
}

#[test]
fn a_card_stands_where_a_project_is_known_and_has_a_channel() {
    let places = |project: &Project| {
        let places: Vec<String> = project
            .destinations(&office())
            .into_iter()
            .map(Destination::code)
            .collect();
        places.join(" ")
    };
    let retracted = Project {
        retracted: true,
        ..project(&[1])
    };
    for (of, expected) in [
        (project(&[1, 2, 3]), "desk tier1:1 tier1:2"),
        (project(&[3]), "desk"),
        (project(&[]), "desk tier3"),
        (project(&[9]), "desk"),
        (idea(), "desk tier1:1"),
        (retracted, ""),
    ] {
        assert_eq!(places(&of), expected, "{:?}", of.associations);
    }
}

#[test]
fn a_task_is_done_by_whoever_has_it() {
    let helper = Person {
        user: HELPER,
        ..person(&[role(2, Rank::Member)])
    };
    for (who, person, [desk, first, in_person, named]) in [
        ("coordinator", person(&[COORDINATORS]), [true; 4]),
        (
            "own officer",
            person(&[role(1, Rank::Officer)]),
            [false, true, false, false],
        ),
        (
            "own contact",
            person(&[role(1, Rank::Contact)]),
            [false, true, false, false],
        ),
        ("own member", person(&[role(1, Rank::Member)]), [false; 4]),
        (
            "other officer",
            person(&[role(2, Rank::Officer)]),
            [false; 4],
        ),
        ("the person who has it", helper, [false, false, true, false]),
        ("administrator", person(&[]), [false; 4]),
    ] {
        let may = |holder| task(holder).is_done_by(&person);
        assert_eq!(may(Holder::Desk), desk, "{who}");
        assert_eq!(may(Holder::Association(AssociationId(1))), first, "{who}");
        assert_eq!(may(Holder::Person(HELPER)), in_person, "{who}");
        assert_eq!(may(Holder::Named("司会".to_owned())), named, "{who}");
    }
}

#[test]
fn a_task_is_reminded_of_where_it_is_seen_to_and_only_while_there_is_work() {
    let open = project(&[1]);
    let place = |holder: Holder| holder.destination(&office()).code();
    assert_eq!(place(Holder::Association(AssociationId(1))), "tier1:1");
    assert_eq!(place(Holder::Association(AssociationId(3))), "desk");
    assert_eq!(place(Holder::Person(HELPER)), "desk");
    assert_eq!(place(Holder::Named("司会".to_owned())), "desk");
    let reminded = |task: &Task, project: &Project| task.reminded(project, &office()).is_some();
    let done = Done {
        on: day("2026-11-20"),
        by: HELPER,
    };
    let undated = Task {
        due: None,
        ..task(Holder::Desk)
    };
    let done = Task {
        done: Some(done),
        ..task(Holder::Desk)
    };
    assert!(reminded(&task(Holder::Desk), &open));
    assert!(!reminded(&undated, &open));
    assert!(!reminded(&done, &open));
    for state in State::ALL {
        let of = Project {
            state: *state,
            ..project(&[1])
        };
        let expected = matches!(state, State::Planned | State::Running);
        assert_eq!(reminded(&task(Holder::Desk), &of), expected, "{state:?}");
    }
    let retracted = Project {
        retracted: true,
        ..project(&[1])
    };
    assert!(!reminded(&task(Holder::Desk), &retracted));
}

#[test]
fn work_begins_with_the_first_task_that_is_done() {
    let done = Some(Done {
        on: day("2026-11-20"),
        by: HELPER,
    });
    for (state, dones, expected, progress) in [
        (State::Planned, [None, None], State::Planned, (0, 2)),
        (State::Planned, [done, None], State::Running, (1, 2)),
        (State::Planned, [done, done], State::Running, (2, 2)),
        (State::Running, [None, None], State::Planned, (0, 2)),
        (State::Idea, [done, None], State::Idea, (1, 2)),
        (State::Finished, [None, None], State::Finished, (0, 2)),
        (State::Dropped, [done, None], State::Dropped, (1, 2)),
    ] {
        let tasks = dones.map(|done| Task {
            done,
            ..task(Holder::Desk)
        });
        let of = Project {
            state,
            tasks: tasks.to_vec(),
            ..project(&[1])
        };
        assert_eq!(of.progress(), progress);
        assert_eq!(of.settled().state, expected, "{state:?} {dones:?}");
    }
}

#[test]
fn a_task_is_found_by_its_role_and_wording() {
    let mut of = project(&[1]);
    of.tasks = vec![
        task(Holder::Desk),
        Task {
            id: TaskId(2),
            wording: Some("ＰＯＳＴＥＲ貼り".to_owned()),
            ..task(Holder::Desk)
        },
    ];
    let found = |role, wording| of.task_named(role, wording).map(|task| task.id.0);
    assert_eq!(found(Role::Announcement, None), Some(1));
    assert_eq!(found(Role::Announcement, Some("poster貼り")), Some(2));
    assert_eq!(found(Role::Announcement, Some("案内状")), None);
    assert_eq!(found(Role::Lecturer, None), None);
    assert_eq!(of.task(TaskId(2)).map(|task| task.id.0), Some(2));
}

#[test]
fn tasks_are_due_by_the_event_on_days_somebody_works() {
    // The event is on a Saturday.
    let event = day("2026-11-28");
    for (role, today, expected) in [
        // 2026-09-29 is a Tuesday.
        (Role::Lecturer, "2026-06-01", Some("2026-09-29")),
        (Role::Announcement, "2026-06-01", Some("2026-10-29")),
        // The 21st is a Saturday: the Friday before.
        (Role::Participants, "2026-06-01", Some("2026-11-20")),
        (Role::Day, "2026-06-01", Some("2026-11-28")),
        // The 12th of December is a Saturday: the Monday after.
        (Role::Survey, "2026-06-01", Some("2026-12-14")),
        (Role::Other, "2026-06-01", None),
        // What should have been done already is to be done now.
        (Role::Lecturer, "2026-11-16", Some("2026-11-16")),
        (Role::Lecturer, "2026-11-22", Some("2026-11-24")),
        // On the eve, a Friday, it is that Friday; on the day itself the day, though nobody works.
        (Role::Lecturer, "2026-11-27", Some("2026-11-27")),
        (Role::Lecturer, "2026-11-28", Some("2026-11-28")),
        // Afterwards nothing of it can be done any more, but answers can be counted.
        (Role::Lecturer, "2026-11-29", None),
        (Role::Day, "2026-11-29", None),
        (Role::Survey, "2026-11-29", Some("2026-12-14")),
        (Role::Survey, "2026-12-20", None),
    ] {
        let found = due(role, event, day(today), &calendar());
        assert_eq!(found, expected.map(day), "{role:?} on {today}");
    }
}

#[test]
fn the_manuals_five_are_suggested_and_without_an_event_without_dates() {
    let today = day("2026-06-01");
    let roles = |event| -> Vec<(Role, bool)> {
        suggested(event, today, &calendar())
            .into_iter()
            .map(|(role, due)| (role, due.is_some()))
            .collect()
    };
    let five = [
        Role::Lecturer,
        Role::Announcement,
        Role::Participants,
        Role::Day,
        Role::Survey,
    ];
    assert_eq!(roles(None), five.map(|role| (role, false)));
    assert_eq!(
        roles(Some(day("2026-11-28"))),
        five.map(|role| (role, true))
    );
    let far = Some(NaiveDate::MAX);
    assert!(
        roles(far).iter().any(|(_, dated)| !dated),
        "no date beyond the last"
    );
}

#[test]
fn a_task_moves_with_its_event() {
    let today = day("2026-11-01");
    for (was, from, to, expected) in [
        ("2026-11-20", "2026-11-28", "2026-12-05", "2026-11-27"),
        // A fortnight after the new day is the 29th; the office opens again on the 4th of January.
        ("2026-12-14", "2026-11-28", "2026-12-13", "2027-01-04"),
        ("2026-11-28", "2026-11-28", "2026-12-26", "2026-12-26"),
        // Brought forward: what is past is due at once.
        ("2026-11-09", "2026-11-28", "2026-11-10", "2026-11-02"),
    ] {
        let found = moved(day(was), (day(from), day(to)), today, &calendar());
        assert_eq!(found, Some(day(expected)), "{was}");
    }
    let past = (day("2026-11-28"), day("2026-10-01"));
    assert_eq!(moved(day("2026-11-20"), past, today, &calendar()), None);
}

#[test]
fn whoever_has_a_task_is_reminded_a_week_and_a_day_before_and_the_desk_every_week_after() {
    let nine = NaiveTime::from_hms_opt(9, 0, 0).expect("a time");
    let steps = |due: &str, now: &str| -> Vec<String> {
        let now = now.parse().expect("an instant");
        ladder(day(due), nine, &calendar(), Tokyo, now)
            .iter()
            .map(|step| format!("{} {}", step.rung, step.moment.date))
            .collect()
    };
    for (due, now, expected) in [
        (
            "2026-12-01",
            "2026-11-01T00:00:00Z",
            // The 24th is a Tuesday after two holidays of a long weekend.
            vec![
                "7d before 2026-11-24",
                "1d before 2026-11-30",
                "7d overdue 2026-12-08",
            ],
        ),
        (
            // A day before a Monday is the Friday; a week after the 28th the office is closed.
            "2026-12-21",
            "2026-12-15T00:00:00Z",
            vec!["1d before 2026-12-18", "7d overdue 2027-01-04"],
        ),
        (
            "2026-12-01",
            "2026-12-02T00:00:00Z",
            vec!["7d overdue 2026-12-08"],
        ),
    ] {
        assert_eq!(steps(due, now), expected, "{due} {now}");
    }
    let now = "2026-12-09T00:00:00Z".parse().expect("an instant");
    let next = next_overdue(day("2026-12-01"), nine, &calendar(), Tokyo, now).expect("a step");
    assert_eq!(
        (next.rung.to_string(), next.moment.date),
        ("14d overdue".to_owned(), day("2026-12-15"))
    );
}

#[test]
fn a_task_is_late_from_the_day_after() {
    let today = |written| task(Holder::Desk).days_late(day(written));
    assert_eq!(today("2026-12-01"), None);
    assert_eq!(today("2026-12-02"), Some(1));
    let done = Some(Done {
        on: day("2026-12-05"),
        by: HELPER,
    });
    let done = Task {
        done,
        ..task(Holder::Desk)
    };
    assert_eq!(done.days_late(day("2026-12-09")), None);
}

#[test]
fn an_event_that_is_years_away_is_a_mistake_in_the_year() {
    let today = day("2026-11-20");
    for (written, near) in [
        ("2026-11-20", true),
        ("2029-11-22", true),
        ("2029-11-23", false),
        ("1997-01-01", true),
        ("1996-01-01", false),
    ] {
        assert_eq!(is_near(day(written), today), near, "{written}");
    }
}
