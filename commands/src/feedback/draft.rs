//! `/feedback draft` 作成: drafts of feedback, asked for, after a session, or once a month. An association
//! has one draft at a time: what comes meanwhile joins it.

use super::{name, reading, record, send};
use crate::{
    Context,
    answer::{Answer, Reply},
    dispatch::{May, answer},
    error::Error,
    option::{NAMES_UNITS_MAX, joined},
    permission,
    request::Request,
    session::{self, option},
    text,
    text::Text,
};
use chrono::{DateTime, Utc};
use domain::{
    audience::Destination,
    feedback::{Feedback, Item, Occasion, State, Window, Words, quiet_is_due},
    id::{AssociationId, FeedbackId, UserId},
    office::Office,
    progress::{YearMonth, posting::read_month},
    session::Session,
    tally::Tally,
};
use std::{collections::BTreeSet, sync::Arc};
use storage::Transaction;

/// The acts in audit and history.
const MADE: &str = "feedback.draft";
const RENEWED: &str = "feedback.renew";

/// `/feedback draft` 作成
#[poise::command(slash_command)]
pub(crate) async fn draft(
    ctx: Context<'_>,
    #[autocomplete = "session::suggest::associations"] association: Option<String>,
    #[autocomplete = "session::suggest::sessions"] session: Option<String>,
    #[autocomplete = "crate::progress::month::months"] month: Option<String>,
) -> Result<(), Error> {
    answer(ctx, May::Say, async move |request: Request| {
        permission::coordinate(&request)?;
        let asked = Asked::read(&request, association, session, month).await?;
        asked.made(&request).await
    })
    .await
}

/// Who asked for drafts for whom.
struct Asked {
    associations: Vec<AssociationId>,
    occasion: Occasion,
    /// Drafted whether there is something new or not: the person named the association or the session.
    always: bool,
}

impl Asked {
    async fn read(
        request: &Request,
        association: Option<String>,
        session: Option<String>,
        month: Option<String>,
    ) -> Result<Self, Error> {
        if session.is_some() && month.is_some() {
            return Err(Error::refuse(Text::new("refused-feedback-both")));
        }
        let named = association
            .as_deref()
            .map(|written| {
                let found = request.office.association_named(written.trim());
                found.ok_or_else(|| Error::refuse(Text::new("refused-unknown-association")))
            })
            .transpose()?
            .map(|association| association.id);
        if let Some(session) = option::chosen(request, session.as_deref()).await? {
            return Self::after(request, &session, named);
        }
        let month = month
            .as_deref()
            .map(|written| {
                let found = read_month(written, request.today());
                found.ok_or_else(|| Error::refuse(Text::new("refused-not-a-month")))
            })
            .transpose()?;
        if let Some(month) = month {
            crate::progress::month::refuse_future(request, month)?;
        }
        let everybody = || {
            request
                .office
                .associations
                .iter()
                .map(|one| one.id)
                .collect()
        };
        Ok(Self {
            associations: named.map_or_else(everybody, |named| vec![named]),
            occasion: Occasion {
                session: None,
                month,
                month_only: month.is_some(),
            },
            always: named.is_some(),
        })
    }

    /// After a session: for those who took part.
    fn after(
        request: &Request,
        session: &Session,
        named: Option<AssociationId>,
    ) -> Result<Self, Error> {
        if session.state != domain::session::State::Held {
            return Err(Error::refuse(text!(
                "refused-feedback-not-held",
                name = session::word::name(session, request.language),
                number = session.id.0,
            )));
        }
        let took_part = |id: &AssociationId| named.is_none_or(|named| named == *id);
        let associations: Vec<AssociationId> = session
            .associations
            .iter()
            .copied()
            .filter(took_part)
            .collect();
        if associations.is_empty() {
            let name = session::word::name(session, request.language);
            return Err(Error::refuse(text!("refused-feedback-nobody", name = name)));
        }
        Ok(Self {
            associations,
            occasion: after_session_of(session),
            always: true,
        })
    }

    /// Makes the drafts in one transaction, and says what there is to look at.
    async fn made(self, request: &Request) -> Result<Answer, Error> {
        let (office, who, now) = (
            Arc::clone(&request.office),
            request.person.user,
            request.now,
        );
        let (occasion, always) = (self.occasion, self.always);
        let associations = self.associations;
        let made = request
            .record(move |tx| {
                let (office, associations) = (Arc::clone(&office), associations.clone());
                Box::pin(async move {
                    let wish = if always { Wish::Always } else { Wish::News };
                    let mut made = Vec::new();
                    for association in associations {
                        let done = make(tx, &office, association, (occasion, wish), (who, now));
                        made.extend(done.await?);
                    }
                    Ok(made)
                })
            })
            .await?;
        match made.as_slice() {
            [] => Err(Error::refuse(Text::new("refused-feedback-no-news"))),
            [only] => Ok(Answer::Say(
                send::preview(request, only, Some(&said(request, &made))).await?,
            )),
            several => Ok(Answer::Say(
                Reply::of(&said(request, several), request.language)
                    .row(super::open_button(request)),
            )),
        }
    }
}

/// What was drafted, in one sentence: 下書きを2件つくりました：フィードバック 3（薬剤師会）、…
fn said(request: &Request, made: &[Feedback]) -> Text {
    let names = made.iter().map(|one| request.say(&name(request, one)));
    text!(
        "feedback-drafted",
        count = made.len(),
        names = joined(names, request.language, NAMES_UNITS_MAX),
    )
}

fn after_session_of(session: &Session) -> Occasion {
    Occasion {
        session: Some(session.id),
        ..Occasion::default()
    }
}

/// When a draft is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wish {
    /// Whatever there is to tell.
    Always,
    /// Where there is something new.
    News,
    /// Where there is something new, or a short word is due in this month.
    NewsOrQuiet(YearMonth),
}

/// Drafts for everybody who took part in a session that was held, in the transaction that records it.
///
/// # Errors
/// Storage failed.
pub(crate) async fn after_session(
    tx: &mut Transaction,
    office: &Office,
    session: &Session,
    (who, now): (UserId, DateTime<Utc>),
) -> storage::Result<usize> {
    let mut made = 0;
    for association in &session.associations {
        let wish = (after_session_of(session), Wish::Always);
        let done = make(tx, office, *association, wish, (who, now)).await?;
        made += usize::from(done.is_some());
    }
    Ok(made)
}

/// The sentence and the button after a session was recorded; `None` where nothing was drafted.
pub(crate) fn offered(
    request: &Request,
    made: usize,
) -> Option<(String, serenity::all::CreateActionRow)> {
    let said = text!("feedback-drafted-after-session", count = made);
    (made > 0).then(|| (request.say(&said), super::open_button(request)))
}

/// The month's drafts, for every association with something new, or to which a short word is due.
///
/// # Errors
/// Storage failed.
pub(crate) async fn monthly(
    tx: &mut Transaction,
    office: &Office,
    month: YearMonth,
    now: DateTime<Utc>,
) -> storage::Result<()> {
    let occasion = Occasion {
        month: Some(month),
        ..Occasion::default()
    };
    let this = YearMonth::of(session::told::today(office, now));
    for association in &office.associations {
        let wish = (occasion, Wish::NewsOrQuiet(this));
        make(
            tx,
            office,
            association.id,
            wish,
            (storage::audit::CALENDAR, now),
        )
        .await?;
    }
    Ok(())
}

/// Drafts a feedback, or lets the draft there is take in what came since. `None` where there is nothing to
/// tell, or no such association.
async fn make(
    tx: &mut Transaction,
    office: &Office,
    association: AssociationId,
    (occasion, wish): (Occasion, Wish),
    (who, now): (UserId, DateTime<Utc>),
) -> storage::Result<Option<Feedback>> {
    if office.association(association).is_none() {
        return Ok(None);
    }
    let waiting = storage::feedback::draft_of(tx, office.id, association).await?;
    let mut wanted = match &waiting {
        Some(waiting) => Feedback {
            occasion: waiting.occasion.joined(occasion),
            ..waiting.clone()
        },
        None => blank(association, occasion, (who, now)),
    };
    let told = storage::feedback::told_until(tx, office.id, association).await?;
    wanted.window = window(office, &wanted, told, now);
    let chosen = (wanted.window, wanted.occasion);
    (wanted.items, wanted.tally) = reading::choose(tx, office, association, chosen, now).await?;
    let Some(waiting) = waiting else {
        if wanted.is_quiet() && !may_be_quiet(tx, office, &wanted, (wish, now)).await? {
            return Ok(None);
        }
        let stored = record::keep(tx, office.id, (None, &wanted), MADE, (who, now)).await?;
        return Ok(Some(stored));
    };
    if is_as(&waiting, &wanted) {
        return Ok(Some(waiting));
    }
    let states = (Some(&waiting), &wanted);
    let stored = record::keep(tx, office.id, states, RENEWED, (who, now)).await?;
    Ok(Some(stored))
}

/// Whether an association gets a draft though there is nothing new.
async fn may_be_quiet(
    tx: &mut Transaction,
    office: &Office,
    wanted: &Feedback,
    (wish, now): (Wish, DateTime<Utc>),
) -> storage::Result<bool> {
    let association = wanted.association;
    let month = match wish {
        Wish::Always => return Ok(true),
        Wish::News => return Ok(false),
        Wish::NewsOrQuiet(month) => month,
    };
    // A short word is for those who can be told.
    if Destination::Feedback(association).channel(office).is_none() {
        return Ok(false);
    }
    let last = storage::feedback::last_word(tx, office.id, association).await?;
    let last = last.filter(|last| *last <= now);
    // Whoever has said nothing and was told nothing does not wait for a word.
    if last.is_none() && wanted.tally.total() == 0 {
        return Ok(false);
    }
    let last = last.map(|last| YearMonth::of(session::told::today(office, last)));
    Ok(quiet_is_due(last, month))
}

fn blank(
    association: AssociationId,
    occasion: Occasion,
    (who, now): (UserId, DateTime<Utc>),
) -> Feedback {
    Feedback {
        id: FeedbackId(0),
        revision: 0,
        association,
        state: State::Draft,
        window: Window {
            since: None,
            until: now,
        },
        occasion,
        items: Vec::new(),
        left_out: BTreeSet::new(),
        tally: Tally::default(),
        words: Words::default(),
        made_by: who,
        made_at: now,
        sent_at: None,
        corrected_at: None,
        changed_at: now,
    }
}

/// The time a draft tells of: since what was told last, unless it is about one month.
fn window(
    office: &Office,
    feedback: &Feedback,
    told: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Window {
    match feedback.occasion.month {
        Some(month) if feedback.occasion.month_only => {
            Window::of_month(month, office.settings.time_zone, now)
        }
        _ => Window {
            since: told,
            until: now,
        },
    }
}

/// Whether both tell the same; that time has passed makes no difference.
fn is_as(one: &Feedback, other: &Feedback) -> bool {
    let plain = |feedback: &Feedback| Feedback {
        window: Window {
            until: one.window.until,
            ..feedback.window
        },
        ..feedback.clone()
    };
    plain(one) == plain(other)
}

/// Whether something came since a draft was made, so that the desk may have it taken in.
pub(super) async fn is_stale(request: &Request, feedback: &Feedback) -> Result<bool, Error> {
    let (office, now) = (Arc::clone(&request.office), request.now);
    let wanted = feedback.clone();
    let (items, _) = request
        .app
        .store
        .read(move |connection| {
            let (office, wanted) = (Arc::clone(&office), wanted.clone());
            Box::pin(async move {
                let told = storage::feedback::told_until(connection, office.id, wanted.association)
                    .await?;
                let chosen = (window(&office, &wanted, told, now), wanted.occasion);
                reading::choose(connection, &office, wanted.association, chosen, now).await
            })
        })
        .await?;
    let sorted = |items: &[Item]| items.iter().copied().collect::<BTreeSet<Item>>();
    Ok(sorted(&items) != sorted(&feedback.items))
}

/// *取り込み直す* was pressed: the draft as it would be made now, with the words and what was left out.
pub(super) async fn renewed(request: &Request, id: FeedbackId, seen: i64) -> Result<Answer, Error> {
    let before = super::desk(request, id).await?;
    send::as_seen(&before, seen, State::Draft)?;
    let (office, who, now) = (
        Arc::clone(&request.office),
        request.person.user,
        request.now,
    );
    let association = before.association;
    let occasion = before.occasion;
    let stored = request
        .record(move |tx| {
            let office = Arc::clone(&office);
            Box::pin(async move {
                make(
                    tx,
                    &office,
                    association,
                    (occasion, Wish::Always),
                    (who, now),
                )
                .await
            })
        })
        .await
        .map_err(|error| record::meanwhile(error, id.0))?;
    let stored = stored.ok_or_else(super::no_such)?;
    let said = Text::new("feedback-renewed");
    Ok(Answer::Replace(
        send::preview(request, &stored, Some(&said)).await?,
    ))
}
