//! Letting go (保存期間): years pass, the desk deletes what was kept long enough, and nobody finds a word of
//! it any more: in no channel, by no search, in no list and in no file of the whole office.

use crate::{
    number::{Noun, named},
    records::{Kept, Records},
    step::Life,
    trail::{coin, marks},
};
use domain::id::OfficeId;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use storage::Subject;
use tests::dice::Dice;

/// Years that records are kept in the end, and a day on which what was touched before may go.
const SHORTLY: (&str, &str) = ("1", "2028-05-10 10:00");
/// Issues that the desk gives up before, so that something ends.
const GIVEN_UP: usize = 4;
/// Words of what is gone that are searched for.
const SEARCHED: usize = 3;
/// What a line of the list of what is due says behind the name.
const LISTED: &str = "最後の動き";
/// Numbers of what is gone that are asked for.
const ASKED: usize = 6;

impl Life<'_> {
    /// Something ends, years pass, and the desk lets go of what was kept long enough.
    pub(crate) async fn let_go(&mut self, dice: &mut Dice) {
        let staff = self.world.city.person("コーディネーター");
        for _ in 0..GIVEN_UP {
            let number = self.number(dice).to_string();
            let options = json!({"number": number, "status": "dropped", "note": "見送る"});
            self.command(staff, "issue status", options).await;
        }
        self.judge().await;
        let (years, day) = SHORTLY;
        self.setting("retention_years", years).await;
        self.trail.note(self.step, "years pass");
        self.world.clock.move_to(day);
        self.world.dealt_with().await;
        // What somebody was told on the way is not judged: nothing was decided, and nobody asked.
        self.sent().await;
        let due = self.due(staff).await;
        self.delete_due(dice, staff).await;
        let gone = self.gone().await;
        let left = due.into_iter().find(|of| self.is_there(*of));
        assert!(left.is_none(), "{left:?} was let go and is still kept");
        self.check_no_post(&gone);
        self.look_for_gone(dice, staff, &gone).await;
        self.tally.let_go += gone.numbers.len();
    }

    /// What the desk is told that it may let go of, page by page. Behind the last page comes the last again.
    async fn due(&mut self, staff: u64) -> BTreeSet<(Noun, i64)> {
        let (mut due, mut before) = (BTreeSet::new(), String::new());
        for page in 1.. {
            let id = format!("v1:keeping-list:{page}");
            let said = self.ask_by_button(staff, &id).await;
            let lines = said.lines().filter(|line| line.contains(LISTED));
            due.extend(lines.flat_map(named));
            if said == before {
                break;
            }
            before = said;
        }
        due
    }

    /// The desk deletes what is due, what it gave up among it, and everything is swept.
    async fn delete_due(&mut self, dice: &mut Dice, staff: u64) {
        let asked = self.shown_by_button(staff, "v1:keeping-ask:1").await;
        let buttons = asked.buttons().into_iter();
        let mut ids = buttons.filter_map(|button| button.custom_id);
        let delete = ids.find(|id| id.starts_with("v1:keeping-delete:"));
        let delete = delete.unwrap_or_else(|| panic!("nothing is due: {}", asked.text()));
        let stranger = self.anybody(dice);
        if !self.model().coordinators().contains(&stranger) {
            let said = self.forge_press(stranger, &delete, &[]).await;
            assert!(!said.contains("削除を始めました"), "{said}");
        }
        let begun = self.client(staff).press(asked.id, &delete).await;
        self.answered(staff, "lets go", &begun);
        let said = begun.text();
        assert!(said.contains("削除を始めました"), "{said}");
        let swept = async |world: &tests::world::World| {
            world.store().occurrence_changed().notify_one();
            let left = world.store().read(|connection| {
                Box::pin(async move {
                    let at_work = storage::retention::at_work(connection).await?;
                    Ok(at_work.len() + storage::retention::marked(connection).await?.len())
                })
            });
            left.await.expect("read") == 0
        };
        let swept = self.world.until(swept).await;
        assert!(swept, "everything is let go\n{}", self.world.log());
        self.sent().await;
    }

    /// What of the records is no more, and which words stand in none that is left.
    async fn gone(&mut self) -> Gone {
        let office = self.office.as_ref().expect("it was set up").id;
        let before: BTreeSet<String> = self.model().live(&self.records).into_keys().collect();
        let kept = Kept::read(self.world, office, &self.records).await;
        let mut records: Records = std::mem::take(&mut self.records);
        let numbers = records.keep(&kept);
        self.records = records;
        let left: BTreeSet<String> = self.model().live(&self.records).into_keys().collect();
        let mut words: BTreeSet<String> = before.difference(&left).cloned().collect();
        let of_gone = |(_, issue): &(&String, &i64)| self.records.issue(**issue).is_none();
        let reasons = self.reasons.iter().filter(of_gone);
        words.extend(reasons.map(|(mark, _)| mark.clone()));
        let kept = self.in_histories(office).await;
        words.retain(|mark| !kept.contains(mark));
        Gone { words, numbers }
    }

    /// What histories of kept issues say: why one is what it is stays with it, also where a review that was
    /// let go has said so.
    async fn in_histories(&self, office: OfficeId) -> BTreeSet<String> {
        let issues = self.records.issues.iter();
        let issues: Vec<Subject> = issues.map(|issue| Subject::from(issue.id)).collect();
        let read = self.world.store().read(move |connection| {
            let issues = issues.clone();
            Box::pin(async move {
                let mut said = BTreeSet::new();
                for issue in issues {
                    for step in storage::history::of(connection, office, issue).await? {
                        said.extend(marks(&step.after.to_string()));
                    }
                }
                Ok(said)
            })
        });
        read.await.expect("histories can be read")
    }

    /// No channel says a word of it, but where a post says what everybody was told as of its day.
    fn check_no_post(&self, gone: &Gone) {
        for message in self.world.fake.all_messages() {
            let text = message.text();
            if message.ephemeral_for.is_some() || message.deleted {
                continue;
            }
            let said = marks(&text);
            let mut still = said.intersection(&gone.words);
            let still = still.find(|mark| !self.told_to_all.contains(*mark));
            assert!(still.is_none(), "a post still says {still:?}: {text}");
        }
    }

    /// The desk, and somebody else, look wherever it used to stand.
    async fn look_for_gone(&mut self, dice: &mut Dice, staff: u64, gone: &Gone) {
        let people = [staff, self.anybody(dice)];
        let before = people.map(|who| self.world.fake.seen_by(who).len());
        for who in people {
            for (path, number) in gone.numbers.iter().take(ASKED) {
                let options = json!({"number": number.to_string()});
                self.look_at(who, path, options).await;
            }
            for (path, options) in LOOKS {
                let options: Value = serde_json::from_str(options).expect("options");
                self.look_at(who, path, options).await;
            }
            self.search_for_gone(dice, who, gone).await;
        }
        for (who, before) in people.into_iter().zip(before) {
            for seen in &self.world.fake.seen_by(who)[before..] {
                let said = marks(&seen.text);
                let found: Vec<&String> = said.intersection(&gone.words).collect();
                assert!(
                    found.is_empty(),
                    "{} reads {found:?} of what is gone: {} {}",
                    self.name(who),
                    seen.where_,
                    seen.text
                );
            }
        }
    }

    /// A search for words of it is answered as one for words nobody ever said.
    async fn search_for_gone(&mut self, dice: &mut Dice, who: u64, gone: &Gone) {
        let words: Vec<String> = gone.words.iter().cloned().collect();
        for _ in 0..SEARCHED {
            let (Some(word), nobodys) = (dice.pick(&words), coin(dice)) else {
                return;
            };
            // The last letter is left out: an answer repeats what was searched for.
            let (word, nobodys) = (&word[..word.len() - 1], &nobodys[..nobodys.len() - 1]);
            let found = self.look_at(who, "issue search", json!({"query": word}));
            let found = found.await.replace(word, "");
            let nothing = self.look_at(who, "issue search", json!({"query": nobodys}));
            let nothing = nothing.await.replace(nobodys, "");
            assert_eq!(found, nothing, "{} finds what is gone", self.name(who));
        }
    }
}

/// Where what is gone used to stand, with options as Discord sends them.
const LOOKS: [(&str, &str); 8] = [
    ("issue list", "{}"),
    ("issue export", "{\"form\": 1}"),
    ("session list", "{\"from\": \"令和8年4月1日\"}"),
    ("project list", "{}"),
    ("feedback list", "{}"),
    ("office audit", "{}"),
    ("office handover", "{}"),
    ("office export", "{}"),
];

/// What is no more.
struct Gone {
    /// Words that stand nowhere else.
    words: BTreeSet<String>,
    /// The commands that showed it, with its numbers.
    numbers: Vec<(&'static str, i64)>,
}
