//! What people know of what they asked for: done, refused, or not known because nothing came back.
//!
//! Of what is written in the history afterwards each step must be something that was asked, once; what
//! was acknowledged must be there, what was refused must not, and of what is not known either is right.

use serde_json::Value;
use storage::history::Step;

/// What somebody asked to be done with an issue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum What {
    /// Writing it down with this text.
    Add(String),
    /// Another text.
    Edit(String),
    /// Another status, by its code.
    Status(&'static str),
    /// Another tier.
    Tier(i64),
    /// Passing it on to its association.
    PassOn,
}

/// What they heard of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Heard {
    /// That it is done.
    Done,
    /// That it is not, and why.
    Refused,
    /// Nothing.
    Nothing,
}

/// One thing that was asked.
#[derive(Clone, Debug)]
pub(super) struct Act {
    pub(super) what: What,
    pub(super) heard: Heard,
    /// The round it was asked in.
    pub(super) round: usize,
}

/// One issue as its people know it. Only one of them changes it, one thing after the other.
#[derive(Clone, Debug)]
pub(super) struct Case {
    /// Letters that stand in every text of it and nowhere else.
    pub(super) key: String,
    /// Its number, once somebody was told.
    pub(super) number: Option<i64>,
    /// Who said it.
    pub(super) speaker: Option<String>,
    pub(super) acts: Vec<Act>,
}

impl Case {
    /// Whether it may have been written down.
    pub(super) fn may_be(&self) -> bool {
        self.acts.iter().any(|act| act.heard != Heard::Refused)
    }

    /// Whether somebody was told that it was written down.
    pub(super) fn must_be(&self) -> bool {
        self.acts
            .iter()
            .any(|act| matches!(act.what, What::Add(_)) && act.heard == Heard::Done)
    }
}

/// Whether the steps are what was asked, in order: each once, all that were acknowledged, none that was
/// refused.
pub(super) fn explains(acts: &[Act], steps: &[Step]) -> bool {
    let Some((act, later)) = acts.split_first() else {
        return steps.is_empty();
    };
    let left_out = act.heard != Heard::Done && explains(later, steps);
    left_out
        || steps.split_first().is_some_and(|(step, rest)| {
            act.heard != Heard::Refused && is(&act.what, step) && explains(later, rest)
        })
}

fn is(what: &What, step: &Step) -> bool {
    let after = |field: &str, value: Value| step.after[field] == value;
    match what {
        What::Add(text) => step.act == "issue.add" && after("text", text.as_str().into()),
        What::Edit(text) => step.act == "issue.edit" && after("text", text.as_str().into()),
        What::Status(code) => step.act == "issue.status" && after("status", (*code).into()),
        What::Tier(tier) => step.act == "issue.tier" && after("tier", (*tier).into()),
        What::PassOn => step.act == "issue.pass-on" && after("passed_on", true.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Heard::{Done, Nothing, Refused};
    use chrono::DateTime;
    use domain::id::UserId;
    use serde_json::json;

    fn step(act: &str, after: Value) -> Step {
        Step {
            id: 1,
            at: DateTime::UNIX_EPOCH,
            who: UserId(1),
            act: act.to_owned(),
            before: None,
            after,
        }
    }

    #[test]
    fn a_history_is_explained_by_what_was_asked_and_by_nothing_else() {
        let add = || step("issue.add", json!({"text": "a"}));
        let edit = |text: &str| step("issue.edit", json!({"text": text}));
        let asked = |heard: [Heard; 3]| {
            let what = [
                What::Add("a".into()),
                What::Edit("b".into()),
                What::Status("sorted"),
            ];
            let acts = what.into_iter().zip(heard);
            acts.map(|(what, heard)| Act {
                what,
                heard,
                round: 0,
            })
            .collect::<Vec<_>>()
        };
        let sorted = || step("issue.status", json!({"status": "sorted"}));
        for (heard, steps, expected) in [
            ([Done, Done, Done], vec![add(), edit("b"), sorted()], true),
            // Lost, doubled, changed, out of order, done though refused.
            ([Done, Done, Done], vec![add(), sorted()], false),
            (
                [Done, Done, Done],
                vec![add(), edit("b"), edit("b"), sorted()],
                false,
            ),
            ([Done, Done, Done], vec![add(), edit("c"), sorted()], false),
            ([Done, Done, Done], vec![add(), sorted(), edit("b")], false),
            (
                [Done, Refused, Done],
                vec![add(), edit("b"), sorted()],
                false,
            ),
            ([Done, Refused, Done], vec![add(), sorted()], true),
            // Of what nobody heard of either is right, but not twice.
            ([Done, Nothing, Done], vec![add(), sorted()], true),
            (
                [Done, Nothing, Done],
                vec![add(), edit("b"), sorted()],
                true,
            ),
            (
                [Done, Nothing, Done],
                vec![add(), edit("b"), edit("b"), sorted()],
                false,
            ),
            ([Nothing, Nothing, Nothing], vec![], true),
            ([Nothing, Nothing, Nothing], vec![edit("b")], true),
        ] {
            assert_eq!(
                explains(&asked(heard), &steps),
                expected,
                "{heard:?} {steps:?}"
            );
        }
    }
}
