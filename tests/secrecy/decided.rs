//! What was decided between two moments, judged by the contract's table of who may (DESIGN section 9):
//! whatever changed in the records was changed by somebody who may.

mod work;

use crate::{
    model::{Model, People},
    office::RANKS,
    records::{Issued, Planned, Records},
    trail::marks,
};
use chrono::DateTime;
use domain::{
    audience::Destination,
    disclosure::State,
    id::AssociationId,
    issue::{Issue, Origin},
    notice::Topic,
    session::Session,
    tier::Tier,
};

/// Two moments, and what is known of the step between them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Decided<'l> {
    pub(crate) model: Model<'l>,
    pub(crate) before: &'l Records,
    pub(crate) after: &'l Records,
    /// Who acted; nobody when people only looked.
    pub(crate) actor: Option<u64>,
    /// What was pressed held the tick that the source agreed.
    pub(crate) agreed: bool,
}

impl Decided<'_> {
    /// That nothing was decided against the contract.
    pub(crate) fn check(&self) {
        for issue in &self.after.issues {
            self.check_place(issue);
            self.check_shares(issue);
            match self.before.issue(issue.id.0) {
                None => self.check_written(issue),
                Some(before) => self.check_changed(before, issue),
            }
        }
        self.check_links();
        self.check_desk();
        self.check_work();
    }

    fn is(&self, people: &People) -> bool {
        self.actor.is_some_and(|who| people.contains(&who))
    }

    fn by_desk(&self) -> bool {
        self.is(&self.model.coordinators())
    }

    fn check_shares(&self, issue: &Issue) {
        let (actor, by_desk) = (self.actor, self.by_desk());
        for share in &self.after.shares[&issue.id.0] {
            let was = self.before.state(share);
            if share.state == State::Approved && was != Some(State::Approved) {
                assert!(by_desk, "#{} was shared by {actor:?}", issue.id);
            }
            if was.is_some() {
                continue;
            }
            assert!(
                self.is(&self.model.proposers(issue)),
                "#{} was proposed by {actor:?}",
                issue.id
            );
            let (words, said) = (marks(&share.wording), marks(&issue.text));
            // Narrowing keeps the words of a version that was agreed to.
            let mut earlier = self.before.shares.get(&issue.id.0).into_iter().flatten();
            assert!(
                words.is_disjoint(&said)
                    || self.agreed
                    || earlier.any(|known| known.wording == share.wording),
                "#{} was shared as written without a tick",
                issue.id
            );
        }
    }

    fn of(&self, name: &str) -> People {
        self.model.ranks(name, &RANKS)
    }

    /// Where an original may stand (DESIGN section 3).
    fn check_place(&self, issue: &Issue) {
        let model = &self.model;
        let raised = |name: &str| issue.association.is_none_or(|id| model.name(id) == name);
        let right = match issue.destination {
            Destination::Tier1(id) => {
                issue.tier == Tier::One
                    && issue.association == Some(id)
                    && (issue.origin != Origin::Desk || issue.passed_on)
            }
            Destination::Tier2(id) => {
                let circle = model.office.circle(id).expect("circles stay");
                let members = &model.plan.circles[&circle.channel.0];
                issue.origin == Origin::Open
                    && issue.tier == Tier::Two
                    && members.iter().any(|name| raised(name))
            }
            Destination::Tier3 => issue.origin == Origin::Open && issue.tier == Tier::Three,
            Destination::Desk => true,
            _ => false,
        };
        assert!(right, "#{} stands in {:?}", issue.id, issue.destination);
    }

    /// Coordinators write down anybody's, others what their own association raised; in a session only
    /// whoever may know of it.
    fn check_written(&self, issue: &Issue) {
        let (number, actor) = (issue.id, self.actor);
        assert_eq!(actor, Some(issue.reporter.0), "#{number} was written down");
        assert!(self.is(&self.model.writers()), "#{number} by {actor:?}");
        let own = |id: AssociationId| self.is(&self.of(self.model.name(id)));
        assert!(
            self.by_desk() || issue.association.is_none_or(own),
            "#{number} was said by {:?} and written down by {actor:?}",
            issue.association
        );
        let found = self.after.sessions.iter();
        let mut found = found.filter(|session| issue.session == Some(session.id));
        assert!(
            found.all(|session| self.is(&self.model.guests(session))),
            "#{number} was put into a session {actor:?} may not know of"
        );
    }

    fn check_changed(&self, before: &Issue, after: &Issue) {
        let (number, actor) = (after.id, self.actor);
        let reads = [(self.before, before), (self.after, after)]
            .iter()
            .any(|(records, issue)| self.is(&self.model.readers(records, issue)));
        let own = actor == Some(before.reporter.0);
        if before.categories != after.categories {
            assert!(
                reads && (own || self.by_desk()),
                "#{number}: categories by {actor:?}"
            );
        }
        if before.merged_into != after.merged_into {
            let both = [before.merged_into, after.merged_into];
            let mut others = both
                .into_iter()
                .flatten()
                .filter_map(|id| self.after.issue(id.0));
            let alike = |other: &Issue| {
                other.association == after.association
                    && self.is(&self.model.readers(self.after, other))
            };
            assert!(
                self.by_desk() || (own && others.all(alike)),
                "#{number} was merged by {actor:?}: {both:?}"
            );
        }
        // What was merged follows what stands for it, whoever changed that.
        if before != after && after.merged_into.is_none() {
            assert!(
                reads || self.by_desk() || self.is_moved_by_review(before, after),
                "#{number} was changed by {actor:?}, who may not read it"
            );
        }
    }

    /// The desk tells of notices; officers and contacts of the association confirm. Anybody may ask for
    /// what concerns their own data, and the desk answers.
    fn check_bulletins(&self) {
        let (before, after) = (&self.before.year, &self.after.year);
        let actor = self.actor;
        for (place, bulletin) in after.bulletins.iter().enumerate() {
            let was = before.bulletins.get(place);
            assert!(
                was.is_some() || self.by_desk(),
                "a bulletin was posted by {actor:?}"
            );
            let newly = was.is_some_and(|was| was.confirmed != bulletin.confirmed);
            let leads = self.model.leads(bulletin.association);
            assert!(
                !newly || self.is(&leads),
                "bulletin {} was confirmed by {actor:?}",
                bulletin.id
            );
        }
        for (place, petition) in after.petitions.iter().enumerate() {
            match before.petitions.get(place) {
                None => assert_eq!(actor, Some(petition.person.0), "who asks"),
                Some(was) => assert!(
                    was == petition || self.by_desk(),
                    "petition {} was answered by {actor:?}",
                    petition.id
                ),
            }
        }
    }

    /// The desk links any two; others one they wrote down with one they may read.
    fn check_links(&self) {
        let (before, after) = (&self.before.links, &self.after.links);
        for (one, other) in before.symmetric_difference(after) {
            let ends = [*one, *other].map(|number| self.after.issue(number).expect("it stays"));
            let reads = ends
                .iter()
                .all(|end| self.is(&self.model.readers(self.after, end)));
            let own = ends.iter().any(|end| self.actor == Some(end.reporter.0));
            assert!(
                reads && (own || self.by_desk()),
                "#{one} and #{other} were linked by {:?}",
                self.actor
            );
        }
    }

    /// What is for the desk to decide: the list of categories, sessions, matchings, key persons.
    fn check_desk(&self) {
        let (before, after) = (self.before, self.after);
        let (actor, by_desk) = (self.actor, self.by_desk());
        assert!(
            by_desk || before.categories == after.categories,
            "categories of the office were changed by {actor:?}"
        );
        assert!(
            by_desk || planned(&before.sessions) == planned(&after.sessions),
            "sessions were changed by {actor:?}"
        );
        assert!(
            by_desk || before.matchings == after.matchings,
            "matchings were changed by {actor:?}"
        );
        assert!(
            by_desk || planned_targets(before) == planned_targets(after),
            "targets or entries of progress were changed by {actor:?}"
        );
        assert!(
            by_desk || written(before) == written(after),
            "notices were changed by {actor:?}"
        );
        assert!(
            by_desk || before.year.uses == after.year.uses,
            "what is paid from where was changed by {actor:?}"
        );
        self.check_bulletins();
        assert!(
            by_desk || watched(before) == watched(after),
            "feeds were changed by {actor:?}"
        );
        assert!(
            by_desk || before.year.rules == after.year.rules,
            "rules were switched by {actor:?}"
        );
        assert!(
            by_desk || before.key_persons == after.key_persons,
            "key persons were changed by {actor:?}"
        );
    }
}

/// Targets with their goals, and entries.
fn planned_targets(records: &Records) -> (&[Planned], &[domain::target::Record]) {
    (&records.year.targets, &records.year.entries)
}

/// What is watched, for whom; when it was read last is nobody's doing.
fn watched(records: &Records) -> Vec<(&str, &[String])> {
    let feeds = records.year.feeds.iter();
    feeds
        .map(|feed| (feed.url.as_str(), &feed.scopes[..]))
        .collect()
}

fn written(records: &Records) -> (&[Issued], &[Topic]) {
    (&records.year.notices, &records.year.topics)
}

/// What people decided of sessions: their cards follow a changed set-up by themselves, which gives them
/// another revision.
fn planned(sessions: &[Session]) -> Vec<Session> {
    let mut planned = sessions.to_vec();
    for session in &mut planned {
        session.revision = 0;
        session.changed_at = DateTime::UNIX_EPOCH;
    }
    planned
}
