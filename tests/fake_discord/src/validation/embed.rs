//! Limits of embeds (resources/message, "Embed Limits").

use serde_json::Value;

use super::{Errors, below, length};

/// Embeds in a message.
const EMBEDS_MAX: usize = 10;
/// Characters over all embeds of a message.
const SUM_MAX: usize = 6000;
const FIELDS_MAX: usize = 25;

/// Checks a message's embeds; `names` are the files that `attachment://` may refer to, or `None`
/// when they are not known.
pub(crate) fn check(errors: &mut Errors, path: &str, embeds: &Value, names: Option<&[String]>) {
    let Some(list) = embeds.as_array() else {
        return;
    };
    if list.len() > EMBEDS_MAX {
        errors.bad_length(path, 0, EMBEDS_MAX);
    }
    let mut sum = 0;
    for (number, embed) in list.iter().enumerate() {
        let place = below(path, &number.to_string());
        check_one(errors, &place, embed);
        if let Some(names) = names {
            check_pictures(errors, &place, embed, names);
        }
        sum += characters(embed);
    }
    if sum > SUM_MAX {
        // The code word is experience.
        let message = format!("Embed size exceeds maximum size of {SUM_MAX}");
        errors.add(path, "MAX_EMBED_SIZE_EXCEEDED", message);
    }
}

fn check_one(errors: &mut Errors, path: &str, embed: &Value) {
    errors.at_most(&below(path, "title"), &embed["title"], 256);
    errors.at_most(&below(path, "description"), &embed["description"], 4096);
    errors.at_most(&below(path, "footer.text"), &embed["footer"]["text"], 2048);
    errors.at_most(&below(path, "author.name"), &embed["author"]["name"], 256);
    errors.number(&below(path, "color"), &embed["color"], 0, 0xFF_FFFF);
    if embed["footer"].is_object() && !embed["footer"]["text"].is_string() {
        errors.required(&below(path, "footer.text"));
    }
    let fields = embed["fields"].as_array().map_or(&[][..], Vec::as_slice);
    let place = below(path, "fields");
    if fields.len() > FIELDS_MAX {
        errors.bad_length(&place, 0, FIELDS_MAX);
    }
    for (number, field) in fields.iter().enumerate() {
        let place = below(&place, &number.to_string());
        errors.between(&below(&place, "name"), &field["name"], (1, 256), true);
        errors.between(&below(&place, "value"), &field["value"], (1, 1024), true);
    }
}

fn check_pictures(errors: &mut Errors, path: &str, embed: &Value, names: &[String]) {
    for slot in ["image", "thumbnail"] {
        let url = &embed[slot]["url"];
        let place = below(path, &format!("{slot}.url"));
        match url.as_str() {
            None => {}
            Some(text) if text.starts_with("http://") || text.starts_with("https://") => {}
            Some(text) => match text.strip_prefix("attachment://") {
                Some(name) if names.iter().any(|known| known == name) => {
                    check_ending(errors, &place, name)
                }
                Some(name) => {
                    // The wording is experience.
                    let message = format!("There is no attachment named {name}.");
                    errors.add(&place, "ATTACHMENT_NOT_FOUND", message);
                }
                None => {
                    let message = "Scheme must be one of ('http', 'https', 'attachment').";
                    errors.add(&place, "URL_TYPE_INVALID_SCHEME", message);
                }
            },
        }
    }
}

/// Only pictures can stand in an embed (reference, "Using Attachments within Embeds").
fn check_ending(errors: &mut Errors, place: &str, name: &str) {
    let ending = name
        .rsplit_once('.')
        .map(|(_, ending)| ending.to_ascii_lowercase());
    let is_picture = ending
        .is_some_and(|ending| ["jpg", "jpeg", "png", "webp", "gif"].contains(&ending.as_str()));
    if !is_picture {
        errors.add(
            place,
            "ATTACHMENT_NOT_PICTURE",
            "Only pictures can be shown in embeds.",
        );
    }
}

/// Characters that count towards the sum.
fn characters(embed: &Value) -> usize {
    let text = |value: &Value| value.as_str().map_or(0, length);
    let fields = embed["fields"].as_array().into_iter().flatten();
    text(&embed["title"])
        + text(&embed["description"])
        + text(&embed["footer"]["text"])
        + text(&embed["author"]["name"])
        + fields
            .map(|field| text(&field["name"]) + text(&field["value"]))
            .sum::<usize>()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn check_embeds(embeds: Value) -> Value {
        let mut errors = Errors::default();
        check(
            &mut errors,
            "embeds",
            &embeds,
            Some(&["a.png".to_owned(), "b.xlsx".to_owned()]),
        );
        errors.refusal().body["errors"].clone()
    }

    #[test]
    fn the_sum_counts_over_all_embeds() {
        let long = json!({"description": "字".repeat(3000)});
        assert_eq!(check_embeds(json!([long, long])), json!({}));
        let errors = check_embeds(json!([long, long, {"title": "x"}]));
        assert_eq!(
            errors["embeds"]["_errors"][0]["code"],
            "MAX_EMBED_SIZE_EXCEEDED"
        );
    }

    #[test]
    fn pictures_must_be_attached_pictures() {
        assert_eq!(
            check_embeds(json!([{"image": {"url": "attachment://a.png"}}])),
            json!({})
        );
        for wrong in ["attachment://c.png", "attachment://b.xlsx", "ftp://a/b.png"] {
            let errors = check_embeds(json!([{"image": {"url": wrong}}]));
            assert!(errors["embeds"]["0"]["image"]["url"].is_object(), "{wrong}");
        }
    }

    #[test]
    fn fields_need_a_name_and_a_value() {
        let errors = check_embeds(json!([{"fields": [{"name": "", "value": "x"}, {"name": "n"}]}]));
        let fields = &errors["embeds"]["0"]["fields"];
        assert_eq!(
            fields["0"]["name"]["_errors"][0]["code"],
            "BASE_TYPE_BAD_LENGTH"
        );
        assert_eq!(
            fields["1"]["value"]["_errors"][0]["code"],
            "BASE_TYPE_REQUIRED"
        );
    }
}
