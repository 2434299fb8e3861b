//! What the sheets of a month and a year have in common: how goals and lines are written.

use crate::{
    card,
    printout::{Cell, TableColumn},
    target::word::legend,
    text,
    text::Text,
};
use chrono::NaiveDate;
use domain::{
    era::format_month,
    progress::{Goal, Told, YearMonth},
    setting::Language,
    target::{mark::Marks, number::ItemNumber, pace::State},
};

pub(super) use crate::printout::{Leaf, below};

/// Whose and of when a sheet is, and what its marks mean where the office says so.
pub(super) fn below_title(
    office: &str,
    day: NaiveDate,
    marks: &Marks,
    language: Language,
) -> String {
    let of = text!(
        "sheet-below",
        office = office.to_owned(),
        day = card::date(day, language)
    );
    let legend = legend(marks, language);
    let parts = std::iter::once(of.say(language)).chain(legend);
    parts.collect::<Vec<_>>().join("\u{3000}")
}

/// 領域, 番号, 項目
pub(super) fn item_columns(language: Language) -> Vec<TableColumn> {
    [
        ("sheet-column-area", 13.0),
        ("sheet-column-number", 7.0),
        ("sheet-column-item", 32.0),
    ]
    .into_iter()
    .map(|(name, digits)| TableColumn::new(Text::new(name).say(language), digits))
    .collect()
}

/// The cells of [`item_columns`].
pub(super) fn item_cells(area: &str, number: &ItemNumber, item: &str) -> Vec<Cell> {
    vec![
        Cell::Words(area.to_owned()),
        Cell::Middle(number.to_string()),
        Cell::Words(item.to_owned()),
    ]
}

/// 令和8年11月, or 2026-11.
pub(crate) fn month_name(month: YearMonth, language: Language) -> String {
    match language {
        Language::Ja => format_month(month.first_day()),
        Language::En => month.first_day().format("%Y-%m").to_string(),
    }
}

/// A goal as the table has it: one that does not hold as it was set says so.
pub(super) fn goal(goal: &Goal, language: Language) -> String {
    let text = if goal.again {
        text!("sheet-again", text = goal.text.clone()).say(language)
    } else {
        goal.text.clone()
    };
    text!(format!("sheet-goal-{}", goal.wish.code()), goal = text).say(language)
}

/// Lines with their marks as written, one below the other. What is only a figure is said as one.
pub(super) fn told(lines: &[Told], language: Language) -> String {
    let lines: Vec<String> = lines.iter().map(|line| told_line(line, language)).collect();
    lines.join("\n")
}

fn told_line(line: &Told, language: Language) -> String {
    let mark = line.mark.clone().unwrap_or_default();
    let amount = line.amount.as_ref().map(|(amount, unit)| {
        text!("sheet-amount", amount = *amount, unit = unit.clone()).say(language)
    });
    let text = match amount {
        Some(amount) if line.text.is_empty() => amount,
        Some(amount) if !line.text.contains(&amount) => text!(
            "sheet-told-amount",
            text = line.text.clone(),
            amount = amount
        )
        .say(language),
        _ => line.text.clone(),
    };
    let text = if line.again {
        text!("sheet-again", text = text).say(language)
    } else {
        text
    };
    format!("{mark}{text}")
}

/// How a target gets on, on a ground that says the same on a screen.
pub(super) fn state(state: State, language: Language) -> Cell {
    let word = Text::new(format!("word-pace-{}", state.code())).say(language);
    let ground = match state {
        State::Reached => 0xBD_D7_EE,
        State::OnTrack => 0xDD_EB_F7,
        State::Behind => 0xFF_E0_A3,
        State::NotBegun => 0xF2_F2_F2,
        State::NoGoal => return Cell::Middle(word),
    };
    Cell::Coloured(word, ground)
}
