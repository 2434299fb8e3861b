//! A plan table beside what the office keeps, as one looks at it.

use super::{no_plan, waiting::Waiting};
use crate::{error::Error, request::Request};
use domain::{
    era::FiscalYear,
    id::OfficeId,
    target::{
        plan::{
            self, Known, Plan, PlanFault,
            compared::{self, Compared},
            written::Kept,
        },
        record::Source,
    },
};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};
use storage::Connection;

/// What was understood, and what it brings.
pub(super) struct Seen {
    pub(super) plan: Plan,
    pub(super) kept: Kept,
    pub(super) compared: Compared,
    /// The names of the sheets, where the file has several.
    pub(super) sheets: Vec<Option<String>>,
    /// Stands for what the table brings: another number, another difference.
    pub(super) number: u64,
}

impl Seen {
    /// Understands the cells, and compares them with what is kept now.
    pub(super) async fn of(request: &Request, waiting: &Waiting) -> Result<Self, Error> {
        let (office, start_month) = (request.office_id(), start_month(request));
        let areas = request
            .app
            .store
            .read(move |connection| Box::pin(storage::target::all(connection, office)))
            .await?
            .into_iter()
            .map(|target| target.area)
            .collect::<BTreeSet<_>>();
        let (sheets, year, today) = (waiting.sheets(), waiting.year, request.today());
        let names = sheets.iter().map(|sheet| sheet.name.clone()).collect();
        let areas: Vec<String> = areas.into_iter().collect();
        // A large table keeps a core busy for a while.
        let understood = tokio::task::spawn_blocking(move || {
            let known = Known {
                year,
                areas: &areas,
                start_month,
                today,
            };
            plan::read(&sheets, &known)
        });
        let plan = understood
            .await
            .map_err(|_| Error::Fault("a plan table could not be understood"))?
            .map_err(no_plan_of)?;
        let years = years(&plan);
        let kept = request
            .app
            .store
            .read(move |connection| {
                let years = years.clone();
                Box::pin(async move { kept(connection, office, start_month, &years).await })
            })
            .await?;
        let plan = Arc::new(plan);
        let (of, beside) = (Arc::clone(&plan), kept.clone());
        let compared = tokio::task::spawn_blocking(move || {
            compared::compare(&of, &beside, &keys(&beside), today)
        });
        let compared = compared
            .await
            .map_err(|_| Error::Fault("a plan table could not be compared"))?;
        Ok(Self {
            number: number(&compared),
            plan: Arc::unwrap_or_clone(plan),
            kept,
            compared,
            sheets: names,
        })
    }
}

fn no_plan_of(fault: PlanFault) -> Error {
    no_plan(fault)
}

/// The month in which fiscal years begin.
pub(super) fn start_month(request: &Request) -> u32 {
    request.office.settings.fiscal_year_start
}

/// The years of which a plan tells what was done.
pub(super) fn years(plan: &Plan) -> BTreeSet<FiscalYear> {
    let told = plan.columns.iter().filter(|column| !column.planned);
    told.map(|column| column.year).collect()
}

/// Everything a table is compared with: the targets, their goals as they were last set, and what was done in
/// its years or came from a table before.
pub(super) async fn kept(
    connection: &mut Connection,
    office: OfficeId,
    start_month: u32,
    years: &BTreeSet<FiscalYear>,
) -> storage::Result<Kept> {
    let targets = storage::target::all(connection, office).await?;
    let goals = storage::target::goal::latest(connection, office).await?;
    let mut records: BTreeMap<_, _> = storage::target::record::imported(connection, office)
        .await?
        .into_iter()
        .map(|record| (record.id, record))
        .collect();
    for year in years {
        let (first, last) = (year.first_day(start_month), year.last_day(start_month));
        let done = storage::target::record::between(connection, office, (first, last)).await?;
        records.extend(done.into_iter().map(|record| (record.id, record)));
    }
    Ok(Kept {
        targets,
        goals,
        records: records.into_values().collect(),
        start_month,
    })
}

/// The keys under which lines of tables are known again.
fn keys(kept: &Kept) -> BTreeSet<String> {
    let keys = kept.records.iter().filter_map(|it| match &it.source {
        Source::Import(key) => Some(key.clone()),
        Source::Hand | Source::Session(_) => None,
    });
    keys.collect()
}

/// A number of a difference (FNV-1a of 64 bits): a person confirms exactly what was shown.
fn number(compared: &Compared) -> u64 {
    format!("{:?}", compared.difference)
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
        })
}
