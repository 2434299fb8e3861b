//! `/target goal` 目標: the goal of a year is set or changed, reduced or withdrawn, each time as a new
//! version with its reason; and a coordinator's word on how a goal in words gets on.

mod form;
mod said;

use self::form::Written;
use super::{
    find, option,
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
    option::{GoalStateChoice, clean_optional},
    permission,
    request::Request,
    text,
    text::Text,
};
use domain::{
    era::FiscalYear,
    id::{DraftId, TargetId},
    setting::says_nothing,
    target::{
        Goal,
        goal::{
            Content, PLAN_UNITS_MAX, Quantity, REASON_UNITS_MAX, State as Stand, TEXT_UNITS_MAX,
            day_of,
        },
    },
};

pub(super) use said::say;

const STEP: &str = "target-goal";

/// `/target goal` 目標
#[poise::command(slash_command)]
pub(crate) async fn goal(
    ctx: Context<'_>,
    #[autocomplete = "super::suggest::changeable"] number: String,
    #[autocomplete = "super::suggest::years"] year: Option<String>,
    goal: Option<String>,
    amount: Option<String>,
    state: Option<GoalStateChoice>,
    reason: Option<String>,
) -> Result<(), Error> {
    answer(ctx, May::Ask, async move |request: Request| {
        permission::coordinate(&request)?;
        let target = option::target(&request, &number).await?;
        let year = option::year(&request, year.as_deref())?;
        let asks = goal.is_none() && amount.is_none() && state.is_none();
        let (mut written, _) = known(&request, target.id, year).await?;
        if let Some(goal) = goal {
            // Another goal brings its own figure, unless one is given.
            written.quantity.clear();
            written.goal = goal;
        }
        if let Some(amount) = amount {
            written.quantity = amount;
        }
        written.state = state.map(|state| state.0.code().to_owned());
        written.reason = reason.unwrap_or_default();
        if asks {
            return opened(&request, &written).await;
        }
        keep(&request, written, None, None).await
    })
    .await
}

/// The button of a target's details.
pub(super) async fn ask(
    request: &Request,
    id: TargetId,
    year: FiscalYear,
) -> Result<Answer, Error> {
    permission::coordinate(request)?;
    find(request, id).await?;
    let (written, _) = known(request, id, year).await?;
    opened(request, &written).await
}

/// *書き直す* was pressed.
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

/// What stands of a goal, as the form shows it, and its last version.
async fn known(
    request: &Request,
    target: TargetId,
    year: FiscalYear,
) -> Result<(Written, Option<Goal>), Error> {
    let office = request.office_id();
    let versions = request
        .app
        .store
        .read(move |connection| {
            Box::pin(storage::target::goal::versions(connection, office, target))
        })
        .await?;
    let of_year: Vec<Goal> = versions
        .into_iter()
        .filter(|goal| goal.year == year)
        .collect();
    let seen = of_year.last().map_or(0, |goal| goal.version);
    let latest = domain::target::goal::on(&of_year, chrono::NaiveDate::MAX).cloned();
    let content = latest.as_ref().map(|goal| &goal.content);
    let text = content
        .map(|content| content.text.clone())
        .unwrap_or_default();
    // A figure that the words hold is read from them again; one of its own stands in its own field.
    let quantity = content
        .and_then(|content| content.quantity.as_ref())
        .filter(|found| Quantity::read(&text).as_ref() != Some(*found))
        .map(|found| word::quantity(found, domain::setting::Language::Ja));
    let plan = content.and_then(|content| content.plan.clone());
    let written = Written {
        target,
        year,
        seen,
        goal: text,
        quantity: quantity.unwrap_or_default(),
        plan: plan.unwrap_or_default(),
        reason: String::new(),
        state: None,
        may_override: false,
    };
    Ok((written, latest))
}

async fn opened(request: &Request, written: &Written) -> Result<Answer, Error> {
    let draft = drafts::put(request, STEP, written).await?;
    Ok(Answer::Ask(form::form(request, draft, written)))
}

/// Reads what was written and adds it as the next version.
async fn keep(
    request: &Request,
    written: Written,
    draft: Option<DraftId>,
    passed: Option<(&'static str, String)>,
) -> Result<Answer, Error> {
    let target = find(request, written.target).await?;
    screened(request, &written, passed.is_some()).await?;
    let goal = match read(request, &written).await {
        Err(Error::Refusal(refusal)) if refusal.rows.is_empty() => {
            return Err(again(request, &written, refusal.text).await?);
        }
        goal => goal?,
    };
    let details: write::Details = passed.into_iter().collect();
    let used = draft.map(|draft| (draft, STEP));
    let (stored, undo) = write::record(request, used, move |tx, by| {
        let (goal, details) = (goal.clone(), details.clone());
        Box::pin(async move {
            let stored = write::goal(tx, by, &goal, "target.goal", &details).await?;
            let was = Was::Goal {
                target: stored.target,
                year: stored.year,
                version: stored.version,
            };
            Ok((stored, was))
        })
    })
    .await?;
    let said = text!(
        "goal-kept",
        name = word::name(&target, request.language),
        year = year_name(stored.year, request.language),
        date = card::date(stored.day, request.language),
        goal = word::goal(&stored, request.language),
    );
    let reply = Reply::of(&said, request.language);
    Ok(Answer::Say(reply.row(undo::button(request, undo))))
}

/// Refuses personal data, with the masked words behind a button.
async fn screened(request: &Request, written: &Written, overrides: bool) -> Result<(), Error> {
    let texts = [
        written.goal.as_str(),
        written.quantity.as_str(),
        written.plan.as_str(),
        written.reason.as_str(),
    ];
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
        goal: found[0].masked.clone(),
        quantity: found[1].masked.clone(),
        plan: found[2].masked.clone(),
        reason: found[3].masked.clone(),
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

async fn again(request: &Request, written: &Written, text: Text) -> Result<Error, Error> {
    let draft = drafts::put(request, STEP, written).await?;
    let action = Action::Target(Press::GoalReword(draft));
    Ok(Error::refuse_with(
        text,
        vec![privacy::reword_button(request, action)],
    ))
}

/// The next version of the goal.
async fn read(request: &Request, written: &Written) -> Result<Goal, Error> {
    let (now, latest) = known(request, written.target, written.year).await?;
    if now.seen != written.seen {
        return Err(Error::refuse(Text::new("refused-target-changed")));
    }
    let text = clean_optional(Some(&written.goal), TEXT_UNITS_MAX, "what-goal")?;
    let plan = clean_optional(Some(&written.plan), PLAN_UNITS_MAX, "what-plan")?;
    let reason = clean_optional(Some(&written.reason), REASON_UNITS_MAX, "what-reason")?;
    let text = text.unwrap_or_default();
    let quantity = match written.quantity.trim() {
        "" => Quantity::read(&text).filter(|_| !text.is_empty()),
        none if says_nothing(none) => None,
        figure => Some(option::quantity(figure)?),
    };
    let before = latest.as_ref().map(|goal| &goal.content);
    let state = match written.state.as_deref().and_then(Stand::from_code) {
        Some(state) => state,
        None => following(before, quantity.as_ref()),
    };
    let content = Content {
        text,
        plan,
        quantity,
        state,
        again: before.and_then(|before| before.again),
    };
    if content.text.is_empty() && content.plan.is_none() && content.quantity.is_none() {
        return Err(Error::refuse(Text::new("refused-goal-empty")));
    }
    if before == Some(&content) {
        return Err(Error::refuse(Text::new("refused-goal-unchanged")));
    }
    // What was set for the year is not changed without saying why.
    if latest.is_some() && reason.is_none() {
        return Err(Error::refuse(Text::new("refused-goal-no-reason")));
    }
    let start = request.office.settings.fiscal_year_start;
    Ok(Goal {
        target: written.target,
        year: written.year,
        version: written.seen + 1,
        day: day_of(written.year, start, request.today(), latest.as_ref()),
        content,
        reason,
        set_by: request.person.user,
        since: request.now,
        retracted: false,
    })
}

/// What stands of a goal when nobody says: less than before in the same unit is reduced, and what was
/// reduced once stays so until it is as much as before.
fn following(before: Option<&Content>, quantity: Option<&Quantity>) -> Stand {
    let was = before.and_then(|before| before.quantity.as_ref());
    match (was, quantity) {
        (Some(was), Some(is)) if was.unit == is.unit && was.each == is.each => {
            if is.amount < was.amount {
                Stand::Reduced
            } else if is.amount == was.amount {
                before.map_or(Stand::Set, |before| before.state)
            } else {
                Stand::Set
            }
        }
        _ => Stand::Set,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn content(amount: i64, state: Stand) -> Content {
        Content {
            text: String::new(),
            plan: None,
            quantity: Some(figure(amount, "回")),
            state,
            again: None,
        }
    }

    fn figure(amount: i64, unit: &str) -> Quantity {
        Quantity {
            amount,
            unit: unit.to_owned(),
            each: false,
            periodic: true,
        }
    }

    #[test]
    fn a_goal_of_less_is_reduced_and_stays_so_until_it_is_more() {
        let (whole, less) = (content(12, Stand::Set), content(8, Stand::Reduced));
        for (before, is, expected) in [
            (None, Some(figure(12, "回")), Stand::Set),
            (Some(&whole), Some(figure(8, "回")), Stand::Reduced),
            (Some(&less), Some(figure(8, "回")), Stand::Reduced),
            (Some(&less), Some(figure(10, "回")), Stand::Set),
            (Some(&whole), Some(figure(8, "件")), Stand::Set),
            (Some(&whole), None, Stand::Set),
        ] {
            assert_eq!(following(before, is.as_ref()), expected, "{is:?}");
        }
    }
}
