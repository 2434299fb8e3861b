//! Targets at risk: behind, or not begun; with their owners.

use super::{MARKED, Paper};
use crate::{printout::Cell, target::word, text, text::Text};
use domain::target::{Owner, Standing, pace::State};
use rust_xlsxwriter::{Workbook, XlsxError};

/// Whether a target is in danger of being missed.
pub(super) fn is_at_risk(standing: &Standing) -> bool {
    matches!(standing.state, State::Behind | State::NotBegun)
}

pub(super) fn write(paper: &Paper<'_>, workbook: &mut Workbook) -> Result<(), XlsxError> {
    let targets = &paper.handover.targets;
    let rows = targets
        .iter()
        .filter(|standing| is_at_risk(standing))
        .map(|standing| cells(paper, standing))
        .collect();
    let columns = [
        ("handover-column-number", 8.0),
        ("handover-column-area", 16.0),
        ("handover-column-item", 40.0),
        ("handover-column-goal", 22.0),
        ("handover-column-done", 12.0),
        ("handover-column-pace", 11.0),
        ("handover-column-owner", 16.0),
    ];
    let empty = if targets.is_empty() {
        "handover-none-targets"
    } else {
        "handover-none-target"
    };
    let table = paper.table(&columns, rows, empty);
    paper.leaf(workbook, "target", table, 0)
}

fn cells(paper: &Paper<'_>, standing: &Standing) -> Vec<Cell> {
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
