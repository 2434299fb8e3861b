//! `/office check` 点検: whether everything can be sent where it belongs, and each step that mends what
//! is wrong; and the desk's word on those who see everything.
//!
//! It looks at the picture of the server and at the set-up of the office, at no record. Its pages are
//! drawn anew at each press, so that they outlive a restart and never show what was.

mod duty;
mod event;
mod extra;
mod overseer;
mod place;

use crate::{
    Context,
    answer::{Answer, Reply},
    custom_id::Action,
    dispatch::{May, answer},
    error::Error,
    hindrance::{Naming, Reader, Told},
    permission,
    request::Request,
    text,
    text::Text,
};
use domain::{
    audience::Destination, id::OfficeId, office::Office, proof, server::Server, text::utf16_len,
};
pub(crate) use overseer::{accept, accept_no_longer};
use serenity::all::{ButtonStyle, CreateActionRow, CreateButton, CreateEmbed, CreateEmbedFooter};
use std::sync::Arc;
use storage::Transaction;

/// UTF-16 units of a page; Discord takes 4,096 in a description.
const PAGE_UNITS_MAX: usize = 3_800;
/// UTF-16 units of a block; a counted rest stands behind it.
const BLOCK_UNITS_MAX: usize = PAGE_UNITS_MAX - 100;
/// UTF-16 units of one list of roles in a block.
const ROLES_UNITS_MAX: usize = 600;
/// Buttons of one row (Discord, components/reference).
const ROW_MAX: usize = 5;

/// `/office check` 点検
#[poise::command(slash_command)]
pub(crate) async fn check(ctx: Context<'_>) -> Result<(), Error> {
    answer(ctx, May::Say, async move |request: Request| {
        permission::set_up(&request)?;
        let look = Look::of(&request).await?;
        Ok(Answer::Say(look.reply(1, None)))
    })
    .await
}

/// A page button was pressed.
pub(crate) async fn turn(request: &Request, page: i64) -> Result<Answer, Error> {
    permission::set_up(request)?;
    let look = Look::of(request).await?;
    Ok(Answer::Replace(look.reply(page, None)))
}

/// A sentence for answers about the set-up: what was just set cannot be used yet. `None` when it can,
/// or when the server cannot be looked at.
pub(crate) async fn hint(
    request: &Request,
    concerns: impl Fn(&Office, Destination) -> bool,
) -> Option<String> {
    let office = request
        .app
        .store
        .office(request.office.server)
        .await
        .ok()??;
    let server = request.app.servers.look(office.server).await?;
    let hindered = proof::destinations(&office)
        .into_iter()
        .filter(|destination| {
            destination.channel(&office).is_some() && concerns(&office, *destination)
        })
        .any(|destination| proof::prove(&office, destination, &server).is_err());
    hindered.then(|| request.say(&Text::new("check-hint")))
}

/// Lets everything refused wait again: the worker proves each place before it sends.
pub(crate) async fn release(
    tx: &mut Transaction,
    office: OfficeId,
    destinations: &[Destination],
) -> storage::Result<()> {
    for destination in destinations {
        storage::outbox::release_refused(tx, office, *destination).await?;
    }
    Ok(())
}

/// What one check looks at.
struct Look<'r> {
    request: &'r Request,
    office: Arc<Office>,
    server: Arc<Server>,
}

/// Something found, as a block of lines.
struct Block {
    /// Whether it has to be mended.
    ill: bool,
    words: String,
}

/// A page, with the buttons that belong to its lines.
#[derive(Default)]
struct Page {
    words: String,
    buttons: Vec<CreateButton>,
}

impl<'r> Look<'r> {
    /// The office and its server as they are now.
    async fn of(request: &'r Request) -> Result<Self, Error> {
        let unread = || Error::refuse(Text::new("refused-server-unread"));
        let server = request.office.server;
        let office = request.app.store.office(server).await?;
        Ok(Self {
            request,
            office: office.ok_or(Error::Fault("the office of a request is gone"))?,
            server: request.app.servers.look(server).await.ok_or_else(unread)?,
        })
    }

    fn reader(&self) -> Reader {
        Reader {
            language: self.request.language,
            naming: Naming::Mention,
        }
    }

    fn say(&self, text: &Text) -> String {
        text.say(self.request.language)
    }

    /// A thing to mend as the lines of a block.
    fn step(&self, told: Told) -> String {
        self.say(&text!("check-step", what = told.what, mend = told.mend))
    }

    /// A head with the steps that mend it below; those that do not fit on a page are counted.
    fn block(&self, head: String, steps: Vec<String>) -> Block {
        let total = steps.len();
        let mut words = head;
        for (shown, step) in steps.into_iter().enumerate() {
            if utf16_len(&words) + utf16_len(&step) > BLOCK_UNITS_MAX {
                words.push('\n');
                words.push_str(&self.say(&text!("list-more", count = total - shown)));
                break;
            }
            words = format!("{words}\n{step}");
        }
        Block {
            ill: total > 0,
            words,
        }
    }

    /// A page of the whole; one that is not there any more is the last. `done` is what the press has
    /// changed.
    fn reply(&self, page: i64, done: Option<String>) -> Reply {
        let overseers = self.overseers();
        let blocks: Vec<Block> = self.duties().into_iter().chain(self.places()).collect();
        let ill = overseers.ill || blocks.iter().any(|block| block.ill);
        let pages = fill(overseers.pages, &blocks);
        let number = usize::try_from(page).unwrap_or(1).clamp(1, pages.len());
        let verdict = Text::new(if ill { "check-ill" } else { "check-well" });
        let content: Vec<String> = done.into_iter().chain([self.say(&verdict)]).collect();
        let total = pages.len();
        let Some(shown) = pages.into_iter().nth(number - 1) else {
            return Reply::default();
        };
        let footer = self.say(&text!("check-page", page = number, pages = total));
        let embed = CreateEmbed::new()
            .title(self.say(&Text::new("check-title")))
            .description(shown.words)
            .footer(CreateEmbedFooter::new(footer));
        let mut reply = Reply {
            content: content.join("\n"),
            ..Reply::default()
        }
        .embed(embed);
        for row in shown.buttons.chunks(ROW_MAX) {
            reply = reply.row(CreateActionRow::Buttons(row.to_vec()));
        }
        if total > 1 {
            reply = reply.row(self.turning(number, total));
        }
        reply
    }

    fn turning(&self, number: usize, total: usize) -> CreateActionRow {
        let button = |key: &str, to: usize, enabled: bool| {
            let to = i64::try_from(to).unwrap_or(i64::MAX);
            CreateButton::new(Action::OfficeCheck(to).custom_id())
                .label(self.say(&Text::new(key)))
                .style(ButtonStyle::Secondary)
                .disabled(!enabled)
        };
        // Custom ids must differ within a message, so a disabled button points beyond the ends.
        let back = if number > 1 { number - 1 } else { total + 1 };
        let on = if number < total {
            number + 1
        } else {
            total + 2
        };
        CreateActionRow::Buttons(vec![
            button("button-previous", back, number > 1),
            button("button-next", on, number < total),
        ])
    }
}

/// Puts blocks after the pages of overseers, what is ill first, each whole on one page.
fn fill(mut pages: Vec<Page>, blocks: &[Block]) -> Vec<Page> {
    let (ill, well): (Vec<&Block>, Vec<&Block>) = blocks.iter().partition(|block| block.ill);
    for block in ill.into_iter().chain(well) {
        let fits = pages.last().is_some_and(|page| {
            utf16_len(&page.words) + utf16_len(&block.words) + 2 <= PAGE_UNITS_MAX
        });
        if !fits {
            pages.push(Page::default());
        }
        if let Some(page) = pages.last_mut() {
            if !page.words.is_empty() {
                page.words.push_str("\n\n");
            }
            page.words.push_str(&block.words);
        }
    }
    pages
}
