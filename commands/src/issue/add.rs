//! `/issue add` 記録: from what somebody said to an issue in the right channel.
//!
//! Without a text a form opens; what was chosen so far waits in a draft that holds codes and ids only.
//! A text with personal data is kept nowhere: it comes back masked, with a button that opens the form
//! again.

use super::{
    batch, category,
    chosen::{Chosen, Ties, choose},
    draft::{self, Used},
    form::{Asks, Words, form, why_of, words_of},
    link, privacy, share, similar, source, subject,
};
use crate::{
    Context,
    answer::{Answer, Reply},
    card::{self, frame::Frame},
    custom_id::Action,
    dispatch::{Fields, May, answer},
    error::Error,
    issue::{change, state::State, undo},
    option::{KindChoice, OriginChoice, TierChoice},
    permission,
    request::Request,
    session, text,
    text::Text,
};
use chrono::{DateTime, Utc};
use domain::{
    id::{DraftId, IssueId, OfficeId, UserId},
    issue::{Concern, Issue, Status, TierBy},
    routing::{self, Route},
    speaker::Speaker,
    tier::{self, Statement, Suggestion, Tier},
};
use serde::{Deserialize, Serialize};
use storage::Transaction;

const STEP_ADD: &str = "issue-add";
const STEP_REWORD: &str = "issue-reword";

/// `/issue add` 記録
#[poise::command(slash_command)]
#[expect(
    clippy::too_many_arguments,
    reason = "one argument per option of the command"
)]
pub(crate) async fn add(
    ctx: Context<'_>,
    text: Option<String>,
    #[autocomplete = "super::suggest::sources"] profession: Option<String>,
    #[autocomplete = "super::suggest::about"] about: Option<String>,
    kind: Option<KindChoice>,
    note: Option<String>,
    tier: Option<TierChoice>,
    speaker: Option<String>,
    origin: Option<OriginChoice>,
    #[autocomplete = "category::name::for_adding"] category: Option<String>,
    #[autocomplete = "session::suggest::taking_issues"] session: Option<String>,
) -> Result<(), Error> {
    let may = if text.is_some() { May::Say } else { May::Ask };
    answer(ctx, may, async move |request: Request| {
        permission::add_issue(&request)?;
        let session = session::option::taking_issues(&request, session.as_deref()).await?;
        let chosen = choose(
            &request,
            profession.as_deref(),
            about.as_deref(),
            kind.map(|kind| kind.0),
            tier.map(|tier| tier.0),
            origin.map(|origin| origin.0),
            session.as_ref(),
        )?
        .sorted(category::name::chosen(&request, category.as_deref())?);
        let words = Words {
            text: text.unwrap_or_default(),
            note,
            speaker,
        };
        if may == May::Ask {
            ask(&request, &chosen, words).await
        } else {
            keep(&request, chosen, words, None).await
        }
    })
    .await
}

/// A draft behind the *reword* button.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Reword {
    chosen: Chosen,
    masked_text: String,
    masked_note: Option<String>,
    /// A speaker had been named; the name itself is not kept, it is asked for again.
    had_speaker: bool,
    /// A coordinator may override what was found.
    may_override: bool,
}

/// Opens the form; the words known so far stand in it.
pub(crate) async fn ask(request: &Request, chosen: &Chosen, words: Words) -> Result<Answer, Error> {
    let draft = draft::put(request, STEP_ADD, chosen).await?;
    let asks = Asks {
        speaker: true,
        several: true,
        ..Asks::default()
    };
    let title = Text::new("form-issue-title");
    Ok(Answer::Ask(form(
        request,
        Action::IssueAdd(draft),
        &title,
        &words,
        asks,
    )))
}

/// The form was sent.
pub(crate) async fn submitted(
    request: &Request,
    draft: DraftId,
    fields: &Fields,
) -> Result<Answer, Error> {
    let chosen: Chosen = draft::find(request, draft, STEP_ADD).await?;
    let used = Used {
        id: draft,
        step: STEP_ADD,
    };
    keep(request, chosen, words_of(fields), Some(used)).await
}

/// The *reword* button: the form again, with what was masked.
pub(crate) async fn reword(request: &Request, draft: DraftId) -> Result<Answer, Error> {
    let reword: Reword = draft::find(request, draft, STEP_REWORD).await?;
    reword.chosen.check_still(request)?;
    let words = Words {
        text: reword.masked_text,
        note: reword.masked_note,
        speaker: None,
    };
    let asks = Asks {
        speaker: reword.had_speaker,
        why: reword.may_override && request.person.coordinator,
        ..Asks::default()
    };
    let title = Text::new("form-issue-title");
    Ok(Answer::Ask(form(
        request,
        Action::IssueReworded(draft),
        &title,
        &words,
        asks,
    )))
}

/// The reworded text was sent, perhaps with a coordinator's word that it is no personal data.
pub(crate) async fn reworded(
    request: &Request,
    draft: DraftId,
    fields: &Fields,
) -> Result<Answer, Error> {
    let reword: Reword = draft::find(request, draft, STEP_REWORD).await?;
    let words = words_of(fields);
    let used = Used {
        id: draft,
        step: STEP_REWORD,
    };
    match why_of(fields) {
        Some(why) if reword.may_override && request.person.coordinator => {
            // The reason is not kept (it may quote what was found); that one was given is audited.
            privacy::refuse_personal_data(why)?;
            keep_overriding(request, reword.chosen, words, used).await
        }
        _ => keep(request, reword.chosen, words, Some(used)).await,
    }
}

/// Checks the words and records the issue; several things said at once are shown first.
async fn keep(
    request: &Request,
    chosen: Chosen,
    words: Words,
    draft: Option<Used>,
) -> Result<Answer, Error> {
    chosen.check_still(request)?;
    if chosen.ties().review.is_some() {
        // What a review brought to light is one thing, tied to what was looked back on.
        return keep_as_one(request, chosen, words, draft).await;
    }
    match batch::offered(request, &chosen, &words).await? {
        Some(preview) => Ok(preview),
        None => keep_as_one(request, chosen, words, draft).await,
    }
}

/// As [`keep`], however many lines there are.
pub(super) async fn keep_as_one(
    request: &Request,
    chosen: Chosen,
    words: Words,
    draft: Option<Used>,
) -> Result<Answer, Error> {
    chosen.check_still(request)?;
    session::option::still_takes_issues(request, chosen.session()).await?;
    let words = privacy::cleaned(&words)?;
    if let Some(found) = privacy::check(&[&words.text, words.note.as_deref().unwrap_or_default()]) {
        return Err(masked(request, chosen, &words, &found).await?);
    }
    record(request, chosen, words, draft, false).await
}

/// As [`keep`], but what is doubtful passes; a number never does.
async fn keep_overriding(
    request: &Request,
    chosen: Chosen,
    words: Words,
    draft: Used,
) -> Result<Answer, Error> {
    chosen.check_still(request)?;
    session::option::still_takes_issues(request, chosen.session()).await?;
    let words = privacy::cleaned(&words)?;
    let found = privacy::check(&[&words.text, words.note.as_deref().unwrap_or_default()]);
    if let Some(found) = &found
        && found.iter().any(|found| found.certain)
    {
        return Err(masked(request, chosen, &words, found).await?);
    }
    record(request, chosen, words, Some(draft), found.is_some()).await
}

/// The refusal of a text with personal data: masked, with the *reword* button.
async fn masked(
    request: &Request,
    chosen: Chosen,
    words: &Words,
    found: &[privacy::Found],
) -> Result<Error, Error> {
    let may_override = request.person.coordinator && !found.iter().any(|found| found.certain);
    let reword = Reword {
        chosen,
        masked_text: found[0].masked.clone(),
        masked_note: words.note.as_ref().map(|_| found[1].masked.clone()),
        had_speaker: words.speaker.is_some(),
        may_override,
    };
    let draft = draft::put(request, STEP_REWORD, &reword).await?;
    let key = if may_override {
        "refused-personal-data-doubtful"
    } else {
        "refused-personal-data"
    };
    Ok(Error::refuse_with(
        text!(key, masked = privacy::shown(found)),
        vec![privacy::reword_button(request, Action::IssueReword(draft))],
    ))
}

/// What the rules say of the words.
pub(crate) fn suggested(
    request: &Request,
    source: source::Source,
    about: &[Concern],
    text: &str,
) -> Suggestion {
    let speakers = source::profession_names(request, source);
    let about = source::about_names(request, about);
    let office = &request.office;
    let statement = Statement {
        text,
        speaker_professions: &speakers,
        about: &about,
    };
    tier::suggest(&statement, office.vocabulary(), office.rules())
}

async fn record(
    request: &Request,
    chosen: Chosen,
    words: Words,
    draft: Option<Used>,
    overridden: bool,
) -> Result<Answer, Error> {
    let Composed {
        issue,
        route,
        suggestion,
    } = composed(request, &chosen, words);
    let ties = chosen.ties();
    let (stored, undo) = insert(request, issue, ties, draft, overridden).await?;
    let similar = similar::offered(request, &stored, "button-merge-same").await;
    let reply = recorded(
        request,
        &stored,
        &route,
        suggestion.as_ref(),
        &similar.words,
    );
    let mut reply = reply.row(undo::button(request, undo));
    reply.rows.extend(similar.row);
    Ok(Answer::Say(
        category::offer::under(request, reply, &stored, chosen.asked()).await,
    ))
}

/// A new issue as it would be kept, and why it is as it is.
#[derive(Clone)]
pub(super) struct Composed {
    /// The issue, without a number yet.
    pub(super) issue: Issue,
    /// Where it goes.
    pub(super) route: Route,
    /// What the rules say of its tier; none where a person chose it.
    pub(super) suggestion: Option<Suggestion>,
}

/// The issue that words become with what was chosen about them.
pub(super) fn composed(request: &Request, chosen: &Chosen, words: Words) -> Composed {
    let suggestion = chosen
        .tier
        .is_none()
        .then(|| suggested(request, chosen.source(), &chosen.about, &words.text));
    let source = chosen.source();
    let mut issue = Issue {
        id: IssueId(0),
        revision: 1,
        kind: chosen.kind,
        origin: chosen.origin,
        tier: chosen
            .tier
            .or(suggestion.as_ref().map(|s| s.tier))
            .unwrap_or(Tier::One),
        tier_by: if chosen.tier.is_some() {
            TierBy::Person
        } else {
            TierBy::Rules
        },
        status: Status::Open,
        later_year: None,
        measure_open: false,
        text: words.text,
        note: words.note,
        profession: source.profession,
        association: source.association,
        about: chosen.about.clone(),
        speaker: words.speaker.as_deref().and_then(Speaker::new),
        reporter: request.person.user,
        created_at: request.now,
        changed_at: request.now,
        passed_on: false,
        kept_private: false,
        retracted: false,
        categories: chosen.categories(request),
        session: chosen.session(),
        merged_into: None,
        destination: chosen.standing(),
    };
    let route = routing::route(
        &issue,
        &source::mentioned(&request.office, &issue.text),
        &request.office,
    );
    issue.destination = route.destination;
    Composed {
        issue,
        route,
        suggestion,
    }
}

async fn insert(
    request: &Request,
    issue: Issue,
    ties: Ties,
    draft: Option<Used>,
    overridden: bool,
) -> Result<(Issue, DraftId), Error> {
    let (office, who, now) = (request.office_id(), request.person.user, request.now);
    request
        .record(move |tx| {
            let issue = issue.clone();
            Box::pin(async move {
                // A form sent twice at once is kept once: only one of them gets the draft.
                if let Some(Used { id, step }) = draft
                    && storage::draft::take(tx, office, id, who, step, now)
                        .await?
                        .is_none()
                {
                    return Ok(None);
                }
                let stored = store(tx, office, (who, now), &issue, overridden).await?;
                if let Some(review) = ties.review {
                    storage::review::bring(tx, office, review, stored.id).await?;
                }
                if let Some(other) = ties.issue {
                    link::put(tx, office, (who, now), stored.id, other).await?;
                }
                let offer = undo::Offer::of_new("issue.add");
                let undo = offer.keep(tx, office, (who, now), &stored).await?;
                Ok(Some((stored, undo)))
            })
        })
        .await?
        .ok_or_else(draft::gone)
}

/// Stores a new issue, with audit, history and its card wanted.
pub(super) async fn store(
    tx: &mut Transaction,
    office: OfficeId,
    (who, now): (UserId, DateTime<Utc>),
    issue: &Issue,
    overridden: bool,
) -> storage::Result<Issue> {
    let stored = storage::issue::insert(tx, office, issue).await?;
    let about = subject(stored.id);
    let mut details = vec![
        ("tier", stored.tier.number().to_string()),
        ("origin", stored.origin.code().to_owned()),
        ("destination", stored.destination.code()),
    ];
    details.extend(stored.session.map(|id| ("session", id.to_string())));
    if overridden {
        details.push(("personal-data", "overridden".to_owned()));
    }
    crate::audit::note(tx, office, Some(about), "issue.add", who, now, &details).await?;
    let state = State::of(&stored).to_value();
    storage::history::append(tx, office, about, now, who, "issue.add", None, state).await?;
    let (destination, revision) = (stored.destination, stored.revision);
    storage::outbox::want(tx, office, about, destination, revision, now).await?;
    Ok(stored)
}

/// The answer: the number, the tier and its reasons, where it went and who can read it there.
fn recorded(
    request: &Request,
    issue: &Issue,
    route: &Route,
    suggestion: Option<&Suggestion>,
    similar: &str,
) -> Reply {
    let language = request.language;
    let title = text!(
        "issue-added",
        number = issue.id.0,
        kind = card::issue::kind_word(issue.kind)
    );
    let mut arrival = change::arrival(request, route);
    if let Some(next) = share::how(request, issue) {
        arrival.push_str(&format!("\n{}", request.say(&next)));
    }
    let frame = Frame::titled(title.say(language))
        .colour(card::issue::colour(issue.tier))
        .words(card::issue::quoted(&issue.text))
        .field(
            request.say(&Text::new("field-tier")),
            change::tier_and_reason(request, issue.tier, suggestion),
            false,
        )
        .field(request.say(&Text::new("field-destination")), arrival, false)
        .field(request.say(&Text::new("field-similar")), similar, false)
        .footer(text!("issue-added-next", number = issue.id.0).say(language));
    Reply::default().embed(frame.draw())
}
