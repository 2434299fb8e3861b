//! The first page: what is urgent, and how much of everything there is and where it stands.

use super::{super::urgent, Paper, promise, target};
use crate::{
    printout::{Cell, Leaf, below},
    text,
};
use rust_xlsxwriter::{Workbook, XlsxError};

pub(super) fn write(paper: &Paper<'_>, workbook: &mut Workbook) -> Result<(), XlsxError> {
    let handover = paper.handover;
    let urgent: Vec<Vec<Cell>> = urgent::of(handover)
        .iter()
        .map(|one| urgent_cells(paper, one))
        .collect();
    let columns = [
        ("handover-column-urgent", 34.0),
        ("handover-column-count", 9.0),
        ("handover-column-oldest", 22.0),
        ("handover-column-numbers", 26.0),
        ("handover-column-next", 34.0),
    ];
    let day = paper.date(handover.today);
    let leaf = Leaf {
        name: paper.say("handover-sheet-first"),
        title: text!("handover-title", day = day).say(paper.language),
        below: note(paper),
        table: paper.table(&columns, urgent, "handover-none-urgent"),
    };
    let (sheet, after) = leaf.write(workbook)?;
    let columns = [
        ("handover-column-sheet", 34.0),
        ("handover-column-count", 9.0),
        ("handover-column-of-them", 22.0),
        ("handover-column-see", 26.0),
        ("handover-column-about", 34.0),
    ];
    let counted = paper.table(&columns, counts(paper), "handover-none-urgent");
    let heading = paper.say("handover-counts");
    below(sheet, after, &heading, &counted)?;
    Ok(())
}

/// What the page is; and, where not every issue was looked at, which of them were.
fn note(paper: &Paper<'_>) -> String {
    let issues = &paper.handover.issues;
    if issues.more() == 0 {
        return paper.say("handover-note-first");
    }
    text!("handover-note-first-among", count = issues.items.len()).say(paper.language)
}

fn urgent_cells(paper: &Paper<'_>, one: &urgent::Urgent) -> Vec<Cell> {
    let mut numbers = one.numbers.join(&paper.say("list-separator"));
    let named = i64::try_from(one.numbers.len()).unwrap_or(i64::MAX);
    if one.numbers.len() == urgent::NUMBERS_MAX && one.count > named {
        numbers.push_str(&text!("list-more-of", count = one.count - named).say(paper.language));
    }
    vec![
        paper.say(&format!("handover-urgent-{}", one.code)).into(),
        Cell::Number(one.count),
        one.oldest.map_or(Cell::Blank, |day| paper.date(day).into()),
        numbers.into(),
        paper
            .say(&format!("handover-urgent-{}-next", one.code))
            .into(),
    ]
}

/// How many of everything, and on which sheet.
fn counts(paper: &Paper<'_>) -> Vec<Vec<Cell>> {
    let handover = paper.handover;
    let many = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let waiting = handover
        .issues
        .items
        .iter()
        .filter(|open| open.wait.is_urgent());
    let at_risk = target::at_risk(handover).count();
    // A target that had no goal then was none of that year.
    let before = handover.targets_before.iter();
    let before = many(before.filter(|one| one.goal.is_some()).count());
    let targets = many(handover.targets.len()) + before;
    let promises = handover.promises.total
        + handover.drafts.total
        + many(promise::of_projects(handover))
        + handover.projects.more();
    let ahead = handover.reviews.total
        + handover.unwritten.total
        + handover.sessions.total
        + handover.memos.total;
    let office = &handover.office;
    let holding = paper.staff.iter().filter(|one| one.holds_office(office));
    let of = |code: &str, count: i64| text!(format!("handover-of-{code}"), count = count);
    let rows = [
        (
            "issue",
            handover.issues.total,
            Some(of("issue", many(waiting.count()))),
        ),
        ("promise", promises, None),
        ("ahead", ahead, Some(of("ahead", handover.reviews.total))),
        ("desk", handover.desk.total(), None),
        (
            "target",
            many(at_risk),
            Some(of("target", targets).with("before", before)),
        ),
        ("person", many(handover.key_persons.len()), None),
        (
            "unsent",
            handover.unsent.total,
            Some(of("unsent", handover.refused)),
        ),
        ("running", handover.running.total(), None),
        ("setting", many(office.associations.len()), None),
        (
            "staff",
            handover.people.total,
            Some(of("staff", many(holding.count()))),
        ),
    ];
    rows.into_iter()
        .map(|(code, count, of_them)| {
            let of_them = of_them.map_or(Cell::Blank, |text| text.say(paper.language).into());
            vec![
                paper.say(&format!("handover-count-{code}")).into(),
                Cell::Number(count),
                of_them,
                paper.say(&format!("handover-sheet-{code}")).into(),
                paper.say(&format!("handover-about-{code}")).into(),
            ]
        })
        .collect()
}
