//! Cells as a draft keeps them between the steps of an import.

use domain::sheet::{Merged, Sheet};
use serde::{Deserialize, Serialize};

/// A sheet as a draft holds it: places are no keys there.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Cells {
    name: Option<String>,
    rows: Vec<Vec<String>>,
    /// Top, left, bottom, right.
    merged: Vec<[usize; 4]>,
    formulas: Vec<(usize, usize)>,
    faulty: Vec<(usize, usize, String)>,
}

impl Cells {
    /// The cells of a sheet.
    pub(crate) fn of(sheet: Sheet) -> Self {
        Self {
            name: sheet.name,
            rows: sheet.rows,
            merged: sheet
                .merged
                .iter()
                .map(|block| [block.top, block.left, block.bottom, block.right])
                .collect(),
            formulas: sheet.formulas.into_iter().collect(),
            faulty: sheet
                .faulty
                .into_iter()
                .map(|((row, column), fault)| (row, column, fault))
                .collect(),
        }
    }

    /// The sheet again.
    pub(crate) fn sheet(&self) -> Sheet {
        Sheet {
            name: self.name.clone(),
            rows: self.rows.clone(),
            merged: self
                .merged
                .iter()
                .map(|[top, left, bottom, right]| Merged {
                    top: *top,
                    left: *left,
                    bottom: *bottom,
                    right: *right,
                })
                .collect(),
            formulas: self.formulas.iter().copied().collect(),
            faulty: self
                .faulty
                .iter()
                .map(|(row, column, fault)| ((*row, *column), fault.clone()))
                .collect(),
        }
    }
}
