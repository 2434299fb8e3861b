//! The open issues of a handover, and why each waits.

use super::{Rows, paper::or_none, word};
use crate::{day::wall, matter::Raised, office::Office};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    disclosure::State,
    issue::{Origin, Status},
    tier::Tier,
};

/// What nobody has taken up for so many days has been left lying.
const UNTAKEN: TimeDelta = TimeDelta::days(14);

/// Which of several reasons is why an issue waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wait {
    pub(super) said: String,
    /// Its line on the first sheet, where it should not wait.
    pub(super) urgent: Option<&'static str>,
}

impl Wait {
    fn patient(said: impl Into<String>) -> Self {
        Self {
            said: said.into(),
            urgent: None,
        }
    }
}

impl Office {
    pub(super) fn issues(&self, now: DateTime<Utc>) -> Rows {
        let open = self.matters.issues.iter().filter(|(_, one)| one.is_open());
        let rows = open.map(|(id, one)| {
            let status = word::status(one.status).to_owned();
            let later = one
                .later
                .map(|year| format!("{status}\n{}", word::year(year)));
            let note = one.note.as_ref().map(|note| format!("\n（備考）{note}"));
            vec![
                format!("#{id}"),
                word::tier(one.tier).to_owned(),
                later.unwrap_or(status),
                word::day(one.turned.unwrap_or(one.raised)),
                format!("{}{}", one.text, note.unwrap_or_default()),
                one.association
                    .map_or("分かりません", |of| self.named(of))
                    .to_owned(),
                self.wait(*id, one, now).said,
            ]
        });
        or_none(
            rows.collect(),
            &["終わっていない課題はありません。", "", "", "", "", "", ""],
        )
    }

    /// Why an issue waits: what somebody has to decide first.
    pub(super) fn wait(&self, id: i64, one: &Raised, now: DateTime<Utc>) -> Wait {
        let (today, _) = wall(now);
        let told = |state| {
            let of = self.matters.told.iter().filter(|((of, _), _)| *of == id);
            of.map(|(_, told)| told.state).any(|found| found == state)
        };
        let urgent = |said: String, urgent| Wait {
            said,
            urgent: Some(urgent),
        };
        if told(State::Proposed) {
            let said = "共有の提案が、決まらずに待っています。".to_owned();
            return urgent(said, "決まっていない共有の提案");
        }
        let mut reviews = self.still("review");
        if let Some(review) = reviews.find(|review| review.about == Some(id)) {
            let (number, date) = (review.id, word::date(review.date));
            return Wait::patient(if review.date < today {
                format!("反省会 {number} の期日（{date}）を過ぎました。")
            } else {
                format!("反省会 {number}（{date}）を待っています。")
            });
        }
        match (one.status, one.later) {
            (Status::Review, _) => {
                let said = "反省会待ちですが、日が決まっていません。".to_owned();
                return urgent(said, "反省会の日がない課題");
            }
            (_, Some(year)) => {
                return Wait::patient(format!("{}に扱うことになっています。", word::year(year)));
            }
            _ => {}
        }
        let talks = self.still("session").filter(|one| one.agenda.contains(&id));
        let ahead = talks.filter(|session| session.date >= today);
        if let Some(session) = ahead.min_by_key(|session| (session.date, session.id)) {
            let (number, date) = (session.id, word::date(session.date));
            return Wait::patient(format!("連携の場 {number}（{date}）で話し合います。"));
        }
        let own = one.tier == Tier::One;
        let passed = one.origin == Origin::Desk && one.association.is_some();
        if one.at_desk && own && passed {
            return Wait::patient("相談窓口で受け、団体にはまだ伝えていません。");
        }
        let secret = one.origin != Origin::Open;
        if one.at_desk && !own && secret && !told(State::Approved) {
            return Wait::patient("非公開で聞いたことで、関わる方々にはまだ伝えていません。");
        }
        match one.status {
            Status::Acting => Wait::patient("解決策を実施しています。"),
            Status::Planning => Wait::patient("解決策を検討しています。"),
            Status::Open if now - one.raised < UNTAKEN => Wait::patient("受けつけたばかりです。"),
            Status::Open => {
                let said = "受付のまま、2週間を過ぎました。".to_owned();
                urgent(said, "受付のまま2週間を過ぎた課題")
            }
            _ => Wait::patient("整理は済み、解決の場がまだ決まっていません。"),
        }
    }
}
