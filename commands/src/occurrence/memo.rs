//! What is due of memos: their words are said in a post of their own, and the next time is planned in the
//! transaction that settles this one, so that nothing that becomes of a post stops the next.

use super::{Due, Press};
use crate::{
    card::place_word,
    custom_id::{self, Action},
    memo::state,
    text,
    text::Text,
};
use chrono::{DateTime, Utc};
use domain::{
    audience::Destination,
    id::{MemoId, OfficeId},
    memo::{Memo, State, place_exists},
    occurrence::{Matter, Moment, ON_THE_DAY, Series},
    office::Office,
    setting::Language,
};
use serenity::all::ButtonStyle;
use storage::{Connection, Subject, Transaction, occurrence::Occurrence, reminder::Content};

/// The act in audit and history of a memo whose place is no more.
const ACT: &str = "memo.drop";

/// A memo whose place is no more, which the desk is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Point {
    /// The memo.
    pub(crate) memo: MemoId,
    /// Where it was said.
    place: Destination,
}

impl Point {
    /// Why it ended, and what to do.
    pub(super) fn line(&self, office: &Office, language: Language) -> String {
        let place = match self.place {
            // It has no name any more.
            Destination::Tier1(_) | Destination::Feedback(_) => Text::new("memo-place-gone"),
            place => place_word(office, place),
        };
        text!("reminder-memo-dropped", number = self.memo.0, place = place).say(language)
    }
}

/// The button that shows a memo.
pub(super) fn press(memo: MemoId) -> Press {
    Press {
        action: Action::Memo(custom_id::Memo::Show(memo)),
        label: text!("reminder-button-memo", number = memo.0),
        style: ButtonStyle::Secondary,
    }
}

/// Plans when a memo is said next, in place of what was planned for it before.
///
/// # Errors
/// Storage failed.
pub async fn plan(tx: &mut Transaction, office: &Office, memo: &Memo) -> storage::Result<()> {
    storage::occurrence::cancel_all(tx, office.id, Matter::Memo, memo.id.0).await?;
    put_next(tx, office, memo).await
}

/// Plans when a memo is said next, where nothing waits for it.
async fn put_next(tx: &mut Transaction, office: &Office, memo: &Memo) -> storage::Result<()> {
    let Some(next) = memo.next else { return Ok(()) };
    let key = series(Matter::Memo, memo).at(ON_THE_DAY);
    let zone = office.settings.time_zone;
    storage::occurrence::put(tx, office.id, key, next, zone, memo.destination)
        .await
        .map(drop)
}

fn series(matter: Matter, memo: &Memo) -> Series {
    Series {
        matter,
        id: memo.id.0,
        revision: memo.turn,
    }
}

/// Settles what has come due of a memo.
pub(super) async fn settle(
    tx: &mut Transaction,
    office: &Office,
    item: &Occurrence,
    now: DateTime<Utc>,
) -> storage::Result<Due> {
    let series = item.key.series;
    if series.matter == Matter::MemoDropped {
        let point = dropped(tx, office.id, series).await?;
        return Ok(Due::of(point.as_ref()));
    }
    let Some(memo) = waiting(tx, office.id, series).await? else {
        return Ok(Due::Pointless);
    };
    if !place_exists(memo.destination, office) {
        end(tx, office, &memo, now).await?;
        return Ok(Due::Done);
    }
    say(tx, office.id, item, now).await?;
    let after = memo.said(now, office.settings.time_zone, office.calendar());
    let stored = storage::memo::update(tx, office.id, &after).await?;
    // What waited for it is what was taken.
    put_next(tx, office, &stored).await?;
    Ok(Due::Done)
}

/// The memo that waits for this turn.
async fn waiting(
    tx: &mut Transaction,
    office: OfficeId,
    series: Series,
) -> storage::Result<Option<Memo>> {
    let found = storage::memo::find(tx, office, MemoId(series.id)).await?;
    Ok(found.filter(|memo| memo.state == State::Waiting && memo.turn == series.revision))
}

/// Wants a post of its own: words of people are not cut to make room for others.
async fn say(
    tx: &mut Transaction,
    office: OfficeId,
    item: &Occurrence,
    now: DateTime<Utc>,
) -> storage::Result<()> {
    let content = Content {
        items: std::slice::from_ref(item),
        passed: &[],
    };
    let place = item.destination;
    let Some(made) = storage::reminder::insert(tx, office, place, content, now).await? else {
        return Ok(());
    };
    let about = Subject::from(made.id);
    storage::outbox::want(tx, office, about, place, made.revision, made.due_at).await
}

/// Ends a memo whose place is no more, and has the desk told at once.
async fn end(
    tx: &mut Transaction,
    office: &Office,
    memo: &Memo,
    now: DateTime<Utc>,
) -> storage::Result<()> {
    let stored = storage::memo::update(tx, office.id, &memo.ended(State::Dropped, now)).await?;
    plan(tx, office, &stored).await?;
    let about = Subject::from(stored.id);
    let who = storage::audit::CALENDAR;
    let details = [("destination", stored.destination.code())];
    crate::audit::note(tx, office.id, Some(about), ACT, who, now, &details).await?;
    let (was, is) = (state::of(memo), state::of(&stored));
    storage::history::append(tx, office.id, about, now, who, ACT, Some(was), is).await?;
    let zone = office.settings.time_zone;
    let local = now.with_timezone(&zone).naive_local();
    let moment = Moment {
        date: local.date(),
        time: local.time(),
    };
    let key = series(Matter::MemoDropped, &stored).at(ON_THE_DAY);
    storage::occurrence::put(tx, office.id, key, moment, zone, Destination::Desk)
        .await
        .map(drop)
}

/// Ends every memo whose place is no more, because the set-up has changed.
///
/// # Errors
/// Storage failed.
pub(crate) async fn drop_placeless(
    tx: &mut Transaction,
    office: &Office,
    now: DateTime<Utc>,
) -> storage::Result<()> {
    for memo in storage::memo::all_waiting(tx, office.id).await? {
        if !place_exists(memo.destination, office) {
            end(tx, office, &memo, now).await?;
        }
    }
    Ok(())
}

/// Plans memos anew whose next day the office's calendar moves now. What is due already is said first.
pub(super) async fn plan_anew(
    tx: &mut Transaction,
    office: &Office,
    now: DateTime<Utc>,
) -> storage::Result<()> {
    let (zone, calendar) = (office.settings.time_zone, office.calendar());
    for memo in storage::memo::all_waiting(tx, office.id).await? {
        if memo.next.is_some_and(|next| next.instant(zone) <= now) {
            continue;
        }
        let Some(after) = memo.resumed(memo.next, now, zone, calendar) else {
            continue;
        };
        if after.next != memo.next {
            let stored = storage::memo::update(tx, office.id, &after).await?;
            plan(tx, office, &stored).await?;
        }
    }
    Ok(())
}

/// Whether the desk is still to be told that a memo was dropped. A memo that is said has a post of its
/// own ([`crate::card`]).
pub(super) async fn point(
    connection: &mut Connection,
    office: OfficeId,
    series: Series,
) -> storage::Result<Option<Point>> {
    match series.matter {
        Matter::MemoDropped => dropped(connection, office, series).await,
        _ => Ok(None),
    }
}

async fn dropped(
    connection: &mut Connection,
    office: OfficeId,
    series: Series,
) -> storage::Result<Option<Point>> {
    let found = storage::memo::find(connection, office, MemoId(series.id)).await?;
    Ok(found
        .filter(|memo| memo.state == State::Dropped)
        .map(|memo| Point {
            memo: memo.id,
            place: memo.destination,
        }))
}
