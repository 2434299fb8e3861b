//! `/match find` 検索: finds the pairs, numbers them, and shows them page by page.
//!
//! Which pairs were found waits in a draft; each page reads them as they are then.

use super::{associations, issues, line};
use crate::{
    Context,
    answer::{Answer, Reply},
    audit::note,
    card::frame::Frame,
    custom_id::{Action, Matching as Press},
    dispatch::{May, answer},
    error::Error,
    issue::draft,
    option::issue_number,
    page, permission,
    request::Request,
    text,
    text::Text,
};
use domain::{
    id::{AssociationId, DraftId, IssueId, MatchingId},
    key_person::KeyPerson,
    matching::{
        CONSIDERED_MAX, Need, Pair, PassedOver, Reason, State, Statement, fingerprint, pairs,
        partners,
    },
    office::Office,
};
use serde::{Deserialize, Serialize};
use serenity::all::{ButtonStyle, CreateActionRow, CreateButton};
use std::{collections::HashMap, sync::Arc};
use storage::matching::{AT_ONCE_MAX, NewMatching, Said};

/// Pairs a page: each has a row of buttons, and a message has five rows.
const PAGE: i64 = 4;
/// UTF-16 units of the words of a page, within an embed's description.
const PAGE_UNITS_MAX: usize = 4_000;
const STEP: &str = "match-find";

/// What is asked for.
#[derive(Clone, Copy, Debug, Default)]
struct Asked {
    issue: Option<IssueId>,
    association: Option<AssociationId>,
}

/// What was found, in the order it is shown; waits in the draft.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Found {
    pairs: Vec<Shown>,
    /// More were found than are shown.
    more: bool,
}

/// One pair of what was found.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(super) struct Shown {
    /// Its number.
    pub(super) id: i64,
    /// How well it fits.
    pub(super) score: u32,
    /// Neither side fits anything else better.
    pub(super) nearest: bool,
}

/// `/match find` 検索
#[poise::command(slash_command)]
pub(crate) async fn find(
    ctx: Context<'_>,
    #[autocomplete = "issues"] issue: Option<String>,
    #[autocomplete = "associations"] association: Option<String>,
) -> Result<(), Error> {
    answer(ctx, May::Say, async move |request: Request| {
        permission::coordinate(&request)?;
        let asked = Asked {
            issue: issue.as_deref().map(issue_number).transpose()?,
            association: match association.as_deref() {
                None => None,
                Some(name) => Some(
                    request
                        .office
                        .association_named(name)
                        .ok_or_else(|| Error::refuse(Text::new("refused-unknown-association")))?
                        .id,
                ),
            },
        };
        let (said, found) = search(&request, asked).await?;
        if found.is_empty() {
            return Ok(Answer::Say(Reply::of(
                &text!("match-empty", count = said),
                request.language,
            )));
        }
        let found = keep(&request, found).await?;
        let draft = draft::put(&request, STEP, &found).await?;
        Ok(Answer::Say(drawn(&request, &found, draft, 0).await?))
    })
    .await
}

/// A page button was pressed.
pub(super) async fn turn(request: &Request, id: DraftId, number: i64) -> Result<Answer, Error> {
    let found: Found = draft::find(request, id, STEP).await?;
    Ok(Answer::Replace(drawn(request, &found, id, number).await?))
}

/// A pair with the fingerprints of its wordings.
type Fingerprinted = (Pair, (i64, i64));

/// Finds the pairs, and how many issues were looked at.
async fn search(request: &Request, asked: Asked) -> Result<(usize, Vec<Fingerprinted>), Error> {
    let office = request.office_id();
    let (said, dismissed) = request
        .app
        .store
        .read(move |connection| {
            Box::pin(async move {
                let said = storage::matching::said(connection, office).await?;
                Ok((
                    said,
                    storage::matching::dismissed(connection, office).await?,
                ))
            })
        })
        .await?;
    if let Some(issue) = asked.issue
        && said.iter().all(|said| said.issue != issue)
    {
        return Err(unmatchable(request, issue, said.len()).await);
    }
    let prints: HashMap<IssueId, i64> = said
        .iter()
        .map(|said| (said.issue, fingerprint(&said.text)))
        .collect();
    let passed_over: PassedOver = dismissed
        .iter()
        .filter(|known| {
            // Whose words have changed since comes back.
            (prints.get(&known.first), prints.get(&known.second))
                == (Some(&known.said.0), Some(&known.said.1))
        })
        .map(|known| (known.first, known.second))
        .collect();
    let count = said.len();
    let set_up = Arc::clone(&request.office);
    // Thousands of texts are read through: other interactions must not wait for it.
    let found = tokio::task::spawn_blocking(move || meet(&set_up, &said, asked, &passed_over))
        .await
        .map_err(|_| Error::Fault("matching did not come to its end"))?;
    let found = found
        .into_iter()
        .filter_map(|pair| {
            let said = (*prints.get(&pair.first)?, *prints.get(&pair.second)?);
            Some((pair, said))
        })
        .collect();
    Ok((count, found))
}

fn meet(office: &Office, said: &[Said], asked: Asked, passed_over: &PassedOver) -> Vec<Pair> {
    let needs: Vec<Need> = said
        .iter()
        .filter_map(|said| {
            let statement = Statement {
                issue: said.issue,
                text: &said.text,
                profession: said.profession,
                association: said.association,
                about: &said.about,
            };
            Need::of(&statement, office)
        })
        .collect();
    let Some(issue) = asked.issue else {
        return pairs(&needs, asked.association, passed_over);
    };
    let Some(need) = needs.iter().find(|need| need.issue == issue) else {
        return Vec::new();
    };
    // Of one issue and one association: the association is the other side.
    let others: Vec<Need> = needs
        .iter()
        .filter(|other| {
            asked
                .association
                .is_none_or(|wanted| other.association == Some(wanted))
        })
        .cloned()
        .collect();
    partners(need, &others, passed_over)
}

/// Why an issue cannot be matched.
async fn unmatchable(request: &Request, id: IssueId, considered: usize) -> Error {
    match crate::issue::original(request, id).await {
        Err(refused) => refused,
        Ok((issue, _)) if issue.profession.is_none() && issue.association.is_none() => {
            Error::refuse(text!("refused-match-nobodys", number = id.0))
        }
        Ok(_) if considered >= CONSIDERED_MAX => {
            Error::refuse(text!("refused-match-too-old", number = id.0))
        }
        Ok(_) => Error::refuse(text!("refused-match-not-waiting", number = id.0)),
    }
}

/// Numbers what was found; accepted pairs come last, because nothing is left to decide about them.
async fn keep(request: &Request, mut found: Vec<Fingerprinted>) -> Result<Found, Error> {
    let more = found.len() > AT_ONCE_MAX;
    found.truncate(AT_ONCE_MAX);
    let new: Vec<NewMatching> = found
        .iter()
        .map(|(pair, said)| NewMatching {
            first: pair.first,
            second: pair.second,
            said: *said,
        })
        .collect();
    let (office, who, now) = (request.office_id(), request.person.user, request.now);
    let kept = request
        .record(move |tx| {
            let new = new.clone();
            Box::pin(async move {
                let kept = storage::matching::propose(tx, office, &new, now).await?;
                let details = [("count", kept.len().to_string())];
                note(tx, office, None, "match.find", who, now, &details).await?;
                Ok(kept)
            })
        })
        .await?;
    let shown = kept.iter().zip(&found).map(|(matching, (pair, _))| {
        let shown = Shown {
            id: matching.id.0,
            score: pair.score,
            nearest: pair.reasons.contains(&Reason::Nearest),
        };
        (matching.state, shown)
    });
    let (accepted, waiting): (Vec<_>, Vec<_>) =
        shown.partition(|(state, _)| *state == State::Accepted);
    Ok(Found {
        pairs: waiting
            .into_iter()
            .chain(accepted)
            .map(|(_, shown)| shown)
            .collect(),
        more,
    })
}

/// One page, with the pairs as they are now.
async fn drawn(
    request: &Request,
    found: &Found,
    draft: DraftId,
    number: i64,
) -> Result<Reply, Error> {
    permission::coordinate(request)?;
    let total = i64::try_from(found.pairs.len()).unwrap_or(i64::MAX);
    let last = page::last(total, PAGE);
    let number = number.min(last);
    let shown: Vec<Shown> = found
        .pairs
        .iter()
        .skip(usize::try_from(number * PAGE).unwrap_or(usize::MAX))
        .take(usize::try_from(PAGE).unwrap_or(usize::MAX))
        .copied()
        .collect();
    let persons = key_persons(request).await?;
    let (mut words, mut rows) = (Vec::new(), Vec::new());
    for pair in shown {
        match super::met(request, MatchingId(pair.id)).await {
            Ok(met) => {
                words.push(line::pair(request, &met, pair, &persons)?);
                rows.push(buttons(request, &met));
            }
            Err(Error::Refusal(_)) => {
                words.push(request.say(&text!("match-gone", number = pair.id)));
            }
            Err(fault) => return Err(fault),
        }
    }
    if last > 0 {
        rows.push(page::turning(request, number, last, |page| {
            Action::Matching(Press::Page(draft, page))
        }));
    }
    let mut footer = vec![request.say(&Text::new("match-note"))];
    if last > 0 {
        footer.push(page::place(request, number, last));
    }
    if found.more {
        footer.push(request.say(&text!("match-more", count = found.pairs.len())));
    }
    let separator = request.say(&Text::new("match-footer-separator"));
    let frame = Frame::titled(request.say(&text!("match-title", total = total)))
        .words(crate::card::frame::cut(&words.join("\n\n"), PAGE_UNITS_MAX))
        .footer(footer.join(&separator));
    Ok(Reply {
        rows,
        ..Reply::default().embed(frame.draw())
    })
}

async fn key_persons(request: &Request) -> Result<Vec<KeyPerson>, Error> {
    let office = request.office_id();
    let found = request
        .app
        .store
        .read(move |connection| Box::pin(storage::key_person::of(connection, office)))
        .await?;
    Ok(found)
}

/// What can be done about a pair, and the two issues.
fn buttons(request: &Request, met: &super::Met) -> CreateActionRow {
    let id = met.matching.id;
    let button = |action: Action, label: &Text, style: ButtonStyle| {
        // Marked with the pair: an issue may stand in several pairs of one page.
        CreateButton::new(action.marked(&id.to_string()))
            .label(request.say(label))
            .style(style)
    };
    let waits = met.matching.state == State::Proposed;
    let mut row = Vec::new();
    if met.matching.state != State::Accepted {
        row.push(button(
            Action::Matching(Press::Accept(id)),
            &text!("button-match-accept", number = id.0),
            ButtonStyle::Primary,
        ));
    }
    if waits {
        row.push(button(
            Action::Matching(Press::Dismiss(id)),
            &Text::new("button-match-dismiss"),
            ButtonStyle::Secondary,
        ));
    }
    for issue in [met.first.id, met.second.id] {
        row.push(button(
            Action::IssueShow(issue),
            &text!("button-match-issue", number = issue.0),
            ButtonStyle::Secondary,
        ));
    }
    CreateActionRow::Buttons(row)
}
