//! A meeting at once (まとめて記録): several lines become several issues, never silently.
//!
//! What was typed or pasted is taken apart ([`domain::batch`]) and shown first: what would become of
//! each line, and which cannot be kept as they are. The preview waits in a sealed draft, in which
//! personal data stands masked only. One press stores all of it in one transaction; another takes the
//! text as one; a third opens the form again.

pub(crate) mod keep;
mod line;
mod screen;
pub(crate) mod undo;

use super::{
    add,
    chosen::Chosen,
    draft::{self as drafts, Used},
    form::{Asks, Words, form, words_of},
    privacy,
};
use crate::{
    answer::{Answer, Form},
    custom_id::{self, Action},
    dispatch::{Fields, May},
    error::Error,
    request::Request,
    text,
    text::Text,
};
use domain::{
    batch,
    id::DraftId,
    issue::{NOTE_UNITS_MAX, SPEAKER_UNITS_MAX, TEXT_UNITS_MAX},
    tier::Tier,
};
use line::{Held, Said};
use serde::{Deserialize, Serialize};

const STEP: &str = "issue-batch";

/// What waits between the preview and what becomes of it. It may hold speakers' names, so it is never
/// printed.
#[derive(Clone, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
enum Waiting {
    /// The lines are shown.
    Lines(Box<Batch>),
    /// They were kept; what could not be waits to be reworded.
    Kept {
        /// The first and the last number.
        numbers: (i64, i64),
        /// What was chosen for them.
        chosen: Box<Chosen>,
        /// The note for all of them.
        note: Option<String>,
        /// The lines that were kept back.
        rest: Vec<Said>,
    },
}

/// Several lines about to become issues.
#[derive(Clone, Serialize, Deserialize)]
struct Batch {
    chosen: Chosen,
    /// The note and the speaker of every line that has none of its own.
    note: Option<String>,
    speaker: Option<String>,
    /// What is the matter with those two: then nothing can be kept.
    trouble: Option<Held>,
    lines: Vec<Said>,
    /// The text as it would be kept as one; none when it could not be.
    whole: Option<String>,
}

/// What a button of a batch may answer.
pub(crate) fn may(action: custom_id::Batch) -> May {
    match action {
        custom_id::Batch::Reword(_) | custom_id::Batch::Rest(_) => May::Ask,
        _ => May::Replace,
    }
}

/// A button or a select of a batch was used.
pub(crate) async fn pressed(
    request: &Request,
    action: custom_id::Batch,
    values: &[String],
) -> Result<Answer, Error> {
    match action {
        custom_id::Batch::Keep(draft) => keep::answer(request, draft).await,
        custom_id::Batch::One(draft) => as_one(request, draft).await,
        custom_id::Batch::Reword(draft) => reword(request, draft).await,
        custom_id::Batch::Tier(draft, page) => change_tiers(request, draft, page, values).await,
        custom_id::Batch::Page(draft, page) => {
            let batch = waiting(request, draft).await?;
            let reply = screen::preview(request, draft, &batch, page);
            Ok(Answer::Replace(reply))
        }
        custom_id::Batch::Rest(draft) => rest(request, draft).await,
        custom_id::Batch::Undo(draft) => undo::answer(request, draft).await,
        custom_id::Batch::Reworded(_) => Err(Error::refuse(Text::new("refused-unknown-button"))),
    }
}

/// The preview of what is several things said at once; none when it is one.
pub(super) async fn offered(
    request: &Request,
    chosen: &Chosen,
    words: &Words,
) -> Result<Option<Answer>, Error> {
    let Some(batch) = Batch::of(request, chosen, words, &[]) else {
        return Ok(None);
    };
    let waiting = Waiting::Lines(Box::new(batch.clone()));
    let draft = drafts::put(request, STEP, &waiting).await?;
    let reply = screen::preview(request, draft, &batch, 0);
    Ok(Some(Answer::Say(reply)))
}

impl Batch {
    /// Takes words apart; none when they are one statement that fits. `before` are lines whose tier a
    /// person chose: the same words keep it.
    fn of(request: &Request, chosen: &Chosen, words: &Words, before: &[Said]) -> Option<Self> {
        let lines = batch::lines(&words.text);
        // A statement too long for an issue comes here too, so that its words are not lost.
        let units = domain::text::utf16_len(words.text.trim());
        if lines.len() < 2 && units <= TEXT_UNITS_MAX {
            return None;
        }
        let (note, note_trouble) = line::checked(words.note.as_deref(), NOTE_UNITS_MAX);
        let (speaker, speaker_trouble) =
            line::checked_speaker(words.speaker.as_deref(), SPEAKER_UNITS_MAX);
        let mut lines: Vec<Said> = lines.into_iter().filter_map(Said::of).collect();
        for said in &mut lines {
            let same = before.iter().find(|known| known.text == said.text);
            said.tier = same.and_then(|known| known.tier);
        }
        let mut batch = Self {
            chosen: chosen.clone(),
            note,
            speaker,
            trouble: note_trouble.or(speaker_trouble),
            whole: whole(&words.text),
            lines,
        };
        // A sheet's columns are no text of their own.
        let is_sheet = batch.lines.iter().any(Said::has_columns);
        if batch.trouble.is_some() || is_sheet {
            batch.whole = None;
        }
        batch.hold_back(request);
        Some(batch)
    }

    /// Holds back what cannot be kept as it is, and what is beyond the limit.
    fn hold_back(&mut self, request: &Request) {
        let mut fit = 0;
        for said in &mut self.lines {
            if said.held.is_none() {
                said.held = said.source_trouble(request);
            }
            if said.held.is_none() {
                fit += 1;
                if fit > batch::LINES_MAX {
                    said.held = Some(Held::Beyond);
                }
            }
        }
    }

    /// The lines that become issues, each with its place in the list (from 1).
    fn fit(&self) -> impl Iterator<Item = (usize, &Said)> {
        let is_well = self.trouble.is_none();
        (1..)
            .zip(&self.lines)
            .filter(move |(_, said)| is_well && said.held.is_none())
    }

    /// The words of one line, with the note and the speaker that stand for all.
    fn words(&self, said: &Said) -> Words {
        Words {
            text: said.text.clone(),
            note: said.note.clone().or_else(|| self.note.clone()),
            speaker: said.speaker.clone().or_else(|| self.speaker.clone()),
        }
    }
}

/// The text as one statement, as far as it could be kept so.
fn whole(written: &str) -> Option<String> {
    let text = domain::text::clean(written, TEXT_UNITS_MAX).ok()?;
    let is_well = privacy::check(&[&text]).is_none() && privacy::refuse_single_case(&text).is_ok();
    is_well.then_some(text)
}

/// The batch of a draft, while it waits and the person may still add it.
async fn waiting(request: &Request, draft: DraftId) -> Result<Batch, Error> {
    let batch = match drafts::find(request, draft, STEP).await? {
        Waiting::Lines(batch) => *batch,
        Waiting::Kept { numbers, .. } => return Err(kept_already(numbers)),
    };
    batch.chosen.check_still(request)?;
    Ok(batch)
}

fn kept_already((first, last): (i64, i64)) -> Error {
    Error::refuse(text!("refused-batch-kept", first = first, last = last))
}

/// Puts a changed batch in the place of the one that was read; somebody else's press may have kept it
/// meanwhile.
async fn put_back(request: &Request, draft: DraftId, batch: &Batch) -> Result<(), Error> {
    let (office, person, now) = (request.office_id(), request.person.user, request.now);
    let body = serde_json::to_value(Waiting::Lines(Box::new(batch.clone())))
        .map_err(|_| Error::Fault("a draft cannot be written"))?;
    let found = request
        .app
        .store
        .write(move |tx| {
            let body = body.clone();
            Box::pin(async move {
                let found = storage::draft::find(tx, office, draft, person, STEP, now).await?;
                let waits = found.as_ref().is_some_and(is_lines);
                if waits {
                    storage::draft::exchange(tx, office, draft, person, STEP, now, &body).await?;
                }
                Ok(found)
            })
        })
        .await?;
    match found.and_then(|body| serde_json::from_value(body).ok()) {
        Some(Waiting::Lines(_)) => Ok(()),
        Some(Waiting::Kept { numbers, .. }) => Err(kept_already(numbers)),
        None => Err(drafts::gone()),
    }
}

fn is_lines(body: &serde_json::Value) -> bool {
    matches!(serde_json::from_value(body.clone()), Ok(Waiting::Lines(_)))
}

/// *1件の文章として記録*: the text as it was written becomes one issue.
async fn as_one(request: &Request, draft: DraftId) -> Result<Answer, Error> {
    let batch = waiting(request, draft).await?;
    let Some(text) = batch.whole else {
        return Err(Error::refuse(Text::new("refused-batch-not-one")));
    };
    let words = Words {
        text,
        note: batch.note,
        speaker: batch.speaker,
    };
    let used = Used {
        id: draft,
        step: STEP,
    };
    match add::keep_as_one(request, batch.chosen, words, Some(used)).await? {
        Answer::Say(reply) => Ok(Answer::Replace(reply)),
        other => Ok(other),
    }
}

/// *直す*: the form again, with every line in it; what was masked stays masked.
async fn reword(request: &Request, draft: DraftId) -> Result<Answer, Error> {
    let batch = waiting(request, draft).await?;
    let action = Action::Batch(custom_id::Batch::Reworded(draft));
    Ok(Answer::Ask(asked(request, action, &batch)))
}

fn asked(request: &Request, action: Action, batch: &Batch) -> Form {
    let words = Words {
        text: line::written(&batch.lines),
        note: batch.note.clone(),
        speaker: batch.speaker.clone(),
    };
    let asks = Asks {
        speaker: true,
        several: true,
        ..Asks::default()
    };
    form(
        request,
        action,
        &Text::new("form-batch-title"),
        &words,
        asks,
    )
}

/// The form was sent: the preview is drawn anew in its place.
pub(crate) async fn reworded(
    request: &Request,
    draft: DraftId,
    fields: &Fields,
) -> Result<Answer, Error> {
    let before = waiting(request, draft).await?;
    let words = words_of(fields);
    let Some(batch) = Batch::of(request, &before.chosen, &words, &before.lines) else {
        let used = Used {
            id: draft,
            step: STEP,
        };
        let answer = add::keep_as_one(request, before.chosen, words, Some(used)).await?;
        return Ok(match answer {
            Answer::Say(reply) => Answer::Replace(reply),
            other => other,
        });
    };
    put_back(request, draft, &batch).await?;
    let reply = screen::preview(request, draft, &batch, 0);
    Ok(Answer::Replace(reply))
}

/// Another tier was chosen for some lines: values such as `3:2`, line 3 to tier 2.
async fn change_tiers(
    request: &Request,
    draft: DraftId,
    page: i64,
    values: &[String],
) -> Result<Answer, Error> {
    let mut batch = waiting(request, draft).await?;
    for value in values {
        let chosen = value.split_once(':').and_then(|(line, tier)| {
            let at = line.parse::<usize>().ok()?.checked_sub(1)?;
            Some((at, tier.parse().ok().and_then(Tier::from_number)?))
        });
        let said = chosen.and_then(|(at, tier)| Some((batch.lines.get_mut(at)?, tier)));
        let Some((said, tier)) = said.filter(|(said, _)| said.held.is_none()) else {
            return Err(Error::refuse(Text::new("refused-unknown-button")));
        };
        said.tier = Some(tier);
    }
    put_back(request, draft, &batch).await?;
    let reply = screen::preview(request, draft, &batch, page);
    Ok(Answer::Replace(reply))
}

/// After the others were kept: the form with just the lines that were kept back.
async fn rest(request: &Request, draft: DraftId) -> Result<Answer, Error> {
    let Waiting::Kept {
        chosen, note, rest, ..
    } = drafts::find(request, draft, STEP).await?
    else {
        return Err(Error::refuse(Text::new("refused-unknown-button")));
    };
    chosen.check_still(request)?;
    let words = Words {
        text: line::written(&rest),
        note,
        speaker: None,
    };
    add::ask(request, &chosen, words).await
}
