//! Notices (行政通知): written down by the desk and by whoever tries, told to associations, confirmed by one
//! of them and by strangers; then people ask who has.

use crate::{number::Noun, step::Life};
use serde_json::json;
use tests::{city::ASSOCIATIONS, dice::Dice};

/// People who confirm in one step, beside one who may.
const CONFIRMING: usize = 2;

impl Life<'_> {
    /// `/notice add`: a form, a look, and it is kept.
    pub(crate) async fn add_notice(&mut self, dice: &mut Dice) {
        let who = self.somebody(dice, 75);
        let outcome = self.command(who, "notice add", json!({})).await;
        let Some(form) = outcome.modal().cloned() else {
            return;
        };
        let Some(mut preview) = self.fill(dice, who, &form).await else {
            return;
        };
        self.judge().await;
        if dice.chance(40) {
            let named = self.press_named(dice, who, &preview, "notice-topic").await;
            preview = named.unwrap_or(preview);
        }
        let kept = self.press_named(dice, who, &preview, "notice-keep").await;
        let taken_back = if self.sure {
            self.count(Noun::Notice) > 1 && dice.chance(60)
        } else {
            dice.chance(15)
        };
        if let Some(kept) = kept.filter(|_| taken_back) {
            self.press_named(dice, who, &kept, "notice-undo").await;
            let number = self.records.year.notices.last().map(|it| it.notice.id);
            for reader in [self.anybody(dice), self.anybody(dice)] {
                let options = json!({"number": number.map(|id| id.to_string())});
                self.look_at(reader, "notice show", options).await;
            }
            self.judge().await;
        }
    }

    /// `/notice digest` and what comes of it.
    pub(crate) async fn tell_notices(&mut self, dice: &mut Dice) {
        let who = self.somebody(dice, 75);
        let shown = self.command(who, "notice digest", json!({})).await;
        self.judge().await;
        if let Some(shown) = shown.message().cloned() {
            if !self.sure && dice.chance(40) {
                self.press_named(dice, who, &shown, "notice-look").await;
            } else {
                self.press_named(dice, who, &shown, "notice-post").await;
            }
        }
        self.judge().await;
        self.confirm(dice).await;
        for who in self.some(dice) {
            self.look_at(who, "notice pending", json!({})).await;
        }
        self.judge().await;
    }

    /// Somebody who may confirms a bulletin, and others try; everybody of the association may see it.
    async fn confirm(&mut self, dice: &mut Dice) {
        let bulletins = self.records.year.bulletins.iter();
        let bulletins: Vec<_> = bulletins.map(|it| (it.id, it.association)).collect();
        // The first of a posting is also the list that everybody reads.
        let open = self
            .records
            .year
            .bulletins
            .iter()
            .find(|it| it.confirmed.is_none());
        let first = open.map(|it| (it.id, it.association));
        let Some((number, association)) = first.or_else(|| dice.pick(&bulletins)) else {
            return;
        };
        let leads: Vec<u64> = self.model().leads(association).into_iter().collect();
        let mut people: Vec<u64> = (0..CONFIRMING).map(|_| self.anybody(dice)).collect();
        people.extend(dice.pick(&leads));
        people.push(self.anybody(dice));
        for who in people {
            self.actor = Some(who);
            self.forge_press(who, &format!("v1:notice-confirm:{number}"), &[])
                .await;
            self.judge().await;
        }
        let reader = self.anybody(dice);
        for what in ["notice-bulletin", "notice-posting"] {
            self.forge_press(reader, &format!("v1:{what}:{number}:0"), &[])
                .await;
        }
    }

    /// Associations have scopes, by which notices find them.
    pub(crate) fn scope_of(name: &str) -> &'static str {
        let place = ASSOCIATIONS.iter().position(|row| row.0 == name);
        ["医療機関等", "訪問系"][place.unwrap_or_default() % 2]
    }
}
