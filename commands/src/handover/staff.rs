//! Who holds which role now, as far as it can be known: the bot does not hear of a server's people, but
//! it may ask Discord for one whom it knows. It knows whoever has acted in the office or was given
//! something to do. Whoever holds a role and never acted is in Discord's own list of the role only, and
//! the sheet says so.

use super::reading::Somebody;
use crate::{request::Request, server::Member, text, text::Text};
use domain::{
    id::{RoleId, UserId},
    office::Office,
    person::Rank,
    setting::Language,
};
use futures::future::join_all;

/// Most people whom Discord is asked for; the latest to act.
const ASKED_MAX: usize = 40;
/// How many are asked for at once.
const AT_ONCE: usize = 5;

/// Somebody with what Discord says.
#[derive(Clone, Debug)]
pub(super) struct Staff {
    pub(super) who: UserId,
    /// `None` where Discord was not asked.
    pub(super) member: Option<Member>,
    pub(super) somebody: Somebody,
}

/// Asks for the first of the people.
pub(super) async fn ask(request: &Request, people: &[Somebody]) -> Vec<Staff> {
    let server = request.office.server;
    let mut members = Vec::new();
    for some in people[..people.len().min(ASKED_MAX)].chunks(AT_ONCE) {
        let asked = some
            .iter()
            .map(|one| request.app.servers.member(server, one.who));
        members.extend(join_all(asked).await);
    }
    let mut members = members.into_iter();
    people
        .iter()
        .map(|somebody| Staff {
            who: somebody.who,
            member: members.next(),
            somebody: somebody.clone(),
        })
        .collect()
}

impl Staff {
    /// Whether the person can read more than others now.
    pub(super) fn holds_office(&self, office: &Office) -> bool {
        let Some(Member::Here(roles)) = &self.member else {
            return false;
        };
        office
            .roles
            .iter()
            .any(|(_, binding)| roles.contains(&binding.to))
    }

    /// The roles of the office the person holds now, in words; or why it is not known.
    pub(super) fn roles(&self, office: &Office, language: Language) -> String {
        match &self.member {
            None => Text::new("handover-not-asked").say(language),
            Some(Member::Unread) => Text::new("handover-unread").say(language),
            Some(Member::Absent) => Text::new("handover-absent").say(language),
            Some(Member::Here(roles)) => {
                let held = held(office, roles, language);
                if held.is_empty() {
                    return Text::new("handover-no-role").say(language);
                }
                held.join("\n")
            }
        }
    }
}

fn held(office: &Office, roles: &[RoleId], language: Language) -> Vec<String> {
    let capacities = office
        .roles
        .iter()
        .filter(|(_, binding)| roles.contains(&binding.to))
        .map(|(capacity, _)| Text::new(format!("word-capacity-{}", capacity.code())).say(language));
    let ranks = office.associations.iter().flat_map(|association| {
        let of = |rank: &&Rank| {
            association
                .role(**rank)
                .is_some_and(|role| roles.contains(&role))
        };
        Rank::ALL.iter().filter(of).map(|rank| {
            text!(
                "association-rank",
                association = association.name.clone(),
                rank = Text::new(format!("word-rank-{}", rank.code())),
            )
            .say(language)
        })
    });
    capacities.chain(ranks).collect()
}
