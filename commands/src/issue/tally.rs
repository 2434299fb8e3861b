//! What became of it, in numbers: the head of `/issue list` (DESIGN sections 2, rule 9, and 3).
//!
//! Who asks for their own issues, or for their association's, reads how far these have come. The desk
//! reads figures of the whole office, associations among them. Everybody else reads totals of what they
//! may see, small categories merged.

use super::list::{Asked, readable};
use crate::{error::Error, option::joined, request::Request, text, text::Text};
use domain::{
    id::{AssociationId, CategoryId},
    tally::{Tally, Totals, merge},
    text::escape_markdown,
    tier::Tier,
};
use std::{cmp::Reverse, collections::BTreeMap};
use storage::issue::{ByCategory, Filter};

/// Associations, or categories, that a head names; the rest is counted.
const NAMED_MAX: usize = 10;
/// UTF-16 units of one list of names and counts.
const LIST_UNITS_MAX: usize = 600;

/// The lines above a list; `None` where there is nothing to count.
pub(crate) async fn head(request: &Request, asked: Asked) -> Result<Option<String>, Error> {
    if asked.mine {
        let filter = Filter {
            reporter: Some(request.person.user),
            ..all(request)
        };
        let tally = totals(request, filter, true).await?.tally();
        return Ok(told(request, "tally-mine", None, &tally));
    }
    if let Some(association) = asked.association {
        let own = request.person.rank_in(association).is_some();
        if !(own || request.person.coordinator) {
            return Ok(None);
        }
        let filter = Filter {
            association: Some(association),
            ..all(request)
        };
        let tally = totals(request, filter, true).await?.tally();
        return Ok(told(
            request,
            "tally-association",
            Some(association),
            &tally,
        ));
    }
    if request.person.coordinator {
        return of_the_office(request).await;
    }
    of_what_one_sees(request, asked.tier).await
}

/// Everything the person may read.
fn all(request: &Request) -> Filter {
    Filter::of(readable(request))
}

async fn totals(request: &Request, filter: Filter, whole_only: bool) -> Result<Totals, Error> {
    let office = request.office_id();
    let counted = request
        .app
        .store
        .read(move |connection| {
            let filter = filter.clone();
            Box::pin(
                async move { storage::issue::tally(connection, office, &filter, whole_only).await },
            )
        })
        .await?;
    Ok(counted)
}

/// A sentence of a total and how it is made up.
fn told(
    request: &Request,
    key: &'static str,
    association: Option<AssociationId>,
    tally: &Tally,
) -> Option<String> {
    if tally.total() == 0 {
        return None;
    }
    let (total, counts) = (number(tally.total()), by_status(request, tally));
    let name = association
        .and_then(|id| request.office.association(id))
        .map(|association| escape_markdown(&association.name));
    Some(match name {
        Some(name) => request.say(&text!(
            "tally-association",
            association = name,
            total = total,
            counts = counts,
        )),
        None => request.say(&text!(key, total = total, counts = counts)),
    })
}

/// The desk's figures: by status, and by the association that raised it.
async fn of_the_office(request: &Request) -> Result<Option<String>, Error> {
    let (office, filter) = (request.office_id(), all(request));
    let (totals, associations) = request
        .app
        .store
        .read(move |connection| {
            let filter = filter.clone();
            Box::pin(async move {
                let totals = storage::issue::tally(connection, office, &filter, false).await?;
                let associations =
                    storage::issue::tally_by_association(connection, office, &filter).await?;
                Ok((totals, associations))
            })
        })
        .await?;
    let Some(mut head) = told(request, "tally-office", None, &totals.tally()) else {
        return Ok(None);
    };
    let mut raised: Vec<(AssociationId, u64)> = associations.into_iter().collect();
    raised.sort_by_key(|(id, count)| (Reverse(*count), *id));
    let more = raised.len().saturating_sub(NAMED_MAX);
    let named = raised.into_iter().take(NAMED_MAX).map(|(id, count)| {
        let association = request.office.association(id);
        let name = association.map(|a| escape_markdown(&a.name));
        counted(request, &name.unwrap_or_default(), count)
    });
    let mut list = joined(named, request.language, LIST_UNITS_MAX);
    if more > 0 {
        list.push_str(&request.say(&text!("list-more-of", count = more)));
    }
    if !list.is_empty() {
        let line = request.say(&text!("tally-associations", counts = list));
        head = format!("{head}\n{line}");
    }
    Ok(Some(head))
}

/// Totals of what the person may see, of one tier where the list is of one.
async fn of_what_one_sees(request: &Request, tier: Option<Tier>) -> Result<Option<String>, Error> {
    let (office, filter) = (request.office_id(), all(request));
    let (totals, categories) = request
        .app
        .store
        .read(move |connection| {
            let filter = filter.clone();
            Box::pin(async move {
                let totals = storage::issue::tally(connection, office, &filter, false).await?;
                let categories =
                    storage::issue::tally_by_category(connection, office, &filter).await?;
                Ok((totals, categories))
            })
        })
        .await?;
    let totals = match tier {
        Some(tier) => totals.of_tier(tier),
        None => totals,
    };
    let Some(head) = told(request, "tally-seen", None, &totals.tally()) else {
        return Ok(None);
    };
    let tiers = totals.by_tier().into_iter().map(|(tier, count)| {
        let name = Text::new(format!("word-tier-{}", tier.number()));
        counted(request, &request.say(&name), count)
    });
    let tiers = joined(tiers, request.language, LIST_UNITS_MAX);
    let mut lines = vec![head, request.say(&text!("tally-tiers", counts = tiers))];
    let categories = by_category(request, &categories, tier);
    if !categories.is_empty() {
        lines.push(request.say(&text!("tally-categories", counts = categories)));
    }
    Ok(Some(lines.join("\n")))
}

/// Categories with their counts, those too small merged; the largest first.
fn by_category(
    request: &Request,
    categories: &BTreeMap<CategoryId, ByCategory>,
    tier: Option<Tier>,
) -> String {
    let counts = categories
        .iter()
        .map(|(id, category)| (*id, category.counts))
        .collect();
    let merged = merge(&counts);
    let of = |counts: &[u64; 3]| match tier {
        Some(tier) => usize::try_from(tier.number() - 1)
            .ok()
            .and_then(|place| counts.get(place).copied())
            .unwrap_or(0),
        None => counts.iter().sum(),
    };
    let mut apart: Vec<(CategoryId, u64)> = merged
        .apart
        .iter()
        .map(|(id, counts)| (*id, of(counts)))
        .filter(|(_, count)| *count > 0)
        .collect();
    apart.sort_by_key(|(id, count)| (Reverse(*count), *id));
    let more = apart.len().saturating_sub(NAMED_MAX);
    let named = apart.iter().take(NAMED_MAX).map(|(id, count)| {
        let name = categories.get(id).map_or("", |category| &category.name);
        counted(request, &escape_markdown(name), *count)
    });
    let others = merged.rest.as_ref().map(of).filter(|count| *count > 0);
    let others = others.map(|count| {
        let name = request.say(&Text::new("tally-others"));
        counted(request, &name, count)
    });
    let mut list = joined(named.chain(others), request.language, LIST_UNITS_MAX);
    if more > 0 {
        list.push_str(&request.say(&text!("list-more-of", count = more)));
    }
    list
}

/// 検討中3・実施中1・完了2
fn by_status(request: &Request, tally: &Tally) -> String {
    let counts: Vec<String> = tally
        .by_status()
        .map(|(status, count)| {
            let word = Text::new(format!("word-status-{}", status.code()));
            counted(request, &request.say(&word), count)
        })
        .collect();
    counts.join(&request.say(&Text::new("tally-separator")))
}

fn counted(request: &Request, name: &str, count: u64) -> String {
    request.say(&text!("tally-count", name = name, count = number(count)))
}

fn number(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
