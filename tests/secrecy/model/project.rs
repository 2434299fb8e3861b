//! Who may know of a support project (支援事業), and who may read what of it.

use super::{Add, Allowed, Model, People};
use crate::office::RANKS;
use domain::{
    id::AssociationId,
    project::{Holder, Project},
};

impl Model<'_> {
    /// Who may know of a project: the desk, officers and contacts of the associations it is with, and of
    /// one that no association restricts everybody the office knows. It is also told in the channels of
    /// those associations.
    pub(crate) fn of_project(&self, project: &Project) -> Allowed {
        let mut people = self.coordinators();
        if project.retracted {
            return self.allowed(people);
        }
        let with = with(project);
        people.extend(with.iter().flat_map(|id| self.leads(*id)));
        if is_public(project) {
            people.extend(self.region());
        }
        let mut allowed = self.allowed(people);
        let told: People = with.iter().flat_map(|id| self.talk(*id)).collect();
        allowed.posted.extend(told);
        allowed
    }

    /// The words of a project: money for the desk; what people wrote of the event in their own words for
    /// the desk and those who speak for its associations; the rest for whoever may know of it.
    pub(super) fn words_of_project(&self, project: &Project, add: &mut Add<'_>) {
        let known = self.of_project(project);
        let desk = self.allowed(self.coordinators());
        add(&project.title, &known);
        add(project.reason.as_deref().unwrap_or_default(), &known);
        add(project.note.as_deref().unwrap_or_default(), &known);
        for task in &project.tasks {
            add(task.wording.as_deref().unwrap_or_default(), &known);
            if let Holder::Named(who) = &task.holder {
                add(who, &known);
            }
        }
        let source = project.budget.as_ref().and_then(|it| it.source.as_deref());
        add(source.unwrap_or_default(), &desk);
        add(project.fund.as_deref().unwrap_or_default(), &desk);
        let mut own = self.coordinators();
        if !project.retracted {
            own.extend(with(project).iter().flat_map(|id| self.leads(*id)));
        }
        let own = self.allowed(own);
        for question in project.survey.iter().flat_map(|it| &it.questions) {
            add(&question.wording, &known);
            for answer in &question.answers {
                add(&answer.wording, &known);
            }
            for opinion in &question.opinions {
                add(opinion, &own);
            }
        }
    }

    /// Who may say that something of a project is done: whoever it was given to.
    pub(crate) fn sees_to(&self, holder: &Holder) -> People {
        match holder {
            Holder::Association(id) => self.ranks(self.name(*id), &RANKS[..2]),
            Holder::Person(who) => People::from([who.0]),
            Holder::Desk | Holder::Named(_) => People::new(),
        }
    }
}

/// The associations a project is with: an idea is its own association's only until it is taken up.
pub(crate) fn with(project: &Project) -> Vec<AssociationId> {
    let mut with: Vec<AssociationId> = project.idea_of.into_iter().collect();
    if project.taken_up {
        with.extend(&project.associations);
    }
    with
}

pub(crate) fn is_public(project: &Project) -> bool {
    project.taken_up && project.associations.is_empty()
}
