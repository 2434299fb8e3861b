//! The card of an import (取込): one line for a channel in place of a card for each issue. It says how many
//! stand here and their numbers, never a wording.

use super::{Drawn, Post, Tags, frame::Frame};
use crate::{
    App,
    custom_id::{Action, Import as Button},
    text,
    text::Text,
};
use domain::{id::ImportId, office::Office};
use serenity::all::{ButtonStyle, CreateActionRow, CreateButton};
use storage::{
    import::{Import, Standing},
    outbox::Claimed,
};

/// The colour of what only tells.
const COLOUR: u32 = 0x71_8096;

/// Draws what a channel is told of an import.
pub(super) async fn draw(app: &App, office: &Office, claimed: &Claimed) -> storage::Result<Drawn> {
    let (id, import) = (office.id, ImportId(claimed.subject.id));
    let (found, places) = app
        .store
        .read(move |connection| {
            Box::pin(async move {
                let found = storage::import::find(connection, id, import).await?;
                let places = storage::import::places(connection, id, import).await?;
                Ok((found, places))
            })
        })
        .await?;
    let Some(import) = found else {
        return Ok(Drawn::Nothing);
    };
    let here = places
        .into_iter()
        .find(|(place, _)| *place == claimed.destination)
        .map(|(_, standing)| standing);
    // Where nothing was said yet, nothing has to be taken back.
    if here.is_none() && claimed.post.is_none() {
        return Ok(Drawn::Nothing);
    }
    Ok(Drawn::Post(Box::new(post(
        office,
        &import,
        here,
        &claimed.mark,
    ))))
}

/// The numbers of the issues that stand in a place.
pub(crate) fn numbers(standing: Standing) -> Text {
    let key = if standing.first == standing.last {
        "import-numbers-one"
    } else {
        "import-numbers"
    };
    text!(key, first = standing.first.0, last = standing.last.0)
}

fn post(office: &Office, import: &Import, here: Option<Standing>, mark: &str) -> Post {
    let language = office.settings.locale;
    let title = text!("import-card-title", number = import.id.0).say(language);
    let words = match here {
        Some(standing) => text!(
            "import-card",
            count = standing.issues,
            numbers = numbers(standing),
        ),
        None => Text::new("import-card-undone"),
    };
    let button = CreateButton::new(Action::Import(Button::List(import.id)).marked(mark))
        .label(Text::new("button-import-list").say(language))
        .style(ButtonStyle::Secondary);
    Post {
        revision: import.revision,
        title: title.clone(),
        tags: Tags::default(),
        discussion: None,
        files: Vec::new(),
        embeds: vec![
            Frame::titled(title)
                .colour(COLOUR)
                .words(words.say(language))
                .draw(),
        ],
        rows: vec![CreateActionRow::Buttons(vec![button])],
    }
}
