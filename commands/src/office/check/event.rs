//! The events of a check: whether sessions of tier 3 can become events of the server.

use super::{Block, Look};
use crate::{hindrance::Told, text::Text};
use domain::event::{Policy, may_announce};

impl Look<'_> {
    /// The block of the server's events, where there is something to mend.
    pub(super) fn events(&self) -> Option<Block> {
        if self.office.settings.session_event == Policy::Never || may_announce(&self.server) {
            return None;
        }
        let say = |key: &str| self.say(&Text::new(key));
        let step = self.step(Told {
            what: say("check-events-what"),
            mend: say("check-events-mend"),
        });
        Some(self.block(say("check-events-ill"), vec![step]))
    }
}
