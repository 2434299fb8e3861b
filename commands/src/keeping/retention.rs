//! `/office retention` 保存期間: what was kept long enough, page by page. What is not due yet is refused with
//! the day from which it may go. What the desk decides about it is in [`super::decision`].

use crate::{
    Context,
    answer::{Answer, Reply},
    card::{self, frame::Frame},
    custom_id::{Action, Keeping},
    dispatch::{May, answer},
    error::Error,
    page, permission,
    request::Request,
    text,
    text::Text,
};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    office::Office,
    retention::{Item, Kept, Kind, Rule, Stock, next_proposed},
    setting::Language,
    text::normalise,
};
use serenity::all::{ButtonStyle, CreateActionRow, CreateButton};
use std::collections::BTreeMap;
use storage::{Connection, Subject, subject::SubjectKind};

/// Records a page.
const PAGE: usize = 15;
/// What is kept of an office, and the rule it is kept by.
pub(crate) struct Shelf {
    stock: Stock,
    rule: Rule,
    day: NaiveDate,
    /// What may be deleted on the day.
    pub(crate) due: Vec<Item>,
}

/// The proposal of a fiscal year, as records are about it.
pub(crate) fn subject(year: i32) -> Subject {
    Subject {
        kind: SubjectKind::Retention,
        id: i64::from(year),
    }
}

/// Today in an office.
pub(super) fn today(office: &Office, now: DateTime<Utc>) -> NaiveDate {
    now.with_timezone(&office.settings.time_zone).date_naive()
}

/// Reads what is kept, as of a day.
///
/// # Errors
/// Storage failed.
pub(crate) async fn shelf(
    connection: &mut Connection,
    office: &Office,
    day: NaiveDate,
) -> storage::Result<Shelf> {
    let settings = &office.settings;
    let wall = (settings.time_zone, settings.fiscal_year_start);
    let stock = storage::retention::stock(connection, office.id, wall).await?;
    let rule = storage::retention::rule(connection, office.id, settings).await?;
    let due = stock.due(&rule, day).into_iter().collect();
    Ok(Shelf {
        stock,
        rule,
        day,
        due,
    })
}

pub(super) async fn read(request: &Request) -> Result<Shelf, Error> {
    let (office, day) = (std::sync::Arc::clone(&request.office), request.today());
    let shelf = request
        .app
        .store
        .read(move |connection| Box::pin(async move { shelf(connection, &office, day).await }))
        .await?;
    Ok(shelf)
}

/// `/office retention` 保存期間
#[poise::command(slash_command)]
pub(crate) async fn retention(ctx: Context<'_>, of: Option<String>) -> Result<(), Error> {
    answer(ctx, May::Say, async move |request: Request| {
        permission::coordinate(&request)?;
        match of {
            Some(of) => Ok(Answer::Say(single(&request, &of).await?)),
            None => Ok(Answer::Say(shown(&request, 0).await?)),
        }
    })
    .await
}

/// The list in an answer of its own: the button of the desk's card.
pub(crate) async fn open(request: &Request) -> Result<Answer, Error> {
    permission::coordinate(request)?;
    Ok(Answer::Say(shown(request, 0).await?))
}

/// A page button was pressed.
pub(crate) async fn turn(request: &Request, number: i64) -> Result<Answer, Error> {
    permission::coordinate(request)?;
    let number = usize::try_from(number).unwrap_or(0);
    let reply = shown(request, number).await?;
    Ok(Answer::Replace(reply))
}

/// Whether one record may be deleted. What may not is refused with the day from which it may.
async fn single(request: &Request, written: &str) -> Result<Reply, Error> {
    let item = item(written).ok_or_else(|| Error::refuse(Text::new("refused-retention-of")))?;
    let shelf = read(request).await?;
    let name = name(item, request.language);
    match shelf.stock.kept(&shelf.rule, shelf.day, item) {
        Some(Kept::Lives(by)) => {
            let key = if by == item {
                "refused-retention-lives"
            } else {
                "refused-retention-lives-by"
            };
            let by = self::name(by, request.language);
            Err(Error::refuse(
                Text::new(key).with("name", name).with("by", by),
            ))
        }
        Some(Kept::Until(day, by)) => {
            let day = card::date(day, request.language);
            let key = if by == item {
                "refused-retention-until"
            } else {
                "refused-retention-until-by"
            };
            let by = self::name(by, request.language);
            let text = Text::new(key).with("name", name).with("day", day);
            Err(Error::refuse(text.with("by", by)))
        }
        None if shelf.due.contains(&item) => {
            let text = text!("retention-single-due", name = name);
            Ok(Reply::of(&text, request.language).row(list_row(request.language)))
        }
        None => Err(Error::refuse(text!(
            "refused-retention-nothing",
            name = name
        ))),
    }
}

/// Reads `issue:12`, `session:3`, `#12`.
fn item(written: &str) -> Option<Item> {
    let written = normalise(written);
    let written = written.trim();
    let (kind, number) = match written.split_once(':') {
        Some((kind, number)) => (Kind::from_code(kind.trim())?, number),
        None => (Kind::Issue, written),
    };
    let number = number.trim().trim_start_matches('#');
    let id = number.parse().ok().filter(|id| *id > 0)?;
    Some(Item { kind, id })
}

/// A record by its noun and number.
fn name(item: Item, language: Language) -> String {
    Text::new(format!("subject-{}", item.kind.code()))
        .with("number", item.id)
        .say(language)
}

async fn shown(request: &Request, number: usize) -> Result<Reply, Error> {
    let shelf = read(request).await?;
    if shelf.due.is_empty() {
        return Ok(Reply::of(&nothing(request), request.language));
    }
    let last = (shelf.due.len() - 1) / PAGE;
    let number = number.min(last);
    let lines: Vec<String> = shelf
        .due
        .iter()
        .skip(number * PAGE)
        .take(PAGE)
        .map(|item| line(&shelf, *item, request.language))
        .collect();
    let count = i64::try_from(shelf.due.len()).unwrap_or(i64::MAX);
    let (at, end) = (to_i64(number), to_i64(last));
    let frame = Frame::titled(request.say(&text!("retention-list-title", total = count)))
        .words(lines.join("\n"))
        .footer(format!(
            "{}\u{3000}{}",
            page::place(request, at, end),
            request.say(&Text::new("retention-list-next"))
        ));
    let mut reply = Reply::default().embed(frame.draw());
    if last > 0 {
        reply = reply.row(page::turning(request, at, end, |page| {
            Action::Keeping(Keeping::List(page))
        }));
    }
    Ok(reply.row(decide_row(request.language)))
}

pub(super) fn to_i64(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn line(shelf: &Shelf, item: Item, language: Language) -> String {
    let last = shelf.stock.lives.get(&item).map(|life| life.last);
    let last = last
        .map(|day| card::date(day, language))
        .unwrap_or_default();
    text!(
        "retention-list-line",
        name = name(item, language),
        last = last
    )
    .say(language)
}

/// That nothing is due, how long records are kept, and when the desk is told again.
pub(super) fn nothing(request: &Request) -> Text {
    let settings = &request.office.settings;
    let (_, next) = next_proposed(
        settings.fiscal_year_start,
        settings.reminded_at,
        request.now,
        settings.time_zone,
        request.office.calendar(),
    );
    text!(
        "retention-nothing",
        years = i64::from(settings.retention_years),
        day = card::date(next.date, request.language),
    )
}

/// How many of each noun, one a line.
pub(crate) fn counts(due: &[Item], language: Language) -> String {
    let mut counts: BTreeMap<Kind, i64> = BTreeMap::new();
    for item in due {
        *counts.entry(item.kind).or_default() += 1;
    }
    let lines = counts.into_iter().map(|(kind, count)| {
        let noun = Text::new(format!("retention-kind-{}", kind.code()));
        text!("retention-count", noun = noun, count = count).say(language)
    });
    lines.collect::<Vec<_>>().join("\n")
}

pub(super) fn button(
    keeping: Keeping,
    key: &str,
    style: ButtonStyle,
    language: Language,
) -> CreateButton {
    CreateButton::new(Action::Keeping(keeping).custom_id())
        .label(Text::new(key).say(language))
        .style(style)
}

fn list_row(language: Language) -> CreateActionRow {
    CreateActionRow::Buttons(vec![button(
        Keeping::Open,
        "button-retention-list",
        ButtonStyle::Secondary,
        language,
    )])
}

/// The buttons by which the desk decides.
pub(crate) fn decide_row(language: Language) -> CreateActionRow {
    CreateActionRow::Buttons(vec![
        button(
            Keeping::Ask,
            "button-retention-ask",
            ButtonStyle::Danger,
            language,
        ),
        button(
            Keeping::Longer,
            "button-retention-longer",
            ButtonStyle::Secondary,
            language,
        ),
    ])
}

/// The button that takes back that something is kept longer.
pub(crate) fn reopen_button(year: i32, language: Language) -> CreateButton {
    button(
        Keeping::Reopen(year),
        "button-retention-reopen",
        ButtonStyle::Secondary,
        language,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_named_by_noun_and_number() {
        for (written, expected) in [
            ("issue:12", Some((Kind::Issue, 12))),
            ("#12", Some((Kind::Issue, 12))),
            (" １２ ", Some((Kind::Issue, 12))),
            ("session: 3", Some((Kind::Session, 3))),
            ("record:#4", Some((Kind::Record, 4))),
            ("issue:0", None),
            ("issue:-1", None),
            ("patient:1", None),
            ("", None),
        ] {
            let found = item(written).map(|item| (item.kind, item.id));
            assert_eq!(found, expected, "{written}");
        }
    }
}
