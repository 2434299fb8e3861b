//! `/match accept` 採用: a session is drafted for the pair, as the manual's example that fits.
//!
//! The draft is the desk's. Its title names the associations and the kind of gathering; of what either said there is
//! nothing in it.

use super::{Met, dismiss::decided_meanwhile, line, met, number, side, undo};
use crate::{
    Context,
    answer::{Answer, Reply},
    audit::note,
    card,
    custom_id::{Action, Matching as Press},
    dispatch::{May, answer},
    error::Error,
    option::day,
    permission,
    request::Request,
    session::state,
    text,
    text::Text,
};
use chrono::NaiveDate;
use domain::{
    id::{AssociationId, MatchingId, SessionId},
    issue::Status,
    matching::{Decision, Example, State, propose},
    session::{Kind, Purpose, Role, Session, State as Stage, TITLE_UNITS_MAX},
    text::{escape_markdown, one_line},
    tier::Tier,
};
use serenity::all::{ButtonStyle, CreateActionRow, CreateButton};
use storage::{Conflict, Subject};

/// UTF-16 units of the name of a side in a title, so that both and the kind fit.
const SIDE_UNITS_MAX: usize = 28;

/// `/match accept` 採用
#[poise::command(slash_command)]
pub(crate) async fn accept(
    ctx: Context<'_>,
    #[rename = "number"] written: String,
    date: Option<String>,
) -> Result<(), Error> {
    answer(ctx, May::Say, async move |request: Request| {
        permission::coordinate(&request)?;
        let id = number(&written)?;
        let date = match date.as_deref() {
            None => None,
            Some(date) => Some(day(&request, date)?),
        };
        record(&request, id, date).await
    })
    .await
}

/// Drafts the session and decides about the pair, in one transaction.
pub(super) async fn record(
    request: &Request,
    id: MatchingId,
    date: Option<NaiveDate>,
) -> Result<Answer, Error> {
    let met = met(request, id).await?;
    if met.matching.state == State::Accepted {
        return Err(Error::refuse(text!(
            "refused-match-accepted",
            number = id.0
        )));
    }
    let (session, example) = drafted(request, &met, date);
    let (office, who, now) = (request.office_id(), request.person.user, request.now);
    // The number the session will have is known in the transaction only; the draft is made there.
    let offer = undo::offer(request, id)?;
    let stored = session.clone();
    let (session_id, draft) = request
        .record(move |tx| {
            let (session, offer) = (stored.clone(), offer.clone());
            Box::pin(async move {
                let session = storage::session::insert(tx, office, &session).await?;
                let state = state::State::of(&session).to_value();
                let subject = Subject::from(session.id);
                let act = "match.accept";
                storage::history::append(tx, office, subject, now, who, act, None, state).await?;
                let decision = Decision::Accept(session.id);
                if !storage::matching::decide(tx, office, id, &decision, who, now).await? {
                    // Another coordinator was a moment quicker: the session goes with the transaction.
                    return Err(Conflict::StaleRevision.into());
                }
                let details = [("session", session.id.to_string())];
                let about = Some(Subject::from(id));
                note(tx, office, about, act, who, now, &details).await?;
                let offer = undo::with_session(offer, session.id, session.revision);
                let draft = storage::draft::put(tx, office, &offer).await?;
                Ok((session.id, draft))
            })
        })
        .await
        .map_err(|error| match error {
            Error::Storage(storage::Error::Conflict(Conflict::StaleRevision)) => {
                decided_meanwhile(id)
            }
            other => other,
        })?;
    let reply = Reply::of(
        &shown(request, id, session_id, (&session, example)),
        request.language,
    );
    let mut rows = Vec::new();
    if [&met.first, &met.second].into_iter().any(|issue| {
        issue.merged_into.is_none() && matches!(issue.status, Status::Open | Status::Sorted)
    }) {
        rows.push(plan_button(request, &met));
    }
    rows.push(undo::button(request, draft));
    Ok(Answer::Say(Reply { rows, ..reply }))
}

/// The session as the manual's example would have it.
fn drafted(request: &Request, met: &Met, date: Option<NaiveDate>) -> (Session, Example) {
    let proposal = match line::meeting(request, met) {
        Some(pair) => propose(&pair, &met.first.text, &met.second.text),
        None => line::plain(),
    };
    let (kind, role) = match proposal.example {
        Example::Exchange => (Kind::Exchange, Role::Host),
        Example::Training => (Kind::Training, Role::Support),
        Example::Visit => (Kind::Visit, Role::Host),
    };
    // Title and method are kept, so they are in the office's language, not in the coordinator's.
    let language = request.office.settings.locale;
    let code = proposal.example.code();
    let name = |issue| one_line(&side(request, issue), SIDE_UNITS_MAX);
    let title = text!(
        "match-session-title",
        first = name(&met.first),
        second = name(&met.second),
        kind = Text::new(format!("match-kind-{code}")),
    );
    let mut associations: Vec<AssociationId> = Vec::new();
    for association in [met.first.association, met.second.association]
        .into_iter()
        .flatten()
    {
        if !associations.contains(&association) {
            associations.push(association);
        }
    }
    let session = Session {
        id: SessionId(0),
        revision: 0,
        tier: Tier::Two,
        kind,
        state: Stage::Draft,
        title: one_line(&title.say(language), TITLE_UNITS_MAX),
        number: None,
        fiscal_year: None,
        date,
        start: None,
        end: None,
        purpose: Some(Purpose::Solution),
        method: Some(Text::new(format!("match-method-{code}")).say(language)),
        role,
        place: None,
        people: None,
        date_revision: 1,
        moved_from: None,
        reason: None,
        associations,
        agenda: vec![met.first.id, met.second.id],
        planned_by: request.person.user,
        created_at: request.now,
        changed_at: request.now,
        retracted: false,
    };
    (session, proposal.example)
}

fn shown(
    request: &Request,
    id: MatchingId,
    session_id: SessionId,
    (session, example): (&Session, Example),
) -> Text {
    let code = example.code();
    let day = match session.date {
        Some(date) => card::date(date, request.language),
        None => request.say(&Text::new("match-no-day")),
    };
    let [first, second] = [0, 1].map(|at| session.agenda.get(at).map_or(0, |issue| issue.0));
    text!(
        "match-accepted",
        number = id.0,
        session = session_id.0,
        title = escape_markdown(&session.title),
        method = escape_markdown(session.method.as_deref().unwrap_or_default()),
        role = Text::new(format!("match-role-{code}")),
        day = day,
        first = first,
        second = second,
    )
}

fn plan_button(request: &Request, met: &Met) -> CreateActionRow {
    let action = Action::Matching(Press::Plan(met.matching.id));
    let label = text!(
        "button-match-plan",
        first = met.first.id.0,
        second = met.second.id.0
    );
    CreateActionRow::Buttons(vec![
        CreateButton::new(action.custom_id())
            .label(request.say(&label))
            .style(ButtonStyle::Primary),
    ])
}
