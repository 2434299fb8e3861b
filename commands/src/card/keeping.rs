//! The desk's cards of keeping and letting go: what was kept long enough, what a person asks for, that the
//! bot was away, that the whole office is to be deleted. They hold numbers and who asked, never content.

use super::{Drawn, Post, Tags, date, frame::Frame, moment};
use crate::{
    App,
    card::year_name,
    custom_id::{Action, Keeping},
    keeping::{departure::export_button, retention},
    text,
    text::Text,
};
use domain::{
    era::FiscalYear,
    id::{DeletionId, DepartureId, PetitionId},
    office::Office,
};
use serenity::all::{ButtonStyle, CreateActionRow, CreateButton};
use storage::{
    deletion::State as DeletionState,
    outbox::Claimed,
    petition::{Kind, State as PetitionState},
    retention::{Retention, State},
};

/// The colour of what waits for a decision.
const WAITS: u32 = 0xD6_9E2E;
/// The colour of what cannot be taken back.
const DANGER: u32 = 0xC5_3030;
/// The colour of what is over.
const OVER: u32 = 0x71_8096;

fn post(revision: i64, title: String, frame: Frame, buttons: Vec<CreateButton>) -> Drawn {
    let rows = if buttons.is_empty() {
        Vec::new()
    } else {
        vec![CreateActionRow::Buttons(buttons)]
    };
    Drawn::Post(Box::new(Post {
        revision,
        title,
        tags: Tags::default(),
        discussion: None,
        files: Vec::new(),
        embeds: vec![frame.draw()],
        rows,
    }))
}

/// The buttons of a card; the first carries its mark.
struct Buttons<'a> {
    office: &'a Office,
    mark: &'a str,
    kept: Vec<CreateButton>,
}

impl<'a> Buttons<'a> {
    fn new(office: &'a Office, mark: &'a str) -> Self {
        Self {
            office,
            mark,
            kept: Vec::new(),
        }
    }

    fn with(mut self, keeping: Keeping, key: &str, style: ButtonStyle) -> Self {
        let action = Action::Keeping(keeping);
        let custom_id = if self.kept.is_empty() {
            action.marked(self.mark)
        } else {
            action.custom_id()
        };
        let label = Text::new(key).say(self.office.settings.locale);
        self.kept
            .push(CreateButton::new(custom_id).label(label).style(style));
        self
    }
}

/// What was kept long enough in a fiscal year, and what the desk has decided.
pub(super) async fn retention(
    app: &App,
    office: &Office,
    claimed: &Claimed,
) -> storage::Result<Drawn> {
    let Ok(year) = i32::try_from(claimed.subject.id) else {
        return Ok(Drawn::Nothing);
    };
    let set_up = office.clone();
    let found = app
        .store
        .read(move |connection| {
            Box::pin(async move {
                let found = storage::retention::find(connection, set_up.id, year).await?;
                let Some(found) = found else { return Ok(None) };
                let shelf = retention::shelf(connection, &set_up, found.through).await?;
                Ok(Some((found, shelf.due)))
            })
        })
        .await?;
    let Some((found, due)) = found else {
        return Ok(Drawn::Nothing);
    };
    let language = office.settings.locale;
    let say = |text: &Text| text.say(language);
    let title = say(&text!(
        "retention-title",
        year = year_name(FiscalYear::starting_in(year), language)
    ));
    let list = |buttons: Buttons<'_>| {
        buttons
            .with(
                Keeping::Open,
                "button-retention-list",
                ButtonStyle::Secondary,
            )
            .kept
    };
    let buttons = Buttons::new(office, &claimed.mark);
    let (colour, words, kept) = match found.state {
        State::Proposed => {
            let words = text!(
                "retention-proposed",
                years = i64::from(office.settings.retention_years),
                count = i64::try_from(due.len()).unwrap_or(i64::MAX),
                counts = retention::counts(&due, language),
            );
            let buttons = buttons
                .with(
                    Keeping::Open,
                    "button-retention-list",
                    ButtonStyle::Secondary,
                )
                .with(Keeping::Ask, "button-retention-ask", ButtonStyle::Danger)
                .with(
                    Keeping::Longer,
                    "button-retention-longer",
                    ButtonStyle::Secondary,
                );
            (WAITS, words, buttons.kept)
        }
        State::Kept => {
            let until = FiscalYear::starting_in(found.kept_until.unwrap_or(year));
            let words = text!(
                "retention-kept-card",
                who = who(&found),
                year = year_name(until, language),
                count = found.records,
            );
            let buttons = buttons.with(
                Keeping::Reopen(year),
                "button-retention-reopen",
                ButtonStyle::Secondary,
            );
            (OVER, words, buttons.kept)
        }
        State::Deleting => {
            let words = text!(
                "retention-deleting-card",
                who = who(&found),
                count = found.records
            );
            (WAITS, words, list(buttons))
        }
        State::Deleted => {
            let words = text!(
                "retention-deleted-card",
                who = who(&found),
                count = found.gone
            );
            (OVER, words, list(buttons))
        }
    };
    let frame = Frame::titled(title.clone())
        .colour(colour)
        .words(say(&words))
        .footer(say(&Text::new("retention-footer")));
    Ok(post(found.revision, title, frame, kept))
}

fn who(found: &Retention) -> String {
    found
        .decided
        .map(|(who, _)| format!("<@{who}>"))
        .unwrap_or_default()
}

/// What a person asks for.
pub(super) async fn petition(
    app: &App,
    office: &Office,
    claimed: &Claimed,
) -> storage::Result<Drawn> {
    let (id, number) = (office.id, PetitionId(claimed.subject.id));
    let found = app
        .store
        .read(move |connection| Box::pin(storage::petition::find(connection, id, number)))
        .await?;
    let Some(found) = found else {
        return Ok(Drawn::Nothing);
    };
    let language = office.settings.locale;
    let say = |text: &Text| text.say(language);
    let title = say(&text!("subject-petition", number = number.0));
    let asked = found.asked_at.with_timezone(&office.settings.time_zone);
    let words = text!(
        "petition-card",
        who = format!("<@{}>", found.person),
        kind = Text::new(format!("word-petition-{}", found.kind.code())),
        day = date(asked.date_naive(), language),
    );
    let frame = Frame::titled(title.clone()).words(say(&words));
    let by = found.decided.map(|(who, _)| format!("<@{who}>"));
    let buttons = Buttons::new(office, &claimed.mark);
    Ok(match found.state {
        PetitionState::Open => {
            let help = Text::new(format!("petition-help-{}", found.kind.code()));
            let done = match found.kind {
                Kind::Disclosure => "button-petition-done",
                Kind::Removal => "button-petition-remove-name",
            };
            let buttons = buttons
                .with(Keeping::Done(number), done, ButtonStyle::Primary)
                .with(
                    Keeping::Decline(number),
                    "button-petition-decline",
                    ButtonStyle::Secondary,
                );
            let frame = frame.colour(WAITS).footer(say(&help));
            post(found.revision, title, frame, buttons.kept)
        }
        state => {
            let said = Text::new(format!("petition-card-{}", state.code()));
            let said = say(&said.with("who", by.unwrap_or_default()));
            let frame =
                frame
                    .colour(OVER)
                    .field(say(&Text::new("field-petition-answer")), said, false);
            post(found.revision, title, frame, Vec::new())
        }
    })
}

/// That the bot was away, and what would have happened.
pub(super) async fn departure(
    app: &App,
    office: &Office,
    claimed: &Claimed,
) -> storage::Result<Drawn> {
    let (id, number) = (office.id, DepartureId(claimed.subject.id));
    let found = app
        .store
        .read(move |connection| Box::pin(storage::departure::find(connection, id, number)))
        .await?;
    let Some(found) = found else {
        return Ok(Drawn::Nothing);
    };
    let language = office.settings.locale;
    let say = |text: &Text| text.say(language);
    let title = say(&Text::new("departure-title"));
    let words = text!(
        "departure-words",
        left = moment(found.left_at, office, language),
        back = moment(found.returned_at, office, language),
        end = moment(storage::departure::ends(found.left_at), office, language),
    );
    let frame = Frame::titled(title.clone())
        .colour(WAITS)
        .words(say(&words));
    let buttons = Buttons::new(office, &claimed.mark).with(
        Keeping::Export,
        "button-office-export",
        ButtonStyle::Secondary,
    );
    Ok(post(found.revision, title, frame, buttons.kept))
}

/// That the whole office is to be deleted, and a second coordinator is asked.
pub(super) async fn deletion(
    app: &App,
    office: &Office,
    claimed: &Claimed,
) -> storage::Result<Drawn> {
    let (id, number) = (office.id, DeletionId(claimed.subject.id));
    let found = app
        .store
        .read(move |connection| Box::pin(storage::deletion::find(connection, id, number)))
        .await?;
    let Some(found) = found else {
        return Ok(Drawn::Nothing);
    };
    let language = office.settings.locale;
    let say = |text: &Text| text.say(language);
    let title = say(&Text::new("deletion-title"));
    let who = format!("<@{}>", found.asked_by);
    let frame = Frame::titled(title.clone());
    Ok(match found.state {
        DeletionState::Open => {
            let until = moment(found.expires_at, office, language);
            let words = text!("deletion-card", who = who, until = until);
            let mut buttons = Buttons::new(office, &claimed.mark)
                .with(
                    Keeping::Confirm(number),
                    "button-deletion-confirm",
                    ButtonStyle::Danger,
                )
                .with(
                    Keeping::Withdraw(number),
                    "button-deletion-withdraw",
                    ButtonStyle::Secondary,
                );
            buttons.kept.push(export_button(language));
            let frame = frame.colour(DANGER).words(say(&words));
            post(found.revision, title, frame, buttons.kept)
        }
        DeletionState::Withdrawn | DeletionState::Expired => {
            let by = found.decided_by.map(|who| format!("<@{who}>"));
            let words = Text::new(format!("deletion-card-{}", found.state.code()))
                .with("who", who)
                .with("by", by.unwrap_or_default());
            let frame = frame.colour(OVER).words(say(&words));
            post(found.revision, title, frame, Vec::new())
        }
    })
}
