//! The row of headings: which column holds what, found by name in any order and several wordings.

use crate::{sheet::Sheet, text::fold};
use std::collections::{BTreeMap, btree_map::Entry};

/// Rows from the top in which headings are looked for.
const ROWS_SEARCHED_MAX: usize = 50;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    /// A running number or a rank; not looked at.
    Number,
    Profession,
    Speaker,
    Wording,
    Note,
    Kind,
    Tier,
    Category,
}

/// Names of columns, as [`plain`] leaves them.
const NAMES: &[(Part, &[&str])] = &[
    (
        Part::Number,
        &[
            "no",
            "番号",
            "通し番号",
            "通番",
            "項番",
            "連番",
            "順位",
            "number",
            "rank",
        ],
    ),
    (
        Part::Profession,
        &[
            "職種",
            "職種名",
            "職種団体",
            "団体",
            "団体名",
            "職能団体",
            "所属",
            "所属団体",
            "発言職種",
            "profession",
            "association",
            "source",
        ],
    ),
    (
        Part::Speaker,
        &[
            "発言者",
            "発言者名",
            "発言した人",
            "話した人",
            "氏名",
            "名前",
            "お名前",
            "speaker",
            "name",
        ],
    ),
    (
        Part::Wording,
        &[
            "意見",
            "ご意見",
            "御意見",
            "意見等",
            "意見内容",
            "意見課題",
            "課題意見",
            "主な意見",
            "出された意見",
            "意見要望",
            "内容",
            "課題内容",
            "課題の内容",
            "課題等",
            "発言",
            "発言内容",
            "困りごと",
            "wording",
            "opinion",
            "text",
            "statement",
            "content",
        ],
    ),
    (
        Part::Note,
        &[
            "備考",
            "備考欄",
            "関係先",
            "関係機関",
            "関係職種",
            "キーワード",
            "メモ",
            "note",
            "notes",
            "remarks",
        ],
    ),
    (
        Part::Category,
        &[
            "カテゴリ",
            "カテゴリー",
            "分類",
            "項目",
            "テーマ",
            "category",
        ],
    ),
    (
        Part::Kind,
        &["種別", "種類", "区分", "課題アイデアの別", "kind", "type"],
    ),
    (
        Part::Tier,
        &[
            "階層",
            "連携の階層",
            "連携階層",
            "階層区分",
            "一次二次三次",
            "tier",
        ],
    ),
];
/// Names for the wording where no other column has one, and for issue or idea where one has.
const EITHER: &[&str] = &[
    "課題",
    "課題アイデア",
    "課題またはアイデア",
    "課題orアイデア",
    "アイデア",
    "意見アイデア",
    "issue",
    "issues",
    "issueidea",
];

/// The row of headings.
#[derive(Clone, Debug)]
pub(super) struct Heading {
    /// Where it is.
    pub(super) row: usize,
    columns: BTreeMap<Part, usize>,
}

impl Heading {
    /// The row that names most columns, one of them for the wording; the upper one of two.
    pub(super) fn find(sheet: &Sheet) -> Option<Self> {
        let searched = sheet.rows.len().min(ROWS_SEARCHED_MAX);
        let mut best: Option<Self> = None;
        for row in 0..searched {
            let Some(found) = Self::read(sheet, row) else {
                continue;
            };
            if best
                .as_ref()
                .is_none_or(|best| best.columns.len() < found.columns.len())
            {
                best = Some(found);
            }
        }
        best
    }

    fn read(sheet: &Sheet, row: usize) -> Option<Self> {
        let mut columns = BTreeMap::new();
        let mut either = Vec::new();
        let mut filled = 0;
        for (column, cell) in sheet.rows.get(row)?.iter().enumerate() {
            let name = plain(cell);
            filled += usize::from(!cell.trim().is_empty());
            if EITHER.iter().any(|known| plain(known) == name) {
                either.push(column);
            } else if let Some(part) = part_of(&name) {
                columns.entry(part).or_insert(column);
            }
        }
        let mut either = either.into_iter();
        if let Entry::Vacant(wording) = columns.entry(Part::Wording) {
            wording.insert(either.next()?);
        }
        if let Some(column) = either.next() {
            columns.entry(Part::Kind).or_insert(column);
        }
        // 課題 alone in a row of other words is a title or a text, not a heading.
        (columns.len() > 1 || filled == 1).then_some(Self { row, columns })
    }

    pub(super) fn column(&self, part: Part) -> Option<usize> {
        self.columns.get(&part).copied()
    }

    /// Columns whose words count; the running number does not.
    pub(super) fn telling(&self) -> impl Iterator<Item = (Part, usize)> + '_ {
        self.columns
            .iter()
            .filter(|(part, _)| **part != Part::Number)
            .map(|(part, column)| (*part, *column))
    }

    /// Whether a row only repeats the headings, as on every printed page.
    pub(super) fn is_repeated(&self, sheet: &Sheet, row: usize) -> bool {
        let mut cells = self.columns.values().map(|column| {
            let (here, above) = (sheet.cell(row, *column), sheet.cell(self.row, *column));
            plain(here) == plain(above)
        });
        cells.all(|same| same)
    }
}

fn part_of(name: &str) -> Option<Part> {
    NAMES
        .iter()
        .find(|(_, names)| names.iter().any(|known| plain(known) == name))
        .map(|(part, _)| *part)
}

/// A heading without what people put around it: 意　見（※あくまで例）, 課題／アイデア.
fn plain(cell: &str) -> String {
    let mut depth = 0_usize;
    fold(cell)
        .chars()
        .filter(|letter| {
            match letter {
                '(' | '[' | '【' => depth += 1,
                ')' | ']' | '】' => {
                    depth = depth.saturating_sub(1);
                    return false;
                }
                _ => {}
            }
            depth == 0 && letter.is_alphanumeric()
        })
        .collect()
}
