//! *Narrow*: the same words for fewer people. The wider post goes, the narrower one comes.

use super::{
    audience,
    found::{Found, found_at_desk},
    record::{New, Plan, Step, record},
    told,
};
use crate::{
    answer::{Answer, Reply},
    custom_id::{Action, Share},
    error::Error,
    request::Request,
    text,
    text::Text,
};
use domain::{
    disclosure::{Audience, Disclosure, State},
    id::IssueId,
    text::one_line,
};
use serenity::all::{
    CreateActionRow, CreateSelectMenu, CreateSelectMenuKind, CreateSelectMenuOption,
};

/// Most choices of a select (Discord, components/reference).
const CHOICES_MAX: usize = 25;
/// Longest words of a choice (the same).
const CHOICE_UNITS_MAX: usize = 100;

/// The button was pressed: the narrower audiences to choose from.
pub(super) async fn choose(request: &Request, id: IssueId, version: i64) -> Result<Answer, Error> {
    let found = found_at_desk(request, id).await?;
    let shared = found.in_state(request, version, State::Approved)?;
    let options: Vec<CreateSelectMenuOption> = narrower(request, &found, shared)
        .into_iter()
        .take(CHOICES_MAX)
        .map(|audience| {
            let words = audience::plainly(&request.office, audience, request.language);
            CreateSelectMenuOption::new(one_line(&words, CHOICE_UNITS_MAX), audience.code())
        })
        .collect();
    if options.is_empty() {
        return Err(Error::refuse(Text::new("refused-share-narrowest")));
    }
    let menu = CreateSelectMenu::new(
        Action::Share(Share::Narrowed(id, version)).custom_id(),
        CreateSelectMenuKind::String { options },
    )
    .placeholder(request.say(&Text::new("share-narrow-hint")));
    let text = text!(
        "share-narrow",
        number = id.0,
        audience = audience::words(&request.office, shared.audience, request.language),
    );
    Ok(Answer::Say(
        Reply::of(&text, request.language).row(CreateActionRow::SelectMenu(menu)),
    ))
}

/// Audiences within the one it is shared with, that do not read it already, widest kinds first.
fn narrower(request: &Request, found: &Found, shared: &Disclosure) -> Vec<Audience> {
    let office = &request.office;
    audience::all(office)
        .into_iter()
        .filter(|audience| *audience != shared.audience && *audience != Audience::Desk)
        .filter(|audience| audience.is_within(shared.audience, office))
        .filter(|audience| audience::refuse_known(request, &found.issue, *audience).is_ok())
        .collect()
}

/// One was chosen.
pub(super) async fn narrow(
    request: &Request,
    id: IssueId,
    version: i64,
    chosen: Option<&str>,
) -> Result<Answer, Error> {
    let found = found_at_desk(request, id).await?;
    let shared = found.in_state(request, version, State::Approved)?;
    // A value comes back from the client: only what could have been chosen counts.
    let audience = chosen
        .and_then(Audience::from_code)
        .filter(|audience| narrower(request, &found, shared).contains(audience))
        .ok_or_else(|| Error::refuse(Text::new("refused-share-not-narrower")))?;
    let new = New {
        audience,
        wording: shared.wording.clone(),
        as_written: shared.as_written,
        names_source: shared.names_source,
    };
    let mut plan = Plan::new(id, Step::Put(new, Some(version)), "issue.share-narrow");
    plan.details = vec![("from", shared.audience.code())];
    let (found, version) = record(request, plan).await?;
    told::shared(request, &found, version)
}
