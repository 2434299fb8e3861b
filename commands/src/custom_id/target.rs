//! Custom ids of yearly targets (年度目標) and their records: `v1:target-ACTION:ID[:NUMBER[:NUMBER]]`.

use domain::{
    era::FiscalYear,
    id::{DraftId, RecordId, SessionId, TargetId},
    target::pace::State,
};

/// What a button, a select or a form about targets leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// A page of a list whose filter waits in the draft.
    List(DraftId, i64),
    /// A page of a target's records of a year.
    Records(TargetId, FiscalYear, i64),
    /// A page of what a target counts by itself in a year.
    Counted(TargetId, FiscalYear, i64),
    /// A page of the versions of a target's goals.
    Goals(TargetId, i64),
    /// The record chosen in the select, of those of a target.
    Pick(TargetId),
    /// The form of a record opens for a target.
    Note(TargetId),
    /// The form of a record opens for what a session brought.
    OfSession(SessionId),
    /// Targets were chosen on a page of a select; the form of a record opens for what waits in the draft.
    Choose(DraftId, i64),
    /// Another page of that select.
    Choices(DraftId, i64),
    /// Targets were chosen on a page of a select: a record belongs to them.
    Belong(RecordId, i64),
    /// Another page of that select.
    Belongs(RecordId, i64),
    /// The form of a record opens to correct it.
    Correct(RecordId),
    /// That form opens again; what was written waits in the draft.
    Reword(DraftId),
    /// The form of a record was sent.
    Noted(DraftId),
    /// A record is taken back for good.
    Withdraw(RecordId),
    /// A record that was taken back counts again.
    Restore(RecordId),
    /// The form of a goal opens.
    Goal(TargetId, FiscalYear),
    /// That form opens again; what was written waits in the draft.
    GoalReword(DraftId),
    /// The form of a goal was sent.
    GoalSent(DraftId),
    /// A coordinator says how a goal in words gets on; `None` leaves it to the records.
    Word(TargetId, FiscalYear, Option<State>),
    /// A change is taken back; what that needs waits in the draft.
    Undo(DraftId),
}

/// What a coordinator may say of a goal in words, in the order of the numbers in custom ids.
pub const WORDS: [Option<State>; 4] = [
    None,
    Some(State::OnTrack),
    Some(State::Behind),
    Some(State::Reached),
];

impl Target {
    /// The custom id.
    #[must_use]
    pub fn custom_id(self) -> String {
        match self {
            Self::List(draft, page) => format!("v1:target-list:{draft}:{page}"),
            Self::Records(id, year, page) => {
                format!("v1:target-records:{id}:{}:{page}", year.western())
            }
            Self::Counted(id, year, page) => {
                format!("v1:target-counted:{id}:{}:{page}", year.western())
            }
            Self::Goals(id, page) => format!("v1:target-goals:{id}:{page}"),
            Self::Pick(id) => format!("v1:target-pick:{id}"),
            Self::Note(id) => format!("v1:target-note:{id}"),
            Self::OfSession(id) => format!("v1:target-of-session:{id}"),
            Self::Choose(draft, page) => format!("v1:target-choose:{draft}:{page}"),
            Self::Choices(draft, page) => format!("v1:target-choices:{draft}:{page}"),
            Self::Belong(id, page) => format!("v1:target-belong:{id}:{page}"),
            Self::Belongs(id, page) => format!("v1:target-belongs:{id}:{page}"),
            Self::Correct(id) => format!("v1:target-correct:{id}"),
            Self::Reword(draft) => format!("v1:target-reword:{draft}"),
            Self::Noted(draft) => format!("v1:target-noted:{draft}"),
            Self::Withdraw(id) => format!("v1:target-withdraw:{id}"),
            Self::Restore(id) => format!("v1:target-restore:{id}"),
            Self::Goal(id, year) => format!("v1:target-goal:{id}:{}", year.western()),
            Self::GoalReword(draft) => format!("v1:target-goal-reword:{draft}"),
            Self::GoalSent(draft) => format!("v1:target-goal-sent:{draft}"),
            Self::Word(id, year, word) => {
                let at = WORDS.iter().position(|known| *known == word);
                let at = at.unwrap_or_default();
                format!("v1:target-word:{id}:{}:{at}", year.western())
            }
            Self::Undo(draft) => format!("v1:target-undo:{draft}"),
        }
    }

    /// The action of a name, its first number (above zero) and what follows it; `None` for what is not
    /// ours.
    pub(super) fn parse<'p>(
        action: &str,
        id: i64,
        mut next: impl Iterator<Item = &'p str>,
    ) -> Option<Self> {
        let (draft, target, record) = (DraftId(id), TargetId(id), RecordId(id));
        Some(match action {
            "target-list" => Self::List(draft, super::page(next.next())?),
            "target-records" => {
                Self::Records(target, year(next.next())?, super::page(next.next())?)
            }
            "target-counted" => {
                Self::Counted(target, year(next.next())?, super::page(next.next())?)
            }
            "target-goals" => Self::Goals(target, super::page(next.next())?),
            "target-pick" => Self::Pick(target),
            "target-note" => Self::Note(target),
            "target-of-session" => Self::OfSession(SessionId(id)),
            "target-choose" => Self::Choose(draft, super::page(next.next())?),
            "target-choices" => Self::Choices(draft, super::page(next.next())?),
            "target-belong" => Self::Belong(record, super::page(next.next())?),
            "target-belongs" => Self::Belongs(record, super::page(next.next())?),
            "target-correct" => Self::Correct(record),
            "target-reword" => Self::Reword(draft),
            "target-noted" => Self::Noted(draft),
            "target-withdraw" => Self::Withdraw(record),
            "target-restore" => Self::Restore(record),
            "target-goal" => Self::Goal(target, year(next.next())?),
            "target-goal-reword" => Self::GoalReword(draft),
            "target-goal-sent" => Self::GoalSent(draft),
            "target-word" => {
                let year = year(next.next())?;
                let at: usize = next.next()?.parse().ok()?;
                Self::Word(target, year, *WORDS.get(at)?)
            }
            "target-undo" => Self::Undo(draft),
            _ => return None,
        })
    }
}

/// A fiscal year as [`domain::era::parse_fiscal_year`] takes western ones.
fn year(part: Option<&str>) -> Option<FiscalYear> {
    let western: i32 = part?.parse().ok()?;
    (1868..=2200)
        .contains(&western)
        .then(|| FiscalYear::starting_in(western))
}

#[cfg(test)]
mod tests {
    use super::super::{Action, CHARACTERS_MAX};
    use super::*;

    #[test]
    fn every_action_of_targets_comes_back_from_its_custom_id() {
        let (draft, target) = (DraftId(i64::MAX), TargetId(i64::MAX));
        let (record, year) = (RecordId(i64::MAX), FiscalYear::starting_in(2026));
        let mut all = vec![
            Target::List(draft, i64::MAX),
            Target::Records(target, year, i64::MAX),
            Target::Counted(target, year, i64::MAX),
            Target::Goals(target, i64::MAX),
            Target::Pick(target),
            Target::Note(target),
            Target::OfSession(SessionId(i64::MAX)),
            Target::Choose(draft, i64::MAX),
            Target::Choices(draft, i64::MAX),
            Target::Belong(record, i64::MAX),
            Target::Belongs(record, i64::MAX),
            Target::Correct(record),
            Target::Reword(draft),
            Target::Noted(draft),
            Target::Withdraw(record),
            Target::Restore(record),
            Target::Goal(target, year),
            Target::GoalReword(draft),
            Target::GoalSent(draft),
            Target::Undo(draft),
        ];
        all.extend(WORDS.map(|word| Target::Word(target, year, word)));
        for press in all {
            let action = Action::Target(press);
            assert_eq!(Action::parse(&action.custom_id()), Some(action));
            assert!(action.custom_id().len() <= CHARACTERS_MAX);
        }
        for forged in [
            "v1:target-list:1",
            "v1:target-list:1:-1",
            "v1:target-records:1:2026",
            "v1:target-records:1:99999:0",
            "v1:target-goal:1",
            "v1:target-choose:1",
            "v1:target-belong:1:-1",
            "v1:target-goal:1:1500",
            "v1:target-word:1:2026:4",
            "v1:target-word:1:2026",
            "v1:target-burn:1",
        ] {
            assert_eq!(Action::parse(forged), None, "{forged}");
        }
    }
}
