//! Those who see everything: the first page of a check, with a button for each, and what the buttons
//! do. Only the desk accepts.

use super::{Look, Page, release};
use crate::{
    answer::Answer, audit::note, custom_id::Action, error::Error, office::fixed, permission,
    request::Request, text, text::Text,
};
use domain::{
    id::UserId,
    office::{Acceptance, Capacity},
    proof,
    server::{Overseer, OverseerKind},
};
use serenity::all::{ButtonStyle, CreateButton};
use std::collections::BTreeSet;

/// Overseers of one page, each with its button.
const PAGE_MAX: usize = 10;
/// Most acceptances of an office; more than Discord has roles (resources/guild: 250).
const ACCEPTANCES_MAX: usize = 300;
/// UTF-16 units of a name on a button, which takes 80 in all.
const NAME_UNITS_MAX: usize = 36;

/// The pages of those who see everything.
pub(super) struct Overseers {
    /// Whether somebody is not accepted, or nobody can accept.
    pub(super) ill: bool,
    pub(super) pages: Vec<Page>,
}

/// One line of the list.
struct Row {
    id: u64,
    /// `None` for an acceptance whose person, role or bot no longer sees everything.
    overseer: Option<Overseer>,
    kind: Option<OverseerKind>,
    acceptance: Option<Acceptance>,
}

impl Row {
    fn is_ill(&self) -> bool {
        self.acceptance.is_none()
    }
}

impl Look<'_> {
    /// Whoever sees every channel, or is a bot that sees one of those bound.
    fn seeing_everything(&self) -> BTreeSet<Overseer> {
        let mut overseers = self.server.overseers();
        for destination in proof::destinations(&self.office) {
            if let Some(channel) = destination.channel(&self.office) {
                overseers.extend(self.server.overseers_of(channel));
            }
        }
        overseers
    }

    fn rows(&self) -> Vec<Row> {
        let accepted = &self.office.accepted;
        let of = |overseer: Overseer| {
            let found = accepted
                .iter()
                .find(|acceptance| overseer.is_accepted(&BTreeSet::from([acceptance.id])));
            Row {
                id: found.map_or_else(|| overseer.id(), |acceptance| acceptance.id),
                overseer: Some(overseer),
                kind: Some(overseer.kind()),
                acceptance: found.copied(),
            }
        };
        let mut rows: Vec<Row> = self.seeing_everything().into_iter().map(of).collect();
        let gone: Vec<Row> = accepted
            .iter()
            .filter(|acceptance| rows.iter().all(|row| row.id != acceptance.id))
            .map(|acceptance| Row {
                id: acceptance.id,
                overseer: None,
                kind: acceptance.kind,
                acceptance: Some(*acceptance),
            })
            .collect();
        rows.extend(gone);
        rows
    }

    /// The first pages: who sees everything, and whether each is accepted.
    pub(super) fn overseers(&self) -> Overseers {
        let rows = self.rows();
        let mapped = self
            .office
            .role(Capacity::Coordinator)
            .is_some_and(|role| self.server.roles.contains_key(&role));
        let numbered: Vec<(usize, &Row)> = (1..).zip(&rows).collect();
        let mut pages: Vec<Page> = numbered
            .chunks(PAGE_MAX)
            .map(|chunk| self.page(chunk))
            .collect();
        if pages.is_empty() {
            pages.push(Page::default());
        }
        let mut head = Vec::new();
        if !mapped {
            head.push(self.say(&Text::new("check-first-role")));
        }
        if !rows.is_empty() {
            head.push(self.say(&Text::new("check-overseers")));
        }
        if mapped && !self.request.person.coordinator && rows.iter().any(Row::is_ill) {
            head.push(self.say(&Text::new("check-overseers-desk-only")));
        }
        head.push(std::mem::take(&mut pages[0].words));
        pages[0].words = head.join("\n").trim_end().to_owned();
        Overseers {
            ill: !mapped || rows.iter().any(Row::is_ill),
            pages,
        }
    }

    fn page(&self, rows: &[(usize, &Row)]) -> Page {
        let lines: Vec<String> = rows
            .iter()
            .map(|(number, row)| self.line(*number, row))
            .collect();
        let desk = self.request.person.coordinator;
        let buttons = rows.iter().filter(|_| desk);
        Page {
            words: lines.join("\n"),
            buttons: buttons
                .filter_map(|(number, row)| self.button(*number, row))
                .collect(),
        }
    }

    fn line(&self, number: usize, row: &Row) -> String {
        let overseer = match row.overseer {
            Some(overseer) => self.reader().overseer(&self.server, overseer),
            None => self.say(&text!("overseer-gone", name = mention(row))),
        };
        let state = match row.acceptance {
            None => "overseer-unaccepted",
            Some(acceptance) if acceptance.fixed => "overseer-accepted-fixed",
            Some(_) => "overseer-accepted",
        };
        self.say(&text!(
            "overseer-line",
            number = number,
            overseer = overseer,
            state = Text::new(state)
        ))
    }

    /// *Accept*, or *no longer accept*; none for what the configuration file says.
    fn button(&self, number: usize, row: &Row) -> Option<CreateButton> {
        let name = self.button_name(number, row);
        let (action, label, style) = match row.acceptance {
            None => (
                Action::OfficeAccept(row.id),
                text!("button-accept", name = name),
                ButtonStyle::Primary,
            ),
            Some(acceptance) if acceptance.fixed => return None,
            Some(_) => (
                Action::OfficeAcceptNoLonger(row.id),
                text!("button-accept-no-longer", name = name),
                ButtonStyle::Secondary,
            ),
        };
        Some(
            CreateButton::new(action.custom_id())
                .label(self.say(&label))
                .style(style),
        )
    }

    /// Buttons show no mentions: a role is named as the server names it, a bot by its role.
    fn button_name(&self, number: usize, row: &Row) -> Text {
        let name = |role| {
            let found = self.server.roles.get(&role);
            let name = found.map(|role| role.name.as_str()).unwrap_or_default();
            domain::text::one_line(name, NAME_UNITS_MAX)
        };
        match row.overseer {
            Some(Overseer::Owner(_)) => Text::new("button-overseer-owner"),
            Some(Overseer::Administrators(role)) => {
                text!("button-overseer-role", name = name(role))
            }
            Some(Overseer::Bot(_, role)) => text!("button-overseer-bot", name = name(role)),
            None => text!("button-overseer-gone", number = number),
        }
    }
}

/// An acceptance without an overseer: what is known of it says how it is mentioned.
fn mention(row: &Row) -> String {
    match row.kind {
        Some(OverseerKind::Role) => format!("<@&{}>", row.id),
        Some(OverseerKind::Owner | OverseerKind::Bot) => format!("<@{}>", row.id),
        None => row.id.to_string(),
    }
}

/// The desk accepts that somebody sees everything.
pub(crate) async fn accept(request: &Request, id: u64) -> Result<Answer, Error> {
    permission::coordinate(request)?;
    let look = Look::of(request).await?;
    let overseer = look
        .seeing_everything()
        .into_iter()
        .find(|overseer| overseer.id() == id)
        .ok_or_else(|| Error::refuse(Text::new("refused-no-overseer")))?;
    let already = overseer.is_accepted(&look.office.accepted_ids());
    if !already && look.office.accepted.len() >= ACCEPTANCES_MAX {
        return Err(Error::refuse(text!(
            "refused-too-many",
            limit = ACCEPTANCES_MAX
        )));
    }
    let name = look.reader().overseer(&look.server, overseer);
    let (office, who, now) = (request.office_id(), request.person.user, request.now);
    let destinations = proof::destinations(&look.office);
    request
        .record(move |tx| {
            let destinations = destinations.clone();
            Box::pin(async move {
                let kind = overseer.kind();
                if already || !storage::acceptance::put(tx, office, id, kind, who, now).await? {
                    return Ok(());
                }
                release(tx, office, &destinations).await?;
                noted(tx, office, "office.accept", who, now, id, Some(kind)).await
            })
        })
        .await?;
    changed(request, &text!("accepted", name = name)).await
}

/// The desk takes its word back: nothing is sent any more while they see everything.
pub(crate) async fn accept_no_longer(request: &Request, id: u64) -> Result<Answer, Error> {
    permission::coordinate(request)?;
    let look = Look::of(request).await?;
    let row = look.rows().into_iter().find(|row| row.id == id);
    let row = row.ok_or_else(|| Error::refuse(Text::new("refused-no-overseer")))?;
    if row.acceptance.is_some_and(|acceptance| acceptance.fixed) {
        return Err(fixed());
    }
    let name = match row.overseer {
        Some(overseer) => look.reader().overseer(&look.server, overseer),
        None => mention(&row),
    };
    let (office, who, now) = (request.office_id(), request.person.user, request.now);
    let kind = row.kind;
    request
        .record(move |tx| {
            Box::pin(async move {
                if !storage::acceptance::remove(tx, office, id).await? {
                    return Ok(());
                }
                noted(tx, office, "office.unaccept", who, now, id, kind).await
            })
        })
        .await?;
    changed(request, &text!("accepted-no-longer", name = name)).await
}

async fn noted(
    tx: &mut storage::Transaction,
    office: domain::id::OfficeId,
    act: &'static str,
    who: UserId,
    now: chrono::DateTime<chrono::Utc>,
    id: u64,
    kind: Option<OverseerKind>,
) -> storage::Result<()> {
    let kind = kind.map_or("unknown", OverseerKind::code);
    let details = [("id", id.to_string()), ("kind", kind.to_owned())];
    note(tx, office, None, act, who, now, &details).await
}

/// The first page as it is after the change.
async fn changed(request: &Request, done: &Text) -> Result<Answer, Error> {
    let look = Look::of(request).await?;
    let reply = look.reply(1, Some(request.say(done)));
    Ok(Answer::Replace(reply))
}
