//! The environment: `DISCORD_TOKEN`, and `RENKEI_<SECTION>_<KEY>` for every key of the four sections
//! and of the defaults (`RENKEI_OFFICE_TIME_ZONE`).

use super::{
    fault::Fault,
    file::{DefaultsTable, File, OfficeSection},
};
use std::collections::BTreeMap;

/// The variable the token is usually given in.
const TOKEN: &str = "DISCORD_TOKEN";
/// Sections that have variables; anything else that begins with `RENKEI_` is not ours to judge.
const SECTIONS: [&str; 5] = ["discord", "storage", "office", "http", "log"];
/// The only key that means something when it is empty: nothing is listened to.
const EMPTY_MEANS_OFF: &str = "RENKEI_HTTP_LISTEN";

/// The variables that configure Renkei, by name.
#[derive(Clone, Default)]
pub struct Environment(BTreeMap<String, String>);

impl Environment {
    /// The variables of this process.
    #[must_use]
    pub fn of_process() -> Self {
        std::env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
            .collect()
    }

    /// The variables as tables of the configuration file.
    pub(super) fn tables(&self) -> Result<(File, DefaultsTable), Fault> {
        let mut file = File::default();
        let mut defaults = DefaultsTable::default();
        for (variable, value) in &self.0 {
            let Some((section, key)) = place_of(variable) else {
                continue;
            };
            if value.is_empty() && variable != EMPTY_MEANS_OFF {
                continue;
            }
            let one = one_variable(variable, &section, &key, value)?;
            match one.office {
                OfficeSection::Defaults(one) => defaults = defaults.overlaid(one),
                _ => file = file.overlaid(one),
            }
        }
        Ok((file, defaults))
    }
}

impl FromIterator<(String, String)> for Environment {
    fn from_iter<I: IntoIterator<Item = (String, String)>>(variables: I) -> Self {
        Self(
            variables
                .into_iter()
                .filter(|(name, _)| place_of(name).is_some())
                .collect(),
        )
    }
}

impl std::fmt::Debug for Environment {
    /// The names only: values may be secrets.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.0.keys()).finish()
    }
}

fn place_of(variable: &str) -> Option<(String, String)> {
    if variable == TOKEN {
        return Some(("discord".to_owned(), "token".to_owned()));
    }
    let (section, key) = variable.strip_prefix("RENKEI_")?.split_once('_')?;
    let section = section.to_ascii_lowercase();
    SECTIONS
        .contains(&section.as_str())
        .then(|| (section, key.to_ascii_lowercase()))
}

/// One variable, read by the same tables as the file.
fn one_variable(variable: &str, section: &str, key: &str, value: &str) -> Result<File, Fault> {
    let table = toml::Table::from_iter([(
        section.to_owned(),
        toml::Value::Table(toml::Table::from_iter([(
            key.to_owned(),
            toml::Value::String(value.to_owned()),
        )])),
    )]);
    table.try_into().map_err(|error: toml::de::Error| {
        Fault::of_variable(variable, &format!("{section}.{key}"), error.message())
    })
}
