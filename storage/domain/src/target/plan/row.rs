//! Rows: where their cells stand.

use super::{
    Doubt, Goal, ITEMS_MAX, Known, Place, Plan, PlanRow, Told, Unread, WhyUnread,
    cell::{Grid, Places, tidy},
    content::read_goal,
    header::{Heading, Part},
};
use crate::{
    era::FiscalYear,
    target::{figure::figures, number::ItemNumber},
    text::one_line,
};
use std::{collections::BTreeMap, rc::Rc};

/// How many columns cells may have slipped to the side.
const SLIPPED_MAX: usize = 3;
/// Longest name of an area that stands in a row of its own, in letters; longer ones are notes.
const AREA_ALONE_LETTERS_MAX: usize = 30;
/// UTF-16 units of the words by which a row that was not understood is found again.
const UNREAD_UNITS_MAX: usize = 60;

/// A row as it was found, before its area is known.
pub(super) struct Raw<'a> {
    grid: Rc<Grid<'a>>,
    /// The sheet, and the row of the sheet, from 0.
    pub(super) at: (usize, usize),
    /// Rows below without a number, which go on with this one.
    more: Vec<usize>,
    /// The heading above it.
    pub(super) heading: &'a Heading,
    /// How many columns its cells stand too far left.
    shift: i64,
    /// Its number.
    pub(super) number: ItemNumber,
    item: String,
    /// The area as written in it; empty where none is.
    pub(super) area_written: String,
    /// How many rows the joined cell of its area holds; 1 where nothing is joined.
    pub(super) area_rows: usize,
    /// The area, once it is settled.
    pub(super) area: String,
    /// What was guessed so far.
    pub(super) doubts: Vec<Doubt>,
}

impl<'a> Raw<'a> {
    fn column(&self, wanted: usize) -> Option<usize> {
        let at = i64::try_from(wanted).ok()? - self.shift;
        usize::try_from(at).ok()
    }

    /// The words of a column, with those of the rows that go on with it.
    fn words(&self, wanted: usize) -> String {
        let Some(column) = self.column(wanted) else {
            return String::new();
        };
        let rows = std::iter::once(&self.at.1).chain(&self.more);
        let words: Vec<String> = rows
            .map(|row| tidy(self.grid.words(*row, column)))
            .filter(|words| !words.is_empty())
            .collect();
        words.join("\n")
    }

    fn begun_above(&self, wanted: usize) -> Option<(usize, usize)> {
        let (sheet, row) = self.at;
        let above = self.grid.begun_above(row, self.column(wanted)?)?;
        Some((sheet, above))
    }

    fn place(&self) -> Place {
        place(self.at)
    }

    /// Whether the sheet has joined cells in the columns that tell something.
    fn tells_in_blocks(&self) -> bool {
        let columns: Vec<usize> = self.heading.told().map(|(at, _)| at).collect();
        let mut merged = self.grid.sheet().merged.iter();
        merged.any(|block| block.bottom > block.top && columns.contains(&block.left))
    }
}

fn place((sheet, row): (usize, usize)) -> Place {
    let line = row + 1;
    Place { sheet, line }
}

/// Every row of a sheet below a heading, and those that could not be understood.
pub(super) fn all<'a>(
    grid: Grid<'a>,
    sheet_at: usize,
    headings: &[&'a Heading],
    known: &Known<'_>,
    found: &mut Vec<Raw<'a>>,
    unread: &mut Vec<Unread>,
) {
    let grid = Rc::new(grid);
    let sheet = grid.sheet();
    // An area may stand in a row of its own, above its items.
    let mut area_above = String::new();
    let first_of_sheet = found.len();
    for row in 0..sheet.rows.len() {
        let mut refuse = |why| {
            let words: Vec<&str> = sheet.rows[row].iter().map(|cell| cell.trim()).collect();
            unread.push(Unread {
                place: place((sheet_at, row)),
                why,
                words: one_line(&words.join(" "), UNREAD_UNITS_MAX),
            });
        };
        let heading = headings.iter().rev().find(|heading| heading.row <= row);
        let Some(heading) = heading.copied() else {
            if (0..sheet.rows[row].len()).any(|at| compound(sheet.cell(row, at)).is_some()) {
                refuse(WhyUnread::BeforeHeading);
            }
            continue;
        };
        if row <= heading.last || is_blank(&grid, row) {
            continue;
        }
        match alone(&grid, row, headings, heading) {
            Some(Alone::Area(area)) => {
                area_above = area;
                continue;
            }
            Some(Alone::Title) => continue,
            None => {}
        }
        let begins = found.get(first_of_sheet..).and_then(<[Raw<'_>]>::last);
        let goes_on = begins.is_some_and(|above| goes_on(&grid, row, heading, above));
        if let Some(above) = found.last_mut().filter(|_| goes_on) {
            above.more.push(row);
            above.doubts.push(Doubt::Continued(row + 1));
            continue;
        }
        match raw(&grid, (sheet_at, row), heading) {
            Ok(mut raw) => {
                if raw.area_written.is_empty() {
                    raw.area_written = std::mem::take(&mut area_above);
                }
                // A workbook with a sheet for each area may name it on the tab only.
                let tab = sheet
                    .name
                    .as_ref()
                    .filter(|name| known.areas.contains(name));
                if raw.area_written.is_empty() && heading.column(Part::Area).is_none() {
                    raw.area_written = tab.cloned().unwrap_or_default();
                }
                found.push(raw);
            }
            Err(why) => refuse(why),
        }
    }
}

fn is_blank(grid: &Grid<'_>, row: usize) -> bool {
    let sheet = grid.sheet();
    let cells = 0..sheet.rows[row].len();
    let mut cells = cells.filter(|at| !sheet.cell(row, *at).is_empty());
    cells.next().is_none() && grid.fault_in(row).is_none()
}

fn compound(cell: &str) -> Option<ItemNumber> {
    ItemNumber::read(cell).filter(ItemNumber::is_compound)
}

/// What stands by itself in the column of areas.
enum Alone {
    /// An area, above its items.
    Area(String),
    /// A title above the next heading.
    Title,
}

fn alone(grid: &Grid<'_>, row: usize, headings: &[&Heading], heading: &Heading) -> Option<Alone> {
    let sheet = grid.sheet();
    let area = heading.column(Part::Area)?;
    let words = sheet.cell(row, area);
    let mut others = (0..sheet.rows[row].len()).filter(|at| *at != area);
    if words.is_empty()
        || others.any(|at| !sheet.cell(row, at).is_empty())
        || ItemNumber::read(words).is_some()
    {
        return None;
    }
    let next = (row + 1..sheet.rows.len()).find(|row| !is_blank(grid, *row))?;
    if headings.iter().any(|heading| heading.row == next) {
        return Some(Alone::Title);
    }
    let is_name = words.chars().count() <= AREA_ALONE_LETTERS_MAX
        && !words.starts_with(['※', '*', '（', '('])
        && !words.contains('。');
    is_name.then(|| Alone::Area(words.to_owned()))
}

/// Whether a row has no number of its own and only more words for the row above: a page that broke within a
/// row, or a number that is one cell with the one above.
fn goes_on(grid: &Grid<'_>, row: usize, heading: &Heading, above: &Raw<'_>) -> bool {
    if above.shift != 0 || above.heading.row != heading.row && !above.heading.is_like(heading) {
        return false;
    }
    let Some(number) = heading.column(Part::Number) else {
        return false;
    };
    if number_near(grid, row, number).is_some() || grid.fault(row, number).is_some() {
        return false;
    }
    let joined = grid.begun_above(row, number) == Some(above.at.1);
    let words = |part| {
        heading
            .column(part)
            .is_some_and(|at| !grid.sheet().cell(row, at).is_empty())
    };
    joined || !words(Part::Number) && !words(Part::Item) && !words(Part::Area)
}

fn raw<'a>(
    grid: &Rc<Grid<'a>>,
    at: (usize, usize),
    heading: &'a Heading,
) -> Result<Raw<'a>, WhyUnread> {
    let row = at.1;
    let column = heading.column(Part::Number).ok_or(WhyUnread::NoNumber)?;
    let Some((found, number)) = number_near(grid, row, column) else {
        let faulty = grid.fault(row, column).is_some();
        return Err(if faulty {
            WhyUnread::Faulty
        } else {
            WhyUnread::NoNumber
        });
    };
    let place = |column| i64::try_from(column).unwrap_or_default();
    let mut raw = Raw {
        grid: Rc::clone(grid),
        at,
        more: Vec::new(),
        heading,
        shift: place(column) - place(found),
        number,
        item: String::new(),
        area_written: String::new(),
        area_rows: 1,
        area: String::new(),
        doubts: Vec::new(),
    };
    if raw.shift != 0 {
        raw.doubts.push(Doubt::Shifted(raw.shift));
    }
    let item = heading.column(Part::Item).and_then(|it| raw.column(it));
    if let Some(item) = item {
        let origin = grid.begun_above(row, item).unwrap_or(row);
        raw.item = tidy(grid.words(origin, item)).replace('\n', " ");
        if raw.item.is_empty() && grid.fault(row, item).is_some() {
            return Err(WhyUnread::Faulty);
        }
    }
    if let Some(area) = heading.column(Part::Area).and_then(|it| raw.column(it)) {
        grid.sheet()
            .cell(row, area)
            .clone_into(&mut raw.area_written);
        raw.area_rows = grid.rows_of(row, area);
    }
    if raw.item.is_empty() {
        return Err(WhyUnread::NoItem);
    }
    let columns = heading.columns().filter_map(|it| raw.column(it));
    for column in columns.collect::<Vec<_>>() {
        if let Some(fault) = grid.fault(row, column) {
            raw.doubts.push(Doubt::Faulty(fault.to_owned()));
        }
        let computed = grid.sheet().formulas.contains(&(row, column));
        if computed && !raw.doubts.contains(&Doubt::Formula) {
            raw.doubts.push(Doubt::Formula);
        }
    }
    Ok(raw)
}

/// The number where it belongs, or the nearest cell that is surely one.
fn number_near(grid: &Grid<'_>, row: usize, column: usize) -> Option<(usize, ItemNumber)> {
    let sheet = grid.sheet();
    if let Some(number) = ItemNumber::read(sheet.cell(row, column)) {
        return Some((column, number));
    }
    (1..=SLIPPED_MAX)
        .flat_map(|by| [column.checked_sub(by), column.checked_add(by)])
        .flatten()
        .find_map(|at| Some((at, compound(sheet.cell(row, at))?)))
}

/// Reads the cells of rows whose areas are known. A number that comes twice in an area is left out.
pub(super) fn settle(
    found: Vec<Raw<'_>>,
    known: &Known<'_>,
    columns: &BTreeMap<(usize, usize), Vec<(usize, usize)>>,
    plan: &mut Plan,
) {
    let mut lines: BTreeMap<(String, ItemNumber), Place> = BTreeMap::new();
    let mut places = Places::new();
    for raw in found {
        let place = raw.place();
        let key = (raw.area.clone(), raw.number.clone());
        let why = match lines.get(&key) {
            Some(first) => Some(WhyUnread::Twice(*first)),
            None if plan.rows.len() >= ITEMS_MAX => Some(WhyUnread::Beyond),
            None => None,
        };
        if let Some(why) = why {
            let words = one_line(&raw.item, UNREAD_UNITS_MAX);
            plan.unread.push(Unread { place, why, words });
            continue;
        }
        lines.insert(key, place);
        places.insert(raw.at, plan.rows.len());
        for more in &raw.more {
            places.insert((raw.at.0, *more), plan.rows.len());
        }
        let told = columns.get(&(raw.heading.sheet, raw.heading.row));
        let told = told.map_or(&[][..], Vec::as_slice);
        let row = read(raw, known.year, told, &places, plan);
        plan.rows.push(row);
    }
    plan.unread.sort_by_key(|unread| unread.place);
}

fn read(
    raw: Raw<'_>,
    year: Option<FiscalYear>,
    columns: &[(usize, usize)],
    places: &Places,
    plan: &Plan,
) -> PlanRow {
    let mut told = vec![Told::default(); plan.columns.len()];
    for (at, place) in columns {
        if let Some(slot) = told.get_mut(*place) {
            *slot = self::told(&raw, *at, places);
        }
    }
    let goals = raw
        .heading
        .goals()
        .filter_map(|(at, named)| {
            Some((
                named.or(year)?,
                goal(&raw, at, named.or(year)?, places, plan)?,
            ))
        })
        .collect();
    let mut doubts = raw.doubts.clone();
    let empty = |told: &Told| told.lines.is_empty() && told.shared_with.is_none();
    let told_above = plan
        .rows
        .last()
        .is_some_and(|row| !row.told.iter().all(empty));
    if told_above && !told.is_empty() && told.iter().all(empty) && !raw.tells_in_blocks() {
        doubts.push(Doubt::MaybeShared);
    }
    PlanRow {
        place: raw.place(),
        area: raw.area,
        number: raw.number,
        item: raw.item,
        goals,
        told,
        doubts,
    }
}

fn goal(raw: &Raw<'_>, at: usize, year: FiscalYear, places: &Places, plan: &Plan) -> Option<Goal> {
    let begun = raw.begun_above(at).and_then(|above| places.get(&above));
    if let Some(first) = begun {
        let goal = plan.rows.get(*first)?.goals.get(&year)?.clone();
        // What several items share is counted where it begins.
        return Some(Goal {
            again: true,
            first: goal.first.or(Some(*first)),
            ..goal
        });
    }
    let read = read_goal(&raw.words(at))?;
    Some(Goal {
        figures: figures(&read.text),
        text: read.text,
        bracketed: read.bracketed,
        withdrawn: read.withdrawn,
        again: read.again,
        first: None,
    })
}

fn told(raw: &Raw<'_>, at: usize, places: &Places) -> Told {
    let begun = raw.begun_above(at).and_then(|above| places.get(&above));
    if begun.is_some() {
        return Told {
            shared_with: begun.copied(),
            ..Told::default()
        };
    }
    Told::read(&raw.words(at))
}
