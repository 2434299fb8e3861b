//! A person's name is removed wherever it is kept under seal: from the issues of which they are the speaker,
//! and from the key persons. What was said stays. The desk writes the name as it was written down, sees in
//! how many places it stands, and confirms.

use super::petition::{find, meanwhile, say};
use crate::{
    answer::{Answer, Field, Form, Reply},
    audit::note,
    custom_id::{Action, Keeping},
    dispatch::Fields,
    error::Error,
    issue::draft as drafts,
    option::clean,
    permission,
    request::Request,
    text,
    text::Text,
};
use chrono::{DateTime, Utc};
use domain::{
    audience::Destination,
    id::{DraftId, IssueId, KeyPersonId, OfficeId, PetitionId, UserId},
    issue::SPEAKER_UNITS_MAX,
    text::escape_markdown,
};
use serde::{Deserialize, Serialize};
use serenity::all::{ButtonStyle, CreateActionRow, CreateButton};
use std::sync::Arc;
use storage::{
    Subject, Transaction,
    petition::{Carriers, NAMES_AT_ONCE, State},
};

const STEP: &str = "petition-name";
/// The field of the form.
const NAME: &str = "name";
/// Most characters of a name that are read.
const NAME_CHARACTERS_MAX: u16 = 100;

/// What waits behind the button: drafts are sealed, so the name is as well.
#[derive(Clone, Serialize, Deserialize)]
struct Named {
    petition: PetitionId,
    name: String,
}

/// The form that asks for the name as it was written down.
pub(super) fn form(request: &Request, id: PetitionId) -> Form {
    Form {
        custom_id: Action::Keeping(Keeping::Named(id)).custom_id(),
        title: request.say(&Text::new("form-petition-name")),
        fields: vec![Field {
            id: NAME,
            label: request.say(&Text::new("form-petition-name-field")),
            placeholder: request.say(&Text::new("form-petition-name-hint")),
            value: None,
            required: true,
            long: false,
            characters_max: NAME_CHARACTERS_MAX,
        }],
    }
}

async fn carriers(request: &Request, name: &str) -> Result<Carriers, Error> {
    let desk = permission::coordinate(request)?;
    let (office, name) = (request.office_id(), name.to_owned());
    let found = request
        .app
        .store
        .read(move |connection| {
            Box::pin(
                async move { storage::petition::carriers(connection, office, &name, desk).await },
            )
        })
        .await?;
    Ok(found)
}

/// The name was sent: where it stands, to be confirmed.
pub(super) async fn named(
    request: &Request,
    id: PetitionId,
    fields: &Fields,
) -> Result<Answer, Error> {
    find(request, id).await?;
    let written = fields.get(NAME).map(String::as_str).unwrap_or_default();
    let name = clean(written, SPEAKER_UNITS_MAX, "form-petition-name-field")?;
    let found = carriers(request, &name).await?;
    let waiting = Named { petition: id, name };
    let draft = drafts::put(request, STEP, &waiting).await?;
    let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    let text = text!(
        "petition-name-found",
        name = escape_markdown(&waiting.name),
        issues = count(found.issues.len()),
        persons = count(found.key_persons.len()),
    );
    let button = CreateButton::new(Action::Keeping(Keeping::Remove(draft)).custom_id())
        .label(request.say(&Text::new("button-petition-remove")))
        .style(ButtonStyle::Danger);
    let again = CreateButton::new(Action::Keeping(Keeping::Done(id)).custom_id())
        .label(request.say(&Text::new("button-petition-again")))
        .style(ButtonStyle::Secondary);
    let row = CreateActionRow::Buttons(vec![button, again]);
    Ok(Answer::Say(Reply::of(&text, request.language).row(row)))
}

/// It was confirmed. The petition is decided with the last names, so that a stop in between leaves it open
/// and the button goes on.
pub(super) async fn remove(request: &Request, draft: DraftId) -> Result<Answer, Error> {
    let waiting: Named = drafts::find(request, draft, STEP).await?;
    let petition = find(request, waiting.petition).await?;
    let (office, who, now) = (request.office_id(), request.person.user, request.now);
    // What waits between two steps of somebody may hold the name, and bring it back: by an undo, or by an
    // import under way. It goes before the name is looked for, so that whatever was stored of it is found.
    let purged = request.app.store.write(move |tx| {
        Box::pin(async move { storage::draft::purge_but(tx, office, draft, now).await })
    });
    purged.await?;
    let found = carriers(request, &waiting.name).await?;
    let count = i64::try_from(found.count()).unwrap_or(i64::MAX);
    let split = found.issues.len().saturating_sub(NAMES_AT_ONCE);
    let (earlier, last) = found.issues.split_at(split);
    for some in earlier.chunks(NAMES_AT_ONCE) {
        let some: Arc<[IssueId]> = some.into();
        let step = request.app.store.write(move |tx| {
            let some = Arc::clone(&some);
            Box::pin(async move { take_away(tx, office, &some, (who, now)).await })
        });
        step.await?;
    }
    let (last, persons): (Arc<[IssueId]>, Arc<[i64]>) = (last.into(), found.key_persons.into());
    let id = petition.id;
    // What has come to wait since the button was pressed goes as well.
    let until = request.app.clock.now();
    request
        .record(move |tx| {
            let (last, persons) = (Arc::clone(&last), Arc::clone(&persons));
            Box::pin(async move {
                take_away(tx, office, &last, (who, now)).await?;
                for person in persons.iter() {
                    storage::key_person::remove(tx, office, KeyPersonId(*person)).await?;
                    let about = Subject::from(KeyPersonId(*person));
                    let act = "petition.remove-name";
                    note(tx, office, Some(about), act, who, now, &[]).await?;
                }
                storage::draft::purge_of(tx, office, until).await?;
                let word = (State::Done, None);
                let decided = storage::petition::decide(tx, office, id, word, who, now).await?;
                let about = Some(Subject::from(id));
                note(tx, office, about, "petition.done", who, now, &[]).await?;
                say(tx, office, &decided, now).await
            })
        })
        .await
        .map_err(meanwhile)?;
    let text = text!("petition-name-removed", count = count);
    Ok(Answer::Replace(Reply::of(&text, request.language)))
}

/// Takes the names away from some issues; the desk's cards follow.
async fn take_away(
    tx: &mut Transaction,
    office: OfficeId,
    issues: &[IssueId],
    (who, now): (UserId, DateTime<Utc>),
) -> storage::Result<()> {
    let desk = Destination::Desk;
    for (issue, revision) in storage::petition::remove_speakers(tx, office, issues).await? {
        let about = Subject::from(issue);
        note(
            tx,
            office,
            Some(about),
            "petition.remove-name",
            who,
            now,
            &[],
        )
        .await?;
        let wanted = storage::outbox::wanted_at(tx, office, about).await?;
        if wanted.contains(&desk) {
            storage::outbox::want(tx, office, about, desk, revision, now).await?;
        }
    }
    Ok(())
}
