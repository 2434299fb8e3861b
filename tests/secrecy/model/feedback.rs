//! Who may know of a feedback (フィードバック): the desk, and once it was sent everybody who takes part in
//! the talk of its association (DESIGN section 6).

use super::{Allowed, Model};
use domain::feedback::{Feedback, State};

impl Model<'_> {
    /// Who may know of it, and of the desk's words in it. Where it stood, its number goes on saying that
    /// it was taken back.
    pub(crate) fn of_feedback(&self, feedback: &Feedback) -> Allowed {
        let mut people = self.coordinators();
        if feedback.state == State::Sent {
            people.extend(self.talk(feedback.association));
        }
        let mut allowed = self.allowed(people);
        if feedback.state == State::Withdrawn {
            allowed.posted.extend(self.talk(feedback.association));
        }
        allowed
    }
}
