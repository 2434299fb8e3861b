//! What the person is told of an import: how far it is, how it ended, what next.

use crate::{
    answer::{Answer, Reply},
    card,
    custom_id::{Action, Import as Button},
    error::Error,
    issue::{change, undo::UNDO_MINUTES},
    request::Request,
    text,
    text::Text,
};
use domain::audience::Destination;
use serenity::all::{ButtonStyle, CreateActionRow, CreateButton};
use storage::import::{Counts, Import, Standing};

/// Signs of the bar that shows how far it is.
const BAR: usize = 20;

/// How far it is. The button helps only after a crash; pressed earlier it does no harm.
pub(super) fn progress(request: &Request, import: &Import) -> Reply {
    let full = BAR * import.done / import.rows.max(1);
    let bar = "█".repeat(full) + &"░".repeat(BAR - full);
    let text = text!(
        "import-progress",
        bar = bar,
        done = import.done,
        rows = import.rows
    );
    Reply::of(&text, request.language).row(CreateActionRow::Buttons(vec![resume(request, import)]))
}

/// How far taking back is.
pub(super) fn undoing(request: &Request, counts: Counts) -> Reply {
    let text = text!(
        "import-undo-progress",
        done = counts.retracted,
        issues = counts.issues
    );
    Reply::of(&text, request.language)
}

/// It stopped before its end.
pub(super) fn paused(request: &Request, import: &Import) -> Answer {
    let text = text!("import-paused", done = import.done, rows = import.rows);
    let buttons = vec![resume(request, import), undo(request, import)];
    Answer::Replace(Reply::of(&text, request.language).row(CreateActionRow::Buttons(buttons)))
}

/// It ended because the rest of its rows went.
fn cut_short(request: &Request, import: &Import) -> Answer {
    let text = text!("import-cut-short", done = import.done, rows = import.rows);
    let buttons = vec![undo(request, import)];
    Answer::Replace(Reply::of(&text, request.language).row(CreateActionRow::Buttons(buttons)))
}

/// How it ended: taken in, taken back, cut short, or still to be carried on.
pub(super) async fn outcome(request: &Request, import: &Import) -> Result<Answer, Error> {
    let (office, id) = (request.office_id(), import.id);
    let (counts, places) = request
        .app
        .store
        .read(move |connection| {
            Box::pin(async move {
                let counts = storage::import::counts(connection, office, id).await?;
                let places = storage::import::places(connection, office, id).await?;
                Ok((counts, places))
            })
        })
        .await?;
    if import.undone_at.is_some() {
        return Ok(undone(request, counts));
    }
    if import.ended_at.is_none() {
        return Ok(paused(request, import));
    }
    if import.done < import.rows {
        return Ok(cut_short(request, import));
    }
    Ok(complete(request, import, counts, &places))
}

fn complete(
    request: &Request,
    import: &Import,
    counts: Counts,
    places: &[(Destination, Standing)],
) -> Answer {
    let language = request.language;
    let mut lines = vec![text!("import-complete", count = counts.issues).say(language)];
    for (place, standing) in places {
        lines.push(
            text!(
                "import-complete-place",
                place = change::place(request, *place),
                count = standing.issues,
                numbers = card::import::numbers(*standing),
            )
            .say(language),
        );
    }
    let twice = import.rows.saturating_sub(counts.issues);
    if twice > 0 {
        lines.push(text!("import-complete-twice", count = twice).say(language));
    }
    let key = if import.cards {
        "import-complete-cards"
    } else {
        "import-complete-quiet"
    };
    lines.push(Text::new(key).say(language));
    let reply = Reply {
        content: lines.join("\n"),
        ..Reply::default()
    };
    Answer::Replace(reply.row(CreateActionRow::Buttons(vec![undo(request, import)])))
}

/// It was taken back, but for what has changed since.
pub(super) fn undone(request: &Request, counts: Counts) -> Answer {
    let language = request.language;
    let mut words = text!("import-undone", count = counts.retracted).say(language);
    if counts.changed > 0 {
        let kept = text!("import-undone-kept", count = counts.changed).say(language);
        words = format!("{words}\n{kept}");
    }
    Answer::Replace(Reply {
        content: words,
        ..Reply::default()
    })
}

fn resume(request: &Request, import: &Import) -> CreateButton {
    CreateButton::new(Action::Import(Button::Resume(import.id)).custom_id())
        .label(request.say(&Text::new("button-import-resume")))
        .style(ButtonStyle::Secondary)
}

fn undo(request: &Request, import: &Import) -> CreateButton {
    CreateButton::new(Action::Import(Button::Undo(import.id)).custom_id())
        .label(request.say(&text!("button-import-undo", minutes = UNDO_MINUTES)))
        .style(ButtonStyle::Secondary)
}
