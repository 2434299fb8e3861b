//! The handover as sheets (.xlsx), made to be printed: what is urgent and how much there is first, then a
//! sheet for each matter. Words are in the office's language, and speakers are not in it.

mod ahead;
mod desk;
mod first;
mod issue;
mod person;
mod promise;
mod running;
mod setting;
mod target;
mod unsent;

use super::{reading::Handover, staff::Staff, urgent};
use crate::{
    card,
    printout::{self, Cell, Leaf, Table, TableColumn, note},
    text,
    text::Text,
};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{audience::Destination, setting::Language, speaker::Desk};
use rust_xlsxwriter::{Workbook, XlsxError};
use storage::Subject;

/// The ground of what should be looked at first: what is urgent, in trouble or behind, and whoever sees much.
const MARKED: u32 = 0xFF_E0_A3;

/// Writes it. The proof of the desk is for the names of key persons.
///
/// # Errors
/// The library refuses a row or a text beyond what a sheet holds, which the limits keep from happening.
pub(super) fn written(
    handover: &Handover,
    staff: &[Staff],
    desk: Desk,
    language: Language,
) -> Result<Vec<u8>, XlsxError> {
    let paper = Paper {
        handover,
        staff,
        desk,
        language,
    };
    let title = text!("handover-title", day = card::date(handover.today, language));
    let mut workbook = printout::workbook(&title.say(language), handover.now)?;
    first::write(&paper, &mut workbook)?;
    issue::write(&paper, &mut workbook)?;
    promise::write(&paper, &mut workbook)?;
    ahead::write(&paper, &mut workbook)?;
    desk::write(&paper, &mut workbook)?;
    target::write(&paper, &mut workbook)?;
    person::key_persons(&paper, &mut workbook)?;
    unsent::write(&paper, &mut workbook)?;
    running::write(&paper, &mut workbook)?;
    setting::write(&paper, &mut workbook)?;
    person::staff(&paper, &mut workbook)?;
    workbook.save_to_buffer()
}

/// What every sheet is written from.
struct Paper<'a> {
    handover: &'a Handover,
    staff: &'a [Staff],
    desk: Desk,
    language: Language,
}

impl Paper<'_> {
    fn say(&self, key: &str) -> String {
        Text::new(key).say(self.language)
    }

    fn date(&self, date: NaiveDate) -> String {
        card::date(date, self.language)
    }

    /// The day of an instant in the office.
    fn day(&self, at: DateTime<Utc>) -> String {
        self.date(urgent::day(at, &self.handover.office))
    }

    fn columns(&self, columns: &[(&str, f64)]) -> Vec<TableColumn> {
        let named = columns.iter();
        named
            .map(|(name, digits)| TableColumn::new(self.say(name), *digits))
            .collect()
    }

    fn table(&self, columns: &[(&str, f64)], rows: Vec<Vec<Cell>>, empty: &str) -> Table {
        Table {
            columns: self.columns(columns),
            rows,
            empty: self.say(empty),
        }
    }

    /// The rows of one kind among others on a sheet of four columns; a row that says so where there is none.
    fn part(&self, code: &str, rows: impl Iterator<Item = Vec<Cell>>) -> Vec<Vec<Cell>> {
        let mut rows: Vec<Vec<Cell>> = rows.collect();
        if rows.is_empty() {
            rows.push(vec![
                self.say(&format!("handover-kind-{code}")).into(),
                self.say(&format!("handover-empty-{code}")).into(),
                Cell::Blank,
                Cell::Blank,
            ]);
        }
        rows
    }

    /// A sheet of its own: `handover-sheet-CODE` is its name, `handover-note-CODE` says below the title
    /// what it is for. Where some found no room, a line behind the table says how many, and where they are.
    fn leaf(
        &self,
        workbook: &mut Workbook,
        code: &str,
        table: Table,
        more: i64,
    ) -> Result<(), XlsxError> {
        let name = self.say(&format!("handover-sheet-{code}"));
        let day = self.date(self.handover.today);
        let title = text!("handover-sheet-title", name = name.clone(), day = day);
        let leaf = Leaf {
            name,
            title: title.say(self.language),
            below: self.say(&format!("handover-note-{code}")),
            table,
        };
        let (sheet, after) = leaf.write(workbook)?;
        if more > 0 {
            let rest = text!(
                "handover-more",
                count = more,
                command = Text::new(format!("handover-more-{code}")),
            );
            note(sheet, after, &leaf.table, &rest.say(self.language), true)?;
        }
        Ok(())
    }

    /// A destination in plain words: a sheet shows marks of markdown as they are.
    fn place(&self, destination: Destination) -> String {
        let named = |key: &str, id| {
            let association = self.handover.office.association(id);
            let name = association.map(|association| association.name.clone());
            Text::new(key)
                .with("association", name.unwrap_or_default())
                .say(self.language)
        };
        match destination {
            Destination::Tier1(id) => named("place-tier1", id),
            Destination::Feedback(id) => named("place-feedback", id),
            other => card::place_word(&self.handover.office, other).say(self.language),
        }
    }

    /// Associations by name.
    fn associations<'i>(
        &self,
        ids: impl IntoIterator<Item = &'i domain::id::AssociationId>,
    ) -> String {
        let names: Vec<&str> = ids
            .into_iter()
            .filter_map(|id| self.handover.office.association(*id))
            .map(|association| association.name.as_str())
            .collect();
        names.join(&self.say("list-separator"))
    }

    /// A subject by its number.
    fn subject(&self, subject: Subject) -> String {
        Text::new(format!("subject-{}", subject.kind.code()))
            .with("number", subject.id)
            .say(self.language)
    }

    /// A person by their place in the last sheet, where they stand in it, and Discord's number.
    fn somebody(&self, who: domain::id::UserId) -> String {
        let place = self.staff.iter().position(|one| one.who == who);
        match place {
            Some(place) => {
                text!("handover-person", place = place + 1, id = who.to_string()).say(self.language)
            }
            None => text!("handover-person-unlisted", id = who.to_string()).say(self.language),
        }
    }
}
