//! `/office setting` 設定: typed values behind named keys.

use super::fixed;
use crate::{
    Context,
    answer::{Answer, Reply},
    audit::note,
    dispatch::{May, answer},
    error::Error,
    option::{KeyChoice, clean},
    permission,
    request::Request,
    text,
    text::Text,
};
use domain::setting::{Key, SettingFault};

/// Longest value of a setting, in UTF-16 units.
const VALUE_UNITS_MAX: usize = 4_000;
/// UTF-16 units of a value that the answer repeats; escaping may triple them.
const VALUE_UNITS_SHOWN: usize = 300;

/// `/office setting` 設定
#[poise::command(slash_command)]
pub(crate) async fn setting(ctx: Context<'_>, key: KeyChoice, value: String) -> Result<(), Error> {
    answer(ctx, May::Say, async move |request: Request| {
        permission::coordinate(&request)?;
        let key = key.0;
        if request.office.settings.fixed.contains(key.code()) {
            return Err(fixed());
        }
        let value = clean(&value, VALUE_UNITS_MAX, "what-value")?;
        let mut settings = request.office.settings.clone();
        settings
            .set(key, &value, &|name| {
                request.office.association_named(name).map(|a| a.id)
            })
            .map_err(refusal)?;
        let stored = settings.stored(key);
        let (office, who, now) = (request.office_id(), request.person.user, request.now);
        let kept = stored.clone();
        request
            .record(move |tx| {
                let kept = kept.clone();
                Box::pin(async move {
                    storage::office::set_setting(tx, office, key, &kept, false).await?;
                    note(
                        tx,
                        office,
                        None,
                        "office.setting",
                        who,
                        now,
                        &[("key", key.code().to_owned())],
                    )
                    .await
                })
            })
            .await?;
        let setting = Text::new(format!("word-setting-{}", key.code()));
        if stored.is_empty() {
            let text = text!("setting-set-nothing", setting = setting);
            return Ok(Answer::Say(Reply::of(&text, request.language)));
        }
        let shown = if key == Key::AdviserSees {
            value
        } else {
            stored
        };
        let text = text!(
            "setting-set",
            setting = setting,
            value =
                domain::text::escape_markdown(&domain::text::one_line(&shown, VALUE_UNITS_SHOWN)),
        );
        Ok(Answer::Say(Reply::of(&text, request.language)))
    })
    .await
}

fn refusal(fault: SettingFault) -> Error {
    Error::refuse(match fault {
        SettingFault::NotOneOf(values) => text!("refused-not-one-of", values = values.join(", ")),
        SettingFault::NotATimeZone => Text::new("refused-not-a-time-zone"),
        SettingFault::NotBetween(least, most) => {
            text!(
                "refused-not-between",
                least = i64::from(least),
                most = i64::from(most)
            )
        }
        SettingFault::NoSuchAssociation(_) => Text::new("refused-unknown-association"),
        SettingFault::BadRule(line) => text!("refused-bad-rule", line = line),
        SettingFault::TooManyRules(limit) => text!("refused-too-many", limit = limit),
    })
}
