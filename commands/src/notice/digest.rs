//! `/notice digest` 配信: what each association is going to be told, shown to the desk first; then a
//! bulletin per association, in its own channel, and one list of everything in the notice channel.

use super::{topics, word};
use crate::{
    Context,
    answer::{Answer, Reply},
    audit,
    card::frame::{Frame, cut},
    custom_id::{Action, Notice as Press},
    dispatch::{May, Suggestion, answer, suggest},
    error::Error,
    issue::draft as drafts,
    occurrence, permission,
    request::Request,
    text,
    text::Text,
};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    audience::Destination,
    id::{AssociationId, DraftId, NoticeId, UserId},
    notice::{
        Notice, State,
        bulletin::{due, sections},
        scope,
    },
    office::{Association, Office},
    text::{escape_markdown, fold},
};
use serde::{Deserialize, Serialize};
use serenity::all::{ButtonStyle, CreateActionRow, CreateAutocompleteResponse, CreateButton};
use std::{collections::BTreeMap, sync::Arc};
use storage::{
    Connection, Subject, Transaction,
    notice::{Filter, PAGE_MAX, bulletin::Bulletin},
};

const STEP: &str = "notice-digest";
/// The act in audit and history.
const ACT: &str = "notice.digest";
/// UTF-16 units of the lines of associations.
const LINES_UNITS_MAX: usize = 3_500;
/// UTF-16 units of a bulletin that is looked at before it is posted.
const LOOK_UNITS_MAX: usize = 3_800;

/// What is going to be posted.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Wanted {
    scope: Option<String>,
}

/// `/notice digest` 配信
#[poise::command(slash_command)]
pub(crate) async fn digest(
    ctx: Context<'_>,
    #[autocomplete = "scopes"] scope: Option<String>,
    post: Option<bool>,
) -> Result<(), Error> {
    answer(ctx, May::Say, async move |request: Request| {
        permission::coordinate(&request)?;
        let wanted = Wanted { scope };
        if post == Some(true) {
            return posted(&request, &wanted, None).await.map(Answer::Say);
        }
        let found = told(&request, &wanted).await?;
        if found.is_empty() {
            return Err(nothing());
        }
        let draft = drafts::put(&request, STEP, &wanted).await?;
        Ok(Answer::Say(preview(&request, &found, draft).await?))
    })
    .await
}

/// The tags that are offered while a scope is typed.
pub(crate) async fn scopes(ctx: Context<'_>, partial: &str) -> CreateAutocompleteResponse {
    let partial = fold(partial.trim());
    suggest(ctx, async move |request: Request| {
        super::known(&request)?;
        let fitting = scope::OFFERED
            .iter()
            .filter(|tag| fold(tag).contains(&partial));
        Ok(fitting
            .map(|tag| Suggestion {
                shown: (*tag).to_owned(),
                value: (*tag).to_owned(),
            })
            .collect())
    })
    .await
}

/// Where an association is told: its feedback channel, else its tier 1 channel.
pub(crate) fn place(association: &Association) -> Option<Destination> {
    let id = association.id;
    match (association.feedback, association.channel) {
        (Some(_), _) => Some(Destination::Feedback(id)),
        (None, Some(_)) => Some(Destination::Tier1(id)),
        (None, None) => None,
    }
}

/// What an association is going to be told.
#[derive(Clone, Debug)]
struct Telling {
    association: AssociationId,
    notices: Vec<(NoticeId, State)>,
}

struct Found {
    notices: BTreeMap<NoticeId, Notice>,
    tellings: Vec<Telling>,
    /// Notices that nobody gets, because they name nobody they are for.
    untagged: i64,
}

impl Found {
    fn is_empty(&self) -> bool {
        self.tellings
            .iter()
            .all(|telling| telling.notices.is_empty())
    }
}

/// Every notice that was not taken back, the earliest day first.
async fn all(
    connection: &mut Connection,
    office: &Office,
    today: NaiveDate,
) -> storage::Result<Vec<Notice>> {
    let filter = Filter::on(today);
    let mut notices = Vec::new();
    loop {
        let offset = i64::try_from(notices.len()).unwrap_or(i64::MAX);
        let page = storage::notice::list(connection, office.id, &filter, offset, PAGE_MAX).await?;
        let read = page.items.len();
        notices.extend(page.items);
        if read == 0 || offset >= page.total {
            break;
        }
    }
    notices.reverse();
    Ok(notices)
}

async fn tellings(
    connection: &mut Connection,
    office: &Office,
    scope: Option<&str>,
    today: NaiveDate,
) -> storage::Result<Found> {
    let notices = all(connection, office, today).await?;
    let told = storage::notice::bulletin::told(connection, office.id).await?;
    let only = scope.map(scope::read).filter(|tags| !tags.is_empty());
    let only = only.map(|tags| match scope::kin(&tags) {
        scope::Kin::Of(tags) => tags,
        scope::Kin::All => [scope::EVERYBODY.to_owned()].into(),
    });
    let nothing = BTreeMap::new();
    let telling = |association: &Association| Telling {
        association: association.id,
        notices: due(
            &notices,
            told.get(&association.id).unwrap_or(&nothing),
            &association.scopes,
            only.as_ref(),
            today,
        ),
    };
    let untagged = Filter {
        untagged: true,
        ..Filter::on(today)
    };
    let untagged = storage::notice::list(connection, office.id, &untagged, 0, 0)
        .await?
        .total;
    Ok(Found {
        tellings: office.associations.iter().map(telling).collect(),
        notices: notices
            .into_iter()
            .map(|notice| (notice.id, notice))
            .collect(),
        untagged,
    })
}

async fn told(request: &Request, wanted: &Wanted) -> Result<Found, Error> {
    let (office, wanted, today) = (Arc::clone(&request.office), wanted.clone(), request.today());
    let found = request
        .app
        .store
        .read(move |connection| {
            let (office, wanted) = (Arc::clone(&office), wanted.clone());
            Box::pin(
                async move { tellings(connection, &office, wanted.scope.as_deref(), today).await },
            )
        })
        .await?;
    Ok(found)
}

fn nothing() -> Error {
    Error::refuse(Text::new("refused-digest-nothing"))
}

async fn preview(request: &Request, found: &Found, draft: DraftId) -> Result<Reply, Error> {
    let mut lines = Vec::new();
    let mut buttons = Vec::new();
    for (place_of, telling) in found.tellings.iter().enumerate() {
        let Some(association) = request.office.association(telling.association) else {
            continue;
        };
        let reached = place(association).is_some();
        let key = match (telling.notices.is_empty(), reached) {
            (true, _) => "digest-line-nothing",
            (false, true) => "digest-line",
            (false, false) => "digest-line-no-channel",
        };
        let name = escape_markdown(&association.name);
        lines.push(request.say(&text!(
            key,
            association = name,
            count = telling.notices.len(),
            scopes = word::scopes(&association.scopes, request.language)
        )));
        // Twenty of twenty-five buttons; beyond that the list alone says it.
        if !telling.notices.is_empty() && buttons.len() < 20 {
            let place_of = i64::try_from(place_of).unwrap_or_default() + 1;
            let label = domain::text::one_line(&association.name, 70);
            let action = Action::Notice(Press::Look(draft, place_of));
            buttons.push(
                CreateButton::new(action.custom_id())
                    .label(label)
                    .style(ButtonStyle::Secondary),
            );
        }
    }
    if found.untagged > 0 {
        lines.push(request.say(&text!("digest-untagged", count = found.untagged)));
    }
    let frame = Frame::titled(request.say(&Text::new("bulletin-preview-title")))
        .words(cut(&lines.join("\n"), LINES_UNITS_MAX))
        .footer(request.say(&Text::new("bulletin-preview-next")));
    let mut reply = Reply::of(&Text::new("digest-previewed"), request.language).embed(frame.draw());
    for row in buttons.chunks(5) {
        reply = reply.row(CreateActionRow::Buttons(row.to_vec()));
    }
    let post = CreateButton::new(Action::Notice(Press::Post(draft)).custom_id())
        .label(request.say(&Text::new("button-digest-post")))
        .style(ButtonStyle::Success);
    Ok(reply.row(CreateActionRow::Buttons(vec![post])))
}

/// The desk looks at what an association will be told, exactly as it will be; place 0 is the overview.
pub(super) async fn look(
    request: &Request,
    draft: DraftId,
    place_of: i64,
) -> Result<Answer, Error> {
    permission::coordinate(request)?;
    let wanted: Wanted = drafts::find(request, draft, STEP).await?;
    let found = told(request, &wanted).await?;
    if place_of == 0 {
        return Ok(Answer::Replace(preview(request, &found, draft).await?));
    }
    let at = usize::try_from(place_of - 1).unwrap_or(usize::MAX);
    let telling = found.tellings.get(at).ok_or_else(drafts::gone)?;
    let association = request
        .office
        .association(telling.association)
        .ok_or_else(drafts::gone)?;
    let topics = topics(request).await?;
    let notices: Vec<(&Notice, State)> = telling
        .notices
        .iter()
        .filter_map(|(id, state)| Some((found.notices.get(id)?, *state)))
        .collect();
    let words = word::sections(&sections(&notices), &topics, request.language);
    let title = text!(
        "digest-look-title",
        association = escape_markdown(&association.name),
        count = notices.len()
    );
    let frame = Frame::titled(request.say(&title)).words(cut(&words.join("\n"), LOOK_UNITS_MAX));
    let back = CreateButton::new(Action::Notice(Press::Look(draft, 0)).custom_id())
        .label(request.say(&Text::new("button-digest-back")))
        .style(ButtonStyle::Secondary);
    let reply = Reply::default().embed(frame.draw());
    Ok(Answer::Replace(
        reply.row(CreateActionRow::Buttons(vec![back])),
    ))
}

/// The button was pressed: the bulletins are posted.
pub(super) async fn post(request: &Request, draft: DraftId) -> Result<Answer, Error> {
    permission::coordinate(request)?;
    let wanted: Wanted = drafts::find(request, draft, STEP).await?;
    posted(request, &wanted, Some(draft))
        .await
        .map(Answer::Replace)
}

/// What became of it inside its transaction.
enum Ended {
    Posted(Vec<Bulletin>),
    Gone,
    Nothing,
}

async fn posted(
    request: &Request,
    wanted: &Wanted,
    draft: Option<DraftId>,
) -> Result<Reply, Error> {
    let (who, now) = (request.person.user, request.now);
    let (office, wanted) = (Arc::clone(&request.office), wanted.clone());
    let ended = request
        .record(move |tx| {
            let (office, wanted) = (Arc::clone(&office), wanted.clone());
            Box::pin(async move {
                if let Some(draft) = draft
                    && storage::draft::take(tx, office.id, draft, who, STEP, now)
                        .await?
                        .is_none()
                {
                    return Ok(Ended::Gone);
                }
                let posted = tell(tx, &office, wanted.scope.as_deref(), (who, now)).await?;
                if posted.is_empty() {
                    return Ok(Ended::Nothing);
                }
                Ok(Ended::Posted(posted))
            })
        })
        .await?;
    match ended {
        Ended::Gone => Err(drafts::gone()),
        Ended::Nothing => Err(nothing()),
        Ended::Posted(posted) => {
            let names = posted
                .iter()
                .filter_map(|it| request.office.association(it.association));
            let names = names.map(|it| it.name.as_str());
            let units = crate::option::NAMES_UNITS_MAX;
            let said = text!(
                "digest-posted",
                count = posted.len(),
                associations = crate::option::listed(request, names, units)
            );
            Ok(Reply::of(&said, request.language))
        }
    }
}

/// Posts what is due to every association that has a channel, a bulletin each, with its reminders, and the
/// list of it in the notice channel; in a transaction of the caller's. With a `scope`, of its tags only.
/// Returns the bulletins; none where nothing is due.
///
/// # Errors
/// Storage failed.
pub async fn tell(
    tx: &mut Transaction,
    office: &Office,
    scope: Option<&str>,
    (who, now): (UserId, DateTime<Utc>),
) -> storage::Result<Vec<Bulletin>> {
    let today = now.with_timezone(&office.settings.time_zone).date_naive();
    let found = tellings(tx, office, scope, today).await?;
    let told: Vec<_> = found
        .tellings
        .into_iter()
        .filter(|it| office.association(it.association).and_then(place).is_some())
        .map(|it| (it.association, it.notices))
        .collect();
    let posted = storage::notice::bulletin::post(tx, office.id, &told, (who, now)).await?;
    let Some(first) = posted.first() else {
        return Ok(posted);
    };
    for bulletin in &posted {
        let Some(place) = office.association(bulletin.association).and_then(place) else {
            continue;
        };
        let about = Subject::from(bulletin.id);
        storage::outbox::want(tx, office.id, about, place, 1, now).await?;
        occurrence::bulletin::plan(tx, office, bulletin, place).await?;
    }
    let about = Subject::from(first.id);
    if Destination::Notice.channel(office).is_some() {
        storage::outbox::want(tx, office.id, about, Destination::Notice, 1, now).await?;
    }
    let details = [("bulletins", posted.len().to_string())];
    audit::note(tx, office.id, Some(about), ACT, who, now, &details).await?;
    Ok(posted)
}
