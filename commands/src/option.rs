//! Options of commands: fixed choices with stable values, and how written values are read.
//!
//! poise sends a choice as its position, so that reordering an enum would change its meaning; ours are
//! sent as codes (tiers as 1 to 3).

use crate::{error::Error, request::Request, text, text::Text};
use chrono::{Datelike, Days, NaiveDate, NaiveTime};
use domain::{
    era::{DateFault, TimeFault, YEARLESS_DAYS_BACK, parse_date, parse_time},
    id::IssueId,
    issue::{Kind, Origin, Status},
    office::Capacity,
    review, session,
    setting::{Key, Language},
    tier::Tier,
};
use poise::{SlashArgError, SlashArgument};
use serenity::all::{CommandInteraction, CommandOptionType, CreateCommandOption, ResolvedValue};

fn shown(key: &str) -> (String, [(&'static str, String); 1]) {
    let text = Text::new(key);
    (text.say(Language::En), [("ja", text.say(Language::Ja))])
}

/// A choice of codes: `choice!(Name = Type, "word-prefix")`.
macro_rules! choice {
    ($($(#[$doc:meta])* $name:ident($type:ty), $prefix:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub(crate) struct $name(pub(crate) $type);

        #[serenity::async_trait]
        impl SlashArgument for $name {
            async fn extract(
                _: &serenity::all::Context,
                _: &CommandInteraction,
                value: &ResolvedValue<'_>,
            ) -> Result<Self, SlashArgError> {
                match value {
                    ResolvedValue::String(code) => <$type>::from_code(code).map(Self),
                    _ => None,
                }
                .ok_or_else(|| SlashArgError::new_command_structure_mismatch("not a choice"))
            }

            fn create(option: CreateCommandOption) -> CreateCommandOption {
                <$type>::ALL.iter().fold(option.kind(CommandOptionType::String), |option, value| {
                    let (english, localised) = shown(&format!(concat!($prefix, "-{}"), value.code()));
                    option.add_string_choice_localized(english, value.code(), localised)
                })
            }
        }
    )*};
}

choice! {
    /// `state` of notices.
    NoticeStateChoice(domain::notice::State), "word-notice-state";
    /// `kind` of an issue.
    KindChoice(Kind), "word-kind";
    /// `origin` of an issue.
    OriginChoice(Origin), "word-origin";
    /// `status` of an issue.
    StatusChoice(Status), "word-status";
    /// `use` of `/office role`.
    CapacityChoice(Capacity), "word-capacity";
    /// `use` of `/office channel`.
    UseChoice(ChannelUse), "word-use";
    /// `circle` of `/office association`.
    TalkChoice(domain::office::Talk), "word-talk";
    /// `key` of `/office setting`.
    KeyChoice(Key), "word-setting";
    /// `kind` of a session.
    SessionKindChoice(session::Kind), "word-session-kind";
    /// `purpose` of a session.
    PurposeChoice(session::Purpose), "word-session-purpose";
    /// `state` of a project.
    ProjectStateChoice(domain::project::State), "word-project-state";
    /// `state` of `/target list`.
    PaceChoice(domain::target::pace::State), "word-pace";
    /// `state` of `/target goal`.
    GoalStateChoice(domain::target::goal::State), "word-goal-state";
    /// `role` of the office in a session.
    RoleChoice(session::Role), "word-session-role";
    /// `next` of `/review done`.
    NextChoice(review::Next), "word-review-next";
    /// `state` of `/review list`.
    ReviewStateChoice(review::State), "word-review-state";
    /// `what` of `/office schedule`.
    WhatChoice(domain::digest::What), "word-schedule";
    /// `shift` of `/office schedule`.
    ShiftChoice(domain::calendar::Shift), "word-shift";
    /// `topic` of `/help`.
    TopicChoice(Topic), "word-topic";
}

/// Uses of `/office channel`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ChannelUse {
    /// 相談窓口
    Desk,
    /// 二次連携, several, each with its associations.
    Tier2,
    /// 三次連携
    Tier3,
    /// 進捗
    Progress,
    /// 行政通知
    Notice,
}

domain::codes!(ChannelUse {
    Desk = "desk",
    Tier2 = "tier2",
    Tier3 = "tier3",
    Progress = "progress",
    Notice = "notice",
});

/// Topics of `/help`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Topic {
    /// Writing down an issue.
    Issue,
    /// Who sees what.
    Audience,
    /// The three tiers.
    Tier,
    /// Setting up an office.
    Office,
    /// What is kept, and how to ask for deletion.
    Privacy,
}

domain::codes!(Topic {
    Issue = "issue",
    Audience = "audience",
    Tier = "tier",
    Office = "office",
    Privacy = "privacy",
});

/// `tier`: an integer, 1 to 3.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TierChoice(pub(crate) Tier);

#[serenity::async_trait]
impl SlashArgument for TierChoice {
    async fn extract(
        _: &serenity::all::Context,
        _: &CommandInteraction,
        value: &ResolvedValue<'_>,
    ) -> Result<Self, SlashArgError> {
        match value {
            ResolvedValue::Integer(number) => Tier::from_number(*number).map(Self),
            _ => None,
        }
        .ok_or_else(|| SlashArgError::new_command_structure_mismatch("not a tier"))
    }

    fn create(option: CreateCommandOption) -> CreateCommandOption {
        Tier::ALL
            .iter()
            .fold(option.kind(CommandOptionType::Integer), |option, tier| {
                let (english, localised) = shown(&format!("word-tier-{}", tier.number()));
                let number = i32::try_from(tier.number()).unwrap_or_default();
                option.add_int_choice_localized(english, number, localised)
            })
    }
}

/// `people` of a session: an integer, 1 to [`session::PEOPLE_MAX`].
#[derive(Clone, Copy, Debug)]
pub(crate) struct People(pub(crate) i64);

#[serenity::async_trait]
impl SlashArgument for People {
    async fn extract(
        _: &serenity::all::Context,
        _: &CommandInteraction,
        value: &ResolvedValue<'_>,
    ) -> Result<Self, SlashArgError> {
        match value {
            ResolvedValue::Integer(number) if (1..=session::PEOPLE_MAX).contains(number) => {
                Ok(Self(*number))
            }
            _ => Err(SlashArgError::new_command_structure_mismatch(
                "not a number of people",
            )),
        }
    }

    fn create(option: CreateCommandOption) -> CreateCommandOption {
        // poise would bound it by floating numbers, which Discord refuses for an integer.
        option
            .kind(CommandOptionType::Integer)
            .min_int_value(1)
            .max_int_value(session::PEOPLE_MAX.unsigned_abs())
    }
}

/// Reads `12`, `#12`, `＃１２`.
///
/// # Errors
/// Refused with the forms that work; a number that is not there is the caller's matter.
pub(crate) fn issue_number(written: &str) -> Result<IssueId, Error> {
    let plain = domain::text::normalise(written);
    // A suggestion's shown form (`#12 …`) pasted back works as well.
    let word = plain
        .trim()
        .trim_start_matches('#')
        .split_whitespace()
        .next()
        .unwrap_or_default();
    word.parse::<i64>()
        .ok()
        .filter(|number| *number > 0)
        .map(IssueId)
        .ok_or_else(|| Error::refuse(Text::new("refused-not-a-number")))
}

/// Reads a day as a plan means it: one written without a year is the next of that name, or one that
/// has just passed ([`domain::era::read_date`]).
///
/// # Errors
/// Refused with the forms that work.
pub(crate) fn day(request: &Request, written: &str) -> Result<NaiveDate, Error> {
    parse_date(written, request.today())
        .map_err(|fault| Error::refuse(no_date(&fault, request.language)))
}

/// Why something is no day.
pub(crate) fn no_date(fault: &DateFault, language: Language) -> Text {
    match fault {
        DateFault::NotADate => Text::new("refused-not-a-date"),
        DateFault::NoSuchDay { .. } => Text::new("refused-no-such-day"),
        DateFault::WrongWeekday { date, .. } => text!(
            "refused-wrong-weekday",
            date = crate::card::date(*date, language)
        ),
    }
}

/// Reads a time of day: 14:00, 午後2時, 14時半.
///
/// # Errors
/// Refused with the forms that work.
pub(crate) fn time(written: &str) -> Result<NaiveTime, Error> {
    parse_time(written).map_err(|fault| Error::refuse(no_time(&fault)))
}

/// Why something is no time of day.
pub(crate) fn no_time(fault: &TimeFault) -> Text {
    Text::new(match fault {
        TimeFault::NotATime => "refused-not-a-time",
        TimeFault::NoSuchTime => "refused-no-such-time",
        TimeFault::NoonOrMidnight => "refused-noon-or-midnight",
    })
}

/// Reads a day in the past. A day written without a year is the last one of that name, where a plan
/// would mean the next.
///
/// # Errors
/// Refused with the forms that work.
pub(crate) fn past_day(request: &Request, written: &str) -> Result<NaiveDate, Error> {
    let today = request.today();
    let read = day(request, written)?;
    if read <= today {
        return Ok(read);
    }
    // Seen from so long ago, a day without a year is at most a year back; one with a year stays, and so
    // does 明日, whose month and day would differ.
    let back = Days::new(365 - YEARLESS_DAYS_BACK.unsigned_abs());
    let earlier = today
        .checked_sub_days(back)
        .and_then(|then| parse_date(written, then).ok())
        .filter(|day| (day.month(), day.day()) == (read.month(), read.day()));
    Ok(earlier.unwrap_or(read))
}

/// Makes what a person wrote fit to keep, or says why it is not.
///
/// # Errors
/// Refused when nothing is left or it is too long; the limit and the length are named.
pub(crate) fn clean(written: &str, units_max: usize, what: &'static str) -> Result<String, Error> {
    use domain::text::Unclean;
    domain::text::clean(written, units_max).map_err(|unclean| {
        let what = Text::new(what);
        Error::refuse(match unclean {
            Unclean::TooLong { limit, actual } => {
                text!(
                    "refused-too-long",
                    what = what,
                    limit = limit,
                    actual = actual
                )
            }
            _ => text!("refused-empty", what = what),
        })
    })
}

/// Cleans what may be left out; blank counts as left out.
///
/// # Errors
/// As [`clean`], but never for emptiness.
pub(crate) fn clean_optional(
    written: Option<&str>,
    units_max: usize,
    what: &'static str,
) -> Result<Option<String>, Error> {
    match written.map(|written| domain::text::clean(written, units_max)) {
        None | Some(Err(domain::text::Unclean::Empty)) => Ok(None),
        Some(_) => clean(written.unwrap_or_default(), units_max, what).map(Some),
    }
}

/// Names joined as a list in the reader's language, escaped; those that do not fit into `units_max`
/// UTF-16 units are counted instead.
pub(crate) fn listed<'a>(
    request: &Request,
    names: impl Iterator<Item = &'a str>,
    units_max: usize,
) -> String {
    joined(
        names.map(domain::text::escape_markdown),
        request.language,
        units_max,
    )
}

/// Words joined as a list as they are; those that do not fit into `units_max` UTF-16 units are counted
/// instead.
pub(crate) fn joined(
    words: impl Iterator<Item = String>,
    language: Language,
    units_max: usize,
) -> String {
    let separator = Text::new("list-separator").say(language);
    let words: Vec<String> = words.collect();
    let mut list = String::new();
    for (shown, word) in words.iter().enumerate() {
        let longer = if shown == 0 {
            word.clone()
        } else {
            format!("{list}{separator}{word}")
        };
        if domain::text::utf16_len(&longer) > units_max {
            list.push_str(&text!("list-more", count = words.len() - shown).say(language));
            break;
        }
        list = longer;
    }
    list
}

/// UTF-16 units of the names listed in an answer, so that the sentence around them fits as well
/// (Discord takes 2,000 in all).
pub(crate) const NAMES_UNITS_MAX: usize = 1_000;
