//! `/office setting` 設定: typed values behind named keys.

use super::fixed;
use crate::{
    Context,
    answer::{Answer, Reply},
    audit::note,
    dispatch::{May, answer},
    error::Error,
    occurrence,
    option::{KeyChoice, clean},
    permission,
    request::Request,
    text,
    text::Text,
};
use chrono::NaiveTime;
use domain::{
    calendar::{
        CLOSED_DAYS_MAX, CLOSED_SPANS_MAX, ClosedDaysFault, OVERRIDE_DAYS_MAX, OVERRIDE_NAME_MAX,
        OverrideFault, OverrideReason,
    },
    review::{BEFORE_MAX, LeadsFault},
    setting::{Key, REMINDED_BETWEEN, SettingFault},
    target::mark::{self, MARKS_MAX, MEANING_UNITS_MAX, MarksFault},
};

/// Longest value of a setting, in UTF-16 units.
const VALUE_UNITS_MAX: usize = 4_000;
/// UTF-16 units of a value that the answer repeats; escaping may triple them.
const VALUE_UNITS_SHOWN: usize = 300;

/// `/office setting` 設定
#[poise::command(slash_command)]
pub(crate) async fn setting(
    ctx: Context<'_>,
    key: KeyChoice,
    value: Option<String>,
) -> Result<(), Error> {
    answer(ctx, May::Say, async move |request: Request| {
        permission::coordinate(&request)?;
        let key = key.0;
        let Some(value) = value else {
            return Ok(Answer::Say(shown(&request, key)));
        };
        if request.office.settings.fixed.contains(key.code()) {
            return Err(fixed());
        }
        change(&request, key, &value).await.map(Answer::Say)
    })
    .await
}

/// What is set now, and how it is written.
fn shown(request: &Request, key: Key) -> Reply {
    let settings = &request.office.settings;
    let value = match key {
        Key::AdviserSees => granted(request),
        _ => settings.stored(key),
    };
    let name = Text::new(format!("word-setting-{}", key.code()));
    let text = if value.is_empty() {
        text!("setting-shown-nothing", setting = name)
    } else {
        text!("setting-shown", setting = name, value = quoted(&value))
    };
    let reply = Reply::of(&text, request.language);
    if settings.fixed.contains(key.code()) {
        return reply.line(&request.say(&Text::new("setting-shown-fixed")));
    }
    reply
}

/// Where the adviser takes part, as it is written.
fn granted(request: &Request) -> String {
    let grant = &request.office.settings.adviser_sees;
    let desk = grant.desk.then(|| Text::new("place-desk"));
    let tier2 = grant.tier2.then(|| Text::new("place-tier2"));
    let places = desk
        .into_iter()
        .chain(tier2)
        .map(|place| request.say(&place));
    let associations = grant.associations.iter();
    let names = associations
        .filter_map(|id| request.office.association(*id))
        .map(|association| association.name.clone());
    let all: Vec<String> = places.chain(names).collect();
    all.join(&request.say(&Text::new("list-separator")))
}

async fn change(request: &Request, key: Key, value: &str) -> Result<Reply, Error> {
    let value = clean(value, VALUE_UNITS_MAX, "what-value")?;
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
                if key.moves_what_is_planned() {
                    occurrence::plan_anew(tx, office, now).await?;
                }
                if key == Key::AdviserSees {
                    // What all readers of a feedback may read has changed with them.
                    storage::feedback::touch_all(tx, office, now).await?;
                }
                let details = [("key", key.code().to_owned())];
                note(tx, office, None, "office.setting", who, now, &details).await
            })
        })
        .await?;
    let setting = Text::new(format!("word-setting-{}", key.code()));
    if stored.is_empty() {
        let text = text!("setting-set-nothing", setting = setting);
        return Ok(Reply::of(&text, request.language));
    }
    let shown = if key == Key::AdviserSees {
        value
    } else {
        stored
    };
    let text = text!("setting-set", setting = setting, value = quoted(&shown));
    let reply = Reply::of(&text, request.language);
    Ok(match key {
        // What is kept stays as it was written: people are told where the words will be read.
        Key::Marks => reply.line(&request.say(&Text::new("setting-set-marks"))),
        key if key.moves_what_is_planned() => {
            reply.line(&request.say(&Text::new("setting-set-moves")))
        }
        _ => reply,
    })
}

fn quoted(value: &str) -> String {
    domain::text::escape_markdown(&domain::text::one_line(value, VALUE_UNITS_SHOWN))
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
        SettingFault::ClosedDays(fault) => closed_days(fault),
        SettingFault::Holidays(fault) => holidays(fault),
        SettingFault::Leads(fault) => leads(fault, false),
        SettingFault::Rhythm(fault) => leads(fault, true),
        SettingFault::NotATime => Text::new("refused-not-a-time"),
        SettingFault::Schedule(_) => Text::new("refused-setting-schedule"),
        SettingFault::Marks(fault) => marks(fault),
        SettingFault::NotMonths => Text::new("refused-not-months"),
        SettingFault::NotInOfficeHours => {
            let (first, last) = REMINDED_BETWEEN;
            let clock = |time: NaiveTime| time.format("%-H:%M").to_string();
            text!(
                "refused-not-in-office-hours",
                first = clock(first),
                last = clock(last)
            )
        }
    })
}

fn marks(fault: MarksFault) -> Text {
    match fault {
        MarksFault::Unreadable(part) => {
            text!("refused-marks", part = quoted(&part), marks = mark::all())
        }
        MarksFault::Twice(mark) => text!("refused-marks-twice", mark = mark.to_string()),
        MarksFault::TooMany => text!("refused-too-many", limit = MARKS_MAX),
        MarksFault::TooLong => text!("refused-marks-long", limit = MEANING_UNITS_MAX),
    }
}

fn closed_days(fault: ClosedDaysFault) -> Text {
    match fault {
        ClosedDaysFault::Unreadable(part) => {
            text!("refused-closed-days", part = quoted(&part))
        }
        ClosedDaysFault::NoSuchDay(month, day) => text!(
            "refused-closed-days-no-such-day",
            month = i64::from(month),
            day = i64::from(day)
        ),
        ClosedDaysFault::TooManySpans => text!("refused-too-many", limit = CLOSED_SPANS_MAX),
        ClosedDaysFault::TooManyDays(days) => text!(
            "refused-closed-days-too-many",
            days = days,
            limit = CLOSED_DAYS_MAX
        ),
    }
}

fn holidays(fault: OverrideFault) -> Text {
    let place = fault.line;
    match fault.reason {
        OverrideReason::AddedAndRemoved(_) => text!("refused-holidays-both", place = place),
        OverrideReason::TooManyDays | OverrideReason::TooLarge => {
            text!("refused-too-many", limit = OVERRIDE_DAYS_MAX)
        }
        OverrideReason::Name(_) => text!(
            "refused-holidays-name",
            place = place,
            limit = OVERRIDE_NAME_MAX
        ),
        OverrideReason::NotADate(_) | OverrideReason::Malformed(_) => {
            text!("refused-holidays", place = place)
        }
    }
}

fn leads(fault: LeadsFault, is_rhythm: bool) -> Text {
    match fault {
        LeadsFault::Unreadable(part) => Text::new(if is_rhythm {
            "refused-rhythm"
        } else {
            "refused-leads"
        })
        .with("part", quoted(&part)),
        LeadsFault::NotBetween(least, most) => text!(
            "refused-leads-not-between",
            least = i64::from(least),
            most = i64::from(most)
        ),
        LeadsFault::TooMany => text!("refused-too-many", limit = BEFORE_MAX),
    }
}
