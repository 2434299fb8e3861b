//! How targets, goals and records are named wherever people read of them. Words of people are shown
//! literally.

use crate::{
    card::{self, frame::Frame},
    request::Request,
    text,
    text::Text,
};
use domain::{
    office::Office,
    setting::Language,
    target::{
        Count, Goal, Owner, Record, Standing, Target,
        goal::{Quantity, State as Stand},
        mark::Marks,
        pace::State,
    },
    text::{escape_markdown, one_line},
};

/// #12 医療・看護 1-①
pub(crate) fn name(target: &Target, language: Language) -> String {
    text!(
        "target-name",
        number = target.id.0,
        label = escape_markdown(&target.label())
    )
    .say(language)
}

/// 順調
pub(crate) fn state(state: State) -> Text {
    Text::new(format!("word-pace-{}", state.code()))
}

/// 12回, 各120件, 2,000部
pub(crate) fn quantity(quantity: &Quantity, language: Language) -> String {
    let figure = amount(quantity.amount, Some(&quantity.unit));
    if quantity.each {
        text!("goal-each", figure = figure).say(language)
    } else {
        figure
    }
}

/// 2,000部
pub(crate) fn amount(amount: i64, unit: Option<&str>) -> String {
    let digits = amount.abs().to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let sign = if amount < 0 { "-" } else { "" };
    format!(
        "{sign}{grouped}{}",
        unit.map(escape_markdown).unwrap_or_default()
    )
}

/// 6/12回; nothing for goals in words.
pub(crate) fn done(standing: &Standing) -> Option<String> {
    let quantity = standing.goal.as_ref()?.content.quantity.as_ref()?;
    let goal = amount(quantity.amount, Some(&quantity.unit));
    (!quantity.each).then(|| format!("{}/{goal}", amount(standing.sum(), None)))
}

/// The words of a goal with what stands of it; the figure where the words do not hold it.
pub(crate) fn goal(goal: &Goal, language: Language) -> String {
    let content = &goal.content;
    let mut said = escape_markdown(&content.text);
    let in_words = Quantity::read(&content.text);
    if let Some(found) = content
        .quantity
        .as_ref()
        .filter(|found| in_words.as_ref() != Some(*found))
    {
        let figure = quantity(found, language);
        said = text!("goal-with-figure", goal = said, figure = figure).say(language);
    }
    if said.is_empty() {
        said = Text::new("goal-none").say(language);
    }
    if content.state != Stand::Set {
        let state = Text::new(format!("word-goal-state-{}", content.state.code()));
        said = text!("goal-with-state", goal = said, state = state).say(language);
    }
    if let Some(again) = content.again {
        said = text!("goal-again", goal = said, number = again.0).say(language);
    }
    said
}

/// What a record says, on one line: 11/20 ●研修会を開いた（2回）.
pub(crate) fn record(record: &Record, language: Language, units_max: usize) -> String {
    let words = record.text.as_deref().unwrap_or_default();
    let words = escape_markdown(&one_line(words, units_max));
    let figure = record.amount.map(|of| amount(of, record.unit.as_deref()));
    let said = match figure {
        Some(figure) if words.is_empty() => figure,
        Some(figure) => text!("record-with-figure", words = words, figure = figure).say(language),
        None => words,
    };
    let said = match record.again {
        Some(again) => text!("record-again", words = said, number = again.0).say(language),
        None => said,
    };
    text!(
        "record-line",
        number = record.id.0,
        date = card::date(record.date, language),
        mark = record.mark.map(String::from).unwrap_or_default(),
        words = said,
    )
    .say(language)
}

/// What a target counts by itself.
pub(crate) fn count(count: Count, language: Language) -> String {
    match count {
        Count::Projects => Text::new("target-count-projects").say(language),
        Count::Sessions { tier, kind } => {
            let tier = tier.map(|tier| {
                Text::new(format!("word-session-tier-{}", tier.number())).say(language)
            });
            let kind = kind
                .map(|kind| Text::new(format!("word-session-kind-{}", kind.code())).say(language));
            let of: Vec<String> = tier.into_iter().chain(kind).collect();
            if of.is_empty() {
                return Text::new("target-count-sessions").say(language);
            }
            let of = of.join(&Text::new("target-count-and").say(language));
            text!("target-count-sessions-of", of = of).say(language)
        }
    }
}

/// 印：●実施、○予定, as it is; nothing where nobody has said what marks mean.
pub(crate) fn legend(marks: &Marks, language: Language) -> Option<String> {
    let said = || text!("marks-legend", marks = marks.to_string()).say(language);
    (!marks.is_empty()).then(said)
}

/// The same as a field of a frame, escaped.
pub(crate) fn with_legend(frame: Frame, marks: &Marks, language: Language) -> Frame {
    if marks.is_empty() {
        return frame;
    }
    let name = Text::new("field-marks").say(language);
    frame.field(name, escape_markdown(&marks.to_string()), false)
}

/// Who sees to it; nothing for the office itself.
pub(crate) fn owner(office: &Office, target: &Target) -> String {
    match &target.owner {
        None => String::new(),
        Some(Owner::Association(id)) => office
            .association(*id)
            .map(|association| escape_markdown(&association.name))
            .unwrap_or_default(),
        Some(Owner::Named(name)) => escape_markdown(name),
    }
}

/// What was done, and what of it was counted and what recorded.
pub(crate) fn sum(request: &Request, standing: &Standing) -> String {
    let language = request.language;
    let unit = standing.goal.as_ref().and_then(|goal| goal.content.unit());
    let mut said = request.say(&state(standing.state));
    if let Some(done) = done(standing) {
        said = format!("{said}\u{3000}{done}");
    }
    if let Some(counted) = standing.counted {
        let parts = text!(
            "target-sum-of",
            counted = amount(counted, unit),
            recorded = amount(standing.by_hand(), unit),
        );
        said.push_str(&parts.say(language));
    }
    let others: Vec<String> = standing
        .recorded
        .amounts
        .iter()
        .filter(|(of, _)| !of.is_empty() && Some(of.as_str()) != unit)
        .map(|(of, sum)| amount(*sum, Some(of)))
        .collect();
    if !others.is_empty() {
        let others = others.join(&Text::new("list-separator").say(language));
        said.push_str(&text!("target-sum-others", others = others).say(language));
    }
    said
}
