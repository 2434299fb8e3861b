//! `/office person` キーパーソン: who moves cooperation forward, for the desk only (decision 0026).
//!
//! Without a name it lists; with a name it adds, corrects or removes. Names and notes stand in answers to coordinators and
//! in sealed bytes, nowhere else: not in the audit, not in a suggestion.

mod undo;

use super::profession::name_of;
use crate::{
    Context,
    answer::{Answer, Reply},
    audit::note,
    card::frame::Frame,
    custom_id::{Action, KeyPerson as Press},
    dispatch::{May, answer},
    error::Error,
    issue::{draft as drafts, privacy, undo::button_of},
    option::{clean, clean_optional},
    page, permission,
    request::Request,
    text,
    text::Text,
};
use domain::{
    id::{AssociationId, DraftId, KeyPersonId},
    key_person::{KeyPerson, NAME_UNITS_MAX, NOTE_UNITS_MAX, PER_OFFICE_MAX},
    personal_data,
    speaker::Desk,
    text::{escape_markdown, one_line},
};
use serde::{Deserialize, Serialize};
use storage::{Conflict, Subject, Transaction};

/// Key persons a page.
const PAGE: i64 = 10;
/// UTF-16 units of a note in the list; escaping may triple them.
const NOTE_SHOWN_MAX: usize = 80;
const LIST: &str = "key-person-list";
const UNDO: &str = "key-person-undo";

/// Which of them a list shows.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
struct Wanted {
    association: Option<i64>,
}

/// Association, name and note.
type Words = (Option<i64>, String, Option<String>);

/// What waits behind the button that takes a change back; it holds a name, so it is never printed.
#[derive(Clone, Serialize, Deserialize)]
struct Undoing {
    id: i64,
    /// As the person was before; `None` when there was none.
    before: Option<Words>,
    /// As the change left the person; `None` when it removed them.
    after: Option<Words>,
    /// When, in microseconds.
    at: i64,
}

/// A change about to be made.
#[derive(Clone)]
enum Change {
    Add(KeyPerson),
    Correct(KeyPerson),
    Remove(KeyPersonId),
}

/// `/office person` キーパーソン
#[poise::command(slash_command)]
pub(crate) async fn person(
    ctx: Context<'_>,
    name: Option<String>,
    #[autocomplete = "crate::matching::associations"] association: Option<String>,
    note: Option<String>,
    remove: Option<bool>,
) -> Result<(), Error> {
    answer(ctx, May::Say, async move |request: Request| {
        let desk = permission::coordinate(&request)?;
        let association = match association.as_deref() {
            None => None,
            Some(name) => Some(
                request
                    .office
                    .association_named(name)
                    .ok_or_else(|| Error::refuse(Text::new("refused-unknown-association")))?
                    .id,
            ),
        };
        let Some(name) = name else {
            if note.is_some() || remove.is_some() {
                return Err(Error::refuse(Text::new("refused-key-person-nameless")));
            }
            return list(&request, desk, association).await;
        };
        let name = clean(&name, NAME_UNITS_MAX, "what-name")?;
        let note = clean_optional(note.as_deref(), NOTE_UNITS_MAX, "what-note")?;
        check(&name, note.as_deref())?;
        change(
            &request,
            desk,
            &name,
            association,
            note,
            remove.unwrap_or_default(),
        )
        .await
    })
    .await
}

/// A button was pressed.
pub(crate) async fn pressed(request: &Request, press: Press) -> Result<Answer, Error> {
    let desk = permission::coordinate(request)?;
    match press {
        Press::Page(draft, number) => {
            let wanted: Wanted = drafts::find(request, draft, LIST).await?;
            Ok(Answer::Replace(
                page(request, desk, wanted, Some(draft), number).await?,
            ))
        }
        Press::Undo(draft) => undo::take_back(request, desk, draft).await,
    }
}

/// Names are the point here, and so are words about a person's ways; numbers, addresses and anybody's illness are not.
fn check(name: &str, note: Option<&str>) -> Result<(), Error> {
    name_of(name).map(drop)?;
    for words in [Some(name), note].into_iter().flatten() {
        let found = personal_data::check(words);
        if found.has_certain() {
            return Err(Error::refuse(text!(
                "refused-key-person-number",
                masked = escape_markdown(&personal_data::mask(words, &found.hits)),
            )));
        }
        privacy::refuse_single_case(words)?;
    }
    Ok(())
}

/// All key persons of the office; whoever asks is of the desk.
pub(crate) async fn all(request: &Request) -> Result<Vec<KeyPerson>, Error> {
    let office = request.office_id();
    let found = request
        .app
        .store
        .read(move |connection| Box::pin(storage::key_person::of(connection, office)))
        .await?;
    Ok(found)
}

/// The person of a name: of several, the one of the association that was named.
fn called<'a>(
    persons: &'a [KeyPerson],
    name: &str,
    association: Option<AssociationId>,
    desk: Desk,
) -> Result<Option<&'a KeyPerson>, Error> {
    let named: Vec<&KeyPerson> = persons
        .iter()
        .filter(|person| person.is_called(name, desk))
        .collect();
    match named.as_slice() {
        [] => Ok(None),
        [one] => Ok(Some(one)),
        several => several
            .iter()
            .find(|person| person.association == association)
            .copied()
            .map(Some)
            .ok_or_else(|| Error::refuse(Text::new("refused-key-person-namesakes"))),
    }
}

async fn change(
    request: &Request,
    desk: Desk,
    name: &str,
    association: Option<AssociationId>,
    note: Option<String>,
    remove: bool,
) -> Result<Answer, Error> {
    let persons = all(request).await?;
    let known = called(&persons, name, association, desk)?;
    let unknown = || Error::refuse(Text::new("refused-no-such-key-person"));
    let made = |id, association, note: Option<&str>| {
        KeyPerson::new(id, association, name, note)
            .ok_or(Error::Fault("a name that was cleaned is empty"))
    };
    let (key, change) = match known {
        None if remove => return Err(unknown()),
        None => {
            let person = made(KeyPersonId(0), association, note.as_deref())?;
            ("key-person-added", Change::Add(person))
        }
        Some(known) if remove => ("key-person-removed", Change::Remove(known.id)),
        Some(known) => {
            let note = note.as_deref().or(known.note(desk));
            let person = made(known.id, association.or(known.association), note)?;
            if person == *known {
                let text = text!("key-person-shown", person = line(request, known, desk));
                return Ok(Answer::Say(Reply::of(&text, request.language)));
            }
            ("key-person-corrected", Change::Correct(person))
        }
    };
    let shown = match &change {
        Change::Add(person) | Change::Correct(person) => line(request, person, desk),
        Change::Remove(_) => known
            .map(|known| line(request, known, desk))
            .unwrap_or_default(),
    };
    let before = known.map(|known| words_of(known, desk));
    let draft = record(request, desk, change, before).await?;
    let reply = Reply::of(&text!(key, person = shown), request.language);
    let button = button_of(request, Action::KeyPerson(Press::Undo(draft)));
    Ok(Answer::Say(reply.row(button)))
}

fn words_of(person: &KeyPerson, desk: Desk) -> Words {
    (
        person.association.map(|association| association.0),
        person.name(desk).to_owned(),
        person.note(desk).map(ToOwned::to_owned),
    )
}

/// Makes the change, with audit and what taking it back needs, in one transaction.
async fn record(
    request: &Request,
    desk: Desk,
    change: Change,
    before: Option<Words>,
) -> Result<DraftId, Error> {
    let after = match &change {
        Change::Add(person) | Change::Correct(person) => Some(words_of(person, desk)),
        Change::Remove(_) => None,
    };
    let undoing = Undoing {
        id: 0,
        before,
        after,
        at: request.now.timestamp_micros(),
    };
    let offer = drafts::new(request, UNDO, &undoing)?;
    let (office, who, now) = (request.office_id(), request.person.user, request.now);
    request
        .record(move |tx| {
            let (change, mut offer) = (change.clone(), offer.clone());
            Box::pin(async move {
                let (id, what) = match change {
                    Change::Add(person) => {
                        let kept =
                            storage::key_person::insert(tx, office, &person, who, now).await?;
                        (kept.id, "add")
                    }
                    Change::Correct(person) => {
                        storage::key_person::update(tx, office, &person, now).await?;
                        (person.id, "edit")
                    }
                    Change::Remove(id) => {
                        storage::key_person::remove(tx, office, id).await?;
                        (id, "remove")
                    }
                };
                audited(tx, (office, who, now), id, what).await?;
                offer.body["id"] = id.0.into();
                storage::draft::put(tx, office, &offer).await
            })
        })
        .await
        .map_err(|error| unkept(error, "refused-no-such-key-person"))
}

/// Why a key person could not be kept; `missing` says what to do when the person or the association is gone.
fn unkept(error: Error, missing: &'static str) -> Error {
    match error {
        Error::Storage(storage::Error::Conflict(Conflict::Full)) => {
            Error::refuse(text!("refused-too-many", limit = PER_OFFICE_MAX))
        }
        Error::Storage(storage::Error::Conflict(Conflict::Missing)) => {
            Error::refuse(Text::new(missing))
        }
        other => other,
    }
}

/// Where, who and when.
type Acting = (
    domain::id::OfficeId,
    domain::id::UserId,
    chrono::DateTime<chrono::Utc>,
);

/// The audit knows who changed which number, and no name.
async fn audited(
    tx: &mut Transaction,
    (office, who, now): Acting,
    id: KeyPersonId,
    what: &'static str,
) -> storage::Result<()> {
    let details = [("what", what.to_owned())];
    let about = Some(Subject::from(id));
    note(tx, office, about, "office.person", who, now, &details).await
}

async fn list(
    request: &Request,
    desk: Desk,
    association: Option<AssociationId>,
) -> Result<Answer, Error> {
    let wanted = Wanted {
        association: association.map(|association| association.0),
    };
    Ok(Answer::Say(page(request, desk, wanted, None, 0).await?))
}

async fn page(
    request: &Request,
    desk: Desk,
    wanted: Wanted,
    draft: Option<DraftId>,
    number: i64,
) -> Result<Reply, Error> {
    let mut persons = all(request).await?;
    persons.retain(|person| {
        wanted
            .association
            .is_none_or(|id| person.association == Some(AssociationId(id)))
    });
    // By association, in the office's own order, those of none last.
    persons.sort_by_key(|person| (person.association.is_none(), person.association, person.id));
    let total = i64::try_from(persons.len()).unwrap_or(i64::MAX);
    if total == 0 {
        return Ok(Reply::of(&Text::new("key-person-empty"), request.language));
    }
    let last = page::last(total, PAGE);
    let number = number.min(last);
    let lines: Vec<String> = persons
        .iter()
        .skip(usize::try_from(number * PAGE).unwrap_or(usize::MAX))
        .take(usize::try_from(PAGE).unwrap_or(usize::MAX))
        .map(|person| line(request, person, desk))
        .collect();
    let frame = Frame::titled(request.say(&text!("key-person-title", total = total)))
        .words(lines.join("\n"))
        .footer(request.say(&Text::new("key-person-note")));
    let reply = Reply::default().embed(frame.draw());
    if last == 0 {
        return Ok(reply);
    }
    let draft = match draft {
        Some(draft) => draft,
        None => drafts::put(request, LIST, &wanted).await?,
    };
    let turning = page::turning(request, number, last, |page| {
        Action::KeyPerson(Press::Page(draft, page))
    });
    Ok(reply.line(&page::place(request, number, last)).row(turning))
}

/// One of them in a line: name, association, the beginning of the note.
pub(crate) fn line(request: &Request, person: &KeyPerson, desk: Desk) -> String {
    let association = person
        .association
        .and_then(|id| request.office.association(id))
        .map(|association| escape_markdown(&association.name));
    let name = escape_markdown(person.name(desk));
    let note = person
        .note(desk)
        .map(|note| escape_markdown(&one_line(note, NOTE_SHOWN_MAX)));
    let text = match (association, note) {
        (Some(association), Some(note)) => text!(
            "key-person-line-full",
            name = name,
            association = association,
            note = note
        ),
        (Some(association), None) => {
            text!(
                "key-person-line-association",
                name = name,
                association = association
            )
        }
        (None, Some(note)) => text!("key-person-line-note", name = name, note = note),
        (None, None) => text!("key-person-line", name = name),
    };
    request.say(&text)
}
