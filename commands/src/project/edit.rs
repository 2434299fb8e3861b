//! `/project edit` 修正: what was written down of a project is corrected, and issues and gatherings are
//! linked to it. An addition to the contract (decision record on projects): a project lives for months.

use super::{follow, option, record, record::Change, undo, word};
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
use domain::project::{Holder, Project};

/// The act in audit and history.
const ACT: &str = "project.edit";

/// What was written.
struct Written {
    title: Option<String>,
    associations: Option<String>,
    date: Option<String>,
    budget: Option<String>,
    fund: Option<String>,
    issues: Option<String>,
    sessions: Option<String>,
}

/// `/project edit` 修正
#[poise::command(slash_command)]
#[expect(
    clippy::too_many_arguments,
    reason = "one argument per option of the command"
)]
pub(crate) async fn edit(
    ctx: Context<'_>,
    #[autocomplete = "super::suggest::numbers"] number: String,
    title: Option<String>,
    #[autocomplete = "super::suggest::associations"] associations: Option<String>,
    date: Option<String>,
    budget: Option<String>,
    fund: Option<String>,
    #[autocomplete = "super::suggest::issues"] issues: Option<String>,
    #[autocomplete = "super::suggest::sessions"] sessions: Option<String>,
) -> Result<(), Error> {
    answer(ctx, May::Say, async move |request: Request| {
        permission::coordinate(&request)?;
        let written = Written {
            title,
            associations,
            date,
            budget,
            fund,
            issues,
            sessions,
        };
        let before = super::find(&request, option::number(&number)?).await?;
        let after = read(&request, &before, &written).await?;
        if after == before {
            return Err(Error::refuse(text!(
                "refused-project-unchanged",
                number = before.id.0
            )));
        }
        still_held(&after)?;
        let was = before.date;
        let (stored, draft) = record::record(&request, Change::of(before, after, ACT)).await?;
        let text = text!(
            "project-edited",
            name = word::name(&stored, request.language)
        );
        let mut reply = Reply::of(&text, request.language)
            .embed(frame(&request.office, &stored, Reader::Desk, request.language).draw());
        if let Some((line, row)) = follow::offer(&request, was, &stored).await? {
            reply = reply.line(&line).row(row);
        }
        Ok(Answer::Say(reply.row(undo::button(&request, draft))))
    })
    .await
}

async fn read(request: &Request, before: &Project, written: &Written) -> Result<Project, Error> {
    let mut after = before.clone();
    if let Some(title) = &written.title {
        after.title = option::title(title)?;
    }
    if let Some(associations) = &written.associations {
        after.associations = option::associations(request, associations)?;
    }
    if let Some(date) = &written.date {
        after.date = option::due(request, date)?;
    }
    if let Some(budget) = &written.budget {
        after.budget = option::budget(request, budget)?;
    }
    if let Some(fund) = &written.fund {
        after.fund = option::fund(fund)?;
    }
    if let Some(issues) = &written.issues {
        after.issues = option::issues(request, issues).await?;
    }
    if let Some(sessions) = &written.sessions {
        after.sessions = option::sessions(request, sessions).await?;
    }
    Ok(after)
}

/// An association that no longer takes part has no task either: somebody has to have it.
fn still_held(project: &Project) -> Result<(), Error> {
    let lost = project.tasks.iter().any(|task| {
        matches!(task.holder, Holder::Association(id) if task.done.is_none()
            && !project.associations.is_empty()
            && !project.associations.contains(&id)
            && project.idea_of != Some(id))
    });
    if lost {
        return Err(Error::refuse(Text::new("refused-project-task-left")));
    }
    Ok(())
}
