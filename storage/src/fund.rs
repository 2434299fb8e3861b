//! Funds (基金メニュー) as they are kept: the lines of an office's catalogues, numbered per office, and which
//! projects were paid from them.
//!
//! A catalogue has some dozens of lines, so a year of it is always read whole: searching and suggesting are
//! rules of the domain.

use crate::{
    counter::{self, Noun},
    dialect,
    error::{Conflict, Error, Result},
    instant,
    link::{Connection, Transaction, all, one, optional, run},
};
use chrono::{DateTime, Utc};
use domain::{
    era::FiscalYear,
    fund::{
        Entry, Fund, LINES_MAX, USES_MAX, Use,
        difference::{Change, New},
    },
    id::{FundId, OfficeId, ProjectId, UserId},
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// Most uses of a year that are read; more than an office has projects.
pub const USES_OF_YEAR_MAX: i64 = 500;

/// Id, revision, year, place, entry, withdrawn, who, made, changed.
type Row = (i64, i64, i64, i64, String, bool, i64, i64, i64);

/// Fund, project, year, yen.
type UseRow = (i64, i64, i64, Option<i64>);

macro_rules! columns {
    () => {
        "id, revision, fiscal_year, position, entry, withdrawn, added_by, created_at, changed_at"
    };
}

/// That a project was paid from a fund, with what both are called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paid {
    /// Which, when and how much.
    pub of: Use,
    /// The line of the catalogue.
    pub entry: Entry,
    /// The title of the project.
    pub project: String,
}

/// What was stored of a difference; enough to take it back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Applied {
    /// Lines that were added.
    pub new: Vec<FundId>,
    /// Kept lines that were changed or taken out, as they were, each with the revision the change led to.
    pub changed: Vec<Change>,
}

/// The funds of a year, in the order of its catalogue, those taken out included.
///
/// # Errors
/// [`Error::Unreadable`] when a newer version has written what this one does not know.
pub async fn of_year(
    connection: &mut Connection,
    office: OfficeId,
    year: FiscalYear,
) -> Result<Vec<Fund>> {
    let rows = all!(
        connection,
        Row,
        concat!(
            "select ",
            columns!(),
            " from fund where office_id = $1 and fiscal_year = $2 \
             order by withdrawn, position, id limit $3"
        ),
        office.0,
        i64::from(year.western()),
        // Lines that were taken out are kept beside those that stand.
        limit(LINES_MAX * 2),
    )?;
    let mut funds = rows.into_iter().map(read).collect::<Result<Vec<_>>>()?;
    funds.sort_by_key(|fund| (fund.position, fund.id));
    Ok(funds)
}

/// The years of which there is a catalogue, the newest first.
///
/// # Errors
/// [`Error::Database`].
pub async fn years(connection: &mut Connection, office: OfficeId) -> Result<Vec<FiscalYear>> {
    let rows = all!(
        connection,
        (i64,),
        "select distinct fiscal_year from fund where office_id = $1 and not withdrawn \
         order by fiscal_year desc limit 50",
        office.0,
    )?;
    rows.into_iter().map(|(year,)| western(year)).collect()
}

/// The fund of a number, taken out or not.
///
/// # Errors
/// As [`of_year`].
pub async fn find(
    connection: &mut Connection,
    office: OfficeId,
    fund: FundId,
) -> Result<Option<Fund>> {
    let row = optional!(
        connection,
        Row,
        concat!(
            "select ",
            columns!(),
            " from fund where office_id = $1 and id = $2"
        ),
        office.0,
        fund.0,
    )?;
    row.map(read).transpose()
}

/// Stores what a catalogue of a year brings, as of `(who, now)`: two statements for what is new, one for
/// each line that was changed. `before` are the kept lines the difference was made with.
///
/// # Errors
/// [`Conflict::StaleRevision`] when a line was changed meanwhile, [`Conflict::Full`] when there would be more
/// than [`LINES_MAX`] lines, [`Conflict::Missing`] when there is no such office.
pub async fn apply(
    tx: &mut Transaction,
    office: OfficeId,
    year: FiscalYear,
    (new, changed): (&[New], &[Change]),
    before: &[Fund],
    (who, now): (UserId, DateTime<Utc>),
) -> Result<Applied> {
    let standing = before.iter().filter(|fund| !fund.withdrawn).count();
    let out = changed.iter().filter(|change| change.withdrawn).count();
    if (standing + new.len()).saturating_sub(out) > LINES_MAX {
        return Err(Conflict::Full.into());
    }
    let mut applied = Applied::default();
    for change in changed {
        let kept = before.iter().find(|fund| fund.id == change.fund);
        let kept = kept.ok_or(Conflict::Missing)?;
        put(tx, office, change, now).await?;
        applied.changed.push(Change {
            fund: kept.id,
            revision: change.revision + 1,
            position: kept.position,
            entry: kept.entry.clone(),
            withdrawn: kept.withdrawn,
        });
    }
    if !new.is_empty() {
        let first = counter::several(tx, office, Noun::Fund, new.len()).await?;
        let ids: Vec<i64> = (first..).take(new.len()).collect();
        let mut entries = Vec::with_capacity(new.len());
        for (line, id) in new.iter().zip(&ids) {
            let entry = serde_json::to_string(&line.entry)?;
            entries.push(json!({ "id": id, "position": line.position, "entry": entry }));
        }
        let sql = dialect::either(
            tx,
            "insert into fund (office_id, id, revision, fiscal_year, position, entry, withdrawn, \
             added_by, created_at, changed_at) select $1, cast(line.value ->> 'id' as bigint), 1, $3, \
             cast(line.value ->> 'position' as bigint), line.value ->> 'entry', false, $4, $5, $5 \
             from json_each($2) as line",
            "insert into fund (office_id, id, revision, fiscal_year, position, entry, withdrawn, \
             added_by, created_at, changed_at) select $1, cast(line.value ->> 'id' as bigint), 1, $3, \
             cast(line.value ->> 'position' as bigint), line.value ->> 'entry', false, $4, $5, $5 \
             from jsonb_array_elements(cast($2 as jsonb)) as line(value)",
        );
        run!(
            tx,
            sql,
            office.0,
            Value::from(entries).to_string(),
            i64::from(year.western()),
            who.to_stored(),
            instant::to_stored(now),
        )
        .map_err(missing)?;
        applied.new = ids.into_iter().map(FundId).collect();
    }
    Ok(applied)
}

/// Takes back what [`apply`] stored: new lines are taken out, changed ones say what they said.
///
/// # Errors
/// [`Conflict::StaleRevision`] when something of it was changed since.
pub async fn take_back(
    tx: &mut Transaction,
    office: OfficeId,
    applied: &Applied,
    now: DateTime<Utc>,
) -> Result<()> {
    for change in &applied.changed {
        put(tx, office, change, now).await?;
    }
    let ids: Vec<Value> = applied.new.iter().map(|id| json!({ "id": id.0 })).collect();
    let sql = dialect::either(
        tx,
        "update fund set withdrawn = true, revision = revision + 1, changed_at = $3 \
         where office_id = $1 and revision = 1 and not withdrawn and id in \
         (select cast(line.value ->> 'id' as bigint) from json_each($2) as line)",
        "update fund set withdrawn = true, revision = revision + 1, changed_at = $3 \
         where office_id = $1 and revision = 1 and not withdrawn and id in \
         (select cast(line.value ->> 'id' as bigint) \
         from jsonb_array_elements(cast($2 as jsonb)) as line(value))",
    );
    let touched = run!(
        tx,
        sql,
        office.0,
        Value::from(ids).to_string(),
        instant::to_stored(now),
    )?;
    if usize::try_from(touched) == Ok(applied.new.len()) {
        Ok(())
    } else {
        Err(Conflict::StaleRevision.into())
    }
}

async fn put(
    tx: &mut Transaction,
    office: OfficeId,
    change: &Change,
    now: DateTime<Utc>,
) -> Result<()> {
    let touched = run!(
        tx,
        "update fund set revision = revision + 1, position = $4, entry = $5, withdrawn = $6, \
         changed_at = $7 where office_id = $1 and id = $2 and revision = $3",
        office.0,
        change.fund.0,
        change.revision,
        change.position,
        serde_json::to_string(&change.entry)?,
        change.withdrawn,
        instant::to_stored(now),
    )?;
    if touched == 0 {
        return Err(Conflict::StaleRevision.into());
    }
    Ok(())
}

/// What a project was paid from one fund in one year; `None` when it is not linked so.
///
/// # Errors
/// [`Error::Database`].
pub async fn used(
    connection: &mut Connection,
    office: OfficeId,
    (fund, project, year): (FundId, ProjectId, FiscalYear),
) -> Result<Option<Use>> {
    let row = optional!(
        connection,
        UseRow,
        "select fund_id, project_id, fiscal_year, yen from fund_use \
         where office_id = $1 and fund_id = $2 and project_id = $3 and fiscal_year = $4",
        office.0,
        fund.0,
        project.0,
        i64::from(year.western()),
    )?;
    row.map(read_use).transpose()
}

/// Links a project with a fund for a year, or gives the link another amount.
///
/// # Errors
/// [`Conflict::Missing`] when the fund or the project does not exist, [`Conflict::Full`] when the fund has
/// [`USES_MAX`] projects.
pub async fn link(
    tx: &mut Transaction,
    office: OfficeId,
    of: &Use,
    (who, now): (UserId, DateTime<Utc>),
) -> Result<()> {
    let (uses,) = one!(
        tx,
        (i64,),
        "select count(*) from fund_use where office_id = $1 and fund_id = $2",
        office.0,
        of.fund.0,
    )?;
    let known = used(tx, office, (of.fund, of.project, of.year)).await?;
    if known.is_none() && uses >= USES_MAX {
        return Err(Conflict::Full.into());
    }
    run!(
        tx,
        "insert into fund_use (office_id, fund_id, project_id, fiscal_year, yen, linked_by, linked_at) \
         values ($1, $2, $3, $4, $5, $6, $7) \
         on conflict (office_id, fund_id, project_id, fiscal_year) \
         do update set yen = excluded.yen, linked_by = excluded.linked_by, \
         linked_at = excluded.linked_at",
        office.0,
        of.fund.0,
        of.project.0,
        i64::from(of.year.western()),
        of.yen,
        who.to_stored(),
        instant::to_stored(now),
    )
    .map_err(missing)?;
    Ok(())
}

/// Takes the link of a project with a fund for a year away; `false` when there was none.
///
/// # Errors
/// [`Error::Database`].
pub async fn unlink(
    tx: &mut Transaction,
    office: OfficeId,
    (fund, project, year): (FundId, ProjectId, FiscalYear),
) -> Result<bool> {
    let touched = run!(
        tx,
        "delete from fund_use where office_id = $1 and fund_id = $2 and project_id = $3 \
         and fiscal_year = $4",
        office.0,
        fund.0,
        project.0,
        i64::from(year.western()),
    )?;
    Ok(touched > 0)
}

/// The projects a fund was used for, the newest year first; at most [`USES_MAX`].
///
/// # Errors
/// [`Error::Database`].
pub async fn uses_of(
    connection: &mut Connection,
    office: OfficeId,
    fund: FundId,
) -> Result<Vec<Use>> {
    let rows = all!(
        connection,
        UseRow,
        "select fund_id, project_id, fiscal_year, yen from fund_use \
         where office_id = $1 and fund_id = $2 order by fiscal_year desc, project_id limit $3",
        office.0,
        fund.0,
        USES_MAX,
    )?;
    rows.into_iter().map(read_use).collect()
}

/// What was used of all funds in a year, by fund and project; at most [`USES_OF_YEAR_MAX`]. A project that
/// was taken back is not among them.
///
/// # Errors
/// [`Error::Unreadable`] when a newer version has written a line this one does not know.
pub async fn uses_in(
    connection: &mut Connection,
    office: OfficeId,
    year: FiscalYear,
) -> Result<Vec<Paid>> {
    let rows = all!(
        connection,
        (i64, i64, i64, Option<i64>, String, String),
        "select fund_use.fund_id, fund_use.project_id, fund_use.fiscal_year, fund_use.yen, \
         fund.entry, project.title from fund_use join fund on fund.office_id = fund_use.office_id \
         and fund.id = fund_use.fund_id join project on project.office_id = fund_use.office_id \
         and project.id = fund_use.project_id where fund_use.office_id = $1 \
         and fund_use.fiscal_year = $2 and not project.retracted \
         order by fund_use.fund_id, fund_use.project_id limit $3",
        office.0,
        i64::from(year.western()),
        USES_OF_YEAR_MAX,
    )?;
    let paid = rows
        .into_iter()
        .map(|(fund, project, year, yen, entry, title)| {
            Ok(Paid {
                of: read_use((fund, project, year, yen))?,
                entry: read_entry(&entry)?,
                project: title,
            })
        });
    paid.collect()
}

/// How often funds were used in a year, of which [`uses_in`] reads the first.
///
/// # Errors
/// The database does not answer.
pub async fn uses_count(
    connection: &mut Connection,
    office: OfficeId,
    year: FiscalYear,
) -> Result<i64> {
    let (count,) = one!(
        connection,
        (i64,),
        "select count(*) from fund_use join project on project.office_id = fund_use.office_id \
         and project.id = fund_use.project_id where fund_use.office_id = $1 \
         and fund_use.fiscal_year = $2 and not project.retracted",
        office.0,
        i64::from(year.western()),
    )?;
    Ok(count)
}

fn missing(error: Error) -> Error {
    error.naming(Conflict::Missing, Conflict::Missing)
}

fn limit(rows: usize) -> i64 {
    i64::try_from(rows).unwrap_or(i64::MAX)
}

fn western(year: i64) -> Result<FiscalYear> {
    let year = i32::try_from(year).map_err(|_| Error::Unreadable("fiscal year"))?;
    Ok(FiscalYear::starting_in(year))
}

fn read_entry(stored: &str) -> Result<Entry> {
    serde_json::from_str(stored).map_err(|_| Error::Unreadable("line of a fund"))
}

fn read_use((fund, project, year, yen): UseRow) -> Result<Use> {
    Ok(Use {
        fund: FundId(fund),
        project: ProjectId(project),
        year: western(year)?,
        yen,
    })
}

fn read(row: Row) -> Result<Fund> {
    let (id, revision, year, position, entry, withdrawn, who, made, changed) = row;
    Ok(Fund {
        id: FundId(id),
        revision,
        year: western(year)?,
        position,
        entry: read_entry(&entry)?,
        withdrawn,
        added_by: UserId::from_stored(who),
        created_at: instant::from_stored(made)?,
        changed_at: instant::from_stored(changed)?,
    })
}
