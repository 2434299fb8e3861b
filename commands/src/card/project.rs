//! The card of a project: who does what by when, on one card. The desk's carries the money as well; at an
//! association that takes part stand the tasks of all, and only what it may know of else.

use super::{
    BUTTONS_OF_ROW_MAX, Drawn, Post, Tags,
    frame::{Frame, cut},
};
use crate::{
    App,
    custom_id::{Action, Project as Press},
    project::word,
    text,
    text::Text,
};
use domain::{
    audience::Destination,
    disclosure::shown_at,
    id::{AssociationId, IssueId, ProjectId, SessionId},
    office::Office,
    project::{Holder, Project, State, Task},
    session,
    setting::Language,
    text::{escape_markdown, one_line},
};
use serenity::all::{
    ButtonStyle, CreateActionRow, CreateButton, CreateSelectMenu, CreateSelectMenuKind,
    CreateSelectMenuOption,
};
use std::collections::BTreeSet;
use storage::outbox::Claimed;

/// UTF-16 units of the line of a task, so that all of them fit an embed's description.
const LINE_UNITS_MAX: usize = 180;
/// UTF-16 units of a task on a button (Discord, components/reference: 80 with the words around it).
const BUTTON_UNITS_MAX: usize = 60;
/// UTF-16 units of a choice of a select (Discord, components/reference: 100).
const CHOICE_UNITS_MAX: usize = 90;
/// Longest title of a forum post, in UTF-16 units.
const POST_TITLE_UNITS_MAX: usize = 90;
/// The colour of a project, whatever its tier.
const COLOUR: u32 = 0xB7_791F;
/// The colour of what has come to an end.
const COLOUR_ENDED: u32 = 0x71_8096;

/// For whom a project is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reader {
    /// The desk: money included.
    Desk,
    /// Everybody else who may know of it.
    Told,
}

/// Draws a project at a destination; nothing where it does not belong (any more).
pub(super) async fn draw(app: &App, office: &Office, claimed: &Claimed) -> storage::Result<Drawn> {
    let (id, project) = (office.id, ProjectId(claimed.subject.id));
    let found = app
        .store
        .read(move |connection| {
            Box::pin(async move {
                let Some(project) = storage::project::find(connection, id, project).await? else {
                    return Ok(None);
                };
                let (mut issues, mut sessions) = (Vec::new(), Vec::new());
                for issue in &project.issues {
                    if let Some(found) = storage::issue::find(connection, id, *issue).await? {
                        let shares = storage::disclosure::of(connection, id, *issue).await?;
                        issues.push((found, shares));
                    }
                }
                for session in &project.sessions {
                    sessions.extend(storage::session::find(connection, id, *session).await?);
                }
                Ok(Some((project, issues, sessions)))
            })
        })
        .await?;
    let Some((mut project, issues, sessions)) = found else {
        return Ok(Drawn::Nothing);
    };
    let place = claimed.destination;
    if !project.destinations(office).contains(&place) {
        return Ok(Drawn::Nothing);
    }
    // At an association stands no number of anything it may not know of.
    let known: BTreeSet<IssueId> = issues
        .iter()
        .filter(|(issue, shares)| {
            place == Destination::Desk || shown_at(issue, shares, place, office).is_some()
        })
        .filter(|(issue, _)| !issue.retracted)
        .map(|(issue, _)| issue.id)
        .collect();
    let sight = sight_at(place);
    let told: BTreeSet<SessionId> = sessions
        .iter()
        .filter(|session| sight.sees(session))
        .map(|session| session.id)
        .collect();
    project.issues.retain(|issue| known.contains(issue));
    project.sessions.retain(|session| told.contains(session));
    Ok(Drawn::Post(Box::new(post(
        office,
        &project,
        place,
        &claimed.mark,
    ))))
}

/// What of the office's gatherings everybody in front of a channel may know.
fn sight_at(place: Destination) -> session::Sight {
    let own: BTreeSet<AssociationId> = match place {
        Destination::Tier1(association) => BTreeSet::from([association]),
        _ => BTreeSet::new(),
    };
    session::Sight {
        everything: place == Destination::Desk,
        tier1: own.clone(),
        tier2: own,
        tier2_all: false,
        tier3: true,
    }
}

/// The post of a project, whose links are those its readers may know of.
fn post(office: &Office, project: &Project, place: Destination, mark: &str) -> Post {
    let language = office.settings.locale;
    let reader = if place == Destination::Desk {
        Reader::Desk
    } else {
        Reader::Told
    };
    let separator = Text::new("list-separator").say(language);
    let issues: Vec<String> = project.issues.iter().map(|id| format!("#{id}")).collect();
    let sessions: Vec<String> = project.sessions.iter().map(ToString::to_string).collect();
    let frame = frame(office, project, reader, language)
        .field(
            Text::new("field-project-issues").say(language),
            issues.join(&separator),
            true,
        )
        .field(
            Text::new("field-project-sessions").say(language),
            sessions.join(&separator),
            true,
        );
    let mut buttons = vec![
        CreateButton::new(Action::Project(Press::Show(project.id)).marked(mark))
            .label(Text::new("button-details").say(language))
            .style(ButtonStyle::Secondary),
    ];
    if reader == Reader::Desk && project.state == State::Idea {
        buttons.extend(idea_buttons(project.id, language));
    }
    let mut rows = vec![CreateActionRow::Buttons(buttons)];
    if project.is_open() {
        let offered = |task: &&Task| task.done.is_none() && is_seen_to_at(task, place);
        let tasks: Vec<&Task> = project.tasks.iter().filter(offered).collect();
        rows.extend(done_rows(project.id, &tasks, language));
    }
    let title = text!(
        "project-post-title",
        number = project.id.0,
        title = project.title.as_str()
    );
    Post {
        revision: project.revision,
        title: one_line(&title.say(language), POST_TITLE_UNITS_MAX),
        tags: Tags::default(),
        embeds: vec![frame.draw()],
        rows,
        discussion: None,
        files: Vec::new(),
    }
}

/// Whether somebody in front of a channel may be the one who has a task: at the desk all are, and everybody
/// of an association reads the region's channel; who a person is, is asked when the button is pressed.
fn is_seen_to_at(task: &Task, place: Destination) -> bool {
    match (&task.holder, place) {
        (_, Destination::Desk) | (Holder::Person(_), _) => true,
        (Holder::Association(_), Destination::Tier3) => true,
        (Holder::Association(id), place) => Destination::Tier1(*id) == place,
        (Holder::Desk | Holder::Named(_), _) => false,
    }
}

/// *取り上げる* and *見送る*, for the desk.
pub(crate) fn idea_buttons(id: ProjectId, language: Language) -> Vec<CreateButton> {
    vec![
        CreateButton::new(Action::Project(Press::TakeUp(id)).custom_id())
            .label(Text::new("button-project-take-up").say(language))
            .style(ButtonStyle::Primary),
        CreateButton::new(Action::Project(Press::Decline(id)).custom_id())
            .label(Text::new("button-project-decline").say(language))
            .style(ButtonStyle::Secondary),
    ]
}

/// A button for each of a few tasks, a select for more.
pub(crate) fn done_rows(
    id: ProjectId,
    tasks: &[&Task],
    language: Language,
) -> Vec<CreateActionRow> {
    if tasks.is_empty() {
        return Vec::new();
    }
    if tasks.len() <= BUTTONS_OF_ROW_MAX {
        let buttons = tasks.iter().map(|task| {
            let what = word::short_task(task, language, BUTTON_UNITS_MAX);
            CreateButton::new(Action::Project(Press::Done(task.id)).custom_id())
                .label(text!("button-task-done", task = what).say(language))
                .style(ButtonStyle::Success)
        });
        return vec![CreateActionRow::Buttons(buttons.collect())];
    }
    let options: Vec<CreateSelectMenuOption> = tasks
        .iter()
        .map(|task| {
            let label = word::short_task(task, language, CHOICE_UNITS_MAX);
            CreateSelectMenuOption::new(label, task.id.to_string())
        })
        .collect();
    let most = u8::try_from(options.len()).unwrap_or(u8::MAX);
    let some = Action::Project(Press::DoneOf(id)).custom_id();
    vec![CreateActionRow::SelectMenu(
        CreateSelectMenu::new(some, CreateSelectMenuKind::String { options })
            .placeholder(Text::new("select-task-done").say(language))
            .min_values(1)
            .max_values(most),
    )]
}

/// A project, framed: what, when, who holds it, how far it has come, and every task on a line; money and
/// fund for the desk only. Its links are the caller's matter.
pub(crate) fn frame(
    office: &Office,
    project: &Project,
    reader: Reader,
    language: Language,
) -> Frame {
    let say = |key: &str| Text::new(key).say(language);
    let words = |words: &Option<String>| words.as_deref().map(escape_markdown).unwrap_or_default();
    let ended = matches!(project.state, State::Finished | State::Dropped);
    let mut lines = vec![
        text!(
            "project-when",
            date = word::day(project, language),
            associations = word::associations(office, project, language)
        )
        .say(language),
    ];
    lines.extend(
        project
            .tasks
            .iter()
            .map(|task| cut(&word::line(office, task, language), LINE_UNITS_MAX)),
    );
    let brought = project
        .idea_of
        .map(|id| word::names(office, &[id], language))
        .unwrap_or_default();
    let mut frame = Frame::titled(word::name(project, language))
        .colour(if ended { COLOUR_ENDED } else { COLOUR })
        .words(lines.join("\n"))
        .field(
            say("field-status"),
            word::state(project).say(language),
            true,
        )
        .field(
            say("field-project-progress"),
            word::progress(project).say(language),
            true,
        )
        .field(say("field-project-idea"), brought, true);
    if reader == Reader::Desk {
        let budget = project.budget.as_ref();
        let budget = budget.map(|budget| word::budget(budget, language));
        frame = frame
            .field(
                say("field-project-budget"),
                budget.unwrap_or_default(),
                true,
            )
            .field(say("field-project-fund"), words(&project.fund), true);
    }
    frame
        .field(say("field-project-reason"), words(&project.reason), false)
        .field(say("field-project-note"), words(&project.note), false)
        .footer(text!(footer(project, reader), number = project.id.0).say(language))
}

/// What a reader may do about its tasks: the desk changes them, who has one says that it is done, and of
/// what there is no work on there is nothing to do.
fn footer(project: &Project, reader: Reader) -> &'static str {
    match (project.is_open(), reader) {
        (true, Reader::Desk) => "project-footer",
        (true, Reader::Told) => "project-footer-told",
        (false, _) => "project-footer-ended",
    }
}
