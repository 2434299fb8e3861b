//! `/target record` 進捗: an entry of progress, for one target or several. Without words and figure a form
//! asks; so it does for what a session brought, and to correct what was recorded.
//!
//! What was typed is not lost: a refusal carries a button that opens the form again with it, masked where
//! it held personal data.

use super::{
    choice, find,
    form::{self, Written},
    no_such, option, standings, this_year,
    undo::{self, Was},
    word, write, year_name,
};
use crate::{
    Context,
    answer::{Answer, Reply},
    card,
    custom_id::{Action, Target as Press},
    dispatch::{Fields, May, answer},
    error::Error,
    issue::{draft as drafts, privacy},
    option::{clean_optional, past_day},
    permission,
    request::Request,
    session, text,
    text::Text,
};
use domain::{
    era::FiscalYear,
    id::{DraftId, RecordId, SessionId, TargetId},
    target::{
        Record, Target, mark,
        record::{BACK_DAYS_MAX, Source, TEXT_UNITS_MAX, read_amount},
    },
};
use serenity::all::{ButtonStyle, CreateActionRow, CreateButton};

/// The code of what waits in a draft: a record as far as it was written.
pub(super) const STEP: &str = "target-record";
/// Targets told with the answer.
const TOLD_MAX: usize = 10;

/// `/target record` 進捗
#[poise::command(slash_command)]
pub(crate) async fn record(
    ctx: Context<'_>,
    #[autocomplete = "super::suggest::several"] number: String,
    text: Option<String>,
    amount: Option<String>,
    date: Option<String>,
    #[autocomplete = "super::suggest::marks"] mark: Option<String>,
) -> Result<(), Error> {
    answer(ctx, May::Ask, async move |request: Request| {
        permission::coordinate(&request)?;
        option::targets(&request, &number).await?;
        let asks = text.is_none() && amount.is_none();
        let written = Written {
            numbers: number,
            text: text.unwrap_or_default(),
            amount: amount.unwrap_or_default(),
            date: date.unwrap_or_default(),
            mark: mark.unwrap_or_default(),
            ..Written::default()
        };
        if asks {
            return opened(&request, &written).await;
        }
        keep(&request, written, None, None).await
    })
    .await
}

/// The button of a target's details.
pub(super) async fn ask(request: &Request, id: TargetId) -> Result<Answer, Error> {
    permission::coordinate(request)?;
    let target = find(request, id).await?;
    let written = Written {
        numbers: target.id.to_string(),
        ..Written::default()
    };
    opened(request, &written).await
}

/// The button of a session that was held: first the targets are chosen.
pub(super) async fn ask_of_session(request: &Request, id: SessionId) -> Result<Answer, Error> {
    permission::coordinate(request)?;
    let session = option::held(request, id).await?;
    let written = Written {
        asks_numbers: true,
        text: session::word::told_to_all(&session, request.office.settings.locale),
        date: session.date.map(|day| day.to_string()).unwrap_or_default(),
        session: Some(session.id),
        ..Written::default()
    };
    let draft = drafts::put(request, STEP, &written).await?;
    choice::ask(request, draft, 0).await.map(Answer::Say)
}

/// The targets were chosen in the select: the form opens with their numbers.
pub(super) async fn chosen(
    request: &Request,
    draft: DraftId,
    page: i64,
    values: &[String],
) -> Result<Answer, Error> {
    permission::coordinate(request)?;
    let waiting: Written = drafts::find(request, draft, STEP).await?;
    let written = Written {
        numbers: choice::names(request, page, values).await?,
        ..waiting
    };
    opened(request, &written).await
}

/// The button of a record: the form with what it says.
pub(super) async fn ask_again(request: &Request, id: RecordId) -> Result<Answer, Error> {
    permission::coordinate(request)?;
    let (record, _) = super::entry::find(request, id).await?;
    if record.withdrawn {
        return Err(Error::refuse(text!(
            "refused-record-withdrawn",
            number = id.0
        )));
    }
    let numbers: Vec<String> = record.targets.iter().map(TargetId::to_string).collect();
    let amount = record.amount.map(|amount| amount.to_string());
    let unit = record.unit.clone().unwrap_or_default();
    let written = Written {
        numbers: numbers.join("、"),
        asks_numbers: true,
        text: record.text.clone().unwrap_or_default(),
        amount: amount
            .map(|amount| format!("{amount}{unit}"))
            .unwrap_or_default(),
        date: record.date.to_string(),
        mark: record.mark.map(String::from).unwrap_or_default(),
        session: None,
        corrects: Some((record.id, record.revision)),
        may_override: false,
    };
    opened(request, &written).await
}

/// *書き直す* was pressed: the form again, with what was written.
pub(super) async fn reword(request: &Request, draft: DraftId) -> Result<Answer, Error> {
    permission::coordinate(request)?;
    let written: Written = drafts::find(request, draft, STEP).await?;
    Ok(Answer::Ask(form::form(request, draft, &written)))
}

/// The form was sent.
pub(super) async fn sent(
    request: &Request,
    draft: DraftId,
    fields: &Fields,
) -> Result<Answer, Error> {
    permission::coordinate(request)?;
    let waiting: Written = drafts::find(request, draft, STEP).await?;
    let (written, why) = form::filled(fields, waiting);
    // The reason is not kept (it may quote what was found); that one was given is audited.
    privacy::refuse_personal_data(&why)?;
    let overrides = written.may_override && !why.trim().is_empty();
    let passed = overrides.then_some(("personal-data", "overridden".to_owned()));
    keep(request, written, Some(draft), passed).await
}

/// Keeps what is known and opens the form with it.
async fn opened(request: &Request, written: &Written) -> Result<Answer, Error> {
    let draft = drafts::put(request, STEP, written).await?;
    Ok(Answer::Ask(form::form(request, draft, written)))
}

/// Reads what was written and records it; what cannot be read is refused with the form at hand.
async fn keep(
    request: &Request,
    written: Written,
    draft: Option<DraftId>,
    passed: Option<(&'static str, String)>,
) -> Result<Answer, Error> {
    screened(request, &written, passed.is_some()).await?;
    let understood = match read(request, &written).await {
        Err(Error::Refusal(refusal)) if refusal.rows.is_empty() => {
            return Err(again(request, &written, refusal.text).await?);
        }
        understood => understood?,
    };
    let (before, after) = understood;
    if let Some(before) = &before {
        let same = Record {
            changed_at: before.changed_at,
            ..after.clone()
        };
        if same == *before {
            return Err(Error::refuse(text!(
                "refused-record-unchanged",
                number = before.id.0
            )));
        }
    }
    let act = match before {
        None => "target.record",
        Some(_) => "target.correct",
    };
    let details: write::Details = passed.into_iter().collect();
    let used = draft.map(|draft| (draft, STEP));
    let was_new = before.is_none();
    let (stored, undo) = write::record(request, used, move |tx, by| {
        let (before, after, details) = (before.clone(), after.clone(), details.clone());
        Box::pin(async move {
            let states = (before.as_ref(), &after);
            let stored = write::entry(tx, by, states, act, &details).await?;
            let was = Was::Record {
                record: stored.id,
                revision: stored.revision,
                before: before.as_ref().map(super::state::RecordState::of),
            };
            Ok((stored, was))
        })
    })
    .await?;
    let key = if was_new {
        "record-kept"
    } else {
        "record-corrected"
    };
    let mut lines = vec![request.say(&text!(
        key,
        number = stored.id.0,
        date = card::date(stored.date, request.language)
    ))];
    lines.extend(told(request, &stored).await?);
    let mut rows = vec![undo::button(request, undo)];
    rows.extend(choice::below(request, &stored).await?);
    Ok(Answer::Say(Reply {
        content: lines.join("\n"),
        rows,
        ..Reply::default()
    }))
}

/// Refuses personal data and single patients' conditions, with the masked words behind a button. What is
/// doubtful passes where a coordinator has said why.
async fn screened(request: &Request, written: &Written, overrides: bool) -> Result<(), Error> {
    let texts = [written.text.as_str(), written.amount.as_str()];
    for text in texts {
        privacy::refuse_single_case(text)?;
    }
    let Some(found) = privacy::check(&texts) else {
        return Ok(());
    };
    let certain = found.iter().any(|found| found.certain);
    if overrides && !certain {
        return Ok(());
    }
    let masked = Written {
        text: found[0].masked.clone(),
        amount: found[1].masked.clone(),
        may_override: !certain,
        ..written.clone()
    };
    let key = if certain {
        "refused-personal-data-in-record"
    } else {
        "refused-personal-data-in-record-doubtful"
    };
    let text = text!(key, masked = privacy::shown(&found));
    Err(again(request, &masked, text).await?)
}

/// A refusal with the button that opens the form again with what was written.
async fn again(request: &Request, written: &Written, text: Text) -> Result<Error, Error> {
    let draft = drafts::put(request, STEP, written).await?;
    let action = Action::Target(Press::Reword(draft));
    Ok(Error::refuse_with(
        text,
        vec![privacy::reword_button(request, action)],
    ))
}

/// The record as it was and as it is to be.
async fn read(request: &Request, written: &Written) -> Result<(Option<Record>, Record), Error> {
    let targets = option::targets(request, &written.numbers).await?;
    let text = clean_optional(Some(&written.text), TEXT_UNITS_MAX, "what-record-text")?;
    let (marked, text) = match text.as_deref().map(mark::apart) {
        Some((marked, rest)) => (
            marked,
            Some(rest.to_owned()).filter(|rest| !rest.is_empty()),
        ),
        None => (None, None),
    };
    let (amount, unit) = match written.amount.trim() {
        "" => (None, None),
        amount => read_amount(amount)
            .map(|(amount, unit)| (Some(amount), unit))
            .ok_or_else(|| Error::refuse(Text::new("refused-record-amount")))?,
    };
    if text.is_none() && amount.is_none() {
        return Err(Error::refuse(Text::new("refused-record-empty")));
    }
    let date = match written.date.trim() {
        "" => request.today(),
        date => past_day(request, date)?,
    };
    if date > request.today() {
        return Err(Error::refuse(text!(
            "refused-record-ahead",
            date = card::date(date, request.language)
        )));
    }
    if (request.today() - date).num_days() > BACK_DAYS_MAX {
        return Err(Error::refuse(text!(
            "refused-record-too-far-back",
            date = card::date(date, request.language)
        )));
    }
    let mark = match written.mark.trim() {
        "" => marked,
        mark => Some(option::mark(mark)?),
    };
    if let Some(session) = written.session {
        option::held(request, session).await?;
    }
    let ids: Vec<TargetId> = targets.iter().map(|target| target.id).collect();
    let before = match written.corrects {
        None => None,
        Some((id, revision)) => {
            let (record, _) = super::entry::find(request, id).await?;
            if record.revision != revision || record.withdrawn {
                return Err(Error::refuse(Text::new("refused-target-changed")));
            }
            Some(record)
        }
    };
    let after = match &before {
        Some(before) => Record {
            date,
            text,
            amount,
            unit,
            mark,
            targets: ids,
            ..before.clone()
        },
        None => Record {
            id: RecordId(0),
            revision: 0,
            date,
            text,
            amount,
            unit,
            mark,
            source: written.session.map_or(Source::Hand, Source::Session),
            again: None,
            targets: ids,
            withdrawn: false,
            recorded_by: request.person.user,
            created_at: request.now,
            changed_at: request.now,
        },
    };
    Ok((before, after))
}

/// How the targets of a record stand now, a line each.
///
/// # Errors
/// Storage failed.
pub(super) async fn told(request: &Request, record: &Record) -> Result<Vec<String>, Error> {
    let start = request.office.settings.fiscal_year_start;
    let year = FiscalYear::of(record.date, start);
    let all = standings(request, year).await?;
    let of: Vec<_> = all
        .iter()
        .filter(|standing| record.targets.contains(&standing.target.id))
        .collect();
    let mut lines: Vec<String> = of
        .iter()
        .take(TOLD_MAX)
        .map(|standing| {
            request.say(&text!(
                "record-told",
                name = word::name(&standing.target, request.language),
                state = word::sum(request, standing),
            ))
        })
        .collect();
    if of.len() > TOLD_MAX {
        lines.push(request.say(&text!("record-told-more", count = of.len() - TOLD_MAX)));
    }
    if year != this_year(request) {
        lines.push(request.say(&text!(
            "record-other-year",
            year = year_name(year, request.language)
        )));
    }
    Ok(lines)
}

/// The button by which a coordinator records what a session that was held has brought.
pub(crate) fn session_button(
    request: &Request,
    session: &domain::session::Session,
) -> Option<CreateActionRow> {
    let held = session.state == domain::session::State::Held;
    (held && request.person.coordinator).then(|| {
        let action = Action::Target(Press::OfSession(session.id));
        CreateActionRow::Buttons(vec![
            CreateButton::new(action.custom_id())
                .label(request.say(&Text::new("button-target-of-session")))
                .style(ButtonStyle::Secondary),
        ])
    })
}

/// The targets a record belongs to, those the person may know of.
pub(super) async fn targets_of(request: &Request, record: &Record) -> Result<Vec<Target>, Error> {
    let mut all = super::seen(request).await?;
    all.retain(|target| record.targets.contains(&target.id));
    if all.is_empty() {
        return Err(no_such());
    }
    Ok(all)
}
