//! The proposal of a council (協議会) at the desk: what it is for, an agenda, who sits in it (seed 000,
//! chapter 2 (3)), and which professions might be met this year. Nothing where one is planned already.

use super::{Drawn, Post, Tags, date, digest::talks, frame::Frame, year_name};
use crate::{
    App,
    custom_id::{Action, Gathering, Report, Round},
    option::joined,
    round::talk_line,
    text,
    text::Text,
};
use domain::{
    era::FiscalYear,
    office::Office,
    progress::Period,
    round::{self, TALKS_A_YEAR, Unmet},
    text::escape_markdown,
};
use serenity::all::{ButtonStyle, CreateActionRow, CreateButton};
use storage::{outbox::Claimed, reminder::Reminder};

/// UTF-16 units of the names of associations.
const NAMES_UNITS_MAX: usize = 900;
/// The colour of what wants to be planned.
const COLOUR: u32 = 0xD6_9E2E;

/// Draws the proposal for a fiscal year.
pub(super) async fn draw(
    app: &App,
    office: &Office,
    reminder: &Reminder,
    year: FiscalYear,
    claimed: &Claimed,
) -> storage::Result<Drawn> {
    let (id, start) = (office.id, office.settings.fiscal_year_start);
    let (first, last) = (year.first_day(start), year.last_day(start));
    let zone = office.settings.time_zone;
    let today = app.clock.now().with_timezone(&zone).date_naive();
    let (planned, talks) = app
        .store
        .read(move |connection| {
            Box::pin(async move {
                let planned = storage::round::council(connection, id, first, last).await?;
                let talks = storage::round::talks(connection, id, today).await?;
                Ok((planned, talks))
            })
        })
        .await?;
    if planned.is_some() {
        return Ok(Drawn::Nothing);
    }
    let unmet = round::unmet(&office.associations, &talks, today);
    Ok(Drawn::Post(Box::new(post(
        office,
        reminder,
        year,
        &unmet,
        &claimed.mark,
    ))))
}

fn post(
    office: &Office,
    reminder: &Reminder,
    year: FiscalYear,
    unmet: &[Unmet],
    mark: &str,
) -> Post {
    let language = office.settings.locale;
    let say = |text: &Text| text.say(language);
    let title = say(&text!("council-title", year = year_name(year, language)));
    let (begins, ends) = round::council_season(year, office.settings.fiscal_year_start);
    let words = say(&text!(
        "council-words",
        begins = date(begins, language),
        ends = date(ends, language),
    ));
    let names = office.associations.iter().map(|a| escape_markdown(&a.name));
    let members = joined(names, language, NAMES_UNITS_MAX);
    let members = if members.is_empty() {
        say(&Text::new("council-no-members"))
    } else {
        members
    };
    let mut lines: Vec<String> = unmet
        .iter()
        .filter_map(|unmet| talk_line(office, *unmet, language))
        .collect();
    if !lines.is_empty() {
        let (least, most) = TALKS_A_YEAR;
        lines.push(say(&text!("council-talks", least = least, most = most)));
    }
    let frame = Frame::titled(title.clone())
        .colour(COLOUR)
        .words(words)
        .field(
            say(&Text::new("field-council-agenda")),
            say(&text!(
                "council-agenda",
                before = year_name(year.previous(), language),
                year = year_name(year, language),
            )),
            false,
        )
        .field(say(&Text::new("field-council-members")), members, false)
        .field(
            say(&Text::new("field-council-observers")),
            say(&Text::new("council-observers")),
            false,
        )
        .field(say(&Text::new("digest-unmet")), lines.join("\n"), false)
        .footer(say(&Text::new("council-next")));
    let button = CreateButton::new(
        Action::Round(Round::Ask(Gathering::Council(year.western()))).marked(mark),
    )
    .label(say(&Text::new("button-round-council")))
    .style(ButtonStyle::Primary);
    let last_year =
        CreateButton::new(Action::Report(Report::Show(Period::Year(year.previous()))).custom_id())
            .label(Text::new("button-round-report").say(language))
            .style(ButtonStyle::Secondary);
    let mut buttons = vec![button, last_year];
    buttons.extend(talks(office, unmet, language));
    Post {
        revision: reminder.revision,
        title,
        tags: Tags::default(),
        discussion: None,
        files: Vec::new(),
        embeds: vec![frame.draw()],
        rows: vec![CreateActionRow::Buttons(buttons)],
    }
}
