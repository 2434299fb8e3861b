//! Who may read notices (行政通知), and who may know which association has confirmed what: the desk, and
//! the talk of that association itself (DESIGN section 7, decision 0049).

use super::{Add, Allowed, Model, People};
use crate::records::{Issued, Year};
use domain::{id::UserId, notice::Notice};

impl Model<'_> {
    /// Everybody the office knows; drafts and what was taken back are the desk's. A bulletin that told of
    /// one stands as of its day.
    pub(crate) fn of_notice(&self, notice: &Notice) -> Allowed {
        let mut people = self.coordinators();
        if !notice.draft && !notice.retracted {
            people.extend(self.region());
        }
        let mut allowed = self.allowed(people);
        if !notice.draft {
            allowed.posted.extend(self.region());
        }
        allowed
    }

    pub(super) fn words_of_notices(&self, year: &Year, add: &mut Add<'_>) {
        let desk = self.allowed(self.coordinators());
        for topic in &year.topics {
            add(&topic.name, &desk);
        }
        for Issued { notice, wording } in &year.notices {
            let known = self.of_notice(notice);
            for words in [&Some(notice.title.clone()), &notice.number, &notice.issuer] {
                add(words.as_deref().unwrap_or_default(), &known);
            }
            for part in notice.changes.iter().filter_map(|it| it.part.as_deref()) {
                add(part, &known);
            }
            add(wording.as_deref().unwrap_or_default(), &known);
            let topic = year.topics.iter().find(|it| Some(it.id) == notice.topic);
            add(topic.map_or("", |topic| topic.name.as_str()), &known);
        }
    }

    /// Who may know that this person has confirmed something.
    pub(crate) fn told_of_confirmation(&self, year: &Year, by: UserId) -> People {
        let by = |confirmed: Option<(UserId, _)>| confirmed.is_some_and(|(who, _)| who == by);
        let of = year.bulletins.iter().filter(|it| by(it.confirmed));
        let mut people = self.coordinators();
        people.extend(of.flat_map(|bulletin| self.talk(bulletin.association)));
        people
    }

    /// Why what somebody asked about their own data was not possible is for them and the desk.
    pub(super) fn words_of_petitions(&self, year: &Year, add: &mut Add<'_>) {
        for petition in &year.petitions {
            let mut people = self.coordinators();
            people.insert(petition.person.0);
            let reason = petition.reason.as_deref().unwrap_or_default();
            add(reason, &self.allowed(people));
        }
    }
}
