//! Issues of an office: raised, taken a step on, told to others in other words.

use super::{Raised, Told};
use crate::{
    day::wall,
    office::{Office, WHO, issue},
    round::fiscal_year,
};
use chrono::{DateTime, Utc};
use domain::{
    audience::Destination,
    disclosure::{self, Audience, Disclosure},
    id::{CircleId, IssueId},
    issue::{Issue, Origin, Status},
    speaker::Speaker,
    tier::Tier,
};
use storage::{Store, Subject, audit};
use tests::dice::Dice;

/// Steps an issue may take by somebody's word.
const STEPS: [Status; 6] = [
    Status::Sorted,
    Status::Planning,
    Status::Acting,
    Status::Later,
    Status::Done,
    Status::Dropped,
];

impl Office {
    pub(super) async fn raise(
        &mut self,
        store: &Store,
        dice: &mut Dice,
        now: DateTime<Utc>,
    ) -> storage::Result<()> {
        let count = self.matters.issues.len();
        let said = dice.chance(75).then(|| dice.below(2));
        // Who has told the desk only is told nothing back before they have told others.
        let known = said.is_none_or(|place| self.expected.raised.contains(&place));
        let origin = match dice.below(4) {
            0 if known => Origin::Desk,
            1 => Origin::Open,
            _ => Origin::Meeting,
        };
        let tier = [Tier::One, Tier::Two, Tier::Three][dice.below(3)];
        let destination = match (tier, origin, said) {
            (Tier::One, Origin::Meeting, Some(place)) => {
                Destination::Tier1(self.associations[place])
            }
            (Tier::Two, Origin::Open, _) => Destination::Tier2(self.circle_id()),
            (Tier::Three, Origin::Open, _) if self.region => Destination::Tier3,
            _ => Destination::Desk,
        };
        let text = format!("連絡の取り方が分からない（{count}）");
        let note = dice.chance(30).then(|| format!("次回も話す（{count}）"));
        let speaker = dice.chance(60).then(|| format!("仮名坂 十兵衛{count}"));
        let written = Issue {
            tier,
            origin,
            status: Status::Open,
            text: text.clone(),
            note: note.clone(),
            speaker: speaker.as_deref().and_then(Speaker::new),
            measure_open: false,
            destination,
            ..issue(said.map(|place| self.associations[place]), now)
        };
        let office = self.id;
        let stored = store.write(move |tx| {
            let written = written.clone();
            Box::pin(async move { storage::issue::insert(tx, office, &written).await })
        });
        self.matters.speakers.extend(speaker);
        if origin != Origin::Desk {
            self.expected.raised.extend(said);
        }
        let raised = Raised {
            tier,
            status: Status::Open,
            later: None,
            text,
            note,
            association: said,
            origin,
            at_desk: destination == Destination::Desk,
            raised: now,
            turned: None,
        };
        self.matters.issues.insert(stored.await?.id.0, raised);
        Ok(())
    }

    /// The circle of the first two associations.
    fn circle_id(&self) -> CircleId {
        match Destination::from_code(&self.circle) {
            Some(Destination::Tier2(id)) => id,
            other => panic!("{other:?} is no circle"),
        }
    }

    /// An issue takes a step.
    pub(super) async fn turn(
        &mut self,
        store: &Store,
        dice: &mut Dice,
        now: DateTime<Utc>,
    ) -> storage::Result<()> {
        let issues = self.matters.issues.iter_mut();
        let mut open: Vec<(i64, &mut Raised)> = issues
            .filter(|(_, one)| one.is_open() && one.status != Status::Review)
            .map(|(id, one)| (*id, one))
            .collect();
        if open.is_empty() {
            return Ok(());
        }
        let (id, raised) = open.swap_remove(dice.below(open.len()));
        let status = dice.pick(&STEPS).expect("some");
        let (today, _) = wall(now);
        let later = (status == Status::Later).then(|| fiscal_year(today) + 1);
        (raised.status, raised.later, raised.turned) = (status, later, Some(now));
        let office = self.id;
        let turned = store.write(move |tx| {
            Box::pin(async move {
                let found = storage::issue::find(tx, office, IssueId(id)).await?;
                let mut issue = found.expect("it was raised");
                (issue.status, issue.later_year, issue.changed_at) = (status, later, now);
                storage::issue::update(tx, office, &issue).await?;
                let entry = audit::Entry {
                    at: now,
                    who: WHO,
                    act: "issue.status",
                    subject: Some(Subject::from(IssueId(id))),
                    details: &[],
                };
                audit::append(tx, office, &entry).await
            })
        });
        self.matters.acted = Some(now);
        turned.await
    }

    /// A wording is proposed that others may know.
    pub(super) async fn propose(
        &mut self,
        store: &Store,
        dice: &mut Dice,
        now: DateTime<Utc>,
    ) -> storage::Result<()> {
        // Whoever has said nothing yet would first hear of what others said.
        let issues = self.matters.issues.iter();
        let open = issues.filter(|(_, one)| {
            one.is_open() && one.tier != Tier::One && one.origin.is_confidential()
        });
        let open: Vec<i64> = open.map(|(id, _)| *id).collect();
        let Some(id) = dice.pick(&open).filter(|_| self.expected.raised.len() > 1) else {
            return Ok(());
        };
        let (region, count) = (dice.chance(50), self.matters.told.len());
        let audience = match region {
            true => Audience::Region,
            false => Audience::Circle(self.circle_id()),
        };
        let wording = format!("ふだんから知らせ合えると助かります（{count}）");
        let disclosure = Disclosure {
            issue: IssueId(id),
            version: 0,
            audience,
            wording: wording.clone(),
            as_written: false,
            names_source: false,
            state: disclosure::State::Proposed,
            proposed_by: WHO,
            proposed_at: now,
            decided_by: None,
            decided_at: None,
        };
        let office = self.id;
        let stored = store.write(move |tx| {
            let disclosure = disclosure.clone();
            Box::pin(async move { storage::disclosure::insert(tx, office, &disclosure).await })
        });
        let told = Told {
            region,
            wording,
            state: disclosure::State::Proposed,
            at: now,
        };
        self.matters.told.insert((id, stored.await?.version), told);
        Ok(())
    }

    /// A coordinator approves a wording, or not. What its audience was told before gives way.
    pub(super) async fn decide(
        &mut self,
        store: &Store,
        dice: &mut Dice,
        now: DateTime<Utc>,
    ) -> storage::Result<()> {
        let told = self.matters.told.iter();
        let waiting = told.filter(|(_, one)| one.state == disclosure::State::Proposed);
        let waiting: Vec<(i64, i64)> = waiting.map(|(of, _)| *of).collect();
        let Some((issue, version)) = dice.pick(&waiting) else {
            return Ok(());
        };
        let state = match dice.chance(75) {
            true => disclosure::State::Approved,
            false => disclosure::State::Declined,
        };
        let region = self.matters.told[&(issue, version)].region;
        for ((of, other), one) in &mut self.matters.told {
            let stood = one.state == disclosure::State::Approved && one.region == region;
            if (*of, *other) == (issue, version) {
                (one.state, one.at) = (state, now);
            } else if *of == issue && stood && state == disclosure::State::Approved {
                one.state = disclosure::State::Replaced;
            }
        }
        if region && state == disclosure::State::Approved {
            self.expected.raised.extend(0..self.associations.len());
        }
        let office = self.id;
        let decided = store.write(move |tx| {
            Box::pin(async move {
                let issue = IssueId(issue);
                storage::disclosure::decide(tx, office, issue, version, state, WHO, now).await
            })
        });
        assert!(decided.await?, "it waited");
        Ok(())
    }
}
