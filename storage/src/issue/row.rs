//! A row of the table `issue`, and how it becomes an issue.

use super::place;
use crate::{
    error::{Error, Result},
    instant,
    link::Connection,
};
use domain::{
    audience::Destination,
    id::{AssociationId, CategoryId, IssueId, OfficeId, ProfessionId, SessionId, UserId},
    issue::{Concern, Issue, Kind, Origin, Status, TierBy},
    speaker::Speaker,
    tier::Tier,
};
use sqlx::{ColumnIndex, Decode, FromRow, Type};

/// The columns of a [`Row`], of the table `issue` under its own name.
macro_rules! columns {
    () => {
        "id, revision, kind, origin, tier, tier_by, status, later_year, wording, note, \
         profession_id, association_id, speaker, speaker_key, reporter, created_at, changed_at, \
         passed_on, destination, measure_open, kept_private, retracted, \
         (select session_id from issue_session where issue_session.office_id = issue.office_id \
         and issue_session.issue_id = issue.id) as session_id, \
         (select into_id from issue_merge where issue_merge.office_id = issue.office_id \
         and issue_merge.issue_id = issue.id) as merged_into"
    };
}

/// One row as either database hands it out.
pub(super) struct Row {
    pub(super) id: i64,
    revision: i64,
    kind: String,
    origin: String,
    tier: i64,
    tier_by: String,
    status: String,
    later_year: Option<i64>,
    wording: String,
    note: Option<String>,
    profession_id: Option<i64>,
    association_id: Option<i64>,
    speaker: Option<Vec<u8>>,
    speaker_key: Option<String>,
    reporter: i64,
    created_at: i64,
    changed_at: i64,
    passed_on: bool,
    kept_private: bool,
    retracted: bool,
    session_id: Option<i64>,
    merged_into: Option<i64>,
    destination: String,
    measure_open: bool,
}

// By hand, because tuples end at sixteen columns and the derive would bring the macros of sqlx.
impl<'r, R> FromRow<'r, R> for Row
where
    R: sqlx::Row,
    &'static str: ColumnIndex<R>,
    i64: Decode<'r, R::Database> + Type<R::Database>,
    String: Decode<'r, R::Database> + Type<R::Database>,
    bool: Decode<'r, R::Database> + Type<R::Database>,
    Vec<u8>: Decode<'r, R::Database> + Type<R::Database>,
{
    fn from_row(row: &'r R) -> sqlx::Result<Self> {
        Ok(Self {
            id: row.try_get("id")?,
            revision: row.try_get("revision")?,
            kind: row.try_get("kind")?,
            origin: row.try_get("origin")?,
            tier: row.try_get("tier")?,
            tier_by: row.try_get("tier_by")?,
            status: row.try_get("status")?,
            later_year: row.try_get("later_year")?,
            wording: row.try_get("wording")?,
            note: row.try_get("note")?,
            profession_id: row.try_get("profession_id")?,
            association_id: row.try_get("association_id")?,
            speaker: row.try_get("speaker")?,
            speaker_key: row.try_get("speaker_key")?,
            reporter: row.try_get("reporter")?,
            created_at: row.try_get("created_at")?,
            changed_at: row.try_get("changed_at")?,
            passed_on: row.try_get("passed_on")?,
            kept_private: row.try_get("kept_private")?,
            retracted: row.try_get("retracted")?,
            session_id: row.try_get("session_id")?,
            merged_into: row.try_get("merged_into")?,
            destination: row.try_get("destination")?,
            measure_open: row.try_get("measure_open")?,
        })
    }
}

impl Row {
    /// The issue with whom it is about and the categories it is in, its speaker opened with the keys of the connection.
    pub(super) fn into_issue(
        self,
        connection: &Connection,
        office: OfficeId,
        about: Vec<Concern>,
        categories: Vec<CategoryId>,
    ) -> Result<Issue> {
        let speaker = match (self.speaker, self.speaker_key) {
            (Some(bytes), Some(key)) => {
                let plain = connection.unseal(place(office, self.id), &key, &bytes)?;
                Speaker::new(&String::from_utf8(plain).map_err(|_| Error::Sealed)?)
            }
            _ => None,
        };
        Ok(Issue {
            id: IssueId(self.id),
            revision: self.revision,
            kind: Kind::from_code(&self.kind).ok_or(Error::Unreadable("kind"))?,
            origin: Origin::from_code(&self.origin).ok_or(Error::Unreadable("origin"))?,
            tier: Tier::from_number(self.tier).ok_or(Error::Unreadable("tier"))?,
            tier_by: TierBy::from_code(&self.tier_by).ok_or(Error::Unreadable("tier_by"))?,
            status: Status::from_code(&self.status).ok_or(Error::Unreadable("status"))?,
            later_year: self
                .later_year
                .map(i32::try_from)
                .transpose()
                .map_err(|_| Error::Unreadable("later_year"))?,
            text: self.wording,
            note: self.note,
            profession: self.profession_id.map(ProfessionId),
            association: self.association_id.map(AssociationId),
            about,
            categories,
            session: self.session_id.map(SessionId),
            merged_into: self.merged_into.map(IssueId),
            speaker,
            reporter: UserId::from_stored(self.reporter),
            created_at: instant::from_stored(self.created_at)?,
            changed_at: instant::from_stored(self.changed_at)?,
            measure_open: self.measure_open,
            passed_on: self.passed_on,
            kept_private: self.kept_private,
            retracted: self.retracted,
            destination: Destination::from_code(&self.destination)
                .ok_or(Error::Unreadable("destination"))?,
        })
    }
}
