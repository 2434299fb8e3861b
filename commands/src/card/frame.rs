//! A frame (an embed) that always fits: every part within its own limit, all of them within the limit
//! of a message. Discord refuses a message that is longer anywhere, and then nobody would read anything.
//!
//! Words of people come in escaped ([`domain::text::escape_markdown`]), which may triple them; what is
//! cut here is never cut between a backslash and its mark.

use domain::text::utf16_len;
use serenity::all::{CreateEmbed, CreateEmbedFooter};

/// Longest title, in UTF-16 units (Discord, resources/message, embed limits; so are the next five).
pub const TITLE_UNITS_MAX: usize = 256;
/// Longest description.
pub const DESCRIPTION_UNITS_MAX: usize = 4_096;
/// Longest value of a field.
pub const FIELD_UNITS_MAX: usize = 1_024;
/// Longest name of a field.
pub const NAME_UNITS_MAX: usize = 256;
/// Longest footer.
pub const FOOTER_UNITS_MAX: usize = 2_048;
/// Longest title, description, footer, names and values together.
pub const TOTAL_UNITS_MAX: usize = 6_000;
/// A field gives way to the others only down to this length.
const FIELD_UNITS_KEPT: usize = 120;

/// A frame being filled.
#[derive(Clone, Debug, Default)]
pub struct Frame {
    title: String,
    colour: Option<u32>,
    words: String,
    fields: Vec<Field>,
    footer: Option<String>,
}

#[derive(Clone, Debug)]
struct Field {
    name: String,
    value: String,
    inline: bool,
}

impl Frame {
    /// A frame with a title.
    #[must_use]
    pub fn titled(title: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            ..Self::default()
        }
    }

    /// With a bar of this colour (0xRRGGBB).
    #[must_use]
    pub fn colour(mut self, colour: u32) -> Self {
        self.colour = Some(colour);
        self
    }

    /// With words below the title.
    #[must_use]
    pub fn words(mut self, words: impl Into<String>) -> Self {
        self.words = words.into();
        self
    }

    /// With a field; one without a value is left out, as Discord takes none.
    #[must_use]
    pub fn field(
        mut self,
        name: impl Into<String>,
        value: impl Into<String>,
        inline: bool,
    ) -> Self {
        let (name, value) = (name.into(), value.into());
        if !value.is_empty() {
            self.fields.push(Field {
                name,
                value,
                inline,
            });
        }
        self
    }

    /// With a footer.
    #[must_use]
    pub fn footer(mut self, footer: impl Into<String>) -> Self {
        self.footer = Some(footer.into());
        self
    }

    /// The frame as Discord takes it.
    pub fn draw(mut self) -> CreateEmbed {
        self.fit();
        let mut embed = CreateEmbed::new().title(self.title);
        if !self.words.is_empty() {
            embed = embed.description(self.words);
        }
        if let Some(colour) = self.colour {
            embed = embed.color(colour);
        }
        if let Some(footer) = self.footer {
            embed = embed.footer(CreateEmbedFooter::new(footer));
        }
        self.fields.into_iter().fold(embed, |embed, field| {
            embed.field(field.name, field.value, field.inline)
        })
    }

    /// Brings every part within its limit; then, where all together are too long, the longest fields
    /// give way before the words do.
    fn fit(&mut self) {
        self.title = cut(&self.title, TITLE_UNITS_MAX);
        self.words = cut(&self.words, DESCRIPTION_UNITS_MAX);
        self.footer = self.footer.as_ref().map(|f| cut(f, FOOTER_UNITS_MAX));
        for field in &mut self.fields {
            field.name = cut(&field.name, NAME_UNITS_MAX);
            field.value = cut(&field.value, FIELD_UNITS_MAX);
        }
        let mut longest_first: Vec<usize> = (0..self.fields.len()).collect();
        longest_first.sort_by_key(|at| std::cmp::Reverse(utf16_len(&self.fields[*at].value)));
        for at in longest_first {
            let over = self.units().saturating_sub(TOTAL_UNITS_MAX);
            let value = &mut self.fields[at].value;
            let length = utf16_len(value);
            if over > 0 && length > FIELD_UNITS_KEPT {
                *value = cut(value, length.saturating_sub(over).max(FIELD_UNITS_KEPT));
            }
        }
        let over = self.units().saturating_sub(TOTAL_UNITS_MAX);
        if over > 0 {
            self.words = cut(&self.words, utf16_len(&self.words).saturating_sub(over));
        }
    }

    /// UTF-16 units of all parts together.
    fn units(&self) -> usize {
        let fields = self.fields.iter();
        utf16_len(&self.title)
            + utf16_len(&self.words)
            + self.footer.as_deref().map_or(0, utf16_len)
            + fields
                .map(|field| utf16_len(&field.name) + utf16_len(&field.value))
                .sum::<usize>()
    }
}

/// The text within `units_max` UTF-16 units; lines stay lines, and what is cut off leaves an ellipsis.
/// A mark keeps its backslash or goes with it.
#[must_use]
pub fn cut(text: &str, units_max: usize) -> String {
    if utf16_len(text) <= units_max {
        return text.to_owned();
    }
    let mut kept = String::new();
    // One unit is the ellipsis.
    let mut room = units_max.saturating_sub(1);
    for letter in text.chars() {
        let Some(left) = room.checked_sub(letter.len_utf16()) else {
            break;
        };
        room = left;
        kept.push(letter);
    }
    let backslashes = kept.chars().rev().take_while(|c| *c == '\\').count();
    if backslashes % 2 == 1 {
        kept.pop();
    }
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::text::escape_markdown;

    fn units(embed: &CreateEmbed) -> (usize, serde_json::Value) {
        let embed = serde_json::to_value(embed).expect("an embed is JSON");
        let length = |value: &serde_json::Value| utf16_len(value.as_str().unwrap_or_default());
        let fields = embed["fields"].as_array().cloned().unwrap_or_default();
        let total = length(&embed["title"])
            + length(&embed["description"])
            + length(&embed["footer"]["text"])
            + fields
                .iter()
                .map(|field| length(&field["name"]) + length(&field["value"]))
                .sum::<usize>();
        (total, embed)
    }

    #[test]
    fn a_frame_full_of_marks_fits_in_every_part_and_in_all() {
        for mark in ["*", "<", "@", "\\", "𠮷"] {
            let long = |count: usize| escape_markdown(&mark.repeat(count));
            let mut frame = Frame::titled(long(300))
                .words(long(2_000))
                .footer(long(900));
            for number in 0..25 {
                frame = frame.field(format!("{number}"), long(500), false);
            }
            let (total, embed) = units(&frame.draw());
            assert!(total <= TOTAL_UNITS_MAX, "{mark}: {total}");
            for field in embed["fields"].as_array().expect("fields") {
                let value = field["value"].as_str().expect("a value");
                assert!(!value.is_empty() && utf16_len(value) <= FIELD_UNITS_MAX);
            }
        }
    }

    #[test]
    fn what_fits_is_left_as_it_is() {
        let frame = Frame::titled("#1")
            .words("一行目\n二行目")
            .field("備考", "", true);
        let (_, embed) = units(&frame.draw());
        assert_eq!(embed["description"], "一行目\n二行目");
        assert_eq!(embed["fields"].as_array().map_or(0, Vec::len), 0);
    }

    #[test]
    fn a_cut_keeps_lines_and_parts_no_mark_from_its_backslash() {
        assert_eq!(cut("一行目\n二行目", 20), "一行目\n二行目");
        assert_eq!(cut("一行目\n二行目", 6), "一行目\n二…");
        assert_eq!(cut(r"ab\*cd", 4), "ab…");
        assert_eq!(cut(r"ab\\cd", 5), r"ab\\…");
        assert_eq!(cut("𠮷𠮷𠮷", 4), "𠮷…");
    }
}
