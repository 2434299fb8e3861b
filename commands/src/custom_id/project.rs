//! Custom ids of support projects (支援事業) and their tasks: `v1:project-ACTION:ID[:NUMBER]`.

use domain::id::{DraftId, ProjectId, TaskId};

/// What a button, a select or a form about projects leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Project {
    /// A page of a list whose filter waits in the draft.
    List(DraftId, i64),
    /// A change is taken back; what that needs waits in the draft.
    Undo(DraftId),
    /// The details of a project.
    Show(ProjectId),
    /// The details of the project a task belongs to.
    OfTask(TaskId),
    /// All tasks the manual names are written down.
    Suggested(ProjectId),
    /// Those of them that are chosen in the select.
    Chosen(ProjectId),
    /// A task is done.
    Done(TaskId),
    /// The tasks chosen in the select are done.
    DoneOf(ProjectId),
    /// The tasks chosen in the select are taken away.
    Remove(ProjectId),
    /// Due dates follow the event to its new day; which waits in the draft.
    Follow(DraftId),
    /// The desk takes an idea up.
    TakeUp(ProjectId),
    /// The form for the reason why an idea is declined opens.
    Decline(ProjectId),
    /// That form was sent.
    Declined(ProjectId),
    /// The form for survey and note opens.
    Survey(ProjectId),
    /// It opens again with the masked words of the draft.
    SurveyReword(DraftId),
    /// That form was sent.
    Surveyed(ProjectId),
}

impl Project {
    /// The custom id.
    #[must_use]
    pub fn custom_id(self) -> String {
        match self {
            Self::List(draft, page) => format!("v1:project-list:{draft}:{page}"),
            Self::Undo(draft) => format!("v1:project-undo:{draft}"),
            Self::Show(project) => format!("v1:project-show:{project}"),
            Self::OfTask(task) => format!("v1:project-of-task:{task}"),
            Self::Suggested(project) => format!("v1:project-suggested:{project}"),
            Self::Chosen(project) => format!("v1:project-chosen:{project}"),
            Self::Done(task) => format!("v1:project-done:{task}"),
            Self::DoneOf(project) => format!("v1:project-done-of:{project}"),
            Self::Remove(project) => format!("v1:project-remove:{project}"),
            Self::Follow(draft) => format!("v1:project-follow:{draft}"),
            Self::TakeUp(project) => format!("v1:project-take-up:{project}"),
            Self::Decline(project) => format!("v1:project-decline:{project}"),
            Self::Declined(project) => format!("v1:project-declined:{project}"),
            Self::Survey(project) => format!("v1:project-survey:{project}"),
            Self::SurveyReword(draft) => format!("v1:project-survey-reword:{draft}"),
            Self::Surveyed(project) => format!("v1:project-surveyed:{project}"),
        }
    }

    /// The action of a name, its first number (above zero) and what follows it; `None` for what is
    /// not ours.
    pub(super) fn parse(action: &str, id: i64, next: Option<&str>) -> Option<Self> {
        let (draft, project) = (DraftId(id), ProjectId(id));
        Some(match action {
            "project-list" => Self::List(draft, super::page(next)?),
            "project-undo" => Self::Undo(draft),
            "project-show" => Self::Show(project),
            "project-of-task" => Self::OfTask(TaskId(id)),
            "project-suggested" => Self::Suggested(project),
            "project-chosen" => Self::Chosen(project),
            "project-done" => Self::Done(TaskId(id)),
            "project-done-of" => Self::DoneOf(project),
            "project-remove" => Self::Remove(project),
            "project-follow" => Self::Follow(draft),
            "project-take-up" => Self::TakeUp(project),
            "project-decline" => Self::Decline(project),
            "project-declined" => Self::Declined(project),
            "project-survey" => Self::Survey(project),
            "project-survey-reword" => Self::SurveyReword(draft),
            "project-surveyed" => Self::Surveyed(project),
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Action, CHARACTERS_MAX};
    use super::*;

    #[test]
    fn every_action_of_projects_comes_back_from_its_custom_id() {
        let (draft, project) = (DraftId(i64::MAX), ProjectId(i64::MAX));
        for of in [
            Project::List(draft, i64::MAX),
            Project::Undo(draft),
            Project::Show(project),
            Project::OfTask(TaskId(i64::MAX)),
            Project::Suggested(project),
            Project::Chosen(project),
            Project::Done(TaskId(i64::MAX)),
            Project::DoneOf(project),
            Project::Remove(project),
            Project::Follow(draft),
            Project::TakeUp(project),
            Project::Decline(project),
            Project::Declined(project),
            Project::Survey(project),
            Project::SurveyReword(draft),
            Project::Surveyed(project),
        ] {
            let action = Action::Project(of);
            assert_eq!(Action::parse(&action.custom_id()), Some(action));
            assert!(action.marked(&"f".repeat(20)).len() <= CHARACTERS_MAX);
        }
        for forged in [
            "v1:project-list:1",
            "v1:project-list:1:-1",
            "v1:project-done:0",
            "v1:project-done:x",
            "v1:project-burn:1",
        ] {
            assert_eq!(Action::parse(forged), None, "{forged}");
        }
    }
}
