//! The buttons of sharing on the desk's card: to write, to share as written, to keep private; and a row
//! for each proposal that waits.

use super::{categories, record::WAITING_MAX};
use crate::{
    custom_id::{Action, Share},
    issue::source,
    text,
    text::Text,
};
use domain::{
    audience::Destination,
    disclosure::{Disclosure, offered_audience},
    issue::Issue,
    office::Office,
    setting::Language,
    tier::Tier,
};
use serenity::all::{ButtonStyle, CreateActionRow, CreateButton};

/// The rows below the card's own buttons.
pub(crate) fn rows(
    office: &Office,
    issue: &Issue,
    disclosures: &[Disclosure],
) -> Vec<CreateActionRow> {
    let language = office.settings.locale;
    let deciding = deciding(office, issue, disclosures, language);
    let waiting = disclosures
        .iter()
        .filter(|disclosure| disclosure.is_waiting())
        .take(WAITING_MAX)
        .map(|proposal| of_proposal(proposal, language));
    (!deciding.is_empty())
        .then_some(CreateActionRow::Buttons(deciding))
        .into_iter()
        .chain(waiting)
        .collect()
}

/// The button to the record, where there is one.
pub(crate) fn log(
    disclosures: &[Disclosure],
    of: &Issue,
    language: Language,
) -> Option<CreateButton> {
    let key = if disclosures.iter().any(Disclosure::is_approved) {
        "button-share-review"
    } else {
        "button-share-log"
    };
    (!disclosures.is_empty()).then(|| {
        button(
            Share::Log(of.id),
            Text::new(key).say(language),
            ButtonStyle::Secondary,
        )
    })
}

fn button(share: Share, label: String, style: ButtonStyle) -> CreateButton {
    CreateButton::new(Action::Share(share).custom_id())
        .label(label)
        .style(style)
}

/// What the desk decides about an issue that was told it in confidence.
fn deciding(
    office: &Office,
    issue: &Issue,
    disclosures: &[Disclosure],
    language: Language,
) -> Vec<CreateButton> {
    let mentioned = source::mentioned(office, &issue.text);
    let offered = offered_audience(issue, &mentioned, office);
    let to_decide = issue.origin.is_confidential()
        && issue.destination == Destination::Desk
        // An association's own matter goes to its channel; only what is about another is shared.
        && (issue.tier != Tier::One || offered.is_some());
    if !to_decide {
        return Vec::new();
    }
    let say = |key: &str| Text::new(key).say(language);
    if issue.kept_private {
        return vec![button(
            Share::TakeUp(issue.id),
            say("button-share-take-up"),
            ButtonStyle::Secondary,
        )];
    }
    let stands = |disclosure: &Disclosure| {
        disclosure.is_approved() && offered.is_some_and(|offered| disclosure.audience == offered)
    };
    if disclosures.iter().any(stands) {
        return Vec::new();
    }
    // What is offered first says nothing of the original.
    let sorted = categories::are_there(office, issue);
    let mut buttons = Vec::new();
    if sorted {
        buttons.push(button(
            Share::Categories(issue.id),
            say("button-share-categories"),
            ButtonStyle::Primary,
        ));
    }
    let write = if sorted {
        ButtonStyle::Secondary
    } else {
        ButtonStyle::Primary
    };
    buttons.extend([
        button(Share::Write(issue.id), say("button-share-write"), write),
        button(
            Share::AsWritten(issue.id),
            say("button-share-as-written"),
            ButtonStyle::Secondary,
        ),
    ]);
    if !disclosures.iter().any(Disclosure::is_approved) {
        buttons.push(button(
            Share::KeepPrivate(issue.id),
            say("button-share-keep-private"),
            ButtonStyle::Secondary,
        ));
    }
    buttons
}

fn of_proposal(proposal: &Disclosure, language: Language) -> CreateActionRow {
    let (issue, version) = (proposal.issue, proposal.version);
    // Several proposals may wait; the number says which words the button is about.
    CreateActionRow::Buttons(vec![
        button(
            Share::Approve(issue, version),
            text!("button-share-approve", version = version).say(language),
            ButtonStyle::Success,
        ),
        button(
            Share::Correct(issue, version),
            text!("button-share-correct", version = version).say(language),
            ButtonStyle::Primary,
        ),
        button(
            Share::Decline(issue, version),
            text!("button-share-decline", version = version).say(language),
            ButtonStyle::Secondary,
        ),
    ])
}
