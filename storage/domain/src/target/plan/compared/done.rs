//! Lines of what was done beside the records that are kept.
//!
//! A line that is kept already is found again by its words. One that says nearly the same as a record that
//! stands in no line any more is its correction. Everything else is new.

use super::{
    super::{Told, ToldColumn, ToldLine, cell::squeezed, written::done_cell},
    Change, Comparison, Gone, What, WhyLeft, unfit,
};
use crate::{
    era::FiscalYear,
    id::{RecordId, TargetId},
    target::{
        Record,
        bullet::Bullet,
        difference::{NewRecord, RECORDS_MAX, RecordRef, TargetRef},
        figure,
        record::{Source, TARGETS_MAX, TEXT_UNITS_MAX},
    },
    text::bigrams,
};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// So many percent of the pairs of letters of two lines must be shared for one to correct the other.
const CORRECTION_PERCENT_MIN: usize = 60;
/// Behind a line that is listed again but leads nowhere.
const AGAIN: &str = "（再掲）";
/// The mark that lines get which have none.
const PLAIN_MARK: char = '・';

/// The lines of a cell and the records they are.
type Cell = Vec<(Bullet, RecordRef)>;

/// A line of a kept record, as the table would have it.
struct Slot {
    record: RecordId,
    bullet: Bullet,
    /// It is the record's only line.
    alone: bool,
    used: bool,
}

struct Lines<'c, 'a> {
    comparison: &'c mut Comparison<'a>,
    /// Keys that are taken.
    keys: BTreeSet<String>,
    /// The cells that were read: of a column and a row.
    cells: BTreeMap<(usize, usize), Cell>,
    /// Records that are said by the table.
    said: BTreeSet<RecordId>,
    corrected: BTreeMap<RecordId, Record>,
    /// New records that repeat what stands in a row: their place, column, row, words.
    open: Vec<(usize, usize, usize, String)>,
}

/// Compares every line of what was done.
pub(super) fn compare(comparison: &mut Comparison<'_>, keys: &BTreeSet<String>) {
    let plan = comparison.plan;
    let mut lines = Lines {
        comparison,
        keys: keys.clone(),
        cells: BTreeMap::new(),
        said: BTreeSet::new(),
        corrected: BTreeMap::new(),
        open: Vec::new(),
    };
    for (column_at, column) in plan.columns.iter().enumerate() {
        if column.planned {
            continue;
        }
        for (at, row) in plan.rows.iter().enumerate() {
            let Some(target) = lines.comparison.targets[at] else {
                continue;
            };
            let told = &row.told[column_at];
            match told.shared_with {
                Some(first) => lines.share((column_at, first), at, target),
                None => lines.cell((column_at, at), target, column, told),
            }
        }
    }
    lines.repeat();
    lines.end();
}

impl Lines<'_, '_> {
    /// One cell.
    fn cell(
        &mut self,
        (column_at, at): (usize, usize),
        target: TargetRef,
        column: &ToldColumn,
        told: &Told,
    ) {
        let mut slots = self.slots(target, column.year);
        let mut cell = Cell::new();
        let mut missing = Vec::new();
        for line in &told.lines {
            if let Some(slot) = slots
                .iter_mut()
                .find(|slot| !slot.used && says_the_same(&line.bullet, &slot.bullet))
            {
                slot.used = true;
                self.said.insert(slot.record);
                cell.push((line.bullet.clone(), RecordRef::Kept(slot.record)));
            } else {
                missing.push(line);
            }
        }
        for line in missing {
            let text = words(line, told.bracketed);
            let found = match unfit(&text, TEXT_UNITS_MAX) {
                Some(why) => Err(why),
                None => self.line((column_at, at), target, column, line, text, &mut slots),
            };
            match found {
                Ok(record) => cell.push((line.bullet.clone(), record)),
                Err(why) => self.comparison.leave(at, What::Done, why),
            }
        }
        self.cells.insert((column_at, at), cell);
    }

    /// The lines of what is kept for a target and year.
    fn slots(&self, target: TargetRef, year: FiscalYear) -> Vec<Slot> {
        let TargetRef::Kept(id) = target else {
            return Vec::new();
        };
        let records = self.comparison.kept.done(id, year);
        let lines = done_cell(&records).lines;
        let mut counts = vec![0_usize; records.len()];
        for (at, _) in &lines {
            counts[*at] += 1;
        }
        lines
            .into_iter()
            .map(|(at, bullet)| Slot {
                record: records[at].id,
                bullet,
                alone: counts[at] == 1,
                used: false,
            })
            .collect()
    }

    /// A line that is not kept: a correction of one that is gone, or a new record.
    fn line(
        &mut self,
        (column_at, at): (usize, usize),
        target: TargetRef,
        column: &ToldColumn,
        line: &ToldLine,
        text: String,
        slots: &mut [Slot],
    ) -> Result<RecordRef, WhyLeft> {
        let key = key(self.comparison, at, column.year, &line.bullet);
        if let Some(slot) = self.corrects(line, &key, slots) {
            let id = slot.record;
            let from = shown(&slot.bullet);
            slot.used = true;
            self.said.insert(id);
            self.correct(id, line, text);
            let changes = &mut self.comparison.found.fates[at].changes;
            let to = shown(&line.bullet);
            changes.push(Change::Done {
                from: Some(from),
                to,
            });
            return Ok(RecordRef::Kept(id));
        }
        let new = self.comparison.found.difference.records.len();
        if new >= RECORDS_MAX {
            return Err(WhyLeft::Full);
        }
        let (amount, unit) = amount(line);
        let key = self.free_key(key);
        if let Some(first) = line.first {
            self.open
                .push((new, column_at, first, line.bullet.text.clone()));
        }
        let start_month = self.comparison.kept.start_month;
        let date = date(column, start_month, self.comparison.today);
        self.comparison.found.difference.records.push(NewRecord {
            key,
            date,
            text: Some(text),
            amount,
            unit,
            mark: line.bullet.mark,
            targets: vec![target],
            again: None,
        });
        let changes = &mut self.comparison.found.fates[at].changes;
        let to = shown(&line.bullet);
        changes.push(Change::Done { from: None, to });
        Ok(RecordRef::New(new))
    }

    /// The kept line that a line corrects: the one of its key, else the most alike.
    fn corrects<'s>(
        &self,
        line: &ToldLine,
        key: &str,
        slots: &'s mut [Slot],
    ) -> Option<&'s mut Slot> {
        let records = &self.comparison.kept.records;
        let is_of_key = |id: RecordId| {
            let mut records = records.iter().filter(|record| record.id == id);
            records.any(|record| record.source == Source::Import(key.to_owned()))
        };
        let corrected = &self.corrected;
        let free = slots
            .iter_mut()
            .filter(|slot| !slot.used && slot.alone && !corrected.contains_key(&slot.record));
        let pairs = bigrams(&line.bullet.text);
        free.map(|slot| (is_of_key(slot.record), likeness(&pairs, &slot.bullet), slot))
            .filter(|(of_key, percent, _)| *of_key || *percent >= CORRECTION_PERCENT_MIN)
            .max_by_key(|(of_key, percent, _)| (*of_key, *percent))
            .map(|(_, _, slot)| slot)
    }

    fn correct(&mut self, id: RecordId, line: &ToldLine, text: String) {
        let mut kept = self.comparison.kept.records.iter();
        let Some(kept) = kept.find(|record| record.id == id) else {
            return;
        };
        // A figure that was set by hand stays.
        let was = figure::figures(kept.text.as_deref().unwrap_or_default());
        let was_read = kept.amount == figure::done(&was).map(|figure| figure.amount);
        let (amount, unit) = if was_read {
            amount(line)
        } else {
            (kept.amount, kept.unit.clone())
        };
        let again = kept.again.filter(|_| line.bullet.again);
        let text = if again.is_some() {
            line.bullet.text.clone()
        } else {
            let mark = if line.bullet.again { AGAIN } else { "" };
            format!("{text}{mark}")
        };
        let record = Record {
            text: Some(text),
            amount,
            unit,
            mark: line.bullet.mark,
            again,
            ..kept.clone()
        };
        self.corrected.insert(id, record);
    }

    /// A cell that is one with that of a row above: its records belong to this row as well.
    fn share(&mut self, (column_at, first): (usize, usize), at: usize, target: TargetRef) {
        let cell = self
            .cells
            .get(&(column_at, first))
            .cloned()
            .unwrap_or_default();
        for (bullet, record) in cell {
            match (record, target) {
                (RecordRef::Kept(id), TargetRef::Kept(target)) => self.join(id, at, target),
                (RecordRef::Kept(_), TargetRef::New(_)) => {
                    self.repeated((column_at, at), target, bullet, record);
                }
                (RecordRef::New(new), _) => {
                    let targets = &mut self.comparison.found.difference.records[new].targets;
                    if targets.len() < TARGETS_MAX && !targets.contains(&target) {
                        targets.push(target);
                    }
                    let changes = &mut self.comparison.found.fates[at].changes;
                    let to = shown(&bullet);
                    changes.push(Change::Done { from: None, to });
                }
            }
        }
    }

    /// A new item that shares the cell of a kept record has a record of its own that repeats it.
    fn repeated(
        &mut self,
        (column_at, at): (usize, usize),
        target: TargetRef,
        bullet: Bullet,
        record: RecordRef,
    ) {
        let column = &self.comparison.plan.columns[column_at];
        let key = key(self.comparison, at, column.year, &bullet);
        let start_month = self.comparison.kept.start_month;
        let date = date(column, start_month, self.comparison.today);
        let key = self.free_key(key);
        let changes = &mut self.comparison.found.fates[at].changes;
        let to = shown(&bullet);
        changes.push(Change::Done { from: None, to });
        let records = &mut self.comparison.found.difference.records;
        records.push(NewRecord {
            key,
            date,
            text: Some(bullet.text),
            amount: None,
            unit: None,
            mark: bullet.mark,
            targets: vec![target],
            again: Some(record),
        });
    }

    /// Lets a kept record belong to another target that is kept.
    fn join(&mut self, id: RecordId, at: usize, target: TargetId) {
        let mut kept = self.comparison.kept.records.iter();
        let known = kept.find(|record| record.id == id);
        let Some(record) = self.corrected.get(&id).or(known) else {
            return;
        };
        if record.targets.contains(&target) || record.targets.len() >= TARGETS_MAX {
            return;
        }
        let mut record = record.clone();
        record.targets.push(target);
        self.corrected.insert(id, record);
        self.comparison.found.fates[at]
            .changes
            .push(Change::Shared(id));
    }

    /// Ties lines that are listed again to the records they repeat.
    fn repeat(&mut self) {
        for (new, column, first, text) in std::mem::take(&mut self.open) {
            let pairs = bigrams(&text);
            let cell = self.cells.get(&(column, first));
            let shared = |words: &str| pairs.intersection(&bigrams(words)).count();
            let nearest = cell
                .into_iter()
                .flatten()
                .filter(|(_, record)| *record != RecordRef::New(new))
                .map(|(bullet, record)| (shared(&bullet.text), record))
                .max_by_key(|(shared, _)| *shared);
            let enough =
                nearest.filter(|(shared, _)| shared * 100 >= pairs.len() * CORRECTION_PERCENT_MIN);
            self.comparison.found.difference.records[new].again = enough.map(|(_, it)| *it);
        }
        for record in &mut self.comparison.found.difference.records {
            // What leads nowhere keeps its word for it.
            let is_again = record.key.ends_with(AGAIN_KEY);
            if let Some(text) = record
                .text
                .as_mut()
                .filter(|_| is_again && record.again.is_none())
            {
                text.push_str(AGAIN);
            }
        }
    }

    /// What the table does not say any more, of the years it tells of.
    fn end(self) {
        let Self {
            comparison,
            said,
            corrected,
            ..
        } = self;
        let plan = comparison.plan;
        let told = plan.columns.iter().filter(|column| !column.planned);
        let years: BTreeSet<FiscalYear> = told.map(|column| column.year).collect();
        let named: BTreeSet<_> = (0..plan.rows.len())
            .filter_map(|row| comparison.kept_id(row))
            .collect();
        let start_month = comparison.kept.start_month;
        let gone = comparison.kept.records.iter().filter(|record| {
            years.contains(&FiscalYear::of(record.date, start_month))
                && record.targets.iter().any(|target| named.contains(target))
                && !said.contains(&record.id)
        });
        let gone = gone.map(|record| Gone::Record(record.id));
        comparison.found.gone.extend(gone);
        comparison.found.difference.corrected = corrected.into_values().collect();
    }

    fn free_key(&mut self, key: String) -> String {
        let mut free = key.clone();
        let mut turn = 2;
        while !self.keys.insert(free.clone()) {
            free = format!("{turn}:{key}");
            turn += 1;
        }
        free
    }
}

/// The words of a line as they are kept; brackets around the cell are theirs.
fn words(line: &ToldLine, bracketed: bool) -> String {
    if bracketed {
        format!("（{}）", line.bullet.text)
    } else {
        line.bullet.text.clone()
    }
}

fn says_the_same(one: &Bullet, other: &Bullet) -> bool {
    let mark = |bullet: &Bullet| bullet.mark.filter(|mark| *mark != PLAIN_MARK);
    let inner = |bullet: &Bullet| {
        let words = squeezed(&bullet.text);
        super::super::cell::unbracketed(&words).0.to_owned()
    };
    mark(one) == mark(other) && one.again == other.again && inner(one) == inner(other)
}

/// Percent of the pairs of letters that two lines share (Dice's coefficient).
fn likeness(pairs: &BTreeSet<String>, bullet: &Bullet) -> usize {
    let other = bigrams(&bullet.text);
    let shared = pairs.intersection(&other).count();
    shared * 200 / (pairs.len() + other.len()).max(1)
}

/// A line as people see it.
fn shown(bullet: &Bullet) -> String {
    let mark = bullet.mark.map(String::from).unwrap_or_default();
    let again = if bullet.again { AGAIN } else { "" };
    format!("{mark}{}{again}", bullet.text)
}

/// What was done in figures, as far as the line says it and it is counted here.
fn amount(line: &ToldLine) -> (Option<i64>, Option<String>) {
    let done = figure::done(&line.figures).filter(|_| !line.bullet.again);
    (
        done.map(|figure| figure.amount),
        done.map(|figure| figure.unit.clone()),
    )
}

/// As of when a line is told: the day its heading names, else today within its year.
fn date(column: &ToldColumn, start_month: u32, today: NaiveDate) -> NaiveDate {
    let first = column.year.first_day(start_month);
    let last = column.year.last_day(start_month).max(first);
    column.as_of.unwrap_or(today).clamp(first, last)
}

/// Ends the key of what is listed again.
const AGAIN_KEY: &str = ":again";

/// The key of a line: its year, its item, and its words as a number, whatever their spaces.
fn key(comparison: &Comparison<'_>, at: usize, year: FiscalYear, bullet: &Bullet) -> String {
    let row = &comparison.plan.rows[at];
    let words = squeezed(&bullet.text);
    let again = if bullet.again { AGAIN_KEY } else { "" };
    let year = year.western();
    let hash = hash(&words);
    format!("{year}:{}:{}:{hash:016x}{again}", row.area, row.number)
}

/// FNV-1a of 64 bits: the same in every version of the program, and of no use to anybody who attacks.
fn hash(words: &str) -> u64 {
    words.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}
