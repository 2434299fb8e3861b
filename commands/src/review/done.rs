//! `/review done` 実施, and the button *held*: what was done, what worked, what comes next. It closes or
//! reopens the issues that were looked back on.

use super::{
    about::About,
    own, propose,
    record::{self, Change},
    show, suggest, undo, word,
};
use crate::{
    Context,
    answer::{Answer, Field, Form, Reply},
    custom_id::{Action, Review as Button},
    dispatch::{Fields, May, answer},
    error::Error,
    issue::{
        change::{self, Change as IssueChange},
        privacy,
    },
    option::{NextChoice, clean, clean_optional},
    request::Request,
    text,
    text::Text,
};
use domain::{
    disclosure::Disclosure,
    era::{FiscalYear, parse_fiscal_year},
    id::{IssueId, ReviewId},
    issue::{Issue, Status},
    review::{Next, OUTCOME_UNITS_MAX, Of, Outcome, Review, State},
    visibility,
};
use serenity::all::{ButtonStyle, CreateActionRow, CreateButton};
use std::{collections::BTreeSet, sync::Arc};
use storage::Transaction;

const DONE: &str = "done";
const WORKED: &str = "worked";
const YEAR: &str = "year";

/// What was written of an outcome.
#[derive(Clone, Copy, Debug)]
struct Written<'a> {
    done: &'a str,
    worked: Option<&'a str>,
    year: Option<&'a str>,
}

/// `/review done` 実施
#[poise::command(slash_command)]
pub(crate) async fn done(
    ctx: Context<'_>,
    #[autocomplete = "suggest::planned"] number: String,
    outcome: Option<String>,
    next: Option<NextChoice>,
    year: Option<String>,
) -> Result<(), Error> {
    let may = match (&outcome, next) {
        (None, Some(_)) => May::Ask,
        _ => May::Say,
    };
    answer(ctx, may, async move |request: Request| {
        let id = super::number(&number)?;
        let next = next.map(|next| next.0);
        match (outcome.as_deref(), next) {
            (None, None) => {
                let (review, _) = own(&request, id, None).await?;
                choose(&request, id, review.dated).await
            }
            (None, Some(next)) => ask(&request, id, None, next).await,
            (Some(_), None) => Err(Error::refuse(Text::new("refused-review-next-missing"))),
            (Some(done), Some(next)) => {
                let (review, about) = own(&request, id, None).await?;
                let written = Written {
                    done,
                    worked: None,
                    year: year.as_deref(),
                };
                keep(&request, (review, about), next, written).await
            }
        }
    })
    .await
}

/// *Held* was pressed: what comes next is asked.
pub(super) async fn choose(request: &Request, id: ReviewId, dated: i64) -> Result<Answer, Error> {
    let (review, _) = own(request, id, Some(dated)).await?;
    let buttons = Next::ALL.iter().map(|next| {
        CreateButton::new(Action::Review(Button::Next(id, dated, *next)).custom_id())
            .label(request.say(&Text::new(format!("word-review-next-{}", next.code()))))
            .style(ButtonStyle::Secondary)
    });
    let text = text!("review-done-ask", name = word::name(&review));
    let reply = Reply::of(&text, request.language);
    Ok(Answer::Say(
        reply.row(CreateActionRow::Buttons(buttons.collect())),
    ))
}

/// What comes next was chosen: the form opens.
pub(super) async fn ask(
    request: &Request,
    id: ReviewId,
    dated: Option<i64>,
    next: Next,
) -> Result<Answer, Error> {
    let (review, _) = own(request, id, dated).await?;
    let units = u16::try_from(OUTCOME_UNITS_MAX).unwrap_or(u16::MAX);
    let field = |id, label: &str, hint: &str, required, characters_max| Field {
        id,
        label: request.say(&Text::new(label)),
        placeholder: request.say(&Text::new(hint)),
        value: None,
        required,
        long: id != YEAR,
        characters_max,
    };
    let mut fields = vec![
        field(
            DONE,
            "form-review-done",
            "form-review-done-hint",
            true,
            units,
        ),
        field(
            WORKED,
            "form-review-worked",
            "form-review-worked-hint",
            false,
            units,
        ),
    ];
    if next == Next::Later {
        fields.push(field(
            YEAR,
            "form-review-year",
            "form-review-year-hint",
            true,
            20,
        ));
    }
    let action = Action::Review(Button::Outcome(id, review.dated, next));
    let word = Text::new(format!("word-review-next-{}", next.code()));
    Ok(Answer::Ask(Form {
        custom_id: action.custom_id(),
        title: request.say(&text!("form-review-done-title", number = id.0, next = word)),
        fields,
    }))
}

/// The form was sent.
pub(super) async fn submitted(
    request: &Request,
    id: ReviewId,
    dated: i64,
    next: Next,
    fields: &Fields,
) -> Result<Answer, Error> {
    let found = own(request, id, Some(dated)).await?;
    let field = |id: &str| fields.get(id).map(String::as_str);
    let written = Written {
        done: field(DONE).unwrap_or_default(),
        worked: field(WORKED),
        year: field(YEAR),
    };
    keep(request, found, next, written).await
}

/// Reads what was written.
fn outcome(request: &Request, next: Next, written: Written<'_>) -> Result<Outcome, Error> {
    let done = clean(written.done, OUTCOME_UNITS_MAX, "what-review-done")?;
    let worked = clean_optional(written.worked, OUTCOME_UNITS_MAX, "what-review-worked")?;
    for words in [Some(&done), worked.as_ref()].into_iter().flatten() {
        privacy::refuse_single_case(words)?;
        privacy::refuse_personal_data(words)?;
    }
    Ok(Outcome {
        held_on: request.today(),
        done,
        worked,
        next,
        year: year(request, next, written.year)?,
    })
}

/// The year of *later*, which must be ahead; a year for anything else is a mistake.
fn year(request: &Request, next: Next, written: Option<&str>) -> Result<Option<i32>, Error> {
    let written = written.map(str::trim).filter(|written| !written.is_empty());
    let start = request.office.settings.fiscal_year_start;
    let this_year = FiscalYear::of(request.today(), start).western();
    match (next, written) {
        (Next::Later, Some(written)) => {
            let year = parse_fiscal_year(written)
                .map_err(|_| Error::refuse(Text::new("refused-not-a-year")))?
                .western();
            if year > this_year {
                return Ok(Some(year));
            }
            Err(crate::issue::status::refuse_year_not_ahead(request))
        }
        (Next::Later, None) => Err(Error::refuse(Text::new("refused-review-year-missing"))),
        (_, Some(_)) => Err(Error::refuse(Text::new("refused-year-without-later"))),
        (_, None) => Ok(None),
    }
}

/// What was kept of an outcome.
struct Kept {
    review: Review,
    moved: Vec<Issue>,
    proposed: Option<Review>,
    undo: domain::id::DraftId,
}

async fn keep(
    request: &Request,
    (before, about): (Review, About),
    next: Next,
    written: Written<'_>,
) -> Result<Answer, Error> {
    let outcome = outcome(request, next, written)?;
    let (issues, known) = moving(request, &about, &outcome).await?;
    let after = Review {
        state: State::Held,
        outcome: Some(outcome),
        ..before.clone()
    };
    let (who, now) = (request.person.user, request.now);
    let set_up = Arc::clone(&request.office);
    let kept = request
        .record(move |tx| {
            let (before, after, issues) = (before.clone(), after.clone(), issues.clone());
            let set_up = Arc::clone(&set_up);
            Box::pin(async move {
                let details = [
                    ("of", after.of.to_string()),
                    ("next", next.code().to_owned()),
                ];
                let pair = (Some(&before), &after);
                let change = Change::of("review.done", &details);
                let review = record::write(tx, &set_up, (who, now), pair, change).await?;
                let mut offer = undo::Offer::of("review.done", Some(&before));
                let mut moved = Vec::with_capacity(issues.len());
                for (was, is) in &issues {
                    let stored = move_issue(tx, &set_up, (who, now), (was, is), &review).await?;
                    offer = offer.with_issue(was, &stored);
                    moved.push(stored);
                }
                let proposed = match next {
                    Next::Continue => propose::propose(tx, &set_up, review.of, (who, now)).await?,
                    _ => None,
                };
                if let Some(proposed) = &proposed {
                    offer = offer.with_proposed(proposed);
                }
                let undo = offer.keep(tx, set_up.id, (who, now), &review).await?;
                Ok(Kept {
                    review,
                    moved,
                    proposed,
                    undo,
                })
            })
        })
        .await
        .map_err(record::conflicting)?;
    Ok(Answer::Say(told(request, &kept, &known)))
}

/// The issues the outcome moves, each before and after, and those of them that the person may know of: a
/// gathering of several also talks about what the others brought in confidence.
async fn moving(
    request: &Request,
    about: &About,
    outcome: &Outcome,
) -> Result<(Vec<(Issue, Issue)>, BTreeSet<IssueId>), Error> {
    let office = request.office_id();
    let ids: Vec<IssueId> = about.issues();
    let found = request
        .app
        .store
        .read(move |connection| {
            let ids = ids.clone();
            Box::pin(async move {
                let mut found = Vec::with_capacity(ids.len());
                for id in ids {
                    if let Some(issue) = storage::issue::find(connection, office, id).await? {
                        let shares = storage::disclosure::of(connection, office, id).await?;
                        found.push((issue, shares));
                    }
                }
                Ok(found)
            })
        })
        .await?;
    let is_known = |issue: &Issue, shares: &[Disclosure]| {
        visibility::view(issue.clone(), shares, &request.person, &request.office).is_some()
    };
    let known = found
        .iter()
        .filter(|(issue, shares)| is_known(issue, shares));
    let known = known.map(|(issue, _)| issue.id).collect();
    let own = matches!(about, About::Issue(..));
    let pairs = found.into_iter().filter_map(|(before, _)| {
        // Of a gathering only what waits for it is moved: its agenda may hold other things.
        let waits = matches!(before.status, Status::Acting | Status::Review);
        let moves = !before.retracted && before.merged_into.is_none() && (own || waits);
        let (status, later_year) = match outcome.next {
            Next::Done | Next::NewIssue => (Status::Done, None),
            Next::Continue => (Status::Acting, None),
            Next::Later => (Status::Later, outcome.year),
        };
        let same = (before.status, before.later_year) == (status, later_year);
        if !moves || same {
            return None;
        }
        let mut after = Issue {
            status,
            later_year,
            measure_open: status.measure_open(before.measure_open),
            ..before.clone()
        };
        change::reroute(request, &mut after);
        Some((before, after))
    });
    Ok((pairs.collect(), known))
}

/// Moves one issue, in the transaction of the outcome.
async fn move_issue(
    tx: &mut Transaction,
    set_up: &domain::office::Office,
    (who, now): (domain::id::UserId, chrono::DateTime<chrono::Utc>),
    (before, after): (&Issue, &Issue),
    review: &Review,
) -> storage::Result<Issue> {
    let details = vec![
        ("from", before.status.code().to_owned()),
        ("to", after.status.code().to_owned()),
        ("review", review.id.to_string()),
    ];
    // What was done is how the issue came to its end, for those who raised it; what a gathering wrote of
    // several issues is of none of them alone, and an issue that stands for this one may be others' own.
    let own = review.of == Of::Issue(after.id) && !after.status.is_open();
    let done = review.outcome.as_ref().map(|outcome| outcome.done.clone());
    let change = IssueChange {
        act: "issue.review",
        details,
        reason: done.filter(|_| own),
        ..IssueChange::default()
    };
    change::write(tx, set_up, (who, now), before, after, &change).await
}

/// The answer: what was kept, which issues moved, as far as the person may know of them, what comes next.
fn told(request: &Request, kept: &Kept, known: &BTreeSet<IssueId>) -> Reply {
    let review = &kept.review;
    let next = review.outcome.as_ref().map(|outcome| outcome.next);
    let mut lines = vec![request.say(&text!("review-done", name = word::name(review)))];
    let moved: Vec<&Issue> = kept
        .moved
        .iter()
        .filter(|issue| known.contains(&issue.id))
        .collect();
    if let Some(first) = moved.first() {
        let numbers: Vec<String> = moved.iter().map(|issue| format!("#{}", issue.id)).collect();
        let status = crate::card::issue::status(first, &request.office);
        lines.push(request.say(&text!(
            "review-done-issues",
            numbers = numbers.join(&request.say(&Text::new("list-separator"))),
            status = status
        )));
    }
    let mut rows = Vec::new();
    if let Some(proposed) = &kept.proposed {
        lines.push(request.say(&text!(
            "review-done-again",
            name = word::name(proposed),
            date = word::when(proposed, request.language)
        )));
        if request.person.coordinator {
            let presses = crate::occurrence::review::buttons(proposed.id, proposed.dated, true);
            rows.push(show::row(request, presses));
        }
    }
    if next == Some(Next::NewIssue) {
        lines.push(request.say(&Text::new("review-done-new-issue")));
        let action = Action::Review(Button::NewIssue(review.id));
        let button = CreateButton::new(action.custom_id())
            .label(request.say(&Text::new("button-review-new-issue")))
            .style(ButtonStyle::Primary);
        rows.push(CreateActionRow::Buttons(vec![button]));
    }
    rows.push(undo::button(request, kept.undo));
    Reply {
        content: lines.join("\n"),
        rows,
        ..Reply::default()
    }
}
