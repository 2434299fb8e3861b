//! Headings of a list of notices, found by their names in any order.

use crate::{sheet::Sheet, text::fold};
use std::collections::BTreeMap;

/// Rows of a sheet in which headings are looked for.
const ROWS_SEARCHED_MAX: usize = 30;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// 話題
    Topic,
    /// 件名
    Title,
    /// 番号
    Number,
    /// 発出元
    Issuer,
    /// 発出日
    Date,
    /// 対象
    Scope,
    /// 本文
    Wording,
    /// リンク
    Link,
}

/// What columns are called.
const NAMES: [(Part, &[&str]); 8] = [
    (
        Part::Topic,
        &[
            "話題",
            "分類",
            "項目",
            "テーマ",
            "カテゴリ",
            "大項目",
            "区分",
            "topic",
        ],
    ),
    (
        Part::Title,
        &[
            "件名",
            "題名",
            "標題",
            "表題",
            "タイトル",
            "通知名",
            "通知",
            "名称",
            "title",
            "subject",
        ],
    ),
    (
        Part::Number,
        &[
            "番号",
            "文書番号",
            "発番",
            "通知番号",
            "文書種別",
            "種別",
            "number",
        ],
    ),
    (
        Part::Issuer,
        &[
            "発出元",
            "発出者",
            "発信元",
            "発信者",
            "発行元",
            "所管",
            "発出",
            "担当課",
            "issuer",
            "from",
        ],
    ),
    (
        Part::Date,
        &[
            "発出日",
            "日付",
            "年月日",
            "通知日",
            "発出年月日",
            "発行日",
            "発信日",
            "日",
            "date",
        ],
    ),
    (
        Part::Scope,
        &[
            "対象",
            "対象サービス",
            "範囲",
            "対象事業所",
            "サービス",
            "対象範囲",
            "対象施設",
            "scope",
            "scopes",
        ],
    ),
    (
        Part::Wording,
        &[
            "本文", "内容", "概要", "要旨", "要点", "wording", "text", "body",
        ],
    ),
    (
        Part::Link,
        &[
            "リンク",
            "掲載先",
            "掲載場所",
            "参照先",
            "アドレス",
            "url",
            "link",
        ],
    ),
];

/// Where each part stands, by the column from 0.
pub(super) type Columns = BTreeMap<Part, usize>;

/// The row of headings: the one that names most columns.
pub(super) fn heading(sheet: &Sheet) -> Option<(usize, Columns)> {
    let searched = sheet.rows.len().min(ROWS_SEARCHED_MAX);
    let mut best: Option<(usize, Columns)> = None;
    for row in 0..searched {
        let mut columns = Columns::new();
        for (column, cell) in sheet.rows[row].iter().enumerate() {
            if let Some(part) = part_of(cell) {
                columns.entry(part).or_insert(column);
            }
        }
        let titled = columns.contains_key(&Part::Title) || columns.contains_key(&Part::Topic);
        let well = titled && columns.contains_key(&Part::Date);
        if well
            && best
                .as_ref()
                .is_none_or(|(_, known)| known.len() < columns.len())
        {
            best = Some((row, columns));
        }
    }
    best
}

fn part_of(cell: &str) -> Option<Part> {
    let folded = fold(cell);
    let name = folded.split(['(', '※']).next().unwrap_or_default();
    let name: String = name.chars().filter(|c| c.is_alphanumeric()).collect();
    let known = |names: &[&str]| {
        names.iter().any(|known| {
            let known = fold(known);
            known
                .chars()
                .filter(|c| c.is_alphanumeric())
                .eq(name.chars())
        })
    };
    NAMES
        .iter()
        .find(|(_, names)| known(names))
        .map(|(part, _)| *part)
}
