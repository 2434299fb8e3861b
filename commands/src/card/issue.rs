//! The card of an issue, as each audience may see it.
//!
//! The desk's card carries everything, the speaker included; the card of any other channel never does.
//! Words of people are shown literally: markdown and mentions in them do nothing.

use super::{
    Drawn, Post, date,
    frame::{Frame, cut},
    place_word, share, tag,
};
use crate::{
    App,
    custom_id::Action,
    issue::{category, discuss, ending, pass_on, share::offer},
    text,
    text::Text,
};
use domain::{
    audience::Destination,
    disclosure::{Disclosure, Shown, shown_at},
    id::{AssociationId, IssueId, ProfessionId},
    issue::{Concern, Issue, Kind, Status},
    office::Office,
    setting::Language,
    speaker::Desk,
    text::{escape_markdown, one_line},
    tier::Tier,
    visibility::{SharedIssue, View},
};
use serenity::all::{ButtonStyle, CreateActionRow, CreateButton};
use storage::outbox::Claimed;

/// Longest wording on a card, in UTF-16 units; escaping may triple a text.
const QUOTED_UNITS_MAX: usize = 4_000;
/// Longest title of a forum post, in UTF-16 units.
const POST_TITLE_UNITS_MAX: usize = 90;

/// Draws what of the issue stands at a destination: the original, a share, the sign of one that was
/// taken back, or nothing.
pub(super) async fn draw(app: &App, office: &Office, claimed: &Claimed) -> storage::Result<Drawn> {
    let (id, issue) = (office.id, IssueId(claimed.subject.id));
    let at_desk = claimed.destination == Destination::Desk;
    let (found, disclosures, merged) = app
        .store
        .read(move |connection| {
            Box::pin(async move {
                let found = storage::issue::find(connection, id, issue).await?;
                let disclosures = storage::disclosure::of(connection, id, issue).await?;
                // That others said the same is for the desk: no other card says it.
                let merged = if at_desk {
                    storage::issue::merged_into(connection, id, issue)
                        .await?
                        .len()
                } else {
                    0
                };
                Ok((found, disclosures, merged))
            })
        })
        .await?;
    let Some(issue) = found else {
        return Ok(Drawn::Nothing);
    };
    let (destination, mark) = (claimed.destination, &claimed.mark);
    let raised_there = issue.association.map(Destination::Tier1) == Some(destination);
    // Reasons are for the desk and for those who raised it.
    let ending = if destination == Destination::Desk || raised_there {
        ending::line(app, office, &issue, office.settings.locale).await?
    } else {
        String::new()
    };
    Ok(match shown_at(&issue, &disclosures, destination, office) {
        Some(Shown::Whole) => Drawn::Post(Box::new(post(
            office,
            &issue,
            (&disclosures, merged),
            destination,
            &ending,
            mark,
        ))),
        Some(Shown::Shared(disclosure)) => {
            let shared = SharedIssue::of(&issue, disclosure);
            Drawn::Post(Box::new(share::post(office, &shared, mark)))
        }
        // Where nothing stands (any more) there is nothing to take back.
        Some(Shown::Withdrawn) if claimed.post.is_some() => {
            Drawn::Post(Box::new(share::sign(office, &issue, mark)))
        }
        Some(Shown::Withdrawn) | None => Drawn::Nothing,
    })
}

/// The post of an issue where its original stands, in the office's language; with its disclosures and,
/// for the desk, how many issues were merged into it. `ending` says how it came to an end; it is empty
/// where that is not told.
#[must_use]
pub fn post(
    office: &Office,
    issue: &Issue,
    (disclosures, merged): (&[Disclosure], usize),
    destination: Destination,
    ending: &str,
    mark: &str,
) -> Post {
    let language = office.settings.locale;
    let view = destination.desk().map_or(View::Wording, View::Desk);
    let mut buttons = vec![
        CreateButton::new(Action::IssueShow(issue.id).marked(mark))
            .label(Text::new("button-details").say(language))
            .style(ButtonStyle::Secondary),
    ];
    let mut frame = whole(office, issue, view, language).field(
        Text::new("field-ending").say(language),
        ending,
        false,
    );
    let mut rows = Vec::new();
    if destination == Destination::Desk {
        if merged > 0 {
            let weight = text!("card-merged-weight", weight = merged + 1).say(language);
            frame = frame.field(Text::new("field-merged").say(language), weight, false);
        }
        if pass_on::is_offered(issue, office) {
            buttons.push(
                CreateButton::new(Action::IssuePassOn(issue.id).custom_id())
                    .label(Text::new("button-pass-on").say(language))
                    .style(ButtonStyle::Primary),
            );
        }
        buttons.extend(offer::log(disclosures, issue, language));
        frame = share::for_the_desk(frame, office, issue, disclosures, language);
        rows = offer::rows(office, issue, disclosures);
    }
    rows.insert(0, CreateActionRow::Buttons(buttons));
    Post {
        revision: issue.revision,
        title: post_title(issue.id, &issue.text, language),
        tags: tag::of_status(Some(issue.status), language),
        embeds: vec![frame.draw()],
        rows,
        discussion: Some(discuss::button(issue.id, language)),
        files: Vec::new(),
    }
}

/// The name of the thread below the card of an issue; `None` once it was taken back.
pub(super) async fn thread_name(
    app: &App,
    office: &Office,
    claimed: &Claimed,
) -> storage::Result<Option<String>> {
    let (id, issue) = (office.id, IssueId(claimed.subject.id));
    let found = app
        .store
        .read(move |connection| Box::pin(storage::issue::find(connection, id, issue)))
        .await?;
    Ok(found
        .filter(|issue| !issue.retracted)
        .map(|issue| discuss::thread_name(issue.id, issue.kind, office.settings.locale)))
}

/// The title of a forum post.
pub(super) fn post_title(number: IssueId, wording: &str, language: Language) -> String {
    let title = text!(
        "card-post-title",
        number = number.0,
        wording = one_line(wording, POST_TITLE_UNITS_MAX - 10),
    );
    one_line(&title.say(language), POST_TITLE_UNITS_MAX)
}

/// Everything of an issue that a view includes, framed.
pub fn whole(office: &Office, issue: &Issue, view: View, language: Language) -> Frame {
    let title = text!(
        "card-title",
        number = issue.id.0,
        kind = kind_word(issue.kind),
        tier = Text::new(format!("word-tier-{}", issue.tier.number())),
    );
    let say = |key: &str| Text::new(key).say(language);
    let mut frame = Frame::titled(title.say(language))
        .colour(colour(issue.tier))
        .words(quoted(&issue.text))
        .field(
            say("field-status"),
            status(issue, office).say(language),
            true,
        )
        .field(
            say("field-origin"),
            say(&format!("word-origin-{}", issue.origin.code())),
            true,
        );
    if let Some(source) = source_names(office, issue.association, issue.profession) {
        frame = frame.field(say("field-source"), source, true);
    }
    if let Some(about) = about(office, issue, language) {
        frame = frame.field(say("field-about"), about, true);
    }
    frame = frame.field(
        say("field-category"),
        category::quoted(office, &issue.categories),
        true,
    );
    if let Some(note) = &issue.note {
        frame = frame.field(say("field-note"), escape_markdown(note), false);
    }
    if let View::Desk(desk) = view {
        frame = for_the_desk(frame, issue, desk, language);
    }
    let zone = office.settings.time_zone;
    let written = date(issue.created_at.with_timezone(&zone).date_naive(), language);
    frame.footer(text!("card-footer", date = written).say(language))
}

/// What only the desk sees: who said it, and who wrote it down.
fn for_the_desk(frame: Frame, issue: &Issue, desk: Desk, language: Language) -> Frame {
    let say = |key: &str| Text::new(key).say(language);
    let frame = match &issue.speaker {
        Some(speaker) => frame.field(
            say("field-speaker"),
            escape_markdown(speaker.reveal(desk)),
            true,
        ),
        None => frame,
    };
    frame.field(
        say("field-reporter"),
        format!("<@{}>", issue.reporter),
        true,
    )
}

/// The wording, shown literally and within an embed's description.
#[must_use]
pub fn quoted(wording: &str) -> String {
    // Only a text made of marks is cut; the whole stays readable with /issue edit.
    cut(&escape_markdown(wording), QUOTED_UNITS_MAX)
}

/// 課題 or アイデア.
#[must_use]
pub fn kind_word(kind: Kind) -> Text {
    Text::new(match kind {
        Kind::Issue => "word-kind-issue",
        Kind::Idea => "word-kind-idea",
    })
}

/// The status in words, with the year of 次年度以降.
#[must_use]
pub fn status(issue: &Issue, office: &Office) -> Text {
    status_word(issue.status, issue.later_year, office)
}

/// A status in words; the year counts for 次年度以降 only.
#[must_use]
pub fn status_word(status: Status, later_year: Option<i32>, office: &Office) -> Text {
    let later = status == Status::Later;
    let status = Text::new(format!("word-status-{}", status.code()));
    let Some(year) = later_year.filter(|_| later) else {
        return status;
    };
    let start = office.settings.fiscal_year_start;
    let first_day = domain::era::FiscalYear::starting_in(year).first_day(start);
    text!(
        "status-later-year",
        status = status,
        fiscal_year = domain::era::fiscal_year(first_day, start),
        year = i64::from(year),
    )
}

/// Who raised it: association and profession, by name.
#[must_use]
pub fn source_names(
    office: &Office,
    association: Option<AssociationId>,
    profession: Option<ProfessionId>,
) -> Option<String> {
    let association = association
        .and_then(|id| office.association(id))
        .map(|a| &a.name);
    let profession = profession
        .and_then(|id| office.profession(id))
        .map(|p| &p.name);
    // An association of one profession may bear its name (病院連携室): it is said once.
    let profession = profession.filter(|name| association != Some(*name));
    let names: Vec<String> = association
        .into_iter()
        .chain(profession)
        .map(|name| escape_markdown(name))
        .collect();
    (!names.is_empty()).then(|| names.join(" / "))
}

fn about(office: &Office, issue: &Issue, language: Language) -> Option<String> {
    let names = concern_names(office, &issue.about);
    let separator = Text::new("list-separator").say(language);
    (!names.is_empty()).then(|| names.join(&separator))
}

/// Whom something is about, by name, escaped.
#[must_use]
pub fn concern_names(office: &Office, about: &[Concern]) -> Vec<String> {
    about
        .iter()
        .filter_map(|concern| match concern {
            Concern::Association(id) => office.association(*id).map(|a| &a.name),
            Concern::Profession(id) => office.profession(*id).map(|p| &p.name),
        })
        .map(|name| escape_markdown(name))
        .collect()
}

/// The colour that tells tiers apart: 一次 green, 二次 blue, 三次 purple.
#[must_use]
pub fn colour(tier: Tier) -> u32 {
    match tier {
        Tier::One => 0x2E_8B57,
        Tier::Two => 0x2B_6CB0,
        Tier::Three => 0x80_5AD5,
    }
}

/// A destination in words, with the association's name where it has one.
#[must_use]
pub fn place(office: &Office, destination: Destination, language: Language) -> String {
    place_word(office, destination).say(language)
}
