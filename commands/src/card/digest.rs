//! The post of the weekly digest (週のまとめ) at the desk, with the buttons that plan what should be
//! planned. It is posted once a week and stays as it is; the next is another post.

use super::{Drawn, Post, Tags};
use crate::{
    App,
    custom_id::{Action, Gathering, Round},
    digest::{self, Week},
    text,
    text::Text,
};
use domain::{occurrence::Moment, office::Office, setting::Language};
use serenity::all::{ButtonStyle, CreateActionRow, CreateButton};
use storage::{outbox::Claimed, reminder::Reminder};

/// UTF-16 units of a button's label that a name may take.
const NAME_UNITS_MAX: usize = 40;

/// Draws the digest a reminder is.
pub(super) async fn draw(
    app: &App,
    office: &Office,
    reminder: &Reminder,
    claimed: &Claimed,
) -> storage::Result<Drawn> {
    let local = reminder
        .due_at
        .with_timezone(&office.settings.time_zone)
        .naive_local();
    let now = app.clock.now();
    let today = now.with_timezone(&office.settings.time_zone).date_naive();
    let moment = Moment {
        date: local.date(),
        time: local.time(),
    };
    // One that comes late speaks of the week it comes in.
    let week = digest::week::read(app, office, moment, today, now).await?;
    Ok(Drawn::Post(Box::new(post(
        office,
        reminder,
        &week,
        &claimed.mark,
    ))))
}

fn post(office: &Office, reminder: &Reminder, week: &Week, mark: &str) -> Post {
    let language = office.settings.locale;
    let title = text!("digest-title", date = super::date(week.date, language)).say(language);
    let mut rows = vec![CreateActionRow::Buttons(vec![
        CreateButton::new(Action::Round(Round::Digest).marked(mark))
            .label(Text::new("button-digest").say(language))
            .style(ButtonStyle::Secondary),
    ])];
    let mut asked: Vec<CreateButton> = Vec::new();
    if week.adviser.is_some() {
        let label = Text::new("button-round-adviser");
        asked.push(ask(Gathering::Adviser, &label, language));
    }
    asked.extend(talks(office, &week.unmet, language));
    if !asked.is_empty() {
        rows.push(CreateActionRow::Buttons(asked));
    }
    Post {
        revision: reminder.revision,
        title,
        tags: Tags::default(),
        discussion: None,
        files: Vec::new(),
        embeds: vec![digest::frame(office, week, language).draw()],
        rows,
    }
}

/// The buttons that plan a talk with associations that have not been met for long.
pub(super) fn talks(
    office: &Office,
    unmet: &[domain::round::Unmet],
    language: Language,
) -> Vec<CreateButton> {
    let named = unmet
        .iter()
        .filter_map(|unmet| office.association(unmet.association));
    named
        .map(|association| {
            let name = domain::text::one_line(&association.name, NAME_UNITS_MAX);
            let label = text!("button-round-talk", name = name);
            ask(Gathering::Talk(association.id), &label, language)
        })
        .collect()
}

fn ask(gathering: Gathering, label: &Text, language: Language) -> CreateButton {
    CreateButton::new(Action::Round(Round::Ask(gathering)).custom_id())
        .label(label.say(language))
        .style(ButtonStyle::Primary)
}
