//! Who may know of a yearly target (年度目標), and what of the office's work the posts of a month tell
//! everybody (DESIGN sections 5 and 9).

use super::{Add, Allowed, Model, project};
use crate::{
    records::{Planned, Records, Year},
    trail::marks,
};
use domain::{
    session::State,
    target::{Owner, Target},
    tier::Tier,
};
use std::collections::BTreeSet;

/// From so many issues on a category is told of by its name (DESIGN section 2, rule 9).
const CATEGORY_ISSUES_MIN: usize = 3;

impl Model<'_> {
    /// Who may know of a target: the desk and advisers of all; of one that an association sees to its
    /// officers and contacts; of others everybody the office knows.
    pub(crate) fn of_target(&self, target: &Target) -> Allowed {
        let mut people = self.coordinators();
        if !target.withdrawn {
            people.extend(self.holders("アドバイザー"));
            match target.association() {
                Some(id) => people.extend(self.leads(id)),
                None => people.extend(self.region()),
            }
        }
        self.allowed(people)
    }

    /// Who may know of an entry of progress: whoever may know of any of its targets. What was taken back
    /// is the desk's.
    pub(crate) fn of_entry(&self, year: &Year, entry: &domain::target::Record) -> Allowed {
        let mut allowed = self.allowed(self.coordinators());
        let of = entry.targets.iter().filter(|_| !entry.withdrawn);
        for target in of.filter_map(|id| year.target(id.0)) {
            allowed.extend(&self.of_target(target));
        }
        allowed
    }

    /// The words of targets, their goals and entries are for whoever may know of them.
    pub(super) fn words_of_targets(&self, year: &Year, add: &mut Add<'_>) {
        for Planned { target, goals } in &year.targets {
            let known = self.of_target(target);
            add(&target.area, &known);
            add(&target.item, &known);
            if let Some(Owner::Named(who)) = &target.owner {
                add(who, &known);
            }
            for goal in goals {
                add(&goal.content.text, &known);
                add(goal.content.plan.as_deref().unwrap_or_default(), &known);
                add(goal.reason.as_deref().unwrap_or_default(), &known);
            }
        }
        for entry in &year.entries {
            let known = self.of_entry(year, entry);
            add(entry.text.as_deref().unwrap_or_default(), &known);
        }
    }

    /// Categories that many issues belong to are told of by name, whoever asks how the year gets on.
    pub(super) fn words_of_categories(&self, records: &Records, add: &mut Add<'_>) {
        let mut everybody = self.region();
        everybody.extend(self.coordinators());
        let everybody = self.allowed(everybody);
        for category in &records.categories {
            let of = records.issues.iter();
            let of = of.filter(|it| !it.retracted && it.categories.contains(&category.id));
            if of.count() >= CATEGORY_ISSUES_MIN {
                add(&category.name, &everybody);
            }
        }
    }

    /// The marks that a post to everybody the office knows may hold as things stand, and which it keeps as
    /// of its day: nobody's own of targets, notices, gatherings of the region, projects that no association
    /// restricts, and categories that many issues belong to.
    pub(crate) fn told_to_all(&self, records: &Records) -> BTreeSet<String> {
        let mut told = BTreeSet::new();
        let region = self.region();
        let mut add = |words: &str, known: &Allowed| {
            if region.is_subset(&known.posted) {
                told.extend(marks(words));
            }
        };
        self.words_of_targets(&records.year, &mut add);
        self.words_of_notices(&records.year, &mut add);
        self.words_of_categories(records, &mut add);
        let everybody = self.allowed(region.clone());
        for session in &records.sessions {
            let open = !session.retracted && session.state != State::Draft;
            if open && session.tier == Tier::Three {
                add(&session.title, &everybody);
            }
        }
        for found in &records.projects {
            if project::is_public(found) && !found.retracted {
                add(&found.title, &everybody);
            }
        }
        told
    }

    /// Who reads such a post, whenever.
    pub(crate) fn readers_of_posts(&self) -> Allowed {
        Allowed {
            posted: self.allowed(self.region()).posted,
            ..Allowed::default()
        }
    }
}
