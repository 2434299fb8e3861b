//! `/project add` 登録: a coordinator writes a project down; an officer or a contact brings an idea
//! (持込み企画), which waits for the desk.

use super::{offer, option, record, record::Change, undo, word};
use crate::{
    Context,
    answer::{Answer, Reply},
    card::project::{Reader, frame},
    dispatch::{May, answer},
    error::Error,
    permission,
    request::Request,
    text,
    text::Text,
};
use domain::{
    id::{AssociationId, ProjectId},
    project::{Project, State},
};

/// The act in audit and history.
const ACT: &str = "project.add";

/// What was written.
struct Written {
    title: String,
    associations: String,
    date: Option<String>,
    budget: Option<String>,
    fund: Option<String>,
    issues: Option<String>,
}

/// `/project add` 登録
#[poise::command(slash_command)]
pub(crate) async fn add(
    ctx: Context<'_>,
    title: String,
    #[autocomplete = "super::suggest::associations"] associations: String,
    date: Option<String>,
    budget: Option<String>,
    fund: Option<String>,
    #[autocomplete = "super::suggest::issues"] issues: Option<String>,
) -> Result<(), Error> {
    answer(ctx, May::Say, async move |request: Request| {
        permission::add_project(&request)?;
        let written = Written {
            title,
            associations,
            date,
            budget,
            fund,
            issues,
        };
        let project = read(&request, &written).await?;
        let change = Change {
            before: None,
            after: project,
            act: ACT,
            used: None,
        };
        let (stored, draft) = record::record(&request, change).await?;
        let undo = undo::button(&request, draft);
        if stored.state == State::Idea {
            let brought = text!(
                "project-brought",
                name = word::name(&stored, request.language)
            );
            return Ok(Answer::Say(
                Reply::of(&brought, request.language)
                    .embed(frame(&request.office, &stored, Reader::Told, request.language).draw())
                    .row(undo),
            ));
        }
        let added = text!(
            "project-added",
            name = word::name(&stored, request.language)
        );
        let offered = offer::words(&request, &stored);
        let reply = Reply::of(&added, request.language).line(&offered);
        let mut rows = offer::rows(&request, &stored);
        rows.push(undo);
        Ok(Answer::Say(Reply { rows, ..reply }))
    })
    .await
}

async fn read(request: &Request, written: &Written) -> Result<Project, Error> {
    let title = option::title(&written.title)?;
    let associations = option::associations(request, &written.associations)?;
    let date = written.date.as_deref();
    let date = date.map(|date| option::day(request, date)).transpose()?;
    let budget = match written.budget.as_deref() {
        Some(budget) => option::budget(request, budget)?,
        None => None,
    };
    let fund = match written.fund.as_deref() {
        Some(fund) => option::fund(fund)?,
        None => None,
    };
    let issues = match written.issues.as_deref() {
        Some(issues) => option::issues(request, issues).await?,
        None => Vec::new(),
    };
    let taken_up = request.person.coordinator;
    let idea_of = if taken_up {
        None
    } else {
        Some(brought_by(request, &associations)?)
    };
    Ok(Project {
        id: ProjectId(0),
        revision: 1,
        state: if taken_up {
            State::Planned
        } else {
            State::Idea
        },
        title,
        associations,
        date,
        budget,
        fund,
        issues,
        sessions: Vec::new(),
        tasks: Vec::new(),
        idea_of,
        taken_up,
        reason: None,
        survey: None,
        note: None,
        finished_on: None,
        added_by: request.person.user,
        created_at: request.now,
        changed_at: request.now,
        retracted: false,
    })
}

/// The association an idea is of: the first that was named of those the person speaks for, since an
/// association brings what is its own.
fn brought_by(request: &Request, named: &[AssociationId]) -> Result<AssociationId, Error> {
    let own = super::sight(request).associations;
    named
        .iter()
        .copied()
        .find(|association| own.contains(association))
        .ok_or_else(|| Error::refuse(Text::new("refused-project-not-own")))
}
