//! `/office delete` 拠点の削除: everything of the office goes, and nothing brings it back. So it takes a
//! second coordinator, or a phrase that nobody types by mistake; before that it says what goes and what
//! stays, and offers the whole as a file.

use super::departure::export_button;
use crate::{
    Context,
    answer::{Answer, Field, Form, Reply},
    audit::note,
    card,
    custom_id::{Action, Keeping},
    dispatch::{Fields, May, answer},
    error::Error,
    permission,
    request::Request,
    text,
    text::{Text, grouped},
};
use domain::{
    audience::Destination,
    id::{DeletionId, UserId},
    text::normalise,
};
use serenity::all::{ButtonStyle, CreateActionRow, CreateButton};
use storage::{
    Conflict, Subject,
    archive::{Fate, TABLES},
    deletion::{Deletion, HOURS},
    erasure::Why,
};

/// The field of the form.
const PHRASE: &str = "phrase";
/// Most characters of the phrase that are read.
const PHRASE_CHARACTERS_MAX: u16 = 100;

/// `/office delete` 拠点の削除
#[poise::command(slash_command)]
pub(crate) async fn delete(ctx: Context<'_>, confirm: Option<String>) -> Result<(), Error> {
    answer(ctx, May::Say, async move |request: Request| {
        permission::coordinate(&request)?;
        match confirm {
            Some(written) if is_phrase(&request, &written) => erased(&request).await,
            _ => Ok(Answer::Say(shown(&request).await?)),
        }
    })
    .await
}

/// Whether somebody typed the phrase, in either language.
fn is_phrase(request: &Request, written: &str) -> bool {
    let plain = |text: &str| normalise(text).trim().to_lowercase();
    let phrase = |language| plain(&Text::new("deletion-phrase").say(language));
    let written = plain(written);
    written == phrase(request.language) || written == phrase(request.office.settings.locale)
}

/// What goes, what stays, and the two ways to confirm it.
async fn shown(request: &Request) -> Result<Reply, Error> {
    let office = request.office_id();
    let counted = request
        .app
        .store
        .read(move |connection| {
            Box::pin(async move {
                let mut counted = Vec::new();
                for name in ["issue", "session", "review", "project", "target", "record"] {
                    for table in TABLES.iter().filter(|table| table.name == name) {
                        let count = storage::archive::count(connection, office, table).await?;
                        counted.push((name, count));
                    }
                }
                let mut rows = 0;
                for table in TABLES {
                    if matches!(table.fate, Fate::Exported(_)) {
                        rows += storage::archive::count(connection, office, table).await?;
                    }
                }
                Ok((counted, rows))
            })
        })
        .await?;
    let (counted, rows) = counted;
    let lines = counted.into_iter().map(|(name, count)| {
        let noun = Text::new(format!("retention-kind-{name}"));
        request.say(&text!("retention-count", noun = noun, count = count))
    });
    let text = text!(
        "deletion-shown",
        counts = lines.collect::<Vec<_>>().join("\n"),
        rows = grouped(rows),
        phrase = Text::new("deletion-phrase"),
        hours = HOURS,
    );
    let button = |keeping: Keeping, key: &str, style| {
        CreateButton::new(Action::Keeping(keeping).custom_id())
            .label(request.say(&Text::new(key)))
            .style(style)
    };
    Ok(
        Reply::of(&text, request.language).row(CreateActionRow::Buttons(vec![
            export_button(request.language),
            button(
                Keeping::Second,
                "button-deletion-second",
                ButtonStyle::Primary,
            ),
            button(
                Keeping::Phrase,
                "button-deletion-phrase",
                ButtonStyle::Danger,
            ),
        ])),
    )
}

/// The form in which the phrase is typed.
pub(crate) fn form(request: &Request) -> Result<Answer, Error> {
    permission::coordinate(request)?;
    Ok(Answer::Ask(Form {
        custom_id: Action::Keeping(Keeping::Phrase).custom_id(),
        title: request.say(&Text::new("form-deletion")),
        fields: vec![Field {
            id: PHRASE,
            label: request.say(&Text::new("form-deletion-phrase")),
            placeholder: request.say(&Text::new("deletion-phrase")),
            value: None,
            required: true,
            long: false,
            characters_max: PHRASE_CHARACTERS_MAX,
        }],
    }))
}

/// The phrase was sent.
pub(crate) async fn typed(request: &Request, fields: &Fields) -> Result<Answer, Error> {
    permission::coordinate(request)?;
    let written = fields.get(PHRASE).map(String::as_str).unwrap_or_default();
    if !is_phrase(request, written) {
        return Err(Error::refuse(text!(
            "refused-deletion-phrase",
            phrase = Text::new("deletion-phrase"),
        )));
    }
    erased(request).await
}

/// Whoever typed the phrase confirms alone.
async fn erased(request: &Request) -> Result<Answer, Error> {
    let who = request.person.user;
    erase(request, (who, who), None).await
}

/// Begins to delete the office. From here on it has no server, and is carried out by whoever looks first.
async fn erase(
    request: &Request,
    who: (UserId, UserId),
    wanted: Option<DeletionId>,
) -> Result<Answer, Error> {
    let (office, now) = (request.office_id(), request.now);
    let begun = request
        .record(move |tx| {
            Box::pin(async move {
                // A moment ago it may have been taken back.
                if let Some(id) = wanted {
                    let found = storage::deletion::find(tx, office, id).await?;
                    if !found.is_some_and(|found| found.is_open(now)) {
                        return Ok(false);
                    }
                }
                storage::erasure::begin(tx, office, Why::Wanted, who, now).await
            })
        })
        .await?;
    if !begun {
        return Err(Error::refuse(Text::new("refused-deletion-over")));
    }
    let text = Text::new("deletion-begun");
    Ok(Answer::Say(Reply::of(&text, request.language)))
}

/// A second coordinator is asked, at the desk.
pub(crate) async fn second(request: &Request) -> Result<Answer, Error> {
    permission::coordinate(request)?;
    if Destination::Desk.channel(&request.office).is_none() {
        return Err(Error::refuse(Text::new("refused-deletion-no-desk")));
    }
    let (office, who, now) = (request.office_id(), request.person.user, request.now);
    let asked = request
        .record(move |tx| {
            Box::pin(async move {
                let asked = storage::deletion::insert(tx, office, who, now).await?;
                let about = Subject::from(asked.id);
                let act = "office.delete-ask";
                note(tx, office, Some(about), act, who, now, &[]).await?;
                let desk = Destination::Desk;
                storage::outbox::want(tx, office, about, desk, asked.revision, now).await?;
                Ok(asked)
            })
        })
        .await
        .map_err(|error| match error {
            Error::Storage(storage::Error::Conflict(Conflict::InUse)) => {
                Error::refuse(Text::new("refused-deletion-waits"))
            }
            other => other,
        })?;
    let until = card::moment(asked.expires_at, &request.office, request.language);
    let text = text!("deletion-asked", until = until);
    Ok(Answer::Replace(Reply::of(&text, request.language)))
}

async fn find(request: &Request, id: DeletionId) -> Result<Deletion, Error> {
    permission::coordinate(request)?;
    let office = request.office_id();
    let found = request
        .app
        .store
        .read(move |connection| Box::pin(storage::deletion::find(connection, office, id)))
        .await?;
    found
        .filter(|found| found.is_open(request.now))
        .ok_or_else(|| Error::refuse(Text::new("refused-deletion-over")))
}

/// The second coordinator confirms; whoever asked cannot be the second.
pub(crate) async fn confirm(request: &Request, id: DeletionId) -> Result<Answer, Error> {
    let found = find(request, id).await?;
    if found.asked_by == request.person.user {
        return Err(Error::refuse(Text::new("refused-deletion-same")));
    }
    erase(request, (found.asked_by, request.person.user), Some(id)).await
}

/// Any coordinator takes it back.
pub(crate) async fn withdraw(request: &Request, id: DeletionId) -> Result<Answer, Error> {
    find(request, id).await?;
    let (office, who, now) = (request.office_id(), request.person.user, request.now);
    let withdrawn = request
        .record(move |tx| {
            Box::pin(async move {
                let Some(revision) = storage::deletion::withdraw(tx, office, id, who).await? else {
                    return Ok(false);
                };
                let about = Subject::from(id);
                let act = "office.delete-withdraw";
                note(tx, office, Some(about), act, who, now, &[]).await?;
                storage::outbox::want(tx, office, about, Destination::Desk, revision, now).await?;
                Ok(true)
            })
        })
        .await?;
    if !withdrawn {
        return Err(Error::refuse(Text::new("refused-deletion-over")));
    }
    let text = Text::new("deletion-withdrawn");
    Ok(Answer::Say(Reply::of(&text, request.language)))
}
