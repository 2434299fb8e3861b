//! Custom ids of what becomes of an issue: talking about it in a thread, and its return.

use domain::id::{IssueId, ReminderId};

/// What a button leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Course {
    /// A thread opens below the card where the button stands.
    Discuss(IssueId),
    /// The issues that a reminder says have come back, from the first on.
    Returned(ReminderId),
    /// Another page of them, in the same message, counted from 0.
    ReturnedPage(ReminderId, i64),
}

impl Course {
    /// The custom id.
    #[must_use]
    pub fn custom_id(self) -> String {
        match self {
            Self::Discuss(issue) => format!("v1:discuss:{issue}"),
            Self::Returned(reminder) => format!("v1:returned:{reminder}"),
            Self::ReturnedPage(reminder, page) => format!("v1:returned-page:{reminder}:{page}"),
        }
    }

    /// The action of a name, its first number (above zero) and what follows it; `None` for what is not
    /// ours.
    pub(super) fn parse<'a>(
        action: &str,
        id: i64,
        mut rest: impl Iterator<Item = &'a str>,
    ) -> Option<Self> {
        match action {
            "discuss" => Some(Self::Discuss(IssueId(id))),
            "returned" => Some(Self::Returned(ReminderId(id))),
            "returned-page" => {
                let page = super::page(rest.next())?;
                Some(Self::ReturnedPage(ReminderId(id), page))
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Action, CHARACTERS_MAX};
    use super::*;

    #[test]
    fn every_action_comes_back_from_its_custom_id() {
        for course in [
            Course::Discuss(IssueId(i64::MAX)),
            Course::Returned(ReminderId(i64::MAX)),
            Course::ReturnedPage(ReminderId(i64::MAX), i64::MAX),
        ] {
            let action = Action::Course(course);
            assert_eq!(Action::parse(&action.custom_id()), Some(action));
            let marked = action.marked(&"f".repeat(20));
            assert!(marked.len() <= CHARACTERS_MAX);
            assert_eq!(Action::parse(&marked), Some(action));
        }
        for custom_id in [
            "v1:returned-page:1",
            "v1:returned-page:1:-1",
            "v1:discuss:0",
        ] {
            assert_eq!(Action::parse(custom_id), None, "{custom_id}");
        }
    }
}
