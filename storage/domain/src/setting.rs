//! Settings of an office: typed values behind the keys of `/office setting`.
//!
//! Keys and values are stored as text. An unknown key or an unreadable value in the database (an
//! older or newer version wrote it) counts as the default, so that an office always opens.

use crate::{
    calendar::{ClosedDays, ClosedDaysFault, OverrideFault, Overrides},
    digest,
    era::parse_time,
    event, feedback, handover,
    id::AssociationId,
    progress::posting,
    review::{Leads, LeadsFault},
    round,
    schedule::{Schedule, ScheduleFault},
    target::mark::{Marks, MarksFault},
    tier::{OfficeRule, Tier},
};
use chrono::NaiveTime;
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

mod grant;
mod key;

pub use {grant::AdviserGrant, key::Key};

/// The earliest and the latest time of day at which people are reminded: the hours of an office.
pub const REMINDED_BETWEEN: (NaiveTime, NaiveTime) = (
    NaiveTime::from_hms_opt(7, 0, 0).expect("seven is a time"),
    NaiveTime::from_hms_opt(19, 0, 0).expect("seven in the evening is a time"),
);
/// Nine in the morning, when offices open.
const NINE: NaiveTime = NaiveTime::from_hms_opt(9, 0, 0).expect("nine is a time");

/// Months between meetings with the adviser of an office that has said nothing: once a quarter.
const ADVISER_MONTHS: u32 = 3;

/// Most own tier rules an office may have.
pub const TIER_RULES_MAX: usize = 50;

/// The language posts are written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// Japanese.
    #[default]
    Ja,
    /// English.
    En,
}

crate::codes!(Language { Ja = "ja", En = "en" });

/// What an office has that has set nothing; read once, because every office begins with it whenever it is
/// loaded, and reading its schedules takes longer than the rest of loading.
static STANDARD: LazyLock<Settings> = LazyLock::new(Settings::standard);

/// All settings of one office.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Language of posts.
    pub locale: Language,
    /// Time zone of dates and due times.
    pub time_zone: Tz,
    /// First month of the fiscal year, 1 to 12.
    pub fiscal_year_start: u32,
    /// Where the adviser takes part.
    pub adviser_sees: AdviserGrant,
    /// The office's own tier rules.
    pub tier_rules: Vec<OfficeRule>,
    /// Years of keeping records after the end of their fiscal year.
    pub retention_years: u32,
    /// Days the office is closed every year.
    pub closed_days: ClosedDays,
    /// Single days added to the national holidays or taken out of them.
    pub holidays: Overrides,
    /// When reviews are reminded of; the time of day is [`Settings::reminded_at`]
    /// ([`Settings::review_leads`] has both).
    pub review: Leads,
    /// When sessions are reminded of, as [`Settings::review`]; nothing of them is overdue
    /// ([`Settings::session_leads`]).
    pub session: Leads,
    /// The time of day of every reminder, within [`REMINDED_BETWEEN`].
    pub reminded_at: NaiveTime,
    /// Which sessions become events of the server.
    pub session_event: event::Policy,
    /// When the desk's weekly digest comes.
    pub digest: Schedule,
    /// When the month is posted; none where nothing is posted by itself.
    pub progress: Option<Schedule>,
    /// When the desk gets the drafts of feedback; none where none are made by themselves.
    pub feedback: Option<Schedule>,
    /// What the marks of the plan table mean.
    pub marks: Marks,
    /// When the desk is reminded to hand over; none where it is not.
    pub handover: Option<Schedule>,
    /// How many months lie between meetings with the adviser; none where they are not asked for.
    pub adviser_months: Option<u32>,
    /// Keys the configuration file has set: `/office setting` refuses to change them.
    pub fixed: BTreeSet<String>,
}

impl Default for Settings {
    fn default() -> Self {
        STANDARD.clone()
    }
}

impl Settings {
    fn standard() -> Self {
        Self {
            locale: Language::Ja,
            time_zone: Tz::Asia__Tokyo,
            fiscal_year_start: 4,
            adviser_sees: AdviserGrant::default(),
            tier_rules: Vec::new(),
            retention_years: 5,
            closed_days: ClosedDays::default(),
            holidays: Overrides::default(),
            review: Leads::default(),
            session: Leads::of_session(),
            reminded_at: NINE,
            session_event: event::Policy::default(),
            digest: digest::standard(),
            progress: Some(posting::standard()),
            feedback: Some(feedback::standard()),
            marks: Marks::default(),
            handover: Some(handover::standard()),
            adviser_months: Some(ADVISER_MONTHS),
            fixed: BTreeSet::new(),
        }
    }
}

/// Why a value does not fit its key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SettingFault {
    /// The value is not one of these.
    #[error("not one of the values {0:?}")]
    NotOneOf(&'static [&'static str]),
    /// Not a time zone of the IANA list.
    #[error("not a time zone")]
    NotATimeZone,
    /// Not a whole number from the first to the second, both included.
    #[error("not a number from {0} to {1}")]
    NotBetween(u32, u32),
    /// No association has this name.
    #[error("no association of this name")]
    NoSuchAssociation(String),
    /// A rule line is not `tier:pattern`, or its pattern cannot be used.
    #[error("line {0} is not a usable rule")]
    BadRule(usize),
    /// More rules than [`TIER_RULES_MAX`].
    #[error("more than {0} rules")]
    TooManyRules(usize),
    /// Not closed days such as 12/29-1/3.
    #[error("closed days: {0}")]
    ClosedDays(ClosedDaysFault),
    /// Not days such as `2027-06-01 市制記念日`.
    #[error("holidays: {0}")]
    Holidays(OverrideFault),
    /// Not leads such as 14日前、1日前、当日.
    #[error("leads: {0}")]
    Leads(LeadsFault),
    /// Not a rhythm such as 7日ごと.
    #[error("rhythm: {0}")]
    Rhythm(LeadsFault),
    /// Not a schedule as an expression.
    #[error("schedule: {0}")]
    Schedule(ScheduleFault),
    /// Not marks with what they mean.
    #[error("marks: {0}")]
    Marks(MarksFault),
    /// Not a number of months.
    #[error("not months")]
    NotMonths,
    /// Not a time of day.
    #[error("not a time of day")]
    NotATime,
    /// Not within [`REMINDED_BETWEEN`].
    #[error("not within the hours of an office")]
    NotInOfficeHours,
}

impl Settings {
    /// Reads stored rows `(key, value)`; see the module on values that cannot be read.
    #[must_use]
    pub fn from_stored(rows: &BTreeMap<String, String>, fixed: BTreeSet<String>) -> Self {
        let mut settings = Self {
            fixed,
            ..Self::default()
        };
        for (key, value) in rows {
            if let Some(key) = Key::from_code(key) {
                settings.set_stored(key, value);
            }
        }
        settings
    }

    fn set_stored(&mut self, key: Key, value: &str) {
        // Association names were resolved to ids when the value was set, so that renaming an
        // association does not change a grant.
        if key == Key::AdviserSees {
            if let Some(grant) = AdviserGrant::from_stored(value) {
                self.adviser_sees = grant;
            }
        } else if self.set(key, value, &|_| None).is_err() {
            // Documented: an unreadable value counts as the default.
        }
    }

    /// Sets one key from what a person typed; `association` finds an association by name.
    ///
    /// # Errors
    /// The value does not fit the key; nothing is changed then.
    pub fn set(
        &mut self,
        key: Key,
        value: &str,
        association: &dyn Fn(&str) -> Option<AssociationId>,
    ) -> Result<(), SettingFault> {
        let value = crate::text::normalise(value);
        let value = value.trim();
        match key {
            Key::Locale => {
                self.locale = Language::from_code(&value.to_lowercase())
                    .ok_or(SettingFault::NotOneOf(&["ja", "en"]))?;
            }
            Key::TimeZone => {
                self.time_zone = value.parse().map_err(|_| SettingFault::NotATimeZone)?;
            }
            Key::FiscalYearStart => self.fiscal_year_start = number(value, 1, 12)?,
            Key::RetentionYears => self.retention_years = number(value, 1, 30)?,
            Key::SessionEvent => {
                self.session_event = event::Policy::from_code(&value.to_lowercase())
                    .ok_or(SettingFault::NotOneOf(&["tier3", "never"]))?;
            }
            Key::AdviserSees => self.adviser_sees = AdviserGrant::parse(value, association)?,
            Key::TierRules => self.tier_rules = parse_rules(value)?,
            Key::ClosedDays => {
                self.closed_days = ClosedDays::parse(value).map_err(SettingFault::ClosedDays)?;
            }
            Key::Holidays => {
                self.holidays = Overrides::read(value).map_err(SettingFault::Holidays)?;
            }
            Key::ReviewBefore => self.review = before(&self.review, value)?,
            Key::ReviewOverdue => {
                let review = self.review.clone().with_overdue(value);
                self.review = review.map_err(SettingFault::Rhythm)?;
            }
            Key::SessionBefore => self.session = before(&self.session, value)?,
            Key::RemindedAt => self.reminded_at = reminded_at(value)?,
            Key::Digest => {
                self.digest = Schedule::parse(value).map_err(SettingFault::Schedule)?;
            }
            Key::Progress => {
                self.progress = posting::read(value).map_err(SettingFault::Schedule)?;
            }
            Key::Feedback => {
                self.feedback = posting::read(value).map_err(SettingFault::Schedule)?;
            }
            Key::Marks => self.marks = Marks::parse(value).map_err(SettingFault::Marks)?,
            Key::Handover => {
                self.handover = posting::read(value).map_err(SettingFault::Schedule)?;
            }
            Key::AdviserMeeting => self.adviser_months = months(value)?,
        }
        Ok(())
    }

    /// When a review is reminded of, at the office's time of day.
    #[must_use]
    pub fn review_leads(&self) -> Leads {
        self.review.clone().at(self.reminded_at)
    }

    /// When a session is reminded of, at the office's time of day.
    #[must_use]
    pub fn session_leads(&self) -> Leads {
        self.session.clone().at(self.reminded_at)
    }

    /// The value of a key as it is stored.
    #[must_use]
    pub fn stored(&self, key: Key) -> String {
        match key {
            Key::Locale => self.locale.code().to_owned(),
            Key::TimeZone => self.time_zone.name().to_owned(),
            Key::FiscalYearStart => self.fiscal_year_start.to_string(),
            Key::RetentionYears => self.retention_years.to_string(),
            Key::SessionEvent => self.session_event.code().to_owned(),
            Key::AdviserSees => self.adviser_sees.stored(),
            Key::ClosedDays => self.closed_days.to_string(),
            Key::Holidays => self.holidays.to_string(),
            Key::ReviewBefore => self.review.before(),
            Key::ReviewOverdue => self.review.overdue(),
            Key::SessionBefore => self.session.before(),
            Key::RemindedAt => self.reminded_at.format("%H:%M").to_string(),
            Key::Digest => self.digest.to_string(),
            Key::Progress => written(self.progress.as_ref()),
            Key::Feedback => written(self.feedback.as_ref()),
            Key::Marks => self.marks.to_string(),
            Key::Handover => written(self.handover.as_ref()),
            Key::AdviserMeeting => self
                .adviser_months
                .map_or_else(|| "なし".to_owned(), |months| months.to_string()),
            Key::TierRules => self
                .tier_rules
                .iter()
                .map(|rule| format!("{}:{}", rule.tier.number(), rule.pattern))
                .collect::<Vec<_>>()
                .join("\n"),
        }
    }
}

/// A schedule as it is stored, or that there is none.
fn written(schedule: Option<&Schedule>) -> String {
    schedule.map_or_else(|| posting::NEVER.to_owned(), ToString::to_string)
}

/// Whether a value says that there shall be nothing: an option cannot be left empty on purpose.
#[must_use]
pub fn says_nothing(value: &str) -> bool {
    matches!(value.trim(), "なし" | "none")
}

/// The names people write as a list ([`split_list`]); none at all for なし.
pub fn names(value: &str) -> impl Iterator<Item = &str> {
    split_list(value).filter(|_| !says_nothing(value))
}

/// Splits what people write as a list: 、 , ， and line breaks separate; empty parts are dropped.
pub fn split_list(value: &str) -> impl Iterator<Item = &str> {
    value
        .split(['、', ',', '，', '\n'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
}

fn number(value: &str, least: u32, most: u32) -> Result<u32, SettingFault> {
    value
        .parse()
        .ok()
        .filter(|number| (least..=most).contains(number))
        .ok_or(SettingFault::NotBetween(least, most))
}

fn before(leads: &Leads, value: &str) -> Result<Leads, SettingFault> {
    leads
        .clone()
        .with_before(value)
        .map_err(SettingFault::Leads)
}

/// Reads 3, 3か月, or なし.
fn months(value: &str) -> Result<Option<u32>, SettingFault> {
    if says_nothing(value) {
        return Ok(None);
    }
    let digits = value
        .trim_end_matches("ごと")
        .trim_end_matches(['か', 'ヶ', 'ケ', 'カ', '月']);
    let (least, most) = round::ADVISER_MONTHS;
    let months = number(digits, least, most).map_err(|_| SettingFault::NotMonths)?;
    Ok(Some(months))
}

fn reminded_at(value: &str) -> Result<NaiveTime, SettingFault> {
    let time = parse_time(value).map_err(|_| SettingFault::NotATime)?;
    let (first, last) = REMINDED_BETWEEN;
    let within = (first..=last).contains(&time);
    within.then_some(time).ok_or(SettingFault::NotInOfficeHours)
}

/// Reads rules, one per line or separated by `;`: an option of a slash command holds one line only.
fn parse_rules(value: &str) -> Result<Vec<OfficeRule>, SettingFault> {
    let mut rules = Vec::new();
    if says_nothing(value) {
        return Ok(rules);
    }
    for (index, line) in value.split(['\n', ';']).map(str::trim).enumerate() {
        if line.is_empty() {
            continue;
        }
        let fault = SettingFault::BadRule(index + 1);
        let (tier, pattern) = line.split_once(':').ok_or_else(|| fault.clone())?;
        let tier = tier
            .trim()
            .parse()
            .ok()
            .and_then(Tier::from_number)
            .ok_or_else(|| fault.clone())?;
        let rule = OfficeRule {
            tier,
            pattern: pattern.trim().to_owned(),
        };
        crate::tier::Rules::with_office(std::slice::from_ref(&rule)).map_err(|_| fault)?;
        rules.push(rule);
    }
    if rules.len() > TIER_RULES_MAX {
        return Err(SettingFault::TooManyRules(TIER_RULES_MAX));
    }
    Ok(rules)
}

#[cfg(test)]
mod tests;
