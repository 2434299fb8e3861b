//! A wording that came in, by the option or by the form: checked, then approved at once where a
//! coordinator wrote it, else kept as a proposal for the desk.

use super::{
    audience,
    form::{self, Asked, WRITTEN_UNITS_MAX, put_masked},
    found::{Found, found},
    record::{New, Plan, Step, record},
    screen, told,
};
use crate::{
    answer::Answer,
    custom_id::{Action, Share},
    dispatch::Fields,
    error::Error,
    issue::{draft::Used, privacy},
    option::clean,
    permission,
    request::Request,
    text,
    text::Text,
};
use domain::{
    id::{DraftId, IssueId},
    text::fold,
};
use serenity::all::{ButtonStyle, CreateActionRow, CreateButton};

/// Letters an original needs before a wording that holds it counts as quoting it.
const QUOTED_LETTERS_MIN: usize = 8;

/// How a wording stands to the original.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Likeness {
    /// Other words.
    Other,
    /// The original, whatever became of spaces and punctuation.
    Same,
    /// The original with something around it.
    Quotes,
}

fn likeness(wording: &str, original: &str) -> Likeness {
    let letters = |text: &str| -> String {
        fold(text)
            .chars()
            .filter(|letter| letter.is_alphanumeric())
            .collect()
    };
    let (wording, original) = (letters(wording), letters(original));
    if wording == original {
        Likeness::Same
    } else if original.chars().count() >= QUOTED_LETTERS_MIN && wording.contains(&original) {
        Likeness::Quotes
    } else {
        Likeness::Other
    }
}

/// The form was sent.
pub(super) async fn submitted(
    request: &Request,
    draft: DraftId,
    fields: &Fields,
) -> Result<Answer, Error> {
    let (asked, used) = form::asked(request, draft).await?;
    let (written, why) = form::words_of(fields);
    keep(request, &asked, written, why, Some(used)).await
}

/// Checks the words and records them.
pub(super) async fn keep(
    request: &Request,
    asked: &Asked,
    written: &str,
    why: Option<&str>,
    used: Option<Used>,
) -> Result<Answer, Error> {
    // Asked again when the form comes back: roles and the issue may have changed while it was open.
    let found = found(request, IssueId(asked.issue)).await?;
    permission::propose_disclosure(request, &found.issue)?;
    if asked.instead_of.is_some() {
        permission::approve_disclosure(request)?;
    }
    let audience = asked.audience(request)?;
    audience::refuse_known(request, &found.issue, audience)?;
    let wording = clean(written, WRITTEN_UNITS_MAX, "what-share")?;
    privacy::refuse_single_case(&wording)?;
    let overridden = checked(request, asked, &wording, why).await?;
    let new = |wording: String, as_written: bool| New {
        audience,
        wording,
        as_written,
        names_source: asked.names_source,
    };
    let desk = request.person.desk();
    let new = match (likeness(&wording, &found.issue.text), desk) {
        (Likeness::Quotes, _) => return Err(Error::refuse(Text::new("refused-share-quotes"))),
        (Likeness::Same, Some(_)) => return screen::show(request, &found, asked, audience).await,
        (Likeness::Same, None) => new(found.issue.text.clone(), true),
        (Likeness::Other, _) => new(wording, false),
    };
    let mut plan = Plan::new(
        found.issue.id,
        Step::Propose(new.clone()),
        "issue.share-propose",
    );
    if let Some(desk) = desk {
        refuse_speaker(&found, desk, &new.wording)?;
        (plan.step, plan.act) = (Step::Put(new, asked.instead_of), act(asked));
    }
    plan.draft = used;
    if asked.names_source {
        plan.details.push(("source", "named".to_owned()));
    }
    if overridden {
        plan.details
            .push(("personal-data", "overridden".to_owned()));
    }
    let (found, version) = record(request, plan).await?;
    if desk.is_some() {
        told::shared(request, &found, version)
    } else {
        told::proposed(request, &found, version)
    }
}

fn act(asked: &Asked) -> &'static str {
    if asked.instead_of.is_some() {
        "issue.share-correct"
    } else {
        "issue.share"
    }
}

/// Refuses personal data, masked, with the *reword* button; `true` when a coordinator let something
/// doubtful pass by saying why it is none. (The reason is not kept: it may quote what was found.)
async fn checked(
    request: &Request,
    asked: &Asked,
    wording: &str,
    why: Option<&str>,
) -> Result<bool, Error> {
    let Some(found) = privacy::check(&[wording]) else {
        return Ok(false);
    };
    let doubtful = !found.iter().any(|found| found.certain);
    let may_override = doubtful && request.person.coordinator;
    if let Some(why) = why.filter(|_| may_override && asked.may_override) {
        privacy::refuse_personal_data(why)?;
        return Ok(true);
    }
    let masked = found[0].masked.clone();
    let draft = put_masked(request, asked, masked, may_override).await?;
    let button = CreateButton::new(Action::Share(Share::Reword(draft)).custom_id())
        .label(request.say(&Text::new("button-reword")))
        .style(ButtonStyle::Primary);
    let key = if may_override {
        "refused-personal-data-doubtful-in-share"
    } else {
        "refused-personal-data-in-share"
    };
    Err(Error::refuse_with(
        text!(key, masked = privacy::shown(&found)),
        vec![CreateActionRow::Buttons(vec![button])],
    ))
}

/// Refuses words that hold the speaker's name. Only a coordinator is told so: whoever may not know the
/// name could guess at it.
///
/// # Errors
/// Refused without the name.
pub(super) fn refuse_speaker(
    found: &Found,
    desk: domain::speaker::Desk,
    wording: &str,
) -> Result<(), Error> {
    let named = found
        .issue
        .speaker
        .as_ref()
        .is_some_and(|speaker| speaker.is_named_in(wording, desk));
    if named {
        return Err(Error::refuse(Text::new("refused-share-names-speaker")));
    }
    Ok(())
}

/// Whether words that leave the source out name it all the same: a profession or association that
/// raised the issue.
pub(super) fn names_source(request: &Request, found: &Found, wording: &str) -> bool {
    let office = &request.office;
    let mentioned = crate::issue::source::mentioned(office, wording);
    let association = found
        .issue
        .association
        .and_then(|id| office.association(id));
    let by_profession = found
        .issue
        .profession
        .iter()
        .chain(
            association
                .iter()
                .flat_map(|association| &association.professions),
        )
        .any(|profession| mentioned.contains(profession));
    by_profession
        || association.is_some_and(|association| fold(wording).contains(&fold(&association.name)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wording_is_told_from_the_original() {
        let original = "退院の日取りが急に決まり、薬が間に合わない";
        for (wording, expected) in [
            ("退院の日取りが急に決まり、薬が間に合わない", Likeness::Same),
            (
                "「退院の日取りが　急に決まり薬が間に合わない。」",
                Likeness::Same,
            ),
            (
                "薬局から、退院の日取りが急に決まり、薬が間に合わないとの声",
                Likeness::Quotes,
            ),
            ("退院の予定を早めに知りたい", Likeness::Other),
        ] {
            assert_eq!(likeness(wording, original), expected, "{wording}");
        }
        assert_eq!(
            likeness("連絡が遅いので困る", "連絡が遅い"),
            Likeness::Other
        );
    }
}
