//! People: key persons of the associations, and those the office knows to hold its roles.

use super::{super::staff::Staff, MARKED, Paper};
use crate::{printout::Cell, text};
use rust_xlsxwriter::{Workbook, XlsxError};

pub(super) fn key_persons(paper: &Paper<'_>, workbook: &mut Workbook) -> Result<(), XlsxError> {
    let desk = paper.desk;
    let persons = paper.handover.key_persons.iter();
    let rows = persons
        .map(|person| {
            vec![
                paper.associations(&person.association).into(),
                person.name(desk).to_owned().into(),
                person.note(desk).unwrap_or_default().to_owned().into(),
            ]
        })
        .collect();
    let columns = [
        ("handover-column-association", 32.0),
        ("handover-column-name", 28.0),
        ("handover-column-note", 65.0),
    ];
    let table = paper.table(&columns, rows, "handover-none-person");
    paper.leaf(workbook, "person", table, 0)
}

/// Whoever has acted or was given something, with the roles they hold now, and room to tick.
pub(super) fn staff(paper: &Paper<'_>, workbook: &mut Workbook) -> Result<(), XlsxError> {
    let rows = paper
        .staff
        .iter()
        .enumerate()
        .map(|(place, one)| cells(paper, place, one))
        .collect();
    let columns = [
        ("handover-column-person", 24.0),
        ("handover-column-holds", 26.0),
        ("handover-column-spoke-for", 20.0),
        ("handover-column-last", 19.0),
        ("handover-column-has", 16.0),
        ("handover-column-keep", 20.0),
    ];
    let table = paper.table(&columns, rows, "handover-none-staff");
    paper.leaf(workbook, "staff", table, paper.handover.people.more())
}

fn cells(paper: &Paper<'_>, place: usize, one: &Staff) -> Vec<Cell> {
    let (office, language) = (&paper.handover.office, paper.language);
    let roles = one.roles(office, language);
    let roles = if one.holds_office(office) {
        Cell::Coloured(roles, MARKED)
    } else {
        Cell::Words(roles)
    };
    let acted = one.somebody.acted.as_ref();
    let last = acted.map_or_else(
        || paper.say("handover-never-acted"),
        |actor| paper.day(actor.last_at),
    );
    let mut has = Vec::new();
    for (key, count) in [
        ("handover-has-tasks", one.somebody.tasks),
        ("handover-has-memos", one.somebody.memos),
    ] {
        if count > 0 {
            has.push(text!(key, count = count).say(language));
        }
    }
    let person = text!(
        "handover-person",
        place = place + 1,
        id = one.who.to_string()
    );
    let spoke_for = acted.map(|actor| paper.associations(&actor.associations));
    vec![
        person.say(language).into(),
        roles,
        spoke_for.unwrap_or_default().into(),
        last.into(),
        has.join("\n").into(),
        paper.say("handover-keep").into(),
    ]
}
