//! Tables of cells in the notation that stands at the head of the menu.

use domain::sheet::{Merged, Sheet};

/// A table in the notation of ours.
pub(super) fn of(table: &str) -> Sheet {
    let lines = table.lines().filter(|line| !line.starts_with('#'));
    let lines = lines.skip_while(|line| line.trim().is_empty());
    let mut sheet = Sheet::default();
    for (row, line) in lines.enumerate() {
        let mut cells = Vec::new();
        for (column, cell) in line.split('|').map(str::trim).enumerate() {
            match cell {
                "^" => grow(&mut sheet.merged, (row - 1, column), (row, column)),
                "<" => grow(&mut sheet.merged, (row, column - 1), (row, column)),
                _ => {}
            }
            let words = if matches!(cell, "^" | "<") { "" } else { cell };
            cells.push(words.replace('⏎', "\n"));
        }
        sheet.rows.push(cells);
    }
    sheet
}

/// Lets the block that ends in one cell end in another; a cell alone is a block of its own.
fn grow(blocks: &mut Vec<Merged>, from: (usize, usize), to: (usize, usize)) {
    let ends = |block: &&mut Merged| (block.bottom, block.right) == from;
    if let Some(block) = blocks.iter_mut().find(ends) {
        (block.bottom, block.right) = to;
        return;
    }
    blocks.push(Merged {
        top: from.0,
        left: from.1,
        bottom: to.0,
        right: to.1,
    });
}
