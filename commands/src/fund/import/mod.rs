//! `/fund import` 取込: a prefecture's catalogue becomes funds, after a preview of all of it: what was understood,
//! what was guessed and why, what was not understood, and what differs from what is kept of the same year.
//!
//! Nothing is stored before the preview is confirmed; then all of it is, in one transaction, and can be taken
//! back in one step. The same sheet again changes nothing. Coordinators only.

mod line;
mod preview;
mod store;
mod undo;
mod waiting;

use super::option;
use crate::{
    Context,
    answer::{Answer, Reply},
    custom_id::{Fund as Press, plan::Group},
    dispatch::{May, answer},
    error::Error,
    handed, permission,
    request::Request,
    target::this_year,
    text,
    text::Text,
};
use domain::{
    fund::{
        Fund,
        catalogue::{self, Catalogue, CatalogueFault},
        difference::Difference,
    },
    id::DraftId,
};
use serenity::all::Attachment;
use waiting::Waiting;

/// `/fund import` 取込
#[poise::command(slash_command)]
pub(crate) async fn import(
    ctx: Context<'_>,
    file: Attachment,
    year: Option<String>,
) -> Result<(), Error> {
    answer(ctx, May::Say, async move |request: Request| {
        permission::coordinate(&request)?;
        let wanted = option::year(year.as_deref())?;
        let read = handed::understood(&request, &file, |sheets| catalogue::read(&sheets)).await?;
        let catalogue = read.map_err(no_catalogue)?;
        let named = catalogue.year;
        let year = wanted
            .or(named)
            .ok_or_else(|| Error::refuse(Text::new("fund-no-year")))?;
        if year > this_year(&request).next().next() {
            return Err(Error::refuse(Text::new("fund-year-too-far")));
        }
        let waiting = Waiting { catalogue, year };
        let seen = Seen::of(&request, waiting).await?;
        let draft = seen.waiting.keep(&request).await?;
        let group = preview::first(&seen);
        Ok(Answer::Say(preview::page(&request, &seen, draft, group, 0)))
    })
    .await
}

/// A button was pressed.
pub(super) async fn pressed(request: &Request, press: Press) -> Result<Answer, Error> {
    permission::coordinate(request)?;
    match press {
        Press::Page(draft, group, page) => turn(request, draft, group, page).await,
        Press::Store(draft, shown) => store::confirm(request, draft, shown).await,
        Press::Discard(draft) => {
            Waiting::remove(request, draft).await?;
            let reply = Reply::of(&Text::new("fund-discarded"), request.language);
            Ok(Answer::Replace(reply))
        }
        Press::ImportUndo(draft) => undo::answer(request, draft).await,
        _ => Err(Error::refuse(Text::new("refused-unknown-button"))),
    }
}

async fn turn(request: &Request, draft: DraftId, group: Group, page: i64) -> Result<Answer, Error> {
    let seen = Seen::of(request, Waiting::find(request, draft).await?).await?;
    Ok(Answer::Replace(preview::page(
        request, &seen, draft, group, page,
    )))
}

/// A catalogue beside what is kept of its year, as one looks at it.
struct Seen {
    waiting: Waiting,
    kept: Vec<Fund>,
    difference: Difference,
    /// Stands for what the catalogue brings: another number, another difference.
    number: u64,
}

impl Seen {
    async fn of(request: &Request, waiting: Waiting) -> Result<Self, Error> {
        let (office, year) = (request.office_id(), waiting.year);
        let kept = request
            .app
            .store
            .read(move |connection| Box::pin(storage::fund::of_year(connection, office, year)))
            .await?;
        let difference = Difference::of(&waiting.catalogue, &kept);
        Ok(Self {
            number: number(&difference),
            waiting,
            kept,
            difference,
        })
    }

    fn catalogue(&self) -> &Catalogue {
        &self.waiting.catalogue
    }
}

/// A number of a difference (FNV-1a of 64 bits): a person confirms exactly what was shown.
fn number(difference: &Difference) -> u64 {
    format!("{difference:?}")
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
        })
}

/// The refusal of a file that holds no catalogue.
fn no_catalogue(fault: CatalogueFault) -> Error {
    Error::refuse(match fault {
        CatalogueFault::NoHeading => Text::new("fund-no-heading"),
        CatalogueFault::TooLong => text!("fund-too-long", rows = catalogue::ROWS_MAX),
        CatalogueFault::Empty => Text::new("fund-nothing-below"),
    })
}
