//! *Categories only*: what is offered before everything else when something that was told in confidence
//! is shared (DESIGN section 2, rule 2). The words come from the catalogue in the office's language and
//! name the categories and whether it is an issue or an idea; nothing of the original is in them.
//!
//! A coordinator sees them as the audience will, and approves; what is shared is an ordinary disclosure.

use super::{
    audience,
    found::{Found, found_at_desk},
    record::{New, Plan, Step, record},
    screen, told,
    wording::{names_source, refuse_speaker},
};
use crate::{
    answer::{Answer, Reply},
    card,
    custom_id::{Action, Share},
    error::Error,
    issue::{category, draft, draft::Used},
    permission,
    request::Request,
    text,
    text::Text,
};
use domain::{
    disclosure::{Audience, Disclosure, State, offered_audience},
    id::{DraftId, IssueId},
    issue::{Issue, Kind},
    office::Office,
    visibility::SharedIssue,
};
use serde::{Deserialize, Serialize};
use serenity::all::{ButtonStyle, CreateActionRow, CreateButton};

const STEP: &str = "share-categories";

/// What the preview is about; codes and numbers.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Preview {
    issue: i64,
    /// The revision whose categories are shown.
    revision: i64,
    audience: String,
    /// The version whose words give way.
    instead_of: Option<i64>,
}

/// Whether an issue has categories that can be told.
pub(super) fn are_there(office: &Office, issue: &Issue) -> bool {
    !category::quoted(office, &issue.categories).is_empty()
}

/// The button on the desk's card.
pub(super) async fn open(request: &Request, id: IssueId) -> Result<Answer, Error> {
    let found = found_at_desk(request, id).await?;
    let offered = offered_audience(&found.issue, &found.mentioned(request), &request.office)
        .ok_or_else(audience::no_circle)?;
    show(request, &found, offered, None).await
}

/// The button on the screen of *share as written*: for the same audience, without the original's words.
pub(super) async fn instead(request: &Request, screen: DraftId) -> Result<Answer, Error> {
    let (found, audience, instead_of) = screen::asked(request, screen).await?;
    show(request, &found, audience, instead_of).await
}

/// The preview.
async fn show(
    request: &Request,
    found: &Found,
    audience: Audience,
    instead_of: Option<i64>,
) -> Result<Answer, Error> {
    audience::refuse_known(request, &found.issue, audience)?;
    let wording = wording(request, found)?;
    let preview = Preview {
        issue: found.issue.id.0,
        revision: found.issue.revision,
        audience: audience.code(),
        instead_of,
    };
    let draft = draft::put(request, STEP, &preview).await?;
    Ok(Answer::Say(drawn(request, found, draft, audience, wording)))
}

/// The words: the categories by name, in the office's language.
///
/// # Errors
/// Refused when the issue has no category yet, or a category bears the speaker's name.
fn wording(request: &Request, found: &Found) -> Result<String, Error> {
    let (office, issue) = (&request.office, &found.issue);
    let names: String = issue
        .categories
        .iter()
        .filter_map(|id| office.category(*id))
        .map(|category| format!("「{}」", category.name))
        .collect();
    if names.is_empty() {
        return Err(Error::refuse(text!(
            "refused-share-no-categories",
            number = issue.id.0
        )));
    }
    let key = match issue.kind {
        Kind::Issue => "share-categories-issue",
        Kind::Idea => "share-categories-idea",
    };
    let wording = text!(key, names = names).say(office.settings.locale);
    refuse_speaker(found, permission::approve_disclosure(request)?, &wording)?;
    Ok(wording)
}

/// *Share* below the preview was pressed.
pub(super) async fn send(request: &Request, draft: DraftId) -> Result<Answer, Error> {
    let preview: Preview = draft::find(request, draft, STEP).await?;
    let found = found_at_desk(request, IssueId(preview.issue)).await?;
    if preview.revision != found.issue.revision {
        return Err(Error::refuse(Text::new("refused-changed-meanwhile")));
    }
    let audience = Audience::from_code(&preview.audience)
        .filter(|audience| audience::exists(&request.office, *audience))
        .ok_or_else(|| Error::refuse(Text::new("refused-audience-gone")))?;
    let new = New {
        audience,
        wording: wording(request, &found)?,
        as_written: false,
        names_source: false,
    };
    let act = if preview.instead_of.is_some() {
        "issue.share-correct"
    } else {
        "issue.share"
    };
    let mut plan = Plan::new(found.issue.id, Step::Put(new, preview.instead_of), act);
    plan.revision = Some(preview.revision);
    plan.draft = Some(Used {
        id: draft,
        step: STEP,
    });
    plan.details = vec![("words", "categories".to_owned())];
    let (found, version) = record(request, plan).await?;
    told::shared(request, &found, version)
}

fn drawn(
    request: &Request,
    found: &Found,
    draft: DraftId,
    audience: Audience,
    wording: String,
) -> Reply {
    let office = &request.office;
    let preview = Disclosure {
        issue: found.issue.id,
        version: 0,
        audience,
        wording,
        as_written: false,
        names_source: false,
        state: State::Proposed,
        proposed_by: request.person.user,
        proposed_at: request.now,
        decided_by: None,
        decided_at: None,
    };
    let mut lines = vec![request.say(&text!(
        "share-categories",
        number = found.issue.id.0,
        audience = audience::words(office, audience, request.language),
    ))];
    if names_source(request, found, &preview.wording) {
        lines.push(request.say(&Text::new("share-names-source")));
    }
    let shared = SharedIssue::of(&found.issue, &preview);
    let frame = card::share::frame(office, &shared, office.settings.locale);
    let send = CreateButton::new(Action::Share(Share::CategoriesSend(draft)).custom_id())
        .label(request.say(&Text::new("button-share-send")))
        .style(ButtonStyle::Primary);
    Reply {
        content: lines.join("\n"),
        ..Reply::default()
    }
    .embed(frame.draw())
    .row(CreateActionRow::Buttons(vec![send]))
}
