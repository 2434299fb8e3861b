//! The audience of a shared wording: read from the option `audience`, named in words, suggested.
//!
//! Values come back from clients and are read again each time: what is no audience of the office as it
//! is now is refused.

use super::found::Found;
use crate::{
    Context,
    dispatch::{Suggestion, suggest},
    error::Error,
    option::{NAMES_UNITS_MAX, listed},
    request::Request,
    text,
    text::Text,
};
use domain::{
    audience::Destination,
    disclosure::{Audience, Group, offered_audience},
    id::{AssociationId, CircleId},
    issue::Issue,
    office::{Office, Talk},
    setting::Language,
    text::{escape_markdown, fold, normalise, one_line},
    tier::Tier,
};
use serenity::all::CreateAutocompleteResponse;

/// Associations of a circle that are named; the rest is counted.
const NAMED_MAX: usize = 3;
/// UTF-16 units of an unknown value that a refusal quotes.
const QUOTED_UNITS_MAX: usize = 40;

/// Every audience the office has: the desk, its circles, the region, each association and its groups.
pub(super) fn all(office: &Office) -> Vec<Audience> {
    let circles = office
        .circles
        .iter()
        .map(|circle| Audience::Circle(circle.id));
    let of = |group: Group| {
        office
            .associations
            .iter()
            .map(move |association| Audience::Association(association.id, group))
    };
    [Audience::Desk]
        .into_iter()
        .chain(circles)
        .chain([Audience::Region])
        .chain(of(Group::Everyone))
        .chain(of(Group::Officers))
        .chain(of(Group::Contacts))
        .collect()
}

/// Reads the option: `desk`, `tier2`, `tier2:1`, `tier3`, `association:NAME[:officers|contacts]`, the
/// name of an association, or the words the suggestions show.
///
/// # Errors
/// Refused with what there is; `tier2` is refused where no circle holds all concerned.
pub(super) fn read(request: &Request, found: &Found, written: &str) -> Result<Audience, Error> {
    let office = &request.office;
    let plain = normalise(written);
    let plain = plain.trim();
    if plain == "tier2" {
        return narrowest(request, found).ok_or_else(no_circle);
    }
    let by_value = match plain.split_once(':') {
        None if plain == "desk" => Some(Audience::Desk),
        None if plain == "tier3" => Some(Audience::Region),
        Some(("tier2", id)) => id.parse().ok().map(CircleId).map(Audience::Circle),
        Some(("association", rest)) => association(office, rest),
        _ => None,
    };
    let by_words = || {
        let wanted = fold(plain);
        all(office).into_iter().find(|audience| {
            [Language::Ja, Language::En]
                .iter()
                .any(|language| fold(&plainly(office, *audience, *language)) == wanted)
        })
    };
    by_value
        .filter(|audience| exists(office, *audience))
        .or_else(by_words)
        .or_else(|| {
            let named = office.association_named(plain)?;
            Some(Audience::Association(named.id, Group::Everyone))
        })
        .ok_or_else(|| unknown(request, written))
}

/// `NAME` or `NAME:officers`; a name may hold a colon itself.
fn association(office: &Office, rest: &str) -> Option<Audience> {
    if let Some(named) = office.association_named(rest) {
        return Some(Audience::Association(named.id, Group::Everyone));
    }
    let (name, group) = rest.rsplit_once(':')?;
    let group = match group.trim() {
        "officers" => Group::Officers,
        "contacts" => Group::Contacts,
        _ => return None,
    };
    let named = office.association_named(name)?;
    Some(Audience::Association(named.id, group))
}

fn unknown(request: &Request, written: &str) -> Error {
    let names: Vec<String> = all(&request.office)
        .into_iter()
        .map(|audience| plainly(&request.office, audience, request.language))
        .collect();
    Error::refuse(text!(
        "refused-unknown-audience",
        written = escape_markdown(&one_line(written, QUOTED_UNITS_MAX)),
        names = listed(request, names.iter().map(String::as_str), NAMES_UNITS_MAX),
    ))
}

/// The refusal where no circle holds all concerned.
pub(super) fn no_circle() -> Error {
    Error::refuse(Text::new("refused-share-no-circle"))
}

/// Whether the office still has the circle or association of an audience.
pub(super) fn exists(office: &Office, audience: Audience) -> bool {
    match audience {
        Audience::Desk | Audience::Region => true,
        Audience::Circle(id) => office.circle(id).is_some(),
        Audience::Association(id, _) => office.association(id).is_some(),
    }
}

/// The narrowest circle that holds all whom the issue concerns, whatever its tier.
fn narrowest(request: &Request, found: &Found) -> Option<Audience> {
    let between = Issue {
        tier: Tier::Two,
        ..found.issue.clone()
    };
    offered_audience(&between, &found.mentioned(request), &request.office)
        .filter(|audience| matches!(audience, Audience::Circle(_)))
}

/// Refuses to share with people who read the original already.
///
/// # Errors
/// Refused, naming the audience.
pub(super) fn refuse_known(
    request: &Request,
    issue: &Issue,
    audience: Audience,
) -> Result<(), Error> {
    let office = &request.office;
    let talk = |id: AssociationId, wanted: Audience| match wanted {
        Audience::Association(of, Group::Officers | Group::Contacts) => of == id,
        Audience::Association(of, Group::Everyone) => {
            of == id
                && office
                    .association(id)
                    .is_some_and(|association| association.talk == Talk::Members)
        }
        _ => false,
    };
    let stands = match issue.destination {
        Destination::Desk => audience == Audience::Desk,
        Destination::Tier2(id) => audience.is_within(Audience::Circle(id), office),
        Destination::Tier3 => audience.is_within(Audience::Region, office),
        Destination::Tier1(id) => talk(id, audience),
        _ => false,
    };
    // Officers and contacts read whatever their association raised.
    if stands || issue.association.is_some_and(|id| talk(id, audience)) {
        return Err(Error::refuse(text!(
            "refused-share-known",
            number = issue.id.0,
            audience = words(office, audience, request.language),
        )));
    }
    Ok(())
}

/// An audience in words, fit to be shown in a message.
pub(crate) fn words(office: &Office, audience: Audience, language: Language) -> String {
    escape_markdown(&plainly(office, audience, language))
}

/// An audience in words, for suggestions and choices, which show markdown as it is.
pub(crate) fn plainly(office: &Office, audience: Audience, language: Language) -> String {
    let name = |id| {
        office
            .association(id)
            .map(|association| association.name.clone())
            .unwrap_or_else(|| Text::new("audience-gone").say(language))
    };
    match audience {
        Audience::Desk => Text::new("place-desk").say(language),
        Audience::Region => Text::new("audience-region").say(language),
        Audience::Circle(id) => circle(office, id, language),
        Audience::Association(id, Group::Everyone) => {
            text!("audience-association", association = name(id)).say(language)
        }
        Audience::Association(id, Group::Officers) => text!(
            "association-rank",
            association = name(id),
            rank = Text::new("word-rank-officers")
        )
        .say(language),
        Audience::Association(id, Group::Contacts) => text!(
            "association-rank",
            association = name(id),
            rank = Text::new("word-rank-contacts")
        )
        .say(language),
    }
}

fn circle(office: &Office, id: CircleId, language: Language) -> String {
    let Some(circle) = office.circle(id) else {
        return Text::new("audience-gone").say(language);
    };
    let names: Vec<&str> = circle
        .associations
        .iter()
        .filter_map(|id| office.association(*id))
        .map(|association| association.name.as_str())
        .collect();
    let separator = Text::new("list-separator").say(language);
    let shown = names.len().min(NAMED_MAX);
    let mut list = names[..shown].join(&separator);
    if names.len() > shown {
        list.push_str(&text!("list-more", count = names.len() - shown).say(language));
    }
    text!("audience-circle", associations = list).say(language)
}

/// The value of an audience, as the option takes it.
fn value(office: &Office, audience: Audience) -> String {
    match audience {
        Audience::Association(id, group) => {
            let name = office
                .association(id)
                .map(|association| association.name.as_str())
                .unwrap_or_default();
            match group {
                Group::Everyone => format!("association:{name}"),
                Group::Officers => format!("association:{name}:officers"),
                Group::Contacts => format!("association:{name}:contacts"),
            }
        }
        Audience::Desk | Audience::Circle(_) | Audience::Region => audience.code(),
    }
}

/// Suggestions for the option, for those who may propose something.
pub(super) async fn suggested(ctx: Context<'_>, partial: &str) -> CreateAutocompleteResponse {
    let partial = fold(partial.trim());
    suggest(ctx, async move |request: Request| {
        crate::permission::share_at_all(&request)?;
        let office = &request.office;
        let narrowest = Suggestion {
            shown: Text::new("audience-narrowest").say(request.language),
            value: "tier2".to_owned(),
        };
        let has_circle = !office.circles.is_empty();
        Ok(has_circle
            .then_some(narrowest)
            .into_iter()
            .chain(all(office).into_iter().map(|audience| Suggestion {
                shown: plainly(office, audience, request.language),
                value: value(office, audience),
            }))
            .filter(|suggestion| {
                fold(&suggestion.shown).contains(&partial)
                    || fold(&suggestion.value).contains(&partial)
            })
            .collect())
    })
    .await
}
