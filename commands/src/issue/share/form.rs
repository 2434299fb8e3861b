//! The forms of sharing: the wording for an audience, and the reason of turning a proposal down.
//!
//! What a wording is for waits in a draft of codes; of words it holds only those the check for
//! personal data has masked.

use super::{audience, found::found_at_desk};
use crate::{
    answer::{Answer, Field, Form},
    card::frame::cut,
    custom_id::{Action, Share},
    dispatch::Fields,
    error::Error,
    issue::{draft, draft::Used},
    permission,
    request::Request,
    text,
    text::Text,
};
use domain::{
    disclosure::{Audience, State, offered_audience},
    id::{DraftId, IssueId},
    issue::REASON_UNITS_MAX,
};
use serde::{Deserialize, Serialize};

/// Longest wording somebody writes for an audience, in UTF-16 units: it has to be read whole on the
/// desk's card before it is approved.
pub(super) const WRITTEN_UNITS_MAX: usize = 1_000;
/// Longest label of a field (Discord, components/reference).
const LABEL_UNITS_MAX: usize = 45;
const STEP: &str = "share-wording";
const WORDING: &str = "wording";
const WHY: &str = "why";
const REASON: &str = "reason";

/// What a wording is for.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Asked {
    pub(super) issue: i64,
    audience: String,
    pub(super) names_source: bool,
    /// The version whose words give way to these.
    pub(super) instead_of: Option<i64>,
    /// The words as the check for personal data masked them.
    masked: Option<String>,
    /// A coordinator may say that what was found is no personal data.
    pub(super) may_override: bool,
}

impl Asked {
    /// A wording for an audience.
    pub(super) fn new(issue: IssueId, audience: Audience, names_source: bool) -> Self {
        Self {
            issue: issue.0,
            audience: audience.code(),
            names_source,
            instead_of: None,
            masked: None,
            may_override: false,
        }
    }

    /// In place of the words of a version.
    pub(super) fn instead_of(mut self, version: i64) -> Self {
        self.instead_of = Some(version);
        self
    }

    /// For whom, as the office is now.
    ///
    /// # Errors
    /// Refused when the office no longer has the audience.
    pub(super) fn audience(&self, request: &Request) -> Result<Audience, Error> {
        Audience::from_code(&self.audience)
            .filter(|audience| audience::exists(&request.office, *audience))
            .ok_or_else(|| Error::refuse(Text::new("refused-audience-gone")))
    }
}

/// Opens the form; the words known so far stand in it.
pub(super) async fn ask(
    request: &Request,
    asked: &Asked,
    words: Option<&str>,
) -> Result<Answer, Error> {
    let draft = draft::put(request, STEP, asked).await?;
    Ok(Answer::Ask(wording_form(request, asked, draft, words)?))
}

fn wording_form(
    request: &Request,
    asked: &Asked,
    draft: DraftId,
    words: Option<&str>,
) -> Result<Form, Error> {
    let audience = asked.audience(request)?;
    let audience = audience::plainly(&request.office, audience, request.language);
    let label = text!("form-share-wording", audience = audience);
    let mut fields = vec![Field {
        id: WORDING,
        label: cut(&request.say(&label), LABEL_UNITS_MAX),
        placeholder: request.say(&Text::new("form-share-wording-hint")),
        value: words
            .filter(|words| !words.is_empty())
            .map(|words| cut(words, WRITTEN_UNITS_MAX)),
        required: true,
        long: true,
        characters_max: u16::try_from(WRITTEN_UNITS_MAX).unwrap_or(u16::MAX),
    }];
    if asked.may_override {
        fields.push(short(
            request,
            WHY,
            ("form-issue-why", "form-issue-why-hint"),
        ));
    }
    Ok(Form {
        custom_id: Action::Share(Share::Written(draft)).custom_id(),
        title: request.say(&text!("form-share-title", number = asked.issue)),
        fields,
    })
}

fn short(request: &Request, id: &'static str, (label, hint): (&str, &str)) -> Field {
    Field {
        id,
        label: request.say(&Text::new(label)),
        placeholder: request.say(&Text::new(hint)),
        value: None,
        required: false,
        long: false,
        characters_max: u16::try_from(REASON_UNITS_MAX).unwrap_or(u16::MAX),
    }
}

/// *Write shared wording* on the desk's card: an empty form for the audience that is offered.
pub(super) async fn write(request: &Request, id: IssueId) -> Result<Answer, Error> {
    let found = found_at_desk(request, id).await?;
    permission::share_apart(&found.issue)?;
    let offered = offered_audience(&found.issue, &found.mentioned(request), &request.office)
        .ok_or_else(audience::no_circle)?;
    audience::refuse_known(request, &found.issue, offered)?;
    ask(request, &Asked::new(id, offered, false), None).await
}

/// *Correct and approve* of a proposal, *reword* of what is shared: the form with its words.
pub(super) async fn correct(request: &Request, id: IssueId, version: i64) -> Result<Answer, Error> {
    let found = found_at_desk(request, id).await?;
    let disclosure = match found.in_state(request, version, State::Proposed) {
        Ok(waiting) => waiting,
        Err(_) => found.in_state(request, version, State::Approved)?,
    };
    let asked = Asked::new(id, disclosure.audience, disclosure.names_source).instead_of(version);
    ask(request, &asked, Some(&disclosure.wording)).await
}

/// The draft of a form that was sent, with the draft that its change will use up.
pub(super) async fn asked(request: &Request, draft: DraftId) -> Result<(Asked, Used), Error> {
    let asked: Asked = draft::find(request, draft, STEP).await?;
    let used = Used {
        id: draft,
        step: STEP,
    };
    Ok((asked, used))
}

/// The wording of a form that was sent, and why something doubtful in it is no personal data.
pub(super) fn words_of(fields: &Fields) -> (&str, Option<&str>) {
    let field = |id: &str| fields.get(id).map(|value| value.trim());
    (
        field(WORDING).unwrap_or_default(),
        field(WHY).filter(|why| !why.is_empty()),
    )
}

/// Keeps what was masked for the *reword* button.
pub(super) async fn put_masked(
    request: &Request,
    asked: &Asked,
    masked: String,
    may_override: bool,
) -> Result<DraftId, Error> {
    let asked = Asked {
        masked: Some(masked),
        may_override,
        ..asked.clone()
    };
    draft::put(request, STEP, &asked).await
}

/// The *reword* button: the form again, with what was masked.
pub(super) async fn reword(request: &Request, draft: DraftId) -> Result<Answer, Error> {
    let (asked, _) = asked(request, draft).await?;
    let form = wording_form(request, &asked, draft, asked.masked.as_deref())?;
    Ok(Answer::Ask(form))
}

/// *Turn down* of a proposal: the form for the reason, which may stay empty.
pub(super) async fn decline(request: &Request, id: IssueId, version: i64) -> Result<Answer, Error> {
    let found = found_at_desk(request, id).await?;
    found.in_state(request, version, State::Proposed)?;
    let reason = short(
        request,
        REASON,
        ("form-share-decline-reason", "form-share-decline-hint"),
    );
    Ok(Answer::Ask(Form {
        custom_id: Action::Share(Share::Declined(id, version)).custom_id(),
        title: request.say(&text!("form-share-decline-title", number = id.0)),
        fields: vec![reason],
    }))
}

/// The reason of a form that was sent.
pub(super) fn reason_of(fields: &Fields) -> Option<&str> {
    fields.get(REASON).map(String::as_str)
}
