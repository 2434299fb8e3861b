//! The judge: after every step, whatever anybody's client has newly got is held against the model.

use crate::{
    decided::Decided,
    number::is_as_of_its_day,
    office::{DESK, RANKS},
    records::Records,
    step::Life,
    trail::marks,
};
use fake_discord::{Seen, StoredMessage};
use std::{
    cell::Cell,
    collections::{BTreeMap, BTreeSet},
    time::{Duration, Instant},
};

/// How long nothing moves when all that is left waits for a mend.
const STILL: Duration = Duration::from_millis(300);

/// How something reached a client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// An answer, a form, a suggestion: for one person.
    Answer,
    /// A post in this channel.
    Post(u64),
    /// The title of a post in a forum.
    Title,
    /// The server's own list of events.
    Event,
    /// A name everybody in the server is shown.
    Name,
}

impl Life<'_> {
    /// Lets everything be sent, reads what was decided and judges what came of it.
    pub(crate) async fn judge(&mut self) {
        self.sent().await;
        // Events come in order: who is answered after a change was answered by a bot that knows it.
        self.helped(self.world.city.person("サーバーの管理者"))
            .await;
        self.sent().await;
        self.take_in().await;
        self.check_seen(None);
        self.numbers.forget();
        self.echoes.clear();
    }

    /// The office as it is set up now: its categories change.
    pub(crate) async fn read_office(&mut self) {
        let server = domain::id::ServerId(self.world.city.guild);
        let office = self.world.store().office(server).await.expect("it is read");
        self.office = Some(office.expect("an office"));
    }

    /// Waits until all is sent that can be: behind a refused card others of its issue wait as well, so
    /// that nothing is left to do when nothing has moved for a while.
    pub(crate) async fn sent(&self) {
        let known = Cell::new((0, 0));
        let since = Cell::new(Instant::now());
        let still = self
            .world
            .until(async |world| {
                let counts = world.counts().await;
                counts.waiting == 0
                    || (counts.refused > 0 && {
                        let now = (counts.waiting, counts.refused);
                        if known.replace(now) != now {
                            since.set(Instant::now());
                        }
                        since.get().elapsed() > STILL
                    })
            })
            .await;
        assert!(still, "something is never sent\n{}", self.world.log());
    }

    /// Reads the records as they are now, and who may have what by them.
    async fn take_in(&mut self) {
        self.read_office().await;
        let office = self.office.as_ref().expect("it was set up");
        let records = Records::read(self.world, office).await;
        let before = &self.records;
        let decided = Decided {
            model: self.model(),
            before,
            after: &records,
            actor: self.actor,
            agreed: self.agreed,
        };
        decided.check();
        let known = self.knowers();
        self.tally.follow(before, &records);
        let approved = |records: &Records| {
            let all = records.shares.values().flatten();
            all.filter(|share| share.decided_at.is_some()).count()
        };
        self.tally.approved += approved(&records).saturating_sub(approved(before));
        self.records = records;
        let knowers = self.knowers();
        self.numbers.take_in(knowers, known);
        let mut live = self.model().live(&self.records);
        // Words that were replaced stay with whom they were for, and with the desk's history.
        let desk = self.model().coordinators();
        for (mark, mut allowed) in std::mem::take(&mut self.live) {
            allowed.answered.extend(&desk);
            live.entry(mark).or_insert(allowed);
        }
        self.live = live;
        self.keep_told();
        self.actor = None;
        self.agreed = false;
    }

    /// What a post to everybody said it says as of its day.
    fn keep_told(&mut self) {
        let told = self.model().told_to_all(&self.records);
        self.told_to_all.extend(told);
        let readers = self.model().readers_of_posts();
        for mark in &self.told_to_all {
            let allowed = self.live.entry(mark.clone()).or_default();
            allowed.extend(&readers);
        }
    }

    /// Judges what is new. After a change by hand, what stood in the channels that are open is left to
    /// whoever opened them.
    fn check_seen(&mut self, opened: Option<&BTreeSet<u64>>) {
        let messages: BTreeMap<u64, StoredMessage> = self
            .world
            .fake
            .all_messages()
            .into_iter()
            .map(|message| (message.id, message))
            .collect();
        for who in self.world.fake.people(self.world.city.guild) {
            let seen = self.world.fake.seen_by(who);
            let known = self.judged.insert(who, seen.len()).unwrap_or_default();
            for one in &seen[known..] {
                let way = self.way(one, &messages);
                let by_drift = opened
                    .into_iter()
                    .flatten()
                    .any(|channel| self.stands_in(one, way, *channel));
                let earlier = opened.is_some() && is_as_of_its_day(&one.text);
                if !by_drift && !earlier {
                    self.check_numbers(who, &one.text, way);
                }
                if !by_drift {
                    self.check_told(who, &one.text, way);
                }
                for mark in marks(&one.text) {
                    if by_drift {
                        self.tally.shown_by_drift += 1;
                        continue;
                    }
                    assert!(
                        self.may_have(who, &mark, way) || self.is_echo(who, one, &mark, way),
                        "step {}: {mark} of {} reached {} by {way:?}: {} {:?}\nmay: {:?}",
                        self.step,
                        self.typed
                            .get(&mark)
                            .map_or_else(String::new, |w| self.name(*w)),
                        self.name(who),
                        one.where_,
                        one.text,
                        self.live.get(&mark).map(|allowed| allowed
                            .by(way, self.plan.rooms[DESK])
                            .iter()
                            .map(|who| self.name(*who))
                            .collect::<Vec<String>>()),
                    );
                }
            }
        }
    }

    fn may_have(&self, who: u64, mark: &str, way: Way) -> bool {
        if way == Way::Name || self.removed.contains(mark) {
            return false;
        }
        if self.typed.get(mark) == Some(&who) || self.named.contains(&(who, mark.to_owned())) {
            return true;
        }
        let posted = way != Way::Answer;
        if let Some(allowed) = self.live.get(mark) {
            let desk = self.plan.rooms[DESK];
            return allowed.by(way, desk).contains(&who);
        }
        // Why something was done is for the desk, and for those who raised it and may read it.
        let of = self.reasons.get(mark);
        let issue = of.and_then(|of| self.records.issues.iter().find(|i| i.id.0 == *of));
        issue.is_some_and(|issue| {
            let model = self.model();
            let at_desk = match way {
                Way::Post(channel) if channel == self.plan.rooms[DESK] => model.at_desk(),
                _ => model.coordinators(),
            };
            let shares = self.records.shares[&issue.id.0].iter();
            let raised = issue.reporter.0 == who
                || issue
                    .association
                    .is_some_and(|of| model.ranks(model.name(of), &RANKS).contains(&who));
            at_desk.contains(&who)
                || (raised && model.readers(&self.records, issue).contains(&who))
                || shares.into_iter().any(|share| share.proposed_by.0 == who)
                || (posted && self.plan.accepted.contains(&who))
        })
    }

    /// Whether the mark stands here only as an answer that was found to say no more than any other of
    /// its kind repeats it, and in the person's own command.
    fn is_echo(&self, who: u64, seen: &Seen, mark: &str, way: Way) -> bool {
        let own: Vec<&str> = self
            .echoes
            .iter()
            .filter_map(|(of, said)| (*of == who).then_some(said.as_str()))
            .collect();
        let mut lines = seen.text.lines().filter(|line| line.contains(mark));
        way == Way::Answer && lines.all(|line| own.iter().any(|said| said.contains(line)))
    }

    fn way(&self, seen: &Seen, messages: &BTreeMap<u64, StoredMessage>) -> Way {
        let message = seen.where_.strip_prefix("message ");
        let id = message.and_then(|rest| rest.split(' ').next()?.parse().ok());
        match id.and_then(|id: u64| messages.get(&id)) {
            Some(message) if message.ephemeral_for.is_none() => {
                Way::Post(self.root(message.channel))
            }
            _ if seen.where_ == "title of a thread" => Way::Title,
            _ if seen.where_ == "a scheduled event" => Way::Event,
            _ if seen.where_.starts_with("name ") => Way::Name,
            _ => Way::Answer,
        }
    }

    /// Whether what was seen stands in this channel.
    fn stands_in(&self, seen: &Seen, way: Way, channel: u64) -> bool {
        let titled = |thread: &u64| {
            let thread = self.world.fake.channel(*thread);
            thread.is_some_and(|thread| thread.name == seen.text)
        };
        match way {
            Way::Post(of) => of == channel,
            Way::Title => self.world.fake.threads(channel).iter().any(titled),
            Way::Answer | Way::Event | Way::Name => false,
        }
    }

    /// The channel a thread hangs below.
    pub(crate) fn root(&self, channel: u64) -> u64 {
        let raw = self.world.fake.raw_channel(channel).unwrap_or_default();
        let thread = matches!(raw["type"].as_u64(), Some(10..=12));
        let parent = raw["parent_id"].as_str().and_then(|id| id.parse().ok());
        parent.filter(|_| thread).unwrap_or(channel)
    }

    /// Changes the server by hand. What a channel that has drifted shows then, somebody opened; what
    /// others show must be for those who see them.
    pub(crate) fn by_hand(&mut self, change: impl FnOnce(&mut Self)) {
        change(self);
        let opened: BTreeSet<u64> = self
            .drifted
            .iter()
            .map(|room| self.plan.rooms[room])
            .collect();
        let live = self.model().live(&self.records);
        self.live.extend(live);
        self.keep_told();
        let knowers = self.knowers();
        self.numbers.take_in(knowers, BTreeMap::new());
        self.check_seen(Some(&opened));
    }

    /// No mark stands where no person is asked for: log, metrics, custom ids.
    pub(crate) async fn check_outside(&self) {
        let log = self.world.log();
        let ids = self.custom_ids();
        let at = self.world.bot().http_address().expect("health is told");
        let figures = reqwest::get(format!("http://{at}/metrics"));
        let figures = figures
            .await
            .expect("it answers")
            .text()
            .await
            .expect("text");
        assert!(figures.contains("renkei"), "metrics are told: {figures}");
        self.check_asked();
        for mark in self.typed.keys() {
            assert!(!log.contains(mark), "{mark} stands in the log");
            assert!(!figures.contains(mark), "{mark} stands in the metrics");
            assert!(ids.iter().all(|id| !id.contains(mark)), "{mark} in an id");
        }
    }
}
