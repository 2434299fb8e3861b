//! `/target show` 詳細: one target as it stands in a year, with its goals, plan and progress, what it
//! counts by itself and what it has to do with others (再掲).

use super::{
    counted, day_of, no_such, option, sight, span, standings, without_unseen, word, year_name,
};
use crate::{
    Context,
    answer::{Answer, Reply},
    card::{
        self,
        frame::{Frame, cut},
    },
    custom_id::{Action, Target as Press, WORDS},
    dispatch::{May, answer as respond},
    error::Error,
    request::Request,
    text,
    text::Text,
};
use domain::{
    era::FiscalYear,
    id::TargetId,
    target::{Goal, Standing, goal, pace::Aim},
    text::escape_markdown,
};
use serenity::all::{ButtonStyle, CreateActionRow, CreateButton};
use std::collections::BTreeMap;
use storage::target::record::Page;

/// Records shown with the details; the rest is a button away.
const RECORDS_SHOWN: i64 = 5;
/// Counted things shown with the details.
const COUNTED_SHOWN: usize = 5;
/// Years shown beside the one that was asked for.
const YEARS_SHOWN: usize = 5;
/// UTF-16 units of a record's words in its line.
const RECORD_UNITS_SHOWN: usize = 120;
/// UTF-16 units of a field of several lines.
const LINES_UNITS_MAX: usize = 1_000;

/// `/target show` 詳細
#[poise::command(slash_command)]
pub(crate) async fn show(
    ctx: Context<'_>,
    #[autocomplete = "super::suggest::numbers"] number: String,
    #[autocomplete = "super::suggest::years"] year: Option<String>,
) -> Result<(), Error> {
    respond(ctx, May::Say, async move |request: Request| {
        super::known(&request)?;
        let target = option::target(&request, &number).await?;
        let year = option::year(&request, year.as_deref())?;
        Ok(Answer::Say(shown(&request, target.id, year).await?))
    })
    .await
}

/// Everything the details are made of.
struct Known {
    standing: Standing,
    /// The numbers of targets whose goal of the year repeats this one's.
    repeated_by: Vec<TargetId>,
    versions: Vec<Goal>,
    records: Page,
}

/// The details of a target, as far as the person may know of it.
///
/// # Errors
/// Refused when there is none the person may know of.
pub(super) async fn shown(
    request: &Request,
    id: TargetId,
    year: FiscalYear,
) -> Result<Reply, Error> {
    let known = read(request, id, year).await?;
    let counted = counted::lines(request, &known.standing, year).await?;
    let reply = Reply::default().embed(frame(request, &known, year, &counted).draw());
    let rows = rows(request, &known, year, !counted.is_empty());
    Ok(Reply { rows, ..reply })
}

async fn read(request: &Request, id: TargetId, year: FiscalYear) -> Result<Known, Error> {
    let sight = sight(request);
    let mut all = standings(request, year).await?;
    all.retain(|standing| sight.sees(&standing.target));
    let repeated_by = all
        .iter()
        .filter(|other| other.again() == Some(id))
        .map(|other| other.target.id)
        .collect();
    let seen = all.iter().map(|standing| standing.target.id).collect();
    let mut standing = all
        .into_iter()
        .find(|standing| standing.target.id == id)
        .ok_or_else(no_such)?;
    without_unseen(&mut standing.goal, &seen);
    let (office, (first, _)) = (request.office_id(), span(request, year));
    let to = day_of(request, year);
    let (mut versions, records) = request
        .app
        .store
        .read(move |connection| {
            Box::pin(async move {
                let versions = storage::target::goal::versions(connection, office, id).await?;
                let part = (0, RECORDS_SHOWN);
                let records =
                    storage::target::record::of_target(connection, office, id, (first, to), part)
                        .await?;
                Ok((versions, records))
            })
        })
        .await?;
    without_unseen(&mut versions, &seen);
    Ok(Known {
        standing,
        repeated_by,
        versions,
        records,
    })
}

fn frame(request: &Request, known: &Known, year: FiscalYear, counted: &[String]) -> Frame {
    let language = request.language;
    let say = |key: &str| request.say(&Text::new(key));
    let (standing, target) = (&known.standing, &known.standing.target);
    let goal = standing.goal.as_ref();
    let plan = goal.and_then(|goal| goal.content.plan.as_deref());
    let said = goal.map_or_else(|| say("goal-none"), |goal| word::goal(goal, language));
    let count = target.counts.map(|count| word::count(count, language));
    let year_word = year_name(year, language);
    let frame =
        Frame::titled(request.say(&text!("target-title", name = word::name(target, language))))
            .words(escape_markdown(&target.item))
            .field(
                request.say(&text!("field-target-goal", year = year_word.as_str())),
                said,
                false,
            )
            .field(
                say("field-target-state"),
                word::sum(request, standing),
                true,
            )
            .field(
                say("field-target-owner"),
                word::owner(&request.office, target),
                true,
            )
            .field(
                say("field-target-plan"),
                cut(
                    &plan.map(escape_markdown).unwrap_or_default(),
                    LINES_UNITS_MAX,
                ),
                false,
            )
            .field(
                request.say(&text!("field-target-records", total = known.records.total)),
                cut(&records(request, &known.records), LINES_UNITS_MAX),
                false,
            )
            .field(
                count.map_or_else(String::new, |count| {
                    request.say(&text!("field-target-counted", count = count))
                }),
                counted_lines(request, standing, counted),
                false,
            )
            .field(say("field-target-again"), again(request, known), false)
            .field(
                say("field-target-years"),
                cut(&other_years(request, known, year), LINES_UNITS_MAX),
                false,
            );
    word::with_legend(frame, &request.office.settings.marks, language).footer(request.say(&text!(
        "target-show-next",
        date = card::date(day_of(request, year), language)
    )))
}

fn records(request: &Request, page: &Page) -> String {
    let lines: Vec<String> = page
        .items
        .iter()
        .map(|record| word::record(record, request.language, RECORD_UNITS_SHOWN))
        .collect();
    if lines.is_empty() {
        return request.say(&Text::new("target-no-records"));
    }
    lines.join("\n")
}

/// The first of the counted things, and how many more there are: those the reader may know of, and those
/// that are only counted.
fn counted_lines(request: &Request, standing: &Standing, counted: &[String]) -> String {
    let Some(total) = standing.counted else {
        return String::new();
    };
    let mut lines: Vec<String> = counted.iter().take(COUNTED_SHOWN).cloned().collect();
    let hidden = total.saturating_sub(i64::try_from(lines.len()).unwrap_or(i64::MAX));
    if total == 0 {
        lines.push(request.say(&Text::new("target-nothing-counted")));
    } else if hidden > 0 {
        lines.push(request.say(&text!("target-counted-more", count = hidden)));
    }
    cut(&lines.join("\n"), LINES_UNITS_MAX)
}

/// What the target repeats, and what repeats it.
fn again(request: &Request, known: &Known) -> String {
    let first = known
        .standing
        .again()
        .map(|first| request.say(&text!("target-repeats", number = first.0)));
    let by: Vec<String> = known
        .repeated_by
        .iter()
        .map(|id| format!("#{id}"))
        .collect();
    let by = (!by.is_empty()).then(|| {
        let numbers = by.join(&request.say(&Text::new("list-separator")));
        request.say(&text!("target-repeated-by", numbers = numbers))
    });
    let lines: Vec<String> = first.into_iter().chain(by).collect();
    lines.join("\n")
}

/// The goals of other years as they stand, the newest first.
fn other_years(request: &Request, known: &Known, year: FiscalYear) -> String {
    let mut years: BTreeMap<FiscalYear, Vec<&Goal>> = BTreeMap::new();
    for version in &known.versions {
        years.entry(version.year).or_default().push(version);
    }
    let lines: Vec<String> = years
        .into_iter()
        .rev()
        .filter(|(of, _)| *of != year)
        .filter_map(|(of, versions)| Some((of, goal::on(versions, chrono::NaiveDate::MAX)?)))
        .take(YEARS_SHOWN)
        .map(|(of, goal)| {
            request.say(&text!(
                "target-year-line",
                year = year_name(of, request.language),
                goal = word::goal(goal, request.language),
            ))
        })
        .collect();
    lines.join("\n")
}

/// What leads on: the whole lists, and for coordinators what can be done.
fn rows(request: &Request, known: &Known, year: FiscalYear, counts: bool) -> Vec<CreateActionRow> {
    let id = known.standing.target.id;
    let button = |press: Press, key: &str, style| {
        CreateButton::new(Action::Target(press).custom_id())
            .label(request.say(&Text::new(key)))
            .style(style)
    };
    let mut reading = Vec::new();
    if known.records.total > 0 {
        let press = Press::Records(id, year, 0);
        reading.push(button(
            press,
            "button-target-records",
            ButtonStyle::Secondary,
        ));
    }
    if counts {
        let press = Press::Counted(id, year, 0);
        reading.push(button(
            press,
            "button-target-counted",
            ButtonStyle::Secondary,
        ));
    }
    if !known.versions.is_empty() {
        let press = Press::Goals(id, 0);
        reading.push(button(press, "button-target-goals", ButtonStyle::Secondary));
    }
    let mut rows = Vec::new();
    if !reading.is_empty() {
        rows.push(CreateActionRow::Buttons(reading));
    }
    if !request.person.coordinator {
        return rows;
    }
    rows.push(CreateActionRow::Buttons(vec![
        button(Press::Note(id), "button-target-note", ButtonStyle::Primary),
        button(
            Press::Goal(id, year),
            "button-target-goal",
            ButtonStyle::Secondary,
        ),
    ]));
    let goal = known.standing.goal.as_ref();
    if goal.is_some_and(|goal| goal.content.aim() == Aim::Words) {
        let words = WORDS.iter().filter(|word| **word != known.standing.word);
        let buttons = words.map(|word| {
            let label = word.map_or_else(|| Text::new("button-target-no-word"), word::state);
            CreateButton::new(Action::Target(Press::Word(id, year, *word)).custom_id())
                .label(request.say(&label))
                .style(ButtonStyle::Secondary)
        });
        rows.push(CreateActionRow::Buttons(buttons.collect()));
    }
    rows
}
