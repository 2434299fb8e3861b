//! The life of an office: one step after the other, and what must be so after each.

use crate::{
    dice::Dice,
    fact::{Facts, Place, Recorded},
    secret::{Kind, Secrets},
    timeline::{Timeline, now},
    trail::{Trail, short},
    wish::{Answer, Wish, check_others},
};
use chrono::{DateTime, Utc};
use domain::id::{OfficeId, ServerId};
use fake_discord::{ModalView, Outcome, Person};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use storage::audit::Written;
use tests::world::World;

/// The act of an issue that follows the set-up.
const ROUTED: &str = "issue.route";
/// The act of a session whose card follows the set-up.
const TOLD_ANEW: &str = "session.route";
/// What is noted beside the change itself: of issues that stand for others and of those others, and of
/// the review that comes and goes with a measure.
const BESIDE: [&str; 6] = [
    "issue.follow",
    "issue.gather",
    "issue.release",
    "review.drop",
    "review.propose",
    "review.undo",
];
/// Most entries of the audit that one step makes.
const ENTRIES_MAX: i64 = 200;

/// A channel of the server that has a use, or may get one.
#[derive(Clone, Debug)]
pub(crate) struct Room {
    pub(crate) id: u64,
    pub(crate) name: String,
    pub(crate) forum: bool,
    /// Somebody has changed who sees it.
    pub(crate) drifted: bool,
}

/// A form on somebody's screen.
#[derive(Clone, Debug)]
pub(crate) struct OpenForm {
    pub(crate) person: u64,
    pub(crate) view: ModalView,
    /// What its options were.
    pub(crate) about: FormKind,
}

/// Which form it is.
#[derive(Clone, Debug)]
pub(crate) enum FormKind {
    /// Of a new issue, with the origin that was chosen.
    Add(Option<domain::issue::Origin>),
    /// Of this issue.
    Edit(i64),
}

/// A button somebody has seen.
#[derive(Clone, Debug)]
pub(crate) struct Button {
    pub(crate) channel: u64,
    pub(crate) custom_id: String,
}

/// The office, its people and what is known of both.
pub(crate) struct Life<'w> {
    pub(crate) world: &'w mut World,
    pub(crate) trail: Trail,
    pub(crate) step: usize,
    pub(crate) facts: Facts,
    pub(crate) timeline: Timeline,
    pub(crate) secrets: Secrets,
    pub(crate) rooms: Vec<Room>,
    pub(crate) forms: Vec<OpenForm>,
    pub(crate) buttons: Vec<Button>,
    /// Lists on screens: whose, and the message.
    pub(crate) lists: Vec<(u64, u64)>,
    /// People who have left, with the roles they had.
    pub(crate) away: Vec<(u64, BTreeSet<u64>)>,
    pub(crate) faults_refused: usize,
    /// Issues whose card was deleted by hand or went with its channel.
    pub(crate) torn: BTreeSet<i64>,
    /// Who changed an issue last, and what it was before; what was taken back is not taken back again.
    latest: BTreeMap<i64, Latest>,
    /// Issues whose writing down was taken back.
    pub(crate) retracted: BTreeSet<i64>,
    audited: i64,
}

/// The latest change of an issue.
type Latest = (u64, Option<Recorded>);

impl<'w> Life<'w> {
    pub(crate) fn new(world: &'w mut World, trail: Trail) -> Self {
        let mut life = Self {
            world,
            trail,
            step: 0,
            facts: Facts::default(),
            timeline: Timeline::default(),
            secrets: Secrets::default(),
            rooms: Vec::new(),
            forms: Vec::new(),
            buttons: Vec::new(),
            lists: Vec::new(),
            away: Vec::new(),
            faults_refused: 0,
            torn: BTreeSet::new(),
            latest: BTreeMap::new(),
            retracted: BTreeSet::new(),
            audited: 0,
        };
        life.take_in_the_city();
        life.timeline.enter(0, now(), life.facts.clone());
        life
    }

    /// The client of somebody.
    pub(crate) fn person(&self, user: u64) -> Person {
        self.world.fake.person(self.world.city.guild, user)
    }

    /// The channel everybody sees.
    pub(crate) fn square(&self) -> u64 {
        self.world.channel("広場")
    }

    /// Anybody who is in the server.
    pub(crate) fn anybody(&self, dice: &mut Dice) -> u64 {
        let people: Vec<u64> = self.facts.roles.keys().copied().collect();
        // The owner is asked more often: the first hour is theirs.
        let owner = self.world.city.owner;
        if dice.chance(5) {
            return owner;
        }
        dice.pick(&people).unwrap_or(owner)
    }

    /// Somebody who may do what coordinators may, as far as there is one.
    pub(crate) fn staff(&self, dice: &mut Dice) -> u64 {
        let staff: Vec<u64> = self
            .facts
            .roles
            .keys()
            .copied()
            .filter(|user| self.facts.coordinates(*user))
            .collect();
        dice.pick(&staff).unwrap_or_else(|| self.anybody(dice))
    }

    /// A number of an issue, rarely of one that does not exist.
    pub(crate) fn number(&self, dice: &mut Dice) -> i64 {
        let numbers: Vec<i64> = self.facts.issues.keys().copied().collect();
        if dice.chance(5) {
            return 9_999;
        }
        dice.pick(&numbers).unwrap_or(1)
    }

    /// A new mark for what somebody types.
    pub(crate) fn mark(&mut self, dice: &mut Dice, kind: Kind, who: u64) -> String {
        self.secrets.coin(dice, kind, who)
    }

    /// How somebody is called in the trail.
    pub(crate) fn name(&self, who: u64) -> String {
        self.person(who).name()
    }

    /// Something was asked and answered: checks that what was said is so, and nothing else.
    pub(crate) async fn answered(
        &mut self,
        began: DateTime<Utc>,
        who: u64,
        wish: &Wish,
        what: &str,
        outcomes: &[&Outcome],
    ) {
        for outcome in outcomes {
            let line = format!("{} {what} → {}", self.name(who), short(&outcome.text()));
            self.trail.note(self.step, &line);
        }
        let before = std::mem::take(&mut self.facts);
        let after = Facts::read(self.world, before.roles.clone()).await;
        let entries = self.new_entries().await;
        let answers: Vec<Answer> = outcomes.iter().map(|o| wish.answered(o)).collect();
        let done = answers
            .iter()
            .filter(|answer| **answer == Answer::Done)
            .count();
        assert!(
            done <= 1,
            "{what}: done more than once, says the bot: {outcomes:?}"
        );
        let silent = answers.contains(&Answer::Silence);
        // The cards of sessions follow the set-up in their own time.
        let entries: Vec<Written> = entries
            .into_iter()
            .filter(|entry| entry.act != TOLD_ANEW)
            .collect();
        if let Wish::Work { noun } = wish {
            self.check_work((who, *noun, what), &answers, &entries, (&before, &after));
            self.facts = after;
            self.timeline.enter(self.step, began, self.facts.clone());
            for outcome in outcomes {
                self.remember(who, outcome);
            }
            return;
        }
        // Issues that follow the set-up are noted one by one, and judged with it.
        let (followed, entries): (Vec<Written>, Vec<Written>) =
            entries.into_iter().partition(|entry| entry.act == ROUTED);
        let sets_up = matches!(wish, Wish::SetUp { .. }) && entries.len() == 1;
        assert!(
            sets_up || followed.is_empty(),
            "{what}: issues moved: {followed:?}"
        );
        // So are those that follow the issue that stands for them, and that one is told; and reviews.
        let (beside, entries): (Vec<Written>, Vec<Written>) = entries
            .into_iter()
            .partition(|entry| BESIDE.contains(&entry.act.as_str()));
        assert!(
            beside.is_empty() || entries.len() == 1,
            "{what}: what follows a change came by itself: {beside:?}"
        );
        match entries.as_slice() {
            [] => {
                assert_eq!(done, 0, "{what}: said to be done, but nobody has noted it");
                assert_eq!(
                    (&before.set_up, &before.issues),
                    (&after.set_up, &after.issues),
                    "{what}: something changed and nobody has noted it"
                );
            }
            [entry] => {
                assert!(
                    done == 1 || silent,
                    "{what}: done, and the person was not told: {entry:?}"
                );
                assert_eq!(
                    (entry.who.0, entry.act.as_str()),
                    (who, wish.act()),
                    "{what}"
                );
                if let (Wish::Undo, Some((_, number))) = (wish, &entry.subject) {
                    self.check_undo(who, *number, &before, &after);
                    self.facts = after;
                    self.timeline.enter(self.step, began, self.facts.clone());
                    return;
                }
                let number = wish.number(&after);
                assert_eq!(entry.subject.as_ref().map(|(_, id)| *id), number, "{what}");
                wish.check(who, self.world.city.owner, &before, &after);
                // A thread changes nothing of the issue.
                let changed = number.filter(|_| !matches!(wish, Wish::Discuss { .. }));
                if let Some(number) = changed {
                    let was = before.issues.get(&number).cloned();
                    self.latest.insert(number, (who, was));
                    self.secrets.kept(&wish.words(), number);
                    self.torn.remove(&number);
                }
            }
            several => panic!("{what}: one wish, several changes: {several:?}"),
        }
        self.facts = after;
        self.timeline.enter(self.step, began, self.facts.clone());
        for outcome in outcomes {
            self.remember(who, outcome);
        }
    }

    /// An issue was moved by a review: what was done to it before is not taken back any more.
    pub(crate) fn moved(&mut self, number: i64) {
        self.latest.remove(&number);
        self.torn.remove(&number);
    }

    /// Taking back is for whoever made the latest change, and leads to what was before it.
    fn check_undo(&mut self, who: u64, number: i64, before: &Facts, after: &Facts) {
        let latest = self.latest.remove(&number);
        let (by, was) = latest.unwrap_or_else(|| panic!("#{number} had no change to take back"));
        assert_eq!(by, who, "#{number} was changed by somebody else");
        let unplaced = |issue: Option<&Recorded>| {
            issue.cloned().map(|issue| Recorded {
                place: Place::Desk,
                ..issue
            })
        };
        let is = after.issues.get(&number);
        assert_eq!(
            unplaced(is),
            unplaced(was.as_ref()),
            "#{number} is not as it was"
        );
        check_others(number, before, after);
        if is.is_none() {
            self.retracted.insert(number);
        }
        self.torn.remove(&number);
    }

    /// Keeps buttons and lists a person has on the screen, for later.
    fn remember(&mut self, who: u64, outcome: &Outcome) {
        let Some(message) = outcome.message() else {
            return;
        };
        for button in message.buttons() {
            if let Some(custom_id) = button.custom_id {
                if custom_id.starts_with("v1:issue-list") {
                    self.lists.push((who, message.id));
                }
                self.buttons.push(Button {
                    channel: message.channel,
                    custom_id,
                });
            }
        }
    }

    /// The office, once there is one.
    pub(crate) async fn office(&self) -> Option<OfficeId> {
        let server = ServerId(self.world.city.guild);
        let office = self.world.store().office(server).await;
        office.expect("it can be read").map(|office| office.id)
    }

    /// Entries of the audit that were not there at the last look; their numbers have no gap.
    pub(crate) async fn new_entries(&mut self) -> Vec<Written> {
        let Some(office) = self.office().await else {
            return Vec::new();
        };
        let page = self
            .world
            .store()
            .read(move |connection| {
                Box::pin(async move {
                    let all = storage::audit::Filter::default();
                    storage::audit::list(connection, office, &all, 0, ENTRIES_MAX).await
                })
            })
            .await
            .expect("the audit can be read");
        let new = usize::try_from(page.total - self.audited).expect("entries stay");
        let newest = page.entries.first().map_or(0, |entry| entry.id);
        assert_eq!(newest, page.total, "the numbers of the audit have a gap");
        self.audited = page.total;
        page.entries.into_iter().take(new).collect()
    }

    /// Waits until nothing is on its way and the bot has heard of everything; only what is sent from
    /// now on counts against what is so from now on.
    pub(crate) async fn breathe(&mut self) {
        self.world.settled().await;
        // Events come in order: who is answered after a change was answered by a bot that knows it.
        let owner = self.person(self.world.city.owner);
        let heard = owner.slash(self.square(), "help", json!({})).await;
        if heard.message().is_some() {
            self.world.settled().await;
            self.timeline.is_quiet();
        }
    }

    /// Roles as they are now in the server.
    pub(crate) fn set_roles(&mut self, user: u64, roles: &BTreeSet<u64>) {
        let ids: Vec<u64> = roles.iter().copied().collect();
        let (fake, guild) = (&self.world.fake, self.world.city.guild);
        self.timeline.change(|| fake.set_roles(guild, user, &ids));
        self.facts.roles.insert(user, roles.clone());
    }

    fn take_in_the_city(&mut self) {
        let city = &self.world.city;
        let mut roles: BTreeMap<u64, BTreeSet<u64>> = BTreeMap::new();
        for person in city.people() {
            roles.insert(person.id, BTreeSet::new());
        }
        let mut give = |key: &str, role: &str| {
            roles.insert(city.person(key), BTreeSet::from([city.role(role)]));
        };
        for (key, role) in [
            ("コーディネーター", "連携コーディネーター"),
            ("二人目のコーディネーター", "連携コーディネーター"),
            ("アドバイザー", "アドバイザー"),
            ("オブザーバー", "オブザーバー"),
        ] {
            give(key, role);
        }
        for (association, ..) in tests::city::ASSOCIATIONS {
            for (key, rank) in [("会長", "三役"), ("連携担当", "連携担当"), ("会員", "会員")]
            {
                give(
                    &format!("{association}の{key}"),
                    &format!("{association} {rank}"),
                );
            }
        }
        self.facts.roles = roles;
    }
}
