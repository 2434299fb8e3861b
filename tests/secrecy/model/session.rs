//! Who may know of a session (連携の場), and who may read what came of it.

use super::{Add, Allowed, Model, People};
use crate::records::Records;
use domain::{
    audience::Destination,
    id::AssociationId,
    session::{Session, State},
    tier::Tier,
};

impl Model<'_> {
    /// Who may know that there is a session of this number, and its details.
    pub(crate) fn of_session(&self, session: &Session) -> Allowed {
        let mut allowed = self.allowed(self.guests(session));
        allowed.listed = self.visitors(session);
        allowed
    }

    /// Who may know of a session: whom it is for, and whoever reads its card.
    pub(crate) fn guests(&self, session: &Session) -> People {
        let mut people = self.invited(session);
        if !is_hidden(session) {
            people.extend(self.told(session));
        }
        people
    }

    /// Whom a session is for: the desk all, drafts and what was taken back nobody else; of tier 1 the
    /// talk, of tier 2 whoever takes part in the talk of its associations and the adviser where granted,
    /// of tier 3 everybody the office knows.
    pub(crate) fn invited(&self, session: &Session) -> People {
        let mut people = self.coordinators();
        if is_hidden(session) {
            return people;
        }
        match session.tier {
            Tier::One => people.extend(session.associations.iter().flat_map(|id| self.talk(*id))),
            Tier::Two => {
                for id in &session.associations {
                    people.extend(self.ranks(self.name(*id), self.talking(*id)));
                }
                people.extend(self.adviser("tier2"));
            }
            Tier::Three => people.extend(self.region()),
        }
        people
    }

    /// Whoever reads of a session where its card stands: everybody of the narrowest circle that holds its
    /// associations; the desk, where a card has no channel of its own.
    fn told(&self, session: &Session) -> People {
        let unbound = |id: &AssociationId| {
            let found = self.office.association(*id);
            found.is_none_or(|association| association.channel.is_none())
        };
        let of = &session.associations;
        let at_desk = match session.tier {
            Tier::One => of.is_empty() || of.iter().any(unbound),
            Tier::Two => {
                let holding = self.office.circles.iter().filter(|circle| {
                    !of.is_empty() && of.iter().all(|id| circle.associations.contains(id))
                });
                let narrowest = holding.min_by_key(|c| (c.associations.len(), c.id));
                if let Some(circle) = narrowest {
                    return self.circle(circle.id);
                }
                true
            }
            Tier::Three => Destination::Tier3.channel(self.office).is_none(),
        };
        if at_desk {
            self.adviser("desk")
        } else {
            People::new()
        }
    }

    /// Who may read in the server's own list of events what a session is called, and where it is: of one
    /// of tier 3 that was to come, where the office wants events, everybody in the server.
    fn visitors(&self, session: &Session) -> People {
        let announced = self.plan.announces && session.tier == Tier::Three;
        if !announced || session.state == State::Draft {
            return People::new();
        }
        let strangers = self.city.people().iter().map(|person| person.id);
        strangers.chain(self.plan.roles.keys().copied()).collect()
    }

    /// The words of a session: its name and place for whoever may know of it and for the list of events;
    /// how it is held and why it was moved not for that list. Of what came of it the minutes and what
    /// could be ticked are for whom it was; who came by profession and what people wrote in their own
    /// words for the desk (decision 0036).
    pub(super) fn words_of_session(&self, records: &Records, session: &Session, add: &mut Add<'_>) {
        let known = self.of_session(session);
        add(&session.title, &known);
        add(session.place.as_deref().unwrap_or_default(), &known);
        let guests = self.allowed(self.guests(session));
        add(session.method.as_deref().unwrap_or_default(), &guests);
        add(session.reason.as_deref().unwrap_or_default(), &guests);
        let Some(account) = records.accounts.get(&session.id.0) else {
            return;
        };
        let invited = self.allowed(self.invited(session));
        let desk = self.allowed(self.coordinators());
        add(account.minutes.as_deref().unwrap_or_default(), &invited);
        for came in &account.attendance {
            add(&came.word, &desk);
        }
        for question in &account.survey.questions {
            add(&question.wording, &invited);
            for answer in &question.answers {
                add(&answer.wording, &invited);
            }
            for opinion in &question.opinions {
                add(opinion, &desk);
            }
        }
    }
}

/// What nobody but the desk knows of: what is only proposed, and what was taken back.
fn is_hidden(session: &Session) -> bool {
    session.retracted || session.state == State::Draft
}
