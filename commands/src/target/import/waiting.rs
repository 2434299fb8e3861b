//! The draft of a plan table: its cells, sealed, for the person who previews it. They are understood anew
//! whenever a page is turned, beside what is kept by then.

use crate::{
    error::Error,
    handed,
    issue::draft as drafts,
    request::Request,
    sheet::{Cells, SheetFault},
    text::Text,
};
use domain::{era::FiscalYear, id::DraftId, sheet::Sheet};
use serde::{Deserialize, Serialize};

/// The code of the step.
pub(super) const STEP: &str = "target-import";
/// Most bytes of a draft: what a file may hold of letters, and where they stand.
const BYTES_MAX: usize = 12 * 1024 * 1024;

/// What waits. It is never printed.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Waiting {
    sheets: Vec<Cells>,
    /// The year of columns whose heading names none.
    pub(super) year: Option<FiscalYear>,
}

impl Waiting {
    pub(super) fn new(sheets: Vec<Sheet>, year: Option<FiscalYear>) -> Self {
        Self {
            sheets: sheets.into_iter().map(Cells::of).collect(),
            year,
        }
    }

    /// The sheets of the file.
    pub(super) fn sheets(&self) -> Vec<Sheet> {
        self.sheets.iter().map(Cells::sheet).collect()
    }

    /// Keeps it for the person.
    pub(super) async fn keep(&self, request: &Request) -> Result<DraftId, Error> {
        let size = serde_json::to_vec(self).map(|bytes| bytes.len());
        if size.is_ok_and(|bytes| bytes > BYTES_MAX) {
            return Err(handed::unread(SheetFault::TooManyLetters));
        }
        let (draft, office) = (drafts::new(request, STEP, self)?, request.office_id());
        // Not claimed by the interaction: a draft is no change of a record, and the step that follows is.
        let kept = request
            .app
            .store
            .write(move |tx| {
                let draft = draft.clone();
                Box::pin(async move { storage::draft::put_large(tx, office, &draft).await })
            })
            .await?;
        Ok(kept)
    }

    /// The draft of the person.
    pub(super) async fn find(request: &Request, draft: DraftId) -> Result<Self, Error> {
        match drafts::find(request, draft, STEP).await {
            Err(Error::Refusal(_)) => Err(gone()),
            found => found,
        }
    }

    /// Puts it away, if it is the person's.
    pub(super) async fn remove(request: &Request, draft: DraftId) -> Result<(), Error> {
        let (office, who, now) = (request.office_id(), request.person.user, request.now);
        request
            .app
            .store
            .write(move |tx| Box::pin(storage::draft::take(tx, office, draft, who, STEP, now)))
            .await?;
        Ok(())
    }
}

/// The refusal of a preview that is over.
pub(super) fn gone() -> Error {
    Error::refuse(Text::new("refused-plan-gone"))
}
