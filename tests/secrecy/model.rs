//! The model: who may have what, in the contract's own words (DESIGN sections 2, 3 and 9), with none of
//! the product's rules. What was decided is read from the records; that it was decided rightly is
//! judged here too.

use crate::{
    office::{COORDINATOR, Plan, RANKS},
    trail::marks,
};
use domain::{
    audience::Destination,
    disclosure::{Audience, Disclosure, Group, State},
    id::AssociationId,
    issue::{Issue, Origin},
    office::Office,
    tier::Tier,
};
use std::collections::{BTreeMap, BTreeSet};
use tests::{city::City, leak::all_issues, world::World};

/// People.
pub(crate) type People = BTreeSet<u64>;

/// Who may have a mark by an answer of their own, and who in a channel.
#[derive(Clone, Debug, Default)]
pub(crate) struct Allowed {
    pub(crate) answered: People,
    pub(crate) posted: People,
}

impl Allowed {
    fn extend(&mut self, other: &Self) {
        self.answered.extend(&other.answered);
        self.posted.extend(&other.posted);
    }
}

/// What is on record at one moment.
#[derive(Clone, Debug, Default)]
pub(crate) struct Records {
    pub(crate) issues: Vec<Issue>,
    pub(crate) shares: BTreeMap<i64, Vec<Disclosure>>,
}

impl Records {
    pub(crate) async fn read(world: &World, office: &Office) -> Self {
        let issues = all_issues(world.store(), office).await;
        let mut shares = BTreeMap::new();
        for issue in &issues {
            let (office, number) = (office.id, issue.id);
            let of = world
                .store()
                .read(move |connection| {
                    Box::pin(storage::disclosure::of(connection, office, number))
                })
                .await
                .expect("disclosures can be read");
            shares.insert(issue.id.0, of);
        }
        Self { issues, shares }
    }

    /// The state a version had.
    pub(crate) fn state(&self, share: &Disclosure) -> Option<State> {
        let of = self.shares.get(&share.issue.0)?;
        let found = of.iter().find(|known| known.version == share.version);
        found.map(|known| known.state)
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

    fn ranks(&self, name: &str, ranks: &[&str]) -> People {
        let holders = |rank: &&str| self.holders(&format!("{name} {rank}"));
        ranks.iter().flat_map(holders).collect()
    }

    fn name(&self, id: AssociationId) -> &str {
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
        let open = self.plan.open_talk.contains(name);
        let mut talk = self.ranks(name, if open { &RANKS } else { &RANKS[..2] });
        talk.extend(self.adviser(name));
        talk
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
    fn audience(&self, audience: Audience) -> People {
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
    /// raised it, the audience of the place it stands in.
    pub(crate) fn readers(&self, issue: &Issue) -> People {
        let mut people = self.coordinators();
        people.insert(issue.reporter.0);
        if issue.retracted {
            return people;
        }
        people.extend(issue.association.iter().flat_map(|id| self.talk(*id)));
        people.extend(match issue.destination {
            Destination::Tier1(id) => self.talk(id),
            Destination::Tier2(id) => self.circle(id),
            Destination::Tier3 => self.region(),
            _ => self.adviser("desk"),
        });
        people
    }

    fn allowed(&self, answered: People) -> Allowed {
        // Whoever Discord shows every channel has been accepted by the desk.
        let mut posted = answered.clone();
        posted.extend(&self.plan.accepted);
        Allowed { answered, posted }
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
            let mut readers = self.readers(issue);
            // What waits for the desk to decide stands at the desk, and so does what is for the desk.
            let at_desk = |share: &Disclosure| match share.state {
                State::Proposed => true,
                State::Approved => share.audience == Audience::Desk,
                _ => false,
            };
            if !issue.retracted && shares.iter().any(at_desk) {
                readers.extend(self.adviser("desk"));
            }
            let whole = self.allowed(readers.clone());
            add(&issue.text, &whole);
            add(issue.note.as_deref().unwrap_or_default(), &whole);
            if let Some(speaker) = &issue.speaker {
                let mut allowed = self.allowed(self.coordinators());
                // Whom the office lets in at the desk sees its channel.
                allowed.posted.extend(self.adviser("desk"));
                add(speaker.reveal(desk), &allowed);
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
        live
    }

    /// That nothing was decided against the contract between two moments; `agreed` when what was
    /// pressed held the tick that the source agreed.
    pub(crate) fn check(
        &self,
        before: &Records,
        after: &Records,
        actor: Option<u64>,
        agreed: bool,
    ) {
        for issue in &after.issues {
            self.check_place(issue);
            for share in &after.shares[&issue.id.0] {
                let was = before.state(share);
                let by_desk = actor.is_some_and(|who| self.coordinators().contains(&who));
                if share.state == State::Approved && was != Some(State::Approved) {
                    assert!(by_desk, "#{} was shared by {actor:?}", issue.id);
                }
                if was.is_none() {
                    assert!(
                        by_desk || actor.is_some_and(|who| self.may_propose(who, issue)),
                        "#{} was proposed by {actor:?}",
                        issue.id
                    );
                    let (words, said) = (marks(&share.wording), marks(&issue.text));
                    // Narrowing keeps the words of a version that was agreed to.
                    let mut earlier = before.shares.get(&issue.id.0).into_iter().flatten();
                    assert!(
                        words.is_disjoint(&said)
                            || agreed
                            || earlier.any(|known| known.wording == share.wording),
                        "#{} was shared as written without a tick",
                        issue.id
                    );
                }
            }
        }
    }

    /// Officers and contacts propose for what their association raised, members for their own.
    fn may_propose(&self, who: u64, issue: &Issue) -> bool {
        let raised = issue.association.map(|id| self.name(id));
        raised.is_some_and(|name| {
            self.ranks(name, &RANKS[..2]).contains(&who)
                || (self.ranks(name, &RANKS).contains(&who) && issue.reporter.0 == who)
        })
    }

    /// Where an original may stand (DESIGN section 3).
    fn check_place(&self, issue: &Issue) {
        let raised = |name: &str| issue.association.is_none_or(|id| self.name(id) == name);
        let right = match issue.destination {
            Destination::Tier1(id) => {
                issue.tier == Tier::One
                    && issue.association == Some(id)
                    && (issue.origin != Origin::Desk || issue.passed_on)
            }
            Destination::Tier2(id) => {
                let circle = self.office.circle(id).expect("circles stay");
                let members = &self.plan.circles[&circle.channel.0];
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
}
