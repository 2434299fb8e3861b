//! One record, for whoever may correct it: what it says, where it comes from, what it was before.

use super::{
    record::targets_of,
    state::RecordState,
    undo::{self, Was},
    word, write,
};
use crate::{
    answer::{Answer, Reply},
    audit, card,
    card::frame::{Frame, cut},
    custom_id::{Action, Target as Press},
    error::Error,
    permission,
    request::Request,
    session, text,
    text::Text,
};
use domain::{
    id::{RecordId, TargetId},
    target::{Record, Target, record::Source},
    text::{escape_markdown, one_line},
};
use serenity::all::{
    ButtonStyle, CreateActionRow, CreateButton, CreateSelectMenu, CreateSelectMenuKind,
    CreateSelectMenuOption,
};
use storage::{Subject, history::Step};

/// UTF-16 units of a choice of a select (Discord, components/reference: 100).
const CHOICE_UNITS_MAX: usize = 90;
/// UTF-16 units of a field of several lines.
const LINES_UNITS_MAX: usize = 1_000;
/// UTF-16 units of the words a step changed.
const WORDS_UNITS_SHOWN: usize = 80;
/// Steps of its history shown, the latest.
const STEPS_SHOWN: usize = 10;

/// Reads a record of a target the person may know of, and those targets.
///
/// # Errors
/// Refused with one sentence for a record that does not exist and one that is not the person's.
pub(super) async fn find(request: &Request, id: RecordId) -> Result<(Record, Vec<Target>), Error> {
    let office = request.office_id();
    let found = request
        .app
        .store
        .read(move |connection| Box::pin(storage::target::record::find(connection, office, id)))
        .await?;
    let no_such = || Error::refuse(Text::new("refused-no-such-record"));
    let record = found.ok_or_else(no_such)?;
    match targets_of(request, &record).await {
        Ok(targets) => Ok((record, targets)),
        Err(Error::Refusal(_)) => Err(no_such()),
        Err(fault) => Err(fault),
    }
}

/// The select by which a record of a page is looked at.
pub(super) fn picking(request: &Request, target: TargetId, items: &[Record]) -> CreateActionRow {
    let options = items
        .iter()
        .map(|record| {
            let label = text!(
                "record-choice",
                number = record.id.0,
                date = card::date(record.date, request.language),
                words = record.text.as_deref().unwrap_or_default(),
            );
            let label = one_line(&request.say(&label), CHOICE_UNITS_MAX);
            CreateSelectMenuOption::new(label, record.id.to_string())
        })
        .collect();
    let id = Action::Target(Press::Pick(target)).custom_id();
    CreateActionRow::SelectMenu(
        CreateSelectMenu::new(id, CreateSelectMenuKind::String { options })
            .placeholder(request.say(&Text::new("select-record"))),
    )
}

/// A record was chosen. The value comes back from a client and is read again.
pub(super) async fn picked(
    request: &Request,
    target: TargetId,
    values: &[String],
) -> Result<Answer, Error> {
    permission::coordinate(request)?;
    let chosen = values.first().and_then(|value| value.parse().ok());
    let id = chosen
        .map(RecordId)
        .ok_or_else(|| Error::refuse(Text::new("refused-unknown-button")))?;
    let (record, targets) = find(request, id).await?;
    if !record.targets.contains(&target) {
        return Err(Error::refuse(Text::new("refused-unknown-button")));
    }
    Ok(Answer::Say(shown(request, &record, &targets).await?))
}

async fn shown(request: &Request, record: &Record, targets: &[Target]) -> Result<Reply, Error> {
    let (office, about) = (request.office_id(), Subject::from(record.id));
    let steps = request
        .app
        .store
        .read(move |connection| Box::pin(storage::history::of(connection, office, about)))
        .await?;
    let say = |key: &str| request.say(&Text::new(key));
    let names: Vec<String> = targets
        .iter()
        .map(|target| word::name(target, request.language))
        .collect();
    let figure = record
        .amount
        .map(|amount| word::amount(amount, record.unit.as_deref()));
    let title = text!("subject-record", number = record.id.0);
    let mark = record.mark.map(String::from).unwrap_or_default();
    let words = record.text.as_deref().map(escape_markdown);
    let again = record
        .again
        .map(|first| request.say(&text!("record-repeats", number = first.0)));
    let frame = Frame::titled(request.say(&title))
        .words(format!("{mark}{}", words.unwrap_or_default()))
        .field(
            say("field-record-date"),
            card::date(record.date, request.language),
            true,
        )
        .field(say("field-record-amount"), figure.unwrap_or_default(), true)
        .field(
            say("field-record-source"),
            source(request, record).await?,
            true,
        )
        .field(
            say("field-record-targets"),
            cut(&names.join("\n"), LINES_UNITS_MAX),
            false,
        )
        .field(say("field-target-again"), again.unwrap_or_default(), false)
        .field(
            say("field-record-history"),
            cut(&history(request, &steps), LINES_UNITS_MAX),
            false,
        );
    Ok(Reply::default()
        .embed(frame.draw())
        .row(buttons(request, record)))
}

/// Where it comes from, and who wrote it down.
async fn source(request: &Request, record: &Record) -> Result<String, Error> {
    let by = format!("<@{}>", record.recorded_by);
    Ok(match &record.source {
        Source::Hand => request.say(&text!("record-by-hand", who = by)),
        Source::Import(_) => request.say(&text!("record-by-import", who = by)),
        Source::Session(id) => {
            let told = session::word::told(request, Some(*id)).await?;
            let by = request.say(&text!("record-by-hand", who = by));
            format!("{by}\n{told}").trim_end().to_owned()
        }
    })
}

/// What was done to it: when, what, by whom, and what the words were before.
fn history(request: &Request, steps: &[Step]) -> String {
    let zone = request.office.settings.time_zone;
    let lines: Vec<String> = steps
        .iter()
        .rev()
        .take(STEPS_SHOWN)
        .map(|step| {
            let day = step.at.with_timezone(&zone).date_naive();
            let line = text!(
                "record-step",
                date = card::date(day, request.language),
                act = audit::act(&step.act, request.language),
                who = audit::who(step.who, request.language),
            );
            let before = step.before.as_ref().and_then(RecordState::read);
            let changed = before.map(|before| before.said(request.language, WORDS_UNITS_SHOWN));
            let changed = changed.map(|was| request.say(&text!("record-step-before", was = was)));
            format!("{}{}", request.say(&line), changed.unwrap_or_default())
        })
        .collect();
    lines.join("\n")
}

fn buttons(request: &Request, record: &Record) -> CreateActionRow {
    let button = |press: Press, key: &str, style| {
        CreateButton::new(Action::Target(press).custom_id())
            .label(request.say(&Text::new(key)))
            .style(style)
    };
    CreateActionRow::Buttons(if record.withdrawn {
        let press = Press::Restore(record.id);
        vec![button(
            press,
            "button-record-restore",
            ButtonStyle::Secondary,
        )]
    } else {
        vec![
            button(
                Press::Correct(record.id),
                "button-record-correct",
                ButtonStyle::Primary,
            ),
            button(
                Press::Withdraw(record.id),
                "button-record-withdraw",
                ButtonStyle::Danger,
            ),
        ]
    })
}

/// A record is taken back, or counts again.
pub(super) async fn withdraw(
    request: &Request,
    id: RecordId,
    withdrawn: bool,
) -> Result<Answer, Error> {
    permission::coordinate(request)?;
    let (before, _) = find(request, id).await?;
    if before.withdrawn == withdrawn {
        let key = if withdrawn {
            "refused-record-withdrawn"
        } else {
            "refused-record-standing"
        };
        return Err(Error::refuse(text!(key, number = id.0)));
    }
    let after = Record {
        withdrawn,
        ..before.clone()
    };
    let act = if withdrawn {
        "target.withdraw"
    } else {
        "target.restore"
    };
    let (stored, undo) = write::record(request, None, move |tx, by| {
        let (before, after) = (before.clone(), after.clone());
        Box::pin(async move {
            let stored = write::entry(tx, by, (Some(&before), &after), act, &[]).await?;
            let was = Was::Record {
                record: stored.id,
                revision: stored.revision,
                before: Some(RecordState::of(&before)),
            };
            Ok((stored, was))
        })
    })
    .await?;
    let key = if withdrawn {
        "record-withdrawn"
    } else {
        "record-restored"
    };
    let reply = Reply::of(&text!(key, number = stored.id.0), request.language);
    Ok(Answer::Say(reply.row(undo::button(request, undo))))
}
