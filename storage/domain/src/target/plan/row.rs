//! Rows: where their cells stand, and what is in them.

use super::{
    Doubt, Goal, Plan, PlanRow, Told, ToldLine, Unread, WhyUnread,
    header::{Heading, Part},
    tidy, unbracketed,
};
use crate::{
    era::FiscalYear,
    sheet::Sheet,
    target::{bullet, figure::figures, number::ItemNumber},
};
use std::collections::BTreeMap;

/// How many columns cells may have slipped to the side.
const SLIPPED_MAX: usize = 3;

/// A row as it was found, before its area is known.
pub(super) struct Raw<'a> {
    /// The row of the sheet, from 0.
    pub(super) row: usize,
    /// The heading above it.
    heading: &'a Heading,
    /// How many columns its cells stand too far left.
    shift: i64,
    /// Its number.
    pub(super) number: ItemNumber,
    item: String,
    /// The area as written in it; empty where none is.
    pub(super) area_written: String,
    /// The area, once it is settled.
    pub(super) area: String,
    /// What was guessed so far.
    pub(super) doubts: Vec<Doubt>,
}

impl Raw<'_> {
    fn column(&self, wanted: usize) -> Option<usize> {
        let at = i64::try_from(wanted).ok()? - self.shift;
        usize::try_from(at).ok()
    }

    fn cell<'s>(&self, sheet: &'s Sheet, wanted: usize) -> &'s str {
        self.column(wanted)
            .map_or("", |column| sheet.cell(self.row, column))
    }
}

/// Every row below a heading, and those that could not be understood.
pub(super) fn all<'a>(sheet: &Sheet, headings: &'a [Heading]) -> (Vec<Raw<'a>>, Vec<Unread>) {
    let (mut found, mut unread) = (Vec::new(), Vec::new());
    // An area may stand in a row of its own, above its items.
    let mut area_above = String::new();
    for row in 0..sheet.rows.len() {
        let mut above = headings.iter().rev();
        let heading = above.find(|heading| heading.row <= row);
        let refuse = |why| Unread { line: row + 1, why };
        let Some(heading) = heading else {
            if (0..sheet.rows[row].len()).any(|at| compound(sheet.cell(row, at)).is_some()) {
                unread.push(refuse(WhyUnread::BeforeHeading));
            }
            continue;
        };
        if row <= heading.last || sheet.rows[row].iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if let Some(area) = area_alone(sheet, row, heading) {
            area_above = area;
            continue;
        }
        match raw(sheet, row, heading) {
            Ok(mut raw) => {
                if raw.area_written.is_empty() {
                    raw.area_written = std::mem::take(&mut area_above);
                }
                found.push(raw);
            }
            Err(why) => unread.push(refuse(why)),
        }
    }
    (found, unread)
}

fn compound(cell: &str) -> Option<ItemNumber> {
    ItemNumber::read(cell).filter(ItemNumber::is_compound)
}

fn area_alone(sheet: &Sheet, row: usize, heading: &Heading) -> Option<String> {
    let area = heading.column(Part::Area)?;
    let words = sheet.cell(row, area);
    let others = (0..sheet.rows[row].len())
        .filter(|at| *at != area)
        .any(|at| !sheet.cell(row, at).is_empty());
    (!words.is_empty() && !others && ItemNumber::read(words).is_none()).then(|| words.to_owned())
}

fn raw<'a>(sheet: &Sheet, row: usize, heading: &'a Heading) -> Result<Raw<'a>, WhyUnread> {
    let column = heading.column(Part::Number).ok_or(WhyUnread::NoNumber)?;
    let (found, number) = number_near(sheet, row, column).ok_or(WhyUnread::NoNumber)?;
    let shift =
        i64::try_from(column).unwrap_or_default() - i64::try_from(found).unwrap_or_default();
    let mut raw = Raw {
        row,
        heading,
        shift,
        number,
        item: String::new(),
        area_written: String::new(),
        area: String::new(),
        doubts: Vec::new(),
    };
    if shift != 0 {
        raw.doubts.push(Doubt::Shifted(shift));
    }
    if let Some(item) = heading.column(Part::Item) {
        raw.item = tidy(raw.cell(sheet, item));
    }
    if let Some(area) = heading.column(Part::Area) {
        raw.area_written = raw.cell(sheet, area).to_owned();
    }
    if raw.item.is_empty() {
        return Err(WhyUnread::NoItem);
    }
    Ok(raw)
}

/// The number where it belongs, or the nearest cell that is surely one.
fn number_near(sheet: &Sheet, row: usize, column: usize) -> Option<(usize, ItemNumber)> {
    if let Some(number) = ItemNumber::read(sheet.cell(row, column)) {
        return Some((column, number));
    }
    (1..=SLIPPED_MAX)
        .flat_map(|by| [column.checked_sub(by), column.checked_add(by)])
        .flatten()
        .find_map(|at| Some((at, compound(sheet.cell(row, at))?)))
}

/// Reads the cells of rows whose areas are known. A number that comes twice in an area is left out.
pub(super) fn settle(sheet: &Sheet, raw: Vec<Raw<'_>>, year: Option<FiscalYear>, plan: &mut Plan) {
    let mut lines: BTreeMap<(String, ItemNumber), usize> = BTreeMap::new();
    let mut places: BTreeMap<usize, usize> = BTreeMap::new();
    for found in raw {
        let line = found.row + 1;
        let key = (found.area.clone(), found.number.clone());
        if let Some(first) = lines.get(&key) {
            let why = WhyUnread::Twice(*first);
            plan.unread.push(Unread { line, why });
            continue;
        }
        lines.insert(key, line);
        places.insert(found.row, plan.rows.len());
        let row = read(sheet, found, year, &places, plan.rows.last());
        plan.rows.push(row);
    }
    plan.unread.sort_by_key(|unread| unread.line);
}

fn read(
    sheet: &Sheet,
    raw: Raw<'_>,
    year: Option<FiscalYear>,
    places: &BTreeMap<usize, usize>,
    before: Option<&PlanRow>,
) -> PlanRow {
    let goals = raw
        .heading
        .goals()
        .filter_map(|(at, named)| Some((named.or(year)?, goal(raw.cell(sheet, at))?)))
        .collect();
    let told: Vec<Told> = raw
        .heading
        .told()
        .map(|at| told(sheet, &raw, at, places))
        .collect();
    let mut doubts = raw.doubts;
    let empty = |told: &Told| told.lines.is_empty() && told.shared_with.is_none();
    let told_above = before.is_some_and(|row| !row.told.iter().all(|told| told.lines.is_empty()));
    if sheet.merged.is_empty() && told.iter().all(empty) && told_above {
        doubts.push(Doubt::MaybeShared);
    }
    PlanRow {
        line: raw.row + 1,
        area: raw.area,
        number: raw.number,
        item: raw.item,
        goals,
        told,
        doubts,
    }
}

fn goal(cell: &str) -> Option<Goal> {
    let words = tidy(cell);
    let (text, again) = bullet::without_again(&words);
    let (text, bracketed) = unbracketed(&text);
    (!text.is_empty()).then(|| Goal {
        figures: figures(text),
        text: text.to_owned(),
        bracketed,
        again,
        first: None,
    })
}

fn told(sheet: &Sheet, raw: &Raw<'_>, at: usize, places: &BTreeMap<usize, usize>) -> Told {
    let begun = raw
        .column(at)
        .and_then(|column| sheet.begun_above(raw.row, column))
        .and_then(|row| places.get(&row).copied());
    if begun.is_some() {
        return Told {
            shared_with: begun,
            ..Told::default()
        };
    }
    let words = tidy(raw.cell(sheet, at));
    let (text, bracketed) = unbracketed(&words);
    let lines = bullet::bullets(text).into_iter().map(|bullet| ToldLine {
        figures: figures(&bullet.text),
        bullet,
        first: None,
    });
    Told {
        lines: lines.collect(),
        bracketed,
        shared_with: None,
    }
}
