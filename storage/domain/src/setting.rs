//! Settings of an office: typed values behind the keys of `/office setting`.
//!
//! Keys and values are stored as text. An unknown key or an unreadable value in the database (an
//! older or newer version wrote it) counts as the default, so that an office always opens.

use crate::{
    id::AssociationId,
    tier::{OfficeRule, Tier},
};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

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

/// The keys of `/office setting`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// `locale`: language of posts.
    Locale,
    /// `time_zone`: IANA name.
    TimeZone,
    /// `fiscal_year_start`: month 1 to 12.
    FiscalYearStart,
    /// `adviser_sees`: where the adviser takes part besides tier 3 (`desk`, `tier2`, names of
    /// associations), several separated by 、.
    AdviserSees,
    /// `tier_rules`: the office's own rules, `tier:pattern`, one per line.
    TierRules,
    /// `retention_years`: years records are kept after the fiscal year's end.
    RetentionYears,
}

crate::codes!(Key {
    Locale = "locale",
    TimeZone = "time_zone",
    FiscalYearStart = "fiscal_year_start",
    AdviserSees = "adviser_sees",
    TierRules = "tier_rules",
    RetentionYears = "retention_years",
});

/// Where the office lets its adviser take part besides tier 3.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdviserGrant {
    /// The desk.
    pub desk: bool,
    /// Every tier 2 circle.
    pub tier2: bool,
    /// The tier 1 talks of these associations.
    pub associations: BTreeSet<AssociationId>,
}

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
    /// Keys the configuration file has set: `/office setting` refuses to change them.
    pub fixed: BTreeSet<String>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            locale: Language::Ja,
            time_zone: Tz::Asia__Tokyo,
            fiscal_year_start: 4,
            adviser_sees: AdviserGrant::default(),
            tier_rules: Vec::new(),
            retention_years: 5,
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
            Key::AdviserSees => self.adviser_sees = AdviserGrant::parse(value, association)?,
            Key::TierRules => self.tier_rules = parse_rules(value)?,
        }
        Ok(())
    }

    /// The value of a key as it is stored.
    #[must_use]
    pub fn stored(&self, key: Key) -> String {
        match key {
            Key::Locale => self.locale.code().to_owned(),
            Key::TimeZone => self.time_zone.name().to_owned(),
            Key::FiscalYearStart => self.fiscal_year_start.to_string(),
            Key::RetentionYears => self.retention_years.to_string(),
            Key::AdviserSees => self.adviser_sees.stored(),
            Key::TierRules => self
                .tier_rules
                .iter()
                .map(|rule| format!("{}:{}", rule.tier.number(), rule.pattern))
                .collect::<Vec<_>>()
                .join("\n"),
        }
    }
}

impl AdviserGrant {
    fn parse(
        value: &str,
        association: &dyn Fn(&str) -> Option<AssociationId>,
    ) -> Result<Self, SettingFault> {
        let mut grant = Self::default();
        for word in names(value) {
            match word {
                "desk" | "相談窓口" => grant.desk = true,
                "tier2" | "二次連携" => grant.tier2 = true,
                name => {
                    let id = association(name)
                        .ok_or_else(|| SettingFault::NoSuchAssociation(name.to_owned()))?;
                    grant.associations.insert(id);
                }
            }
        }
        Ok(grant)
    }

    fn stored(&self) -> String {
        let mut words = Vec::new();
        if self.desk {
            words.push("desk".to_owned());
        }
        if self.tier2 {
            words.push("tier2".to_owned());
        }
        words.extend(self.associations.iter().map(|id| format!("tier1:{id}")));
        words.join(",")
    }

    fn from_stored(value: &str) -> Option<Self> {
        let mut grant = Self::default();
        for word in value.split(',').filter(|word| !word.is_empty()) {
            match word {
                "desk" => grant.desk = true,
                "tier2" => grant.tier2 = true,
                other => {
                    let id = other.strip_prefix("tier1:")?.parse().ok()?;
                    grant.associations.insert(AssociationId(id));
                }
            }
        }
        Some(grant)
    }
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
mod tests {
    use super::*;

    fn nobody(_: &str) -> Option<AssociationId> {
        None
    }

    #[test]
    fn every_setting_survives_being_stored() {
        let mut settings = Settings::default();
        let find = |name: &str| (name == "薬剤師会").then_some(AssociationId(3));
        for (key, value) in [
            (Key::Locale, "en"),
            (Key::TimeZone, "Europe/Berlin"),
            (Key::FiscalYearStart, "１"),
            (Key::AdviserSees, "相談窓口、薬剤師会"),
            (Key::TierRules, "3:防災無線\n1:研修記録"),
            (Key::RetentionYears, "7"),
        ] {
            settings.set(key, value, &find).expect("a good value");
        }
        let rows = Key::ALL
            .iter()
            .map(|key| (key.code().to_owned(), settings.stored(*key)))
            .collect();
        assert_eq!(Settings::from_stored(&rows, BTreeSet::new()), settings);
    }

    #[test]
    fn rules_are_separated_by_semicolons_and_taken_out_by_saying_so() {
        let mut settings = Settings::default();
        let mut set = |value: &str| {
            settings
                .set(Key::TierRules, value, &nobody)
                .expect("a good value");
            settings.stored(Key::TierRules)
        };
        assert_eq!(set("3:防災無線；1:研修記録"), "3:防災無線\n1:研修記録");
        assert_eq!(set("なし"), "");
        assert_eq!(names("なし").count(), 0);
        assert_eq!(names("なし、薬剤師").count(), 2);
    }

    #[test]
    fn a_value_that_does_not_fit_changes_nothing() {
        let mut settings = Settings::default();
        for (key, value) in [
            (Key::Locale, "fr"),
            (Key::TimeZone, "Tokio"),
            (Key::FiscalYearStart, "13"),
            (Key::AdviserSees, "どこかの会"),
            (Key::TierRules, "4:災害"),
            (Key::TierRules, "3:("),
            (Key::RetentionYears, "0"),
        ] {
            assert!(
                settings.set(key, value, &nobody).is_err(),
                "{key:?} {value}"
            );
        }
        assert_eq!(settings, Settings::default());
    }

    #[test]
    fn what_an_older_version_cannot_read_counts_as_the_default() {
        let rows = BTreeMap::from([
            ("locale".to_owned(), "tlh".to_owned()),
            ("colour".to_owned(), "red".to_owned()),
        ]);
        assert_eq!(
            Settings::from_stored(&rows, BTreeSet::new()),
            Settings::default()
        );
    }
}
