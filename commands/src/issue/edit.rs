//! `/issue edit` 修正: the wording, the note and, for the desk, the speaker.

use super::{
    add, change, draft as drafts,
    form::{Asks, Words, form, words_of},
    original, privacy, share, source,
};
use crate::{
    Context,
    answer::{Answer, Form, Reply},
    custom_id::Action,
    dispatch::{Fields, May, answer},
    error::Error,
    issue::change::Change,
    option::issue_number,
    permission,
    request::Request,
    text,
    text::Text,
};
use domain::{
    id::{DraftId, IssueId},
    issue::Issue,
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
        let (issue, _) = original(&request, issue_number(&number)?).await?;
        permission::change_issue(&request, &issue)?;
        let editing = Editing {
            issue: issue.id.0,
            revision: issue.revision,
        };
        let draft = drafts::put(&request, STEP, &editing).await?;
        Ok(Answer::Ask(asked(&request, &issue, draft)))
    })
    .await
}

/// The form with the words as they are; the speaker only for the desk.
fn asked(request: &Request, issue: &Issue, draft: DraftId) -> Form {
    let speaker = request.person.desk().map(|desk| {
        let speaker = issue.speaker.as_ref();
        speaker.map_or_else(String::new, |speaker| speaker.reveal(desk).to_owned())
    });
    let asks = Asks {
        speaker: speaker.is_some(),
        why: false,
    };
    let words = Words {
        text: issue.text.clone(),
        note: issue.note.clone(),
        speaker,
    };
    let title = text!("form-edit-title", number = issue.id.0);
    form(request, Action::IssueEdit(draft), &title, &words, asks)
}

/// The form was sent.
pub(crate) async fn submitted(
    request: &Request,
    draft: DraftId,
    fields: &Fields,
) -> Result<Answer, Error> {
    let editing: Editing = drafts::find(request, draft, STEP).await?;
    let (before, _) = original(request, IssueId(editing.issue)).await?;
    permission::change_issue(request, &before)?;
    if before.revision != editing.revision {
        return Err(Error::refuse(Text::new("refused-changed-meanwhile")));
    }
    let mut after = before.clone();
    // What the form did not ask for (the speaker, of those who are not at the desk) stays as it is.
    let written = words_of(fields);
    let words = privacy::cleaned(&written)?;
    after.text = words.text;
    if written.note.is_some() {
        after.note = words.note;
    }
    if written.speaker.is_some() && request.person.coordinator {
        after.speaker = words.speaker.as_deref().and_then(Speaker::new);
    }
    if let Some(found) = privacy::check(&[&after.text, after.note.as_deref().unwrap_or_default()]) {
        return Err(Error::refuse(text!(
            "refused-personal-data-in-edit",
            masked = privacy::shown(&found),
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
        content: edited(request, &stored, &route).await?,
        ..Reply::default()
    }))
}

/// What is said after an edit; a tier the rules would now read differently is mentioned, not changed.
async fn edited(
    request: &Request,
    issue: &Issue,
    route: &domain::routing::Route,
) -> Result<String, Error> {
    let source = source::Source {
        profession: issue.profession,
        association: issue.association,
    };
    let suggestion = add::suggested(request, source, &issue.about, &issue.text);
    let mut lines = vec![
        text!("edited", number = issue.id.0).say(request.language),
        change::arrival(request, route),
    ];
    if suggestion.tier != issue.tier {
        let tier = Text::new(format!("word-tier-{}", suggestion.tier.number()));
        lines.push(text!("edited-other-tier", tier = tier).say(request.language));
    }
    // What was shared keeps its own words.
    lines.extend(share::told::standing(request, issue.id).await?);
    Ok(lines.join("\n"))
}
