//! The post that says it is time to hand over (引継ぎ), at the desk: make the document, look who still
//! holds which role. It is posted once a year and stays as it is.

use super::{Drawn, Post, Tags, date, frame::Frame};
use crate::{
    custom_id::{Action, Round},
    memo::when,
    option::joined,
    text,
    text::Text,
};
use domain::{id::RoleId, office::Office, person::Rank, setting::Language, text::escape_markdown};
use serenity::all::{ButtonStyle, CreateActionRow, CreateButton};
use storage::{outbox::Claimed, reminder::Reminder};

/// UTF-16 units of the roles of the associations.
const ROLES_UNITS_MAX: usize = 900;
/// The colour of what wants to be looked at.
const COLOUR: u32 = 0xD6_9E2E;

/// Draws it; nothing where nobody wants to be reminded any more.
pub(super) fn draw(office: &Office, reminder: &Reminder, claimed: &Claimed) -> Drawn {
    let Some(schedule) = &office.settings.handover else {
        return Drawn::Nothing;
    };
    let language = office.settings.locale;
    let say = |key: &str| Text::new(key).say(language);
    let zone = office.settings.time_zone;
    let due = reminder.due_at.with_timezone(&zone).date_naive();
    let title = text!("handover-card-title", date = date(due, language)).say(language);
    let cadence = when::schedule(schedule, language);
    let frame = Frame::titled(title.clone())
        .colour(COLOUR)
        .words(say("handover-card-words"))
        .field(say("field-handover-make"), say("handover-card-make"), false)
        .field(say("field-handover-staff"), staff(office, language), false)
        .field(
            say("field-handover-associations"),
            associations(office, language),
            false,
        )
        .field(
            say("field-handover-why"),
            text!("handover-card-why", cadence = cadence).say(language),
            false,
        );
    let button = CreateButton::new(Action::Round(Round::Handover).marked(&claimed.mark))
        .label(say("button-handover"))
        .style(ButtonStyle::Primary);
    Drawn::Post(Box::new(Post {
        revision: reminder.revision,
        title,
        tags: Tags::default(),
        discussion: None,
        files: Vec::new(),
        embeds: vec![frame.draw()],
        rows: vec![CreateActionRow::Buttons(vec![button])],
    }))
}

/// The roles that see everything, or much, and what to do about them.
fn staff(office: &Office, language: Language) -> String {
    let mut lines: Vec<String> = office
        .roles
        .iter()
        .map(|(capacity, binding)| {
            let word = Text::new(format!("word-capacity-{}", capacity.code()));
            text!(
                "handover-card-role",
                what = word,
                role = mention(binding.to)
            )
            .say(language)
        })
        .collect();
    lines.push(Text::new("handover-card-staff").say(language));
    lines.join("\n")
}

/// The roles of the associations, whose officers change as well.
fn associations(office: &Office, language: Language) -> String {
    let roles = office.associations.iter().filter_map(|association| {
        let held: Vec<String> = Rank::ALL
            .iter()
            .filter_map(|rank| association.role(*rank))
            .map(mention)
            .collect();
        let name = escape_markdown(&association.name);
        let roles = held.join(" ");
        (!held.is_empty())
            .then(|| text!("handover-card-association", name = name, roles = roles).say(language))
    });
    let listed = joined(roles, language, ROLES_UNITS_MAX);
    if listed.is_empty() {
        return String::new();
    }
    format!(
        "{listed}\n{}",
        Text::new("handover-card-officers").say(language)
    )
}

fn mention(role: RoleId) -> String {
    format!("<@&{role}>")
}
