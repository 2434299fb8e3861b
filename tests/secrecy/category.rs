//! Categories (カテゴリ): given, taken away, named anew, by the desk and by whoever tries.

use crate::step::Life;
use serde_json::json;
use tests::dice::Dice;

/// Categories an office comes to have.
const CATEGORIES_WANTED: usize = 4;

impl Life<'_> {
    /// A name of the office's list, now and then one that is not on it.
    pub(crate) fn category(&mut self, dice: &mut Dice, who: u64) -> String {
        let known = &self.records.categories;
        let names: Vec<String> = known.iter().map(|known| known.name.clone()).collect();
        let few = names.len() < CATEGORIES_WANTED;
        let known = dice.pick(&names);
        match known.filter(|_| !few || dice.chance(50)) {
            Some(name) => name,
            None => self.mark(dice, who),
        }
    }

    /// `/issue category` and `/office category`; a new name is there only when its button was pressed.
    pub(crate) async fn sort(&mut self, dice: &mut Dice) {
        let number = self.number(dice);
        let who = if dice.chance(55) {
            self.staff(dice)
        } else {
            self.concerned(dice, number)
        };
        let name = self.category(dice, who);
        let outcome = if self.sure || dice.chance(75) {
            let mut options = json!({"number": number.to_string(), "category": name});
            if !self.sure && dice.chance(20) {
                options["remove"] = json!(true);
            }
            self.command(who, "issue category", options).await
        } else {
            let options = match dice.below(4) {
                0 => json!({}),
                1 => json!({"name": name}),
                2 => json!({"name": name, "rename": self.category(dice, who)}),
                _ => json!({"name": name, "remove": true}),
            };
            self.command(who, "office category", options).await
        };
        if let Some(message) = outcome.message() {
            let message = message.clone();
            self.press_named(dice, who, &message, "category-create")
                .await;
        }
    }

    /// Everybody lists by a category: only originals they read, and no more are counted.
    pub(crate) async fn list_by_category(&mut self, dice: &mut Dice) {
        let known = &self.records.categories;
        let categories: Vec<_> = known.iter().map(|c| (c.id, c.name.clone())).collect();
        let Some((id, name)) = dice.pick(&categories) else {
            return;
        };
        let options = if dice.chance(30) {
            json!({"category": name, "form": 1 + dice.below(2)})
        } else {
            json!({"category": name})
        };
        for who in self.everybody() {
            let said = self.look_at(who, "issue list", options.clone()).await;
            let of = |issue: &domain::issue::Issue| issue.categories.contains(&id);
            self.check_narrowed(who, &said, of);
        }
    }
}
