//! .xlsx: the sheets people see, cell by cell, with what is merged, computed or in error.

use super::{COLUMNS_MAX, ROWS_MAX, Room, SHEETS_MAX, SheetFault, package};
use calamine::{DataRef, Dimensions, Reader, SheetType, SheetVisible, Xlsx, open_workbook_from_rs};
use domain::sheet::{Merged, Sheet};
use std::io::Cursor;

/// Most blocks of merged cells of a sheet that are kept.
const MERGED_MAX: usize = 20_000;
/// Digits of a number that people are shown; what is finer is the error of the machine.
const DIGITS: usize = 15;

type Workbook<'a> = Xlsx<Cursor<&'a [u8]>>;

pub(super) fn read(bytes: &[u8]) -> Result<Vec<Sheet>, SheetFault> {
    package::weigh(bytes)?;
    let mut workbook: Workbook<'_> =
        open_workbook_from_rs(Cursor::new(bytes)).map_err(|_| SheetFault::Broken)?;
    let seen: Vec<String> = workbook
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible)
        .map(|sheet| sheet.name.clone())
        .take(SHEETS_MAX)
        .collect();
    let mut room = Room::default();
    seen.into_iter()
        .map(|name| sheet(&mut workbook, name, &mut room))
        .collect()
}

fn sheet(workbook: &mut Workbook<'_>, name: String, room: &mut Room) -> Result<Sheet, SheetFault> {
    let mut sheet = Sheet::default();
    let mut cells = workbook
        .worksheet_cells_reader(&name)
        .map_err(|_| SheetFault::Broken)?;
    while let Some(cell) = cells
        .next_cell_with_formula_metadata()
        .map_err(|_| SheetFault::Broken)?
    {
        let at = place(cell.pos);
        if let DataRef::Error(error) = &cell.value {
            room.put(&mut sheet, at, String::new())?;
            sheet.faulty.insert(at, error.to_string());
            continue;
        }
        let text = shown(&cell.value);
        if text.is_empty() {
            continue;
        }
        room.put(&mut sheet, at, text)?;
        if cell.formula.is_some() {
            sheet.formulas.insert(at);
        }
    }
    drop(cells);
    let blocks = workbook
        .merge_cells_by_sheet_name(&name)
        .map_err(|_| SheetFault::Broken)?;
    sheet.merged = blocks.into_iter().take(MERGED_MAX).map(block).collect();
    sheet.name = Some(name);
    Ok(sheet)
}

fn place((row, column): (u32, u32)) -> (usize, usize) {
    let index = |number| usize::try_from(number).unwrap_or(usize::MAX - 1);
    (index(row), index(column))
}

fn block(block: Dimensions) -> Merged {
    let ((top, left), (bottom, right)) = (place(block.start), place(block.end));
    Merged {
        top,
        left,
        bottom: bottom.min(ROWS_MAX),
        right: right.min(COLUMNS_MAX),
    }
}

/// A value as people see it: whole numbers without a point, dates as 2026/11/20.
fn shown(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => rounded(*number),
        DataRef::String(text) => text.replace("\r\n", "\n"),
        DataRef::SharedString(text) => text.replace("\r\n", "\n"),
        DataRef::Bool(true) => "TRUE".to_owned(),
        DataRef::Bool(false) => "FALSE".to_owned(),
        DataRef::DateTime(at) if at.is_datetime() => {
            let (year, month, day, hour, minute, ..) = at.to_ymd_hms_milli();
            let time = format!("{hour}:{minute:02}");
            // A time of day is a number below one, which the calendar puts before its first day.
            if at.as_f64() < 1.0 {
                time
            } else if (hour, minute) == (0, 0) {
                format!("{year}/{month}/{day}")
            } else {
                format!("{year}/{month}/{day} {time}")
            }
        }
        DataRef::DateTime(span) => {
            let minutes = (span.as_f64() * 24.0 * 60.0).round();
            format!("{}:{:02}", (minutes / 60.0).trunc(), minutes % 60.0)
        }
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}

fn rounded(number: f64) -> String {
    let written = format!("{number:.*e}", DIGITS - 1);
    written.parse::<f64>().unwrap_or(number).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::{CellErrorType, ExcelDateTime, ExcelDateTimeType};

    #[test]
    fn values_are_read_as_people_see_them() {
        let at = |value, kind| DataRef::DateTime(ExcelDateTime::new(value, kind, false));
        for (value, expected) in [
            (DataRef::Float(12.0), "12"),
            (DataRef::Float(0.1 + 0.2), "0.3"),
            (DataRef::Float(-1.5), "-1.5"),
            (DataRef::Int(3), "3"),
            (DataRef::Bool(true), "TRUE"),
            (at(46_346.0, ExcelDateTimeType::DateTime), "2026/11/20"),
            (
                at(46_346.75, ExcelDateTimeType::DateTime),
                "2026/11/20 18:00",
            ),
            (at(0.5, ExcelDateTimeType::DateTime), "12:00"),
            (at(1.25, ExcelDateTimeType::TimeDelta), "30:00"),
            (DataRef::SharedString("一行目\r\n二行目"), "一行目\n二行目"),
            (DataRef::Error(CellErrorType::Ref), ""),
            (DataRef::Empty, ""),
        ] {
            assert_eq!(shown(&value), expected, "{value:?}");
        }
    }
}
