//! `/issue list` 一覧: newest first, ten a page; the audience rule stands in the query itself.
//!
//! The filter of a list waits in a draft, so that its page buttons outlive a restart.

use super::{category, draft, merge, tally};
use crate::{
    Context,
    answer::{Answer, Reply},
    card,
    custom_id::Action,
    dispatch::{May, answer},
    error::Error,
    manual::{Paper, choice::FormChoice},
    option::{StatusChoice, TierChoice},
    request::Request,
    session, text,
    text::Text,
};
use domain::{
    disclosure::Audience,
    form::Which,
    id::{AssociationId, CategoryId, DraftId, IssueId, SessionId, UserId},
    issue::Status,
    tier::Tier,
};
use serde::{Deserialize, Serialize};
use serenity::all::CreateEmbed;
use std::collections::BTreeMap;
use storage::issue::{Categorised, Filter, Listed, Page, Readable};

/// Issues a page.
pub(crate) const PAGE: i64 = 10;
/// UTF-16 units of the wording shown in a line.
const LINE_UNITS_MAX: usize = 60;
const STEP: &str = "issue-list";
/// Discord gives nobody this id.
const NOBODY: UserId = UserId(0);

/// What a list shows; codes and ids.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Wanted {
    tier: Option<Tier>,
    status: Option<Status>,
    association: Option<i64>,
    mine: bool,
    /// One of the manual's forms instead of a line for each.
    #[serde(default)]
    form: Option<Which>,
    /// A category by id; 0 for none at all.
    #[serde(default)]
    category: Option<i64>,
    #[serde(default)]
    session: Option<SessionId>,
}

/// Whose issues a list is of, as far as its head counts them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asked {
    /// Of one tier.
    pub(crate) tier: Option<Tier>,
    /// Raised by one association.
    pub(crate) association: Option<AssociationId>,
    /// Written down by who asks.
    pub(crate) mine: bool,
}

impl Wanted {
    fn asked(&self) -> Asked {
        Asked {
            tier: self.tier,
            association: self.association.map(AssociationId),
            mine: self.mine,
        }
    }
}

/// `/issue list` 一覧
#[poise::command(slash_command)]
#[expect(
    clippy::too_many_arguments,
    reason = "one argument per option of the command"
)]
pub(crate) async fn list(
    ctx: Context<'_>,
    tier: Option<TierChoice>,
    status: Option<StatusChoice>,
    #[autocomplete = "super::suggest::associations"] association: Option<String>,
    #[autocomplete = "session::suggest::sessions"] session: Option<String>,
    mine: Option<bool>,
    form: Option<FormChoice>,
    #[autocomplete = "category::name::for_listing"] category: Option<String>,
) -> Result<(), Error> {
    answer(ctx, May::Say, async move |request: Request| {
        let association = match association.as_deref() {
            None => None,
            Some(name) => Some(
                request
                    .office
                    .association_named(name)
                    .ok_or_else(|| Error::refuse(Text::new("refused-unknown-association")))?
                    .id
                    .0,
            ),
        };
        let wanted = Wanted {
            tier: tier.map(|tier| tier.0),
            status: status.map(|status| status.0),
            association,
            mine: mine.unwrap_or_default(),
            form: form.map(|form| form.0),
            category: category
                .map(|name| narrowing(&request, &name))
                .transpose()?,
            session: session::option::chosen(&request, session.as_deref())
                .await?
                .map(|session| session.id),
        };
        Ok(Answer::Say(page(&request, &wanted, None, 0).await?))
    })
    .await
}

/// What is kept of the option `category` while the list is read.
fn narrowing(request: &Request, written: &str) -> Result<i64, Error> {
    Ok(match category::name::narrowing(request, written)? {
        Categorised::In(id) => id.0,
        Categorised::Not | Categorised::Somehow => 0,
    })
}

/// The newest issues the person may read.
pub(crate) async fn newest(request: &Request) -> Result<Answer, Error> {
    Ok(Answer::Say(
        page(request, &Wanted::default(), None, 0).await?,
    ))
}

/// A page button was pressed.
pub(crate) async fn turn(request: &Request, draft: DraftId, number: i64) -> Result<Answer, Error> {
    let wanted: Wanted = draft::find(request, draft, STEP).await?;
    Ok(Answer::Replace(
        page(request, &wanted, Some(draft), number).await?,
    ))
}

/// What the person may read, for the query.
pub(crate) fn readable(request: &Request) -> Readable {
    let (person, office) = (&request.person, &request.office);
    if person.coordinator {
        return Readable::Everything;
    }
    let associations = person
        .memberships
        .iter()
        .filter(|m| {
            office
                .association(m.association)
                .is_some_and(|a| a.talks_with(m.rank))
        })
        .map(|membership| membership.association)
        .collect();
    Readable::By {
        // As in `domain::visibility`: what one wrote down stays readable while one may write.
        user: if person.may_add() {
            person.user
        } else {
            NOBODY
        },
        associations,
        destinations: office
            .destinations()
            .into_iter()
            .filter(|destination| destination.is_for(person, office))
            .collect(),
        audiences: Audience::of(person, office),
    }
}

async fn page(
    request: &Request,
    wanted: &Wanted,
    draft: Option<DraftId>,
    number: i64,
) -> Result<Reply, Error> {
    if !request.person.is_known() {
        return Err(Error::refuse(Text::new("refused-unknown-person")));
    }
    let office = request.office_id();
    let filter = Filter {
        tier: wanted.tier,
        status: wanted.status,
        open_only: false,
        association: wanted.association.map(AssociationId),
        reporter: wanted.mine.then_some(request.person.user),
        category: wanted.category.map(|id| match id {
            0 => Categorised::Not,
            id => Categorised::In(CategoryId(id)),
        }),
        session: wanted.session,
        readable: readable(request),
    };
    if let Some(which) = wanted.form {
        let paper = Paper::read(request, which, filter, request.person.desk()).await?;
        return as_form(request, wanted, &paper, draft, number).await;
    }
    let offset = number.saturating_mul(PAGE);
    let found = request
        .app
        .store
        .read(move |connection| {
            Box::pin(async move {
                storage::issue::list(connection, office, &filter, offset, PAGE).await
            })
        })
        .await?;
    if found.total == 0 {
        return Ok(Reply::of(&Text::new("list-empty"), request.language));
    }
    let last = crate::page::last(found.total, PAGE);
    if number > last {
        // The list has grown shorter since the button was drawn.
        return Box::pin(page(request, wanted, draft, last)).await;
    }
    let head = tally::head(request, wanted.asked()).await?;
    let weights = merge::seen::weights(request, found.items.iter().map(Listed::id)).await?;
    let reply = Reply::default().embed(drawn(request, head, &found, &weights, number, last));
    with_buttons(request, wanted, reply, draft, number, last).await
}

/// A page of one of the manual's forms; how many pages it has shows only when it is laid out.
async fn as_form(
    request: &Request,
    wanted: &Wanted,
    paper: &Paper,
    draft: Option<DraftId>,
    number: i64,
) -> Result<Reply, Error> {
    let pages = paper.pages(request.language);
    let last = i64::try_from(pages.len()).unwrap_or(i64::MAX) - 1;
    let number = number.min(last);
    let page = usize::try_from(number)
        .ok()
        .and_then(|page| pages.get(page));
    let Some(page) = page else {
        return Ok(Reply::of(&Text::new("list-empty"), request.language));
    };
    let reply = Reply::default().embed(paper.drawn(request, page, number, last));
    with_buttons(request, wanted, reply, draft, number, last).await
}

/// The reply with the buttons that turn its page, where it has more than one.
async fn with_buttons(
    request: &Request,
    wanted: &Wanted,
    reply: Reply,
    draft: Option<DraftId>,
    number: i64,
    last: i64,
) -> Result<Reply, Error> {
    if last == 0 {
        return Ok(reply);
    }
    let draft = match draft {
        Some(draft) => draft,
        None => draft::put(request, STEP, wanted).await?,
    };
    Ok(
        reply.row(crate::page::turning(request, number, last, |page| {
            Action::IssueList(draft, page)
        })),
    )
}

fn drawn(
    request: &Request,
    head: Option<String>,
    found: &Page,
    weights: &BTreeMap<IssueId, usize>,
    number: i64,
    last: i64,
) -> CreateEmbed {
    let head = head.map(|head| head + "\n");
    let counted = |listed: &Listed| merge::seen::counted(request, weights, listed.id());
    let lines = found
        .items
        .iter()
        .map(|listed| line(request, listed) + &counted(listed));
    let lines: Vec<String> = head.into_iter().chain(lines).collect();
    CreateEmbed::new()
        .title(text!("list-title", total = found.total).say(request.language))
        .description(lines.join("\n"))
        .footer(serenity::all::CreateEmbedFooter::new(crate::page::place(
            request, number, last,
        )))
}

pub(crate) fn line(request: &Request, listed: &Listed) -> String {
    let (tier, status, later_year) = match listed {
        Listed::Whole(issue) => (issue.tier, issue.status, issue.later_year),
        Listed::Shared(shared) => (shared.tier, shared.status, shared.later_year),
    };
    let wording = domain::text::one_line(listed.wording(), LINE_UNITS_MAX);
    text!(
        "list-line",
        number = listed.id().0,
        tier = Text::new(format!("word-tier-short-{}", tier.number())),
        status = card::issue::status_word(status, later_year, &request.office),
        wording = domain::text::escape_markdown(&wording),
    )
    .say(request.language)
}
