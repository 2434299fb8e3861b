//! The audit: what was done, by whom, when. Codes only, never wording; written in the transaction of
//! the change. `/office audit` reads it.

use crate::text::Text;
use chrono::{DateTime, Utc};
use domain::{
    id::{OfficeId, UserId},
    setting::Language,
};
use storage::{Transaction, outbox::Subject};

/// Writes one entry: who did what, when, to which record (none for the set-up), with codes only.
pub(crate) async fn note(
    tx: &mut Transaction,
    office: OfficeId,
    about: Option<Subject>,
    act: &'static str,
    who: UserId,
    at: DateTime<Utc>,
    details: &[(&'static str, String)],
) -> storage::Result<()> {
    let details: Vec<(&str, &str)> = details
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    let entry = storage::audit::Entry {
        at,
        who,
        act,
        subject: about,
        details: &details,
    };
    storage::audit::append(tx, office, &entry).await
}

/// An act in words; one that a newer version has written is shown as its code.
pub(crate) fn act(code: &str, language: Language) -> String {
    Text::new(format!("act-{}", code.replace('.', "-")))
        .find(language)
        .unwrap_or_else(|| format!("`{}`", code.replace('`', "")))
}

/// Who did something: a person as Discord shows them, or what of the office itself it was.
pub(crate) fn who(who: UserId, language: Language) -> String {
    match who {
        storage::audit::CONFIGURATION => Text::new("audit-by-configuration").say(language),
        storage::audit::CALENDAR => Text::new("audit-by-calendar").say(language),
        person => format!("<@{person}>"),
    }
}
