//! How the office is set up: channels, roles, associations, who may see everything, settings.

use super::{Paper, ahead::cadence};
use crate::{printout::Cell, text, text::Text};
use domain::{
    audience::Destination,
    id::{ChannelId, RoleId},
    office::{Association, Use},
    person::Rank,
    schedule::Schedule,
    setting::Key,
};
use rust_xlsxwriter::{Workbook, XlsxError};

pub(super) fn write(paper: &Paper<'_>, workbook: &mut Workbook) -> Result<(), XlsxError> {
    let mut rows = channels(paper);
    rows.extend(roles(paper));
    rows.extend(associations(paper));
    rows.extend(accepted(paper));
    rows.extend(settings(paper));
    let columns = [
        ("handover-column-part", 26.0),
        ("handover-column-what", 39.0),
        ("handover-column-value", 60.0),
    ];
    let table = paper.table(&columns, rows, "handover-none-setting");
    paper.leaf(workbook, "setting", table, 0)
}

fn row(paper: &Paper<'_>, part: &str, what: String, value: String) -> Vec<Cell> {
    vec![paper.say(part).into(), what.into(), value.into()]
}

/// Where a channel is: a sheet cannot show its name, and a link leads there.
fn link(paper: &Paper<'_>, channel: Option<ChannelId>) -> String {
    let server = paper.handover.office.server;
    channel.map_or_else(
        || paper.say("handover-unset"),
        |channel| format!("https://discord.com/channels/{server}/{channel}"),
    )
}

fn channels(paper: &Paper<'_>) -> Vec<Vec<Cell>> {
    let office = &paper.handover.office;
    let bound = Use::ALL.iter().map(|of| {
        let what = paper.say(&format!("word-use-{}", of.code()));
        row(
            paper,
            "handover-part-channel",
            what,
            link(paper, office.channel(*of)),
        )
    });
    let circles = office.circles.iter().map(|circle| {
        let value = text!(
            "handover-circle",
            link = link(paper, Some(circle.channel)),
            associations = paper.associations(&circle.associations)
        );
        let what = paper.place(Destination::Tier2(circle.id));
        row(
            paper,
            "handover-part-channel",
            what,
            value.say(paper.language),
        )
    });
    bound.chain(circles).collect()
}

/// A role by its number: its name stands in Discord.
fn number(paper: &Paper<'_>, role: RoleId) -> String {
    text!("handover-role", id = role.to_string()).say(paper.language)
}

fn roles(paper: &Paper<'_>) -> Vec<Vec<Cell>> {
    let roles = paper.handover.office.roles.iter();
    roles
        .map(|(capacity, binding)| {
            let what = paper.say(&format!("word-capacity-{}", capacity.code()));
            row(paper, "handover-part-role", what, number(paper, binding.to))
        })
        .collect()
}

fn associations(paper: &Paper<'_>) -> Vec<Vec<Cell>> {
    let associations = paper.handover.office.associations.iter();
    associations
        .map(|association| {
            row(
                paper,
                "handover-part-association",
                association.name.clone(),
                association_lines(paper, association).join("\n"),
            )
        })
        .collect()
}

fn association_lines(paper: &Paper<'_>, association: &Association) -> Vec<String> {
    let language = paper.language;
    let office = &paper.handover.office;
    let separator = paper.say("list-separator");
    let labelled = |key: &str, value: String| Text::new(key).with("value", value).say(language);
    let professions: Vec<&str> = association
        .professions
        .iter()
        .filter_map(|id| office.profession(*id))
        .map(|profession| profession.name.as_str())
        .collect();
    let mut lines = Vec::new();
    if !professions.is_empty() {
        let professions = professions.join(&separator);
        lines.push(labelled("handover-association-professions", professions));
    }
    if !association.scopes.is_empty() {
        let scopes = association.scopes.join(&separator);
        lines.push(labelled("handover-association-scopes", scopes));
    }
    let channel = link(paper, association.channel);
    lines.push(labelled("handover-association-channel", channel));
    let feedback = link(paper, association.feedback);
    lines.push(labelled("handover-association-feedback", feedback));
    for rank in Rank::ALL {
        if let Some(role) = association.role(*rank) {
            let rank = Text::new(format!("word-rank-{}", rank.code())).say(language);
            lines.push(
                text!(
                    "handover-association-role",
                    rank = rank,
                    role = number(paper, role)
                )
                .say(language),
            );
        }
    }
    let talk = Text::new(format!("word-talk-{}", association.talk.code())).say(language);
    lines.push(labelled("handover-association-talk", talk));
    lines
}

/// Whoever may see every channel by the desk's word.
fn accepted(paper: &Paper<'_>) -> Vec<Vec<Cell>> {
    let accepted = paper.handover.office.accepted.iter();
    accepted
        .map(|one| {
            let kind = one.kind.map_or("unknown", |kind| kind.code());
            let what = paper.say(&format!("handover-overseer-{kind}"));
            row(
                paper,
                "handover-part-overseer",
                what,
                text!("handover-overseer-id", id = one.id.to_string()).say(paper.language),
            )
        })
        .collect()
}

fn settings(paper: &Paper<'_>) -> Vec<Vec<Cell>> {
    let settings = &paper.handover.office.settings;
    Key::ALL
        .iter()
        .map(|key| {
            let often = |schedule: Option<&Schedule>| {
                let schedule = schedule.map(|schedule| cadence(paper, schedule));
                schedule.unwrap_or_else(|| paper.say("handover-never"))
            };
            let mut value = match key {
                Key::AdviserSees => granted(paper),
                Key::Digest => often(Some(&settings.digest)),
                Key::Progress => often(settings.progress.as_ref()),
                Key::Feedback => often(settings.feedback.as_ref()),
                Key::Handover => often(settings.handover.as_ref()),
                _ => settings.stored(*key),
            };
            if value.is_empty() {
                value = paper.say("handover-unset");
            }
            if settings.fixed.contains(key.code()) {
                value = text!("handover-fixed", value = value).say(paper.language);
            }
            let what = paper.say(&format!("word-setting-{}", key.code()));
            row(paper, "handover-part-setting", what, value)
        })
        .collect()
}

/// Where the adviser takes part, by names.
fn granted(paper: &Paper<'_>) -> String {
    let grant = &paper.handover.office.settings.adviser_sees;
    let mut places = Vec::new();
    if grant.desk {
        places.push(paper.say("place-desk"));
    }
    if grant.tier2 {
        places.push(paper.say("place-tier2"));
    }
    let associations = paper.associations(&grant.associations);
    if !associations.is_empty() {
        places.push(associations);
    }
    places.join(&paper.say("list-separator"))
}
