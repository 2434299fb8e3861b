//! `/office rule` 基準: switches a rule of a shipped pack on for associations, or off again; without associations
//! it shows the rule, its dates, and for whom it is on. Coordinators only.

use crate::{
    Context,
    answer::{Answer, Reply},
    audit,
    card::{self, frame::Frame},
    custom_id::{Action, Rule as Press},
    dispatch::{May, SUGGESTION_UNITS_MAX, SUGGESTIONS_MAX, Suggestion, answer, suggest},
    error::Error,
    issue::{
        draft as drafts,
        undo::{UNDO_MINUTES, button_of, is_late},
    },
    occurrence, permission,
    request::Request,
    text,
    text::Text,
};
use chrono::{DateTime, Duration, Utc};
use domain::{
    id::{AssociationId, DraftId, RuleId, UserId},
    office::Office,
    rule::{self, Event, Pack, Rule, RuleAssociation},
    setting::{Language, names},
    text::{escape_markdown, fold, one_line},
};
use serde::{Deserialize, Serialize};
use serenity::all::CreateAutocompleteResponse;
use std::sync::Arc;
use storage::{Conflict, Subject, Transaction};

const STEP: &str = "rule-undo";
/// Most associations that are switched at once.
const ASSOCIATIONS_MAX: usize = 50;
/// The acts in audit and history.
const ON: &str = "rule.on";
const OFF: &str = "rule.off";
const UNDO: &str = "rule.undo";

/// What waits behind the button: which rows were switched, and the revision that led to.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Undoing {
    rows: Vec<(i64, i64)>,
    /// What they were before.
    active: bool,
    /// When, in microseconds.
    at: i64,
}

/// `/office rule` 基準
#[poise::command(slash_command)]
pub(crate) async fn rule(
    ctx: Context<'_>,
    #[autocomplete = "packs"] pack: String,
    #[autocomplete = "rules"] rule: String,
    #[autocomplete = "crate::issue::suggest::associations"] associations: Option<String>,
    stop: Option<bool>,
) -> Result<(), Error> {
    answer(ctx, May::Say, async move |request: Request| {
        permission::coordinate(&request)?;
        let found = rule::find(pack.trim(), rule.trim());
        let (pack, rule) = found.ok_or_else(|| Error::refuse(Text::new("refused-no-such-rule")))?;
        match associations.as_deref() {
            None => shown(&request, (pack, rule), "").await.map(Answer::Say),
            Some(written) => {
                let named = named(&request, written)?;
                let active = !stop.unwrap_or_default();
                switched(&request, (pack, rule), &named, active).await
            }
        }
    })
    .await
}

/// Reads `associations`.
fn named(request: &Request, written: &str) -> Result<Vec<AssociationId>, Error> {
    let mut found = Vec::new();
    for name in names(written) {
        let association = request
            .office
            .association_named(name)
            .ok_or_else(|| Error::refuse(Text::new("refused-unknown-association")))?;
        if !found.contains(&association.id) {
            found.push(association.id);
        }
    }
    if found.is_empty() || found.len() > ASSOCIATIONS_MAX {
        return Err(Error::refuse(text!(
            "refused-rule-associations",
            limit = ASSOCIATIONS_MAX
        )));
    }
    Ok(found)
}

/// The packs that are shipped.
pub(crate) async fn packs(ctx: Context<'_>, partial: &str) -> CreateAutocompleteResponse {
    let typed = fold(partial.trim());
    suggest(
        ctx,
        async move |request: Request| -> Result<Vec<Suggestion>, Error> {
            permission::coordinate(&request)?;
            Ok(rule::packs()
                .iter()
                .map(|pack| Suggestion {
                    shown: pack.standard.say(request.language).to_owned(),
                    value: pack.code.clone(),
                })
                .filter(|pack| fold(&pack.shown).contains(&typed) || pack.value.contains(&typed))
                .take(SUGGESTIONS_MAX)
                .collect())
        },
    )
    .await
}

/// The rules of every pack.
pub(crate) async fn rules(ctx: Context<'_>, partial: &str) -> CreateAutocompleteResponse {
    let typed = fold(partial.trim());
    suggest(
        ctx,
        async move |request: Request| -> Result<Vec<Suggestion>, Error> {
            permission::coordinate(&request)?;
            let rules = rule::packs().iter().flat_map(|pack| &pack.rules);
            Ok(rules
                .map(|rule| Suggestion {
                    shown: one_line(
                        &format!("{} {}", rule.article, rule.phrase.say(request.language)),
                        SUGGESTION_UNITS_MAX,
                    ),
                    value: rule.code.clone(),
                })
                .filter(|rule| fold(&rule.shown).contains(&typed) || rule.value.contains(&typed))
                .take(SUGGESTIONS_MAX)
                .collect())
        },
    )
    .await
}

/// Switches a rule for associations, with what is planned for it, in one transaction.
async fn switched(
    request: &Request,
    (pack, rule): (&'static Pack, &'static Rule),
    associations: &[AssociationId],
    active: bool,
) -> Result<Answer, Error> {
    let office = Arc::clone(&request.office);
    let (who, now) = (request.person.user, request.now);
    let wanted = Arc::new(associations.to_vec());
    let done = request
        .record(move |tx| {
            let (office, wanted) = (Arc::clone(&office), Arc::clone(&wanted));
            Box::pin(async move {
                let on = storage::rule::all_active(tx, office.id).await?;
                let mut rows = Vec::new();
                for association in wanted.iter() {
                    let is_on = on.iter().any(|row| {
                        (row.pack.as_str(), row.rule.as_str(), row.association)
                            == (pack.code.as_str(), rule.code.as_str(), *association)
                    });
                    if is_on == active {
                        continue;
                    }
                    let of = (pack.code.as_str(), rule.code.as_str(), *association);
                    let act = if active { ON } else { OFF };
                    let after = switch(tx, &office, of, active, (who, now), act).await?;
                    rows.push((after.id.0, after.revision));
                }
                if rows.is_empty() {
                    return Ok(None);
                }
                let count = rows.len();
                let undoing = Undoing {
                    rows,
                    active: !active,
                    at: now.timestamp_micros(),
                };
                let draft = storage::draft::NewDraft {
                    person: who,
                    step: STEP,
                    body: serde_json::to_value(undoing)?,
                    now,
                    // Longer than it can be used, so that a late press is told what to do instead.
                    expires_at: now + Duration::hours(drafts::DRAFT_HOURS),
                };
                let draft = storage::draft::put(tx, office.id, &draft).await?;
                Ok(Some((count, draft)))
            })
        })
        .await?;
    let key = match (&done, active) {
        (None, true) => "rule-on-already",
        (None, false) => "rule-off-already",
        (Some(_), true) => "rule-on",
        (Some(_), false) => "rule-off",
    };
    let count = done.as_ref().map_or(0, |(count, _)| *count);
    let said = request.say(&text!(key, count = count));
    let mut reply = shown(request, (pack, rule), &said).await?;
    if let Some((_, draft)) = done {
        reply = reply.row(button_of(request, Action::Rule(Press::Undo(draft))));
    }
    Ok(Answer::Say(reply))
}

/// Switches one row, with audit, history and what is planned.
async fn switch(
    tx: &mut Transaction,
    office: &Office,
    of: (&str, &str, AssociationId),
    active: bool,
    (who, now): (UserId, DateTime<Utc>),
    act: &'static str,
) -> storage::Result<RuleAssociation> {
    let (before, after) = storage::rule::switch(tx, office.id, of, active, (who, now)).await?;
    let about = Subject::from(after.id);
    let details = [
        ("rule", format!("{}/{}", after.pack, after.rule)),
        ("association", after.association.to_string()),
    ];
    audit::note(tx, office.id, Some(about), act, who, now, &details).await?;
    let state = |row: &RuleAssociation| serde_json::json!({ "active": row.active });
    let (was, is) = (before.as_ref().map(state), state(&after));
    storage::history::append(tx, office.id, about, now, who, act, was, is).await?;
    occurrence::plan_rule(tx, office, &after, now).await?;
    Ok(after)
}

/// A button was pressed.
pub(crate) async fn pressed(request: &Request, press: Press) -> Result<Answer, Error> {
    match press {
        Press::Show(id) => show(request, id).await,
        Press::Undo(draft) => undo(request, draft).await,
    }
}

/// The button of a reminder: the rule, for the desk and for whoever speaks for the association it is on for.
async fn show(request: &Request, id: RuleId) -> Result<Answer, Error> {
    let office = request.office_id();
    let found = request
        .app
        .store
        .read(move |connection| Box::pin(storage::rule::find(connection, office, id)))
        .await?;
    let person = &request.person;
    let may = |row: &RuleAssociation| {
        person.coordinator
            || person
                .memberships
                .iter()
                .any(|membership| membership.association == row.association)
    };
    let shipped = found.as_ref().filter(|row| may(row));
    let shipped = shipped.and_then(RuleAssociation::shipped);
    let shipped = shipped.ok_or_else(|| Error::refuse(Text::new("refused-no-such-rule")))?;
    shown(request, shipped, "").await.map(Answer::Say)
}

async fn undo(request: &Request, draft: DraftId) -> Result<Answer, Error> {
    permission::coordinate(request)?;
    let undoing: Undoing = match drafts::find(request, draft, STEP).await {
        Err(Error::Refusal(_)) => return Err(gone()),
        found => found?,
    };
    if is_late(request, undoing.at) {
        return Err(Error::refuse(text!(
            "refused-rule-undo-late",
            minutes = UNDO_MINUTES
        )));
    }
    let office = Arc::clone(&request.office);
    let (who, now) = (request.person.user, request.now);
    let done = request
        .record(move |tx| {
            let (office, undoing) = (Arc::clone(&office), undoing.clone());
            Box::pin(async move {
                if storage::draft::take(tx, office.id, draft, who, STEP, now)
                    .await?
                    .is_none()
                {
                    return Ok(false);
                }
                take_back(tx, &office, &undoing, (who, now)).await?;
                Ok(true)
            })
        })
        .await
        .map_err(|error| match error {
            Error::Storage(storage::Error::Conflict(
                Conflict::StaleRevision | Conflict::Missing,
            )) => Error::refuse(Text::new("refused-rule-undo-changed")),
            other => other,
        })?;
    if !done {
        return Err(gone());
    }
    let reply = Reply::of(&Text::new("rule-undone"), request.language);
    Ok(Answer::Replace(reply))
}

async fn take_back(
    tx: &mut Transaction,
    office: &Office,
    undoing: &Undoing,
    by: (UserId, DateTime<Utc>),
) -> storage::Result<()> {
    for (id, revision) in &undoing.rows {
        let row = storage::rule::find(tx, office.id, RuleId(*id)).await?;
        let row = row.ok_or(Conflict::Missing)?;
        if row.revision != *revision {
            return Err(Conflict::StaleRevision.into());
        }
        let of = (row.pack.as_str(), row.rule.as_str(), row.association);
        switch(tx, office, of, undoing.active, by, UNDO).await?;
    }
    Ok(())
}

fn gone() -> Error {
    Error::refuse(Text::new("refused-rule-undo-gone"))
}

/// A rule with its dates, lead times, and for whom it is on (for the desk).
async fn shown(
    request: &Request,
    (pack, rule): (&'static Pack, &'static Rule),
    said: &str,
) -> Result<Reply, Error> {
    let office = request.office_id();
    let on = request
        .app
        .store
        .read(move |connection| Box::pin(storage::rule::all_active(connection, office)))
        .await?;
    let language = request.language;
    let say = |key: &str| request.say(&Text::new(key));
    let mut frame = Frame::titled(request.say(&text!(
        "rule-title",
        article = rule.article.clone(),
        change = Text::new(format!("word-rule-change-{}", rule.change.code())),
    )))
    .words(escape_markdown(rule.phrase.say(language)))
    .field(
        say("field-rule-standard"),
        request.say(&text!(
            "rule-standard",
            standard = pack.standard.say(language).to_owned(),
            source = pack.source.clone(),
        )),
        false,
    )
    .field(say("field-rule-dates"), dates(request, rule), false)
    .field(say("field-rule-deadline"), deadline(request, rule), false)
    .field(say("field-rule-keeping"), keeping(request, rule), false);
    if request.person.coordinator {
        let names: Vec<String> = on
            .iter()
            .filter(|row| row.pack == pack.code && row.rule == rule.code)
            .filter_map(|row| request.office.association(row.association))
            .map(|association| escape_markdown(&association.name))
            .collect();
        let for_whom = if names.is_empty() {
            say("rule-for-nobody")
        } else {
            crate::option::joined(names.into_iter(), language, 900)
        };
        frame = frame.field(say("field-rule-for"), for_whom, false);
    }
    let frame = frame.footer(say(if request.person.coordinator {
        "rule-next-desk"
    } else {
        "rule-next"
    }));
    let reply = Reply {
        content: said.to_owned(),
        ..Reply::default()
    };
    Ok(reply.embed(frame.draw()))
}

/// The dates of a rule: those to come with their lead times, those that have passed as past.
fn dates(request: &Request, rule: &Rule) -> String {
    let today = request.today();
    let dates = [
        (Event::Effect, rule.effect),
        (Event::Transition, rule.transition),
    ];
    let lines: Vec<String> = dates
        .into_iter()
        .filter_map(|(event, date)| Some((event, date?)))
        .map(|(event, date)| {
            let ahead = rule::is_announced(date, today);
            let key = match (event, ahead) {
                (Event::Transition, true) => "rule-transition-ahead",
                (Event::Transition, false) => "rule-transition-past",
                (_, true) => "rule-effect-ahead",
                (_, false) => "rule-effect-past",
            };
            request.say(
                &Text::new(key)
                    .with("date", card::date(date, request.language))
                    .with("leads", leads(&rule.leads, request.language)),
            )
        })
        .collect();
    lines.join("\n")
}

/// What is to be done month by month, and when that is next.
fn deadline(request: &Request, rule: &Rule) -> String {
    let Some(deadline) = &rule.deadline else {
        return String::new();
    };
    let settings = &request.office.settings;
    let at = (settings.reminded_at, settings.time_zone);
    let calendar = request.office.calendar();
    let next = rule::next(rule, Event::Deadline, at, calendar, request.now);
    let day = match deadline.day {
        rule::Day::Last => Text::new("rule-day-last"),
        rule::Day::Of(day) => text!("rule-day-of", day = i64::from(day)),
    };
    let mut words = request.say(&text!(
        "rule-every-month",
        after = i64::from(deadline.months_after),
        day = day,
        leads = leads(&deadline.leads, request.language),
    ));
    if let Some(next) = next {
        let next = text!(
            "rule-next-due",
            month = occurrence::month_word(next.month, request.language),
            date = card::date(next.date, request.language),
            said = card::date(next.moment.date, request.language),
        );
        words = format!("{words}\n{}", request.say(&next));
    }
    words
}

/// For how long records are kept, with today's as an example.
fn keeping(request: &Request, rule: &Rule) -> String {
    let today = request.today();
    let Some((years, until)) = rule.keeping_years.zip(rule.kept_until(today)) else {
        return String::new();
    };
    request.say(&text!(
        "rule-keeping",
        years = i64::from(years),
        today = card::date(today, request.language),
        until = card::date(until, request.language),
    ))
}

/// 30日前、7日前
fn leads(leads: &[domain::occurrence::Lead], language: Language) -> String {
    let named: Vec<String> = leads
        .iter()
        .map(|lead| text!("rule-lead", days = i64::from(lead.length())).say(language))
        .collect();
    named.join(&Text::new("list-separator").say(language))
}
