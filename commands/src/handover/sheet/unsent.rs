//! What has not gone out: places nothing is sent to, messages that wait or were refused and why, months
//! the desk holds. Numbers only; nothing of what they say.

use super::Paper;
use crate::{printout::Cell, text, text::Text};
use domain::stoppage::Reason;
use rust_xlsxwriter::{Workbook, XlsxError};

pub(super) fn write(paper: &Paper<'_>, workbook: &mut Workbook) -> Result<(), XlsxError> {
    let handover = paper.handover;
    let language = paper.language;
    let mut rows: Vec<Vec<Cell>> = handover
        .office
        .stopped
        .iter()
        .map(|stopped| {
            let number = text!("subject-stoppage", number = stopped.id.0);
            vec![
                paper.say("handover-unsent-stopped").into(),
                number.say(language).into(),
                paper.place(stopped.destination).into(),
                Cell::Blank,
                reason(paper, &stopped.code).into(),
            ]
        })
        .collect();
    rows.extend(handover.unsent.items.iter().map(|unsent| {
        let (kind, why) = match &unsent.code {
            Some(code) => ("refused", reason(paper, code)),
            None => ("waiting", paper.say("handover-unsent-waiting-why")),
        };
        vec![
            paper.say(&format!("handover-unsent-{kind}")).into(),
            paper.subject(unsent.subject).into(),
            paper.place(unsent.destination).into(),
            paper.day(unsent.since).into(),
            why.into(),
        ]
    }));
    rows.extend(handover.held.iter().map(|month| {
        vec![
            paper.say("handover-unsent-held").into(),
            crate::progress::month_name(*month, language).into(),
            paper.say("place-progress").into(),
            Cell::Blank,
            paper.say("handover-unsent-held-why").into(),
        ]
    }));
    let columns = [
        ("handover-column-what-kind", 18.0),
        ("handover-column-what", 26.0),
        ("handover-column-where", 28.0),
        ("handover-column-since", 20.0),
        ("handover-column-why", 33.0),
    ];
    let table = paper.table(&columns, rows, "handover-none-unsent");
    paper.leaf(workbook, "unsent", table, handover.unsent.more())
}

/// Why nothing is sent; the names of roles and people stand on the card of the stoppage.
fn reason(paper: &Paper<'_>, code: &str) -> String {
    Text::new(format!("stoppage-reason-{}", Reason::of(code).code()))
        .with("names", paper.say("handover-names-elsewhere"))
        .with("code", code.to_owned())
        .say(paper.language)
}
