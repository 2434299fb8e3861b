//! One entry of the audit as a line: when, who, what, to what, and its codes in words.

use crate::{card, request::Request, text, text::Text};
use domain::{
    audience::Destination,
    id::{AssociationId, ProfessionId},
    text::escape_markdown,
};
use storage::audit::Written;

/// The line of an entry.
pub(super) fn of(request: &Request, entry: &Written) -> String {
    let language = request.language;
    let local = entry.at.with_timezone(&request.office.settings.time_zone);
    let details: Vec<String> = entry
        .details
        .iter()
        .filter_map(|(name, value)| detail(request, entry, name, value))
        .collect();
    let separator = Text::new("list-separator").say(language);
    let mut line = text!(
        "audit-line",
        date = card::date(local.date_naive(), language),
        time = local.format("%H:%M").to_string(),
        who = who(request, entry),
        act = crate::audit::act(&entry.act, language),
    )
    .say(language);
    if let Some((kind, number)) = &entry.subject {
        line.push_str(&subject(request, kind, *number));
    }
    if !details.is_empty() {
        let details = details.join(&separator);
        line.push_str(&text!("audit-details", details = details).say(language));
    }
    line
}

/// Who did it; what the configuration file did is said so.
fn who(request: &Request, entry: &Written) -> String {
    if entry.who == storage::audit::CONFIGURATION {
        return request.say(&Text::new("audit-by-configuration"));
    }
    format!("<@{}>", entry.who)
}

fn subject(request: &Request, kind: &str, number: i64) -> String {
    let known = text!(format!("subject-{kind}"), number = number).find(request.language);
    let subject = known.unwrap_or_else(|| code(&format!("{kind}:{number}")));
    text!("audit-subject", subject = subject).say(request.language)
}

/// A detail in words; what this version does not know is shown as its code.
fn detail(request: &Request, entry: &Written, name: &str, value: &str) -> Option<String> {
    let say = |text: Text| text.find(request.language);
    let word = |prefix: &str| say(Text::new(format!("{prefix}-{value}")));
    let office = &request.office;
    let shown = match (entry.act.as_str(), name) {
        ("issue.tier", "from" | "to") | (_, "tier") => word("word-tier"),
        ("issue.status", "from" | "to") => word("word-status"),
        (_, "origin") => word("word-origin"),
        (_, "destination") => Destination::from_code(value)
            .map(|place| card::place_word(office, place).say(request.language)),
        (_, "act") => Some(crate::audit::act(value, request.language)),
        (_, "who") => Some(format!("<@{value}>")),
        (_, "id") if is_role(entry) => Some(format!("<@&{value}>")),
        (_, "id") => Some(format!("<@{value}>")),
        (_, "channel") => Some(format!("<#{value}>")),
        (_, "role") => Some(format!("<@&{value}>")),
        ("office.role", "use") => word("word-capacity"),
        (_, "use") => word("word-use"),
        (_, "key") => word("word-setting"),
        (_, "personal-data") if value == "overridden" => {
            say(Text::new("word-personal-data-overridden"))
        }
        (_, "association") => value
            .parse()
            .ok()
            .and_then(|id| office.association(AssociationId(id)))
            .map(|association| escape_markdown(&association.name)),
        (_, "profession") => value
            .parse()
            .ok()
            .and_then(|id| office.profession(ProfessionId(id)))
            .map(|profession| escape_markdown(&profession.name)),
        // Days are codes already; which revision or circle it was says nothing to people.
        ("audit.read", "from" | "to") => Some(value.to_owned()),
        (_, "revision" | "circle" | "kind") => return None,
        _ => None,
    };
    let known = shown.is_some();
    let shown = shown.unwrap_or_else(|| code(value));
    let label = match (entry.act.as_str(), name) {
        ("audit.read", "from") => "audit-detail-since",
        ("audit.read", "to") => "audit-detail-until",
        (_, "tier") => "audit-detail-tier",
        (_, "origin") => "audit-detail-origin",
        (_, "destination") => "audit-detail-destination",
        (_, "from") => "audit-detail-from",
        (_, "to") => "audit-detail-to",
        (_, "act") => "audit-detail-act",
        (_, "who") => "audit-detail-who",
        _ if known => return Some(shown),
        _ => return Some(format!("{} {shown}", code(name))),
    };
    Some(text!(label, value = shown).say(request.language))
}

/// Whether the id of an acceptance is that of a role.
fn is_role(entry: &Written) -> bool {
    let kind = entry.details.iter().find(|(name, _)| name == "kind");
    kind.is_some_and(|(_, kind)| kind == domain::server::OverseerKind::Role.code())
}

/// A code of the database, shown literally.
fn code(code: &str) -> String {
    format!("`{}`", code.replace('`', ""))
}
