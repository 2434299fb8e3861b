//! Answers: what a handler wants said to the person who asked. The dispatcher says it, once.

use domain::{setting::Language, text::utf16_len};
use serenity::all::{CreateActionRow, CreateEmbed};

use crate::text::Text;

/// Longest value of a text field in a form, in characters (Discord, components/reference).
pub const FIELD_CHARACTERS_MAX: u16 = 4_000;

/// Longest words of a message, in UTF-16 units (Discord, resources/message).
pub const CONTENT_UNITS_MAX: usize = 2_000;

/// The one answer to an interaction.
#[derive(Clone, Debug)]
pub enum Answer {
    /// A message only the person sees.
    Say(Reply),
    /// The message whose button was pressed is replaced; only for messages only the person sees.
    Replace(Reply),
    /// A form opens.
    Ask(Form),
}

/// A message to one person.
#[derive(Clone, Debug, Default)]
pub struct Reply {
    /// The words.
    pub content: String,
    /// What is shown framed below.
    pub embeds: Vec<CreateEmbed>,
    /// Buttons and selects.
    pub rows: Vec<CreateActionRow>,
}

impl Reply {
    /// A message of one text.
    #[must_use]
    pub fn of(text: &Text, language: Language) -> Self {
        Self {
            content: text.say(language),
            ..Self::default()
        }
    }

    /// With something framed below.
    #[must_use]
    pub fn embed(mut self, embed: CreateEmbed) -> Self {
        self.embeds.push(embed);
        self
    }

    /// With a line below the words; framed where they leave it no room.
    #[must_use]
    pub fn line(mut self, line: &str) -> Self {
        if self.content.is_empty() {
            self.content = line.to_owned();
        } else if utf16_len(&self.content) + utf16_len(line) + 2 <= CONTENT_UNITS_MAX {
            self.content = format!("{}\n\n{line}", self.content);
        } else {
            self.embeds.push(CreateEmbed::new().description(line));
        }
        self
    }

    /// With a row of buttons.
    #[must_use]
    pub fn row(mut self, row: CreateActionRow) -> Self {
        self.rows.push(row);
        self
    }
}

/// A form (modal): a title and one to five text fields.
#[derive(Clone, Debug)]
pub struct Form {
    /// Routes the submission ([`crate::custom_id`]).
    pub custom_id: String,
    /// 1 to 45 characters.
    pub title: String,
    /// One to five.
    pub fields: Vec<Field>,
}

/// One text field of a form.
#[derive(Clone, Debug)]
pub struct Field {
    /// Names the value in the submission.
    pub id: &'static str,
    /// 1 to 45 characters.
    pub label: String,
    /// Up to 100 characters, shown while empty.
    pub placeholder: String,
    /// What stands in it at first.
    pub value: Option<String>,
    /// Whether it may stay empty.
    pub required: bool,
    /// Several lines or one.
    pub long: bool,
    /// Most characters, at most [`FIELD_CHARACTERS_MAX`].
    pub characters_max: u16,
}
