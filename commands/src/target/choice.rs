//! Choosing targets from a select, 25 a page, where people would otherwise type numbers: those a record
//! belongs to, below the answer that tells it was kept; and those of which a session that was held has
//! brought something, before the form opens.

use super::{
    entry, record, seen,
    undo::{self, Was},
    write,
};
use crate::{
    answer::{Answer, Reply},
    custom_id::{Action, Target as Press},
    error::Error,
    issue::draft as drafts,
    page, permission,
    request::Request,
    text,
    text::Text,
};
use domain::{
    id::{DraftId, RecordId, TargetId},
    target::{Record, Target, record::TARGETS_MAX},
    text::one_line,
};
use serenity::all::{
    CreateActionRow, CreateSelectMenu, CreateSelectMenuKind, CreateSelectMenuOption,
};
use std::collections::BTreeSet;

/// Targets a page: what a select of Discord holds.
const PAGE: usize = 25;
/// UTF-16 units of a choice, and of what stands below it (Discord, components/reference: 100).
const CHOICE_UNITS_MAX: usize = 90;

/// A page of the office's targets.
struct Choices {
    /// Those of the page, in the order of the table.
    shown: Vec<Target>,
    number: i64,
    last: i64,
}

impl Choices {
    /// The page of a number; one beyond the last is the last.
    fn page(all: &[Target], number: i64) -> Self {
        let size = i64::try_from(PAGE).unwrap_or(i64::MAX);
        let last = page::last(i64::try_from(all.len()).unwrap_or(i64::MAX), size);
        let number = number.clamp(0, last);
        let from = usize::try_from(number).unwrap_or_default() * PAGE;
        Self {
            shown: all.iter().skip(from).take(PAGE).cloned().collect(),
            number,
            last,
        }
    }

    /// The page on which a target stands; the first where it stands on none.
    fn with(all: &[Target], target: Option<&TargetId>) -> Self {
        let at = all.iter().position(|one| Some(&one.id) == target);
        let number = at.unwrap_or_default() / PAGE;
        Self::page(all, i64::try_from(number).unwrap_or_default())
    }

    /// The select, and the buttons that turn its pages.
    fn rows(
        &self,
        request: &Request,
        chosen: &[TargetId],
        (select, hint): (Press, &str),
        turn: impl Fn(i64) -> Press,
    ) -> Vec<CreateActionRow> {
        let options = self.shown.iter().map(|target| {
            let label = format!("#{} {}", target.id, target.label());
            let option = CreateSelectMenuOption::new(
                one_line(&label, CHOICE_UNITS_MAX),
                target.id.to_string(),
            );
            option
                .description(one_line(&target.item, CHOICE_UNITS_MAX))
                .default_selection(chosen.contains(&target.id))
        });
        let options: Vec<CreateSelectMenuOption> = options.collect();
        let most = u8::try_from(options.len()).unwrap_or(u8::MAX);
        let kind = CreateSelectMenuKind::String { options };
        let select = CreateSelectMenu::new(Action::Target(select).custom_id(), kind)
            .min_values(u8::from(chosen.is_empty()))
            .max_values(most)
            .placeholder(request.say(&Text::new(hint)));
        let mut rows = vec![CreateActionRow::SelectMenu(select)];
        if self.last > 0 {
            rows.push(page::turning(request, self.number, self.last, |page| {
                Action::Target(turn(page))
            }));
        }
        rows
    }

    /// What was chosen of the page; what comes back from a client is read again.
    ///
    /// # Errors
    /// Refused for what does not stand on the page.
    fn chosen(&self, values: &[String]) -> Result<Vec<TargetId>, Error> {
        let on_page = |id: TargetId| self.shown.iter().any(|target| target.id == id);
        let read = values.iter().map(|value| {
            let id = value.parse().ok().map(TargetId);
            id.filter(|id| on_page(*id))
                .ok_or_else(|| Error::refuse(Text::new("refused-unknown-button")))
        });
        let mut chosen: Vec<TargetId> = read.collect::<Result<_, _>>()?;
        chosen.sort_unstable();
        chosen.dedup();
        Ok(chosen)
    }
}

/// Below the answer that tells of a record: the targets it belongs to, to be chosen. Nothing where there is
/// nothing to choose.
pub(super) async fn below(
    request: &Request,
    record: &Record,
) -> Result<Vec<CreateActionRow>, Error> {
    let all = seen(request).await?;
    if all.len() < 2 || record.withdrawn {
        return Ok(Vec::new());
    }
    let choices = Choices::with(&all, record.targets.first());
    Ok(belonging(request, record, &choices))
}

fn belonging(request: &Request, record: &Record, choices: &Choices) -> Vec<CreateActionRow> {
    let id = record.id;
    let select = (Press::Belong(id, choices.number), "select-record-targets");
    choices.rows(request, &record.targets, select, |page| {
        Press::Belongs(id, page)
    })
}

/// Another page of the targets of a record.
pub(super) async fn turn(request: &Request, id: RecordId, number: i64) -> Result<Answer, Error> {
    permission::coordinate(request)?;
    let (record, _) = entry::find(request, id).await?;
    let all = seen(request).await?;
    let choices = Choices::page(&all, number);
    let mut reply = told(request, &record, &all, "record-belongs").await?;
    for row in belonging(request, &record, &choices) {
        reply = reply.row(row);
    }
    Ok(Answer::Replace(reply))
}

/// The targets of a page were chosen: the record belongs to them, and to those of other pages as before.
pub(super) async fn belong(
    request: &Request,
    id: RecordId,
    number: i64,
    values: &[String],
) -> Result<Answer, Error> {
    permission::coordinate(request)?;
    let (before, _) = entry::find(request, id).await?;
    if before.withdrawn {
        return Err(Error::refuse(text!(
            "refused-record-withdrawn",
            number = id.0
        )));
    }
    let all = seen(request).await?;
    let choices = Choices::page(&all, number);
    let chosen = choices.chosen(values)?;
    let targets = joined(&before.targets, &choices.shown, &chosen);
    if targets.is_empty() {
        return Err(Error::refuse(Text::new("refused-record-no-target")));
    }
    if targets.len() > TARGETS_MAX {
        return Err(Error::refuse(text!(
            "refused-target-too-many-at-once",
            limit = TARGETS_MAX
        )));
    }
    if targets == before.targets {
        return Err(Error::refuse(text!(
            "refused-record-unchanged",
            number = id.0
        )));
    }
    let after = Record {
        targets,
        ..before.clone()
    };
    let (stored, undo) = write::record(request, None, move |tx, by| {
        let (before, after) = (before.clone(), after.clone());
        Box::pin(async move {
            let states = (Some(&before), &after);
            let stored = write::entry(tx, by, states, "target.correct", &[]).await?;
            let was = Was::Record {
                record: stored.id,
                revision: stored.revision,
                before: Some(super::state::RecordState::of(&before)),
            };
            Ok((stored, was))
        })
    })
    .await?;
    let mut reply = told(request, &stored, &all, "record-belongs-now").await?;
    reply = reply.row(undo::button(request, undo));
    for row in belonging(request, &stored, &choices) {
        reply = reply.row(row);
    }
    Ok(Answer::Replace(reply))
}

/// The targets of a record after some of a page were chosen: first those it had and keeps, in their order,
/// then the new ones in the order of the table.
fn joined(before: &[TargetId], shown: &[Target], chosen: &[TargetId]) -> Vec<TargetId> {
    let on_page: BTreeSet<TargetId> = shown.iter().map(|target| target.id).collect();
    let stays = |id: &&TargetId| !on_page.contains(id) || chosen.contains(id);
    let mut targets: Vec<TargetId> = before.iter().filter(stays).copied().collect();
    let new = shown.iter().map(|target| target.id);
    let new: Vec<TargetId> = new
        .filter(|id| chosen.contains(id) && !before.contains(id))
        .collect();
    targets.extend(new);
    targets
}

/// What a record belongs to, and how those targets stand now.
async fn told(
    request: &Request,
    record: &Record,
    all: &[Target],
    key: &'static str,
) -> Result<Reply, Error> {
    let of = all.iter().filter(|one| record.targets.contains(&one.id));
    let said = text!(key, number = record.id.0, count = of.count());
    let mut lines = vec![request.say(&said)];
    lines.extend(record::told(request, record).await?);
    Ok(Reply {
        content: lines.join("\n"),
        ..Reply::default()
    })
}

/// A select of the targets of which something is about to be written down; the form opens when they are
/// chosen. What is known of it so far waits in the draft.
pub(super) async fn ask(request: &Request, draft: DraftId, number: i64) -> Result<Reply, Error> {
    let all = seen(request).await?;
    if all.is_empty() {
        return Err(Error::refuse(Text::new("target-list-empty-desk")));
    }
    let choices = Choices::page(&all, number);
    let select = (Press::Choose(draft, choices.number), "select-targets");
    let rows = choices.rows(request, &[], select, |page| Press::Choices(draft, page));
    let said = Text::new("record-choose");
    Ok(Reply {
        rows,
        ..Reply::of(&said, request.language)
    })
}

/// Another page of them.
pub(super) async fn turn_asking(
    request: &Request,
    draft: DraftId,
    number: i64,
) -> Result<Answer, Error> {
    permission::coordinate(request)?;
    let _: super::form::Written = drafts::find(request, draft, record::STEP).await?;
    ask(request, draft, number).await.map(Answer::Replace)
}

/// They were chosen: the names for the form, as people write them.
pub(super) async fn names(
    request: &Request,
    number: i64,
    values: &[String],
) -> Result<String, Error> {
    let all = seen(request).await?;
    let chosen = Choices::page(&all, number).chosen(values)?;
    let names: Vec<String> = chosen.iter().map(TargetId::to_string).collect();
    Ok(names.join("、"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::target::option::tests::target;

    #[test]
    fn what_is_chosen_on_a_page_leaves_other_pages_alone() {
        let all: Vec<Target> = (1..=60).map(|id| target(id, "医療・看護", "1-①")).collect();
        let second = Choices::page(&all, 1);
        assert_eq!((second.shown.len(), second.number, second.last), (25, 1, 2));
        assert_eq!(Choices::page(&all, 9).number, 2);
        assert_eq!(Choices::with(&all, Some(&TargetId(51))).number, 2);
        assert_eq!(Choices::with(&all, Some(&TargetId(99))).number, 0);
        let ids = |ids: &[i64]| ids.iter().copied().map(TargetId).collect::<Vec<_>>();
        for (before, chosen, expected) in [
            (&[3, 30][..], &[30, 26][..], &[3, 30, 26][..]),
            (&[3, 30], &[], &[3]),
            (&[60, 26], &[26], &[60, 26]),
            (&[26], &[], &[]),
        ] {
            let found = joined(&ids(before), &second.shown, &ids(chosen));
            assert_eq!(found, ids(expected), "{before:?} {chosen:?}");
        }
    }

    #[test]
    fn a_forged_choice_is_refused() {
        let all: Vec<Target> = (1..=60).map(|id| target(id, "医療・看護", "1-①")).collect();
        let page = Choices::page(&all, 0);
        for values in [&["26"][..], &["1", "x"], &["-1"], &["1", "61"]] {
            let values: Vec<String> = values.iter().map(|value| (*value).to_owned()).collect();
            assert!(page.chosen(&values).is_err(), "{values:?}");
        }
        let twice = ["2".to_owned(), "2".to_owned()];
        assert_eq!(page.chosen(&twice).ok(), Some(vec![TargetId(2)]));
    }
}
