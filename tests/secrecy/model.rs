//! The model: who may have what, in the contract's own words (DESIGN sections 2, 3 and 9), with none of
//! the product's rules. What was decided is read from the records; that it was decided rightly is
//! judged by [`crate::decided`].

mod feedback;
mod memo;
mod notice;
pub(crate) mod project;
mod review;
mod session;
mod target;

use crate::{
    judge::Way,
    number::Noun,
    office::{COORDINATOR, Plan, RANKS},
    records::Records,
    trail::marks,
};
use domain::{
    audience::Destination,
    disclosure::{Audience, Disclosure, Group, State},
    id::AssociationId,
    issue::Issue,
    office::Office,
};
use std::collections::{BTreeMap, BTreeSet};
use tests::city::City;

/// People.
pub(crate) type People = BTreeSet<u64>;

/// What takes in who may have the words of something.
type Add<'a> = dyn FnMut(&str, &Allowed) + 'a;

/// Who may have a mark by an answer of their own, who in a channel, who in the desk's, and who in the
/// server's own list of events.
#[derive(Clone, Debug, Default)]
pub(crate) struct Allowed {
    pub(crate) answered: People,
    pub(crate) posted: People,
    pub(crate) at_desk: People,
    pub(crate) listed: People,
}

impl Allowed {
    pub(crate) fn extend(&mut self, other: &Self) {
        self.answered.extend(&other.answered);
        self.posted.extend(&other.posted);
        self.at_desk.extend(&other.at_desk);
        self.listed.extend(&other.listed);
    }

    /// Who may have it by this way, where this is the desk's channel.
    pub(crate) fn by(&self, way: Way, desk: u64) -> &People {
        match way {
            Way::Answer => &self.answered,
            Way::Event => &self.listed,
            Way::Post(channel) if channel == desk => &self.at_desk,
            Way::Post(_) | Way::Title | Way::Name => &self.posted,
        }
    }
}

/// The rules, over an office and its people as they are now.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Model<'l> {
    pub(crate) office: &'l Office,
    pub(crate) plan: &'l Plan,
    pub(crate) city: &'l City,
}

impl Model<'_> {
    fn holders(&self, role: &str) -> People {
        let role = self.city.role(role);
        let holds = |(who, roles): (&u64, &BTreeSet<u64>)| roles.contains(&role).then_some(*who);
        self.plan.roles.iter().filter_map(holds).collect()
    }

    /// The desk.
    pub(crate) fn coordinators(&self) -> People {
        self.holders(COORDINATOR)
    }

    pub(crate) fn ranks(&self, name: &str, ranks: &[&str]) -> People {
        let holders = |rank: &&str| self.holders(&format!("{name} {rank}"));
        ranks.iter().flat_map(holders).collect()
    }

    pub(crate) fn name(&self, id: AssociationId) -> &str {
        &self.office.association(id).expect("associations stay").name
    }

    fn adviser(&self, granted: &str) -> People {
        if self.plan.grants.contains(granted) {
            self.holders("アドバイザー")
        } else {
            People::new()
        }
    }

    /// Officers and contacts, members where the talk is open, the adviser where granted.
    fn talk(&self, id: AssociationId) -> People {
        let name = self.name(id);
        let mut talk = self.ranks(name, self.talking(id));
        talk.extend(self.adviser(name));
        talk
    }

    /// The ranks that take part in an association's talk.
    fn talking(&self, id: AssociationId) -> &'static [&'static str] {
        let open = self.plan.open_talk.contains(self.name(id));
        if open { &RANKS } else { &RANKS[..2] }
    }

    fn circle(&self, id: domain::id::CircleId) -> People {
        let circle = self.office.circle(id).expect("circles stay");
        let members = &self.plan.circles[&circle.channel.0];
        let mut people: People = members.iter().flat_map(|n| self.ranks(n, &RANKS)).collect();
        people.extend(self.adviser("tier2"));
        people
    }

    fn region(&self) -> People {
        let associations = tests::city::ASSOCIATIONS.iter();
        let mut people: People = associations.flat_map(|a| self.ranks(a.0, &RANKS)).collect();
        people.extend(self.holders("アドバイザー"));
        people.extend(self.holders("オブザーバー"));
        people
    }

    /// Whom a share is for.
    pub(crate) fn audience(&self, audience: Audience) -> People {
        match audience {
            Audience::Desk => self.adviser("desk"),
            Audience::Circle(id) => self.circle(id),
            Audience::Region => self.region(),
            Audience::Association(id, Group::Officers) => self.ranks(self.name(id), &RANKS[..1]),
            Audience::Association(id, Group::Contacts) => self.ranks(self.name(id), &RANKS[1..2]),
            Audience::Association(id, Group::Everyone) => {
                let mut people = self.ranks(self.name(id), &RANKS);
                people.extend(self.adviser(self.name(id)));
                people
            }
        }
    }

    /// Who may read an original: the desk, whoever wrote it down, the talk of the association that
    /// raised it, the audience of the place it stands in. What waits for the desk to decide stands at the desk,
    /// and so does what is for the desk.
    pub(crate) fn readers(&self, records: &Records, issue: &Issue) -> People {
        let mut people = self.coordinators();
        people.insert(issue.reporter.0);
        if issue.retracted {
            return people;
        }
        people.extend(issue.association.iter().flat_map(|id| self.talk(*id)));
        people.extend(self.place(issue.destination));
        let at_desk = |share: &Disclosure| match share.state {
            State::Proposed => true,
            State::Approved => share.audience == Audience::Desk,
            _ => false,
        };
        if records.shares[&issue.id.0].iter().any(at_desk) {
            people.extend(self.adviser("desk"));
        }
        people
    }

    /// Who reads in a place besides coordinators.
    fn place(&self, destination: Destination) -> People {
        match destination {
            Destination::Tier1(id) => self.talk(id),
            Destination::Tier2(id) => self.circle(id),
            Destination::Tier3 => self.region(),
            Destination::Progress | Destination::Notice => self.region(),
            _ => self.adviser("desk"),
        }
    }

    /// Everybody who reads in the desk's channel.
    pub(crate) fn at_desk(&self) -> People {
        self.allowed(self.coordinators()).at_desk
    }

    /// Those who speak for an association: its officers and contacts.
    pub(crate) fn leads(&self, id: AssociationId) -> People {
        self.ranks(self.name(id), &RANKS[..2])
    }

    /// Who may propose to share an issue: the desk, officers and contacts of the association that raised it,
    /// its members for what they wrote down themselves.
    pub(crate) fn proposers(&self, issue: &Issue) -> People {
        let mut people = self.coordinators();
        if let Some(id) = issue.association {
            people.extend(self.leads(id));
            let members = self.ranks(self.name(id), &RANKS);
            people.extend(members.get(&issue.reporter.0));
        }
        people
    }

    /// Who may write something down, and so sees the office's list of categories.
    pub(crate) fn writers(&self) -> People {
        let associations = tests::city::ASSOCIATIONS.iter();
        let mut people: People = associations.flat_map(|a| self.ranks(a.0, &RANKS)).collect();
        people.extend(self.coordinators());
        people.extend(self.holders("アドバイザー"));
        people
    }

    /// Who may know that there is an issue of this number: its readers, those it was shared with, and
    /// whoever proposed that.
    pub(crate) fn of_issue(&self, records: &Records, issue: &Issue) -> Allowed {
        let mut people = self.readers(records, issue);
        for share in &records.shares[&issue.id.0] {
            people.insert(share.proposed_by.0);
            if share.state == State::Approved && !issue.retracted {
                people.extend(self.audience(share.audience));
            }
        }
        let mut allowed = self.allowed(people);
        for share in &records.shares[&issue.id.0] {
            // Where a share stood, its number goes on saying that it was taken back.
            if share.decided_at.is_some() && share.audience != Audience::Desk {
                allowed.posted.extend(self.audience(share.audience));
            }
        }
        allowed
    }

    /// Who may know that there is something of each number.
    pub(crate) fn knowers(&self, records: &Records) -> BTreeMap<(Noun, i64), Allowed> {
        let mut knowers = BTreeMap::new();
        for issue in &records.issues {
            knowers.insert((Noun::Issue, issue.id.0), self.of_issue(records, issue));
        }
        for session in &records.sessions {
            knowers.insert((Noun::Session, session.id.0), self.of_session(session));
        }
        for project in &records.projects {
            knowers.insert((Noun::Project, project.id.0), self.of_project(project));
        }
        for review in &records.reviews {
            knowers.insert((Noun::Review, review.id.0), self.of_review(records, review));
        }
        for memo in &records.memos {
            knowers.insert((Noun::Memo, memo.id.0), self.of_memo(memo));
        }
        for feedback in &records.feedbacks {
            let number = (Noun::Feedback, feedback.id.0);
            knowers.insert(number, self.of_feedback(feedback));
        }
        let year = &records.year;
        for planned in &year.targets {
            let number = (Noun::Target, planned.target.id.0);
            knowers.insert(number, self.of_target(&planned.target));
        }
        for entry in &year.entries {
            knowers.insert((Noun::Entry, entry.id.0), self.of_entry(year, entry));
        }
        for issued in &year.notices {
            let number = (Noun::Notice, issued.notice.id.0);
            knowers.insert(number, self.of_notice(&issued.notice));
        }
        knowers
    }

    fn allowed(&self, answered: People) -> Allowed {
        // Whoever Discord shows every channel has been accepted by the desk, and whom the office lets
        // in at the desk sees its channel.
        let mut posted = answered.clone();
        posted.extend(&self.plan.accepted);
        let mut at_desk = posted.clone();
        at_desk.extend(self.adviser("desk"));
        Allowed {
            answered,
            posted,
            at_desk,
            listed: People::new(),
        }
    }

    /// Who may have each mark that is on record, as things stand.
    pub(crate) fn live(&self, records: &Records) -> BTreeMap<String, Allowed> {
        let mut live: BTreeMap<String, Allowed> = BTreeMap::new();
        let mut add = |text: &str, allowed: &Allowed| {
            for mark in marks(text) {
                live.entry(mark).or_default().extend(allowed);
            }
        };
        let desk = Destination::Desk.desk().expect("the desk is the desk");
        for issue in &records.issues {
            let shares = &records.shares[&issue.id.0];
            let readers = self.readers(records, issue);
            let whole = self.allowed(readers.clone());
            add(&issue.text, &whole);
            add(issue.note.as_deref().unwrap_or_default(), &whole);
            if let Some(speaker) = &issue.speaker {
                add(speaker.reveal(desk), &self.allowed(self.coordinators()));
            }
            for share in shares {
                let mut people = readers.clone();
                people.insert(share.proposed_by.0);
                if share.state == State::Approved && !issue.retracted {
                    people.extend(self.audience(share.audience));
                }
                add(&share.wording, &self.allowed(people));
            }
        }
        let listed = self.allowed(self.writers());
        for category in &records.categories {
            add(&category.name, &listed);
            for issue in &records.issues {
                if issue.categories.contains(&category.id) {
                    add(&category.name, &self.allowed(self.readers(records, issue)));
                }
            }
        }
        for session in &records.sessions {
            self.words_of_session(records, session, &mut add);
        }
        for project in &records.projects {
            self.words_of_project(project, &mut add);
        }
        for review in &records.reviews {
            self.words_of_review(records, review, &mut add);
        }
        for memo in &records.memos {
            add(&memo.words, &self.of_memo(memo));
        }
        for feedback in &records.feedbacks {
            let words = &feedback.words;
            for words in [&words.opening, &words.closing].into_iter().flatten() {
                add(words, &self.of_feedback(feedback));
            }
        }
        self.words_of_targets(&records.year, &mut add);
        self.words_of_notices(&records.year, &mut add);
        self.words_of_petitions(&records.year, &mut add);
        self.words_of_categories(records, &mut add);
        let at_desk = self.allowed(self.coordinators());
        for person in &records.key_persons {
            add(person.name(desk), &at_desk);
            add(person.note(desk).unwrap_or_default(), &at_desk);
        }
        for matching in &records.matchings {
            add(matching.reason.as_deref().unwrap_or_default(), &at_desk);
        }
        live
    }
}
