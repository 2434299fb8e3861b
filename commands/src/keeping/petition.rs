//! What persons ask for about their own data (本人からの依頼): laid on the desk from `/help privacy`, once;
//! answered there with *done* or *not possible*. The desk talks with the person as it always does; here
//! stands only who asked, for what, and what became of it.

use super::name;
use crate::{
    answer::{Answer, Field, Form, Reply},
    audit::note,
    card,
    custom_id::{Action, Keeping},
    dispatch::Fields,
    error::Error,
    issue::privacy,
    option::clean,
    permission,
    request::Request,
    text,
    text::Text,
};
use domain::{audience::Destination, id::PetitionId, text::escape_markdown};
use serenity::all::{ButtonStyle, CreateActionRow, CreateButton};
use storage::{
    Conflict, Subject, Transaction,
    petition::{Kind, Petition, State},
};

/// The field of the form that asks why it is not possible.
const REASON: &str = "reason";
/// Longest reason, in characters.
const REASON_CHARACTERS_MAX: u16 = 500;

/// The buttons below `/help privacy`, and how far what this person asked for has come.
pub(crate) async fn offered(request: &Request, reply: Reply) -> Result<Reply, Error> {
    let (office, person) = (request.office_id(), request.person.user);
    let asked = request
        .app
        .store
        .read(move |connection| Box::pin(storage::petition::of(connection, office, person)))
        .await?;
    let button = |kind: Kind| {
        let waits = asked
            .iter()
            .any(|petition| petition.kind == kind && petition.state == State::Open);
        CreateButton::new(Action::Keeping(Keeping::Petition(kind)).custom_id())
            .label(request.say(&Text::new(format!("button-petition-ask-{}", kind.code()))))
            .style(ButtonStyle::Secondary)
            .disabled(waits)
    };
    let buttons = Kind::ALL.iter().map(|kind| button(*kind)).collect();
    let reply = asked.iter().fold(reply, |reply, petition| {
        reply.line(&line(request, petition))
    });
    Ok(reply.row(CreateActionRow::Buttons(buttons)))
}

/// How far a petition has come, for the person who asked.
fn line(request: &Request, petition: &Petition) -> String {
    let day = |at: chrono::DateTime<chrono::Utc>| {
        let local = at.with_timezone(&request.office.settings.time_zone);
        card::date(local.date_naive(), request.language)
    };
    let kind = Text::new(format!("word-petition-{}", petition.kind.code()));
    let text = Text::new(format!("petition-state-{}", petition.state.code()))
        .with("kind", kind)
        .with("day", day(petition.asked_at));
    let decided = petition.decided.map(|(_, at)| day(at)).unwrap_or_default();
    let reason = petition.reason.as_deref().map(escape_markdown);
    request.say(
        &text
            .with("decided", decided)
            .with("reason", reason.unwrap_or_default()),
    )
}

/// Lays it on the desk; anybody in the server may.
pub(crate) async fn ask(request: &Request, kind: Kind) -> Result<Answer, Error> {
    if Destination::Desk.channel(&request.office).is_none() {
        return Err(Error::refuse(Text::new("refused-petition-no-desk")));
    }
    let (office, who, now) = (request.office_id(), request.person.user, request.now);
    request
        .record(move |tx| {
            Box::pin(async move {
                let laid = storage::petition::insert(tx, office, kind, who, now).await?;
                let details = [("kind", kind.code().to_owned())];
                let about = Some(Subject::from(laid.id));
                note(tx, office, about, "petition.ask", who, now, &details).await?;
                say(tx, office, &laid, now).await
            })
        })
        .await
        .map_err(|error| match error {
            Error::Storage(storage::Error::Conflict(Conflict::InUse)) => {
                Error::refuse(Text::new("refused-petition-waits"))
            }
            Error::Storage(storage::Error::Conflict(Conflict::Full)) => {
                Error::refuse(Text::new("refused-petition-full"))
            }
            other => other,
        })?;
    let kind = Text::new(format!("word-petition-{}", kind.code()));
    let text = text!("petition-laid", kind = kind);
    Ok(Answer::Say(Reply::of(&text, request.language)))
}

/// Has the card at the desk say what is so now.
pub(super) async fn say(
    tx: &mut Transaction,
    office: domain::id::OfficeId,
    petition: &Petition,
    now: chrono::DateTime<chrono::Utc>,
) -> storage::Result<()> {
    let about = Subject::from(petition.id);
    storage::outbox::want(tx, office, about, Destination::Desk, petition.revision, now).await
}

/// A petition that waits for the desk.
pub(super) async fn find(request: &Request, id: PetitionId) -> Result<Petition, Error> {
    permission::coordinate(request)?;
    let office = request.office_id();
    let found = request
        .app
        .store
        .read(move |connection| Box::pin(storage::petition::find(connection, office, id)))
        .await?;
    found
        .filter(|petition| petition.state == State::Open)
        .ok_or_else(|| Error::refuse(Text::new("refused-petition-over")))
}

/// The desk has done it. Of a name the form asks which, so that it is removed here.
pub(crate) async fn done(request: &Request, id: PetitionId) -> Result<Answer, Error> {
    let petition = find(request, id).await?;
    if petition.kind == Kind::Removal {
        return Ok(Answer::Ask(name::form(request, id)));
    }
    decide(request, id, State::Done, None).await?;
    let text = text!(
        "petition-done-said",
        who = format!("<@{}>", petition.person)
    );
    Ok(Answer::Say(Reply::of(&text, request.language)))
}

/// The form that asks why it is not possible.
pub(crate) async fn decline(request: &Request, id: PetitionId) -> Result<Answer, Error> {
    find(request, id).await?;
    Ok(Answer::Ask(Form {
        custom_id: Action::Keeping(Keeping::Decline(id)).custom_id(),
        title: request.say(&Text::new("form-petition-decline")),
        fields: vec![Field {
            id: REASON,
            label: request.say(&Text::new("form-petition-reason")),
            placeholder: request.say(&Text::new("form-petition-reason-hint")),
            value: None,
            required: true,
            long: true,
            characters_max: REASON_CHARACTERS_MAX,
        }],
    }))
}

/// The reason was sent; the person reads it in `/help privacy`.
pub(crate) async fn declined(
    request: &Request,
    id: PetitionId,
    fields: &Fields,
) -> Result<Answer, Error> {
    let petition = find(request, id).await?;
    let written = fields.get(REASON).map(String::as_str).unwrap_or_default();
    let reason = clean(
        written,
        usize::from(REASON_CHARACTERS_MAX),
        "form-petition-reason",
    )?;
    privacy::refuse_single_case(&reason)?;
    privacy::refuse_personal_data(&reason)?;
    decide(request, id, State::Declined, Some(reason)).await?;
    let text = text!(
        "petition-declined-said",
        who = format!("<@{}>", petition.person)
    );
    Ok(Answer::Say(Reply::of(&text, request.language)))
}

async fn decide(
    request: &Request,
    id: PetitionId,
    state: State,
    reason: Option<String>,
) -> Result<(), Error> {
    let (office, who, now) = (request.office_id(), request.person.user, request.now);
    let act = match state {
        State::Declined => "petition.decline",
        _ => "petition.done",
    };
    request
        .record(move |tx| {
            let reason = reason.clone();
            Box::pin(async move {
                let word = (state, reason.as_deref());
                let decided = storage::petition::decide(tx, office, id, word, who, now).await?;
                note(tx, office, Some(Subject::from(id)), act, who, now, &[]).await?;
                say(tx, office, &decided, now).await
            })
        })
        .await
        .map_err(meanwhile)
}

/// Somebody was a moment earlier.
pub(super) fn meanwhile(error: Error) -> Error {
    match error {
        Error::Storage(storage::Error::Conflict(Conflict::StaleRevision)) => {
            Error::refuse(Text::new("refused-petition-over"))
        }
        other => other,
    }
}
