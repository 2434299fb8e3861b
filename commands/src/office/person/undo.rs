//! *元に戻す* for key persons: added ones go, corrected and removed ones come back, while nobody has
//! changed them since.

use super::{Acting, UNDO, Undoing, audited, line, unkept, words_of};
use crate::{
    answer::{Answer, Reply},
    error::Error,
    issue::{
        draft as drafts,
        undo::{UNDO_MINUTES, is_late},
    },
    request::Request,
    text,
    text::Text,
};
use domain::{
    id::{AssociationId, DraftId, KeyPersonId},
    key_person::KeyPerson,
    speaker::Desk,
};
use storage::Transaction;

/// What became of an undo inside its transaction.
enum Ended {
    Undone,
    Gone,
    /// Somebody has changed the person since.
    Changed,
}

/// Writes a key person as before, or takes an added one away.
async fn bring_back(
    tx: &mut Transaction,
    (office, who, now): Acting,
    id: i64,
    stands: bool,
    before: Option<KeyPerson>,
) -> storage::Result<()> {
    let id = KeyPersonId(id);
    let id = match before {
        None => {
            storage::key_person::remove(tx, office, id).await?;
            id
        }
        Some(person) if stands => {
            storage::key_person::update(tx, office, &person, now).await?;
            id
        }
        // Whoever was removed comes back under a new number.
        Some(person) => {
            storage::key_person::insert(tx, office, &person, who, now)
                .await?
                .id
        }
    };
    audited(tx, (office, who, now), id, "undo").await
}

/// *元に戻す* was pressed.
pub(super) async fn take_back(
    request: &Request,
    desk: Desk,
    draft: DraftId,
) -> Result<Answer, Error> {
    let undoing: Undoing = match drafts::find(request, draft, UNDO).await {
        Err(Error::Refusal(_)) => return Err(Error::refuse(Text::new("refused-undo-gone"))),
        found => found?,
    };
    if is_late(request, undoing.at) {
        let instead = Text::new("undo-late-key-person").say(request.language);
        return Err(Error::refuse(text!(
            "refused-undo-late",
            minutes = UNDO_MINUTES,
            instead = instead
        )));
    }
    let before = match &undoing.before {
        None => None,
        Some((association, name, note)) => Some(
            KeyPerson::new(
                KeyPersonId(undoing.id),
                association.map(AssociationId),
                name,
                note.as_deref(),
            )
            .ok_or(Error::Fault("a kept name is empty"))?,
        ),
    };
    let (office, who, now) = (request.office_id(), request.person.user, request.now);
    let wanted = before.clone();
    let ended = request
        .record(move |tx| {
            let (undoing, wanted) = (undoing.clone(), wanted.clone());
            Box::pin(async move {
                let known = storage::key_person::of(tx, office).await?;
                let known = known.iter().find(|person| person.id.0 == undoing.id);
                if known.map(|person| words_of(person, desk)) != undoing.after {
                    return Ok(Ended::Changed);
                }
                let taken = storage::draft::take(tx, office, draft, who, UNDO, now).await?;
                if taken.is_none() {
                    return Ok(Ended::Gone);
                }
                bring_back(tx, (office, who, now), undoing.id, known.is_some(), wanted).await?;
                Ok(Ended::Undone)
            })
        })
        .await
        .map_err(|error| unkept(error, "refused-key-person-changed"))?;
    match ended {
        Ended::Undone => {}
        Ended::Gone => return Err(Error::refuse(Text::new("refused-undo-gone"))),
        Ended::Changed => return Err(Error::refuse(Text::new("refused-key-person-changed"))),
    }
    let text = match &before {
        None => Text::new("key-person-undone-add"),
        Some(person) => text!("key-person-undone", person = line(request, person, desk)),
    };
    Ok(Answer::Replace(Reply::of(&text, request.language)))
}
