//! Petitions (本人からの依頼): a person asks what is kept of them, or that their name be removed; the desk
//! answers. Kept is who asks for which of the two and what became of it, never what it is about.

use crate::{
    counter::{self, Noun},
    error::{Conflict, Error, Result},
    instant,
    link::{Connection, Transaction, all, one, optional, run},
    seal::Place,
};
use chrono::{DateTime, Utc};
use domain::{
    id::{IssueId, OfficeId, PetitionId, UserId},
    key_person::KeyPerson,
    speaker::{Desk, Speaker},
};

/// Most petitions of one office that may wait.
pub const OPEN_MAX: i64 = 500;
/// Most names removed in one transaction.
pub const NAMES_AT_ONCE: usize = 50;
/// Names opened in one reading.
const READ_AT_ONCE: i64 = 2_000;

/// What a person asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// To be told what is kept of them (開示).
    Disclosure,
    /// That their name be removed (氏名の削除).
    Removal,
}

domain::codes!(Kind {
    Disclosure = "disclosure",
    Removal = "removal",
});

/// How far it has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It waits for the desk.
    Open,
    /// The desk has done it.
    Done,
    /// The desk could not, and said why.
    Declined,
}

domain::codes!(State {
    Open = "open",
    Done = "done",
    Declined = "declined",
});

/// A petition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Petition {
    /// Its number in the office.
    pub id: PetitionId,
    /// Counts its changes.
    pub revision: i64,
    /// What is asked for.
    pub kind: Kind,
    /// Who asks (Discord's id).
    pub person: UserId,
    /// How far it has come.
    pub state: State,
    /// When it was asked.
    pub asked_at: DateTime<Utc>,
    /// Who decided it, and when.
    pub decided: Option<(UserId, DateTime<Utc>)>,
    /// Why it was not possible, for the person who asked.
    pub reason: Option<String>,
}

/// Lays a petition on the desk.
///
/// # Errors
/// [`Conflict::InUse`] when the same of this person waits, [`Conflict::Full`] when [`OPEN_MAX`] wait.
pub async fn insert(
    tx: &mut Transaction,
    office: OfficeId,
    kind: Kind,
    person: UserId,
    now: DateTime<Utc>,
) -> Result<Petition> {
    let (waiting, same) = one!(
        tx,
        (i64, i64),
        "select count(*), count(case when person = $3 and kind = $4 then 1 end) from petition \
         where office_id = $1 and state = $2",
        office.0,
        State::Open.code(),
        person.to_stored(),
        kind.code(),
    )?;
    if same > 0 {
        return Err(Conflict::InUse.into());
    }
    if waiting >= OPEN_MAX {
        return Err(Conflict::Full.into());
    }
    let id = counter::next(tx, office, Noun::Petition).await?;
    run!(
        tx,
        "insert into petition (office_id, id, revision, kind, person, state, asked_at) \
         values ($1, $2, 1, $3, $4, $5, $6)",
        office.0,
        id,
        kind.code(),
        person.to_stored(),
        State::Open.code(),
        instant::to_stored(now),
    )?;
    Ok(Petition {
        id: PetitionId(id),
        revision: 1,
        kind,
        person,
        state: State::Open,
        asked_at: instant::kept(now),
        decided: None,
        reason: None,
    })
}

/// One row.
type Row = (
    i64,
    i64,
    String,
    i64,
    String,
    i64,
    Option<i64>,
    Option<i64>,
    Option<String>,
);

fn read(row: Row) -> Result<Petition> {
    let (id, revision, kind, person, state, asked_at, decided_by, decided_at, reason) = row;
    let decided_at = instant::from_stored_option(decided_at)?;
    Ok(Petition {
        id: PetitionId(id),
        revision,
        kind: Kind::from_code(&kind).ok_or(Error::Unreadable("kind of a petition"))?,
        person: UserId::from_stored(person),
        state: State::from_code(&state).ok_or(Error::Unreadable("state of a petition"))?,
        asked_at: instant::from_stored(asked_at)?,
        decided: decided_by.map(UserId::from_stored).zip(decided_at),
        reason,
    })
}

/// The columns of a row, for both readings.
macro_rules! selecting {
    ($condition:literal) => {
        concat!(
            "select id, revision, kind, person, state, asked_at, decided_by, decided_at, reason \
             from petition where office_id = $1 and ",
            $condition
        )
    };
}

/// A petition by its number.
///
/// # Errors
/// [`Error::Unreadable`] when a newer version has written a code this one does not know.
pub async fn find(
    connection: &mut Connection,
    office: OfficeId,
    id: PetitionId,
) -> Result<Option<Petition>> {
    let row = optional!(connection, Row, selecting!("id = $2"), office.0, id.0)?;
    row.map(read).transpose()
}

/// The latest petition of a person of each kind, the newest first.
///
/// # Errors
/// As [`find`].
pub async fn of(
    connection: &mut Connection,
    office: OfficeId,
    person: UserId,
) -> Result<Vec<Petition>> {
    let rows = all!(
        connection,
        Row,
        selecting!(
            "person = $2 and id in (select max(id) from petition \
             where office_id = $1 and person = $2 group by kind) order by id desc"
        ),
        office.0,
        person.to_stored(),
    )?;
    rows.into_iter().map(read).collect()
}

/// The petitions that wait, the longest waiting first; at most [`OPEN_MAX`].
///
/// # Errors
/// As [`find`].
pub async fn open(connection: &mut Connection, office: OfficeId) -> Result<Vec<Petition>> {
    let rows = all!(
        connection,
        Row,
        selecting!("state = 'open' order by asked_at, id limit $2"),
        office.0,
        OPEN_MAX,
    )?;
    rows.into_iter().map(read).collect()
}

/// Decides a petition that waits; as it is then.
///
/// # Errors
/// [`Conflict::StaleRevision`] when somebody was faster.
pub async fn decide(
    tx: &mut Transaction,
    office: OfficeId,
    id: PetitionId,
    (state, reason): (State, Option<&str>),
    who: UserId,
    now: DateTime<Utc>,
) -> Result<Petition> {
    let row = optional!(
        tx,
        Row,
        "update petition set state = $3, reason = $4, decided_by = $5, decided_at = $6, \
         revision = revision + 1 where office_id = $1 and id = $2 and state = $7 \
         returning id, revision, kind, person, state, asked_at, decided_by, decided_at, reason",
        office.0,
        id.0,
        state.code(),
        reason,
        who.to_stored(),
        instant::to_stored(now),
        State::Open.code(),
    )?;
    row.map(read)
        .transpose()?
        .ok_or_else(|| Conflict::StaleRevision.into())
}

/// Whose issues and which key persons carry a name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Carriers {
    /// Issues of which the name is the speaker.
    pub issues: Vec<IssueId>,
    /// Key persons of the name, by number.
    pub key_persons: Vec<i64>,
}

impl Carriers {
    /// How many there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.issues.len() + self.key_persons.len()
    }
}

/// Finds who carries a name, whatever is kept under seal of the office.
///
/// # Errors
/// [`Error::Sealed`] when a key is missing.
pub async fn carriers(
    connection: &mut Connection,
    office: OfficeId,
    name: &str,
    desk: Desk,
) -> Result<Carriers> {
    let mut found = Carriers::default();
    let mut after = 0;
    loop {
        let rows = all!(
            connection,
            (i64, Vec<u8>, String),
            "select id, speaker, speaker_key from issue where office_id = $1 and id > $2 \
             and speaker is not null order by id limit $3",
            office.0,
            after,
            READ_AT_ONCE,
        )?;
        let Some((last, ..)) = rows.last() else { break };
        after = *last;
        for (id, bytes, key) in rows {
            let place = Place {
                column: "issue.speaker",
                office,
                record: id,
            };
            let plain = connection.unseal(place, &key, &bytes)?;
            let speaker = String::from_utf8(plain).map_err(|_| Error::Sealed)?;
            if Speaker::new(&speaker).is_some_and(|speaker| speaker.is_called(name, desk)) {
                found.issues.push(IssueId(id));
            }
        }
    }
    let persons: Vec<KeyPerson> = crate::key_person::of(connection, office).await?;
    let called = persons.iter().filter(|person| person.is_called(name, desk));
    found.key_persons = called.map(|person| person.id.0).collect();
    Ok(found)
}

/// Removes the speakers of these issues, at most [`NAMES_AT_ONCE`]; what was said stays, and the time it is
/// kept does not begin anew. Says which issues had one, with their new revisions.
///
/// # Errors
/// [`Error::Database`].
pub async fn remove_speakers(
    tx: &mut Transaction,
    office: OfficeId,
    issues: &[IssueId],
) -> Result<Vec<(IssueId, i64)>> {
    let mut changed = Vec::new();
    for id in issues.iter().take(NAMES_AT_ONCE) {
        let row = optional!(
            tx,
            (i64,),
            "update issue set speaker = null, speaker_key = null, revision = revision + 1 \
             where office_id = $1 and id = $2 and speaker is not null returning revision",
            office.0,
            id.0,
        )?;
        changed.extend(row.map(|(revision,)| (*id, revision)));
    }
    Ok(changed)
}
