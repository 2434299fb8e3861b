//! The posts of bulletins: to an association what is for it, with the *confirmed* button; to everybody in
//! the notice channel the whole list, without who has confirmed.

use super::{
    Drawn, Post, Tags,
    frame::{Frame, cut},
};
use crate::{
    App,
    custom_id::{Action, Notice as Press},
    notice::{
        bulletin::{confirmed, notices, told},
        word,
    },
    text,
    text::Text,
};
use domain::{
    audience::Destination,
    id::BulletinId,
    notice::{Notice, State, bulletin::sections},
    office::Office,
    text::{escape_markdown, utf16_len},
};
use serenity::all::{ButtonStyle, CreateActionRow, CreateButton};
use storage::outbox::Claimed;

/// The colour of notices.
const COLOUR: u32 = 0x3B_6E_8F;
/// UTF-16 units of the sections in a post; what does not fit is read by the button below it.
const WORDS_UNITS_MAX: usize = 3_600;
/// UTF-16 units of one section.
const SECTION_UNITS_MAX: usize = 1_200;

/// Draws a bulletin for its association, or the list of its posting for everybody.
pub(super) async fn draw(app: &App, office: &Office, claimed: &Claimed) -> storage::Result<Drawn> {
    let (id, office_id, wide) = (
        BulletinId(claimed.subject.id),
        office.id,
        claimed.destination == Destination::Notice,
    );
    let read = app
        .store
        .read(move |connection| {
            Box::pin(async move {
                let Some(bulletin) =
                    storage::notice::bulletin::find(connection, office_id, id).await?
                else {
                    return Ok(None);
                };
                let told = told(connection, office_id, &bulletin, wide).await?;
                let told = notices(connection, office_id, &told).await?;
                let topics = storage::notice::topic::list(connection, office_id).await?;
                Ok(Some((bulletin, told, topics)))
            })
        })
        .await?;
    let Some((bulletin, told, topics)) = read else {
        return Ok(Drawn::Nothing);
    };
    let language = office.settings.locale;
    // It is for that association's channels and the wide one only.
    let own = match claimed.destination {
        Destination::Feedback(of) | Destination::Tier1(of) => of == bulletin.association,
        _ => wide,
    };
    if !own || told.is_empty() {
        return Ok(Drawn::Nothing);
    }
    let told: Vec<(&Notice, State)> = told.iter().map(|(it, state)| (it, *state)).collect();
    let words = fitting(
        &word::sections(&sections(&told), &topics, language),
        language,
    );
    let posted = bulletin
        .posted_at
        .with_timezone(&office.settings.time_zone)
        .date_naive();
    let date = super::date(posted, language);
    let name = office
        .association(bulletin.association)
        .map(|it| it.name.as_str());
    let title = if wide {
        text!("bulletin-title-wide", date = date)
    } else {
        let association = escape_markdown(name.unwrap_or_default());
        text!("bulletin-title", date = date, association = association)
    };
    let title = title.say(language);
    let mut frame = Frame::titled(title.clone()).colour(COLOUR).words(words);
    if !wide {
        let said = confirmed(&bulletin, office, language);
        let said = if said.is_empty() {
            Text::new("bulletin-ask").say(language)
        } else {
            said
        };
        frame = frame.field(
            Text::new("field-bulletin-confirmed").say(language),
            said,
            false,
        );
    }
    Ok(Drawn::Post(Box::new(Post {
        revision: bulletin.revision,
        title,
        tags: Tags::default(),
        embeds: vec![frame.draw()],
        rows: row(
            office,
            id,
            wide,
            bulletin.confirmed.is_some(),
            &claimed.mark,
        ),
        discussion: None,
        files: Vec::new(),
    })))
}

/// Sections as long as they fit, and how many topics more there are.
fn fitting(sections: &[String], language: domain::setting::Language) -> String {
    let mut words = String::new();
    for (shown, section) in sections.iter().enumerate() {
        let section = cut(section, SECTION_UNITS_MAX);
        if utf16_len(&words) + utf16_len(&section) > WORDS_UNITS_MAX {
            let more = text!("bulletin-more", count = sections.len() - shown);
            words.push_str(&more.say(language));
            break;
        }
        words.push_str(&section);
        words.push('\n');
    }
    words
}

fn row(
    office: &Office,
    id: BulletinId,
    wide: bool,
    done: bool,
    mark: &str,
) -> Vec<CreateActionRow> {
    let language = office.settings.locale;
    let say = |key: &str| Text::new(key).say(language);
    if wide {
        // The post is found again by the mark its button carries.
        let how = CreateButton::new(Action::Notice(Press::Posting(id, 0)).marked(mark))
            .label(say("button-bulletin-all"))
            .style(ButtonStyle::Secondary);
        return vec![CreateActionRow::Buttons(vec![how])];
    }
    let confirm = CreateButton::new(Action::Notice(Press::Confirm(id)).marked(mark))
        .label(say("button-bulletin-confirm"))
        .style(ButtonStyle::Primary)
        .disabled(done);
    let all = CreateButton::new(Action::Notice(Press::Bulletin(id, 0)).custom_id())
        .label(say("button-bulletin-all"))
        .style(ButtonStyle::Secondary);
    vec![CreateActionRow::Buttons(vec![confirm, all])]
}
