//! When the event goes to another day, the due dates of what is not done yet may go with it: offered,
//! never done unasked, because some dates are of others (a hall is booked, a letter is printed).

use super::{record, record::Change, undo, word};
use crate::{
    answer::{Answer, Reply},
    card::project::{Reader, frame},
    custom_id::{Action, Project as Press},
    error::Error,
    issue::draft as drafts,
    permission,
    request::Request,
    text,
    text::Text,
};
use chrono::NaiveDate;
use domain::{
    id::{DraftId, ProjectId},
    project::{self, Project},
};
use serde::{Deserialize, Serialize};
use serenity::all::{ButtonStyle, CreateActionRow, CreateButton};

const STEP: &str = "project-follow";
/// The act in audit and history.
const ACT: &str = "project.follow";

/// What waits behind the button: days as they are written.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Following {
    project: ProjectId,
    from: String,
    to: String,
}

/// What is said and offered when an event has moved; `None` when no due date could follow.
pub(super) async fn offer(
    request: &Request,
    was: Option<NaiveDate>,
    stored: &Project,
) -> Result<Option<(String, CreateActionRow)>, Error> {
    let Some((from, to)) = was.zip(stored.date).filter(|(from, to)| from != to) else {
        return Ok(None);
    };
    let open = stored
        .tasks
        .iter()
        .filter(|task| task.done.is_none() && task.due.is_some())
        .count();
    if open == 0 || !stored.is_open() {
        return Ok(None);
    }
    let following = Following {
        project: stored.id,
        from: from.to_string(),
        to: to.to_string(),
    };
    let draft = drafts::put(request, STEP, &following).await?;
    let button = CreateButton::new(Action::Project(Press::Follow(draft)).custom_id())
        .label(request.say(&Text::new("button-project-follow")))
        .style(ButtonStyle::Primary);
    let line = request.say(&text!("project-follow", count = open));
    Ok(Some((line, CreateActionRow::Buttons(vec![button]))))
}

/// The button was pressed.
pub(super) async fn answer(request: &Request, draft: DraftId) -> Result<Answer, Error> {
    permission::coordinate(request)?;
    let following: Following = drafts::find(request, draft, STEP).await?;
    let before = super::find(request, following.project).await?;
    super::task::check_open(&before)?;
    let days = following.from.parse().ok().zip(following.to.parse().ok());
    // Moved again, or brought back: the button speaks of another move.
    let Some((from, to)) = days.filter(|(_, to)| before.date == Some(*to)) else {
        return Err(Error::refuse(Text::new("refused-project-changed")));
    };
    let calendar = request.office.calendar();
    let mut after = before.clone();
    let mut count = 0_usize;
    for task in after.tasks.iter_mut().filter(|task| task.done.is_none()) {
        let moved = task
            .due
            .and_then(|due| project::moved(due, (from, to), request.today(), calendar));
        if let Some(moved) = moved.filter(|moved| task.due != Some(*moved)) {
            task.due = Some(moved);
            count += 1;
        }
    }
    let change = Change {
        used: Some((draft, STEP)),
        ..Change::of(before, after, ACT)
    };
    let (stored, undone) = record::record(request, change).await?;
    let text = text!(
        "project-followed",
        name = word::name(&stored, request.language),
        count = count
    );
    Ok(Answer::Replace(
        Reply::of(&text, request.language)
            .embed(frame(&request.office, &stored, Reader::Desk, request.language).draw())
            .row(undo::button(request, undone)),
    ))
}
