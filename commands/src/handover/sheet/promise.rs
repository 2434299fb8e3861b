//! What was promised, and to whom: proposals to share that nobody has decided, what was shared of issues
//! that are still open, tasks of projects, ideas nobody has answered, sessions that were asked for.

use super::{super::reading::Handover, Paper};
use crate::{issue::share::audience, printout::Cell, project, session, text};
use chrono::NaiveDate;
use domain::{
    disclosure::Disclosure,
    project::{Holder, Project, State, Task},
    session::Session,
    text::one_line,
};
use rust_xlsxwriter::{Workbook, XlsxError};

/// UTF-16 units of a wording that was shared.
const WORDING_UNITS_MAX: usize = 300;

pub(super) fn write(paper: &Paper<'_>, workbook: &mut Workbook) -> Result<(), XlsxError> {
    let handover = paper.handover;
    let (waiting, shared): (Vec<&Disclosure>, Vec<&Disclosure>) = handover
        .promises
        .items
        .iter()
        .partition(|disclosure| disclosure.is_waiting());
    let mut rows: Vec<Vec<Cell>> = waiting
        .into_iter()
        .map(|disclosure| told(paper, disclosure, "proposal"))
        .collect();
    for project in &handover.projects.items {
        rows.extend(of_project(paper, project));
    }
    rows.extend(handover.drafts.items.iter().map(|one| asked(paper, one)));
    let shared = shared.into_iter();
    rows.extend(shared.map(|disclosure| told(paper, disclosure, "shared")));
    let columns = [
        ("handover-column-promise", 18.0),
        ("handover-column-whom", 22.0),
        ("handover-column-what", 46.0),
        ("handover-column-until", 19.0),
        ("handover-column-open", 20.0),
    ];
    let more = handover.promises.more() + handover.projects.more() + handover.drafts.more();
    let table = paper.table(&columns, rows, "handover-none-promise");
    paper.leaf(workbook, "promise", table, more)
}

/// A wording that is proposed, or was told.
fn told(paper: &Paper<'_>, disclosure: &Disclosure, kind: &str) -> Vec<Cell> {
    let (office, language) = (&paper.handover.office, paper.language);
    let wording = one_line(&disclosure.wording, WORDING_UNITS_MAX);
    let number = disclosure.issue.0;
    let since = disclosure.decided_at.unwrap_or(disclosure.proposed_at);
    vec![
        paper.say(&format!("handover-promise-{kind}")).into(),
        audience::plainly(office, disclosure.audience, language).into(),
        text!("handover-told", number = number, wording = wording)
            .say(language)
            .into(),
        text!("handover-since", day = paper.day(since))
            .say(language)
            .into(),
        paper.say(&format!("handover-promise-{kind}-open")).into(),
    ]
}

/// How many lines all projects have: an idea one, the others one for each task that is not done, or the
/// one that everything is.
pub(super) fn of_projects(handover: &Handover) -> usize {
    let open = |project: &Project| {
        let tasks = project.tasks.iter().filter(|task| task.done.is_none());
        tasks.count().max(1)
    };
    let lines = handover.projects.items.iter();
    lines
        .map(|project| match project.state {
            State::Idea => 1,
            _ => open(project),
        })
        .sum()
}

/// An idea that waits for an answer, or the tasks of a project that are not done.
fn of_project(paper: &Paper<'_>, project: &Project) -> Vec<Vec<Cell>> {
    let language = paper.language;
    let name = text!(
        "project-name",
        number = project.id.0,
        title = project.title.clone()
    )
    .say(language);
    if project.state == State::Idea {
        let since = text!("handover-since", day = paper.day(project.created_at));
        return vec![vec![
            paper.say("handover-promise-idea").into(),
            paper.associations(&project.idea_of).into(),
            name.into(),
            since.say(language).into(),
            paper.say("handover-promise-idea-open").into(),
        ]];
    }
    let open = project.tasks.iter().filter(|task| task.done.is_none());
    let mut rows: Vec<Vec<Cell>> = open.map(|task| of_task(paper, &name, task)).collect();
    if rows.is_empty() {
        // Everything is done but to say so.
        let day = project
            .date
            .map_or_else(|| paper.say("project-undated"), |date| paper.date(date));
        rows.push(vec![
            paper.say("handover-promise-project").into(),
            paper.associations(&project.associations).into(),
            name.into(),
            day.into(),
            paper.say("handover-promise-project-open").into(),
        ]);
    }
    rows
}

fn of_task(paper: &Paper<'_>, project: &str, task: &Task) -> Vec<Cell> {
    let language = paper.language;
    let who = match &task.holder {
        Holder::Desk => paper.say("task-who-desk"),
        Holder::Association(id) => paper.associations([id]),
        Holder::Person(who) => paper.somebody(*who),
        Holder::Named(name) => name.clone(),
    };
    let what = project::word::plain_task(task, language);
    let due = task
        .due
        .map_or_else(|| paper.say("handover-no-due"), |due| paper.date(due));
    vec![
        paper.say("handover-promise-task").into(),
        who.into(),
        format!("{what}\n{project}").into(),
        due.into(),
        paper.say(open_word(task.due, paper.handover.today)).into(),
    ]
}

fn open_word(due: Option<NaiveDate>, today: NaiveDate) -> &'static str {
    if due.is_some_and(|due| due < today) {
        "handover-promise-task-late"
    } else {
        "handover-promise-task-open"
    }
}

/// A session that a match, or somebody, has proposed and nobody has planned.
fn asked(paper: &Paper<'_>, session: &Session) -> Vec<Cell> {
    let language = paper.language;
    let name = text!(
        "handover-session",
        number = session.id.0,
        name = session::word::plain_name(session, language),
    );
    let since = text!("handover-since", day = paper.day(session.created_at));
    vec![
        paper.say("handover-promise-session").into(),
        paper.associations(&session.associations).into(),
        name.say(language).into(),
        since.say(language).into(),
        paper.say("handover-promise-session-open").into(),
    ]
}
