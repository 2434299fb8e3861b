//! A pair in words: who, what was said, why it is thought to meet, and what the manual would do.

use super::{Met, find::Shown, need, side};
use crate::{error::Error, permission, request::Request, text, text::Text};
use domain::{
    issue::Issue,
    key_person::KeyPerson,
    matching::{Example, Named, Pair, Proposal, Reason, State, compare, propose},
    text::{escape_markdown, one_line},
};

/// UTF-16 units of a wording; escaping may triple them.
const WORDING_UNITS_MAX: usize = 110;
/// UTF-16 units of a word that is a reason.
const WORD_UNITS_MAX: usize = 16;
/// UTF-16 units of the name of a side.
const SIDE_UNITS_MAX: usize = 40;
/// Themes that are named of a pair.
const THEMES_NAMED_MAX: usize = 2;
/// Words that are named for a proposal.
const WORDS_NAMED_MAX: usize = 2;
/// Key persons that are named of a pair.
const PERSONS_NAMED_MAX: usize = 3;
/// UTF-16 units of the reason of a dismissal that is shown.
const REASON_UNITS_MAX: usize = 60;

/// One pair of a page.
pub(super) fn pair(
    request: &Request,
    met: &Met,
    shown: Shown,
    persons: &[KeyPerson],
) -> Result<String, Error> {
    let of = |issue: &Issue| short(&side(request, issue), SIDE_UNITS_MAX);
    let mut lines = vec![
        request.say(&text!(
            "match-line",
            number = met.matching.id.0,
            first = of(&met.first),
            second = of(&met.second),
            score = i64::from(shown.score),
        )),
        said(request, &met.first),
        said(request, &met.second),
    ];
    match &met.matching.state {
        State::Proposed => {}
        State::Accepted => lines.push(request.say(&text!(
            "match-accepted-as",
            session = met.matching.session.map_or(0, |session| session.0),
        ))),
        State::Dismissed => lines.push(request.say(&text!(
            "match-dismissed-for",
            reason = short(
                met.matching.reason.as_deref().unwrap_or_default(),
                REASON_UNITS_MAX
            ),
        ))),
    }
    match meeting(request, met) {
        Some(found) => {
            lines.extend(reasons(request, met, &found, shown.nearest));
            if met.matching.state != State::Accepted {
                lines.push(proposal(
                    request,
                    &propose(&found, &met.first.text, &met.second.text),
                ));
            }
        }
        None => lines.push(request.say(&Text::new("match-changed"))),
    }
    lines.extend(key_persons(request, met, persons)?);
    Ok(lines.join("\n"))
}

/// The pair as the rule sees it now; `None` once the words have changed so that they no longer meet.
pub(super) fn meeting(request: &Request, met: &Met) -> Option<Pair> {
    compare(&need(request, &met.first)?, &need(request, &met.second)?)
}

fn said(request: &Request, issue: &Issue) -> String {
    request.say(&text!(
        "match-said",
        number = issue.id.0,
        wording = short(&issue.text, WORDING_UNITS_MAX),
    ))
}

fn reasons(request: &Request, met: &Met, pair: &Pair, nearest: bool) -> Vec<String> {
    let called = |named: &Named| {
        let office = &request.office;
        let name = office.profession(named.profession);
        let word = named.word.clone().or(name.map(|p| p.name.clone()));
        short(&word.unwrap_or_default(), WORD_UNITS_MAX)
    };
    let word = |word: &str| short(word, WORD_UNITS_MAX);
    let mut themes = 0;
    let mut lines: Vec<String> = Vec::new();
    for reason in &pair.reasons {
        let text = match reason {
            Reason::Mutual(there, back) => text!(
                "match-reason-mutual",
                first = met.first.id.0,
                there = called(there),
                second = met.second.id.0,
                back = called(back),
            ),
            Reason::OneSided(issue, named) => text!(
                "match-reason-one-sided",
                number = issue.0,
                there = called(named),
            ),
            Reason::Theme(..) if themes == THEMES_NAMED_MAX => continue,
            Reason::Theme(theme, ours, theirs) => {
                themes += 1;
                text!(
                    "match-reason-theme",
                    theme = Text::new(format!("word-theme-{}", theme.code())),
                    ours = word(ours),
                    theirs = word(theirs),
                )
            }
            Reason::Friction(ours, theirs) => text!(
                "match-reason-friction",
                ours = word(ours),
                theirs = word(theirs),
            ),
            Reason::Nearest => continue,
        };
        lines.push(request.say(&text));
    }
    if nearest {
        lines.push(request.say(&Text::new("match-reason-nearest")));
    }
    lines
}

fn proposal(request: &Request, proposal: &Proposal) -> String {
    let code = proposal.example.code();
    request.say(&text!(
        "match-proposal",
        kind = Text::new(format!("match-kind-{code}")),
        method = Text::new(format!("match-method-{code}")),
        role = Text::new(format!("match-role-{code}")),
        why = why(request, proposal),
    ))
}

/// Why this example and no other.
pub(super) fn why(request: &Request, proposal: &Proposal) -> Text {
    if !proposal.words.is_empty() {
        let separator = request.say(&Text::new("list-separator"));
        let words: Vec<String> = proposal
            .words
            .iter()
            .take(WORDS_NAMED_MAX)
            .map(|word| short(word, WORD_UNITS_MAX))
            .collect();
        return text!("match-why-words", words = words.join(&separator));
    }
    match proposal.theme {
        Some(theme) => text!(
            "match-why-theme",
            theme = Text::new(format!("word-theme-{}", theme.code())),
        ),
        None => Text::new("match-why-rest"),
    }
}

/// Whom to speak to first, where the office knows them.
fn key_persons(
    request: &Request,
    met: &Met,
    persons: &[KeyPerson],
) -> Result<Option<String>, Error> {
    let desk = permission::coordinate(request)?;
    let sides = [met.first.association, met.second.association];
    let names: Vec<String> = persons
        .iter()
        .filter(|person| person.association.is_some() && sides.contains(&person.association))
        .take(PERSONS_NAMED_MAX)
        .map(|person| short(person.name(desk), WORD_UNITS_MAX))
        .collect();
    let separator = request.say(&Text::new("list-separator"));
    let line = text!("match-key-persons", names = names.join(&separator));
    Ok((!names.is_empty()).then(|| request.say(&line)))
}

/// What the manual does about a pair that no longer meets, or of which nothing speaks for another example.
pub(super) fn plain() -> Proposal {
    Proposal {
        example: Example::Exchange,
        words: Vec::new(),
        theme: None,
    }
}

fn short(words: &str, units_max: usize) -> String {
    escape_markdown(&one_line(words, units_max))
}
