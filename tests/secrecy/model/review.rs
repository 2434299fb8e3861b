//! Who may know of a review (反省会): whoever may know of what it looks back on.

use super::{Add, Allowed, Model, People, project};
use crate::records::Records;
use domain::{
    id::AssociationId,
    review::{Of, Review},
};

impl Model<'_> {
    /// Of an issue whoever reads its original; of a session whom that is for, and in channels whoever
    /// reads its card; of a project whoever may know of that.
    pub(crate) fn of_review(&self, records: &Records, review: &Review) -> Allowed {
        let desk = self.allowed(self.coordinators());
        if review.retracted {
            return desk;
        }
        match review.of {
            Of::Issue(id) => {
                let issue = records.issue(id.0).expect("issues stay");
                self.allowed(self.readers(records, issue))
            }
            Of::Session(id) => {
                let session = records.session(id.0).expect("sessions stay");
                let mut allowed = self.allowed(self.invited(session));
                allowed.posted.extend(self.guests(session));
                allowed
            }
            Of::Project(id) => {
                let project = records.project(id.0).expect("projects stay");
                self.of_project(project)
            }
        }
    }

    /// Who may say that a review was held, or move it: the desk, officers and contacts of the
    /// associations it is about (DESIGN section 9).
    pub(crate) fn deal_with(&self, records: &Records, of: Of) -> People {
        let associations: Vec<AssociationId> = match of {
            Of::Issue(id) => {
                let issue = records.issue(id.0).expect("issues stay");
                issue.association.into_iter().collect()
            }
            Of::Session(id) => {
                let session = records.session(id.0).expect("sessions stay");
                session.associations.clone()
            }
            Of::Project(id) => project::with(records.project(id.0).expect("projects stay")),
        };
        let mut people = self.coordinators();
        people.extend(associations.iter().flat_map(|id| self.leads(*id)));
        people
    }

    /// The words of a review are for whoever may know of it. What was done about an issue is told to
    /// those who may read why its status is what it is as well.
    pub(super) fn words_of_review(&self, records: &Records, review: &Review, add: &mut Add<'_>) {
        let mut known = self.of_review(records, review);
        add(review.place.as_deref().unwrap_or_default(), &known);
        add(review.note.as_deref().unwrap_or_default(), &known);
        let because = records.moved_because.get(&review.id.0);
        add(because.map_or("", String::as_str), &known);
        let Some(outcome) = &review.outcome else {
            return;
        };
        add(outcome.worked.as_deref().unwrap_or_default(), &known);
        if let Of::Issue(id) = review.of {
            let shares = records.shares[&id.0].iter();
            known
                .answered
                .extend(shares.map(|share| share.proposed_by.0));
        }
        add(&outcome.done, &known);
    }
}
