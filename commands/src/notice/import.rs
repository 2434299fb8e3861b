//! `/notice import` 取込: a list of notices is read, shown row by row (understood, guessed, there already,
//! refused with the reason), and stored when that is confirmed: all of it in one transaction, taken back in
//! one step. The same file twice changes nothing.

use super::{add, undo, word};
use crate::{
    Context,
    answer::{Answer, Reply},
    audit,
    card::{
        self,
        frame::{Frame, cut},
    },
    custom_id::{Action, Notice as Press},
    dispatch::{May, answer},
    error::Error,
    handed,
    issue::draft as drafts,
    page, permission,
    request::Request,
    sheet::Cells,
    text,
    text::Text,
};
use domain::{
    id::{DraftId, NoticeId},
    notice::{
        self, Notice, Origin, Same,
        import::{Guess, Listed, ROWS_MAX, Reason, Row, Taken, Verdict, read},
    },
    text::{escape_markdown, one_line},
};
use serde::{Deserialize, Serialize};
use serenity::all::{Attachment, ButtonStyle, CreateActionRow, CreateButton};
use std::{collections::HashMap, sync::Arc};
use storage::{Connection, Transaction};

const STEP: &str = "notice-import";
/// The act in audit and history.
const ACT: &str = "notice.import";
/// Rows a page.
const PAGE: i64 = 10;
/// UTF-16 units of a row in its line, so that all lines of a page fit an embed's description.
const LINE_UNITS_MAX: usize = 380;
/// UTF-16 units of a title in its line.
const TITLE_UNITS_SHOWN: usize = 50;

/// What waits: the cells, understood anew whenever a page is turned.
#[derive(Clone, Serialize, Deserialize)]
struct Waiting {
    sheets: Vec<Cells>,
}

/// `/notice import` 取込
#[poise::command(slash_command)]
pub(crate) async fn import(ctx: Context<'_>, file: Attachment) -> Result<(), Error> {
    answer(ctx, May::Say, async move |request: Request| {
        permission::coordinate(&request)?;
        let sheets = handed::understood(&request, &file, |sheets| sheets).await?;
        let waiting = Waiting {
            sheets: sheets.into_iter().map(Cells::of).collect(),
        };
        let listed = understood(&request, &waiting).await?;
        let (draft, office) = (drafts::new(&request, STEP, &waiting)?, request.office_id());
        // Not claimed by the interaction: a draft is no change of a record, and the step that follows is.
        let draft = request
            .app
            .store
            .write(move |tx| {
                let draft = draft.clone();
                Box::pin(async move { storage::draft::put_large(tx, office, &draft).await })
            })
            .await?;
        Ok(Answer::Say(shown(&request, &listed, draft, 0)))
    })
    .await
}

/// What the office has, by what makes notices the same.
async fn there(
    connection: &mut Connection,
    office: domain::id::OfficeId,
) -> storage::Result<HashMap<Same, NoticeId>> {
    let known =
        storage::notice::known(connection, office, NoticeId(0), notice::NOTICES_MAX).await?;
    let same =
        |it: storage::notice::Known| (Same::of(&it.title, it.number.as_deref(), it.date), it.id);
    Ok(known.into_iter().map(same).collect())
}

async fn understood(request: &Request, waiting: &Waiting) -> Result<Listed, Error> {
    let office = request.office_id();
    let there = request
        .app
        .store
        .read(move |connection| Box::pin(there(connection, office)))
        .await?;
    let sheets: Vec<_> = waiting.sheets.iter().map(Cells::sheet).collect();
    let today = request.today();
    // A long list keeps a core busy for a while.
    let listed = tokio::task::spawn_blocking(move || read(&sheets, &there, today)).await;
    listed
        .map_err(|_| Error::Fault("a list of notices could not be understood"))?
        .ok_or_else(|| Error::refuse(Text::new("refused-notice-import-no-heading")))
}

/// A page button was pressed.
pub(super) async fn turn(request: &Request, draft: DraftId, number: i64) -> Result<Answer, Error> {
    permission::coordinate(request)?;
    let waiting: Waiting = drafts::find(request, draft, STEP).await?;
    let listed = understood(request, &waiting).await?;
    Ok(Answer::Replace(shown(request, &listed, draft, number)))
}

/// How much a person is to look at in a row: what is refused first, then what was guessed.
fn order(row: &Row) -> usize {
    match &row.verdict {
        Verdict::Refuse { .. } => 0,
        Verdict::Take(taken) if !taken.guesses.is_empty() => 1,
        Verdict::Take(_) => 2,
        Verdict::There { .. } => 3,
    }
}

fn shown(request: &Request, listed: &Listed, draft: DraftId, number: i64) -> Reply {
    let mut rows: Vec<&Row> = listed.rows.iter().collect();
    rows.sort_by_key(|row| order(row));
    let count = |wanted: usize| rows.iter().filter(|row| order(row) == wanted).count();
    let taken = count(1) + count(2);
    let last = page::last(i64::try_from(rows.len()).unwrap_or(i64::MAX), PAGE);
    let number = number.clamp(0, last);
    let skipped = usize::try_from(number.saturating_mul(PAGE)).unwrap_or_default();
    let lines = rows
        .iter()
        .skip(skipped)
        .take(usize::try_from(PAGE).unwrap_or_default());
    let lines: Vec<String> = lines
        .map(|row| cut(&line(request, row), LINE_UNITS_MAX))
        .collect();
    let counts = text!(
        "notice-import-counts",
        taken = taken,
        guessed = count(1),
        there = count(3),
        refused = count(0)
    );
    let frame = Frame::titled(request.say(&Text::new("notice-import-title")))
        .words(lines.join("\n"))
        .field(
            request.say(&Text::new("field-import-counts")),
            request.say(&counts),
            false,
        )
        .footer(page::place(request, number, last));
    let key = if taken == 0 {
        "notice-import-nothing"
    } else {
        "notice-import-previewed"
    };
    let mut reply = Reply::of(&Text::new(key), request.language).embed(frame.draw());
    if last > 0 {
        reply = reply.row(page::turning(request, number, last, |page| {
            Action::Notice(Press::Preview(draft, page))
        }));
    }
    let button = |press, key: &str, style| {
        CreateButton::new(Action::Notice(press).custom_id())
            .label(request.say(&Text::new(key)))
            .style(style)
    };
    let mut buttons = Vec::new();
    if taken > 0 {
        buttons.push(button(
            Press::Store(draft),
            "button-notice-store",
            ButtonStyle::Success,
        ));
    }
    buttons.push(button(
        Press::Discard(draft),
        "button-notice-discard",
        ButtonStyle::Secondary,
    ));
    reply.row(CreateActionRow::Buttons(buttons))
}

fn line(request: &Request, row: &Row) -> String {
    let short = |title: &str| escape_markdown(&one_line(title, TITLE_UNITS_SHOWN));
    request.say(&match &row.verdict {
        Verdict::Take(taken) => {
            let guesses = taken.guesses.iter().map(|it| request.say(&guess(it)));
            let guesses: Vec<String> = guesses.collect();
            let said = guesses.join(&request.say(&Text::new("list-separator")));
            text!(
                "notice-import-line",
                row = row.line,
                date = card::date(taken.date, request.language),
                title = short(&taken.title),
                scopes = word::scopes(&taken.scopes, request.language),
                guesses = if said.is_empty() {
                    String::new()
                } else {
                    request.say(&text!("notice-import-guesses", guesses = said))
                },
            )
        }
        Verdict::There { notice, title } => text!(
            "notice-import-there",
            row = row.line,
            number = notice.0,
            title = short(title)
        ),
        Verdict::Refuse { reason: why, title } => text!(
            "notice-import-refused",
            row = row.line,
            reason = reason(why),
            title = short(title)
        ),
    })
}

fn guess(guess: &Guess) -> Text {
    match guess {
        Guess::FromAbove(_) => Text::new("notice-guess-above"),
        Guess::TitleFromTopic => Text::new("notice-guess-title"),
        Guess::NoScope => Text::new("notice-guess-no-scope"),
        Guess::UnknownScope(tag) => {
            text!("notice-guess-unknown-scope", scope = escape_markdown(tag))
        }
        Guess::OneOfDays(days) => text!("notice-guess-days", days = *days),
        Guess::YearFromBefore => Text::new("notice-guess-year"),
        Guess::BeyondEra => Text::new("notice-guess-era"),
        Guess::NoLink => Text::new("notice-guess-no-link"),
        Guess::Formula => Text::new("notice-guess-formula"),
    }
}

fn reason(reason: &Reason) -> Text {
    let quoted = |key: &str, written: &str| text!(key, written = escape_markdown(written));
    match reason {
        Reason::NoTitle => Text::new("notice-refused-no-title"),
        Reason::NoDate => Text::new("notice-refused-no-date"),
        Reason::NotADate(written) => quoted("notice-refused-not-a-date", written),
        Reason::WrongDay(written) => quoted("notice-refused-wrong-day", written),
        Reason::TooLong(_, most) => text!("notice-refused-too-long", limit = *most),
        Reason::PersonalData => Text::new("notice-refused-personal-data"),
        Reason::Faulty => Text::new("notice-refused-faulty"),
        Reason::Repeated(first) => text!("notice-refused-repeated", row = *first),
        Reason::Beyond => text!("notice-refused-beyond", limit = ROWS_MAX),
    }
}

/// The preview was confirmed.
pub(super) async fn store(request: &Request, draft: DraftId) -> Result<Answer, Error> {
    permission::coordinate(request)?;
    let waiting: Waiting = drafts::find(request, draft, STEP).await?;
    let listed = Arc::new(understood(request, &waiting).await?);
    let by = (request.office_id(), request.person.user, request.now);
    let ended = request
        .record(move |tx| {
            let listed = Arc::clone(&listed);
            Box::pin(async move {
                let (office, who, now) = by;
                if storage::draft::take(tx, office, draft, who, STEP, now)
                    .await?
                    .is_none()
                {
                    return Ok(None);
                }
                put_all(tx, by, &listed).await.map(Some)
            })
        })
        .await
        .map_err(add::full)?;
    let (stored, back) = ended.ok_or_else(drafts::gone)?;
    let said = text!("notice-imported", count = stored);
    let reply = Reply::of(&said, request.language).row(undo::button(request, back));
    Ok(Answer::Replace(reply))
}

type By = (
    domain::id::OfficeId,
    domain::id::UserId,
    chrono::DateTime<chrono::Utc>,
);

async fn put_all(
    tx: &mut Transaction,
    (office, who, now): By,
    listed: &Listed,
) -> storage::Result<(usize, DraftId)> {
    // Somebody may have been faster.
    let there = there(tx, office).await?;
    let mut was = Vec::new();
    for row in &listed.rows {
        let Verdict::Take(taken) = &row.verdict else {
            continue;
        };
        let same = Same::of(&taken.title, taken.number.as_deref(), Some(taken.date));
        if there.contains_key(&same) {
            continue;
        }
        let topic = match &taken.topic {
            Some(name) => Some(storage::notice::topic::ensure(tx, office, name).await?.id),
            None => None,
        };
        let notice = notice_of(taken, topic, (who, now));
        let wording = taken.wording.as_deref();
        let stored = storage::notice::insert(tx, office, &notice, wording).await?;
        undo::note(tx, office, ACT, (who, now), (None, &stored)).await?;
        was.push(undo::Was::of(None, &stored));
    }
    let count = was.len();
    let details = [("notices", count.to_string())];
    audit::note(tx, office, None, ACT, who, now, &details).await?;
    let back = undo::keep(tx, office, (who, now), was).await?;
    Ok((count, back))
}

fn notice_of(
    taken: &Taken,
    topic: Option<domain::id::TopicId>,
    (who, now): (domain::id::UserId, chrono::DateTime<chrono::Utc>),
) -> Notice {
    Notice {
        id: NoticeId(0),
        revision: 0,
        draft: false,
        title: taken.title.clone(),
        number: taken.number.clone(),
        issuer: taken.issuer.clone(),
        date: Some(taken.date),
        topic,
        link: taken.link.clone(),
        scopes: taken.scopes.clone(),
        changes: Vec::new(),
        origin: Origin::Import,
        added_by: Some(who),
        created_at: now,
        changed_at: now,
        retracted: false,
    }
}

/// The preview is put away.
pub(super) async fn discard(request: &Request, draft: DraftId) -> Result<Answer, Error> {
    permission::coordinate(request)?;
    let (office, who, now) = (request.office_id(), request.person.user, request.now);
    request
        .app
        .store
        .write(move |tx| Box::pin(storage::draft::take(tx, office, draft, who, STEP, now)))
        .await?;
    let said = Text::new("notice-import-discarded");
    Ok(Answer::Replace(Reply::of(&said, request.language)))
}
