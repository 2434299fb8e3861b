//! Funds (基金メニュー): the catalogue is public, which line fits an issue is told by words of that issue, and
//! what is paid from where is the desk's.

use crate::{
    number::{FUNDS_FROM, Noun},
    step::Life,
};
use base64::Engine;
use domain::disclosure::Disclosure;
use domain::text::fold;
use serde_json::json;
use std::collections::BTreeSet;
use tests::dice::Dice;

/// A catalogue whose lines fit what people talk about.
const CATALOGUE: &str = "\
大項目,中項目,番号,事業名,事業内容,担当,備考
参入促進,すそ野の拡大,1,介護助手等の就業促進事業,人手の足りない当番を補い、マッチングを行う経費。,架空県 長寿社会課,R2～
資質の向上,連携,2,医療・介護連携の多職種研修事業,退院と看取りと救急を話し合う多職種の研修の経費。,架空県 長寿社会課,R3～
資質の向上,研修,3,介護支援専門員の資質向上事業,ケアプラン点検と連絡の取り方の研修の経費。,架空県 長寿社会課,H30～
労働環境,生産性,4,介護ソフトとICT導入事業,様式や連絡帳の記録を電子にする経費。,架空県 長寿社会課,R1～
";
/// How many lines it has.
const LINES: usize = 4;
const YEAR: &str = "令和8年度";
/// A number nothing has.
const NOTHING: i64 = 9_999;
/// What stands around a word in a reason.
const QUOTED: (char, char) = ('「', '」');
/// What the line of reasons below a fund begins with.
const REASONS: char = '└';
/// What stands between the word of the text and that of the fund.
const LEADS_TO: char = '→';

impl Life<'_> {
    /// `/fund import`, by the desk and by whoever tries.
    pub(crate) async fn take_funds(&mut self, dice: &mut Dice) {
        let who = self.somebody(dice, 75);
        let bytes = base64::engine::general_purpose::STANDARD.encode(CATALOGUE);
        let file = json!({"name": "メニュー.csv", "bytes_base64": bytes});
        let options = json!({"file": file, "year": YEAR});
        let outcome = self.command(who, "fund import", options).await;
        if let Some(preview) = outcome.message().cloned() {
            self.judge().await;
            self.press_named(dice, who, &preview, "fund-store").await;
        }
    }

    /// `/fund suggest` for one issue, by some: whoever may not know of it is answered as if there were
    /// none, and whoever was told other words learns no word of the original.
    pub(crate) async fn suggest_funds(&mut self, dice: &mut Dice) {
        // What hospital and care managers say of each other speaks of what there are funds for.
        let (number, told) = match self.shared(dice).filter(|_| self.tally.suggested > 0) {
            Some(shared) => shared,
            None if self.sure => (1 + i64::try_from(dice.below(2)).expect("few"), None),
            None => (i64::try_from(self.number(dice)).expect("few"), None),
        };
        for who in self.some(dice).into_iter().chain(told) {
            let options = json!({"issue": number.to_string()});
            let said = self.look_at(who, "fund suggest", options).await;
            let readable = self.readable(who, number);
            if readable.is_empty() {
                let options = json!({"issue": NOTHING.to_string()});
                let nothing = self.look_at(who, "fund suggest", options).await;
                assert_eq!(
                    said,
                    nothing,
                    "step {}: {} learns that there is #{number}",
                    self.step,
                    self.name(who)
                );
                self.tally.asked_in_vain += 1;
                continue;
            }
            for word in heard(&said) {
                let stands = |text: &String| fold(text).contains(&fold(&word));
                assert!(
                    readable.iter().any(stands),
                    "step {}: {} reads {readable:?} of #{number} and was told {word}: {said}",
                    self.step,
                    self.name(who)
                );
                self.tally.suggested += 1;
            }
        }
        self.judge().await;
    }

    /// An issue that was shared, and somebody who was told of it and does not read the original.
    fn shared(&self, dice: &mut Dice) -> Option<(i64, Option<u64>)> {
        let (model, records) = (self.model(), &self.records);
        let told = records.issues.iter().flat_map(|issue| {
            let known = model.of_issue(records, issue).answered;
            let readers = model.readers(records, issue);
            let shares = &records.shares[&issue.id.0];
            let is_told = shares.iter().any(Disclosure::is_approved) && !issue.retracted;
            let told: Vec<u64> = known.difference(&readers).copied().collect();
            told.into_iter()
                .filter(move |_| is_told)
                .map(|who| (issue.id.0, Some(who)))
        });
        let told: Vec<(i64, Option<u64>)> = told.collect();
        dice.pick(&told)
    }

    /// The wordings of an issue that somebody may read.
    fn readable(&self, who: u64, number: i64) -> Vec<String> {
        let Some(issue) = self.records.issue(number) else {
            return Vec::new();
        };
        if self.model().readers(&self.records, issue).contains(&who) {
            return vec![issue.text.clone()];
        }
        let shares = self.records.shares[&number].iter();
        let known = self.model().of_issue(&self.records, issue);
        let shares = shares.filter(|_| known.answered.contains(&who));
        shares.map(|share| share.wording.clone()).collect()
    }

    /// `/fund link` with an amount nobody else would write; then some look at fund and project.
    pub(crate) async fn pay(&mut self, dice: &mut Dice) {
        let line = i64::try_from(1 + dice.below(LINES)).expect("few");
        let fund = (FUNDS_FROM + line).to_string();
        let project = self.recorded(dice, Noun::Project);
        // Whoever knows of the project could read it, and still pays nothing.
        let known = self.allowed(Noun::Project, project).unwrap_or_default();
        let desk = self.model().coordinators();
        let known: Vec<u64> = known.answered.difference(&desk).copied().collect();
        let other = dice.pick(&known).unwrap_or_else(|| self.anybody(dice));
        let project = project.to_string();
        let who = self.somebody(dice, 75);
        let mut linked = None;
        for who in [other, who] {
            let yen = format!("{}", 1_000_000 + dice.below(8_000_000));
            self.money.push((yen.clone(), who));
            let options = json!({"number": fund, "project": project, "amount": format!("{yen}円")});
            let told = self.command(who, "fund link", options).await;
            self.tally.paid += usize::from(told.text().contains("財源として記録しました"));
            self.judge().await;
            linked = told.message().cloned();
        }
        if let Some(linked) = linked.filter(|_| dice.chance(25)) {
            self.press_named(dice, who, &linked, "fund-undo").await;
        }
        for who in self.some(dice) {
            self.look_at(who, "fund show", json!({"number": fund}))
                .await;
            self.look_at(who, "project show", json!({"number": project}))
                .await;
        }
        self.judge().await;
    }
}

/// The words of the text that reasons name: 「連絡」→「連携」, 「研修」.
fn heard(said: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    // What stands behind the arrow is a word of the fund.
    for line in said.lines().filter(|line| line.contains(REASONS)) {
        for (place, _) in line.match_indices(QUOTED.0) {
            let (before, rest) = (&line[..place], &line[place + QUOTED.0.len_utf8()..]);
            if let Some(end) = rest.find(QUOTED.1).filter(|_| !before.ends_with(LEADS_TO)) {
                found.insert(rest[..end].to_owned());
            }
        }
    }
    found
}
