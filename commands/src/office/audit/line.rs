//! One entry of the audit as a line: when, who, what, to what, and its codes in words.

use crate::{card, issue::share, option::listed, request::Request, text, text::Text};
use domain::{
    audience::Destination,
    disclosure::Audience,
    era::FiscalYear,
    id::{AssociationId, ProfessionId},
    text::escape_markdown,
};
use storage::audit::Written;

/// UTF-16 units of the associations named in a line.
const NAMES_UNITS_MAX: usize = 120;

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
    crate::audit::who(entry.who, request.language)
}

fn subject(request: &Request, kind: &str, number: i64) -> String {
    let known = text!(format!("subject-{kind}"), number = number).find(request.language);
    let subject = known.unwrap_or_else(|| code(&format!("{kind}:{number}")));
    text!("audit-subject", subject = subject).say(request.language)
}

/// A detail in words; what this version does not know is shown as its code, and what says nothing to
/// people (which revision, which circle) is left out.
fn detail(request: &Request, entry: &Written, name: &str, value: &str) -> Option<String> {
    if matches!(name, "revision" | "circle" | "kind") {
        return None;
    }
    let known = shown(request, entry, name, value);
    let is_known = known.is_some();
    let shown = known.unwrap_or_else(|| code(value));
    Some(match label(&entry.act, name) {
        Some(label) => text!(label, value = shown).say(request.language),
        None if is_known => shown,
        None => format!("{} {shown}", code(name)),
    })
}

/// The value of a detail in words.
fn shown(request: &Request, entry: &Written, name: &str, value: &str) -> Option<String> {
    let word = |prefix: &str| Text::new(format!("{prefix}-{value}")).find(request.language);
    let say = |key: &str| Some(request.say(&Text::new(key)));
    let place = || {
        let place = Destination::from_code(value)?;
        Some(card::place_word(&request.office, place).say(request.language))
    };
    match (entry.act.as_str(), name) {
        (_, "channel" | "role") if value == "none" => say("audit-unset"),
        (_, "channel") => Some(format!("<#{value}>")),
        (_, "role") => Some(format!("<@&{value}>")),
        (_, "id") if is_role(entry) => Some(format!("<@&{value}>")),
        (_, "id" | "who") => Some(format!("<@{value}>")),
        ("issue.tier", "from" | "to") | (_, "tier") => word("word-tier"),
        ("issue.status" | "issue.return" | "issue.review", "from" | "to") => word("word-status"),
        ("issue.route", "from" | "to") | (_, "destination") => place(),
        ("audit.read", "from" | "to") | (_, "version" | "rows" | "there" | "refused" | "kept") => {
            Some(value.to_owned())
        }
        ("issue.export", "form") => word("word-form"),
        ("issue.export" | "target.export", "count") => Some(value.to_owned()),
        ("target.export", "year") => {
            let year = FiscalYear::starting_in(value.parse().ok()?);
            Some(card::year_name(year, request.language))
        }
        (
            "target.import" | "target.import-undo",
            "targets" | "items" | "goals" | "records" | "corrected",
        ) => Some(value.to_owned()),
        ("fund.import" | "fund.import-undo", "funds" | "changed") => Some(value.to_owned()),
        ("fund.import" | "fund.link" | "fund.unlink" | "fund.undo", "year") => {
            let year = FiscalYear::starting_in(value.parse().ok()?);
            Some(card::year_name(year, request.language))
        }
        ("fund.link" | "fund.unlink" | "fund.undo", "project") => value
            .parse::<i64>()
            .ok()
            .map(|number| request.say(&text!("subject-project", number = number))),
        ("rule.on" | "rule.off" | "rule.undo", "rule") => {
            let (pack, rule) = value.split_once('/')?;
            let (_, rule) = domain::rule::find(pack, rule)?;
            Some(rule.article.clone())
        }
        ("issue.export", "speakers") => say("audit-export-speakers"),
        ("session.move", "from" | "to") => value
            .parse()
            .ok()
            .map(|day| card::date(day, request.language)),
        ("office.role", "use") => word("word-capacity"),
        (_, "use") => word("word-use"),
        (_, "key") => word("word-setting"),
        (_, "origin") => word("word-origin"),
        ("issue.link" | "issue.unlink", "other") => value
            .parse::<i64>()
            .ok()
            .map(|number| request.say(&text!("subject-issue", number = number))),
        ("match.find", "count") => value
            .parse::<i64>()
            .ok()
            .map(|count| request.say(&text!("audit-matches", count = count))),
        ("office.person", "what") => match value {
            "add" => say("audit-person-added"),
            "edit" => say("audit-person-corrected"),
            "remove" => say("audit-person-removed"),
            "undo" => say("audit-person-undone"),
            _ => None,
        },
        (_, "session") => value
            .parse::<i64>()
            .ok()
            .map(|number| request.say(&text!("subject-session", number = number))),
        (_, "of") => {
            domain::review::Of::read(value).map(|of| request.say(&crate::review::about::name(of)))
        }
        ("review.done", "next") => word("word-review-next"),
        (_, "review") => Some(value.to_owned()),
        ("review.snooze", "until") => value
            .parse()
            .ok()
            .map(|date| card::date(date, request.language)),
        (_, "why") => word("why"),
        (_, "act") => Some(crate::audit::act(value, request.language)),
        (_, "personal-data") if value == "overridden" => say("word-personal-data-overridden"),
        (_, "as-written") if value == "agreed" => say("audit-as-written"),
        (_, "source") if value == "named" => say("audit-source-named"),
        (_, "audience") => Audience::from_code(value)
            .map(|audience| share::audience::words(&request.office, audience, request.language)),
        (_, "association" | "associations") => associations(request, value),
        (_, "profession") => {
            let profession = request
                .office
                .profession(ProfessionId(value.parse().ok()?))?;
            Some(escape_markdown(&profession.name))
        }
        _ => None,
    }
}

/// The key of the words around a value, where it needs some.
fn label(act: &str, name: &str) -> Option<&'static str> {
    Some(match (act, name) {
        ("audit.read", "from") => "audit-detail-since",
        ("audit.read", "to") => "audit-detail-until",
        ("issue.export", "count") => "audit-export-count",
        ("target.export", "count") => "audit-detail-exported",
        ("target.import" | "target.import-undo", "targets") => "audit-detail-targets",
        ("target.import" | "target.import-undo", "items") => "audit-detail-items",
        ("target.import" | "target.import-undo", "goals") => "audit-detail-goals",
        ("target.import" | "target.import-undo", "records") => "audit-detail-records",
        ("target.import" | "target.import-undo", "corrected") => "audit-detail-corrected",
        ("fund.import" | "fund.import-undo", "funds") => "audit-detail-funds",
        ("fund.import" | "fund.import-undo", "changed") => "audit-detail-fund-changed",
        (_, "tier") => "audit-detail-tier",
        (_, "origin") => "audit-detail-origin",
        (_, "destination") => "audit-detail-destination",
        (_, "from") => "audit-detail-from",
        (_, "to") => "audit-detail-to",
        (_, "act") => "audit-detail-act",
        (_, "who") => "audit-detail-who",
        (_, "version") => "audit-detail-version",
        (_, "rows") => "audit-detail-rows",
        (_, "there") => "audit-detail-there",
        (_, "refused") => "audit-detail-refused",
        (_, "kept") => "audit-detail-kept",
        (_, "of") => "audit-detail-of",
        ("review.done", "next") => "audit-detail-next",
        (_, "review") => "audit-detail-review",
        (_, "until") => "audit-detail-until",
        _ => return None,
    })
}

/// The names of associations from their numbers, such as `1,3`; none when one of them is gone.
fn associations(request: &Request, numbers: &str) -> Option<String> {
    let names: Option<Vec<&str>> = numbers
        .split(',')
        .map(|number| {
            let id = AssociationId(number.parse().ok()?);
            Some(request.office.association(id)?.name.as_str())
        })
        .collect();
    Some(listed(request, names?.into_iter(), NAMES_UNITS_MAX))
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
