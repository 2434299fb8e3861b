//! `/notice replace` 改廃: another notice takes the place of one, in part or whole, or it is abolished, from
//! a day on. Shown before it counts, and taken back within the time of every undo.

use super::{add::screen, find, undo, word};
use crate::{
    Context,
    answer::{Answer, Field, Form, Reply},
    audit,
    custom_id::{Action, Notice as Press},
    dispatch::{Fields, May, answer},
    error::Error,
    issue::draft as drafts,
    option::{clean_optional, day, issue_number},
    permission,
    request::Request,
    text,
    text::Text,
};
use chrono::NaiveDate;
use domain::{
    id::{DraftId, NoticeId},
    notice::{
        CHANGES_MAX, Change, Hindrance, Notice, PART_UNITS_MAX, Successors, What, change as changed,
    },
    text::one_line,
};
use serde::{Deserialize, Serialize};
use serenity::all::{ButtonStyle, CreateActionRow, CreateButton};
use storage::{Conflict, Subject};

const STEP: &str = "notice-replace";
/// The act in audit and history.
const ACT: &str = "notice.replace";

/// What waits behind the buttons.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Wanted {
    notice: NoticeId,
    by: Option<NoticeId>,
    from: Option<NaiveDate>,
}

/// `/notice replace` 改廃
#[poise::command(slash_command)]
pub(crate) async fn replace(
    ctx: Context<'_>,
    number: String,
    by: Option<String>,
    from: Option<String>,
) -> Result<(), Error> {
    answer(ctx, May::Say, async move |request: Request| {
        permission::coordinate(&request)?;
        let of = |written: &str| issue_number(written).map(|id| NoticeId(id.0));
        let wanted = Wanted {
            notice: of(&number)?,
            by: by.as_deref().map(of).transpose()?,
            from: from
                .as_deref()
                .map(|from| day(&request, from))
                .transpose()?,
        };
        preview(&request, wanted).await.map(Answer::Say)
    })
    .await
}

/// The notice, and what is to take its place.
async fn both(request: &Request, wanted: Wanted) -> Result<(Notice, Option<Notice>), Error> {
    let notice = find(request, wanted.notice).await?;
    let by = match wanted.by {
        Some(by) => Some(find(request, by).await?),
        None => None,
    };
    Ok((notice, by))
}

fn wanted_change(wanted: Wanted, what: What, part: Option<String>) -> Change {
    Change {
        what,
        from: wanted.from,
        by: wanted.by,
        part,
    }
}

/// The whole of it: replaced where there is a successor, abolished where there is none.
fn whole_of(wanted: Wanted) -> What {
    if wanted.by.is_some() {
        What::Replaced
    } else {
        What::Abolished
    }
}

async fn preview(request: &Request, wanted: Wanted) -> Result<Reply, Error> {
    let (notice, by) = both(request, wanted).await?;
    let office = request.office_id();
    let successors = request
        .app
        .store
        .read(move |connection| Box::pin(storage::notice::successors(connection, office)))
        .await?;
    let whole = wanted_change(wanted, whole_of(wanted), None);
    changed(&notice, by.as_ref(), whole.clone(), &successors).map_err(|it| refused(request, it))?;
    let draft = drafts::put(request, STEP, &wanted).await?;
    let mut lines = vec![
        request.say(&Text::new("notice-replace-previewed")),
        word::line(request, &notice),
        request.say(&text!(
            "notice-replace-arrow",
            change = word::change(&whole, request.language)
        )),
    ];
    if let Some(by) = &by {
        lines.push(word::line(request, by));
        if by.date.zip(notice.date).is_some_and(|(new, old)| new < old) {
            lines.push(request.say(&Text::new("notice-replace-older")));
        }
    }
    let button = |press, key: &str, style| {
        CreateButton::new(Action::Notice(press).custom_id())
            .label(request.say(&Text::new(key)))
            .style(style)
    };
    let whole_key = if wanted.by.is_some() {
        "button-notice-replaced"
    } else {
        "button-notice-abolished"
    };
    let reply = Reply {
        content: lines.join("\n"),
        ..Reply::default()
    };
    Ok(reply.row(CreateActionRow::Buttons(vec![
        button(Press::Whole(draft), whole_key, ButtonStyle::Danger),
        button(
            Press::Part(draft),
            "button-notice-partly",
            ButtonStyle::Secondary,
        ),
    ])))
}

/// The whole of it.
pub(super) async fn whole(request: &Request, draft: DraftId) -> Result<Answer, Error> {
    permission::coordinate(request)?;
    let wanted: Wanted = drafts::find(request, draft, STEP).await?;
    let change = wanted_change(wanted, whole_of(wanted), None);
    record(request, draft, wanted, change).await
}

/// A part of it: a form asks which.
pub(super) async fn ask_part(request: &Request, draft: DraftId) -> Result<Answer, Error> {
    permission::coordinate(request)?;
    drafts::find::<Wanted>(request, draft, STEP).await?;
    Ok(Answer::Ask(Form {
        custom_id: Action::Notice(Press::Part(draft)).custom_id(),
        title: request.say(&Text::new("form-notice-part-of")),
        fields: vec![Field {
            id: "part",
            label: request.say(&Text::new("form-notice-part")),
            placeholder: request.say(&Text::new("form-notice-part-hint")),
            value: None,
            required: false,
            long: false,
            characters_max: u16::try_from(PART_UNITS_MAX).unwrap_or(u16::MAX),
        }],
    }))
}

/// The form was sent.
pub(super) async fn part(
    request: &Request,
    draft: DraftId,
    fields: &Fields,
) -> Result<Answer, Error> {
    permission::coordinate(request)?;
    let wanted: Wanted = drafts::find(request, draft, STEP).await?;
    let written = fields.get("part").map(String::as_str);
    let part = clean_optional(written, PART_UNITS_MAX, "what-notice-part")?;
    let part = part.map(|part| one_line(&part, PART_UNITS_MAX));
    if let Some(part) = &part {
        screen(part)?;
    }
    record(
        request,
        draft,
        wanted,
        wanted_change(wanted, What::Partly, part),
    )
    .await
}

async fn record(
    request: &Request,
    draft: DraftId,
    wanted: Wanted,
    change: Change,
) -> Result<Answer, Error> {
    // Whether both are there, and may be known of.
    both(request, wanted).await?;
    let (office, who, now) = (request.office_id(), request.person.user, request.now);
    let ended = request
        .record(move |tx| {
            let change = change.clone();
            Box::pin(async move {
                if storage::draft::take(tx, office, draft, who, STEP, now)
                    .await?
                    .is_none()
                {
                    return Ok(None);
                }
                let found = storage::notice::find(tx, office, wanted.notice).await?;
                let before = found.ok_or(Conflict::Missing)?;
                let by = match wanted.by {
                    Some(by) => storage::notice::find(tx, office, by).await?,
                    None => None,
                };
                let successors: Successors = storage::notice::successors(tx, office).await?;
                let after = match changed(&before, by.as_ref(), change, &successors) {
                    Ok(after) => Notice {
                        changed_at: now,
                        ..after
                    },
                    Err(hindrance) => return Ok(Some(Err(hindrance))),
                };
                let stored = storage::notice::update(tx, office, &after).await?;
                let about = Subject::from(stored.id);
                audit::note(tx, office, Some(about), ACT, who, now, &[]).await?;
                undo::note(tx, office, ACT, (who, now), (Some(&before), &stored)).await?;
                let was = vec![undo::Was::of(Some(&before), &stored)];
                let back = undo::keep(tx, office, (who, now), was).await?;
                Ok(Some(Ok((stored, back))))
            })
        })
        .await?;
    let (stored, back) = ended
        .ok_or_else(drafts::gone)?
        .map_err(|hindrance| refused(request, hindrance))?;
    let last = stored.changes.last();
    let said = text!(
        "notice-replaced",
        line = word::line(request, &stored),
        change = last
            .map(|it| word::change(it, request.language))
            .unwrap_or_default(),
    );
    let reply = Reply::of(&said, request.language).row(undo::button(request, back));
    Ok(Answer::Replace(reply))
}

/// Why it cannot be, and what to do.
fn refused(request: &Request, hindrance: Hindrance) -> Error {
    Error::refuse(match hindrance {
        Hindrance::Draft | Hindrance::SuccessorIsDraft => Text::new("refused-notice-draft"),
        Hindrance::Itself => Text::new("refused-notice-itself"),
        Hindrance::Over(change) => text!(
            "refused-notice-over",
            change = word::change(&change, request.language)
        ),
        Hindrance::SuccessorIsOver(Some(last)) => {
            text!("refused-notice-successor-over", number = last.0)
        }
        Hindrance::SuccessorIsOver(None) => Text::new("refused-notice-successor-gone"),
        Hindrance::Circle(way) => {
            let way: Vec<String> = way.iter().map(|id| format!("#{id}")).collect();
            text!("refused-notice-circle", way = way.join(" → "))
        }
        Hindrance::Same => Text::new("refused-notice-same"),
        Hindrance::Full => text!("refused-notice-changes-full", limit = CHANGES_MAX),
        Hindrance::Nothing => Text::new("refused-notice-nothing"),
    })
}
