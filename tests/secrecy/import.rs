//! A list in a file: handed in by the desk and by whoever tries, confirmed by another's hand and by
//! one's own.

use crate::step::Life;
use base64::Engine;
use serde_json::json;
use tests::{city::ASSOCIATIONS, dice::Dice};

impl Life<'_> {
    /// `/issue import` of a small .csv with wordings, speakers and notes.
    pub(crate) async fn import(&mut self, dice: &mut Dice) {
        let who = self.somebody(dice, 70);
        let mut lines = vec!["No,職種,発言者,意見,備考".to_owned()];
        for number in 1..=2 + dice.below(2) {
            let profession = dice.pick(&ASSOCIATIONS).expect("there are some").1[0];
            let speaker = self.mark(dice, who);
            let said = self.statement(dice, who);
            let note = self.mark(dice, who);
            lines.push(format!("{number},{profession},{speaker},{said},{note}"));
        }
        let bytes = base64::engine::general_purpose::STANDARD.encode(lines.join("\r\n"));
        let file = json!({"name": "一覧.csv", "bytes_base64": bytes});
        let outcome = self
            .command(who, "issue import", json!({ "file": file }))
            .await;
        let Some(preview) = outcome.message().cloned() else {
            return;
        };
        let before = self.records.issues.len();
        let done = self
            .press_named(dice, who, &preview, "import-confirm")
            .await;
        self.tally.imported += usize::from(self.records.issues.len() > before);
        if let Some(done) = done.filter(|_| dice.chance(20)) {
            self.press_named(dice, who, &done, "import-undo").await;
        }
    }
}
