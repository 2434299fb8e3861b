//! `/issue add` 記録: from what somebody said to an issue in the right channel.
//!
//! Without a text a form opens; what was chosen so far waits in a draft that holds codes and ids only.
//! A text with personal data is kept nowhere: it comes back masked, with a button that opens the form
//! again.

use super::{privacy, source, subject};
use crate::{
    Context,
    answer::{Answer, FIELD_CHARACTERS_MAX, Field, Form, Reply},
    card,
    custom_id::Action,
    dispatch::{Fields, May, answer},
    error::Error,
    issue::change,
    option::{KindChoice, OriginChoice, TierChoice, clean, clean_optional},
    permission,
    request::Request,
    text,
    text::Text,
};
use chrono::Duration;
use domain::{
    audience::Destination,
    id::{DraftId, IssueId},
    issue::{
        Concern, Issue, Kind, NOTE_UNITS_MAX, Origin, SPEAKER_UNITS_MAX, Status, TEXT_UNITS_MAX,
        TierBy,
    },
    routing::{self, Route},
    speaker::Speaker,
    tier::{self, Statement, Suggestion, Tier},
};
use serde::{Deserialize, Serialize};
use serenity::all::{ButtonStyle, CreateActionRow, CreateButton, CreateEmbed};
use storage::draft::NewDraft;

/// How long a draft waits for its next step.
pub(crate) const DRAFT_HOURS: i64 = 24;
const STEP_ADD: &str = "issue-add";
const STEP_REWORD: &str = "issue-reword";
const FIELD_TEXT: &str = "text";
const FIELD_NOTE: &str = "note";
const FIELD_SPEAKER: &str = "speaker";
const FIELD_WHY: &str = "why";

/// `/issue add` 記録
#[poise::command(slash_command)]
#[expect(
    clippy::too_many_arguments,
    reason = "one argument per option of the command"
)]
pub(crate) async fn add(
    ctx: Context<'_>,
    text: Option<String>,
    #[autocomplete = "super::suggest::sources"] profession: Option<String>,
    #[autocomplete = "super::suggest::about"] about: Option<String>,
    kind: Option<KindChoice>,
    note: Option<String>,
    tier: Option<TierChoice>,
    speaker: Option<String>,
    origin: Option<OriginChoice>,
) -> Result<(), Error> {
    let may = if text.is_some() { May::Say } else { May::Ask };
    answer(ctx, may, async move |request: Request| {
        let chosen = choose(
            &request,
            profession.as_deref(),
            about.as_deref(),
            kind.map(|kind| kind.0),
            tier.map(|tier| tier.0),
            origin.map(|origin| origin.0),
        )?;
        let words = Words {
            text: text.unwrap_or_default(),
            note,
            speaker,
        };
        if may == May::Ask {
            ask(&request, &chosen, words).await
        } else {
            keep(&request, chosen, words, None).await
        }
    })
    .await
}

/// What was chosen besides the words; codes and ids, so that it may wait in a draft.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Chosen {
    profession: Option<i64>,
    association: Option<i64>,
    about: Vec<Concern>,
    kind: Kind,
    tier: Option<Tier>,
    origin: Origin,
}

/// What a person typed, not yet cleaned or checked.
#[derive(Clone, Default)]
pub(crate) struct Words {
    pub(crate) text: String,
    pub(crate) note: Option<String>,
    pub(crate) speaker: Option<String>,
}

/// A draft behind the *reword* button.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Reword {
    chosen: Chosen,
    masked_text: String,
    masked_note: Option<String>,
    /// A speaker had been named; the name itself is not kept, it is asked for again.
    had_speaker: bool,
    /// A coordinator may override what was found.
    may_override: bool,
}

fn choose(
    request: &Request,
    profession: Option<&str>,
    about: Option<&str>,
    kind: Option<Kind>,
    tier: Option<Tier>,
    origin: Option<Origin>,
) -> Result<Chosen, Error> {
    permission::add_issue(request)?;
    let origin = match origin {
        Some(Origin::Open | Origin::Desk) if !request.person.coordinator => {
            return Err(Error::refuse(Text::new("refused-origin")));
        }
        Some(origin) => origin,
        None if request.person.coordinator => Origin::Desk,
        None => Origin::Meeting,
    };
    let source = source::source(request, profession)?;
    Ok(Chosen::new(
        source,
        source::about(request, about)?,
        kind.unwrap_or_default(),
        tier,
        origin,
    ))
}

impl Chosen {
    pub(crate) fn new(
        source: source::Source,
        about: Vec<Concern>,
        kind: Kind,
        tier: Option<Tier>,
        origin: Origin,
    ) -> Self {
        Self {
            profession: source.profession.map(|id| id.0),
            association: source.association.map(|id| id.0),
            about,
            kind,
            tier,
            origin,
        }
    }

    fn source(&self) -> source::Source {
        source::Source {
            profession: self.profession.map(Into::into),
            association: self.association.map(Into::into),
        }
    }
}

/// Opens the form; the words known so far stand in it.
pub(crate) async fn ask(request: &Request, chosen: &Chosen, words: Words) -> Result<Answer, Error> {
    let draft = put_draft(request, STEP_ADD, chosen).await?;
    let show_speaker = true;
    Ok(Answer::Ask(form(
        request,
        Action::IssueAdd(draft),
        words,
        show_speaker,
        false,
    )))
}

fn form(request: &Request, action: Action, words: Words, speaker: bool, why: bool) -> Form {
    let characters = |units: usize| u16::try_from(units).unwrap_or(FIELD_CHARACTERS_MAX);
    // A value longer than its field would make Discord refuse the whole form.
    let fit = |value: Option<String>, units: usize| {
        value
            .filter(|v| !v.is_empty())
            .map(|value| domain::text::clean(&value, units).unwrap_or_default())
    };
    let mut fields = vec![
        Field {
            id: FIELD_TEXT,
            label: request.say(&Text::new("form-issue-text")),
            placeholder: request.say(&Text::new("form-issue-text-hint")),
            value: fit(Some(words.text), TEXT_UNITS_MAX),
            required: true,
            long: true,
            characters_max: characters(TEXT_UNITS_MAX),
        },
        Field {
            id: FIELD_NOTE,
            label: request.say(&Text::new("form-issue-note")),
            placeholder: request.say(&Text::new("form-issue-note-hint")),
            value: fit(words.note, NOTE_UNITS_MAX),
            required: false,
            long: false,
            characters_max: characters(NOTE_UNITS_MAX),
        },
    ];
    if speaker {
        fields.push(Field {
            id: FIELD_SPEAKER,
            label: request.say(&Text::new("form-issue-speaker")),
            placeholder: request.say(&Text::new("form-issue-speaker-hint")),
            value: fit(words.speaker, SPEAKER_UNITS_MAX),
            required: false,
            long: false,
            characters_max: characters(SPEAKER_UNITS_MAX),
        });
    }
    if why {
        fields.push(Field {
            id: FIELD_WHY,
            label: request.say(&Text::new("form-issue-why")),
            placeholder: request.say(&Text::new("form-issue-why-hint")),
            value: None,
            required: false,
            long: false,
            characters_max: characters(domain::issue::REASON_UNITS_MAX),
        });
    }
    Form {
        custom_id: action.custom_id(),
        title: request.say(&Text::new("form-issue-title")),
        fields,
    }
}

/// The form was sent.
pub(crate) async fn submitted(
    request: &Request,
    draft: DraftId,
    fields: &Fields,
) -> Result<Answer, Error> {
    let chosen: Chosen = find_draft(request, draft, STEP_ADD).await?;
    permission::add_issue(request)?;
    keep(request, chosen, words_of(fields), Some(draft)).await
}

/// The *reword* button: the form again, with what was masked.
pub(crate) async fn reword(request: &Request, draft: DraftId) -> Result<Answer, Error> {
    permission::add_issue(request)?;
    let reword: Reword = find_draft(request, draft, STEP_REWORD).await?;
    let words = Words {
        text: reword.masked_text,
        note: reword.masked_note,
        speaker: None,
    };
    let why = reword.may_override && request.person.coordinator;
    Ok(Answer::Ask(form(
        request,
        Action::IssueReworded(draft),
        words,
        reword.had_speaker,
        why,
    )))
}

/// The reworded text was sent, perhaps with a coordinator's word that it is no personal data.
pub(crate) async fn reworded(
    request: &Request,
    draft: DraftId,
    fields: &Fields,
) -> Result<Answer, Error> {
    permission::add_issue(request)?;
    let reword: Reword = find_draft(request, draft, STEP_REWORD).await?;
    let words = words_of(fields);
    let why = fields
        .get(FIELD_WHY)
        .map(|why| why.trim())
        .filter(|why| !why.is_empty());
    match why {
        Some(why) if reword.may_override && request.person.coordinator => {
            // The reason is not kept (it may quote what was found); that one was given is audited.
            privacy::refuse_personal_data(why)?;
            keep_overriding(request, reword.chosen, words, draft).await
        }
        _ => keep(request, reword.chosen, words, Some(draft)).await,
    }
}

fn words_of(fields: &Fields) -> Words {
    let field = |id: &str| fields.get(id).cloned();
    Words {
        text: field(FIELD_TEXT).unwrap_or_default(),
        note: field(FIELD_NOTE),
        speaker: field(FIELD_SPEAKER),
    }
}

/// Checks the words and records the issue.
async fn keep(
    request: &Request,
    chosen: Chosen,
    words: Words,
    draft: Option<DraftId>,
) -> Result<Answer, Error> {
    let words = cleaned(&words)?;
    privacy::refuse_single_case(&words.text)?;
    if let Some(found) = privacy::check(&[&words.text, words.note.as_deref().unwrap_or_default()]) {
        return Err(masked(request, chosen, &words, &found).await?);
    }
    record(request, chosen, words, draft, false).await
}

/// As [`keep`], but what is doubtful passes; a number never does.
async fn keep_overriding(
    request: &Request,
    chosen: Chosen,
    words: Words,
    draft: DraftId,
) -> Result<Answer, Error> {
    let words = cleaned(&words)?;
    privacy::refuse_single_case(&words.text)?;
    let found = privacy::check(&[&words.text, words.note.as_deref().unwrap_or_default()]);
    if let Some(found) = &found
        && found.iter().any(|found| found.certain)
    {
        return Err(masked(request, chosen, &words, found).await?);
    }
    record(request, chosen, words, Some(draft), found.is_some()).await
}

fn cleaned(words: &Words) -> Result<Words, Error> {
    let speaker = clean_optional(words.speaker.as_deref(), SPEAKER_UNITS_MAX, "what-speaker")?;
    if let Some(speaker) = &speaker
        && let Some(found) = privacy::check(&[speaker])
        && found[0].certain
    {
        return Err(Error::refuse(Text::new("refused-number-in-speaker")));
    }
    Ok(Words {
        text: clean(&words.text, TEXT_UNITS_MAX, "what-text")?,
        note: clean_optional(words.note.as_deref(), NOTE_UNITS_MAX, "what-note")?,
        speaker,
    })
}

/// The refusal of a text with personal data: masked, with the *reword* button.
async fn masked(
    request: &Request,
    chosen: Chosen,
    words: &Words,
    found: &[privacy::Found],
) -> Result<Error, Error> {
    let may_override = request.person.coordinator && !found.iter().any(|found| found.certain);
    let reword = Reword {
        chosen,
        masked_text: found[0].masked.clone(),
        masked_note: words.note.as_ref().map(|_| found[1].masked.clone()),
        had_speaker: words.speaker.is_some(),
        may_override,
    };
    let shown = domain::text::one_line(&reword.masked_text, 600);
    let draft = put_draft(request, STEP_REWORD, &reword).await?;
    let button = CreateButton::new(Action::IssueReword(draft).custom_id())
        .label(request.say(&Text::new("button-reword")))
        .style(ButtonStyle::Primary);
    let key = if may_override {
        "refused-personal-data-doubtful"
    } else {
        "refused-personal-data"
    };
    Ok(Error::refuse_with(
        text!(key, masked = domain::text::escape_markdown(&shown)),
        vec![CreateActionRow::Buttons(vec![button])],
    ))
}

/// What the rules say of the words.
pub(crate) fn suggested(request: &Request, chosen: &Chosen, text: &str) -> Suggestion {
    let speakers = source::profession_names(request, chosen.source());
    let about = source::about_names(request, &chosen.about);
    let office = &request.office;
    let statement = Statement {
        text,
        speaker_professions: &speakers,
        about: &about,
    };
    tier::suggest(&statement, office.vocabulary(), office.rules())
}

async fn record(
    request: &Request,
    chosen: Chosen,
    words: Words,
    draft: Option<DraftId>,
    overridden: bool,
) -> Result<Answer, Error> {
    let suggestion = chosen
        .tier
        .is_none()
        .then(|| suggested(request, &chosen, &words.text));
    let source = chosen.source();
    let mut issue = Issue {
        id: IssueId(0),
        revision: 1,
        kind: chosen.kind,
        origin: chosen.origin,
        tier: chosen
            .tier
            .or(suggestion.as_ref().map(|s| s.tier))
            .unwrap_or(Tier::One),
        tier_by: if chosen.tier.is_some() {
            TierBy::Person
        } else {
            TierBy::Rules
        },
        status: Status::Open,
        later_year: None,
        text: words.text,
        note: words.note,
        profession: source.profession,
        association: source.association,
        about: chosen.about,
        speaker: words.speaker.as_deref().and_then(Speaker::new),
        reporter: request.person.user,
        created_at: request.now,
        changed_at: request.now,
        passed_on: false,
        destination: Destination::Desk,
    };
    let route = routing::route(
        &issue,
        &source::mentioned(&request.office, &issue.text),
        &request.office,
    );
    issue.destination = route.destination;
    let stored = insert(request, issue, draft, overridden).await?;
    Ok(Answer::Say(recorded(
        request,
        &stored,
        &route,
        suggestion.as_ref(),
    )))
}

async fn insert(
    request: &Request,
    issue: Issue,
    draft: Option<DraftId>,
    overridden: bool,
) -> Result<Issue, Error> {
    let (office, who, now) = (request.office_id(), request.person.user, request.now);
    request
        .record(move |tx| {
            let issue = issue.clone();
            Box::pin(async move {
                let stored = storage::issue::insert(tx, office, &issue).await?;
                let about = subject(stored.id);
                let mut details = vec![
                    ("tier", stored.tier.number().to_string()),
                    ("origin", stored.origin.code().to_owned()),
                    ("destination", stored.destination.code()),
                ];
                if overridden {
                    details.push(("personal-data", "overridden".to_owned()));
                }
                change::note(tx, office, about, "issue.add", who, now, &details).await?;
                let state = change::state(&stored);
                storage::history::append(tx, office, about, now, who, "issue.add", None, state)
                    .await?;
                storage::outbox::want(tx, office, about, stored.destination, stored.revision, now)
                    .await?;
                if let Some(draft) = draft {
                    storage::draft::remove(tx, office, draft).await?;
                }
                Ok(stored)
            })
        })
        .await
}

/// The answer: the number, the tier and its reasons, where it went and who can read it there.
fn recorded(
    request: &Request,
    issue: &Issue,
    route: &Route,
    suggestion: Option<&Suggestion>,
) -> Reply {
    let language = request.language;
    let title = text!(
        "issue-added",
        number = issue.id.0,
        kind = card::issue::kind(issue)
    );
    let mut embed = CreateEmbed::new()
        .title(title.say(language))
        .color(card::issue::colour(issue.tier))
        .description(card::issue::quoted(&issue.text))
        .field(
            request.say(&Text::new("field-tier")),
            change::tier_and_reason(request, issue.tier, suggestion),
            false,
        )
        .field(
            request.say(&Text::new("field-destination")),
            change::arrival(request, route),
            false,
        );
    embed = embed.footer(serenity::all::CreateEmbedFooter::new(
        text!("issue-added-next", number = issue.id.0).say(language),
    ));
    Reply::default().embed(embed)
}

/// Keeps a draft for the next step of the person.
pub(crate) async fn put_draft<T: Serialize>(
    request: &Request,
    step: &'static str,
    body: &T,
) -> Result<DraftId, Error> {
    let body = serde_json::to_value(body).map_err(|_| Error::Fault("a draft cannot be written"))?;
    let draft = NewDraft {
        person: request.person.user,
        step,
        body,
        now: request.now,
        expires_at: request.now + Duration::hours(DRAFT_HOURS),
    };
    let office = request.office_id();
    // Not claimed by the interaction: a draft is no change of a record, and the step that follows is.
    let draft = request
        .app
        .store
        .write(move |tx| {
            let draft = draft.clone();
            Box::pin(async move { storage::draft::put(tx, office, &draft).await })
        })
        .await?;
    Ok(draft)
}

/// Finds a draft of the person; refused when it is gone, another's, or of another step.
pub(crate) async fn find_draft<T: for<'de> Deserialize<'de>>(
    request: &Request,
    draft: DraftId,
    step: &'static str,
) -> Result<T, Error> {
    let (office, person, now) = (request.office_id(), request.person.user, request.now);
    let body = request
        .app
        .store
        .read(move |connection| {
            Box::pin(storage::draft::find(
                connection, office, draft, person, step, now,
            ))
        })
        .await?;
    body.and_then(|body| serde_json::from_value(body).ok())
        .ok_or_else(|| Error::refuse(Text::new("refused-draft-gone")))
}
