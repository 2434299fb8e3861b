//! Rows that are no lines: the one that names the columns, and the title above it, both on every page.

use super::COLUMNS_MAX;
use crate::{
    sheet::Sheet,
    text::{normalise, utf16_len},
};

/// Longest title of a page, in UTF-16 units.
const TITLE_UNITS_MAX: usize = 80;

/// Which column holds what, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Heading {
    /// 大項目; its word is the first to be cut off by a printer, so it is the column before the next.
    pub(super) large: usize,
    /// 中項目
    pub(super) middle: usize,
    /// 小項目: the number, or number and name in one.
    pub(super) number: usize,
    /// The name; the number's column where both stand in one.
    pub(super) title: usize,
    /// 事業内容
    pub(super) content: usize,
    /// 担当
    pub(super) department: usize,
    /// 備考: since when.
    pub(super) since: usize,
}

impl Heading {
    /// The heading a row is; `None` for every other row.
    pub(super) fn read(sheet: &Sheet, row: usize) -> Option<Self> {
        let find = |names: &[&str]| {
            (0..COLUMNS_MAX).find(|column| {
                let word = plain(sheet.cell(row, *column));
                // A description may speak of a 担当; a name of a column is short.
                utf16_len(&word) <= 30 && names.iter().any(|name| word.starts_with(name))
            })
        };
        let middle = find(&["中項目", "中分類"])?;
        let number = find(&["小項目", "小分類", "番号", "no"])?;
        let content = find(&["事業内容", "内容", "事業の内容"])?;
        let department = find(&["担当", "所管"]).unwrap_or(content + 1);
        let since = find(&["備考", "開始"]).unwrap_or(department + 1);
        let title = find(&["事業名", "名称"]).filter(|title| (number..content).contains(title));
        let large = find(&["大項目", "大分類"]).unwrap_or(middle.saturating_sub(1));
        // 小項目 over two columns: the number and the name.
        let title = title.unwrap_or(if content > number + 1 {
            number + 1
        } else {
            number
        });
        (number < content && content < department).then_some(Self {
            large,
            middle,
            number,
            title,
            content,
            department,
            since,
        })
    }

    /// Whether number and name stand in one cell.
    pub(super) fn is_joined(&self) -> bool {
        self.title == self.number
    }
}

/// The title a row is: one cell of a few words that names the fund or a year.
pub(super) fn title(sheet: &Sheet, row: usize) -> Option<&str> {
    let mut filled = (0..COLUMNS_MAX)
        .map(|column| sheet.cell(row, column))
        .filter(|cell| !cell.is_empty());
    let only = filled.next()?;
    let even = normalise(only);
    let names = even.contains("基金") || even.contains("メニュー");
    let is_title = filled.next().is_none() && names && utf16_len(only) <= TITLE_UNITS_MAX;
    is_title.then_some(only)
}

fn plain(cell: &str) -> String {
    normalise(cell)
        .to_lowercase()
        .chars()
        .filter(|letter| !letter.is_whitespace())
        .collect()
}
