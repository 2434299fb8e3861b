//! Custom ids of the months (月次) and years (年次) of progress: `v1:report-ACTION:NUMBER`.

use domain::{
    era::FiscalYear,
    id::DraftId,
    progress::{Period, YearMonth},
};

/// The highest year a button may name.
const YEAR_MAX: i64 = 9_999;

/// What a button leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Report {
    /// A month or a year as the person may know it.
    Show(Period),
    /// The desk lets a month wait.
    Hold(YearMonth),
    /// The desk lets it go again.
    Release(YearMonth),
    /// The desk posts a month or a year now.
    Post(Period),
    /// A posting is taken back; what that needs waits in the draft.
    Undo(DraftId),
}

impl Report {
    /// The custom id.
    #[must_use]
    pub fn custom_id(self) -> String {
        match self {
            Self::Show(Period::Month(month)) => format!("v1:report-month:{}", month.number()),
            Self::Show(Period::Year(year)) => format!("v1:report-year:{}", year.western()),
            Self::Hold(month) => format!("v1:report-hold:{}", month.number()),
            Self::Release(month) => format!("v1:report-release:{}", month.number()),
            Self::Post(Period::Month(month)) => format!("v1:report-post:{}", month.number()),
            Self::Post(Period::Year(year)) => format!("v1:report-post-year:{}", year.western()),
            Self::Undo(draft) => format!("v1:report-undo:{draft}"),
        }
    }

    /// The action of a name and its number (above zero); `None` for what is not ours.
    pub(super) fn parse(action: &str, id: i64) -> Option<Self> {
        let month = || YearMonth::from_number(id);
        let year = || {
            let year = i32::try_from(id).ok().filter(|_| id <= YEAR_MAX);
            year.map(FiscalYear::starting_in)
        };
        Some(match action {
            "report-month" => Self::Show(Period::Month(month()?)),
            "report-year" => Self::Show(Period::Year(year()?)),
            "report-hold" => Self::Hold(month()?),
            "report-release" => Self::Release(month()?),
            "report-post" => Self::Post(Period::Month(month()?)),
            "report-post-year" => Self::Post(Period::Year(year()?)),
            "report-undo" => Self::Undo(DraftId(id)),
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Action, CHARACTERS_MAX};
    use super::*;

    #[test]
    fn every_action_of_a_report_comes_back_from_its_custom_id() {
        let month = YearMonth::from_number(202_611).expect("a month");
        let year = FiscalYear::starting_in(2026);
        for report in [
            Report::Show(Period::Month(month)),
            Report::Show(Period::Year(year)),
            Report::Hold(month),
            Report::Release(month),
            Report::Post(Period::Month(month)),
            Report::Post(Period::Year(year)),
            Report::Undo(DraftId(i64::MAX)),
        ] {
            let action = Action::Report(report);
            assert_eq!(Action::parse(&action.custom_id()), Some(action));
            assert!(action.marked(&"f".repeat(32)).len() <= CHARACTERS_MAX);
        }
        for forged in [
            "v1:report-month:202613",
            "v1:report-month:1",
            "v1:report-year:99999999999",
            "v1:report-year:10000",
            "v1:report-burn:202611",
            "v1:report-hold:0",
        ] {
            assert_eq!(Action::parse(forged), None, "{forged}");
        }
    }
}
