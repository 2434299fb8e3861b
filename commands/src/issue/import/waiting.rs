//! The draft of an import: every row as it was understood, sealed, for the person who previews it.

use crate::{
    error::Error, handed, issue::draft as drafts, permission, request::Request, sheet::SheetFault,
    text::Text,
};
use domain::{
    id::{DraftId, SessionId},
    import::{Plan, Row, Taken, Title, Verdict},
    issue::Origin,
    speaker::Speaker,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The code of the step.
pub(super) const STEP: &str = "issue-import";
/// Most bytes of a draft: what a file may hold of letters, and what is said about each row.
const BYTES_MAX: usize = 12 * 1024 * 1024;

/// What waits. It holds wordings and names, so it is never printed.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Waiting {
    /// What stands above the lists.
    pub(super) titles: Vec<Title>,
    /// Sheets without a list.
    pub(super) unread: Vec<String>,
    /// The rows.
    pub(super) rows: Vec<Row>,
    /// Where it was said.
    pub(super) origin: Origin,
    /// The gathering where it was said, and what it is called.
    pub(super) session: Option<(SessionId, String)>,
    /// Who said what, by the place among the rows.
    speakers: BTreeMap<usize, String>,
}

impl Waiting {
    /// A plan that is about to wait; only the desk knows who said what.
    pub(super) fn of(
        request: &Request,
        plan: Plan,
        origin: Origin,
        session: Option<(SessionId, String)>,
    ) -> Result<Self, Error> {
        let desk = permission::coordinate(request)?;
        let speakers = plan
            .speakers
            .iter()
            .map(|(row, speaker)| (*row, speaker.reveal(desk).to_owned()))
            .collect();
        Ok(Self {
            titles: plan.titles,
            unread: plan.unread,
            rows: plan.rows,
            origin,
            session,
            speakers,
        })
    }

    /// The gathering where it was said.
    pub(super) fn said_at(&self) -> Option<SessionId> {
        self.session.as_ref().map(|(id, _)| *id)
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
            Err(Error::Refusal(_)) => Err(Error::refuse(Text::new("refused-import-gone"))),
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

    /// The rows that are taken, with whoever said them, in their order.
    pub(super) fn taken(&self) -> Vec<(&Taken, Option<Speaker>)> {
        let rows = self.rows.iter().enumerate();
        rows.filter_map(|(at, row)| match &row.verdict {
            Verdict::Take(taken) => {
                let speaker = self.speakers.get(&at);
                Some((taken, speaker.and_then(|name| Speaker::new(name))))
            }
            Verdict::There { .. } | Verdict::Refuse { .. } => None,
        })
        .collect()
    }
}
