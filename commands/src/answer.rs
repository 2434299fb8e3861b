//! Answers: what a handler wants said to the person who asked. The dispatcher says it, once.

use domain::{setting::Language, text::utf16_len};
use serenity::all::{CreateActionRow, CreateEmbed};
use std::sync::Arc;

use crate::{error::Error, text, text::Text};

/// Longest value of a text field in a form, in characters (Discord, components/reference).
pub const FIELD_CHARACTERS_MAX: u16 = 4_000;

/// Longest words of a message, in UTF-16 units (Discord, resources/message).
pub const CONTENT_UNITS_MAX: usize = 2_000;

/// Most files of a message (Discord, resources/message).
pub const FILES_MAX: usize = 10;
/// Most bytes of a file (Discord, reference, "Uploading Files").
pub const FILE_BYTES_MAX: usize = 10 * 1024 * 1024;
/// Most bytes of all files of a message: a request holds 25 MiB, and the words need some of it.
pub const FILES_BYTES_MAX: usize = 24 * 1024 * 1024;
/// Longest name of a file, in letters; our names are far shorter.
pub const FILE_NAME_MAX: usize = 80;
/// Longest description of a file, in UTF-16 units (Discord, resources/message: 1,024 characters).
pub const FILE_DESCRIPTION_UNITS_MAX: usize = 1_024;

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
    /// Files below the words, at most [`FILES_MAX`]. Where the message replaces another, its files go.
    pub files: Vec<File>,
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

    /// With a file.
    #[must_use]
    pub fn file(mut self, file: File) -> Self {
        self.files.push(file);
        self
    }

    /// Bytes of all files.
    #[must_use]
    pub fn file_bytes(&self) -> usize {
        self.files.iter().map(|file| file.bytes.len()).sum()
    }
}

/// A file in an answer, for the person who asked only, or below a post. Its name and its description say what it is
/// and of which day, never what stands in it: both are shown where previews are.
#[derive(Clone)]
pub struct File {
    name: String,
    description: String,
    bytes: Arc<[u8]>,
}

impl File {
    /// A file of a name such as `form1-2026-11-20.xlsx`; the description is what a screen reader says.
    ///
    /// # Errors
    /// Refused when there are more than [`FILE_BYTES_MAX`] bytes. A fault when the name is not made of
    /// ASCII letters, digits, `-`, `_` and a `.` within: Discord changes other names.
    pub fn new(name: String, description: String, bytes: Vec<u8>) -> Result<Self, Error> {
        let plain = |letter: char| letter.is_ascii_alphanumeric() || "-_.".contains(letter);
        let named = (1..=FILE_NAME_MAX).contains(&name.len())
            && name.chars().all(plain)
            && name.starts_with(|first: char| first.is_ascii_alphanumeric());
        if !named {
            return Err(Error::Fault("a file has a name that Discord would change"));
        }
        if bytes.len() > FILE_BYTES_MAX {
            let limit = FILE_BYTES_MAX / (1024 * 1024);
            return Err(Error::refuse(text!(
                "refused-file-too-large",
                limit = limit
            )));
        }
        Ok(Self {
            name,
            description: domain::text::one_line(&description, FILE_DESCRIPTION_UNITS_MAX),
            bytes: bytes.into(),
        })
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What it is, in words.
    #[must_use]
    pub fn description(&self) -> &str {
        &self.description
    }

    /// What stands in it.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

impl std::fmt::Debug for File {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The bytes are content, which no log may hold.
        write!(f, "File({}, {} bytes)", self.name, self.bytes.len())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_has_a_plain_name_and_a_size_that_discord_takes() {
        let file =
            |name: &str, bytes: usize| File::new(name.to_owned(), String::new(), vec![0; bytes]);
        for (name, bytes, expected) in [
            ("form1-2026-11-20.xlsx", 3, "kept"),
            ("form1-2026-11-20_session-3.xlsx", FILE_BYTES_MAX, "kept"),
            ("form1.xlsx", FILE_BYTES_MAX + 1, "refused"),
            ("様式1.xlsx", 3, "fault"),
            ("a/b.xlsx", 3, "fault"),
            (".xlsx", 3, "fault"),
            ("", 3, "fault"),
        ] {
            let found = match file(name, bytes) {
                Ok(_) => "kept",
                Err(Error::Refusal(_)) => "refused",
                Err(_) => "fault",
            };
            assert_eq!(found, expected, "{name}, {bytes} bytes");
        }
        assert!(file(&"a".repeat(FILE_NAME_MAX + 1), 3).is_err());
    }

    #[test]
    fn a_file_says_nothing_of_its_content_when_logged() {
        let file = File::new("form1.xlsx".to_owned(), "見本".to_owned(), b"abc".to_vec());
        assert_eq!(
            format!("{:?}", file.expect("a file")),
            "File(form1.xlsx, 3 bytes)"
        );
    }
}
