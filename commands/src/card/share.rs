//! The card of a share: what an audience was told of an issue, and nothing else of it. And the sign that
//! stays where a share was taken back.

use super::{
    Post,
    frame::Frame,
    issue::{colour, kind_word, quoted, source_names, status_word},
    tag,
};
use crate::{
    custom_id::Action,
    issue::{discuss, share::audience},
    text,
    text::Text,
};
use domain::{
    disclosure::{Disclosure, State},
    issue::Issue,
    office::Office,
    setting::Language,
    text::{escape_markdown, one_line},
    visibility::SharedIssue,
};
use serenity::all::{ButtonStyle, CreateActionRow, CreateButton};

/// UTF-16 units of approved words on the desk's card; the record holds them whole.
const REMINDED_UNITS_MAX: usize = 200;

/// A share, framed: number, kind, tier, status, the shared wording; who raised it only where the
/// disclosure names that.
#[must_use]
pub fn frame(office: &Office, shared: &SharedIssue, language: Language) -> Frame {
    let title = text!(
        "card-title",
        number = shared.id.0,
        kind = kind_word(shared.kind),
        tier = Text::new(format!("word-tier-{}", shared.tier.number())),
    );
    let say = |key: &str| Text::new(key).say(language);
    let mut frame = Frame::titled(title.say(language))
        .colour(colour(shared.tier))
        .words(quoted(&shared.wording))
        .field(
            say("field-status"),
            status_word(shared.status, shared.later_year, office).say(language),
            true,
        );
    if let Some(names) = shared
        .source
        .and_then(|(association, profession)| source_names(office, association, profession))
    {
        frame = frame.field(say("field-source"), names, true);
    }
    frame.footer(say("card-share-footer"))
}

/// The post of a share, in the office's language.
pub(super) fn post(office: &Office, shared: &SharedIssue, mark: &str) -> Post {
    let language = office.settings.locale;
    Post {
        revision: shared.revision,
        title: super::issue::post_title(shared.id, &shared.wording, language),
        tags: tag::of_status(Some(shared.status), language),
        embeds: vec![frame(office, shared, language).draw()],
        rows: vec![details(shared.id, mark, language)],
        discussion: Some(discuss::button(shared.id, language)),
        files: Vec::new(),
    }
}

/// The sign where a share was taken back: no words, no status.
pub(super) fn sign(office: &Office, issue: &Issue, mark: &str) -> Post {
    let language = office.settings.locale;
    let title = text!("card-withdrawn-title", number = issue.id.0).say(language);
    let words = Text::new("card-withdrawn").say(language);
    Post {
        revision: issue.revision,
        title: title.clone(),
        tags: tag::of_status(None, language),
        embeds: vec![Frame::titled(title).words(words).draw()],
        rows: vec![details(issue.id, mark, language)],
        discussion: None,
        files: Vec::new(),
    }
}

fn details(issue: domain::id::IssueId, mark: &str, language: Language) -> CreateActionRow {
    CreateActionRow::Buttons(vec![
        CreateButton::new(Action::IssueShow(issue).marked(mark))
            .label(Text::new("button-details").say(language))
            .style(ButtonStyle::Secondary),
    ])
}

/// What the desk's card says of sharing: what waits, what is shared, that it is kept private.
#[must_use]
pub fn for_the_desk(
    frame: Frame,
    office: &Office,
    issue: &Issue,
    disclosures: &[Disclosure],
    language: Language,
) -> Frame {
    let frame = if issue.kept_private {
        frame.field(
            Text::new("field-share").say(language),
            Text::new("card-kept-private").say(language),
            false,
        )
    } else {
        frame
    };
    disclosures
        .iter()
        .fold(frame, |frame, disclosure| match disclosure.state {
            State::Proposed => waiting(frame, office, disclosure, language),
            State::Approved => standing(frame, office, disclosure, language),
            State::Declined | State::Withdrawn | State::Replaced => frame,
        })
}

fn waiting(frame: Frame, office: &Office, proposal: &Disclosure, language: Language) -> Frame {
    let name = text!(
        "card-share-waiting",
        version = proposal.version,
        audience = audience::words(office, proposal.audience, language),
    );
    let words = if proposal.as_written {
        Text::new("card-share-as-written").say(language)
    } else {
        escape_markdown(&proposal.wording)
    };
    let by = text!(
        "card-share-by",
        who = format!("<@{}>", proposal.proposed_by)
    )
    .say(language);
    let mut lines = vec![by, words];
    if proposal.names_source {
        lines.insert(1, Text::new("card-share-source").say(language));
    }
    frame.field(name.say(language), lines.join("\n"), false)
}

fn standing(frame: Frame, office: &Office, shared: &Disclosure, language: Language) -> Frame {
    let name = text!(
        "card-share-standing",
        version = shared.version,
        audience = audience::words(office, shared.audience, language),
    );
    let words = escape_markdown(&one_line(&shared.wording, REMINDED_UNITS_MAX));
    frame.field(name.say(language), words, false)
}
