//! `/issue edit` 修正: the wording, the note and, for the desk, the speaker.

use super::{
    add, change, draft as drafts,
    form::{Asks, Words, form, why_of, words_of},
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
const STEP_REWORD: &str = "issue-edit-reword";

/// What waits while the form is open.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Editing {
    issue: i64,
    revision: i64,
}

/// A draft behind the *reword* button.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Reword {
    editing: Editing,
    masked_text: String,
    masked_note: Option<String>,
    /// A coordinator may override what was found.
    may_override: bool,
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

/// The form with the words as they are.
fn asked(request: &Request, issue: &Issue, draft: DraftId) -> Form {
    let speaker = speaker(request, issue);
    let asks = Asks {
        speaker: speaker.is_some(),
        ..Asks::default()
    };
    let words = Words {
        text: issue.text.clone(),
        note: issue.note.clone(),
        speaker,
    };
    let (title, action) = (title(issue), Action::IssueEdit(draft));
    form(request, action, &title, &words, asks)
}

/// What stands in the field of the speaker; the desk alone has that field.
fn speaker(request: &Request, issue: &Issue) -> Option<String> {
    let desk = request.person.desk()?;
    let speaker = issue.speaker.as_ref();
    Some(speaker.map_or_else(String::new, |speaker| speaker.reveal(desk).to_owned()))
}

/// The form was sent.
pub(crate) async fn submitted(
    request: &Request,
    draft: DraftId,
    fields: &Fields,
) -> Result<Answer, Error> {
    let editing: Editing = drafts::find(request, draft, STEP).await?;
    keep(request, editing, words_of(fields), draft, false).await
}

/// The *reword* button: the form again, with what was masked. A speaker that was typed is asked for
/// again, because a name is not kept.
pub(crate) async fn reword(request: &Request, draft: DraftId) -> Result<Answer, Error> {
    let reword: Reword = drafts::find(request, draft, STEP_REWORD).await?;
    let issue = still(request, &reword.editing).await?;
    let speaker = speaker(request, &issue);
    let asks = Asks {
        speaker: speaker.is_some(),
        why: reword.may_override && request.person.coordinator,
        ..Asks::default()
    };
    let words = Words {
        text: reword.masked_text,
        note: reword.masked_note,
        speaker,
    };
    let (title, action) = (title(&issue), Action::IssueEditReworded(draft));
    Ok(Answer::Ask(form(request, action, &title, &words, asks)))
}

/// The reworded text was sent, perhaps with a coordinator's word that it is no personal data.
pub(crate) async fn reworded(
    request: &Request,
    draft: DraftId,
    fields: &Fields,
) -> Result<Answer, Error> {
    let reword: Reword = drafts::find(request, draft, STEP_REWORD).await?;
    let mut overrides = false;
    if let Some(why) = why_of(fields) {
        // The reason is not kept (it may quote what was found); that one was given is audited.
        privacy::refuse_personal_data(why)?;
        overrides = reword.may_override && request.person.coordinator;
    }
    keep(request, reword.editing, words_of(fields), draft, overrides).await
}

/// The issue, as long as it is as it was when the form opened and the person may change it.
async fn still(request: &Request, editing: &Editing) -> Result<Issue, Error> {
    let (issue, _) = original(request, IssueId(editing.issue)).await?;
    permission::change_issue(request, &issue)?;
    if issue.revision != editing.revision {
        return Err(Error::refuse(Text::new("refused-changed-meanwhile")));
    }
    Ok(issue)
}

/// Checks the words and records the correction. What is doubtful passes where it is overridden; a
/// number never does.
async fn keep(
    request: &Request,
    editing: Editing,
    written: Words,
    draft: DraftId,
    overrides: bool,
) -> Result<Answer, Error> {
    let before = still(request, &editing).await?;
    let mut after = before.clone();
    // What the form did not ask for (the speaker, of those who are not at the desk) stays as it is.
    let words = privacy::cleaned(&written)?;
    after.text = words.text;
    if written.note.is_some() {
        after.note = words.note;
    }
    if written.speaker.is_some() && request.person.coordinator {
        after.speaker = words.speaker.as_deref().and_then(Speaker::new);
    }
    let found = privacy::check(&[&after.text, after.note.as_deref().unwrap_or_default()]);
    if let Some(found) = &found
        && (!overrides || found.iter().any(|found| found.certain))
    {
        return Err(masked(request, editing, &after, found).await?);
    }
    if after.text == before.text && after.note == before.note && after.speaker == before.speaker {
        return Ok(Answer::Say(Reply::of(
            &Text::new("edit-nothing-changed"),
            request.language,
        )));
    }
    let overridden = found.map(|_| ("personal-data", "overridden".to_owned()));
    let change = Change {
        act: "issue.edit",
        details: overridden.into_iter().collect(),
        draft: Some(draft),
        ..Change::default()
    };
    let changed = change::apply(request, before, after, change).await?;
    let reply = Reply {
        content: edited(request, &changed.issue, &changed.route).await?,
        ..Reply::default()
    };
    Ok(Answer::Say(reply.row(changed.undo)))
}

/// The refusal of a text with personal data: masked, with the *reword* button.
async fn masked(
    request: &Request,
    editing: Editing,
    after: &Issue,
    found: &[privacy::Found],
) -> Result<Error, Error> {
    let may_override = request.person.coordinator && !found.iter().any(|found| found.certain);
    let reword = Reword {
        editing,
        masked_text: found[0].masked.clone(),
        masked_note: after.note.as_ref().map(|_| found[1].masked.clone()),
        may_override,
    };
    let draft = drafts::put(request, STEP_REWORD, &reword).await?;
    let key = if may_override {
        "refused-personal-data-in-edit-doubtful"
    } else {
        "refused-personal-data-in-edit"
    };
    Ok(Error::refuse_with(
        text!(key, masked = privacy::shown(found)),
        vec![privacy::reword_button(
            request,
            Action::IssueEditReword(draft),
        )],
    ))
}

fn title(issue: &Issue) -> Text {
    text!("form-edit-title", number = issue.id.0)
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
