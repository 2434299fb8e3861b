//! The second screen of *share as written*: a preview as the audience will see it, a tick that whoever
//! said it agreed, a tick for naming the source (DESIGN section 2, rule 2).
//!
//! The ticks travel in the custom ids: what a press says is ticked was ticked by the coordinator who
//! pressed. What is shared waits in a draft, with the revision whose words were shown.

use super::{
    audience, categories,
    form::Asked,
    found::{Found, found_at_desk},
    record::{New, Plan, Step, record},
    told,
    wording::{names_source, refuse_speaker},
};
use crate::{
    answer::{Answer, Reply},
    card,
    custom_id::{Action, Share, Ticks},
    error::Error,
    issue::{draft, draft::Used, privacy},
    permission,
    request::Request,
    text,
    text::Text,
};
use domain::{
    disclosure::{Audience, Disclosure, State, offered_audience},
    id::{DraftId, IssueId},
    visibility::SharedIssue,
};
use serde::{Deserialize, Serialize};
use serenity::all::{ButtonStyle, CreateActionRow, CreateButton};

const STEP: &str = "share-screen";

/// What the screen is about; codes and numbers.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Screen {
    issue: i64,
    /// The revision whose words are shown.
    revision: i64,
    audience: String,
    /// The waiting version that would be approved; else the original itself is shared.
    approves: Option<i64>,
    /// The version whose words give way.
    instead_of: Option<i64>,
}

/// *Share as written* on the desk's card.
pub(super) async fn open(request: &Request, id: IssueId) -> Result<Answer, Error> {
    let found = found_at_desk(request, id).await?;
    permission::share_apart(&found.issue)?;
    let offered = offered_audience(&found.issue, &found.mentioned(request), &request.office)
        .ok_or_else(audience::no_circle)?;
    show(request, &found, &Asked::new(id, offered, false), offered).await
}

/// The screen for the original in place of a wording that came in and is the original's.
pub(super) async fn show(
    request: &Request,
    found: &Found,
    asked: &Asked,
    audience: Audience,
) -> Result<Answer, Error> {
    audience::refuse_known(request, &found.issue, audience)?;
    let screen = Screen {
        issue: found.issue.id.0,
        revision: found.issue.revision,
        audience: audience.code(),
        approves: None,
        instead_of: asked.instead_of,
    };
    let ticks = Ticks {
        agreed: false,
        names_source: asked.names_source,
    };
    put(request, found, screen, audience, ticks).await
}

/// The screen for a proposal that asks to share the original.
pub(super) async fn of_proposal(
    request: &Request,
    found: &Found,
    proposal: &Disclosure,
) -> Result<Answer, Error> {
    let screen = Screen {
        issue: found.issue.id.0,
        revision: found.issue.revision,
        audience: proposal.audience.code(),
        approves: Some(proposal.version),
        instead_of: None,
    };
    let ticks = Ticks {
        agreed: false,
        names_source: proposal.names_source,
    };
    put(request, found, screen, proposal.audience, ticks).await
}

async fn put(
    request: &Request,
    found: &Found,
    screen: Screen,
    audience: Audience,
    ticks: Ticks,
) -> Result<Answer, Error> {
    let wording = screen.wording(found)?;
    refuse_speaker(found, permission::approve_disclosure(request)?, &wording)?;
    // What a coordinator let pass for the desk is not let pass for others with it.
    if privacy::check(&[&wording]).is_some() {
        return Err(Error::refuse(Text::new("refused-share-original")));
    }
    let draft = draft::put(request, STEP, &screen).await?;
    let reply = drawn(request, found, (draft, ticks), audience, wording);
    Ok(Answer::Say(reply))
}

impl Screen {
    /// The words that are shown: the proposal's, else the original's.
    fn wording(&self, found: &Found) -> Result<String, Error> {
        Ok(match self.approves {
            Some(version) => found.version(version)?.wording.clone(),
            None => found.issue.text.clone(),
        })
    }

    fn audience(&self, request: &Request) -> Result<Audience, Error> {
        Audience::from_code(&self.audience)
            .filter(|audience| audience::exists(&request.office, *audience))
            .ok_or_else(|| Error::refuse(Text::new("refused-audience-gone")))
    }
}

/// A tick was changed: the screen again.
pub(super) async fn tick(request: &Request, draft: DraftId, ticks: Ticks) -> Result<Answer, Error> {
    let (screen, found, audience) = opened(request, draft).await?;
    let wording = screen.wording(&found)?;
    Ok(Answer::Replace(drawn(
        request,
        &found,
        (draft, ticks),
        audience,
        wording,
    )))
}

/// What a screen is about: its issue, for whom, and the version whose words would give way.
pub(super) async fn asked(
    request: &Request,
    draft: DraftId,
) -> Result<(Found, Audience, Option<i64>), Error> {
    let (screen, found, audience) = opened(request, draft).await?;
    Ok((found, audience, screen.approves.or(screen.instead_of)))
}

async fn opened(request: &Request, draft: DraftId) -> Result<(Screen, Found, Audience), Error> {
    let screen: Screen = draft::find(request, draft, STEP).await?;
    let found = found_at_desk(request, IssueId(screen.issue)).await?;
    // The words on the screen are those of this revision.
    if screen.revision != found.issue.revision {
        return Err(Error::refuse(Text::new("refused-changed-meanwhile")));
    }
    let audience = screen.audience(request)?;
    Ok((screen, found, audience))
}

/// *Share* was pressed.
pub(super) async fn send(request: &Request, draft: DraftId, ticks: Ticks) -> Result<Answer, Error> {
    let (screen, found, audience) = opened(request, draft).await?;
    // The button is disabled until then; a press without the tick was forged.
    if !ticks.agreed {
        return Err(Error::refuse(Text::new("refused-share-not-agreed")));
    }
    let wording = screen.wording(&found)?;
    refuse_speaker(&found, permission::approve_disclosure(request)?, &wording)?;
    let new = New {
        audience,
        wording,
        as_written: true,
        names_source: ticks.names_source,
    };
    let (step, act) = match screen.approves {
        // A version says whether it names the source and never changes: with another tick it is a new one.
        Some(version) if found.version(version)?.names_source == ticks.names_source => {
            (Step::Approve(version), "issue.share-approve")
        }
        Some(version) => (Step::Put(new, Some(version)), "issue.share-correct"),
        None => (Step::Put(new, screen.instead_of), "issue.share"),
    };
    let mut plan = Plan::new(found.issue.id, step, act);
    plan.revision = Some(screen.revision);
    plan.draft = Some(Used {
        id: draft,
        step: STEP,
    });
    plan.details = vec![("as-written", "agreed".to_owned())];
    if ticks.names_source {
        plan.details.push(("source", "named".to_owned()));
    }
    let (found, version) = record(request, plan).await?;
    told::shared(request, &found, version)
}

fn drawn(
    request: &Request,
    found: &Found,
    (draft, ticks): (DraftId, Ticks),
    audience: Audience,
    wording: String,
) -> Reply {
    let office = &request.office;
    let preview = Disclosure {
        issue: found.issue.id,
        version: 0,
        audience,
        wording,
        as_written: true,
        names_source: ticks.names_source,
        state: State::Proposed,
        proposed_by: request.person.user,
        proposed_at: request.now,
        decided_by: None,
        decided_at: None,
    };
    let mut lines = vec![request.say(&text!(
        "share-screen",
        number = found.issue.id.0,
        audience = audience::words(office, audience, request.language),
    ))];
    if !ticks.names_source && names_source(request, found, &preview.wording) {
        lines.push(request.say(&Text::new("share-names-source")));
    }
    if !categories::are_there(office, &found.issue) {
        let first = text!("share-categories-first", number = found.issue.id.0);
        lines.push(request.say(&first));
    }
    let shared = SharedIssue::of(&found.issue, &preview);
    let frame = card::share::frame(office, &shared, office.settings.locale);
    Reply {
        content: lines.join("\n"),
        ..Reply::default()
    }
    .embed(frame.draw())
    .row(buttons(request, found, draft, ticks))
}

fn buttons(request: &Request, found: &Found, draft: DraftId, ticks: Ticks) -> CreateActionRow {
    let tick = |key: &str, ticked: bool, then: Ticks| {
        let mark = if ticked { "☑" } else { "☐" };
        CreateButton::new(Action::Share(Share::Screen(draft, then)).custom_id())
            .label(format!("{mark} {}", request.say(&Text::new(key))))
            .style(if ticked {
                ButtonStyle::Success
            } else {
                ButtonStyle::Secondary
            })
    };
    let mut row = vec![tick(
        "button-share-agreed",
        ticks.agreed,
        Ticks {
            agreed: !ticks.agreed,
            ..ticks
        },
    )];
    if found.issue.profession.is_some() || found.issue.association.is_some() {
        row.push(tick(
            "button-share-source",
            ticks.names_source,
            Ticks {
                names_source: !ticks.names_source,
                ..ticks
            },
        ));
    }
    row.push(
        CreateButton::new(Action::Share(Share::Send(draft, ticks)).custom_id())
            .label(request.say(&Text::new("button-share-send")))
            .style(ButtonStyle::Danger)
            .disabled(!ticks.agreed),
    );
    if categories::are_there(&request.office, &found.issue) {
        row.push(
            CreateButton::new(Action::Share(Share::CategoriesInstead(draft)).custom_id())
                .label(request.say(&Text::new("button-share-categories")))
                .style(ButtonStyle::Secondary),
        );
    }
    CreateActionRow::Buttons(row)
}
