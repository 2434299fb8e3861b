//! The manual's two forms (様式1, 様式2) as people get them: read for one reader, with the line above them,
//! shown page by page ([`screen`]) or written to a sheet ([`sheet`]) that `/issue export` hands over
//! ([`export`]). What a form holds is decided in [`domain::form`]; forms that people fill in are
//! elsewhere ([`crate::answer::Form`]).

pub(crate) mod choice;
pub(crate) mod export;
mod heading;
mod leaf;
pub(crate) mod screen;
mod sheet;

use crate::{error::Error, request::Request};
use domain::{
    form::{
        OPINIONS_MAX, Opinion, Said, Which,
        ranking::{Standing, ranked},
    },
    id::CategoryId,
    issue::Kind,
    office::Office,
    speaker::Desk,
};
use heading::Heading;
use std::{collections::BTreeMap, sync::Arc};
use storage::issue::{Filter, Listed};

/// One form for one reader, before it is put into words.
pub(crate) struct Paper {
    /// Which of the two.
    which: Which,
    /// What stands in it.
    said: Said,
    /// How many opinions match; more than it holds where it was cut.
    total: i64,
    heading: Heading,
    office: Arc<Office>,
}

impl Paper {
    /// Reads a form: what matches, as far as its reader may read it; with speakers where the desk wants
    /// them.
    pub(crate) async fn read(
        request: &Request,
        which: Which,
        filter: Filter,
        speakers: Option<Desk>,
    ) -> Result<Self, Error> {
        let office = request.office_id();
        let heading = Heading::of(request, &filter).await?;
        let found = request
            .app
            .store
            .read(move |connection| {
                let filter = filter.clone();
                Box::pin(async move {
                    storage::issue::said(connection, office, &filter, OPINIONS_MAX).await
                })
            })
            .await?;
        let opinions = found.items.into_iter().map(|listed| match listed {
            Listed::Whole(issue) => Opinion::whole(issue),
            Listed::Shared(shared) => Opinion::told(shared),
        });
        Ok(Self {
            which,
            said: Said::new(opinions.collect(), speakers),
            total: found.total,
            heading,
            office: Arc::clone(&request.office),
        })
    }

    /// Whether nothing matches.
    pub(crate) fn is_empty(&self) -> bool {
        self.said.is_empty()
    }

    /// How many opinions it holds.
    pub(crate) fn count(&self) -> usize {
        self.said.opinions().len()
    }

    /// Who said it (職種): the profession, or where only the association is known, that.
    fn source(&self, opinion: &Opinion) -> &str {
        let profession = opinion.profession.and_then(|id| self.office.profession(id));
        let association = || self.office.association(opinion.association?);
        profession
            .map(|profession| profession.name.as_str())
            .or_else(|| association().map(|association| association.name.as_str()))
            .unwrap_or_default()
    }

    /// The categories of form 2, by rank.
    fn standings(&self) -> Vec<Standing> {
        ranked(&self.said, &self.categories())
    }

    /// The office's categories by name; those no longer offered too, because issues keep them.
    fn categories(&self) -> BTreeMap<CategoryId, String> {
        let categories = self.office.categories.iter();
        categories
            .map(|category| (category.id, category.name.clone()))
            .collect()
    }
}

/// Both kinds, in the order of form 2 (課題, アイデア).
const KINDS: [Kind; 2] = [Kind::Issue, Kind::Idea];
