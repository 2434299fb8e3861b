//! `/session plan` 予定: a gathering is written down, with its number 第n回.
//!
//! What the manual advises against (a second profession at a tier 1 talk) is asked back first; the
//! plan waits in a draft meanwhile.

use super::{
    change::{self, Act},
    ics, show,
    state::State,
    told, undo, word,
};
use crate::{
    Context,
    answer::{Answer, Reply},
    custom_id::{self, Action},
    dispatch::{May, answer},
    error::Error,
    issue::{draft as drafts, privacy},
    option::{
        People, PurposeChoice, RoleChoice, SessionKindChoice, TierChoice, clean, clean_optional,
        day, time,
    },
    permission,
    request::Request,
    review::propose,
    text,
    text::Text,
};
use domain::{
    era::FiscalYear,
    id::{AssociationId, DraftId, IssueId, SessionId},
    personal_data,
    review::Of,
    session::{
        self, AGENDA_MAX, ASSOCIATIONS_MAX, Fault, METHOD_UNITS_MAX, PLACE_UNITS_MAX, Session,
        TITLE_UNITS_MAX,
    },
    setting::names,
};
use serenity::all::{ButtonStyle, CreateActionRow, CreateButton};
use std::sync::Arc;

const STEP: &str = "session-plan";

/// What was written besides the choices.
pub(crate) struct Written {
    pub(crate) title: String,
    pub(crate) date: String,
    pub(crate) start: Option<String>,
    pub(crate) end: Option<String>,
    pub(crate) associations: Option<String>,
    pub(crate) method: Option<String>,
    pub(crate) place: Option<String>,
    pub(crate) issues: Option<String>,
}

/// `/session plan` 予定
#[poise::command(slash_command)]
#[expect(
    clippy::too_many_arguments,
    reason = "one argument per option of the command"
)]
pub(crate) async fn plan(
    ctx: Context<'_>,
    title: String,
    tier: TierChoice,
    kind: SessionKindChoice,
    date: String,
    purpose: Option<PurposeChoice>,
    start: Option<String>,
    end: Option<String>,
    #[autocomplete = "super::suggest::associations"] associations: Option<String>,
    role: Option<RoleChoice>,
    method: Option<String>,
    place: Option<String>,
    #[autocomplete = "super::suggest::issues"] issues: Option<String>,
    people: Option<People>,
) -> Result<(), Error> {
    answer(ctx, May::Say, async move |request: Request| {
        permission::coordinate(&request)?;
        let written = Written {
            title,
            date,
            start,
            end,
            associations,
            method,
            place,
            issues,
        };
        let mut planned = read(&request, &written).await?;
        planned.tier = tier.0;
        planned.kind = kind.0;
        planned.purpose = purpose.map(|purpose| purpose.0);
        planned.role = role.map(|role| role.0).unwrap_or_default();
        planned.people = people.map(|people| people.0);
        let questions = session::questions(&planned, &request.office);
        match questions.as_slice() {
            [] => record(&request, planned, None).await.map(Answer::Say),
            asked => ask(&request, &planned, asked).await,
        }
    })
    .await
}

/// Reads what was written, with the rest as it is when nobody says otherwise.
pub(crate) async fn read(request: &Request, written: &Written) -> Result<Session, Error> {
    let (number, title) = session::numbered(&written.title);
    let title = clean(title, TITLE_UNITS_MAX, "what-session-title")?;
    // A title stands on one line of lists and suggestions.
    let title = domain::text::one_line(&title, TITLE_UNITS_MAX);
    screen(&title, false)?;
    let method = clean_optional(written.method.as_deref(), METHOD_UNITS_MAX, "what-method")?;
    if let Some(method) = &method {
        screen(method, false)?;
    }
    let place = clean_optional(
        written.place.as_deref(),
        PLACE_UNITS_MAX,
        "what-session-place",
    )?;
    if let Some(place) = &place {
        screen(place, true)?;
    }
    let date = day(request, &written.date)?;
    let start = written.start.as_deref().map(time).transpose()?;
    let end = written.end.as_deref().map(time).transpose()?;
    let today = request.today();
    session::check_time(date, start, end, today).map_err(|fault| {
        Error::refuse(match fault {
            Fault::EndWithoutStart => Text::new("refused-session-end-without-start"),
            Fault::EndNotAfterStart => Text::new("refused-session-end-before-start"),
            Fault::TooFarAhead | Fault::TooFarBack => text!(
                "refused-session-too-far",
                date = crate::card::date(date, request.language)
            ),
        })
    })?;
    let year = FiscalYear::of(date, request.office.settings.fiscal_year_start);
    Ok(Session {
        state: session::state_on(date, today),
        title,
        number,
        fiscal_year: Some(year),
        date: Some(date),
        start,
        end,
        method,
        place,
        associations: associations(request, written.associations.as_deref())?,
        agenda: agenda(request, written.issues.as_deref()).await?,
        ..blank(request)
    })
}

/// A session of which nothing has been said.
fn blank(request: &Request) -> Session {
    Session {
        id: SessionId(0),
        revision: 1,
        tier: domain::tier::Tier::One,
        kind: session::Kind::Meeting,
        state: session::State::Planned,
        title: String::new(),
        number: None,
        fiscal_year: None,
        date: None,
        start: None,
        end: None,
        purpose: None,
        method: None,
        role: session::Role::Host,
        place: None,
        people: None,
        date_revision: 1,
        moved_from: None,
        reason: None,
        associations: Vec::new(),
        agenda: Vec::new(),
        planned_by: request.person.user,
        created_at: request.now,
        changed_at: request.now,
        retracted: false,
    }
}

/// Refuses personal data. A place may have what everybody may know of it: its address, its phone.
pub(super) fn screen(written: &str, is_place: bool) -> Result<(), Error> {
    use personal_data::Kind::{Address, Email, Phone};
    let mut hits = personal_data::check(written).hits;
    hits.retain(|hit| !(is_place && matches!(hit.kind, Address | Email | Phone)));
    privacy::refuse_single_case(written)?;
    if hits.is_empty() {
        return Ok(());
    }
    let masked = personal_data::mask(written, &hits);
    Err(Error::refuse(text!(
        "refused-personal-data-in-session",
        masked = domain::text::escape_markdown(&masked)
    )))
}

/// Reads the option `associations`: names, several separated by 、.
fn associations(request: &Request, written: Option<&str>) -> Result<Vec<AssociationId>, Error> {
    let mut found: Vec<AssociationId> = Vec::new();
    for name in written.into_iter().flat_map(names) {
        let association = request
            .office
            .association_named(name)
            .ok_or_else(|| Error::refuse(Text::new("refused-unknown-association")))?;
        if !found.contains(&association.id) {
            found.push(association.id);
        }
    }
    if found.len() > ASSOCIATIONS_MAX {
        return Err(Error::refuse(text!(
            "refused-too-many",
            limit = ASSOCIATIONS_MAX
        )));
    }
    Ok(found)
}

/// Reads the option `issues`: numbers of issues the person may read, several separated by 、.
async fn agenda(request: &Request, written: Option<&str>) -> Result<Vec<IssueId>, Error> {
    let mut found: Vec<IssueId> = Vec::new();
    for number in written.into_iter().flat_map(names) {
        let id = crate::option::issue_number(number)?;
        if !found.contains(&id) {
            found.push(id);
        }
    }
    if found.len() > AGENDA_MAX {
        return Err(Error::refuse(text!("refused-too-many", limit = AGENDA_MAX)));
    }
    for id in &found {
        crate::issue::find(request, *id).await?;
    }
    Ok(found)
}

/// Asks back before the session is planned.
async fn ask(
    request: &Request,
    planned: &Session,
    questions: &[session::Question],
) -> Result<Answer, Error> {
    let draft = drafts::put(request, STEP, &State::of(planned)).await?;
    let mut lines = vec![request.say(&text!(
        "session-asked",
        name = word::heading(planned, request.language),
        when = word::when(planned, request.language),
    ))];
    lines.extend(
        questions.iter().map(|question| {
            request.say(&Text::new(format!("session-question-{}", question.code())))
        }),
    );
    lines.push(request.say(&Text::new("session-asked-next")));
    let button = CreateButton::new(Action::Session(custom_id::Session::Plan(draft)).custom_id())
        .label(request.say(&Text::new("button-session-plan")))
        .style(ButtonStyle::Primary);
    let reply = Reply {
        content: lines.join("\n"),
        ..Reply::default()
    };
    Ok(Answer::Say(
        reply.row(CreateActionRow::Buttons(vec![button])),
    ))
}

/// The button was pressed: it is planned all the same.
pub(crate) async fn confirmed(request: &Request, draft: DraftId) -> Result<Answer, Error> {
    permission::coordinate(request)?;
    let state: State = drafts::find(request, draft, STEP).await?;
    let planned = Session {
        date_revision: 1,
        ..state.brought_back(&blank(request))
    };
    record(request, planned, Some(draft))
        .await
        .map(Answer::Replace)
}

pub(crate) async fn record(
    request: &Request,
    planned: Session,
    draft: Option<DraftId>,
) -> Result<Reply, Error> {
    let (who, now) = (request.person.user, request.now);
    let set_up = Arc::clone(&request.office);
    let wanted = planned.number;
    let stored = request
        .record(move |tx| {
            let (planned, set_up) = (planned.clone(), Arc::clone(&set_up));
            Box::pin(async move {
                let office = set_up.id;
                if let Some(draft) = draft
                    && storage::draft::take(tx, office, draft, who, STEP, now)
                        .await?
                        .is_none()
                {
                    return Ok(None);
                }
                let stored = storage::session::insert(tx, office, &planned).await?;
                let act = Act {
                    code: "session.plan",
                    details: vec![("tier", stored.tier.number().to_string())],
                };
                change::told(tx, &set_up, (who, now), (None, &stored), &act).await?;
                let undo = undo::keep(tx, office, (who, now), &stored, undo::Was::Nothing).await?;
                Ok(Some((stored, undo)))
            })
        })
        .await
        .map_err(|error| taken(error, wanted))?;
    let (stored, undo) = stored.ok_or_else(drafts::gone)?;
    let key = match stored.state {
        session::State::Held => "session-planned-held",
        _ => "session-planned",
    };
    let mut lines = vec![request.say(&text!(key, number = stored.id.0))];
    lines.extend(told::words(request, &stored));
    let mut reply = Reply {
        content: lines.join("\n"),
        ..Reply::default()
    }
    .embed(show::frame(request, &stored).draw());
    if let Some((line, row)) = propose::offered(request, Of::Session(stored.id)).await? {
        reply = reply.line(&line).row(row);
    }
    Ok(reply
        .row(undo::button(request, undo))
        .file(ics::file(request, &stored)?))
}

/// The number the title brings belongs to another session.
pub(super) fn taken(error: Error, wanted: Option<i64>) -> Error {
    match error {
        Error::Storage(storage::Error::Conflict(storage::Conflict::NumberTaken)) => {
            Error::refuse(text!(
                "refused-session-number-taken",
                number = wanted.unwrap_or_default()
            ))
        }
        other => other,
    }
}
