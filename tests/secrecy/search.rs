//! Searching for what one must not read: the answer is that of words nobody ever said.

use crate::{step::Life, trail::coin};
use serde_json::json;
use tests::dice::Dice;

/// People who search in one step.
const SEARCHERS: usize = 6;
/// Letters of a mark that are searched for when not all of them are: too many to meet by chance.
const LETTERS: std::ops::Range<usize> = 2..12;

impl Life<'_> {
    /// Several people search for what somebody wrote, whole or in part, alone, or as what is left out.
    pub(crate) async fn search(&mut self, dice: &mut Dice) {
        let there = |mark: &&String| !self.removed.contains(*mark);
        let marks: Vec<String> = self.typed.keys().filter(there).cloned().collect();
        let kind = dice.below(4);
        for _ in 0..SEARCHERS {
            let who = self.anybody(dice);
            let Some(mark) = dice.pick(&marks) else {
                return;
            };
            let nobodys = coin(dice);
            let query = |mark: &str| match kind {
                0 => mark[LETTERS].to_owned(),
                1 => format!("連絡 -{mark}"),
                2 => format!("{mark} 連絡"),
                _ => mark.to_owned(),
            };
            let found = self
                .look_at(who, "issue search", json!({"query": query(&mark)}))
                .await;
            let reads = |mark: &String| {
                let allowed = self.live.get(mark);
                allowed.is_some_and(|allowed| allowed.answered.contains(&who))
            };
            if self.typed.get(&mark) == Some(&who) || reads(&mark) {
                continue;
            }
            let nothing = self
                .look_at(who, "issue search", json!({"query": query(&nobodys)}))
                .await;
            let hidden =
                |said: &str, mark: &str| said.replace(mark, "").replace(&mark[LETTERS], "");
            assert_eq!(
                hidden(&found, &mark),
                hidden(&nothing, &nobodys),
                "step {}: {} learns of {mark} by searching",
                self.step,
                self.name(who)
            );
            let said = [found, nothing, query(&mark), query(&nobodys)];
            self.echoes.extend(said.map(|said| (who, said)));
            self.tally.searched_in_vain += 1;
        }
    }
}
