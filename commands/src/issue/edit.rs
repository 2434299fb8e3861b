//! `/issue edit` 修正: the wording, the note and, for the desk, the speaker.

use super::{add, change, find, privacy, source};
use crate::{
    Context,
    answer::{Answer, Field, Form, Reply},
    custom_id::Action,
    dispatch::{Fields, May, answer},
    error::Error,
    issue::change::Change,
    option::{clean, clean_optional, issue_number},
    permission,
    request::Request,
    text,
    text::Text,
};
use domain::{
    id::{DraftId, IssueId},
    issue::{Issue, NOTE_UNITS_MAX, SPEAKER_UNITS_MAX, TEXT_UNITS_MAX},
    speaker::Speaker,
};
use serde::{Deserialize, Serialize};

const STEP: &str = "issue-edit";

/// What waits while the form is open.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Editing {
    issue: i64,
    revision: i64,
}

/// `/issue edit` 修正
#[poise::command(slash_command)]
pub(crate) async fn edit(
    ctx: Context<'_>,
    #[autocomplete = "super::suggest::numbers"] number: String,
) -> Result<(), Error> {
    answer(ctx, May::Ask, async move |request: Request| {
        let (issue, _) = find(&request, issue_number(&number)?).await?;
        permission::change_issue(&request, &issue)?;
        let editing = Editing {
            issue: issue.id.0,
            revision: issue.revision,
        };
        let draft = add::put_draft(&request, STEP, &editing).await?;
        Ok(Answer::Ask(form(&request, &issue, draft)))
    })
    .await
}

fn form(request: &Request, issue: &Issue, draft: DraftId) -> Form {
    let field = |id, key: &str, value: Option<String>, units: usize, required, long| Field {
        id,
        label: request.say(&Text::new(key)),
        placeholder: request.say(&Text::new(format!("{key}-hint"))),
        value: value.filter(|value| !value.is_empty()),
        required,
        long,
        characters_max: u16::try_from(units).unwrap_or(crate::answer::FIELD_CHARACTERS_MAX),
    };
    let mut fields = vec![
        field(
            "text",
            "form-issue-text",
            Some(issue.text.clone()),
            TEXT_UNITS_MAX,
            true,
            true,
        ),
        field(
            "note",
            "form-issue-note",
            issue.note.clone(),
            NOTE_UNITS_MAX,
            false,
            false,
        ),
    ];
    if let Some(desk) = request.person.desk() {
        let speaker = issue
            .speaker
            .as_ref()
            .map(|speaker| speaker.reveal(desk).to_owned());
        fields.push(field(
            "speaker",
            "form-issue-speaker",
            speaker,
            SPEAKER_UNITS_MAX,
            false,
            false,
        ));
    }
    Form {
        custom_id: Action::IssueEdit(draft).custom_id(),
        title: text!("form-edit-title", number = issue.id.0).say(request.language),
        fields,
    }
}

/// The form was sent.
pub(crate) async fn submitted(
    request: &Request,
    draft: DraftId,
    fields: &Fields,
) -> Result<Answer, Error> {
    let editing: Editing = add::find_draft(request, draft, STEP).await?;
    let (before, _) = find(request, IssueId(editing.issue)).await?;
    permission::change_issue(request, &before)?;
    if before.revision != editing.revision {
        return Err(Error::refuse(Text::new("refused-changed-meanwhile")));
    }
    let mut after = before.clone();
    let field = |id: &str| fields.get(id).map(String::as_str);
    after.text = clean(
        field("text").unwrap_or_default(),
        TEXT_UNITS_MAX,
        "what-text",
    )?;
    after.note = clean_optional(field("note"), NOTE_UNITS_MAX, "what-note")?;
    if request.person.coordinator {
        let speaker = clean_optional(field("speaker"), SPEAKER_UNITS_MAX, "what-speaker")?;
        after.speaker = speaker.as_deref().and_then(Speaker::new);
    }
    privacy::refuse_single_case(&after.text)?;
    if let Some(found) = privacy::check(&[&after.text, after.note.as_deref().unwrap_or_default()]) {
        return Err(Error::refuse(text!(
            "refused-personal-data-in-edit",
            masked = domain::text::escape_markdown(&domain::text::one_line(&found[0].masked, 600)),
        )));
    }
    if after.text == before.text && after.note == before.note && after.speaker == before.speaker {
        return Ok(Answer::Say(Reply::of(
            &Text::new("edit-nothing-changed"),
            request.language,
        )));
    }
    let change = Change {
        act: "issue.edit",
        details: Vec::new(),
        reason: None,
        draft: Some(draft),
    };
    let (stored, route) = change::apply(request, before, after, change).await?;
    Ok(Answer::Say(Reply {
        content: edited(request, &stored, &route),
        ..Reply::default()
    }))
}

/// What is said after an edit; a tier the rules would now read differently is mentioned, not changed.
fn edited(request: &Request, issue: &Issue, route: &domain::routing::Route) -> String {
    let source = source::Source {
        profession: issue.profession,
        association: issue.association,
    };
    let chosen = add::Chosen::new(source, issue.about.clone(), issue.kind, None, issue.origin);
    let suggestion = add::suggested(request, &chosen, &issue.text);
    let mut lines = vec![
        text!("edited", number = issue.id.0).say(request.language),
        change::arrival(request, route),
    ];
    if suggestion.tier != issue.tier {
        let tier = Text::new(format!("word-tier-{}", suggestion.tier.number()));
        lines.push(text!("edited-other-tier", tier = tier).say(request.language));
    }
    lines.join("\n")
}
