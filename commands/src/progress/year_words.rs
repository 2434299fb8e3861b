//! A year in words: how the targets ended, gatherings by tier, projects, what became of the issues, and
//! how much is proposed for the next year. The sheet has the rest.

use crate::{
    card::{self, frame::Frame, year_name},
    option::joined,
    target::word::with_legend,
    text,
    text::Text,
};
use domain::{
    progress::{Balance, Year},
    setting::Language,
    target::pace::State,
    tier::Tier,
};
use std::collections::BTreeMap;

/// UTF-16 units of a list of names and counts.
const LIST_UNITS_MAX: usize = 900;
/// The colour of what only tells.
const COLOUR: u32 = 0x2B_6CB0;

/// 令和8年度の報告
pub(crate) fn title(year: &Year, language: Language) -> String {
    text!("year-title", year = year_name(year.year, language)).say(language)
}

/// The year, framed.
pub(crate) fn frame(year: &Year, language: Language) -> Frame {
    let words = if year.rows.is_empty() {
        Text::new("month-no-target")
    } else {
        Text::new("year-words")
    };
    let as_of = text!(
        "month-as-of",
        day = card::date(year.as_of, language),
        year = year_name(year.year, language),
    );
    let states = State::ALL.iter().filter_map(|state| {
        let count = year.rows.iter().filter(|row| row.state == *state).count();
        let name = Text::new(format!("word-pace-{}", state.code()));
        counted(name, count, language)
    });
    let proposed = year.drafts.iter().filter(|draft| draft.carry.proposes());
    let proposed = proposed.count();
    let frame = Frame::titled(title(year, language))
        .colour(COLOUR)
        .words(format!("{}\n{}", as_of.say(language), words.say(language)))
        .field(
            text!("month-targets", count = year.rows.len()).say(language),
            joined(states, language, LIST_UNITS_MAX),
            false,
        )
        .field(
            text!("year-sessions", count = year.sessions.len()).say(language),
            joined(sessions(year, language), language, LIST_UNITS_MAX),
            false,
        )
        .field(
            text!("year-projects", count = year.projects.len()).say(language),
            projects(year, language),
            false,
        )
        .field(
            Text::new("year-issues").say(language),
            balances(&year.issues, language),
            false,
        )
        .field(
            text!("year-next", year = year_name(year.year.next(), language)).say(language),
            if year.drafts.is_empty() {
                String::new()
            } else {
                text!("year-proposed", count = proposed).say(language)
            },
            false,
        );
    with_legend(frame, &year.marks, language)
}

fn counted(name: Text, count: usize, language: Language) -> Option<String> {
    (count > 0).then(|| text!("month-state", state = name, count = count).say(language))
}

fn tier_name(tier: Tier) -> Text {
    Text::new(format!("word-session-tier-{}", tier.number()))
}

fn sessions(year: &Year, language: Language) -> impl Iterator<Item = String> {
    let mut tiers: BTreeMap<Tier, usize> = BTreeMap::new();
    for session in &year.sessions {
        *tiers.entry(session.tier).or_default() += 1;
    }
    tiers
        .into_iter()
        .filter_map(move |(tier, count)| counted(tier_name(tier), count, language))
}

fn projects(year: &Year, language: Language) -> String {
    if year.projects.is_empty() {
        return String::new();
    }
    let mut states: BTreeMap<domain::project::State, usize> = BTreeMap::new();
    for project in &year.projects {
        *states.entry(project.state).or_default() += 1;
    }
    let named = states.into_iter().filter_map(|(state, count)| {
        let name = Text::new(format!("word-project-state-{}", state.code()));
        counted(name, count, language)
    });
    joined(named, language, LIST_UNITS_MAX)
}

fn balances(balances: &BTreeMap<Tier, Balance>, language: Language) -> String {
    let number = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    let lines: Vec<String> = balances
        .iter()
        .map(|(tier, balance)| {
            text!(
                "year-balance",
                tier = tier_name(*tier),
                carried_in = number(balance.carried_in),
                raised = number(balance.raised),
                solved = number(balance.solved),
                carried_over = number(balance.carried_over),
            )
            .say(language)
        })
        .collect();
    lines.join("\n")
}
