//! What must be so in the end: every card in its place once, nobody with words not meant for them.

use crate::{
    fact::{Facts, Place, Recorded},
    life::Life,
    secret::{Kind, Secret, marks},
    timeline::now,
    wish::Wish,
};
use fake_discord::{Seen, StoredMessage};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

/// A telephone number people type; it must come back masked and be kept nowhere.
const NUMBER: &str = "1234-5678";

impl Life<'_> {
    /// Mends everything and waits until all is said.
    pub(crate) async fn heal(&mut self) {
        self.world.fake.faults().clear();
        self.world.fake.gateway().straighten();
        let owner = self.world.city.owner;
        self.appoint().await;
        let dead: Vec<(u64, Place)> = self
            .facts
            .set_up
            .bound()
            .into_iter()
            .filter(|(channel, _)| self.world.fake.channel(*channel).is_none())
            .collect();
        for (channel, place) in dead {
            let new = self.open_room("新しい部屋", false);
            let uses: Vec<String> = self
                .facts
                .set_up
                .channels
                .iter()
                .filter(|(_, bound)| **bound == channel)
                .map(|(used, _)| used.clone())
                .collect();
            for used in uses {
                self.bind(owner, &used, new).await;
            }
            match place {
                Place::Tier1(name) => self.move_association(owner, &name, new).await,
                Place::Tier2(old) => self.move_circle(owner, old, Some(new)).await,
                _ => {}
            }
        }
        self.mend_all();
        self.breathe().await;
        let mended = self
            .world
            .until(async |world| {
                let store = world.store();
                let open = store.read(|c| Box::pin(storage::stoppage::open_total(c)));
                world.counts().await.refused == 0 && open.await.expect("it can be read") == 0
            })
            .await;
        assert!(
            mended,
            "what was refused is let go after the mend\n{}",
            self.world.log()
        );
        self.repair().await;
        self.breathe().await;
    }

    /// There is a coordinator in the end, whoever has lost the role meanwhile.
    async fn appoint(&mut self) {
        let who = self.world.city.person("コーディネーター");
        let role = self.facts.set_up.capacities["coordinator"];
        if let Some(at) = self.away.iter().position(|(away, _)| *away == who) {
            self.away.remove(at);
            let (fake, guild) = (&self.world.fake, self.world.city.guild);
            self.timeline.change(|| fake.join(guild, who, &[]));
        }
        self.set_roles(who, &BTreeSet::from([role]));
        self.timeline.enter(self.step, now(), self.facts.clone());
    }

    /// A card that was deleted is posted once more when its issue changes.
    async fn repair(&mut self) {
        let who = self.world.city.person("コーディネーター");
        for number in std::mem::take(&mut self.torn) {
            let issue = self.facts.issues.get(&number);
            let Some(issue) = issue.filter(|issue| issue.merged_into.is_none()) else {
                continue;
            };
            let status = if issue.status == "sorted" {
                "planning"
            } else {
                "sorted"
            };
            let options = json!({"number": number.to_string(), "status": status});
            let wish = Wish::Status {
                number,
                status,
                reason: None,
            };
            self.ask(who, "issue status", options, &wish).await;
        }
    }

    /// Checks everything.
    pub(crate) fn judge(&self) {
        self.check_numbers();
        self.check_cards();
        self.check_readers();
        let log = self.world.log();
        for mark in self.secrets.marks() {
            assert!(!log.contains(mark), "{mark} stands in the log");
        }
        assert!(
            !log.contains(NUMBER),
            "a telephone number stands in the log"
        );
        for (number, issue) in &self.facts.issues {
            assert!(
                !issue.text.contains(NUMBER),
                "#{number} holds a telephone number"
            );
        }
    }

    fn check_numbers(&self) {
        let mut numbers: Vec<i64> = self.facts.issues.keys().copied().collect();
        numbers.extend(&self.retracted);
        numbers.sort_unstable();
        let last = i64::try_from(numbers.len()).expect("few");
        assert_eq!(numbers, (1..=last).collect::<Vec<_>>(), "numbers have gaps");
    }

    /// Each issue has one card, in its place, with its wording, and none where another stands for it;
    /// each session and project at most one in each place. There are no other cards but those of
    /// stoppages, which stand at the desk and are over, and of what was due.
    fn check_cards(&self) {
        let bot = self.world.fake.application_id();
        let mut cards: BTreeMap<i64, Vec<StoredMessage>> = BTreeMap::new();
        let mut once: BTreeSet<(String, u64)> = BTreeSet::new();
        for message in self.world.fake.all_messages() {
            if message.author == bot && !message.deleted && message.ephemeral_for.is_none() {
                // What a thread begins with shows its card again.
                if message.raw["type"] != 0 {
                    continue;
                }
                // What is due is said where people read it, and of sessions and projects stands a card
                // there.
                let is_due = title_of(&message).is_some_and(is_reminder);
                let work = work_on(&message);
                if is_due || work.is_some() {
                    let place = self.channel_of(&message);
                    let bound = self.facts.set_up.bound();
                    let known = bound.iter().any(|(channel, _)| *channel == place);
                    assert!(known, "it stands where nobody is told: {message:?}");
                    let twice = work
                        .filter(|_| !is_due)
                        .is_some_and(|of| !once.insert((of, place)));
                    assert!(!twice, "it stands twice in one place: {message:?}");
                    continue;
                }
                if let Some(title) = title_of(&message).filter(|title| is_stoppage(title)) {
                    let over = title.ends_with("解消しました") || title.ends_with("is over");
                    assert!(over, "{title}");
                    let desk = self.facts.set_up.channel(&Place::Desk);
                    let place = Some(self.channel_of(&message));
                    assert_eq!(place, desk, "a stoppage is told at the desk");
                    continue;
                }
                let number = number_on(&message);
                let number = number.unwrap_or_else(|| panic!("what is this? {message:?}"));
                cards.entry(number).or_default().push(message);
            }
        }
        for (number, issue) in &self.facts.issues {
            let cards = cards.remove(number).unwrap_or_default();
            let places: Vec<String> = cards.iter().map(|card| self.room_of(card)).collect();
            if let Some(into) = issue.merged_into {
                assert!(cards.is_empty(), "#{into} stands for #{number}: {places:?}");
                continue;
            }
            let [card] = cards.as_slice() else {
                panic!(
                    "#{number} belongs to {:?} and stands in {places:?}",
                    issue.place
                );
            };
            let channel = self.channel_of(card);
            let wanted = self.facts.set_up.channel(&issue.place);
            assert_eq!(
                Some(channel),
                wanted,
                "#{number} {:?} stands in {places:?}",
                issue.place
            );
            let words = marks(&card.text());
            assert!(
                marks(&issue.text).is_subset(&words),
                "the card of #{number} has an older wording: {}",
                card.text()
            );
        }
        assert!(cards.is_empty(), "cards of nothing: {cards:?}");
    }

    fn channel_of(&self, message: &StoredMessage) -> u64 {
        let channel = self.world.fake.raw_channel(message.channel);
        let channel = channel.unwrap_or_default();
        let is_thread = matches!(channel["type"].as_u64(), Some(10..=12));
        let parent = channel["parent_id"].as_str().and_then(|id| id.parse().ok());
        parent.filter(|_| is_thread).unwrap_or(message.channel)
    }

    fn room_of(&self, message: &StoredMessage) -> String {
        let channel = self.world.fake.channel(self.channel_of(message));
        channel.map_or("?".to_owned(), |channel| channel.name)
    }

    /// Everything every client ever got, held against who might have it at that moment.
    fn check_readers(&self) {
        let messages: BTreeMap<u64, StoredMessage> = self
            .world
            .fake
            .all_messages()
            .into_iter()
            .map(|message| (message.id, message))
            .collect();
        let people: BTreeSet<u64> = self
            .facts
            .roles
            .keys()
            .chain(self.away.iter().map(|(user, _)| user))
            .copied()
            .collect();
        for user in people {
            let mut told: BTreeSet<String> = BTreeSet::new();
            for seen in self.world.fake.seen_by(user) {
                let message = message_of(&seen).and_then(|id| messages.get(&id));
                let by_a_person =
                    message.is_some_and(|m| m.author != self.world.fake.application_id());
                let found = marks(&seen.text);
                if by_a_person {
                    told.extend(found);
                    continue;
                }
                // Whoever is given a role sees a channel's history: that is Discord's doing.
                let personal = message.is_none_or(|m| m.ephemeral_for.is_some())
                    && seen.where_ != "title of a thread";
                let taken_back = message.is_some_and(|message| message.deleted);
                let overtaken = taken_back && self.timeline.had_just_changed(seen.at);
                if !personal && (overtaken || self.timeline.was_changing(seen.at)) {
                    continue;
                }
                for mark in found.iter().filter(|mark| !told.contains(*mark)) {
                    self.check_reader(user, mark, &seen, personal);
                }
            }
        }
    }

    fn check_reader(&self, user: u64, mark: &str, seen: &Seen, personal: bool) {
        let secret = self.secrets.get(mark).expect("every mark was coined here");
        // The owner of a server is shown every channel, and the desk has accepted it.
        let shown_all = !personal && user == self.world.city.owner;
        if secret.typed_by == user || shown_all {
            return;
        }
        let moments = if personal {
            self.timeline.at(seen.at)
        } else {
            self.timeline.behind(seen.at)
        };
        let may = moments
            .iter()
            .any(|facts| may_have(facts, user, secret, personal));
        assert!(
            may,
            "{} got the {:?} of {:?} {mark} in step {}: {} {:?}\n{:?}",
            self.name(user),
            secret.kind,
            secret.issue,
            self.timeline.step(seen.at),
            seen.where_,
            seen.text,
            secret
                .issue
                .and_then(|number| self.facts.issues.get(&number)),
        );
    }
}

fn may_have(facts: &Facts, user: u64, secret: &Secret, personal: bool) -> bool {
    let Some(number) = secret.issue else {
        return false;
    };
    let Some(issue): Option<&Recorded> = facts.issues.get(&number) else {
        return false;
    };
    match secret.kind {
        Kind::Wording => facts.reads(user, issue),
        Kind::Speaker => facts.reads_speaker(user, issue, !personal),
        Kind::Reason => facts.reads_reasons(user, issue, !personal),
    }
}

/// The message a text was of.
fn message_of(seen: &Seen) -> Option<u64> {
    let rest = seen.where_.strip_prefix("message ")?;
    rest.split(' ').next()?.parse().ok()
}

/// Whether a title is of a post that tells the desk that sending has stopped.
fn is_stoppage(title: &str) -> bool {
    title.starts_with("停止 ") || title.starts_with("Stoppage ")
}

/// Whether a title is of a post that speaks of what is due; each comes as often as that is.
fn is_reminder(title: &str) -> bool {
    ["お知らせ", "リマインダー", "週のまとめ", "Reminder"]
        .iter()
        .any(|beginning| title.starts_with(beginning))
}

/// The session or project a card shows, by the beginning of its first button.
fn work_on(message: &StoredMessage) -> Option<String> {
    let shown = message.versions.last()?.components.first()?;
    let id = shown["components"][0]["custom_id"].as_str()?;
    let mut parts = id.split(':').skip(1);
    let action = parts.next()?;
    let is_card = ["session-show", "project-show"].contains(&action);
    is_card.then(|| format!("{action}:{}", parts.next().unwrap_or_default()))
}

/// The number on a card.
pub(crate) fn number_on(message: &StoredMessage) -> Option<i64> {
    let digits: String = title_of(message)?
        .strip_prefix('#')?
        .chars()
        .take_while(char::is_ascii_digit)
        .collect();
    digits.parse().ok()
}

fn title_of(message: &StoredMessage) -> Option<&str> {
    message.versions.last()?.embeds.first()?["title"].as_str()
}
