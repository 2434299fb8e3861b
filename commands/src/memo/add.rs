//! `/reminder add` 登録: what is said once is kept at once; what comes again and again is shown first, as
//! it was understood and with its next days, and counts when that is confirmed.

use super::{day_off, permitted, place, state, undo, when};
use crate::{
    Context,
    answer::{Answer, Reply},
    card::place_word,
    custom_id::{self, Action},
    dispatch::{May, answer},
    error::Error,
    issue::{draft as drafts, privacy},
    occurrence,
    option::clean,
    request::Request,
    text,
    text::Text,
};
use chrono::{DateTime, Utc};
use domain::{
    audience::Destination,
    id::{ChannelId, DraftId, MemoId, UserId},
    memo::{self, APART_MINUTES_MIN, Cadence, Memo, State, WORDS_UNITS_MAX},
    occurrence::Moment,
    office::Office,
    schedule::{Schedule, When},
    text::escape_markdown,
};
use serde::{Deserialize, Serialize};
use serenity::all::{ButtonStyle, CreateActionRow, CreateButton, PartialChannel};
use std::sync::Arc;
use storage::{Subject, Transaction};

const STEP: &str = "memo-add";

/// What waits behind the button of a preview.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Previewed {
    words: String,
    destination: String,
    schedule: String,
}

/// `/reminder add` 登録
#[poise::command(slash_command)]
pub(crate) async fn add(
    ctx: Context<'_>,
    text: String,
    when: String,
    #[channel_types("Text", "Forum")] channel: Option<PartialChannel>,
) -> Result<(), Error> {
    answer(ctx, May::Say, async move |request: Request| {
        permitted(&request)?;
        let words = clean(&text, WORDS_UNITS_MAX, "what-memo-words")?;
        privacy::refuse_single_case(&words)?;
        privacy::refuse_personal_data(&words)?;
        let channel = channel.map(|channel| ChannelId(channel.id.get()));
        let destination = destination(&request, channel)?;
        let when = when::read(&request, &when)?;
        let memo = drawn_up(&request, words, destination, &when)?;
        match &when {
            When::Once(_) => record(&request, memo, None).await.map(Answer::Say),
            When::Repeated(schedule) => preview(&request, &memo, schedule).await,
        }
    })
    .await
}

/// Where it is to be said: the place of the channel that was named, else the person's own.
fn destination(request: &Request, channel: Option<ChannelId>) -> Result<Destination, Error> {
    let office = &request.office;
    let Some(channel) = channel else {
        let own = memo::default_place(&request.person)
            .ok_or_else(|| Error::refuse(Text::new("refused-memo-at-all")))?;
        if own.channel(office).is_none() {
            let place = place_word(office, own);
            return Err(Error::refuse(text!(
                "refused-memo-no-channel",
                place = place
            )));
        }
        return Ok(own);
    };
    let found = office.destination_of(channel);
    // Whether a channel of others has a use is not said.
    match found {
        Some(found) if memo::may_write(&request.person, found) => Ok(found),
        None if request.person.coordinator => {
            Err(Error::refuse(Text::new("refused-memo-unbound-channel")))
        }
        _ => Err(Error::refuse(Text::new("refused-memo-channel"))),
    }
}

/// The memo as it will be kept.
fn drawn_up(
    request: &Request,
    words: String,
    destination: Destination,
    when: &When,
) -> Result<Memo, Error> {
    let zone = request.office.settings.time_zone;
    let first =
        memo::check(when, request.now, zone, request.office.calendar()).map_err(|fault| {
            Error::refuse(match (fault, when) {
                (memo::Fault::Past, When::Once(moment)) => text!(
                    "refused-when-past",
                    moment = when::moment(*moment, request.language)
                ),
                (memo::Fault::TooOften, _) => {
                    text!("refused-too-often", minutes = APART_MINUTES_MIN)
                }
                (memo::Fault::Past | memo::Fault::Never, _) => Text::new("refused-never-due"),
            })
        })?;
    Ok(Memo {
        id: MemoId(0),
        revision: 0,
        words,
        destination,
        cadence: Cadence::from(when.clone()),
        next: Some(first),
        turn: 1,
        state: State::Waiting,
        made_by: request.person.user,
        made_at: request.now,
        changed_at: request.now,
    })
}

/// Shows how it was understood, before it counts.
async fn preview(request: &Request, memo: &Memo, schedule: &Schedule) -> Result<Answer, Error> {
    let draft = Previewed {
        words: memo.words.clone(),
        destination: memo.destination.code(),
        schedule: schedule.to_string(),
    };
    let draft = drafts::put(request, STEP, &draft).await?;
    let mut lines = vec![request.say(&text!(
        "memo-previewed",
        cadence = when::schedule(schedule, request.language),
        place = place(request, memo),
        words = quoted(&memo.words),
    ))];
    lines.extend(when::coming(request, schedule, memo::SHOWN));
    lines.push(request.say(&Text::new("memo-previewed-next")));
    let button = CreateButton::new(Action::Memo(custom_id::Memo::Keep(draft)).custom_id())
        .label(request.say(&Text::new("button-memo-keep")))
        .style(ButtonStyle::Primary);
    let reply = Reply {
        content: lines.join("\n"),
        ..Reply::default()
    };
    Ok(Answer::Say(
        reply.row(CreateActionRow::Buttons(vec![button])),
    ))
}

/// Words of people as a quotation, escaped.
fn quoted(words: &str) -> String {
    let lines = escape_markdown(words);
    let lines: Vec<String> = lines.lines().map(|line| format!("> {line}")).collect();
    lines.join("\n")
}

/// The button was pressed. Rights and the place are asked anew: they may have changed since.
pub(crate) async fn confirmed(request: &Request, draft: DraftId) -> Result<Answer, Error> {
    permitted(request)?;
    let found: Previewed = drafts::find(request, draft, STEP).await?;
    let destination = Destination::from_code(&found.destination).ok_or_else(drafts::gone)?;
    let schedule = Schedule::parse(&found.schedule).map_err(|_| drafts::gone())?;
    let allowed = memo::may_write(&request.person, destination)
        && destination.channel(&request.office).is_some();
    if !allowed {
        return Err(Error::refuse(Text::new("refused-roles-changed")));
    }
    let memo = drawn_up(request, found.words, destination, &When::Repeated(schedule))?;
    record(request, memo, Some(draft))
        .await
        .map(Answer::Replace)
}

/// What became of it inside its transaction.
enum Ended {
    Kept(Box<Memo>, DraftId),
    Gone,
    TooManyOfPerson,
    TooManyOfOffice,
}

async fn record(request: &Request, memo: Memo, draft: Option<DraftId>) -> Result<Reply, Error> {
    let (who, now) = (request.person.user, request.now);
    let office = Arc::clone(&request.office);
    let ended = request
        .record(move |tx| {
            let (office, memo) = (Arc::clone(&office), memo.clone());
            Box::pin(async move { keep(tx, &office, &memo, draft, (who, now)).await })
        })
        .await?;
    match ended {
        Ended::Kept(stored, undo) => Ok(kept(request, &stored, undo)),
        Ended::Gone => Err(drafts::gone()),
        Ended::TooManyOfPerson => Err(Error::refuse(text!(
            "refused-memo-too-many",
            limit = memo::PER_PERSON_MAX
        ))),
        Ended::TooManyOfOffice => Err(Error::refuse(text!(
            "refused-memo-too-many-of-office",
            limit = memo::PER_OFFICE_MAX
        ))),
    }
}

async fn keep(
    tx: &mut Transaction,
    office: &Office,
    memo: &Memo,
    draft: Option<DraftId>,
    (who, now): (UserId, DateTime<Utc>),
) -> storage::Result<Ended> {
    let counts = storage::memo::counts(tx, office.id, who).await?;
    if counts.of_person >= memo::PER_PERSON_MAX {
        return Ok(Ended::TooManyOfPerson);
    }
    if counts.of_office >= memo::PER_OFFICE_MAX {
        return Ok(Ended::TooManyOfOffice);
    }
    if let Some(draft) = draft
        && storage::draft::take(tx, office.id, draft, who, STEP, now)
            .await?
            .is_none()
    {
        return Ok(Ended::Gone);
    }
    let stored = storage::memo::insert(tx, office.id, memo).await?;
    occurrence::memo::plan(tx, office, &stored).await?;
    let about = Subject::from(stored.id);
    let details = [("destination", stored.destination.code())];
    crate::audit::note(tx, office.id, Some(about), ACT, who, now, &details).await?;
    let is = state::of(&stored);
    storage::history::append(tx, office.id, about, now, who, ACT, None, is).await?;
    let undo = undo::keep(tx, office.id, (who, now), &stored, undo::Done::Added).await?;
    Ok(Ended::Kept(Box::new(stored), undo))
}

/// The act in audit and history.
const ACT: &str = "memo.add";

fn kept(request: &Request, stored: &Memo, undo: DraftId) -> Reply {
    let next = stored.next.unwrap_or(Moment {
        date: request.today(),
        time: chrono::NaiveTime::MIN,
    });
    let mut lines = vec![request.say(&text!(
        "memo-kept",
        number = stored.id.0,
        next = when::moment(next, request.language),
        place = place(request, stored),
        words = quoted(&stored.words),
    ))];
    if let Cadence::Repeated(schedule) = &stored.cadence {
        lines.push(request.say(&text!(
            "memo-kept-repeated",
            cadence = when::schedule(schedule, request.language)
        )));
    } else {
        lines.extend(day_off(request, next));
    }
    lines.push(request.say(&text!("memo-kept-next", number = stored.id.0)));
    let reply = Reply {
        content: lines.join("\n"),
        ..Reply::default()
    };
    reply.row(undo::button(request, undo))
}
