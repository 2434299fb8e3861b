//! Handovers (引継ぎ): asked for by the desk and by whoever tries, by command and by the button of the
//! reminder. The document is a coordinator's own, and no sheet of it names who said something (DESIGN
//! section 6).

use crate::{step::Life, trail::marks};
use domain::audience::Destination;
use serde_json::json;
use std::collections::BTreeSet;
use tests::dice::Dice;

/// The button below the reminder to make one.
const BUTTON: &str = "v1:round-handover:1";
/// What the first sheet says, by which the document is known among what somebody got.
const SAID: &str = "発言者の名前はどのシートにも載りません";
/// People who try, before somebody of the desk.
const TRYING: usize = 2;

impl Life<'_> {
    /// `/office handover`, by whoever tries and by the desk.
    pub(crate) async fn hand_over(&mut self, dice: &mut Dice) {
        let mut people: Vec<u64> = (0..TRYING).map(|_| self.anybody(dice)).collect();
        people.push(self.staff(dice));
        for who in people {
            let before = self.world.fake.seen_by(who).len();
            let outcome = if dice.chance(30) {
                self.actor = Some(who);
                self.forge_outcome(who, BUTTON, &[]).await
            } else {
                self.command(who, "office handover", json!({})).await
            };
            let message = outcome.message();
            let files = message.map_or(0, |message| message.attachments.len());
            let is_desk = self.model().coordinators().contains(&who);
            let (step, name) = (self.step, self.name(who));
            assert!(
                is_desk == (files > 0),
                "step {step}: {name} got {files} files: {}",
                outcome.text()
            );
            self.check_names(who, before, files);
            self.tally.handed_over += files;
        }
        self.judge().await;
    }

    /// The documents somebody has just got name nobody who said something.
    fn check_names(&self, who: u64, before: usize, files: usize) {
        let desk = Destination::Desk.desk().expect("the desk is the desk");
        let issues = self.records.issues.iter();
        let speakers = issues.filter_map(|issue| issue.speaker.as_ref());
        let names: BTreeSet<String> = speakers.flat_map(|it| marks(it.reveal(desk))).collect();
        let seen = self.world.fake.seen_by(who);
        let documents = seen[before..].iter().filter(|one| one.text.contains(SAID));
        let mut read = 0;
        for document in documents {
            let told = marks(&document.text);
            let named: Vec<&String> = told.intersection(&names).collect();
            assert!(
                named.is_empty(),
                "step {}: a handover says that {named:?} said something",
                self.step
            );
            read += 1;
        }
        assert_eq!(read, files, "every document was read");
    }
}
