//! `/notice add` 登録: a form, and a preview of how it was read, with the topic chosen beside it; it counts
//! when that is confirmed.

use super::{topics, undo, word};
use crate::{
    Context,
    answer::{Answer, Field, Form, Reply},
    audit,
    card::frame::cut,
    custom_id::{Action, Notice as Press},
    dispatch::{Fields, May, answer},
    error::Error,
    issue::{draft as drafts, privacy},
    option::{clean, clean_optional, past_day},
    permission,
    request::Request,
    text,
    text::Text,
};
use domain::{
    id::{DraftId, NoticeId, TopicId},
    notice::{
        self, ISSUER_UNITS_MAX, NUMBER_UNITS_MAX, Notice, Origin, Same, TITLE_UNITS_MAX,
        TOPIC_UNITS_MAX, personal, read_issued, read_link, scope,
    },
    personal_data::mask,
    text::{escape_markdown, one_line},
};
use serde::{Deserialize, Serialize};
use serenity::all::{
    ButtonStyle, CreateActionRow, CreateButton, CreateSelectMenu, CreateSelectMenuKind,
    CreateSelectMenuOption,
};
use storage::{Conflict, Subject};

const STEP: &str = "notice-add";
/// The act in audit and history.
const ACT: &str = "notice.add";
/// UTF-16 units of what is typed for the scopes.
const SCOPES_FIELD_UNITS_MAX: usize = 300;
/// UTF-16 units of what is typed for the day.
const DATE_FIELD_UNITS_MAX: usize = 40;
/// UTF-16 units of the wording in the form (Discord takes no more in a field).
const WORDING_FIELD_UNITS_MAX: usize = 4_000;
/// Most topics that are offered in a select (Discord, components/reference: 25 options).
const TOPICS_OFFERED_MAX: usize = 25;
/// UTF-16 units of a topic in a select.
const OPTION_UNITS_MAX: usize = 100;
/// UTF-16 units of the wording in the preview.
const WORDING_UNITS_SHOWN: usize = 600;

/// What was typed.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Typed {
    title: String,
    issued: String,
    date: String,
    scopes: String,
    words: String,
    /// The name of a topic, which may be new.
    topic: Option<String>,
}

/// `/notice add` 登録
#[poise::command(slash_command)]
pub(crate) async fn add(ctx: Context<'_>) -> Result<(), Error> {
    answer(ctx, May::Ask, async move |request: Request| {
        permission::coordinate(&request)?;
        Ok(Answer::Ask(form(&request, Press::Add, &Typed::default())))
    })
    .await
}

fn form(request: &Request, press: Press, typed: &Typed) -> Form {
    let field = |id: &'static str, value: &str, units: usize, required: bool| Field {
        id,
        label: request.say(&Text::new(format!("form-notice-{id}"))),
        placeholder: request.say(&Text::new(format!("form-notice-{id}-hint"))),
        // A value longer than its field would make Discord refuse the whole form.
        value: (!value.is_empty()).then(|| cut(value, units)),
        required,
        long: id == "words",
        characters_max: u16::try_from(units).unwrap_or(u16::MAX),
    };
    let issued = NUMBER_UNITS_MAX + ISSUER_UNITS_MAX;
    Form {
        custom_id: Action::Notice(press).custom_id(),
        title: request.say(&Text::new("form-notice-title-of")),
        fields: vec![
            field("title", &typed.title, TITLE_UNITS_MAX, true),
            field("issued", &typed.issued, issued, false),
            field("date", &typed.date, DATE_FIELD_UNITS_MAX, true),
            field("scopes", &typed.scopes, SCOPES_FIELD_UNITS_MAX, false),
            field("words", &typed.words, WORDING_FIELD_UNITS_MAX, false),
        ],
    }
}

/// The *reword* button: the form opens with what was typed.
pub(super) async fn reword(request: &Request, draft: DraftId) -> Result<Answer, Error> {
    permission::coordinate(request)?;
    let typed: Typed = drafts::find(request, draft, STEP).await?;
    Ok(Answer::Ask(form(request, Press::Reworded(draft), &typed)))
}

/// The form was sent. What cannot be read is said with what was typed kept behind a button.
pub(super) async fn submitted(
    request: &Request,
    draft: Option<DraftId>,
    fields: &Fields,
) -> Result<Answer, Error> {
    permission::coordinate(request)?;
    let topic = match draft {
        Some(draft) => drafts::find::<Typed>(request, draft, STEP).await?.topic,
        None => None,
    };
    let field = |id: &str| fields.get(id).cloned().unwrap_or_default();
    let typed = Typed {
        title: field("title"),
        issued: field("issued"),
        date: field("date"),
        scopes: field("scopes"),
        words: field("words"),
        topic,
    };
    match understood(request, &typed) {
        Ok(read) => preview(request, &typed, &read).await.map(Answer::Say),
        Err(Error::Refusal(refusal)) => {
            let masked = masked(&typed);
            let draft = drafts::put(request, STEP, &masked).await?;
            let reply = Reply::of(&refusal.text, request.language);
            let action = Action::Notice(Press::Reword(draft));
            Ok(Answer::Say(
                reply.row(privacy::reword_button(request, action)),
            ))
        }
        Err(other) => Err(other),
    }
}

/// What was typed without what may not be kept.
fn masked(typed: &Typed) -> Typed {
    let masked = |words: &str| mask(words, &personal(words));
    Typed {
        title: masked(&typed.title),
        issued: masked(&typed.issued),
        date: typed.date.clone(),
        scopes: masked(&typed.scopes),
        words: masked(&typed.words),
        topic: typed.topic.clone(),
    }
}

/// A notice as it was read from a form, with its wording.
struct Understood {
    notice: Notice,
    wording: Option<String>,
}

fn understood(request: &Request, typed: &Typed) -> Result<Understood, Error> {
    for words in [&typed.title, &typed.issued, &typed.scopes, &typed.words] {
        screen(words)?;
    }
    let title = clean(&typed.title, TITLE_UNITS_MAX, "what-notice-title")?;
    let issued = read_issued(&typed.issued);
    let date = past_day(request, &typed.date)?;
    let link = read_link(&typed.words);
    let wording = if link.is_some() {
        None
    } else {
        Some(typed.words.as_str())
    };
    let wording = clean_optional(wording, WORDING_FIELD_UNITS_MAX, "what-notice-wording")?;
    Ok(Understood {
        notice: Notice {
            id: NoticeId(0),
            revision: 0,
            draft: false,
            title: one_line(&title, TITLE_UNITS_MAX),
            number: issued.number,
            issuer: issued.issuer,
            date: Some(date),
            topic: None,
            link,
            scopes: scope::read(&typed.scopes),
            changes: Vec::new(),
            origin: Origin::Form,
            added_by: Some(request.person.user),
            created_at: request.now,
            changed_at: request.now,
            retracted: false,
        },
        wording,
    })
}

/// Refuses what is personal; contacts of public offices pass ([`personal`]).
///
/// # Errors
/// The refusal, with the words masked.
pub(super) fn screen(words: &str) -> Result<(), Error> {
    let hits = personal(words);
    if hits.is_empty() {
        return Ok(());
    }
    let masked = one_line(&mask(words, &hits), 500);
    Err(Error::refuse(text!(
        "refused-personal-data-in-notice",
        masked = escape_markdown(&masked)
    )))
}

async fn preview(request: &Request, typed: &Typed, read: &Understood) -> Result<Reply, Error> {
    let topics = topics(request).await?;
    let draft = drafts::put(request, STEP, typed).await?;
    let mut frame = word::frame(request, &read.notice, &topics);
    if let Some(wording) = &read.wording {
        frame = frame.words(cut(&escape_markdown(wording), WORDING_UNITS_SHOWN));
    }
    let topic = typed
        .topic
        .as_deref()
        .map(escape_markdown)
        .unwrap_or_default();
    frame = frame.field(request.say(&Text::new("field-notice-topic")), topic, false);
    let mut lines = vec![request.say(&Text::new("notice-previewed"))];
    if read.notice.scopes.is_empty() {
        lines.push(request.say(&Text::new("notice-previewed-no-scope")));
    }
    let unknown = read
        .notice
        .scopes
        .iter()
        .filter(|tag| !scope::is_known(tag));
    for tag in unknown {
        let tag = escape_markdown(tag);
        lines.push(request.say(&text!("notice-previewed-unknown-scope", scope = tag)));
    }
    let mut reply = Reply {
        content: lines.join("\n"),
        ..Reply::default()
    }
    .embed(frame.draw());
    if !topics.is_empty() {
        // The latest are what is being written down.
        let latest = topics.iter().rev().take(TOPICS_OFFERED_MAX).map(|topic| {
            let name = one_line(&topic.name, OPTION_UNITS_MAX);
            let chosen = typed.topic.as_deref() == Some(topic.name.as_str());
            CreateSelectMenuOption::new(name, topic.id.to_string()).default_selection(chosen)
        });
        let kind = CreateSelectMenuKind::String {
            options: latest.collect(),
        };
        let select = CreateSelectMenu::new(Action::Notice(Press::Choose(draft)).custom_id(), kind)
            .placeholder(request.say(&Text::new("select-notice-topic")));
        reply = reply.row(CreateActionRow::SelectMenu(select));
    }
    let button = |press, key: &str, style| {
        CreateButton::new(Action::Notice(press).custom_id())
            .label(request.say(&Text::new(key)))
            .style(style)
    };
    Ok(reply.row(CreateActionRow::Buttons(vec![
        button(
            Press::Keep(draft),
            "button-notice-keep",
            ButtonStyle::Success,
        ),
        button(
            Press::Topic(draft),
            "button-notice-topic",
            ButtonStyle::Secondary,
        ),
        button(
            Press::Reword(draft),
            "button-notice-reword",
            ButtonStyle::Secondary,
        ),
    ])))
}

/// The button for a topic of another name: a form asks for it.
pub(super) async fn ask_topic(request: &Request, draft: DraftId) -> Result<Answer, Error> {
    permission::coordinate(request)?;
    let typed: Typed = drafts::find(request, draft, STEP).await?;
    Ok(Answer::Ask(Form {
        custom_id: Action::Notice(Press::Topic(draft)).custom_id(),
        title: request.say(&Text::new("form-notice-topic-of")),
        fields: vec![Field {
            id: "topic",
            label: request.say(&Text::new("form-notice-topic")),
            placeholder: request.say(&Text::new("form-notice-topic-hint")),
            value: typed.topic,
            required: false,
            long: false,
            characters_max: u16::try_from(TOPIC_UNITS_MAX).unwrap_or(u16::MAX),
        }],
    }))
}

/// The form for a topic was sent.
pub(super) async fn name_topic(
    request: &Request,
    draft: DraftId,
    fields: &Fields,
) -> Result<Answer, Error> {
    permission::coordinate(request)?;
    let written = fields.get("topic").map(String::as_str);
    let name = clean_optional(written, TOPIC_UNITS_MAX, "what-notice-topic")?;
    let name = name.map(|name| one_line(&name, TOPIC_UNITS_MAX));
    if let Some(name) = &name {
        screen(name)?;
    }
    with_topic(request, draft, name).await
}

/// A topic of the office was chosen.
pub(super) async fn choose_topic(
    request: &Request,
    draft: DraftId,
    values: &[String],
) -> Result<Answer, Error> {
    permission::coordinate(request)?;
    let id = values
        .first()
        .and_then(|value| value.parse().ok())
        .map(TopicId);
    let topics = topics(request).await?;
    let found = topics.into_iter().find(|topic| Some(topic.id) == id);
    let topic = found.ok_or_else(|| Error::refuse(Text::new("refused-no-such-topic")))?;
    with_topic(request, draft, Some(topic.name)).await
}

async fn with_topic(
    request: &Request,
    draft: DraftId,
    topic: Option<String>,
) -> Result<Answer, Error> {
    permission::coordinate(request)?;
    let typed: Typed = drafts::find(request, draft, STEP).await?;
    let typed = Typed { topic, ..typed };
    let read = understood(request, &typed)?;
    let reply = preview(request, &typed, &read).await?;
    Ok(Answer::Replace(reply))
}

/// What became of it inside its transaction.
enum Ended {
    Kept(Box<Notice>, DraftId),
    Gone,
    There(NoticeId),
}

/// The preview was confirmed.
pub(super) async fn keep(request: &Request, draft: DraftId) -> Result<Answer, Error> {
    permission::coordinate(request)?;
    let typed: Typed = drafts::find(request, draft, STEP).await?;
    let read = understood(request, &typed)?;
    let (office, who, now) = (request.office_id(), request.person.user, request.now);
    let (notice, wording, topic) = (read.notice, read.wording, typed.topic);
    let ended = request
        .record(move |tx| {
            let (notice, wording, topic) = (notice.clone(), wording.clone(), topic.clone());
            Box::pin(async move {
                if storage::draft::take(tx, office, draft, who, STEP, now)
                    .await?
                    .is_none()
                {
                    return Ok(Ended::Gone);
                }
                let same = Same::of(&notice.title, notice.number.as_deref(), notice.date);
                let known = storage::notice::known(tx, office, NoticeId(0), notice::NOTICES_MAX);
                let there = known.await?.into_iter().find(|known| {
                    Same::of(&known.title, known.number.as_deref(), known.date) == same
                });
                if let Some(there) = there {
                    return Ok(Ended::There(there.id));
                }
                let topic = match &topic {
                    Some(name) => Some(storage::notice::topic::ensure(tx, office, name).await?.id),
                    None => None,
                };
                let notice = Notice { topic, ..notice };
                let stored =
                    storage::notice::insert(tx, office, &notice, wording.as_deref()).await?;
                let about = Subject::from(stored.id);
                audit::note(tx, office, Some(about), ACT, who, now, &[]).await?;
                undo::note(tx, office, ACT, (who, now), (None, &stored)).await?;
                let was = vec![undo::Was::of(None, &stored)];
                let back = undo::keep(tx, office, (who, now), was).await?;
                Ok(Ended::Kept(Box::new(stored), back))
            })
        })
        .await
        .map_err(full)?;
    match ended {
        Ended::Gone => Err(drafts::gone()),
        Ended::There(id) => Err(Error::refuse(text!("refused-notice-there", number = id.0))),
        Ended::Kept(stored, back) => {
            let topics = topics(request).await?;
            let said = text!("notice-kept", number = stored.id.0);
            let reply = Reply::of(&said, request.language)
                .embed(word::frame(request, &stored, &topics).draw())
                .row(undo::button(request, back));
            Ok(Answer::Replace(reply))
        }
    }
}

/// There are as many notices or topics as there may be.
pub(super) fn full(error: Error) -> Error {
    match error {
        Error::Storage(storage::Error::Conflict(Conflict::Full)) => Error::refuse(text!(
            "refused-notice-full",
            notices = notice::NOTICES_MAX,
            topics = notice::TOPICS_MAX
        )),
        other => other,
    }
}
