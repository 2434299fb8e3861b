//! A target as it stands at a date: the goal that held, what was done, and how it gets on.
//!
//! As of a date means: goals as they held on that day, and what was done until then as it is known now.

use super::{
    Goal, Target,
    count::Countable,
    pace::{self, Aim, Done, State},
    record::Sum,
};
use crate::id::TargetId;
use std::collections::BTreeMap;

/// Everything that is known of the targets of one year at a date.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// The targets, in the order of the table.
    pub targets: Vec<Target>,
    /// The goals that hold.
    pub goals: BTreeMap<TargetId, Goal>,
    /// What was recorded.
    pub sums: BTreeMap<TargetId, Sum>,
    /// A coordinator's word on goals in words.
    pub words: BTreeMap<TargetId, State>,
    /// What there is to count.
    pub countable: Countable,
}

/// A target at a date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The target.
    pub target: Target,
    /// Its goal of the year; `None` when it has none.
    pub goal: Option<Goal>,
    /// What was recorded by hand or by an import.
    pub recorded: Sum,
    /// What it counts by itself; `None` when it counts nothing.
    pub counted: Option<i64>,
    /// A coordinator's word on a goal in words.
    pub word: Option<State>,
    /// How it gets on. A goal listed again gets on as the one it repeats.
    pub state: State,
}

impl Standing {
    /// What was recorded towards the goal, in its unit.
    #[must_use]
    pub fn by_hand(&self) -> i64 {
        let unit = self.goal.as_ref().and_then(|goal| goal.content.unit());
        self.recorded.towards(unit)
    }

    /// What was done towards the goal: counted and recorded.
    #[must_use]
    pub fn sum(&self) -> i64 {
        self.by_hand()
            .saturating_add(self.counted.unwrap_or_default())
    }

    /// The target whose goal it repeats (再掲): there it is counted.
    #[must_use]
    pub fn again(&self) -> Option<TargetId> {
        self.goal.as_ref().and_then(|goal| goal.content.again)
    }

    fn judge(&self, elapsed_months: i64) -> State {
        let aim = self
            .goal
            .as_ref()
            .map_or(Aim::Nothing, |goal| goal.content.aim());
        // What it counts by itself was done as much as what was written down.
        let counted = u32::try_from(self.counted.unwrap_or_default()).unwrap_or(u32::MAX);
        let done = Done {
            amount: self.sum(),
            records: self.recorded.records.saturating_add(counted),
            word: self.word,
        };
        pace::state(aim, done, elapsed_months)
    }
}

/// The targets as they stand, in the order of the table. `elapsed_months` is
/// [`pace::elapsed_months`] of the date.
#[must_use]
pub fn standings(mut known: Known, elapsed_months: i64) -> Vec<Standing> {
    let mut standings: Vec<Standing> = known
        .targets
        .into_iter()
        .map(|target| {
            let counted = target.counts.map(|count| count.of(&known.countable));
            let mut standing = Standing {
                goal: known.goals.remove(&target.id),
                recorded: known.sums.remove(&target.id).unwrap_or_default(),
                counted,
                word: known.words.remove(&target.id),
                state: State::NoGoal,
                target,
            };
            standing.state = standing.judge(elapsed_months);
            standing
        })
        .collect();
    follow(&mut standings);
    standings
}

/// Lets goals that are listed again get on as what they repeat, where that stands for itself.
fn follow(standings: &mut [Standing]) {
    let own: BTreeMap<TargetId, State> = standings
        .iter()
        .filter(|standing| standing.again().is_none() && standing.state != State::NoGoal)
        .map(|standing| (standing.target.id, standing.state))
        .collect();
    for standing in standings {
        let pursued = standing.state != State::NoGoal;
        let first = standing.again().and_then(|first| own.get(&first));
        if let Some(state) = first.filter(|_| pursued && standing.word.is_none()) {
            standing.state = *state;
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::{
        super::{
            Count,
            count::Held,
            goal::{self, tests::day},
            number::ItemNumber,
        },
        *,
    };
    use crate::{era::FiscalYear, id::UserId, session::Kind, tier::Tier};
    use chrono::DateTime;

    pub(in crate::target) fn target(id: i64) -> Target {
        Target {
            id: TargetId(id),
            revision: 1,
            area: "医療・看護".to_owned(),
            number: ItemNumber::read(&format!("1-{id}")).expect("a number"),
            item: "多職種の研修を行う".to_owned(),
            position: id,
            owner: None,
            counts: None,
            withdrawn: false,
            added_by: UserId(1),
            created_at: DateTime::UNIX_EPOCH,
            changed_at: DateTime::UNIX_EPOCH,
        }
    }

    fn sum(amount: i64, records: u32) -> Sum {
        let amounts = BTreeMap::from([("回".to_owned(), amount)]);
        Sum { amounts, records }
    }

    fn december() -> i64 {
        pace::elapsed_months(FiscalYear::starting_in(2026), 4, day(12, 1))
    }

    fn in_words(mut goal: Goal) -> Goal {
        goal.content.quantity = None;
        goal
    }

    #[test]
    fn what_is_counted_and_what_is_recorded_come_together() {
        let counts = Count::from_code("session:council");
        let mut known = Known {
            targets: vec![Target {
                counts,
                ..target(1)
            }],
            countable: Countable {
                sessions: vec![Held {
                    tier: Tier::Three,
                    kind: Kind::Council,
                    number: 5,
                }],
                projects: 9,
            },
            ..Known::default()
        };
        known
            .goals
            .insert(TargetId(1), goal::tests::goal(1, 1, day(4, 1), 12));
        for (by_hand, records, state) in [
            (0, 0, State::Behind),
            (3, 1, State::OnTrack),
            (7, 2, State::Reached),
        ] {
            known.sums.insert(TargetId(1), sum(by_hand, records));
            let standing = standings(known.clone(), december()).remove(0);
            assert_eq!(
                (standing.counted, standing.by_hand(), standing.sum()),
                (Some(5), by_hand, by_hand + 5)
            );
            assert_eq!(standing.state, state, "{by_hand}");
        }
    }

    #[test]
    fn twelve_times_a_year_with_six_in_december_is_behind_and_once_a_year_with_none_is_not() {
        let mut known = Known {
            targets: vec![target(1), target(2), target(3)],
            ..Known::default()
        };
        for (id, amount) in [(1, 12), (2, 1)] {
            let goal = goal::tests::goal(id, 1, day(4, 1), amount);
            known.goals.insert(TargetId(id), goal);
        }
        known.sums.insert(TargetId(1), sum(6, 6));
        let states: Vec<State> = standings(known, december())
            .into_iter()
            .map(|standing| standing.state)
            .collect();
        assert_eq!(states, [State::Behind, State::NotBegun, State::NoGoal]);
    }

    #[test]
    fn a_goal_listed_again_gets_on_as_the_one_it_repeats() {
        let again = |id, first| {
            let mut goal = in_words(goal::tests::goal(id, 1, day(4, 1), 1));
            goal.content.again = Some(TargetId(first));
            (TargetId(id), goal)
        };
        let mut known = Known {
            targets: (1..=5).map(target).collect(),
            goals: BTreeMap::from([again(2, 1), again(3, 2), again(4, 1), again(5, 9)]),
            ..Known::default()
        };
        let first = goal::tests::goal(1, 1, day(4, 1), 12);
        known.goals.insert(TargetId(1), first);
        known.sums.insert(TargetId(1), sum(6, 6));
        known.words.insert(TargetId(4), State::Reached);
        let states: Vec<State> = standings(known, december())
            .into_iter()
            .map(|standing| standing.state)
            .collect();
        // The third repeats what only repeats itself, the fifth what is not there: each goes by its own.
        assert_eq!(
            states,
            [
                State::Behind,
                State::Behind,
                State::NotBegun,
                State::Reached,
                State::NotBegun
            ]
        );
    }
}
