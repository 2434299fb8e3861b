//! A year as sheets (.xlsx) for the council: 活動, 数値, 連携の場, 支援事業, 課題, 次年度計画案.

use super::page::{self, Leaf};
use crate::{
    card::{self, year_name},
    printout::{self, Cell, Table, TableColumn},
    text,
    text::Text,
};
use chrono::{DateTime, Utc};
use domain::{
    progress::{Balance, Counted, Draft, Gathered, Helped, Row, Year},
    setting::Language,
    tier::Tier,
};
use rust_xlsxwriter::{Workbook, XlsxError};
use std::collections::BTreeMap;

/// Writes a year. `at` is when the file was made.
///
/// # Errors
/// The library refuses a row or a text beyond what a sheet holds, which the limits keep from happening.
pub fn written(year: &Year, at: DateTime<Utc>) -> Result<Vec<u8>, XlsxError> {
    let report = Report {
        year,
        language: year.language,
    };
    let title = text!("sheet-year", year = year_name(year.year, year.language));
    let mut workbook = printout::workbook(&title.say(year.language), at)?;
    report.activity(&mut workbook)?;
    report.figures(&mut workbook)?;
    report.sessions(&mut workbook)?;
    report.projects(&mut workbook)?;
    report.issues(&mut workbook)?;
    report.next_year(&mut workbook)?;
    workbook.save_to_buffer()
}

struct Report<'a> {
    year: &'a Year,
    language: Language,
}

impl Report<'_> {
    fn say(&self, key: &str) -> String {
        Text::new(key).say(self.language)
    }

    fn columns(&self, columns: &[(&str, f64)]) -> Vec<TableColumn> {
        let named = columns.iter();
        named
            .map(|(name, digits)| TableColumn::new(self.say(name), *digits))
            .collect()
    }

    fn item_columns(&self, more: &[(&str, f64)]) -> Vec<TableColumn> {
        let mut columns = page::item_columns(self.language);
        columns.extend(self.columns(more));
        columns
    }

    fn leaf(&self, name: &str, table: Table) -> Leaf {
        let year = self.year;
        let name = self.say(name);
        let title = text!(
            "sheet-year-title",
            year = year_name(year.year, self.language),
            name = name.clone(),
        );
        Leaf {
            name,
            title: title.say(self.language),
            below: page::below_title(&year.office, year.as_of, &year.marks, self.language),
            table,
        }
    }

    fn activity(&self, workbook: &mut Workbook) -> Result<(), XlsxError> {
        let columns = self.item_columns(&[
            ("sheet-column-goal", 20.0),
            ("sheet-column-activity", 50.0),
            ("sheet-column-state", 10.0),
        ]);
        let cells = |row: &Row| {
            let mut cells = page::item_cells(&row.area, &row.number, &row.item);
            let goal = row.goals.get(&self.year.year);
            cells.extend([
                goal.map_or(Cell::Blank, |goal| page::goal(goal, self.language).into()),
                page::told(&row.told, self.language).into(),
                page::state(row.state, self.language),
            ]);
            cells
        };
        let table = Table {
            columns,
            rows: self.year.rows.iter().map(cells).collect(),
            empty: self.say("chart-empty"),
        };
        self.leaf("sheet-year-activity", table).write(workbook)?;
        Ok(())
    }

    fn figures(&self, workbook: &mut Workbook) -> Result<(), XlsxError> {
        let columns = self.item_columns(&[
            ("sheet-column-wanted", 12.0),
            ("sheet-column-done-sum", 12.0),
            ("sheet-column-unit", 10.0),
            ("sheet-column-percent", 12.0),
            ("sheet-column-state", 12.0),
        ]);
        let cells = |row: &Row| {
            let figure = row.figure.as_ref()?;
            let mut cells = page::item_cells(&row.area, &row.number, &row.item);
            cells.extend([
                Cell::Number(figure.goal),
                Cell::Number(figure.done),
                Cell::Middle(figure.unit.clone()),
                Cell::Percent(figure.percent()),
                page::state(row.state, self.language),
            ]);
            Some(cells)
        };
        let table = Table {
            columns,
            rows: self.year.rows.iter().filter_map(cells).collect(),
            empty: self.say("chart-figures-none"),
        };
        self.leaf("sheet-year-figures", table).write(workbook)?;
        Ok(())
    }

    fn tier(&self, tier: Tier) -> Cell {
        self.say(&format!("word-tier-{}", tier.number())).into()
    }

    fn sessions(&self, workbook: &mut Workbook) -> Result<(), XlsxError> {
        let columns = self.columns(&[
            ("sheet-column-day", 22.0),
            ("sheet-column-tier", 24.0),
            ("sheet-column-kind", 18.0),
            ("sheet-column-name", 46.0),
            ("sheet-column-role", 12.0),
            ("sheet-column-people", 10.0),
        ]);
        let cells = |one: &Gathered| {
            vec![
                card::date(one.date, self.language).into(),
                self.tier(one.tier),
                self.kind(one.kind).into(),
                one.name.clone().map_or(Cell::Blank, Cell::Words),
                Cell::Middle(self.say(&format!("word-session-role-{}", one.role.code()))),
                one.people.map_or(Cell::Blank, Cell::Number),
            ]
        };
        let table = Table {
            columns,
            rows: self.year.sessions.iter().map(cells).collect(),
            empty: self.say("sheet-none-sessions"),
        };
        let leaf = self.leaf("sheet-year-sessions", table);
        let (sheet, after) = leaf.write(workbook)?;
        let counts = self.year.sessions_by_tier();
        let rows = counts.iter().map(|((tier, kind), count)| {
            let count = i64::try_from(*count).unwrap_or(i64::MAX);
            vec![
                self.tier(*tier),
                self.kind(*kind).into(),
                Cell::Number(count),
            ]
        });
        let counted = Table {
            columns: self.columns(&[
                ("sheet-column-tier", 22.0),
                ("sheet-column-kind", 24.0),
                ("sheet-column-times", 18.0),
            ]),
            rows: rows.collect(),
            empty: self.say("sheet-none-sessions"),
        };
        page::below(sheet, after, &self.say("sheet-sessions-counted"), &counted)?;
        Ok(())
    }

    fn kind(&self, kind: domain::session::Kind) -> String {
        self.say(&format!("word-session-kind-{}", kind.code()))
    }

    /// What a project cost has a column only where the reader is told: absent, not empty.
    fn projects(&self, workbook: &mut Workbook) -> Result<(), XlsxError> {
        let tells = self.year.tells_budget();
        let mut columns = vec![
            ("sheet-column-day", 22.0),
            ("sheet-column-project", 36.0),
            ("sheet-column-associations", 32.0),
            ("sheet-column-project-state", 12.0),
        ];
        if tells {
            columns.extend([
                ("sheet-column-budget", 14.0),
                ("sheet-column-source", 18.0),
                ("sheet-column-fund", 26.0),
            ]);
        }
        let cells = |one: &Helped| {
            let day = one.date.map(|date| card::date(date, self.language));
            let mut cells = vec![
                day.map_or(Cell::Blank, Cell::Words),
                one.name.clone().into(),
                one.associations.join(&self.say("list-separator")).into(),
                Cell::Middle(self.say(&format!("word-project-state-{}", one.state.code()))),
            ];
            if tells {
                let budget = one.budget.as_ref();
                let source = budget.and_then(|budget| budget.source.clone());
                cells.extend([
                    budget.map_or(Cell::Blank, |budget| Cell::Number(budget.yen)),
                    source.map_or(Cell::Blank, Cell::Words),
                    one.fund.clone().map_or(Cell::Blank, Cell::Words),
                ]);
            }
            cells
        };
        let table = Table {
            columns: self.columns(&columns),
            rows: self.year.projects.iter().map(cells).collect(),
            empty: self.say("sheet-none-projects"),
        };
        let leaf = self.leaf("sheet-year-projects", table);
        let (sheet, after) = leaf.write(workbook)?;
        if self.year.funds.is_empty() {
            return Ok(());
        }
        let funds = self.year.funds.iter().map(|fund| {
            vec![
                fund.yen.map_or(Cell::Blank, Cell::Number),
                fund.name.clone().into(),
                fund.used_for.clone().into(),
            ]
        });
        let funds = Table {
            columns: self.columns(&[
                ("sheet-column-yen", 22.0),
                ("sheet-column-fund", 36.0),
                ("sheet-column-used-for", 32.0),
            ]),
            rows: funds.collect(),
            empty: String::new(),
        };
        page::below(sheet, after, &self.say("sheet-funds"), &funds)?;
        Ok(())
    }

    fn issues(&self, workbook: &mut Workbook) -> Result<(), XlsxError> {
        let columns = self.columns(&[
            ("sheet-column-tier", 34.0),
            ("sheet-column-carried-in", 16.0),
            ("sheet-column-raised", 16.0),
            ("sheet-column-solved", 16.0),
            ("sheet-column-dropped", 16.0),
            ("sheet-column-later", 16.0),
            ("sheet-column-carried-over", 16.0),
        ]);
        let balances = &self.year.issues;
        let mut rows: Vec<Vec<Cell>> = balances
            .iter()
            .map(|(tier, balance)| balance_cells(self.tier(*tier), balance))
            .collect();
        if balances.len() > 1 {
            let all = sum(balances);
            rows.push(balance_cells(self.say("sheet-all").into(), &all));
        }
        let table = Table {
            columns,
            rows,
            empty: self.say("sheet-none-issues"),
        };
        let leaf = self.leaf("sheet-year-issues", table);
        let (sheet, after) = leaf.write(workbook)?;
        if self.year.categories.is_empty() {
            return Ok(());
        }
        let category = |counted: &Counted| {
            let name = counted.name.clone();
            vec![
                name.unwrap_or_else(|| self.say("sheet-other-categories"))
                    .into(),
                number(counted.before),
                number(counted.now),
            ]
        };
        let categories = Table {
            columns: self.columns(&[
                ("sheet-column-category", 34.0),
                ("sheet-column-begin", 16.0),
                ("sheet-column-end", 16.0),
            ]),
            rows: self.year.categories.iter().map(category).collect(),
            empty: String::new(),
        };
        page::below(
            sheet,
            after,
            &self.say("sheet-issues-categories"),
            &categories,
        )?;
        Ok(())
    }

    fn next_year(&self, workbook: &mut Workbook) -> Result<(), XlsxError> {
        let mut columns = page::item_columns(self.language);
        columns.extend(self.columns(&[
            ("sheet-column-result", 12.0),
            ("sheet-column-carry", 16.0),
            ("sheet-column-proposed", 24.0),
            ("sheet-column-next-plan", 36.0),
        ]));
        let cells = |draft: &Draft| {
            let mut cells = page::item_cells(&draft.area, &draft.number, &draft.item);
            cells.extend([
                page::state(draft.state, self.language),
                self.say(&format!("word-carry-{}", draft.carry.code()))
                    .into(),
                draft.goal.clone().into(),
                page::told(&draft.plan, self.language).into(),
            ]);
            cells
        };
        let table = Table {
            columns,
            rows: self.year.drafts.iter().map(cells).collect(),
            empty: self.say("chart-empty"),
        };
        let mut leaf = self.leaf("sheet-year-next", table);
        let next = year_name(self.year.year.next(), self.language);
        leaf.title = text!("sheet-next-title", year = next).say(self.language);
        leaf.write(workbook)?;
        Ok(())
    }
}

fn number(count: u64) -> Cell {
    Cell::Number(i64::try_from(count).unwrap_or(i64::MAX))
}

fn balance_cells(tier: Cell, balance: &Balance) -> Vec<Cell> {
    vec![
        tier,
        number(balance.carried_in),
        number(balance.raised),
        number(balance.solved),
        number(balance.dropped),
        number(balance.later),
        number(balance.carried_over),
    ]
}

fn sum(balances: &BTreeMap<Tier, Balance>) -> Balance {
    balances
        .values()
        .fold(Balance::default(), |all, one| Balance {
            carried_in: all.carried_in + one.carried_in,
            raised: all.raised + one.raised,
            solved: all.solved + one.solved,
            dropped: all.dropped + one.dropped,
            later: all.later + one.later,
            carried_over: all.carried_over + one.carried_over,
        })
}
