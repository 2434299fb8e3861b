//! Who a month or a year is told to: a person as the office knows them, or everybody of the progress
//! channel. What the channel may know is what an observer may: what is the whole region's.

use domain::{id::UserId, office::Office, person::Person, project, session, target};

/// Who reads.
#[derive(Clone, Debug)]
pub(crate) struct Reader(Person);

impl Reader {
    /// Everybody of the progress channel: nothing of one association, nothing of the desk.
    pub(crate) fn everybody() -> Self {
        Self(Person {
            user: UserId(0),
            coordinator: false,
            adviser: false,
            observer: true,
            administrator: false,
            memberships: Vec::new(),
        })
    }

    /// One person.
    pub(crate) fn person(person: &Person) -> Self {
        Self(person.clone())
    }

    /// The person, or one who knows as much as everybody of the channel.
    pub(super) fn as_person(&self) -> &Person {
        &self.0
    }

    /// Whether it is the desk, which also reads what things cost.
    pub(super) fn is_desk(&self) -> bool {
        self.0.coordinator
    }

    pub(super) fn targets(&self, office: &Office) -> target::Sight {
        target::Sight::of(&self.0, office)
    }

    pub(super) fn sessions(&self, office: &Office) -> session::Sight {
        session::Sight::of(&self.0, office)
    }

    pub(super) fn projects(&self, office: &Office) -> project::Sight {
        project::Sight::of(&self.0, office)
    }
}
