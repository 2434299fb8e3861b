//! Custom ids of events (イベント): `v1:event-ACTION:SESSION[:MARK]`.

use domain::id::SessionId;

/// What a button about the event of a session leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// The event is to stand as the session says it.
    Right(SessionId),
    /// How it stands.
    Show(SessionId),
}

impl Event {
    /// The custom id.
    #[must_use]
    pub fn custom_id(self) -> String {
        match self {
            Self::Right(session) => format!("v1:event-right:{session}"),
            Self::Show(session) => format!("v1:event-show:{session}"),
        }
    }

    /// The action of a name and its number (above zero); `None` for what is not ours.
    pub(super) fn parse(action: &str, id: i64) -> Option<Self> {
        let session = SessionId(id);
        Some(match action {
            "event-right" => Self::Right(session),
            "event-show" => Self::Show(session),
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Action, CHARACTERS_MAX};
    use super::*;

    #[test]
    fn every_action_of_events_comes_back_from_its_custom_id() {
        for event in [Event::Right(SessionId(i64::MAX)), Event::Show(SessionId(3))] {
            let action = Action::Event(event);
            assert_eq!(Action::parse(&action.custom_id()), Some(action));
            let marked = action.marked(&"f".repeat(20));
            assert_eq!(Action::parse(&marked), Some(action));
            assert!(marked.len() <= CHARACTERS_MAX);
        }
        for forged in ["v1:event-right", "v1:event-right:0", "v1:event-burn:1"] {
            assert_eq!(Action::parse(forged), None, "{forged}");
        }
    }
}
