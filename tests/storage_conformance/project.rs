//! Support projects: kept with their tasks, listed for whoever may know of them.

use crate::town::{
    COORDINATOR, PHARMACIST, Town, kept, later, morning, new_office, store_association,
};
use chrono::NaiveDate;
use domain::{
    id::{AssociationId, IssueId, OfficeId, ProjectId, ServerId, SessionId, TaskId},
    project::{Budget, Done, Holder, Project, Role, Sight, State, Task},
    survey::Survey,
};
use std::collections::BTreeSet;
use storage::{Conflict, Error, project};

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).expect("a day")
}

pub(crate) fn planned(associations: &[AssociationId]) -> Project {
    Project {
        id: ProjectId(0),
        revision: 0,
        state: State::Planned,
        title: "薬科・リハ合同研修会".to_owned(),
        associations: associations.to_vec(),
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
        added_by: COORDINATOR,
        created_at: morning(),
        changed_at: morning(),
        retracted: false,
    }
}

fn task(role: Role, holder: Holder) -> Task {
    Task {
        id: TaskId(0),
        role,
        wording: None,
        due: None,
        due_revision: 1,
        holder,
        done: None,
    }
}

pub(crate) async fn insert(town: &Town, project: &Project) -> storage::Result<Project> {
    let office = town.office;
    change!(town.store, [project], |tx| project::insert(
        tx, office, &project
    )
    .await)
}

async fn update(town: &Town, project: &Project) -> storage::Result<Project> {
    let office = town.office;
    change!(town.store, [project], |tx| project::update(
        tx, office, &project
    )
    .await)
}

async fn find(town: &Town, office: OfficeId, id: ProjectId) -> Option<Project> {
    look!(town.store, |connection| project::find(
        connection, office, id
    )
    .await)
}

async fn of_task(town: &Town, id: TaskId) -> Option<ProjectId> {
    let office = town.office;
    let found = look!(town.store, |connection| project::of_task(
        connection, office, id
    )
    .await);
    found.map(|project| project.id)
}

fn everything() -> Sight {
    Sight {
        everything: true,
        ..Sight::default()
    }
}

async fn list(town: &Town, state: Option<State>, sight: Sight) -> project::Page {
    let office = town.office;
    let filter = project::Filter { state, sight };
    look!(town.store, |connection| {
        project::list(connection, office, &filter, 0, 100).await
    })
}

fn is(conflict: Conflict, result: &storage::Result<Project>) -> bool {
    matches!(result, Err(Error::Conflict(found)) if *found == conflict)
}

on_both! {
    async fn a_project_is_kept_with_everything_that_was_said_of_it(town) {
        let pharmacists = store_association(&town.store, town.office, "薬剤師会").await;
        let therapists = store_association(&town.store, town.office, "リハビリテーション療法士会").await;
        let (first, second) = (town.issue().await.id, town.issue().await.id);
        let done = Some(Done { on: day(11, 20), by: PHARMACIST });
        let whole = Project {
            date: Some(day(12, 1)),
            budget: Some(Budget { yen: 150_000, source: Some("市の委託料".to_owned()) }),
            fund: Some("地域医療介護総合確保基金".to_owned()),
            issues: vec![second, first],
            idea_of: Some(therapists),
            tasks: vec![
                Task { due: Some(day(11, 24)), ..task(Role::Announcement, Holder::Association(pharmacists)) },
                Task { done, ..task(Role::Lecturer, Holder::Desk) },
                task(Role::Day, Holder::Person(PHARMACIST)),
                Task {
                    wording: Some("看板".to_owned()),
                    due_revision: 3,
                    ..task(Role::Other, Holder::Named("会場係".to_owned()))
                },
            ],
            reason: Some("会場がとれないため".to_owned()),
            survey: Some(Survey::read("満足度\n満足 12\n・また開いてほしい").expect("a survey")),
            note: Some("次は冬を避ける".to_owned()),
            finished_on: Some(day(12, 3)),
            ..planned(&[therapists, pharmacists])
        };
        let stored = insert(&town, &whole).await.expect("kept");
        let mut expected = Project {
            id: ProjectId(1),
            revision: 1,
            created_at: kept(morning()),
            changed_at: kept(morning()),
            ..whole
        };
        for (number, task) in (1..).zip(&mut expected.tasks) {
            task.id = TaskId(number);
        }
        assert_eq!(stored, expected);
        assert_eq!(find(&town, town.office, ProjectId(1)).await, Some(expected));
        assert_eq!(of_task(&town, TaskId(4)).await, Some(ProjectId(1)));
        let other = new_office(&town.store, ServerId(12)).await;
        assert_eq!(find(&town, other, ProjectId(1)).await, None);
    }

    async fn a_change_keeps_the_numbers_of_tasks_and_brings_back_what_was_taken_away(town) {
        let pharmacists = store_association(&town.store, town.office, "薬剤師会").await;
        let hospital = store_association(&town.store, town.office, "病院連携室").await;
        let tasks = vec![task(Role::Lecturer, Holder::Desk), task(Role::Announcement, Holder::Desk)];
        let first = insert(&town, &Project { tasks, ..planned(&[pharmacists]) }).await.expect("kept");
        // The first goes, the second changes, a third comes.
        let mut changed = Project { associations: vec![hospital], changed_at: later(5), ..first.clone() };
        changed.tasks.remove(0);
        changed.tasks[0].holder = Holder::Association(hospital);
        changed.tasks.push(task(Role::Survey, Holder::Desk));
        let second = update(&town, &changed).await.expect("kept");
        let ids: Vec<i64> = second.tasks.iter().map(|task| task.id.0).collect();
        assert_eq!((second.revision, ids), (2, vec![2, 3]));
        assert_eq!(find(&town, town.office, first.id).await, Some(second.clone()));
        assert_eq!(of_task(&town, TaskId(1)).await, None);
        // Taken back: the first is there again under its number, the third is gone.
        let back = Project { revision: 2, ..first.clone() };
        let third = update(&town, &back).await.expect("kept");
        assert_eq!(third, Project { revision: 3, ..first.clone() });
        assert_eq!(find(&town, town.office, first.id).await, Some(third));
        assert_eq!(of_task(&town, TaskId(1)).await, Some(first.id));
        assert_eq!(of_task(&town, TaskId(3)).await, None);
        assert!(is(Conflict::StaleRevision, &update(&town, &first).await));
        assert!(is(Conflict::Missing, &update(&town, &Project { id: ProjectId(9), ..first }).await));
    }

    async fn a_task_belongs_to_one_project_for_good(town) {
        let tasks = vec![task(Role::Lecturer, Holder::Desk)];
        let first = insert(&town, &Project { tasks, ..planned(&[]) }).await.expect("kept");
        let second = insert(&town, &planned(&[])).await.expect("kept");
        let stolen = Project { tasks: first.tasks.clone(), ..second.clone() };
        assert!(is(Conflict::Missing, &update(&town, &stolen).await));
        let twice = Project { tasks: [&first.tasks[..], &first.tasks].concat(), ..first.clone() };
        assert!(is(Conflict::Missing, &update(&town, &twice).await));
        assert_eq!(find(&town, town.office, second.id).await, Some(second));
        assert_eq!(find(&town, town.office, first.id).await, Some(first));
    }

    async fn what_a_project_names_must_be_of_its_office(town) {
        let other = new_office(&town.store, ServerId(12)).await;
        let theirs = store_association(&town.store, other, "薬剤師会").await;
        for project in [
            planned(&[theirs]),
            Project { idea_of: Some(theirs), ..planned(&[]) },
            Project { issues: vec![IssueId(1)], ..planned(&[]) },
            Project { sessions: vec![SessionId(1)], ..planned(&[]) },
            Project { tasks: vec![task(Role::Day, Holder::Association(theirs))], ..planned(&[]) },
        ] {
            assert!(is(Conflict::Missing, &insert(&town, &project).await), "{project:?}");
        }
        let (office, project) = (OfficeId(99), planned(&[]));
        let refused =
            change!(town.store, [project], |tx| project::insert(tx, office, &project).await);
        assert!(is(Conflict::Missing, &refused));
    }

    async fn a_list_holds_what_the_rule_lets_each_reader_know(town) {
        let mut associations = Vec::new();
        for name in ["薬剤師会", "病院連携室", "医師会"] {
            associations.push(store_association(&town.store, town.office, name).await);
        }
        let (a, b, c) = (associations[0], associations[1], associations[2]);
        let mut stored = Vec::new();
        for of in [vec![a], vec![a, b], vec![c], vec![]] {
            for (state, idea_of, taken_up, retracted) in [
                (State::Planned, None, true, false),
                (State::Finished, None, true, false),
                (State::Idea, Some(a), false, false),
                (State::Dropped, Some(b), false, false),
                (State::Running, Some(b), true, false),
                (State::Planned, None, true, true),
            ] {
                let project = Project { state, idea_of, taken_up, retracted, ..planned(&of) };
                stored.push(insert(&town, &project).await.expect("kept"));
            }
        }
        let set = |ids: &[AssociationId]| ids.iter().copied().collect::<BTreeSet<_>>();
        for sight in [
            everything(),
            Sight::default(),
            Sight { associations: set(&[a]), public: true, ..Sight::default() },
            Sight { associations: set(&[b, c]), public: true, ..Sight::default() },
            Sight { associations: set(&[b]), ..Sight::default() },
            Sight { public: true, ..Sight::default() },
        ] {
            let page = list(&town, None, sight.clone()).await;
            let found: BTreeSet<ProjectId> = page.items.iter().map(|project| project.id).collect();
            let expected: BTreeSet<ProjectId> =
                stored.iter().filter(|project| sight.sees(project)).map(|project| project.id).collect();
            assert_eq!(found, expected, "{sight:?}");
            assert_eq!(page.total, i64::try_from(expected.len()).expect("few"));
            assert_eq!(page.items.is_empty(), sight.is_blind());
        }
    }

    async fn a_list_begins_with_what_there_is_to_do(town) {
        for (state, date) in [
            (State::Finished, Some(day(4, 1))),
            (State::Planned, None),
            (State::Running, Some(day(12, 5))),
            (State::Finished, Some(day(10, 1))),
            (State::Idea, Some(day(11, 28))),
            (State::Dropped, None),
            (State::Planned, Some(day(12, 5))),
        ] {
            insert(&town, &Project { state, date, ..planned(&[]) }).await.expect("kept");
        }
        for (state, expected) in [
            (None, &[5, 7, 3, 2, 4, 1, 6][..]),
            (Some(State::Finished), &[4, 1]),
            (Some(State::Planned), &[7, 2]),
            (Some(State::Idea), &[5]),
        ] {
            let page = list(&town, state, everything()).await;
            let found: Vec<i64> = page.items.iter().map(|project| project.id.0).collect();
            assert_eq!(found, expected, "{state:?}");
        }
        let (office, filter) = (town.office, project::Filter { state: None, sight: everything() });
        let second = look!(town.store, [filter], |connection| {
            project::list(connection, office, &filter, 2, 2).await
        });
        let found: Vec<i64> = second.items.iter().map(|project| project.id.0).collect();
        assert_eq!((found, second.total), (vec![3, 2], 7));
    }

    async fn an_issue_knows_which_projects_answer_it(town) {
        let (asked, other) = (town.issue().await.id, town.issue().await.id);
        for (issues, retracted) in
            [(vec![asked], false), (vec![other], false), (vec![other, asked], false), (vec![asked], true)]
        {
            let project = Project { issues, retracted, ..planned(&[]) };
            insert(&town, &project).await.expect("kept");
        }
        let office = town.office;
        let found =
            look!(town.store, |connection| project::of_issue(connection, office, asked).await);
        assert_eq!(found, [ProjectId(1), ProjectId(3)]);
    }
}
