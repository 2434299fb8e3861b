//! Accounts (実施記録) of sessions as they are kept: minutes, who came, what a survey brought.
//!
//! One per session at most. A correction puts the whole anew; what stood before is in the history.

use crate::{
    error::{Conflict, Error, Result},
    instant,
    link::{Connection, Transaction, all, optional, run},
};
use domain::{
    account::{Account, Attendance},
    id::{OfficeId, ProfessionId, SessionId, UserId},
    survey::{Counted, Question, Survey},
};

/// Writes an account down and returns it as it is kept, with revision 1. Its `revision` is not looked at.
///
/// # Errors
/// [`Conflict::StaleRevision`] when there is one already, [`Conflict::Missing`] when the session or a
/// profession does not exist.
pub async fn insert(tx: &mut Transaction, office: OfficeId, account: &Account) -> Result<Account> {
    let stored = Account {
        revision: 1,
        ..kept(account)
    };
    run!(
        tx,
        "insert into session_account (office_id, session_id, revision, minutes, written_by, \
         written_at, changed_at) values ($1, $2, 1, $3, $4, $5, $6)",
        office.0,
        stored.session.0,
        &stored.minutes,
        stored.written_by.to_stored(),
        instant::to_stored(stored.written_at),
        instant::to_stored(stored.changed_at),
    )
    .map_err(|error| error.naming(Conflict::StaleRevision, Conflict::Missing))?;
    put_lists(tx, office, &stored).await?;
    Ok(stored)
}

/// Stores a correction of an account that was read with the revision it carries, and returns it with the
/// next one. Who wrote it down, and when, does not change.
///
/// # Errors
/// [`Conflict::StaleRevision`] when somebody corrected it in between or took it back,
/// [`Conflict::Missing`] when a profession does not exist.
pub async fn update(tx: &mut Transaction, office: OfficeId, account: &Account) -> Result<Account> {
    let mut stored = kept(account);
    let touched = run!(
        tx,
        "update session_account set revision = revision + 1, minutes = $4, changed_at = $5 \
         where office_id = $1 and session_id = $2 and revision = $3",
        office.0,
        stored.session.0,
        stored.revision,
        &stored.minutes,
        instant::to_stored(stored.changed_at),
    )?;
    if touched == 0 {
        return Err(Conflict::StaleRevision.into());
    }
    for sql in [
        "delete from session_attendance where office_id = $1 and session_id = $2",
        "delete from session_answer where office_id = $1 and session_id = $2",
        "delete from session_question where office_id = $1 and session_id = $2",
    ] {
        run!(tx, sql, office.0, stored.session.0)?;
    }
    put_lists(tx, office, &stored).await?;
    stored.revision += 1;
    Ok(stored)
}

/// Takes an account back that was read with the revision it carries; with it everything in it.
///
/// # Errors
/// [`Conflict::StaleRevision`] when somebody corrected it in between or took it back.
pub async fn remove(
    tx: &mut Transaction,
    office: OfficeId,
    session: SessionId,
    revision: i64,
) -> Result<()> {
    let touched = run!(
        tx,
        "delete from session_account where office_id = $1 and session_id = $2 and revision = $3",
        office.0,
        session.0,
        revision,
    )?;
    if touched == 0 {
        return Err(Conflict::StaleRevision.into());
    }
    Ok(())
}

/// The account of a session, if anything was written down.
///
/// # Errors
/// [`Error::Unreadable`] when an instant cannot be read.
pub async fn find(
    connection: &mut Connection,
    office: OfficeId,
    session: SessionId,
) -> Result<Option<Account>> {
    let row = optional!(
        connection,
        (i64, Option<String>, i64, i64, i64),
        "select revision, minutes, written_by, written_at, changed_at from session_account \
         where office_id = $1 and session_id = $2",
        office.0,
        session.0,
    )?;
    let Some((revision, minutes, written_by, written_at, changed_at)) = row else {
        return Ok(None);
    };
    let came = all!(
        connection,
        (Option<i64>, String, i64),
        "select profession_id, word, people from session_attendance \
         where office_id = $1 and session_id = $2 order by position",
        office.0,
        session.0,
    )?;
    let attendance = came
        .into_iter()
        .map(|(profession, word, count)| Attendance {
            profession: profession.map(ProfessionId),
            word,
            count,
        });
    Ok(Some(Account {
        session,
        revision,
        minutes,
        attendance: attendance.collect(),
        survey: survey(connection, office, session).await?,
        written_by: UserId::from_stored(written_by),
        written_at: instant::from_stored(written_at)?,
        changed_at: instant::from_stored(changed_at)?,
    }))
}

async fn survey(
    connection: &mut Connection,
    office: OfficeId,
    session: SessionId,
) -> Result<Survey> {
    let asked = all!(
        connection,
        (String,),
        "select words from session_question \
         where office_id = $1 and session_id = $2 order by position",
        office.0,
        session.0,
    )?;
    let mut questions: Vec<Question> = asked
        .into_iter()
        .map(|(wording,)| Question {
            wording,
            ..Question::default()
        })
        .collect();
    let answered = all!(
        connection,
        (i64, String, Option<i64>),
        "select question, words, times from session_answer \
         where office_id = $1 and session_id = $2 order by question, position",
        office.0,
        session.0,
    )?;
    for (question, words, times) in answered {
        let asked = usize::try_from(question)
            .ok()
            .and_then(|at| questions.get_mut(at))
            .ok_or(Error::Unreadable("question of a survey"))?;
        match times {
            Some(times) => asked.answers.push(Counted {
                wording: words,
                count: u32::try_from(times).map_err(|_| Error::Unreadable("count of a survey"))?,
            }),
            None => asked.opinions.push(words),
        }
    }
    Ok(Survey { questions })
}

/// What is kept in rows of its own.
async fn put_lists(tx: &mut Transaction, office: OfficeId, account: &Account) -> Result<()> {
    let session = account.session.0;
    for (position, came) in (0_i64..).zip(&account.attendance) {
        run!(
            tx,
            "insert into session_attendance (office_id, session_id, position, profession_id, word, \
             people) values ($1, $2, $3, $4, $5, $6)",
            office.0,
            session,
            position,
            came.profession.map(|profession| profession.0),
            &came.word,
            came.count,
        )
        .map_err(|error| error.naming(Conflict::Missing, Conflict::Missing))?;
    }
    for (question, asked) in (0_i64..).zip(&account.survey.questions) {
        run!(
            tx,
            "insert into session_question (office_id, session_id, position, words) \
             values ($1, $2, $3, $4)",
            office.0,
            session,
            question,
            &asked.wording,
        )?;
        let counted = asked.answers.iter();
        let counted = counted.map(|answer| (&answer.wording, Some(i64::from(answer.count))));
        let opinions = asked.opinions.iter().map(|opinion| (opinion, None));
        for (position, (words, times)) in (0_i64..).zip(counted.chain(opinions)) {
            run!(
                tx,
                "insert into session_answer (office_id, session_id, question, position, words, \
                 times) values ($1, $2, $3, $4, $5, $6)",
                office.0,
                session,
                question,
                position,
                words,
                times,
            )?;
        }
    }
    Ok(())
}

/// The account as it will be read again.
fn kept(account: &Account) -> Account {
    Account {
        written_at: instant::kept(account.written_at),
        changed_at: instant::kept(account.changed_at),
        ..account.clone()
    }
}
