//! A sheet (表): plain cells as people see them, whatever file they came from. Reading bytes is not here.

use std::collections::{BTreeMap, BTreeSet};

/// A sheet of cells; rows may be of different lengths. Rows and columns are counted from 0.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// Its name in a workbook; a .csv has none.
    pub name: Option<String>,
    /// The text of each cell, as people see it.
    pub rows: Vec<Vec<String>>,
    /// Cells that are one: the text stands in the first of them.
    pub merged: Vec<Merged>,
    /// Cells whose text was computed by a formula: its last result was taken.
    pub formulas: BTreeSet<(usize, usize)>,
    /// Cells that show an error (#REF!) in place of a text.
    pub faulty: BTreeMap<(usize, usize), String>,
}

/// A block of cells that are one; the ends belong to it. Counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Merged {
    /// First row.
    pub top: usize,
    /// First column.
    pub left: usize,
    /// Last row.
    pub bottom: usize,
    /// Last column.
    pub right: usize,
}

impl Sheet {
    /// The text of a cell without spaces around it; empty where there is none.
    #[must_use]
    pub fn cell(&self, row: usize, column: usize) -> &str {
        self.rows
            .get(row)
            .and_then(|cells| cells.get(column))
            .map_or("", |cell| cell.trim())
    }

    /// The first row of the block a cell belongs to, where that is above the cell.
    #[must_use]
    pub fn begun_above(&self, row: usize, column: usize) -> Option<usize> {
        self.merged
            .iter()
            .find(|block| {
                (block.top + 1..=block.bottom).contains(&row)
                    && (block.left..=block.right).contains(&column)
            })
            .map(|block| block.top)
    }

    /// For each row of a column the row above in which its block began, if it belongs to one. For whoever
    /// goes through all rows: a hostile sheet may hold as many blocks as rows.
    #[must_use]
    pub fn blocks(&self, column: usize) -> Vec<Option<(usize, usize)>> {
        let mut begun = vec![None; self.rows.len()];
        // Blocks of a real sheet do not overlap, so together they hold no more rows than there are.
        let mut left = begun.len();
        for block in &self.merged {
            if !(block.left..=block.right).contains(&column) {
                continue;
            }
            for row in block.top..=block.bottom.min(begun.len().saturating_sub(1)) {
                if left == 0 {
                    return begun;
                }
                left -= 1;
                if let Some(cell) = begun.get_mut(row)
                    && (row, column) != (block.top, block.left)
                {
                    *cell = Some((block.top, block.left));
                }
            }
        }
        begun
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_of_a_block_knows_where_it_began() {
        let sheet = Sheet {
            rows: vec![vec!["薬剤師".into()], vec![], vec!["看護師".into()], vec![]],
            merged: vec![Merged {
                top: 0,
                left: 0,
                bottom: 1,
                right: 0,
            }],
            ..Sheet::default()
        };
        assert_eq!(sheet.blocks(0), [None, Some((0, 0)), None, None]);
        assert_eq!(sheet.blocks(1), [None; 4]);
        assert_eq!(sheet.begun_above(1, 0), Some(0));
    }

    #[test]
    fn blocks_over_blocks_cost_no_more_than_the_sheet_has_rows() {
        let sheet = Sheet {
            rows: vec![Vec::new(); 100],
            merged: vec![
                Merged {
                    top: 0,
                    left: 0,
                    bottom: usize::MAX,
                    right: usize::MAX,
                };
                1_000
            ],
            ..Sheet::default()
        };
        let begun = sheet.blocks(3);
        assert!(begun.iter().all(|cell| *cell == Some((0, 0))));
    }
}
