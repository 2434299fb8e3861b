//! A bulletin after it was posted: everything in it, page by page, and the *confirmed* button for officers
//! and contacts of its association.

use super::{known, topics, word};
use crate::{
    answer::{Answer, Reply},
    audit,
    card::{
        self,
        frame::{Frame, cut},
    },
    custom_id::{Action, Notice as Press},
    error::Error,
    page,
    request::Request,
    text,
    text::Text,
};
use chrono::{DateTime, Utc};
use domain::{
    id::{BulletinId, NoticeId, OfficeId, UserId},
    notice::{Notice, State, bulletin::sections},
    occurrence::Matter,
    office::Office,
    person::{Person, Rank},
    text::{escape_markdown, utf16_len},
};
use std::sync::Arc;
use storage::{Connection, Subject, Transaction, notice::bulletin::Bulletin};

/// The act in audit and history.
const ACT: &str = "notice.confirm";
/// UTF-16 units of one page.
const PAGE_UNITS_MAX: usize = 3_500;

/// Whether a person confirms for the association of a bulletin: its officers and contacts.
fn may_confirm(person: &Person, bulletin: &Bulletin) -> bool {
    person
        .rank_in(bulletin.association)
        .is_some_and(|rank| rank != Rank::Member)
}

/// The bulletin of a number. What is in it is known to everybody the office knows: notices are public; who
/// has confirmed is said to its own association only.
async fn find(request: &Request, id: BulletinId) -> Result<Bulletin, Error> {
    known(request)?;
    let office = request.office_id();
    let found = request
        .app
        .store
        .read(move |connection| Box::pin(storage::notice::bulletin::find(connection, office, id)))
        .await?;
    found.ok_or_else(|| Error::refuse(Text::new("refused-no-such-bulletin")))
}

/// *Confirmed* was pressed.
pub(super) async fn confirm(request: &Request, id: BulletinId) -> Result<Answer, Error> {
    let bulletin = find(request, id).await?;
    if !may_confirm(&request.person, &bulletin) {
        return Err(Error::refuse(Text::new("refused-bulletin-confirm")));
    }
    if let Some((who, _)) = bulletin.confirmed {
        return Ok(Answer::Say(already(request, &bulletin, who)));
    }
    let (who, now) = (request.person.user, request.now);
    let office = Arc::clone(&request.office);
    let confirmed = request
        .record(move |tx| {
            let office = Arc::clone(&office);
            Box::pin(async move { confirm_for(tx, &office, id, (who, now)).await })
        })
        .await?;
    let said = match confirmed {
        Some(_) => Text::new("bulletin-confirmed-now"),
        None => Text::new("bulletin-confirmed-already"),
    };
    Ok(Answer::Say(Reply::of(&said, request.language)))
}

/// Notes that a bulletin was confirmed, in a transaction of the caller's: its association is reminded of it
/// no more, and its card says so. `None` when somebody has confirmed it already.
///
/// # Errors
/// Storage failed.
pub async fn confirm_for(
    tx: &mut Transaction,
    office: &Office,
    id: BulletinId,
    (who, now): (UserId, DateTime<Utc>),
) -> storage::Result<Option<Bulletin>> {
    let confirmed = storage::notice::bulletin::confirm(tx, office.id, id, (who, now)).await?;
    let Some(confirmed) = confirmed else {
        return Ok(None);
    };
    storage::occurrence::cancel_all(tx, office.id, Matter::Bulletin, id.0).await?;
    let about = Subject::from(id);
    for destination in storage::outbox::wanted_at(tx, office.id, about).await? {
        // The wide list does not say who has confirmed.
        if destination != domain::audience::Destination::Notice {
            let revision = confirmed.revision;
            storage::outbox::want(tx, office.id, about, destination, revision, now).await?;
        }
    }
    audit::note(tx, office.id, Some(about), ACT, who, now, &[]).await?;
    Ok(Some(confirmed))
}

fn already(request: &Request, bulletin: &Bulletin, who: UserId) -> Reply {
    if who == request.person.user {
        return Reply::of(&Text::new("bulletin-confirmed-by-you"), request.language);
    }
    let said = text!(
        "bulletin-confirmed-by",
        line = confirmed(bulletin, &request.office, request.language)
    );
    Reply::of(&said, request.language)
}

/// Who has confirmed it, and when; empty while nobody has.
pub(crate) fn confirmed(
    bulletin: &Bulletin,
    office: &Office,
    language: domain::setting::Language,
) -> String {
    let Some((who, at)) = bulletin.confirmed else {
        return String::new();
    };
    text!(
        "bulletin-confirmed",
        who = format!("<@{who}>"),
        moment = card::moment(at, office, language)
    )
    .say(language)
}

/// What a bulletin told, or with `wide` every bulletin that was posted together with it.
pub(crate) async fn told(
    connection: &mut Connection,
    office: OfficeId,
    bulletin: &Bulletin,
    wide: bool,
) -> storage::Result<Vec<(NoticeId, State)>> {
    let mut told = bulletin.notices.clone();
    if !wide {
        return Ok(told);
    }
    let posting = bulletin.posting;
    let all = storage::notice::bulletin::of_posting(connection, office, posting).await?;
    for (notice, state) in all.into_iter().flat_map(|it| it.notices) {
        if told.iter().all(|(known, _)| *known != notice) {
            told.push((notice, state));
        }
    }
    Ok(told)
}

/// The notices of a bulletin with how each stood when the association was told.
pub(crate) async fn notices(
    connection: &mut Connection,
    office: OfficeId,
    told: &[(NoticeId, State)],
) -> storage::Result<Vec<(Notice, State)>> {
    let mut notices = Vec::with_capacity(told.len());
    for (id, state) in told {
        let found = storage::notice::find(connection, office, *id).await?;
        notices.extend(found.filter(|it| !it.retracted).map(|it| (it, *state)));
    }
    Ok(notices)
}

/// A page of everything in a bulletin.
pub(super) async fn turn(
    request: &Request,
    (id, wide): (BulletinId, bool),
    number: i64,
) -> Result<Answer, Error> {
    let bulletin = find(request, id).await?;
    let topics = topics(request).await?;
    let (office, of) = (request.office_id(), bulletin.clone());
    let read = request
        .app
        .store
        .read(move |connection| {
            let of = of.clone();
            Box::pin(async move {
                let told = told(connection, office, &of, wide).await?;
                notices(connection, office, &told).await
            })
        })
        .await?;
    let read: Vec<(&Notice, State)> = read.iter().map(|(it, state)| (it, *state)).collect();
    let pages = pages(&word::sections(&sections(&read), &topics, request.language));
    let last = i64::try_from(pages.len())
        .unwrap_or(i64::MAX)
        .saturating_sub(1)
        .max(0);
    // Pages of what was pressed in a channel begin anew there; within the answer they are turned.
    let shown = number.saturating_sub(1).clamp(0, last);
    let words = usize::try_from(shown)
        .ok()
        .and_then(|at| pages.get(at))
        .cloned();
    let name = request
        .office
        .association(bulletin.association)
        .map(|it| it.name.as_str());
    let zone = request.office.settings.time_zone;
    let posted = bulletin.posted_at.with_timezone(&zone).date_naive();
    let date = card::date(posted, request.language);
    let title = if wide {
        text!("bulletin-title-wide", date = date)
    } else {
        let association = escape_markdown(name.unwrap_or_default());
        text!("bulletin-title", date = date, association = association)
    };
    let frame = Frame::titled(request.say(&title))
        .words(words.unwrap_or_default())
        .footer(page::place(request, shown, last));
    let mut reply = Reply::default().embed(frame.draw());
    if last > 0 {
        reply = reply.row(page::turning(request, shown, last, |page| {
            Action::Notice(if wide {
                Press::Posting(id, page + 1)
            } else {
                Press::Bulletin(id, page + 1)
            })
        }));
    }
    Ok(if number == 0 {
        Answer::Say(reply)
    } else {
        Answer::Replace(reply)
    })
}

/// Sections as pages that fit.
fn pages(sections: &[String]) -> Vec<String> {
    let mut pages: Vec<String> = Vec::new();
    for section in sections {
        let section = cut(section, PAGE_UNITS_MAX);
        match pages.last_mut() {
            Some(page) if utf16_len(page) + utf16_len(&section) < PAGE_UNITS_MAX => {
                page.push('\n');
                page.push_str(&section);
            }
            _ => pages.push(section),
        }
    }
    pages
}
