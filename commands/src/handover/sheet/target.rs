//! Targets at risk: behind, or not begun; with their owners. In the first months of a year those the year
//! before has left come first.

use super::{super::reading::Handover, MARKED, Paper};
use crate::{card::year_name, printout::Cell, target::word, text, text::Text};
use domain::{
    era::FiscalYear,
    target::{Owner, Standing, pace::State},
};
use rust_xlsxwriter::{Workbook, XlsxError};

/// The targets that are in danger of being missed, or were missed, with their years.
pub(super) fn at_risk(handover: &Handover) -> impl Iterator<Item = (FiscalYear, &Standing)> {
    let before = FiscalYear::starting_in(handover.year.western() - 1);
    let before = handover.targets_before.iter().map(move |one| (before, one));
    let now = handover.targets.iter().map(|one| (handover.year, one));
    before
        .chain(now)
        .filter(|(_, standing)| matches!(standing.state, State::Behind | State::NotBegun))
}

pub(super) fn write(paper: &Paper<'_>, workbook: &mut Workbook) -> Result<(), XlsxError> {
    let handover = paper.handover;
    let rows = at_risk(handover)
        .map(|(year, standing)| cells(paper, year, standing))
        .collect();
    let columns = [
        ("handover-column-year", 12.0),
        ("handover-column-number", 8.0),
        ("handover-column-area", 16.0),
        ("handover-column-item", 34.0),
        ("handover-column-goal", 20.0),
        ("handover-column-done", 12.0),
        ("handover-column-pace", 11.0),
        ("handover-column-owner", 16.0),
    ];
    let empty = if handover.targets.is_empty() && handover.targets_before.is_empty() {
        "handover-none-targets"
    } else {
        "handover-none-target"
    };
    let table = paper.table(&columns, rows, empty);
    paper.leaf(workbook, "target", table, 0)
}

fn cells(paper: &Paper<'_>, year: FiscalYear, standing: &Standing) -> Vec<Cell> {
    let target = &standing.target;
    let goal = standing.goal.as_ref();
    let state = Text::new(format!("word-pace-{}", standing.state.code())).say(paper.language);
    let state = if standing.state == State::Behind {
        Cell::Coloured(state, MARKED)
    } else {
        Cell::Middle(state)
    };
    let owner = match &target.owner {
        None => paper.say("handover-owner-office"),
        Some(Owner::Association(id)) => paper.associations([id]),
        Some(Owner::Named(name)) => name.clone(),
    };
    vec![
        Cell::Middle(year_name(year, paper.language)),
        Cell::Middle(format!("#{}", target.id.0)),
        text!(
            "handover-target-place",
            area = target.area.clone(),
            number = target.number.to_string()
        )
        .say(paper.language)
        .into(),
        target.item.clone().into(),
        goal.map(|goal| goal.content.text.clone())
            .unwrap_or_default()
            .into(),
        word::done(standing).map_or(Cell::Blank, Cell::Middle),
        state,
        owner.into(),
    ]
}
